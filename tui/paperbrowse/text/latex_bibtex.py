"""LaTeX written anew for a bibliography: parsed, held against a closed list, and put down again.

Nothing of the source's markup is passed through. Text becomes characters that print themselves, a formula
becomes one of LaTeX's own symbols if every part of it can, and is otherwise set as the text that a reader
of the terminal sees. Styling of running text is taken off; braces of the source only say which capitals
of a title must stay.
"""

import re
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Literal

from paperbrowse.text import latex_symbols as symbols
from paperbrowse.text import latex_tree as tex
from paperbrowse.text.clean import clean
from paperbrowse.text.latex import has_tex, to_terminal
from paperbrowse.text.latex_formula import formula_tex
from paperbrowse.text.latex_parser import parse
from paperbrowse.text.latex_terminal import formula_text
from paperbrowse.text.patterns import regex
from paperbrowse.text.proper_nouns import PROPER_NOUNS

Charset = Literal["ascii", "utf-8"]

# In the flat text, a formula is one character of a private plane and protecting braces are two others;
# `clean` has removed any that the source had.
_FORMULA = 0xF0000
_MOST_FORMULAS = 0xFFF0
_OPEN, _CLOSE = "\ue000", "\ue001"

_BLANKS = regex(" {2,}")
_SPECIAL = regex(r"[\\{}$&%#_~^<>|]")
PLAIN_NAME = regex(r"[A-Za-z][A-Za-z.'-]*(?: [A-Za-z][A-Za-z.'-]*)*")
"""A name that is written as it stands."""
_UNUSUAL = regex(r"[(\[]|^ | $|[.!?] ")
"""What a title has in which a word may depend on others: blanks that do not count, the end of a sentence, a
bracket before the first of two words."""
_TITLE_WORD = regex(f"(?:{_OPEN}[^{_CLOSE}]*{_CLOSE}|[^\\s{_OPEN}])+")
_SEGMENT = regex(f"{_OPEN}([^{_CLOSE}]*){_CLOSE}|([^{_OPEN}]+)")
_PART_JOINT = regex(r"([-‐‑–/])")
_EDGES = regex(r"^(\W*)(.*?)(\W*)$", re.DOTALL)
_SIGN_IN_NAME = regex(r"(?<!\{)\\([&%$#_])")
_FORMULA_IN_NAME = regex(r"\{\$(.*?)\$\}")
_POSSESSIVE = regex(r"['’]s?$")
_PRONOUN = regex(r"I['’](?:m|d|ve|ll)")
_ABBREVIATIONS = frozenset(
    {"vs", "v", "etc", "al", "cf", "dr", "mr", "mrs", "ms", "prof", "st", "no", "nos", "vol", "fig", "resp",
     "approx", "inc", "ltd", "co", "corp", "jr", "sr", "pp", "ed", "eds", "sec", "ch"}
)  # fmt: skip
# Which part of the world and of a language's history a name is of.
_BEFORE_A_NAME = frozenset(
    {"North", "South", "East", "West", "Northern", "Southern", "Eastern", "Western", "Central", "Upper",
     "Lower", "Old", "Middle"}
)  # fmt: skip
_TWO_WORDS = frozenset(
    {"New York", "New Zealand", "New Delhi", "New England", "New Guinea", "New Jersey", "New Mexico",
     "New Orleans", "Hong Kong", "United States", "United Kingdom", "United Nations", "Saudi Arabia",
     "Sri Lanka", "San Francisco", "San Diego", "Los Angeles", "Costa Rica", "Puerto Rico", "El Salvador",
     "High German", "Low German", "European Union", "European Parliament"}
)  # fmt: skip
_FIRST_OF_TWO_WORDS = _BEFORE_A_NAME | {name.partition(" ")[0] for name in _TWO_WORDS}
_DOUBLE_QUOTED = regex(r'(?<![\w"])"(?=\S)([^"]*)(?<=\S)"(?![\w"])')
_SINGLE_QUOTED = regex(r"(?<![\w'`])'(?=\w)([^'\"]{1,80})(?<=[^\s'])'(?![\w'])")
_NUMERIC = regex(r"[\d.,:%+&#${}\s]*")
# What LaTeX's utf8 input encoding can set with the encodings that every installation loads
# (ot1enc.dfu, t1enc.dfu, utf8.def), letters and punctuation only.
_PDFTEX_LETTERS = regex(
    "[¡-¨ª«\u00ae-°´¶-ÖØ-öø-ĥĨ-ķĹ-ľŁ-ňŊ-ťŨ-žǍ-ǔǦ-ǫǴǵȘ-ț–—‘’‚“”„†‡•…‰‹›€™©№ḂḃḍḞḟḠḡḥṃṅṇṛṣṭẎẏẞỲỳ]"
)

