"""The papers pane."""

from collections.abc import Callable, Collection, Container, Sequence
from dataclasses import dataclass

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from paperbrowse.describe import short_byline
from paperbrowse.model import Paper
from paperbrowse.settings import DEFAULT_COLUMNS
from paperbrowse.text.latex import to_terminal
from paperbrowse.ui.painting import Span, cut, fit, marked, strip_of, within, wrap
from paperbrowse.ui.venues import told_venue
from paperbrowse.ui.widgets.row_list import RowList

Spans = Callable[[str, str], Sequence[Span]]
"""What in a displayed text matched: (text, field) -> offsets."""


def no_spans(_text: str, _field: str) -> Sequence[Span]:
    """Nothing matched, because nothing was asked."""
    return ()


@dataclass(frozen=True, slots=True)
class Columns:
    """Widths in cells of what stands in one line; 0 leaves a column out."""

    year: int
    title: int
    authors: int
    venue: int
    code: int
    category: int

    @classmethod
    def for_width(cls, width: int, wanted: Collection[str] = DEFAULT_COLUMNS) -> "Columns":
        """The columns of those `wanted` that fit `width`; the title always does."""
        year = _YEAR if "year" in wanted else 0
        room = width - _STAR - year
        roomy = room >= 44
        code = 3 if roomy and "code" in wanted else 0
        category = 4 if roomy and "category" in wanted else 0
        room -= code + category
        authors = min(26, room * 3 // 10) if room >= 52 and "authors" in wanted else 0
        venue = min(20, room * 2 // 10) if room >= 52 and "venue" in wanted else 0
        title = room - (authors + 2 if authors else 0) - (venue + 2 if venue else 0)
        return cls(year, max(title, 1), authors, venue, code, category)


_STAR = 2
"""The star of a bookmark and a mark."""
_YEAR = 6
"""Year, the mark of an inferred one, and a blank."""
_FIXED = _STAR + _YEAR


def fitting_byline(paper: Paper, width: int) -> str:
    """As many family names as fit `width` cells, and "et al." where there are more."""
    for most in range(min(len(paper.credited), width // 3 + 1), 0, -1):
        names = short_byline(paper, most)
        if cell_len(names) <= width:
            return names
    return cut(short_byline(paper, 1), width)


class PaperList(RowList):
    """The papers that are shown, one line each, or three where the window is narrow."""

    papers: Sequence[Paper] = ()
    rows: Sequence[int] = ()
    spans: Spans = staticmethod(no_spans)
    on_cursor: Callable[[], None] = staticmethod(lambda: None)
    """Called when the cursor stands on another paper.

    Not a message, which would arrive when this frame is painted and cost the abstract another one.
    """
    _columns: Collection[str] = DEFAULT_COLUMNS
    marked: Container[str] = ()
    """Keys of marked papers."""
    is_bookmarked: Callable[[Paper], bool] = staticmethod(lambda _paper: False)

    def moved(self, index: int) -> None:  # noqa: ARG002
        """Tell at once."""
        self.on_cursor()

    def show_papers(self, papers: Sequence[Paper], rows: Sequence[int], spans: Spans, cursor: int) -> None:
        """Show the `rows` of `papers`, highlighting what `spans` finds in them."""
        self.papers, self.rows, self.spans = papers, rows, spans
        self.show_rows(len(rows), cursor)

    def set_tall(self, tall: bool) -> None:
        """Three lines a paper, the title on two of them, or one."""
        height = 3 if tall else 1
        if height != self.row_height:
            self.row_height = height
            self.show_rows(self.count, self.cursor)

    def show_columns(self, columns: Collection[str]) -> None:
        """Tell these columns in every line, as far as there is room."""
        if columns != self._columns:
            self._columns = columns
            self.refresh()

    def paper(self, index: int) -> Paper | None:
        """The paper in that row of the list."""
        return self.papers[self.rows[index]] if 0 <= index < len(self.rows) else None

    @property
    def current(self) -> Paper | None:
        """The paper under the cursor."""
        return self.paper(self.cursor)

    def paint(self, index: int, line: int, width: int, base: Style) -> Strip:
        """One line of one paper."""
        paper = self.papers[self.rows[index]]
        if self.row_height == 1:
            return self._paint_line(paper, width, base)
        return self._paint_tall(paper, line, width, base)

    def _paint_line(self, paper: Paper, width: int, base: Style) -> Strip:
        columns = Columns.for_width(width, self._columns)
        segments = self._star(paper, base)
        if columns.year:
            segments += [*self._year(paper, base), Segment(" ", base)]
        title = cut(to_terminal(paper.title), columns.title)
        segments += self._marked(title, "title", base, self._title_style(paper, base))
        segments.append(Segment(" " * (columns.title - cell_len(title)), base))
        dim = base + self.overlay("row--dim")
        for cells, text, field in (
            (columns.authors, fitting_byline(paper, columns.authors), "author"),
            (columns.venue, told_venue(paper) if columns.venue else "", "venue"),
        ):
            if cells:
                part = cut(text, cells)
                segments.append(Segment("  ", base))
                segments += self._marked(part, field, base, dim)
                segments.append(Segment(" " * (cells - cell_len(part)), base))
        if columns.code:
            segments.append(Segment(" {}" if paper.has_code else "   ", dim))
        if columns.category:
            segments.append(Segment(" ", dim))
            segments += self._marked(fit(paper.category or "", 3), "venue", base, dim)
        return strip_of(segments, width, base)

    def _paint_tall(self, paper: Paper, line: int, width: int, base: Style) -> Strip:
        if line == 2:
            dim = base + self.overlay("row--dim")
            segments = [Segment("  ", base), *self._year(paper, base), Segment(" ", base)]
            code = " {}" if paper.has_code else ""
            names = fitting_byline(paper, max(width - _FIXED - len(code) - 3, 1))
            segments += self._marked(names, "author", base, dim)
            segments.append(Segment(f" {paper.category or ''}{code}", dim))
            return strip_of(segments, width, base)
        title = to_terminal(paper.title)
        room = max(width - 3, 1)
        lines = wrap(title, room, 2)
        segments = self._star(paper, base) if line == 0 else [Segment("  ", base)]
        if line < len(lines):
            start, end = lines[line]
            part = cut(title[start:end], room)
            spans = within(self.spans(title, "title"), start, end)
            segments += marked(part, self._title_style(paper, base), spans, self.overlay("row--match"))
        return strip_of(segments, width, base)

    def _marked(self, text: str, field: str, base: Style, style: Style) -> list[Segment]:
        spans = self.spans(text, field)
        return (
            marked(text, style, spans, base + self.overlay("row--match")) if spans else [Segment(text, style)]
        )

    def _star(self, paper: Paper, base: Style) -> list[Segment]:
        if self.is_bookmarked(paper):
            star = Segment("★", base + self.overlay("row--bookmark"))
        else:
            star = Segment(" ", base)
        if paper.key in self.marked:
            return [star, Segment("▪", base + self.overlay("row--owner"))]
        return [star, Segment(" ", base)]

    def _year(self, paper: Paper, base: Style) -> list[Segment]:
        dim = base + self.overlay("row--dim")
        year = str(paper.date.year or "")
        mark = "‹" if paper.year_from == "inferred" else " "
        return [*self._marked(f"{year:>4}", "year", base, dim), Segment(mark, dim)]

    def _title_style(self, paper: Paper, base: Style) -> Style:
        return base + self.overlay("row--supplied") if paper.title_from == "derived" else base
