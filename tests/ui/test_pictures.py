"""Pictures of the main screens, each after its state was asserted."""

import re
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path

import pytest
from syrupy.assertion import SnapshotAssertion
from syrupy.extensions.single_file import SingleFileSnapshotExtension, WriteMode

from tests.ui.driving import Browser, browsing

DRAWN_WITH = "8.2.8"
"""Textual draws a little differently from version to version; pictures are compared with this one only."""


class Picture(SingleFileSnapshotExtension):
    """One SVG file a picture."""

    file_extension = "svg"
    _write_mode = WriteMode.TEXT


@pytest.fixture
def picture(snapshot: SnapshotAssertion) -> Callable[[Browser], None]:
    """Compare the screen with its picture."""
    if version("textual") != DRAWN_WITH:
        pytest.skip(f"the pictures were drawn with textual {DRAWN_WITH}, installed is {version('textual')}")

    def compare(browser: Browser) -> None:
        assert _stable(browser.app.export_screenshot(title="", simplify=True)) == snapshot(
            extension_class=Picture
        )

    return compare


def _stable(svg: str) -> str:
    """Without the font from the web and the identifier that is made of everything on the screen."""
    svg = re.sub(r"\s*@font-face \{[^}]*\}", "", svg)
    return re.sub(r"terminal-\d+", "terminal", svg)


@pytest.fixture(autouse=True)
def _one_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("paperbrowse.ui.paper_text.day_of", lambda _added: "2026-11-20")


async def test_nothing_typed(tmp_path: Path, picture: Callable[[Browser], None]) -> None:
    async with browsing(tmp_path) as browser:
        assert browser.screen.filter_bar.input.value == ""
        picture(browser)


async def test_filtered(tmp_path: Path, picture: Callable[[Browser], None]) -> None:
    async with browsing(tmp_path, size=(160, 45)) as browser:
        browser.screen.filter_bar.input.cursor_blink = False
        await browser.type("/knowldge distil")
        await browser.press("enter")
        assert browser.titles[0].startswith("f-Divergence")
        picture(browser)


async def test_bookmarked(tmp_path: Path, picture: Callable[[Browser], None]) -> None:
    async with browsing(tmp_path) as browser:
        await browser.type("/graphix")
        await browser.press("enter", "b", "escape", "B")
        assert len(browser.titles) == 1
        picture(browser)


async def test_help(tmp_path: Path, picture: Callable[[Browser], None]) -> None:
    async with browsing(tmp_path) as browser:
        await browser.press("question_mark")
        browser.app.screen.query_one("#help-search").cursor_blink = False  # type: ignore[attr-defined]
        await browser.settle()
        picture(browser)


@pytest.mark.parametrize("size", [(80, 24), (40, 12)], ids=["80x24", "40x12"])
async def test_small(size: tuple[int, int], tmp_path: Path, picture: Callable[[Browser], None]) -> None:
    async with browsing(tmp_path, size=size) as browser:
        await browser.press("j", "j")
        assert browser.screen.papers.cursor == 2
        picture(browser)


@pytest.mark.parametrize("theme", ["paper-light", "ansi-dark"])
async def test_other_colours(theme: str, tmp_path: Path, picture: Callable[[Browser], None]) -> None:
    async with browsing(tmp_path) as browser:
        browser.app.theme = theme
        await browser.settle()
        picture(browser)
