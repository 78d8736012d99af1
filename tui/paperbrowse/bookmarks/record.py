"""A bookmark as the table of `bookmarks.toml` that holds it, and back."""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date, time
from typing import Any, get_args

from paperbrowse.identity import identity
from paperbrowse.model import (
    NOWHERE,
    UNDATED,
    Bookmark,
    Paper,
    PartialDate,
    Provenance,
    ReadingStatus,
    Source,
)
from paperbrowse.text.clean import clean, clean_lines
from paperbrowse.text.fold import letters

Data = dict[str, Any]
"""A bookmark's table as a TOML parser gives it."""

STATUSES: tuple[ReadingStatus, ...] = get_args(ReadingStatus)
_PROVENANCES: tuple[Provenance, ...] = get_args(Provenance)
_PLAIN = tuple(field for field in fields(Paper) if field.name not in {"key", "title", "date", "source"})
_SOURCE = ("source", "source_line", "source_format")
# ISO 8601 as far as it is known; without a year as vCard writes it: "--04-17".
_DATE = re.compile(r"(?:(\d{1,4})|-)(?:-(\d{1,2})(?:-(\d{1,2}))?)?", re.ASCII)


@dataclass(slots=True, eq=False)
class Kept:
    """A bookmark with its TOML text, if it has one in the file; two are the same when they are one object."""

    bookmark: Bookmark
    text: str | None = None
    problems: tuple[str, ...] = ()
    _identity: str | None = None

    @property
    def identity(self) -> str:
        """The paper's identity, computed once."""
        if self._identity is None:
            self._identity = identity(self.bookmark.paper)
        return self._identity

    def changed(self, bookmark: Bookmark) -> "Kept":
        """The same record with other tags, note or status."""
        return Kept(bookmark, None, self.problems, self._identity)


def to_data(bookmark: Bookmark) -> Data:
    """The table of `bookmark`: what a person said of it, then the fields of the paper that say something."""
    paper = bookmark.paper
    data: Data = {
        "key": paper.key,
        "added": bookmark.added,
        "status": bookmark.status,
        "tags": list(bookmark.tags),
        "note": bookmark.note,
        "title": paper.title,
    }
    for field in _PLAIN:
        value = getattr(paper, field.name)
        if value != field.default and value == value:  # a NaN says nothing either
            data[field.name] = list(value) if isinstance(value, tuple) else value
        if field.name == "authors_complete" and paper.date != UNDATED:
            data["date"] = date_text(paper.date)
    if paper.source != NOWHERE:
        data |= zip(_SOURCE, (paper.source.path, paper.source.line, paper.source.format), strict=True)
    return data


def from_data(data: Mapping[str, Any]) -> Kept:
    """The bookmark that a table means, its text made safe; what it cannot mean is said in `problems`."""
    reader = _Reader(data)
    values: Data = {}
    for field in _PLAIN:
        if field.name in data:
            values[field.name] = reader.value(field.name, field.default)
    key = reader.text("key")
    title = reader.text("title")
    if not title:
        reader.problems.append("it has no title")
        title, values["title_from"] = f"[Untitled: {key or 'no key'}]", "derived"
    line = data.get("source_line", 0)
    source = Source(
        _safe_path(data.get("source", "")), line if isinstance(line, int) else 0, reader.text("source_format")
    )
    paper = Paper(key=key, title=title, date=reader.date(), source=source, **values)
    if not key:
        paper = replace(paper, key=made_key(paper))
    note = data.get("note", "")
    if not isinstance(note, str):
        reader.problems.append("note: must be text")
        note = ""
    bookmark = Bookmark(
        paper=paper,
        added=reader.added(),
        tags=clean_tags(reader.texts("tags")),
        note=clean_lines(note),
        status=reader.status(),
    )
    return Kept(bookmark, problems=tuple(reader.problems))


