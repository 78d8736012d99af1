"""The orders that papers can be put in, the same in the browser and on the command line."""

from collections.abc import Callable, Iterable, Sequence
from enum import StrEnum
from operator import itemgetter
from typing import Any

from paperbrowse.model import Paper
from paperbrowse.text.fold import fold
from paperbrowse.text.names import split_name


class Order(StrEnum):
    """What papers are sorted by."""

    MATCH = "match"
    """As found: the best match first, or the library's own order when nothing was asked."""
    YEAR = "year"
    TITLE = "title"
    AUTHOR = "author"
    VENUE = "venue"
    SCORE = "score"


def arrange(papers: Sequence[Paper], rows: Iterable[int], order: Order, *, flip: bool = False) -> list[int]:
    """`rows` of `papers` in `order`, each order starting with what one looks for first.

    That is the newest year, the highest score, and the beginning of the alphabet; `flip` turns it round.
    What a paper does not state goes last either way, and equal papers keep the order they came in.
    """
    if order is Order.MATCH:
        found = list(rows)
        return found[::-1] if flip else found
    return in_order(((value_for(order, papers[row]), row) for row in rows), order, flip=flip)


def value_for(order: Order, paper: Paper) -> Any:
    """What an order goes by, None where the paper does not state it."""
    return _KEYS[order][0](paper)


def in_order(valued: Iterable[tuple[Any, int]], order: Order, *, flip: bool = False) -> list[int]:
    """Rows, each with the value that `order` goes by, as `arrange` puts them."""
    known: list[tuple[Any, int]] = []
    unknown: list[int] = []
    for value, row in valued:
        if value is None:
            unknown.append(row)
        else:
            known.append((value, row))
    descending = _KEYS[order][1]
    known.sort(key=itemgetter(0), reverse=descending != flip)
    return [row for _, row in known] + unknown


def _date(paper: Paper) -> tuple[int, int, int] | None:
    date = paper.date
    return (date.year, date.month or 0, date.day or 0) if date.year else None


def _title(paper: Paper) -> str | None:
    return fold(paper.title).lstrip("\"'`$\\{[(") or None


def _author(paper: Paper) -> str | None:
    if not paper.credited:
        return None
    name = split_name(paper.credited[0])
    return fold(f"{name.family} {name.given}")


def _venue(paper: Paper) -> str | None:
    venue = paper.venue or paper.category
    return fold(venue) if venue else None


def _score(paper: Paper) -> float | None:
    return paper.score


_KEYS: dict[Order, tuple[Callable[[Paper], Any], bool]] = {
    Order.YEAR: (_date, True),
    Order.TITLE: (_title, False),
    Order.AUTHOR: (_author, False),
    Order.VENUE: (_venue, False),
    Order.SCORE: (_score, True),
}
