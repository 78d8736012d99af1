"""Which names a person said are one person's, and which are not: `people.toml` in the settings folder.

    ["Ziqi Jin"]
    also = ["Jin Ziqi"]
    not = ["Ziqi Jing"]

A table is named by the spelling that leads. Bylines stay as they are printed; a paper is found by all of its
authors' spellings. What else stands in the file stays.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from paperbrowse.files import write_whole
from paperbrowse.model import Problem
from paperbrowse.text.clean import clean
from paperbrowse.text.fold import fold

FILE_NAME = "people.toml"
_HEAD = (
    "# One person, several spellings: a table is named by the spelling that leads, `also` has the others,\n"
    "# and `not` has names that look like it and are someone else's.\n\n"
)
_ALSO, _NOT = "also", "not"

Person = tuple[str, ...]
"""The spellings of one person's name, the leading one first."""


class PeopleError(ValueError):
    """What was asked of the names cannot be done, and why."""


@dataclass(frozen=True, slots=True)
class Joins:
    """Which names are one person's."""

    people: tuple[Person, ...] = ()
    apart: frozenset[frozenset[str]] = frozenset()
    """Pairs of names that look alike and are two people's."""
    problems: tuple[Problem, ...] = ()
    named: frozenset[str] = frozenset()
    """Every name that something is said of."""
    _person: Mapping[str, Person] = field(default_factory=dict)
    _folded: Mapping[str, Person] = field(default_factory=dict)

    def person(self, name: str) -> Person | None:
        """The person that goes by exactly this name among others."""
        return self._person.get(name)

    def spellings(self, name: str) -> Collection[str]:
        """The spellings of the person of that name, however it is capitalised; none where it has no other."""
        return self._folded.get(_folded(name), ())

    def settled(self, one: str, other: str) -> bool:
        """Whether it was said that two names are one person's or that they are not."""
        if one not in self.named and other not in self.named:
            return False
        ones, others = self._person.get(one, (one,)), self._person.get(other, (other,))
        return other in ones or any(frozenset((a, b)) in self.apart for a in ones for b in others)


NOBODY = Joins()


def _folded(name: str) -> str:
    return fold(" ".join(name.split()))


def joins_of(
    people: Iterable[Person], apart: Iterable[frozenset[str]] = (), problems: Iterable[Problem] = ()
) -> Joins:
    """Joins of people who share no name."""
    several = tuple(person for person in people if len(person) > 1)
    apart = frozenset(apart)
    return Joins(
        several,
        apart,
        tuple(problems),
        frozenset(name for names in (*several, *apart) for name in names),
        {name: person for person in several for name in person},
        {_folded(name): person for person in several for name in person},
    )


def read_people(folder: Path | None) -> Joins:
    """What `people.toml` of a settings folder says, and what was wrong with it; no file says nothing."""
    if folder is None:
        return NOBODY
    path = folder / FILE_NAME
    try:
        text = path.read_text("utf-8")
        import tomllib  # only now: mostly there is no such file

        tables = tomllib.loads(text)
    except (FileNotFoundError, NotADirectoryError):
        return NOBODY
    except OSError as error:
        return joins_of((), problems=[Problem(str(path), 0, f"cannot be read: {error.strerror}", lost=False)])
    except ValueError as error:  # it is not UTF-8, or not TOML
        return joins_of((), problems=[Problem(str(path), 0, f"not valid TOML: {error}", lost=False)])
    return _joins(tables, str(path))


def _joins(tables: Mapping[str, object], path: str) -> Joins:
    people: list[Person] = []
    apart: set[frozenset[str]] = set()
    problems: list[Problem] = []
    taken: set[str] = set()
    for heading, table in tables.items():
        lead = clean(heading)
        if not isinstance(table, dict):
            problems.append(Problem(path, 0, "must be a table named by a name", heading, lost=False))
            continue
        names = dict.fromkeys((lead, *_names(table, _ALSO, path, heading, problems)))
        for name in [name for name in names if name in taken]:
            problems.append(
                Problem(path, 0, f"{name} stands in two tables; the first holds", lead, lost=False)
            )
            del names[name]
        taken.update(names)
        people.append(tuple(names))
        for other in _names(table, _NOT, path, heading, problems):
            if other != lead:
                apart.add(frozenset((lead, other)))
    return joins_of(people, apart, problems)


def _names(
    table: Mapping[str, object], key: str, path: str, heading: str, problems: list[Problem]
) -> Sequence[str]:
    value = table.get(key, [])
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        return [name for item in value if (name := clean(item))]
    problems.append(Problem(path, 0, f"{key} must be a list of names", heading, lost=False))
    return []


