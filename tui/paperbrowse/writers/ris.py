"""RIS, for EndNote, Zotero, Mendeley and the like: a tag, a hyphen and a value in each line.

Tags after the RIS specification of 2012: a thesis has its university, a report its institution in `PB`.
`AU` takes people alone, and every reader makes a person of "et al." or "others" in it; so a note tells that
the list is cut off. `C3` is where EndNote and Zotero look for the title of proceedings, and `T2` where others
do. Editors are in `ED`, which readers agree about: that of 2012 has them in `A2` or, of a book, in `A3`, and
bibutils finds no one in `A2`. `M2` is where Zotero keeps what else a reference prints, and `T2` of a meeting
is its own name (2012). Values are plain Unicode without LaTeX, on one line each, since a line break would
start a new tag.
"""

from collections.abc import Iterator, Sequence

from paperbrowse.model import Paper, PartialDate
from paperbrowse.readers.published import date_of
from paperbrowse.readers.ris import CHAPTERS, INCOMPLETE, INCOMPLETE_EDITORS, IS_ISSN, OF_A_KIND
from paperbrowse.readers.ris import TYPES as TYPES_READ
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
    keywords_of,
    labelled,
    links,
    page_range,
    place_of,
    thesis_named,
)

_TYPES = {
    "inproceedings": "CONF",
    "conference": "CONF",
    "article": "JOUR",
    "incollection": "CHAP",
    "inbook": "CHAP",
    "book": "BOOK",
    "proceedings": "CONF",
    "phdthesis": "THES",
    "mastersthesis": "THES",
    "techreport": "RPRT",
    "unpublished": "UNPB",
    "dataset": "DATA",
    "software": "COMP",
    "patent": "PAT",
}
_ISSUED_BY_ITS_VENUE = ("THES", "RPRT")


def render(entries: Sequence[Entry], options: ExportOptions) -> Report:
    """One record each, in order."""
    records = (
        "".join(f"{tag}  - {line}\n" for tag, value in _lines(entry, options) if (line := clean(value)))
        for entry in entries
    )
    return Report(text="".join(f"{record}ER  - \n\n" for record in records), entries=len(entries))


def _lines(entry: Entry, options: ExportOptions) -> Iterator[tuple[str, str]]:
    paper = entry.paper
    kind = _TYPES.get(paper.entry_type or "", "GEN" if paper.venue else "UNPB")
    venue, publisher = to_terminal(paper.venue or ""), to_terminal(paper.publisher or "")
    if kind in _ISSUED_BY_ITS_VENUE and not publisher:
        venue, publisher = "", venue
    unplaced = _unplaced(paper, kind)
    yield "TY", kind
    yield "ID", paper.key
    for name in paper.authors:
        yield "AU", _person(name)
    for name in paper.editors:
        yield "ED", _person(name)
    yield "TI", to_terminal(paper.title)
    yield "ST", to_terminal(paper.short_title or "")
    if kind != "BOOK":
        yield "T2", venue if kind != "CONF" else to_terminal(paper.event or "") or venue
    yield "C3", venue if kind == "CONF" else ""
    yield "T3", to_terminal(paper.series or "")
    yield (
        "M3",
        ("" if "genre" in unplaced else to_terminal(paper.genre or ""))
        or THESES.get(paper.entry_type or "", ""),
    )
    yield "PY", str(paper.date.year or "")
    yield "DA", _date(paper.date)
    yield "ET", to_terminal(paper.edition or "")
    yield "VL", paper.volume or ""
    yield "IS", paper.number or ""
    yield "SE", "" if "chapter" in unplaced else paper.chapter or ""
    first, _, last = ("" if "pages" in unplaced else page_range(paper)).partition("-")
    yield "SP", first or ("" if "page_total" in unplaced else paper.page_total or "")
    yield "EP", last
    yield "PB", publisher or ("arXiv" if is_on_arxiv(paper) else "")
    yield "CY", to_terminal(place_of(paper))
    yield "A4", to_terminal(paper.organization or "")
    yield "SN", "" if "isbn" in unplaced else paper.isbn or ""
    yield "SN", "" if "issn" in unplaced else paper.issn or ""
    yield "DO", paper.doi or ""
    for url in links(paper):
        yield "UR", url
    yield "Y2", _date(date_of(paper.accessed or "")).rstrip("/")
    yield "LA", paper.language or ""
    for word in keywords_of(entry, options):
        yield "KW", word
    yield "AB", to_terminal(paper.abstract) if options.abstract else ""
    yield "M2", to_terminal(paper.remark or "")
    yield "N1", INCOMPLETE if paper.authors and not paper.authors_complete else ""
    yield "N1", INCOMPLETE_EDITORS if paper.editors and not paper.editors_complete else ""
    yield "N1", paper.annotation or ""
    yield "N1", caveat(paper, options)
    yield "N1", entry.note if options.note else ""
    yield "N1", " ".join(labelled(unplaced))


def _unplaced(paper: Paper, kind: str) -> dict[str, str | None]:
    """What has no tag, or none in a record of that type."""
    stated = paper.entry_type
    is_read_as = thesis_named(paper) if kind == "THES" else TYPES_READ.get(kind)
    if kind == "CONF" and paper.editors and not paper.authors and not paper.venue and not paper.event:
        is_read_as = "proceedings"
    told = {
        "entry_type": stated if stated not in ("conference", is_read_as) else None,
        "event": paper.event if kind != "CONF" else None,
        "chapter": paper.chapter if kind not in CHAPTERS else None,
        "genre": paper.genre if kind not in OF_A_KIND else None,
        "pages": page_range(paper) if kind == "BOOK" and page_range(paper).isdecimal() else None,
        "venue": paper.venue if kind == "BOOK" else None,
        "page_total": paper.page_total if kind != "BOOK" or page_range(paper) else None,
        "accessed": paper.accessed if not _date(date_of(paper.accessed or "")) else None,
        "isbn": paper.isbn if IS_ISSN.fullmatch(paper.isbn or "") else None,
        "issn": paper.issn if not IS_ISSN.fullmatch(paper.issn or "") else None,
    }
    return {name: value for name, value in told.items() if value}


def _person(name: str) -> str:
    """ "Last, First, Suffix": who follows the specification takes the second part for the given name."""
    parts = split_name(to_terminal(name))
    if parts.whole:
        return parts.family.replace(",", "")  # who reads it would take what follows for a given name
    last = f"{parts.particle} {parts.family}".strip()
    return ", ".join(filter(None, (last, parts.given, parts.suffix)))


def _date(date: PartialDate) -> str:
    if not date.year or not date.month:
        return ""
    return f"{date.year}/{date.month:02}/{f'{date.day:02}' if date.day else ''}/"
