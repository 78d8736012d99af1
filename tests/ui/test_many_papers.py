"""Commands on many papers at once, and words that tell what is going on."""

from pathlib import Path

import pytest

from paperbrowse.ui.screens import citing
from tests.ui.driving import browsing


async def test_marks_may_change_while_marked_papers_are_copied(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copied: list[str] = []

    def copy(_app: object, text: str) -> str:
        copied.append(text)
        return "copied"

    monkeypatch.setattr(citing, "_COPIED_AT_ONCE", 5)
    monkeypatch.setattr(citing, "copy", copy)
    async with browsing(tmp_path) as browser:
        await browser.press("M")
        marked = len(browser.screen.marked)
        await browser.pilot.press("y", "M", "m")
        await browser.settle()
        assert len(browser.screen.marked) == 1
        assert [text.count("\n@") + 1 for text in copied] == [marked]


async def test_too_many_papers_are_not_copied(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(citing, "_MOST_COPIED", 50)
    async with browsing(tmp_path) as browser:
        await browser.press("M", "y")
        assert any("too many to copy; e writes a file" in notice for notice in browser.notices)


async def test_a_status_for_many_tells_how_many(tmp_path: Path) -> None:
    async with browsing(tmp_path) as browser:
        await browser.press("m", "m", "r")
        assert any("2 papers: to read; u takes it back" in notice for notice in browser.notices)


async def test_who_goes_on_typing_types_another_word(tmp_path: Path) -> None:
    async with browsing(tmp_path) as browser:
        await browser.type("/distil")
        await browser.press("enter")
        await browser.type("/knowl")
        assert browser.screen.narrowing.query == "distil knowl"


async def test_nothing_by_an_author_tells_what_others_have(tmp_path: Path) -> None:
    async with browsing(tmp_path) as browser:
        await browser.press("1", "j", "enter")
        assert browser.chosen_author
        await browser.type("/knowldge distil sequence")
        assert not browser.titles
        assert "without the author" in browser.state
        assert "did you mean" not in browser.state


async def test_a_long_search_is_told(tmp_path: Path) -> None:
    async with browsing(tmp_path) as browser:
        screen = browser.screen
        screen._say_looking(screen._turn)
        assert "searching" not in browser.state
        screen._turn += 1
        screen._say_looking(screen._turn)
        await browser.pilot.pause()
        assert "searching …" in browser.state


async def test_the_numbers_beside_authors_are_of_what_is_shown(tmp_path: Path) -> None:
    async with browsing(tmp_path) as browser:
        authors = browser.screen.authors

        def numbers() -> list[str]:
            authors.render_lines(authors.size.region)
            return [authors.render_line(y).text.rstrip(" ▐").split()[-1] for y in range(1, 12)]

        every = numbers()
        await browser.type("/zzzz")
        assert set(numbers()) == {"0"}
        await browser.press("escape")
        assert numbers() == every
        await browser.press("slash")
        await browser.type("parsing")
        some = numbers()
        assert some != every
        assert {"0"} < set(some)
        for row, number in enumerate(some, 1):
            author = authors.author(row)
            assert author
            assert int(number) == len({*author.rows} & {*browser.screen.view.rows})
