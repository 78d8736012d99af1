"""A line of options: one of several, or several of several, all of them in view."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import ClassVar

from rich.cells import cell_len
from textual import events
from textual.app import RenderResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.geometry import Offset, Size
from textual.message import Message
from textual.widget import Widget


@dataclass(frozen=True, slots=True)
class Option:
    """What can be chosen, and how it is told."""

    value: str
    text: str


class OptionLine(Widget, can_focus=True):
    """Options side by side, in as many lines as they need; the arrow keys go from one to the next.

    The letter that an option begins with goes to it, and so does a click.
    """

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "option--taken",
        "option--cursor",
        "option--unable",
    }
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "step(-1)", "Before", show=False),
        Binding("right", "step(1)", "Next", show=False),
        Binding("home", "edge(1)", "First", show=False),
        Binding("end", "edge(-1)", "Last", show=False),
    ]

    @dataclass
    class Changed(Message):
        """Something else is taken."""

        line: "OptionLine"

        @property
        def control(self) -> "OptionLine":
            """The line."""
            return self.line

    def __init__(self, options: Sequence[Option], *, unable: Collection[str] = (), id: str) -> None:  # noqa: A002
        """`unable` are values that cannot be taken now."""
        super().__init__(id=id)
        self.options = list(options)
        self.unable = set(unable)
        self.cursor = next(iter(self._able()), 0)

    def is_taken(self, value: str) -> bool:
        """Whether that option is taken."""
        raise NotImplementedError

    def mark(self, option: Option) -> str:
        """The option with its sign."""
        raise NotImplementedError

    def take(self, place: int) -> None:
        """Take the option at `place`, or let it go."""
        raise NotImplementedError

    def came_to(self, place: int) -> None:
        """The cursor stands at `place`."""

    def show_unable(self, values: Iterable[str]) -> None:
        """From now on these cannot be taken."""
        self.unable = set(values)
        able = self._able()
        if able and self.cursor not in able:
            self.cursor = able[0]
        self.disabled = not able
        self.refresh(layout=True)

    def _able(self) -> list[int]:
        return [place for place, option in enumerate(self.options) if option.value not in self.unable]

    def _packed(self, width: int) -> list[list[int]]:
        """The places of the options in each line of `width` cells."""
        lines: list[list[int]] = [[]]
        used = 0
        for place, option in enumerate(self.options):
            needed = cell_len(self.mark(option))
            if lines[-1] and used + needed > width:
                lines.append([])
                used = 0
            lines[-1].append(place)
            used += needed
        return lines

    @property
    def cursor_screen_offset(self) -> Offset:
        """Where on the screen the option under the cursor begins."""
        for y, places in enumerate(self._packed(self.content_size.width)):
            if self.cursor in places:
                before = places[: places.index(self.cursor)]
                x = sum(cell_len(self.mark(self.options[place])) for place in before)
                return self.content_region.offset + Offset(x, y)
        return self.content_region.offset

    def get_content_width(self, container: Size, viewport: Size) -> int:  # noqa: ARG002
        """As wide as all options side by side."""
        return sum(cell_len(self.mark(option)) for option in self.options)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002
        """As many lines as the options need."""
        return len(self._packed(width))

    def render(self) -> RenderResult:
        """The options with their signs."""
        lines = []
        for places in self._packed(self.content_size.width):
            parts = [Content.styled(self.mark(self.options[place]), self._style(place)) for place in places]
            lines.append(Content.assemble(*parts))
        return Content("\n").join(lines)

    def _style(self, place: int) -> str:
        value = self.options[place].value
        if self.disabled or value in self.unable:
            return "$dim"
        weight = "bold" if self.is_taken(value) else ""
        return f"{weight} reverse" if self.has_focus and place == self.cursor else weight

    def on_focus(self) -> None:
        """The cursor shows."""
        self.refresh()

    def on_blur(self) -> None:
        """The cursor hides."""
        self.refresh()

    def on_click(self, event: events.Click) -> None:
        """Take what was clicked."""
        offset = event.get_content_offset(self)
        lines = self._packed(self.content_size.width)
        if offset is None or not 0 <= offset.y < len(lines):
            return
        x = 0
        for place in lines[offset.y]:
            x += cell_len(self.mark(self.options[place]))
            if offset.x < x:
                if place in self._able():
                    self.cursor = place
                    self.take(place)
                return

    def on_key(self, event: events.Key) -> None:
        """A letter goes to the next option that begins with it; a space takes what the cursor is on."""
        if event.key == "space":
            self.take(self.cursor)
        elif event.character and event.character.isalnum():
            able = self._able()
            ahead = [place for place in able if place > self.cursor] + able
            letter = event.character.lower()
            found = next((place for place in ahead if self.options[place].text.startswith(letter)), None)
            if found is None:
                return
            self._go(found)
        else:
            return
        event.stop()
        event.prevent_default()

    def action_step(self, step: int) -> None:
        """Go to the option before or behind."""
        able = self._able()
        if able:
            at = able.index(self.cursor) if self.cursor in able else 0
            self._go(able[max(0, min(at + step, len(able) - 1))])

    def action_edge(self, end: int) -> None:
        """Go to the first or the last option."""
        if able := self._able():
            self._go(able[0 if end > 0 else -1])

    def _go(self, place: int) -> None:
        if place != self.cursor:
            self.cursor = place
            self.came_to(place)
            self.refresh()

    def changed(self) -> None:
        """Draw what is taken now, and tell."""
        self.refresh()
        self.post_message(self.Changed(self))


class OneOf(OptionLine):
    """One of several: what the cursor is on."""

    def __init__(
        self,
        options: Sequence[Option],
        value: str,
        *,
        unable: Collection[str] = (),
        id: str,  # noqa: A002
    ) -> None:
        super().__init__(options, unable=unable, id=id)
        self.choose(value)

    @property
    def value(self) -> str:
        """What is taken."""
        return self.options[self.cursor].value

    def choose(self, value: str) -> None:
        """Take `value` if that can be, without telling."""
        for place in self._able():
            if self.options[place].value == value:
                self.cursor = place
        self.refresh()

    def is_taken(self, value: str) -> bool:
        """Whether the cursor is on it."""
        return value == self.value and value not in self.unable

    def mark(self, option: Option) -> str:
        """The option, in brackets where it is taken."""
        return f"[{option.text}]" if self.is_taken(option.value) else f" {option.text} "

    def take(self, place: int) -> None:
        """Tell that the option at `place` is taken."""
        self.cursor = place
        self.changed()

    def came_to(self, place: int) -> None:
        """Where the cursor is, that is taken."""
        self.take(place)


class SomeOf(OptionLine):
    """Several of several: the space bar and a click take one or let it go."""

    def __init__(
        self,
        options: Sequence[Option],
        values: Iterable[str],
        *,
        unable: Collection[str] = (),
        id: str,  # noqa: A002
    ) -> None:
        super().__init__(options, unable=unable, id=id)
        self.values = set(values)

    def is_taken(self, value: str) -> bool:
        """Whether it is among them."""
        return value in self.values and value not in self.unable

    def mark(self, option: Option) -> str:
        """The option with a box; a dash where it makes no difference."""
        sign = "-" if option.value in self.unable else "x" if option.value in self.values else " "
        return f"[{sign}] {option.text}  "

    def take(self, place: int) -> None:
        """Take the option at `place`, or let it go."""
        if place in self._able():
            self.values ^= {self.options[place].value}
            self.changed()
