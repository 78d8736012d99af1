"""What is on the screen, as a value: the narrowing a person chose and the rows that it leaves."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from paperbrowse.library import Author, Library
from paperbrowse.ordering import Order, arrange
from paperbrowse.ui.widgets.paper_list import Spans, no_spans


@dataclass(frozen=True, slots=True)
class Narrowing:
    """The filter, the author, and the rest that decides which papers are shown and in what order."""

    query: str = ""
    author: Author | None = None
    only_bookmarked: bool = False
    order: Order | None = None
    """None: the best match first when there is a query, else the newest."""
    flip: bool = False

    @property
    def effective_order(self) -> Order:
        """The order that holds."""
        return self.order or (Order.MATCH if self.query.strip() else Order.YEAR)

    @property
    def words(self) -> list[str]:
        """What narrows besides the query, each part in words."""
        parts = []
        if self.author:
            parts.append(f"{self.author.name} ×")
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
    years: Mapping[int, int] = field(default_factory=dict)
    shown: frozenset[int] | None = None
    """The rows the query and the bookmarks leave, whatever the author; None when that is all of them."""
    spans: Spans = no_spans
    hint: str = ""


def look(library: Library, narrowing: Narrowing, bookmarked: frozenset[int]) -> View:
    """The view that `narrowing` gives of `library`; `bookmarked` are the rows that are kept."""
    asked = bool(narrowing.query.strip())
    result = library.find(narrowing.query) if asked else None
    rows: Sequence[int] = result.rows if result else range(len(library.papers))
    if narrowing.only_bookmarked:
        rows = [row for row in rows if row in bookmarked]
    shown = frozenset(rows) if asked or narrowing.only_bookmarked else None
    if narrowing.author:
        theirs = frozenset(narrowing.author.rows)
        rows = [row for row in rows if row in theirs]
    rows = arrange(library.papers, rows, narrowing.effective_order, flip=narrowing.flip)
    papers = library.papers
    years = Counter(year for row in rows if (year := papers[row].date.year))
    return View(
        narrowing=narrowing,
        rows=rows,
        years=years,
        shown=shown,
        spans=result.spans if result else no_spans,
        hint=_hint(result.hints, result.suggestion) if result else "",
    )


def _hint(hints: Sequence[str], suggestion: str | None) -> str:
    if suggestion:
        return f"did you mean {suggestion}?"
    return hints[0] if hints else ""
