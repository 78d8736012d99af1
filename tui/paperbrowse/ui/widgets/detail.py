"""The abstract pane: one paper, whole."""

from collections.abc import Callable, Sequence
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.geometry import Offset
from textual.message import Message
from textual.selection import Selection
from textual.strip import Strip
from textual.style import Style
from textual.visual import Visual

from paperbrowse.ui.paper_text import hit_of, hits
from paperbrowse.ui.widgets.line_view import LineView

_LOW = 14
"""Lines below which the pane is low: the abstract is then to come at once."""


class Detail(LineView):
    """Title, byline, date and how it is known, links and abstract of the paper under the cursor.

    It draws its own lines: to show another paper costs no layout of the screen.
    """

    COMPONENT_CLASSES: ClassVar[set[str]] = {"line-view--bar"}

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down,j", "scroll_lines(1)", "Down", show=False, id="line-down"),
        Binding("up,k", "scroll_lines(-1)", "Up", show=False, id="line-up"),
        Binding("pagedown,ctrl+d", "scroll_pages(1)", "Page down", show=False, id="page-down"),
        Binding("pageup,ctrl+u", "scroll_pages(-1)", "Page up", show=False, id="page-up"),
        Binding("home,g", "scroll_top", "Top", show=False, id="first"),
        Binding("end,G", "scroll_bottom", "Bottom", show=False, id="last"),
        Binding("h,left", "leave", "Back", show=False, id="go-out"),
    ]

    class Left(Message):
        """The person wants back to the papers."""

    _make: Callable[[bool], Content] = staticmethod(lambda _low: Content(""))
    _content = Content("")
    _low = False
    _hit: int | None = None
    _strips: Sequence[Strip] = ()
    _drawn_for: tuple[object, ...] | None = None

    @property
    def text(self) -> str:
        """What is shown, without its styles."""
        return self._content.plain

    def show(self, content: Content) -> None:
        """Show a text from its beginning."""
        self.show_made(lambda _low: content)

    def show_made(self, make: Callable[[bool], Content]) -> None:
        """Show from its beginning the text that `make` gives, told whether there are only a few lines."""
        self._make = make
        self._hit = None
        self._take(make(self._low))
        self.top = 0

    def _take(self, content: Content) -> None:
        self._content = content
        self._drawn_for = None
        self.refresh()

    @property
    def hit_count(self) -> int:
        """How many places of the abstract the query found."""
        return len(hits(self._content))

    def step_to_hit(self, step: int) -> int:
        """Go to the next hit (1) or the one before (-1), round the ends; returns its number, from 1, or 0."""
        places = hits(self._content)
        if not places:
            return 0
        if self._hit is None:
            self._hit = 0 if step > 0 else len(places) - 1
        else:
            self._hit = (self._hit + step) % len(places)
        self._drawn_for = None
        self.refresh()
        self.line_count()
        line = self._hit_line()
        if not self.top <= line < self.top + self.height:
            self.go_to(line - self.height // 3)
        return self._hit + 1

    def _hit_line(self) -> int:
        """The line of the hit that one has gone to, else the first in view."""
        lines = (
            number
            for number, strip in enumerate(self._strips)
            if any(hit_of(segment.style) == self._hit for segment in strip)
        )
        return self.top if self._hit is None else next(lines, self.top)

    @property
    def cursor_screen_offset(self) -> Offset:
        """Where on the screen one reads: the hit that one has gone to, else the first line in view."""
        y = self._hit_line() - self.top
        return self.content_region.offset + Offset(0, y if 0 <= y < self.height else 0)

    def line_count(self) -> int:
        """The lines of the text, wrapped for the width and in the colours there are now."""
        wanted = (self.text_width, self.visual_style, self.text_selection)
        if wanted != self._drawn_for:
            self._drawn_for = wanted
            content = self._content
            if self._hit is not None:
                content = content.stylize(Style(reverse=True), *hits(content)[self._hit])
            self._strips = Visual.to_strips(self, content, self.text_width, None, self.visual_style)
        return len(self._strips)

    def paint_line(self, number: int, width: int) -> Strip:
        """One line of the text."""
        return self._strips[number].adjust_cell_length(width, self.ground)

    def on_resize(self) -> None:
        """What is in view changes with the height."""
        low = self.height < _LOW
        if low != self._low:
            self._low = low
            self._take(self._make(low))
        self.go_to(self.top)

    def notify_style_update(self) -> None:
        """Another theme, other colours."""
        super().notify_style_update()
        self._drawn_for = None

    def selection_updated(self, selection: Selection | None) -> None:  # noqa: ARG002
        """Draw what the mouse selected."""
        self.refresh()

    def get_selection(self, selection: Selection) -> tuple[str, str] | None:
        """The selected text."""
        return selection.extract(self._content.plain), "\n"

    def action_scroll_lines(self, lines: int) -> None:
        """Scroll by lines."""
        self.go_to(self.top + lines)

    def action_scroll_pages(self, pages: int) -> None:
        """Scroll by what is in view."""
        self.go_to(self.top + pages * max(self.height - 1, 1))

    def action_scroll_top(self) -> None:
        """Go to the beginning."""
        self.go_to(0)

    def action_scroll_bottom(self) -> None:
        """Go to the end."""
        self.go_to(self.line_count())

    def action_leave(self) -> None:
        """Go back to the papers."""
        self.post_message(self.Left())
