"""What a person set in `config.toml`, checked key by key.

A value that cannot be used falls back to its default and is complained about; the rest applies.
"""

import tomllib
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Literal, cast

from paperbrowse.keys import DEFAULT_PATTERN, KeyPatternError, check_pattern
from paperbrowse.ordering import Order
from paperbrowse.toml_text import KeyPath, line_number, places, quoted

Layout = Literal["auto", "wide", "medium", "narrow"]
LAYOUTS: tuple[Layout, ...] = ("auto", "wide", "medium", "narrow")
COLUMNS = ("year", "title", "authors", "venue", "category", "code")
DEFAULT_COLUMNS = ("year", "title", "authors", "category", "code")
AUTO = "auto"
STYLE_NAMES = {"apa": "APA", "acl": "ACL", "ieee": "IEEE", "chicago": "Chicago"}
STYLES = tuple(STYLE_NAMES)
FILE_NAME = "config.toml"


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportSettings:
    """The table `[export]`: what an export and a copy do when nothing else is said."""

    format: str = "bibtex"
    style: str = "apa"
    """How formatted references look."""
    key_pattern: str = DEFAULT_PATTERN
    """How citation keys are made; see `paperbrowse.keys`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What `config.toml` holds, with its defaults."""

    library: tuple[str, ...] = ()
    """Files and folders that are opened when the command line names none."""
    theme: str = AUTO
    """Name of a colour theme; "auto" for our own dark one, or what the environment says."""
    layout: Layout = "auto"
    """How the panes are arranged; "auto" goes by the size of the terminal."""
    columns: tuple[str, ...] = DEFAULT_COLUMNS
    """What a line of the papers pane tells, as far as there is room; the title always."""
    sort: Order | None = None
    """The order at the start; None ("auto"): the newest first, with a query the best match first."""
    keys: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Keys of commands that are not on their usual ones; none at all takes a command off the keyboard."""
    export: ExportSettings = ExportSettings()


@dataclass(frozen=True, slots=True)
class Complaint:
    """A setting that could not be used."""

    path: Path
    line: int
    """Counted from 1; 0 where it is the whole file that cannot be used."""
    key: str
    what: str
    concerns: str
    """The setting that keeps its default because of it; "" for all of them."""

    def __str__(self) -> str:
        place = f"{self.path}:{self.line}" if self.line else str(self.path)
        return f"{place}: {self.key}: {self.what}" if self.key else f"{place}: {self.what}"


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyTarget:
    """A command as far as its keys are concerned."""

    keys: tuple[str, ...]
    """Its usual keys, by the names the screen uses."""
    panes: frozenset[str]
    """Where it works: in different panes two commands may have the same key."""
    always: tuple[str, ...] = ()
    """Keys that it keeps whatever a person sets."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Vocabulary:
    """What the screen knows by name, for settings about the screen."""

    themes: Collection[str]
    commands: Mapping[str, KeyTarget]
    presets: Mapping[str, Mapping[str, str]]
    """Sets of keys by name: command -> keys with commas between."""
    key_name: Callable[[str], str | None]
    """The screen's name of a key as a person writes it; None when there is no such key."""
    key_names: Collection[str]


def read_settings(folder: Path, vocabulary: Vocabulary | None = None) -> tuple[Settings, list[Complaint]]:
    """What `config.toml` in `folder` says, and what is wrong with it.

    Without a vocabulary, what only the screen understands (theme and keys) is left alone.
    """
    path = folder / FILE_NAME
    try:
        text = path.read_bytes().decode("utf-8-sig").replace("\r\n", "\n")
        values = tomllib.loads(text)
    except (FileNotFoundError, NotADirectoryError):
        return Settings(), []
    except OSError as error:
        return Settings(), [Complaint(path, 0, "", f"cannot be read: {error.strerror}", "")]
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        return Settings(), [Complaint(path, line, "", "not UTF-8 text", "")]
    except tomllib.TOMLDecodeError as error:
        return Settings(), [Complaint(path, _line_of(error), "", f"not valid TOML: {error}", "")]
    reader = _Reader(path, text)
    return reader.read(values, vocabulary), sorted(reader.complaints, key=lambda complaint: complaint.line)


