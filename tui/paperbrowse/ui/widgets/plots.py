"""The papers that are shown, as bars: by year, by who wrote them, by category and by venue.

It stands in the place of the abstract. Every bar is a row that one can go to and enter.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Offset
from textual.message import Message
from textual.strip import Strip

from paperbrowse.tally import Bar, Tally
from paperbrowse.ui.painting import cut, fit, strip_of
from paperbrowse.ui.widgets.line_view import LineView

_SHADES = "█▓▒░"
"""What the parts of a bar are drawn with: told apart by their shade, not by a colour."""
_TWO_COLUMNS = 96
"""Cells from which there are two columns."""
_GAP = 4
_LONGEST_LABEL = 26
_CELL = 4
"""Cells of a number in the table of joint papers."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the plots: a bar, a row of the table, or words over them."""

    text: str = ""
    bar: Bar | None = None
    label: int = 0
    """Cells of the labels in this group of bars."""
    digits: int = 0
    highest: int = 0
    cells: Sequence[int] | None = None
    """In the table of joint papers: those with each of the others."""
    title: bool = False


class Plots(LineView):
    """Bars in groups, in one column or two, with a cursor that goes from bar to bar."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "line-view--bar",
        "plots--title",
        "plots--bar",
        "plots--dim",
        "plots--cursor",
        "plots--cursor-away",
    }

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down,j", "cursor(1)", "Down", show=False, id="line-down"),
        Binding("up,k", "cursor(-1)", "Up", show=False, id="line-up"),
        Binding("pagedown,ctrl+d", "page(1)", "Page down", show=False, id="page-down"),
        Binding("pageup,ctrl+u", "page(-1)", "Page up", show=False, id="page-up"),
        Binding("home,g", "to_end(-1)", "First", show=False, id="first"),
        Binding("end,G", "to_end(1)", "Last", show=False, id="last"),
        Binding("enter,l,right", "choose", "Narrow to it", show=False, id="go-in"),
        Binding("h,left", "leave", "Back", show=False, id="go-out"),
    ]

    @dataclass
    class Chosen(Message):
        """A bar was entered: the papers are to be narrowed to it."""

        bar: Bar

    class Left(Message):
        """The person wants back to the papers."""

    _tally: Tally | None = None
    _heading = ""
    _words = ""
    _people = ""
    _cursor = 0
    _columns: Sequence[Sequence[Line]] = ()
    _places: Sequence[tuple[int, int]] = ()
    """Column and line of every bar, in the order that the cursor takes."""
    _laid_out_for = 0

    def show_words(self, text: str) -> None:
        """Say what is going on, in the place of bars."""
        self._tally, self._words = None, text
        self._lay_out()

    def show_tally(self, tally: Tally, heading: str, people: str) -> None:
        """Draw a tally under a heading; `people` is what those are who are counted, such as "Co-authors"."""
        before = self.current
        self._tally, self._heading, self._people = tally, heading, people
        self._lay_out()
        if before and self.current != before:
            labels = [bar.label for bar in self._bars()]
            self._cursor = labels.index(before.label) if before.label in labels else 0
        self.go_to(self.top)

    @property
    def current(self) -> Bar | None:
        """The bar under the cursor."""
        bars = self._bars()
        return bars[self._cursor] if self._cursor < len(bars) else None

    @property
    def text(self) -> str:
        """All that is drawn, line by line."""
        width = self.text_width
        return "\n".join(self.paint_line(number, width).text.rstrip() for number in range(self.line_count()))

    def _bars(self) -> list[Bar]:
        lines = [self._columns[column][number] for column, number in self._places]
        return [line.bar for line in lines if line.bar]

    # Lines.

    def _lay_out(self) -> None:
        width = self.text_width
        self._laid_out_for = width
        tally = self._tally
        if tally is None:
            self._columns = [[Line(self._words)]]
        else:
            years = [*_year_lines(tally)]
            rest = [
                *_group(self._people, tally.people),
                *_group("Categories", tally.categories),
                *_group("Venues", tally.venues),
            ]
            table = _table(tally, self._column_width(width))
            head = [Line(self._heading), Line()]
            if width >= _TWO_COLUMNS:
                self._columns = [[*head, *years, *table], [Line(), Line(), *rest]]
            else:
                self._columns = [[*head, *years, *rest, *table]]
        self._places = [
            (column, number)
            for column, lines in enumerate(self._columns)
            for number, line in enumerate(lines)
            if line.bar
        ]
        self._cursor = min(self._cursor, max(len(self._places) - 1, 0))
        self.refresh()

    def _column_width(self, width: int) -> int:
        return (width - _GAP) // 2 if width >= _TWO_COLUMNS else width

    def line_count(self) -> int:
        """As many lines as the longer column has."""
        if self.text_width != self._laid_out_for:
            self._lay_out()
        return max(map(len, self._columns), default=0)

    def paint_line(self, number: int, width: int) -> Strip:
        """One line of every column."""
        base = self.ground
        each = self._column_width(width) if len(self._columns) > 1 else width
        strips = []
        for place, lines in enumerate(self._columns):
            line = lines[number] if number < len(lines) else Line()
            strips.append(self._paint(line, each, base, self._cursor_style((place, number))))
            strips.append(Strip([Segment(" " * _GAP, base)], _GAP))
        return Strip.join(strips[:-1]).adjust_cell_length(width, base)

    def _cursor_style(self, place: tuple[int, int]) -> Style:
        """What lies over the words of a bar that the cursor is on; the bar itself would not stand it."""
        if self._cursor < len(self._places) and self._places[self._cursor] == place:
            name = "plots--cursor" if self.has_focus else "plots--cursor-away"
            return self.get_component_rich_style(name, partial=True)
        return Style.null()

    def _paint(self, line: Line, width: int, base: Style, cursor: Style) -> Strip:
        dim = base + self.get_component_rich_style("plots--dim", partial=True)
        if line.bar is None:
            title = base + self.get_component_rich_style("plots--title", partial=True)
            return strip_of([Segment(cut(line.text, width), title if line.title else dim)], width, base)
        label = min(line.label, width // 2)
        begin = [
            Segment(f" {fit(line.bar.label, label)} ", (base if line.bar.number else dim) + cursor),
            Segment(f"{line.bar.number:>{line.digits}}", dim + cursor),
            Segment(" ", base),
        ]
        if line.cells is not None:
            table = "".join(f"{number or '·':>{_CELL}}" for number in line.cells)
            return strip_of([*begin, Segment(table, base)], width, base)
        room = width - label - line.digits - 4
        shade = base + self.get_component_rich_style("plots--bar", partial=True)
        return strip_of([*begin, Segment(drawn(line.bar, line.highest, room), shade)], width, base)

    # The cursor.

    def action_cursor(self, step: int) -> None:
        """Go to another bar."""
        if not self._places:
            self.go_to(self.top + step)
            return
        self._cursor = max(0, min(self._cursor + step, len(self._places) - 1))
        self._keep_in_view()
        self.refresh()

    def action_page(self, pages: int) -> None:
        """Go as many bars on as lines are in view."""
        self.action_cursor(pages * max(self.height - 1, 1))

    def action_to_end(self, step: int) -> None:
        """Go to the first or the last bar."""
        self.action_cursor(step * len(self._places))

    def action_choose(self) -> None:
        """Narrow the papers to those of the bar."""
        if self.current:
            self.post_message(self.Chosen(self.current))

    def action_leave(self) -> None:
        """Back to the papers."""
        self.post_message(self.Left())

    @property
    def cursor_screen_offset(self) -> Offset:
        """Where on the screen the bar under the cursor begins."""
        if self._cursor >= len(self._places):
            return self.content_region.offset
        column, line = self._places[self._cursor]
        x = column * (self._column_width(self.text_width) + _GAP)
        return self.content_region.offset + Offset(x, max(line - self.top, 0))

    def _keep_in_view(self) -> None:
        line = self._places[self._cursor][1]
        # What is over the first bar is not reached by the cursor.
        if self._cursor == 0:
            self.go_to(0)
        elif line < self.top:
            self.go_to(line - 1)
        elif line >= self.top + self.height:
            self.go_to(line - self.height + 1)

    def on_focus(self) -> None:
        """The bar under the cursor looks different with the focus."""
        self.refresh()

    def on_blur(self) -> None:
        """The bar under the cursor looks different without the focus."""
        self.refresh()

    def on_resize(self) -> None:
        """The bars are drawn for the width."""
        self._lay_out()
        self.go_to(self.top)

    def on_click(self, event: events.Click) -> None:
        """A click goes to a bar; a second one narrows to it."""
        offset = event.get_content_offset(self)
        if offset is None:
            return
        each = self._column_width(self.text_width) if len(self._columns) > 1 else self.text_width
        place = (int(offset.x >= each + _GAP), self.top + offset.y)
        if place in self._places:
            self._cursor = list(self._places).index(place)
            self.refresh()
            if event.chain == 2:
                self.action_choose()


def drawn(bar: Bar, highest: int, room: int) -> str:
    """A bar of at most `room` cells, its parts in shades; whatever is not nothing has a cell."""
    if not bar.number or bar.is_rest or room < 1:
        return ""
    length = max(1, round(bar.number * room / max(highest, 1)))
    parts = bar.parts if len(bar.parts) > 1 else (bar.number,)
    ends, passed = [], 0
    for number in parts:
        passed += number
        ends.append(round(passed * length / bar.number))
    starts = [0, *ends[:-1]]
    return "".join(shade * (end - start) for shade, start, end in zip(_SHADES, starts, ends, strict=False))


def _year_lines(tally: Tally) -> Sequence[Line]:
    lines = _group("Papers per year", tally.years)
    if lines and tally.kinds:
        shades = [*_SHADES[: len(tally.kinds) - 1], _SHADES[len(tally.kinds) - 1]]
        legend = "   ".join(f"{shade} {kind}" for shade, kind in zip(shades, tally.kinds, strict=True))
        lines.insert(1, Line(f" {legend}"))
    return lines


def _group(title: str, bars: Sequence[Bar]) -> list[Line]:
    if not bars:
        return []
    label = min(max(cell_len(bar.label) for bar in bars), _LONGEST_LABEL)
    digits = max(len(str(bar.number)) for bar in bars)
    highest = max((bar.number for bar in bars if not bar.is_rest), default=0)
    lines = [Line(bar=bar, label=label, digits=digits, highest=highest) for bar in bars]
    return [Line(title, title=True), *lines, Line()]


def _table(tally: Tally, width: int) -> list[Line]:
    """Who of the people has papers with whom, as many of them as there is room for."""
    people = [
        Bar(f"{place:>2} {bar.label}", bar.number, author=bar.author)
        for place, bar in enumerate(tally.people, 1)
    ]
    if len(people) < 3:
        return []
    lines = _group("Papers of two of them", people)
    first = lines[1]
    label = min(first.label, width // 2)
    most = min(len(people), (width - label - first.digits - 3) // _CELL)
    if most < 3:
        return []
    header = " " * (label + first.digits + 3) + "".join(f"{place:>{_CELL}}" for place in range(1, most + 1))
    rows = []
    for place in range(most):
        cells = [0 if other == place else tally.joint[place][other] for other in range(most)]
        line = lines[1 + place]
        rows.append(Line(bar=line.bar, label=line.label, digits=line.digits, cells=cells))
    return [lines[0], Line(header), *rows]
