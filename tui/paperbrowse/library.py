"""The in-memory model: papers with their keys, authors with their papers, and the way to find them."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from paperbrowse.identity import identities, identity
from paperbrowse.keys import DEFAULT_PATTERN, assign_keys
from paperbrowse.merge import Merging, Origin
from paperbrowse.model import Bookmark, Metric, Page, Paper, Problem, Provenance, Reading
from paperbrowse.ordering import Order, arrange
from paperbrowse.search import Query, Result, Searcher, Shelf

_FEW = 8
"""Up to one in so many papers, sorting them is quicker than picking them out of all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Author:
    """A name, the papers it stands on, and what its own page says of it.

    `rows` are positions in `Library.papers`: every paper whose byline prints the name, and every paper
    that the author's own page lists. `page_owner` tells how an owner is known, None for everyone else.
    """

    name: str
    rows: tuple[int, ...]
    page_owner: Provenance | None = None
    affiliations: tuple[str, ...] = ()
    metrics: Mapping[str, Metric] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Hit:
    """A found paper and, per field, what in it matched: (start, end) offsets into the field's text.

    The fields are `title`, `venue` and `abstract`, and `authors`, whose offsets count in the byline
    joined by ", ".
    """

    paper: Paper
    spans: Mapping[str, Sequence[tuple[int, int]]]


