"""Sets of papers as long integers.

Paper 0 is the highest bit, so that papers come out in their order. Intersecting two sets of 110 000 papers
takes microseconds, and nothing but the standard library.
"""

import re
from collections.abc import Iterable, Iterator, Sized
from typing import Protocol

_MASKS = tuple(128 >> place for place in range(8))
_PLACES = tuple(tuple(place for place in range(8) if byte & 128 >> place) for byte in range(256))
_SOME = re.compile(rb"[^\0]{1,512}")


class Ids(Sized, Iterable[int], Protocol):
    """Numbers of papers, in any order."""


class Universe:
    """Sets of numbers below `size`."""

    def __init__(self, size: int) -> None:
        self.size = size
        self.bytes = (size + 7) // 8
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
        packed = bytearray(self.bytes)
        masks = _MASKS
        for number in ids:
            packed[number >> 3] |= masks[number & 7]
        return int.from_bytes(packed, "big")

    def iter(self, bits: int) -> Iterator[int]:
        """The numbers in `bits`, ascending, found as they are asked for."""
        places = _PLACES
        for run in _SOME.finditer(bits.to_bytes(self.bytes, "big")):
            start = run.start() * 8
            for byte in run[0]:
                for place in places[byte]:
                    yield start + place
                start += 8

    def without(self, bits: int, taken: int) -> int:
        return bits ^ (bits & taken)
