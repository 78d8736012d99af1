"""The program's own exports: JSON, JSON Lines and CSV, every field under the name that the model has for it.

What a person added to a bookmark (tags, status, the note) is not the paper's and stays out.
"""

import csv
import io
from collections.abc import Iterator
from dataclasses import fields
from typing import Any, get_args

from paperbrowse.model import Paper, Problem, Provenance, Reading, Source
from paperbrowse.readers.document import Document
from paperbrowse.readers.json_records import Shape, records
from paperbrowse.readers.published import valid
from paperbrowse.text.patterns import regex

NAME = "paperbrowse"

_JSON = regex(r'"title_from"\s*:\s*"')
_HEADER = regex(r"(?:[a-z_]+,)*title_from(?:,[a-z_]+)*")
_MADE_ELSEWHERE = {"key", "date", "source", "cited_as", "known_as"}
_FIELDS = {field.name: field.default for field in fields(Paper) if field.name not in _MADE_ELSEWHERE}
_PROVENANCES = get_args(Provenance)


def sniff(head: str) -> bool:
    """Whether the text has a name that no other format has."""
    start = head.lstrip("\n\ufeff ")
    if start[:1] in ("[", "{"):
        return _JSON.search(head) is not None
    return _HEADER.fullmatch(start.partition("\n")[0]) is not None


def read(document: Document) -> Reading:
    """Every record as a paper."""
    reading = Reading()
    start = document.text.lstrip("\n\ufeff ")[:1]
    found = records(document, (), reading.problems) if start in ("[", "{") else _rows(document)
    for line, record in found:
        paper = _paper(Shape(record, document.path, line, reading.problems), document.path)
        if paper is not None:
            reading.papers.append(paper)
        else:
            excerpt = str(record.get("key") or "")[:60]
            reading.problems.append(Problem(document.path, line, "the paper has no title", excerpt))
    return reading


def _rows(document: Document) -> Iterator[tuple[int, dict[str, object]]]:
    """The rows of a table, each cell as what it was before it was one."""
    rows = csv.DictReader(io.StringIO(document.text.removeprefix("\ufeff"), newline=""))
    line = 2
    for row in rows:
        yield line, {name: _uncelled(name, cell) for name, cell in row.items() if name and cell}
        line = rows.line_num + 1


def _uncelled(name: str, cell: object) -> object:
    text = cell if isinstance(cell, str) else ""
    default = _FIELDS.get(name)
    if isinstance(default, bool):
        return text == "true"
    # An apostrophe keeps a spreadsheet from running what follows.
    text = text[1:] if text[:1] == "'" and text[1:2] in ("=", "+", "-", "@", "|") else text
    if isinstance(default, tuple):
        return text.split("; ")
    return float(text) if name == "score" and text.replace(".", "", 1).isdigit() else text


def _paper(record: Shape, path: str) -> Paper | None:
    if not record.text("title"):
        return None
    values: dict[str, Any] = {}
    for name, default in _FIELDS.items():
        value = _value(record, name, default)
        if value is not None:
            values[name] = value
    date = valid(*(record.number(part) for part in ("year", "month", "day")))
    source = Source(path, record.line, NAME)
    return Paper(**values, date=date, source=source, cited_as=record.text("key") or None)


def _value(record: Shape, name: str, default: object) -> object:
    """A field as the model has it; None for what is not there, or is something else."""
    if isinstance(default, tuple):
        return tuple(record.texts(name)) or None
    stated = record.get(name)
    if isinstance(default, bool):
        return stated if isinstance(stated, bool) else None
    if name == "score":
        return stated if isinstance(stated, float) else record.number(name)
    text = record.text(name)
    if name in ("title_from", "year_from"):
        return text if text in _PROVENANCES else None
    return text or None
