"""The table `[keys]`: which keys a person gives to which command, and which of them clash."""

from collections.abc import Mapping

from paperbrowse.settings.checks import Checks
from paperbrowse.settings.model import KeyTarget, Vocabulary
from paperbrowse.text.slips import asked
from paperbrowse.toml_text import KeyPath

Keys = tuple[str, ...]
"""The keys of one command."""


def checked_keys(checks: Checks, table: object, vocabulary: Vocabulary) -> dict[str, Keys] | None:
    """The keys that differ from the usual ones: the preset's, then those set one by one."""
    if not isinstance(table, dict):
        checks.complain(("keys",), 'must be a table: a line "[keys]" with commands and their keys below')
        return None
    commands = vocabulary.commands
    preset: dict[str, Keys] = {}
    own: dict[str, Keys] = {}
    for name, value in table.items():
        path = ("keys", name)
        if name == "preset":
            if chosen := checks.one_of(path, value, vocabulary.presets):
                preset = {command: tuple(of.split(",")) for command, of in vocabulary.presets[chosen].items()}
        elif name not in commands:
            checks.unknown(path, "command", ("preset", *commands))
        elif (names := _key_names(checks, path, value, vocabulary)) is not None:
            own[name] = names
    base = {name: preset.get(name, target.keys) for name, target in commands.items()}
    chosen_keys = _without_clashes(checks, base, own, commands)
    return {name: keys for name, keys in chosen_keys.items() if keys != commands[name].keys}


def _key_names(checks: Checks, path: KeyPath, value: object, vocabulary: Vocabulary) -> Keys | None:
    items = [value] if isinstance(value, str) else value
    if not isinstance(items, list) or not all(isinstance(item, str) for item in items):
        checks.complain(path, 'must be a key or a list of keys, such as "ctrl+b" or ["b", "space"]')
        return None
    names = []
    for item in filter(None, items):
        name = vocabulary.key_name(item)
        if name is None:
            written = 'keys are written "b", "B", "ctrl+b", "f2", "space"'
            hint = asked(item, vocabulary.key_names, written)
            checks.complain(path, f"no key is called {item!r}; {hint}")
            return None
        names.append(name)
    return tuple(dict.fromkeys(names))


def _without_clashes(
    checks: Checks, base: Mapping[str, Keys], own: Mapping[str, Keys], commands: Mapping[str, KeyTarget]
) -> dict[str, Keys]:
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
                checks.complain(
                    ("keys", name),
                    f"{key!r} is the key of {other!r} too; give that one another key, "
                    f"or take it off with {other} = []",
                )
                keys[name] = base[name]
                refused = True
    return keys


def _clash(name: str, keys: Mapping[str, Keys], commands: Mapping[str, KeyTarget]) -> tuple[str, str] | None:
    """A key of that command which another command has where both work, and the other command."""
    for other, target in commands.items():
        if other != name and target.panes & commands[name].panes:
            for key in keys[name]:
                if key in keys[other] and key not in commands[name].always:
                    return key, other
    return None
