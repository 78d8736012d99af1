"""The bookmarks of one folder: seen at once, changed by operations, saved so that nothing is lost.

How a change is made: its operations go to the journal and onto the disk, then everything in the journal
that the file has not yet is done to what the file holds at that moment, under a lock, and the file is
replaced in one step. A change counts as saved when the file has it. Whoever gets the lock does the work of
all who wait for it. A change that an editor's later save took away is put back: the file says up to which
line of the journal it has everything.
"""

import os
import threading
import time
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from types import MappingProxyType

from paperbrowse.bookmarks import changes
from paperbrowse.bookmarks.backups import Backups
from paperbrowse.bookmarks.changes import Change, Plan
from paperbrowse.bookmarks.disk import Signature, StoreError, locked, make_folder, refusal, signature
from paperbrowse.bookmarks.document import SCHEMA, Document, parse
from paperbrowse.bookmarks.file import BookmarksFile, Changed
from paperbrowse.bookmarks.history import History, from_journal
from paperbrowse.bookmarks.journal import Journal, Tail
from paperbrowse.bookmarks.operations import ITEMS_A_LINE, Operation, Shelf
from paperbrowse.bookmarks.record import STATUSES, clean_tags
from paperbrowse.bookmarks.recovery import last_good, recover
from paperbrowse.bookmarks.tables import Damaged
from paperbrowse.bookmarks.writer import Writer
from paperbrowse.model import Bookmark, Paper, ReadingStatus
from paperbrowse.text.clean import clean, clean_lines

