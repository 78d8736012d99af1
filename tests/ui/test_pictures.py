"""Pictures of every panel, state and dialog, each taken after what must be seen in it was looked for."""

import re
from collections.abc import Callable, Sequence
from importlib.metadata import version
from pathlib import Path

import pytest
from syrupy.assertion import SnapshotAssertion
from syrupy.extensions.single_file import SingleFileSnapshotExtension, WriteMode
from textual.notifications import Notification
from textual.widgets import Input, TextArea

from paperbrowse.ui.app import PaperBrowse
from paperbrowse.ui.messages import ReadSoFar
from paperbrowse.ui.screens.export import ExportSheet
from tests.ui.driving import Browser, browsing
from tests.ui.scenes import ALL, NARROW, SCENES, USUAL, Scene

DRAWN_WITH = "8.2.8"
"""Textual draws a little differently from version to version; pictures are compared with this one only."""

Camera = Callable[[Browser, str], None]


class Picture(SingleFileSnapshotExtension):
    """One SVG file a picture."""

    file_extension = "svg"
    _write_mode = WriteMode.TEXT


@pytest.fixture
def camera(snapshot: SnapshotAssertion) -> Camera:
    """Compare the screen with its picture of some name."""
    if version("textual") != DRAWN_WITH:
        pytest.skip(f"the pictures were drawn with textual {DRAWN_WITH}, installed is {version('textual')}")

    def compare(browser: Browser, name: str) -> None:
        drawn = _stable(browser.app.export_screenshot(title="", simplify=True))
        assert drawn == snapshot(extension_class=Picture, name=name)

    return compare


def _stable(svg: str) -> str:
    """Without the font from the web and the identifier that is made of everything on the screen."""
    svg = re.sub(r"\s*@font-face \{[^}]*\}", "", svg)
    return re.sub(r"terminal-\d+", "terminal", svg)


@pytest.fixture(autouse=True)
def _time_stands_still(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Nothing blinks, no word and no toast goes away, no path and no day is told that changes."""
    monkeypatch.setattr(Input, "_toggle_cursor", lambda _line: None)
    monkeypatch.setattr(TextArea, "_toggle_cursor_blink_visible", lambda _area: None)
    monkeypatch.setattr(Notification, "time_left", 600.0)
    monkeypatch.setattr("paperbrowse.ui.widgets.key_hints._WORD_STAYS", 600.0)
    monkeypatch.setattr("paperbrowse.ui.paper_text.day_of", lambda _added: "2026-11-20")
    monkeypatch.chdir(tmp_path)


async def quiet(browser: Browser) -> None:
    """Wait until nothing is at work any more but a dialog that waits for a person."""
    await browser.settle()
    while True:
        sheets = [screen for screen in browser.app.screen_stack if isinstance(screen, ExportSheet)]
        looking = any(sheet._foreseeing for sheet in sheets)
        if not looking and all(work.is_finished or work.group == "dialog" for work in browser.app.workers):
            break
        await browser.pilot.pause(0.01)
    await browser.pilot.wait_for_scheduled_animations()
    await browser.settle()


async def look_for(browser: Browser, texts: Sequence[str]) -> None:
    """Wait until all of these stand on the screen, however its lines are broken."""
    for _ in range(300):
        strips = browser.app.screen._compositor.render_strips()
        lines = ("".join(segment.text for segment in strip) for strip in strips)
        shown = " ".join(re.sub("[│▌▐]", " ", " ".join(lines)).split())
        if all(text in shown for text in texts):
            return
        await browser.pilot.pause(0.02)
    assert [text for text in texts if text not in shown] == [], shown


@pytest.mark.parametrize("scene", SCENES.values(), ids=SCENES)
async def test_it_looks_as_it_was_drawn(scene: Scene, camera: Camera) -> None:
    async with browsing(Path("config"), [scene.library(Path())], scene.size, toasts=True) as browser:
        browser.app.theme = scene.themes[0]
        await play(browser, scene.steps)
        for theme in scene.themes:
            browser.app.theme = theme
            await quiet(browser)
            await look_for(browser, scene.sees)
            camera(browser, theme)


async def play(browser: Browser, steps: Sequence[str]) -> None:
    """Press the keys of a scene."""
    for step in steps:
        await (browser.press(step.strip("<>")) if step.startswith("<") else browser.type(step))


@pytest.mark.parametrize("size", [USUAL, NARROW], ids=["usual", "narrow"])
async def test_while_it_reads(size: tuple[int, int], monkeypatch: pytest.MonkeyPatch, camera: Camera) -> None:
    monkeypatch.setattr(PaperBrowse, "read_library", lambda _app: None)
    async with browsing(Path("config"), size=size) as browser:
        browser.screen.post_message(ReadSoFar(2, 40))
        for theme in ALL:
            browser.app.theme = theme
            await quiet(browser)
            await look_for(browser, ["Reading … 2 files, 40 papers"])
            camera(browser, theme)


async def test_in_ascii(camera: Camera) -> None:
    async with browsing(Path("config"), size=USUAL, ascii_only=True) as browser:
        await play(browser, ["<b>", "/reward", "<enter>"])
        await quiet(browser)
        await look_for(browser, ["> reward", "* 1", "Reward Reasoning Model"])
        camera(browser, "list")
        await play(browser, ["<x>"])
        await quiet(browser)
        await look_for(browser, ["+----", "Enter choose"])
        camera(browser, "dialog")


async def test_without_colours(monkeypatch: pytest.MonkeyPatch, camera: Camera) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    async with browsing(Path("config"), size=USUAL) as browser:
        await play(browser, ["<b>", "/reward", "<enter>"])
        await quiet(browser)
        await look_for(browser, ["⟩ reward", "★ 1"])
        camera(browser, "list")
        await play(browser, ["<x>"])
        await quiet(browser)
        await look_for(browser, ["year 2026", "Enter choose"])
        camera(browser, "dialog")
