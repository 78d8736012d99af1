"""The LaTeX that people write in titles and abstracts, as a tree.

Text from strangers is half LaTeX and half not, so nothing is an error: what is no command, no formula and
no group stays the text that it is. `%` is a percent sign, `#` and `&` are themselves, and a dollar sign is
money unless a formula stands behind it. Every rule looks at each character a bounded number of times.
"""

import re
import unicodedata
from dataclasses import dataclass

from paperbrowse.text import latex_symbols as symbols
from paperbrowse.text.patterns import regex

_DEEPEST = 40
"""Nesting beyond this is left as it stands; no title or abstract comes near."""


@dataclass(slots=True)
class Text:
    text: str


@dataclass(slots=True)
class Group:
    """Braces: in a title they hold capitals fast."""

    nodes: list["Node"]


@dataclass(slots=True)
class Link:
    url: str
    nodes: list["Node"]


@dataclass(slots=True)
class Math:
    nodes: list["Node"]


@dataclass(slots=True)
class Symbol:
    """One character of a formula. `tex` draws it in plain LaTeX, None where nothing does."""

    char: str
    tex: str | None
    relation: bool = False


@dataclass(slots=True)
class Words:
    """Text that a command sets off (`\\textbf{M}`), or that a formula holds (`\\text{if}`)."""

    nodes: list["Node"]


@dataclass(slots=True)
class Script:
    """A superscript ("^") or subscript ("_")."""

    mark: str
    nodes: list["Node"]


@dataclass(slots=True)
class Primes:
    count: int


@dataclass(slots=True)
class Font:
    name: str
    nodes: list["Node"]


@dataclass(slots=True)
class Accent:
    name: str
    nodes: list["Node"]


@dataclass(slots=True)
class Fraction:
    over: list["Node"]
    under: list["Node"]
    binomial: bool = False


@dataclass(slots=True)
class Root:
    index: list["Node"]
    nodes: list["Node"]


@dataclass(slots=True)
class Unknown:
    """A command that is not on the list, as it was written."""

    text: str


Node = (
    Text | Group | Link | Math | Symbol | Words | Script | Primes | Font | Accent | Fraction | Root | Unknown
)

_ESCAPE_OR_BRACE = regex(r"\\.|[{}]", re.DOTALL)
_TEXT_SPECIAL = regex(r"[\\${}~`'^_]")
_MATH_SPECIAL = regex(r"[\\{}~'^_]")
_COMMAND = regex(r"\\([A-Za-z]+|.)", re.DOTALL)
_BLANKS = regex(r"\s*")
_SINGLE_QUOTED = regex(r"`(?=\S)[^`]*?'(?!\w)")
_BOLD = regex(r"(?<![\w*\\])\*\*(?=[^\s*])([^*]*(?:\*[^*]+)*)(?<=[^\s*])\*\*(?!\*)")
_MONEY = regex(r"\d[\d.,]*\s?[A-Za-z]*\s")
_PROSE = regex(r"(?<![\\A-Za-z{])[a-z]{2,} +[a-z]{2,}(?![A-Za-z}])")
_SIGNS = regex(r"[<>=+\-*/~|]{1,2}")
_WORD = regex(r"\s[a-z]{2,}\s")
_EVIDENCE = regex(r"[\\^_{]")
_ACCENTED_COMMAND = regex(r"\\([ij])(?![A-Za-z])\s?|\\.\{?\w")
_CITATIONS = symbols.words("cite citep citet citealp citealt citeauthor citeyear parencite textcite autocite")
_FRACTIONS = symbols.words("frac dfrac tfrac cfrac nicefrac sfrac binom dbinom tbinom")
_NAMED_OPERATORS = {"argmax": "argmax", "argmin": "argmin", "softmax": "softmax", "bmod": "mod", "mod": "mod"}


def parse(text: str) -> list[Node]:
    """The tree of `text`. Never fails; text that is not LaTeX comes back as text."""
    return _Parser(_BOLD.sub(r"\1", text) if "**" in text else text).everything()


