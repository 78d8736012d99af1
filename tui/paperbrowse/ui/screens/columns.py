"""Which columns the papers pane has."""

from collections.abc import Callable, Collection
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import Static

from paperbrowse.settings import COLUMNS
from paperbrowse.ui.screens.dialog import Dialog
from paperbrowse.ui.widgets.hint_line import Hint, HintLine
from paperbrowse.ui.widgets.option_line import Option, OptionLine, SomeOf

ALWAYS = "title"


class ChooseColumns(Dialog[None]):
    """Shows every choice at once in the pane beneath, so that there is nothing to confirm."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,enter,q", "dismiss(None)", "Close")]

    def __init__(self, columns: Collection[str], show: Callable[[tuple[str, ...]], None]) -> None:
        """`show` is told the columns whenever others are chosen."""
        super().__init__()
        self._columns, self._show = columns, show

    def compose(self) -> ComposeResult:
        """The columns that may be left out, with a box each."""
        options = [Option(name, name) for name in COLUMNS if name != ALWAYS]
        with Vertical(classes="dialog"):
            yield Static("Columns beside the title", markup=False, classes="dialog-title")
            yield SomeOf(options, self._columns, id="columns")
            yield HintLine(Hint("← →", "move"), Hint("Space", "choose"))

    @on(OptionLine.Changed)
    def _chosen(self) -> None:
        chosen = self.query_one(SomeOf).values
        self._show(tuple(name for name in COLUMNS if name == ALWAYS or name in chosen))
