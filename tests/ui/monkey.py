"""A monkey at the keyboard and the mouse, and what has to hold whatever it does.

What it does depends on its seed alone; a failure tells the seed and the last things it did.
"""

import asyncio
import random
import time
from collections import Counter, deque
from collections.abc import Callable
from pathlib import Path
from unittest.mock import patch

from textual import events
from textual.drivers.headless_driver import HeadlessDriver
from textual.geometry import Size
from textual.keys import _character_to_key
from textual.widget import Widget
from textual.widgets import Input
from textual.worker import WorkerState

from paperbrowse.bookmarks import BookmarkStore
from paperbrowse.ui.commands import COMMANDS, LIST_COMMANDS, PANES
from paperbrowse.ui.widgets.filter_bar import FilterInput
from paperbrowse.ui.widgets.key_hints import KeyHints
from tests.ui.driving import SEEDS, Browser, browsing

TABLE = [key for command in (*COMMANDS, *LIST_COMMANDS) for key in command.keys.split(",")]
QUIT = ("q", "ctrl+q")
EDITING = (
    "backspace", "delete", "ctrl+w", "ctrl+a", "ctrl+e", "ctrl+k", "ctrl+y", "ctrl+s", "ctrl+o", "ctrl+r",
    "ctrl+c", "ctrl+v", "ctrl+x", "ctrl+z", "shift+left", "shift+end", "home", "end", "insert", "f1", "f5",
    "alt+x", "ctrl+left", "shift+tab", "tab", "enter", "enter",
)  # fmt: skip
ODD = (
    "grafix t5", 'author:"wenyu du" year:>=2020', "year:20", "(((", '"', "title:", "-", "AND OR NOT",
    "cat:CL cat:", "[red]$t[/]", "\x1b]0;x\x07\x1b[31m", "深度学习 のための", "é" * 400, "a" * 5000,
    "\t\n\r\n", "\u202e\u2066\u200b",
    "👩‍👩‍👧 🇩🇪", "is:bookmarked tag:x", "{}{{%s", "..", "0", "\n".join("line" * 3 for _ in range(60)),
)  # fmt: skip
_PARTS = {"detail": "#detail, #plots"}
"""What takes turns in one pane."""
WIDEST, NARROWEST = (160, 45), (20, 5)
_PATIENCE = 60.0
"""Seconds in which the browser has to come to rest on a busy machine."""


class Monkey:
    """Does one thing after the other to a running browser."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self.seed = seed
        self.done: deque[str] = deque(maxlen=40)
        self.count: Counter[str] = Counter()
        self._acts: list[tuple[Callable[[Browser], str], int]] = [
            (self._command, 50),
            (self._letter, 10),
            (self._edit, 10),
            (self._escape, 7),
            (self._click, 9),
            (self._drag, 2),
            (self._wheel, 6),
            (self._resize, 3),
            (self._paste, 2),
            (self._look_away, 1),
        ]

    def act(self, browser: Browser) -> None:
        """Do one thing, without waiting for what comes of it."""
        acts, weights = zip(*self._acts, strict=True)
        [act] = self.random.choices(acts, weights)
        self.count[act.__name__.strip("_")] += 1
        self.done.append(act(browser))

    def story(self) -> str:
        """The last things done."""
        return f"seed {self.seed}, at last: " + ", ".join(self.done)

    def _key(self, browser: Browser, key: str) -> str:
        press(browser, key)
        return key

    def _command(self, browser: Browser) -> str:
        key = self.random.choice(TABLE)
        if key in QUIT and self.random.random() > 0.02:
            key = "j"
        return self._key(browser, key)

    def _letter(self, browser: Browser) -> str:
        letters = "abcdefghijklmnopqrstuvwxyz 0123456789-:\"'()[]{}äé深\\$%&@#!*_,;.<>|"
        return self._key(browser, self.random.choice(letters))

    def _edit(self, browser: Browser) -> str:
        return self._key(browser, self.random.choice(EDITING))

    def _escape(self, browser: Browser) -> str:
        return self._key(browser, "escape")

    def _spot(self, browser: Browser) -> tuple[int, int]:
        width, height = browser.app.size
        return self.random.randrange(max(width, 1)), self.random.randrange(max(height, 1))

    def _click(self, browser: Browser) -> str:
        spot = self._spot(browser)
        button = self.random.choice((1, 1, 1, 2, 3))
        for _ in range(self.random.choice((1, 1, 2, 3))):
            mouse(browser, events.MouseDown, spot, button)
            mouse(browser, events.MouseUp, spot, button)
        return f"click {spot}"

    def _drag(self, browser: Browser) -> str:
        start, end = self._spot(browser), self._spot(browser)
        mouse(browser, events.MouseDown, start, 1)
        mouse(browser, events.MouseMove, end, 1)
        mouse(browser, events.MouseUp, end, 1)
        return f"drag {start} {end}"

    def _wheel(self, browser: Browser) -> str:
        spot = self._spot(browser)
        kind = self.random.choice((events.MouseScrollDown, events.MouseScrollUp))
        for _ in range(self.random.randint(1, 5)):
            mouse(browser, kind, spot, 0)
        return f"{kind.__name__} {spot}"

    def _resize(self, browser: Browser) -> str:
        size = Size(
            self.random.randint(NARROWEST[0], WIDEST[0]), self.random.randint(NARROWEST[1], WIDEST[1])
        )
        driver = browser.app._driver
        assert isinstance(driver, HeadlessDriver)
        driver._size = size
        browser.app.post_message(events.Resize(size, size))
        return f"resize {size.width}x{size.height}"

    def _paste(self, browser: Browser) -> str:
        text = self.random.choice(ODD)
        _send(browser, events.Paste(text))
        return f"paste {text[:20]!r}"

    def _look_away(self, browser: Browser) -> str:
        event = self.random.choice((events.AppBlur, events.AppFocus))()
        _send(browser, event)
        return type(event).__name__


def press(browser: Browser, key: str) -> None:
    """A key as the terminal's driver hands it on."""
    if len(key) == 1 and not key.isalnum():
        key, character = _character_to_key(key), key
    else:
        character = key if len(key) == 1 else ""
    characters = {"space": " ", "slash": "/", "apostrophe": "'", "question_mark": "?"}
    _send(browser, events.Key(key, character or characters.get(key)))


