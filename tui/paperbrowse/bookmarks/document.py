"""The text of `bookmarks.toml`: taken apart into bookmarks and what stands between them, edited in place.

What a person typed stays as it is: only the lines of what changed are written anew. The text is never
interpreted by guessing: every part that is taken for a bookmark is a TOML document by itself and means what
the whole means, as `tomllib` reads it; a part in the form that this program writes is read by the quicker
rules of JSON, which agree with TOML's on that form.
"""

import re
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from paperbrowse.bookmarks.operations import Operation, Shelf
from paperbrowse.bookmarks.record import Data, Kept, bare_key, emit, from_data, to_data, value_text
from paperbrowse.bookmarks.tables import FORBIDDEN, HEADER, Damaged, split_core, table_of, whole, with_value

SCHEMA = 1
_PREAMBLE = f"""\
# Bookmarks of paperbrowse. Edit them as you like: your comments and your own fields stay.
schema = {SCHEMA}
"""
_TRAILER = """\
# How far the program has written. A file without this end counts as cut short.
[written]
journal = ""
operation = 0
end = true
"""
_LINE_WITH_BRACKET = re.compile(r"\n([ \t]*\[.*)")
_SHAPE = "bookmarks must be tables with the header [[bookmark]]"


@dataclass(slots=True)
class Entry:
    """A bookmark in the text: what stands before it, its own lines, what they mean."""

    before: str
    core: str
    key: str
    kept: Kept


@dataclass(slots=True)
class Document:
    """A whole file. `end` is what follows the last bookmark, but for the trailer, which is always last."""

    preamble: str = _PREAMBLE
    entries: list[Entry] = field(default_factory=list)
    end: str = ""
    trailer: str = ""
    schema: int = SCHEMA
    journal: str = ""
    operation: int = 0
    complete: bool = False
    """Whether the end that the program writes is there."""
    problems: list[str] = field(default_factory=list)
    rewritten: bool = False
    """The layout could not be kept and was made anew from what the file means."""

    def shelf(self) -> Shelf:
        """The bookmarks of the file."""
        return Shelf((entry.key, entry.kept) for entry in self.entries)

    def text(self) -> str:
        """The whole text of the file."""
        parts = [self.preamble]
        for entry in self.entries:
            parts += (entry.before, entry.core)
        return "".join((*parts, self.end, self.trailer))

    def done(self, operations: Sequence[Operation], journal: str, number: int) -> "Document":
        """The document after `operations`, marked with the number of the last."""
        shelf = self.shelf()
        for operation in operations:
            shelf.do(operation)
        return self.showing(shelf, journal, number)

    def showing(self, shelf: Shelf, journal: str, number: int) -> "Document":
        """The document with the bookmarks of `shelf`: the others are taken out, new ones put in."""
        known = {entry.key: entry for entry in self.entries}
        entries: list[Entry] = []
        loose = ""
        waiting = _gaps(self.entries, shelf)
        for key, kept in shelf.kept.items():
            entry = known.get(key)
            if entry is None:
                core = kept.text if kept.text is not None and _means(kept.text, kept) else _written(kept)
                entry = Entry("\n", core, key, Kept(kept.bookmark, core, kept.problems))
            elif entry.kept is not kept:
                entry = Entry(entry.before, edited(entry.core, entry.kept, kept), key, kept)
                entry.kept.text = entry.core
            before = waiting.get(key)
            if before is not None:
                entry = Entry(before, entry.core, key, entry.kept)
            entries.append(entry)
        loose = waiting.get("", "")
        trailer = self.trailer or ("" if not self.text().strip() else "\n") + _TRAILER
        trailer = with_value(with_value(trailer, "journal", journal), "operation", number)
        says_schema = re.search(r"(?m)^\s*schema\s*=", self.preamble)
        preamble = self.preamble if says_schema else f"schema = {SCHEMA}\n" + self.preamble
        return Document(
            preamble=_ended(preamble),
            entries=entries,
            end=_ended(loose + self.end),
            trailer=trailer,
            journal=journal,
            operation=number,
            complete=True,
        )

    def made_anew(self) -> "Document":
        """The document with the same bookmarks and mark, and nothing else."""
        anew = Document(
            entries=[Entry("\n", _written(entry.kept), entry.key, entry.kept) for entry in self.entries]
        )
        return anew.showing(self.shelf(), self.journal, self.operation)


