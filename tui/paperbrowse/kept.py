"""A library kept in the user's cache folder: the next start need not read its sources.

A flat file (`paperbrowse.flat`) with the records as they were read, file by file, and what was made of them
by correcting and merging, as JSON, each decoded when it is looked at; with what is asked of all of them at
once: which paper has a key or an identity, who wrote what, and every order; and with what it takes to make
the library again when a file has changed without reading the others (`paperbrowse.readings`). Beside it
stands the search index, in a file of its own (`paperbrowse.search.kept_index`).
"""

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from paperbrowse import cache
from paperbrowse.flat import Flat, Numbers, Ordered, Texts
from paperbrowse.holdings import author_of, pages_by_owner
from paperbrowse.identity import identities, sum_of
from paperbrowse.lazy import LazySequence
from paperbrowse.model import Author, Page, Paper, Problem
from paperbrowse.ordering import Order
from paperbrowse.packed import unpack
from paperbrowse.search.kept_index import IndexInCache

if TYPE_CHECKING:
    from paperbrowse.search import IndexShelf

_AT_HAND = 2048
"""Papers that stay decoded."""


def load(folder: Path, name: str) -> "KeptHoldings | None":
    """What is kept under `name`; None where there is nothing or nothing whole."""
    flat = cache.opened(folder, name, cache.LIBRARY)
    if flat is None:
        return None
    return KeptHoldings(flat, IndexInCache(folder, name))


class KeptHoldings:
    """Papers from the cache; see `paperbrowse.holdings.Holdings`."""

    def __init__(self, flat: Flat, index_shelf: "IndexShelf | None" = None) -> None:
        self._flat = flat
        self.index_shelf = index_shelf
        self._records = KeptPapers(flat)
        self.papers: Sequence[Paper] = KeptPapers(flat, flat.numbers("numbers"), flat.texts("keys"))
        self.years: Mapping[int, int] = dict(flat.extra["years"])
        self._rows: dict[str, int | None] = {}

    @cached_property
    def keys(self) -> Sequence[str]:
        """The papers' citation keys."""
        return self._flat.texts("keys")

    @cached_property
    def pages(self) -> Sequence[Page]:
        """What the sources say besides."""
        return list(map(page_from, self._flat.extra["pages"]))

    @cached_property
    def problems(self) -> Sequence[Problem]:
        """What could not be read."""
        return [Problem(*problem) for problem in self._flat.extra["problems"]]

    @cached_property
    def authors(self) -> Sequence[Author]:
        """Page owners in the order of their pages, then everyone else, most papers first."""
        flat = self._flat
        return KeptAuthors(
            flat.texts("authors"),
            flat.numbers("author starts"),
            flat.numbers("author rows"),
            pages_by_owner(self.pages),
        )

    def author_place(self, name: str) -> int | None:
        """The position in `authors` of the author of exactly that name."""
        return self._names("authors").first(name)

    def row(self, key: str) -> int | None:
        """The row of the paper with that citation key."""
        # The bookmarks' are asked for again at every letter that is typed.
        if key not in self._rows:
            self._rows[key] = self._names("keys").first(key)
        return self._rows[key]

    def row_known_as(self, identity: str) -> int | None:
        """The row of the first paper that goes by that identity."""
        sums, rows = self._flat.numbers("identities", "Q"), self._flat.numbers("identity rows")
        wanted = sum_of(identity)
        at = bisect_left(sums, wanted)
        while at < len(sums) and sums[at] == wanted:
            if identity in identities(self.papers[rows[at]]):
                return rows[at]
            at += 1
        return None

    def arranged(self, order: Order, *, flip: bool) -> Sequence[int]:
        """All rows in `order`."""
        return self._flat.numbers(order_name(order, flip))

    def records(self, row: int) -> Sequence[Paper]:
        """The records that a paper was made of, the best first; itself where it was not merged."""
        return self._listed("members", row) or (self.papers[row],)

    def originals(self, row: int) -> Sequence[Paper]:
        """The same records as their sources give them, before corrections."""
        return self._listed("originals", row) or self.records(row)

    def _listed(self, name: str, row: int) -> Sequence[Paper]:
        """The records that are listed for a row, if any are."""
        rows, starts = self._flat.numbers(f"{name} rows"), self._flat.numbers(f"{name} starts")
        at = bisect_left(rows, row)
        if at == len(rows) or rows[at] != row:
            return ()
        return [self._records[number] for number in self._flat.numbers(name)[starts[at] : starts[at + 1]]]

    def _names(self, name: str) -> Ordered:
        return Ordered(self._flat.texts(name), self._flat.numbers(f"{name} order"))


class KeptPapers(LazySequence[Paper]):
    """Papers that are decoded when they are asked for; the latest ones stay at hand.

    They are the records of these `numbers` with their `keys`, or all of them without. What was mapped for
    them is let go when they are: who goes through all papers would else have the whole file in memory.
    """

    def __init__(self, flat: Flat, numbers: Numbers | None = None, keys: Texts | None = None) -> None:
        self._flat = flat
        self._records = flat.texts("records")
        self._numbers = range(len(self._records)) if numbers is None else numbers
        self._keys = keys
        self._at_hand: dict[int, Paper] = {}

    def __len__(self) -> int:
        return len(self._numbers)

    def packed(self, row: int) -> memoryview:
        """A paper as it is kept."""
        return self._records.packed(self._numbers[row])

    def _at(self, row: int) -> Paper:
        paper = self._at_hand.get(row)
        if paper is None:
            paper = self._unpacked(row)
            if len(self._at_hand) >= _AT_HAND:
                self._at_hand.clear()
                self._flat.let_go()
            self._at_hand[row] = paper
        return paper

    def __iter__(self) -> Iterator[Paper]:
        for row in range(len(self)):
            yield self._unpacked(row)
            if not (row + 1) % _AT_HAND:
                self._flat.let_go()

    def _unpacked(self, row: int) -> Paper:
        return unpack(self._records[self._numbers[row]], self._keys[row] if self._keys else "")


class KeptAuthors(LazySequence[Author]):
    """Authors, each made when it is asked for."""

    def __init__(self, names: Texts, starts: Numbers, rows: Numbers, pages: Mapping[str, Page]) -> None:
        self.names = names
        self._starts = starts
        self._rows = rows
        self._pages = pages

    def __len__(self) -> int:
        return len(self.names)

    def _at(self, place: int) -> Author:
        rows = tuple(self._rows[self._starts[place] : self._starts[place + 1]])
        return author_of(self.names[place], rows, self._pages)


def order_name(order: Order, flip: bool) -> str:
    """The section of the rows in that order."""
    return f"by {order}{' flipped' if flip else ''}"


def page_from(values: Mapping[str, Any]) -> Page:
    """A page from what `asdict` made of it and JSON gave back."""
    return Page(**{**values, "affiliations": tuple(values["affiliations"])})
