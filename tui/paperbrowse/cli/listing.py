"""Listing papers and authors, and showing one paper."""

import argparse
import sys
from collections.abc import Callable, Collection, Iterable, Sequence
from typing import TYPE_CHECKING, Any

from paperbrowse.cli.failure import Failure
from paperbrowse.cli.session import Session, parsed_query
from paperbrowse.cli.streams import print_as_a_file, takes_unicode
from paperbrowse.cli.tables import Column, print_table, print_tsv
from paperbrowse.describe import byline
from paperbrowse.library import Library
from paperbrowse.model import Author, Bookmark, Paper
from paperbrowse.ordering import Order
from paperbrowse.text.slips import asked

if TYPE_CHECKING:
    from paperbrowse.people.mixed import Group

PAPER_COLUMNS = (
    Column("KEY"),
    Column("YEAR"),
    Column("TITLE", flexible=True),
    Column("AUTHORS", flexible=True),
    Column("CAT"),
)


def list_papers(options: argparse.Namespace) -> int:
    """`list`: the papers that a query, an author and the bookmarks leave."""
    query = parsed_query(options.query)
    session = Session(options)
    library = session.library
    within = _within(session, options.author, bookmarked=options.bookmarked)
    alike = _alike(session, options.like) if options.like is not None else None
    if alike is not None:
        within = frozenset(row for row in alike if row in within)
    if query.root:
        found: Sequence[int] = library.find(query, within).rows
    else:
        found = sorted(within) if alike is None else [row for row in alike if row in within]
    if options.query and not found:
        print(f"paperbrowse: no paper matches {options.query!r}", file=sys.stderr)
    usual = Order.MATCH if alike is not None or query.root is None or query.ranks else Order.YEAR
    order = Order(options.sort) if options.sort else usual
    rows = library.arranged(found, order, flip=options.reverse)[: options.limit]
    print_papers(options.format, map(library.papers.__getitem__, rows), session.bookmark_of)
    return 0


def _within(session: Session, name: str | None, *, bookmarked: bool) -> Collection[int]:
    """The rows that an author and the bookmarks leave; bookmarks from elsewhere only with the bookmarks."""
    library = session.library
    rows: Collection[int] = library.own
    if bookmarked:
        rows = [row for row, paper in enumerate(library.papers) if session.bookmark_of(paper)]
    if name is not None:
        author = library.author(name)
        if author is None:
            raise Failure(_no_author(session, name))
        rows = frozenset(author.rows).intersection(rows)
    return rows if isinstance(rows, range) else frozenset(rows)


def _alike(session: Session, key: str) -> Sequence[int]:
    """The rows of the papers like the one of that key, the likest first."""
    from paperbrowse.similar import similar

    library = session.library
    row = library.row(session.paper(key).key)
    library.searcher.build()
    return () if row is None else similar(library, row)


def _no_author(session: Session, name: str) -> str:
    hint = asked(name, (author.name for author in session.library.authors), "see 'paperbrowse authors'")
    return f"no author is called {name!r}; {hint}"


def print_papers(form: str, papers: Iterable[Paper], bookmark_of: Callable[[Paper], Bookmark | None]) -> None:
    if form == "keys":
        for paper in papers:
            print(paper.key)
    elif form in ("json", "jsonl"):
        from paperbrowse.writers.json import paper_json

        print_json(form, (paper_json(paper, bookmark_of(paper)) for paper in papers))
    else:
        rows = [_paper_row(paper) for paper in papers]
        if form == "tsv":
            print_tsv([column.heading.lower() for column in PAPER_COLUMNS], rows)
        else:
            print_table(PAPER_COLUMNS, rows)


def _paper_row(paper: Paper) -> list[str]:
    from paperbrowse.text.latex import to_terminal

    year = str(paper.date.year or "")
    return [
        paper.key,
        f"{year}?" if year and paper.year_from == "inferred" else year,
        to_terminal(paper.title),
        byline(paper),
        paper.category or "",
    ]


def print_json(form: str, values: Iterable[dict[str, Any]]) -> None:
    """Print values as one JSON list, or one on each line; a large list is never in memory as a whole."""
    if form == "jsonl":
        for value in values:
            print(_json(value))
        return
    begun = False
    for value in values:
        text = _json(value, indent=2).replace("\n", "\n  ")
        print(f"{',' if begun else '['}\n  {text}", end="")
        begun = True
    print("\n]" if begun else "[]")


def _json(value: object, indent: int | None = None) -> str:
    """JSON that standard output takes as it is: what it has no letters for is escaped as JSON does it."""
    import json

    return json.dumps(value, ensure_ascii=not takes_unicode(sys.stdout), indent=indent)


def show(options: argparse.Namespace) -> int:
    """`show`: one paper with every field and how it is known."""
    session = Session(options)
    paper = session.paper(options.key)
    bookmark = session.bookmark_of(paper)
    if options.sources:
        from paperbrowse.cli.editing import sources_text

        row = session.library.row(paper.key)
        print(sources_text(() if row is None else session.library.origins(row)))
    elif options.format == "json":
        from paperbrowse.writers.json import paper_json

        print(_json(paper_json(paper, bookmark), indent=2))
    elif options.format == "text":
        from paperbrowse.cli.record import record_text

        print(record_text(paper, bookmark))
    else:
        from paperbrowse.writers import ExportOptions, write

        print_as_a_file()
        print(write([session.with_bookmark(paper)], options.format, ExportOptions()).text, end="")
    return 0


def list_authors(options: argparse.Namespace) -> int:
    """`authors`: names with the number of their papers; a query matches beginnings of name parts."""
    library = Session(options).library
    authors = _found_authors(library, options.query)[: options.limit]
    if options.format in ("json", "jsonl"):
        print_json(options.format, (_author_json(library, author) for author in authors))
        return 0
    rows = [[author.name, str(len(author.rows)), author.page_owner or ""] for author in authors]
    if options.format == "tsv":
        print_tsv(["name", "papers", "page_owner"], rows)
    else:
        print_table([Column("NAME", flexible=True), Column("PAPERS", right=True), Column("PAGE OWNER")], rows)
    return 0


def _found_authors(library: Library, query: str) -> Sequence[Author]:
    """The authors with a spelling that `query` finds, all where nothing is asked."""
    if not query.strip():
        return library.authors
    from paperbrowse.people.finder import NameFinder

    authors = library.authors
    finder = NameFinder(" ".join(library.spellings_of(author)) for author in authors)
    return [authors[place] for place in finder.find(query) or ()]


def _author_json(library: Library, author: Author) -> dict[str, Any]:
    spellings = library.spellings_of(author)
    return {
        "name": author.name,
        "spellings": list(spellings) if len(spellings) > 1 else [],
        "papers": len(author.rows),
        "page_owner": author.page_owner,
        "affiliations": list(author.affiliations),
        "metrics": dict(author.metrics),
        "groups": [_group_json(library, group) for group in library.page_groups(author)],
    }


def _group_json(library: Library, group: "Group") -> dict[str, Any]:
    return {
        "papers": [library.papers[row].key for row in group.rows],
        "co_authors": list(group.names),
        "years": list(group.years or ()),
        "categories": dict(group.categories),
    }
