"""A library that is read by a process beside the browser."""

import threading
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from unittest.mock import MagicMock

import pytest
from textual.widgets import Input, OptionList

from paperbrowse import sources
from paperbrowse.beside import Beside, read_beside
from paperbrowse.library import Library
from paperbrowse.opening import open_sources
from paperbrowse.sources import Sources
from paperbrowse.tally import categories_of
from paperbrowse.ui import reading
from paperbrowse.ui.messages import LibraryRead, ReadSoFar
from paperbrowse.ui.screens import narrowing
from paperbrowse.ui.screens.chooser import Chooser
from paperbrowse.ui.screens.opening import OpenActions
from paperbrowse.ui.widgets.masthead import Masthead
from tests.ui.driving import Browser, browsing
from tests.ui.monkey import press as throw


@pytest.fixture
def papers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A .bib file that counts as large."""
    monkeypatch.setattr(sources, "_LARGE", 100)
    path = tmp_path / "papers.bib"
    entries = [
        f"@misc{{k{number}, title={{Paper {number} on parsing}}, author={{Lee, Ann}}, year=2020}}\n"
        for number in range(50)
    ]
    path.write_text("".join(entries))
    return path


def head(browser: Browser) -> str:
    """The first line of the window."""
    return str(browser.screen.query_one(Masthead).render())


@pytest.fixture
def shown(monkeypatch: pytest.MonkeyPatch) -> list[tuple[int, str]]:
    """How many papers were shown, and what they were of the library, each time it is taken in."""
    shown: list[tuple[int, str]] = []
    seen = OpenActions.on_library_read

    def note(screen: OpenActions, message: LibraryRead) -> None:
        shown.append((len(message.library.papers), message.extent))
        seen(screen, message)

    monkeypatch.setattr(OpenActions, "on_library_read", note)
    return shown


async def test_it_opens_is_searched_and_keeps_bookmarks(papers: Path, tmp_path: Path) -> None:
    for _ in ("read", "from the cache"):
        async with browsing(tmp_path / "settings", [papers]) as browser:
            library = browser.screen.library
            assert library
            assert not isinstance(library.papers, tuple)  # nothing was read in the browser
            assert len(browser.titles) == 50
            await browser.type("/papr 17 parsing")
            assert browser.titles[0] == "Paper 17 on parsing"
            await browser.press("enter", "b")
    async with browsing(tmp_path / "settings", [papers]) as browser:
        await browser.press("B")
        assert not browser.titles  # kept, and given up again


async def test_a_changed_file_is_read_again(papers: Path, tmp_path: Path) -> None:
    async with browsing(tmp_path / "settings", [papers]) as browser:
        papers.write_text(papers.read_text() + "@misc{more, title={One more}, author={Ray, Bo}, year=2021}")
        browser.app.watch_sources()
        await browser.settle()
        await browser.settle()
        assert len(browser.titles) == 51
        assert browser.titles[0] == "One more"


async def test_what_changes_after_a_look_is_shown_as_it_was_read(
    papers: Path, tmp_path: Path, shown: list[tuple[int, str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    looked_at: list[Sources] = []

    def late(made_of: Sources, pattern: str, folder: Path) -> Beside | None:
        if not looked_at:
            papers.write_text(papers.read_text() + "@misc{more, title={One more}, author={Ray, Bo}}\n")
        looked_at.append(made_of)
        return read_beside(made_of, pattern, folder)

    monkeypatch.setattr(reading, "read_beside", late)
    monkeypatch.setattr(reading, "open_sources", opened := MagicMock(wraps=open_sources))
    async with browsing(tmp_path / "settings", [papers], fresh=False) as browser:
        browser.app.watch_sources()
        await browser.settle()
        await browser.settle()
        assert looked_at[0] != looked_at[1]
        assert {papers for papers, _ in shown} == {51}
    assert [call.args for call in opened.call_args_list] == [(looked_at[1],)]  # which is kept already


async def test_it_is_said_how_far_reading_is(papers: Path, tmp_path: Path) -> None:
    async with browsing(tmp_path / "settings", [papers]) as browser:
        library, browser.screen.library = browser.screen.library, None
        browser.screen.on_read_so_far(ReadSoFar(1, 50))
        await browser.pilot.pause()
        assert "Reading … 1 file, 50 papers" in browser.screen.detail.text
        browser.screen.library = library
        browser.screen.on_read_so_far(ReadSoFar(2, 60))
        await browser.pilot.pause()
        assert "reading … 2 files, 60 papers" in head(browser)


async def test_what_is_there_is_shown_while_the_rest_is_read(
    papers: Path, tmp_path: Path, shown: list[tuple[int, str]]
) -> None:
    async with browsing(tmp_path / "settings", [papers], fresh=False) as browser:
        await browser.press("j", "j")
        assert shown == [(50, "whole")]
        await browser.press("q")
    papers.write_text(papers.read_text() + "@misc{more, title={One more}, author={Ray, Bo}, year=2021}")
    shown.clear()
    async with browsing(tmp_path / "settings", [papers], fresh=False) as browser:
        # What it was before, at once, and the cursor where it was; then what it is now.
        assert shown == [(50, "earlier"), (51, "whole")]
        assert browser.screen.papers.current
        assert browser.screen.papers.current.title == "Paper 2 on parsing"
        assert "51 papers" in head(browser)


async def test_of_what_was_never_read_the_beginning_is_shown(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, shown: list[tuple[int, str]]
) -> None:
    folder = tmp_path / "papers"
    folder.mkdir()
    for number in range(25):
        entries = [
            f"@misc{{k{number}.{entry}, title={{Paper {entry} in {number}}}, author={{Lee, Ann}}}}\n"
            for entry in range(100)
        ]
        (folder / f"{number:02}.bib").write_text("".join(entries))
    monkeypatch.setattr(sources, "_LARGE", 100)
    async with browsing(tmp_path / "settings", [folder], fresh=False) as browser:
        assert shown == [(2000, "beginning"), (2500, "whole")]
        assert "2 500 papers" in head(browser)
        assert not list((tmp_path / "cache").glob("*part*"))
        await browser.press("end")
        last = browser.screen.papers.current
        assert last
        await browser.press("q")
    for file in (tmp_path / "cache").iterdir():
        file.unlink()
    async with browsing(tmp_path / "settings", [folder], fresh=False) as browser:
        # The place of the last session is not in the beginning, but taken up in the whole.
        assert shown[2:] == [(2000, "beginning"), (2500, "whole")]
        assert browser.screen.papers.current == last


@pytest.fixture
def counted(monkeypatch: pytest.MonkeyPatch) -> Iterator[threading.Event]:
    """Categories are counted only when this is set, as where many papers are gone through."""
    done = threading.Event()

    def late(library: Library, rows: Sequence[int], wanted: Callable[[int], bool]) -> Counter[str]:
        done.wait(10)
        return categories_of(library, rows, wanted)

    monkeypatch.setattr(narrowing, "categories_of", late)
    yield done
    done.set()


def choices(browser: Browser) -> list[str]:
    """What can be chosen in the dialog that is open, if one is."""
    lists = browser.app.screen.query(OptionList)
    return [str(option.prompt) for options in lists for option in options.options]


async def counting(browser: Browser) -> None:
    """Wait until the categories are all that is left to choose from, and they are still being counted."""
    only = ["counting the categories …"]
    await browser.until(lambda: choices(browser) == only and not browser.app.keys_pending, "what was typed")


async def test_the_years_are_there_at_once_and_keys_go_to_them(
    tmp_path: Path, counted: threading.Event
) -> None:
    async with browsing(tmp_path) as browser:
        for key in "xcat":  # as fast as they come
            throw(browser, key)
        await counting(browser)
        assert isinstance(browser.app.screen, Chooser)
        assert browser.app.screen.query_one(Input).value == "cat"
        assert not browser.screen.marked
        await browser.pilot.press("ctrl+u")
        await browser.until(lambda: choices(browser)[0].startswith("year 2026   "), "the years")
        assert choices(browser)[-1] == "counting the categories …"
        await browser.pilot.press("down")
        counted.set()
        await browser.until(lambda: choices(browser)[-1].startswith("category "), "the categories")
        assert choices(browser)[-1].startswith("category ")
        assert browser.app.screen.query_one(OptionList).highlighted == 1
        await browser.press("enter")
        assert browser.screen.filter_bar.input.value == "year:2025"


async def test_a_category_is_taken_when_it_has_been_counted(tmp_path: Path, counted: threading.Event) -> None:
    async with browsing(tmp_path) as browser:
        await browser.pilot.press("x", *"cat", "enter")
        await counting(browser)
        counted.set()
        await browser.until(lambda: browser.app.screen is browser.screen, "the end of the dialog")
        await browser.settle()
        assert browser.screen.filter_bar.input.value.startswith("cat:")


async def test_a_dialog_that_was_closed_takes_no_categories(tmp_path: Path, counted: threading.Event) -> None:
    async with browsing(tmp_path) as browser:
        await browser.pilot.press("x", *"cat", "enter", "escape")
        await browser.until(lambda: not browser.app.keys_pending, "the end of the dialog")
        assert browser.app.screen is browser.screen
        counted.set()
        await browser.settle()
        assert browser.app.screen is browser.screen
        assert browser.screen.filter_bar.input.value == ""
