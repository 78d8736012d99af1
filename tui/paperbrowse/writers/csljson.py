"""CSL-JSON, what citation processors take (schema: docs.citationstyles.org).

Types and fields as the CSL 1.0.2 specification has them (appendices III and IV): a preprint is an "article"
whose publisher is the repository and whose number is the one it has there, as Zotero maps its own preprints;
a thesis is published by its university. `archive` stays out: APA and Chicago would print "arXiv. arXiv."
"""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from paperbrowse.model import Paper
from paperbrowse.text.clean import clean
from paperbrowse.text.latex import to_terminal
from paperbrowse.text.names import split_name
from paperbrowse.writers.common import (
    THESES,
    Entry,
    ExportOptions,
    Report,
    caveat,
    is_on_arxiv,
    links,
    page_range,
    place_of,
    subject,
)

_TYPES = {
    "inproceedings": "paper-conference",
    "conference": "paper-conference",
    "article": "article-journal",
    "incollection": "chapter",
    "inbook": "chapter",
    "book": "book",
    "proceedings": "book",
    "phdthesis": "thesis",
    "mastersthesis": "thesis",
    "techreport": "report",
}
_ISSUED_BY_ITS_VENUE = ("thesis", "report")
FIELDS = (
    *(
        "id",
        "type",
        "title",
        "author",
        "editor",
        "issued",
        "container-title",
        "volume",
        "issue",
        "page",
        "genre",
    ),
    *("publisher", "publisher-place", "DOI", "URL", "number", "keyword", "abstract"),
    "note",
)
"""The names that an item can have."""


def render(entries: Sequence[Entry], options: ExportOptions) -> Report:
    """One array of items."""
    items = [csl_item(entry, options) for entry in entries]
    if options.fields:
        chosen = {"id", "type", *filter(options.wants, FIELDS)}
        items = [{name: value for name, value in item.items() if name in chosen} for item in items]
    return Report(text=json.dumps(items, ensure_ascii=False, indent=2) + "\n", entries=len(items))


def csl_item(entry: Entry, options: ExportOptions) -> dict[str, Any]:
    """The item of one paper; what is not known is left out. CSL has no mark for an incomplete list of
    names: it ends in "others", as pandoc writes it."""
    paper = entry.paper
    kind = _TYPES.get(paper.entry_type or "", "document" if paper.venue else "article")
    venue, publisher = to_terminal(paper.venue or ""), to_terminal(paper.publisher or "")
    if kind in _ISSUED_BY_ITS_VENUE and not publisher:
        venue, publisher = "", venue
    archived = is_on_arxiv(paper)
    eprint = f"arXiv:{paper.arxiv}" if paper.arxiv else ""
    keywords = ([subject(paper.category)] if paper.category else []) + (
        list(entry.tags) if options.keywords else []
    )
    remarks = [
        caveat(paper, options),
        "" if archived else eprint,
        clean(entry.note) if options.note else "",
    ]
    item: dict[str, Any] = {
        "id": paper.key,
        "type": kind,
        "title": to_terminal(paper.title),
        "author": _people(paper.authors, paper.authors_complete),
        "editor": _people(paper.editors, paper.editors_complete),
        "issued": _issued(paper, options),
        "container-title": venue,
        "volume": paper.volume,
        "issue": paper.number,
        "page": page_range(paper),
        "genre": THESES.get(paper.entry_type or ""),
        "publisher": publisher or ("arXiv" if archived else ""),
        "publisher-place": to_terminal(place_of(paper)),
        "DOI": paper.doi,
        "URL": next(iter(links(paper)), None),
        "number": eprint if archived else "",
        "keyword": ", ".join(keywords),
        "abstract": to_terminal(paper.abstract) if options.abstract else None,
        "note": " ".join(filter(None, remarks)),
    }
    return {name: value for name, value in item.items() if value}


def _people(names: Sequence[str], complete: bool) -> list[dict[str, str]]:
    people = [_person(name) for name in names]
    if people and not complete:
        people.append({"literal": "others"})
    return people


def _person(name: str) -> dict[str, str]:
    parts = split_name(to_terminal(name))
    if parts.whole:
        return {"literal": parts.family}
    person: Mapping[str, str] = {
        "family": parts.family,
        "given": parts.given,
        "non-dropping-particle": parts.particle,
        "suffix": parts.suffix,
    }
    return {part: value for part, value in person.items() if value}


def _issued(paper: Paper, options: ExportOptions) -> dict[str, Any] | None:
    date = paper.date
    if not date.year:
        return None
    parts = [
        date.year,
        *([date.month] if date.month else []),
        *([date.day] if date.month and date.day else []),
    ]
    issued: dict[str, Any] = {"date-parts": [parts]}
    if options.mark_inferred and paper.year_from == "inferred":
        issued["circa"] = True
    return issued
