"""A library as it was read, kept in the user's cache folder: the next start need not read its sources.

One flat file: a line that names the format and version, a line of JSON with the sizes and sums of what
follows, then the records as JSON, one after the other, and their places as 64-bit numbers. It is mapped into
memory and a record is decoded when it is looked at, so that opening costs the same for 110 papers and for a
million.

The file is one of many that can be thrown away: it is named by a sum over the sources' paths, sizes and
times, the program's version and whatever else its contents depend on. One that was cut short, damaged or
written by another version is not used. Nothing in it is executed or unpickled.
"""

import hashlib
import json
import mmap
import os
import sys
import tempfile
import zlib
from array import array
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import astuple, dataclass, fields
from pathlib import Path
from typing import Any, overload

import paperbrowse
from paperbrowse.model import Paper, PartialDate, Source

CACHE_DIR_VARIABLE = "PAPERBROWSE_CACHE_DIR"

_MAGIC = b"paperbrowse library 1\n"
_SUFFIX = ".library"
_NAMES = tuple(field.name for field in fields(Paper))
_TUPLES = tuple(place for place, field in enumerate(fields(Paper)) if isinstance(field.default, tuple))
_DATE, _SOURCE = _NAMES.index("date"), _NAMES.index("source")
_LONGEST_HEAD = 1 << 26


class CacheDamaged(Exception):
    """A record of the cache cannot be read; the library has to be read from its sources."""


def cache_dir() -> Path:
    """The folder of what can be thrown away: `PAPERBROWSE_CACHE_DIR`, else the platform's own place."""
    chosen = os.environ.get(CACHE_DIR_VARIABLE)
    if chosen:
        return Path(chosen).expanduser()
    from platformdirs import user_cache_path

    return user_cache_path("paperbrowse", appauthor=False)


def name_for(paths: Iterable[str | Path], *more: str) -> str:
    """The name of the cache of these files and folders as they are now; `more` is what else it depends on.

    A folder counts with every file below it: one that is added, removed or changed gives another name.
    """
    sum_ = hashlib.sha256(repr((_MAGIC, paperbrowse.__version__, _NAMES, more)).encode())
    for path in paths:
        for file, size, changed in _files(str(path)):
            sum_.update(f"{file}\0{size}\0{changed}\0".encode("utf-8", "surrogateescape"))
        sum_.update(b"\1")
    return sum_.hexdigest()[:32]


def write(folder: Path, name: str, papers: Iterable[Paper], extra: object = None) -> None:
    """Keep `papers`, and `extra` (anything JSON can hold), under `name`, in the place of older caches.

    Raises:
        OSError: it cannot be written; no half of it stays.
    """
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    handle, temporary = tempfile.mkstemp(prefix=".library.", dir=folder)
    try:
        with os.fdopen(handle, "wb") as records:
            places = array("Q", [0])
            with tempfile.TemporaryFile(dir=folder) as body:
                for paper in papers:
                    row = _row(paper)
                    body.write(row)
                    places.append(places[-1] + len(row))
                if sys.byteorder == "big":
                    places.byteswap()
                tail = places.tobytes()
                head = {
                    "papers": len(places) - 1,
                    "size": body.tell(),
                    "places": zlib.crc32(tail),
                    "extra": extra,
                }
                records.write(_MAGIC + json.dumps(head).encode() + b"\n" + tail)
                body.seek(0)
                while block := body.read(1 << 20):
                    records.write(block)
        Path(temporary).replace(folder / (name + _SUFFIX))
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
    _forget_others(folder, name)


def load(folder: Path, name: str) -> "Kept | None":
    """What is kept under `name`; None where there is nothing or nothing whole."""
    try:
        with (folder / (name + _SUFFIX)).open("rb") as file:
            data = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    except (OSError, ValueError):
        return None
    head_end = data.find(b"\n", len(_MAGIC), _LONGEST_HEAD)
    if data[: len(_MAGIC)] != _MAGIC or head_end < 0:
        return None
    try:
        head = json.loads(data[len(_MAGIC) : head_end])
        count, size = int(head["papers"]), int(head["size"])
        tail = data[head_end + 1 : head_end + 1 + 8 * (count + 1)]
        start = head_end + 1 + len(tail)
        if len(data) != start + size or zlib.crc32(tail) != head["places"] or count < 0:
            return None
        places = array("Q")
        places.frombytes(tail)
    except (ValueError, KeyError, TypeError, RecursionError):
        return None
    if sys.byteorder == "big":
        places.byteswap()
    return Kept(KeptPapers(data, start, places), head.get("extra"))


class KeptPapers(Sequence[Paper]):
    """The papers of a cache; each is decoded when it is asked for, every time anew.

    Asking raises `CacheDamaged` where the file was changed since it was written.
    """

    def __init__(self, data: mmap.mmap, start: int, places: Sequence[int]) -> None:
        self._data = data
        self._start = start
        self._places = places

    def __len__(self) -> int:
        return len(self._places) - 1

    @overload
    def __getitem__(self, row: int) -> Paper: ...
    @overload
    def __getitem__(self, row: slice) -> list[Paper]: ...
    def __getitem__(self, row: int | slice) -> Paper | list[Paper]:
        if isinstance(row, slice):
            return [self[one] for one in range(*row.indices(len(self)))]
        if row < 0:
            row += len(self)
        if not 0 <= row < len(self):
            raise IndexError(row)
        start = self._start
        return _paper(self._data[start + self._places[row] : start + self._places[row + 1]])

    def __iter__(self) -> Iterator[Paper]:
        return map(self.__getitem__, range(len(self)))


@dataclass(frozen=True, slots=True)
class Kept:
    """A cache's contents."""

    papers: KeptPapers
    extra: Any


def _row(paper: Paper) -> bytes:
    values = [getattr(paper, name) for name in _NAMES]
    values[_DATE] = astuple(paper.date)
    values[_SOURCE] = astuple(paper.source)
    return json.dumps(values, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")


def _paper(row: bytes) -> Paper:
    try:
        values = json.loads(row.decode("utf-8", "surrogatepass"))
        for place in _TUPLES:
            values[place] = tuple(values[place])
        values[_DATE] = PartialDate(*values[_DATE])
        values[_SOURCE] = Source(*values[_SOURCE])
        return Paper(**dict(zip(_NAMES, values, strict=True)))
    except (ValueError, TypeError, IndexError, RecursionError) as error:
        raise CacheDamaged(str(error)) from error


def _files(path: str) -> Iterator[tuple[str, int, int]]:
    """The file, or every file below the folder that a reader might look at, with size and time of change."""
    path = os.path.abspath(path)  # noqa: PTH100 - as the person named it: a link's own target may change
    if not os.path.isdir(path):  # noqa: PTH112
        with suppress(OSError):
            found = os.stat(path)  # noqa: PTH116
            yield path, found.st_size, found.st_mtime_ns
        return
    for parent, folders, files in os.walk(path):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(files):
            if not name.startswith("."):
                yield from _files(os.path.join(parent, name))  # noqa: PTH118


def _forget_others(folder: Path, name: str, keep: int = 8) -> None:
    """Delete all but the latest caches."""
    with suppress(OSError):
        caches = [file for file in folder.glob(f"*{_SUFFIX}") if file.stem != name]
        caches.sort(key=lambda file: file.stat().st_mtime_ns, reverse=True)
        for file in caches[keep:]:
            file.unlink(missing_ok=True)