def _line_of(error: tomllib.TOMLDecodeError) -> int:
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

    def _look(self) -> tuple[int, int, int] | None:
        try:
            status = (self._folder / FILE_NAME).stat()
        except OSError:
            return None
        return status.st_mtime_ns, status.st_size, status.st_ino


class _Reader:
    """Reads one file's values and collects the complaints."""

    def __init__(self, path: Path, text: str) -> None:
        self.path = path
        self.complaints: list[Complaint] = []
        self._text = text
        self._places = places(text)

    def read(self, values: dict[str, Any], vocabulary: Vocabulary | None) -> Settings:
        """The settings that `values` give."""
        known = [*Settings.__slots__]
        found: dict[str, Any] = {}
        for name, value in values.items():
            if name not in known:
                self._unknown((name,), "setting", known)
            elif name in ("theme", "keys"):
                if vocabulary and (checked := self._of_screen(name, value, vocabulary)) is not None:
                    found[name] = checked
            elif (checked := self._CHECKS[name](self, value)) is not None:
                found[name] = checked
        return Settings(**found)

    def complain(self, path: KeyPath, what: str, concerns: str = "") -> None:
        """Note what is wrong with the value at `path`."""
        place = next(
            (self._places[path[:n]] for n in range(len(path), 0, -1) if path[:n] in self._places), None
        )
        line = line_number(self._text, place.start) if place else 1
        key = ".".join(path)
        self.complaints.append(Complaint(self.path, line, key, what, concerns or path[0]))

    def _unknown(self, path: KeyPath, noun: str, known: Collection[str]) -> None:
        near = nearest(path[-1], known)
        hint = f"did you mean {near!r}?" if near else f"there are {', '.join(known)}"
        self.complain(path, f"no such {noun}; {hint}", near if near and len(path) == 1 else path[0])

    def _one_of(self, path: KeyPath, value: object, known: Collection[str]) -> str | None:
        if isinstance(value, str) and value in known:
            return value
        near = nearest(value, known) if isinstance(value, str) else None
        hint = f"did you mean {near!r}?" if near else f"must be one of {', '.join(known)}"
        self.complain(path, f"{_shown(value)} cannot be used; {hint}")
        return None

    def _library(self, value: object) -> tuple[str, ...] | None:
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            self.complain(("library",), 'must be a list of paths, such as ["~/papers"]')
            return None
        return tuple(str(resolved(self.path.parent, item)) for item in value)

    def _layout(self, value: object) -> Layout | None:
        return cast("Layout | None", self._one_of(("layout",), value, LAYOUTS))

    def _sort(self, value: object) -> Order | None:
        name = self._one_of(("sort",), value, [AUTO, *(order.value for order in Order)])
        return Order(name) if name and name != AUTO else None

    def _columns(self, value: object) -> tuple[str, ...] | None:
        if not isinstance(value, list):
            self.complain(("columns",), 'must be a list, such as ["year", "title", "authors"]')
            return None
        found = [self._one_of(("columns",), item, COLUMNS) for item in value]
        if value and not any(found):
            return None
        return tuple(name for name in COLUMNS if name in found or name == "title")

    def _export(self, value: object) -> ExportSettings | None:
        from paperbrowse.writers import FORMATS

        if not isinstance(value, dict):
            self.complain(("export",), 'must be a table: a line "[export]" with its settings below')
            return None
        settings = ExportSettings()
        choices: dict[str, Collection[str]] = {"format": FORMATS, "style": STYLES}
        for name, item in value.items():
            path = ("export", name)
            if name in choices:
                if chosen := self._one_of(path, item, choices[name]):
                    settings = replace(settings, **{name: chosen})
            elif name == "key_pattern":
                if pattern := self._key_pattern(path, item):
                    settings = replace(settings, key_pattern=pattern)
            else:
                self._unknown(path, "setting", ExportSettings.__slots__)
        return settings

    def _key_pattern(self, path: KeyPath, value: object) -> str | None:
        if not isinstance(value, str):
            self.complain(path, f'must be text, such as "{DEFAULT_PATTERN}"')
            return None
        try:
            check_pattern(value)
        except KeyPatternError as error:
            self.complain(path, str(error))
            return None
        return value

    _CHECKS: Mapping[str, Callable[["_Reader", object], Any]] = {
        "library": _library,
        "layout": _layout,
        "columns": _columns,
        "sort": _sort,
        "export": _export,
    }

    def _of_screen(self, name: str, value: object, vocabulary: Vocabulary) -> Any:
        if name == "theme":
            return self._one_of(("theme",), value, [AUTO, *sorted(vocabulary.themes)])
        if not isinstance(value, dict):
            self.complain(("keys",), 'must be a table: a line "[keys]" with commands and their keys below')
            return None
        return self._keys(value, vocabulary)

    def _keys(self, table: dict[str, Any], vocabulary: Vocabulary) -> dict[str, tuple[str, ...]]:
        """The keys that differ from the usual ones: the preset's, then those set one by one."""
        preset: dict[str, tuple[str, ...]] = {}
        own: dict[str, tuple[str, ...]] = {}
        for name, value in table.items():
            path = ("keys", name)
            if name == "preset":
                if chosen := self._one_of(path, value, vocabulary.presets):
                    keys = vocabulary.presets[chosen]
                    preset = {command: tuple(keys[command].split(",")) for command in keys}
            elif name not in vocabulary.commands:
                self._unknown(path, "command", ("preset", *vocabulary.commands))
            elif (names := self._key_names(path, value, vocabulary)) is not None:
                own[name] = names
        base = {name: preset.get(name, target.keys) for name, target in vocabulary.commands.items()}
        chosen_keys = self._without_clashes(base, own, vocabulary.commands)
        return {name: keys for name, keys in chosen_keys.items() if keys != vocabulary.commands[name].keys}

    def _key_names(self, path: KeyPath, value: object, vocabulary: Vocabulary) -> tuple[str, ...] | None:
        items = [value] if isinstance(value, str) else value
        if not isinstance(items, list) or not all(isinstance(item, str) for item in items):
            self.complain(path, 'must be a key or a list of keys, such as "ctrl+b" or ["b", "space"]')
            return None
        names = []
        for item in filter(None, items):
            name = vocabulary.key_name(item)
            if name is None:
                near = nearest(item, vocabulary.key_names)
                hint = (
                    f"did you mean {near!r}?"
                    if near
                    else 'keys are written "b", "B", "ctrl+b", "f2", "space"'
                )
                self.complain(path, f"no key is called {item!r}; {hint}")
                return None
            names.append(name)
        return tuple(dict.fromkeys(names))

    def _without_clashes(
        self,
        base: Mapping[str, tuple[str, ...]],
        own: Mapping[str, tuple[str, ...]],
        commands: Mapping[str, KeyTarget],
    ) -> dict[str, tuple[str, ...]]:
        """`own` keys over `base`, but for those that another command has; what a command keeps is added."""
        keys = {**base, **own}
        for name, target in commands.items():
            keys[name] = (*keys[name], *(key for key in target.always if key not in keys[name]))
        refused = True
        while refused:
            refused = False
            for name in own:
                clash = _clash(name, keys, commands)
                if clash and keys[name] != base[name]:
                    key, other = clash
                    self.complain(
                        ("keys", name),
                        f"{key!r} is the key of {other!r} too; give that one another key, "
                        f"or take it off with {other} = []",
                    )
                    keys[name] = base[name]
                    refused = True
        return keys


def _clash(
    name: str, keys: Mapping[str, tuple[str, ...]], commands: Mapping[str, KeyTarget]
) -> tuple[str, str] | None:
    """A key of that command which another command has where both work, and the other command."""
    for other, target in commands.items():
        if other != name and target.panes & commands[name].panes:
            for key in keys[name]:
                if key in keys[other] and key not in commands[name].always:
                    return key, other
    return None


def nearest(text: str, known: Collection[str]) -> str | None:
    """What of `known` was probably meant."""
    from difflib import get_close_matches

    by_folded = {name.lower(): name for name in known}
    near = get_close_matches(text.lower(), by_folded, n=1)
    return by_folded[near[0]] if near else None


def _shown(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return repr(value)


def resolved(folder: Path, path: str) -> Path:
    """A path of the settings file: `~` is the home, and what is relative starts at the file's folder."""
    return folder / Path(path).expanduser()


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
    text = quoted(value) if isinstance(value, str) else f"[{', '.join(map(quoted, value))}]"
    return f"{name} = {text}" + ("  # as it comes" if usual else "")
