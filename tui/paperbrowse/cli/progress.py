"""How far reading is, for a person who waits at a terminal."""

import os
import sys
import time
from typing import TYPE_CHECKING

from paperbrowse.describe import counted

if TYPE_CHECKING:
    from paperbrowse.model import Reading
    from paperbrowse.readings import Readings

_PATIENCE = 1.0
"""Seconds after which a word is due."""
_OFTEN = 0.2


class ReadingLine:
    """A line on stderr that says how far reading is, and is gone when that is done."""

    def __init__(self) -> None:
        self._due = time.monotonic() + _PATIENCE
        self._shown = False
        self._watched = sys.stderr.isatty() and os.environ.get("TERM", "") not in ("", "dumb")

    def __call__(self, files: int, reading: "Reading | Readings") -> None:
        """Say it, if it is time and somebody looks."""
        now = time.monotonic()
        if self._watched and now >= self._due:
            self._due = now + _OFTEN
            self._shown = True
            so_far = f"{counted(files, 'file')}, {counted(len(reading.papers), 'paper')}"
            print(f"\r\x1b[Kpaperbrowse: reading … {so_far}", end="", file=sys.stderr, flush=True)

    def clear(self) -> None:
        """Take the line away."""
        if self._shown:
            print("\r\x1b[K", end="", file=sys.stderr, flush=True)
