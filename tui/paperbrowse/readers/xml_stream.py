"""XML read as a stream of events with line numbers, and nothing else: no entity, no fetching.

Expat itself is used, after trying (November 2026): defusedxml 0.7.1 refuses the same attacks but gives no
line numbers and nothing of a document that breaks off; lxml 6.1 has line numbers and recovers, but does
not say what it dropped in doing so, and is a compiled dependency of 5 MB for what stands here. A document
that declares any entity is refused before one is used, which leaves nothing to expand and nothing to
fetch.
"""

import re
from dataclasses import dataclass, field
from xml.parsers import expat

from paperbrowse.model import Problem

_STRAY = re.compile(rb"&(?!(?:amp|lt|gt|quot|apos|#\d{1,7}|#x[0-9a-fA-F]{1,6});)(?:([A-Za-z]{2,8}\d?);)?")
"""An ampersand that is none of XML's own: HTML's entities, and the ones someone forgot to escape."""


class Refused(Exception):
    """The document declares entities."""


class _TooDeep(Exception):
    """An element nested deeper than any real one."""


@dataclass(slots=True)
class Node:
    """An element: its name without namespace, its attributes, and its text and elements in their order."""

    name: str
    attributes: dict[str, str]
    line: int
    children: list["Node | str"] = field(default_factory=list)

    def find(self, name: str) -> "Node | None":
        """The first element of that name right below."""
        for child in self.children:
            if not isinstance(child, str) and child.name == name:
                return child
        return None

    def all(self, name: str) -> list["Node"]:
        """The elements of that name right below."""
        return [child for child in self.children if not isinstance(child, str) and child.name == name]

    def text(self) -> str:
        """All text in this element, blanks as single ones."""
        if len(self.children) == 1 and isinstance(self.children[0], str):
            return " ".join(self.children[0].split())
        return " ".join("".join(self.pieces()).split())

    def text_of(self, name: str) -> str:
        """All text of the first element of that name right below."""
        node = self.find(name)
        return node.text() if node is not None else ""

    def pieces(self) -> list[str]:
        """The text of this element and of all below, in pieces."""
        found: list[str] = []
        for child in self.children:
            if isinstance(child, str):
                found.append(child)
            else:
                found += child.pieces()
        return found


