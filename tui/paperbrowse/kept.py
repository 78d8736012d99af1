"""A library kept in the user's cache folder: the next start need not read its sources.

A flat file (`paperbrowse.flat`) with the papers as JSON, each decoded when it is looked at, and what is
asked of all of them at once: which paper has a key or an identity, who wrote what, and every order. Beside it
stands the search index, in a file of its own (`paperbrowse.search.kept_index`).
"""

import json
from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, astuple, fields
from functools import cached_property
from hashlib import blake2b
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

from paperbrowse import cache
from paperbrowse.flat import Flat, FlatWriter, Numbers, Ordered, Texts
from paperbrowse.holdings import Holdings, author_of, pages_by_owner
from paperbrowse.identity import identities
from paperbrowse.lazy import LazySequence
from paperbrowse.model import Author, Page, Paper, PartialDate, Problem, Source
from paperbrowse.ordering import Order
from paperbrowse.search.kept_index import IndexInCache

if TYPE_CHECKING:
    from paperbrowse.search import IndexShelf

_NAMES = tuple(field.name for field in fields(Paper))
_TUPLES = tuple(place for place, field in enumerate(fields(Paper)) if isinstance(field.default, tuple))
_DATE, _SOURCE = _NAMES.index("date"), _NAMES.index("source")
_ORDERS = tuple((order, flip) for order in Order if order is not Order.MATCH for flip in (False, True))
_AT_HAND = 4096
"""Papers that stay decoded."""


def keep(folder: Path, name: str, holdings: Holdings) -> None:
    """Keep what was read in `folder`, under `name`.

    Raises:
        OSError: it cannot be written; no half of it stays.
    """
    with cache.writing(folder, name, cache.LIBRARY) as file:
        merged = [row for row in range(len(holdings.papers)) if len(holdings.records(row)) > 1]
        members = [holdings.records(row) for row in merged]
        file.add_texts("records", map(_row, chain(holdings.papers, chain.from_iterable(members))))
        file.add_numbers("merged", array("I", merged))
        file.add_numbers("members", _starts(map(len, members)))
        _keep_names(file, "keys", [paper.key for paper in holdings.papers])
        _keep_names(file, "authors", [author.name for author in holdings.authors])
        file.add_numbers("author starts", _starts(len(author.rows) for author in holdings.authors))
        rows = array("I", chain.from_iterable(author.rows for author in holdings.authors))
        file.add_numbers("author rows", rows)
        known = [(_sum(name), row) for row, paper in enumerate(holdings.papers) for name in identities(paper)]
        known.sort()
        file.add_numbers("identities", array("Q", [sum_ for sum_, _ in known]))
        file.add_numbers("identity rows", array("I", [row for _, row in known]))
        for order, flip in _ORDERS:
            file.add_numbers(_order_name(order, flip), array("I", holdings.arranged(order, flip=flip)))
        file.close(
            {
                "papers": len(holdings.papers),
                "pages": [asdict(page) for page in holdings.pages],
                "problems": [astuple(problem) for problem in holdings.problems],
                "years": list(holdings.years.items()),
            }
        )


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
        self._records = KeptPapers(flat.texts("records"))
        self.papers: Sequence[Paper] = KeptPapers(flat.texts("records"), int(flat.extra["papers"]))
        self.years: Mapping[int, int] = dict(flat.extra["years"])
        self._rows: dict[str, int | None] = {}

    @cached_property
    def keys(self) -> Sequence[str]:
        """The papers' citation keys."""
        return self._flat.texts("keys")

    @cached_property
    def pages(self) -> Sequence[Page]:
        """What the sources say besides."""
        pages = self._flat.extra["pages"]
        return [Page(**{**page, "affiliations": tuple(page["affiliations"])}) for page in pages]

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
        wanted = _sum(identity)
        at = bisect_left(sums, wanted)
        while at < len(sums) and sums[at] == wanted:
            if identity in identities(self.papers[rows[at]]):
                return rows[at]
            at += 1
        return None

    def arranged(self, order: Order, *, flip: bool) -> Sequence[int]:
        """All rows in `order`."""
        return self._flat.numbers(_order_name(order, flip))

    def records(self, row: int) -> Sequence[Paper]:
        """The records that a paper was made of, the best first; itself where it was not merged."""
        merged, starts = self._flat.numbers("merged"), self._flat.numbers("members")
        at = bisect_left(merged, row)
        if at == len(merged) or merged[at] != row:
            return (self.papers[row],)
        own = len(self.papers)
        return self._records[own + starts[at] : own + starts[at + 1]]

    def _names(self, name: str) -> Ordered:
        return Ordered(self._flat.texts(name), self._flat.numbers(f"{name} order"))


class KeptPapers(LazySequence[Paper]):
    """Papers that are decoded when they are asked for; the latest ones stay at hand."""

    def __init__(self, records: Texts, count: int | None = None) -> None:
        self._records = records
        self._count = len(records) if count is None else count
        self._at_hand: dict[int, Paper] = {}

    def __len__(self) -> int:
        return self._count

    def _at(self, row: int) -> Paper:
        paper = self._at_hand.get(row)
        if paper is None:
            paper = _paper(self._records[row])
            if len(self._at_hand) >= _AT_HAND:
                self._at_hand.clear()
            self._at_hand[row] = paper
        return paper

    def __iter__(self) -> Iterator[Paper]:
        return (_paper(self._records[row]) for row in range(self._count))


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


def _keep_names(file: FlatWriter, name: str, names: Sequence[str]) -> None:
    file.add_texts(name, (one.encode("utf-8", "surrogatepass") for one in names))
    order = sorted(range(len(names)), key=names.__getitem__)
    file.add_numbers(f"{name} order", array("I", order))


def _starts(lengths: Iterable[int]) -> "array[int]":
    starts = array("I", [0])
    for length in lengths:
        starts.append(starts[-1] + length)
    return starts


def _order_name(order: Order, flip: bool) -> str:
    return f"by {order}{' flipped' if flip else ''}"


def _sum(identity: str) -> int:
    return int.from_bytes(blake2b(identity.encode("utf-8", "surrogatepass"), digest_size=8).digest())


def _row(paper: Paper) -> bytes:
    values: list[Any] = [getattr(paper, name) for name in _NAMES]
    values[_DATE] = astuple(paper.date)
    values[_SOURCE] = astuple(paper.source)
    return json.dumps(values, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")


def _paper(row: str) -> Paper:
    values = json.loads(row)
    for place in _TUPLES:
        values[place] = tuple(values[place])
    values[_DATE] = PartialDate(*values[_DATE])
    values[_SOURCE] = Source(*values[_SOURCE])
    return Paper(**dict(zip(_NAMES, values, strict=True)))
