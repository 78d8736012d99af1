"""What to do with a file that is there."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import Static

from paperbrowse.ui.screens.dialog import Dialog
from paperbrowse.ui.widgets.hint_line import Hint, HintLine

KEEP, REPLACE, ADD = "keep", "replace", "add"


class ExistingFile(Dialog[str]):
    """Closes with one of three words; Esc keeps the file."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("r,y", f"answer('{REPLACE}')", "Replace it"),
        Binding("a", f"answer('{ADD}')", "Add to it"),
        Binding("n,k,escape,q", f"answer('{KEEP}')", "Keep it"),
    ]

    def __init__(self, name: str, *, addable: bool) -> None:
        """With `addable` what the file lacks may be added to it."""
        super().__init__()
        self._name, self._addable = name, addable

    def compose(self) -> ComposeResult:
        """The question, and the keys that answer it, which can be clicked."""
        hints = [Hint("r", "replace it", "answer", (REPLACE,))]
        if self._addable:
            hints.append(Hint("a", "add what it lacks", "answer", (ADD,)))
        with Vertical(classes="dialog"):
            yield Static(f"{self._name} exists.", markup=False, classes="dialog-title")
            yield HintLine(*hints, close=Hint("Esc", "keep it", "answer", (KEEP,)), helps=False, lines=3)

    def action_answer(self, answer: str) -> None:
        """Close with the answer."""
        if answer != ADD or self._addable:
            self.dismiss(answer)
