"""Where things are kept."""

import os
from pathlib import Path

CONFIG_DIR_VARIABLE = "PAPERBROWSE_CONFIG_DIR"
STATE_DIR_VARIABLE = "PAPERBROWSE_STATE_DIR"

CORRECTIONS = "corrections.toml"
"""What is known better than the sources say, in the folder of settings and with the bundled pages."""
REFUSALS = "refused.toml"
"""Which records are not one paper, in the folder of settings."""


def config_dir(override: str | Path | None = None) -> Path:
    """The folder of settings and bookmarks.

    In order: `override` (`--config-dir`), the environment's `PAPERBROWSE_CONFIG_DIR`, the platform's own
    place for a user's settings.
    """
    chosen = override or os.environ.get(CONFIG_DIR_VARIABLE)
    if chosen:
        return Path(chosen).expanduser()
    from platformdirs import user_config_path

    return user_config_path("paperbrowse", appauthor=False)


def state_dir(override: str | Path | None = None) -> Path:
    """The folder of what the browser remembers from one start to the next.

    In order: the environment's `PAPERBROWSE_STATE_DIR`, the folder of settings where one was named by
    `override` (`--config-dir`) or the environment, the platform's own place for a program's state.
    """
    named = os.environ.get(STATE_DIR_VARIABLE) or override or os.environ.get(CONFIG_DIR_VARIABLE)
    if named:
        return Path(named).expanduser()
    from platformdirs import user_state_path

    return user_state_path("paperbrowse", appauthor=False)


def bundled_pages() -> Path:
    """The folder of the author pages that come with the program."""
    package = Path(__file__).resolve().parent
    installed = package / "seeds"
    return installed if installed.is_dir() else package.parent.parent / "seeds"
