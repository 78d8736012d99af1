"""Every key of the table, in every pane, whatever is shown: it does something or says why it does not."""

from pathlib import Path
from unittest.mock import patch

import pytest

from paperbrowse.ui.commands import COMMANDS, LIST_COMMANDS, Pane
from paperbrowse.ui.screens.browse import BrowseScreen
from paperbrowse.ui.view import Narrowing
from paperbrowse.ui.widgets.key_hints import KeyHints
from tests.ui.driving import SEEDS, Browser, browsing
from tests.ui.monkey import QUIT, check

KEYS = [
    (command.id, key)
    for command in (*COMMANDS, *LIST_COMMANDS)
    for key in command.keys.split(",")
    if key not in QUIT
]
SILENT = {
    *(command.id for command in LIST_COMMANDS),  # at the end of a list there is nowhere to go
    "clear",  # there is nothing to take back
    "authors", "papers", "abstract",  # one is there already
}  # fmt: skip

ONE = "@article{a, title={On Parsing}, author={Lee, Ann}, year=2020, abstract={We parse.}}\n"


def pages(state: str, folder: Path) -> Path:
    """A library for that state."""
    if state == "empty":
        (folder / "empty").mkdir()
        return folder / "empty"
    if state == "one":
        (folder / "one.bib").write_text(ONE)
        return folder / "one.bib"
    return SEEDS


def drawn(browser: Browser) -> list[list[tuple[str, str]]]:
    """All that is on the screen, with its styles."""
    strips = browser.app.screen._compositor.render_strips()
    return [[(segment.text, str(segment.style)) for segment in strip] for strip in strips]


async def put(browser: Browser, query: str, pane: Pane) -> None:
    """Go back to where every key is tried from."""
    while not isinstance(browser.app.screen, BrowseScreen):
        browser.app.screen.dismiss(None)
        await browser.settle()
    screen = browser.screen
    browser.app.clear_notifications()
    screen.query_one(KeyHints).forget()
    screen.marked.clear()
    screen._been.clear()
    screen._ahead.clear()
    screen.narrow_to(Narrowing(query=query))
    screen.action_pane(pane)
    await browser.settle()


@pytest.mark.parametrize(
    ("state", "pane"),
    [
        *((state, pane) for state in ("empty", "one", "no match") for pane in ("authors", "papers")),
        *(("many", pane) for pane in ("authors", "papers", "detail")),
    ],
)
async def test_every_key_does_something_or_says_why_not(tmp_path: Path, state: str, pane: Pane) -> None:
    query = "qqqqzzzz" if state == "no match" else ""
    dumb = []
    keys = KEYS if state == "many" else list(dict(reversed(KEYS)).items())  # of a command's keys the first
    with patch("webbrowser.open", lambda _address: True):
        async with browsing(tmp_path / "config", [pages(state, tmp_path)], (100, 30)) as browser:
            for name, key in keys:
                await put(browser, query, pane)
                before = drawn(browser)
                try:
                    await browser.press(key)
                    check(browser)
                except BaseException as error:
                    error.add_note(f"after {key} ({name}) in {pane} with {state}")
                    raise
                if name not in SILENT and drawn(browser) == before:
                    dumb.append(f"{key} ({name})")
    assert not dumb, f"in {pane} with {state} nothing comes of {dumb}"
