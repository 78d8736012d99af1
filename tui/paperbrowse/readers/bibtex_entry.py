"""A BibTeX, biblatex, or similar entry's fields as a paper."""

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from sys import intern
from typing import Any

from paperbrowse.model import VOLUMES, Paper, PartialDate, Problem, Provenance, Source
from paperbrowse.readers.ids import (
    ARXIV_SUBJECT,
    anthology_of,
    arxiv_of,
    doi_in_address,
    doi_of,
    short_doi_address,
)
from paperbrowse.readers.links import urls
from paperbrowse.readers.people import complete, spoken, turned
from paperbrowse.readers.published import date_of, day_text, month_of, valid
from paperbrowse.readers.supplied import heading
from paperbrowse.readers.tex_text import from_tex
from paperbrowse.readers.told import paper_of_record, said_in_note, said_of
from paperbrowse.text.clean import clean
from paperbrowse.text.ordinals import edition_number

FORMAT = "BibTeX"

_TYPES = {
    "collection": "book", "conference": "inproceedings", "electronic": "misc", "mvbook": "book",
    "mvcollection": "book", "mvproceedings": "proceedings", "online": "misc", "preprint": "misc",
    "report": "techreport", "thesis": "phdthesis", "www": "misc",
}  # fmt: skip
_PRINTED_IN = ("booktitle", "journaltitle", "journal", "maintitle")
_ISSUED_BY = ("school", "institution", "howpublished")
_HELD_BY = ("proceedings", "manual", "dataset")
"""Types whose venue is the organization; of others it is what held or sponsored them besides."""
_VENUES = {
    "book": _PRINTED_IN,
    "misc": (*_PRINTED_IN, "howpublished", "school", "institution"),
    **dict.fromkeys(_HELD_BY, (*_PRINTED_IN, "organization", *_ISSUED_BY)),
}
"""Where a type's venue is looked for, where that is not everywhere."""
_PREPRINT = "arXiv preprint"
"""What the program's own exports say of where a preprint is."""
_EVERYWHERE = (*_PRINTED_IN, *_ISSUED_BY)
_FURTHER = {
    "series": "series", "edition": "edition", "chapter": "chapter", "isbn": "isbn", "issn": "issn",
    "eventtitle": "event", "pagetotal": "page_total", "numpages": "page_total", "language": "language",
    "langid": "language", "hyphenation": "language", "shorttitle": "short_title", "urldate": "accessed",
    "annote": "annotation", "annotation": "annotation", "type": "genre",
}  # fmt: skip
"""What else is kept of an entry, and its name there."""
_GENRES = {
    "phdthesis": None, "phd thesis": None, "ph.d. thesis": None, "mathesis": None, "master's thesis": None,
    "masters thesis": None, "master’s thesis": None, "techreport": None, "technical report": None,
    "resreport": "Research report", "bathesis": "Bachelor’s thesis", "candthesis": "Candidate thesis",
    "software": "Computer software", "datacd": "CD-ROM", "audiocd": "Audio CD", "patent": None,
}  # fmt: skip
"""biblatex's words for a `type`, and what says no more than the entry's type does."""
_STATES = {
    "inpreparation": "in preparation", "submitted": "submitted", "forthcoming": "forthcoming",
    "inpress": "in press", "toappear": "to appear", "accepted": "accepted", "prepublished": "pre-published",
}  # fmt: skip
_AND = re.compile(r"(?i)\s+and(?=\s)|^\s*and(?=\s)|\s+and\s*$")
_BRACE_OR_AND = re.compile(r"[{}]|\s+and\s+(?=\S)", re.IGNORECASE)
_WHOLE_GROUP = re.compile(r"\{(?:[^{}]|\{[^{}]*\})*\}")
_EXTENDED = re.compile(r"\b(given|family|prefix|suffix)\s*=\s*\{?([^,{}=]*)\}?", re.IGNORECASE)
_YEAR = re.compile(r"(?<!\d)\d{4}(?!\d)")
_NUMBERS = re.compile(r"\d+\s*[-‐‑–—−]+\s*\d+")
_DASHES = re.compile(r"\s*[-‐‑–—−]+\s*")
_URL_COMMAND = re.compile(r"\\(?:url|href|path)\s*\{([^{}]*)\}")
_ADDRESS = re.compile(r"https?://\S+")
_ONLY_ADDRESS = re.compile(r"\s*(?:https?://\S+|\\(?:url|path)\s*\{[^{}]*\})\.?\s*")
_ADDRESS_SIGNS = ("://", "www.", ".com/", ".co/", ".ms/", ".org/")
_UNESCAPED = re.compile(r"\\([%_&#~$])")


