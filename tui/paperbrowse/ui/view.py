"""What is on the screen, as a value: the narrowing a person chose and the rows that it leaves."""

import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

from paperbrowse.describe import grouped
from paperbrowse.library import Author, Library
from paperbrowse.ordering import Order
from paperbrowse.search import Found, Result, clauses, parse
from paperbrowse.similar import similar
from paperbrowse.ui.widgets.paper_list import Spans, no_spans

_FEW_LETTERS = 24
_MOST_PARTS = 8
"""Who asks for more at once has pasted something."""
_ASKS_OF_BOOKMARKS = re.compile(r"\b(?:is:bookmarked|tag:|status:)")


@dataclass(frozen=True, slots=True)
class Like:
    """A paper of which others like it are wanted."""

    key: str
    title: str

    @property
    def words(self) -> str:
        """Its title in a few words, as far as its colon if that is soon enough: "Tab-CoT…"."""
        begin, colon, _ = self.title.partition(":")
        if colon and len(begin) <= _FEW_LETTERS:
            return f"{begin}…"
        if len(self.title) <= _FEW_LETTERS:
            return self.title
        return (self.title[:_FEW_LETTERS].rpartition(" ")[0] or self.title[:_FEW_LETTERS]) + "…"


@dataclass(frozen=True, slots=True)
class Narrowing:
    """The filter, the author, and the rest that decides which papers are shown and in what order."""

    query: str = ""
    authors: tuple[Author, ...] = ()
    """One author, or two for the papers they share."""
    only_bookmarked: bool = False
    like: Like | None = None
    order: Order | None = None
    """None, or `Order.MATCH`: the best match first where some papers match better, else the usual one."""
    flip: bool = False
    usual: Order = Order.YEAR
    """The order where nothing is asked and none was chosen."""

    @property
    def effective_order(self) -> Order:
        """The order that holds."""
        if self.order and self.order is not Order.MATCH:
            return self.order
        return Order.MATCH if self.ranks else self.usual

    @property
    def asks(self) -> bool:
        """Whether something is looked for."""
        return bool(self.query.strip() or self.like)

    @property
    def ranks(self) -> bool:
        """Whether some papers answer better than others."""
        return bool(self.like) or _ranks(self.query)

    @property
    def orders(self) -> list[Order]:
        """The orders there are to choose from; the best match only where it makes a difference."""
        return [order for order in Order if order is not Order.MATCH or self.ranks or self.usual is order]

    @property
    def order_words(self) -> str:
        """The order in words, where it is not the usual one."""
        chosen = self.order and self.order is not Order.MATCH
        return f"by {self.effective_order}{' ↑' if self.flip else ''}" if chosen or self.flip else ""

    @property
    def parts(self) -> "list[Part]":
        """What narrows besides the query."""
        parts = []
        if self.like:
            parts.append(Part(f"like {self.like.words}", replace(self, like=None)))
        for place, author in enumerate(self.authors):
            others = self.authors[:place] + self.authors[place + 1 :]
            words = f"with {author.name}" if place else author.name
            parts.append(Part(words, replace(self, authors=others)))
        if self.only_bookmarked:
            parts.append(Part("★ only", replace(self, only_bookmarked=False)))
        return parts

    @property
    def query_parts(self) -> "list[Part]":
        """The words and fields of the query."""
        typed = clauses(self.query)
        return [
            Part(clause, replace(self, query=" ".join(typed[:place] + typed[place + 1 :])))
            for place, clause in enumerate(typed)
        ]


@lru_cache(maxsize=8)
def _ranks(query: str) -> bool:
    return parse(query).ranks


@dataclass(frozen=True, slots=True)
class Part:
    """One of the things that narrow the papers, and what narrows them without it."""

    words: str
    rest: Narrowing


@dataclass(frozen=True, slots=True)
class View:
    """The papers a narrowing leaves, in order, and what the panes need to show them."""

    narrowing: Narrowing
    rows: Sequence[int] = ()
    cursor: int = 0
    """Where in `rows` the paper stands that the cursor is to stay on; 0 when it is not there."""
    years: Mapping[int, int] = field(default_factory=dict)
    shown: Collection[int] | None = None
    """The rows the query and the bookmarks leave, whatever the author; None when that is all of them."""
    spans: Spans = no_spans
    hint: str = ""


def apart(rows: Sequence[int]) -> Sequence[int]:
    """The same rows in no order of theirs, for a thread of its own: found ones are worked out as they are
    looked at, which only one may do at a time."""
    return [*rows.unordered()] if isinstance(rows, Found) else rows


