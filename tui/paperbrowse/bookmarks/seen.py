"""The bookmarks as they are seen: what the disk holds with the changes made here that it has not yet."""

import threading
from collections.abc import Collection, Mapping, Sequence
from types import MappingProxyType

from paperbrowse.bookmarks.operations import Operation, Shelf
from paperbrowse.model import Bookmark


class Seen:
    """What is in memory, and what there is to tell a person.

    `lock` is held for moments only, by whoever reads or changes more than one thing here.
    """

    def __init__(self, *, indexed: bool) -> None:
        self.lock = threading.RLock()
        self.shelf = Shelf()
        self.waiting: list[Operation] = []
        """Changes that are not in the journal yet."""
        self.unsaved: dict[str, None] = {}
        """The changes that are not in the file yet, by group."""
        self._indexed = indexed
        self._view: Mapping[str, Bookmark] | None = None
        self._refreshed = False
        self._messages: list[str] = []
        self._said: set[str] = set()

    def bookmarks(self) -> Mapping[str, Bookmark]:
        """The bookmarks by key in the order of the file."""
        with self.lock:
            if self._view is None:
                self._view = MappingProxyType(self.shelf.bookmarks())
            return self._view

    def do(self, operations: Sequence[Operation]) -> None:
        """Show the operations of a change that the file has not yet."""
        with self.lock:
            self.unsaved[operations[0].group] = None
            for operation in operations:
                self.shelf.do(operation)
            self._view = None

    def show(self, shelf: Shelf, there: Collection[str]) -> None:
        """Let `shelf`, which holds the operations `there`, be what is seen, with the changes that wait."""
        if self._indexed:
            shelf.by_identity("")  # the index is made here and not while someone waits for it
        with self.lock:
            for operation in self.waiting:
                if operation.id not in there:
                    shelf.do(operation)
            now = shelf.bookmarks()
            if now != (was := self.shelf.bookmarks()) or list(now) != list(was):
                self._refreshed = True
            self.shelf, self._view = shelf, MappingProxyType(now)

    def saved(self) -> None:
        """Note that the file has all but the changes that wait."""
        with self.lock:
            self.unsaved = dict.fromkeys(operation.group for operation in self.waiting)

    def take_refreshed(self) -> bool:
        """Whether the disk has brought anything else to be seen since the last call."""
        with self.lock:
            refreshed, self._refreshed = self._refreshed, False
        return refreshed

    def say(self, message: str) -> None:
        """Keep `message` for a person; the same one is said once."""
        with self.lock:
            if message not in self._said:
                self._said.add(message)
                self._messages.append(message)

    def take_messages(self) -> list[str]:
        """What was said since the last call."""
        with self.lock:
            messages, self._messages = self._messages, []
        return messages
