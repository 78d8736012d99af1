"""Works as OpenAlex's API answers them, or as JSON Lines out of its snapshot.

Plain JSON (docs.openalex.org, "Work object"); pyalex, the usual client, fetches such answers but reads no
files.
"""

import re
from collections.abc import Mapping
from sys import intern

from paperbrowse.model import Paper, Problem, Reading, Source
from paperbrowse.readers.bibtex_entry import linked, page_range
from paperbrowse.readers.document import Document
from paperbrowse.readers.ids import anthology_of, arxiv_of, doi_of
from paperbrowse.readers.json_records import Shape, records
from paperbrowse.readers.markup import without_tags
from paperbrowse.readers.people import complete, turned
from paperbrowse.readers.published import date_of, valid
from paperbrowse.readers.supplied import heading

NAME = "OpenAlex"

_WORK = re.compile(r'"id"\s*:\s*"(?:https?:\\?/\\?/(?:api\.)?openalex\.org\\?/(?:works\\?/)?)?W\d+"')
_FIELDS = re.compile(
    r'"(?:authorships|abstract_inverted_index|primary_location|display_name|publication_year)"\s*:'
)
_TYPES = {
    "journal-article": "article", "proceedings-article": "inproceedings", "posted-content": "misc",
    "preprint": "misc", "book-chapter": "incollection", "book": "book", "monograph": "book",
    "dissertation": "phdthesis", "report": "techreport", "dataset": "misc",
}  # fmt: skip
_LONGEST_ABSTRACT = 20_000


def sniff(head: str) -> bool:
    """Whether the text is JSON with the id of an OpenAlex work and fields that works have."""
    start = head.lstrip("\n\ufeff ")[:1]
    return start in ("[", "{") and _WORK.search(head) is not None and _FIELDS.search(head) is not None


def read(document: Document) -> Reading:
    """Every work as a paper."""
    reading = Reading()
    for line, record in records(document, ("results",), reading.problems):
        paper = _paper(Shape(record, document.path, line, reading.problems), document.path)
        if paper is not None:
            reading.papers.append(paper)
        else:
            excerpt = str(record.get("id", ""))[:60]
            reading.problems.append(Problem(document.path, line, "the work has no title", excerpt))
    reading.problems.sort(key=lambda problem: problem.line)
    return reading


def _paper(work: Shape, path: str) -> Paper | None:
    abstract = _abstract(work.get("abstract_inverted_index")) or without_tags(work.text("abstract"))
    found = heading(without_tags(work.text("title", "display_name")), abstract)
    if found is None:
        return None
    authorships = [Shape(item, path, work.line, []) for item in work.items("authorships")]
    names = [
        turned(one.text("raw_author_name") or one.inner("author").text("display_name")) for one in authorships
    ]
    names = [
        one.inner("author").text("display_name") or name for one, name in zip(authorships, names, strict=True)
    ]
    authors, is_complete = complete([name for name in names if name])
    place, biblio = work.inner("primary_location"), work.inner("biblio")
    venue = place.inner("source").text("display_name") or work.inner("host_venue").text("display_name")
    addresses = _addresses(work)
    doi = doi_of(work.text("doi") or work.inner("ids").text("doi"))
    first, last = biblio.text("first_page"), biblio.text("last_page")
    date = date_of(work.text("publication_date"))
    return Paper(
        title=found[0],
        title_from=found[1],
        authors=authors,
        authors_complete=is_complete and work.get("is_authors_truncated") is not True,
        date=date if date.year else valid(work.number("publication_year")),
        category=work.inner("primary_topic").inner("subfield").text("display_name") or None,
        venue=intern(venue) if venue else None,
        entry_type=_type(work, place),
        pages=page_range(f"{first}-{last}" if first and last and first != last else first or last),
        volume=biblio.text("volume") or None,
        number=biblio.text("issue") or None,
        abstract=abstract,
        urls=tuple(dict.fromkeys((*addresses, *linked(abstract)))),
        doi=doi,
        arxiv=next(filter(None, map(arxiv_of, (*addresses, doi or ""))), None),
        anthology=next(filter(None, map(anthology_of, (*addresses, doi or ""))), None),
        affiliations=_affiliations(authorships),
        source=Source(path, work.line, NAME),
    )


def _abstract(index: object) -> str:
    """The abstract out of the list of places at which each word stands."""
    if not isinstance(index, Mapping):
        return ""
    words: dict[int, str] = {}
    for word, places in index.items():
        for place in places if isinstance(places, list) else ():
            if isinstance(place, int) and 0 <= place < _LONGEST_ABSTRACT:
                words[place] = word
    return without_tags(" ".join(words[place] for place in sorted(words)))


def _type(work: Shape, place: Shape) -> str | None:
    kind = work.text("type_crossref") or work.text("type")
    if kind == "article":
        source = place.inner("source").text("type")
        if source == "repository":
            return "misc"
        return "inproceedings" if source == "conference" else "article"
    return _TYPES.get(kind, "misc") if kind else None


def _addresses(work: Shape) -> tuple[str, ...]:
    places = [work.inner("primary_location"), *(Shape(item, "", 0, []) for item in work.items("locations"))]
    found = [place.text(name) for place in places for name in ("landing_page_url", "pdf_url")]
    return tuple(dict.fromkeys(url for url in found if "://" in url))


def _affiliations(authorships: list[Shape]) -> tuple[str, ...]:
    names = (
        Shape(place, "", 0, []).text("display_name")
        for one in authorships
        for place in one.items("institutions")
    )
    return tuple(dict.fromkeys(intern(name) for name in names if name))