_TEXT_IN_BOTH = "ˆ˜‟ʻ¬µ№\u2009\u202f‐‑‒―ʼﬀﬁﬂﬃﬄ"

_SUPER = {char: plain for plain, char in reversed(symbols.SUPERSCRIPTS.items())}
_SUB = {char: plain for plain, char in reversed(symbols.SUBSCRIPTS.items())}
_SUPER |= {"¹": "1", "²": "2", "³": "3"}
_MARK = regex("[\u0300-\u036f]")
_SIGNS = r"\\{}$&%#_~^<>|?!,"
# All that is looked for begins with one set of characters: going through a text for a set is many times as
# fast as for several patterns. What each must have behind it comes after.
_LIGATURES = "(?<=[?!])(?=`)|(?<=,)(?=,)"
_ASCII_PIECE = regex(f"[{_SIGNS}](?:(?<![?!,])|{_LIGATURES})")
_RUNS = "".join(
    f"|(?<=[{chars}])[{chars}]*" for chars in ("".join(map(re.escape, _SUPER)), "".join(map(re.escape, _SUB)))
)
_PIECE = regex(f"[{_SIGNS}\x80-\U0010ffff](?:{_LIGATURES}{_RUNS}|(?<![?!,]))")
_PIECE_WITH_MARKS = regex(f".[\u0300-\u036f]+|{_PIECE.pattern}")


