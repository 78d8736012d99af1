"""Typing faster than the browser is: every key goes to where the one before it led, however late."""

import asyncio
import time
from pathlib import Path
from typing import Any

import pytest
from textual import events
from textual.screen import Screen
from textual.widgets import Input

from paperbrowse.ui import type_ahead
from paperbrowse.ui.app import PaperBrowse
from paperbrowse.ui.screens import browse
from paperbrowse.ui.view import View, look
from tests.ui.driving import Browser, browsing
from tests.ui.monkey import press as throw


def throw_all(browser: Browser, *keys: str) -> None:
    """All keys at once, as from a script or from quick hands at a busy machine."""
    for key in keys:
        throw(browser, key)


YEAR_THEN_AUTHOR = ("x", *"2023", "enter", "1", *"jjj")


def is_narrowed_and_moved(browser: Browser) -> bool:
    """Whether all of the keys had their effect, one after the other."""
    screen = browser.screen
    return (screen.narrowing.query, screen.pane, screen.authors.cursor) == ("year:2023", "authors", 3)


async def test_keys_typed_ahead_wait_for_a_dialog_that_opens_late(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    push = PaperBrowse.push_screen_wait

    async def late(app: PaperBrowse, screen: Screen[Any]) -> Any:
        await asyncio.sleep(0.2)
        answer = await push(app, screen)
        await asyncio.sleep(0.2)
        return answer

    monkeypatch.setattr(PaperBrowse, "push_screen_wait", late)
    async with browsing(tmp_path) as browser:
        throw_all(browser, *YEAR_THEN_AUTHOR)
        await browser.settle()
        assert is_narrowed_and_moved(browser)


@pytest.mark.parametrize("seconds", [0, 0.005, 0.02, 0.1])
async def test_what_is_told_late_of_the_key_that_opened_a_dialog_hurries_no_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, seconds: float
) -> None:
    async def late(_screen: browse.BrowseScreen, _message: type_ahead.KeySettled) -> None:
        await asyncio.sleep(seconds)

    async def submit(line: Input) -> None:
        await asyncio.sleep(0.02)
        await submitted(line)

    submitted = Input.action_submit
    monkeypatch.setattr(Input, "action_submit", submit)
    monkeypatch.setattr(browse.BrowseScreen, "on_key_settled", late, raising=False)
    async with browsing(tmp_path) as browser:
        throw_all(browser, *YEAR_THEN_AUTHOR)
        await browser.settle()
        assert is_narrowed_and_moved(browser)


async def test_keys_typed_ahead_wait_however_long_the_machine_stands_still(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    submit = Input.action_submit

    async def late(line: Input) -> None:
        time.sleep(1.5)
        await submit(line)

    monkeypatch.setattr(Input, "action_submit", late)
    async with browsing(tmp_path) as browser:
        throw_all(browser, *YEAR_THEN_AUTHOR)
        await browser.settle()
        assert is_narrowed_and_moved(browser)


async def test_the_cursor_moves_in_the_answer_to_what_was_typed_before(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def late(*given: Any) -> View:
        time.sleep(0.1)
        return look(*given)

    monkeypatch.setattr(browse, "_ANSWERED_AT_ONCE", 0)
    monkeypatch.setattr(browse, "look", late)
    async with browsing(tmp_path) as browser:
        throw_all(browser, "slash", *"wang", "enter", "j", "j")
        await browser.settle()
        assert browser.screen.narrowing.query == "wang"
        assert browser.screen.papers.cursor == 2


async def test_a_paste_keeps_its_place_among_the_keys(tmp_path: Path) -> None:
    async with browsing(tmp_path) as browser:
        throw_all(browser, "slash", *"data ")
        paste = events.Paste("graph")
        browser.app.post_message(paste.set_sender(browser.app))
        throw_all(browser, *"s", "enter", "j")
        await browser.settle()
        assert browser.screen.query_one("#filter", Input).value == "data graphs"


async def test_what_never_ends_holds_up_no_key_for_ever(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(type_ahead, "_PATIENCE", 3)
    async with browsing(tmp_path) as browser:
        end = asyncio.Event()
        browser.screen.run_worker(end.wait(), group="dialog")
        throw_all(browser, *"jjj")
        await browser.until(lambda: browser.screen.papers.cursor == 3, "the keys' effect")
        end.set()
