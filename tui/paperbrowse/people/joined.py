"""A library's authors with the names that a person joined as one author each."""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from paperbrowse.lazy import LazySequence
from paperbrowse.model import Author
from paperbrowse.people.joins import Joins, Person


class JoinedAuthors(LazySequence[Author]):
    """The authors in the library's order, joined ones where their number of papers puts them.

    It stands on the library's own sequence, which may be large and decoded author by author: making this
    looks up the joined names only.
    """

    def __init__(self, authors: Sequence[Author], place: Callable[[str], int | None], joins: Joins) -> None:
        """`authors` are in the order of `rank`, and `place` tells where the author of an exact name is."""
        self._authors = authors
        self._place_of = place
        self._joins = joins
        self._by_person: dict[Person, Author] = {}
        gone: list[int] = []
        for person in joins.people:
            places = [found for name in person if (found := place(name)) is not None]
            if places:
                self._by_person[person] = _united(person, [authors[found] for found in places])
                gone += places
        self._gone = sorted(gone)
        self._shifts = [place - number for number, place in enumerate(self._gone)]
        """For each author that is gone, the place of the next in what is left."""
        self._joined = sorted(self._by_person.values(), key=rank)
        self._before = [self._left_before(joined) for joined in self._joined]
        self._places = [place + number for number, place in enumerate(self._before)]

    def _left_before(self, joined: Author) -> int:
        """Where a joined author goes among those that are left."""
        place = bisect_left(self._authors, rank(joined), key=rank)
        return place - bisect_left(self._gone, place)

    def author(self, name: str) -> Author | None:
        """The author who goes by exactly that name among others."""
        person = self._joins.person(name)
        if person:
            return self._by_person.get(person)
        place = self._place_of(name)
        return None if place is None else self._authors[place]

    def place(self, name: str) -> int | None:
        """Where the author who goes by that name stands."""
        person = self._joins.person(name)
        if person:
            joined = self._by_person.get(person)
            return None if joined is None else self._places[self._joined.index(joined)]
        place = self._place_of(name)
        if place is None:
            return None
        left = place - bisect_left(self._gone, place)
        return left + bisect_right(self._before, left)

    def __len__(self) -> int:
        return len(self._authors) - len(self._gone) + len(self._joined)

    def _at(self, place: int) -> Author:
        before = bisect_left(self._places, place)
        if before < len(self._places) and self._places[before] == place:
            return self._joined[before]
        left = place - before
        return self._authors[left + bisect_right(self._shifts, left)]


def rank(author: Author) -> tuple[bool, int, str]:
    """What a library sorts its authors by: page owners first, then most papers first."""
    return author.page_owner is None, -len(author.rows), author.name


def _united(person: Person, found: Iterable[Author]) -> Author:
    """One author of several: the papers of all, and what the first page says."""
    known = list(found)
    rows = tuple(sorted({row for author in known for row in author.rows}))
    owner = next((author for author in known if author.page_owner is not None), known[0])
    places = dict.fromkeys(place for author in known for place in author.affiliations)
    return replace(owner, name=person[0], rows=rows, affiliations=tuple(places))
