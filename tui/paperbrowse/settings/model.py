"""What can be set, with how it comes; and what the screen knows by name for the settings about it."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from paperbrowse.keys import DEFAULT_PATTERN
from paperbrowse.ordering import Order

Layout = Literal["auto", "wide", "medium", "narrow"]
LAYOUTS: tuple[Layout, ...] = ("auto", "wide", "medium", "narrow")
COLUMNS = ("year", "title", "authors", "venue", "category", "code")
DEFAULT_COLUMNS = ("year", "title", "authors", "category", "code")
AUTO = "auto"
STYLE_NAMES = {"apa": "APA", "acl": "ACL", "ieee": "IEEE", "chicago": "Chicago"}
STYLES = tuple(STYLE_NAMES)


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
