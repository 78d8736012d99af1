"""Sequences of papers that differ a little from others, without a copy of these."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import overload

from paperbrowse.model import Paper


def overlaid(papers: Sequence[Paper], keys: Mapping[int, str], more: Sequence[Paper]) -> Sequence[Paper]:
    """`papers` with other `keys` for some rows, and with `more` behind them."""
    if not keys and not more:
        return papers
    if isinstance(papers, tuple):
        return tuple(Overlaid(papers, keys, more))
    return Overlaid(papers, keys, more)


class Overlaid(Sequence[Paper]):
    """See `overlaid`."""

    def __init__(self, papers: Sequence[Paper], keys: Mapping[int, str], more: Sequence[Paper]) -> None:
        self._papers = papers
        self._own = len(papers)
        self._keys = keys
        self._more = more

    def __len__(self) -> int:
        return self._own + len(self._more)

    def __iter__(self) -> Iterator[Paper]:
        return map(self._at, range(len(self)))

    @overload
    def __getitem__(self, row: int) -> Paper: ...
    @overload
    def __getitem__(self, row: slice) -> list[Paper]: ...
    def __getitem__(self, row: int | slice) -> Paper | list[Paper]:
        if isinstance(row, slice):
            return [self._at(one) for one in range(*row.indices(len(self)))]
        if not -len(self) <= row < len(self):
            raise IndexError(row)
        return self._at(row % len(self))

    def _at(self, row: int) -> Paper:
        if row >= self._own:
            return self._more[row - self._own]
        paper = self._papers[row]
        key = self._keys.get(row)
        return paper if key is None else replace(paper, key=key)
