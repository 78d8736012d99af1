"""Files of flat sections, mapped into memory: opening one costs the same for ten papers and a million.

A file is a line that names the format, the sections, each on an eighth byte, a directory in JSON that says
where they are and what sums they have, and 16 bytes that say where the directory is. One that was cut short,
damaged or written on another kind of machine is not opened. Nothing in it is executed or unpickled.
"""

import json
import mmap
import struct
import sys
import zlib
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, BinaryIO

from paperbrowse.lazy import LazySequence

_MAGIC = f"paperbrowse flat 1 {sys.byteorder}\n".encode()
_END = struct.Struct("<QLL")
"""Where the directory begins, its length and its sum."""
_BLOCK = 1 << 20

Numbers = Sequence[int]


class FlatWriter:
    """Writes sections one after the other; `close` makes the file whole."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._sections: dict[str, tuple[int, int, int]] = {}
        self._at = stream.write(_MAGIC)

    def add(self, name: str, pieces: Iterable[bytes | bytearray | memoryview]) -> None:
        """A section of these bytes."""
        self._at += self._stream.write(bytes(-self._at % 8))
        start, sum_ = self._at, 0
        for block in _blocks(pieces):
            sum_ = zlib.crc32(block, sum_)
            self._at += self._stream.write(block)
        self._sections[name] = start, self._at - start, sum_

    def add_numbers(self, name: str, numbers: "array[int]") -> None:
        """A section of numbers, of the array's size."""
        self.add(name, (memoryview(numbers).cast("B"),))

    def add_texts(self, name: str, texts: Iterable[bytes | memoryview]) -> None:
        """Two sections: texts, and where they begin."""
        starts = array("Q", [0])

        def noted() -> Iterator[bytes | memoryview]:
            for text in texts:
                starts.append(starts[-1] + len(text))
                yield text

        self.add(name, noted())
        self.add_numbers(f"{name} starts", starts)

    def close(self, extra: object = None) -> None:
        """Write the directory, and `extra`: anything JSON can hold."""
        directory = json.dumps({"sections": self._sections, "extra": extra}).encode()
        self._stream.write(directory)
        self._stream.write(_END.pack(self._at, len(directory), zlib.crc32(directory)))


def _blocks(pieces: Iterable[bytes | bytearray | memoryview]) -> Iterator[bytes]:
    """The pieces, put together to what is worth a step of its own."""
    together: list[bytes | bytearray | memoryview] = []
    size = 0
    for piece in pieces:
        together.append(piece)
        size += len(piece)
        if size >= _BLOCK:
            yield b"".join(together)
            together.clear()
            size = 0
    yield b"".join(together)


class Flat:
    """A file of sections, open; what is taken from it stays usable when the file is deleted."""

    def __init__(self, data: mmap.mmap, sections: dict[str, tuple[int, int, int]], extra: Any) -> None:
        self._mapped = data
        self._data = memoryview(data)
        self._sections = sections
        self.extra = extra

    def __contains__(self, name: str) -> bool:
        return name in self._sections

    def bytes(self, name: str) -> memoryview:
        """A section as it is."""
        start, length, _ = self._sections[name]
        return self._data[start : start + length]

    def numbers(self, name: str, code: str = "I") -> Numbers:
        """A section of unsigned numbers, 32 bits wide, or 64 with "Q"."""
        return self.bytes(name).cast(code)  # type: ignore[call-overload,no-any-return]

    def texts(self, name: str) -> "Texts":
        """What `FlatWriter.add_texts` wrote."""
        return Texts(self.bytes(name), self.numbers(f"{name} starts", "Q"))

    def let_go(self) -> None:
        """Give back the memory that looking at the file took; what is looked at again is mapped again."""
        if hasattr(mmap, "MADV_DONTNEED"):
            self._mapped.madvise(mmap.MADV_DONTNEED)


def open_flat(path: Path, *, known_whole: bool = False) -> Flat | None:
    """The file, every byte of it as it was written; None where there is none, or no such one.

    Of one that is `known_whole` only the directory is looked at.
    """
    try:
        with path.open("rb") as file:
            if file.read(len(_MAGIC)) != _MAGIC:
                return None
            size = file.seek(-_END.size, 2)
            start, length, sum_ = _END.unpack(file.read())
            if start + length != size:
                return None
            file.seek(start)
            directory = file.read(length)
            if zlib.crc32(directory) != sum_:
                return None
            found = json.loads(directory)
            # Read, not mapped: what is only summed up is not to count as the program's memory.
            sections = found["sections"].values()
            if not known_whole and not all(_is_whole(file, *section) for section in sections):
                return None
            data = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    except (OSError, ValueError, KeyError, TypeError, struct.error, RecursionError):
        return None
    return Flat(data, found["sections"], found["extra"])


def _is_whole(file: BinaryIO, start: int, length: int, sum_: int) -> bool:
    file.seek(start)
    block = memoryview(bytearray(_BLOCK))
    found = 0
    while length:
        got = file.readinto(block[: min(length, _BLOCK)])  # type: ignore[attr-defined]
        if not got:
            return False
        found = zlib.crc32(block[:got], found)
        length -= got
    return bool(found == sum_)


class Texts(LazySequence[str]):
    """Strings that stand one after the other in UTF-8, decoded when they are looked at."""

    def __init__(self, joined: memoryview, starts: Numbers) -> None:
        self._joined = joined
        self._starts = starts

    def __len__(self) -> int:
        return len(self._starts) - 1

    def packed(self, place: int) -> memoryview:
        """The string at `place` as it stands there."""
        return self._joined[self._starts[place] : self._starts[place + 1]]

    def _at(self, place: int) -> str:
        return str(self.packed(place), "utf-8", "surrogatepass")


class Ordered:
    """Values, in any order, with the order of their places by value, to look one up in."""

    def __init__(self, values: Sequence[Any], order: Numbers) -> None:
        self._values = values
        self._order = order

    def first(self, value: object) -> int | None:
        """The first place where `value` stands."""
        return next(iter(self.all(value)), None)

    def all(self, value: Any) -> Sequence[int]:
        """All places where `value` stands."""
        at = self._values.__getitem__
        low = bisect_left(self._order, value, key=at)
        return self._order[low : bisect_right(self._order, value, low, key=at)]
