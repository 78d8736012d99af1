"""The authors pane as a list: its order, and finding a name in it."""

from collections.abc import Callable
from dataclasses import replace

from textual import on, work
from textual.events import Resize
from textual.widgets import Input

from paperbrowse.library import Library
from paperbrowse.ordering import Order
from paperbrowse.people.finder import NameFinder
from paperbrowse.people.orders import AuthorOrder, Ordering, by_latest, by_name
from paperbrowse.ui.rest import Dropped, Rest
from paperbrowse.ui.screens.narrowing import NarrowActions
from paperbrowse.ui.view import Narrowing
from paperbrowse.ui.widgets.author_list import AuthorFilter, AuthorRows
from paperbrowse.ui.widgets.row_list import RowList

_AT_ONCE = 300
"""Authors up to which their names are prepared between two keys; more are prepared beside."""
_ORDERS = {
    AuthorOrder.PAPERS: "number of papers",
    AuthorOrder.NAME: "family name",
    AuthorOrder.LATEST: "latest paper",
}


class NameActions(NarrowActions):
    """Sorting the authors, and typing the beginnings of a name."""

    _finder: NameFinder | None = None
    _order_of_authors: Ordering | None = None
    _then: Callable[[], None] | None = None
    """What is to be done with the first of the found names once they can be found."""

    def on_mount(self) -> None:
        """The line for typing lies over the list."""
        self.query_one("#body").styles.layers = "default typing"

    def show_authors(self, library: Library, chosen: str = "") -> None:
        """Take the authors of a library, the cursor on the one who goes by the name of `chosen`."""
        order, typed = self.authors.order, self.authors.typed
        self._finder = self._order_of_authors = None
        self.authors.joined = lambda name: library.joins.person(name) is not None
        self.authors.show_authors(library.authors, len(library.own), library.author_place)
        if chosen:
            self.authors.cursor = self.authors.row_of(chosen) or 0
        self.authors.typed = typed
        if typed:
            self._take_names(library)
        if order is not AuthorOrder.PAPERS:
            self._sort_authors(order)

    # The order.

    def action_next_order(self) -> None:
        """Sort by the next of the orders, the authors where one is among them, else the papers."""
        if self.pane != "authors":
            super().action_next_order()
            return
        orders = list(AuthorOrder)
        self._sort_authors(orders[(orders.index(self.authors.order) + 1) % len(orders)])

    def _sort_authors(self, order: AuthorOrder) -> None:
        library = self.library
        if library is None:
            return
        if order is AuthorOrder.PAPERS:
            self._take_order(order, None)
        elif len(library.authors) <= _AT_ONCE:
            self._take_order(order, _ordered(library, order))
        else:
            self.say(f"sorting the authors by {_ORDERS[order]} …")
            self._sort_beside(library, order)

    @work(thread=True, exclusive=True, group="people order")
    def _sort_beside(self, library: Library, order: AuthorOrder) -> None:
        try:
            ordering = _ordered(library, order, Rest())
        except Dropped:
            return
        self.app.call_from_thread(self._take_order, order, ordering)

    def _take_order(self, order: AuthorOrder, ordering: Ordering | None) -> None:
        if ordering is not None and self.library and len(ordering.places) != len(self.library.authors):
            return  # of a library that has been read anew since
        self.authors.order, self._order_of_authors = order, ordering
        self._narrow_authors()
        self.say(f"authors by {_ORDERS[order]}")

    def _narrow_authors(self, cursor: int | None = None) -> None:
        """Show the names that are found, in their order, the cursor on the author it was on."""
        library = self.library
        if library is None:
            return
        chosen = self.narrowing.authors[0].name if self.narrowing.authors else ""
        found = self._finder.find(self.authors.typed) if self.authors.typed and self._finder else None
        rows = AuthorRows(len(library.authors), self._order_of_authors, found)
        with self.prevent(RowList.Moved):
            self.authors.show_narrowed(rows, 0)
            row = self.authors.row_of(chosen) if chosen else 0
            self.authors.cursor = (row or 0) if cursor is None or found is None else min(cursor, len(rows))
        self.show_position()

    def show_position(self) -> None:
        """Say in words where the cursor is."""
        raise NotImplementedError

    # Finding a name.

    @property
    def author_filter(self) -> AuthorFilter:
        """The line over the list's first row."""
        return self.query_one(AuthorFilter)

    def action_find_author(self) -> None:
        """Go to the authors and type the beginnings of a name."""
        self.action_pane("authors")
        if self.library:
            self._take_names(self.library)
        self.authors.go_to(0)
        self.author_filter.value = self.authors.typed
        self.author_filter.display = self.authors.typing = True
        self._place_filter()
        self.call_after_refresh(self._place_filter)  # a pane that was hidden has its width only then
        self.set_focus(self.author_filter)

    def _take_names(self, library: Library) -> None:
        """Get ready to find names."""
        if self._finder is None:
            if len(library.authors) <= _AT_ONCE:
                self._take_finder(library, _finder(library))
            else:
                self.authors.waiting = True
                self._find_beside(library)

    @work(thread=True, exclusive=True, group="people names")
    def _find_beside(self, library: Library) -> None:
        try:
            finder = _finder(library, Rest())
        except Dropped:
            return
        self.app.call_from_thread(self._take_finder, library, finder)

    def _take_finder(self, library: Library, finder: NameFinder) -> None:
        if library is self.library:
            self._finder = finder
            self.authors.waiting = False
            if self.authors.typed:
                self._narrow_authors(1 if self.authors.typing else None)
            then, self._then = self._then, None
            if then:
                then()

    def _put_off(self, then: Callable[[], None]) -> bool:
        """Where what was typed is not looked for yet, do `then` when it is, unless more is typed."""
        if self._finder or not self.authors.typed.strip():
            return False
        self._then = then
        self.say(f"looking for “{self.authors.typed.strip()}” …")
        return True

    def _place_filter(self) -> None:
        """Put the line over the first row of the list, its sign and number left free."""
        left = 2
        self.author_filter.styles.offset = (left, 0)
        self.author_filter.styles.width = max(self.authors.text_width - left - 8, 4)

    @on(Input.Changed, "AuthorFilter")
    def _name_typed(self, event: Input.Changed) -> None:
        event.stop()
        if self.authors.typing:
            self._then = None
            self.authors.typed = event.value
            self._narrow_authors(1 if event.value.strip() else None)

    @on(AuthorFilter.Taken)
    def _name_taken(self) -> None:
        if self._put_off(self._name_taken):
            return
        author = self.authors.author(self.authors.cursor)
        if author is None:
            self.say("no author is called that" if self.authors.typed else "type the beginning of a name")
            return
        self._stop_typing()
        self.leave_trail()
        self.narrow_to(replace(self.narrowing, authors=(author,), like=None))
        self.action_pane("papers")

    @on(AuthorFilter.IntoList)
    def _into_list(self) -> None:
        if self._put_off(self._into_list):
            return
        self._stop_typing()
        self.action_pane("authors")
        self.authors.moved(self.authors.cursor)

    @on(AuthorFilter.Dropped)
    def _name_dropped(self) -> None:
        self._forget_name()
        self.action_pane("authors")

    @on(AuthorFilter.Deserted)
    def _typing_left(self) -> None:
        if self.focused is not self.author_filter:
            self._stop_typing()

    def on_resize(self, event: Resize) -> None:  # noqa: ARG002
        """The line is as wide as the list."""
        if self.authors.typing:
            self.call_after_refresh(self._place_filter)

    def _stop_typing(self) -> None:
        self._then = None
        self.author_filter.display = self.authors.typing = False
        self.authors.refresh()

    def _forget_name(self) -> None:
        self._stop_typing()
        self.authors.typed = ""
        self._narrow_authors()

    def narrow_to(self, narrowing: Narrowing, key: str = "") -> None:
        """Show what `narrowing` leaves; a list of names that its author is not in is shown whole again."""
        chosen = narrowing.authors[0].name if narrowing.authors else ""
        if self.authors.typed and chosen and self.authors.row_of(chosen) is None:
            self._forget_name()
        super().narrow_to(narrowing, key)

    def action_back_out(self) -> None:
        """Take back what narrows the list of names first, where one is in it."""
        if self.pane == "authors" and self.authors.typed:
            self._forget_name()
        else:
            super().action_back_out()


def _finder(library: Library, pause: Callable[[], None] = lambda: None) -> NameFinder:
    return NameFinder((" ".join(library.spellings_of(author)) for author in library.authors), pause)


def _ordered(library: Library, order: AuthorOrder, pause: Callable[[], None] = lambda: None) -> Ordering:
    if order is AuthorOrder.NAME:
        return by_name(library.authors, pause)
    return by_latest(library.authors, library.arranged(library.own, Order.YEAR), pause)
