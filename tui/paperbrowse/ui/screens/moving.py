"""Moving between panes, and back and forward through where one has been."""

from dataclasses import dataclass

from textual.widget import Widget

from paperbrowse.ui.commands import PANES, Pane
from paperbrowse.ui.screens.parts import BrowserParts
from paperbrowse.ui.view import Narrowing
from paperbrowse.ui.widgets.filter_bar import FilterInput


@dataclass(frozen=True, slots=True)
class Place:
    """Where one has been: what was narrowed, and the paper under the cursor."""

    narrowing: Narrowing
    key: str


class MoveActions(BrowserParts):
    """The actions of the "Move" group."""

    _been: list[Place]
    _ahead: list[Place]

    def on_mount(self) -> None:
        """See to it that something has the focus whenever the window has."""
        self.watch(self.app, "app_focus", self._focus_again, init=False)

    def on_screen_resume(self) -> None:
        """What had the focus when the window lost it may be forgotten by the end of a dialog."""
        self._focus_again()

    def _focus_again(self) -> None:
        if self.focused is None and self.app.app_focus and self.is_current:
            self.action_pane(self.pane)

    def action_pane(self, pane: Pane) -> None:
        """Give the focus to a pane."""
        if pane != "detail":
            self.remove_class("zoomed")
        self.show_pane(pane)
        reading = self.plots if self.has_class("plotting") else self.detail
        self.set_focus({"authors": self.authors, "papers": self.papers, "detail": reading}[pane])

    def set_focus(
        self, widget: Widget | None, scroll_visible: bool = True, from_app_focus: bool = False
    ) -> None:
        """Give the focus to `widget`; it is never taken from all, or keys would go nowhere.

        Textual does that when a click comes before the panes are laid out for another size of the window, and
        when it hides what has the focus and finds nothing beside it.
        """
        focused = self.focused
        if widget is None and focused is not None and self.app.app_focus:
            if focused.focusable:
                return
            widget = next((pane for pane in (self.papers, self.detail, self.authors) if pane.focusable), None)
        super().set_focus(widget, scroll_visible, from_app_focus)

    def show_pane(self, pane: str) -> None:
        """Where the window has room for one pane only, show that one."""
        before = self.classes
        for name in PANES:
            self.set_class(name == pane, f"at-{name}", update=False)
        if self.classes != before:
            self.update_node_styles()  # once: the rules are gone through for every widget

    def action_next_pane(self) -> None:
        """Go to the next pane, from the filter to the papers."""
        in_filter = isinstance(self.focused, FilterInput)
        self.action_pane("papers" if in_filter else PANES[(PANES.index(self.pane) + 1) % len(PANES)])

    def action_previous_pane(self) -> None:
        """Go to the pane before."""
        in_filter = isinstance(self.focused, FilterInput)
        self.action_pane("authors" if in_filter else PANES[(PANES.index(self.pane) - 1) % len(PANES)])

    def action_zoom(self) -> None:
        """The abstract alone, or everything again."""
        if self.has_class("zoomed"):
            self.action_pane("papers")
        else:
            self.add_class("zoomed")
            self.action_pane("detail")

    @property
    def here(self) -> Place:
        """Where one is."""
        return Place(self.narrowing, self.current.key if self.current else "")

    def leave_trail(self) -> None:
        """Remember this place before going to another."""
        place = self.here
        if not self._been or self._been[-1] != place:
            self._been.append(place)
        self._ahead.clear()

    def action_back(self) -> None:
        """Go back to where one was."""
        self._go(self._been, self._ahead, "This is where you started.")

    def action_forward(self) -> None:
        """Go forward again."""
        self._go(self._ahead, self._been, "This is the latest place.")

    def _go(self, source: list[Place], target: list[Place], nowhere: str) -> None:
        if not source:
            self.say(nowhere)
            return
        target.append(self.here)
        place = source.pop()
        self.narrow_to(place.narrowing, key=place.key)

    def narrow_to(self, narrowing: Narrowing, key: str = "") -> None:
        """Show what `narrowing` leaves, with the cursor on the paper of that key."""
        raise NotImplementedError
