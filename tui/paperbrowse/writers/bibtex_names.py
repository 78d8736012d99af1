"""People's names as BibTeX takes them apart."""

import re
from collections.abc import Sequence
from functools import lru_cache

from paperbrowse.text.latex_bibtex import PLAIN_NAME, Encoder
from paperbrowse.text.names import split_name
from paperbrowse.text.patterns import regex

_RESERVED_WORD = regex(r"(?i)(?:^|\s)(?:and|others)(?:\s|$)")
_INNER_SMALL_WORD = regex(r"\s[a-zà-öø-ÿ][^\s]*\s")
_CAPITALISED = regex(r"(?:(?!(?i:and|others) )[A-Z][A-Za-z.'-]* )+(?!(?i:and|others)$)[A-Z][A-Za-z.'-]*")
"""A name of several plain words none of which BibTeX could take for anything else."""


def names_field(people: Sequence[str], complete: bool, encoder: Encoder) -> str:
    """An `author` or `editor` field; nothing where no name is left."""
    names = [written for name in people if (written := _name(name, encoder))]
    if names and not complete:
        names.append("others")
    return " and ".join(names)


def _name(name: str, encoder: Encoder) -> str:
    """A name that BibTeX takes apart as `split_name` does: "van der Goot, Rob", "{OpenAI}"."""
    if plain := _plain_name(name):
        return plain
    parts = split_name(encoder.plain_name(name))
    taken_apart = _RESERVED_WORD.search(name) or _INNER_SMALL_WORD.search(f"{parts.family} ")
    if PLAIN_NAME.fullmatch(name) and not parts.whole and not taken_apart:
        return parts.inverted
    if parts.whole:
        return _one_word(encoder.name(parts.family), encoder) if any(map(str.isalnum, parts.family)) else ""
    family = _spelled(parts.family, encoder)
    if not family:
        return ""
    if _RESERVED_WORD.search(family) or _INNER_SMALL_WORD.search(f"{family} "):
        family = _one_word(family, encoder)
    given = _spelled(parts.given, encoder)
    if _RESERVED_WORD.search(given):
        given = _one_word(given, encoder)
    last = f"{_spelled(parts.particle, encoder)} {family}".strip()
    return ", ".join(filter(None, (last, _spelled(parts.suffix, encoder), given)))


@lru_cache(maxsize=65536)
def _plain_name(name: str) -> str:
    """What `_name` makes of a name whose words are all plain; nothing where it has to look closer."""
    if not _CAPITALISED.fullmatch(name):
        return ""
    parts = split_name(name)
    return "" if parts.whole else parts.inverted


def _one_word(name: str, encoder: Encoder) -> str:
    """`name` so that neither program takes it apart. Braces around all of it would make BibTeX cut a letter
    that is a command, when it makes a label of the first three; so there only what separates is braced.
    biber makes no such labels, but counts braced commas."""
    if "\\" in name and encoder.charset == "ascii":
        return re.sub(r"[ ,]", r"{\g<0>}", name)
    return f"{{{name}}}"


def _spelled(part: str, encoder: Encoder) -> str:
    """`part` without what BibTeX takes for no word at all: commas, and dashes on their own."""
    words = part.replace(",", " ").split()
    return encoder.name(" ".join(word for word in words if any(map(str.isalnum, word))))
