"""RIS, as publishers and reference managers export it, and PubMed's .nbib, which looks much like it.

Read here, after trying (November 2026): rispy 0.10 drops a last record that has no `ER` and the title of a
record whose tags have one blank before the hyphen; nbib 0.3 finds no DOI where a record has two `LID`;
neither says in which line anything stands. Both formats are a tag, a hyphen and a value in each line.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from sys import intern

from paperbrowse.model import UNDATED, VOLUMES, Paper, PartialDate, Problem, Reading, Source
from paperbrowse.readers.bibtex_entry import linked, page_range
from paperbrowse.readers.document import Document
from paperbrowse.readers.ids import ARXIV_SUBJECT, anthology_of, arxiv_of, doi_in_address, doi_of
from paperbrowse.readers.markup import without_tags
from paperbrowse.readers.people import complete, turned
from paperbrowse.readers.published import date_of, day_text
from paperbrowse.readers.supplied import heading
from paperbrowse.readers.told import genre_of, paper_of_record, said_of
from paperbrowse.text.ordinals import edition_number

NAME = "RIS"
PUBMED = "PubMed"
INCOMPLETE = "The list of authors is incomplete (et al.)."
"""The note by which our own export tells it: RIS has no other way."""
INCOMPLETE_EDITORS = "The list of editors is incomplete (et al.)."

_RIS_TAG = re.compile(r"([A-Z][A-Z0-9]) {0,2}-(?: +(.*)|)")
_PUBMED_TAG = re.compile(r"([A-Z]{2,4}) {0,2}- ?(.*)")
_RIS_START = re.compile(r"(?m)^TY {0,2}- *[A-Z]{3,6}\s*$")
_PUBMED_START = re.compile(r"(?m)^PMID *- ?\d+\s*$")

TYPES = {
    "JOUR": "article", "JFULL": "article", "MGZN": "article", "NEWS": "article", "EJOUR": "article",
    "CONF": "inproceedings", "CPAPER": "inproceedings", "CHAP": "incollection", "ECHAP": "incollection",
    "BOOK": "book", "EBOOK": "book", "EDBOOK": "book", "THES": "phdthesis", "RPRT": "techreport",
    "UNPB": "unpublished", "GEN": "misc", "ELEC": "misc", "WEB": "misc", "ICOMM": "misc", "DATA": "dataset",
    "COMP": "software", "PAT": "patent", "STAND": "misc",
}  # fmt: skip

_ISSUED_BY_A_SCHOOL = ("THES", "RPRT")
_EDITED_BOOK = "EDBOOK"
"""Whose `AU` are its editors."""
_BOOKS = ("BOOK", "EBOOK")
_WHOLE = (*_BOOKS, _EDITED_BOOK)
"""Whose `T2` is a series, and whose only page number says how many there are."""
_MEETINGS = ("CONF", "CPAPER")
CHAPTERS = ("CHAP", "ECHAP", *_WHOLE)
OF_A_KIND = ("THES", "RPRT", "UNPB", "GEN", "COMP", "DATA")
"""Whose `M3` says what kind of work it is; of articles some publishers put the DOI there."""
_EVERY_VENUE = ("T2", "JF", "JO", "BT", "JA", "J2", "C3")
_VENUE_TAGS = {
    **dict.fromkeys(_WHOLE, ("JF", "JO")),
    **dict.fromkeys(_MEETINGS, ("C3", *_EVERY_VENUE)),
}
IS_ISSN = re.compile(r"\d{4}-?\d{3}[\dXx]")


@dataclass(slots=True)
class _Record:
    line: int
    values: dict[str, list[str]] = field(default_factory=dict)

    def first(self, *tags: str) -> str:
        """The first value that one of `tags` has, in their order."""
        return next((values[0] for tag in tags if (values := self.values.get(tag))), "")

    def all(self, *tags: str) -> list[str]:
        """All values of the first of `tags` that has any."""
        return next((values for tag in tags if (values := self.values.get(tag))), [])


def sniff(head: str) -> bool:
    """Whether a line opens a record of one of the two formats."""
    return _RIS_START.search(head) is not None or _PUBMED_START.search(head) is not None


def read(document: Document) -> Reading:
    """Every record as a paper."""
    reading = Reading()
    if _RIS_START.search(document.head):
        records, convert = _ris_records(document, reading.problems), _ris_paper
    else:
        records, convert = _pubmed_records(document, reading.problems), _pubmed_paper
    for record in records:
        paper = convert(record, document.path)
        if paper is not None:
            reading.papers.append(paper)
        else:
            what = "the record has no title"
            reading.problems.append(Problem(document.path, record.line, what, _excerpt(record.values)))
    reading.problems.sort(key=lambda problem: problem.line)
    return reading


def _excerpt(values: Mapping[str, list[str]]) -> str:
    return next((f"{tag} - {value[0]}"[:60] for tag, value in values.items() if value and value[0]), "")


def _ris_records(document: Document, problems: list[Problem]) -> Iterator[_Record]:
    """Records from `TY` to `ER`; a `TY` inside a record ends the one before, and so does the file."""
    record: _Record | None = None
    values: list[str] = []
    for number, line in enumerate(document.lines, 1):
        match = _RIS_TAG.fullmatch(line)
        if match is None:
            if record is not None and line and values:
                values[-1] = f"{values[-1]} {line}".strip()
            elif line and record is None:
                problems.append(Problem(document.path, number, "this line belongs to no record", line[:60]))
            continue
        tag, value = match[1], match[2] or ""
        if tag == "TY" or (tag == "ER" and record is not None):
            if record is not None:
                if tag == "TY":
                    what = "the record is not closed by ER"
                    problems.append(Problem(document.path, record.line, what, lost=False))
                yield record
            record = None
            if tag == "ER":
                continue
            record = _Record(number)
        if record is None:
            if tag != "ER":
                problems.append(Problem(document.path, number, "this line belongs to no record", line[:60]))
            continue
        values = record.values.setdefault(tag, [])
        values.append(value)
    if record is not None:
        problems.append(Problem(document.path, record.line, "the file ends inside this record", lost=False))
        yield record


def _ris_paper(record: _Record, path: str) -> Paper | None:
    first = record.first
    kind = first("TY").strip().upper()
    abstract = first("AB", "N2")
    found = heading(first("TI", "T1", "CT", "BT") if kind != "CHAP" else first("TI", "T1", "CT"), abstract)
    if found is None:
        return None
    authors, is_complete = _people(record, *(() if kind == _EDITED_BOOK else ("AU", "A1")))
    editors, _ = _people(record, *_editor_tags(record, kind))
    cut_off = INCOMPLETE in record.all("N1")
    venue, publisher = first(*_VENUE_TAGS.get(kind, _EVERY_VENUE)), first("PB")
    entry_type = _kind(kind, first("M3"))
    if entry_type == "inproceedings" and editors and not authors and not venue:
        entry_type = "proceedings"
    annotation, said = said_of(" ".join(_annotations(record)))
    is_volume = bool(editors and not authors and said.get("entry_type", entry_type) in VOLUMES)
    if kind in _ISSUED_BY_A_SCHOOL and not venue:
        venue, publisher = publisher, ""
    addresses = tuple(url for value in (*record.all("UR"), *record.all("L2", "LK")) for url in value.split())
    addresses = tuple(dict.fromkeys(url.rstrip(";,") for url in addresses if "://" in url))
    doi = doi_of(first("DO", "DI")) or next(filter(None, map(doi_in_address, addresses)), None)
    start, end = first("SP"), first("EP")
    pages = page_range(
        f"{start}-{end}" if start and end and "-" not in start and start != end else start or end
    )
    event = first("T2") if kind in _MEETINGS else ""
    numbers = record.all("SN")
    page_total = start if kind in _WHOLE and start.isdecimal() and not end else None
    category, keywords = _subjects(record)
    return paper_of_record(
        said,
        title_from=found[1],
        entry_type=entry_type,
        venue=_interned(venue),
        event=event if event != venue else None,
        series=first("T3") or (first("T2") if kind in _WHOLE else ""),
        edition=edition_number(first("ET")),
        chapter=first("SE") if kind in CHAPTERS else "",
        organization=first("A4"),
        genre=genre_of(first("M3")) if kind in OF_A_KIND else "",
        short_title=first("ST"),
        language=first("LA"),
        remark=first("M2"),
        annotation=annotation,
        accessed=day_text(date_of(first("Y2"))),
        isbn=next((number for number in numbers if not IS_ISSN.fullmatch(number)), None),
        issn=next((number for number in numbers if IS_ISSN.fullmatch(number)), None),
        page_total=page_total,
        title=found[0],
        authors=authors,
        authors_complete=is_volume or (is_complete and not cut_off),
        editors=editors,
        editors_complete=INCOMPLETE_EDITORS not in record.all("N1"),
        date=_ris_date(record),
        pages=None if page_total else pages,
        volume=first("VL") or None,
        number=first("IS") or None,
        publisher=_interned("" if kind == "UNPB" and publisher == "arXiv" else publisher),
        address=_interned(first("CY", "PP")),
        abstract=abstract,
        urls=tuple(dict.fromkeys((*addresses, *linked(abstract)))),
        doi=doi,
        arxiv=_arxiv(addresses, doi, first("T2", "JO", "JF", "PB"), first("AN"), first("M1")),
        anthology=next(filter(None, map(anthology_of, (*addresses, doi or ""))), None),
        source=Source(path, record.line, NAME),
        cited_as=first("ID") or None,
        category=category,
        keywords=keywords,
    )


def _annotations(record: _Record) -> Iterator[str]:
    """Notes but those by which our own export tells that a list is cut off."""
    for note in (*record.all("N1"), *record.all("RN")):
        if note not in (INCOMPLETE, INCOMPLETE_EDITORS):
            yield without_tags(note)


def _subjects(record: _Record) -> tuple[str | None, tuple[str, ...]]:
    """arXiv's subject and the other keywords."""
    words = tuple(dict.fromkeys(intern(word) for word in record.all("KW") if word))
    if words and ARXIV_SUBJECT.fullmatch(words[0]):
        return words[0], words[1:]
    return None, words


