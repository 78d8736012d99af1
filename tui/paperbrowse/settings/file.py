"""`config.toml`: read, watched while the browser runs, and told as it would stand with everything in it."""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from paperbrowse.files import Signature, signature
from paperbrowse.settings.model import Complaint, ExportSettings, KeyTarget, Settings, Vocabulary

if TYPE_CHECKING:
    from tomllib import TOMLDecodeError

FILE_NAME = "config.toml"


def read_settings(folder: Path, vocabulary: Vocabulary | None = None) -> tuple[Settings, list[Complaint]]:
    """What `config.toml` in `folder` says, and what is wrong with it.

    Without a vocabulary, what only the screen understands (theme and keys) is left alone.
    """
    path = folder / FILE_NAME
    try:
        text = path.read_bytes().decode("utf-8-sig").replace("\r\n", "\n")
    except (FileNotFoundError, NotADirectoryError):
        return Settings(), []
    except OSError as error:
        return Settings(), [Complaint(path, 0, "", f"cannot be read: {error.strerror}", "")]
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        return Settings(), [Complaint(path, line, "", "not UTF-8 text", "")]
    import tomllib

    from paperbrowse.settings.checks import Checks
    from paperbrowse.settings.values import settings_of

    try:
        values = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        return Settings(), [Complaint(path, _line_of(error), "", f"not valid TOML: {error}", "")]
    checks = Checks(path, text)
    settings = settings_of(values, checks, vocabulary)
    return settings, sorted(checks.complaints, key=lambda complaint: complaint.line)


def _line_of(error: "TOMLDecodeError") -> int:
    """The line that tomllib names in its message, in which alone it stands before Python 3.14."""
    _, _, behind = str(error).rpartition("(at line ")
    number = behind.partition(",")[0]
    return int(number) if number.isdecimal() else 0


class SettingsFile:
    """The file while the browser runs: read, and read again when it has changed."""

    def __init__(self, folder: Path, vocabulary: Vocabulary) -> None:
        self._folder, self._vocabulary = folder, vocabulary
        self._stamp = self._look()

    def read(self) -> tuple[Settings, list[Complaint]]:
        """What the file says now, and what is wrong with it."""
        self._stamp = self._look()
        return read_settings(self._folder, self._vocabulary)

    def changed(self) -> bool:
        """Whether the file is another one than was last read."""
        return self._look() != self._stamp

    def _look(self) -> Signature | None:
        try:
            return signature(self._folder / FILE_NAME)
        except OSError:
            return None


def resolved(folder: Path, path: str) -> Path:
    """A path of the settings file: `~` is the home, and what is relative starts at the file's folder."""
    return folder / os.path.expanduser(path)  # noqa: PTH111 - a home that is not known stays as it is written


def settings_toml(settings: Settings, commands: Mapping[str, KeyTarget]) -> str:
    """All settings and all keys as they would stand in the file, with a comment at what is as it comes."""
    usual = Settings()
    lines = [
        _line("library", list(settings.library), settings.library == usual.library),
        _line("theme", settings.theme, settings.theme == usual.theme),
        _line("layout", settings.layout, settings.layout == usual.layout),
        _line("columns", list(settings.columns), settings.columns == usual.columns),
        _line("sort", settings.sort or "auto", settings.sort is None),
        "\n[keys]",
        *(
            _line(name, list(settings.keys.get(name, target.keys)), name not in settings.keys)
            for name, target in commands.items()
        ),
        "\n[export]",
    ]
    for name in ExportSettings.__slots__:
        value = getattr(settings.export, name)
        lines.append(_line(name, value, value == getattr(usual.export, name)))
    return "\n".join(lines)


def _line(name: str, value: str | list[str], usual: bool) -> str:
    from paperbrowse.toml_text import quoted

    text = quoted(value) if isinstance(value, str) else f"[{', '.join(map(quoted, value))}]"
    return f"{name} = {text}" + ("  # as it comes" if usual else "")