def _gaps(entries: Sequence[Entry], shelf: Shelf) -> dict[str, str]:
    """What stands before each bookmark that stays or before one that goes ahead of it; under "" the rest."""
    gaps: dict[str, str] = {}
    loose = ""
    for entry in entries:
        if entry.key in shelf.kept:
            gaps[entry.key] = loose + entry.before
            loose = ""
        elif entry.before.strip():
            loose += entry.before
    gaps[""] = loose
    return gaps


def edited(core: str, was: Kept, now: Kept) -> str:
    """The bookmark's own lines with what differs between `was` and `now`, the rest as it is."""
    if was.bookmark.status != now.bookmark.status:
        core = with_value(core, "status", now.bookmark.status)
    if was.bookmark.tags != now.bookmark.tags:
        core = with_value(core, "tags", list(now.bookmark.tags))
    if was.bookmark.note != now.bookmark.note:
        core = with_value(core, "note", now.bookmark.note)
    return core


@dataclass(slots=True)
class Part:
    """A part of the text: what stands before the first table, a bookmark with the tables inside it, the
    trailer, or a table of someone else's.

    `core` is it up to its last statement, `data` what that means: for bookmark and trailer the fields.
    """

    kind: str
    core: str
    after: str = ""
    header: str = ""
    data: Data | None = None


def _part(kind: str, text: str) -> Part:
    return Part(kind, *((text, "") if kind in {"preamble", "other"} else split_core(text)))


def parts(text: str, *, patience: int, known: Container[str] = ()) -> list[Part]:
    """The text as the headers in it divide it; a part without `data` is not TOML.

    Bookmarks whose text is among the `known` are not read again.

    What looks like a header may be a line of a longer text: a part that is not TOML by itself is joined
    with those after it, up to `patience` of them, if it is TOML then.
    """
    divided = list(_divided(text))
    found: list[Part] = []
    place = 0
    while place < len(divided):
        kind, start, end = divided[place]
        place += 1
        part = _understood(_part(kind, text[start:end]), known)
        if part.data is None:
            for more in range(place, min(place + patience, len(divided))):
                longer = _understood(_part(kind, text[start : divided[more][2]]), known)
                if longer.data is not None:
                    part, place = longer, more + 1
                    break
        found.append(part)
    return found


def _divided(text: str) -> Iterator[tuple[str, int, int]]:
    """Kind, beginning and end of each part."""
    kind, start = "preamble", 0
    for found in _LINE_WITH_BRACKET.finditer("\n" + text):
        header = HEADER.match(found[1])
        if header is None or bool(header[1]) != bool(header[3]):
            continue
        names = header[2].strip()
        if kind == "bookmark" and re.match(r"(\"|'|)bookmark\1[ \t]*\.", names):
            continue
        yield kind, start, found.start()
        start = found.start()
        plain = names.strip("\"'")
        kind = plain if plain == "bookmark" or (plain == "written" and not header[1]) else "other"
    yield kind, start, len(text)


def _understood(part: Part, known: Container[str]) -> Part:
    if FORBIDDEN.search(part.after):
        return part
    try:
        if part.kind == "bookmark" and part.core in known:
            part.header, part.data = "[[bookmark]]", {}
        elif part.kind == "preamble":
            part.data = _preamble(part.core)
        elif part.kind == "other":
            part.data = whole(part.core)
        else:
            part.header, part.data = table_of(part.core)
    except Damaged:
        part.data = None
    return part


def parse(raw: bytes, before: Document | None = None) -> Document:
    """The document of a file's bytes; bookmarks whose text is as in `before` are taken from there.

    Raises:
        Damaged: it is not TOML, or not of the shape that bookmarks have.
    """
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise Damaged(f"not UTF-8 text (at line {line})") from None
    text = _ended(text)
    entries = before.entries if before else []
    known = {entry.core: entry.kept for entry in entries if entry.kept.text == entry.core}
    found = parts(text, patience=0, known=known)
    if any(part.data is None for part in found):
        whole(text)  # which says what is wrong, if anything is
        found = parts(text, patience=len(text), known=known)
    document = _put_together(found, known)
    if document is None:
        return _made_anew(whole(text))
    if any(part.kind == "other" for part in found):
        whole(text)
    return document


