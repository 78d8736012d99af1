"""The plain commands. Each prints what it was asked for and returns its exit code."""

import argparse
import json
import sys
from collections.abc import Callable, Collection, Iterable, Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from paperbrowse.bookmarks import StoreError
from paperbrowse.cli.failure import Failure
from paperbrowse.cli.session import (
    Session,
    given_keys,
    library_paths,
    open_store,
    say_messages,
    settings_folder,
    settings_of,
)
from paperbrowse.cli.tables import Column, print_table, print_tsv
from paperbrowse.config import bundled_pages, state_dir
from paperbrowse.describe import byline, counted
from paperbrowse.files import write_whole
from paperbrowse.library import Author
from paperbrowse.model import Bookmark, Paper
from paperbrowse.ordering import Order, arrange
from paperbrowse.text.fold import fold

if TYPE_CHECKING:
    from paperbrowse.search import Query
    from paperbrowse.writers import ExportOptions

T = TypeVar("T")

PAPER_COLUMNS = (
    Column("KEY"),
    Column("YEAR"),
    Column("TITLE", flexible=True),
    Column("AUTHORS", flexible=True),
    Column("CAT"),
)


def list_papers(options: argparse.Namespace) -> int:
    """`list`: the papers that a query, an author and the bookmarks leave."""
    query = _parsed(options.query)
    session = Session(options)
    library = session.library
    within = _within(session, options.author, bookmarked=options.bookmarked)
    found = library.find(query, within).rows if query.root else sorted(within)
    if options.query and not found:
        print(f"paperbrowse: no paper matches {options.query!r}", file=sys.stderr)
    rows = arrange(library.papers, found, Order(options.sort), flip=options.reverse)[: options.limit]
    _print_papers(options.format, [library.papers[row] for row in rows], session.store.of)
    return 0


def _within(session: Session, name: str | None, *, bookmarked: bool) -> Collection[int]:
    """The rows that an author and the bookmarks leave; bookmarks from elsewhere only with the bookmarks."""
    library = session.library
    rows: Collection[int] = library.own
    if bookmarked:
        rows = [row for row, paper in enumerate(library.papers) if session.store.of(paper)]
    if name is not None:
        author = library.author(name)
        if author is None:
            raise Failure(_no_author(session, name))
        rows = frozenset(author.rows).intersection(rows)
    return rows if isinstance(rows, range) else frozenset(rows)


def _no_author(session: Session, name: str) -> str:
    wanted = fold(name)
    near = [author.name for author in session.library.authors if fold(author.name) == wanted]
    if not near:
        near = get_close_matches(name, [author.name for author in session.library.authors], n=1)
    hint = f"did you mean {near[0]!r}?" if near else "see 'paperbrowse authors'"
    return f"no author is called {name!r}; {hint}"


def _print_papers(
    form: str, papers: Sequence[Paper], bookmark_of: Callable[[Paper], Bookmark | None]
) -> None:
    if form == "keys":
        for paper in papers:
            print(paper.key)
    elif form in ("json", "jsonl"):
        from paperbrowse.writers.json import paper_json

        _print_json(form, (paper_json(paper, bookmark_of(paper)) for paper in papers))
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


def _print_json(form: str, values: Iterable[dict[str, Any]]) -> None:
    if form == "jsonl":
        for value in values:
            print(json.dumps(value, ensure_ascii=False))
    else:
        print(json.dumps(list(values), ensure_ascii=False, indent=2))


def show(options: argparse.Namespace) -> int:
    """`show`: one paper with every field and how it is known."""
    session = Session(options)
    paper = session.paper(options.key)
    bookmark = session.store.of(paper)
    if options.sources:
        from paperbrowse.cli.editing import sources_text

        row = session.library.row(paper.key)
        print(sources_text(() if row is None else session.library.origins(row)))
    elif options.format == "json":
        from paperbrowse.writers.json import paper_json

        print(json.dumps(paper_json(paper, bookmark), ensure_ascii=False, indent=2))
    elif options.format == "text":
        from paperbrowse.cli.record import record_text

        print(record_text(paper, bookmark))
    else:
        from paperbrowse.writers import ExportOptions, write

        print(write([_with_bookmark(session, paper)], options.format, ExportOptions()).text, end="")
    return 0


def list_authors(options: argparse.Namespace) -> int:
    """`authors`: names with the number of their papers; a query matches beginnings of name parts."""
    session = Session(options)
    wanted = fold(options.query).split()
    authors = [author for author in session.library.authors if _has_parts(author.name, wanted)][
        : options.limit
    ]
    if options.format in ("json", "jsonl"):
        _print_json(options.format, map(_author_json, authors))
        return 0
    rows = [[author.name, str(len(author.rows)), author.page_owner or ""] for author in authors]
    if options.format == "tsv":
        print_tsv(["name", "papers", "page_owner"], rows)
    else:
        print_table([Column("NAME", flexible=True), Column("PAPERS", right=True), Column("PAGE OWNER")], rows)
    return 0


