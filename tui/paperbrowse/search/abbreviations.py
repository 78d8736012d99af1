"""The last resort for a lone word: titles it abbreviates, by first letters or by beginnings of words."""

import math
import re
from collections.abc import Iterator
from itertools import islice

from paperbrowse.search.index import Index
from paperbrowse.search.words import parts

_WHOLE_TITLE, _TITLE_BEGINS, _WITHIN, _PIECES = 2.0, 4.5, 7.0, 5.0
_AT_ONCE = 4096
_MOST = 500


def abbreviated(index: Index, text: str) -> Iterator[tuple[int, float]]:
    """Papers whose titles `text` abbreviates, with how far off they are; the best of a paper comes last."""
    word = "".join(parts(text))
    if 3 <= len(word) <= 12 and word.isascii() and word.isalpha():
        yield from islice(_by_pieces(index, word), _MOST)
        yield from sorted(islice(_by_initials(index, word), _MOST), key=lambda hit: -hit[1])


def _by_initials(index: Index, word: str) -> Iterator[tuple[int, float]]:
    """By the first letters of words next to each other; little words may be left out."""
    pattern = re.compile("[A-Z0-9]*".join(f"[{letter}{letter.upper()}]" for letter in word).encode())
    starts, initials = index.initial_starts, index.initials
    for first in range(0, len(starts) - 1, _AT_ONCE):
        number = first
        for hit in pattern.finditer(initials, starts[first], starts[min(len(starts) - 1, first + _AT_ONCE)]):
            while starts[number + 1] <= hit.start():
                number += 1
            before = initials[starts[number] : hit.start()]
            after = initials[hit.end() : starts[number + 1] - 1]
            left_out = len(before) + len(after) + len(hit[0]) - len(word)
            if before and not _little(before):
                yield number, _WITHIN + 0.1 * left_out
            elif after and not _little(after):
                yield number, _TITLE_BEGINS + 0.1 * left_out
            else:
                yield number, _WHOLE_TITLE + 0.1 * left_out


def _little(letters: bytes) -> bool:
    return not any(97 <= letter <= 122 for letter in letters)


def _by_pieces(index: Index, word: str) -> Iterator[tuple[int, float]]:
    """By beginnings of two letters and more, of words in this order: "grte" for graph … text."""
    words, titles, universe = index.words, index.titles, index.universe
    for pieces in _cuts(word):
        found = universe.all
        for piece in pieces:
            found &= titles.prefix(piece, *words.range(piece))
            if not found:
                break
        else:
            pattern = re.compile(" " + "[^ ]* (?:[^ ]+ )*?".join(pieces))
            for number in islice(universe.iter(found), _MOST):
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
