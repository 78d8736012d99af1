"""BibTeX and biblatex files, also those that other programs wrote and people edited.

The grammar is read here and not by a library, after trying what is there (November 2026): bibtexparser 2.1
takes 17.7 s and 0.5 GB for 100 000 entries and loses an entry that has a field twice or an abstract with a
line that starts with `@word{`; pybtex refuses a whole file for its first error and takes 50 s; bibtexparser 1
and bibpy are slower still. BibTeX's own rules hold where they are rules: braces are counted whether escaped
or not, what is outside entries is comment, of two fields of one name the first counts.

An entry that cannot be read costs that entry: reading goes on at the next line that opens one.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from paperbrowse.model import Paper, Problem, Reading
from paperbrowse.readers.bibtex_entry import paper_of
from paperbrowse.readers.document import Document

NAME = "BibTeX"

_KNOWN = (
    r"article|inproceedings|incollection|inbook|book|booklet|conference|proceedings|collection|manual|misc"
    r"|phdthesis|mastersthesis|thesis|techreport|report|unpublished|online|electronic|www|patent|dataset"
    r"|software|suppperiodical|periodical|reference|inreference|mvbook|mvcollection|mvproceedings|bookinbook"
    r"|string|preamble|comment|xdata|set"
)
_SNIFF = re.compile(rf"(?im)^\s*@\s*(?:(?:{_KNOWN})\s*[{{(]|[a-z]+\s*\{{\s*[^\s,{{}}=]+\s*,\s*$)")

_OPENING = re.compile(r"@[ \t]*([A-Za-z][\w-]*)\s*([{(])")
_LINE_OPENING = re.compile(r"(?m)^[ \t]*@[ \t]*[A-Za-z][\w-]*\s*[{(]")
_KNOWN_TYPE = re.compile(_KNOWN, re.IGNORECASE)
_KEY = re.compile(r"\s*([^,={}\"]*?)\s*(?=[,})])")
_GAP = r"(?:[\s,]|%[^\n]*(?:\n|\Z))*+"
_FIELD = re.compile(_GAP + r"([^\s,={}\"#%()]++)\s*=\s*")
_CLOSE = re.compile(_GAP + r"([})])")
_BRACED = re.compile(r"\{((?:[^{}]++|\{[^{}]*+\})*+)\}")
_QUOTED = re.compile(r'"((?:[^"{}]++|\{[^{}]*+\})*+)"')
_BARE = re.compile(r"[^\s,#{}\"=()%]+")
_BLANKS = re.compile(r"\s*")
_BRACE = re.compile(r"[{}]")
_BRACE_OR_QUOTE = re.compile(r'[{}"]')
_CONCATENATION = re.compile(r"\s*#\s*")
_AFTER_VALUE = re.compile(r"\s*([,})])|" + _GAP + r"(?=[^\s,={}\"#%()]+\s*=\s*[{\"\d\w])")
_HEADLESS = re.compile(rf"(?im)^[ \t]*(?:{_KNOWN})\s*\{{\s*[^\s,{{}}=]+\s*,")
_REFERENCE = re.compile(r"\s*=\s*[{\"]\s*([^{}\"]+)")

_REACH = 64
"""Into how many of the following entries an unclosed one is followed."""

_MONTHS = {name: name for name in "jan feb mar apr may jun jul aug sep oct nov dec".split()}  # noqa: SIM905


class _Broken(Exception):
    """What is wrong with an entry, and where."""

    def __init__(self, what: str, place: int) -> None:
        super().__init__(what)
        self.what = what
        self.place = place


@dataclass(slots=True)
class Entry:
    """One entry as it stands: type and field names in lower case, values with their TeX."""

    type: str
    key: str
    line: int
    fields: dict[str, str] = field(default_factory=dict)


def sniff(head: str) -> bool:
    """Whether a line opens an entry."""
    return _SNIFF.search(head) is not None


def read(document: Document) -> Reading:
    """All entries but `@string`, `@preamble`, `@comment`, `@xdata` and `@set`, as papers."""
    reading = Reading()
    parser = _Parser(document.path, document.text, reading.problems)
    referenced = _referenced(document.text)
    parents: dict[str, Entry] = {}
    seen: dict[str, int] = {}
    children: list[tuple[int, Entry]] = []
    papers: list[Paper | None] = []
    for entry in parser.entries():
        folded = entry.key.lower()
        if folded and folded in seen:
            what = f"the key {entry.key!r} stands a second time (first in line {seen[folded]})"
            reading.problems.append(Problem(document.path, entry.line, what, lost=False))
        seen.setdefault(folded, entry.line)
        if folded in referenced:
            parents.setdefault(folded, entry)
        if entry.type in ("xdata", "set"):
            continue
        if "crossref" in entry.fields or "xdata" in entry.fields:
            children.append((len(papers), entry))
            papers.append(None)
        else:
            papers.append(
                paper_of(entry.type, entry.key, entry.fields, document.path, entry.line, reading.problems)
            )
    for place, entry in children:
        fields = _inherited(entry, parents, document.path, reading.problems)
        papers[place] = paper_of(entry.type, entry.key, fields, document.path, entry.line, reading.problems)
    reading.papers += filter(None, papers)
    if not papers and not reading.problems:
        reading.problems.append(Problem(document.path, 0, "no entry of a paper in it", lost=False))
    reading.problems.sort(key=lambda problem: problem.line)
    return reading


def _referenced(text: str) -> frozenset[str]:
    """The keys of all entries that others inherit from."""
    keys: list[str] = []
    for name in ("crossref", "Crossref", "CrossRef", "CROSSREF", "xdata", "Xdata", "XDATA"):
        place = text.find(name)
        while place >= 0:
            match = _REFERENCE.match(text, place + len(name))
            keys += match[1].split(",") if match else ()
            place = text.find(name, place + 1)
    return frozenset(key.strip().lower() for key in keys)


def _inherited(
    entry: Entry, parents: Mapping[str, Entry], path: str, problems: list[Problem]
) -> dict[str, str]:
    """An entry's fields and those that its parents pass on; a parent's title is the child's book title."""
    fields = dict(entry.fields)
    queue = [("xdata", key) for key in fields.pop("xdata", "").split(",")]
    queue.append(("crossref", fields.pop("crossref", "")))
    used: set[str] = set()
    while queue:
        how, key = queue.pop(0)
        folded = key.strip().lower()
        if not folded or folded in used:
            continue
        used.add(folded)
        parent = parents.get(folded)
        if parent is None:
            problems.append(
                Problem(path, entry.line, f"its {how} {key.strip()!r} is not in this file", lost=False)
            )
            continue
        for name, value in parent.fields.items():
            if name in ("xdata", "crossref"):
                queue += [(name, further) for further in value.split(",")]
            elif how == "xdata":
                fields.setdefault(name, value)
            elif name == "title":
                fields.setdefault("booktitle", value)
            elif name not in (
                "author",
                "doi",
                "url",
                "abstract",
                "pages",
                "subtitle",
                "eprint",
                "file",
                "keywords",
            ):
                fields.setdefault(name, value)
    return fields


