"""Which records are of the same paper: by an id, by title and authors, or by the abstract where no title is
known. A wrong group is worse than a missed one."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from paperbrowse.identity import identity
from paperbrowse.model import Paper
from paperbrowse.same_paper import (
    ids,
    overlap,
    owner_can_be_author,
    same_id_is_credible,
    shingles,
    title_key,
    titled_agree,
)

_SAME_ABSTRACT = 0.5
"""Overlap of three-word runs from which abstracts of one year are of one paper. An author page's abstract and
the publication's reach 0.97 and more."""
_CERTAIN_ABSTRACT = 0.8
"""The same across years: what a group writes of its system every year comes to 0.6 ("The 2012 KIT …")."""
_SIGNATURE = 24
"""How many of an abstract's rarest words look for its like."""
_FEWEST_SHARED = 8
"""How many of these have to be in both; abstracts that share half of their three-word runs share more."""
_SAMPLE = 4000
_MOST_RECORDS = 30
"""A word that stands in more of the abstracts in question tells too little."""


def grouped(
    papers: Sequence[Paper],
    refused: Collection[tuple[str, str]] = (),
    among: Sequence[int] | None = None,
) -> Iterator[list[int]]:
    """The rows of the records of each paper, in the order of their first ones.

    With `among`, only records in these rows are compared, and the others passed over: the outcome for them is
    the same when no record elsewhere has one of their `marks`, and none `needs_abstracts`.
    """
    rows = range(len(papers)) if among is None else among
    groups = _Groups(papers, refused)
    _join_by_id(papers, groups, rows)
    _join_by_title(papers, groups, rows)
    _join_by_abstract(papers, groups, rows)
    return groups.in_order(rows)


def marks(paper: Paper) -> list[str]:
    """What two records of a paper have in common, one of these at least, unless one `needs_abstracts`."""
    found = [f"{kind}:{id_}" for kind, id_ in ids(paper)]
    if paper.title_from != "derived":
        found.append("title:" + title_key(paper.title))
    return found


def needs_abstracts(paper: Paper) -> bool:
    """Whether a record is compared with others by its abstract."""
    return paper.title_from == "derived" and bool(paper.abstract)


class _Groups:
    """Which records are together, and which must not be: those with different ids, and those refused."""

    def __init__(self, papers: Sequence[Paper], refused: Collection[tuple[str, str]]) -> None:
        self._papers = papers
        self._refused = {frozenset(pair) for pair in refused}
        self._head: dict[int, int] = {}
        self._rows: dict[int, list[int]] = {}

    def head(self, row: int) -> int:
        """The row that stands for the group of `row`."""
        return self._head.get(row, row)

    def join(self, one: int, other: int) -> bool:
        """Put the groups of two rows together unless something forbids it; whether they are together."""
        one, other = sorted((self.head(one), self.head(other)))
        if one == other:
            return True
        rows, others = self._rows.get(one, [one]), self._rows.get(other, [other])
        if self._conflict(rows, others) or self._is_refused(rows, others):
            return False
        self._rows[one] = rows + others
        self._rows.pop(other, None)
        for row in others:
            self._head[row] = one
        return True

    def in_order(self, among: Iterable[int]) -> Iterator[list[int]]:
        """The rows of each group, in the order of their first ones."""
        for row in among:
            if self._head.get(row, row) == row:
                yield self._rows.get(row) or [row]

    def _conflict(self, rows: Sequence[int], others: Sequence[int]) -> bool:
        here, there = self._ids(rows), self._ids(others)
        return any(kind in there and not found & there[kind] for kind, found in here.items())

    def _ids(self, rows: Sequence[int]) -> dict[str, set[str]]:
        found: dict[str, set[str]] = {}
        for row in rows:
            for kind, id_ in ids(self._papers[row]):
                if kind != "preprint":
                    found.setdefault(kind, set()).add(id_)
        return found

    def _is_refused(self, rows: Sequence[int], others: Sequence[int]) -> bool:
        if not self._refused:
            return False
        names = [identity(self._papers[row]) for row in others]
        return any(
            frozenset((identity(self._papers[row]), name)) in self._refused for row in rows for name in names
        )