def mouse(browser: Browser, kind: type[events.MouseEvent], spot: tuple[int, int], button: int) -> None:
    """Something done with the mouse, as the terminal's driver hands it on."""
    x, y = spot
    _send(
        browser,
        kind(
            None, x, y, delta_x=0, delta_y=0, button=button,
            shift=False, meta=False, ctrl=False, screen_x=x, screen_y=y,
        ),
    )  # fmt: skip


def _send(browser: Browser, event: events.Event) -> None:
    event.set_sender(browser.app)
    browser.app.post_message(event)


async def rest(browser: Browser) -> None:
    """Wait until everything that was asked for is done, or the browser has ended."""
    resting = asyncio.ensure_future(browser.settle())
    start = time.monotonic()
    while not (resting.done() or browser.app._exit or browser.app._exception):
        await asyncio.wait([resting], timeout=0.1)
        if time.monotonic() - start > _PATIENCE:
            resting.cancel()
            raise AssertionError(f"no rest: {_what_is_going_on(browser)}")
    if resting.done():
        await resting
    resting.cancel()
    if browser.app._exception:
        raise browser.app._exception


def _what_is_going_on(browser: Browser) -> str:
    app = browser.app
    workers = [f"{worker.group}: {worker.state.name}" for worker in app.workers if not worker.is_finished]
    waiting = [event.key if isinstance(event, events.Key) else "paste" for event in app._typed]
    return f"{app.screen_stack}, {app.focused}, keys {waiting} behind {app._under_way}, workers {workers}"


async def leave(browser: Browser) -> None:
    """From wherever one is: Esc until nothing is left to take back, then q."""
    for _ in range(15):
        if browser.app._exit:
            return
        press(browser, "escape")
        await rest(browser)
    press(browser, "q")
    for _ in range(200):
        if browser.app._exit:
            return
        await asyncio.sleep(0.02)
    raise AssertionError(f"q does not quit from {browser.app.screen} with {browser.app.focused}")


def check(browser: Browser) -> None:
    """What holds whenever the browser is at rest."""
    app = browser.app
    assert app._exception is None, app._exception
    failed = [worker for worker in app.workers if worker.state is WorkerState.ERROR]
    assert not failed, failed
    _check_focus(browser)
    _check_lists(browser)
    _check_what_is_narrowed(browser)
    for strip in app.screen._compositor.render_strips():
        assert strip.cell_length == app.size.width, strip.text


