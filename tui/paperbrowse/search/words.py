"""Words: what a text is made of for the search, and what a query word is compared with.

A text is cut at blanks, commas, colons, quotes and brackets into chunks, and each chunk into its words, runs
of letters and digits. A chunk of several words counts as each of them and as the whole without what stands
between: "text-to-SQL:" is text, to, sql and texttosql. Han characters and kana are words of their own. Words
are folded (`paperbrowse.text.fold`); one with marks is also kept as written, so that a typed accent is exact.
"""

import re
import string
import unicodedata
from collections.abc import Collection, Iterator
from functools import lru_cache
from itertools import filterfalse
from operator import itemgetter
from typing import NamedTuple

from paperbrowse.text.fold import fold
from paperbrowse.text.patterns import regex

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
_PART = regex(f"[{_IDEOGRAPHS}][{_MARKS}]*|(?:(?![{_IDEOGRAPHS}])[^\\W_]|[{_MARKS}])+")
_SEPARATORS = ',;:!?"()[]{}<>|“”„«»…—•'
_PLAIN_PART = regex(r"[^\W_]+", re.ASCII)
"""The same for a text in ASCII; the other takes milliseconds to compile."""
_CHUNK = regex(rf"[^\s{re.escape(_SEPARATORS)}]+")
_JOINERS = "".join(sign for sign in string.punctuation if sign not in _SEPARATORS)
_PLAIN = string.ascii_uppercase + "".join(filter(str.isascii, _SEPARATORS)) + _JOINERS
_CASED = string.ascii_lowercase + " " * (len(_PLAIN) - 26 - len(_JOINERS))
_PARTED = str.maketrans(_PLAIN, _CASED + " " * len(_JOINERS))
# In bytes, which are translated and cut several times as fast as characters are. The blanks are those of
# `str.split`: four more than those of `bytes.split`.
_BLANKS = b"\t\n\v\f\r\x1c\x1d\x1e\x1f"
_CHUNKED = bytes.maketrans(
    _PLAIN.encode() + _BLANKS, _CASED.encode() + b"-" * len(_JOINERS) + b" " * len(_BLANKS)
)
# So frequent in otherwise plain English that most texts are made ASCII again with them; all begin alike.
_PUNCTUATION = b"\xe2\x80"
_TYPOGRAPHY = [_PUNCTUATION + bytes([last]) for last in range(256)]
for _sign, _plain in zip("’‘–“”—…•", b"''-     ", strict=True):
    _TYPOGRAPHY[_sign.encode()[-1]] = bytes([_plain])
_FIRST = itemgetter(0)
_HYPHEN = ord("-")
_NO_LETTERS = bytes(set(range(256)) - set(string.ascii_letters.encode()))


class Token(NamedTuple):
    """A word of a displayed text and where it stands there."""

    word: str
    start: int
    end: int
    first: int = 0
    """For a chunk of several words taken together, the letters of the first of them; else 0."""
    written: str = ""
    """The word with its accents, lower case, where folding changed it."""

    @property
    def whole(self) -> bool:
        return self.first > 0


def tokens(text: str) -> Iterator[Token]:
    """The words of `text` with their places: the words of a chunk, then the chunk as a whole."""
    part_of = _PLAIN_PART if text.isascii() else _PART
    for chunk in _CHUNK.finditer(text):
        if chunk[0].isascii() and chunk[0].isalnum():
            yield Token(chunk[0].lower(), *chunk.span())
            continue
        parts = [
            Token(folded, chunk.start() + part.start(), chunk.start() + part.end(), 0, written)
            for part in part_of.finditer(chunk[0])
            for folded, written in [_folded(part[0])]
            if folded
        ]
        yield from parts
        if len(parts) > 1:
            yield Token(
                "".join(part.word for part in parts), parts[0].start, parts[-1].end, len(parts[0].word)
            )


def parts(text: str) -> list[str]:
    """The folded words of `text`, in order, without wholes."""
    if text.isascii():
        return text.translate(_PARTED).split()
    return [folded for part in _PART.findall(text) for folded, _ in [_folded(part)] if folded]


def index_words(text: str) -> set[str]:
    """Everything `text` can be found by: words, wholes, and words as written where they have accents."""
    return {word.decode() for chunk in set(chunks(chunked(text))) for word in chunk_words(chunk)}


