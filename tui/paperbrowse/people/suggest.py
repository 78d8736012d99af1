"""Names that are likely to be one person's, with what speaks for it. Nothing is joined by this."""

import re
from array import array
from collections import Counter
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import Protocol

from paperbrowse.people.joins import Joins
from paperbrowse.people.names import Form, Kind, Names, Pair, differing

# Family names that a hundred people or more share among the 109 000 names of the ACL Anthology: of these,
# two alike names are often two people.
_COMMON = frozenset(
    {"bai", "cai", "cao", "chang", "chen", "cheng", "choi", "cui", "dai", "deng", "ding", "dong", "du",
     "fan", "fang", "feng", "fu", "gao", "gu", "guo", "gupta", "han", "he", "hong", "hu", "huang",
     "jain", "ji", "jiang", "jin", "kang", "kim", "kumar", "lai", "le", "lee", "li", "liang", "liao",
     "lin", "liu", "lu", "luo", "ma", "nguyen", "pan", "park", "peng", "ren", "s", "sharma", "shen",
     "shi", "singh", "song", "su", "sun", "tan", "tang", "tian", "tran", "wang", "wei", "wu", "xiao",
     "xie", "xu", "yan", "yang", "yao", "ye", "yin", "yu", "yuan", "zeng", "zhang", "zhao", "zheng",
     "zhou", "zhu"}
)  # fmt: skip
_ONE_SYLLABLE = re.compile("[^aeiou]*[aeiouy]+[^aeiou]*")
_KINDS: Sequence[Kind] = ("written", "order", "middle", "initials")
"""The more certain first."""
_FEW_NAMES = 2000
"""In a library of so few names two people hardly share one."""
_SHOWN = 12
"""Shared co-authors that are named."""
_AT_ONCE = 50


class Named(Protocol):
    """What is asked of an author."""

    @property
    def name(self) -> str:
        """The name as printed."""

    @property
    def rows(self) -> Sequence[int]:
        """The papers' rows."""

    @property
    def page_owner(self) -> object:
        """How it is known that a page is theirs; None where there is none."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Two names, the more frequent first, that are likely one person's."""

    names: tuple[str, str]
    papers: tuple[int, int]
    kind: Kind
    shared: tuple[str, ...] = ()
    """Co-authors of both, those of most papers first, as many as are worth naming."""
    shared_count: int = 0
    pages: tuple[str, ...] = ()
    """Owners of pages on which both stand."""

    @property
    def told(self) -> str:
        """How they differ, in words."""
        return {
            "written": "written differently",
            "order": "the other way round",
            "middle": "with and without a middle name",
            "initials": "shortened to an initial",
        }[self.kind]


def suggest(
    authors: Sequence[Named],
    byline: Callable[[int], Sequence[str]],
    joins: Joins,
    pause: Callable[[], None] = lambda: None,
) -> list[Suggestion]:
    """Pairs of names that are likely to be one person's, the most certain first.

    `byline` gives the names printed on a row. Two names on one byline are two people; so are those that
    `joins` says are. `pause` is called often: who shares the interpreter waits there.
    """
    others = _Others(joins)
    names = Names(map(others.note, authors), pause)
    sizes = names.family_sizes()
    found: list[tuple[Pair, Kind]] = []
    for number, pair in enumerate(names.alike()):
        if number % _AT_ONCE == 0:
            pause()
        one, other = (authors[place] for place in pair)
        kind = differing(Form(one.name), Form(other.name))
        if not kind or joins.settled(one.name, other.name):
            continue
        if not any(_together(a, b, byline) for a in others.of(one) for b in others.of(other)):
            found.append((pair, kind))
    meetings = _Meetings(authors, found, pause)
    rivals = Counter((place, kind) for pair, kind in found for place in pair)
    suggestions = []
    for number, (pair, kind) in enumerate(found):
        if number % _AT_ONCE == 0:
            pause()
        one, other = (authors[place] for place in pair)
        shared, share = meetings.shared(*pair)
        case = _Case(
            kind=kind,
            forms=(Form(one.name), Form(other.name)),
            shared=len(shared),
            share=share,
            family_size=sizes[names.families[pair[0]]],
            rivals=max(rivals[place, kind] for place in pair),
            few_names=len(names) < _FEW_NAMES,
        )
        if case.is_likely:
            suggestions.append(_suggestion(authors, pair, kind, shared))
    return sorted(suggestions, key=_certain_first)


class _Others:
    """The names that were joined with a name: who stands with one of them on a byline is another person."""

    def __init__(self, joins: Joins) -> None:
        self._joins = joins
        self._known: dict[str, Named] = {}

    def note(self, author: Named) -> str:
        """Take in an author; the name."""
        if self._joins.person(author.name):
            self._known[author.name] = author
        return author.name

    def of(self, author: Named) -> Sequence[Named]:
        """An author and who was joined with them."""
        person = self._joins.person(author.name) or ()
        return [author, *(self._known[name] for name in person if name in self._known)]