def _put_together(found: Sequence[Part], known: Mapping[str, Kept]) -> Document | None:
    """The document of these parts; None when they are not all of the kind that can be edited in place."""
    document = Document(preamble=found[0].core)
    keys: dict[str, None] = {}
    gap = ""
    for part in found:
        if part.data is None:
            return None
        if part.kind in {"preamble", "other"} and {"bookmark", "written"} & part.data.keys():
            return None
        if part.kind == "preamble":
            _take_schema(document, part.data)
        elif part.kind == "other":
            gap += part.core
        elif part.kind == "written":
            if document.trailer:
                return None
            gap = _take_trailer(document, part, gap) + part.after
        else:
            if not part.header.lstrip().startswith("[["):
                return None
            kept = known.get(part.core) or from_data(part.data)
            kept.text = part.core
            document.entries.append(_entry(document, keys, gap, part.core, kept))
            gap = part.after
    document.end = gap
    return document


def _entry(document: Document, keys: dict[str, None], gap: str, core: str, kept: Kept) -> Entry:
    """The bookmark in its place; a key that stands twice in the file gets a number the second time."""
    key = wanted = kept.bookmark.paper.key
    number = 1
    while key in keys:
        number += 1
        key = f"{wanted}-{number}"
    if key != wanted:
        kept = Kept(replace(kept.bookmark, paper=replace(kept.bookmark.paper, key=key)), None, kept.problems)
        document.problems.append(f"the key {wanted} stands twice; the second is taken for {key}")
    keys[key] = None
    if kept.problems:
        document.problems += (f"{key}: {problem}" for problem in kept.problems)
    return Entry(gap, core, key, kept)


def _preamble(preamble: str) -> Data:
    lines = [line for line in preamble.splitlines() if line and not line.startswith("#")]
    if lines == [f"schema = {SCHEMA}"] and not FORBIDDEN.search(preamble):
        return {"schema": SCHEMA}
    return whole(preamble)


def _take_schema(document: Document, head: Mapping[str, Any]) -> None:
    schema = head.get("schema", SCHEMA)
    if isinstance(schema, int) and schema >= 1:
        document.schema = schema
    else:
        document.problems.append(f"schema: must be {SCHEMA}")


def _take_trailer(document: Document, part: Part, gap: str) -> str:
    """Note what the trailer says; the text before it that is not the trailer's own comment."""
    core = part.core
    comment = _TRAILER.partition("[")[0]
    own = "\n" + comment if gap.endswith("\n\n" + comment) or gap == "\n" + comment else comment
    if gap.endswith(own):
        core, gap = own + core, gap[: -len(own)]
    document.trailer = core
    _read_mark(document, part.data or {})
    return gap


def _read_mark(document: Document, data: Mapping[str, Any]) -> None:
    journal, operation = data.get("journal"), data.get("operation")
    if isinstance(journal, str) and type(operation) is int:
        document.journal, document.operation = journal, operation
    document.complete = data.get("end") is True


def _made_anew(data: Data) -> Document:
    """The document for a file in a layout that cannot be edited in place, such as one inline array."""
    tables = data.pop("bookmark", [])
    mark = data.pop("written", {})
    if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
        raise Damaged(_SHAPE)
    document = Document(rewritten=True)
    _take_schema(document, data)
    if isinstance(mark, dict):
        _read_mark(document, mark)
    data.setdefault("schema", SCHEMA)
    document.preamble = "".join(f"{bare_key(name)} = {value_text(value)}\n" for name, value in data.items())
    keys: dict[str, None] = {}
    for table in tables:
        core = emit(table)
        kept = from_data(table)
        kept.text = core
        document.entries.append(_entry(document, keys, "\n", core, kept))
    return document


def _written(kept: Kept) -> str:
    return emit(to_data(kept.bookmark))


def _means(text: str, kept: Kept) -> bool:
    """Whether `text` is the table of that bookmark."""
    try:
        return from_data(table_of(text)[1]).bookmark == kept.bookmark
    except Damaged:
        return False


def _ended(text: str) -> str:
    return text if not text or text.endswith("\n") else text + "\n"
