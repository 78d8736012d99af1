"""The thread that saves, so that no one waits for a disk."""

import threading
import time
from collections.abc import Callable

from paperbrowse.bookmarks.disk import StoreError

_FIRST_RETRY = 1.0
_LAST_RETRY = 30.0


class Writer:
    """Runs `save` when woken, and again after a while when it failed; `look` when asked to."""

    def __init__(
        self,
        save: Callable[[], None],
        look: Callable[[], None],
        on_saved: Callable[[], None] | None,
        on_failed: Callable[[str], None] | None,
    ) -> None:
        self._save, self._look = save, look
        self._on_saved, self._on_failed = on_saved, on_failed
        self._condition = threading.Condition()
        self._thread: threading.Thread | None = None
        self._to_save = self._to_look = self._stopped = False
        self._failures = 0
        self._told: str | None = None
        self._retry_at: float | None = None
        self._pause = _FIRST_RETRY

    def wake(self) -> None:
        """There is something to save."""
        with self._condition:
            self._to_save = True
            self._start()

    def look(self) -> None:
        """There is something to read."""
        with self._condition:
            self._to_look = True
            self._start()

    def flush(self, timeout: float, done: Callable[[], bool]) -> bool:
        """Save now; wait until `done`, until it failed, or so many seconds. Whether it is done."""
        deadline = time.monotonic() + timeout
        with self._condition:
            failures = self._failures
            self._to_save = True
            self._start()
            while not done() and self._failures == failures and (left := deadline - time.monotonic()) > 0:
                self._condition.wait(left)
        return done()

    def stop(self) -> None:
        """Let the thread end after what it is doing."""
        with self._condition:
            self._stopped = True
            self._condition.notify_all()
            thread = self._thread
        if thread is not None:
            thread.join(1.0)

    def _start(self) -> None:
        if self._thread is None and not self._stopped:
            self._thread = threading.Thread(target=self._run, name="bookmarks", daemon=True)
            self._thread.start()
        self._condition.notify_all()

    def _run(self) -> None:
        while True:
            with self._condition:
                while not (self._to_save or self._to_look or self._stopped):
                    left = None if self._retry_at is None else self._retry_at - time.monotonic()
                    if left is not None and left <= 0:
                        self._to_save = True
                        break
                    self._condition.wait(left)
                if self._stopped and not self._to_save:
                    return
                to_save, self._to_save = self._to_save, False
                to_look, self._to_look = self._to_look, False
            if to_look:
                self._tell(self._try(self._look))
            if to_save:
                self._report(self._try(self._save))

    def _try(self, work: Callable[[], None]) -> str | None:
        """Do it; why it failed, if it did."""
        try:
            work()
        except StoreError as error:
            return str(error)
        except Exception as error:  # a defect must be heard of, and must not end the saving
            return f"bookmarks cannot be saved: {type(error).__name__}: {error}"
        return None

    def _report(self, failure: str | None) -> None:
        with self._condition:
            if failure is None:
                self._retry_at, self._pause = None, _FIRST_RETRY
            else:
                self._failures += 1
                self._retry_at = time.monotonic() + self._pause
                self._pause = min(2 * self._pause, _LAST_RETRY)
            self._condition.notify_all()
        self._tell(failure)
        if failure is None and self._on_saved:
            self._on_saved()

    def _tell(self, failure: str | None) -> None:
        """Say a failure once, not with every attempt."""
        is_new, self._told = failure != self._told, failure
        if is_new and failure is not None and self._on_failed:
            self._on_failed(failure)
