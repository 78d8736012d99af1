"""Earlier versions of `bookmarks.toml`, few of them: the last five, and the last seven days' first."""

import os
import re
import time
from contextlib import suppress
from pathlib import Path

from paperbrowse.bookmarks.disk import make_folder, sync_folder

_RECENT = 5
_DAYS = 7
_DAILY = re.compile(r"bookmarks-\d{4,}-\d\d-\d\d\.toml")


class Backups:
    """The folder `backups` beside the bookmarks."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "backups"

    def all(self) -> list[Path]:
        """The versions there are, the newest first."""
        recent = [path for number in range(1, _RECENT + 1) if (path := self._recent(number)).is_file()]
        return recent + self._daily()

    def rotate(self, version: Path) -> None:
        """Make the file `version` the newest backup; those that are too many go."""
        make_folder(self.folder)
        for number in range(_RECENT - 1, 0, -1):
            with suppress(FileNotFoundError):
                self._recent(number).replace(self._recent(number + 1))
        newest = self._recent(1)
        try:
            version.replace(newest)
        except OSError:  # a linked file may be on another file system
            newest.write_bytes(version.read_bytes())
            version.unlink()
        newest.chmod(0o600)
        day = self.folder / time.strftime("bookmarks-%Y-%m-%d.toml", time.gmtime())
        with suppress(OSError):  # there already, or no second names on this file system
            os.link(newest, day)
        for old in self._daily()[_DAYS:]:
            old.unlink(missing_ok=True)
        sync_folder(self.folder)

    def _recent(self, number: int) -> Path:
        return self.folder / f"bookmarks.{number}.toml"

    def _daily(self) -> list[Path]:
        found = self.folder.iterdir() if self.folder.is_dir() else ()
        return sorted((path for path in found if _DAILY.fullmatch(path.name)), reverse=True)
