"""A list that draws only the lines on the screen, however long it is."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar, Self

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Offset, Region
from textual.message import Message
from textual.reactive import reactive
from textual.strip import Strip

from paperbrowse.ui.jump import labels
from paperbrowse.ui.widgets.line_view import LineView

_MOST_PAINTED = 400
"""Lines that are remembered as they were drawn: a few screens."""


class RowList(LineView):
    """Rows with a cursor. A subclass says how many lines a row has and paints one of them."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "line-view--bar",
        "row",
        "row--cursor",
        "row--cursor-away",
        "row--dim",
        "row--match",
        "row--bookmark",
        "row--owner",
        "row--supplied",
        "row--jump",
    }

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down,j", "cursor(1)", "Down", show=False, id="line-down"),
        Binding("up,k", "cursor(-1)", "Up", show=False, id="line-up"),
        Binding("pagedown,ctrl+d", "page(1)", "Page down", show=False, id="page-down"),
        Binding("pageup,ctrl+u", "page(-1)", "Page up", show=False, id="page-up"),
        Binding("home,g", "first", "First", show=False, id="first"),
        Binding("end,G", "last", "Last", show=False, id="last"),
        Binding("enter,l,right", "choose", "Choose", show=False, id="go-in"),
        Binding("h,left", "leave", "Back", show=False, id="go-out"),
    ]

    cursor: reactive[int] = reactive(0, repaint=False)
    count: reactive[int] = reactive(0, repaint=False)

    @dataclass
    class Moved(Message):
        """The cursor stands on another row, or the rows under it changed."""

        rows: "RowList"
        index: int

        @property
        def control(self) -> "RowList":
            """The list."""
            return self.rows

    def moved(self, index: int) -> None:
        """Tell that the cursor stands on another row."""
        self.post_message(self.Moved(self, index))

    @dataclass
    class Chosen(Message):
        """The row under the cursor was entered."""

        rows: "RowList"
        index: int

        @property
        def control(self) -> "RowList":
            """The list."""
            return self.rows

    @dataclass
    class Left(Message):
        """The person wants back to the pane before this one."""

        rows: "RowList"

        @property
        def control(self) -> "RowList":
            """The list."""
            return self.rows

    class JumpEnded(Message):
        """The rows have no labels any more."""

    row_height = 1
    _width = 0
    _labels: Mapping[int, str] = {}
    """By row, what is typed to jump to it; none but while one is about to jump."""
    _typed = ""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._painted: dict[int, Strip] = {}

    def paint(self, index: int, line: int, width: int, base: Style) -> Strip:
        """Line number `line` of row `index`, `width` cells wide, on the style `base`."""
        raise NotImplementedError

    def overlay(self, name: str) -> Style:
        """The style of a component class, to lay over a row's own."""
        return self.get_component_rich_style(name, partial=True)

    def line_count(self) -> int:
        """Every row has the same number of lines."""
        return self.count * self.row_height

    def show_rows(self, count: int, cursor: int) -> None:
        """Take `count` rows with the cursor on `cursor`, and draw."""
        self.count = count
        self._end_jump()
        target = max(0, min(cursor, count - 1))
        if target == self.cursor:
            self._keep_in_view()
        else:
            self.cursor = target
        self.refresh()

    def refresh(
        self, *regions: Region, repaint: bool = True, layout: bool = False, recompose: bool = False
    ) -> Self:
        """Draw again: what is asked for whole may look different in every line."""
        if repaint and not regions:
            self._painted.clear()
        return super().refresh(*regions, repaint=repaint, layout=layout, recompose=recompose)

    def watch_cursor(self, before: int, now: int) -> None:
        """Keep the cursor in view, redraw the two rows concerned and tell."""
        self._keep_in_view()
        for index in (before, now):
            self.refresh_line(index * self.row_height, self.row_height)
        if self.count:
            self.moved(now)

    def _keep_in_view(self) -> None:
        first = self.cursor * self.row_height
        if self.height <= 0:
            return
        if first < self.top:
            self.go_to(first)
        elif first + self.row_height > self.top + self.height:
            self.go_to(first + self.row_height - self.height)
        else:
            self.go_to(self.top)  # there may be fewer lines now

    @property
    def cursor_screen_offset(self) -> Offset:
        """Where on the screen the row under the cursor begins."""
        return self.content_region.offset + Offset(0, max(self.cursor * self.row_height - self.top, 0))

    def on_resize(self) -> None:
        """What is in view changes with the height."""
        self._keep_in_view()

    def label_rows(self) -> None:
        """Give every row in view a label; what is typed next jumps to the row whose label it is."""
        first = -(-self.top // self.row_height)
        last = min((self.top + self.height - 1) // self.row_height + 1, self.count)
        rows = range(first, last)
        self._labels, self._typed = dict(zip(rows, labels(len(rows)), strict=False)), ""
        self.refresh()

    def _end_jump(self) -> None:
        if self._labels:
            self._labels = {}
            self.refresh()
            self.post_message(self.JumpEnded())

    def on_key(self, event: events.Key) -> None:
        """While rows have labels every key is a letter of one, or ends it."""
        if not self._labels:
            return
        event.stop()
        event.prevent_default()
        self._typed += event.character or " "
        begun = [row for row, label in self._labels.items() if label.startswith(self._typed)]
        if begun and self._labels[begun[0]] != self._typed:
            self.refresh()
            return
        self._end_jump()
        if begun:
            self.cursor = begun[0]

    def on_focus(self) -> None:
        """The cursor's row looks different with the focus."""
        self._keep_in_view()
        self.refresh_line(self.cursor * self.row_height, self.row_height)

    def on_blur(self) -> None:
        """The cursor's row looks different without the focus."""
        self._end_jump()
        self.refresh_line(self.cursor * self.row_height, self.row_height)

    def paint_line(self, number: int, width: int) -> Strip:
        """Draw one line of a row, the cursor's on its own ground; the others as they were drawn before."""
        index, line = divmod(number, self.row_height)
        if width != self._width or len(self._painted) > _MOST_PAINTED:
            self._painted, self._width = {}, width
        if index != self.cursor and not self._labels:
            if number not in self._painted:
                self._painted[number] = self.paint(index, line, width, self.ground)
            return self._painted[number]
        return self._paint_apart(index, line, width)

    def _paint_apart(self, index: int, line: int, width: int) -> Strip:
        """A line under the cursor, or one with a label to jump to it by."""
        base = self.ground
        if index == self.cursor:
            base += self.overlay("row--cursor" if self.has_focus else "row--cursor-away")
        strip = self.paint(index, line, width, base)
        label = self._labels.get(index, "") if line == 0 else ""
        if label.startswith(self._typed) and label:
            shown = Segment(f"{label[len(self._typed) :]:<2}", base + self.overlay("row--jump"))
            strip = Strip.join([Strip([shown], 2), strip.crop(2)])
        return strip

    def on_click(self, event: events.Click) -> None:
        """A click puts the cursor on a row; a second one enters it."""
        offset = event.get_content_offset(self)
        if offset is None or offset.x >= self.text_width:
            return
        index = (self.top + offset.y) // self.row_height
        if 0 <= index < self.count:
            self.cursor = index
            if event.chain == 2:
                self.action_choose()

    def action_cursor(self, step: int) -> None:
        """Move the cursor by `step` rows."""
        self.cursor = self._bounded(self.cursor + step)

    def action_page(self, step: int) -> None:
        """Move the cursor by `step` screens."""
        page = max(1, self.height // self.row_height - 1)
        self.cursor = self._bounded(self.cursor + step * page)

    def action_first(self) -> None:
        """Go to the first row."""
        self.cursor = 0

    def action_last(self) -> None:
        """Go to the last row."""
        self.cursor = self._bounded(self.count - 1)

    def action_choose(self) -> None:
        """Enter the row under the cursor."""
        if self.count:
            self.post_message(self.Chosen(self, self.cursor))

    def action_leave(self) -> None:
        """Go back to the pane before."""
        self.post_message(self.Left(self))

    def _bounded(self, index: int) -> int:
        return max(0, min(index, self.count - 1))
