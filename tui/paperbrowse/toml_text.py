"""Where things stand in the text of a TOML file, and changes to it that leave the rest as a person wrote it.

Everything here expects text that `tomllib` accepts.
"""

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from paperbrowse.text.patterns import regex

KeyPath = tuple[str, ...]

_BLANK = regex(r"(?:[ \t\r\n]|#[^\n]*)*")
_SPACE = regex(r"[ \t]*")
_STRING = regex(
    r'"""(?:[^"\\]|\\[\s\S]|"(?!""))*"{3,5}'
    r"|'''(?:[^']|'(?!''))*'{3,5}"
    r'|"(?:[^"\\\n]|\\.)*"'
    r"|'[^'\n]*'"
)
_BARE = regex(r"[A-Za-z0-9_-]+")


@dataclass(frozen=True, slots=True)
class Place:
    """A key and its value in the text, as offsets; for a table's heading the value is empty."""

    start: int
    value_start: int
    value_end: int


def places(text: str) -> dict[KeyPath, Place]:
    """Where each key and each table's heading stands; keys inside inline tables are not looked at."""
    found: dict[KeyPath, Place] = {}
    table: KeyPath = ()
    position = _skip(_BLANK, text, 0)
    while position < len(text):
        start = position
        if text[position] == "[":
            brackets = 2 if text.startswith("[[", position) else 1
            table, position = _key(text, _skip(_SPACE, text, position + brackets))
            position += brackets
            found.setdefault(table, Place(start, position, position))
        else:
            key, position = _key(text, position)
            value = _skip(_SPACE, text, position + 1)
            position = _end_of_value(text, value)
            found.setdefault(table + key, Place(start, value, position))
        position = _skip(_BLANK, text, position)
    return found


def line_number(text: str, offset: int) -> int:
    """The line, counted from 1, that `offset` is in."""
    return text.count("\n", 0, offset) + 1


def _skip(pattern: re.Pattern[str], text: str, position: int) -> int:
    match = pattern.match(text, position)
    return match.end() if match else position


def _key(text: str, position: int) -> tuple[KeyPath, int]:
    """A dotted key and the offset of the `=` or `]` behind it."""
    parts: list[str] = []
    while True:
        match = _BARE.match(text, position)
        if match:
            parts.append(match[0])
        else:
            match = _STRING.match(text, position)
            if match is None:
                return tuple(parts), position
            parts.append(_string(match[0]))
        position = _skip(_SPACE, text, match.end())
        if not text.startswith(".", position):
            return tuple(parts), position
        position = _skip(_SPACE, text, position + 1)


def _string(literal: str) -> str:
    return str(tomllib.loads(f"x = {literal}")["x"])


def _end_of_value(text: str, position: int) -> int:
    """The end of the value that begins at `position`: behind its last character, blanks left out."""
    depth = 0
    end = position
    while position < len(text):
        character = text[position]
        if (match := _STRING.match(text, position)) is not None:
            position = end = match.end()
            continue
        if character == "#" or (character in ",]}" and depth == 0):
            if depth == 0:
                return end
            position = text.find("\n", position) if "\n" in text[position:] else len(text)
            continue
        if character == "\n" and depth == 0:
            return end
        depth += (character in "[{") - (character in "]}")
        position += 1
        if not character.isspace():
            end = position
            if depth == 0 and character in "]}":
                return end
    return end


def elements(text: str, array: Place) -> list[tuple[int, int]]:
    """The start and end of each element of an array."""
    found = []
    position = _skip(_BLANK, text, array.value_start + 1)
    while text[position] != "]":
        end = _end_of_value(text, position)
        found.append((position, end))
        position = _skip(_BLANK, text, end)
        if text[position] == ",":
            position = _skip(_BLANK, text, position + 1)
    return found


class EditError(ValueError):
    """The text is laid out in a way that cannot be changed here; the message says what to do."""


def append_to_array(text: str, name: str, item: str) -> str:
    """`text` with the string `item` at the end of the top-level array `name`, made if it is not there.

    Raises:
        EditError: the outcome would not say what it should.
    """
    before = tomllib.loads(text)
    found = places(text).get((name,))
    literal = quoted(item)
    after = _appended(text, found, literal) if found else _with_new_key(text, f"{name} = [{literal}]")
    return _proved(after, before, name, [*before.get(name, []), item])


def remove_from_array(text: str, name: str, index: int) -> str:
    """`text` without the element of that number in the top-level array `name`.

    Raises:
        EditError: the outcome would not say what it should.
    """
    before = tomllib.loads(text)
    array = places(text)[(name,)]
    items: list[object] = before[name]
    after = _without(text, elements(text, array), index)
    return _proved(after, before, name, [*items[:index], *items[index + 1 :]])


