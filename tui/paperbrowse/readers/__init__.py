"""Files in, papers out: the common door of all readers.

A format is a module of this package that has what `Format` asks for; the door decides which one a file
is by its first 16 kB. Whatever cannot be read becomes a `Problem` and everything else still loads.
"""

import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from glob import glob
from importlib import import_module
from pathlib import Path
from stat import S_IFMT, S_IFREG, S_ISCHR, S_ISFIFO
from typing import Protocol, cast

from paperbrowse.model import Problem, Reading
from paperbrowse.readers.document import HEAD_BYTES, Document
from paperbrowse.text.clean import clean

FORMATS: tuple[str, ...] = (
    "scholarfeed",
    "anthology_xml",
    "arxiv_atom",
    "bibtex",
    "ris",
    "openalex",
    "semantic_scholar",
    "csljson",
    "anthology_page",
)
"""The modules asked, in this order: the ones that are surest of themselves first."""

_LARGEST = 512 << 20
"""Bytes of a file; as papers a text takes some ten times as much memory."""
_TOO_LARGE = f"it is larger than {_LARGEST >> 20} MB; cut it into several files"
_SUFFIXES = frozenset({".atom", ".bib", ".json", ".jsonl", ".nbib", ".ris", ".txt", ".xml"})


Progress = Callable[[int, Reading], object]
"""What hears how far reading is: the number of files so far, and what was read in them."""


class Format(Protocol):
    """What a module of this package has to offer to be a format."""

    @property
    def NAME(self) -> str:  # noqa: N802
        """What the format is called in `Source.format` and in messages."""

    def sniff(self, head: str) -> bool:
        """Whether a file is of this format, by the cleaned lines of its first 16 kB."""

    def read(self, document: Document) -> Reading:
        """All papers of the file, what it says besides, and what could not be read."""


def untold(_files: int, _reading: Reading) -> None:
    """Nobody hears how far reading is."""


def read_paths(paths: Sequence[str | Path], tell: Progress = untold) -> Reading:
    """Everything in the files and folders `paths`; a file that is named twice is read once.

    A path may be a pattern (`pages/*.txt`), or "-" for standard input.
    Folders are read with everything below them, in order of their names, without hidden files and
    without those no reader knows; a file that is named itself has to be one a reader knows.
    """
    reading = Reading()
    seen: set[str] = set()
    for path in _spelled_out(map(str, paths)):
        if path == "-":
            raw = sys.stdin.buffer.read(_LARGEST + 1)
            if len(raw) > _LARGEST:
                reading.problems.append(Problem("-", 0, _TOO_LARGE))
            else:
                _take(reading, read_document(Document("-", raw)))
        elif Path(path).is_dir():
            known = 0
            for file in _files_below(path, reading.problems):
                known += _read_once(file, seen, reading, named=False)
                tell(len(seen), reading)
            if not known:
                reading.problems.append(Problem(clean(path), 0, "this folder holds no file that can be read"))
        else:
            _read_once(path, seen, reading, named=True)
        tell(len(seen), reading)
    return reading


def read_document(document: Document) -> Reading:
    """What one document holds; a single problem if no reader knows its format."""
    if document.is_binary:
        return Reading(problems=[Problem(document.path, 0, "a binary file, not text")])
    if not document.raw.strip():
        return Reading(problems=[Problem(document.path, 0, "the file is empty")])
    found = _format_of(document)
    if found is None:
        names = ", ".join(known.NAME for known in _formats())
        first = next((line for line in document.head.split("\n") if line), "")
        what = f"in no format that can be read (known: {names})"
        return Reading(problems=[Problem(document.path, 1, what, first[:60])])
    reading = found.read(document)
    reading.problems[:0] = document.problems
    return reading


def _formats() -> Iterator[Format]:
    """The formats, each imported when it is asked."""
    for name in FORMATS:
        yield cast(Format, import_module(f"{__name__}.{name}"))


def _format_of(document: Document) -> Format | None:
    return next((known for known in _formats() if known.sniff(document.head)), None)


def _files_below(folder: str, problems: list[Problem]) -> Iterator[str]:
    def note(error: OSError) -> None:
        problems.append(Problem(clean(error.filename or folder), 0, _in_words(error)))

    for parent, folders, files in os.walk(folder, onerror=note):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(files):
            path = os.path.join(parent, name)  # noqa: PTH118
            if name.startswith("."):
                continue
            try:
                kind = S_IFMT(os.stat(path).st_mode)  # noqa: PTH116
            except OSError as error:
                what = "a link to nothing" if os.path.islink(path) else _in_words(error)  # noqa: PTH114
                problems.append(Problem(clean(path), 0, what, lost=_is_named_like_ours(path)))
            else:
                if kind == S_IFREG:
                    yield path


def _read_once(path: str, seen: set[str], reading: Reading, *, named: bool) -> bool:
    """Read a file into `reading` unless that was done; whether some reader knew it."""
    real = os.path.realpath(path)
    if real in seen:
        return True
    seen.add(real)
    try:
        document = _load(path, named=named)
    except (OSError, ValueError) as error:
        lost = named or _is_named_like_ours(path)
        reading.problems.append(Problem(clean(path), 0, _in_words(error), lost=lost))
        return False
    if document is None:
        return False
    _take(reading, read_document(document))
    return True


def _take(reading: Reading, one: Reading) -> None:
    reading.papers += one.papers
    reading.pages += one.pages
    reading.problems += one.problems


def _spelled_out(paths: Iterable[str]) -> Iterator[str]:
    """`paths` with patterns such as `pages/*.txt` replaced by what they match, if they are no names."""
    for path in paths:
        found = [] if path == "-" or os.path.exists(path) else sorted(glob(path, recursive=True))  # noqa: PTH110, PTH207
        yield from found or [path]


def _load(path: str, *, named: bool) -> Document | None:
    """The file's bytes; nothing for a file found in a folder that is none of ours."""
    if S_ISFIFO(os.stat(path).st_mode) and not path.startswith("/dev/fd/"):  # noqa: PTH116
        raise OSError(None, "it is a pipe; '-' reads standard input")
    with Path(path).open("rb") as stream:
        if S_ISCHR(os.fstat(stream.fileno()).st_mode):
            raise OSError(None, "it is a device, not a file")
        if os.fstat(stream.fileno()).st_size > _LARGEST:
            raise OSError(None, _TOO_LARGE)
        head = stream.read(HEAD_BYTES)
        if not named and not _is_ours(Document(clean(path), head)):
            return None
        return Document(clean(path), head + stream.read())


def _is_ours(start: Document) -> bool:
    """Whether a file in a folder is to be read: a known format, or one that is spoilt but named like one."""
    if start.is_binary or not start.raw.strip():
        return _is_named_like_ours(start.path)
    return _format_of(start) is not None


def _is_named_like_ours(path: str) -> bool:
    return Path(path).suffix.lower() in _SUFFIXES


def _in_words(error: OSError | ValueError) -> str:
    if isinstance(error, FileNotFoundError):
        return "no such file or folder"
    return f"cannot be read: {getattr(error, 'strerror', None) or error}"
