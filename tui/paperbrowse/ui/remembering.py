"""Remembering where a person is: at the end, every few seconds, and when the program is told to end.

A terminal window that is closed sends SIGHUP, a machine that shuts down SIGTERM, `kill -INT` SIGINT. They end
the browser as `q` does, only without a question: place and bookmarks are on disk and the terminal is given
back.
"""

import asyncio
import os
import signal
import sys
import threading
from dataclasses import replace
from pathlib import Path
from types import FrameType
from typing import Any

from textual import work
from textual.css.query import NoMatches

from paperbrowse.drafts import Drafts
from paperbrowse.session import Session, load_session, save_session
from paperbrowse.ui.screens.dialogs import Lines
from paperbrowse.ui.type_ahead import TypeAheadApp

_EVERY = 5.0
"""Seconds between two looks at whether the person has moved on."""
_PATIENCE = 4.0
"""Seconds that an orderly end may take once the program was told to end."""
_SIGNALS = tuple(getattr(signal, name) for name in ("SIGHUP", "SIGTERM", "SIGINT") if hasattr(signal, name))


class RememberingApp(TypeAheadApp):
    """An application that opens where it was closed, however it was closed."""

    def __init__(self) -> None:
        super().__init__()
        self.session = Session()
        """Where the last one ended."""
        self.drafts = Drafts(None)
        self._state_folder: Path | None = None
        self._theme_given = ""
        self._latest = Session()
        self._writing = threading.Lock()

    def place(self) -> Session:
        """Where the person is in the library."""
        raise NotImplementedError

    def save_all(self, seconds: float) -> None:
        """Save what a person changed and is not on disk, in at most so many seconds; from any thread."""
        raise NotImplementedError

    def recall(self, folder: Path | None, library: list[str], *, fresh: bool) -> None:
        """Read from `folder` where the last one ended with this library; `fresh` leaves it aside."""
        self._state_folder, self.drafts = folder, Drafts(folder)
        if folder and not fresh:
            self.session = self._latest = load_session(folder).for_library(library)

    def give_theme(self, name: str) -> None:
        """Take the theme that the settings give."""
        self.theme = self._theme_given = name

    def recall_theme(self) -> None:
        """Take the theme that was chosen by hand, unless the settings have given another one since."""
        session = self.session
        known = session.theme in self.available_themes
        if known and session.theme_over == self._theme_given and not self.no_color:
            self.theme = session.theme

    def on_mount(self) -> None:
        """Begin to watch."""
        self.set_interval(_EVERY, self.remember)
        if not self.is_headless and threading.current_thread() is threading.main_thread():
            self._end_in = asyncio.get_running_loop()
            for number in _SIGNALS:
                if signal.getsignal(number) is not signal.SIG_IGN:
                    signal.signal(number, self._told_to_end)

    def remember(self) -> None:
        """Write down, in the background, where the person is, if they have moved or written."""
        if self._state_folder is None or self._exit:
            return
        self.keep_drafts()
        try:
            now = self._session_now()
        except NoMatches:  # the panes are being taken down
            return
        if now != self._latest or self.drafts.unwritten:
            self._latest = now
            self._write_beside(now)

    def keep_drafts(self) -> None:
        """Let what is being written be a draft, should it never be kept."""
        for screen in self.screen_stack:
            if isinstance(screen, Lines):
                screen.keep_draft()

    def exit(self, result: int | None = None, return_code: int = 0, message: Any = None) -> None:
        """Remember where the person is, and end."""
        if not self._exit:
            self._remember_now()
        super().exit(result, return_code, message)

    def _handle_exception(self, error: Exception) -> None:
        """Pass over that a dialog which was just opening misses its parts: they are taken down at the end."""
        if not (self._exit and isinstance(error, NoMatches)):
            super()._handle_exception(error)

    def _session_now(self) -> Session:
        theme, over = self.theme, self._theme_given
        if self.no_color:  # the choice was made for days with colours
            theme, over = self.session.theme, self.session.theme_over
        elif theme == over:
            theme = over = ""
        return replace(self.place(), theme=theme, theme_over=over)

    def _remember_now(self) -> None:
        if self._state_folder:
            self.keep_drafts()
            self._latest = self._session_now()
            self._write(self._latest)

    @work(thread=True, group="remembering")
    def _write_beside(self, session: Session) -> None:
        self._write(session)

    def _write(self, session: Session) -> None:
        with self._writing:
            if session is self._latest and self._state_folder:
                save_session(self._state_folder, session)
            self.drafts.write()

    def _told_to_end(self, number: int, _frame: FrameType | None) -> None:
        """Runs between any two steps of the program, perhaps while it waits for a terminal that is gone."""
        code = 128 + number
        last_resort = threading.Timer(_PATIENCE, self._end_at_once, (code,))
        last_resort.daemon = True
        last_resort.start()
        self._end_in.call_soon_threadsafe(self.call_later, self._end, code)

    async def _end(self, code: int) -> None:
        self._remember_now()
        await asyncio.to_thread(self.save_all, _PATIENCE / 2)
        if not _has_terminal():
            os._exit(code)  # an orderly end would wait for a terminal that takes nothing any more
        self.exit(code)

    def _end_at_once(self, code: int) -> None:
        self.save_all(_PATIENCE / 2)
        os._exit(code)


def _has_terminal() -> bool:
    """Whether the terminal is still there; one that was closed is no terminal any more."""
    return sys.__stdin__ is not None and sys.__stdin__.isatty()
