"""Bookmarks out of a file that was damaged: what is whole in it, the rest from the newest good version."""

import re
from collections.abc import Iterable
from pathlib import Path

from paperbrowse.bookmarks.document import Document, Entry, Part, parse, parts
from paperbrowse.bookmarks.journal import Journal
from paperbrowse.bookmarks.record import Data, from_data
from paperbrowse.bookmarks.tables import FORBIDDEN, Damaged, table_of

_PATIENCE = 20
_KEY = re.compile(r"^[ \t]*key[ \t]*=[ \t]*[\"']([^\"'\n]+)[\"']", re.MULTILINE)


def last_good(memory: Document | None, versions: Iterable[Path]) -> Document | None:
    """The newest of what is in memory and of the backups that can be read."""
    for path in versions:
        try:
            document = parse(path.read_bytes())
        except (OSError, Damaged):
            continue
        if not document.complete and document.journal:
            continue
        if memory is None or (document.journal == memory.journal and document.operation > memory.operation):
            return document
        break
    return memory


def recover(raw: bytes | None, good: Document | None, journal: Journal) -> Document:
    """The document to go on with, given the damaged file (None: it is gone) and the last good version.

    The changes in the journal that the damaged file had are in it; those after come as they always do.
    """
    base = good or Document(journal=journal.read().journal)
    if raw is None:
        return base
    found = parts(FORBIDDEN.sub("\ufffd", raw.decode("utf-8-sig", "replace")), patience=_PATIENCE)
    mark = _mark(found)
    tail = journal.read(base.journal, base.operation)
    own_mark = mark is not None and mark.journal == tail.journal
    until = mark.operation if mark is not None and own_mark else tail.applied
    operations = [operation for operation in tail.operations if operation.number <= until]
    if operations:
        base = base.done(operations, tail.journal, operations[-1].number)
    if mark is None:
        found[-1].data = None  # it may have been longer
    for part in found:
        if "\ufffd" in part.core or (part.kind == "bookmark" and not _says_what_it_is(part.data)):
            part.data = None
    mended = _completed(found, base) if mark is None else _mended(found, base)
    try:
        document = parse(mended.text().encode("utf-8"))
    except Damaged:
        document = base
    document.journal, document.operation = base.journal, base.operation
    if mark is not None and own_mark:
        document.operation = max(base.operation, min(mark.operation, tail.last))
    return document


def _mark(found: Iterable[Part]) -> Document | None:
    """A document with what the trailer says, if there is a whole one."""
    for part in found:
        if part.kind == "written" and part.data is not None:
            document = parse(part.core.encode("utf-8", "replace"))
            if document.complete:
                return document
    return None


def _says_what_it_is(data: Data | None) -> bool:
    return bool(data and data.get("key") and data.get("title"))


def _entry(before: str, core: str) -> Entry:
    kept = from_data(table_of(core)[1])
    return Entry(before, core, kept.bookmark.paper.key, kept)


def _mended(found: Iterable[Part], base: Document) -> Document:
    """The damaged file with its broken tables as they last were, and those it lost."""
    good = {entry.key: entry for entry in base.entries}
    document = Document(preamble=base.preamble, trailer=base.trailer)
    used: set[str] = set()
    gap = ""
    for part in found:
        if part.kind == "preamble":
            document.preamble = base.preamble if part.data is None else part.core
        elif part.kind == "bookmark":
            entry = _as_it_was(part, gap, good) if part.data is None else _entry(gap, part.core)
            if entry is not None and entry.key not in used:
                used.add(entry.key)
                document.entries.append(entry)
                gap = ""
            gap += part.after
        elif part.kind == "written":
            gap += part.after
        elif part.data is not None:
            gap += part.core
    lost = (entry for key, entry in good.items() if key not in used)
    document.entries += (Entry("\n", entry.core, entry.key, entry.kept) for entry in lost)
    document.end = gap
    return document


def _as_it_was(part: Part, gap: str, good: dict[str, Entry]) -> Entry | None:
    found = _KEY.search(part.core)
    entry = good.get(found[1]) if found else None
    return Entry(gap, entry.core, entry.key, entry.kept) if entry else None


def _completed(found: Iterable[Part], base: Document) -> Document:
    """The last good version with the tables that a file that was cut short has otherwise."""
    entries = [_entry("\n", part.core) for part in found if part.kind == "bookmark" and part.data is not None]
    cores = {entry.key: entry for entry in entries}
    document = Document(preamble=base.preamble, end=base.end, trailer=base.trailer)
    for entry in base.entries:
        newer = cores.pop(entry.key, entry)
        document.entries.append(Entry(entry.before, newer.core, entry.key, newer.kept))
    document.entries += cores.values()
    return document