def _join_by_id(papers: Sequence[Paper], groups: _Groups, rows: Sequence[int]) -> None:
    first: dict[tuple[str, str], int] = {}
    for row in rows:
        for id_ in ids(papers[row]):
            fellow = first.setdefault(id_, row)
            if fellow != row and same_id_is_credible(papers[fellow], papers[row]):
                groups.join(fellow, row)


def _join_by_title(papers: Sequence[Paper], groups: _Groups, rows: Sequence[int]) -> None:
    """Join records of the same folded title that agree. Where several that are different papers would do, the
    one of the nearest year is taken first, and the ids keep the others out."""
    first: dict[str, int] = {}
    twins: dict[str, list[int]] = {}
    for row in rows:
        if papers[row].title_from != "derived":
            key = title_key(papers[row].title)
            fellow = first.setdefault(key, row)
            if fellow != row:
                twins.setdefault(key, [fellow]).append(row)
    for key, alike in twins.items():
        pairs = [
            (_distance(papers[one], papers[other]), one, other)
            for place, one in enumerate(alike)
            for other in alike[place + 1 :]
            if groups.head(one) != groups.head(other) and titled_agree(papers[one], papers[other], len(key))
        ]
        for _, one, other in sorted(pairs):
            groups.join(one, other)


def _distance(one: Paper, other: Paper) -> tuple[int, int]:
    apart = abs(one.date.year - other.date.year) if one.date.year and other.date.year else 1
    return apart, len(set(one.credited) ^ set(other.credited))


def _join_by_abstract(papers: Sequence[Paper], groups: _Groups, rows: Sequence[int]) -> None:
    """Join each record without a title to the one whose abstract is nearly the same."""
    untitled = [row for row in rows if needs_abstracts(papers[row])]
    if not untitled:
        return
    likely = _alike(papers, untitled)
    for row in untitled:
        own = shingles(papers[row].abstract)
        found = []
        for fellow in likely.get(row, ()):
            share = overlap(own, shingles(papers[fellow].abstract))
            if share >= _SAME_ABSTRACT and _untitled_agree(papers[row], papers[fellow], share):
                found.append((-share, _distance(papers[row], papers[fellow]), fellow))
        for _, _, fellow in sorted(found):
            if groups.join(fellow, row):
                break


def _untitled_agree(untitled: Paper, other: Paper, share: float) -> bool:
    known = untitled.credited or untitled.pages_of
    if known and other.credited and other.all_credited and not owner_can_be_author(known, other.credited):
        return False
    return share >= _CERTAIN_ABSTRACT or untitled.date.year == other.date.year


def _alike(papers: Sequence[Paper], untitled: Sequence[int]) -> Mapping[int, list[int]]:
    """For each of `untitled` the rows that share several of the rarest words of its abstract."""
    step = max(1, len(papers) // _SAMPLE)
    common: Counter[str] = Counter()
    for paper in papers[::step]:
        common.update(set(paper.abstract.split()))
    postings: dict[str, list[int]] = defaultdict(list)
    for row in untitled:
        words = sorted(set(papers[row].abstract.split()), key=lambda word: (common[word], -len(word), word))
        for word in words[:_SIGNATURE]:
            postings[word].append(row)
    vocabulary = frozenset(word for word, rows in postings.items() if len(rows) <= _MOST_RECORDS)
    likely: dict[int, list[int]] = defaultdict(list)
    for row, paper in enumerate(papers):
        shared = vocabulary.intersection(paper.abstract.split())
        if len(shared) < _FEWEST_SHARED:
            continue
        hits = Counter(fellow for word in shared for fellow in postings[word] if fellow != row)
        for fellow, count in hits.items():
            if count >= _FEWEST_SHARED:
                likely[fellow].append(row)
    return likely
