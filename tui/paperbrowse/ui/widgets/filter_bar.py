"""The filter: what is typed, how many papers it leaves, and what else narrows them."""

from dataclasses import dataclass
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, Static


class FilterInput(Input):
    """One line of query; Enter and Down go to the papers with it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,down", "done", "Papers", show=False),
        Binding("escape", "escape", "Clear", show=False),
    ]

    class Done(Message):
        """The query stands; on to the papers."""

    class Escaped(Message):
        """Esc was pressed in the filter."""

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
        self.post_message(self.Changed(event.value))

    def show_state(self, shown: int, total: int, narrowed: list[str], hint: str) -> None:
        """Say how many papers are shown and what narrows them besides the query."""
        count = f"{shown:,} of {total:,}".replace(",", " ")
        parts = [Content.styled(count, "$match" if shown else "$error")]
        parts += [Content.styled(part, "$focus") for part in narrowed]
        if hint:
            parts.append(Content.styled(hint, "$dim"))
        self.query_one("#filter-state", Static).update(Content("   ").join(parts), layout=False)
