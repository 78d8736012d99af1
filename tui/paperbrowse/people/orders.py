"""The orders that authors can be put in, besides the library's own by the number of papers."""

from array import array
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from paperbrowse.model import Author
from paperbrowse.text.fold import fold
from paperbrowse.text.names import split_name

_AT_ONCE = 50


class AuthorOrder(StrEnum):
    """What authors are sorted by."""

    PAPERS = "papers"
    """Page owners first, then most papers first: the library's own order."""
    NAME = "name"
    LATEST = "latest"


@dataclass(frozen=True, slots=True)
class Ordering:
    """An order: the places of the authors in it, and for each place where it stands in the order."""

    places: Sequence[int]
    ranks: Sequence[int]


def by_name(authors: Sequence[Author], pause: Callable[[], None] = lambda: None) -> Ordering:
    """`authors` by family name, then given name."""
    buckets: dict[str, list[tuple[str, int]]] = defaultdict(list)
    for place, author in enumerate(authors):
        if place % _AT_ONCE == 0:
            pause()
        name = split_name(author.name)
        key = fold(f"{name.family} {name.given}")
        buckets[key[:3]].append((key, place))
    order = array("I")
    for number, start in enumerate(sorted(buckets)):
        if number % _AT_ONCE == 0:
            pause()
        order.extend(place for _, place in sorted(buckets[start]))
    return _ordering(order, pause)


def by_latest(
    authors: Sequence[Author], newest_first: Sequence[int], pause: Callable[[], None] = lambda: None
) -> Ordering:
    """`authors`, whose latest paper is the newest first; `newest_first` are the rows of all papers."""
    ages = array("I", bytes(4 * (max(newest_first, default=-1) + 1)))
    for age, row in enumerate(newest_first):
        if age % (20 * _AT_ONCE) == 0:
            pause()
        ages[row] = age
    latest: dict[int, list[int]] = defaultdict(list)
    for place, author in enumerate(authors):
        if place % _AT_ONCE == 0:
            pause()
        latest[min(ages[row] for row in author.rows)].append(place)
    order = array("I")
    for age in range(len(newest_first)):
        if age % (20 * _AT_ONCE) == 0:
            pause()
        order.extend(latest.get(age, ()))
    return _ordering(order, pause)


def _ordering(places: Sequence[int], pause: Callable[[], None]) -> Ordering:
    ranks = array("I", bytes(4 * len(places)))
    for rank, place in enumerate(places):
        if rank % (20 * _AT_ONCE) == 0:
            pause()
        ranks[place] = rank
    return Ordering(places, ranks)
