"""The folder of what can be thrown away: libraries as they were read, and their search indexes.

A file there is named by a sum over its sources' paths, sizes and times, the program's version and whatever
else its contents depend on, so that one which no longer fits is never found; old ones are deleted.
"""

import hashlib
import os
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import fields
from pathlib import Path

import paperbrowse
from paperbrowse.flat import Flat, FlatWriter, open_flat
from paperbrowse.model import Paper

CACHE_DIR_VARIABLE = "PAPERBROWSE_CACHE_DIR"
LIBRARY, INDEX = ".library", ".index"
"""Endings of the two kinds of files."""
_LATEST = ".latest"
"""Of a file that tells under which name something was kept last."""

_WHOLE = "-whole"
"""Added to a file's name: of a note that it is whole, and since when nothing was done to it."""
_FORM = (1, *(field.name for field in fields(Paper)))
"""Changes when what is kept changes its form."""
_STAYING = 8


def cache_dir() -> Path:
    """The folder of what can be thrown away: `PAPERBROWSE_CACHE_DIR`, else the platform's own place."""
    chosen = os.environ.get(CACHE_DIR_VARIABLE)
    if chosen:
        return Path(chosen).expanduser()
    from platformdirs import user_cache_path

    return user_cache_path("paperbrowse", appauthor=False)


def name_for(paths: Iterable[str | Path], *more: str) -> str:
    """The name of what is made of these files and folders as they are now; `more` is what else it depends
    on.

    A folder counts with every file below it: one that is added, removed or changed gives another name.
    """
    sum_ = hashlib.sha256(repr((_FORM, paperbrowse.__version__, more)).encode())
    for path in paths:
        for file, size, changed in files_of(str(path)):
            sum_.update(f"{file}\0{size}\0{changed}\0".encode("utf-8", "surrogateescape"))
        sum_.update(b"\1")
    return sum_.hexdigest()[:32]


@contextmanager
def writing(folder: Path, name: str, kind: str) -> Iterator[FlatWriter]:
    """A file to fill, which takes its place when it is whole, while the oldest of its kind go.

    Raises:
        OSError: it cannot be written; no half of it stays.
    """
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
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


def opened(folder: Path, name: str, kind: str) -> Flat | None:
    """What is kept under `name`; None where there is nothing or nothing whole.

    That every byte is as it was written is looked into once, and again when the file was touched since.
    """
    file = folder / (name + kind)
    known_whole = _is_known_whole(file)
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


def files_of(path: str) -> Iterator[tuple[str, int, int]]:
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
                yield from files_of(os.path.join(parent, name))  # noqa: PTH118


def _forget_others(folder: Path, name: str, kind: str) -> None:
    """Delete all but the latest."""
    with suppress(OSError):
        files = [file for file in folder.glob(f"*{kind}") if file.stem != name]
        files.sort(key=lambda file: file.stat().st_mtime_ns, reverse=True)
        for file in files[_STAYING:]:
            forget(folder, file.stem, kind)
