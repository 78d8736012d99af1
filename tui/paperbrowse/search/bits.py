"""Sets of papers as long integers.

Paper 0 is the highest bit, so that papers come out in their order. Intersecting two sets of 110 000 papers
takes microseconds, and nothing but the standard library.
"""

import sys
from array import array
from collections.abc import Iterable, Iterator, Sized
from functools import reduce
from itertools import compress
from operator import or_
from typing import Protocol

_MASKS = tuple(128 >> place for place in range(8))


class Ids(Sized, Iterable[int], Protocol):
    """Numbers of papers, in any order."""


class Universe:
    """Sets of numbers below `size`."""

    def __init__(self, size: int) -> None:
        self.size = size
        self.bytes = (size + 63) // 64 * 8
        self.all = ((1 << size) - 1) << (self.bytes * 8 - size)

    def of(self, ids: Ids) -> int:
        """The set of `ids`."""
        # Writing one character a paper is quicker than finding its bit, but reading them has a fixed price.
        if len(ids) * 16 > self.size:
            marks = bytearray(b"0") * (self.bytes * 8)
            for number in ids:
                marks[number] = 49
            return int(marks, 2)
        if not len(ids):
            return 0
        if len(ids) <= 4:
            highest = self.bytes * 8 - 1
            return reduce(or_, [1 << highest - number for number in ids])
        packed = bytearray(self.bytes)
        masks = _MASKS
        for number in ids:
            packed[number >> 3] |= masks[number & 7]
        return int.from_bytes(packed, "big")

    def iter(self, bits: int) -> Iterator[int]:
        """The numbers in `bits`, ascending, found as they are asked for."""
        words = array("Q", bits.to_bytes(self.bytes, "big"))
        if sys.byteorder == "little":
            words.byteswap()
        for place in compress(range(len(words)), words):
            word = words[place]
            after = place * 64 + 64
            while word:
                highest = word.bit_length()
                yield after - highest
                word ^= 1 << highest - 1

    def without(self, bits: int, taken: int) -> int:
        return bits ^ (bits & taken)
