"""Exporting citations to standard output or a file."""

import argparse
import sys
from collections.abc import Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING

from paperbrowse.cli.failure import Failure
from paperbrowse.cli.session import Session, given_keys, parsed_query, settings_of
from paperbrowse.files import write_whole
from paperbrowse.model import Bookmark, Paper
from paperbrowse.ordering import Order, arrange

if TYPE_CHECKING:
    from paperbrowse.writers import ExportOptions


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
        papers = [library.papers[row] for row in library.find(parsed_query(options.query)).rows]
        nothing = f"the query {options.query!r} finds no paper"
    elif options.all:
        papers = [library.papers[row] for row in library.own]
        nothing = "the library is empty"
    else:
        papers = [library.as_kept(bookmark).paper for bookmark in store.bookmarks().values()]
        nothing = "there are no bookmarks; name keys, or use --query or --all"
    if not papers:
        raise Failure(f"nothing to export: {nothing}")
    return [session.with_bookmark(paper) for paper in papers]


def _sorted(entries: Sequence[Paper | Bookmark], order: Order) -> list[Paper | Bookmark]:
    papers = [entry.paper if isinstance(entry, Bookmark) else entry for entry in entries]
    return [entries[row] for row in arrange(papers, range(len(papers)), order)]
