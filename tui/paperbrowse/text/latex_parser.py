"""The LaTeX that people write in titles and abstracts, as a tree.

Text from strangers is half LaTeX and half not, so nothing is an error: what is no command, no formula and
no group stays the text that it is. `%` is a percent sign, `#` and `&` are themselves, and a dollar sign is
money unless a formula stands behind it. Every rule looks at each character a bounded number of times.
"""

import re

from paperbrowse.text import latex_symbols as symbols
from paperbrowse.text.latex_math import COMMAND, DEEPEST, FRACTIONS, FormulaParser, composed, symbol
from paperbrowse.text.latex_tree import Group, Link, Math, Node, Script, Text, Words
from paperbrowse.text.patterns import regex

_TEXT_SPECIAL = regex(r"[\\${}~`'^_]")
_SINGLE_QUOTED = regex(r"`(?=\S)[^`]*?'(?!\w)")
_BOLD = regex(r"(?<![\w*\\])\*\*(?=[^\s*])([^*]*(?:\*[^*]+)*)(?<=[^\s*])\*\*(?!\*)")
_MONEY = regex(r"\d[\d.,]*\s?[A-Za-z]*\s")
_PROSE = regex(r"(?<![\\A-Za-z{])[a-z]{2,} +[a-z]{2,}(?![A-Za-z}])")
_SIGNS = regex(r"[<>=+\-*/~|]{1,2}")
_WORD = regex(r"\s[a-z]{2,}\s")
_EVIDENCE = regex(r"[\\^_{]")
_ACCENTED_COMMAND = regex(r"\\([ij])(?![A-Za-z])\s?|\\.\{?\w")
_CITATIONS = symbols.words("cite citep citet citealp citealt citeauthor citeyear parencite textcite autocite")


def parse(text: str) -> list[Node]:
    """The tree of `text`. Never fails; text that is not LaTeX comes back as text."""
    return _Parser(_BOLD.sub(r"\1", text) if "**" in text else text).everything()


class _Parser(FormulaParser):
    def __init__(self, source: str) -> None:
        super().__init__(source)
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
            found = _TEXT_SPECIAL.search(self.source, place, end) if self.depth <= DEEPEST else None
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
        if char in "^_" and self.group_at(place + 1, end) is not None:
            inside = self.closing[place + 1]
            nodes.append(Math([Script(char, self.math(place + 2, inside))]))
            return inside + 1
        nodes.append(Text(" " if char == "~" and self._is_tie(place) else char))
        return place + 1

    def _group(self, place: int, end: int, nodes: list[Node]) -> int:
        close = self.group_at(place, end)
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
            elif char == "{" and (close := self.group_at(place, end)) is not None:
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

    def _text_command(self, place: int, end: int, nodes: list[Node]) -> int:
        match = COMMAND.match(self.source, place, end)
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
            return self.skip_blanks(after, end)
        elif name in symbols.TEXT_SYMBOLS:
            nodes.append(Text(symbols.TEXT_SYMBOLS[name]))
        elif name in symbols.SPACES:
            nodes.append(Text(symbols.SPACES[name]))
        elif name in symbols.DECLARATIONS:
            return self.skip_blanks(after, end)
        elif name in "([":
            return self._bracketed_formula(name, after, end, nodes)
        else:
            return self._text_call(name, after, end, nodes)
        return after

    def _text_call(self, name: str, after: int, end: int, nodes: list[Node]) -> int:
        """A command with arguments in running text."""
        open_brace = self.skip_blanks(after, end)
        close = self.group_at(open_brace, end)
        if close is None:
            if name in symbols.TEXT_STYLES:
                return self.skip_blanks(after, end)
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
        opening = self.skip_blanks(first[1] + 1, end)
        close = self.group_at(opening, end)
        if close is None:
            return self.unknown(name, after, end, nodes)
        label = self.text(opening + 1, close)
        if name == "href":
            nodes.append(Link(_url(self.source[first[0] : first[1]]), label))
        else:
            nodes += label
        return close + 1

    def _formula_in_text(self, name: str, after: int, end: int, nodes: list[Node]) -> int:
        """A command of formulas that stands in running text without its dollar signs."""
        formula: list[Node] = []
        if node := symbol(name):
            formula.append(node)
        elif name in FRACTIONS or name in symbols.MATH_FONTS or name == "sqrt":
            after = self.math_call(name, after, end, formula)
        else:
            return self.unknown(name, after, end, nodes)
        nodes.append(Math(formula))
        return after

    def _accent(self, name: str, after: int, end: int, nodes: list[Node]) -> int:
        place = self.skip_blanks(after, end) if name.isalpha() else after
        close = self.group_at(place, end)
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
        if not plain or not letters[:1].isalpha() or (name.isalpha() and len(composed(letters)) > 1):
            return self.unknown(name, after, end, nodes)
        nodes.append(Text(composed(letters[0] + symbols.TEXT_ACCENTS[name]) + letters[1:]))
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


def _url(source: str) -> str:
    return re.sub(r"\\([%#_&~{}])", r"\1", source).strip()
