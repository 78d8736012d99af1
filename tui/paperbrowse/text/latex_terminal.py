"""Parsed LaTeX as one line of Unicode; see `paperbrowse.text.latex`."""

import unicodedata

from paperbrowse.text import latex_symbols as symbols
from paperbrowse.text import latex_tree as tex
from paperbrowse.text.latex_parser import parse
from paperbrowse.text.patterns import regex

_BLANK_AROUND_OPERATOR = regex(r" ?([^\w ]) ?")
_SIMPLE = regex(r"[^\W_]+|.")
_ATOM = regex(r"\w+|.[\u0300-\u036f\u20d7]*")


def shown(text: str) -> str:
    """Running text with its LaTeX and Markdown marks as a reader sees them."""
    return _running(parse(text))


def _running(nodes: list[tex.Node]) -> str:
    """Nodes of running text. A capital set off inside a word explains an acronym ("Magn**I**tude"): it is
    shown as the word has it."""
    pieces: list[str] = []
    for number, node in enumerate(nodes):
        match node:
            case (
                tex.Math(nodes=[tex.Words(nodes=[tex.Text(text=text)])])
                | tex.Words(nodes=[tex.Text(text=text)])
            ):
                inside = (
                    pieces and pieces[-1][-1:].islower() and _starts_lower(nodes[number + 1 : number + 2])
                )
                pieces.append(text.lower() if inside and len(text) == 1 else text)
            case tex.Text(text=text) | tex.Unknown(text=text):
                pieces.append(text)
            case tex.Group(nodes=inner):
                pieces.append(_running(inner))
            case tex.Math(nodes=inner):
                pieces.append(formula_text(inner))
            case tex.Link(url=url, nodes=inner):
                label = _running(inner).strip()
                pieces.append(f"{label} ({url})" if label and label != url else url)
            case _:
                pieces.append(formula_text([node]))
    return "".join(pieces)


def _starts_lower(nodes: list[tex.Node]) -> bool:
    return any(isinstance(node, tex.Text) and node.text[:1].islower() for node in nodes)


def formula_text(nodes: list[tex.Node]) -> str:
    """The nodes of a formula as text.

    TeX sets its own blanks there; here the writer's are kept, and where a command forced one behind a
    relation, one is set before it.
    """
    out = ""
    open_script = False
    for number, node in enumerate(nodes):
        piece = _piece(node)
        if isinstance(node, tex.Symbol) and out and not out[-1].isspace():
            following = nodes[number + 1] if number + 1 < len(nodes) else None
            spaced = isinstance(following, tex.Text) and following.text[:1] == " "
            if (node.relation and spaced) or (len(node.char) > 1 and out[-1].isalnum()):
                out += " "
        if open_script and piece[:1].isalnum():
            out += " "
        open_script = isinstance(node, tex.Script) and piece[:1] in ("^", "_") and piece[-1].isalnum()
        out += piece
    return out


def _piece(node: tex.Node) -> str:
    match node:
        case tex.Text(text=text) | tex.Unknown(text=text):
            return text
        case tex.Symbol(char=char):
            return char
        case tex.Primes(count=count):
            return "′" * count
        case tex.Script(mark=mark, nodes=inner):
            return _script(mark, formula_text(inner).strip())
        case tex.Words(nodes=inner):
            return _running(inner)
        case tex.Font(name=name, nodes=inner):
            content = formula_text(inner)
            return symbols.DOUBLE_STRUCK.get(content, content) if name.startswith("mathbb") else content
        case tex.Accent(name=name, nodes=inner):
            content = formula_text(inner)
            return unicodedata.normalize("NFC", content + symbols.MATH_ACCENTS[name]) if content else ""
        case tex.Fraction(over=over, under=under, binomial=binomial):
            top, bottom = formula_text(over).strip(), formula_text(under).strip()
            return f"C({top}, {bottom})" if binomial else f"{_atom(top)}/{_atom(bottom)}"
        case tex.Root(index=index, nodes=inner):
            degree = formula_text(index).strip()
            return (_script("^", degree) if degree else "") + "√" + _atom(formula_text(inner).strip())
        case tex.Group(nodes=inner):
            return formula_text(inner)
        case _:
            return _running([node])


def _script(mark: str, content: str) -> str:
    """`content` raised or lowered, in Unicode where every character can be."""
    content = _BLANK_AROUND_OPERATOR.sub(r"\1", content)
    if not content:
        return mark
    table = symbols.SUPERSCRIPTS if mark == "^" else symbols.SUBSCRIPTS
    if all(char in table for char in content):
        return "".join(table[char] for char in content)
    if mark == "^" and all(char in symbols.RAISED for char in content):
        return content.replace("∘", "°").replace("∗", "*")
    return mark + (content if _SIMPLE.fullmatch(content) else f"({content})")


def _atom(content: str) -> str:
    return content if _ATOM.fullmatch(content) else f"({content})"
