"""A short list to choose from by number."""

from collections.abc import Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import OptionList, Static

from paperbrowse.ui.screens.dialog import Dialog
from paperbrowse.ui.widgets.hint_line import Hint, HintLine
from paperbrowse.ui.widgets.options import Options


class Numbered(Dialog[int | None]):
    """Closes with the number of what was chosen, from 1; Esc gives None."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q", "dismiss(None)", "Cancel"),
        Binding("j", "app.simulate_key('down')", "Down", show=False),
        Binding("k", "app.simulate_key('up')", "Up", show=False),
        *(Binding(str(number), f"take({number})", str(number), show=False) for number in range(1, 10)),
    ]

    def __init__(self, title: str, lines: Sequence[str]) -> None:
        super().__init__()
        self._title, self._lines = title, lines

    def compose(self) -> ComposeResult:
        """The list, and how to choose from it."""
        with Vertical(classes="dialog"):
            yield Static(self._title, markup=False, classes="dialog-title")
            numbered = enumerate(self._lines, 1)
            yield Options(
                *(Content.assemble((f"{number} ", "$dim"), line) for number, line in numbered),
                markup=False,
                compact=True,
            )
            yield HintLine(Hint("Enter", "choose"))

    @on(OptionList.OptionSelected)
    def _selected(self, event: OptionList.OptionSelected) -> None:
        self.dismiss(event.option_index + 1)

    def action_take(self, number: int) -> None:
        """Close with that number, if there is one."""
        if number <= len(self._lines):
            self.dismiss(number)
