"""`bookmarks.toml` on the disk: read when it is whole, replaced in one step, nobody's version lost."""

import hashlib
import os
import time
from contextlib import suppress
from pathlib import Path

from paperbrowse.bookmarks.backups import Backups
from paperbrowse.bookmarks.disk import StoreError, exchange, place, sync_folder, write_new
from paperbrowse.bookmarks.document import Document, parse
from paperbrowse.bookmarks.tables import Damaged

MOST_BYTES = 256 << 20
_PATIENCE = 1.0
_SETTLED = 0.25
"""A file that is not whole and has not changed for so many seconds is not being written any more."""

Stamp = tuple[int, int, int]


class BookmarksFile:
    """The file that holds the bookmarks, which may be a symbolic link to it."""

    def __init__(self, folder: Path, backups: Backups) -> None:
        self.path = folder / "bookmarks.toml"
        self._backups = backups

    def read(self) -> bytes | None:
        """What the file holds; None when there is none.

        Raises:
            OSError: it cannot be read.
            StoreError: it is too large to be read.
        """
        found = _read(self.path)
        return found[0] if found else None

    def read_whole(
        self, before: Document | None, *, must_end: bool
    ) -> tuple[bytes | None, Document | None, str]:
        """The file, what it means, and what is wrong with it when it means nothing.

        An editor may be half way through writing it: what is not whole is read again until it is, or until
        it no longer changes. With `must_end` it is whole only with the end that this program writes.
        """
        deadline = time.monotonic() + _PATIENCE
        settled: tuple[float, Stamp] | None = None
        while True:
            found = _read(self.path)
            if found is None:
                return None, None, "it is gone"
            raw, stamp = found
            wrong = "it is cut short: its end, the table [written], is missing"
            try:
                document = parse(raw, before)
                if document.complete or not must_end:
                    return raw, document, ""
            except Damaged as error:
                wrong = str(error)
            now = time.monotonic()
            if settled is None or settled[1] != stamp:
                settled = now, stamp
            if now > deadline or now - settled[0] >= _SETTLED:
                return raw, None, wrong
            time.sleep(0.02)

    def replace(self, data: bytes, base: bytes | None) -> Path | None:
        """Have the file hold `data` if it still holds `base` (None: if there is none).

        Returns the path at which what it held now is, None if there was nothing.

        Raises:
            Changed: it holds something else, which it still does.
            OSError: it cannot be written.
        """
        real = Path(os.path.realpath(self.path))
        new = real.with_name(f".{real.name}.{_digest(base)}-{_digest(data)}.tmp")
        with suppress(FileNotFoundError):
            new.unlink()
        write_new(new, data)
        try:
            if base is None:
                if not place(new, real):
                    raise Changed
                sync_folder(real.parent)
                return None
            ours = _stamp(new)
            try:
                exchange(new, real)
            except FileNotFoundError:
                raise Changed from None
            if _holds(new, base):
                sync_folder(real.parent)
                if _holds(new, base):  # still: an editor may have had it open
                    return new
            exchange(new, real)
            if _stamp(new) != ours:  # and in that instant someone saved again: that is the newest
                exchange(new, real)
                self._backups.rotate(new)
            raise Changed
        except (Changed, OSError):
            with suppress(OSError):
                new.unlink()
            raise

    def leftovers(self) -> list[Path]:
        """Temporary files that a process left when it was killed."""
        real = Path(os.path.realpath(self.path))
        if not real.parent.is_dir():
            return []
        found = (path for path in real.parent.iterdir() if path.name.startswith(f".{real.name}."))
        return [path for path in found if path.name.endswith((".tmp", ".tmp.held"))]

    def sweep(self) -> list[str]:
        """Put away what killed processes left, nothing of which may be the only copy; what there is to say.

        The caller holds the lock. The name of such a file says what it was to replace and what it held at
        first; from what it and the file hold now follows how far its maker came.
        """
        messages = []
        for path in self.leftovers():
            base, _, new = path.name.split(".")[-2 if path.suffix == ".tmp" else -3].partition("-")
            raw = path.read_bytes()
            held = _digest(raw)
            now = self.read()
            if held == new:
                path.unlink()
            elif held == base:
                self._backups.rotate(path)
            elif _digest(now) == new and _is_complete(raw):
                exchange(path, Path(os.path.realpath(self.path)))
                path.unlink()
            elif _is_complete(raw):
                aside = self.put_aside(path, "found")
                messages.append(f"{aside}: an unfinished save was found and kept there")
            else:
                path.unlink()
        return messages

    def put_aside(self, version: Path, what: str) -> Path:
        """Give the file `version` a name with the date beside the bookmarks, which is returned."""
        stem = f"{self.path.name}.{what}-{time.strftime('%Y%m%dT%H%M%SZ', time.gmtime())}"
        number = 1
        aside = self.path.with_name(stem)
        while aside.exists():
            number += 1
            aside = self.path.with_name(f"{stem}-{number}")
        try:
            version.rename(aside)
        except OSError:  # a linked file may be on another file system
            write_new(aside, version.read_bytes())
            version.unlink()
        return aside


class Changed(Exception):
    """The file is no longer what it was when it was read."""


def _read(path: Path) -> tuple[bytes, Stamp] | None:
    try:
        with path.open("rb") as file:
            stat = os.fstat(file.fileno())
            if stat.st_size > MOST_BYTES:
                raise StoreError(f"{path}: cannot be read: it is larger than {MOST_BYTES >> 20} MB")
            return file.read(), (stat.st_ino, stat.st_size, stat.st_mtime_ns)
    except (FileNotFoundError, NotADirectoryError):
        return None


def _holds(path: Path, data: bytes) -> bool:
    return path.stat().st_size == len(data) and path.read_bytes() == data


def _stamp(path: Path) -> Stamp:
    stat = path.stat()
    return stat.st_ino, stat.st_size, stat.st_mtime_ns


def _digest(data: bytes | None) -> str:
    return "none" if data is None else hashlib.sha256(data).hexdigest()[:20]


def _is_complete(raw: bytes) -> bool:
    try:
        return parse(raw).complete
    except Damaged:
        return False
