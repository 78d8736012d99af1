"""The filter: what is typed, how many papers it leaves, and what else narrows them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from rich.cells import cell_len
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, Static

from paperbrowse.describe import grouped
from paperbrowse.ui.paper_text import clickable
from paperbrowse.ui.view import Narrowing
from paperbrowse.ui.widgets.one_line import OneLine

_PLACEHOLDERS = (
    "filter: words in any order, typos forgiven",
    "filter: words in any order",
    "filter: words",
    "filter",
)
"""What an empty line says, as far as there is room."""
_PROMPT = "⟩ "
_GAP = 2
"""Cells between the query and the state."""
_STEP = 8
"""Cells by which the line grows with the query: not with every key, for all is laid out anew then."""


class FilterInput(OneLine):
    """One line of query; Enter and Down go to the papers with it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "done", "Papers", show=False),
        Binding("up", "recall(-1)", "Earlier query", show=False),
        Binding("down", "recall(1)", "Later query, or the papers", show=False),
        Binding("ctrl+s", "save", "Save the search", show=False),
        Binding("escape", "escape", "Clear", show=False),
    ]

    class Done(Message):
        """The query stands; on to the papers."""

    class Escaped(Message):
        """Esc was pressed in the filter."""

    @dataclass
    class Recalled(Message):
        """The query before (-1) or after (1) the one that stands here is wanted."""

        step: int

    class Save(Message):
        """The query is to be given a name."""

    def action_recall(self, step: int) -> None:
        """Ask for an earlier or a later query."""
        self.post_message(self.Recalled(step))

    def action_save(self) -> None:
        """Ask to save the query."""
        self.post_message(self.Save())

    def action_done(self) -> None:
        """Leave the filter, keeping it."""
        self.post_message(self.Done())

    def action_escape(self) -> None:
        """Clear the filter, or leave it when it is empty."""
        self.post_message(self.Escaped())


class FilterBar(Horizontal):
    """The line with the query."""

    @dataclass
    class Changed(Message):
        """Another query stands in the filter."""

        query_text: str

    _place: int | None = None
    _typed = ""
    _recalling = False
    _counts: tuple[int, int] | None = None
    """How many papers are shown, of how many, once there are any."""
    _narrowed: Sequence[Content] = ()
    _hint = ""
    _given = 0
    """Cells that the state has been given, 0 where it has its usual part of the line."""

    def compose(self) -> ComposeResult:
        """A prompt, the query, and the count with what narrows."""
        yield Static(_PROMPT, id="filter-prompt", markup=False)
        yield FilterInput(
            placeholder=_PLACEHOLDERS[0],
            id="filter",
            compact=True,
            select_on_focus=False,
        )
        yield Static(id="filter-state", markup=False)

    @property
    def input(self) -> FilterInput:
        """The line that is typed in."""
        return self.query_one(FilterInput)

    @on(Input.Changed)
    def _changed(self, event: Input.Changed) -> None:
        event.stop()
        if not self._recalling:
            self._place = None
        self._recalling = False
        self.post_message(self.Changed(event.value))

    def recall(self, history: Sequence[str], step: int) -> str | None:
        """Put an earlier or a later query in the line, or what was typed before recalling began.

        Returns the query, or None where there is no later one: the person is back where they typed.
        """
        if self._place is None:
            if step > 0 or not history:
                return None if step > 0 else self.input.value
            self._typed, self._place = self.input.value, len(history)
        self._place = max(0, self._place + step)
        if self._place >= len(history):
            query, self._place = self._typed, None
        else:
            query = history[self._place]
        self._recalling = True
        self.input.value = query
        self.input.cursor_position = len(query)
        return query

    def show_state(self, shown: int, total: int, narrowing: Narrowing, hint: str) -> None:
        """Say how many papers are shown and what narrows them besides the query, which a click takes back."""
        parts = (Content(f"{part.words} ×") for part in narrowing.parts)
        self._narrowed = [clickable(part, "drop_part", place) for place, part in enumerate(parts)]
        if narrowing.order_words:
            self._narrowed.append(Content(narrowing.order_words))
        self._counts, self._hint = (shown, total), hint
        self._draw()

    def on_resize(self) -> None:
        """What there is to say gets the room it needs."""
        self._draw()

    def _draw(self) -> None:
        """Where the line is short, the query gets what it needs and the state the rest."""
        room = self.size.width - cell_len(_PROMPT)
        usual = room * 2 // 5
        if self._counts:
            most = max(usual, room - _STEP * (cell_len(self.input.value) // _STEP + 1))
            self._draw_state(*self._counts, usual, most)
        self._shorten_placeholder(room - (self._given or usual))

    def _draw_state(self, shown: int, total: int, usual: int, most: int) -> None:
        """Of what there is to say without the hint as much as goes into `most` cells."""
        narrowed = [part.plain for part in self._narrowed]
        count, gap = f"{grouped(shown)} of {grouped(total)}", "   "
        needed = cell_len(gap.join([count, *narrowed])) + _GAP
        if narrowed and needed > most:
            count, gap = grouped(shown), "  "
            needed = cell_len(gap.join([count, *narrowed])) + _GAP
        self._give(min(needed, most) if needed > usual else 0)
        parts = [Content.styled(count, "$match" if shown else "$error")]
        parts += [part.stylize_before("$focus") for part in self._narrowed]
        if self._hint:
            parts.append(Content.styled(self._hint, "$dim"))
        self.query_one("#filter-state", Static).update(Content(gap).join(parts), layout=False)

    def _give(self, width: int) -> None:
        """Give the state so many cells, or with 0 its usual part."""
        if width != self._given:
            self._given = width
            self.query_one("#filter-state", Static).styles.width = width or None

    def _shorten_placeholder(self, width: int) -> None:
        fitting = (text for text in _PLACEHOLDERS if cell_len(text) < width)
        self.input.placeholder = next(fitting, _PLACEHOLDERS[-1])
