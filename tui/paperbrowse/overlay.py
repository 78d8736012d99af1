"""Sequences of papers that differ a little from others, without a copy of these."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from paperbrowse.lazy import LazySequence
from paperbrowse.model import Paper


def overlaid(papers: Sequence[Paper], keys: Mapping[int, str], more: Sequence[Paper]) -> Sequence[Paper]:
    """`papers` with other `keys` for some rows, and with `more` behind them."""
    if not keys and not more:
        return papers
    if isinstance(papers, tuple):
        return tuple(Overlaid(papers, keys, more))
    return Overlaid(papers, keys, more)


class Overlaid(LazySequence[Paper]):
    """See `overlaid`."""

    def __init__(self, papers: Sequence[Paper], keys: Mapping[int, str], more: Sequence[Paper]) -> None:
        self._papers = papers
        self._own = len(papers)
        self._keys = keys
        self._more = more

    def __len__(self) -> int:
        return self._own + len(self._more)

    def _at(self, row: int) -> Paper:
        if row >= self._own:
            return self._more[row - self._own]
        paper = self._papers[row]
        key = self._keys.get(row)
        return paper if key is None else replace(paper, key=key)
