"""CSL-JSON, as Zotero, Pandoc and citeproc write it, and Crossref's answers, which are nearly the same.

There is no reader to choose from: citeproc-py renders such items but does not check them, and the format is
plain JSON (schema: docs.citationstyles.org). Wrong shapes are told field by field (`json_records.Shape`).
"""

import re
from sys import intern

from paperbrowse.model import UNDATED, VOLUMES, Paper, PartialDate, Problem, Provenance, Reading, Source
from paperbrowse.readers.bibtex_entry import linked, page_range
from paperbrowse.readers.document import Document
from paperbrowse.readers.ids import ARXIV_SUBJECT, anthology_of, arxiv_of, doi_in_address, doi_of
from paperbrowse.readers.json_records import Shape, records
from paperbrowse.readers.markup import without_tags
from paperbrowse.readers.people import complete, spoken
from paperbrowse.readers.published import date_of, day_text, valid
from paperbrowse.readers.supplied import heading
from paperbrowse.readers.told import genre_of, paper_of_record, said_of
from paperbrowse.text.ordinals import edition_number

NAME = "CSL-JSON"

_TYPE = re.compile(
    r'"type"\s*:\s*"(?:article(?:-journal|-magazine|-newspaper)?|paper-conference|chapter|book|thesis|report'
    r"|webpage|dataset|software|manuscript|posted-content|journal-article|proceedings-article|book-chapter"
    r'|monograph|document|entry(?:-\w+)?|post(?:-weblog)?|speech|patent)"'
)
_FIELD = re.compile(r'"(?:container-title|issued|family|literal|DOI|citation-key|title-short)"\s*:')
TYPES = {
    "article-journal": "article", "journal-article": "article", "article-magazine": "article",
    "article-newspaper": "article", "article": "misc", "paper-conference": "inproceedings",
    "proceedings-article": "inproceedings", "chapter": "incollection", "book-chapter": "incollection",
    "book": "book", "monograph": "book", "thesis": "phdthesis", "report": "techreport",
    "manuscript": "unpublished", "pamphlet": "booklet", "dataset": "dataset", "software": "software",
    "patent": "patent",
}  # fmt: skip
"""What each of CSL's types is in BibTeX; the others are "misc"."""

_ISSUED_BY_A_SCHOOL = ("thesis", "report")
_NUMBERED = ("report", "patent")
_MEETINGS = ("paper-conference", "proceedings-article", "speech", "")
"""What can be called by the meeting where its proceedings are not named."""
_FURTHER = {
    "series": ("collection-title",),
    "chapter": ("chapter-number",),
    "page_total": ("number-of-pages",),
    "isbn": ("ISBN",),
    "issn": ("ISSN",),
    "language": ("language",),
    "short_title": ("title-short", "shortTitle"),
}
"""What needs no more than its text, and CSL's names for it."""


def sniff(head: str) -> bool:
    """Whether the text is JSON with CSL's types and field names."""
    start = head.lstrip("\n\ufeff ")[:1]
    return start in ("[", "{") and _FIELD.search(head) is not None and _TYPE.search(head) is not None


def read(document: Document) -> Reading:
    """Every item as a paper."""
    reading = Reading()
    for line, record in records(document, ("items", "message", "references"), reading.problems):
        paper = _paper(Shape(record, document.path, line, reading.problems), document.path)
        if paper is not None:
            reading.papers.append(paper)
        else:
            excerpt = str(record.get("id", ""))[:60]
            reading.problems.append(Problem(document.path, line, "the item has no title", excerpt))
    reading.problems.sort(key=lambda problem: problem.line)
    return reading