def _together(one: Named, other: Named, byline: Callable[[int], Sequence[str]]) -> bool:
    """Whether both names stand on one byline."""
    return any({one.name, other.name} <= {*byline(row)} for row in {*one.rows} & {*other.rows})


@dataclass(frozen=True, slots=True, kw_only=True)
class _Case:
    """What is known of a pair. The bounds were found on names whose bearers the ACL Anthology knows."""

    kind: Kind
    forms: tuple[Form, Form]
    shared: int
    """Co-authors of both."""
    share: float
    """The same as a share of the co-authors of the name that has fewer."""
    family_size: int
    rivals: int
    """How many other names could be meant just as well, and this one."""
    few_names: bool

    @property
    def is_likely(self) -> bool:
        match self.kind:
            case "written":
                return self._written()
            case "order":
                return self._order()
            case "middle":
                return self._middle()
            case _:
                return self._initials()

    @property
    def _common(self) -> bool:
        return any(form.family in _COMMON for form in self.forms)

    def _written(self) -> bool:
        if self.shared:
            return True
        if self.forms[0].only_initials:
            return self.family_size <= 5 and not self._common
        return self.few_names or not self._common

    def _order(self) -> bool:
        both_short = all(_ONE_SYLLABLE.fullmatch(form.family) for form in self.forms)
        if both_short:
            # "Hao Yang" and "Yang Hao" are both as people are called.
            return self.shared > 1 and (self.share >= 0.5 or not self._common)
        return self.shared > 0 or self.few_names or not self._common

    def _middle(self) -> bool:
        if self._common:
            return self.shared > 1 and self.share >= 0.3
        return self.shared > 0 or self.family_size <= 4

    def _initials(self) -> bool:
        if self.shared and (self.shared > 1 or not self._common):
            return self.share >= (0.1 if self.rivals <= 3 else 0.3)
        # "C. Anton Rytting" goes by the second name, and is not "Christopher Rytting".
        alone = any(form.only_initials for form in self.forms)
        return alone and not self._common and self.family_size <= 3 and self.rivals == 1


class _Meetings:
    """Who stands on the papers of the names in question."""

    def __init__(
        self, authors: Sequence[Named], pairs: Collection[tuple[Pair, Kind]], pause: Callable[[], None]
    ) -> None:
        self._rows: dict[int, Sequence[int]] = {}
        for number, (pair, _) in enumerate(pairs):
            if number % _AT_ONCE == 0:
                pause()
            self._rows.update((place, authors[place].rows) for place in pair)
        self._on_row: dict[int, array[int]] = {}
        for number, rows in enumerate(self._rows.values()):
            if number % _AT_ONCE == 0:
                pause()
            for row in rows:
                self._on_row[row] = array("I")
        for place, author in enumerate(authors):
            if place % _AT_ONCE == 0:
                pause()
            for row in author.rows:
                if row in self._on_row:
                    self._on_row[row].append(place)

    def _fellows(self, place: int) -> set[int]:
        return {fellow for row in self._rows[place] for fellow in self._on_row[row]}

    def shared(self, one: int, other: int) -> tuple[list[int], float]:
        """The places of those who stand on papers of both, and the share they are of the smaller circle."""
        circles = [self._fellows(place) - {one, other} for place in (one, other)]
        shared = sorted(circles[0] & circles[1])
        return shared, len(shared) / max(min(map(len, circles)), 1)


def _suggestion(authors: Sequence[Named], pair: Pair, kind: Kind, shared: Sequence[int]) -> Suggestion:
    one, other = sorted(
        (authors[place] for place in pair), key=lambda author: (-len(author.rows), author.name)
    )
    fellows = [authors[place] for place in shared]
    fellows.sort(key=_often_first)
    pages = [fellow.name for fellow in fellows if fellow.page_owner is not None]
    pages += [own.name for own in (one, other) if own.page_owner is not None and {*one.rows} & {*other.rows}]
    return Suggestion(
        names=(one.name, other.name),
        papers=(len(one.rows), len(other.rows)),
        kind=kind,
        shared=tuple(fellow.name for fellow in fellows[:_SHOWN]),
        shared_count=len(fellows),
        pages=tuple(pages),
    )


def _certain_first(one: Suggestion) -> tuple[int, int, int, tuple[str, str]]:
    return -min(one.shared_count, 3), _KINDS.index(one.kind), -sum(one.papers), one.names


def _often_first(author: Named) -> tuple[int, str]:
    return -len(author.rows), author.name
