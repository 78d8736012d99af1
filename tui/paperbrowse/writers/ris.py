"""RIS, for EndNote, Zotero, Mendeley and the like: a tag, a hyphen and a value in each line.

Tags after the RIS specification of 2012: a thesis has its university, a report its institution in `PB`.
`AU` takes people alone, and every reader makes a person of "et al." or "others" in it; so a note tells that
the list is cut off. `C3` is where EndNote and Zotero look for the title of proceedings, and `T2` where others
do. Editors are in `ED`, which readers agree about: that of 2012 has them in `A2` or, of a book, in `A3`, and
bibutils finds no one in `A2`. Values are plain Unicode without LaTeX, on one line each, since a
line break would start a new tag.
"""

from collections.abc import Iterator, Sequence

from paperbrowse.model import Paper
from paperbrowse.readers.ris import INCOMPLETE, INCOMPLETE_EDITORS
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
    yield "TY", kind
    yield "ID", paper.key
    for name in paper.authors:
        yield "AU", _person(name)
    for name in paper.editors:
        yield "ED", _person(name)
    yield "TI", to_terminal(paper.title)
    yield "T2", venue
    yield "C3", venue if kind == "CONF" else ""
    yield "M3", THESES.get(paper.entry_type or "", "")
    yield "PY", str(paper.date.year or "")
    yield "DA", _date(paper)
    yield "VL", paper.volume or ""
    yield "IS", paper.number or ""
    first, _, last = page_range(paper).partition("-")
    yield "SP", first
    yield "EP", last
    yield "PB", publisher or ("arXiv" if is_on_arxiv(paper) else "")
    yield "CY", to_terminal(place_of(paper))
    yield "DO", paper.doi or ""
    for url in links(paper):
        yield "UR", url
    if paper.category:
        yield "KW", subject(paper.category)
    for tag in entry.tags if options.keywords else ():
        yield "KW", tag
    yield "AB", to_terminal(paper.abstract) if options.abstract else ""
    yield "N1", INCOMPLETE if paper.authors and not paper.authors_complete else ""
    yield "N1", INCOMPLETE_EDITORS if paper.editors and not paper.editors_complete else ""
    yield "N1", caveat(paper, options)
    yield "N1", entry.note if options.note else ""


def _person(name: str) -> str:
    """ "Last, First, Suffix": who follows the specification takes the second part for the given name."""
    parts = split_name(to_terminal(name))
    last = f"{parts.particle} {parts.family}".strip()
    return ", ".join(filter(None, (last, parts.given, parts.suffix)))


def _date(paper: Paper) -> str:
    date = paper.date
    if not date.year or not date.month:
        return ""
    return f"{date.year}/{date.month:02}/{f'{date.day:02}' if date.day else ''}/"
