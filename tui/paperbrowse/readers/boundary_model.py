"""What was learned of names and titles: word lists, letter statistics and the weights of the evidence.

The data (`boundary_model.txt`, made by `tests.bench.boundary_train`) is plain text: a section a line
in brackets, then in a word list "level word word …" where a level is the binary logarithm of a count, in
`letters` the log-odds of name against title word for every three letters, and in `weights` "evidence number".
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import IO

from paperbrowse.text.fold import fold

ALPHABET = "^abcdefghijklmnopqrstuvwxyz"
"""The letters a folded word is made of, and its edge; anything else is left out."""
_LISTS = ("given", "family", "ends", "inside", "groups")
_ZERO = 79
_PLACE = {letter: index for index, letter in enumerate(ALPHABET)}


@dataclass(frozen=True, slots=True)
class Model:
    """The learned lists, by folded word; `letters` has a character for every three of ALPHABET."""

    given: Mapping[str, int]
    family: Mapping[str, int]
    ends: Mapping[str, int]
    inside: Mapping[str, int]
    letters: str
    weights: Mapping[str, float]
    groups: Mapping[str, int] = field(default_factory=dict)
    """First words of the names of collaborations."""

    def nameness(self, word: str) -> float:
        """How much more a word's letters are a name's than a title's: log-odds, averaged over the word."""
        total, count = 0, 0
        before, last = 0, 0
        for letter in fold(word) + "^":
            place = _PLACE.get(letter)
            if place is None:
                continue
            total += ord(self.letters[(before * 27 + last) * 27 + place]) - _ZERO
            before, last = last, place
            count += 1
        return total / (10 * max(count, 1))

    @staticmethod
    def level_in_names(levels: Mapping[str, int], word: str) -> int:
        """How common `word` is in a list of names; for a hyphenated one not there, its rarest part."""
        folded = fold(word)
        level = levels.get(folded, 0)
        if level or "-" not in folded:
            return level
        return min((levels.get(part, 0) for part in folded.split("-") if part), default=0)


def pack_odds(odds: float) -> str:
    """The character that stands for `odds` in a model's letters."""
    return chr(_ZERO + max(-40, min(40, round(odds * 10))))


@cache
def bundled() -> Model:
    """The model that comes with the package, read when first needed."""
    source = files("paperbrowse.readers").joinpath("boundary_model.txt")
    with source.open(encoding="utf-8") as stream:
        return read_model(stream)


def read_model(stream: IO[str]) -> Model:
    """A model out of its text."""
    lists: dict[str, dict[str, int]] = {name: {} for name in _LISTS}
    weights: dict[str, float] = {}
    letters = ""
    section = ""
    for line in stream.read().splitlines():
        if line.startswith("["):
            section = line[1:-1]
        elif section == "letters":
            letters = line
        elif section == "weights":
            name, _, number = line.rpartition(" ")
            weights[name] = float(number)
        else:
            level, *words = line.split()
            lists[section].update(dict.fromkeys(words, int(level)))
    return Model(**lists, letters=letters, weights=weights)


def write_model(model: Model, stream: IO[str]) -> None:
    """`model` as the text that `read_model` reads."""
    for section in _LISTS:
        print(f"[{section}]", file=stream)
        words: Mapping[str, int] = getattr(model, section)
        for level in sorted(set(words.values()), reverse=True):
            print(level, *sorted(word for word in words if words[word] == level), file=stream)
    print("[letters]", model.letters, "[weights]", sep="\n", file=stream)
    for name, weight in sorted(model.weights.items()):
        print(name, f"{weight:.2f}", file=stream)
