"""Pages that seem to hold the papers of two people of one name: circles of co-authors that never meet."""

import math
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from paperbrowse.model import Paper
from paperbrowse.text.fold import fold

# The bounds were found on authors of the ACL Anthology, alone and two taken for one.
_FEWEST_PAPERS = 3
_FEWEST_FELLOWS = 3
_COMPLETE = 1 / 3
_SHARE = 0.15
_COVERED = 0.6
"""Two people's circles make up most of a page; one person's odd papers do not."""
_SAME_TOPIC = 0.1
"""Two circles whose titles are as near as this share a topic."""
_MANY_PAPERS = 8
"""So many papers apart are not one person's, whatever their topic."""
_STEM = 6
_SHORTEST = 4
_MOST_ROWS = 3000
"""Papers elsewhere that are looked at to see whether two circles have met."""

# arXiv's subjects in and around computing, by their codes without the archive, as Scholar Feed prints them.
_COMPUTING = frozenset(
    {"AI", "AR", "AS", "CC", "CE", "CG", "CL", "CR", "CV", "CY", "DB", "DC", "DL", "DM", "DS", "ET",
     "FL", "GL", "GR", "GT", "HC", "IR", "IT", "IV", "LG", "LO", "MA", "ME", "ML", "MM", "MS", "NA",
     "NE", "NI", "OC", "OH", "OS", "PF", "PL", "RO", "SD", "SE", "SI", "SP", "SY"}
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Group:
    """Papers that share co-authors among themselves and none with the others of the page."""

    rows: tuple[int, ...]
    names: tuple[str, ...]
    """The co-authors, those of most of the papers first."""
    years: tuple[int, int] | None
    """The first and the last."""
    categories: Mapping[str, int]

    @property
    def told(self) -> str:
        """Names, years, subjects and number in a few words."""
        names = ", ".join(self.names[:3]) + (" and others" if len(self.names) > 3 else "")
        first, last = self.years or ("", "")
        parts = [
            f"{len(self.rows)} papers with {names}",
            f"{first}" if first == last else f"{first} to {last}",
            ", ".join(self.categories),
        ]
        return "; ".join(part for part in parts if part)


def groups(
    rows: Sequence[int],
    paper: Callable[[int], Paper],
    own: Collection[str],
    rows_of: Callable[[str], Sequence[int]] = lambda _: (),
) -> tuple[Group, ...]:
    """The groups of co-authors on a page that seems to be of two people, the largest first; else none.

    `own` are the names that the page's owner goes by, and `rows_of` gives the papers of a name, for
    co-authors may have met elsewhere. Someone who changes the circle in the course of the years is one
    person; so is someone with a few papers apart.
    """
    papers = {row: paper(row) for row in rows}
    circles = sorted(_circles(papers, own), key=len, reverse=True)
    if len(circles) < 2:
        return ()
    main = circles[0]
    others = [
        circle
        for circle in circles[1:]
        if _is_elsewhere(circle, papers) or _is_apart(main, circle, papers, own, paper, rows_of)
    ]
    return tuple(_group(circle, papers, own) for circle in (main, *others)) if others else ()


def _circles(papers: Mapping[int, Paper], own: Collection[str]) -> list[list[int]]:
    """The rows of papers that are linked by co-authors, directly or through others."""
    head = {row: row for row in papers}

    def head_of(row: int) -> int:
        while head[row] != row:
            head[row] = head[head[row]]
            row = head[row]
        return row

    first: dict[str, int] = {}
    for row, paper in papers.items():
        for name in _fellows([paper], own):
            head[head_of(row)] = head_of(first.setdefault(name, row))
    circles: dict[int, list[int]] = defaultdict(list)
    for row in papers:
        circles[head_of(row)].append(row)
    return list(circles.values())


def _fellows(papers: Iterable[Paper], own: Collection[str]) -> Counter[str]:
    return Counter(name for paper in papers for name in paper.credited if name not in own)


def _is_elsewhere(circle: Sequence[int], papers: Mapping[int, Paper]) -> bool:
    """Whether a circle of several papers is of another subject altogether than the rest of the page."""
    here = {_in_computing(papers[row]) for row in circle}
    rest = {_in_computing(papers[row]) for row in papers if row not in circle} - {None}
    return len(circle) > 1 and here == {False} and rest == {True}


def _in_computing(paper: Paper) -> bool | None:
    return None if paper.category is None else paper.category.rpartition(".")[2] in _COMPUTING


def _is_apart(
    main: Sequence[int],
    circle: Sequence[int],
    papers: Mapping[int, Paper],
    own: Collection[str],
    paper: Callable[[int], Paper],
    rows_of: Callable[[str], Sequence[int]],
) -> bool:
    """Whether two circles are large, of the same years, of different topics, and have not met elsewhere."""
    fellows, main_fellows = (_fellows((papers[row] for row in rows), own) for rows in (circle, main))
    if min(len(fellows), len(main_fellows)) < _FEWEST_FELLOWS:
        return False
    if not all(_show_who_met([papers[row] for row in rows]) for rows in (main, circle)):
        return False
    if len(circle) < _SHARE * len(papers) or len(circle) + len(main) < _COVERED * len(papers):
        return False
    if not _years_overlap([papers[row] for row in main], [papers[row] for row in circle]):
        return False
    if len(circle) < _MANY_PAPERS and _near([papers[row] for row in main], [papers[row] for row in circle]):
        return False
    return not _have_met(fellows, main_fellows, papers, paper, rows_of)


def _show_who_met(papers: Sequence[Paper]) -> bool:
    """Whether enough bylines are complete: behind an "et al." two circles may have met."""
    complete = sum(paper.all_credited for paper in papers)
    return complete >= max(_FEWEST_PAPERS, len(papers) * _COMPLETE)


def _years_overlap(ones: Iterable[Paper], others: Iterable[Paper]) -> bool:
    spans = []
    for papers in (ones, others):
        years = [paper.date.year for paper in papers if paper.date.year]
        if not years:
            return False
        spans.append((min(years), max(years)))
    return max(span[0] for span in spans) <= min(span[1] for span in spans)


def _title_words(papers: Iterable[Paper]) -> Counter[str]:
    """In how many titles each word stands; words that begin alike are one."""
    found: Counter[str] = Counter()
    for paper in papers:
        words = "".join(char if char.isalpha() else " " for char in fold(paper.title)).split()
        found.update({word[:_STEM] for word in words if len(word) >= _SHORTEST})
    return found


def _near(ones: Sequence[Paper], others: Sequence[Paper]) -> bool:
    """Whether the titles of two circles have much in common, rarer words weighing more."""
    page, total = _title_words([*ones, *others]), len(ones) + len(others)
    a, b = (
        {word: math.log1p(count) * math.log1p(total / page[word]) for word, count in words.items()}
        for words in (_title_words(ones), _title_words(others))
    )
    product = sum(weight * b.get(word, 0.0) for word, weight in a.items())
    return product >= _SAME_TOPIC * math.hypot(*a.values()) * math.hypot(*b.values())


def _have_met(
    ones: Collection[str],
    others: Collection[str],
    papers: Collection[int],
    paper: Callable[[int], Paper],
    rows_of: Callable[[str], Sequence[int]],
) -> bool:
    """Whether someone of the one circle stands on a byline with someone of the other."""
    looked = 0
    for name in ones:
        for row in rows_of(name):
            looked += 1
            if looked > _MOST_ROWS:
                return True  # who has so many papers may have met anyone
            if row not in papers and not set(others).isdisjoint(paper(row).credited):
                return True
    return False


def _group(rows: Sequence[int], papers: Mapping[int, Paper], own: Collection[str]) -> Group:
    members = [papers[row] for row in rows]
    years = [paper.date.year for paper in members if paper.date.year]
    fellows = _fellows(members, own)
    return Group(
        rows=tuple(rows),
        names=tuple(sorted(fellows, key=lambda name: (-fellows[name], name))),
        years=(min(years), max(years)) if years else None,
        categories=dict(Counter(paper.category for paper in members if paper.category).most_common()),
    )
