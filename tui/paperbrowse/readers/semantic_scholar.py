"""Papers as Semantic Scholar's API answers them (search, batch, citations), or its data sets' JSON Lines.

Plain JSON (api.semanticscholar.org, "Academic Graph"); the client library `semanticscholar` fetches such
answers but reads no files.
"""

import re
from sys import intern

from paperbrowse.model import Paper, Problem, Reading, Source
from paperbrowse.readers.bibtex_entry import linked, page_range
from paperbrowse.readers.document import Document
from paperbrowse.readers.ids import anthology_of, arxiv_of, doi_of
from paperbrowse.readers.json_records import Shape, records
from paperbrowse.readers.markup import without_tags
from paperbrowse.readers.people import complete
from paperbrowse.readers.published import date_of, valid
from paperbrowse.readers.supplied import heading

NAME = "Semantic Scholar"

_PAPER = re.compile(r'"(?:paperId|corpusid|corpusId|externalIds|externalids|citingPaper|citedPaper)"\s*:')
_WRAPPED = ("citedPaper", "citingPaper", "paper")
_VENUE_TYPES = {"journal": "article", "conference": "inproceedings"}


def sniff(head: str) -> bool:
    """Whether the text is JSON with Semantic Scholar's ids."""
    start = head.lstrip("\n\ufeff ")[:1]
    return start in ("[", "{") and _PAPER.search(head) is not None


def read(document: Document) -> Reading:
    """Every paper; the `null` of a batch for an unknown id is nothing lost."""
    reading = Reading()
    for line, record in records(document, ("data", "papers", "recommendedPapers"), reading.problems):
        inner = next((record[name] for name in _WRAPPED if isinstance(record.get(name), dict)), record)
        shape = Shape(inner if isinstance(inner, dict) else record, document.path, line, reading.problems)
        paper = _paper(shape, document.path)
        if paper is not None:
            reading.papers.append(paper)
        else:
            excerpt = shape.text("paperId", "corpusid")[:60]
            reading.problems.append(Problem(document.path, line, "the paper has no title", excerpt))
    reading.problems.sort(key=lambda problem: problem.line)
    return reading


def _paper(record: Shape, path: str) -> Paper | None:
    abstract = without_tags(record.text("abstract"))
    found = heading(without_tags(record.text("title")), abstract)
    if found is None:
        return None
    authors, is_complete = complete(
        [name for item in record.items("authors") if (name := Shape(item, "", 0, []).text("name"))]
    )
    ids = record.inner("externalIds") if record.get("externalIds") else record.inner("externalids")
    journal = record.inner("journal")
    place = record.inner("publicationVenue")
    venue = record.text("venue") or place.text("name") or journal.text("name")
    date = date_of(record.text("publicationDate", "publicationdate"))
    addresses = [record.inner("openAccessPdf").text("url"), record.text("url")]
    doi = doi_of(ids.text("DOI"))
    return Paper(
        title=found[0],
        title_from=found[1],
        authors=authors,
        authors_complete=is_complete,
        date=date if date.year else valid(record.number("year")),
        category=next(iter(record.texts("fieldsOfStudy")), None),
        venue=intern(venue) if venue else None,
        entry_type=_type(record, place),
        pages=page_range(journal.text("pages")),
        volume=journal.text("volume") or None,
        abstract=abstract,
        urls=tuple(dict.fromkeys((*(url for url in addresses if "://" in url), *linked(abstract)))),
        doi=doi,
        arxiv=arxiv_of(ids.text("ArXiv"), bare=True) or arxiv_of(doi or ""),
        anthology=ids.text("ACL") or anthology_of(doi or ""),
        source=Source(path, record.line, NAME),
    )


def _type(record: Shape, place: Shape) -> str | None:
    kinds = record.texts("publicationTypes") or record.texts("publicationtypes")
    if "JournalArticle" in kinds and place.text("type") != "conference":
        return "misc" if record.text("venue").lower().startswith("arxiv") else "article"
    if "Conference" in kinds:
        return "inproceedings"
    if "Book" in kinds or "BookSection" in kinds:
        return "book" if "Book" in kinds else "incollection"
    return _VENUE_TYPES.get(place.text("type"))
