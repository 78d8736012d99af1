"""What narrows the papers, and how each part of it is taken back by itself."""

from pathlib import Path

import pytest
from textual.widgets import OptionList

from paperbrowse.search import clauses, parse
from paperbrowse.ui.screens import browse
from tests.ui.driving import Browser, browsing


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


@pytest.mark.parametrize("at_once", [0, 2000])
async def test_of_each_part_it_is_told_how_many_papers_there_are_without_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, at_once: int
) -> None:
    monkeypatch.setattr(browse, "_ANSWERED_AT_ONCE", at_once)
    async with browsing(tmp_path) as browser:
        left = []
        for query in ("/model", "/year:2025"):
            await browser.type(query)
            await browser.press("enter")
            left.append(len(browser.titles))
            await browser.press("escape")
        await browser.type("/model year:2025")
        await browser.press("enter", "X")
        without = [f"model {left[1]} papers without it", f"year:2025 {left[0]} papers without it"]
        await browser.until(lambda: offered(browser) == without, "the numbers")


async def test_a_dialog_of_few_choices_is_as_low_as_they_are_and_stays_so(tmp_path: Path) -> None:
    async with browsing(tmp_path, size=(100, 40)) as browser:
        await browser.type("/model year:2025")
        await browser.press("enter", "X")
        dialog = browser.app.screen.query_one(".dialog")
        options = browser.app.screen.query_one(OptionList)
        high = dialog.region.height
        assert (options.region.height, high) == (2, 11)
        await browser.type("ye")
        assert dialog.region.height == high, "the line one types in does not move"
        await browser.pilot.resize_terminal(100, 12)
        await browser.settle()
        assert dialog.region.height == 12, "in a small window it is the window"
        await browser.pilot.resize_terminal(100, 40)
        await browser.settle()
        assert dialog.region.height == high
        await browser.press("escape", "x")
        assert browser.app.screen.query_one(".dialog").region.height == 35


def offered(browser: Browser) -> list[str]:
    """What can be chosen, as it is drawn but for the gaps."""
    options = browser.app.screen.query_one(OptionList)
    return [" ".join(str(option.prompt).split()) for option in options.options]


def bib(*bylines: str) -> str:
    """A paper for each byline."""
    entries = (
        f"@misc{{k{place}, title={{Paper {place}}}, author={{{byline}}}, year={2000 + place}}}\n"
        for place, byline in enumerate(bylines)
    )
    return "".join(entries)


async def test_every_two_authors_of_a_paper_are_offered_for_what_they_share(tmp_path: Path) -> None:
    page = tmp_path / "page.bib"
    page.write_text(
        bib("Li, Bo and Ray, Cy", "Ray, Cy", "Li, Bo and Ray, Cy", "Lee, Ann and Li, Bo and Ray, Cy")
    )
    async with browsing(tmp_path / "config", [page]) as browser:
        await browser.press("a")
        assert offered(browser) == [
            "Ann Lee 1 paper",
            "Bo Li 3 papers",
            "Cy Ray 4 papers",
            "Bo Li with Ann Lee 1 joint paper",
            "Cy Ray with Ann Lee 1 joint paper",
            "Cy Ray with Bo Li 3 joint papers",
        ]
        await browser.type("ray li")
        await browser.press("enter")
        assert [author.name for author in browser.screen.narrowing.authors] == ["Bo Li", "Cy Ray"]
        assert len(browser.titles) == 3
        await browser.press("a")
        assert offered(browser)[2:] == [  # those of the author who is chosen come first
            "Cy Ray 4 papers",
            "Cy Ray with Bo Li 3 joint papers",
            "Ann Lee with Bo Li 1 joint paper",
            "Cy Ray with Ann Lee 1 joint paper",
        ]


async def test_of_a_long_byline_only_pairs_with_more_papers_are_offered(tmp_path: Path) -> None:
    page = tmp_path / "page.bib"
    names = [f"Ray, Bo{chr(97 + place // 26)}{chr(97 + place % 26)}" for place in range(50)]
    page.write_text(bib(" and ".join(names[30:32]), " and ".join(names)))
    async with browsing(tmp_path / "config", [page]) as browser:
        await browser.press("a")
        told = offered(browser)
        assert len([line for line in told if "with Boaa Ray" in line]) == 49
        assert [line for line in told if "with" in line and "Boaa" not in line] == [
            "Bobf Ray with Bobe Ray 2 joint papers"
        ]


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