def paper_of(
    kind: str, key: str, fields: Mapping[str, str], path: str, line: int, problems: list[Problem]
) -> Paper | None:
    """The paper of an entry; None (and a problem) where it has neither title nor abstract."""
    get = fields.get
    abstract = from_tex(get("abstract", "") or get("annotation_abstract", ""))
    title = from_tex(get("title", ""))
    if "subtitle" in fields:
        title = f"{title}: {from_tex(fields['subtitle'])}" if title else from_tex(fields["subtitle"])
    found = heading(title, abstract)
    if found is None:
        problems.append(Problem(path, line, "the entry has no title", f"@{kind}{{{key}"))
        return None
    further, said = _further(fields)
    entry_type = _entry_type(kind, further, fields)
    note, told = said_in_note(_note(fields))
    authors, is_complete = byline(get("author", ""))
    editors, all_editors = _editors(get("editor") or told.get("editor", ""), get("editortype", ""))
    date, year_from = _date(fields)
    if date.year is None and (get("year") or get("date")):
        what = f"no year to be found in {get('year') or get('date')!r}"
        problems.append(Problem(path, line, what, key, lost=False))
    addresses = _addresses(fields)
    doi = doi_of(_plain(get("doi", ""))) or next(filter(None, map(doi_in_address, addresses)), None)
    arxiv = _arxiv(fields, addresses, doi)
    venue, venue_field = _venue(fields, entry_type)
    category, keywords = _subjects(fields)
    if venue == _PREPRINT and (arxiv or ARXIV_SUBJECT.fullmatch(category or "")):
        venue = None
    stated = {
        "pages": page_range(from_tex(get("pages") or get("eid") or told.get("pages", ""))),
        "series": from_tex(told.get("series", "")),
        "chapter": from_tex(told.get("chapter", "")),
        "edition": edition_number(from_tex(told.get("edition", ""))),
        **further,
    }
    return paper_of_record(
        said,
        title=found[0],
        title_from=found[1],
        year_from=year_from,
        entry_type=intern(entry_type),
        category=category,
        venue=venue,
        volume=from_tex(get("volume") or told.get("volume", "")),
        number=issue_number(from_tex(get("number") or get("issue") or told.get("number", ""))),
        publisher=_interned(get("publisher") or told.get("publisher", "")),
        address=_interned(get("address") or get("location") or get("venue") or ""),
        organization=_organization(fields, venue_field),
        remark=from_tex(note),
        authors=authors,
        authors_complete=is_complete or bool(editors and not authors and entry_type in VOLUMES),
        editors=editors,
        editors_complete=all_editors,
        date=date,
        abstract=abstract,
        urls=tuple(dict.fromkeys((*addresses, *linked(abstract)))),
        doi=doi,
        arxiv=arxiv,
        anthology=next(filter(None, map(anthology_of, (*addresses, doi or ""))), None),
        keywords=keywords,
        source=Source(path, line, FORMAT),
        cited_as=clean(key) or None,
        **stated,
    )


