"""One table of a TOML text: what it means, and its lines with one field changed.

Every change is read again before it counts: it must mean the same with only that field changed.
"""

import json
import re
from collections.abc import Callable, Iterator
from typing import Any

from paperbrowse.bookmarks.record import Data, emit, value_text
from paperbrowse.text.clean import clean

BRACKET = re.compile(r"^[ \t]*\[.*$", re.MULTILINE)
HEADER = re.compile(r"""[ \t]*\[(\[?)[ \t]*((?:"[^"]*"|'[^']*'|[^\[\]#="'])+)\](\]?)[ \t\r]*(?:\#.*)?$""")
_PLAIN_HEADER = re.compile(r"(?:\[[A-Za-z0-9_-]+\]|\[\[[A-Za-z0-9_-]+\]\])[ \t\r]*(?:\#.*)?$")
FORBIDDEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]|\r(?!\n)")
"""What may stand nowhere in TOML, not even in a comment."""
_STATEMENT = re.compile(r"([A-Za-z0-9_-]+) = ")
_NUMBER = re.compile(r"(?:0|[1-9][0-9]{0,17})(?:\.[0-9]+)?(?=\n)")
_NOT_ALIKE = re.compile(r"\\u[dD]|\\/|\x7f")  # what JSON takes and TOML does not
_scan: Callable[[str, int], tuple[Any, int]] = getattr(json.JSONDecoder(), "scan_once")  # noqa: B009


class Damaged(Exception):
    """The text is no TOML, or only a part of the file that was written."""


def with_value(part: str, name: str, value: object) -> str:
    """A table's text with that field set; comments stay.

    The result is read again and must mean the same with only that field changed; else, which no layout is
    known to cause, the table is written anew from what it means.
    """
    header, data = table_of(part)
    if data.get(name) == value and name in data:
        return part
    wanted = data | {name: value}
    for changed in (_with_value(part, name, value), f"{header}\n{emit(wanted).partition(chr(10))[2]}"):
        try:
            if table_of(changed) == (header, wanted):
                return changed
        except Damaged:
            continue
    raise Damaged(f"{name} cannot be written")


def _with_value(part: str, name: str, value: object) -> str:
    statement = f"{name} = {value_text(value)}"
    if _plain_table(part) is not None and (found := part.find(f"\n{name} = ")) >= 0:
        return part[: found + 1] + statement + part[part.index("\n", found + 1) :]
    last = 0
    for start, end, names in _statements(part):
        if names is None:  # a table inside this one begins: what follows would be its fields
            break
        last = end
        if names == name:
            return part[:start] + _with_comments(part[start:end], statement) + part[end:]
    last = last or _body(part)
    return part[:last] + statement + "\n" + part[last:]


def _statements(part: str) -> Iterator[tuple[int, int, str | None]]:
    """Where the statements of a table stand and the key of each; None for the header of an inner table."""
    from tomllib import TOMLDecodeError, loads

    position = _body(part)
    while position < len(part):
        end = part.find("\n", position) + 1 or len(part)
        line = part[position:end].strip()
        if line.startswith("["):
            yield position, end, None
        elif line and not line.startswith("#"):
            while True:
                try:
                    found = loads(part[position:end])
                    break
                except TOMLDecodeError:
                    if end >= len(part):
                        return
                    end = part.find("\n", end) + 1 or len(part)
            yield position, end, next(iter(found), "")
        position = end


def _body(part: str) -> int:
    """Where the line after the table's header begins."""
    header = BRACKET.search(part)
    return len(part) if header is None else min(header.end() + 1, len(part))


def _with_comments(old: str, statement: str) -> str:
    """`statement` in place of `old`, with the comments that stood in `old` and its end of line."""
    from tomllib import TOMLDecodeError, loads

    ending = "\r\n" if old.endswith("\r\n") else "\n"
    body = old.rstrip("\r\n")
    indent = body[: len(body) - len(body.lstrip(" \t"))]
    meaning = loads(old)
    above: list[str] = []
    if "\n" in body and not re.search("\"{3}|'{3}", body):
        # An array over several lines: its comments go above, for it becomes one line.
        tokens = re.findall(r"""\"(?:[^"\\\n]|\\.)*\"|'[^'\n]*'|\#[^\r\n]*""", body)
        above = [token for token in tokens if token.startswith("#")]
        return "".join(f"{indent}{line}{ending}" for line in (*above, statement))
    last = body.rfind("\n") + 1
    for found in re.finditer(r"[ \t]*#", body[last:]):
        try:
            if loads(body[: last + found.start()]) == meaning:
                return indent + statement + body[last + found.start() :] + ending
        except TOMLDecodeError:
            continue
    return indent + statement + ending


def table_of(part: str) -> tuple[str, Data]:
    """The header line and the fields of the one table that `part` is.

    Raises:
        Damaged: it is not one table.
    """
    header = BRACKET.search(part)
    data = _plain_table(part)
    if data is None:
        found = list(whole(part).values())
        table = found[0][0] if len(found) == 1 and isinstance(found[0], list) and len(found[0]) == 1 else None
        table = found[0] if len(found) == 1 and isinstance(found[0], dict) else table
        if not isinstance(table, dict):
            raise Damaged("a table of its own was expected")
        data = table
    return header[0] if header else "", data


def _plain_table(part: str) -> Data | None:
    """The fields of a table in the form this program writes; None when a TOML parser is needed."""
    if _NOT_ALIKE.search(part) or not part.endswith("\n"):
        return None
    position = part.find("\n") + 1
    if _PLAIN_HEADER.match(part, 0, position - 1) is None or FORBIDDEN.search(part, 0, position):
        return None
    data: Data = {}
    while position < len(part):
        found = _STATEMENT.match(part, position)
        if found is None:
            return None
        start = found.end()
        value, end = _plain_value(part, start)
        if end < 0 or part[end : end + 1] != "\n" or found[1] in data:
            return None
        data[found[1]] = value
        position = end + 1
    return data


def _plain_value(part: str, start: int) -> tuple[Any, int]:
    """The value at `start` and its end, which is -1 when it is nothing that JSON and TOML write alike."""
    first = part[start : start + 1]
    if first.isdigit():
        found = _NUMBER.match(part, start)
        if found is None:
            return None, -1
        return (float if "." in found[0] else int)(found[0]), found.end()
    if first not in {'"', "[", "t", "f"}:
        return None, -1
    try:
        value, end = _scan(part, start)
    except (StopIteration, ValueError, RecursionError):
        return None, -1
    if isinstance(value, list) and not all(isinstance(item, str) for item in value):
        return None, -1
    return value, end


def whole(text: str) -> Data:
    """What a TOML parser reads.

    Raises:
        Damaged: it cannot; the message names line and column.
    """
    from tomllib import loads

    try:
        return loads(text)
    except (ValueError, RecursionError) as error:
        what = "too deeply nested" if isinstance(error, RecursionError) else clean(str(error))
        raise Damaged(what) from None


def split_core(text: str) -> tuple[str, str]:
    """The lines of a table up to its last statement, and the blank and comment lines after it."""
    end = len(text)
    while end:
        start = text.rfind("\n", 0, end - 1) + 1
        line = text[start:end].strip()
        if line and not line.startswith("#"):
            break
        end = start
    return text[:end], text[end:]
