"""Saying which names are one person's, and asking which may be."""

import argparse
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

from paperbrowse.cli.failure import Failure
from paperbrowse.cli.listing import print_json
from paperbrowse.cli.session import Session, settings_folder
from paperbrowse.cli.tables import Column, print_table, print_tsv
from paperbrowse.describe import counted
from paperbrowse.library import Library
from paperbrowse.people.joins import PeopleError, PeopleFile, Person, read_people
from paperbrowse.text.slips import asked

if TYPE_CHECKING:
    from paperbrowse.people.suggest import Suggestion

T = TypeVar("T")


def people_help(_options: argparse.Namespace) -> int:
    """`people` alone: there is nothing to do without an action."""
    raise Failure("people needs an action: suggest, join, split, apart or list", code=2)


def _library(options: argparse.Namespace) -> Library:
    """The library; what is wrong with the file of names is said on stderr."""
    library = Session(options).library
    for problem in library.joins.problems:
        print(f"paperbrowse: {problem}", file=sys.stderr)
    return library


def people_suggest(options: argparse.Namespace) -> int:
    """`people suggest`: pairs of names that are likely one person's, the most certain first."""
    library = _library(options)
    found = library.suggested_people()
    if options.query:
        from paperbrowse.people.finder import NameFinder

        finder = NameFinder(" ".join(one.names) for one in found)
        found = [found[place] for place in finder.find(options.query) or ()]
    found = found[: options.limit]
    if options.format in ("json", "jsonl"):
        print_json(options.format, map(_suggestion_json, found))
    elif options.format == "tsv":
        rows = [_suggestion_row(one) for one in found]
        print_tsv(["name", "papers", "other", "other_papers", "how", "shared", "co_authors"], rows)
    else:
        columns = [
            Column("NAME", flexible=True),
            Column("PAPERS", right=True),
            Column("OTHER", flexible=True),
            Column("PAPERS", right=True),
            Column("HOW"),
            Column("SHARED", right=True),
            Column("CO-AUTHORS OF BOTH", flexible=True),
        ]
        print_table(columns, [_suggestion_row(one) for one in found])
    return 0


def _suggestion_row(one: "Suggestion") -> list[str]:
    (name, other), (papers, other_papers) = one.names, one.papers
    return [
        name,
        str(papers),
        other,
        str(other_papers),
        one.told,
        str(one.shared_count),
        ", ".join(one.shared),
    ]


def _suggestion_json(one: "Suggestion") -> dict[str, Any]:
    return {
        "names": list(one.names),
        "papers": list(one.papers),
        "how": one.kind,
        "shared_count": one.shared_count,
        "shared": list(one.shared),
        "pages": list(one.pages),
    }


def people_join(options: argparse.Namespace) -> int:
    """`people join`: names are one person's; bylines stay as they are printed."""
    library = Session(options).library
    names = [_known(library, name) for name in options.names]
    lead = options.lead and _known(library, options.lead)
    names.sort(key=lambda name: -_papers(library, name))
    person = _written(options, lambda file: file.join(names, lead))
    library.join_people(read_people(settings_folder(options)))
    print(
        f"paperbrowse: {' = '.join(person)}: {counted(_joined_papers(library, person), 'paper')}",
        file=sys.stderr,
    )
    both = library.on_one_byline(person)
    if both:
        print(f"paperbrowse: two of these names stand on the byline of {both.key}", file=sys.stderr)
    return 0


def people_split(options: argparse.Namespace) -> int:
    """`people split`: a name is not the same person's as those it was joined with."""
    left = _written(options, lambda file: file.split(options.name))
    print(f"paperbrowse: {options.name} stands apart from {' = '.join(left)}", file=sys.stderr)
    return 0


def people_apart(options: argparse.Namespace) -> int:
    """`people apart`: two names are two people's, and are suggested no more."""
    library = Session(options).library
    one, other = (_known(library, name) for name in (options.name, options.other))
    _written(options, lambda file: file.part(one, other))
    print(f"paperbrowse: {one} and {other} are two people", file=sys.stderr)
    return 0


def people_list(options: argparse.Namespace) -> int:
    """`people list`: the names that were joined."""
    library = _library(options)
    people = library.joins.people
    if options.format in ("json", "jsonl"):
        print_json(options.format, (_person_json(library, person) for person in people))
        return 0
    rows = [[person[0], ", ".join(person[1:]), str(_joined_papers(library, person))] for person in people]
    if options.format == "tsv":
        print_tsv(["name", "also", "papers"], rows)
    else:
        columns = [Column("NAME", flexible=True), Column("ALSO", flexible=True), Column("PAPERS", right=True)]
        print_table(columns, rows)
    return 0


def _person_json(library: Library, person: Person) -> dict[str, Any]:
    return {"name": person[0], "spellings": list(person), "papers": _joined_papers(library, person)}


def _joined_papers(library: Library, person: Person) -> int:
    author = library.author(person[0])
    return len(author.rows) if author else 0


def _papers(library: Library, name: str) -> int:
    """How many papers print exactly this name."""
    author = library.printed_author(name)
    return len(author.rows) if author else 0


def _known(library: Library, name: str) -> str:
    """The name, where the library has it."""
    if library.printed_author(name):
        return name
    hint = asked(name, (author.name for author in library.names), "see 'paperbrowse authors'")
    raise Failure(f"no author is called {name!r}; {hint}")


def _written(options: argparse.Namespace, change: Callable[[PeopleFile], T]) -> T:
    file = PeopleFile(settings_folder(options))
    try:
        return change(file)
    except PeopleError as error:
        raise Failure(str(error)) from error
    except OSError as error:
        raise Failure(f"{file.path} cannot be written: {error.strerror}") from error
