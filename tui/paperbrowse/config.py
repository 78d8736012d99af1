"""Where things are kept, and what a person set in `config.toml`."""

import os
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

CONFIG_DIR_VARIABLE = "PAPERBROWSE_CONFIG_DIR"


class ConfigError(Exception):
    """A setting that cannot be used; the message names the file, the key and what would be right."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What `config.toml` holds, with its defaults."""

    library: tuple[str, ...] = ()
    """Files and folders that are opened when the command line names none."""


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


def bundled_pages() -> Path:
    """The folder of the author pages that come with the program."""
    package = Path(__file__).resolve().parent
    installed = package / "seeds"
    return installed if installed.is_dir() else package.parent.parent / "seeds"


def read_settings(folder: Path) -> Settings:
    """What `config.toml` in `folder` says; the defaults where there is no such file.

    Raises:
        ConfigError: the file cannot be read, is not TOML, or holds a value of the wrong kind.
    """
    path = folder / "config.toml"
    try:
        values = tomllib.loads(path.read_text("utf-8"))
    except (FileNotFoundError, NotADirectoryError):
        return Settings()
    except OSError as error:
        raise ConfigError(f"{path}: cannot be read: {error.strerror}") from error
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ConfigError(f"{path}: not valid TOML: {error}") from error
    settings = Settings(library=_paths(path, values.pop("library", [])))
    if values:
        _refuse_unknown(path, next(iter(values)))
    return settings


def _paths(file: Path, value: object) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise ConfigError(f'{file}: library: must be a list of paths, such as ["~/papers"]')
    return tuple(str(file.parent / Path(item).expanduser()) for item in value)


def _refuse_unknown(file: Path, unknown: str) -> NoReturn:
    """Refuse a key that is no setting, naming the one that was probably meant."""
    from difflib import get_close_matches

    near = get_close_matches(unknown, Settings.__slots__, n=1)
    hint = f"did you mean {near[0]!r}?" if near else f"known are: {', '.join(Settings.__slots__)}"
    raise ConfigError(f"{file}: {unknown}: no such setting; {hint}")
