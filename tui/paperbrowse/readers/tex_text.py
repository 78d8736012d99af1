"""Text of a .bib or of arXiv as the model wants it: TeX's accents, letters and escapes are characters, braces
that only protect capitals are gone, and math and commands are left for `paperbrowse.text.latex`."""

import re
import unicodedata

from paperbrowse.text.clean import clean
from paperbrowse.text.latex_symbols import TEXT_ACCENTS, TEXT_LETTERS, TEXT_SYMBOLS

_TOKEN = re.compile(
    r"(?P<math>\$\$[^$]*\$\$|\$(?:[^$\\]|\\.)*\$|\\\(.*?\\\)|\\\[.*?\\\])"
    r"|\\(?P<name>[A-Za-z]+)\*?[ \t]*|\\(?P<mark>.)|(?P<brace>[{}])|(?P<typed>``|''|-{2,3}|(?<!/)~)",
    re.DOTALL,
)
_GROUP = r"\{(?P<group>(?:[^{}]|\{(?:[^{}]|\{[^{}]*\})*\})*)\}"
_LETTER = r"(?P<letter>\\(?:[ij]|ae|AE|oe|OE|o|O|aa|AA)(?![A-Za-z])[ \t]*|[^\W\d_])"
_ACCENTED = re.compile(rf"\s*(?:{_GROUP}|{_LETTER})")
_SPECIAL = frozenset("\\{}$~^`")
_CHARACTERS = {
    **{name: char for name, char in TEXT_SYMBOLS.items() if not _SPECIAL.intersection(char)},
    **TEXT_LETTERS,
    **dict(zip("&%_#", "&%_#", strict=True)),
    " ": " ",
    "/": "",
    "-": "",
    "relax": "",
}
_BARE_MARKS = {"~": r"\textasciitilde{}", "^": r"\textasciicircum{}"}
"""Marks over nothing, by which people write the signs themselves."""
_TYPED = {"``": "“", "''": "”", "--": "–", "---": "—", "~": " "}
_DOTLESS = {"ı": "i", "ȷ": "j"}
_OPEN_COMMAND = re.compile(r"\\[A-Za-z]+$")
_SPACE = re.compile(r"[^\S ]\s*| \s+")
_LONG = 1 << 20
_SIGNS = ("\\", "{", "}", "~", "--", "''", "``")


def from_tex(text: str) -> str:
    """`text` on one clean line, without TeX's spelling of characters: `{\\"O}zg{\\"u}r {BERT}` is
    "Özgür BERT"."""
    if not text:
        return ""
    # The words of a very long text would take more memory than all else.
    text = " ".join(text.split()) if len(text) < _LONG else _SPACE.sub(" ", text.strip())
    for sign in _SIGNS:
        if sign in text:
            return clean(_decode(text))
    return clean(text)


def _decode(text: str) -> str:
    out: list[str] = []
    kept: list[bool] = []  # for every open brace, whether it belongs to a command and stays
    after_command = False
    place = 0
    while (match := _TOKEN.search(text, place)) is not None:
        if match.start() > place:
            out.append(text[place : match.start()])
            after_command = False
        place, piece, is_command = match.end(), match[0], False
        if piece == "{":
            kept.append(after_command)
            piece = "{" if after_command else ""
        elif piece == "}":
            is_command = kept.pop() if kept else True  # a second argument may follow
            piece = "}" if is_command else ""
            if not piece and text[place : place + 1].isalpha() and out and _OPEN_COMMAND.search(out[-1]):
                piece = "{}"  # the brace had ended the command's name
        elif match["typed"]:
            piece = _TYPED[piece]
        elif not match["math"]:
            piece, place, is_command = _command(text, match)
        out.append(piece)
        after_command = is_command
    out.append(text[place:])
    return "".join(out)


def _command(text: str, match: re.Match[str]) -> tuple[str, int, bool]:
    """What a command reads as, where the text goes on, and whether a brace there would be its own."""
    name, end = match["name"] or match["mark"], match.end()
    if name in _CHARACTERS:
        return _CHARACTERS[name], end + 2 if text.startswith("{}", end) else end, False
    accented = _ACCENTED.match(text, end) if name in TEXT_ACCENTS else None
    if accented is None:
        return match[0], end, bool(match["name"])
    base = _decode(accented["group"] if accented["group"] is not None else accented["letter"].rstrip())
    if not base:
        return _BARE_MARKS.get(name, ""), accented.end(), False
    if base and base[0].isalpha():
        base = unicodedata.normalize("NFC", _DOTLESS.get(base[0], base[0]) + TEXT_ACCENTS[name]) + base[1:]
    return base, accented.end(), False
