"""What a library holds: the papers of its sources, and what is asked of all of them at once.

There are two kinds: papers that were just read, all in memory, and papers kept in the cache
(`paperbrowse.kept`), of which only what is looked at is decoded.
"""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Protocol

from paperbrowse.identity import identities
from paperbrowse.model import Author, Page, Paper, Problem
from paperbrowse.ordering import Order, arrange

if TYPE_CHECKING:
    from paperbrowse.merge import Merging
    from paperbrowse.search import IndexShelf


class Holdings(Protocol):
    """Papers with their keys; rows are positions in `papers`."""

    @property
    def papers(self) -> Sequence[Paper]:
        """The papers, in the order of their sources."""

    @property
    def keys(self) -> Sequence[str]:
        """The papers' citation keys."""

    @property
    def pages(self) -> Sequence[Page]:
        """What the sources say besides."""

    @property
    def problems(self) -> Sequence[Problem]:
        """What could not be read."""

    @property
    def authors(self) -> Sequence[Author]:
        """Page owners in the order of their pages, then everyone else, most papers first."""

    @property
    def years(self) -> Mapping[int, int]:
        """How many papers each year has."""

    @property
    def index_shelf(self) -> "IndexShelf | None":
        """Where the search index is kept, if it is."""

    def author_place(self, name: str) -> int | None:
        """The position in `authors` of the author of exactly that name."""

    def row(self, key: str) -> int | None:
        """The row of the paper with that citation key."""

    def row_known_as(self, identity: str) -> int | None:
        """The row of the first paper that goes by that identity (see `paperbrowse.identity`)."""

    def arranged(self, order: Order, *, flip: bool) -> Sequence[int]:
        """All rows in `order`."""

    def records(self, row: int) -> Sequence[Paper]:
        """The records that a paper was made of, the best first; itself where it was not merged."""

    def originals(self, row: int) -> Sequence[Paper]:
        """The same records as their sources give them, before corrections."""


class ReadHoldings:
    """Papers that were just read."""

    def __init__(
        self,
        papers: Sequence[Paper],
        pages: Sequence[Page] = (),
        problems: Sequence[Problem] = (),
        merging: "Merging | None" = None,
    ) -> None:
        """`papers` have their keys; `merging` tells which records they were made of."""
        self.index_shelf: IndexShelf | None = None
        self.papers = tuple(papers)
        self.pages = tuple(pages)
        self.problems = tuple(problems)
        self._merging = merging
        self._orders: dict[tuple[Order, bool], list[int]] = {}

    @cached_property
    def keys(self) -> Sequence[str]:
        """The papers' citation keys."""
        return [paper.key for paper in self.papers]

    @cached_property
    def authors(self) -> tuple[Author, ...]:
        """Page owners in the order of their pages, then everyone else, most papers first."""
        rows: dict[str, dict[int, None]] = {}
        for row, paper in enumerate(self.papers):
            for name in (*paper.credited, *paper.pages_of):
                rows.setdefault(name, {})[row] = None
        return tuple(authors_of(rows, self.pages))

    @cached_property
    def years(self) -> Counter[int]:
        """How many papers each year has."""
        return Counter(year for paper in self.papers if (year := paper.date.year))

    def author_place(self, name: str) -> int | None:
        """The position in `authors` of the author of exactly that name."""
        return self._author_places.get(name)

    def row(self, key: str) -> int | None:
        """The row of the paper with that citation key."""
        return self._rows_by_key.get(key)

    def row_known_as(self, identity: str) -> int | None:
        """The row of the first paper that goes by that identity."""
        return self._rows_by_identity.get(identity)

    def arranged(self, order: Order, *, flip: bool) -> Sequence[int]:
        """All rows in `order`."""
        if (order, flip) not in self._orders:
            self._orders[order, flip] = arrange(self.papers, range(len(self.papers)), order, flip=flip)
        return self._orders[order, flip]

    def records(self, row: int) -> Sequence[Paper]:
        """The records that a paper was made of, the best first; itself where it was not merged."""
        merging = self._merging
        return merging.members(row) if merging and row in merging.merged_rows else (self.papers[row],)

    def originals(self, row: int) -> Sequence[Paper]:
        """The same records as their sources give them, before corrections."""
        merging = self._merging
        return merging.originals(row) if merging and row in merging.corrected_rows else self.records(row)

    @cached_property
    def _author_places(self) -> dict[str, int]:
        return {author.name: place for place, author in enumerate(self.authors)}

    @cached_property
    def _rows_by_key(self) -> dict[str, int]:
        return {paper.key: row for row, paper in enumerate(self.papers)}

    @cached_property
    def _rows_by_identity(self) -> dict[str, int]:
        rows: dict[str, int] = {}
        for row, paper in enumerate(self.papers):
            for name in identities(paper):
                rows.setdefault(name, row)
        return rows


def pages_by_owner(pages: Sequence[Page]) -> dict[str, Page]:
    """Each owner's first page."""
    return {page.owner: page for page in reversed(pages) if page.owner}


def authors_of(rows: Mapping[str, Collection[int]], pages: Sequence[Page]) -> list[Author]:
    """Page owners in the order of their pages, then everyone else, most papers first; `rows` are each
    name's."""
    owned = pages_by_owner(pages)
    everyone = [author_of(name, tuple(found), owned) for name, found in rows.items()]
    return sorted(everyone, key=lambda author: (author.page_owner is None, -len(author.rows), author.name))


def author_of(name: str, rows: tuple[int, ...], owned: Mapping[str, Page]) -> Author:
    """The author of that name, with what their page says of them where they have one."""
    page = owned.get(name)
    if page is None:
        return Author(name=name, rows=rows)
    return Author(
        name=name,
        rows=rows,
        page_owner=page.owner_from,
        affiliations=page.affiliations,
        metrics=page.metrics,
    )
