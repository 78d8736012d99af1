"""The journal: every change as a line that is on the disk before anything else is done.

A line is the CRC-32 of its JSON in hexadecimal, a blank, the JSON. A line that was cut short by a crash has
another sum and no number, so it counts for nothing; the change it was to hold was never said to be saved.
"""

import json
import os
import time
import zlib
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from paperbrowse.bookmarks.disk import locked, make_folder, sync_folder, write_all, write_new
from paperbrowse.bookmarks.operations import Operation, decode, encode

_TOO_LONG = 4 << 20
_LONG_ENOUGH = 2 << 20


@dataclass(frozen=True, slots=True)
class Tail:
    """The end of a journal: its id, its last number, the last that was in the file, and some operations."""

    journal: str = ""
    last: int = 0
    applied: int = 0
    session: str = ""
    operations: list[Operation] = field(default_factory=list)


class Journal:
    """The file `bookmarks.journal` of a folder."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "bookmarks.journal"
        self._lock = folder / "bookmarks.journal.lock"

    def read(self, journal: str = "", after: int = 0) -> Tail:
        """The end of the journal with the operations that are not in a file that says `journal`, `after`.

        A file of another journal, or of none, came from elsewhere; it is given what was never seen in
        our file. The same holds for a number that this journal has not reached.
        """
        newest: dict[str, Any] | None = None
        applied: int | None = None
        wanted: list[dict[str, Any]] = []
        for line in _lines_backwards(self._bytes()):
            if "applied" in line:
                applied = line["applied"] if applied is None else applied
                continue
            if newest is None:
                newest = line
            own = journal == newest["journal"] and after <= newest["n"]
            seen = after if own else applied
            if seen is None or line["n"] > seen:
                wanted.append(line)
            elif applied is not None:
                break
        if newest is None:
            return Tail()
        operations = [operation for line in reversed(wanted) if (operation := _operation(line))]
        return Tail(newest["journal"], newest["n"], applied or 0, newest["session"], operations)

    def operations(self) -> list[Operation]:
        """All operations that the journal still has, the oldest first."""
        lines = [line for line in _lines_backwards(self._bytes()) if "n" in line]
        return [operation for line in reversed(lines) if (operation := _operation(line))]

    def append(self, operations: Sequence[Operation], *, journal: str = "", after: int = 0) -> Tail:
        """Write `operations` to the end and have them on the disk; the tail that they are.

        Their numbers go on from the last one in the journal, and from `after` if `journal` is its id.

        Raises:
            OSError: they could not be written; the journal is as it was.
        """
        make_folder(self.path.parent)
        with locked(self._lock):
            tail = self.read()
            name = tail.journal or os.urandom(6).hex()
            last = max(tail.last, after) if journal == name else tail.last
            numbered = [replace(each, number=number) for number, each in enumerate(operations, last + 1)]
            self._write(b"".join(_line(name, operation) for operation in numbered), durable=True)
            return Tail(name, last + len(numbered), tail.applied, operations=numbered)

    def mark_applied(self, number: int) -> None:
        """Note that the file holds everything up to `number`. It need not be on the disk at once."""
        with locked(self._lock):
            self._write(_sealed({"applied": number}), durable=False)

    def shorten(self, keep_after: int) -> None:
        """Drop the oldest lines of a journal that has become long, none of them after `keep_after`."""
        if not self.path.exists() or self.path.stat().st_size <= _TOO_LONG:
            return
        with locked(self._lock):
            kept: list[bytes] = []
            size = 0
            for line in _lines_backwards(self._bytes()):
                sealed = _sealed(line)
                size += len(sealed)
                if size > _LONG_ENOUGH and line.get("n", keep_after) <= keep_after:
                    break
                kept.append(sealed)
            new = self.path.with_name(".bookmarks.journal.tmp")
            with suppress(FileNotFoundError):
                new.unlink()
            write_new(new, b"".join(reversed(kept)))
            new.replace(self.path)
            sync_folder(self.path.parent)

    def _bytes(self) -> bytes:
        try:
            return self.path.read_bytes()
        except (FileNotFoundError, NotADirectoryError):
            return b""

    def _write(self, data: bytes, *, durable: bool) -> None:
        is_new = not self.path.exists()
        handle = os.open(self.path, os.O_RDWR | os.O_APPEND | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            size = os.fstat(handle).st_size
            if size:
                os.lseek(handle, size - 1, os.SEEK_SET)
            torn = size and os.read(handle, 1) != b"\n"
            try:
                write_all(handle, b"\n" + data if torn else data)
                if durable:
                    os.fsync(handle)
            except OSError:
                with suppress(OSError):
                    os.ftruncate(handle, size)
                raise
        finally:
            os.close(handle)
        if is_new and durable:
            sync_folder(self.path.parent)


def _line(journal: str, operation: Operation) -> bytes:
    head = {
        "n": operation.number,
        "journal": journal,
        "time": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()),
    }
    # The items one by one: to encode all of them in one call would hold up every other thread.
    items = ", ".join(json.dumps(item, ensure_ascii=False) for item in operation.items)
    return _seal(f'{json.dumps(head | encode(operation))[:-1]}, "items": [{items}]}}')


def _sealed(line: dict[str, Any]) -> bytes:
    return _seal(json.dumps(line, ensure_ascii=False))


def _seal(text: str) -> bytes:
    data = text.encode("utf-8", "replace")
    return b"%08x %b\n" % (zlib.crc32(data), data)


def _lines_backwards(data: bytes) -> Iterator[dict[str, Any]]:
    """The lines that are whole, the newest first."""
    for line in reversed(data.split(b"\n")[:-1]):
        seal, _, text = line.partition(b" ")
        try:
            if int(seal, 16) == zlib.crc32(text):
                yield json.loads(text)
        except ValueError:
            continue


def _operation(line: dict[str, Any]) -> Operation | None:
    """The operation of a line; None for one that a later version of the program may have written."""
    try:
        return decode(line)
    except (KeyError, TypeError):
        return None
