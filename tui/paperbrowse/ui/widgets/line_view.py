"""A pane that draws its own lines and scrolls by itself.

Textual's scroll views lay the whole screen out anew whenever the number of their lines changes, that is with
every letter typed and every paper looked at. This one never does: it knows its first line, draws what is
below it, and a thin bar at the right edge.
"""

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

_WHEEL = 3
"""Lines that one step of the wheel scrolls by."""


class LineView(Widget, can_focus=True):
    """A subclass says how many lines there are and paints one."""

    top = 0
    """The first line in view."""
    _measures = (1, 0, 0, Style())
    """What is the same in every line of a frame: the text's width, how many lines there are and are in view,
    the ground."""

    def line_count(self) -> int:
        """How many lines there are."""
        raise NotImplementedError

    def paint_line(self, number: int, width: int) -> Strip:
        """Line `number`, exactly `width` cells wide."""
        raise NotImplementedError

    @property
    def ground(self) -> Style:
        """The pane's own style; unlike `rich_style` it is not worked out for every line."""
        return self.visual_style.rich_style

    @property
    def text_width(self) -> int:
        """Cells that a line has: one is the bar's."""
        return max(self.content_size.width - 1, 1)

    @property
    def height(self) -> int:
        """Lines in view."""
        return self.content_size.height

    def go_to(self, line: int) -> None:
        """Scroll until `line` is the first one, as far as there are lines."""
        top = max(0, min(line, self.line_count() - self.height))
        if top != self.top:
            self.top = top
            super().refresh()  # the lines are what they were, only elsewhere

    def refresh_line(self, number: int, count: int = 1) -> None:
        """Draw `count` lines from `number` again, if they are in view."""
        y = number - self.top
        if -count < y < self.height:
            self.refresh(Region(0, max(y, 0), self.content_size.width, count + min(y, 0)))

    def render_lines(self, crop: Region) -> list[Strip]:
        """Draw these lines of the screen, measured once for all."""
        self._measures = self.text_width, self.line_count(), self.height, self.ground
        return super().render_lines(crop)

    def render_line(self, y: int) -> Strip:
        """Draw one line of the screen: a line of ours and a piece of the bar."""
        number = self.top + y
        width, total, height, base = self._measures
        # A click asks for a line before what has changed is drawn: there may be fewer than were measured.
        there = number < min(total, self.line_count())
        strip = self.paint_line(number, width) if there else Strip.blank(width, base)
        return Strip.join([strip, self._bar(y, total, height, base)])

    def _bar(self, y: int, total: int, height: int, base: Style) -> Strip:
        if total <= height or height <= 0:
            return Strip.blank(1, base)
        length = max(1, height * height // total)
        start = self.top * (height - length) // max(total - height, 1)
        if start <= y < start + length:
            style = base + self.get_component_rich_style("line-view--bar", partial=True)
            return Strip([Segment("▐", style)], 1)
        return Strip.blank(1, base)

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Scroll by the wheel."""
        event.stop()
        self.go_to(self.top + _WHEEL)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """Scroll by the wheel."""
        event.stop()
        self.go_to(self.top - _WHEEL)

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """A press on the bar goes to that part."""
        offset = event.get_content_offset(self)
        if offset is not None and offset.x == self.content_size.width - 1:
            event.stop()
            self.go_to(offset.y * self.line_count() // max(self.height, 1))
