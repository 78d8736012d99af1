"""The filter: what is typed, how many papers it leaves, and what else narrows them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, Static

from paperbrowse.ui.widgets.one_line import OneLine


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

    def compose(self) -> ComposeResult:
        """A prompt, the query, and the count with what narrows."""
        yield Static("⟩ ", id="filter-prompt", markup=False)
        yield FilterInput(
            placeholder="filter: words in any order, typos forgiven",
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

    def show_state(self, shown: int, total: int, narrowed: list[str], hint: str) -> None:
        """Say how many papers are shown and what narrows them besides the query."""
        count = f"{shown:,} of {total:,}".replace(",", " ")
        parts = [Content.styled(count, "$match" if shown else "$error")]
        parts += [Content.styled(part, "$focus") for part in narrowed]
        if hint:
            parts.append(Content.styled(hint, "$dim"))
        self.query_one("#filter-state", Static).update(Content("   ").join(parts), layout=False)