def quoted(item: str) -> str:
    """`item` as a TOML string: literal where that reads better, as with the backslashes of Windows."""
    if "\\" in item and "'" not in item and item.isprintable():
        return f"'{item}'"
    escapes = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t", "\r": "\\r"}
    return '"' + "".join(escapes.get(char) or _escaped(char) for char in item) + '"'


def _escaped(character: str) -> str:
    return character if character.isprintable() else f"\\U{ord(character):08x}"


def with_table(text: str, tables: Mapping[str, object], key: str, table: Mapping[str, object]) -> str:
    """`text`, which reads as `tables`, with the table `key` replaced, added, or left out where it is empty.

    Comments and other tables stay as they are, unless the table is written in a way that lines do not show:
    then the whole text is written anew.
    """
    import tomli_w

    wanted = {**tables, key: table}
    block = tomli_w.dumps({key: table})
    if not table:
        del wanted[key]
        block = ""
    header = tomli_w.dumps({key: {}}).strip()
    lines = text.splitlines(keepends=True)
    start = next((number for number, line in enumerate(lines) if line.strip() == header), len(lines))
    end = next((n for n in range(start + 1, len(lines)) if lines[n].startswith(("[", "#"))), len(lines))
    gap = "\n" if start == len(lines) and text and block else ""
    if gap and not text.endswith("\n"):
        gap = "\n\n"
    edited = "".join(lines[:start]) + gap + block + ("\n" if block and end < len(lines) else "")
    edited += "".join(lines[end:])
    try:
        if tomllib.loads(edited) == wanted:
            return edited
    except tomllib.TOMLDecodeError:
        pass  # written in a way that lines do not show
    return tomli_w.dumps(wanted)


def _proved(text: str, before: Mapping[str, object], name: str, wanted: Sequence[object]) -> str:
    """`text`, when it reads as `before` with `wanted` under `name`."""
    try:
        same = tomllib.loads(text) == {**before, name: list(wanted)}
    except tomllib.TOMLDecodeError:
        same = False
    if not same:
        raise EditError(f"{name} is written in a way that only you can change; edit the file yourself")
    return text


def _with_new_key(text: str, line: str) -> str:
    """`text` with a top-level line behind the other top-level keys, else before everything."""
    root_ends = [place.value_end for path, place in _root_keys(text)]
    if not root_ends:
        return f"{line}\n" + (f"\n{text}" if text.strip() else "")
    end = text.find("\n", max(root_ends))
    if end < 0:
        return f"{text}\n{line}\n"
    return f"{text[: end + 1]}{line}\n{text[end + 1 :]}"


def _root_keys(text: str) -> Iterator[tuple[KeyPath, Place]]:
    """Keys that stand before the first table's heading."""
    for path, place in places(text).items():
        if text[place.start] == "[":
            return
        yield path, place


def _appended(text: str, array: Place, literal: str) -> str:
    if not text.startswith("[", array.value_start):
        raise EditError("it is not a list; edit the file yourself")
    items = elements(text, array)
    if not items:
        return text[: array.value_start + 1] + literal + text[array.value_start + 1 :]
    start, end = items[-1]
    behind = _skip(_BLANK, text, end)
    comma = text[behind] == ","
    line_start = text.rfind("\n", 0, start) + 1
    indent = text[line_start:start]
    line_end = text.find("\n", behind + 1 if comma else end, array.value_end)
    if indent.strip() or line_end < 0:
        place = behind + 1 if comma else end
        return f"{text[:place]}{' ' if comma else ', '}{literal}{text[place:]}"
    new_line = f"\n{indent}{literal},"
    separator = "" if comma else ","
    return f"{text[:end]}{separator}{text[end:line_end]}{new_line}{text[line_end:]}"


def _without(text: str, items: Sequence[tuple[int, int]], index: int) -> str:
    start, end = items[index]
    behind = _skip(_BLANK, text, end)
    if text[behind] == ",":
        end = behind + 1
    line_start = text.rfind("\n", 0, start) + 1
    line_end = text.find("\n", end)
    if not text[line_start:start].strip() and re.fullmatch(r"[ \t\r]*(?:#.*)?", text[end:line_end]):
        return text[:line_start] + text[line_end + 1 :]
    if end == behind + 1:
        return text[:start] + text[_skip(_SPACE, text, end) :]
    if index:
        return text[: items[index - 1][1]] + text[end:]
    return text[:start] + text[end:]
