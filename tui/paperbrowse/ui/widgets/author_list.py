"""The authors pane: "All", the pages' owners, then everyone."""

from collections.abc import Collection, Sequence

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from paperbrowse.library import Author
from paperbrowse.search import Found
from paperbrowse.ui.painting import fit, strip_of
from paperbrowse.ui.widgets.row_list import RowList


class AuthorList(RowList):
    """Row 0 is "All authors"; row n is the n-th author. Counts are of the papers that are shown."""

    authors: Sequence[Author] = ()
    shown: Collection[int] | None = None
    """The rows that the filter leaves, None when it leaves all."""
    total = 0

    def show_authors(self, authors: Sequence[Author], total: int, cursor: int = 0) -> None:
        """Take the authors of a library of `total` papers."""
        self.authors = authors
        self.total = total
        self.show_rows(len(authors) + 1, cursor)

    def show_counts(self, shown: Collection[int] | None) -> None:
        """Count only papers in `shown` from now on, all when it is None."""
        self.shown = shown
        self.refresh()

    def author(self, index: int) -> Author | None:
        """The author in that row; None in the first, which stands for all."""
        return self.authors[index - 1] if 0 < index <= len(self.authors) else None

    def row_of(self, name: str) -> int | None:
        """The row of the author of that name."""
        return next((row for row, author in enumerate(self.authors, 1) if author.name == name), None)

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
        """One author: the owner's mark, the name, the number of papers."""
        author = self.author(index)
        number = self._number(author)
        text = base if number else base + self.overlay("row--dim")
        digits = f"{number:,}".replace(",", " ")
        name = author.name if author else "All authors"
        mark = "● " if author and author.page_owner else "  "
        room = max(width - 2 - len(digits) - 2, 1)
        segments = [
            Segment(mark, base + self.overlay("row--owner")),
            Segment(fit(name, room), text),
            Segment(f" {digits} ", base + self.overlay("row--dim")),
        ]
        return strip_of(segments, width, base)
