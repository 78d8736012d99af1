"""The bookmarks of one folder: seen at once, changed by operations, saved so that nothing is lost.

A change is seen at once, goes to the journal and onto the disk, and from there into the file. It counts as
saved when the file has it.
"""

import time
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from paperbrowse.bookmarks import changes
from paperbrowse.bookmarks.changes import Change, Plan, Session
from paperbrowse.bookmarks.disk import StoreError, refusal
from paperbrowse.bookmarks.history import History, from_journal
from paperbrowse.bookmarks.ledger import Ledger
from paperbrowse.bookmarks.operations import Shelf
from paperbrowse.bookmarks.record import STATUSES, clean_tags
from paperbrowse.bookmarks.seen import Seen
from paperbrowse.bookmarks.writer import Writer
from paperbrowse.model import Bookmark, Paper, ReadingStatus
from paperbrowse.text.clean import clean, clean_lines

__all__ = ["BookmarkStore", "Change", "StoreError"]


class BookmarkStore:
    """The bookmarks kept in `folder`, which is made with the first of them.

    Without `background` every change is saved when its method returns, or `StoreError` says why not. With
    it the methods return at once; a thread saves, tries again what it could not save, and calls `on_saved()`
    and `on_failed(message)`.
    """

    def __init__(
        self,
        folder: Path,
        *,
        background: bool = False,
        on_saved: Callable[[], None] | None = None,
        on_failed: Callable[[str], None] | None = None,
    ) -> None:
        self._seen = Seen(indexed=background)
        self._ledger = Ledger(folder, self._seen)
        self._session = Session()
        self._history = History()
        self._knows_older = False
        self.is_read = True
        """Whether the bookmarks could be read; what is wrong with them is in the messages."""
        self._writer = Writer(self._save, self._look, on_saved, on_failed) if background else None

    @property
    def path(self) -> Path:
        """The file of the bookmarks."""
        return self._ledger.path

    @property
    def read_only_reason(self) -> str | None:
        """Why nothing can be changed, when nothing can."""
        return self._ledger.read_only_reason

    @property
    def unsaved(self) -> int:
        """How many changes are not in the file yet."""
        return len(self._seen.unsaved)

    def load(self) -> Mapping[str, Bookmark]:
        """Read the bookmarks; what of them is damaged is mended, and said in the messages."""
        ledger = self._ledger
        with ledger.lock:
            try:
                ledger.look()
                if ledger.needs_mending() and not ledger.read_only_reason:
                    ledger.write()
            except (StoreError, OSError) as error:
                self.is_read = False
                self._seen.say(str(error if isinstance(error, StoreError) else refusal(self.path, error)))
            self._session.parent, self._session.parent_until = ledger.tail.session, ledger.tail.last
            if self._writer and ledger.tail.operations and not ledger.read_only_reason:
                self._writer.wake()  # a process was killed before these were in the file
        return self.bookmarks()

    def bookmarks(self) -> Mapping[str, Bookmark]:
        """The bookmarks by key in the order of the file, changes that are not saved yet included."""
        return self._seen.bookmarks()

    def bookmark(self, key: str) -> Bookmark | None:
        """The bookmark of that key."""
        return self.bookmarks().get(key)

    def bookmarked(self) -> Collection[str]:
        """The citation keys of all bookmarks."""
        return self.bookmarks().keys()

    def of(self, paper: Paper) -> Bookmark | None:
        """The bookmark of `paper`, whichever file the paper was read from."""
        with self._seen.lock:
            shelf = self._seen.shelf
            key = changes.shelf_key(shelf, paper)
            return None if key is None else shelf.kept[key].bookmark

    def tags(self) -> dict[str, int]:
        """The tags in use with the number of bookmarks that have each, in alphabetical order."""
        counts: dict[str, int] = {}
        for bookmark in self.bookmarks().values():
            for tag in bookmark.tags:
                counts[tag] = counts.get(tag, 0) + 1
        return dict(sorted(counts.items(), key=lambda item: item[0].casefold()))

    def take_messages(self) -> list[str]:
        """What happened that a person should know, since the last call."""
        return self._seen.take_messages()

    # Changes

    def add(
        self, papers: Sequence[Paper], *, tags: Sequence[str] = (), note: str = "", status: ReadingStatus = ""
    ) -> Change:
        """Keep `papers`; those that are kept already stay as they are."""
        added = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
        with_tags, with_note = clean_tags(tags), clean_lines(note)
        _check_status(status)

        def make(paper: Paper) -> Bookmark:
            return Bookmark(paper=paper, added=added, tags=with_tags, note=with_note, status=status)

        return self._change(lambda shelf: changes.adding(shelf, papers, make))

    def remove(self, keys: Iterable[str]) -> Change:
        """Take these bookmarks off; keys of none are passed over, here and below."""
        return self._change(lambda shelf: changes.removing(shelf, keys))

    def tag(self, keys: Iterable[str], tags: Sequence[str]) -> Change:
        """Put `tags` on these bookmarks."""
        edit = changes.tags_with(clean_tags(tags))
        return self._change(lambda shelf: changes.editing(shelf, keys, "tag", edit))

    def untag(self, keys: Iterable[str], tags: Sequence[str]) -> Change:
        """Take `tags` off these bookmarks."""
        edit = changes.tags_without(clean_tags(tags))
        return self._change(lambda shelf: changes.editing(shelf, keys, "untag", edit))

    def set_tags(self, keys: Iterable[str], tags: Sequence[str]) -> Change:
        """Give these bookmarks exactly `tags`."""
        edit = changes.setting(tags=clean_tags(tags))
        return self._change(lambda shelf: changes.editing(shelf, keys, "tag", edit))

    def note(self, key: str, text: str) -> Change:
        """Make `text` the note of this bookmark; the empty text takes it off."""
        edit = changes.setting(note=clean_lines(text))
        return self._change(lambda shelf: changes.editing(shelf, [key], "note", edit))

    def status(self, keys: Iterable[str], status: ReadingStatus) -> Change:
        """Set the reading status of these bookmarks; the empty one takes it off."""
        _check_status(status)
        edit = changes.setting(status=status)
        return self._change(lambda shelf: changes.editing(shelf, keys, "status", edit))

    def undo(self) -> Change | None:
        """Take back the last change of this session, or of the one before it; None when there is none."""
        return self._step_back(undoing=True)

    def redo(self) -> Change | None:
        """Do again what was undone last; None when there is nothing."""
        return self._step_back(undoing=False)

    def _step_back(self, *, undoing: bool) -> Change | None:
        history = self._history
        while True:
            with self._seen.lock:
                groups = history.undoable if undoing else history.redoable
                if not groups and self._knows_older:
                    return None
                group = groups[-1] if groups else None
            if group is None:
                self._add_older_history()
                continue
            name = group[0].group
            change = self._change(
                partial(changes.taking_back, group=group),
                undoes=name if undoing else "",
                redoes="" if undoing else name,
            )
            if change:
                return replace(change, how="undone" if undoing else "redone")
            with self._seen.lock:
                if groups and groups[-1] is group:  # nothing of it is left to take back
                    groups.pop()

    def _add_older_history(self) -> None:
        """Read what can be undone of the sessions before this one, from the journal, once."""
        session = self._session
        older = from_journal(self._ledger.journal.operations(), session.parent, session.parent_until)
        with self._seen.lock:
            self._knows_older = True
            self._history.undoable[:0] = older.undoable
            if not session.made:
                self._history.redoable[:0] = older.redoable

    def _change(self, plan: Callable[[Shelf], Plan], *, undoes: str = "", redoes: str = "") -> Change:
        """Make the change that `plan` plans on what is there now."""
        if self._writer is not None:
            change = self._put_down(plan, undoes, redoes)
            if change:
                self._writer.wake()
            return change
        with self._ledger.lock:
            self._ledger.look()
            change = self._put_down(plan, undoes, redoes)
            if change:
                self._write_what_is_journaled()
            return change

    def _put_down(self, plan: Callable[[Shelf], Plan], undoes: str, redoes: str) -> Change:
        """Have the change seen, and in the journal or waiting for the thread that writes it there."""
        if self.read_only_reason:
            raise StoreError(self.read_only_reason)
        seen = self._seen
        with seen.lock:
            planned = plan(seen.shelf)
            if planned.items:
                operations = self._session.operations(planned, undoes, redoes)
                if self._writer is None:
                    operations = self._ledger.append(operations)
                else:
                    seen.waiting += operations
                seen.do(operations)
                self._history.made(operations)
        return Change(planned.action, planned.keys)

    def _write_what_is_journaled(self) -> None:
        try:
            self._ledger.write()
        except StoreError as error:
            journal = self._ledger.journal.path
            kept = f"the change is kept in {journal} and will be written with the next one"
            raise StoreError(f"{error}; {kept}") from error

    # Saving

    def flush(self, timeout: float = 10.0) -> bool:
        """Wait until everything is saved, at most so many seconds; whether it is."""
        if self._writer is None or not self.unsaved:
            return not self.unsaved
        return self._writer.flush(timeout, lambda: not self.unsaved)

    def close(self, timeout: float = 10.0) -> bool:
        """Save what is unsaved and stop saving; whether all is saved."""
        saved = self.flush(timeout)
        if self._writer is not None:
            self._writer.stop()
        return saved

    def poll(self) -> bool:
        """Whether the bookmarks have changed on the disk and are seen as they are now; cheap when not."""
        if self._writer is None:
            self._look()
        elif self._ledger.has_changed():
            self._writer.look()
        return self._seen.take_refreshed()

    def _save(self) -> None:
        """Have all changes in the file; the writing thread's work.

        Raises:
            StoreError: they are not; they stay where they are and can be tried again.
        """
        with self._ledger.lock:
            with self._seen.lock:
                waiting = list(self._seen.waiting)
            if waiting:
                numbered = self._ledger.append(waiting)
                with self._seen.lock:
                    del self._seen.waiting[: len(numbered)]
            self._ledger.write()

    def _look(self) -> None:
        with self._ledger.lock:
            self._ledger.look()


def _check_status(status: str) -> None:
    if status not in STATUSES:
        raise StoreError(f"{clean(status)!r} is no reading status; there are {', '.join(STATUSES[1:])}")
