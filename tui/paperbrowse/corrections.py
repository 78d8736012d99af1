"""What is known better than the sources say: `corrections.toml`, kept apart from them.

Each record has a table named by its `identity`, never by file and line:

    ["abstract:1c4b69e3a0df0d2f84a6a9d7"]
    source = "ACL Anthology 2023.findings-acl.651"
    title = "Tab-CoT: Zero-shot Tabular Chain of Thought"
    authors = ["Jin Ziqi", "Wei Lu"]

A file of that name comes with the bundled pages; another, in the folder of the settings, is the person's own.
"""

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from paperbrowse.config import CORRECTIONS
from paperbrowse.files import write_whole
from paperbrowse.identity import identities, identity, with_identities_of
from paperbrowse.model import Paper, PartialDate, Problem
from paperbrowse.text.clean import clean
from paperbrowse.text.patterns import regex
from paperbrowse.toml_text import with_table

FILE_NAME = CORRECTIONS
BY_HAND = "corrected by hand"

Value = str | int | list[str]

_TEXTS = (
    "title", "venue", "entry_type", "pages", "volume", "number", "publisher", "address", "abstract", "doi",
    "arxiv", "anthology", "category", "series", "edition", "chapter", "organization", "event", "genre",
    "isbn", "issn", "page_total", "language", "short_title", "remark", "annotation", "accessed",
)  # fmt: skip
_NAMES = ("authors", "editors")
_OTHER_LISTS = ("urls", "affiliations", "keywords", "venue_names")
LISTS = (*_NAMES, *_OTHER_LISTS)
"""Those of `FIELDS` that may have several values, typed with ";" between them."""
_NUMBERS = {"year": (1, 9999), "month": (1, 12), "day": (1, 31)}
FIELDS: tuple[str, ...] = (
    "title", *_NAMES, "year", "month", "day", *_TEXTS[1:], *_OTHER_LISTS,
)  # fmt: skip
"""What can be corrected, by the names that the file and the command line use."""

_AND_OTHERS = regex(r"(?i)(?:and\s+)?(?:others|et\.? ?al\.?)")
_AND = regex(r"\s*;\s*|\s+and\s+")


class CorrectionError(ValueError):
    """A correction that cannot be made, and why."""


@dataclass(frozen=True, slots=True)
class Correction:
    """The values for one record, by field, and where they are from."""

    values: Mapping[str, Value]
    source: str = BY_HAND


@dataclass(slots=True)
class Corrections:
    """Corrections by identity, and what was wrong in their files."""

    by_identity: dict[str, list[Correction]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)


def read_corrections(paths: Iterable[Path]) -> Corrections:
    """What the files say; of two that correct the same field the later wins. A missing file says nothing."""
    found = Corrections()
    for path in paths:
        try:
            tables = tomllib.loads(path.read_text("utf-8"))
        except (FileNotFoundError, NotADirectoryError):
            continue
        except OSError as error:
            found.problems.append(Problem(str(path), 0, f"cannot be read: {error.strerror}"))
            continue
        except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
            found.problems.append(Problem(str(path), 0, f"not valid TOML: {error}"))
            continue
        for name, table in tables.items():
            correction = _correction(name, table, str(path), found.problems)
            if correction.values:
                found.by_identity.setdefault(name, []).append(correction)
    return found


def apply(papers: Sequence[Paper], corrections: Corrections) -> list[Paper]:
    """The papers with what is corrected in them; `Paper.corrected` and `Paper.correction` tell of it.

    A correction may give a paper another identity, a DOI say; corrections of that one are applied too.
    """
    if not corrections.by_identity:
        return list(papers)
    return [_applied(paper, corrections.by_identity) for paper in papers]


def set_correction(folder: Path, paper: Paper, name: str, value: str | None) -> None:
    """Write into `corrections.toml` of `folder` that a field of `paper` is `value`; None takes that back.

    Several values are separated by ";", names by "and" too, addresses by a blank alone; "and others" leaves
    the byline open. The file is replaced in one step, and what else stands in it stays, comments included.

    Raises:
        CorrectionError: there is no such field, the value does not fit it, or the file is not valid TOML.
        OSError: the file cannot be written.
    """
    path = folder / FILE_NAME
    parsed = correction_value(name, value)
    try:
        text = path.read_text("utf-8")
        tables = tomllib.loads(text)
    except FileNotFoundError:
        text, tables = "", {}
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise CorrectionError(f"{path}: not valid TOML, so nothing was changed: {error}") from error
    folder.mkdir(parents=True, exist_ok=True)
    write_whole(path, _with_field(text, tables, paper, name, parsed))


def correction_value(name: str, value: str | None) -> Value | None:
    """What a person typed for a field, as it is written; None takes a correction back.

    Raises:
        CorrectionError: there is no such field, or the value does not fit it.
    """
    if name not in FIELDS:
        raise CorrectionError(f"{name}: no such field; there are {', '.join(FIELDS)}")
    return None if value is None else _parsed(name, value)


