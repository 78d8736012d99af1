"""Bookmarks out of a file that was damaged: what is whole in it, the rest from the newest good version."""

import re
from collections.abc import Iterable
from pathlib import Path

from paperbrowse.bookmarks.document import Document, Entry, Part, parse, parts
from paperbrowse.bookmarks.journal import Journal
from paperbrowse.bookmarks.record import from_data
from paperbrowse.bookmarks.tables import Damaged, split_core, table_of, whole

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
    preamble, found = parts(raw.decode("utf-8-sig", "replace"))
    mark = _mark(found)
    tail = journal.read(base.journal, base.operation)
    own_mark = mark is not None and mark.journal == tail.journal
    until = mark.operation if mark is not None and own_mark else tail.applied
    operations = [operation for operation in tail.operations if operation.number <= until]
    if operations:
        base = base.done(operations, tail.journal, operations[-1].number)
    suspect = None if mark is not None else (found[-1] if found else None)
    whole_parts = [part for part in found if part is not suspect and _is_whole(part)]
    mended = (
        _mended(preamble, found, whole_parts, base) if mark is not None else _completed(whole_parts, base)
    )
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
        if part.kind == "written":
            try:
                document = parse(part.text.encode("utf-8", "replace"))
            except Damaged:
                continue
            if document.complete:
                return document
    return None


def _is_whole(part: Part) -> bool:
    if "\ufffd" in part.text:
        return False
    try:
        if part.kind != "bookmark":
            whole(part.text)
            return True
        data = table_of(split_core(part.text)[0])[1]
    except Damaged:
        return False
    return bool(data.get("key")) and bool(data.get("title"))


def _entry(before: str, core: str) -> Entry:
    kept = from_data(table_of(core)[1])
    return Entry(before, core, kept.bookmark.paper.key, kept)


def _mended(preamble: str, found: list[Part], whole_parts: list[Part], base: Document) -> Document:
    """The damaged file with its broken tables as they last were, and those it lost."""
    good = {entry.key: entry for entry in base.entries}
    document = Document(preamble=preamble if _parses(preamble) else base.preamble, trailer=base.trailer)
    used: set[str] = set()
    gap = ""
    is_whole = {id(part) for part in whole_parts}
    for part in found:
        core, after = split_core(part.text)
        if part.kind == "bookmark":
            entry = _entry(gap, core) if id(part) in is_whole else _as_it_was(part, gap, good)
            if entry is not None and entry.key not in used:
                used.add(entry.key)
                document.entries.append(entry)
                gap = ""
            gap += after
        elif part.kind == "written":
            gap += after
        elif id(part) in is_whole:
            gap += part.text
    document.entries += (
        Entry("\n", entry.core, key, entry.kept) for key, entry in good.items() if key not in used
    )
    document.end = gap
    return document


def _as_it_was(part: Part, gap: str, good: dict[str, Entry]) -> Entry | None:
    found = _KEY.search(part.text)
    entry = good.get(found[1]) if found else None
    return Entry(gap, entry.core, entry.key, entry.kept) if entry else None


def _completed(whole_parts: list[Part], base: Document) -> Document:
    """The last good version with the tables that a file that was cut short has otherwise."""
    cores = {
        entry.key: entry
        for part in whole_parts
        if part.kind == "bookmark" and (entry := _entry("\n", split_core(part.text)[0]))
    }
    document = Document(preamble=base.preamble, end=base.end, trailer=base.trailer)
    for entry in base.entries:
        newer = cores.pop(entry.key, entry)
        document.entries.append(Entry(entry.before, newer.core, entry.key, newer.kept))
    document.entries += cores.values()
    return document


def _parses(text: str) -> bool:
    try:
        return not {"bookmark", "written"} & whole(text).keys()
    except Damaged:
        return False