class _Reader:
    """Fields of one table, each taken as what it should be; what it is not goes to `problems`."""

    def __init__(self, data: Mapping[str, Any]) -> None:
        self.data = data
        self.problems: list[str] = []

    def value(self, name: str, default: object) -> Any:
        value = self.data[name]
        if isinstance(default, tuple):
            return self.texts(name)
        if isinstance(default, bool):
            return value if isinstance(value, bool) else self._wrong(name, "true or false", default)
        if name == "score":
            number = isinstance(value, (int, float)) and not isinstance(value, bool)
            return float(value) if number else self._wrong(name, "a number", default)
        if default in _PROVENANCES:
            right = f"one of {_quoted(_PROVENANCES)}"
            return value if value in _PROVENANCES else self._wrong(name, right, default)
        return self.text(name) or default

    def text(self, name: str) -> str:
        value = self.data.get(name, "")
        if isinstance(value, int) and not isinstance(value, bool):
            return str(value)
        return clean(value) if isinstance(value, str) else self._wrong(name, "text in quotes", "")

    def texts(self, name: str) -> tuple[str, ...]:
        value = self.data.get(name, [])
        if isinstance(value, str):
            value = [value]
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            self._wrong(name, 'a list of texts, such as ["a", "b"]')
            return ()
        return tuple(text for text in map(clean, value) if text)

    def status(self) -> ReadingStatus:
        value = self.data.get("status", "")
        for status in STATUSES:
            if value == status:
                return status
        self._wrong("status", f"one of {_quoted(STATUSES[1:])}")
        return ""

    def added(self) -> str:
        value = self.data.get("added", "")
        return clean(value) if isinstance(value, str) else clean(str(value)).replace(" ", "T")

    def date(self) -> PartialDate:
        if "date" not in self.data:
            return UNDATED
        date = parse_date(str(self.data["date"]))
        return date if date is not None else self._wrong("date", 'a date such as "2023-07-27"', UNDATED)

    def _wrong(self, name: str, right: str, default: Any = None) -> Any:
        self.problems.append(f"{name}: must be {right}")
        return default


def date_text(date: PartialDate) -> str:
    """`date` as far as it is known: "2023-07-27", "2023-07", "2023", "--07-27"."""
    text = "-" if date.year is None else f"{date.year:04}"
    if date.month is not None:
        text += f"-{date.month:02}"
        if date.day is not None:
            text += f"-{date.day:02}"
    return text


def parse_date(text: str) -> PartialDate | None:
    """What `date_text` wrote, or a full date and time by hand; None when it is no date."""
    found = _DATE.fullmatch(re.split(r"[T ]", text.strip(), maxsplit=1)[0])
    if not found:
        return None
    year, month, day = (int(part) if part else None for part in found.groups())
    if (month is not None and not 1 <= month <= 12) or (day is not None and not 1 <= day <= 31):
        return None
    return PartialDate(year, month, day)


def clean_tags(tags: Sequence[str]) -> tuple[str, ...]:
    """Tags made safe, each once, in their order."""
    return tuple(dict.fromkeys(tag for tag in map(clean, tags) if tag))


def made_key(paper: Paper) -> str:
    """A key for a record written by hand without one: the same for the same record."""
    name = letters(paper.credited[0].rpartition(" ")[2]) if paper.credited else ""
    word = next((word for word in map(letters, paper.title.split()) if len(word) > 3), "")
    made = re.sub(r"[^a-z0-9]", "", f"{name}{paper.date.year or ''}{word}")
    return made or re.sub(r"[^a-z0-9]", "", identity(paper))[:24] or "paper"


def emit(data: Mapping[str, Any]) -> str:
    """The TOML text of a table, one line a field, but for a note of several lines."""
    lines = ["[[bookmark]]"]
    lines += [f"{bare_key(name)} = {value_text(value)}" for name, value in data.items()]
    return "\n".join(lines) + "\n"


def bare_key(name: str) -> str:
    """`name` as a TOML key."""
    return name if re.fullmatch(r"[A-Za-z0-9_-]+", name) else quoted(name)


def value_text(value: object) -> str:
    """`value` in TOML, on one line but for a text of several."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return _block(value) if "\n" in value else quoted(value)
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(value_text(item) for item in value) + "]"
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{bare_key(name)} = {value_text(item)}" for name, item in value.items()) + "}"
    if isinstance(value, (date, time)):
        return value.isoformat()
    return repr(value)


def quoted(text: str) -> str:
    """`text` as a TOML basic string. JSON's escapes are TOML's too, but for DEL, which TOML wants escaped."""
    safe = text.encode("utf-8", "replace").decode("utf-8")
    return json.dumps(safe, ensure_ascii=False).replace("\x7f", "\\u007F")


def _block(text: str) -> str:
    """`text` as a multi-line basic string, readable as it is."""
    lines = (quoted(line)[1:-1].replace('\\"', '"') for line in text.split("\n"))
    body = re.sub(r'"(?="|\Z)', r'\\"', "\n".join(lines))
    return f'"""\n{body}"""'


def _quoted(values: Sequence[str]) -> str:
    return ", ".join(f'"{value}"' for value in values)


def _safe_path(path: object) -> str:
    """A file's path: shown like other text, but with its own blanks while they are only blanks."""
    text = path if isinstance(path, str) else ""
    return text if text.isprintable() and text.isascii() else clean(text)
