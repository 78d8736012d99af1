"""The formulas in LaTeX that people write, as a tree (see `paperbrowse.text.latex_parser`)."""

import re
import unicodedata
from abc import ABC, abstractmethod

from paperbrowse.text import latex_symbols as symbols
from paperbrowse.text.latex_tree import (
    Accent,
    Font,
    Fraction,
    Group,
    Node,
    Primes,
    Root,
    Script,
    Symbol,
    Text,
    Unknown,
    Words,
)
from paperbrowse.text.patterns import regex

DEEPEST = 40
"""Nesting beyond this is left as it stands; no title or abstract comes near."""

_MATH_SPECIAL = regex(r"[\\{}~'^_]")
COMMAND = regex(r"\\([A-Za-z]+|.)", re.DOTALL)
_BLANKS = regex(r"\s*")
_ESCAPE_OR_BRACE = regex(r"\\.|[{}]", re.DOTALL)
FRACTIONS = symbols.words("frac dfrac tfrac cfrac nicefrac sfrac binom dbinom tbinom")
_NAMED_OPERATORS = {"argmax": "argmax", "argmin": "argmin", "softmax": "softmax", "bmod": "mod", "mod": "mod"}
_ONE_ARGUMENT = (
    symbols.TEXT_STYLES
    | symbols.MATH_FONTS.keys()
    | symbols.MATH_ACCENTS.keys()
    | {"sqrt", "overbrace", "underbrace", "mathop", "mathbin", "mathrel", "ensuremath"}
)
_TWO_ARGUMENTS = frozenset({"stackrel", "overset", "underset"})


