"""Words near a misspelt one: edit distance on the vocabulary, narrowed first."""

from collections.abc import Iterator
from string import ascii_lowercase

from paperbrowse.search.index import Vocabulary
from paperbrowse.search.words import ACCENT

MOST = 3
"""No word may have more wrong letters."""
_AT_ONCE = 8192
_BEGUN_FROM = 5
_ENDINGS = 1000


def budget(word: str) -> int:
    """How many letters of `word` may be wrong."""
    length = len(word)
    if length < 3 or word.isdigit():
        return 0
    return 1 if length <= 5 else 2 if length <= 11 else MOST


class Speller:
    """Finds the words of a vocabulary near a given one."""

    def __init__(self, words: Vocabulary) -> None:
        self._words = words
        self._alike: dict[str, dict[int, list[str]]] = {}

    def near(self, word: str, allowed: int) -> dict[str, int]:
        """Known words at most `allowed` insertions, deletions, substitutions or swaps of neighbours from
        `word`, with that distance. A wrong first letter is found where the rest is right, or, when nothing
        else is found, where the end is."""
        found: dict[str, int] = {}
        alike = self._beginning(word[0])
        for length in range(len(word) - allowed, len(word) + allowed + 1):
            found.update(_within(word, alike.get(length, []), allowed))
        for known in _other_starts(word):
            if known not in found and self._words.find(known) is not None:
                found[known] = 1
        if not found and allowed > 1:
            # Going through all endings takes a millisecond.
            ending = word[-max(3, (len(word) - 1) // 2) :]
            numbers = self._words.containing(f"{ending}\n".encode(), _ENDINGS)
            found.update(_within(word, [self._words.word(number) for number in numbers], allowed))
        return found

    def _beginning(self, letter: str) -> dict[int, list[str]]:
        """The words that begin with `letter`, by their lengths; kept, as more typos will ask."""
        found = self._alike.get(letter)
        if found is None:
            found = {}
            for some in self._slices(*self._words.range(letter)):
                for known in some:
                    if ACCENT not in known:
                        found.setdefault(len(known), []).append(known)
            self._alike[letter] = found
        return found

    def begun(self, word: str, allowed: int) -> dict[str, int]:
        """Beginnings of known words at most `allowed` changes from `word`, itself the beginning of what is
        being typed; each at least a letter shorter than the words it begins."""
        if len(word) < _BEGUN_FROM:
            return {}
        found: dict[str, int] = {}
        length = len(word)
        for some in self._slices(*self._words.range(word[:2])):
            for cut in (length, length - 1, length + 1):
                starts = list({known[:cut] for known in some if len(known) > cut})
                for start, distance in _within(word, starts, allowed).items():
                    found[start] = min(distance, found.get(start, distance))
        return found

    def nearest(self, word: str) -> str | None:
        """The known word nearest to `word`, further away than a typo may be."""
        if len(word) < 4:
            return None
        found = self.near(word, max(2, len(word) // 3 + 1))
        return min(found, key=lambda known: (found[known], abs(len(known) - len(word)), known), default=None)

    def _slices(self, low: int, high: int) -> Iterator[list[str]]:
        # In pieces, because what compares them holds the interpreter.
        for start in range(low, high, _AT_ONCE):
            yield self._words.slice(start, min(high, start + _AT_ONCE))


def _other_starts(word: str) -> Iterator[str]:
    """What `word` may be if one slip was made at its first letter."""
    yield word[1] + word[0] + word[2:]
    yield word[1:]
    for letter in ascii_lowercase:
        yield letter + word[1:]
        yield letter + word


def _within(word: str, known: list[str], allowed: int) -> dict[str, int]:
    from rapidfuzz.distance import OSA
    from rapidfuzz.process import extract

    found = extract(word, known, scorer=OSA.distance, score_cutoff=allowed, limit=None)
    return {near: int(distance) for near, distance, _ in found if ACCENT not in near}
