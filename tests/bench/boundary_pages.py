"""Pages in the compact Scholar Feed layout made of Anthology papers, with the right answer to each line."""

import random
import zlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from tests.bench.anthology import Entry

SHOWN = 3
"""Names a page shows; "et al." stands when there are more."""
_LARGEST_PAGE = 60


@dataclass(frozen=True, slots=True)
class Item:
    """A paper as a page shows it."""

    entry: Entry
    with_abstract: bool = True

    @property
    def names(self) -> tuple[str, ...]:
        return self.entry.authors[:SHOWN]

    @property
    def et_al(self) -> bool:
        return len(self.entry.authors) > SHOWN

    @property
    def abstract(self) -> str:
        return self.entry.abstract if self.with_abstract else ""

    @property
    def glued(self) -> str:
        """Title and byline without what stands between them on paper."""
        return self.entry.title + ", ".join(self.names)


def group_of(name: str) -> int:
    """A number from 0 to 99 for a person, always the same."""
    return zlib.crc32(name.encode()) % 100


def is_clean(entry: Entry) -> bool:
    """Whether the layout can carry the paper: no name with a comma, no line that says something else."""
    return not any("," in name for name in entry.authors[:SHOWN]) and " · " not in entry.title


def owner_pages(
    entries: Iterable[Entry], is_owner: Callable[[str], bool], smallest: int = 8
) -> list[list[Item]]:
    """A page for each wanted person with at least `smallest` papers."""
    by_author: dict[str, list[Entry]] = defaultdict(list)
    for entry in entries:
        for name in set(entry.authors):
            if is_owner(name):
                by_author[name].append(entry)
    return [
        [Item(entry) for entry in papers[:_LARGEST_PAGE]]
        for _, papers in sorted(by_author.items())
        if len(papers) >= smallest
    ]


def mixed_pages(entries: Sequence[Entry], rng: random.Random) -> list[list[Item]]:
    """All entries, in any order, on pages of 1 to 30."""
    shuffled = list(entries)
    rng.shuffle(shuffled)
    pages: list[list[Item]] = []
    at = 0
    while at < len(shuffled):
        size = rng.randint(1, 30)
        pages.append([Item(entry) for entry in shuffled[at : at + size]])
        at += size
    return pages


def page_text(page: Sequence[Item]) -> str:
    """The page as the site's text: head line, glued line (every tenth with affiliations), abstract."""
    records = (
        f"CLJan 1, 2020\n{item.glued}{' et al.' if item.et_al else ''}"
        f"{' · some-lab, other-lab' if number % 10 == 0 else ''}\n{item.abstract}"
        for number, item in enumerate(page)
    )
    return "\n".join(records)
