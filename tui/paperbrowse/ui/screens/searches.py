"""The searches that are kept, to choose from and to throw away."""

from collections.abc import Callable
from typing import ClassVar

from textual.binding import Binding, BindingType

from paperbrowse.searches import Searches
from paperbrowse.ui.screens.chooser import Choice, Chooser
from paperbrowse.ui.widgets.hint_line import Hint


class ChooseSearch(Chooser):
    """Closes with a query that was saved, or asked before."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+r", "remove", "Throw the search away", priority=True),
    ]
    HINTS = (*Chooser.HINTS, Hint("Ctrl-R", "remove", "remove"))

    def __init__(self, searches: Searches, write: Callable[[], None]) -> None:
        """`write` keeps what has changed."""
        self._searches, self._write = searches, write
        self._named = [Choice(query, name, query) for name, query in searches.saved.items()]
        asked = [Choice(query, query) for query in reversed(searches.history)]
        super().__init__("Searches", self._named + asked, "no searches yet; Ctrl-S in the filter saves one")

    def action_remove(self) -> None:
        """Keep the highlighted search no longer."""
        choice = self.highlighted
        if choice is None:
            return
        if choice in self._named:
            self._searches.forget(choice.label)
        else:
            self._searches.forget_asked(choice.value)
        self.take_out(choice)
        self._write()
