"""Names found as one types: by the beginnings of their parts in any order, one slip forgiven.

The rule is that of DBLP's author search; plain ASCII finds accents.
"""

from array import array
from bisect import bisect_left
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from itertools import pairwise
from string import ascii_lowercase

from paperbrowse.text.fold import fold

_AT_ONCE = 200
_FORGIVEN_FROM = 4
"""Letters that a word must have for one of them to be wrong."""
_PUNCTUATION = str.maketrans("-.‐‑–'’·,", "         ")
_AFTER_ALL = "\U0010ffff"


def name_parts(name: str) -> list[str]:
    """The parts of a name that one can type, folded: "Xian-Ling Mao" has xian, ling, xianling and mao."""
    parts = []
    for word in fold(name).split():
        pieces = word.translate(_PUNCTUATION).split()
        parts += pieces
        if len(pieces) > 1:
            parts.append("".join(pieces))
    return parts


class NameFinder:
    """Finds places in a sequence of names."""

    def __init__(self, names: Iterable[str], pause: Callable[[], None] = lambda: None) -> None:
        """Take in the names; `pause` is called often: who shares the interpreter waits there."""
        found: dict[str, array[int]] = {}
        for place, name in enumerate(names):
            if place % _AT_ONCE == 0:
                pause()
            for part in dict.fromkeys(name_parts(name)):
                places = found.get(part)
                if places is None:
                    places = found[part] = array("I")
                places.append(place)
        self._parts = sorted(found)
        self._places = array("I")
        self._starts = array("I", [0])
        for part in self._parts:
            self._places.extend(found.pop(part))
            self._starts.append(len(self._places))

    def find(self, typed: str) -> Sequence[int] | None:
        """The places of names that have all typed words as beginnings of parts; None when nothing is typed.

        A word that begins no name may have one wrong letter: another, one too many or too few, two swapped.
        """
        words = [word for word in fold(typed).translate(_PUNCTUATION).split() if word]
        if not words:
            return None
        left: set[int] | None = None
        for word in sorted(words, key=len, reverse=True):
            begun = self._begun([word])
            if not begun and len(word) >= _FORGIVEN_FROM:
                begun = self._begun(set(_slips(word)))
            left = begun if left is None else left & begun
            if not left:
                return ()
        return sorted(left or ())

    def _begun(self, words: Collection[str]) -> set[int]:
        """The places of names with a part that begins like one of `words`."""
        found: set[int] = set()
        for word in words:
            low = bisect_left(self._parts, word)
            if low == len(self._parts) or not self._parts[low].startswith(word):
                continue
            high = bisect_left(self._parts, word + _AFTER_ALL, low)
            found.update(self._places[self._starts[low] : self._starts[high]])
        return found


def _slips(word: str) -> Iterator[str]:
    """What may have been meant by `word`: everything one slip away."""
    for at in range(len(word) + 1):
        before, behind = word[:at], word[at:]
        for letter in ascii_lowercase:
            yield before + letter + behind[1:]
            yield before + letter + behind
        yield before + behind[1:]
    for at, (one, other) in enumerate(pairwise(word)):
        yield word[:at] + other + one + word[at + 2 :]
