"""Sequences whose items are made when they are asked for."""

from collections.abc import Iterator, Sequence
from typing import TypeVar, overload

Item = TypeVar("Item")


class LazySequence(Sequence[Item]):
    """What is made by `_at`, for places from 0 up to, not with, the length."""

    def _at(self, place: int) -> Item:
        raise NotImplementedError

    @overload
    def __getitem__(self, place: int) -> Item: ...
    @overload
    def __getitem__(self, place: slice) -> list[Item]: ...
    def __getitem__(self, place: int | slice) -> Item | list[Item]:
        length = len(self)
        if isinstance(place, slice):
            return [self._at(one) for one in range(*place.indices(length))]
        if place < 0:
            place += length
        if not 0 <= place < length:
            raise IndexError(place)
        return self._at(place)

    def __iter__(self) -> Iterator[Item]:
        return map(self._at, range(len(self)))
