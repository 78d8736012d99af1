"""Where a title ends and its first author begins when a page glues them together."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from paperbrowse.readers.bylines import MOST_NAMES, names_in
from paperbrowse.text.fold import fold

_WORD = re.compile(r"\w+(?:[-'’]\w+)*")


@dataclass(frozen=True, slots=True)
class Glued:
    """A title with its byline glued to it, whether "et al." stood behind, and the abstract."""

    line: str
    et_al: bool
    abstract: str


@dataclass(frozen=True, slots=True)
class Split:
    """The two parts."""

    title: str
    authors: tuple[str, ...]


def split_page(
    records: Sequence[Glued], *, names: Iterable[str] = (), titles: Iterable[str] = ()
) -> list[Split]:
    """Part the lines of one page; `names` and `titles` are what the page says of them elsewhere."""
    del names, titles
    return [_split(record) for record in records]


def _split(record: Glued) -> Split:
    words = set(map(fold, _WORD.findall(record.abstract)))
    best: tuple[int, int, Split] | None = None
    parts = record.line.split(",")
    for count in (MOST_NAMES,) if record.et_al else range(1, MOST_NAMES + 1):
        first = ",".join(parts[: len(parts) - count + 1])
        rest = ",".join(parts[len(parts) - count + 1 :])
        for at in range(max(1, len(first) - 60), len(first)):
            if first[at].isupper() and not first[at - 1].isspace() and first[at - 1] not in "-/(":
                last = fold(first[:at].rpartition(" ")[2].strip("?!.,:;)\"'"))
                score = (last in words) * 4 + (not first[at - 1].isupper()) * 2 + (" " in first[at:])
                if best is None or (score, at) > best[:2]:
                    best = score, at, Split(first[:at], names_in(first[at:] + "," + rest))
    return best[2] if best else Split(record.line, ())
