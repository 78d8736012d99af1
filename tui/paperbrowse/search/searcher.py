"""The searcher: papers in, ranked rows out."""

import gc
import string
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Sequence
from typing import Literal, Protocol

from paperbrowse.model import Bookmark, Paper
from paperbrowse.overlay import overlaid
from paperbrowse.search import query as q
from paperbrowse.search.index import Index
from paperbrowse.search.match import Matcher
from paperbrowse.search.plain import PlainPaper, cost, may_hold
from paperbrowse.search.query import Query, parse
from paperbrowse.search.rows import Found, InLibrary, Ranked
from paperbrowse.search.sources import abstract_of, people_of, title_of, venue_of
from paperbrowse.search.spans import Lit, Span, find_spans
from paperbrowse.text.fold import fold
from paperbrowse.text.patterns import regex

_NO_PUNCTUATION = str.maketrans("", "", string.punctuation)
_NO_SIGN = regex(r"[^\w\s]|_")

Facet = Literal["author", "year", "category"]
Spellings = Callable[[str], Collection[str]]


class Shelf(Protocol):
    """What may be asked about bookmarks, always as they are now."""

    def bookmark(self, key: str) -> Bookmark | None:
        """The bookmark of the paper with this citation key."""

    def bookmarked(self) -> Collection[str]:
        """The citation keys of all bookmarked papers."""


class IndexShelf(Protocol):
    """Where an index is kept between two starts."""

    def load(self, papers: Sequence[Paper]) -> Index | None:
        """The index of `papers`, if it is there."""

    def keep(self, index: Index) -> None:
        """Keep it for the next start."""


class Result:
    """The answer to one query."""

    def __init__(
        self,
        papers: Sequence[Paper],
        query: Query,
        rows: Sequence[int],
        *,
        lit: Sequence[Lit] = (),
        hints: tuple[str, ...] = (),
        suggestion: str | None = None,
    ) -> None:
        self.query = query
        self.rows = rows
        """Indices into the papers, best first."""
        self.hints = hints or query.hints
        """What of the query was not understood."""
        self.suggestion = suggestion
        """When nothing was found: a query that finds something."""
        self._papers = papers
        self._lit = lit

    def followed_by(self, other: "Result", papers: Sequence[Paper]) -> "Result":
        """With the rows of `other` behind its own; both are of `papers`, `other` of the end of these."""
        first = len(papers) - len(other._papers)
        rows = [*self.rows, *(first + row for row in other.rows)]
        suggestion = None if rows else self.suggestion or other.suggestion
        lit = [*self._lit, *other._lit]
        return Result(papers, self.query, rows, lit=lit, hints=self.hints, suggestion=suggestion)

    def spans(self, text: str, field: str) -> list[Span]:
        """Places of `text` to highlight, as it is displayed; `field` says what of the paper it shows:
        "title", "author", "venue", "year" or "abstract"."""
        return find_spans(text, field, self._lit)

    def years(self) -> Counter[int]:
        """How many of the rows each year has."""
        if isinstance(self.rows, Found):
            return self.rows.years()
        return Counter(year for row in self.rows if (year := self._papers[row].date.year) is not None)

    def facets(self, facet: Facet) -> Counter[str | int]:
        """How many of the rows each author, year or category has."""
        return count_facet(self._papers, self.rows, facet)


def count_facet(papers: Sequence[Paper], rows: Iterable[int], facet: Facet) -> Counter[str | int]:
    counts: Counter[str | int] = Counter()
    if facet == "author":
        for row in rows:
            counts.update(people_of(papers[row]))
    elif facet == "year":
        counts.update(year for row in rows if (year := papers[row].date.year) is not None)
    else:
        counts.update(name for row in rows if (name := papers[row].category) is not None)
    return counts


