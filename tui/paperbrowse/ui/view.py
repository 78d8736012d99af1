"""What is on the screen, as a value: the narrowing a person chose and the rows that it leaves."""

import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from paperbrowse.library import Author, Library
from paperbrowse.ordering import Order, arrange
from paperbrowse.ui.widgets.paper_list import Spans, no_spans

_ASKS_OF_BOOKMARKS = re.compile(r"\b(?:is:bookmarked|tag:|status:)")


@dataclass(frozen=True, slots=True)
class Narrowing:
    """The filter, the author, and the rest that decides which papers are shown and in what order."""

    query: str = ""
    authors: tuple[Author, ...] = ()
    """One author, or two for the papers they share."""
    only_bookmarked: bool = False
    order: Order | None = None
    """None: the best match first when there is a query, else the usual one."""
    flip: bool = False
    usual: Order = Order.YEAR
    """The order where nothing is asked and none was chosen."""

    @property
    def effective_order(self) -> Order:
        """The order that holds."""
        return self.order or (Order.MATCH if self.query.strip() else self.usual)

    @property
    def words(self) -> list[str]:
        """What narrows besides the query, each part in words."""
        parts = []
        if self.authors:
            parts.append(" with ".join(author.name for author in self.authors) + " ×")
        if self.only_bookmarked:
            parts.append("★ only ×")
        if self.order or self.flip:
            parts.append(f"by {self.effective_order}{' ↑' if self.flip else ''}")
        return parts


@dataclass(frozen=True, slots=True)
class View:
    """The papers a narrowing leaves, in order, and what the panes need to show them."""

    narrowing: Narrowing
    rows: Sequence[int] = ()
    cursor: int = 0
    """Where in `rows` the paper stands that the cursor is to stay on; 0 when it is not there."""
    years: Mapping[int, int] = field(default_factory=dict)
    shown: frozenset[int] | None = None
    """The rows the query and the bookmarks leave, whatever the author; None when that is all of them."""
    spans: Spans = no_spans
    hint: str = ""


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
    within = everything
    if narrowing.authors:
        theirs = frozenset.intersection(*(frozenset(author.rows) for author in narrowing.authors))
        within = theirs.intersection(everything)
    search = library.searcher.search
    result = search(narrowing.query, within=within) if asked else None
    found: Sequence[int] = sorted(within) if result is None else result.rows
    # The counts beside the authors are of what the filter leaves, whoever is chosen.
    shown = bookmarked if narrowing.only_bookmarked else None
    if result:
        everyone = search(narrowing.query, within=everything).rows if narrowing.authors else result.rows
        shown = frozenset(everyone)
    rows = found
    if narrowing.effective_order is not Order.MATCH or narrowing.flip:
        rows = arrange(library.papers, found, narrowing.effective_order, flip=narrowing.flip)
    papers = library.papers
    return View(
        narrowing=narrowing,
        rows=rows,
        cursor=_place_of(anchor, rows),
        years=Counter(year for row in found if (year := papers[row].date.year)),
        shown=shown,
        spans=result.spans if result else no_spans,
        hint=_hint(result.hints, result.suggestion) if result else "",
    )


def _place_of(anchor: int | None, rows: Sequence[int]) -> int:
    if anchor is None:
        return 0
    return next((place for place, row in enumerate(rows) if row == anchor), 0)


def _hint(hints: Sequence[str], suggestion: str | None) -> str:
    if suggestion:
        return f"did you mean {suggestion}?"
    return hints[0] if hints else ""
