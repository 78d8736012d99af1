"""Words: what a text is made of for the search, and what a query word is compared with.

A text is cut at blanks into chunks and each chunk into its words, runs of letters and digits. A chunk of
several words counts as each of them and as the whole without what stands between: "text-to-SQL:" is text,
to, sql and texttosql. Han characters and kana are words of their own. Words are folded (`paperbrowse.text.
fold`); a word with marks is also kept as written, so that a typed accent can be exact.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from paperbrowse.text.fold import fold

ACCENT = "\x01"
"""Between a folded word and how it was written, in index words: "muller\\x01müller"."""

# Marks that are part of a word although they are no letters (Indic vowel signs, Arabic and Hebrew points …).
_MARKS = (
    "\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u05bf\u05c1-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed"
    "\u0711\u0730-\u074a\u07a6-\u07b0\u0900-\u0903\u093a-\u094f\u0951-\u0957\u0962\u0963\u0981-\u0983\u09bc-\u09cd"
    "\u0a01-\u0a03\u0a3c-\u0a4d\u0a81-\u0a83\u0abc-\u0acd\u0b01-\u0b03\u0b3c-\u0b57\u0b82\u0bbe-\u0bcd\u0bd7"
    "\u0c00-\u0c04\u0c3c-\u0c56\u0c81-\u0c83\u0cbc-\u0cd6\u0d00-\u0d03\u0d3b-\u0d4d\u0d57\u0d81-\u0d83\u0dca-\u0df3"
    "\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\u0eb1\u0eb4-\u0ebc\u0ec8-\u0ecd\u0f18\u0f19\u0f35-\u0f39\u0f71-\u0f84"
    "\u102b-\u103e\u1056-\u1059\u17b6-\u17d3\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\u302a-\u302f\u3099\u309a"
    "\ufe20-\ufe2f"
)
_IDEOGRAPHS = (
    "\u3005\u3007\u3041-\u3096\u30a1-\u30fa\u30fc\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
)
_ASCII_PART = re.compile(r"[a-z0-9]+")
_PART = re.compile(f"[{_IDEOGRAPHS}][{_MARKS}]*|(?:(?![{_IDEOGRAPHS}])[^\\W_]|[{_MARKS}])+")
_CHUNK = re.compile(r"\S+")


@dataclass(frozen=True, slots=True)
class Token:
    """A word of a displayed text and where it stands there."""

    word: str
    start: int
    end: int
    whole: bool = False
    """A chunk of several words taken together."""
    written: str = ""
    """The word with its accents, lower case, where folding changed it."""


def tokens(text: str) -> Iterator[Token]:
    """The words of `text` with their places: the words of a chunk, then the chunk as a whole."""
    for chunk in _CHUNK.finditer(text):
        parts = [
            Token(folded, chunk.start() + part.start(), chunk.start() + part.end(), False, written)
            for part in _PART.finditer(chunk[0])
            for folded, written in [_folded(part[0])]
            if folded
        ]
        yield from parts
        if len(parts) > 1:
            yield Token("".join(part.word for part in parts), parts[0].start, parts[-1].end, True)


def parts(chunk: str) -> list[str]:
    """The folded words of one chunk of text, in order, without the whole."""
    lowered = chunk.lower()
    if lowered.isascii():
        return [lowered] if lowered.isalnum() else _ASCII_PART.findall(lowered)
    return [folded for part in _PART.findall(chunk) for folded, _ in [_folded(part)] if folded]


def index_words(text: str) -> set[str]:
    """Everything `text` can be found by: words, wholes, and words as written where they have accents."""
    lowered = text.lower()
    chunks = set(lowered.split())
    found = {chunk for chunk in chunks if chunk.isalnum() and chunk.isascii()}
    if text.isascii():
        for chunk in chunks - found:
            found.update(_ascii_words(chunk))
    else:
        # Lower case of a capital can be two characters; words with more than ASCII are cut as they stand.
        for chunk in set(text.split()):
            if not chunk.isascii():
                found.update(_chunk_words(chunk))
            elif not chunk.isalnum():
                found.update(_ascii_words(chunk.lower()))
    return found


def spaced(text: str) -> str:
    """`text` folded, its words set apart by single blanks, a blank at either end: for phrases."""
    return " " + " ".join(word for chunk in text.split() for word in parts(chunk)) + " "


def written(part: str) -> str:
    """`part` as typed, lower case, if it has accents that must be there; else nothing."""
    return _folded(part)[1]


def accents_fit(typed: str, form: str) -> bool:
    """Whether `form` begins with `typed`: a typed accent must be there, a plain letter may carry any."""
    at = 0
    for char in form:
        if at >= len(typed):
            return True
        plain = fold(char)
        if typed.startswith(char, at):
            at += 1
        elif plain and typed.startswith(plain, at):
            at += len(plain)
        else:
            return False
    return at >= len(typed)


def _ascii_words(chunk: str) -> Iterable[str]:
    found: list[str] = _ASCII_PART.findall(chunk)
    if len(found) > 1:
        found.append("".join(found))
    return found


@lru_cache(maxsize=50_000)
def _chunk_words(chunk: str) -> tuple[str, ...]:
    found: list[str] = []
    for token in tokens(chunk):
        found.append(token.word)
        if token.written:
            found.append(token.word + ACCENT + token.written)
    return tuple(found)


@lru_cache(maxsize=50_000)
def _folded(part: str) -> tuple[str, str]:
    """A word folded, and as written in lower case where that differs."""
    if part.isascii():
        return part.lower(), ""
    folded = fold(part)
    if not folded.isalnum():
        folded = "".join(char for char in folded if unicodedata.category(char)[0] in "LNM")
    lowered = unicodedata.normalize("NFC", part.casefold())
    return folded, lowered if lowered != folded else ""
