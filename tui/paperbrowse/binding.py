"""Making one library of all that was read, by its facts: corrected, merged, with keys, authors and orders.

It is the same that `paperbrowse.opening` makes of papers in memory; here a paper is only looked at where it
is corrected, may be the same as another, or shares its key with one.
"""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from paperbrowse.corrections import Corrections, apply
from paperbrowse.facts import Facts, facts_of
from paperbrowse.grouping import grouped
from paperbrowse.holdings import authors_of
from paperbrowse.identity import sum_of
from paperbrowse.keys import told_apart, wish_by
from paperbrowse.lazy import LazySequence
from paperbrowse.merge import rank, united
from paperbrowse.model import Author, Page, Paper, Problem
from paperbrowse.readings import Readings


@dataclass(slots=True)
class _Changed(LazySequence[Paper]):
    """Records, some of which were corrected."""

    records: Sequence[Paper]
    corrected: Mapping[int, Paper]

    def __len__(self) -> int:
        return len(self.records)

    def _at(self, place: int) -> Paper:
        return self.corrected.get(place) or self.records[place]


class Numbered(LazySequence[Paper]):
    """The papers that stand in each row, without their keys, by the `numbers` of the records that they are:
    those that were read, then what was `made` of them."""

    def __init__(self, records: Sequence[Paper]) -> None:
        self.records = records
        self.made: list[Paper] = []
        self.numbers: list[int] = []

    def __len__(self) -> int:
        return len(self.numbers)

    def _at(self, row: int) -> Paper:
        number, own = self.numbers[row], len(self.records)
        return self.records[number] if number < own else self.made[number - own]


class Keyed(LazySequence[Paper]):
    """Papers with their keys; all of them are at hand once somebody went through them."""

    def __init__(self, papers: Sequence[Paper], keys: Sequence[str]) -> None:
        self._papers = papers
        self._keys: Sequence[str] | None = keys

    def __len__(self) -> int:
        return len(self._papers)

    def __iter__(self) -> Iterator[Paper]:
        if self._keys is not None:
            self._papers, self._keys = tuple(map(self._at, range(len(self)))), None
        return iter(self._papers)

    def _at(self, row: int) -> Paper:
        paper = self._papers[row]
        return paper if self._keys is None else replace(paper, key=self._keys[row])


class Bound:
    """A library's papers, and everything that is kept of it."""

    def __init__(
        self,
        readings: Readings,
        corrections: Corrections,
        refused: Collection[tuple[str, str]] = (),
        problems: Sequence[Problem] = (),
    ) -> None:
        """Take what was read; `problems` are those of the corrections and of what was refused."""
        self.readings = readings
        self.papers = Numbered(readings.papers)
        self.record_facts = readings.facts()
        self.members: dict[int, list[int]] = {}
        """The records that the paper in a row was made of, the best first, where there were several."""
        self.originals: dict[int, list[int]] = {}
        """The same records before they were corrected, where any of them was."""
        self.pages: Sequence[Page] = readings.pages
        self.problems: list[Problem] = [*readings.problems, *problems]
        self._bind(corrections, refused)
        self.keys = told_apart([facts.wish for facts in self.facts], self.papers)

    def _bind(self, corrections: Corrections, refused: Collection[tuple[str, str]]) -> None:
        wish = wish_by(self.readings.key_pattern)
        corrected = self._corrected(corrections)
        numbers = {row: self._make(paper) for row, paper in corrected.items()}
        records = _Changed(self.papers.records, corrected)
        standing = self.papers.numbers
        facts = list(self.record_facts)
        for row, paper in corrected.items():
            facts[row] = facts_of(paper, wish)
        groups = {rows[0]: rows for rows in grouped(records, refused, _alike(facts)) if len(rows) > 1}
        absorbed = {row for rows in groups.values() for row in rows[1:]}
        self.facts: list[Facts] = []
        for row in range(len(records)):
            if row in absorbed:
                continue
            if row in groups:
                members = sorted(groups[row], key=lambda member: rank(records[member]))
                self.members[len(standing)] = [numbers.get(member, member) for member in members]
                if not corrected.keys().isdisjoint(members):
                    self.originals[len(standing)] = members
                paper = united([records[member] for member in members])
            elif row in corrected:
                self.originals[len(standing)] = [row]
                paper = corrected[row]
            else:
                standing.append(row)
                self.facts.append(facts[row])
                continue
            # What a person corrected of a paper that several records make has that paper's own identity.
            paper = apply([paper], corrections)[0]
            standing.append(self._make(paper))
            self.facts.append(facts_of(paper, wish))

    def _corrected(self, corrections: Corrections) -> dict[int, Paper]:
        """The records that are corrected, as they are then."""
        sums = set(map(sum_of, corrections.by_identity))
        rows = [
            row for row, facts in enumerate(self.record_facts) if not sums.isdisjoint(facts.identities[:1])
        ]
        papers = [self.papers.records[row] for row in rows]
        changed = zip(rows, papers, apply(papers, corrections), strict=True)
        return {row: paper for row, before, paper in changed if paper is not before}

    def _make(self, paper: Paper) -> int:
        self.papers.made.append(paper)
        return len(self.papers.records) + len(self.papers.made) - 1

    @cached_property
    def authors(self) -> Sequence[Author]:
        """Page owners in the order of their pages, then everyone else, most papers first."""
        rows: dict[str, list[int]] = {}
        for row, facts in enumerate(self.facts):
            for name in facts.names:
                rows.setdefault(name, []).append(row)
        return authors_of(rows, self.pages)

    @property
    def years(self) -> Counter[int]:
        """How many papers each year has."""
        return Counter(facts.date[0] for facts in self.facts if facts.date)


def _alike(facts: Sequence[Facts]) -> list[int] | None:
    """The rows of the records that may be of one paper; None where that takes a look at every abstract."""
    seen: set[int] = set()
    shared: set[int] = set()
    for one in facts:
        if one.needs_abstracts:
            return None
        shared.update(seen.intersection(one.marks))
        seen.update(one.marks)
    return [row for row, one in enumerate(facts) if not shared.isdisjoint(one.marks)]
