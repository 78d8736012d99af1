"""The first line: what was read, the years of what is shown, the number of bookmarks."""

from collections import Counter
from collections.abc import Mapping

from rich.cells import cell_len
from textual.content import Content
from textual.widgets import Static

_BARS = "▁▂▃▄▅▆▇█"


class Masthead(Static):
    """Name and size of the library on the left, a timeline and the bookmarks on the right."""

    def __init__(self) -> None:
        super().__init__(markup=False)
        self._library = ""
        self._years: Mapping[int, int] = {}
        self._bookmarks = 0
        self._unsaved = 0

    def show_library(self, text: str) -> None:
        """Say what was read, such as "110 papers · 5 pages"."""
        self._library = text
        self._draw()

    def show_years(self, years: Mapping[int, int]) -> None:
        """Draw how many papers each year has."""
        self._years = years
        self._draw()

    def show_bookmarks(self, number: int, unsaved: int) -> None:
        """Say how many bookmarks there are, and how many changes are not on disk yet."""
        if (number, unsaved) != (self._bookmarks, self._unsaved):
            self._bookmarks, self._unsaved = number, unsaved
            self._draw()

    def on_resize(self) -> None:
        """The parts are laid out for the width."""
        self._draw()

    def _draw(self) -> None:
        width = self.size.width
        name = Content.assemble(
            (" paperbrowse", "bold"), (f"  {self._library}" if self._library else "", "$dim")
        )
        marks = Content.styled(f"★ {self._bookmarks} ", "$bookmark")
        if self._unsaved:
            marks = Content.assemble((f"{self._unsaved} unsaved  ", "$error"), marks)
        room = width - cell_len(name.plain) - cell_len(marks.plain) - 4
        line = timeline(self._years, room)
        gap = width - cell_len(name.plain) - cell_len(line) - cell_len(marks.plain) - (2 if line else 0)
        blank = " " * max(gap, 1)
        line_part = (f"{line}  ", "$dim") if line else ""
        self.update(Content.assemble(name, blank, line_part, marks), layout=False)


def timeline(years: Mapping[int, int], width: int) -> str:
    """Years and their numbers as bars, "2018 ▁▂█ 2026", within `width` cells; empty where there is no room.

    A long span of years is drawn from its newest end.
    """
    known = Counter(years)
    if not known:
        return ""
    last = max(known)
    first = max(min(known), last - (width - 12))
    if width < 16 or last < first:
        return ""
    highest = max(known.values())
    bars = "".join(_bar(known[year], highest) for year in range(first, last + 1))
    return f"{first} {bars} {last}" if first < last else f"{first} {bars}"


def _bar(number: int, highest: int) -> str:
    return _BARS[(number * (len(_BARS) - 1) + highest - 1) // highest] if number else "·"