class FormulaParser(ABC):
    """Reads formulas, and asks for the running text that stands in them."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.closing = _matching_braces(source)
        self.depth = 0

    @abstractmethod
    def text(self, start: int, end: int) -> list[Node]:
        """The nodes of running text."""

    def math(self, start: int, end: int) -> list[Node]:
        """The nodes of a formula."""
        nodes: list[Node] = []
        self.depth += 1
        place = start
        while place < end:
            found = _MATH_SPECIAL.search(self.source, place, end) if self.depth <= DEEPEST else None
            if not found:
                nodes.append(Text(self.source[place:end]))
                break
            if found.start() > place:
                nodes.append(Text(self.source[place : found.start()]))
            place = self._math_special(found.start(), end, nodes)
        self.depth -= 1
        return nodes

    def _math_special(self, place: int, end: int, nodes: list[Node]) -> int:
        char = self.source[place]
        if char == "\\":
            return self._math_command(place, end, nodes)
        if char == "{" and (close := self.group_at(place, end)) is not None:
            nodes.append(Group(self.math(place + 1, close)))
            return close + 1
        if char == "'":
            count = 1
            while place + count < end and self.source[place + count] == "'":
                count += 1
            nodes.append(Primes(count))
            return place + count
        if char in "^_" and (argument := self._argument(place + 1, end)):
            nodes.append(Script(char, self.math(argument[0], argument[1])))
            return argument[2]
        nodes.append(Text(" " if char == "~" else char))
        return place + 1

    def _argument(self, place: int, end: int) -> tuple[int, int, int] | None:
        """What a command at `place` takes: where it starts, where it ends, and where to go on."""
        match = _BLANKS.match(self.source, place, end)
        place = match.end() if match else place
        if place >= end or self.source[place] in "}^_":
            return None
        if self.source[place] == "{":
            close = self.group_at(place, end)
            return None if close is None else (place + 1, close, close + 1)
        if self.source[place] != "\\":
            return place, place + 1, place + 1
        command = COMMAND.match(self.source, place, end)
        if not command:
            return None
        after = command.end()
        if (
            command[1] in symbols.MATH_FONTS
            or command[1] in symbols.TEXT_STYLES
            or command[1] in symbols.MATH_ACCENTS
        ):
            inner = self._argument(after, end) if self.source[after : after + 1] == "{" else None
            after = inner[2] if inner else after
        return place, after, after

    def _math_command(self, place: int, end: int, nodes: list[Node]) -> int:
        match = COMMAND.match(self.source, place, end)
        if not match:
            nodes.append(Text("\\"))
            return place + 1
        name, after = match[1], match.end()
        if node := symbol(name):
            nodes.append(node)
        elif name in "{}%&#_$":
            nodes.append(Text(name))
        elif name in symbols.DELIMITER_SIZES:
            return after + (self.source[after : after + 1] == "." and name in ("left", "right"))
        elif name in symbols.DECLARATIONS:
            return after
        elif name in symbols.SPACES:
            nodes.append(Text(symbols.SPACES[name]))
        elif name in symbols.TEXT_SYMBOLS:
            nodes.append(Text(symbols.TEXT_SYMBOLS[name]))
        elif name == "not":
            return self._negation(after, end, nodes)
        else:
            return self.math_call(name, after, end, nodes)
        return after

    def math_call(self, name: str, after: int, end: int, nodes: list[Node]) -> int:
        """A command with arguments inside a formula."""
        index: list[Node] = []
        place = after
        if name == "sqrt" and self.source[after : after + 1] == "[":
            close = self.source.find("]", after, end)
            if close > 0:
                index, place = [Text(self.source[after + 1 : close])], close + 1
        first = self._argument(place, end)
        if first is None or not (name in FRACTIONS or name in _ONE_ARGUMENT or name in _TWO_ARGUMENTS):
            return self.unknown(name, after, end, nodes)
        start, stop, place = first
        if name in symbols.TEXT_STYLES:
            nodes.append(Words(self.text(start, stop)))
        elif name in symbols.MATH_FONTS:
            if self.source[place : place + 1] == "*" and name == "operatorname":
                place += 1
            nodes.append(Font(name, self.math(start, stop)))
        elif name in symbols.MATH_ACCENTS:
            nodes.append(Accent(name, self.math(start, stop)))
        elif name == "sqrt":
            nodes.append(Root(index, self.math(start, stop)))
        elif name in _ONE_ARGUMENT:
            nodes.append(Group(self.math(start, stop)))
        else:
            second = self._argument(place, end)
            if second is None:
                return self.unknown(name, after, end, nodes)
            over, under = self.math(start, stop), self.math(second[0], second[1])
            place = second[2]
            if name in FRACTIONS:
                nodes.append(Fraction(over, under, binomial="binom" in name))
            else:
                nodes += [Group(under), Script("_" if name == "underset" else "^", over)]
        return place

    def _negation(self, after: int, end: int, nodes: list[Node]) -> int:
        argument = self._argument(after, end)
        negated = self.math(argument[0], argument[1]) if argument else []
        match negated:
            case [Symbol(char=char, tex=tex)] if tex:
                nodes.append(Symbol(composed(char + "\u0338"), rf"\not{tex}", relation=True))
            case [Text(text=("=" | "<" | ">") as char)]:
                nodes.append(Symbol(composed(char + "\u0338"), rf"\not{char}", relation=True))
            case _:
                nodes.append(Unknown(r"\not"))
                return after
        return argument[2] if argument else after

    def group_at(self, place: int, end: int) -> int | None:
        """Where the group that opens at `place` closes, if one does before `end`."""
        close = self.closing.get(place)
        return close if close is not None and close < end else None

    def unknown(self, name: str, after: int, end: int, nodes: list[Node]) -> int:
        """The command as it was written, and its groups with their braces."""
        nodes.append(Unknown("\\" + name))
        while (close := self.group_at(after, end)) is not None:
            nodes += [Text("{"), *self.text(after + 1, close), Text("}")]
            after = close + 1
        return after

    def skip_blanks(self, place: int, end: int) -> int:
        """The first place from `place` on that is no blank."""
        match = _BLANKS.match(self.source, place, end)
        return match.end() if match else place


def _matching_braces(source: str) -> dict[int, int]:
    """Where each brace that has a partner finds it."""
    if "{" not in source:
        return {}
    closing: dict[int, int] = {}
    waiting: list[int] = []
    for found in _ESCAPE_OR_BRACE.finditer(source):
        if found[0] == "{":
            waiting.append(found.start())
        elif found[0] == "}" and waiting:
            closing[waiting.pop()] = found.start()
    return closing


def symbol(name: str) -> Symbol | None:
    name = symbols.MATH_SYNONYMS.get(name, name)
    if char := symbols.KERNEL_MATH.get(name):
        return Symbol(char, f"\\{name}", name in symbols.RELATIONS)
    if char := symbols.AMS_MATH.get(name):
        return Symbol(char, symbols.MATH_NAMES.get(char))
    if name in symbols.FUNCTIONS:
        return Symbol(name, f"\\{name}")
    if name in _NAMED_OPERATORS:
        return Symbol(_NAMED_OPERATORS[name], rf"\mathrm{{{_NAMED_OPERATORS[name]}}}")
    return Symbol("‖", r"\|") if name == "|" else None


def composed(text: str) -> str:
    return unicodedata.normalize("NFC", text)
