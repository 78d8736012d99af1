"""What words look like, as far as it tells a title's last word from a name."""

import re
from itertools import pairwise

from paperbrowse.readers.bylines import PARTICLES

OUTER = "\"'“”‘’`?!.,:;()[]{}*$…«»"
"""Punctuation around a word."""

_INITIALS = re.compile(r"(?:[^\W\d_a-z]\.)+$")
_NICKNAME = re.compile(r"[(\"“„‘'][^\W\d_]+[)\"”“’']")
_INNER_PREFIX = re.compile(r"(?:Mc|Mac|De|Di|Du|La|Le|Van|Von|Fitz|O['’]|D['’]|Al|El|St)(?=[^\W\d_])")
_NAME_PREFIXES = frozenset({"De", "Di", "Du", "Fitz", "La", "Le", "Mac", "Mc", "Van", "Von"})
_QUOTES = "\"”’'»"
_CLOSING = ")]}$*+%…™®—–-"


def seam_of(word: str) -> int:
    """Where a capital follows a small letter, or 0."""
    return next((at for at, (one, two) in enumerate(pairwise(word), 1) if one.islower() and two.isupper()), 0)


def word_shape(token: str) -> str:
    """What a title's last word looks like."""
    word = token.strip(OUTER)
    if not word:
        return "empty"
    if word in _NAME_PREFIXES:
        return "name-prefix"
    if initials := _INITIALS.search(token):
        return "initial" if initials.start() else "initials"
    if word.islower():
        return "lower" if len(word) > 1 else "letter"
    if word.isupper():
        return f"capitals-{min(len(word), 3)}"
    if word[-1].isdigit():
        return "digit"
    if "-" in word:
        return "hyphenated"
    rest = word[1:]
    if rest.islower():
        return "word" if word[0].isupper() else "odd"
    if word[:-1].isupper() and word[-1] == "s":
        return "plural"
    if word[-1].isupper():
        return "camel-capital" if word[-2].islower() else "camel-capitals"
    return "camel"


def name_shape(word: str) -> str:
    """What a word of a name looks like."""
    if _NICKNAME.fullmatch(word):
        return "nickname"
    if any(char.isdigit() or char in '$\\^{}()[]:;?!"“”/|+=<>' for char in word):
        return "junk"
    if word in PARTICLES:
        return "particle"
    start = word[0]
    if start.islower():
        return "particle-joined" if re.match(r"(?:al|el|d|l|o|ben|ibn)['’-]", word) else "lower"
    if "." in word:
        return "initial" if len(word) <= 2 or word.count(".") * 2 >= len(word.replace("-", "")) else "dotted"
    if len(word) == 1:
        return "letter"
    if word.isupper():
        return f"capitals-{min(len(word), 4)}"
    if not start.isupper():
        return "uncased" if start.isalpha() else "odd"
    rest = word[1:]
    if rest.islower():
        return "capitalized"
    parts = re.split(r"[-'’]", word)
    if len(parts) > 1 and all(
        part[:1].isupper() and (part[1:].islower() or len(part) == 1) for part in parts
    ):
        return "hyphenated"
    prefix = _INNER_PREFIX.match(word)
    if prefix and (word[prefix.end() :].istitle() or word[prefix.end() + 1 :].islower()):
        return "inner-prefix"
    if rest[0].isupper():
        return "capitals-first"
    return "inner-capital"


def char_class(char: str) -> str:
    """What a title's last character is."""
    if char.islower():
        return "lower"
    if char.isupper():
        return "upper"
    if char.isdigit():
        return "digit"
    if char in "?!.":
        return char
    if char in _QUOTES:
        return "quote"
    if char in _CLOSING:
        return "closing"
    return "letter" if char.isalpha() else "bad"


def is_unbalanced(title: str) -> bool:
    """Whether a bracket or a quotation mark has no partner."""
    return title.count("(") != title.count(")") or title.count('"') % 2 == 1
