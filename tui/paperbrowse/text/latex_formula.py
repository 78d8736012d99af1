"""Formulas written anew in LaTeX's own symbols, or not at all."""

import unicodedata
from collections.abc import Callable

from paperbrowse.text import latex_symbols as symbols
from paperbrowse.text import latex_tree as tex
from paperbrowse.text.patterns import regex

_SAFE = regex(r"[A-Za-z0-9+\-*/=()\[\].,;:!?|@<> ]*")
_LETTERS = regex(r"[A-Za-z0-9 ]+")
_COMMAND_AT_END = regex(r"\\[A-Za-z]+$")
_ESCAPED = {"%": r"\%", "&": r"\&", "#": r"\#", "_": r"\_", "$": r"\$", "{": r"\lbrace ", "}": r"\rbrace "}

SetWords = Callable[[list[tex.Node]], str]
"""Writes text that stands inside a formula."""


class _Unwritable(Exception):
    """A part that LaTeX without packages has no sign for, or that TeX would refuse."""


def formula_tex(nodes: list[tex.Node], set_words: SetWords) -> str | None:
    """What goes between dollar signs, or None where some part cannot be written safely."""
    try:
        return _sequence(nodes, set_words).strip()
    except _Unwritable:
        return None


def _sequence(nodes: list[tex.Node], set_words: SetWords) -> str:
    out = ""
    scripts: set[str] = set()
    for node in nodes:
        match node:
            case tex.Script(mark=mark, nodes=inner):
                if mark in scripts:
                    raise _Unwritable
                scripts.add(mark)
                piece = f"{mark}{{{_sequence(inner, set_words).strip()}}}"
            case tex.Primes(count=count):
                if scripts & {"^", "'"}:
                    raise _Unwritable
                scripts.add("'")
                piece = "'" * count
            case _:
                piece = _piece(node, set_words)
                if piece.strip():
                    scripts.clear()
        if piece[:1].isalpha() and _COMMAND_AT_END.search(out):
            out += " "
        out += piece
    return out


def _piece(node: tex.Node, set_words: SetWords) -> str:
    def inside(nodes: list[tex.Node]) -> str:
        return "{" + _sequence(nodes, set_words).strip() + "}"

    match node:
        case tex.Text(text=text):
            return text if _SAFE.fullmatch(text) else "".join(map(_sign, text))
        case tex.Symbol(tex=str(written)):
            return written
        case tex.Group(nodes=inner):
            return inside(inner)
        case tex.Words(nodes=inner):
            return _words(inner, set_words)
        case tex.Font(name=name, nodes=inner):
            return f"\\{symbols.MATH_FONTS[name]}{inside(inner)}"
        case tex.Accent(name=name, nodes=inner):
            return f"\\{name}{inside(inner)}"
        case tex.Fraction(over=over, under=under, binomial=True):
            return f"{{{_sequence(over, set_words)} \\choose {_sequence(under, set_words)}}}"
        case tex.Fraction(over=over, under=under):
            return rf"\frac{inside(over)}{inside(under)}"
        case tex.Root(index=index, nodes=inner):
            return (
                rf"\sqrt[{_sequence(index, set_words)}]{inside(inner)}" if index else rf"\sqrt{inside(inner)}"
            )
        case _:
            raise _Unwritable


def _words(nodes: list[tex.Node], set_words: SetWords) -> str:
    match nodes:
        case [tex.Text(text=text)] if _LETTERS.fullmatch(text):
            return rf"\mathrm{{{text.replace(' ', chr(92) + ' ')}}}"
        case _:
            return rf"\mbox{{{set_words(nodes)}}}"


def _sign(char: str) -> str:
    if _SAFE.fullmatch(char):
        return char
    if escaped := _ESCAPED.get(char):
        return escaped
    plain = unicodedata.normalize("NFKC", char)
    written = symbols.MATH_NAMES.get(char) or symbols.MATH_NAMES.get(plain)
    if written:
        return written + " "
    if plain.isalnum() and plain.isascii():
        return plain
    raise _Unwritable
