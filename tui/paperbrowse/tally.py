"""What papers come to when they are counted: by year, by who wrote them, by category and by venue."""

from array import array
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from heapq import heappush, heappushpop
from itertools import combinations, islice
from weakref import WeakKeyDictionary

from paperbrowse.describe import venue_word
from paperbrowse.library import Library
from paperbrowse.model import Author, Paper
from paperbrowse.search.sources import people_of, short_venue

FEW = 3000
"""Up to so many papers are read to be counted; what of more is counted was noted of all papers before."""
_YEARS = 15
"""Years that have a bar each; the earlier ones share one."""
_PEOPLE = 10
_NAMES = 8
"""Categories, and venues, that have a bar each."""
_KINDS = 3
"""Categories or venues that are told apart in a year's bar."""
_PAUSE = 500
"""Papers that are noted between two looks at whether the answer is still wanted."""

OTHER = "other"


class NotWanted(Exception):
    """Nobody waits for the answer any more."""


@dataclass(frozen=True, slots=True)
class Bar:
    """Some of the papers: what they are called, how many they are, and what narrows to them."""

    label: str
    number: int
    query: str = ""
    author: str = ""
    parts: tuple[int, ...] = ()
    """The number in parts, one for each kind of the tally."""
    is_rest: bool = False
    """Whether it is all that has no bar of its own: it is not to be compared with the others."""


@dataclass(frozen=True, slots=True)
class Tally:
    """Papers, counted. Every sequence of bars has the longest first, but for the years, the newest first."""

    papers: int = 0
    years: Sequence[Bar] = ()
    kinds: Sequence[str] = ()
    """What the parts of the years' bars are, the rest last; none where nothing is told apart."""
    people: Sequence[Bar] = ()
    categories: Sequence[Bar] = ()
    venues: Sequence[Bar] = ()
    joint: Sequence[Sequence[int]] = field(default=())
    """How many of the papers each two of the people share; alone, how many one has."""


def tally(
    library: Library,
    rows: Collection[int],
    authors: Sequence[Author] = (),
    wanted: Callable[[int], bool] = lambda _noted: True,
) -> Tally:
    """Count the papers in `rows`, which are those of `authors` where there are any.

    The first time that many papers are counted all of the library are gone through; `wanted` is asked again
    and again meanwhile, and told how many are done. Raises `NotWanted` when it says no.
    """
    facts = list(_facts(library, rows, wanted))
    categories = Counter(category for _, category, _ in facts if category)
    venues = Counter(name for _, _, names in facts for name in names)
    by_category = sum(categories.values()) * 2 >= len(facts)
    of_kind = [(year, category if by_category else next(iter(names), "")) for year, category, names in facts]
    counts = Counter(kind for _, kind in of_kind if kind)
    kinds = _most(counts, _KINDS) if len(counts) > 1 else []
    told = [kind if by_category else venue_word(kind) for kind in kinds]
    if kinds and sum(counts[kind] for kind in kinds) < len(of_kind):
        told.append(OTHER)
    people = _people(library, rows, {author.name for author in authors})
    return Tally(
        papers=len(rows),
        years=_year_bars(of_kind, kinds),
        kinds=told,
        people=[Bar(author.name, number, author=author.name) for number, author in people],
        categories=[Bar(name, categories[name], f"cat:{name}") for name in _most(categories, _NAMES)],
        venues=[Bar(venue_word(name), venues[name], f'venue:"{name}"') for name in _most(venues, _NAMES)],
        joint=_joint([author for _, author in people], rows),
    )


def categories_of(
    library: Library, rows: Collection[int], wanted: Callable[[int], bool] = lambda _noted: True
) -> Counter[str]:
    """How many of the papers in `rows` each category has; `wanted` as of `tally`."""
    return Counter(category for _, category, _ in _facts(library, rows, wanted) if category)


def joint_papers(authors: Sequence[Author]) -> Counter[tuple[int, int]]:
    """How many papers each two of `authors` share, by their places in it; who share none are left out."""
    theirs = [frozenset(author.rows) for author in authors]
    counts = Counter[tuple[int, int]]()
    for (place, one), (later, other) in combinations(enumerate(theirs), 2):
        if number := len(one & other):
            counts[place, later] = number
    return counts


def _most(counts: Counter[str], most: int) -> list[str]:
    return sorted(counts, key=lambda name: (-counts[name], name))[:most]