def _paper(item: Shape, path: str) -> Paper | None:
    abstract = without_tags(item.text("abstract"))
    found = heading(without_tags(item.text("title")), abstract)
    if found is None:
        return None
    authors, is_complete = complete(_names(item, "author"))
    named = _names(item, "editor")
    editors, all_editors = complete(named)
    date, provenance = _date(item)
    kind = item.text("type")
    entry_type = _entry_type(kind, item.text("genre"))
    url = item.text("URL")
    note = item.text("note")
    doi = doi_of(item.text("DOI")) or doi_in_address(url) or _labelled_doi(note)
    archived = item.text("archive") + ":" + item.text("archive_location", "archive-location")
    event = without_tags(item.text("event-title", "event"))
    venue = without_tags(item.text("container-title")) or (event if kind in _MEETINGS else "")
    publisher = item.text("publisher")
    if kind in _ISSUED_BY_A_SCHOOL and not venue:
        venue, publisher = publisher, ""
    if kind == "article" and publisher == "arXiv":
        publisher = ""
    numbered = item.text("publisher") + ":" + item.text("id")
    texts = (url, doi or "", note, archived, item.text("number"), numbered)
    arxiv = next(filter(None, map(arxiv_of, texts)), None)
    annotation, said = said_of(without_tags(item.text("annote")))
    category, keywords = _subjects(item.text("keyword"))
    return paper_of_record(
        said,
        title_from=found[1],
        year_from=provenance,
        accessed=day_text(_from_date(item, "accessed")),
        event=event if event != venue else None,
        genre=genre_of(item.text("genre")),
        remark=without_tags(note).replace(f"arXiv:{arxiv}", "").strip(),
        annotation=annotation,
        edition=edition_number(item.text("edition")),
        entry_type=entry_type,
        title=found[0],
        authors=authors,
        authors_complete=is_complete or bool(editors and not authors and entry_type in VOLUMES),
        editors=editors,
        editors_complete=all_editors or not named,
        date=date,
        venue=_interned(venue),
        pages=page_range(item.text("page")),
        volume=item.text("volume") or None,
        number=item.text("issue", *(("number",) if kind in _NUMBERED else ())) or None,
        publisher=_interned(publisher),
        address=_interned(item.text("publisher-place", "event-place", "publisher-location")),
        abstract=abstract,
        urls=tuple(dict.fromkeys((*((url,) if "://" in url else ()), *linked(abstract)))),
        doi=doi,
        arxiv=arxiv,
        category=category,
        keywords=keywords,
        anthology=anthology_of(url) or anthology_of(doi or ""),
        source=Source(path, item.line, NAME),
        cited_as=item.text("citation-key", "id") or None,
        **{name: without_tags(item.text(*named)) for name, named in _FURTHER.items()},
    )


def _subjects(text: str) -> tuple[str | None, tuple[str, ...]]:
    """arXiv's subject and the other keywords."""
    words = tuple(dict.fromkeys(word for word in map(str.strip, text.split(",")) if word))
    if words and ARXIV_SUBJECT.fullmatch(words[0]):
        return words[0], words[1:]
    return None, words


def _from_date(item: Shape, name: str) -> PartialDate:
    stated = item.get(name)
    if not isinstance(stated, dict):
        return UNDATED
    shape = item.inner(name)
    date = _from_parts(shape.get("date-parts"))
    return date if date.year else date_of(shape.text("raw", "literal"))


def _entry_type(kind: str, genre: str) -> str | None:
    if kind == "thesis" and "master" in genre.lower():
        return "mastersthesis"
    return TYPES.get(kind, "misc") if kind else None


def _labelled_doi(note: str) -> str | None:
    """Zotero puts what it has no field for into the note, "DOI: 10.1000/x" among it."""
    match = re.search(r"(?i)\bDOI:\s*(\S+)", note)
    return doi_of(match[1]) if match else None


def _names(item: Shape, role: str) -> list[str]:
    names = []
    for person in item.items(role):
        part = Shape(person, "", item.line, [])
        literal = part.text("literal", "name")
        if literal:
            names.append(intern(literal))
            continue
        particle = " ".join(
            filter(None, (part.text("dropping-particle"), part.text("non-dropping-particle")))
        )
        names.append(spoken(part.text("given"), part.text("family"), particle, part.text("suffix")))
    return [name for name in names if name]


def _date(item: Shape) -> tuple[PartialDate, Provenance]:
    """`issued` (Crossref: also `published`), in its parts or in words."""
    for name in ("issued", "published", "published-print", "published-online"):
        stated = item.inner(name) if isinstance(item.get(name), dict) else None
        if stated is None:
            text = item.text(name) if item.get(name) else ""
            if date_of(text).year:
                return date_of(text), "stated"
            continue
        doubt: Provenance = "inferred" if stated.get("circa") else "stated"
        date = _from_parts(stated.get("date-parts"))
        if date.year is None:
            date = date_of(stated.text("raw", "literal", "date"))
        if date.year is not None:
            return date, doubt
    return UNDATED, "stated"


def _from_parts(parts: object) -> PartialDate:
    if not isinstance(parts, list) or not parts or not isinstance(parts[0], list):
        return UNDATED
    numbers = [int(part) for part in parts[0][:3] if str(part).isdecimal() and len(str(part)) <= 4]
    return valid(*numbers) if numbers else UNDATED


def _interned(text: str) -> str | None:
    return intern(text) if text else None
