"""How wide what is printed may be."""

import os
import sys

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
