"""Found papers as sequences of rows, worked out as far as they are looked at."""

from array import array
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import chain, islice
from typing import overload

from paperbrowse.search.index import Index
from paperbrowse.search.tiers import Costed

_FEW = 4
"""Up to so many rows are looked at one by one."""


class _Lazy(Sequence[int]):
    """Rows taken from an iterator when they are asked for."""

    def __init__(self, length: int, rows: Iterator[int]) -> None:
        self._length = length
        self._known = array("I")
        self._more = rows

    def __len__(self) -> int:
        return self._length

    def __iter__(self) -> Iterator[int]:
        at = 0
        while at < self._length:
            self._reach(at + 256)
            yield from self._known[at : at + 256]
            at += 256

    @overload
    def __getitem__(self, place: int) -> int: ...
    @overload
    def __getitem__(self, place: slice) -> list[int]: ...
    def __getitem__(self, place: int | slice) -> int | list[int]:
        if isinstance(place, slice):
            start, stop, step = place.indices(self._length)
            self._reach(max(start, stop) + 1)
            return self._known[start:stop:step].tolist() if step > 0 else list(self._known)[place]
        if not -self._length <= place < self._length:
            raise IndexError(place)
        place %= self._length
        self._reach(place + 1)
        return self._known[place]

    def _reach(self, count: int) -> None:
        missing = min(count, self._length) - len(self._known)
        if missing > 0:
            self._known.extend(islice(self._more, missing))


class Found(_Lazy):
    """Rows of which it is known at once how many there are, whether one is among them, and their years."""

    def __init__(self, index: Index, mask: int, rows: Iterator[int]) -> None:
        self.mask = mask
        self._index = index
        super().__init__(mask.bit_count(), rows)

    def __contains__(self, row: object) -> bool:
        if not isinstance(row, int) or not 0 <= row < len(self._index.numbers):
            return False
        return bool(self.mask >> self._index.universe.bytes * 8 - 1 - self._index.numbers[row] & 1)

    def unordered(self) -> Iterator[int]:
        """The rows in no order of theirs; they may be gone through in a thread while others look at them."""
        rows = self._index.rows
        return (rows[number] for number in self._index.universe.iter(self.mask))

    def count(self, rows: tuple[int, ...]) -> int:
        """How many of `rows` are among them."""
        if len(rows) < _FEW:
            return sum(row in self for row in rows)
        return (self.mask & _mask(self._index, rows)).bit_count()

    def years(self) -> Counter[int]:
        """How many of the rows each year has."""
        counts = {year: (self.mask & papers).bit_count() for year, papers in self._index.years.items()}
        return Counter({year: count for year, count in counts.items() if count})


@lru_cache(maxsize=1024)
def _mask(index: Index, rows: tuple[int, ...]) -> int:
    return index.universe.of([index.numbers[row] for row in rows])


class Ranked(Found):
    """Rows by cost: `head` first, which has been looked at closely, then all the others of `costed`."""

    def __init__(self, index: Index, costed: Costed, head: Sequence[int]) -> None:
        iterate, rows = index.universe.iter, index.rows
        seen = frozenset(head)
        rest = (number for number in chain.from_iterable(map(iterate, costed.tiers())) if number not in seen)
        super().__init__(index, costed.mask, (rows[number] for number in chain(head, rest)))


class InLibrary(Found):
    """Rows in the order of the library."""

    def __init__(self, index: Index, mask: int) -> None:
        super().__init__(index, mask, self._rows(index, mask))

    @staticmethod
    def _rows(index: Index, mask: int) -> Iterator[int]:
        marks = bytearray(index.universe.size)
        rows = index.rows
        for number in index.universe.iter(mask):
            marks[rows[number]] = 1
        at = marks.find(1)
        while at >= 0:
            yield at
            at = marks.find(1, at + 1)
