"""The query language: what a person types, as values.

    graph parsing            both words, in any order, each perhaps only begun
    "graph parsing"          these words next to each other
    -survey                  not this word
    tree OR graph            one or the other; words side by side bind tighter than OR
    (tree OR graph) parsing  parentheses group
    author:mu  author:"Yongyu Mu"  title:  abstract:  venue:  cat:CL
    year:2023  year:2021..2023  year:>=2024
    has:code  has:abstract  is:bookmarked  tag:to-read  status:reading

While typing nothing is an error: what can be understood is applied, the rest becomes a hint. On the
command line (`strict`) the same things raise `QueryError` with the place in the text.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from paperbrowse.text.patterns import regex

Field = Literal["title", "author", "venue", "category", "abstract"]
Flag = Literal["code", "abstract", "bookmarked"]


@dataclass(frozen=True, slots=True)
class Word:
    """A word, or the beginning of one, in `field` or anywhere; with its hyphens as typed."""

    text: str
    field: Field | None = None


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words next to each other; for the author field, a person's whole name."""

    text: str
    field: Field | None = None
    closed: bool = True
    """False while the closing quote has not been typed: its last word may be only begun."""


@dataclass(frozen=True, slots=True)
class Years:
    """Years from `first` to `last`, both included, `None` for no limit."""

    first: int | None
    last: int | None


@dataclass(frozen=True, slots=True)
class Has:
    """A paper with this property."""

    flag: Flag


@dataclass(frozen=True, slots=True)
class Tag:
    """A bookmark with a tag that is, or begins with, `text`."""

    text: str


@dataclass(frozen=True, slots=True)
class Status:
    """A bookmark with a reading status that is, or begins with, `text`."""

    text: str


@dataclass(frozen=True, slots=True)
class Not:
    """Everything but `part`."""

    part: "Node"


@dataclass(frozen=True, slots=True)
class And:
    """All of `parts`."""

    parts: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Or:
    """Any of `parts`."""

    parts: tuple["Node", ...]


Node = Word | Phrase | Years | Has | Tag | Status | Not | And | Or
Leaf = Word | Phrase | Years | Has | Tag | Status


@dataclass(frozen=True, slots=True)
class Query:
    """What was asked (`root`, `None` for everything), from which text, and what was not understood."""

    text: str = ""
    root: Node | None = None
    hints: tuple[str, ...] = ()

    def leaves(self) -> Iterator[Leaf]:
        """What must or may be there, from left to right; what is excluded is left out."""
        yield from _leaves(self.root)

    @property
    def ranks(self) -> bool:
        """Whether some papers answer better than others: words are looked for in what papers say. Who wrote
        one, when and where, is so or is not."""
        return any(isinstance(leaf, Word | Phrase) and leaf.field in _SAID for leaf in self.leaves())


_SAID = (None, "title", "abstract")


class QueryError(ValueError):
    """A query that cannot be understood, with the offset in its text where that shows."""

    def __init__(self, message: str, position: int) -> None:
        super().__init__(message)
        self.position = position


FIELDS: dict[str, Field] = {
    "title": "title",
    "ti": "title",
    "author": "author",
    "authors": "author",
    "au": "author",
    "venue": "venue",
    "cat": "category",
    "category": "category",
    "abstract": "abstract",
    "abs": "abstract",
}
_NAMES = (*FIELDS, "year", "has", "is", "tag", "status")
_STATUSES = ("to-read", "reading", "read")

_FIELD = regex(r"([A-Za-z]+):")
_YEAR = regex(r"(?P<op>>=|<=|>|<|=)?(?P<a>\d{1,4})?(?:(?P<to>\.\.|-)(?P<b>\d{1,4})?)?")


def parse(text: str, *, strict: bool = False) -> Query:
    """`text` as a query. Never raises unless `strict`, which raises `QueryError`."""
    parser = _Parser(text, strict)
    root = parser.alternatives(0)
    if strict and root is None and text.strip():
        raise QueryError("there is no word in it", 0)
    return Query(text, root, tuple(dict.fromkeys(parser.hints)))