class Stream:
    """A parser that hands over every element of some names, whole, when it ends.

    Subclasses say what to do in `ended`; they may look at `open_names`, the names of the elements around it.
    After an error, reading goes on at the next element `again`, so that a broken one costs only itself.
    """

    whole: frozenset[str] = frozenset()
    again: bytes = b""
    deepest = 64

    def __init__(self, path: str, problems: list[Problem]) -> None:
        self.path = path
        self.problems = problems
        self.open_names: list[str] = []
        self.open_attributes: list[dict[str, str]] = []
        self._nodes: list[Node] = []
        self._first_line = 0
        self._encoding: str | None = None
        self._ahead = 0
        self._started_at = 0

    def ended(self, node: Node) -> None:
        """Take an element of one of the names in `whole`."""
        raise NotImplementedError

    def run(self, raw: bytes) -> None:
        """Read all of `raw`."""
        raw, stray_line = _with_escapes(raw)
        start, prefix = 0, b""
        while start >= 0:
            self._nodes.clear()
            parser = self._parser()
            try:
                parser.Parse(prefix, False)
                self._ahead = start - len(prefix)
                parser.Parse(memoryview(raw)[start:], True)
                break
            except Refused:
                what = "it declares entities, which are refused unread: nothing here is expanded or fetched"
                self.problems.append(Problem(self.path, self._line(parser), what))
                return
            except (expat.ExpatError, _TooDeep) as error:
                start = self._recover(raw, parser, error)
                prefix = self._reopened()
        if stray_line:
            what = "a bare & or an HTML entity, taken as text here and wherever else there is one"
            self.problems.append(Problem(self.path, stray_line, what, lost=False))

    def _recover(self, raw: bytes, parser: expat.XMLParserType, error: Exception) -> int:
        """Report what is broken; where the next element opens after the start of the broken one, or -1."""
        index = parser.ErrorByteIndex if isinstance(error, expat.ExpatError) else parser.CurrentByteIndex
        at = max(index + self._ahead, 0)
        line = self._line(parser)
        what = "elements nested too deeply"
        if isinstance(error, expat.ExpatError):
            what = f"not well-formed XML: {expat.errors.messages[error.code]}"
        broken = self._started_at if self._nodes else at
        follows = raw.find(self.again, broken + 1) if self.again else -1
        if follows < 0:
            what += "; nothing after it could be read"
        excerpt = " ".join(raw[max(at - 20, 0) : at + 40].decode("utf-8", "replace").split())
        self.problems.append(Problem(self.path, line, what, excerpt))
        self._first_line = raw.count(b"\n", 0, follows) if follows >= 0 else 0
        return follows

    def _line(self, parser: expat.XMLParserType) -> int:
        return self._first_line + parser.CurrentLineNumber

    def _reopened(self) -> bytes:
        """The elements that were open around the broken one, so that their end tags fit."""
        tags = []
        for name, attributes in zip(self.open_names, self.open_attributes, strict=True):
            stated = "".join(
                f' {key}="{_in_quotes(value)}"' for key, value in attributes.items() if ":" not in key
            )
            tags.append(f"<{name}{stated}>")
        self.open_names.clear()
        self.open_attributes.clear()
        return "".join(tags).encode("ascii", "xmlcharrefreplace")

    def _parser(self) -> expat.XMLParserType:
        parser = expat.ParserCreate(self._encoding)
        parser.buffer_text = True
        parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)
        parser.EntityDeclHandler = self._refuse
        parser.XmlDeclHandler = self._declared
        nodes, whole, deepest = self._nodes, self.whole, self.deepest
        open_names, open_attributes = self.open_names, self.open_attributes

        def start(name: str, attributes: dict[str, str]) -> None:
            name = name.rpartition(":")[2]
            if nodes:
                if len(nodes) > deepest:
                    raise _TooDeep
                node = Node(name, attributes, self._first_line + parser.CurrentLineNumber)
                nodes[-1].children.append(node)
                nodes.append(node)
            elif name in whole:
                self._started_at = parser.CurrentByteIndex + self._ahead
                nodes.append(Node(name, attributes, self._first_line + parser.CurrentLineNumber))
            else:
                open_names.append(name)
                open_attributes.append(attributes)

        def end(_name: str) -> None:
            if nodes:
                node = nodes.pop()
                if not nodes:
                    self.ended(node)
            else:
                open_names.pop()
                open_attributes.pop()

        def text(data: str) -> None:
            if nodes:
                nodes[-1].children.append(data)

        parser.StartElementHandler = start
        parser.EndElementHandler = end
        parser.CharacterDataHandler = text
        return parser

    def _declared(self, _version: str, encoding: str | None, _standalone: int) -> None:
        if encoding and not encoding.lower().startswith("utf-16"):
            self._encoding = encoding

    def _refuse(self, *_declaration: object) -> None:
        raise Refused


def _with_escapes(raw: bytes) -> tuple[bytes, int]:
    """`raw` with every stray ampersand as text, so that a "R&D" costs nobody an entry, and the line of the
    first (0: there is none)."""
    if b"<![CDATA[" in raw or b"\0" in raw:
        return raw, 0
    first = _STRAY.search(raw)
    if first is None:
        return raw, 0
    return _STRAY.sub(_escaped, raw), raw.count(b"\n", 0, first.start()) + 1


def _in_quotes(value: str) -> str:
    return value.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;")


def _escaped(match: re.Match[bytes]) -> bytes:
    from html.entities import name2codepoint

    code = name2codepoint.get(match[1].decode()) if match[1] else None
    return b"&#%d;" % code if code else b"&amp;" + match[0][1:]