class PeopleFile:
    """The file, and what was changed in it since it was opened, which can be undone."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / FILE_NAME
        self._undone: list[tuple[str | None, str, str]] = []

    def join(self, names: Sequence[str], lead: str | None = None) -> Person:
        """Say that names are one person's, `lead` or else the first leading; the person as it is now.

        Raises:
            PeopleError: there is nothing to join, or the file is not valid TOML.
            OSError: the file cannot be written.
        """
        names = list(dict.fromkeys(map(clean, names)))
        if len(names) < 2 or not all(names):
            raise PeopleError("two names are needed to join them")
        if lead is not None and lead not in names:
            raise PeopleError(f"{lead!r} is none of the names that are joined")
        text, tables = self._read()
        joins = _joins(tables, str(self.path))
        everyone = [spelling for name in names for spelling in joins.person(name) or (name,)]
        person = tuple(dict.fromkeys((lead or everyone[0], *everyone)))
        table = self._united(tables, person)
        edited = text or ""
        for heading in [heading for heading in tables if clean(heading) in person and heading != person[0]]:
            edited, tables = self._with(edited, tables, heading, {})
        edited, _ = self._with(edited, tables, person[0], table)
        self._write(text, edited, f"{' = '.join(person)}: not joined")
        return person

    def _united(self, tables: Mapping[str, object], person: Person) -> dict[str, object]:
        """One table of all those that are named by spellings of one person."""
        found = [table for heading, table in tables.items() if clean(heading) in person]
        table: dict[str, object] = {}
        for part in found:
            if isinstance(part, dict):
                table = {**part, **table}
        others = [name for part in found if isinstance(part, dict) for name in _listed(part.get(_NOT))]
        table[_ALSO] = list(person[1:])
        table.pop(_NOT, None)
        if kept := [name for name in dict.fromkeys(others) if name not in person]:
            table[_NOT] = kept
        return table

    def split(self, name: str) -> Person:
        """Say that a name is not the same person's as the others it was joined with; the others.

        The leading name leaves the others to each other, the next of them leading.

        Raises:
            PeopleError: the name was not joined, or the file is not valid TOML.
            OSError: the file cannot be written.
        """
        text, tables = self._read()
        person = _joins(tables, str(self.path)).person(name)
        if person is None:
            raise PeopleError(f"{name!r} was not joined with another name")
        left = tuple(other for other in person if other != name)
        heading = next(heading for heading in tables if clean(heading) == person[0])
        known = tables[heading]
        table = (
            {key: value for key, value in known.items() if key != _ALSO} if isinstance(known, dict) else {}
        )
        edited = text or ""
        if name == person[0]:
            edited, tables = self._with(edited, tables, heading, {})
            heading = left[0]
        if len(left) > 1:
            table = {_ALSO: list(left[1:]), **table}
        edited, _ = self._with(edited, tables, heading, table)
        self._write(text, edited, f"{name} was split from {left[0]}: taken back")
        return left

    def part(self, one: str, other: str) -> None:
        """Say that two names are two people's; they are suggested no more.

        Raises:
            PeopleError: they were joined, or the file is not valid TOML.
            OSError: the file cannot be written.
        """
        text, tables = self._read()
        joins = _joins(tables, str(self.path))
        if one == other or other in (joins.person(one) or ()):
            raise PeopleError(f"{one} and {other} were joined; split them first")
        lead = (joins.person(one) or (one,))[0]
        table = _table(tables, lead)
        table[_NOT] = list(dict.fromkeys([*_listed(table.get(_NOT)), other]))
        edited, _ = self._with(text or "", tables, lead, table)
        self._write(text, edited, f"{one} and {other}: no longer told apart")

    def undo(self) -> str | None:
        """Take the last change back and say so; None where there is none.

        Raises:
            PeopleError: the file was changed since.
            OSError: the file cannot be written.
        """
        if not self._undone:
            return None
        before, after, told = self._undone[-1]
        if self._text() != after:
            self._undone.clear()
            raise PeopleError(f"{self.path} was changed since; edit it yourself")
        self._undone.pop()
        if before is None:
            self.path.unlink()
        else:
            write_whole(self.path, before)
        return told

    def _text(self) -> str | None:
        try:
            return self.path.read_text("utf-8")
        except FileNotFoundError:
            return None

    def _read(self) -> tuple[str | None, dict[str, object]]:
        import tomllib

        try:
            text = self._text()
            return text, tomllib.loads(text or "")
        except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
            raise PeopleError(f"{self.path}: not valid TOML, so nothing was changed: {error}") from error

    @staticmethod
    def _with(
        text: str, tables: dict[str, object], heading: str, table: dict[str, object]
    ) -> tuple[str, dict[str, object]]:
        from paperbrowse.toml_text import with_table

        after = {**tables, heading: table}
        if not table:
            del after[heading]
        return with_table(text, tables, heading, table), after

    def _write(self, before: str | None, after: str, told: str) -> None:
        if not (before or "").strip():
            after = _HEAD + after
        self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        write_whole(self.path, after)
        self._undone.append((before, after, told))


def _table(tables: Mapping[str, object], heading: str) -> dict[str, object]:
    known = tables.get(heading)
    return dict(known) if isinstance(known, dict) else {}


def _listed(value: object) -> list[str]:
    return [item for item in value if isinstance(item, str)] if isinstance(value, list) else []