def _year_bars(of_kind: Iterable[tuple[int, str]], kinds: Sequence[str]) -> list[Bar]:
    """A bar for every year from the newest on, also for those without a paper, and one for the earliest."""
    places = {kind: place for place, kind in enumerate(kinds)}
    parts: dict[int, list[int]] = {}
    for (year, kind), number in Counter(pair for pair in of_kind if pair[0]).items():
        parts.setdefault(year, [0] * (len(kinds) + 1))[places.get(kind, len(kinds))] += number
    if not parts:
        return []
    first, last = min(parts), max(parts)
    alone = range(last, max(first, last - _YEARS + 1) - 1, -1)
    bars = [_year_bar(str(year), f"year:{year}", parts.get(year, [0])) for year in alone]
    earlier = [number for year, number in parts.items() if year < alone[-1]]
    if earlier:
        number = sum(map(sum, earlier))
        bars.append(Bar(f"to {alone[-1] - 1}", number, f"year:<={alone[-1] - 1}", is_rest=True))
    return bars


def _year_bar(label: str, query: str, parts: Sequence[int]) -> Bar:
    return Bar(label, sum(parts), query, parts=tuple(parts))


def _people(library: Library, rows: Collection[int], without: set[str]) -> list[tuple[int, Author]]:
    """Who has most of the papers, with how many."""
    if len(rows) > FEW:
        return _most_of_many(library, rows, without)
    bylines = (people_of(library.papers[row]) for row in rows)
    people = (dict.fromkeys(map(library.leading, names)) for names in bylines)
    counts = Counter(name for names in people for name in names if name not in without)
    found = [(counts[name], library.author(name)) for name in _most(counts, _PEOPLE)]
    return [(number, author) for number, author in found if author]


def _most_of_many(library: Library, rows: Collection[int], without: set[str]) -> list[tuple[int, Author]]:
    """The same without reading papers: nobody has more of them than papers at all, and the library's authors
    come with the most papers first, but for the owners of pages before them."""
    among = _among(library, rows)
    best: list[tuple[int, int, Author]] = []
    for place, author in enumerate(library.authors):
        if len(best) == _PEOPLE and author.page_owner is None and len(author.rows) <= best[0][0]:
            break
        if author.name not in without:
            entry = (sum(map(among.__getitem__, author.rows)), -place, author)
            (heappush if len(best) < _PEOPLE else heappushpop)(best, entry)
    return [(number, author) for number, _, author in sorted(best, reverse=True) if number]


def _among(library: Library, rows: Collection[int]) -> bytearray:
    marks = bytearray(len(library.papers))
    for row in rows:
        marks[row] = 1
    return marks


def _joint(people: Sequence[Author], rows: Collection[int]) -> list[list[int]]:
    """How many of the papers each two of `people` share."""
    everyone = frozenset().union(*(author.rows for author in people))
    among = frozenset(row for row in everyone if row in rows) if _is_quick(rows) else everyone & {*rows}
    theirs = [among.intersection(author.rows) for author in people]
    return [[len(one & other) for other in theirs] for one in theirs]


def _is_quick(rows: Collection[int]) -> bool:
    return isinstance(rows, range | set | frozenset)


# What is counted of a paper: year or 0, category, names of the venue, the first for a bar of the year.

_Fact = tuple[int, str, tuple[str, ...]]


def _fact(paper: Paper) -> _Fact:
    names = paper.venue_names or tuple(short_venue(paper.anthology or "").split()[:1])
    if not names and paper.venue:
        names = (paper.venue,)
    # What has a name of its own is told by it; every workshop has "ws" among its names.
    return paper.date.year or 0, paper.category or "", tuple(sorted(names, key="ws".__eq__))


def _facts(library: Library, rows: Collection[int], wanted: Callable[[int], bool]) -> Iterator[_Fact]:
    if len(rows) <= FEW:
        return (_fact(library.papers[row]) for row in rows)
    noted = _NOTED.get(library)
    if noted is None:
        noted = _NOTED[library] = _Noted(library, wanted)
    return map(noted.fact, rows)


class _Noted:
    """The facts of all papers of a library in a few bytes each."""

    def __init__(self, library: Library, wanted: Callable[[int], bool]) -> None:
        self._numbers: dict[_Fact, int] = {}
        self._of_rows = array("I")
        papers = iter(library.papers)
        while some := list(islice(papers, _PAUSE)):
            if not wanted(len(self._of_rows)):
                raise NotWanted
            for paper in some:
                self._of_rows.append(self._numbers.setdefault(_fact(paper), len(self._numbers)))
        self._facts = list(self._numbers)

    def fact(self, row: int) -> _Fact:
        return self._facts[self._of_rows[row]]


_NOTED: "WeakKeyDictionary[Library, _Noted]" = WeakKeyDictionary()
