"""The records of a JSON or JSON Lines file, one at a time, each with its line.

The standard library's decoder is used because it can start anywhere in a text (`raw_decode`), which gives
line numbers, keeps what stands before a break, and never holds more than one record; orjson reads only whole
texts, and its speed is not what a file waits for here.
"""

import json
import re
from collections.abc import Collection, Generator, Iterator

from paperbrowse.model import Problem
from paperbrowse.readers.document import Document
from paperbrowse.text.clean import clean

_BLANK = re.compile(r"[ \t\r\n]*")
_BLANK_OR_COMMA = re.compile(r"[ \t\r\n,]*")
_SHOWN = 60


_Records = Generator[tuple[int, dict[str, object]], None, int]


class _End(Exception):
    """Nothing more can be read, with the reason, and the place."""

    def __init__(self, what: str, place: int) -> None:
        super().__init__(what)
        self.what = what
        self.place = place


def records(
    document: Document, containers: Collection[str], problems: list[Problem]
) -> Iterator[tuple[int, dict[str, object]]]:
    """Every record with the number of its first line.

    Those are the objects of the outermost array, of an array that is the value of one of `containers` in the
    outermost object, or of the lines; else the outermost object itself.
    """
    return _Walk(document.path, document.text.removeprefix("\ufeff"), containers, problems).run()


class _Walk:
    def __init__(self, path: str, text: str, containers: Collection[str], problems: list[Problem]) -> None:
        self._path = path
        self._text = text
        self._containers = containers
        self._problems = problems
        self._decoder = json.JSONDecoder()
        self._counted = (0, 1)

    def run(self) -> Iterator[tuple[int, dict[str, object]]]:
        """The records; what ends the walk too early becomes a problem."""
        start = place = self._skip(0)
        try:
            while place < len(self._text):
                if self._text[place] == "[":
                    place = yield from self._array(place)
                elif place == start and self._text[place] == "{" and (inner := self._container(place)) >= 0:
                    yield from self._array(inner)
                    return
                else:
                    place = yield from self._element(place, "\n")
                place = self._skip(place, _BLANK_OR_COMMA)
        except _End as end:
            self._report(end.place, end.what)

    def _array(self, place: int) -> _Records:
        """The objects of the array that opens at `place`; returns the place behind it."""
        place = self._skip(place + 1)
        indent = self._text[self._text.rfind("\n", 0, place) + 1 : place]
        border = f"\n{indent}{{" if not indent.strip() else "\n{"
        while True:
            if place >= len(self._text):
                raise _End("the file ends inside a list", place)
            if self._text[place] == "]":
                return place + 1
            place = yield from self._element(place, border)
            place = self._skip(place, _BLANK_OR_COMMA)

    def _element(self, place: int, border: str) -> _Records:
        """The value at `place`, if it is an object; returns the place behind it. Broken, it costs itself:
        reading goes on where the next one opens in a line of its own."""
        try:
            value, end = self._decoder.raw_decode(self._text, place)
        except (ValueError, RecursionError) as error:
            following = self._text.find(border, place + 1)
            if following < 0:
                raise _End(_in_words(error) + "; nothing after it can be read", place) from error
            self._report(place, _in_words(error))
            return following + 1
        if isinstance(value, dict):
            yield self._line(place), value
        elif value is not None:
            self._report(place, f"{_kind(value)} stands where a record is expected")
        return end

    def _container(self, place: int) -> int:
        """Where the array of records opens in the object at `place`; -1 if it has none."""
        place = self._skip(place + 1)
        while place < len(self._text) and self._text[place] == '"':
            try:
                key, place = self._decoder.raw_decode(self._text, place)
                place = self._skip(place)
                if self._text[place : place + 1] != ":":
                    return -1
                place = self._skip(place + 1)
                if key in self._containers:
                    if self._text[place : place + 1] == "[":
                        return place
                    if key == "message" and self._text[place : place + 1] == "{":
                        return self._container(place)
                _, place = self._decoder.raw_decode(self._text, place)
            except (ValueError, RecursionError):
                return -1
            place = self._skip(place, _BLANK_OR_COMMA)
        return -1

    def _skip(self, place: int, what: re.Pattern[str] = _BLANK) -> int:
        match = what.match(self._text, place)
        return match.end() if match else place

    def _line(self, place: int) -> int:
        counted, line = self._counted if self._counted[0] <= place else (0, 1)
        line += self._text.count("\n", counted, place)
        self._counted = (place, line)
        return line

    def _report(self, place: int, what: str) -> None:
        excerpt = clean(self._text[place : place + _SHOWN])
        self._problems.append(Problem(self._path, self._line(place), what, excerpt))


def _in_words(error: Exception) -> str:
    if isinstance(error, json.JSONDecodeError):
        return f"not JSON: {error.msg[:1].lower()}{error.msg[1:]} in line {error.lineno}"
    return "not JSON that can be read: " + (
        "nested too deeply" if isinstance(error, RecursionError) else str(error)
    )


def _kind(value: object) -> str:
    names = {str: "a text", int: "a number", float: "a number", bool: "true or false", list: "a list"}
    return names.get(type(value), "something else")


class Shape:
    """A record's values by kind; a value of another kind is left out, which is a problem (a detail)."""

    def __init__(self, record: dict[str, object], path: str, line: int, problems: list[Problem]) -> None:
        self._record = record
        self._path = path
        self.line = line
        self._problems = problems

    def text(self, *names: str) -> str:
        """The first value of `names` that is there, as clean text; a list gives its first text."""
        for name in names:
            value = self._record.get(name)
            if isinstance(value, list) and value:
                value = value[0]
            if isinstance(value, str):
                if value:
                    return clean(value)
            elif isinstance(value, int | float) and not isinstance(value, bool):
                return str(value)
            elif value:
                self._wrong(name, "a text", value)
        return ""

    def items(self, name: str) -> list[dict[str, object]]:
        """The objects of a list."""
        value = self._record.get(name)
        if value is None:
            return []
        if isinstance(value, dict):
            return [value]
        if not isinstance(value, list):
            self._wrong(name, "a list", value)
            return []
        wrong = next((item for item in value if item is not None and not isinstance(item, dict)), None)
        if wrong is not None:
            self._wrong(name, "a list of objects", wrong)
        return [item for item in value if isinstance(item, dict)]

    def texts(self, name: str) -> list[str]:
        """The texts of a list."""
        value = self._record.get(name)
        if isinstance(value, str):
            return [clean(value)]
        return [clean(item) for item in value if isinstance(item, str)] if isinstance(value, list) else []

    def inner(self, name: str) -> "Shape":
        """An object's own values; none where there is no object."""
        value = self._record.get(name)
        if value and not isinstance(value, dict):
            self._wrong(name, "an object", value)
        return Shape(value if isinstance(value, dict) else {}, self._path, self.line, self._problems)

    def number(self, name: str) -> int | None:
        """A whole number, also one that is written as text."""
        value = self._record.get(name)
        if isinstance(value, str) and value.strip().isdecimal() and len(value) < 10:
            return int(value)
        if isinstance(value, float) and value.is_integer():
            return int(value)
        return value if isinstance(value, int) and not isinstance(value, bool) else None

    def get(self, name: str) -> object:
        """The value as it is."""
        return self._record.get(name)

    def _wrong(self, name: str, expected: str, value: object) -> None:
        what = f"{name!r} should be {expected}, but is {_kind(value)}; it is left out"
        self._problems.append(Problem(self._path, self.line, what, lost=False))