def clauses(text: str) -> tuple[str, ...]:
    """The parts of a query that must all hold, as they were typed; one where OR joins alternatives."""
    parser = _Parser(text, strict=False)
    parts: list[str] = []
    while True:
        parser.skip_blanks()
        start = parser.at
        if start == len(text):
            return tuple(parts)
        if parser.sees_or():
            return (text.strip(),)
        if text[start] == ")":
            parser.at += 1
        else:
            parser.unary(0)
        parts.append(text[start : parser.at])


def quoted(text: str) -> str:
    """`text` as a phrase of the language, for queries that a program writes."""
    return '"' + text.replace('"', " ") + '"'


class _Parser:
    """Recursive descent over the characters; `at` is the place reached."""

    def __init__(self, text: str, strict: bool) -> None:
        self.text = text
        self.strict = strict
        self.at = 0
        self.hints: list[str] = []

    def complain(self, message: str, position: int) -> None:
        if self.strict:
            raise QueryError(message, position)
        self.hints.append(message)

    def alternatives(self, depth: int) -> Node | None:
        parts: list[Node] = []
        while True:
            part = self.conjunction(depth)
            if part is not None:
                parts.append(part)
            place = self.at
            if not self.take_or():
                break
            if part is None and self.strict:
                raise QueryError("OR needs something before it", place)
            self.skip_blanks()
            if self.strict and (self.at == len(self.text) or self.text[self.at] == ")"):
                raise QueryError("OR needs something after it", place)
        return _joined(Or, parts)

    def conjunction(self, depth: int) -> Node | None:
        parts: list[Node] = []
        while True:
            self.skip_blanks()
            if self.at == len(self.text) or self.sees_or():
                break
            if self.text[self.at] == ")":
                if depth:
                    break
                self.complain("a ) without its (", self.at)
                self.at += 1
                continue
            part = self.unary(depth)
            if part is not None:
                parts.append(part)
        return _joined(And, parts)

    def unary(self, depth: int) -> Node | None:
        text = self.text
        negated = False
        while text.startswith("-", self.at) and not text[self.at + 1 : self.at + 2].isspace():
            self.at += 1
            negated = True
        part = self.group(depth) if text.startswith("(", self.at) else self.atom(depth)
        return Not(part) if negated and part is not None else part

    def group(self, depth: int) -> Node | None:
        opened = self.at
        self.at += 1
        # Hostile nesting must not exhaust the stack: deeper parentheses are only skipped.
        part = self.alternatives(depth + 1) if depth < 50 else None
        if self.text.startswith(")", self.at):
            self.at += 1
        elif self.strict:
            raise QueryError("a ( without its )", opened)
        return part

    def atom(self, depth: int) -> Node | None:
        start = self.at
        found = _FIELD.match(self.text, self.at)
        if found is None:
            return self.plain(None, depth)
        name, self.at = found[1], found.end()
        value_at = self.at
        follows = self.text[self.at : self.at + 1]
        valueless = not follows or follows.isspace() or follows == ")"
        if name.lower() not in _NAMES:
            return self.unknown_field(name, start, valueless, depth)
        if valueless:
            self.complain(f"{name}: {_wanted(name.lower())}", value_at)
            return None
        if name.lower() in FIELDS:
            return self.plain(FIELDS[name.lower()], depth)
        value = self.quoted_or_chunk(depth)
        return self.special(name.lower(), value, value_at)

    def unknown_field(self, name: str, start: int, valueless: bool, depth: int) -> Node | None:
        """A colon after a word of a pasted title is no field; a misspelt field still has its value."""
        if valueless:
            return Word(name)
        near = _nearest_field(name)
        self.complain(f"no field “{name}:”" + (f", did you mean “{near}:”?" if near else ""), start)
        value = self.plain(None, depth)
        return value if near else _joined(And, [Word(name), *([value] if value is not None else [])])

    def plain(self, field: Field | None, depth: int) -> Node | None:
        if self.text.startswith('"', self.at):
            text, closed = self.quotation()
            return Phrase(text, field, closed) if _has_word(text) else None
        text = self.chunk(depth)
        return Word(text, field) if _has_word(text) else None

    def special(self, name: str, value: str, place: int) -> Node | None:
        folded = value.lower()
        node: Node | None = None
        if name == "year":
            node = self.years(value)
        elif name == "has" and folded in ("code", "abstract"):
            node = Has("code" if folded == "code" else "abstract")
        elif name == "is" and (folded == "bookmarked" or _begun(folded, "bookmarked", self.strict)):
            node = Has("bookmarked")
        elif name == "tag" and value:
            node = Tag(value)
        elif name == "status":
            begun = [status for status in _STATUSES if _begun(folded, status, self.strict)]
            node = Status(folded) if folded in _STATUSES or begun else None
        if node is None:
            self.complain(f"{name}: {_wanted(name)}, not “{value}”", place)
        return node

    def years(self, value: str) -> Years | None:
        found = _YEAR.fullmatch(value)
        if found is None or not (found["a"] or found["b"]):
            return None
        if self.strict and any(part and len(part) < 4 for part in (found["a"], found["b"])):
            return None
        low, high = _decade(found["a"]), _decade(found["b"])
        match found["op"], found["to"]:
            case None, str():
                return Years(low[0] if low else None, high[1] if high else None)
            case (("=" | None), None) if low:
                return Years(*low)
            case ">=", None if low:
                return Years(low[0], None)
            case ">", None if low:
                return Years(low[1] + 1, None)
            case "<=", None if low:
                return Years(None, low[1])
            case "<", None if low:
                return Years(None, low[0] - 1)
        return None

    def quoted_or_chunk(self, depth: int) -> str:
        return self.quotation()[0] if self.text.startswith('"', self.at) else self.chunk(depth)

    def quotation(self) -> tuple[str, bool]:
        opened = self.at
        end = self.text.find('"', opened + 1)
        closed = end >= 0
        if not closed:
            if self.strict:
                raise QueryError("this quotation is not closed", opened)
            end = len(self.text)
        self.at = end + 1 if closed else end
        return self.text[opened + 1 : end], closed

    def chunk(self, depth: int) -> str:
        """Up to the next blank or quote, or the ) that closes a group."""
        start = self.at
        inner = 0
        while self.at < len(self.text):
            char = self.text[self.at]
            if char.isspace() or (char == '"' and self.at > start):
                break
            if char == "(":
                inner += 1
            elif char == ")":
                if depth and not inner:
                    break
                inner -= 1
            self.at += 1
        return self.text[start : self.at]

    def skip_blanks(self) -> None:
        while self.at < len(self.text) and self.text[self.at].isspace():
            self.at += 1

    def sees_or(self) -> bool:
        follows = self.text[self.at + 2 : self.at + 3]
        return self.text.startswith("OR", self.at) and (not follows or follows.isspace() or follows in "()")

    def take_or(self) -> bool:
        self.skip_blanks()
        if not self.sees_or():
            return False
        self.at += 2
        return True


