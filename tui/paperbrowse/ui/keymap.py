"""Other keys for the commands: how a person writes a key, the presets, and the table with the keys set."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from paperbrowse.settings import KeyTarget, Vocabulary
from paperbrowse.ui.commands import COMMANDS, LIST_COMMANDS, Command

UNBOUND = "unbound"
"""A key that no keyboard has: Textual takes an empty list of keys for "as before"."""

PRESETS: Mapping[str, Mapping[str, str]] = {
    "vim": {
        "page-down": "pagedown,ctrl+d,ctrl+f",
        "page-up": "pageup,ctrl+u,ctrl+b",
        "redo": "ctrl+r,U",
        "back": "ctrl+o,left_square_bracket",
        "mark-range": "V,v",
    },
    "emacs": {
        "line-down": "down,ctrl+n",
        "line-up": "up,ctrl+p",
        "page-down": "pagedown,ctrl+v",
        "page-up": "pageup,alt+v",
        "first": "home,less_than_sign,alt+less_than_sign",
        "last": "end,greater_than_sign,alt+greater_than_sign",
        "go-in": "enter,right,ctrl+f",
        "go-out": "left,ctrl+b",
        "filter": "ctrl+s,slash",
        "clear": "escape,ctrl+g",
        "undo": "ctrl+underscore,u",
        "copy": "alt+w,y",
        "palette": "alt+x",
        "help": "f1,question_mark",
    },
}

_ALWAYS: Mapping[str, tuple[str, ...]] = {"quit": ("ctrl+q",)}
_MODIFIERS = {"c": "ctrl", "control": "ctrl", "m": "alt", "meta": "alt", "option": "alt", "s": "shift"}
_NAMES = {
    "esc": "escape", "pgdn": "pagedown", "pgup": "pageup", "del": "delete", "ins": "insert",
    "return": "enter", "spc": "space", "bs": "backspace", "↓": "down", "↑": "up", "←": "left", "→": "right",
}  # fmt: skip
_SHOWN = {
    "down": "↓", "up": "↑", "left": "←", "right": "→", "pagedown": "PgDn", "pageup": "PgUp", "escape": "Esc",
    "delete": "Del", "insert": "Ins", "backspace": "Backspace",
}  # fmt: skip


def key_name(text: str) -> str | None:
    """Textual's name of a key as a person writes it: "?", "B", "ctrl+b", "Ctrl-B", "C-b", "PgDn", "f2"."""
    from textual.keys import _character_to_key

    if not text:
        return None
    if len(text) == 1:
        return _NAMES.get(text) or _character_to_key(text)
    separator = "+" if "+" in text[:-1] else "-"
    *modifiers, key = text.split(separator) if text[:-1].count(separator) else [text]
    if not key:
        modifiers, key = modifiers[:-1], separator
    held = {_MODIFIERS.get(name.lower(), name.lower()) for name in modifiers}
    if not held <= {"ctrl", "alt", "shift"}:
        return None
    if len(key) > 1:
        key = _NAMES.get(key.lower(), key.lower())
        if key not in _base_names():
            return None
    elif key.isalpha() and "shift" in held and "ctrl" not in held:
        held.discard("shift")
        key = key.upper()
    else:
        key = _character_to_key(key.lower() if "ctrl" in held else key)
    return "+".join([*sorted(held), key])


def _base_names() -> frozenset[str]:
    """Names of keys without modifiers that Textual tells apart."""
    from textual.keys import KEY_NAME_REPLACEMENTS, Keys

    named = {key.value.rpartition("+")[2] for key in Keys if not key.value.startswith("<")}
    signs = {
        "question_mark",
        "left_square_bracket",
        "right_square_bracket",
        "apostrophe",
        "colon",
        "semicolon",
    }
    signs |= {"quotation_mark", "comma", "less_than_sign", "greater_than_sign", "equals_sign", "full_stop"}
    return frozenset(name for name in named | signs | {*KEY_NAME_REPLACEMENTS.values()} if len(name) > 1)


def shown_key(name: str) -> str:
    """A key of Textual's as a person reads it: "Ctrl-B", "/", "PgDn"."""
    from textual.keys import format_key

    *modifiers, key = name.split("+")
    sign = key if key in ("space", "tab", "enter") else format_key(key)
    text = _SHOWN.get(key) or (sign if len(sign) == 1 and not modifiers else sign.capitalize())
    return "-".join([*(modifier.capitalize() for modifier in modifiers), text])


def rebound(commands: Sequence[Command], keys: Mapping[str, tuple[str, ...]]) -> tuple[Command, ...]:
    """`commands`, those that `keys` names with other keys."""
    return tuple(
        replace(command, keys=",".join(names), shown=" ".join(map(shown_key, names)))
        if (names := keys.get(command.id)) is not None
        else command
        for command in commands
    )


def textual_keymap(keys: Mapping[str, tuple[str, ...]]) -> dict[str, str]:
    """`keys` as `App.set_keymap` takes them."""
    return {command: ",".join(names) or UNBOUND for command, names in keys.items()}


def vocabulary() -> Vocabulary:
    """What settings may name: themes, commands, keys."""
    from textual.keys import Keys
    from textual.theme import BUILTIN_THEMES

    from paperbrowse.ui.themes import OWN_THEMES

    return Vocabulary(
        themes=frozenset({*BUILTIN_THEMES, *(theme.name for theme in OWN_THEMES)}),
        commands={
            command.id: KeyTarget(
                keys=tuple(command.keys.split(",")),
                panes=frozenset(command.panes),
                always=_ALWAYS.get(command.id, ()),
            )
            for command in (*COMMANDS, *LIST_COMMANDS)
        },
        presets=PRESETS,
        key_name=key_name,
        key_names=frozenset(key.value for key in Keys if not key.value.startswith("<")),
    )
