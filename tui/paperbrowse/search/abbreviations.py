"""The last resort for a lone word: titles it abbreviates, by first letters or by beginnings of words."""

import math
import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import chain, islice

from paperbrowse.search.index import Index
from paperbrowse.search.sources import title_of
from paperbrowse.search.words import parts

_WHOLE_TITLE, _AMONG_OTHERS, _TITLE_BEGINS, _PIECES = 2.0, 3.4, 4.5, 2.5
_WAYS = 0.5
_BETWEEN = 0.05
_LITTLE = 2.0
"""For a piece that is all of a little word, which nobody begins."""
_SOME_WORDS, _EACH_LEFT_OUT = 5.0, 0.5
_SOME_FROM, _LEFT_OUT = 4, 4
"""For initials of some words of a title: how many letters at least, and how many words at most left out."""
_MOST = 200


def abbreviated(index: Index, text: str, *, whole: bool) -> dict[int, float]:
    """Papers whose titles `text` abbreviates, with how far off they are. `whole`, for a word that begins
    others, leaves those whose whole title four letters or more stand for."""
    word = "".join(parts(text))
    found: dict[int, float] = {}
    if (4 if whole else 3) <= len(word) <= 12 and word.isascii() and not word.isdigit():
        # Letters beside digits are a name more often than beginnings.
        whole = whole or not word.isalpha()
        ways = [_by_initials(index, word, whole)]
        if not whole:
            ways += [_by_some_initials(index, word), _by_pieces(index, word)]
        for number, distance in chain.from_iterable(ways):
            found[number] = min(distance, found.get(number, distance))
    return found


def _by_initials(index: Index, word: str, whole: bool) -> Iterator[tuple[int, float]]:
    """By the first letters of the first words; little words may be left out."""
    low, high = index.initials.range(word)
    letters = index.initials.slice(low, min(high, low + _MOST))
    for initials, number in zip(letters, index.initialed[low:high], strict=False):
        if initials == word:
            yield number, _AMONG_OTHERS if whole else _WHOLE_TITLE
        elif not whole:
            yield number, _TITLE_BEGINS + 0.1 * len(initials)


def _by_some_initials(index: Index, word: str) -> Iterator[tuple[int, float]]:
    """By the first letters of some words, that of the first among them: whoever leaves words out leaves out
    "is", "via" and "using" too. The fewer are left out, the more it is meant."""
    if len(word) < _SOME_FROM:
        return
    known = index.initials
    low, high = known.range(word[0])
    first, *others = word.encode()
    # Each letter stands where it first occurs after the last one; nothing is tried again, or a line of few
    # different letters would take long.
    later = b"".join([b"[^\n%c]*+%c" % (letter, letter) for letter in others])
    line = re.compile(b"\n%c%b[^\n]*" % (first, later))
    for found in line.finditer(known.joined, known.starts[low] - 1, known.starts[high] - 1):
        left_out = len(found[0]) - 1 - len(word)
        if left_out <= _LEFT_OUT:
            number = index.initialed[bisect_right(known.starts, found.start() + 1) - 1]
            yield number, _SOME_WORDS + _EACH_LEFT_OUT * left_out


def _by_pieces(index: Index, word: str) -> Iterator[tuple[int, float]]:
    """By beginnings of two letters and more, of words in this order: "grte" for graph … text. The fewer such
    words could be taken from a title, the more it is meant."""
    words, titles, universe = index.words, index.titles, index.universe
    for pieces in _cuts(word):
        found = universe.all
        for piece in pieces:
            found &= titles.prefix(piece, *words.range(piece))
            if not found:
                break
        for number in islice(universe.iter(found), _MOST) if found else ():
            title = parts(title_of(index.paper(number)))
            places = _places(title, pieces)
            if places:
                little = sum([len(title[place]) <= 3 for place in places])
                long = max(len(places), sum([len(known) > 3 for known in title]))
                ways = math.log(math.comb(long, len(places)))
                between = places[-1] - places[0] - len(places) + 1
                yield number, _PIECES + _WAYS * ways + _BETWEEN * between + _LITTLE * little


def _places(title: Sequence[str], pieces: Sequence[str]) -> list[int]:
    """Where words that begin with `pieces` stand in `title`, in this order; nothing when one is missing."""
    found: list[int] = []
    at = 0
    for piece in pieces:
        while at < len(title) and not title[at].startswith(piece):
            at += 1
        if at == len(title):
            return []
        found.append(at)
        at += 1
    return found


def _cuts(word: str) -> Iterator[list[str]]:
    """`word` in pieces of two letters and more: in twos first, then in two pieces."""
    if len(word) % 2 == 0 and len(word) >= 4:
        yield [word[at : at + 2] for at in range(0, len(word), 2)]
    for cut in range(2, len(word) - 1):
        if len(word) != 4:
            yield [word[:cut], word[cut:]]
