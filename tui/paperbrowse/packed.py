"""A paper as a line of JSON, and back: what it does not fill is left out."""

import json
from collections.abc import Callable
from dataclasses import MISSING, astuple, fields
from operator import attrgetter
from typing import Any

from paperbrowse.model import Paper, PartialDate, Source

_FIELDS = tuple(field for field in fields(Paper) if field.name not in ("key", "date", "source"))
_NAMES = tuple(field.name for field in _FIELDS)
_DEFAULTS = tuple(object() if field.default is MISSING else field.default for field in _FIELDS)
_TUPLES = frozenset(field.name for field in _FIELDS if isinstance(field.default, tuple))
_values: Callable[[Paper], tuple[object, ...]] = attrgetter(*_NAMES)


def pack(paper: Paper) -> bytes:
    """All of a paper but its citation key, in UTF-8."""
    values: dict[str, object] = {
        name: value
        for name, value, default in zip(_NAMES, _values(paper), _DEFAULTS, strict=True)
        if value is not default and value != default
    }
    values["date"] = astuple(paper.date)
    values["source"] = astuple(paper.source)
    return json.dumps(values, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")


def unpack(text: str, key: str = "") -> Paper:
    """The paper that was packed, with that citation key."""
    values: dict[str, Any] = json.loads(text)
    for name in _TUPLES.intersection(values):
        values[name] = tuple(values[name])
    values["date"] = PartialDate(*values["date"])
    values["source"] = Source(*values["source"])
    return Paper(key=key, **values)
