"""Work beside the screen: it gives the keys their turn, and ends when nobody wants it any more."""

import time

from textual.worker import get_current_worker

_WORK, _REST = 0.005, 0.001
"""Seconds that work beside goes on, and that it rests then, for the keys to have their turn."""


class Dropped(Exception):
    """What was worked out is not wanted any more."""


class Rest:
    """Called often by work beside: lets others have the interpreter, and ends work that was cancelled."""

    def __init__(self) -> None:
        self._since = time.perf_counter()
        self._worker = get_current_worker()

    def __call__(self) -> None:
        if time.perf_counter() - self._since > _WORK:
            if self._worker.is_cancelled:
                raise Dropped
            time.sleep(_REST)
            self._since = time.perf_counter()
