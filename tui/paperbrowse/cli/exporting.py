"""Exporting citations to standard output or a file."""

import argparse
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

from paperbrowse.cli.failure import Failure
from paperbrowse.cli.session import Session, given_keys, parsed_query, settings_of
from paperbrowse.cli.streams import print_as_a_file
from paperbrowse.model import Bookmark, Paper
from paperbrowse.ordering import Order, arrange

if TYPE_CHECKING:
    from paperbrowse.writers import ExportOptions


def export(options: argparse.Namespace) -> int:
    """`export`: citations to stdout or a file."""
    from paperbrowse.writers import ExportOptions, write

    usual = settings_of(options, "export").export
    options.format = options.format or usual.format
    _check_usage(options)
    session = Session(options)
    entries = _sorted(_chosen(options, session), Order(options.sort))
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
    target = None if options.output == "-" else options.output
    if target is None:
        print_as_a_file()
        print(report.text, end="")
    else:
        _save(options, report.text)
    print(f"paperbrowse: {report.summary(target)}", file=sys.stderr)
    return 0


def _check_usage(options: argparse.Namespace) -> None:
    """Refuse what cannot be meant, before anything is read."""
    from paperbrowse.writers.choosing import complaint

    if options.keys and (options.all or options.query is not None):
        raise Failure("name keys, or use --query, or --all: only one of them", code=2)
    if options.output in (None, "-"):
        for wanted, does in (("append", "add to"), ("force", "replace")):
            if getattr(options, wanted):
                raise Failure(f"--{wanted} needs a file to {does}: -o FILE", code=2)
    if options.append and options.format not in ("bibtex", "biblatex"):
        raise Failure("--append is for bibtex and biblatex", code=2)
    if wrong := complaint(options.format, options.fields):
        raise Failure(f"--fields: {wrong}", code=2)


def _append(
    options: argparse.Namespace, entries: Sequence[Paper | Bookmark], settings: "ExportOptions"
) -> int:
    """Add to the file what it lacks; a file that is not there is made."""
    from paperbrowse.writers.target import TargetError, add

    try:
        report = add(options.output, entries, options.format, settings)
    except TargetError as error:
        raise Failure(str(error)) from error
    print(f"paperbrowse: {report.summary(options.output)}", file=sys.stderr)
    return 0


def _save(options: argparse.Namespace, text: str) -> None:
    from paperbrowse.writers.target import TargetError, TargetExists, save

    try:
        save(options.output, text, replace=options.force)
    except TargetExists as error:
        adds = ", --append adds to it" if options.format in ("bibtex", "biblatex") else ""
        raise Failure(f"{error}; --force replaces it{adds}") from error
    except TargetError as error:
        raise Failure(str(error)) from error


def _chosen(options: argparse.Namespace, session: Session) -> list[Paper | Bookmark]:
    library, store = session.library, session.store
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
