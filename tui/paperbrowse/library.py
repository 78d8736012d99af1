"""The in-memory model: papers with their keys, authors with their papers, and the way to find them."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import compress
from typing import TYPE_CHECKING

from paperbrowse.holdings import Holdings
from paperbrowse.identity import identities, identity
from paperbrowse.keys import DEFAULT_PATTERN, rekeyed
from paperbrowse.model import Author as Author
from paperbrowse.model import Bookmark, Page, Paper, Problem
from paperbrowse.ordering import Order, arrange
from paperbrowse.overlay import overlaid
from paperbrowse.people.joined import JoinedAuthors
from paperbrowse.people.joins import NOBODY, Joins

if TYPE_CHECKING:
    from paperbrowse.merge import Origin
    from paperbrowse.people.mixed import Group
    from paperbrowse.people.suggest import Suggestion
    from paperbrowse.search import Query, Result, Searcher, Shelf

_FEW = 64
"""Up to one in so many papers, sorting them is quicker than picking them out of all."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A found paper and, per field, what in it matched: (start, end) offsets into the field's text.

    The fields are `title`, `venue` and `abstract`, and `authors`, whose offsets count in the byline
    joined by ", ".
    """

    paper: Paper
    spans: Mapping[str, Sequence[tuple[int, int]]]


class _Names:
    """What papers and people go by. The searcher asks this and not the library that has it: in a circle, a
    library that another one follows would stay in memory."""

    def __init__(self, holdings: Holdings, keys: Mapping[int, str], others: Mapping[str, int]) -> None:
        self.joins = NOBODY
        self._holdings = holdings
        self._keys = keys
        self._rows_by_other_key = others

    def spellings(self, name: str) -> Collection[str]:
        """All names of the person who has that one."""
        return self.joins.spellings(name)

    def row(self, key: str) -> int | None:
        """The row of the paper with that citation key."""
        if key in self._rows_by_other_key:
            return self._rows_by_other_key[key]
        row = self._holdings.row(key)
        return None if row in self._keys else row


class Library:
    """All papers that were read, each with a citation key that is unique among them."""

    def __init__(
        self, holdings: Holdings, kept: Sequence[Paper] = (), key_pattern: str = DEFAULT_PATTERN
    ) -> None:
        """Take in what was read.

        `kept` are bookmarked papers: their keys stay, and those of them that were not read stand behind the
        others in `papers`, from the end of `own` on.
        """
        self._holdings = holdings
        self.own = range(len(holdings.papers))
        """The rows of the papers that were read: all but the bookmarks from elsewhere."""
        pinned: dict[int, str] = {}
        elsewhere: list[Paper] = []
        for paper in kept:
            row = holdings.row_known_as(identity(paper))
            if row is None:
                elsewhere.append(paper)
            else:
                pinned.setdefault(row, paper.key)
        reserved = [paper.key for paper in kept]
        keys = rekeyed(holdings.papers, holdings.row, pinned, reserved, key_pattern) if kept else {}
        self._elsewhere = elsewhere
        self._read = overlaid(holdings.papers, keys, ())
        self.papers: Sequence[Paper] = overlaid(self._read, {}, elsewhere)
        """All papers; of a large library each is decoded when it is looked at."""
        self.shelf: Shelf | None = None
        self._keys = keys
        others = {key: row for row, key in keys.items()}
        others |= {paper.key: row for row, paper in enumerate(elsewhere, len(self.own))}
        self._names = _Names(holdings, keys, others)

    @property
    def joins(self) -> Joins:
        """Which names a person said are one author's."""
        return self._names.joins

    @property
    def pages(self) -> Sequence[Page]:
        """What the sources say besides their papers."""
        return self._holdings.pages

    @property
    def problems(self) -> Sequence[Problem]:
        """What could not be read."""
        return [*self._holdings.problems, *self.joins.problems]

    @property
    def authors(self) -> Sequence[Author]:
        """Page owners, then everyone else, most papers first; names that were joined are one author."""
        return self._joined if self.joins.people else self._holdings.authors

    @property
    def names(self) -> Sequence[Author]:
        """The same for every name by itself, as it is printed."""
        return self._holdings.authors

    def author(self, name: str) -> Author | None:
        """The author who goes by exactly that name, perhaps among others, or None."""
        return self._joined.author(name) if self.joins.person(name) else self.printed_author(name)

    def author_place(self, name: str) -> int | None:
        """Where in `authors` the author stands who goes by that name."""
        return self._joined.place(name) if self.joins.people else self._holdings.author_place(name)

    def printed_author(self, name: str) -> Author | None:
        """The one of `names` that is exactly that, or None."""
        place = self._holdings.author_place(name)
        return None if place is None else self._holdings.authors[place]

    def leading(self, name: str) -> str:
        """The spelling that leads where a name was joined with others, else the name."""
        person = self.joins.person(name)
        return person[0] if person else name

    def spellings_of(self, author: Author) -> Sequence[str]:
        """The names that an author goes by, the leading one first."""
        return self.joins.person(author.name) or (author.name,)

    @cached_property
    def _joined(self) -> JoinedAuthors:
        return JoinedAuthors(self._holdings.authors, self._holdings.author_place, self.joins)

    def join_people(self, joins: Joins) -> None:
        """Take names as one author's from now on, and no others than `joins` says."""
        self._names.joins = joins
        self.__dict__.pop("_joined", None)
        if "searcher" in self.__dict__:
            self.searcher.forget()

    def suggested_people(self, pause: Callable[[], None] = lambda: None) -> "list[Suggestion]":
        """Pairs of `names` that are likely to be one person's; see `paperbrowse.people.suggest`."""
        from paperbrowse.people.suggest import suggest

        return suggest(self.names, lambda row: self.papers[row].credited, self.joins, pause)

    def on_one_byline(self, names: Collection[str]) -> Paper | None:
        """A paper whose byline prints two of `names`, which are two people's then."""
        seen: set[int] = set()
        for name in names:
            rows = self._rows_of(name)
            for row in seen.intersection(rows):
                if len(set(names).intersection(self.papers[row].credited)) > 1:
                    return self.papers[row]
            seen.update(rows)
        return None

    def page_groups(self, author: Author) -> "Sequence[Group]":
        """Circles of co-authors that never meet, where an author's page seems to be of two people."""
        from paperbrowse.people.mixed import groups

        if author.page_owner is None:
            return ()
        own = self.spellings_of(author)
        return groups(author.rows, self.papers.__getitem__, own, self._rows_of)

    def _rows_of(self, name: str) -> Sequence[int]:
        author = self.printed_author(name)
        return author.rows if author else ()

    @property
    def keys(self) -> Sequence[str]:
        """The citation keys of the papers that were read, most of them as they are; for suggestions."""
        return self._holdings.keys

    def key(self, row: int) -> str:
        """The citation key of `papers[row]`, without a look at the paper."""
        if row in self._keys or row >= len(self.own):
            return self.papers[row].key
        return self._holdings.keys[row]

    def row(self, key: str) -> int | None:
        """The position in `papers` of the paper with that citation key, or None."""
        return self._names.row(key)

    def row_of(self, paper: Paper) -> int | None:
        """The position in `papers` of what `paper`, from an earlier reading, is now, by what it goes by."""
        rows = map(self._holdings.row_known_as, identities(paper))
        return next((row for row in rows if row is not None), None)

    def paper(self, key: str) -> Paper | None:
        """The paper with that citation key, or None."""
        row = self.row(key)
        return None if row is None else self.papers[row]

    def arranged(self, rows: Collection[int], order: Order, *, flip: bool = False) -> Sequence[int]:
        """`rows` in `order`, as `ordering.arrange` has it; the order of all papers is worked out once."""
        if order is Order.MATCH or len(rows) * _FEW < len(self.own):
            return arrange(self.papers, rows, order, flip=flip)
        everything = self._holdings.arranged(order, flip=flip)
        if rows == self.own:
            return everything
        wanted = bytearray(len(self.papers))
        for row in rows:
            wanted[row] = 1
        if any(wanted[len(self.own) :]):
            return arrange(self.papers, rows, order, flip=flip)
        return list(compress(everything, map(wanted.__getitem__, everything)))

    @property
    def years(self) -> Mapping[int, int]:
        """How many of the papers that were read each year has."""
        return self._holdings.years

    def records(self, row: int) -> Sequence[Paper]:
        """The records that a paper was made of, the best first; one where it was not merged."""
        return self._holdings.records(row) if row in self.own else (self.papers[row],)

    def origins(self, row: int) -> "Sequence[Origin]":
        """Where each field of a paper comes from, and what other sources say; nothing for a bookmark that
        no source has."""
        from paperbrowse.merge import origins

        if row not in self.own:
            return ()
        return origins(self.papers[row], self.records(row), self._holdings.originals(row))

    def as_kept(self, bookmark: Bookmark) -> Bookmark:
        """A bookmark with its paper as the library has it now, corrected and merged, where it has it."""
        row = self.row(bookmark.paper.key)
        return bookmark if row is None else replace(bookmark, paper=self.papers[row])

    def find(self, query: "str | Query", within: Collection[int] | None = None) -> "Result":
        """The rows that `query` leaves, best first, and what it takes to highlight them.

        They are of the papers that were read, unless `within` says otherwise. The index is built first if it
        is not there; who cannot wait asks `searcher`, which answers by a plain scan meanwhile.
        """
        if not self.searcher.ready:
            self.searcher.build(typed=False)
        return self.searcher.search(query, within=self.own if within is None else within)

    def search(self, query: str, limit: int | None = None) -> list[Hit]:
        """The papers that `query` finds, best first, at most `limit`, with the matched spans."""
        result = self.find(query)
        return [self._hit(result, row) for row in result.rows[:limit]]

    def _hit(self, result: "Result", row: int) -> Hit:
        paper = self.papers[row]
        texts = {
            "title": ("title", paper.title),
            "authors": ("author", ", ".join(paper.credited)),
            "venue": ("venue", paper.venue or paper.category or ""),
            "abstract": ("abstract", paper.abstract),
        }
        found = {name: result.spans(text, field) for name, (field, text) in texts.items()}
        return Hit(paper, {name: spans for name, spans in found.items() if spans})

    @cached_property
    def searcher(self) -> "Searcher":
        """The one searcher over these papers; it answers by a plain scan until its index is built."""
        from paperbrowse.search import Searcher

        return Searcher(
            self._read,
            self._elsewhere,
            shelf=self.shelf,
            spellings=self._names.spellings,
            row_of=self._names.row,
            index_shelf=self._holdings.index_shelf,
        )
