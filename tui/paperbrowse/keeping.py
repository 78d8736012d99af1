"""Writing a library into the user's cache folder, from where `paperbrowse.kept` opens it."""

from array import array
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, astuple
from itertools import chain
from pathlib import Path

from paperbrowse import cache
from paperbrowse.binding import Bound
from paperbrowse.facts import values_for
from paperbrowse.flat import FlatWriter
from paperbrowse.kept import order_name
from paperbrowse.ordering import Order, in_order
from paperbrowse.readings import made_by

_ORDERS = tuple((order, flip) for order in Order if order is not Order.MATCH for flip in (False, True))


def keep(folder: Path, name: str, bound: Bound) -> None:
    """Keep a library in `folder`, under `name`.

    Raises:
        OSError: it cannot be written; no half of it stays.
    """
    with cache.writing(folder, name, cache.LIBRARY) as file:
        bound.readings.write(file, bound.record_facts, bound.papers.made)
        file.add_numbers("numbers", array("I", bound.papers.numbers))
        _keep_lists(file, "members", bound.members)
        _keep_lists(file, "originals", bound.originals)
        _keep_names(file, "keys", bound.keys)
        _keep_names(file, "authors", [author.name for author in bound.authors])
        file.add_numbers("author starts", _starts(len(author.rows) for author in bound.authors))
        rows = array("I", chain.from_iterable(author.rows for author in bound.authors))
        file.add_numbers("author rows", rows)
        known = sorted((sum_, row) for row, facts in enumerate(bound.facts) for sum_ in facts.identities)
        file.add_numbers("identities", array("Q", [sum_ for sum_, _ in known]))
        file.add_numbers("identity rows", array("I", [row for _, row in known]))
        for order, flip in _ORDERS:
            values = zip(values_for(order, bound.facts), range(len(bound.papers)), strict=True)
            file.add_numbers(order_name(order, flip), array("I", in_order(values, order, flip=flip)))
        file.close(
            {
                "made by": made_by(),
                "key pattern": bound.readings.key_pattern,
                "pages": [asdict(page) for page in bound.pages],
                "problems": [astuple(problem) for problem in bound.problems],
                "years": list(bound.years.items()),
            }
        )


def _keep_names(file: FlatWriter, name: str, names: Sequence[str]) -> None:
    file.add_texts(name, (one.encode("utf-8", "surrogatepass") for one in names))
    order = sorted(range(len(names)), key=names.__getitem__)
    file.add_numbers(f"{name} order", array("I", order))


def _keep_lists(file: FlatWriter, name: str, lists: Mapping[int, Sequence[int]]) -> None:
    """Write the numbers that belong to some rows, which stand in their order."""
    file.add_numbers(f"{name} rows", array("I", lists))
    file.add_numbers(f"{name} starts", _starts(map(len, lists.values())))
    file.add_numbers(name, array("I", chain.from_iterable(lists.values())))


def _starts(lengths: Iterable[int]) -> "array[int]":
    starts = array("I", [0])
    for length in lengths:
        starts.append(starts[-1] + length)
    return starts
