"""Correcting records, and telling where each field comes from."""

import argparse
import sys
from collections.abc import Sequence

from paperbrowse.cli.failure import Failure
from paperbrowse.cli.session import Session, settings_folder
from paperbrowse.config import CORRECTIONS, REFUSALS
from paperbrowse.corrections import CorrectionError, correction_value, set_correction
from paperbrowse.describe import value_text
from paperbrowse.merge import Origin, Said
from paperbrowse.model import Paper
from paperbrowse.refusals import refuse


def edit(options: argparse.Namespace) -> int:
    """`edit`: say what a record's fields are, where its source is wrong or silent."""
    session = Session(options)
    paper = session.paper(options.key)
    changes = []
    for change in options.changes:
        name, equals, value = change.partition("=")
        if not equals:
            raise Failure(f"{change!r} is not of the form field=value", code=2)
        changes.append((name.strip(), value.strip() or None))
    folder = settings_folder(options)
    try:
        for name, value in changes:
            correction_value(name, value)  # all are right, or none is written
        for name, value in changes:
            set_correction(folder, paper, name, value)
    except CorrectionError as error:
        raise Failure(str(error)) from error
    except OSError as error:
        raise Failure(f"{folder / CORRECTIONS} cannot be written: {error.strerror}") from error
    print(f"paperbrowse: {options.key}: {_done(changes)}{_other_key(options, paper)}", file=sys.stderr)
    return 0


def _done(changes: Sequence[tuple[str, str | None]]) -> str:
    """What the changes came to: "venue corrected; year as its source has it again"."""
    values = dict(changes)
    corrected = ", ".join(name for name, value in values.items() if value is not None)
    taken_back = [name for name, value in values.items() if value is None]
    told = [f"{corrected} corrected"] if corrected else []
    if taken_back:
        them = "it" if len(taken_back) == 1 else "them"
        told.append(f"{', '.join(taken_back)} as its source has {them} again")
    return "; ".join(told)


def _other_key(options: argparse.Namespace, before: Paper) -> str:
    """The key that the paper has now, where the correction gave it another one."""
    papers = Session(options).library.papers
    key = next((paper.key for paper in papers if paper.source == before.source), before.key)
    return "" if key == before.key else f"; its key is {key} now"


def sources_text(origins: Sequence[Origin]) -> str:
    """For each field its value, where it comes from, how it is known, and what other sources say."""
    lines = []
    for origin in origins:
        lines.append(f"{origin.field}: {value_text(origin.value)}\n    {origin.told}")
        lines += [f"    {origin.before_others}: {_said(said)}" for said in origin.others]
    return "\n".join(lines)


def _said(said: Said) -> str:
    how = "" if said.how == "stated" else f"{said.how}, "
    return f"{value_text(said.value)} ({how}{said.source.path}:{said.source.line})"


def split(options: argparse.Namespace) -> int:
    """`split`: the records that a paper was merged of are several papers; that is remembered."""
    session = Session(options)
    paper = session.paper(options.key)
    row = session.library.row(paper.key)
    records = session.library.records(row) if row is not None else ()
    if len(records) < 2:
        raise Failure(f"{options.key} comes from one record; there is nothing to split")
    folder = settings_folder(options)
    try:
        refuse(folder, records)
    except OSError as error:
        raise Failure(f"{folder / REFUSALS} cannot be written: {error.strerror}") from error
    print(f"paperbrowse: {options.key}: {len(records)} records stay apart from now on", file=sys.stderr)
    return 0
