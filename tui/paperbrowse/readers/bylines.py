"""The authors of a Scholar Feed record: up to three names, "et al.", and affiliations as slugs."""

import re
from dataclasses import dataclass

MOST_NAMES = 3
"""No more names are ever shown; "et al." stands exactly when there are more."""

_SEPARATOR = " · "
_LONGEST_GROUP = 100
_SLUG = re.compile(r"[a-z0-9][a-z0-9.&'+_-]*")
_COMMA = re.compile(r",(?= (?!(?:Jr|Sr|II|III|IV|[23]rd)\b\.?(?:,|$)))")
_NO_NAME = frozenset('0123456789:;,?!()[]{}"“”$\\/|，。、；：')
_ET_AL = re.compile(r",?\s+et al\.?$", re.IGNORECASE)

_GROUP = re.compile(
    r"\S.* (?:[Cc]ollaborations?|[Cc]onsorti(?:um|a)|Group|Initiative|Network|Project|Survey|Team|Workshop)"
)

PARTICLES = frozenset(
    "abu al af ap ar av bar ben bin bint da dal dalla das de degli dei del dela della dello den der des "  # noqa: SIM905
    "di do dos du el im e i ibn la las le lo los mac nic ní op 't 's ten ter ul und van vande vanden "
    "vander vd vom von wa y zu zum zur in de' d' l'".split()
)
"""Words of a name that are written small ("Rob van der Goot", "Teun van den Berg", "Ortega y Gasset")."""


@dataclass(frozen=True, slots=True)
class Tail:
    """A line without what follows the last name."""

    text: str
    et_al: bool
    affiliations: tuple[str, ...]


def cut_tail(line: str) -> Tail:
    """Take " · slug, slug" and "et al." off the end of `line`."""
    text, separator, slugs = line.rpartition(_SEPARATOR)
    parts = tuple(part.strip() for part in slugs.split(","))
    if separator and (all(map(_SLUG.fullmatch, parts)) or _ET_AL.search(text)):
        affiliations = tuple(part for part in parts if part)
    else:
        text, affiliations = line, ()
    shorter = _ET_AL.sub("", text)
    return Tail(shorter, shorter != text, affiliations)


def separators(text: str) -> list[int]:
    """Where the commas are that part names, not those in "Edward P. Stabler, Jr."."""
    return [match.start() for match in _COMMA.finditer(text)]


def names_in(text: str) -> tuple[str, ...]:
    """The names of a byline without its tail."""
    return tuple(name for part in _COMMA.split(text) if (name := part.strip(" ,")))


def is_byline(line: str) -> bool:
    """Whether a line by itself reads like a byline and not like a title or a sentence."""
    if len(line) > 250:
        return False
    tail = cut_tail(line)
    names = names_in(tail.text)
    if tail.et_al:
        return len(names) == MOST_NAMES and all(len(name) < 60 for name in names)
    return 1 <= len(names) <= MOST_NAMES and all(map(is_name, names))


def is_group(text: str) -> bool:
    """Whether `text` names a collaboration or another group: "The Belle II Collaboration"."""
    return len(text) <= _LONGEST_GROUP and _GROUP.fullmatch(text) is not None


def is_name(text: str) -> bool:
    """Whether `text` has the shape of a name: a few words, capitalized or particles, or a collaboration's."""
    if text.endswith(("ollaboration", "ollaborations", "onsortium")) and is_group(text):
        return True
    if not may_be_name(text):
        return False
    words = text.split()
    if not all(word[0].isupper() or word.lower() in PARTICLES or not word[0].islower() for word in words):
        return False
    return any(word[0].isalpha() for word in words) and (not text.endswith(".") or len(words[-1]) <= 4)


def may_be_name(text: str) -> bool:
    """Whether `text` is short and has no sign that no name has: "Hugo Van hamme", but "Some notes" too."""
    if not 1 <= len(text.split()) <= 7 or len(text) > 60 or not _NO_NAME.isdisjoint(text):
        return False
    return len(text) <= 12 or any(map(str.isascii, text))
