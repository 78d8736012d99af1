"""The authors pane: "All", the pages' owners, then everyone, and the line to find a name in it."""

from bisect import bisect_left
from collections.abc import Callable, Collection, Mapping, Sequence
from types import MappingProxyType
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual.binding import Binding, BindingType
from textual.geometry import clamp
from textual.message import Message
from textual.strip import Strip

from paperbrowse.describe import grouped
from paperbrowse.model import Author
from paperbrowse.people.orders import AuthorOrder, Ordering
from paperbrowse.search import Found
from paperbrowse.ui.painting import fit, strip_of
from paperbrowse.ui.widgets.filter_bar import FilterInput
from paperbrowse.ui.widgets.row_list import RowList

OWNER, MIXED, JOINED = "●", "◐", "="
"""Marks: has a page; the page may be of two people; goes by several names that were joined."""
_ALL = {
    AuthorOrder.PAPERS: "All authors",
    AuthorOrder.NAME: "All, by name",
    AuthorOrder.LATEST: "All, latest first",
}


class AuthorFilter(FilterInput):
    """A line over the first row of the list, where the beginnings of a name are typed."""

    DEFAULT_CSS = """
    AuthorFilter {
        position: absolute;
        layer: typing;
        height: 1;
        padding: 0;
        display: none;
        background: $background;
    }
    AuthorFilter:focus {
        background: $background;
        background-tint: $background 0%;
    }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "recall(1)", "Into the list", show=False),
        Binding("up", "recall(-1)", "Stay", show=False),
    ]

    class Taken(Message):
        """Enter: the first of the names that are left is the one."""

    class IntoList(Message):
        """Down: on into the list."""

    class Dropped(Message):
        """Esc: nothing is to be found any more."""

    class Deserted(Message):
        """The focus went elsewhere."""

    def on_blur(self) -> None:
        """Tell that the person is elsewhere, unless only the terminal lost the focus."""
        if self.app.app_focus:
            self.post_message(self.Deserted())

    def action_recall(self, step: int) -> None:
        """Into the list; there are no earlier names to recall."""
        if step > 0:
            self.post_message(self.IntoList())

    def action_save(self) -> None:
        """There is nothing to save."""

    def action_done(self) -> None:
        """Take the first name."""
        self.post_message(self.Taken())

    def action_escape(self) -> None:
        """Give up."""
        self.post_message(self.Dropped())


_MOST_DRAWN = 1000
"""Rows whose numbers are remembered."""


class AuthorRows:
    """Which authors stand in the list, and in what order: places in the library's sequence of them."""

    def __init__(self, count: int, order: Ordering | None = None, found: Sequence[int] | None = None) -> None:
        """Of `count` authors those in `found`, which ascends, or all, in `order` or as they are."""
        self._order = order
        self._all = found is None
        self._places: Sequence[int] = range(count) if found is None else found
        if order is not None:
            self._places = order.places if found is None else sorted(found, key=order.ranks.__getitem__)

    def __len__(self) -> int:
        return len(self._places)

    def place(self, row: int) -> int:
        """The author's place that stands in that row."""
        return self._places[row]

    def row(self, place: int) -> int | None:
        """The row of the author of that place."""
        if self._order is None:
            row = bisect_left(self._places, place)
            return row if row < len(self._places) and self._places[row] == place else None
        if self._all:
            return self._order.ranks[place]
        return self._places.index(place) if place in self._places else None


