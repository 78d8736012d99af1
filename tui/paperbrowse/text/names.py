"""People's names, split as a bibliography needs them."""

from dataclasses import dataclass
from functools import lru_cache

from paperbrowse.text.fold import fold
from paperbrowse.text.patterns import regex

_SUFFIXES = frozenset({"jr", "jr.", "sr", "sr.", "ii", "iii", "iv", "2nd", "3rd"})

# Particles also when they are capitalised ("Benjamin Van Durme", "Ronan Le Bras"): those that the ACL
# Anthology's own given/family split puts before the family name more often than after a given name.
_CAPITAL_PARTICLES = frozenset(
    {"van", "von", "de", "del", "della", "dell", "di", "da", "dos", "den", "der", "ter", "ten", "vander",
     "le", "la", "el", "al", "ben", "san", "abu", "ó", "ní", "mac", "st.", "saint", "santa", "im"}
)  # fmt: skip
# Iberian family names that, before the last word, are the first of two.
_FIRST_OF_TWO = frozenset(
    {"garcia", "gonzalez", "rodriguez", "fernandez", "lopez", "martinez", "sanchez", "perez", "gomez",
     "hernandez", "diaz", "munoz", "alvarez", "gutierrez", "jimenez", "dominguez", "vazquez", "ramirez",
     "castro", "ortiz", "espinosa", "sobrevilla", "nunez", "rojas", "suarez", "velasco", "herrera"}
)  # fmt: skip
_CONNECTIVES = frozenset({"y", "i"})
"""What joins two family names in Spanish and Catalan ("José Ortega y Gasset")."""

_GROUP_WORDS = regex(
    r"(?i)(?<![\w-])(?:team|group|consortium|collaboration|collaborators|project|initiative|community|committee|"
    r"workshop|university|institute|laborator(?:y|ies)|labs?|foundation|association|society|company|"
    r"corporation|inc|ltd|gmbh|authors|contributors|organi[sz]ers|network|research|department|office)\b\.?"
)
# A digit that is no footnote mark left on a name's end ("Zhang1") makes a name a team's or a model's.
_NOT_A_PERSON = regex(r"(?<![^\W\d])\d|\d(?=\w)|[&:+]|\band\b|\bfor\b|\bof the\b")
_EAST_ASIAN = regex(r"[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\U00020000-\U0003ffff]")


@dataclass(frozen=True, slots=True)
class Name:
    """The parts of a name. A name that is not taken apart is all `family`, and `whole` says so."""

    given: str = ""
    particle: str = ""
    family: str = ""
    suffix: str = ""
    whole: bool = False

    @property
    def inverted(self) -> str:
        """As a list of names sorts it: "van der Goot, Rob", "Downey, Jr., Robert"."""
        last = f"{self.particle} {self.family}" if self.particle else self.family
        return ", ".join(part for part in (last, self.suffix, self.given) if part)


@lru_cache(maxsize=65536)
def split_name(name: str) -> Name:
    """`name`, written "Given Family" or "Family, Given", in its parts.

    Names of groups, of one word, and unspaced East Asian names stay whole: who splits them guesses.
    """
    name = " ".join(name.split())
    words = name.split(" ")
    suffix = words.pop() if len(words) > 2 and words[-1].lower() in _SUFFIXES else ""
    if not name or _is_group(" ".join(words)):
        return Name(family=name, whole=True)
    if "," in name:
        return _split_inverted(name)
    if len(words) == 1:
        return Name(family=name, whole=True)
    if _EAST_ASIAN.search(words[0]):
        return Name(family=words[0], given=" ".join(words[1:]), suffix=suffix)
    start = _family_start(words)
    return _named(words[:start], words[start:], suffix)


def _is_group(name: str) -> bool:
    if _NOT_A_PERSON.search(name):
        return True
    words = name.split(" ")
    if len(words) > 1 and not name.isupper() and "," not in name and {"AI", "NLP", "LLM"} & set(words[1:]):
        return True
    return bool(_GROUP_WORDS.search(name)) and "," not in name


def _split_inverted(name: str) -> Name:
    """ "Family, Given", "Family, Jr., Given" and "Given Family, Jr."."""
    parts = [part.strip() for part in name.split(",") if part.strip()]
    if not parts:
        return Name(family=name, whole=True)
    suffix = next((part for part in parts[1:] if part.lower() in _SUFFIXES), "")
    others = [part for part in parts if part is not suffix or not suffix]
    if len(others) > 2:
        return Name(family=name, whole=True)
    if len(others) == 2:
        return _named(others[1].split(" "), others[0].split(" "), suffix)
    words = others[0].split(" ")
    start = _family_start(words)
    return _named(words[:start], words[start:], suffix)


def _family_start(words: list[str]) -> int:
    """Where the family name, particles and all, starts in `words`."""
    last = len(words) - 1
    for place in range(1, last):
        word = words[place]
        if word.lower() in _CONNECTIVES and place > 1 and word.islower():
            return place - 1
        if word[:1].islower() or word.lower() in _CAPITAL_PARTICLES:
            return place
    if last > 1 and fold(words[last - 1]) in _FIRST_OF_TWO:
        return last - 1
    if last == 1 and words[0].islower() and words[0] in _CAPITAL_PARTICLES:
        return 0
    return last


def _named(given: list[str], last: list[str], suffix: str) -> Name:
    """The name whose last part still has its particles; a particle is written small."""
    first_capital = next((place for place, word in enumerate(last) if not word[:1].islower()), len(last))
    if first_capital == len(last):
        first_capital = len(last) - 1
    return Name(
        given=" ".join(given),
        particle=" ".join(last[:first_capital]),
        family=" ".join(last[first_capital:]),
        suffix=suffix,
    )
