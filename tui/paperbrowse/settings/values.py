"""From the values of a settings file to the settings: each checked by itself, none in the way of another."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from typing import Any, cast

from paperbrowse.keys import DEFAULT_PATTERN, KeyPatternError, check_pattern
from paperbrowse.ordering import Order
from paperbrowse.settings.checks import Checks
from paperbrowse.settings.file import resolved
from paperbrowse.settings.keys import checked_keys
from paperbrowse.settings.model import (
    AUTO,
    COLUMNS,
    LAYOUTS,
    STYLES,
    ExportSettings,
    Layout,
    Settings,
    Vocabulary,
)
from paperbrowse.toml_text import KeyPath


def settings_of(values: Mapping[str, object], checks: Checks, vocabulary: Vocabulary | None) -> Settings:
    """The settings that `values` give; what is wrong with them is noted in `checks`."""
    known = [*Settings.__slots__]
    found: dict[str, Any] = {}
    for name, value in values.items():
        if name not in known:
            checks.unknown((name,), "setting", known)
        elif name in _OF_THE_SCREEN:
            if vocabulary and (checked := _OF_THE_SCREEN[name](checks, value, vocabulary)) is not None:
                found[name] = checked
        elif (checked := _CHECKS[name](checks, value)) is not None:
            found[name] = checked
    return Settings(**found)


def _library(checks: Checks, value: object) -> tuple[str, ...] | None:
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        checks.complain(("library",), 'must be a list of paths, such as ["~/papers"]')
        return None
    return tuple(str(resolved(checks.path.parent, item)) for item in value)


def _layout(checks: Checks, value: object) -> Layout | None:
    return cast("Layout | None", checks.one_of(("layout",), value, LAYOUTS))


def _sort(checks: Checks, value: object) -> Order | None:
    name = checks.one_of(("sort",), value, [AUTO, *(order.value for order in Order)])
    return Order(name) if name and name != AUTO else None


def _columns(checks: Checks, value: object) -> tuple[str, ...] | None:
    if not isinstance(value, list):
        checks.complain(("columns",), 'must be a list, such as ["year", "title", "authors"]')
        return None
    found = [checks.one_of(("columns",), item, COLUMNS) for item in value]
    if value and not any(found):
        return None
    return tuple(name for name in COLUMNS if name in found or name == "title")


def _export(checks: Checks, value: object) -> ExportSettings | None:
    from paperbrowse.writers import FORMATS

    if not isinstance(value, dict):
        checks.complain(("export",), 'must be a table: a line "[export]" with its settings below')
        return None
    settings = ExportSettings()
    choices: dict[str, Collection[str]] = {"format": FORMATS, "style": STYLES}
    for name, item in value.items():
        path = ("export", name)
        if name in choices:
            if chosen := checks.one_of(path, item, choices[name]):
                settings = replace(settings, **{name: chosen})
        elif name == "key_pattern":
            if pattern := _key_pattern(checks, path, item):
                settings = replace(settings, key_pattern=pattern)
        else:
            checks.unknown(path, "setting", ExportSettings.__slots__)
    return settings


def _key_pattern(checks: Checks, path: KeyPath, value: object) -> str | None:
    if not isinstance(value, str):
        checks.complain(path, f'must be text, such as "{DEFAULT_PATTERN}"')
        return None
    try:
        check_pattern(value)
    except KeyPatternError as error:
        checks.complain(path, str(error))
        return None
    return value


def _theme(checks: Checks, value: object, vocabulary: Vocabulary) -> str | None:
    return checks.one_of(("theme",), value, [AUTO, *sorted(vocabulary.themes)])


_CHECKS: Mapping[str, Callable[[Checks, object], Any]] = {
    "library": _library,
    "layout": _layout,
    "columns": _columns,
    "sort": _sort,
    "export": _export,
}
_OF_THE_SCREEN: Mapping[str, Callable[[Checks, object, Vocabulary], Any]] = {
    "theme": _theme,
    "keys": checked_keys,
}