def chunked(text: str) -> bytes:
    """`text` in lower case, its blanks the edges of chunks and its hyphens the joints in them; what is not
    ASCII stays as it is, in UTF-8."""
    encoded = text.encode("utf-8", "surrogatepass")
    if _PUNCTUATION in encoded:
        first, *others = encoded.split(_PUNCTUATION)
        encoded = first + b"".join([_TYPOGRAPHY[other[0]] + other[1:] for other in others])
    return encoded.translate(_CHUNKED)


def chunks(text: bytes) -> list[bytes]:
    """The chunks of a text that is `chunked`, without the stops at their ends: so fewer of them differ."""
    return text.replace(b"- ", b"  ").rstrip(b"-").split()


def chunk_words(chunk: bytes) -> tuple[bytes, ...]:
    """The index words of one of `chunks`."""
    if not chunk.isascii():
        return _other_words(chunk)
    return joined_words(chunk) if b"-" in chunk else (chunk,)


def joined_words(chunk: bytes) -> tuple[bytes, ...]:
    """The words of an ASCII chunk with hyphens, and the whole."""
    found = chunk.replace(b"-", b" ").split()
    return (*found, b"".join(found)) if len(found) > 1 else tuple(found)


def initials(text: str, cut: bytes, little: frozenset[bytes]) -> set[bytes]:
    """The first letters of the words of `text`, which is `cut` into chunks: of all, of all but numbers, of
    chunks only, and without `little` words."""
    if not text.isascii():
        return {letters.encode() for letters in _other_initials(text, {word.decode() for word in little})}
    within = cut.replace(b"-", b" ").split()
    is_little = little.__contains__
    every = bytes(map(_FIRST, within))
    found = {every, bytes(map(_FIRST, filterfalse(is_little, within)))}
    if not every.isalpha() and not every.isdigit():
        found.add(every.translate(None, _NO_LETTERS))
    if b"-" in cut:
        apart = [chunk for chunk in cut.split() if chunk[0] != _HYPHEN]
        found.add(bytes(map(_FIRST, apart)))
        found.add(bytes(map(_FIRST, filterfalse(is_little, apart))))
    return found


def spaced(text: str) -> str:
    """`text` folded, its words set apart by single blanks, a blank at either end: for phrases."""
    return " " + " ".join(parts(text)) + " "


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


def _other_initials(text: str, little: Collection[str]) -> set[str]:
    """`initials` of a text with more than ASCII in it."""
    within = parts(text)
    every = "".join([word[0] for word in within])
    found = {every}
    if not every.isalpha() and not every.isdigit():
        found.add("".join([sign for sign in every if sign.isalpha()]))
    found.add("".join([word[0] for word in within if word not in little]))
    if "-" in text:
        apart = [chunk for chunk in text.split() if chunk[0] != "-"]
        found.add("".join([chunk[0] for chunk in apart]))
        found.add("".join([chunk[0] for chunk in apart if chunk not in little]))
    return found


def _other_words(text: bytes) -> tuple[bytes, ...]:
    """The index words of a text with more than ASCII in it."""
    found: list[str] = []
    for chunk in _CHUNK.findall(text.decode("utf-8", "surrogatepass")):
        parts = [part for part in map(_folded, _PART.findall(chunk)) if part[0]]
        for folded, written in parts:
            found.append(folded)
            if written:
                found.append(folded + ACCENT + written)
        if len(parts) > 1:
            found.append("".join([folded for folded, _ in parts]))
    return tuple([word.encode() for word in found])


def _folded(part: str) -> tuple[str, str]:
    """A word folded, and as written in lower case where that differs."""
    return (part.lower(), "") if part.isascii() else _unmarked(part)


# Few are remembered: each is one more thing for the collector to walk over.
@lru_cache(maxsize=2000)
def _unmarked(part: str) -> tuple[str, str]:
    """`_folded` for a word with more than ASCII in it."""
    folded = fold(part)
    if not folded.isalnum():
        folded = "".join(char for char in folded if unicodedata.category(char)[0] in "LNM")
    lowered = unicodedata.normalize("NFC", part.casefold())
    # Letters beyond the first plane are mathematical alphabets, never how a word is spelt.
    return folded, lowered if lowered != folded and max(lowered) < "\U00010000" else ""