def _further(fields: Mapping[str, str]) -> tuple[dict[str, Any], dict[str, Any]]:
    """The fields that need no more than their TeX taken off, and what an annotation tells of others."""
    found: dict[str, Any] = {}
    said: dict[str, Any] = {}
    for name, value in fields.items():
        kept_as = _FURTHER.get(name)
        if kept_as and kept_as not in found and (text := from_tex(value)):
            found[kept_as] = intern(text)
    if "edition" in found:
        found["edition"] = edition_number(found["edition"])
    if "accessed" in found:
        found["accessed"] = day_text(date_of(found["accessed"])) or found["accessed"]
    if "annotation" in found:
        found["annotation"], said = said_of(found["annotation"])
    return found, said


def _entry_type(kind: str, further: dict[str, Any], fields: Mapping[str, str]) -> str:
    """The type as BibTeX calls it; `further` loses a genre that says the same."""
    entry_type = _TYPES.get(kind, kind)
    stated = fields.get("type", "").strip("{} ").lower()
    if entry_type == "phdthesis" and stated.startswith(("master", "mathesis", "msc", "diplom")):
        entry_type = "mastersthesis"
    if stated in _GENRES:
        further.pop("genre", None)
        if genre := _GENRES[stated]:
            further["genre"] = genre
    return entry_type


def _note(fields: Mapping[str, str]) -> str:
    """What is printed behind the reference, unless that is an address and nothing else."""
    state = (fields.get("pubstate") or fields.get("year", "")).strip("{} ")
    state = _STATES.get(state.lower().replace(" ", ""), state if "pubstate" in fields else "")
    parts = (fields.get("note", ""), fields.get("addendum", ""), state)
    return "; ".join(part.strip() for part in parts if part.strip() and not _ONLY_ADDRESS.fullmatch(part))


def _organization(fields: Mapping[str, str], venue_field: str) -> str | None:
    for name in ("organization", "institution", "school"):
        if name != venue_field and fields.get(name):
            return _interned(fields[name])
    return None


def _subjects(fields: Mapping[str, str]) -> tuple[str | None, tuple[str, ...]]:
    """arXiv's own subject, and the keywords, of which that may be one."""
    category = clean(fields.get("primaryclass") or fields.get("eprintclass") or "") or None
    text = fields.get("keywords", "") or fields.get("keyword", "")
    if not text:
        return category, ()
    joined = from_tex(text)
    words = [word.strip() for word in joined.split(";" if ";" in joined and "," not in joined else ",")]
    if category is None and ARXIV_SUBJECT.fullmatch(words[0]):
        category = intern(words[0])
    return category, tuple(dict.fromkeys(intern(word) for word in words if word and word != category))


def byline(text: str) -> tuple[tuple[str, ...], bool]:
    """The names of an author field, and whether they are all ("and others" says no)."""
    if not text.strip():
        return (), False
    return complete([name for part in _names(" ".join(text.split())) if (name := _name(part))])


@lru_cache(maxsize=4096)
def _editors(text: str, role: str) -> tuple[tuple[str, ...], bool]:
    """The editors; none where biblatex's `editortype` says that they are compilers, founders or the like."""
    if not text.strip() or role.strip("{} ").lower() not in ("", "editor"):
        return (), True
    return byline(text)


def _names(text: str) -> Sequence[str]:
    """The text between the `and`s that stand in no braces."""
    if "{" not in text:
        parts = [part.strip() for part in _AND.split(text)]
    else:
        parts, depth, start = [], 0, 0
        for match in _BRACE_OR_AND.finditer(text):
            if match[0] == "{":
                depth += 1
            elif match[0] == "}":
                depth -= 1
            elif not depth:
                parts.append(text[start : match.start()])
                start = match.end()
        parts.append(text[start:])
    if len(parts) == 1 and "{" not in text:
        return _one_list(parts[0])
    return parts