class _Parser:
    def __init__(self, source: str) -> None:
        self.source = source
        self.closing = _matching_braces(source)
        self.depth = 0
        self.double_quotes = 0
        self.single_quotes = 0
        self.missing: dict[str, int] = {}

    def everything(self) -> list[Node]:
        return self.text(0, len(self.source))

    def text(self, start: int, end: int) -> list[Node]:
        """The nodes of running text."""
        nodes: list[Node] = []
        self.depth += 1
        place = start
        while place < end:
            found = _TEXT_SPECIAL.search(self.source, place, end) if self.depth <= _DEEPEST else None
            if not found:
                nodes.append(Text(self.source[place:end]))
                break
            if found.start() > place:
                nodes.append(Text(self.source[place : found.start()]))
            place = self._text_special(found.start(), end, nodes)
        self.depth -= 1
        return nodes

    def _text_special(self, place: int, end: int, nodes: list[Node]) -> int:
        char = self.source[place]
        if char == "\\":
            return self._text_command(place, end, nodes)
        if char == "$":
            return self._dollar(place, end, nodes)
        if char == "{":
            return self._group(place, end, nodes)
        if char in "`'":
            return self._quote(place, nodes)
        if char in "^_" and self._group_at(place + 1, end) is not None:
            inside = self.closing[place + 1]
            nodes.append(Math([Script(char, self.math(place + 2, inside))]))
            return inside + 1
        nodes.append(Text(" " if char == "~" and self._is_tie(place) else char))
        return place + 1

    def _group(self, place: int, end: int, nodes: list[Node]) -> int:
        close = self._group_at(place, end)
        if close is None:
            nodes.append(Text("{"))
            return place + 1
        inside = self.source[place + 1 : close]
        is_set = "," in inside and not _EVIDENCE.search(inside) and "$" not in inside
        if is_set and (place > 0 or close < len(self.source) - 1):
            nodes += [Text("{"), *self.text(place + 1, close), Text("}")]
        else:
            nodes.append(Group(self.text(place + 1, close)))
        return close + 1

    def _group_at(self, place: int, end: int) -> int | None:
        """Where the group that opens at `place` closes, if one does before `end`."""
        close = self.closing.get(place)
        return close if close is not None and close < end else None

    def _quote(self, place: int, nodes: list[Node]) -> int:
        source = self.source
        pair = source[place : place + 2]
        if pair == "``":
            self.double_quotes += 1
            nodes.append(Text("“"))
            return place + 2
        if pair == "''" and self.double_quotes:
            self.double_quotes -= 1
            nodes.append(Text("”"))
            return place + 2
        if (
            source[place] == "`"
            and not source[place - 1 : place].isalnum()
            and _SINGLE_QUOTED.match(source, place)
        ):
            self.single_quotes += 1
            nodes.append(Text("‘"))
        elif source[place] == "'" and self.single_quotes and not source[place + 1 : place + 2].isalnum():
            self.single_quotes -= 1
            nodes.append(Text("’"))
        else:
            nodes.append(Text(source[place]))
        return place + 1

    def _is_tie(self, place: int) -> bool:
        """Whether the `~` there joins two words, rather than saying "about" or standing in a URL."""
        before, after = self.source[place - 1 : place] if place else "", self.source[place + 1 : place + 2]
        if before.isdigit() and after.isdigit():
            return False
        return (
            bool(before)
            and (before.isalnum() or before in ".,)]}'")
            and (after.isalnum() or after in ("\\", "$"))
        )

    # Formulas

    def _dollar(self, place: int, end: int, nodes: list[Node]) -> int:
        source = self.source
        if source.startswith("$$", place):
            close = self._next_dollar(place + 2, end)
            if close is not None and source.startswith("$$", close) and close > place + 2 and close + 1 < end:
                nodes.append(Math(self.math(place + 2, close)))
                return close + 2
            nodes.append(Text("$"))
            return place + 1
        close = self._next_dollar(place + 1, end)
        if close is None or not self._is_formula(place + 1, close):
            nodes.append(Text("$"))
            return place + 1
        nodes.append(Math(self.math(place + 1, close)))
        return close + 1

    def _next_dollar(self, place: int, end: int) -> int | None:
        """The next dollar sign that stands in no group and behind no backslash."""
        source = self.source
        while place < end:
            char = source[place]
            if char == "$":
                return place
            if char == "\\":
                place += 2
            elif char == "{" and (close := self._group_at(place, end)) is not None:
                place = close + 1
            else:
                place += 1
        return None

    def _is_formula(self, start: int, close: int) -> bool:
        """Whether what stands between two dollar signs is a formula, or a sentence about money."""
        inside = self.source[start:close]
        if not inside.strip():
            return False
        if _SIGNS.fullmatch(inside):
            return True
        followed_by_digit = self.source[close + 1 : close + 2].isdigit()
        if _EVIDENCE.search(inside):
            money = _MONEY.match(inside) and inside[-1].isspace() and followed_by_digit
            return not money and not (inside[-1].isspace() and _PROSE.search(inside))
        if inside[0].isspace() or inside[-1].isspace():
            return len(inside) <= 16 and not re.search(r"[A-Za-z]{2}", inside) and not followed_by_digit
        return not followed_by_digit and not (_MONEY.match(inside) and _WORD.search(inside))

    def math(self, start: int, end: int) -> list[Node]:
        """The nodes of a formula."""
        nodes: list[Node] = []
        self.depth += 1
        place = start
        while place < end:
            found = _MATH_SPECIAL.search(self.source, place, end) if self.depth <= _DEEPEST else None
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
        if char == "{" and (close := self._group_at(place, end)) is not None:
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
            close = self._group_at(place, end)
            return None if close is None else (place + 1, close, close + 1)
        if self.source[place] != "\\":
            return place, place + 1, place + 1
        command = _COMMAND.match(self.source, place, end)
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
        match = _COMMAND.match(self.source, place, end)
        if not match:
            nodes.append(Text("\\"))
            return place + 1
        name, after = match[1], match.end()
        if node := _symbol(name):
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
            return self._math_call(name, after, end, nodes)
        return after

    def _math_call(self, name: str, after: int, end: int, nodes: list[Node]) -> int:
        """A command with arguments inside a formula."""
        index: list[Node] = []
        place = after
        if name == "sqrt" and self.source[after : after + 1] == "[":
            close = self.source.find("]", after, end)
            if close > 0:
                index, place = [Text(self.source[after + 1 : close])], close + 1
        first = self._argument(place, end)
        if first is None or not (name in _FRACTIONS or name in _ONE_ARGUMENT or name in _TWO_ARGUMENTS):
            return self._unknown(name, after, end, nodes)
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
                return self._unknown(name, after, end, nodes)
            over, under = self.math(start, stop), self.math(second[0], second[1])
            place = second[2]
            if name in _FRACTIONS:
                nodes.append(Fraction(over, under, binomial="binom" in name))
            else:
                nodes += [Group(under), Script("_" if name == "underset" else "^", over)]
        return place

    def _negation(self, after: int, end: int, nodes: list[Node]) -> int:
        argument = self._argument(after, end)
        negated = self.math(argument[0], argument[1]) if argument else []
        match negated:
            case [Symbol(char=char, tex=tex)] if tex:
                nodes.append(Symbol(_nfc(char + "\u0338"), rf"\not{tex}", relation=True))
            case [Text(text=("=" | "<" | ">") as char)]:
                nodes.append(Symbol(_nfc(char + "\u0338"), rf"\not{char}", relation=True))
            case _:
                nodes.append(Unknown(r"\not"))
                return after
        return argument[2] if argument else after

    # Commands in running text

    def _text_command(self, place: int, end: int, nodes: list[Node]) -> int:
        match = _COMMAND.match(self.source, place, end)
        if not match:
            nodes.append(Text("\\"))
            return place + 1
        name, after = match[1], match.end()
        if name in symbols.TEXT_ACCENTS:
            return self._accent(name, after, end, nodes)
        if name in "{}%&#_$":
            nodes.append(Text(name))
        elif name in symbols.TEXT_LETTERS:
            nodes.append(Text(symbols.TEXT_LETTERS[name]))
            return self._skip_blanks(after, end)
        elif name in symbols.TEXT_SYMBOLS:
            nodes.append(Text(symbols.TEXT_SYMBOLS[name]))
        elif name in symbols.SPACES:
            nodes.append(Text(symbols.SPACES[name]))
        elif name in symbols.DECLARATIONS:
            return self._skip_blanks(after, end)
        elif name in "([":
            return self._bracketed_formula(name, after, end, nodes)
        else:
            return self._text_call(name, after, end, nodes)
        return after

    def _skip_blanks(self, place: int, end: int) -> int:
        match = _BLANKS.match(self.source, place, end)
        return match.end() if match else place

    def _text_call(self, name: str, after: int, end: int, nodes: list[Node]) -> int:
        """A command with arguments in running text."""
        open_brace = self._skip_blanks(after, end)
        close = self._group_at(open_brace, end)
        if close is None:
            if name in symbols.TEXT_STYLES:
                return self._skip_blanks(after, end)
            return self._formula_in_text(name, after, end, nodes)
        inside = (open_brace + 1, close)
        if name in symbols.TEXT_STYLES:
            nodes.append(Words(self.text(*inside)))
        elif name in ("textsuperscript", "textsubscript"):
            nodes.append(
                Math([Script("^" if name == "textsuperscript" else "_", [Words(self.text(*inside))])])
            )
        elif name == "footnote":
            nodes += [Text(" ("), *self.text(*inside), Text(")")]
        elif name in _CITATIONS:
            nodes += [Text("["), *self.text(*inside), Text("]")]
        elif name in ("url", "path", "nolinkurl"):
            nodes.append(Link(_url(self.source[inside[0] : close]), []))
        elif name in ("href", "textcolor"):
            return self._two_groups(name, after, inside, end, nodes)
        else:
            return self._formula_in_text(name, after, end, nodes)
        return close + 1

    def _two_groups(self, name: str, after: int, first: tuple[int, int], end: int, nodes: list[Node]) -> int:
        opening = self._skip_blanks(first[1] + 1, end)
        close = self._group_at(opening, end)
        if close is None:
            return self._unknown(name, after, end, nodes)
        label = self.text(opening + 1, close)
        if name == "href":
            nodes.append(Link(_url(self.source[first[0] : first[1]]), label))
        else:
            nodes += label
        return close + 1

    def _formula_in_text(self, name: str, after: int, end: int, nodes: list[Node]) -> int:
        """A command of formulas that stands in running text without its dollar signs."""
        formula: list[Node] = []
        if node := _symbol(name):
            formula.append(node)
        elif name in _FRACTIONS or name in symbols.MATH_FONTS or name == "sqrt":
            after = self._math_call(name, after, end, formula)
        else:
            return self._unknown(name, after, end, nodes)
        nodes.append(Math(formula))
        return after

    def _accent(self, name: str, after: int, end: int, nodes: list[Node]) -> int:
        place = self._skip_blanks(after, end) if name.isalpha() else after
        close = self._group_at(place, end)
        if close is not None:
            inner, place = self.text(place + 1, close), close + 1
        elif command := _ACCENTED_COMMAND.match(self.source, place, end):
            if not command[1]:
                inner = []
                place = self._text_command(place, end, inner)
            else:
                inner, place = [Text(command[1])], command.end()
        else:
            inner, place = [Text(self.source[place : min(place + 1, end)])], place + 1
        letters = "".join(node.text for node in inner if isinstance(node, Text))
        letters = {"ı": "i", "ȷ": "j"}.get(letters, letters)
        plain = all(isinstance(node, Text) for node in inner)
        if not plain or not letters[:1].isalpha() or (name.isalpha() and len(_nfc(letters)) > 1):
            return self._unknown(name, after, end, nodes)
        nodes.append(Text(_nfc(letters[0] + symbols.TEXT_ACCENTS[name]) + letters[1:]))
        return place

    def _bracketed_formula(self, name: str, after: int, end: int, nodes: list[Node]) -> int:
        closer = "\\)" if name == "(" else "\\]"
        known_missing = after < self.missing.get(closer, 0)
        close = -1 if known_missing else self.source.find(closer, after, end)
        if close < 0:
            self.missing[closer] = end
            nodes.append(Text("\\" + name))
            return after
        nodes.append(Math(self.math(after, close)))
        return close + 2

    def _unknown(self, name: str, after: int, end: int, nodes: list[Node]) -> int:
        """The command as it was written, and its groups with their braces."""
        nodes.append(Unknown("\\" + name))
        while (close := self._group_at(after, end)) is not None:
            nodes += [Text("{"), *self.text(after + 1, close), Text("}")]
            after = close + 1
        return after


_ONE_ARGUMENT = (
    symbols.TEXT_STYLES
    | symbols.MATH_FONTS.keys()
    | symbols.MATH_ACCENTS.keys()
    | {"sqrt", "overbrace", "underbrace", "mathop", "mathbin", "mathrel", "ensuremath"}
)
_TWO_ARGUMENTS = frozenset({"stackrel", "overset", "underset"})


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


def _symbol(name: str) -> Symbol | None:
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


def _url(source: str) -> str:
    return re.sub(r"\\([%#_&~{}])", r"\1", source).strip()


def _nfc(text: str) -> str:
    return unicodedata.normalize("NFC", text)