def _people(record: _Record, *tags: str) -> tuple[tuple[str, ...], bool]:
    return complete(list(map(turned, filter(None, record.all(*tags)))))


def _editor_tags(record: _Record, kind: str) -> tuple[str, ...]:
    """Where a record has its editors. `ED` is nothing else, and `A2` has those of what a paper stands in; but
    a book's own, which were in `A2` as well, are in `A3` since 2012, and its series' are in `A2`."""
    if kind == _EDITED_BOOK:
        return "AU", "A1", "ED"
    if kind in _BOOKS:
        return ("ED", "A3") if record.all("AU", "A1") else ("ED", "A3", "A2")
    return "ED", "A2"


def _kind(kind: str, work: str) -> str | None:
    if kind == "THES" and "master" in work.lower():
        return "mastersthesis"
    return TYPES.get(kind, "misc" if kind else None)


def _ris_date(record: _Record) -> PartialDate:
    dates = [date_of(value) for tag in ("PY", "Y1", "DA") for value in record.values.get(tag, ())]
    years = [date for date in dates if date.year]
    exact = [date for date in years if date.month and date.year == years[0].year]
    return (exact or years or [UNDATED])[0]


def _arxiv(addresses: tuple[str, ...], doi: str | None, *texts: str) -> str | None:
    return next(filter(None, (arxiv_of(text) for text in (*addresses, doi or "", *texts) if text)), None)


