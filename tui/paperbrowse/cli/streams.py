"""What is printed on: how wide it may be, and what it can take."""

import os
import sys
from io import TextIOWrapper
from typing import TextIO

_USUAL = 80


def terminal_width() -> int:
    """The terminal's columns: as `COLUMNS` says, else as it says itself, else 80.

    It is what `shutil` would say, which takes longer to import than to show a paper.
    """
    said = os.environ.get("COLUMNS", "")
    if said.isdecimal() and int(said):
        return int(said)
    try:
        return os.get_terminal_size(sys.stdout.fileno()).columns or _USUAL
    except (AttributeError, ValueError, OSError):  # closed, replaced, or no terminal
        return _USUAL


def takes_unicode(stream: TextIO) -> bool:
    """Whether a stream can be given every character."""
    return (stream.encoding or "").lower().replace("-", "").startswith("utf")


def print_as_a_file() -> None:
    """Print UTF-8 from now on, as into a file of ours; a terminal gets what it is set to."""
    if isinstance(sys.stdout, TextIOWrapper) and not sys.stdout.isatty():
        sys.stdout.reconfigure(encoding="utf-8")