def _one_list(text: str) -> Sequence[str]:
    """Names that were separated by semicolons, or by commas alone, against BibTeX's rules."""
    if ";" in text and "\\" not in text:
        return [part for part in text.split(";") if part.strip()]
    parts = [part.strip() for part in text.split(",")]
    if len(parts) > 2 and all(" " in part for part in parts):
        return parts
    return [text]


@lru_cache(maxsize=65536)
def _name(text: str) -> str:
    text = text.strip()
    if _WHOLE_GROUP.fullmatch(text) and not text.startswith("{\\"):
        return intern(from_tex(text))
    if "=" in text and (parts := {key.lower(): value for key, value in _EXTENDED.findall(text)}):
        return spoken(*(from_tex(parts.get(part, "")) for part in ("given", "family", "prefix", "suffix")))
    return turned(from_tex(text))


def _date(fields: Mapping[str, str]) -> tuple[PartialDate, Provenance]:
    stated = fields.get("date", "").strip("{} ")
    if stated:
        found = date_of(stated)
        if found.year:
            return found, "inferred" if stated[-1] in "?~%" else "stated"
    text = fields.get("year", "")
    match = _YEAR.search(text)
    if match is None:
        return valid(None), "stated"
    month_text = from_tex(fields.get("month", ""))
    month = month_of(month_text) if month_text else None
    day = re.search(r"\d{1,2}", month_text) if month and not month_text.isdigit() else None
    number = fields.get("day", "").strip("{} ") or (day[0] if day else "")
    provenance: Provenance = "inferred" if text.strip("{} ")[-1:] == "?" else "stated"
    return valid(int(match[0]), month, int(number) if number.isdecimal() else None), provenance


def _venue(fields: Mapping[str, str], entry_type: str) -> tuple[str | None, str]:
    """Where it was published, and the field that says so."""
    for name in _VENUES.get(entry_type, _EVERYWHERE):
        value = fields.get(name)
        if value and "\\url" not in value and "://" not in value:
            return _interned(value), name
    return None, ""


@lru_cache(maxsize=16384)
def _interned(text: str) -> str | None:
    return from_tex(text) or None


def page_range(text: str) -> str | None:
    """Pages with one hyphen between first and last."""
    return (text if text.isalnum() else _DASHES.sub("-", text).strip(" -")) or None


def issue_number(text: str) -> str:
    """Numbers with one hyphen between first and last; a report's own number as it stands."""
    return _DASHES.sub("-", text) if _NUMBERS.fullmatch(text) else text


def linked(abstract: str) -> tuple[str, ...]:
    """The addresses in an abstract; most have none, which is seen without a regular expression."""
    return urls(abstract) if "/" in abstract and any(sign in abstract for sign in _ADDRESS_SIGNS) else ()


def _plain(text: str) -> str:
    """An address or id without TeX's escapes and braces."""
    return clean(_UNESCAPED.sub(r"\1", text).replace("{", "").replace("}", "")) if text else ""


def _addresses(fields: Mapping[str, str]) -> tuple[str, ...]:
    found = []
    for name in ("url", "howpublished", "note", "ee", "link"):
        value = fields.get(name)
        if value and (name == "url" or "://" in value):
            command = _URL_COMMAND.search(value)
            text = _plain(command[1] if command else value)
            found += [address.rstrip(".,;") for address in _ADDRESS.findall(text)]
    if short := short_doi_address(fields.get("doi", "")):
        found.append(short)
    return tuple(dict.fromkeys(found))


def _arxiv(fields: Mapping[str, str], addresses: Sequence[str], doi: str | None) -> str | None:
    eprint = fields.get("eprint", "")
    if eprint:
        kind = (fields.get("archiveprefix") or fields.get("eprinttype") or "").lower()
        found = arxiv_of(eprint, bare=kind in ("", "arxiv"))
        if found:
            return found
    texts = [fields.get(name, "") for name in ("journal", "volume", "note", "howpublished", "number")]
    return next(filter(None, (arxiv_of(text) for text in (*addresses, doi or "", *texts) if text)), None)
