"""What narrows the papers, and how each part of it is taken back by itself."""

from pathlib import Path

import pytest

from paperbrowse.search import clauses, parse
from tests.ui.driving import browsing


async def test_a_word_is_taken_back_and_the_rest_stays(tmp_path: Path) -> None:
    async with browsing(tmp_path) as browser:
        await browser.type("/model year:2025 CL")
        await browser.press("enter", "down")
        there = browser.screen.current
        await browser.press("X")
        await browser.type("year")
        await browser.press("enter")
        assert browser.screen.narrowing.query == "model CL"
        assert browser.screen.filter_bar.input.value == "model CL"
        assert browser.screen.current is there
        await browser.press("left_square_bracket")
        assert browser.screen.narrowing.query == "model year:2025 CL"


async def test_an_author_is_taken_back_and_the_query_stays(tmp_path: Path) -> None:
    async with browsing(tmp_path) as browser:
        await browser.type("/model")
        await browser.press("enter", "1")
        await browser.press("down", "enter")
        [author] = browser.screen.narrowing.authors
        await browser.press("X")
        await browser.type(author.name.split()[-1].lower())
        await browser.press("enter")
        assert (browser.screen.narrowing.authors, browser.screen.narrowing.query) == ((), "model")


async def test_what_narrows_alone_is_taken_back_without_a_question(tmp_path: Path) -> None:
    async with browsing(tmp_path) as browser:
        await browser.press("X")
        assert browser.notices == ["nothing narrows the papers"]
        await browser.press("1", "down", "enter", "X")
        assert browser.screen.narrowing.authors == ()
        assert len(browser.screen.view.rows) == len(browser.titles)


async def test_a_click_takes_back_the_author_it_names(tmp_path: Path) -> None:
    async with browsing(tmp_path, size=(120, 40)) as browser:
        await browser.press("1", "down", "down", "enter")
        assert browser.chosen_author
        assert browser.chosen_author.name == "Yongyu Mu"
        place = browser.screen.query_one("#filter-state").region
        from_the_right = len(browser.state) - browser.state.index("Yongyu Mu ×")
        await browser.pilot.click(offset=(place.right - from_the_right + 2, place.y))
        await browser.settle()
        assert browser.chosen_author is None


@pytest.mark.parametrize(
    ("query", "parts"),
    [
        ("", ()),
        ("  graph  parsing ", ("graph", "parsing")),
        ('author:"Bei Li" year:2021..2023 -survey', ('author:"Bei Li"', "year:2021..2023", "-survey")),
        ("(tree OR graph) parsing", ("(tree OR graph)", "parsing")),
        ("tree OR graph parsing", ("tree OR graph parsing",)),
        ('a) "open', ("a)", '"open')),
    ],
)
def test_the_parts_of_a_query_are_what_must_all_hold(query: str, parts: tuple[str, ...]) -> None:
    assert clauses(query) == parts
    assert parse(" ".join(parts)).root == parse(query).root
