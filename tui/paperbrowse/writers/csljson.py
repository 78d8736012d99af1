"""CSL-JSON, what citation processors take (schema: docs.citationstyles.org).

Types and fields as the CSL 1.0.2 specification has them (appendices III and IV): a preprint is an "article"
whose publisher is the repository and whose number is the one it has there, as Zotero maps its own preprints;
a thesis is published by its university. `archive` stays out: APA and Chicago would print "arXiv. arXiv."
"""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from paperbrowse.model import Paper, PartialDate
from paperbrowse.readers.csljson import TYPES as TYPES_READ
from paperbrowse.readers.published import date_of
from paperbrowse.text.clean import clean
from paperbrowse.text.latex import to_terminal
from paperbrowse.text.names import split_name
from paperbrowse.writers.common import (
    THESES,
    Entry,
    ExportOptions,
    Report,
    caveat,
    further_links,
    is_on_arxiv,
    keywords_of,
    labelled,
    links,
    page_range,
    place_of,
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
    "unpublished": "manuscript",
    "booklet": "pamphlet",
    "dataset": "dataset",
    "software": "software",
    "patent": "patent",
    "manual": "document",
}
_ISSUED_BY_ITS_VENUE = ("thesis", "report")
_NUMBERED = ("report", "patent")
"""What has a number of its own and is no part of a numbered issue."""
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
    *("collection-title", "edition", "chapter-number", "number-of-pages", "ISBN", "ISSN", "event-title"),
    *("language", "title-short", "accessed", "note", "annote"),
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
    is_numbered = kind in _NUMBERED and not archived
    url = next(iter(links(paper)), "")
    annotations = (
        paper.annotation or "",
        caveat(paper, options),
        *labelled(_unplaced(paper, kind), further_links(paper, url)),
        clean(entry.note) if options.note else "",
    )
    item: dict[str, Any] = {
        "id": paper.key,
        "type": kind,
        "title": to_terminal(paper.title),
        "author": _people(paper.authors, paper.authors_complete),
        "editor": _people(paper.editors, paper.editors_complete),
        "issued": _issued(paper, options),
        "container-title": venue,
        "volume": paper.volume,
        "issue": "" if is_numbered else paper.number,
        "page": page_range(paper),
        "genre": to_terminal(paper.genre or "") or THESES.get(paper.entry_type or ""),
        "publisher": publisher or ("arXiv" if archived else ""),
        "publisher-place": to_terminal(place_of(paper)),
        "DOI": paper.doi,
        "URL": url,
        "number": paper.number if is_numbered else eprint if archived else "",
        "keyword": ", ".join(keywords_of(entry, options)),
        "abstract": to_terminal(paper.abstract) if options.abstract else None,
        "collection-title": to_terminal(paper.series or ""),
        "edition": to_terminal(paper.edition or ""),
        "chapter-number": paper.chapter,
        "number-of-pages": paper.page_total,
        "ISBN": paper.isbn,
        "ISSN": paper.issn,
        "event-title": to_terminal(paper.event or ""),
        "language": paper.language,
        "title-short": to_terminal(paper.short_title or ""),
        "accessed": _accessed(paper),
        "note": " ".join(filter(None, (to_terminal(paper.remark or ""), "" if archived else eprint))),
        "annote": " ".join(filter(None, annotations)),
    }
    return {name: value for name, value in item.items() if value}


def _unplaced(paper: Paper, kind: str) -> dict[str, str | None]:
    """What CSL has no word for."""
    is_read_as = (
        "mastersthesis" if "aster" in (paper.genre or THESES.get(paper.entry_type or "", "")) else None
    )
    is_read_as = is_read_as if kind == "thesis" and is_read_as else TYPES_READ.get(kind, "misc")
    stated = paper.entry_type if paper.entry_type not in ("conference", is_read_as) else None
    return {
        "organization": paper.organization,
        "entry_type": stated,
        "accessed": None if date_of(paper.accessed or "").year else paper.accessed,
    }


def _accessed(paper: Paper) -> dict[str, Any] | None:
    date = date_of(paper.accessed or "")
    return _date_parts(date) if date.year else None


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
    issued = _date_parts(date)
    if options.mark_inferred and paper.year_from == "inferred":
        issued["circa"] = True
    return issued


def _date_parts(date: PartialDate) -> dict[str, Any]:
    month = [date.month] if date.month else []
    return {"date-parts": [[date.year, *month, *([date.day] if month and date.day else [])]]}
