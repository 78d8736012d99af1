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
_JUNK = frozenset('$\\^{}()[]:;?!"“”|=<>')
_MOST_OF_A_FORMULA = 8
_ROMAN = re.compile(r"(?=[IVX]{2})X{0,3}(?:IX|IV|V?I{0,3})")
_ELEMENT = (
    "(?:A[cglmrstu]|B[aeir]?|C[adelorsu]?|D[by]|E[ru]|F[er]?|G[ade]|H[efgo]?|I[nr]?|Kr?|L[aiu]|M[gno]|N[abdei]?"
    "|Os?|P[abdort]?|R[behu]|S[bcegimnr]?|T[abehilm]|U|V|W|Xe|Yb?|Z[nr])"
)
_FORMULA = re.compile(rf"(?:{_ELEMENT}(?:\$?_?\{{?[\dx.+-]+\}}?\$?)?){{2,}}|{_ELEMENT}\$?_?\{{?\d+\}}?\$?")
_ISOTOPE = re.compile(rf"\$\^\{{?\d+m?\}}?\$(?:\\)?{_ELEMENT}")
_SCRIPT_ALONE = re.compile(r"[({\[]*\$[\^_](?:\{[^{}$]*\}|[^{}$])\$")
_DOTTED_NAME = re.compile(r"(?:[^\W\d_]\.?-)?[^\W\d_a-z][^\W\d_A-Z]{1,3}\.")
_SLASHED_NAME = re.compile(r"[^\W\d_a-z][^\W\d_A-Z]?/[^\W\d_a-z][^\W\d_A-Z]+")
"""An Ethiopian name with its first part cut short: G/Mariam, W/Giorgis."""


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
    if _ROMAN.fullmatch(word):
        return "roman"
    if word[:-1].isdigit() and word[-1].isupper():
        return "numbered"
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
    if _SLASHED_NAME.fullmatch(word):
        return "slashed"
    if not _JUNK.isdisjoint(word) or any(char.isdigit() or char in "/+" for char in word):
        return "junk"
    if word in PARTICLES:
        return "particle"
    start = word[0]
    if start.islower():
        return "particle-joined" if re.match(r"(?:al|el|d|l|o|ben|ibn)['’-]", word) else "lower"
    if "." in word:
        if len(word) <= 2 or word.count(".") * 2 >= len(word.replace("-", "")):
            return "initial"
        return "dotted" if _DOTTED_NAME.fullmatch(word) else "dotted-glued"
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
    if rest[0].isupper() or any(part[:2].isupper() and len(part) > 2 for part in parts):
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
    """Whether a bracket, a formula or a quotation mark has no partner."""
    if title.count("(") != title.count(")") or title.count('"') % 2 == 1 or title.count("$") % 2 == 1:
        return True
    # A name's apostrophe ("D'|Angelo"), not the end of what was quoted.
    return title[-1] in "'’" and title[-2:-1].isupper() and not re.search(r"(?:^|[\s(])['‘]", title)


def science_of(token: str) -> str:
    """What the sciences write: a "formula" (SrTiO$_3$), an "isotope", a "script" without its base; or ""."""
    if _SCRIPT_ALONE.fullmatch(token):
        return "script"
    word = token.strip(".,;:?!()")
    if _ISOTOPE.fullmatch(word):
        return "isotope"
    return "formula" if _FORMULA.fullmatch(word) else ""


def formula_goes_on(token: str, glued: str) -> bool:
    """Whether `token` and what is glued to it up to a capital are one formula: "FeMn" and "NiRuth"."""
    seams = (at for at in range(1, min(len(glued), _MOST_OF_A_FORMULA)) if glued[at].isupper())
    return any(_FORMULA.fullmatch(token + glued[:seam]) for seam in seams)


def group_shape(word: str) -> str:
    """What the first word of a collaboration's name looks like: ATLAS, IceCube, H.E.S.S., Planck."""
    if not _JUNK.isdisjoint(word):
        return "junk"
    if word.isupper():
        return f"capitals-{min(len(word), 4)}"
    if not word[0].isupper():
        return "digit" if word[0].isdigit() else "lower"
    if word.isalpha() and word[1:].islower():
        return "capitalized"
    return "other" if seam_of(word) or not word.isalpha() else "capitals-first"
