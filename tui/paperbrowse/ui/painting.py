"""Lines of styled text in cells, for widgets that draw their own lines."""

from collections.abc import Iterable, Sequence

from rich.cells import cell_len, get_character_cell_size, set_cell_size
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

Span = tuple[int, int]


def cut(text: str, width: int) -> str:
    """`text` in at most `width` cells, ending in an ellipsis only where something is really cut."""
    if cell_len(text) <= width:
        return text
    return set_cell_size(text, width - 1).rstrip() + "…" if width > 0 else ""


def fit(text: str, width: int) -> str:
    """`text` cut or filled with blanks to exactly `width` cells."""
    return set_cell_size(cut(text, width), width)


def marked(text: str, base: Style, spans: Iterable[Span], mark: Style) -> list[Segment]:
    """`text` in `base`, the characters in `spans` in `mark` over it."""
    pieces = []
    position = 0
    for start, end in spans:
        if start >= len(text):
            break
        if start > position:
            pieces.append(Segment(text[position:start], base))
        pieces.append(Segment(text[start:end], base + mark))
        position = end
    if position < len(text):
        pieces.append(Segment(text[position:], base))
    return pieces


def strip_of(segments: Sequence[Segment], width: int, base: Style) -> Strip:
    """A line of exactly `width` cells."""
    return Strip(segments).adjust_cell_length(width, base)


def wrap(text: str, width: int, most: int) -> list[Span]:
    """Where to break `text` into at most `most` lines of `width` cells, at blanks where there are any.

    The last line takes the rest, which may be wider than `width`: it is for `cut` to shorten.
    """
    lines: list[Span] = []
    start = 0
    while len(lines) < most - 1 and start < len(text):
        end, blank, used = start, -1, 0
        while end < len(text):
            used += get_character_cell_size(text[end])
            if used > width:
                break
            if text[end] == " ":
                blank = end
            end += 1
        if end == len(text):
            break
        stop = blank if blank > start else max(end, start + 1)
        lines.append((start, stop))
        start = stop + 1 if text[stop : stop + 1] == " " else stop
    lines.append((start, len(text)))
    return lines


def within(spans: Iterable[Span], start: int, end: int) -> list[Span]:
    """The parts of `spans` that lie between `start` and `end`, counted from `start`."""
    return [(max(a, start) - start, min(b, end) - start) for a, b in spans if a < end and b > start]