class AuthorList(RowList):
    """Row 0 is "All authors"; row n is the n-th author. Counts are of the papers that are shown."""

    authors: Sequence[Author] = ()
    place_of: Callable[[str], int | None] = staticmethod(lambda _: None)
    """Where in `authors` stands who goes by that name."""
    rows = AuthorRows(0)
    order = AuthorOrder.PAPERS
    typed = ""
    """What the names are narrowed to."""
    typing = False
    """Whether the line for it lies over the first row."""
    waiting = False
    """Whether the names cannot be looked through yet."""
    _drawn: dict[int, tuple[Author | None, int]]
    """By row, whose papers were counted there last, and how many there were."""
    shown: Collection[int] | None = None
    """The rows that the filter leaves, None when it leaves all."""
    total = 0
    mixed: Mapping[str, Collection[int]] = MappingProxyType({})
    """Owners whose pages may be of two people, with the rows that are not the first one's."""
    joined: Callable[[str], bool] = staticmethod(lambda _: False)
    """Whether an author goes by several names."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._drawn = {}

    def show_authors(
        self,
        authors: Sequence[Author],
        total: int,
        place_of: Callable[[str], int | None],
        cursor: int = 0,
    ) -> None:
        """Take the authors of a library of `total` papers, all of them in the library's order."""
        self.authors, self.place_of = authors, place_of
        self.total = total
        self.order, self.typed = AuthorOrder.PAPERS, ""
        self.show_narrowed(AuthorRows(len(authors)), cursor)

    def show_narrowed(self, rows: AuthorRows, cursor: int) -> None:
        """Show these of the authors."""
        self.rows = rows
        self.show_rows(len(rows) + 1, cursor)

    def show_counts(self, shown: Collection[int] | None) -> None:
        """Count only papers in `shown` from now on, all when it is None."""
        self.shown = shown
        seen = range(self.top, min(self.top + self.height, self.count))
        stale = {row for row in seen if row not in self._painted or self._counts_otherwise(row)}
        if 2 * len(stale) > len(seen):
            self.refresh()
            return
        # Few queries leave papers of those with the most of them, and nought stays nought.
        self._painted = {row: self._painted[row] for row in seen if row not in stale}
        for row in stale:
            self.refresh_line(row)

    def _counts_otherwise(self, row: int) -> bool:
        """Whether the number that was drawn in that row does not hold."""
        drawn = self._drawn.get(row)
        return drawn is None or drawn[1] != self._number(drawn[0])

    def author(self, index: int) -> Author | None:
        """The author in that row; None in the first, which stands for all."""
        return self.authors[self.rows.place(index - 1)] if 0 < index <= len(self.rows) else None

    def row_of(self, name: str) -> int | None:
        """The row of the author who goes by that name, if it stands in the list."""
        place = self.place_of(name)
        row = None if place is None else self.rows.row(place)
        return None if row is None else row + 1

    @property
    def position(self) -> str:
        """Where the cursor is, in words."""
        number = len(self.rows)
        what = "author" if number == 1 else "authors"
        count = f"{grouped(number)} {what}"
        return f"{grouped(clamp(self.cursor, 0, number))} of {count}" if self.cursor else count

    def _number(self, author: Author | None) -> int:
        if self.shown is None:
            return self.total if author is None else len(author.rows)
        if author is None:
            return len(self.shown)
        shown = self.shown
        if isinstance(shown, Found):
            return shown.count(author.rows)
        return sum(row in shown for row in author.rows)

    def paint(self, index: int, line: int, width: int, base: Style) -> Strip:  # noqa: ARG002
        """One author: the mark, the name, the number of papers."""
        if index == 0 and (self.typed or self.typing):
            return self._paint_typed(width, base)
        author = self.author(index)
        number = self._number(author)
        if len(self._drawn) > _MOST_DRAWN:
            self._drawn.clear()
        self._drawn[index] = author, number
        text = base if number else base + self.overlay("row--dim")
        digits = grouped(number)
        name = author.name if author else _ALL[self.order]
        room = max(width - 2 - len(digits) - 2, 1)
        mark = self._mark(author)
        # A blank has no colour to show where it is drawn reversed.
        segments = [
            Segment(f"{mark} ", base if mark == " " else base + self.overlay("row--owner")),
            Segment(fit(name, room), text),
            Segment(f" {digits} ", base + self.overlay("row--dim")),
        ]
        return strip_of(segments, width, base)

    def _mark(self, author: Author | None) -> str:
        if author is None:
            return " "
        if author.page_owner:
            return MIXED if author.name in self.mixed else OWNER
        return JOINED if self.joined(author.name) else " "

    def _paint_typed(self, width: int, base: Style) -> Strip:
        """What was typed, and how many names it leaves."""
        digits = "…" if self.waiting else grouped(len(self.rows))
        room = max(width - 2 - len(digits) - 2, 1)
        segments = [
            Segment("⟩ ", base + self.overlay("row--match")),
            Segment(fit("" if self.typing else self.typed, room), base),
            Segment(f" {digits} ", base + self.overlay("row--dim")),
        ]
        return strip_of(segments, width, base)