def _with_field(text: str, tables: Mapping[str, Any], paper: Paper, name: str, value: Value | None) -> str:
    """The text of the file with a field of `paper` set, or with none of it where the value is None.

    A corrected title, year or id gives the paper another identity, so that what was said of it stands in a
    table of an earlier one; what is said now goes there too, for only that one is sure to be met again.
    """
    known = [key for key in identities(paper) if isinstance(tables.get(key), dict)]
    target = known[-1] if known else identity(paper)
    for key in dict.fromkeys((*known, target)):
        table = {field: said for field, said in tables.get(key, {}).items() if field != name}
        if key == target and value is not None:
            table[name] = value
        if table != tables.get(key, {}):
            text = with_table(text, tomllib.loads(text), key, table)
    return text


def _correction(name: str, table: object, path: str, problems: list[Problem]) -> Correction:
    """The usable values of a table; the others become problems."""
    if not isinstance(table, dict):
        problems.append(Problem(path, 0, "every correction is a table named by a paper's identity", name))
        return Correction({})
    source = table.get("source", BY_HAND)
    values: dict[str, Value] = {}
    for key, value in table.items():
        if key == "source":
            continue
        found = _checked(key, value)
        if found is None:
            what = f"{key}: {_expected(key)}" if key in FIELDS else f"{key}: no such field"
            problems.append(Problem(path, 0, what, name, lost=False))
        else:
            values[key] = found
    return Correction(values, clean(source) if isinstance(source, str) else BY_HAND)


def _checked(name: str, value: object) -> Value | None:
    """The value, clean, if it fits the field."""
    if name in _TEXTS and isinstance(value, str):
        return clean(value)
    if name in LISTS and isinstance(value, list) and all(isinstance(item, str) for item in value):
        return [text for item in value if (text := clean(item))]
    if name in _NUMBERS and isinstance(value, int) and not isinstance(value, bool):
        lowest, highest = _NUMBERS[name]
        return value if lowest <= value <= highest else None
    return None


def _expected(name: str) -> str:
    if name in _NUMBERS:
        lowest, highest = _NUMBERS[name]
        return f"must be a whole number from {lowest} to {highest}"
    return "must be a list of texts" if name in LISTS else "must be a text"


def _parsed(name: str, value: str) -> Value:
    """What a person typed, as the field's value."""
    typed: object = clean(value)
    if name in _NAMES:
        typed = [part for part in _AND.split(clean(value)) if part]
    elif name == "urls":
        # An address may have a semicolon of its own, but no blank.
        typed = [url for part in clean(value).split() if (url := part.removesuffix(";"))]
    elif name in LISTS:
        typed = clean(value).split(";")
    elif name in _NUMBERS:
        typed = int(value) if value.strip().isdecimal() else value
    found = _checked(name, typed)
    if found is None:
        raise CorrectionError(f"{name}: {_expected(name)}, not {value!r}")
    return found


def _applied(paper: Paper, corrections: Mapping[str, Sequence[Correction]]) -> Paper:
    seen: set[str] = set()
    while (name := identity(paper)) not in seen and name in corrections:
        seen.add(name)
        for correction in corrections[name]:
            paper = _corrected(paper, correction)
    return paper


def _corrected(paper: Paper, correction: Correction) -> Paper:
    values = correction.values
    changes: dict[str, object] = {
        name: values[name] if name in ("title", "abstract") else values[name] or None
        for name in _TEXTS
        if name in values
    }
    names = [name for name in FIELDS if name in values]
    if "title" in values:
        changes["title_from"] = "corrected"
    for name in _OTHER_LISTS:
        if name in values:
            changes[name] = tuple(_listed(values[name]))
    for role in _NAMES:
        if role in values:
            listed = _listed(values[role])
            people = tuple(name for name in listed if not _AND_OTHERS.fullmatch(name))
            changes[role] = people
            known = bool(people) or role == "editors"
            changes[f"{role}_complete"] = known and len(people) == len(listed)
    if not values.keys().isdisjoint(_NUMBERS):
        changes["date"] = _date(paper.date, values)
        changes["year_from"] = "corrected" if "year" in values else paper.year_from
        names = ["date" if name == "year" else name for name in names if name not in ("month", "day")]
        names = names if "date" in names else [*names, "date"]
    by = {name: paper.correction_of(name) or "" for name in paper.corrected}
    before = by.get("date", "")
    by |= dict.fromkeys(names, correction.source)
    if "date" in names and "year" not in values and before:
        # The year is from elsewhere than the rest of the date.
        by["date"] = before if before.endswith(correction.source) else f"{before}; {correction.source}"
    corrected = replace(paper, **changes).corrected_as(by)  # type: ignore[arg-type]
    return with_identities_of(corrected, [paper])


def _listed(value: Value) -> list[str]:
    return value if isinstance(value, list) else [str(value)]


def _date(known: PartialDate, values: Mapping[str, Value]) -> PartialDate:
    """The date with its corrected parts; a corrected month takes an uncorrected day away."""
    parts = {name: value for name, value in values.items() if name in _NUMBERS and isinstance(value, int)}
    day = parts.get("day") if "month" in parts else parts.get("day", known.day)
    month = parts.get("month", known.month)
    return PartialDate(parts.get("year", known.year), month, day if month else None)