class Searcher:
    """Searches `papers`, whose order is the library's; see `search`."""

    def __init__(
        self,
        papers: Sequence[Paper],
        more: Sequence[Paper] = (),
        *,
        shelf: Shelf | None = None,
        spellings: Spellings | None = None,
        index_shelf: IndexShelf | None = None,
        row_of: Callable[[str], int | None] | None = None,
    ) -> None:
        """`more` stand behind `papers`, have an index of their own, and are found behind them too.

        `row_of` tells which row has a citation key.
        """
        self.papers = papers
        self._everything = overlaid(papers, {}, more)
        self._more = Searcher(more, shelf=shelf, spellings=spellings) if more else None
        self._matcher: Matcher | None = None
        self._within: tuple[Collection[int] | None, int] = None, 0
        self._shelf = shelf
        self._spellings = spellings
        self._index_shelf = index_shelf
        self._row_of = row_of or _by_key(papers)

    def build(self, pause: Callable[[], None] | None = None, *, typed: bool = True) -> None:
        """Makes the index, calling `pause` every few milliseconds; may run in a thread of its own.

        Where queries are not `typed` letter by letter, what only some of them take waits until one does.
        """
        if typed:
            # Words are compared with its help; importing it takes longer than a key may.
            import rapidfuzz.process  # noqa: F401
        if self._more:
            self._more.build(pause, typed=typed)
        if self._take_kept():
            return
        index = Index(self.papers)
        # The collector would walk over all the papers again and again, holding the interpreter each time.
        collecting = gc.isenabled()
        gc.disable()
        try:
            for _ in index.build():
                if pause is not None:
                    pause()
        finally:
            if collecting:
                gc.enable()
        self._matcher = Matcher(index, self._spellings)
        if self._index_shelf:
            self._index_shelf.keep(index)

    def _take_kept(self) -> bool:
        """Take the index that was kept, if there is one."""
        index = self._index_shelf.load(self.papers) if self._index_shelf else None
        if index is not None:
            self._matcher = Matcher(index, self._spellings)
        return index is not None

    @property
    def ready(self) -> bool:
        """Whether the index is built; until then a plain scan answers, without forgiving typos."""
        return self._matcher is not None

    @property
    def index(self) -> Index | None:
        """The index, once it is built."""
        return self._matcher.index if self._matcher is not None else None

    def forget(self) -> None:
        """Drops what was remembered of earlier queries; the answers stay the same."""
        matcher = self._matcher
        if matcher is not None:
            self._matcher = Matcher(matcher.index, self._spellings)
        if self._more:
            self._more.forget()

    def search(self, query: str | Query, *, within: Collection[int] | None = None) -> Result:
        """The papers that answer `query`, best first, of all papers or of the rows `within`; a query
        without words gives them in the library's order."""
        if isinstance(query, str):
            query = parse(query)
        if self._more is None or (isinstance(within, range) and within.stop <= len(self.papers)):
            return self._search(query, within)
        own = len(self.papers)
        if within is None or isinstance(within, range):
            within = within or range(len(self._everything))
            first: Collection[int] = range(within.start, own)
            behind: Collection[int] = range(max(0, within.start - own), within.stop - own)
        else:
            behind = [row - own for row in within if row >= own]
            first = [row for row in within if row < own] if behind else within
        found = self._search(query, first)
        return found.followed_by(self._more.search(query, within=behind), self._everything)

    def _search(self, query: Query, within: Collection[int] | None) -> Result:
        matcher = self._matcher
        if query.root is None:
            rows = range(len(self.papers)) if within is None else sorted(within)
            return Result(self.papers, query, rows)
        ranked = any(isinstance(leaf, q.Word | q.Phrase) for leaf in query.leaves())
        if matcher is None:
            lit = [Lit(leaf) for leaf in query.leaves() if isinstance(leaf, q.Word | q.Phrase)]
            return Result(self.papers, query, self._scan(query.root, within, ranked), lit=lit)
        within_bits = self._bits(matcher.index, within)
        match, head = matcher.answer(query.root, self._shelved(matcher.index), within_bits)
        if not ranked:
            return Result(self.papers, query, InLibrary(matcher.index, match.costed.mask))
        found = Ranked(matcher.index, match.costed, head)
        suggestion = None if match.costed.mask else matcher.suggest(query)
        return Result(self.papers, query, found, lit=match.lit(), suggestion=suggestion)

    def _bits(self, index: Index, within: Collection[int] | None) -> int | None:
        """The rows `within` as a set of the index; the last one is remembered where it cannot change."""
        if within is None or (isinstance(within, range) and len(within) == len(self.papers)):
            return None
        if within is not self._within[0]:
            numbers = index.numbers
            bits = index.universe.of([numbers[row] for row in within])
            if not isinstance(within, tuple | frozenset | range):
                return bits
            self._within = within, bits
        return self._within[1]

    def _shelved(self, index: Index) -> list[tuple[int, Bookmark]]:
        """The bookmarks of papers of this library, by the papers' numbers in the index."""
        if self._shelf is None:
            return []
        found = []
        for key in self._shelf.bookmarked():
            row = self._row_of(key)
            bookmark = self._shelf.bookmark(key)
            if row is not None and row < len(self.papers) and bookmark is not None:
                found.append((index.numbers[row], bookmark))
        return found

    def _scan(self, root: q.Node, within: Collection[int] | None, ranked: bool) -> list[int]:
        found: list[tuple[int, int, int, int]] = []
        for row in range(len(self.papers)) if within is None else sorted(within):
            paper = self.papers[row]
            bookmark = self._shelf.bookmark(paper.key) if self._shelf is not None else None
            if not may_hold(root, _line(paper, bookmark)):
                continue
            distance = cost(root, PlainPaper(paper, bookmark), self._spellings)
            if distance is not None and ranked:
                found.append((distance, len(paper.title), -(paper.date.year or 0), row))
            elif distance is not None:
                found.append((0, 0, 0, row))
        return [row for *_, row in sorted(found)]


def _by_key(papers: Sequence[Paper]) -> Callable[[str], int | None]:
    """What tells which row has a key, by going through `papers` when it is first asked."""
    rows: dict[str, int] = {}

    def row_of(key: str) -> int | None:
        if not rows:
            rows.update((paper.key, row) for row, paper in enumerate(papers))
        return rows.get(key)

    return row_of


def _line(paper: Paper, bookmark: Bookmark | None) -> str:
    """Every letter a paper can be found by, folded, without punctuation."""
    year = str(paper.date.year or "")
    tags = bookmark.tags if bookmark is not None else ()
    line = "\n".join((title_of(paper), *people_of(paper), venue_of(paper), year, *tags, abstract_of(paper)))
    return line.lower().translate(_NO_PUNCTUATION) if line.isascii() else _NO_SIGN.sub("", fold(line))
