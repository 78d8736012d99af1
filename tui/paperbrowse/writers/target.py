"""The file that an export goes to: a new one, one that is replaced, or one that is added to."""

import os
from collections.abc import Iterable
from pathlib import Path

from paperbrowse.files import write_whole
from paperbrowse.model import Bookmark, Paper
from paperbrowse.writers.append import AppendError, append
from paperbrowse.writers.common import ExportOptions, Report


class TargetError(Exception):
    """Why nothing was written, and what to do, in one line for a person."""


class TargetExists(TargetError):
    """The file is there, and nobody said what is to become of it."""


def obstacle(name: str) -> str:
    """What keeps a file of that name from being written, as far as a look can tell; mostly nothing."""
    path = Path(name)
    try:
        if not name:
            return "the file has no name"
        if path.is_dir() or name.endswith(os.sep):
            return f"{name} is a folder; name a file in it"
        if path.exists():
            return "" if os.access(path, os.W_OK) else f"{path} is read-only"
        if not path.parent.is_dir():
            return f"there is no folder {path.parent}; make it, or name a file elsewhere"
        writable = os.access(path.parent, os.W_OK | os.X_OK)
    except (OSError, ValueError) as error:
        return f"{path} cannot be written: {_words(error)}"
    return "" if writable else f"{path.parent} is read-only; name a file elsewhere"


def save(name: str, text: str, *, replace: bool) -> None:
    """Write `text` to the file of that name; one that is there only if it may be replaced.

    Raises:
        TargetExists: it is there and may not be replaced.
        TargetError: it cannot be written; what was there is untouched.
    """
    _check(name)
    path = Path(name)
    if path.is_file() and not replace:
        raise TargetExists(f"{path} exists")
    _write(path, text.encode("utf-8"))


def add(
    name: str,
    papers: Iterable[Paper | Bookmark],
    form: str = "bibtex",
    options: ExportOptions | None = None,
) -> Report:
    """Add to the `.bib` file of that name what it lacks; a file that is not there is made.

    Raises:
        TargetError: nothing can be added to it; what was there is untouched.
    """
    before, after, report = _with(name, papers, form, options)
    if after != before:
        _write(Path(name), after)
    return report


def lacking(
    name: str,
    papers: Iterable[Paper | Bookmark],
    form: str = "bibtex",
    options: ExportOptions | None = None,
) -> Report:
    """What `add` would do, without doing it."""
    return _with(name, papers, form, options)[2]


def _with(
    name: str, papers: Iterable[Paper | Bookmark], form: str, options: ExportOptions | None
) -> tuple[bytes, bytes, Report]:
    """The file's bytes, the same with what it lacks, and what that is."""
    _check(name)
    path = Path(name)
    try:
        before = path.read_bytes() if path.exists() else b""
        after, report = append(before, papers, form, options, name)
    except AppendError as error:
        raise TargetError(str(error)) from error
    except (OSError, ValueError) as error:
        raise TargetError(f"{path} cannot be read: {_words(error)}") from error
    return before, after, report


def _check(name: str) -> None:
    if problem := obstacle(name):
        raise TargetError(problem)


def _write(path: Path, data: bytes) -> None:
    try:
        write_whole(path, data)
    except (OSError, ValueError) as error:
        raise TargetError(f"{path} cannot be written: {_words(error)}") from error


def _words(error: OSError | ValueError) -> str:
    return getattr(error, "strerror", None) or str(error)
