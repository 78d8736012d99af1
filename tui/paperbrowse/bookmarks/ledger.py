"""The file of bookmarks and its journal, kept as one: what the journal is ahead is done to the file.

The file is read under a lock, everything in the journal that it has not yet is done to what it holds at that
moment, and it is replaced in one step. Whoever gets the lock does the work of all who wait for it. The file
says up to which line of the journal it has everything, so a change that an editor's later save took away is
found missing and put back.
"""

import threading
from collections.abc import Sequence
from pathlib import Path

from paperbrowse.bookmarks.backups import Backups
from paperbrowse.bookmarks.disk import StoreError, locked, make_folder, refusal
from paperbrowse.bookmarks.document import SCHEMA, Document, parse
from paperbrowse.bookmarks.file import BookmarksFile, Changed
from paperbrowse.bookmarks.journal import Journal, Tail
from paperbrowse.bookmarks.operations import Operation
from paperbrowse.bookmarks.recovery import last_good, recover
from paperbrowse.bookmarks.seen import Seen
from paperbrowse.bookmarks.tables import Damaged
from paperbrowse.describe import counted
from paperbrowse.files import Signature, signature

_ATTEMPTS = 1000


class Ledger:
    """The file and the journal of `folder`; what they hold is shown in `seen`.

    Whoever calls a method holds `lock`.
    """

    def __init__(self, folder: Path, seen: Seen) -> None:
        self.lock = threading.RLock()
        self.journal = Journal(folder)
        self.tail = Tail()
        """The end of the journal when it was last read or written."""
        self.read_only_reason: str | None = None
        self._folder = folder
        self._lock_file = folder / "bookmarks.toml.lock"
        self._backups = Backups(folder)
        self._file = BookmarksFile(folder, self._backups)
        self._seen = seen
        self._document: Document | None = None
        self._signatures: tuple[Signature | None, Signature | None] = (None, None)
        self._damaged = False
        self._journaled: list[Operation] = []
        """Changes that are in the journal, but perhaps not in the file yet."""
        self._journaled_in = ""

    @property
    def path(self) -> Path:
        """The file of the bookmarks."""
        return self._file.path

    # Reading

    def has_changed(self) -> bool:
        """Whether the disk holds something else than was last read, as far as that can be told cheaply."""
        return self._signatures_now() != self._signatures

    def needs_mending(self) -> bool:
        """Whether the file was damaged when it was last read, or a killed process left something."""
        return self._damaged or bool(self._file.leftovers())

    def look(self) -> None:
        """See what is on the disk now, if it has changed.

        Raises:
            StoreError: it cannot be read.
        """
        signatures = self._signatures_now()
        if signatures == self._signatures and self._document is not None:
            return
        try:
            raw, document, wrong = self._read()
        except OSError as error:
            raise refusal(self.path, error, "cannot be read") from error
        self._damaged = document is None
        if document is not None:
            self._adopt(document, self.journal.read(document.journal, document.operation))
        elif self._document is None:
            recovered = self._recovered(raw)
            self._adopt(recovered, self.journal.read(recovered.journal, recovered.operation))
        elif raw is None:
            self.write()  # what was saved is in memory alone
        else:
            self._say(f"{wrong}; until that is put right the bookmarks are shown as they were")
        self._signatures = signatures

    def _signatures_now(self) -> tuple[Signature | None, Signature | None]:
        return signature(self.path), signature(self.journal.path)

    def _read(self) -> tuple[bytes | None, Document | None, str]:
        """The file, what it means (None: nothing that can be gone on with) and why."""
        has_past = bool(self._backups.all()) or self.journal.read().applied > 0
        raw, document, wrong = self._file.read_whole(self._document, must_end=has_past)
        if raw is None and not has_past and not (self._document and self._document.entries):
            return None, Document(), ""
        self.read_only_reason = None
        if document is not None and document.schema > SCHEMA:
            self.read_only_reason = (
                f"{self.path}: cannot be written: a later version of paperbrowse made it "
                f"(schema {document.schema}, this one knows {SCHEMA})"
            )
            self._seen.say(self.read_only_reason)
        return raw, document, wrong

    def _recovered(self, raw: bytes | None) -> Document:
        return recover(raw, last_good(self._document, self._backups.all()), self.journal)

    def _adopt(self, document: Document, tail: Tail) -> None:
        """Let what is on the disk be what is seen."""
        for problem in document.problems:
            self._say(problem)
        shelf = document.shelf()
        for operation in tail.operations:
            shelf.do(operation)
        self._document, self.tail = document, tail
        self._seen.show(shelf, {operation.id for operation in tail.operations})

    # Writing

    def append(self, operations: Sequence[Operation]) -> list[Operation]:
        """Have `operations` in the journal and on the disk; the same with their numbers.

        Raises:
            StoreError: they could not be written.
        """
        mark = self._document or Document()
        try:
            tail = self.journal.append(operations, journal=mark.journal, after=mark.operation)
        except OSError as error:
            raise refusal(self.journal.path, error) from error
        self._journaled += tail.operations
        self._journaled_in = tail.journal
        return tail.operations

    def write(self) -> None:
        """Do to the file what the journal has and it has not.

        Raises:
            StoreError: it could not be written; the journal still has everything.
        """
        try:
            make_folder(self._folder)
            with locked(self._lock_file):
                for message in self._file.sweep():
                    self._seen.say(message)
                for _ in range(_ATTEMPTS):
                    try:
                        if self._write_once():
                            return
                    except Changed:
                        continue
        except OSError as error:
            raise refusal(self.path, error) from error
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
        tail = self.journal.read(document.journal, document.operation)
        if self._put_back_in_journal(tail, document):
            return False
        if tail.operations or mended:
            self._replace(raw, document, tail, wrong if mended else "")
        else:
            self._adopt(document, tail)
        self._journaled.clear()
        self._seen.saved()
        return True

    def _put_back_in_journal(self, tail: Tail, document: Document) -> bool:
        """Whether changes had to be written again, for the journal they were written to is no more."""
        if not self._journaled or tail.journal == self._journaled_in == document.journal:
            return False
        ids = {operation.id for operation in tail.operations}
        lost = [operation for operation in self._journaled if operation.id not in ids]
        if not lost or (tail.journal == self._journaled_in and lost[-1].number <= tail.applied):
            return False
        self._journaled.clear()
        self.append(lost)
        return True

    def _replace(self, raw: bytes | None, document: Document, tail: Tail, wrong: str) -> None:
        """Put `document` with what `tail` holds in the place of `raw`; `wrong`: what is damaged there."""
        own = document.journal == tail.journal
        number = max(tail.last, document.operation) if own else tail.last
        new = document.done(tail.operations, tail.journal or document.journal, number)
        data = new.text().encode("utf-8")
        if not _reads_back(data, new):
            new, document.rewritten = new.made_anew(), True
            data = new.text().encode("utf-8")
        replaced = self._file.replace(data, raw)
        self._put_away(replaced, document, wrong)
        if tail.journal:
            self.journal.mark_applied(number)
            self.journal.shorten(document.operation if own else 0)
        if own and not wrong:
            self._say_put_back(tail)
        signatures = self._signatures_now()
        self._adopt(new, Tail(new.journal, number, number, tail.session))
        self._signatures = signatures if self._file.read() == data else (None, None)

    def _put_away(self, replaced: Path | None, document: Document, wrong: str) -> None:
        """Keep the version that was replaced: as a backup, or for a person to look at."""
        count = counted(len(document.entries), "bookmark")
        try:
            if replaced is None:
                if wrong:
                    self._say(f"{wrong}; it was written again with the {count} it had")
            elif wrong:
                aside = self._file.put_aside(replaced, "damaged")
                self._say(f"{wrong}; the damaged file is kept as {aside.name}, {count} recovered")
            else:
                self._backups.rotate(replaced)
                if document.rewritten:
                    self._say(f"its layout could not be kept; it is in {self._backups.folder}")
        except OSError as error:
            self._seen.say(str(refusal(self._backups.folder, error, "no backup could be made there")))

    def _say_put_back(self, tail: Tail) -> None:
        again = {operation.group for operation in tail.operations if operation.number <= tail.applied}
        if again:
            self._say(
                "another program saved an older version; paperbrowse put back "
                f"{counted(len(again), 'later change')} made here "
                "(to keep an older version, take the line 'operation' out of it)"
            )

    def _say(self, what: str) -> None:
        """Tell a person `what` of the file."""
        self._seen.say(f"{self.path}: {what}")


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
