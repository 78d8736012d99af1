"""Pages whose lines an editor or a terminal wrapped at some width, made whole again."""

from collections.abc import Sequence
from itertools import pairwise

_WIDEST = 200
"""Lines that may be longer are not wrapped."""
_FEWEST = 4


def unwrapped(lines: Sequence[str]) -> list[str]:
    """`lines`, where a page was wrapped, with each paragraph in its first line and nothing in the others.

    A line was wrapped if the first word of the next would not have fitted behind it. A page is taken to
    be wrapped if that holds for a third of the lines that have another right below. What it
    cannot tell: a paragraph whose last line happens to be full.
    """
    width = max(map(len, lines), default=0)
    pairs = [(one, two) for one, two in pairwise(lines) if one and two]
    if width > _WIDEST or len(pairs) < _FEWEST:
        return list(lines)
    wrapped = sum(_is_full(one, two, width) for one, two in pairs)
    if wrapped < _FEWEST or 3 * wrapped < len(pairs):
        return list(lines)
    result = list(lines)
    start = 0
    for number in range(1, len(lines)):
        if lines[number] and lines[number - 1] and _is_full(lines[number - 1], lines[number], width):
            result[start] += f" {lines[number]}"
            result[number] = ""
        else:
            start = number
    return result


def _is_full(line: str, below: str, width: int) -> bool:
    """Whether the first word `below` does not fit behind `line`."""
    return len(line) + 1 + len(below.partition(" ")[0]) > width
