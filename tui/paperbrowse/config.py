"""Where things are kept."""

import os
import sys
from pathlib import Path
from typing import Literal

CONFIG_DIR_VARIABLE = "PAPERBROWSE_CONFIG_DIR"
STATE_DIR_VARIABLE = "PAPERBROWSE_STATE_DIR"

CORRECTIONS = "corrections.toml"
"""What is known better than the sources say, in the folder of settings and with the bundled pages."""
REFUSALS = "refused.toml"
"""Which records are not one paper, in the folder of settings."""


class HomeError(Exception):
    """Whose home folder is meant, or where it is, is not known; the message says what to do."""


def config_dir(override: str | Path | None = None) -> Path:
    """The folder of settings and bookmarks.

    In order: `override` (`--config-dir`), the environment's `PAPERBROWSE_CONFIG_DIR`, the platform's own
    place for a user's settings.
    """
    chosen = override or os.environ.get(CONFIG_DIR_VARIABLE)
    return named_dir(chosen) if chosen else platform_dir("config")


def state_dir(override: str | Path | None = None) -> Path:
    """The folder of what the browser remembers from one start to the next.

    In order: the environment's `PAPERBROWSE_STATE_DIR`, the folder of settings where one was named by
    `override` (`--config-dir`) or the environment, the platform's own place for a program's state.
    """
    named = os.environ.get(STATE_DIR_VARIABLE) or override or os.environ.get(CONFIG_DIR_VARIABLE)
    return named_dir(named) if named else platform_dir("state")


def named_dir(name: str | Path) -> Path:
    """The folder of that name, in which `~` is somebody's home."""
    try:
        return Path(name).expanduser()
    except RuntimeError as error:
        raise HomeError(f"{name}: that home folder is not known; write the whole path") from error


_BELOW_HOME = {"config": ".config", "state": ".local/state", "cache": ".cache"}


def platform_dir(kind: Literal["config", "state", "cache"]) -> Path:
    """The platform's own place for what this program keeps of that kind.

    On Linux that is said by the XDG Base Directory Specification; every other case is left to `platformdirs`,
    which takes longer to import than a search.
    """
    if sys.platform == "linux":
        if Path(named := os.environ.get(f"XDG_{kind.upper()}_HOME", "")).is_absolute():
            return Path(named, "paperbrowse")
        if Path(home := os.environ.get("HOME", "")).is_absolute():
            return Path(home, _BELOW_HOME[kind], "paperbrowse")
    from platformdirs import PlatformDirs

    try:
        return Path(getattr(PlatformDirs("paperbrowse", appauthor=False), f"user_{kind}_dir"))
    except RuntimeError as error:
        variable = f"PAPERBROWSE_{kind.upper()}_DIR"
        raise HomeError(f"no home folder is known; set HOME, or {variable}, to a folder") from error


def bundled_pages() -> Path:
    """The folder of the author pages that come with the program."""
    package = Path(__file__).resolve().parent
    installed = package / "seeds"
    return installed if installed.is_dir() else package.parent.parent / "seeds"