def _check_focus(browser: Browser) -> None:
    app, screen = browser.app, browser.screen
    focused = app.focused
    if focused is not None:
        assert focused.is_attached, focused
        assert focused.screen is app.screen, focused
        assert _is_displayed(focused) or app.screen is not screen, focused
    if app.screen is not screen or not app.app_focus or screen.maximized:
        return
    if not isinstance(focused, FilterInput):
        assert focused is not None
        assert ("detail" if focused.id == "plots" else focused.id) == screen.pane, focused
    layouts = [name for name in ("-wide", "-medium", "-narrow") if screen.has_class(name)]
    assert len(layouts) == 1
    shown = [pane for pane in PANES if any(map(_is_displayed, screen.query(_PARTS.get(pane, f"#{pane}"))))]
    if screen.has_class("zoomed"):
        assert shown == ["detail"]
    elif layouts == ["-narrow"]:
        # Where there is nothing to list, the pane of the abstract says why.
        assert len(shown) == 1 or (shown == ["papers", "detail"] and screen.current is None), shown
    else:
        assert shown == list(PANES)


def _is_displayed(widget: Widget) -> bool:
    return all(part.display for part in widget.ancestors_with_self if isinstance(part, Widget))


def _check_lists(browser: Browser) -> None:
    screen, library = browser.screen, browser.screen.library
    assert library is not None
    for rows in (screen.papers, screen.authors):
        assert 0 <= rows.cursor <= max(rows.count - 1, 0)
        if rows.height > 0:
            assert 0 <= rows.top <= max(rows.line_count() - rows.height, 0)
    assert screen.papers.count == len(screen.view.rows) == len(screen.papers.rows)
    assert all(0 <= row < len(library.papers) for row in screen.view.rows)
    assert len(set(screen.view.rows)) == len(screen.view.rows)
    assert (screen.current is None) == (not screen.view.rows)
    assert all(library.row(key) is not None for key in screen.marked)
    hints = screen.query_one(KeyHints)
    if screen.current and not hints.word and screen.focused is screen.papers:
        place = f"{screen.papers.cursor + 1:,} of {screen.papers.count:,}".replace(",", " ")
        assert place in str(hints.render()) or len(place) + 4 > screen.size.width


def _check_what_is_narrowed(browser: Browser) -> None:
    screen = browser.screen
    assert screen.view.narrowing == screen.narrowing
    assert screen.filter_bar.input.value == screen.narrowing.query
    assert "\n" not in screen.filter_bar.input.value


def check_bookmarks(browser: Browser, config: Path) -> None:
    """What is on disk is what is on the screen."""
    store = browser.app.store
    assert store.flush(10)
    assert store.unsaved == 0
    assert dict(BookmarkStore(config).load()) == dict(store.bookmarks())


async def run(
    seed: int, things: int, folder: Path, look_every: int = 10, library: Path = SEEDS
) -> Counter[str]:
    """Let a monkey do `things` to `library`, with files in `folder`; how often it did what.

    It looks for what must hold every `look_every` things, and goes through the way out and a new start
    now and then.
    """
    monkey = Monkey(seed)
    config = folder / "config"
    left = things
    with patch("webbrowser.open", lambda _address: monkey.random.random() < 0.5):
        while left > 0:
            size = monkey.random.choice([WIDEST, (120, 40), (80, 24), (40, 12)])
            async with browsing(config, [library], size, fresh=monkey.random.random() < 0.3) as browser:
                try:
                    number = min(left, monkey.random.randint(200, 600))
                    left -= await _sit(monkey, browser, number, look_every)
                    await leave(browser)
                    check_bookmarks(browser, config)
                except BaseException as error:
                    error.add_note(monkey.story())
                    raise
            monkey.done.append("| a new start |")
    return monkey.count


async def _sit(monkey: Monkey, browser: Browser, number: int, look_every: int) -> int:
    for place in range(number):
        if browser.app._exit:
            return place
        if not _writes_where_it_must_not(browser):
            monkey.act(browser)
        else:
            press(browser, "escape")
        await asyncio.sleep(0)
        if place % look_every == 0:
            await _look(browser)
    await rest(browser)
    return number


async def _look(browser: Browser) -> None:
    await rest(browser)
    if browser.app._exit:
        return
    try:
        check(browser)
    except AssertionError:
        # Where the focus has gone is told by messages of messages; on a busy machine they come late.
        await asyncio.sleep(0.5)
        await rest(browser)
        if not browser.app._exit:
            check(browser)


def _writes_where_it_must_not(browser: Browser) -> bool:
    """Whether a file outside of its folder is about to be named."""
    focused = browser.app.focused
    return (
        isinstance(focused, Input)
        and focused.id == "target"
        and any(sign in focused.value for sign in ("/", "~", "\\", ".."))
    )