def _interned(text: str) -> str | None:
    return intern(text) if text else None


def _pubmed_records(document: Document, problems: list[Problem]) -> Iterator[_Record]:
    """Records from one `PMID` to the next; a line without a tag goes on with the one before."""
    record: _Record | None = None
    values: list[str] = []
    for number, line in enumerate(document.lines, 1):
        match = _PUBMED_TAG.fullmatch(line)
        if match is not None and match[1] == "PMID":
            if record is not None:
                yield record
            record = _Record(number)
        if record is None:
            if line:
                problems.append(Problem(document.path, number, "this line belongs to no record", line[:60]))
        elif match is not None:
            values = record.values.setdefault(match[1], [])
            values.append(match[2].strip())
        elif line and values:
            values[-1] = f"{values[-1]} {line}"
    if record is not None:
        yield record


def _pubmed_paper(record: _Record, path: str) -> Paper | None:
    first = record.first
    abstract = first("AB")
    title = first("TI", "BTI")
    found = heading(title[:-1] if title.endswith(".") and not title.endswith("..") else title, abstract)
    if found is None:
        return None
    authors, is_complete = complete([turned(name) for name in record.all("FAU", "AU") if name])
    editors, _ = complete([turned(name) for name in record.all("FED", "ED") if name])
    groups = tuple(filter(None, record.all("CN")))
    ids = [value for tag in ("LID", "AID", "SO") for value in record.values.get(tag, ())]
    doi = next((doi_of(value) for value in ids if doi_of(value)), None)
    kinds = " ".join(record.all("PT")).lower()
    entry_type = "misc" if "preprint" in kinds else "book" if "book" in kinds else "article"
    is_volume = bool(editors and not authors and entry_type in VOLUMES)
    return Paper(
        title=found[0],
        title_from=found[1],
        authors=(*authors, *groups),
        authors_complete=is_complete or bool(groups) or is_volume,
        editors=editors,
        date=date_of(first("DP", "DEP")),
        venue=_interned(first("JT", "TA", "BTI")),
        entry_type=entry_type,
        pages=page_range(first("PG")),
        volume=first("VI") or None,
        number=first("IP") or None,
        publisher=_interned(first("PB")),
        abstract=abstract,
        urls=linked(abstract),
        doi=doi,
        affiliations=tuple(dict.fromkeys(map(intern, record.all("AD")))),
        isbn=first("ISBN").partition(" ")[0] or None,
        issn=first("IS").partition(" ")[0] or None,
        language=first("LA") or None,
        edition=edition_number(first("EN")) or None,
        keywords=tuple(dict.fromkeys(intern(word) for word in record.all("OT") if word)),
        source=Source(path, record.line, PUBMED),
        cited_as=f"pmid{first('PMID')}",
    )
