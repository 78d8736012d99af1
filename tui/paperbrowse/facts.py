"""What is asked of every paper of a library by itself, worked out once and kept with it.

By these a library is made without a look at its papers: which of them may be one, their keys, authors and
orders.
"""

import json
from collections.abc import Callable, Sequence
from typing import NamedTuple

from paperbrowse.grouping import marks, needs_abstracts
from paperbrowse.identity import identities, sum_of
from paperbrowse.model import Paper
from paperbrowse.ordering import Order, value_for


class Facts(NamedTuple):
    """What is asked of a paper. Sequences are lists: such as JSON gives back."""

    wish: str
    """The citation key that it would have if it were alone."""
    names: list[str]
    """Under whose names it is found: credited, or owners of a page that lists it."""
    identities: list[int]
    """Sums of all identities that it goes by, its own first."""
    marks: list[int]
    """Sums of its marks (see `paperbrowse.grouping`)."""
    needs_abstracts: bool
    date: list[int] | None
    title: str | None
    author: str | None
    venue: str | None
    score: float | None


_ORDERED_BY = {
    Order.YEAR: Facts._fields.index("date"),
    Order.TITLE: Facts._fields.index("title"),
    Order.AUTHOR: Facts._fields.index("author"),
    Order.VENUE: Facts._fields.index("venue"),
    Order.SCORE: Facts._fields.index("score"),
}


def facts_of(paper: Paper, wish: Callable[[Paper], str]) -> Facts:
    """The facts of a paper, with `wish` for its key."""
    date = value_for(Order.YEAR, paper)
    return Facts(
        wish(paper),
        list(dict.fromkeys((*paper.credited, *paper.pages_of))),
        list(map(sum_of, identities(paper))),
        list(map(sum_of, marks(paper))),
        needs_abstracts(paper),
        list(date) if date else None,
        *(value_for(order, paper) for order in (Order.TITLE, Order.AUTHOR, Order.VENUE, Order.SCORE)),
    )


def values_for(order: Order, facts: Sequence[Facts]) -> list[object]:
    """What `order` goes by, of each paper."""
    place = _ORDERED_BY[order]
    return [one[place] for one in facts]


def pack_facts(facts: Facts) -> bytes:
    """Facts as a line of JSON."""
    return json.dumps(facts, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")


def unpack_facts(text: str) -> Facts:
    """What was packed."""
    return Facts(*json.loads(text))
