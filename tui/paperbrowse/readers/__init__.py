"""Files in, papers out: the common door of all readers.

A format is a module of this package that has what `Format` asks for; the door decides which one a file
is by its first 16 kB. Whatever cannot be read becomes a `Problem` and everything else still loads.
"""

import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from glob import glob
from importlib import import_module
from pathlib import Path
from stat import S_IFMT, S_IFREG, S_ISCHR, S_ISFIFO
from typing import Generic, Protocol, TypeVar, cast

from paperbrowse.cache import Note, note_of
from paperbrowse.model import Problem, Reading
from paperbrowse.readers.document import HEAD_BYTES, Document
from paperbrowse.text.clean import clean

FORMATS: tuple[str, ...] = (
    "scholarfeed",
    "anthology_xml",
    "arxiv_atom",
    "own",
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
_SUFFIXES = frozenset({".atom", ".bib", ".csv", ".json", ".jsonl", ".nbib", ".ris", ".txt", ".xml"})


CHANGED: Note = (-1, -1)
"""Of a file that was changed while it was read."""


class Format(Protocol):
    """What a module of this package has to offer to be a format."""

    @property
    def NAME(self) -> str:  # noqa: N802
        """What the format is called in `Source.format` and in messages."""

    def sniff(self, head: str) -> bool:
        """Whether a file is of this format, by the cleaned lines of its first 16 kB."""

    def read(self, document: Document) -> Reading:
        """All papers of the file, what it says besides, and what could not be read."""


class Recalled(Protocol):
    """What was read in a file before and is known still."""

    @property
    def is_ours(self) -> bool:
        """Whether some reader knew the file."""


Known = TypeVar("Known", bound=Recalled)
Recall = Callable[[str, bool, Note], Known | None]
"""What is known of a file by its path, by whether it was named itself, and as it is now."""


@dataclass(frozen=True, slots=True)
class FileRead(Generic[Known]):
    """What came of one path: read now, or `recalled`."""

    path: str
    """As the person gave it."""
    is_named: bool
    """Whether it was named itself, not found in a folder; then it has to be one a reader knows."""
    note: Note | None
    """The file as it was read; None where there is none."""
    reading: Reading
    is_ours: bool = True
    """Whether some reader knew it."""
    recalled: Known | None = None
    is_refused: bool = False
    """Whether it could not be opened; it may be next time, though it stays as it is."""


def read_paths(paths: Sequence[str | Path]) -> Reading:
    """Everything in the files and folders `paths`; see `read_files`."""
    reading = Reading()
    files: Iterator[FileRead[Recalled]] = read_files(paths)
    for file in files:
        reading.papers += file.reading.papers
        reading.pages += file.reading.pages
        reading.problems += file.reading.problems
    return reading


def nothing_known(_path: str, _is_named: bool, _note: Note) -> None:
    """Every file is read."""


def read_files(
    paths: Sequence[str | Path], recall: "Recall[Known]" = nothing_known
) -> Iterator["FileRead[Known]"]:
    """What is in the files and folders `paths`, file by file; a file that is named twice is read once.

    A path may be a pattern (`pages/*.txt`), or "-" for standard input.
    Folders are read with everything below them, in order of their names, without hidden files and
    without those no reader knows; a file that is named itself has to be one a reader knows. What `recall`
    knows of a file is taken instead of reading it.
    """
    seen: set[str] = set()
    for path in _spelled_out(map(str, paths)):
        if path == "-":
            yield FileRead(path, True, None, _read_standard_input())
        elif Path(path).is_dir():
            yield from _read_folder(path, seen, recall)
        elif _is_first(path, seen):
            yield _read_file(path, recall, is_named=True)


def _read_standard_input() -> Reading:
    raw = sys.stdin.buffer.read(_LARGEST + 1)
    if len(raw) > _LARGEST:
        return Reading(problems=[Problem("-", 0, _TOO_LARGE)])
    return read_document(Document("-", raw))


def _read_folder(folder: str, seen: set[str], recall: "Recall[Known]") -> Iterator["FileRead[Known]"]:
    problems: list[Problem] = []
    ours = 0
    for path in _files_below(folder, problems):
        if not _is_first(path, seen):
            ours += 1
            continue
        file = _read_file(path, recall, is_named=False)
        ours += file.is_ours
        yield file
    if not ours:
        problems.append(Problem(clean(folder), 0, "this folder holds no file that can be read"))
    if problems:
        yield FileRead(folder, True, None, Reading(problems=problems), is_ours=False)


def _is_first(path: str, seen: set[str]) -> bool:
    real = os.path.realpath(path)
    if real in seen:
        return False
    seen.add(real)
    return True


def _read_file(path: str, recall: "Recall[Known]", *, is_named: bool) -> "FileRead[Known]":
    note = None
    try:
        note = note_of(os.stat(path))  # noqa: PTH116
        known = recall(path, is_named, note)
        if known is not None:
            return FileRead(path, is_named, note, Reading(), known.is_ours, known)
        document, note = _load(path, is_named=is_named)
    except (OSError, ValueError) as error:
        lost = is_named or _is_named_like_ours(path)
        problem = Problem(clean(path), 0, _in_words(error), lost=lost)
        reading = Reading(problems=[problem])
        return FileRead(path, is_named, note, reading, is_ours=False, is_refused=True)
    if document is None:
        return FileRead(path, is_named, note, Reading(), is_ours=False)
    return FileRead(path, is_named, note, read_document(document))


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


def _spelled_out(paths: Iterable[str]) -> Iterator[str]:
    """`paths` with patterns such as `pages/*.txt` replaced by what they match, if they are no names."""
    for path in paths:
        found = [] if path == "-" or os.path.exists(path) else sorted(glob(path, recursive=True))  # noqa: PTH110, PTH207
        yield from found or [path]


def _load(path: str, *, is_named: bool) -> tuple[Document | None, Note]:
    """The file's bytes, and as what they were read; nothing for a file found in a folder that is none of
    ours."""
    if S_ISFIFO(os.stat(path).st_mode) and not path.startswith("/dev/fd/"):  # noqa: PTH116
        raise OSError(None, "it is a pipe; '-' reads standard input")
    with Path(path).open("rb") as stream:
        found = os.fstat(stream.fileno())
        if S_ISCHR(found.st_mode):
            raise OSError(None, "it is a device, not a file")
        if found.st_size > _LARGEST:
            raise OSError(None, _TOO_LARGE)
        head = stream.read(HEAD_BYTES)
        if not is_named and not _is_ours(Document(clean(path), head)):
            return None, note_of(found)
        document = Document(clean(path), head + stream.read())
        note = note_of(found)
        return document, note if note_of(os.fstat(stream.fileno())) == note else CHANGED


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