@dataclass(slots=True)
class Encoder:
    """Writes text for a `.bib` file in one charset, and counts what pdfTeX cannot set.

    "ascii" is for classic BibTeX, which cuts UTF-8 letters into bytes; "utf-8" is for biber, which
    corrupts nested accents.
    """

    charset: Charset
    unset: int = 0
    """Characters so far that stay as they are although pdfTeX has no way to print them."""
    _formulas: list[str] = field(default_factory=list)
    _plain_words: dict[str, str] = field(default_factory=dict)
    """ASCII words inside titles, as they were written."""
    _repeated: dict[str, str] = field(default_factory=dict)

    def text(self, source: str) -> str:
        """`source` as one line of running text (an abstract, a venue, a note)."""
        if not source:
            return ""
        source = clean(source)
        if has_tex(source):
            source = self._flat(parse(source), protect=False)
        return self._characters(_with_paired_quotes(source))

    def repeated(self, source: str) -> str:
        """`text` of what many records share, such as a venue."""
        written = self._repeated.get(source)
        if written is None:
            unset = self.unset
            written = self.text(source)
            # What cannot be set is counted wherever it stands.
            if unset == self.unset:
                self._repeated[source] = written
        return written

    def title(self, source: str) -> str:
        """`source` with braces around the capitals that a style must not lower."""
        self._formulas = []
        flat = clean(source)
        if has_tex(flat):
            flat = self._flat(_unwrapped(parse(flat)), protect=True)
        flat = _with_paired_quotes(flat)
        if flat.isascii() and not flat.isupper() and not _UNUSUAL.search(flat):
            words = flat.split(" ")
            if _FIRST_OF_TWO_WORDS.isdisjoint(words):
                return self._plain_title(words)
        return self._unusual_title(flat)

    def _plain_title(self, words: list[str]) -> str:
        """A title none of whose words depends on another one."""
        known = self._plain_words
        out = [self._title_word(words[0], True, False, False)]
        for word in words[1:]:
            written = known.get(word)
            if written is None:
                written = known[word] = self._title_word(word, False, False, False)
            out.append(written)
        return " ".join(out)

    def _unusual_title(self, flat: str) -> str:
        whole_in_capitals = flat.isupper() and flat.count(" ") > 2
        words = list(_TITLE_WORD.finditer(flat))
        out: list[str] = []
        place = 0
        named = () if whole_in_capitals else _names_of_two_words([found[0] for found in words])
        for number, found in enumerate(words):
            out.append(flat[place : found.start()])
            after_stop = number > 0 and _ends_sentence(words[number - 1][0])
            if number in named:
                out.append(self._held_core(found[0]))
            else:
                out.append(self._title_word(found[0], number == 0, after_stop, whole_in_capitals))
            place = found.end()
        return "".join(out)

    def verbatim_title(self, source: str) -> str:
        """`source` in one pair of braces: a supplied title, whose every letter stays."""
        return "{" + self.text(source) + "}"

    def plain_name(self, source: str) -> str:
        """A person's name with nothing in it but letters, marks, digits and the punctuation of names."""
        if PLAIN_NAME.fullmatch(source):
            return source
        kept = (char if _in_names(char) else " " for char in to_terminal(clean(source)))
        return " ".join("".join(kept).split())

    def name(self, part: str) -> str:
        """A part of such a name. An escaped sign or one of mathematics becomes one letter to BibTeX (a
        "special character"), which would cut it where it makes a label of the name ("AT\\&T" to "AT\\")."""
        if PLAIN_NAME.fullmatch(part):
            return part
        signs = _SIGN_IN_NAME.sub(r"{\\\1}", self._characters(self.plain_name(part)))
        return _FORMULA_IN_NAME.sub(r"{\\ensuremath{\1}}", signs)

    # Titles

    def _title_word(self, word: str, first: bool, after_stop: bool, unprotected: bool) -> str:
        if _OPEN in word:
            return self._held_word(word)
        if unprotected:
            return self._characters(word)
        if word.isalpha() and word.isascii() and not after_stop:
            return f"{{{word}}}" if _must_keep_case(word) and not (first and word == "I") else word
        core = word[:-1] if word[-1:] == ":" else word
        if first and core != word and _PART_JOINT.search(core) and not core.islower():
            return "{" + self._characters(core) + "}:"
        parts = [part for part in _PART_JOINT.split(word) if part]
        if after_stop and word[:1].isupper() and not _must_keep_case(_core(parts[0])):
            rest = "".join(map(self._title_part, (parts[0][1:], *parts[1:])))
            return "{" + self._characters(word[:1]) + "}" + rest
        return "".join(map(self._title_part, parts))

    def _title_part(self, part: str) -> str:
        return self._held_core(part) if _must_keep_case(_core(part)) else self._characters(part)

    def _held_core(self, part: str) -> str:
        """`part` with braces around all but the signs at its ends."""
        match = _EDGES.match(part)
        before, core, after = match.groups() if match else ("", part, "")
        return self._characters(before) + "{" + self._characters(core) + "}" + self._characters(after)

    def _held_word(self, word: str) -> str:
        """A word in which the source's own braces hold something."""
        bare = word.replace(_OPEN, "").replace(_CLOSE, "")
        if _must_keep_case(_core(bare)) and not any(char.isspace() for char in bare):
            return self._title_part(bare)
        pieces = (
            "{" + self._characters(held) + "}" if held else self._characters(free)
            for held, free in _SEGMENT.findall(word)
        )
        return "".join(pieces)

    # Text

    def _flat(self, nodes: list[tex.Node], *, protect: bool) -> str:
        """The characters of running text, formulas as placeholders."""
        pieces: list[str] = []
        for node in nodes:
            match node:
                case tex.Text(text=text) | tex.Unknown(text=text):
                    pieces.append(text)
                case tex.Words(nodes=inner):
                    pieces.append(self._flat(inner, protect=protect))
                case tex.Group(nodes=inner):
                    held = self._flat(inner, protect=False)
                    is_letter = len(held) == 1 and not held.isascii()
                    protects = protect and held.strip() and not is_letter
                    pieces.append(f"{_OPEN}{held}{_CLOSE}" if protects else held)
                case tex.Math(nodes=inner):
                    pieces.append(self._formula(inner))
                case tex.Link(url=url, nodes=inner):
                    label = self._flat(inner, protect=False).strip()
                    pieces.append(f"{label} ({url})" if label and label != url else url)
                case _:
                    pieces.append(self._formula([node]))
        return _BLANKS.sub(" ", "".join(pieces))

    def _formula(self, nodes: list[tex.Node]) -> str:
        match nodes:
            case [tex.Words(nodes=inner)]:
                return self._flat(inner, protect=False)
            case [tex.Text(text=text)] if _NUMERIC.fullmatch(text):
                return text.strip()
        written = formula_tex(nodes, self._words)
        if not written or len(self._formulas) >= _MOST_FORMULAS:
            return formula_text(nodes)
        self._formulas.append(written)
        return chr(_FORMULA + len(self._formulas) - 1)

    def _words(self, nodes: list[tex.Node]) -> str:
        return self._characters(self._flat(nodes, protect=False))

    def _characters(self, text: str) -> str:
        """`text` with each character in a form that prints itself, and the formulas in their places."""
        if text.isascii():
            return _ASCII_PIECE.sub(self._piece, text)
        return (_PIECE_WITH_MARKS if _MARK.search(text) else _PIECE).sub(self._piece, text)

    def _piece(self, found: re.Match[str]) -> str:
        piece = found[0]
        if piece.isascii():
            return symbols.ASCII_NAMES.get(piece) or piece + "{}"
        if (number := ord(piece[0]) - _FORMULA) >= 0:
            return f"{{${self._formulas[number]}$}}"
        if piece[0] in _SUPER:
            return f"{{$^{{{''.join(_SUPER[char] for char in piece)}}}$}}"
        if piece[0] in _SUB:
            return f"{{$_{{{''.join(_SUB[char] for char in piece)}}}$}}"
        written = _character(piece, self.charset)
        if written is None:
            self.unset += 1
            return self._characters(piece[0]) + piece[1:] if piece[0].isascii() else piece
        return written


