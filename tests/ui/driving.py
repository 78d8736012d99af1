"""Driving the browser in tests: start it on the bundled pages, press keys, wait until all is quiet."""

import time
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager, suppress
from pathlib import Path

from textual.pilot import Pilot
from textual.worker import WorkerCancelled

from paperbrowse.library import Author
from paperbrowse.ui.app import PaperBrowse
from paperbrowse.ui.screens.browse import BrowseScreen
from paperbrowse.ui.widgets.key_hints import KeyHints

SEEDS = Path(__file__).parent.parent.parent / "seeds"


class Browser:
    """A running browser and its keys."""

    def __init__(self, app: PaperBrowse, pilot: Pilot[int]) -> None:
        self.app = app
        self.pilot = pilot

    @property
    def screen(self) -> BrowseScreen:
        """The browser's own screen, whatever is open over it."""
        screen = self.app.screen_stack[0]
        assert isinstance(screen, BrowseScreen)
        return screen

    async def press(self, *keys: str) -> None:
        """Press keys and wait until what they started is done."""
        await self.pilot.press(*keys)
        await self.settle()

    async def type(self, text: str) -> None:
        """Type text, key by key."""
        await self.press(*("space" if char == " " else _KEY_NAMES.get(char, char) for char in text))

    async def settle(self) -> None:
        """Wait for searches, drawing and saving; not for a dialog, which waits for a person."""
        while True:
            await self.pilot.pause()
            waiting = [
                worker
                for worker in self.app.workers
                if worker.group.partition(" ")[0] in _WAITED_FOR and not worker.is_finished
            ]
            if self.app.keys_pending or self._dialog_at_work():
                continue
            if not waiting:
                break
            with suppress(WorkerCancelled):  # another has taken its place, and is waited for next
                await self.app.workers.wait_for_complete(waiting)
        if self.app.store.unsaved:
            self.app.store.flush(5)
            await self.pilot.pause()

    async def until(self, holds: Callable[[], bool], what: str) -> None:
        """Wait for what a thread or a timer brings about, as long as a busy machine may need."""
        deadline = time.monotonic() + 30
        while not holds():
            assert time.monotonic() < deadline, f"never came: {what}"
            await self.pilot.pause(0.02)

    def _dialog_at_work(self) -> bool:
        """Whether a dialog was answered and what follows from it is not done."""
        at_work = any(worker.group == "dialog" and not worker.is_finished for worker in self.app.workers)
        return at_work and len(self.app.screen_stack) == 1

    @property
    def chosen_author(self) -> Author | None:
        """Whom the papers are narrowed to."""
        authors = self.screen.narrowing.authors
        return authors[0] if authors else None

    @property
    def titles(self) -> list[str]:
        """The shown papers' titles, in order."""
        papers = self.screen.papers
        return [papers.papers[row].title for row in papers.rows]

    @property
    def state(self) -> str:
        """What stands at the right of the filter."""
        return str(self.screen.query_one("#filter-state").render())

    @property
    def notices(self) -> list[str]:
        """The texts of the toasts, and the word on what was done last."""
        word = self.screen.query_one(KeyHints).word
        return [notice.message for notice in self.app._notifications] + ([word] if word else [])

    def line(self, y: int) -> str:
        """The text of one line of the papers pane."""
        return self.screen.papers.render_line(y).text.rstrip()


_WAITED_FOR = ("look", "tally", "people", "reading", "watching", "open")
_KEY_NAMES = {
    "-": "minus", ":": "colon", '"': "quotation_mark", ".": "full_stop", ">": "greater_than_sign",
    "=": "equals_sign", "/": "slash", "?": "question_mark", "(": "left_parenthesis", ")": "right_parenthesis",
    "[": "left_square_bracket", ",": "comma",
}  # fmt: skip


@asynccontextmanager
async def browsing(
    config: Path,
    paths: Sequence[str | Path] = (SEEDS,),
    size: tuple[int, int] = (120, 40),
    *,
    fresh: bool = True,
    ascii_only: bool = False,
    toasts: bool = False,
) -> AsyncIterator[Browser]:
    """The browser on `paths`, with settings, bookmarks and session in `config`, read and settled.

    Unless it is `fresh` it opens where the one before was closed. With `toasts` they are drawn, too.
    """
    app = PaperBrowse(
        [str(path) for path in paths], config, state_folder=config, fresh=fresh, ascii_only=ascii_only
    )
    async with app.run_test(size=size, notifications=toasts) as pilot:
        browser = Browser(app, pilot)
        await browser.settle()
        try:
            yield browser
        finally:
            app.store.close()
