"""What the background tells the screen."""

from dataclasses import dataclass
from typing import Literal

from textual.message import Message

from paperbrowse.library import Library

Extent = Literal["whole", "earlier", "beginning"]
"""All of a library, what it was when it was read last, or what was read of it so far."""


@dataclass
class ReadSoFar(Message):
    """How far reading is: the files so far, and the papers."""

    files: int
    papers: int


@dataclass
class LibraryRead(Message):
    """The library is there, or, while it is being read, what can be shown of it."""

    library: Library
    extent: Extent = "whole"


class IndexBuilt(Message):
    """From now on queries are answered in full, typos forgiven."""


class Saved(Message):
    """Changes to the bookmarks are on disk."""


@dataclass
class SaveFailed(Message):
    """A change to the bookmarks is not on disk."""

    reason: str


@dataclass
class SayAtTheEnd(Message):
    """A text for standard output, once the terminal is given back."""

    text: str


class ReadAgain(Message):
    """What the library is made of has changed by the person's own hand."""