@lru_cache(maxsize=8192)
def _character(char: str, charset: Charset) -> str | None:
    """A letter, perhaps with combining marks, or a sign in LaTeX; None where pdfTeX cannot set it."""
    if charset == "utf-8":
        if _PDFTEX_LETTERS.fullmatch(char):
            return char
        written = None
    else:
        written = symbols.TEXT_NAMES.get(char) or symbols.accented(char)
    if written:
        return written
    if math := symbols.MATH_NAMES.get(char):
        return f"{{${math}$}}"
    plain = unicodedata.normalize("NFKC", char)
    if plain != char and plain.isascii():
        return _SPECIAL.sub(lambda found: symbols.ASCII_NAMES[found[0]], plain)
    if plain != char and plain in symbols.MATH_NAMES:
        return f"{{${symbols.MATH_NAMES[plain]}$}}"
    return symbols.TEXT_NAMES.get(char) if char in _TEXT_IN_BOTH else None


def _unwrapped(nodes: list[tex.Node]) -> list[tex.Node]:
    """A title without braces around all of it, which protect everything and so say nothing."""
    while len(nodes) == 1 and isinstance(nodes[0], tex.Group):
        nodes = nodes[0].nodes
    return nodes


def _core(word: str) -> str:
    """`word` without the signs at its ends."""
    if word.isalnum():
        return word
    match = _EDGES.match(word)
    return match[2] if match else word


@lru_cache(maxsize=16384)
def _must_keep_case(word: str) -> bool:
    """Whether a style that writes titles small would spoil `word`."""
    tail = word[1:]
    if tail != tail.lower():
        return True
    if not word[:1].isupper():
        return False
    if len(word) == 1:
        return word != "A"
    if _PRONOUN.fullmatch(word):
        return True
    return any(char.isdigit() for char in word) or _POSSESSIVE.sub("", word) in PROPER_NOUNS


def _with_paired_quotes(text: str) -> str:
    """`text` with straight quotation marks told apart where they are paired: TeX sets them all as closing."""
    if '"' in text:
        text = _DOUBLE_QUOTED.sub(r"“\1”", text)
    return _SINGLE_QUOTED.sub(r"‘\1’", text) if "'" in text else text


def _ends_sentence(word: str) -> bool:
    """Whether the next word begins a sentence, whose capital a style would take for a title's."""
    if word[-1] != ".":
        return word[-1] in "!?"
    stem = word[:-1].lstrip("([{").lower()
    inner = "." in stem and not stem[-1].isdigit()
    return (len(stem) > 1 or stem.isdigit()) and not inner and stem not in _ABBREVIATIONS


def _names_of_two_words(words: list[str]) -> Collection[int]:
    """The places of words that only together are a name: "New York", "South African", "Old French"."""
    found: list[int] = []
    for place in range(len(words) - 2, -1, -1):
        word = words[place].lstrip("([“‘")
        if word not in _FIRST_OF_TWO_WORDS:
            continue
        second = _POSSESSIVE.sub("", _core(_PART_JOINT.split(words[place + 1])[0]))
        if f"{word} {second}" in _TWO_WORDS:
            found += [place, place + 1] if place else [place + 1]
        elif place and word in _BEFORE_A_NAME and (second in PROPER_NOUNS or place + 1 in found):
            found.append(place)
    return found


def _in_names(char: str) -> bool:
    return char.isalnum() or char in ".-'’‘ ,&()/" or unicodedata.category(char)[0] in "LM"
