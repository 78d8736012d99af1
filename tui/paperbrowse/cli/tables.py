"""Tables for people and for `cut`: fitted to a terminal, whole and tab-separated elsewhere."""

import sys
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from paperbrowse.cli.streams import terminal_width

_PADDED = 80
"""Cells to which a column is padded where nothing is cut; one long value must not widen every line."""


class Column(NamedTuple):
    """A column: its heading, whether it gives way when the terminal is narrow, and its side."""

    heading: str
    flexible: bool = False
    right: bool = False


def print_tsv(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Print a heading and rows with a tab between fields."""
    print("\t".join(columns))
    for row in rows:
        print("\t".join(row))


def print_table(columns: Sequence[Column], rows: Sequence[Sequence[str]]) -> None:
    """Print aligned columns, cut to the terminal's width when stdout is one.

    Elsewhere every text is whole, and what is longer than others are padded to pushes its line to the right.
    """
    headings = [column.heading for column in columns]
    widths = [max(map(_width, cells)) for cells in zip(headings, *rows, strict=True)]
    fitted = sys.stdout.isatty()
    if fitted:
        _fit(widths, columns, terminal_width())
    else:
        widths = [min(width, _PADDED) for width in widths]
    for row in (headings, *rows):
        cells = []
        for text, width, column in zip(row, widths, columns, strict=True):
            if fitted and _width(text) > width:
                from rich.cells import set_cell_size

                text = set_cell_size(text, max(width - 1, 0)).rstrip() + "…"
            blank = " " * (width - _width(text))
            cells.append(blank + text if column.right else text + blank)
        print("  ".join(cells).rstrip())


def _width(text: str) -> int:
    """The cells that `text` takes up."""
    if text.isascii():
        return len(text)
    from rich.cells import cell_len

    return cell_len(text)


def _fit(widths: list[int], columns: Sequence[Column], available: int) -> None:
    """Take from the flexible columns, the widest first, what the terminal does not have."""
    flexible = [index for index, column in enumerate(columns) if column.flexible]
    excess = sum(widths) + 2 * (len(widths) - 1) - available
    while excess > 0 and flexible:
        widest = max(flexible, key=lambda index: widths[index])
        if widths[widest] <= 8:
            return
        widths[widest] -= 1
        excess -= 1