def _blank_end(text: str, place: int) -> int:
    match = _BLANKS.match(text, place)
    return match.end() if match else place


class _Parser:
    """The entries of one text, one after the other; what cannot be read goes to `problems`."""

    def __init__(self, path: str, text: str, problems: list[Problem]) -> None:
        self._path = path
        self._text = text
        self._problems = problems
        self._strings: dict[str, str] = dict(_MONTHS)
        self._starts = [match.start() for match in _LINE_OPENING.finditer(text)]
        self._counted = (0, 1)
        self._first = (0, 0)

    def entries(self) -> Iterator[Entry]:
        """Every entry that is a record, in the order of the text."""
        place = 0
        while (opening := self._next_opening(place)) is not None:
            self._look_for_lost(place, opening.start())
            kind = opening[1].lower()
            closing = "}" if opening[2] == "{" else ")"
            limit = self._limit(opening.start())
            try:
                if kind == "comment":
                    place = self._skip_group(opening.end() - 1, limit)
                elif kind == "preamble":
                    place = self._close(self._value(_blank_end(self._text, opening.end()), limit)[1], closing)
                elif kind == "string":
                    place = self._string(opening.end(), closing, limit)
                else:
                    entry = Entry(kind, "", self._line(opening.start()))
                    place = self._entry(entry, opening.end(), closing, limit)
                    yield entry
            except _Broken as broken:
                place = self._recover(opening, broken)
        self._look_for_lost(place, len(self._text))

    def _next_opening(self, place: int) -> re.Match[str] | None:
        """The next `@type{`, unless its line is commented out or it is no type ("me@home (")."""
        while (match := _OPENING.search(self._text, place)) is not None:
            first = self._first_of_line(match.start())
            if self._text[first] != "%" and (
                first == match.start() or match[2] == "{" or _KNOWN_TYPE.fullmatch(match[1])
            ):
                return match
            place = match.end()
        return None

    def _first_of_line(self, place: int) -> int:
        """The first character that is no blank in the line of `place`; nothing is looked through twice."""
        before, first = self._first if self._first[0] <= place else (0, 0)
        line_end = self._text.rfind("\n", before, place)
        if line_end >= 0 or not before:
            first = _blank_end(self._text, line_end + 1)
        self._first = (place, first)
        return first

    def _limit(self, start: int) -> int:
        further = bisect_right(self._starts, start) + _REACH
        return self._starts[further] if further < len(self._starts) else len(self._text)

    def _line(self, place: int) -> int:
        """The line of `place`; asked for in ascending order it costs one pass over the text."""
        counted, line = self._counted if self._counted[0] <= place else (0, 1)
        line += self._text.count("\n", counted, place)
        self._counted = (place, line)
        return line

    def _recover(self, opening: re.Match[str], broken: _Broken) -> int:
        """Report a broken entry; where reading goes on."""
        key = _KEY.match(self._text, opening.end())
        name = f"@{opening[1]}{{{key[1][:40] if key else ''}"
        start = opening.start()
        further = bisect_right(self._starts, start)
        end = self._starts[further] if further < len(self._starts) else len(self._text)
        line = self._line(start)
        at = line + self._text.count("\n", start, min(broken.place, end))
        what = f"{broken.what} in line {at}; the entry is left out"
        if not self._text[broken.place : broken.place + 200].strip():
            what = "the file ends inside this entry; it is left out"
        self._problems.append(Problem(self._path, line, what, name))
        return end

    def _look_for_lost(self, start: int, end: int) -> None:
        """Report what stands between entries and looks like one without its `@`."""
        if end - start < 8:
            return
        for match in _HEADLESS.finditer(self._text, start, end):
            line = self._line(match.start())
            self._problems.append(
                Problem(
                    self._path,
                    line,
                    "this looks like an entry without its @; it is left out",
                    match[0].strip()[:60],
                )
            )

    def _skip_group(self, place: int, limit: int) -> int:
        """Behind the comment's closing brace, or at the end of its line where it has none."""
        try:
            return self._group_end(place, limit)
        except _Broken:
            end = self._text.find("\n", place)
            return end if end >= 0 else len(self._text)

    def _string(self, place: int, closing: str, limit: int) -> int:
        match = _FIELD.match(self._text, place)
        if match is None:
            raise _Broken("no name and value", place)
        value, place = self._value(match.end(), limit)
        self._strings[match[1].lower()] = value
        return self._close(place, closing)

    def _close(self, place: int, closing: str) -> int:
        match = _CLOSE.match(self._text, place)
        if match is None or match[1] != closing:
            raise _Broken(f"no closing {closing!r}", place)
        return match.end()

    def _entry(self, entry: Entry, place: int, closing: str, limit: int) -> int:
        """Read the entry from behind its opening brace; the place behind its closing one."""
        text, fields = self._text, entry.fields
        key = _KEY.match(text, place)
        if key is not None:
            entry.key = key[1]
            place = key.end()
        if not entry.key:
            self._problems.append(Problem(self._path, entry.line, "the entry has no key", lost=False))
        while (match := _FIELD.match(text, place, limit)) is not None:
            value, place = self._value(match.end(), limit)
            name = match[1].lower()
            if name in fields:
                self._repeated(entry, name, value)
            else:
                fields[name] = value
            after = _AFTER_VALUE.match(text, place)
            if after is None:
                raise _Broken(f"no comma or closing brace after the field {name!r}", place)
            place = after.end()
            if after[1] in ("}", ")"):
                if after[1] != closing:
                    raise _Broken(f"closed by {after[1]!r} instead of {closing!r}", place)
                return place
            if after[1] is None:
                what = f"no comma after the field {name!r}"
                self._problems.append(Problem(self._path, entry.line, what, entry.key, lost=False))
        return self._close(place, closing)

    def _repeated(self, entry: Entry, name: str, value: str) -> None:
        if value != entry.fields[name]:
            what = f"the field {name!r} stands a second time; the first counts"
            self._problems.append(Problem(self._path, entry.line, what, entry.key, lost=False))

    def _value(self, place: int, limit: int) -> tuple[str, int]:
        """The value that starts at `place`, its parts joined, and the place behind it."""
        value, place = self._part(place, limit)
        while (join := _CONCATENATION.match(self._text, place)) is not None:
            part, place = self._part(join.end(), limit)
            value += part
        return value, place

    def _part(self, place: int, limit: int) -> tuple[str, int]:
        text = self._text
        first = text[place : place + 1]
        if first == "{":
            match = _BRACED.match(text, place, limit)
            if match is not None:
                return match[1], match.end()
            end = self._group_end(place, limit)
            return text[place + 1 : end - 1], end
        if first == '"':
            match = _QUOTED.match(text, place, limit)
            if match is not None:
                return match[1], match.end()
            end = self._quote_end(place, limit)
            return text[place + 1 : end - 1], end
        match = _BARE.match(text, place, limit)
        if match is None:
            raise _Broken("a field without a value", place)
        word = match[0]
        if not word.isdigit() and word.lower() not in self._strings:
            what = f"the abbreviation {word!r} is defined nowhere in this file"
            self._problems.append(Problem(self._path, self._line(place), what, lost=False))
        return self._strings.get(word.lower(), word), match.end()

    def _group_end(self, place: int, limit: int) -> int:
        depth = 0
        for match in _BRACE.finditer(self._text, place, limit):
            depth += 1 if match[0] == "{" else -1
            if not depth:
                return match.end()
        raise _Broken("a brace that is not closed", place)

    def _quote_end(self, place: int, limit: int) -> int:
        depth = 0
        for match in _BRACE_OR_QUOTE.finditer(self._text, place + 1, limit):
            if match[0] == '"':
                if not depth:
                    return match.end()
            else:
                depth += 1 if match[0] == "{" else -1
                if depth < 0:
                    break
        raise _Broken("a quotation mark that is not closed", place)
