"""A library that is read by a process beside the browser."""

from pathlib import Path

import pytest

from paperbrowse import beside
from paperbrowse.ui.messages import ReadSoFar
from tests.ui.driving import browsing


@pytest.fixture
def papers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A .bib file that counts as large."""
    monkeypatch.setattr(beside, "_LARGE", 100)
    path = tmp_path / "papers.bib"
    entries = [
        f"@misc{{k{number}, title={{Paper {number} on parsing}}, author={{Lee, Ann}}, year=2020}}\n"
        for number in range(50)
    ]
    path.write_text("".join(entries))
    return path


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


async def test_it_is_said_how_far_reading_is(papers: Path, tmp_path: Path) -> None:
    async with browsing(tmp_path / "settings", [papers]) as browser:
        library, browser.screen.library = browser.screen.library, None
        browser.screen.on_read_so_far(ReadSoFar(1, 50))
        await browser.pilot.pause()
        assert "1 file, 50 papers" in browser.screen.detail.text
        browser.screen.library = library