_ATTEMPTS = 1000

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
        self.messages: list[str] = []
        self.read_only_reason: str | None = None
        self._folder = folder
        self._backups = Backups(folder)
        self._file = BookmarksFile(folder, self._backups)
        self._journal = Journal(folder)
        self._lock = folder / "bookmarks.toml.lock"
        self._session = os.urandom(6).hex()
        self._parent = ""
        self._parent_until = 0
        self._made = 0
        self._history = History()
        self._knows_older = False
        self._said: set[str] = set()

        self._disk = threading.RLock()  # held while working on files
        self._state = threading.RLock()  # held for moments, to read or change what follows
        self._document: Document | None = None
        self._tail = Tail()
        self._seen: tuple[Signature | None, Signature | None] = (None, None)
        self._shelf = Shelf()
        self._view: Mapping[str, Bookmark] | None = None
        self._waiting: list[Operation] = []
        """Changes that are not in the journal yet."""
        self._journaled: list[Operation] = []
        """Changes that are there, but perhaps not in the file yet."""
        self._journaled_in = ""
        self._unsaved: dict[str, None] = {}
        """The changes that are not in the file yet, by group."""
        self._refreshed = False
        self._mending = False
        self._writer = Writer(self._save, self._look, on_saved, on_failed) if background else None

    @property
    def path(self) -> Path:
        """The file of the bookmarks."""
        return self._file.path

    @property
    def unsaved(self) -> int:
        """How many changes are not in the file yet."""
        return len(self._unsaved)

    def load(self) -> Mapping[str, Bookmark]:
        """Read the bookmarks; what of them is damaged is mended, and said in the messages."""
        with self._disk:
            try:
                self._look_again()
                if (self._mending or self._file.leftovers()) and not self.read_only_reason:
                    self._write()
            except (OSError, StoreError) as error:
                self._say(str(error) if isinstance(error, StoreError) else str(refusal(self.path, error)))
            self._parent, self._parent_until = self._tail.session, self._tail.last
            if self._writer and self._tail.operations and not self.read_only_reason:
                self._writer.wake()  # a process was killed before these were in the file
        return self.bookmarks()

    def bookmarks(self) -> Mapping[str, Bookmark]:
        """The bookmarks by key in the order of the file, changes that are not saved yet included."""
        with self._state:
            if self._view is None:
                self._view = MappingProxyType(self._shelf.bookmarks())
            return self._view

    def bookmark(self, key: str) -> Bookmark | None:
        """The bookmark of that key."""
        return self.bookmarks().get(key)

    def bookmarked(self) -> Collection[str]:
        """The citation keys of all bookmarks."""
        return self.bookmarks().keys()

    def of(self, paper: Paper) -> Bookmark | None:
        """The bookmark of `paper`, whichever file the paper was read from."""
        with self._state:
            key = changes.shelf_key(self._shelf, paper)
            return None if key is None else self._shelf.kept[key].bookmark

    def tags(self) -> dict[str, int]:
        """The tags in use with the number of bookmarks that have each, in alphabetical order."""
        counts: dict[str, int] = {}
        for bookmark in self.bookmarks().values():
            for tag in bookmark.tags:
                counts[tag] = counts.get(tag, 0) + 1
        return dict(sorted(counts.items(), key=lambda item: item[0].casefold()))

    def take_messages(self) -> list[str]:
        """What happened that a person should know, since the last call."""
        with self._state:
            messages, self.messages = self.messages, []
        return messages

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
            with self._state:
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
            with self._state:
                if groups and groups[-1] is group:  # nothing of it is left to take back
                    groups.pop()

    def _add_older_history(self) -> None:
        """Read what can be undone of the sessions before this one, from the journal, once."""
        older = from_journal(self._journal.operations(), self._parent, self._parent_until)
        with self._state:
            self._knows_older = True
            self._history.undoable[:0] = older.undoable
            if not self._made:
                self._history.redoable[:0] = older.redoable

    def _change(self, plan: Callable[[Shelf], Plan], *, undoes: str = "", redoes: str = "") -> Change:
        """Make the change that `plan` plans on what is there now."""
        if self._writer is None:
            with self._disk:
                self._look_again()
                return self._change_now(plan, undoes, redoes)
        return self._change_now(plan, undoes, redoes)

    def _change_now(self, plan: Callable[[Shelf], Plan], undoes: str, redoes: str) -> Change:
        if self.read_only_reason:
            raise StoreError(self.read_only_reason)
        with self._state:
            planned = plan(self._shelf)
            change = Change(planned.action, planned.keys)
            if not planned.items:
                return change
            operations = self._operations(planned, undoes, redoes)
            if self._writer is None:
                operations = self._append(operations)
            else:
                self._waiting += operations
            self._unsaved[operations[0].group] = None
            for operation in operations:
                self._shelf.do(operation)
            self._view = None
            self._history.made(operations)
        if self._writer is not None:
            self._writer.wake()
            return change
        try:
            self._write_or_explain()
        except StoreError as error:
            kept = f"the change is kept in {self._journal.path} and will be written with the next one"
            raise StoreError(f"{error}; {kept}") from error
        return change

    def _operations(self, plan: Plan, undoes: str, redoes: str) -> list[Operation]:
        self._made += 1
        group = f"{self._session}-{self._made}"
        return [
            Operation(
                kind=plan.kind,
                items=plan.items[start : start + ITEMS_A_LINE],
                action=plan.action,
                group=group,
                id=f"{group}-{start}",
                session=self._session,
                parent=self._parent,
                parent_until=self._parent_until,
                undoes=undoes,
                redoes=redoes,
            )
            for start in range(0, len(plan.items), ITEMS_A_LINE)
        ]

    # Saving

    def flush(self, timeout: float = 10.0) -> bool:
        """Wait until everything is saved, at most so many seconds; whether it is."""
        if self._writer is None or not self._unsaved:
            return not self._unsaved
        return self._writer.flush(timeout, lambda: not self._unsaved)

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
        elif self._signatures() != self._seen:
            self._writer.look()
        with self._state:
            refreshed, self._refreshed = self._refreshed, False
        return refreshed

    def _save(self) -> None:
        """Have all changes in the file; the writing thread's work.

        Raises:
            StoreError: they are not; they stay where they are and can be tried again.
        """
        with self._disk:
            with self._state:
                waiting = list(self._waiting)
            if waiting:
                numbered = self._append(waiting)
                with self._state:
                    del self._waiting[: len(numbered)]
            self._write_or_explain()

    def _append(self, operations: Sequence[Operation]) -> list[Operation]:
        mark = self._document or Document()
        try:
            tail = self._journal.append(operations, journal=mark.journal, after=mark.operation)
        except OSError as error:
            raise refusal(self._journal.path, error) from error
        self._journaled += tail.operations
        self._journaled_in = tail.journal
        return tail.operations

    def _write_or_explain(self) -> None:
        try:
            self._write()
        except OSError as error:
            raise refusal(self.path, error) from error

    def _write(self) -> None:
        """Do to the file what the journal has and it has not."""
        make_folder(self._folder)
        with locked(self._lock):
            for message in self._file.sweep():
                self._say(message)
            for _ in range(_ATTEMPTS):
                try:
                    if self._write_once():
                        return
                except Changed:
                    continue
        raise StoreError(f"{self.path}: cannot be written: another program does not stop changing it")

    def _write_once(self) -> bool:
        """One attempt; whether the file now has everything.

        Raises:
            Changed: the file was changed meanwhile; nothing has been done to it.
        """
        raw, document, wrong = self._read()
        if self.read_only_reason:
            raise StoreError(self.read_only_reason)
        mended = document is None
        if document is None:
            document = self._recovered(raw)
        tail = self._journal.read(document.journal, document.operation)
        if self._put_back_in_journal(tail, document):
            return False
        if not tail.operations and not mended:
            self._adopt(document, tail)
            self._saved()
            return True
        own = document.journal == tail.journal
        number = max(tail.last, document.operation) if own else tail.last
        new = document.done(tail.operations, tail.journal or document.journal, number)
        data = new.text().encode("utf-8")
        if not _reads_back(data, new):
            new, document.rewritten = new.made_anew(), True
            data = new.text().encode("utf-8")
        replaced = self._file.replace(data, raw)
        self._put_away(replaced, document, wrong if mended else "")
        if tail.journal:
            self._journal.mark_applied(number)
            self._journal.shorten(document.operation if own else 0)
        self._say_put_back(tail, own=own and not mended)
        seen = self._signatures()
        self._adopt(new, Tail(new.journal, number, number, tail.session))
        self._seen = seen if self._file.read() == data else (None, None)
        self._saved()
        return True

    def _recovered(self, raw: bytes | None) -> Document:
        return recover(raw, last_good(self._document, self._backups.all()), self._journal)

    def _put_back_in_journal(self, tail: Tail, document: Document) -> bool:
        """Whether changes had to be written again, for the journal they were written to is no more."""
        if not self._journaled or tail.journal == self._journaled_in == document.journal:
            return False
        ids = {operation.id for operation in tail.operations}
        lost = [operation for operation in self._journaled if operation.id not in ids]
        if not lost or (tail.journal == self._journaled_in and lost[-1].number <= tail.applied):
            return False
        self._journaled.clear()
        self._append(lost)
        return True

    def _saved(self) -> None:
        self._journaled.clear()
        with self._state:
            self._unsaved = dict.fromkeys(operation.group for operation in self._waiting)

    def _put_away(self, replaced: Path | None, document: Document, wrong: str) -> None:
        """Keep the version that was replaced: as a backup, or for a person to look at."""
        count = f"{len(document.entries)} bookmark{'' if len(document.entries) == 1 else 's'}"
        try:
            if replaced is None:
                if wrong:
                    self._say(f"{self.path}: {wrong}; it was written again with the {count} it had")
            elif wrong:
                aside = self._file.put_aside(replaced, "damaged")
                kept = f"the damaged file is kept as {aside.name}"
                self._say(f"{self.path}: {wrong}; {kept}, {count} recovered")
            else:
                self._backups.rotate(replaced)
                if document.rewritten:
                    self._say(f"{self.path}: its layout could not be kept; it is in {self._backups.folder}")
        except OSError as error:
            self._say(str(refusal(self._backups.folder, error, "no backup could be made there")))

    def _say_put_back(self, tail: Tail, *, own: bool) -> None:
        again = {operation.group for operation in tail.operations if operation.number <= tail.applied}
        if own and again:
            changes_made = f"{len(again)} later change{'s' if len(again) > 1 else ''} made here"
            self._say(
                f"{self.path}: another program saved an older version; {changes_made} were put back "
                "(to keep an older version, take the line 'operation' out of it)"
            )

    # Reading

    def _signatures(self) -> tuple[Signature | None, Signature | None]:
        return signature(self.path), signature(self._journal.path)

    def _look(self) -> None:
        with self._disk:
            self._look_again()

    def _look_again(self) -> None:
        """See what is on the disk now, if it has changed."""
        seen = self._signatures()
        if seen == self._seen and self._document is not None:
            return
        try:
            raw, document, wrong = self._read()
        except OSError as error:
            raise refusal(self.path, error, "cannot be read") from error
        self._mending = document is None
        if document is not None:
            self._adopt(document, self._journal.read(document.journal, document.operation))
        elif self._document is None:
            recovered = self._recovered(raw)
            self._adopt(recovered, self._journal.read(recovered.journal, recovered.operation))
        elif raw is None:
            self._write()  # what was saved is in memory alone
        else:
            self._say(f"{self.path}: {wrong}; until that is put right the bookmarks are shown as they were")
        self._seen = seen

    def _read(self) -> tuple[bytes | None, Document | None, str]:
        """The file, what it means (None: nothing that can be gone on with) and why."""
        has_past = bool(self._backups.all()) or self._journal.read().applied > 0
        raw, document, wrong = self._file.read_whole(self._document, must_end=has_past)
        if raw is None and not has_past and not (self._document and self._document.entries):
            return None, Document(), ""
        self.read_only_reason = None
        if document is not None and document.schema > SCHEMA:
            self.read_only_reason = (
                f"{self.path}: cannot be written: a later version of paperbrowse made it "
                f"(schema {document.schema}, this one knows {SCHEMA})"
            )
            self._say(self.read_only_reason)
        return raw, document, wrong

    def _adopt(self, document: Document, tail: Tail) -> None:
        """Let what is on the disk be what is seen, with the changes that are not there yet."""
        for problem in document.problems:
            self._say(f"{self.path}: {problem}")
        shelf = document.shelf()
        for operation in tail.operations:
            shelf.do(operation)
        if self._writer is not None:
            shelf.by_identity("")  # the index is made here and not while someone waits for it
        with self._state:
            there = {operation.id for operation in tail.operations}
            for operation in self._waiting:
                if operation.id not in there:
                    shelf.do(operation)
            self._document, self._tail = document, tail
            now = shelf.bookmarks()
            if now != (was := self._shelf.bookmarks()) or list(now) != list(was):
                self._refreshed = True
            self._shelf, self._view = shelf, MappingProxyType(now)

    def _say(self, message: str) -> None:
        with self._state:
            if message not in self._said:
                self._said.add(message)
                self.messages.append(message)


def _reads_back(data: bytes, document: Document) -> bool:
    """Whether a parser sees in `data` what `document` holds."""
    try:
        found = parse(data, document)
    except Damaged:
        return False
    return (
        found.complete
        and (found.journal, found.operation) == (document.journal, document.operation)
        and [(entry.key, entry.kept.bookmark) for entry in found.entries]
        == [(entry.key, entry.kept.bookmark) for entry in document.entries]
    )


def _check_status(status: str) -> None:
    if status not in STATUSES:
        raise StoreError(f"{clean(status)!r} is no reading status; there are {', '.join(STATUSES[1:])}")
