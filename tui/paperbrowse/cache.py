"""The folder of what can be thrown away: libraries as they were read, and their search indexes.

A file there is named by a sum over its sources' paths, sizes and times, the program's version and whatever
else its contents depend on, so that one which no longer fits is never found; old ones are deleted.
"""

import hashlib
import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import fields
from pathlib import Path

import paperbrowse
from paperbrowse.config import named_dir, platform_dir
from paperbrowse.flat import Flat, FlatWriter, open_flat
from paperbrowse.model import Paper

CACHE_DIR_VARIABLE = "PAPERBROWSE_CACHE_DIR"
LIBRARY, INDEX = ".library", ".index"
"""Endings of the two kinds of files."""
_LATEST = ".latest"
"""Of a file that tells under which name something was kept last."""

_WHOLE = "-whole"
"""Added to a file's name: of a note that it is whole, and since when nothing was done to it."""
_FORM = (3, *(field.name for field in fields(Paper)))
"""Changes when what is kept changes its form."""
_STAYING = 8

Note = tuple[int, int]
"""A file's size, and when it was changed last: when both stay, the file is taken for unchanged."""


def cache_dir() -> Path:
    """The folder of what can be thrown away: `PAPERBROWSE_CACHE_DIR`, else the platform's own place."""
    chosen = os.environ.get(CACHE_DIR_VARIABLE)
    return named_dir(chosen) if chosen else platform_dir("cache")


def noted(paths: Iterable[str | Path]) -> dict[str, Note]:
    """What to know these files by, and every file below these folders that a reader might look at."""
    notes: dict[str, Note] = {}
    for path in paths:
        for file in _files_of(os.path.abspath(path)):  # noqa: PTH100 - as named: a link's own target may change
            with suppress(OSError):
                notes[file] = note_of(os.stat(file))  # noqa: PTH116
    return notes


def note_of(found: os.stat_result) -> Note:
    """What to know a file by."""
    return found.st_size, found.st_mtime_ns


def name_for(notes: Mapping[str, Note], *more: object) -> str:
    """The name of what is made of these files as they were noted; `more` is what else it depends on."""
    sum_ = hashlib.sha256(repr((_FORM, paperbrowse.__version__, more)).encode())
    for file, (size, changed) in sorted(notes.items()):
        sum_.update(f"{file}\0{size}\0{changed}\0".encode("utf-8", "surrogateescape"))
    return sum_.hexdigest()[:32]


@contextmanager
def writing(folder: Path, name: str, kind: str) -> Iterator[FlatWriter]:
    """A file to fill, which takes its place when it is whole, while the oldest of its kind go.

    Raises:
        OSError: it cannot be written; no half of it stays.
    """
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    import tempfile

    handle, temporary = tempfile.mkstemp(prefix=f".writing{kind}.", dir=folder)
    try:
        with os.fdopen(handle, "wb") as stream:
            yield FlatWriter(stream)
            stream.flush()
            os.fsync(stream.fileno())
        Path(temporary).replace(folder / (name + kind))
        _note_whole(folder / (name + kind))
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
    _forget_others(folder, name, kind)


def is_kept(folder: Path, name: str, kind: str) -> bool:
    """Whether there is such a file; `opened` tells whether it is whole."""
    return (folder / (name + kind)).exists()


def opened(folder: Path, name: str, kind: str, *, afresh: bool = False) -> Flat | None:
    """What is kept under `name`; None where there is nothing or nothing whole.

    That every byte is as it was written is looked into once, again when the file was touched since, and
    `afresh`.
    """
    file = folder / (name + kind)
    known_whole = not afresh and _is_known_whole(file)
    flat = open_flat(file, known_whole=known_whole)
    if flat is not None and not known_whole:
        _note_whole(file)
    return flat


def _note_whole(file: Path) -> None:
    """Note that a file was found, or made, as it should be; not to be able to costs the time of a look."""
    with suppress(OSError):
        _beside(file).write_text(_touched(file), "ascii")


def _is_known_whole(file: Path) -> bool:
    try:
        return _beside(file).read_text("ascii") == _touched(file)
    except (OSError, ValueError):
        return False


def _beside(file: Path) -> Path:
    return file.with_name(file.name + _WHOLE)


def _touched(file: Path) -> str:
    """What changes whenever something is done to a file."""
    found = file.stat()
    return f"{found.st_ino} {found.st_size} {found.st_mtime_ns} {found.st_ctime_ns}"


def forget(folder: Path, name: str, kind: str) -> None:
    """Delete such a file, if it is there; what has it open still has it."""
    for file in (folder / (name + kind), _beside(folder / (name + kind))):
        with suppress(OSError):
            file.unlink()


def remember(folder: Path, name: str, *topic: object) -> None:
    """Note that what is of this `topic` was kept last under `name`.

    Raises:
        OSError: it cannot be written.
    """
    file = _topic_name(topic)
    import tempfile

    handle, temporary = tempfile.mkstemp(prefix=".writing", dir=folder)
    with os.fdopen(handle, "w") as stream:
        stream.write(name)
    Path(temporary).replace(folder / (file + _LATEST))
    _forget_others(folder, file, _LATEST)


def remembered(folder: Path, *topic: object) -> str | None:
    """The name under which what is of this `topic` was kept last."""
    try:
        name = (folder / (_topic_name(topic) + _LATEST)).read_text("ascii")
    except (OSError, ValueError):
        return None
    return name if name.isalnum() else None


def _topic_name(topic: tuple[object, ...]) -> str:
    return hashlib.sha256(repr((_FORM, paperbrowse.__version__, topic)).encode()).hexdigest()[:32]


def latest(folder: Path, kind: str) -> str | None:
    """The name under which something of that kind was kept last."""
    files = _by_age(folder, kind)
    return files[-1].stem if files else None


def _files_of(path: str) -> Iterator[str]:
    if not os.path.isdir(path):  # noqa: PTH112
        yield path
        return
    for parent, folders, files in os.walk(path):
        folders[:] = (name for name in folders if not name.startswith("."))
        yield from (os.path.join(parent, name) for name in files if not name.startswith("."))  # noqa: PTH118


def _by_age(folder: Path, kind: str) -> list[Path]:
    """The files of a kind, the oldest first."""
    aged = []
    for file in folder.glob(f"*{kind}"):
        with suppress(OSError):
            aged.append((file.stat().st_mtime_ns, file))
    return [file for _, file in sorted(aged)]


def _forget_others(folder: Path, name: str, kind: str) -> None:
    """Delete all but the latest."""
    others = [file for file in _by_age(folder, kind) if file.stem != name]
    for file in others[:-_STAYING]:
        forget(folder, file.stem, kind)
