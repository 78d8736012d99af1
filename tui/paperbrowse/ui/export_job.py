"""An export as it was asked for: which papers, how, and where to. It may run in any thread."""

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from paperbrowse.model import Bookmark, Paper
from paperbrowse.ui.export_choice import ExportChoice
from paperbrowse.writers import Report, write
from paperbrowse.writers.target import TargetError, add, lacking, obstacle, save

Entries = Sequence[Paper | Bookmark]

MANY = 300
"""Papers from which on it takes a while, and nothing of it is done beforehand."""
_LARGE_FILE = 1 << 20


@dataclass(frozen=True, slots=True)
class Selection:
    """Papers that can be exported."""

    name: str
    count: int
    first: Callable[[int | None], Entries]
    """The first so many of them, or all."""


@dataclass(frozen=True, slots=True)
class ExportJob:
    """A choice that does not change any more, and the papers that it means."""

    choice: ExportChoice
    selection: Selection

    @property
    def path(self) -> str:
        """The file's name as the system takes it; empty where nothing is named."""
        return os.path.expanduser(self.choice.file) if self.choice.file.strip() else ""  # noqa: PTH111

    @property
    def is_there(self) -> bool:
        """Whether the file exists."""
        try:
            return Path(self.path).is_file()
        except (OSError, ValueError):
            return False

    def written(self, limit: int | None = None) -> Report:
        """All papers, or the first so many, in the format."""
        return write(self.selection.first(limit), self.choice.format, self.choice.options)

    def save(self, *, replace: bool) -> str:
        """Write the file and say so; raises `TargetError` where that cannot be."""
        report = self.written()
        save(self.path, report.text, replace=replace)
        return report.summary(self.choice.file)

    def add(self) -> str:
        """Add to the file what it lacks and say so; raises `TargetError` where that cannot be."""
        report = add(self.path, self.selection.first(None), self.choice.format, self.choice.options)
        return report.summary(self.choice.file)

    def foreseen(self) -> tuple[str, bool]:
        """What is to be said of the file beforehand, and whether it stands in the way."""
        if problem := obstacle(self.path):
            return problem, True
        if self.choice.to == "file":
            return ("it exists; you will be asked" if self.is_there else ""), False
        if not self.is_there:
            return "a new file", False
        try:
            if self.selection.count > MANY or Path(self.path).stat().st_size > _LARGE_FILE:
                return "adds what the file lacks", False
            papers = self.selection.first(None)
            report = lacking(self.path, papers, self.choice.format, self.choice.options)
        except (OSError, TargetError) as error:
            return str(error), True
        return f"adds {report.entries}; {report.skipped} there already{report.other_keys}", False
