"""XML read as a stream of events with line numbers, and nothing else: no entity, no fetching.

Expat itself is used, after trying (November 2026): defusedxml 0.7.1 refuses the same attacks but gives no
line numbers and nothing of a document that breaks off; lxml 6.1 has line numbers and recovers, but does
not say what it dropped in doing so, and is a compiled dependency of 5 MB for what stands here. A document
that declares any entity is refused before one is used, which leaves nothing to expand and nothing to
fetch.
"""

import re
from dataclasses import dataclass, field
from html.entities import name2codepoint
from xml.parsers import expat

from paperbrowse.model import Problem

_STRAY = re.compile(rb"&(?!(?:amp|lt|gt|quot|apos|#\d{1,7}|#x[0-9a-fA-F]{1,6});)(?:([A-Za-z]{2,8}\d?);)?")
"""An ampersand that is none of XML's own: HTML's entities, and the ones someone forgot to escape."""


class Refused(Exception):
    """The document declares entities."""


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

    def ended(self, node: Node) -> None:
        """Take an element of one of the names in `whole`."""
        raise NotImplementedError

    def run(self, raw: bytes) -> None:
        """Read all of `raw`."""
        raw = self._with_escapes(raw)
        prefix = b""
        while True:
            self._nodes.clear()
            parser = self._parser()
            try:
                if prefix:
                    parser.Parse(prefix, False)
                parser.Parse(raw, True)
            except Refused:
                what = "it declares entities, which are refused unread: nothing here is expanded or fetched"
                line = self._first_line + parser.CurrentLineNumber
                self.problems.append(Problem(self.path, line, what))
                return
            except expat.ExpatError as error:
                at = max(parser.ErrorByteIndex - len(prefix), 0)
                line = self._line(parser)
                follows = raw.find(self.again, at + 1) if self.again else -1
                what = f"not well-formed XML: {expat.errors.messages[error.code]}"
                if follows < 0:
                    what += "; nothing after it could be read"
                excerpt = raw[max(at - 20, 0) : at + 40].decode("utf-8", "replace").strip().replace("\n", " ")
                self.problems.append(Problem(self.path, line, what, excerpt))
                if follows < 0:
                    return
                self._first_line = line - 1 + raw.count(b"\n", at, follows)
                raw = raw[follows:]
                prefix = self._reopened()
                continue
            return

    def _with_escapes(self, raw: bytes) -> bytes:
        """`raw` with every stray ampersand as text, so that a "R&D" costs nobody an entry."""
        if b"<![CDATA[" in raw or b"\0" in raw:
            return raw
        first = _STRAY.search(raw)
        if first is None:
            return raw
        what = "a bare & or an HTML entity, taken as text here and wherever else there is one"
        self.problems.append(Problem(self.path, raw.count(b"\n", 0, first.start()) + 1, what, lost=False))
        return _STRAY.sub(_escaped, raw)

    def _line(self, parser: expat.XMLParserType) -> int:
        return self._first_line + parser.CurrentLineNumber

    def _reopened(self) -> bytes:
        """The elements that were open around the broken one, so that their end tags fit."""
        names = []
        for name in self.open_names:
            if name in self.whole:
                break
            names.append(name)
        self.open_names.clear()
        self.open_attributes.clear()
        return "".join(f"<{name}>" for name in names).encode()

    def _parser(self) -> expat.XMLParserType:
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)
        parser.EntityDeclHandler = self._refuse
        nodes, whole = self._nodes, self.whole
        open_names, open_attributes = self.open_names, self.open_attributes

        def start(name: str, attributes: dict[str, str]) -> None:
            name = name.rpartition(":")[2]
            open_names.append(name)
            open_attributes.append(attributes)
            if nodes or name in whole:
                if len(nodes) > self.deepest:
                    raise Refused
                node = Node(name, attributes, self._first_line + parser.CurrentLineNumber)
                if nodes:
                    nodes[-1].children.append(node)
                nodes.append(node)

        def end(_name: str) -> None:
            open_names.pop()
            open_attributes.pop()
            if nodes:
                node = nodes.pop()
                if not nodes:
                    self.ended(node)

        def text(data: str) -> None:
            if nodes:
                nodes[-1].children.append(data)

        parser.StartElementHandler = start
        parser.EndElementHandler = end
        parser.CharacterDataHandler = text
        return parser

    def _refuse(self, *_declaration: object) -> None:
        raise Refused


def _escaped(match: re.Match[bytes]) -> bytes:
    code = name2codepoint.get(match[1].decode()) if match[1] else None
    return b"&#%d;" % code if code else b"&amp;" + match[0][1:]