def _leaves(node: Node | None) -> Iterator[Leaf]:
    match node:
        case And(parts) | Or(parts):
            for part in parts:
                yield from _leaves(part)
        case Not() | None:
            return
        case _:
            yield node


def _joined(kind: type[And] | type[Or], parts: list[Node]) -> Node | None:
    if len(parts) < 2:
        return parts[0] if parts else None
    flat: list[Node] = []
    for part in parts:
        flat.extend(part.parts if isinstance(part, kind) else (part,))
    return kind(tuple(flat))


def _has_word(text: str) -> bool:
    return any(char.isalnum() for char in text)


def _begun(text: str, word: str, strict: bool) -> bool:
    return text == word if strict else bool(text) and word.startswith(text)


def _decade(digits: str | None) -> tuple[int, int] | None:
    """First and last year that begin with `digits`: a year half typed is a decade or a century."""
    return (int(digits.ljust(4, "0")), int(digits.ljust(4, "9"))) if digits else None


def _wanted(name: str) -> str:
    return {
        "year": "wants 2023, 2021..2023 or >=2024",
        "has": "wants code or abstract",
        "is": "wants bookmarked",
        "tag": "wants a tag",
        "status": "wants to-read, reading or read",
        "author": "wants a name",
    }.get(name, "wants a word")


def _nearest_field(name: str) -> str | None:
    from rapidfuzz.distance import OSA

    near = min(_NAMES, key=lambda known: OSA.distance(name.lower(), known))
    return near if OSA.distance(name.lower(), near) <= (1 if len(name) < 5 else 2) else None
