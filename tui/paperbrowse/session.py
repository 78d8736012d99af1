"""Where a person was, so that the browser can open there again, and what they began to write.

Nothing here is worth a message: what cannot be read is forgotten, what cannot be written is not kept.
"""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from paperbrowse.files import write_whole
from paperbrowse.text.clean import clean

FILE_NAME = "session.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """What is remembered from one start to the next; empty values are the browser's own beginning."""

    library: tuple[str, ...] = ()
    """The paths that were open: with others, only the window's look is taken up again."""
    pane: str = ""
    query: str = ""
    authors: tuple[str, ...] = ()
    only_bookmarked: bool = False
    like: str = ""
    """The citation key of the paper that those shown are like."""
    order: str = ""
    flip: bool = False
    key: str = ""
    """The citation key of the paper under the cursor."""
    zoomed: bool = False
    layout: str = ""
    """The layout that was forced by hand."""
    layout_over: str = ""
    """The layout of the settings then: when they say another, theirs is the later word."""
    columns: tuple[str, ...] = ()
    """The columns that were chosen by hand."""
    columns_over: tuple[str, ...] = ()
    """The columns of the settings then, likewise."""
    theme: str = ""
    """The theme that was chosen by hand."""
    theme_over: str = ""
    """The theme that the settings gave then, likewise."""
    export: tuple[str, ...] = ()
    """What the last export was to be, as `name=value`; it goes with the person, not with the library."""

    def for_library(self, paths: Sequence[str]) -> "Session":
        """What of it holds for the library in `paths`: all, or what is of no library."""
        return self if self.library == tuple(paths) else self.look

    @property
    def look(self) -> "Session":
        """The window's look and the last export, without any place in a library."""
        names = ("layout", "layout_over", "columns", "columns_over", "theme", "theme_over", "export")
        return replace(Session(), **{name: getattr(self, name) for name in names})


def load_session(folder: Path) -> Session:
    """What was remembered; nothing where there is no file or it is not what we write."""
    try:
        values = json.loads((folder / FILE_NAME).read_text("utf-8"))
    except (OSError, ValueError, RecursionError):
        return Session()
    if not isinstance(values, dict):
        return Session()
    usual = asdict(Session())
    return Session(**{name: _like(usual[name], values.get(name)) for name in usual})


def _like(usual: Any, value: object) -> Any:
    """`value` where it is of the kind of `usual`, else `usual`."""
    if isinstance(usual, tuple):
        fits = isinstance(value, list) and all(isinstance(item, str) for item in value)
        return tuple(map(clean, value)) if fits and isinstance(value, list) else usual
    if isinstance(usual, bool):
        return value if isinstance(value, bool) else usual
    return clean(value) if isinstance(value, str) else usual


def save_session(folder: Path, session: Session) -> None:
    """Remember `session`, in one step; a folder that cannot be written is left alone."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        write_whole(folder / FILE_NAME, json.dumps(asdict(session), ensure_ascii=False, indent=2) + "\n")
    except (OSError, UnicodeEncodeError):
        return
