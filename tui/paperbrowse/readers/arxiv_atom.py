"""Answers of the arXiv API, which are Atom feeds.

feedparser 6.0.14 reads them well, even where an `&` is bare, but knows no line numbers; the stream reader
that the Anthology needs does the same, so it is not worth a dependency.
"""

from sys import intern

from paperbrowse.model import Paper, Problem, Reading, Source
from paperbrowse.readers.bibtex_entry import linked
from paperbrowse.readers.document import Document
from paperbrowse.readers.ids import anthology_of, arxiv_of, doi_of
from paperbrowse.readers.people import complete
from paperbrowse.readers.published import date_of
from paperbrowse.readers.supplied import heading
from paperbrowse.readers.tex_text import from_tex
from paperbrowse.readers.xml_stream import Node, Stream
from paperbrowse.text.clean import clean

NAME = "arXiv"


def sniff(head: str) -> bool:
    """Whether the text is an Atom feed with arXiv's addresses."""
    return "<feed" in head and "http://www.w3.org/2005/Atom" in head and "arxiv.org/" in head


def read(document: Document) -> Reading:
    """Every entry as a paper; an answer that is an error is a problem."""
    reading = Reading()
    _Feed(document.path, reading).run(document.raw)
    reading.problems.sort(key=lambda problem: problem.line)
    return reading


class _Feed(Stream):
    whole = frozenset({"entry"})
    again = b"<entry"

    def __init__(self, path: str, reading: Reading) -> None:
        super().__init__(path, reading.problems)
        self._papers = reading.papers

    def ended(self, node: Node) -> None:
        address = node.text_of("id")
        if "/api/errors" in address:
            what = "arXiv answered with an error: " + clean(node.text_of("summary"))
            self.problems.append(Problem(self.path, node.line, what))
            return
        abstract = clean(node.text_of("summary"))
        found = heading(from_tex(node.text_of("title")), abstract)
        if found is None:
            self.problems.append(Problem(self.path, node.line, "the entry has no title", address))
            return
        authors = node.all("author")
        names, is_complete = complete([from_tex(author.text_of("name")) for author in authors])
        category = node.find("primary_category") or node.find("category")
        affiliations = (clean(place.text()) for author in authors for place in author.all("affiliation"))
        doi = doi_of(node.text_of("doi"))
        self._papers.append(
            Paper(
                title=found[0],
                title_from=found[1],
                authors=names,
                authors_complete=is_complete,
                date=date_of(node.text_of("published")),
                category=intern(category.attributes.get("term", "")) or None if category else None,
                venue=clean(node.text_of("journal_ref")) or None,
                entry_type="misc",
                abstract=abstract,
                urls=tuple(
                    dict.fromkeys((address, *linked(abstract)) if "://" in address else linked(abstract))
                ),
                doi=doi,
                arxiv=arxiv_of(address),
                anthology=anthology_of(doi or ""),
                affiliations=tuple(dict.fromkeys(filter(None, affiliations))),
                source=Source(self.path, node.line, NAME),
            )
        )