class Library:
    """All papers that were read, each with a citation key that is unique among them."""

    def __init__(
        self,
        reading: Reading,
        kept: Sequence[Paper] = (),
        merging: Merging | None = None,
        key_pattern: str = DEFAULT_PATTERN,
    ) -> None:
        """Take in what was read.

        `kept` are bookmarked papers: their keys stay, and those of them that were not read stand behind the
        others in `papers`, from the end of `own` on. `merging` tells of the reading's papers which records
        they were made of. `key_pattern` is that of `paperbrowse.keys`.
        """
        keys = _keys(reading.papers, kept, key_pattern)
        read = [
            paper if paper.key == key else replace(paper, key=key)
            for paper, key in zip(reading.papers, keys, strict=True)
        ]
        there = {*keys, *(name for paper in read for name in identities(paper))} if kept else set()
        elsewhere = [paper for paper in kept if paper.key not in there and identity(paper) not in there]
        self.papers: tuple[Paper, ...] = (*read, *elsewhere)
        self.own = range(len(read))
        """The rows of the papers that were read: all but the bookmarks from elsewhere."""
        self.pages: tuple[Page, ...] = tuple(reading.pages)
        self.problems: tuple[Problem, ...] = tuple(reading.problems)
        self.shelf: Shelf | None = None
        self._merging = merging
        self._orders: dict[tuple[Order, bool], list[int]] = {}

    @cached_property
    def authors(self) -> tuple[Author, ...]:
        """Page owners in the order of their pages, then everyone else, most papers first."""
        rows: dict[str, dict[int, None]] = {}
        for row in self.own:
            paper = self.papers[row]
            for name in (*paper.authors, *paper.pages_of):
                rows.setdefault(name, {})[row] = None
        owners = {page.owner: page for page in reversed(self.pages) if page.owner}
        everyone = [
            Author(name=name, rows=tuple(found))
            if (page := owners.get(name)) is None
            else Author(
                name=name,
                rows=tuple(found),
                page_owner=page.owner_from,
                affiliations=page.affiliations,
                metrics=page.metrics,
            )
            for name, found in rows.items()
        ]
        return tuple(
            sorted(everyone, key=lambda author: (author.page_owner is None, -len(author.rows), author.name))
        )

    def author(self, name: str) -> Author | None:
        """The author of exactly that name, or None."""
        return self._authors_by_name.get(name)

    def row(self, key: str) -> int | None:
        """The position in `papers` of the paper with that citation key, or None."""
        return self._rows_by_key.get(key)

    def paper(self, key: str) -> Paper | None:
        """The paper with that citation key, or None."""
        row = self.row(key)
        return None if row is None else self.papers[row]

    def arranged(self, rows: Collection[int], order: Order, *, flip: bool = False) -> Sequence[int]:
        """`rows` in `order`, as `ordering.arrange` has it; the order of all papers is worked out once."""
        if order is Order.MATCH or len(rows) * _FEW < len(self.papers):
            return arrange(self.papers, rows, order, flip=flip)
        everything = self._orders.get((order, flip))
        if everything is None:
            everything = arrange(self.papers, range(len(self.papers)), order, flip=flip)
            self._orders[order, flip] = everything
        if len(rows) == len(everything):
            return everything
        return [row for row in everything if row in rows]

    @cached_property
    def years(self) -> Counter[int]:
        """How many of the papers that were read each year has."""
        return Counter(year for row in self.own if (year := self.papers[row].date.year))

    def records(self, row: int) -> Sequence[Paper]:
        """The records that a paper was made of, the best first; one where it was not merged."""
        return self._merging.members(row) if self._merging and row in self.own else (self.papers[row],)

    def origins(self, row: int) -> Sequence[Origin]:
        """Where each field of a paper comes from, and what other sources say; nothing as printed."""
        return self._merging.origins(row) if self._merging and row in self.own else ()

    def as_kept(self, bookmark: Bookmark) -> Bookmark:
        """A bookmark with its paper as the library has it now, corrected and merged, where it has it."""
        row = self.row(bookmark.paper.key)
        return bookmark if row is None else replace(bookmark, paper=self.papers[row])

    def find(self, query: str | Query, within: Collection[int] | None = None) -> Result:
        """The rows that `query` leaves, best first, and what it takes to highlight them.

        They are of the papers that were read, unless `within` says otherwise. The index is built first if it
        is not there; who cannot wait asks `searcher`, which answers by a plain scan meanwhile.
        """
        if not self.searcher.ready:
            self.searcher.build()
        return self.searcher.search(query, within=self.own if within is None else within)

    def search(self, query: str, limit: int | None = None) -> list[Hit]:
        """The papers that `query` finds, best first, at most `limit`, with the matched spans."""
        result = self.find(query)
        return [self._hit(result, row) for row in result.rows[:limit]]

    def _hit(self, result: Result, row: int) -> Hit:
        paper = self.papers[row]
        texts = {
            "title": ("title", paper.title),
            "authors": ("author", ", ".join(paper.authors)),
            "venue": ("venue", paper.venue or paper.category or ""),
            "abstract": ("abstract", paper.abstract),
        }
        found = {name: result.spans(text, field) for name, (field, text) in texts.items()}
        return Hit(paper, {name: spans for name, spans in found.items() if spans})

    @cached_property
    def searcher(self) -> Searcher:
        """The one searcher over these papers; it answers by a plain scan until its index is built."""
        return Searcher(self.papers, shelf=self.shelf)

    @cached_property
    def _authors_by_name(self) -> dict[str, Author]:
        return {author.name: author for author in self.authors}

    @cached_property
    def _rows_by_key(self) -> dict[str, int]:
        return {paper.key: row for row, paper in enumerate(self.papers)}


def _keys(papers: Sequence[Paper], kept: Sequence[Paper], pattern: str) -> list[str]:
    """The papers' keys: those they have, from a cache, where these agree with the bookmarks'."""
    pinned = {identity(paper): paper.key for paper in kept}
    rows = {paper.key: row for row, paper in enumerate(papers)}
    if "" not in rows and len(rows) == len(papers):
        agreed = {
            name: key for name, key in pinned.items() if key in rows and name in identities(papers[rows[key]])
        }
        others = pinned.keys() - agreed.keys()
        clash = any(pinned[name] in rows for name in others)
        if not clash and not (others and any(not others.isdisjoint(identities(paper)) for paper in papers)):
            return list(rows)
    return assign_keys(papers, pinned, pattern)