def _has_parts(name: str, wanted: Sequence[str]) -> bool:
    parts = fold(name).replace("-", " ").split()
    return all(any(part.startswith(word) for part in parts) for word in wanted)


def _author_json(author: Author) -> dict[str, Any]:
    return {
        "name": author.name,
        "papers": len(author.rows),
        "page_owner": author.page_owner,
        "affiliations": list(author.affiliations),
        "metrics": dict(author.metrics),
    }


def export(options: argparse.Namespace) -> int:
    """`export`: citations to stdout or a file."""
    from paperbrowse.writers import ExportOptions, write

    usual = settings_of(options, "export").export
    options.format = options.format or usual.format
    session = Session(options)
    entries = _sorted(_chosen(options, session), Order(options.sort))
    _check_fields(options)
    settings = ExportOptions(
        abstract=options.abstract,
        keywords=options.keywords,
        note=options.note,
        mark_inferred=options.mark_inferred,
        fields=options.fields,
        style=options.style or usual.style,
    )
    if options.append:
        return _append(options, entries, settings)
    report = write(entries, options.format, settings)
    if options.output in (None, "-"):
        print(report.text, end="")
    else:
        _write_file(Path(options.output), report.text, force=options.force)
    print(f"paperbrowse: {report.summary(options.output)}", file=sys.stderr)
    return 0


def _check_fields(options: argparse.Namespace) -> None:
    """Refuse a field that no entry can have."""
    if options.fields and options.format in ("bibtex", "biblatex"):
        from paperbrowse.writers.bibtex import FIELD_NAMES

        for name in options.fields:
            if name.lower() not in FIELD_NAMES:
                near = get_close_matches(name.lower(), FIELD_NAMES, n=1)
                hint = f"did you mean {near[0]!r}?" if near else f"there are {', '.join(sorted(FIELD_NAMES))}"
                raise Failure(f"--fields: {name}: no such field; {hint}", code=2)


def _append(
    options: argparse.Namespace, entries: Sequence[Paper | Bookmark], settings: "ExportOptions"
) -> int:
    """Add to the file what it lacks; a file that is not there is made."""
    from paperbrowse.writers.append import AppendError, append

    if options.output in (None, "-"):
        raise Failure("--append needs a file to add to: -o FILE", code=2)
    if options.format not in ("bibtex", "biblatex"):
        raise Failure("--append is for bibtex and biblatex", code=2)
    path = Path(options.output)
    try:
        before = path.read_bytes() if path.exists() else b""
        after, report = append(before, entries, options.format, settings, str(path))
        if after != before:
            write_whole(path, after)
    except AppendError as error:
        raise Failure(str(error)) from error
    except OSError as error:
        raise Failure(f"{path} cannot be changed: {error.strerror}") from error
    print(f"paperbrowse: {report.summary(str(path))}", file=sys.stderr)
    return 0


def _write_file(path: Path, text: str, *, force: bool) -> None:
    if path.exists() and not force:
        raise Failure(f"{path} exists; --force replaces it, --append adds to it")
    try:
        write_whole(path, text)
    except OSError as error:
        raise Failure(f"{path} cannot be written: {error.strerror}") from error


def _chosen(options: argparse.Namespace, session: Session) -> list[Paper | Bookmark]:
    library, store = session.library, session.store
    if options.keys and (options.all or options.query is not None):
        raise Failure("name keys, or use --query, or --all: only one of them", code=2)
    if options.keys:
        papers: Sequence[Paper] = session.papers(given_keys(options.keys))
        nothing = "no keys on standard input"
    elif options.query is not None:
        papers = [library.papers[row] for row in library.find(_parsed(options.query)).rows]
        nothing = f"the query {options.query!r} finds no paper"
    elif options.all:
        papers = [library.papers[row] for row in library.own]
        nothing = "the library is empty"
    else:
        papers = [library.as_kept(bookmark).paper for bookmark in store.bookmarks().values()]
        nothing = "there are no bookmarks; name keys, or use --query or --all"
    if not papers:
        raise Failure(f"nothing to export: {nothing}")
    return [_with_bookmark(session, paper) for paper in papers]


def _with_bookmark(session: Session, paper: Paper) -> Paper | Bookmark:
    bookmark = session.store.of(paper)
    return session.library.as_kept(bookmark) if bookmark else paper


def _parsed(text: str) -> "Query":
    """A query, or wrong usage where it cannot be read."""
    from paperbrowse.search import QueryError, parse

    try:
        return parse(text, strict=True)
    except QueryError as error:
        raise Failure(f"the query {text!r} cannot be read: {error}", code=2) from error


def _sorted(entries: Sequence[Paper | Bookmark], order: Order) -> list[Paper | Bookmark]:
    papers = [entry.paper if isinstance(entry, Bookmark) else entry for entry in entries]
    return [entries[row] for row in arrange(papers, range(len(papers)), order)]


