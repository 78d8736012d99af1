"""The last resort for a lone word: titles it abbreviates, by first letters or by beginnings of words."""

import math
import re
from collections.abc import Iterator
from itertools import islice

from paperbrowse.search.index import Index
from paperbrowse.search.words import parts

_WHOLE_TITLE, _AMONG_OTHERS, _TITLE_BEGINS, _PIECES = 2.0, 3.4, 4.5, 5.0
_MOST = 200


def abbreviated(index: Index, text: str, *, whole: bool) -> Iterator[tuple[int, float]]:
    """Papers whose titles `text` abbreviates, with how far off they are; the best of a paper comes last.
    `whole`, for a word that begins others, leaves those whose whole title four letters or more stand for."""
    word = "".join(parts(text))
    if (4 if whole else 3) <= len(word) <= 12 and word.isascii() and word.isalpha():
        if not whole:
            yield from _by_pieces(index, word)
        yield from _by_initials(index, word, whole)


def _by_initials(index: Index, word: str, whole: bool) -> Iterator[tuple[int, float]]:
    """By the first letters of the first words; little words may be left out."""
    low, high = index.initials.range(word)
    letters = index.initials.slice(low, min(high, low + _MOST))
    for initials, number in reversed(list(zip(letters, index.initialed[low:high], strict=False))):
        if initials == word:
            yield number, _AMONG_OTHERS if whole else _WHOLE_TITLE
        elif not whole:
            yield number, _TITLE_BEGINS + 0.1 * len(initials)


def _by_pieces(index: Index, word: str) -> Iterator[tuple[int, float]]:
    """By beginnings of two letters and more, of words in this order: "grte" for graph … text."""
    words, titles, universe = index.words, index.titles, index.universe
    left = _MOST
    for pieces in _cuts(word):
        found = universe.all
        for piece in pieces:
            found &= titles.prefix(piece, *words.range(piece))
            if not found:
                break
        else:
            pattern = re.compile(" " + "[^ ]* (?:[^ ]+ )*?".join(pieces))
            for number in islice(universe.iter(found), left):
                left -= 1
                title = index.title(number)
                hit = pattern.search(title)
                if hit is not None:
                    between = hit[0].count(" ") - len(pieces)
                    yield number, _PIECES + 0.3 * between + 0.9 * math.log(title.count(" "))


def _cuts(word: str) -> Iterator[list[str]]:
    """`word` in pieces of two letters and more: in twos first, then in two pieces."""
    if len(word) % 2 == 0 and len(word) >= 4:
        yield [word[at : at + 2] for at in range(0, len(word), 2)]
    for cut in range(2, len(word) - 1):
        if len(word) != 4:
            yield [word[:cut], word[cut:]]
