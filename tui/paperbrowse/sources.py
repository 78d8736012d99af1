"""What a library is made of, as it is at one moment: looked at once at a start."""

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from paperbrowse.cache import Note, name_for, noted
from paperbrowse.config import CORRECTIONS, REFUSALS, bundled_pages

_LARGE = 2 << 20
"""Bytes of sources from which it is worth starting a process, or asking what was read before."""


@dataclass(frozen=True, slots=True)
class Sources:
    """Files and folders as a person named them, and notes of the files that they are; made by `now`.

    Two are equal as long as no file was changed, added or removed.
    """

    paths: tuple[str, ...]
    settings_folder: Path | None
    notes: Mapping[str, Note]
    """By their absolute paths; the files of corrections and refused merges are among them."""
    are_files: bool
    """Whether all paths are files and folders that are there: not standard input, which cannot be told to be
    unchanged, nor a pattern."""

    @classmethod
    def now(cls, paths: Sequence[str | Path], settings_folder: Path | None) -> "Sources":
        """The files below `paths`, or the pages that come with the program, as they are now."""
        named = tuple(map(str, paths or [bundled_pages()]))
        own = [*corrections_files(settings_folder)]
        if settings_folder:
            own.append(settings_folder / REFUSALS)
        are_files = all(map(os.path.exists, named))
        return cls(named, settings_folder, noted([*named, *own]), are_files)

    def noted_as(self, notes: Mapping[str, Note]) -> "Sources":
        """The same with other notes."""
        return replace(self, notes=notes)

    def name(self, key_pattern: str) -> str | None:
        """The name in the cache of what is made of them; None where they cannot be told to be unchanged."""
        return name_for(self.notes, self.paths, *self.topic(key_pattern)) if self.are_files else None

    def topic(self, key_pattern: str) -> tuple[object, ...]:
        """What stays when the files change."""
        places = [os.path.abspath(path) for path in self.paths]  # noqa: PTH100
        return places, str(self.settings_folder), key_pattern

    @property
    def are_many(self) -> bool:
        """Whether there is so much to read that something is worth doing about it."""
        return sum(size for size, _ in self.notes.values()) > _LARGE


def corrections_files(settings_folder: Path | None) -> list[Path]:
    """The corrections that come with the program, then the person's own, which win."""
    files = [bundled_pages() / CORRECTIONS]
    return [*files, settings_folder / CORRECTIONS] if settings_folder else files