def bookmark_help(_options: argparse.Namespace) -> int:
    """`bookmark` alone: there is nothing to do without an action."""
    raise Failure(
        "bookmark needs an action: add, remove, list, tag, untag, note, status, undo or redo", code=2
    )


def bookmark_add(options: argparse.Namespace) -> int:
    """`bookmark add`: keep papers of the library."""
    session = Session(options)
    papers = session.papers(given_keys(options.keys))
    fresh = [paper for paper in papers if session.store.of(paper) is None]
    if fresh:
        _saved(lambda: session.store.add(fresh))
    print(f"paperbrowse: {counted(len(fresh), 'bookmark')} added", file=sys.stderr)
    return 0


def bookmark_remove(options: argparse.Namespace) -> int:
    """`bookmark remove`: let bookmarks go."""
    store = open_store(options)
    keys = _kept_keys(store.bookmark, given_keys(options.keys))
    _saved(lambda: store.remove(keys))
    print(
        f"paperbrowse: {counted(len(keys), 'bookmark')} removed; 'paperbrowse bookmark undo' brings back",
        file=sys.stderr,
    )
    return 0


def bookmark_list(options: argparse.Namespace) -> int:
    """`bookmark list`: what is kept."""
    store = open_store(options)
    _print_papers(options.format, [mark.paper for mark in store.bookmarks().values()], store.of)
    return 0


def bookmark_tag(options: argparse.Namespace) -> int:
    """`bookmark tag`: add tags."""
    store = open_store(options)
    keys = _kept_keys(store.bookmark, given_keys(options.keys))
    _saved(lambda: store.tag(keys, _tags(options.tags)))
    return 0


def bookmark_untag(options: argparse.Namespace) -> int:
    """`bookmark untag`: take tags away."""
    store = open_store(options)
    keys = _kept_keys(store.bookmark, given_keys(options.keys))
    _saved(lambda: store.untag(keys, _tags(options.tags)))
    return 0


def bookmark_note(options: argparse.Namespace) -> int:
    """`bookmark note`: set or remove a note."""
    store = open_store(options)
    [key] = _kept_keys(store.bookmark, [options.key])
    _saved(lambda: store.note(key, options.text))
    return 0


def bookmark_status(options: argparse.Namespace) -> int:
    """`bookmark status`: set how far the reading is."""
    store = open_store(options)
    keys = _kept_keys(store.bookmark, given_keys(options.keys))
    _saved(lambda: store.status(keys, "" if options.status == "none" else options.status))
    return 0


def bookmark_undo(options: argparse.Namespace) -> int:
    """`bookmark undo`: take back the last change."""
    return _step(options, back=True)


def bookmark_redo(options: argparse.Namespace) -> int:
    """`bookmark redo`: do again what was undone."""
    return _step(options, back=False)


def _step(options: argparse.Namespace, *, back: bool) -> int:
    store = open_store(options)
    change = _saved(store.undo if back else store.redo)
    if not change:
        raise Failure("nothing to undo" if back else "nothing to redo")
    print(f"paperbrowse: {change}", file=sys.stderr)
    say_messages(store)
    return 0


def _saved(operation: Callable[[], T]) -> T:
    try:
        return operation()
    except StoreError as error:
        raise Failure(str(error)) from error


def _kept_keys(bookmark: Callable[[str], Bookmark | None], keys: Sequence[str]) -> list[str]:
    for key in keys:
        if bookmark(key) is None:
            raise Failure(f"no bookmark has the key {key!r}; see 'paperbrowse bookmark list'")
    return list(dict.fromkeys(keys))


def _tags(text: str) -> list[str]:
    tags = [tag.strip() for tag in text.split(",") if tag.strip()]
    if not tags:
        raise Failure("no tag given", code=2)
    return tags


def check(options: argparse.Namespace) -> int:
    """`check`: per file what was read and inferred, then every problem; 1 when there is one."""
    from paperbrowse.cli.report import reading_report
    from paperbrowse.readers import read_paths

    paths: list[str | Path] = list(options.paths or library_paths(options)) or [bundled_pages()]
    reading = read_paths(paths)
    print(reading_report(reading))
    for problem in sorted(reading.problems, key=lambda problem: not problem.lost):
        print(problem if problem.lost else f"note: {problem}")
    return 1 if any(problem.lost for problem in reading.problems) else 0


def paths(options: argparse.Namespace) -> int:
    """`paths`: where everything is."""
    folder = settings_folder(options)
    print(f"settings   {folder / 'config.toml'}")
    print(f"bookmarks  {folder / 'bookmarks.toml'}")
    print(f"session    {state_dir(options.config_dir) / 'session.json'}")
    for path in library_paths(options) or [str(bundled_pages())]:
        print(f"library    {path}")
    return 0