def look(
    library: Library, narrowing: Narrowing, bookmarked: frozenset[int], anchor: int | None = None
) -> View:
    """The view that `narrowing` gives of `library`; `bookmarked` are the rows that are kept.

    `anchor` is the row of the paper that the cursor is to stay on.
    """
    asked = bool(narrowing.query.strip())
    of_kept = narrowing.only_bookmarked or _ASKS_OF_BOOKMARKS.search(narrowing.query)
    # Bookmarks from elsewhere are shown only to who asks for bookmarks.
    everything: Collection[int] = range(len(library.papers)) if of_kept else library.own
    if narrowing.only_bookmarked:
        everything = bookmarked
    alike = _alike(library, narrowing)
    if alike is not None:
        everything = frozenset(row for row in alike if row in everything)
    within = everything
    if narrowing.authors:
        theirs = frozenset.intersection(*(frozenset(author.rows) for author in narrowing.authors))
        within = theirs.intersection(everything)
    result = library.searcher.search(narrowing.query, within=within) if asked else None
    hint = _hint(result.hints, result.suggestion) if result else ""
    if result and not result.rows:
        hint = (
            _too_narrow(library, narrowing, everything) or hint or _one_too_many(library, narrowing, within)
        )
    if result and result.query.root is None:
        result = None  # only begun ("year:20"): nothing is asked yet
    found: Collection[int] = within if result is None else result.rows
    order, flip = narrowing.effective_order, narrowing.flip
    if result is None and order is Order.MATCH and alike is not None:
        found = [row for row in (alike[::-1] if flip else alike) if row in within]
        flip = False
    as_found = result is not None and order is Order.MATCH and not flip
    rows = result.rows if result and as_found else library.arranged(found, order, flip=flip)
    return View(
        narrowing=narrowing,
        rows=rows,
        cursor=_place_of(anchor, rows),
        years=_years(library, found, result),
        shown=_shown(library, narrowing, everything, result),
        spans=result.spans if result else no_spans,
        hint=hint,
    )


def _alike(library: Library, narrowing: Narrowing) -> Sequence[int] | None:
    """The rows of the papers like the one that is to be liked; None where nothing is said of that."""
    if narrowing.like is None:
        return None
    row = library.row(narrowing.like.key)
    return () if row is None else similar(library, row)


def _years(library: Library, found: Collection[int], result: Result | None) -> Mapping[int, int]:
    if result is not None:
        return result.years()
    if found == library.own:
        return library.years
    return Counter(year for row in found if (year := library.papers[row].date.year))


def _shown(
    library: Library, narrowing: Narrowing, everything: Collection[int], result: Result | None
) -> Collection[int] | None:
    """What the counts beside the authors are of: what the filter leaves, whoever is chosen; None for all."""
    if result is None:
        return everything if narrowing.only_bookmarked or narrowing.like else None
    rows = result.rows
    if narrowing.authors:
        rows = library.searcher.search(narrowing.query, within=everything).rows
    return rows if isinstance(rows, Found) else frozenset(rows)


def _place_of(anchor: int | None, rows: Sequence[int]) -> int:
    if anchor is None or (isinstance(rows, Found) and anchor not in rows):
        return 0
    return next((place for place, row in enumerate(rows) if row == anchor), 0)


def _too_narrow(library: Library, narrowing: Narrowing, everything: Collection[int]) -> str:
    """How many papers the query finds without what narrows besides."""
    if narrowing.authors and (found := _count(library, narrowing.query, everything)):
        return f"{grouped(found)} without the author"
    elsewhere = library.own if narrowing.only_bookmarked and not narrowing.authors else ()
    if elsewhere and (found := _count(library, narrowing.query, elsewhere)):
        return f"{grouped(found)} without ★ only"
    return ""


def _one_too_many(library: Library, narrowing: Narrowing, within: Collection[int]) -> str:
    """Without which part of the query something would be found; the least says the most of what is meant."""
    parts = narrowing.query_parts
    if not 1 < len(parts) <= _MOST_PARTS:
        return ""
    without = [(found, part.words) for part in parts if (found := _count(library, part.rest.query, within))]
    if not without:
        return ""
    found, words = min(without)
    return f"{grouped(found)} without {words}"


def _count(library: Library, query: str, within: Collection[int]) -> int:
    return len(library.searcher.search(query, within=within).rows)


def _hint(hints: Sequence[str], suggestion: str | None) -> str:
    if suggestion:
        return f"did you mean {suggestion}?"
    return hints[0] if hints else ""
