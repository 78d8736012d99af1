"""The abstract pane: one paper, whole."""

from collections.abc import Sequence
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content, Span
from textual.message import Message
from textual.selection import Selection
from textual.strip import Strip
from textual.style import Style
from textual.visual import Visual

from paperbrowse.describe import caveats, date_text, links
from paperbrowse.model import Bookmark, Paper
from paperbrowse.text.latex import to_terminal
from paperbrowse.ui.widgets.line_view import LineView
from paperbrowse.ui.widgets.paper_list import Spans

DIM = "$dim"
_MOST_NAMES = 200
"""Names of a byline that are drawn; a collaboration of thousands is not read name by name."""
MATCH = "bold $match"


class Detail(LineView):
    """Title, byline, date and how it is known, links and abstract of the paper under the cursor.

    It draws its own lines: to show another paper costs no layout of the screen.
    """

    COMPONENT_CLASSES: ClassVar[set[str]] = {"line-view--bar"}

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down,j", "scroll_lines(1)", "Down", show=False, id="line-down"),
        Binding("up,k", "scroll_lines(-1)", "Up", show=False, id="line-up"),
        Binding("pagedown,ctrl+d", "scroll_pages(1)", "Page down", show=False, id="page-down"),
        Binding("pageup,ctrl+u", "scroll_pages(-1)", "Page up", show=False, id="page-up"),
        Binding("home,g", "scroll_top", "Top", show=False, id="first"),
        Binding("end,G", "scroll_bottom", "Bottom", show=False, id="last"),
        Binding("h,left", "leave", "Back", show=False, id="go-out"),
    ]

    class Left(Message):
        """The person wants back to the papers."""

    _content = Content("")
    _strips: Sequence[Strip] = ()
    _drawn_for: tuple[object, ...] | None = None

    @property
    def text(self) -> str:
        """What is shown, without its styles."""
        return self._content.plain

    def show(self, content: Content) -> None:
        """Show a text from its beginning."""
        self._content = content
        self._drawn_for = None
        self.top = 0
        self.refresh()

    def line_count(self) -> int:
        """The lines of the text, wrapped for the width and in the colours there are now."""
        wanted = (self.text_width, self.visual_style, self.text_selection)
        if wanted != self._drawn_for:
            self._drawn_for = wanted
            self._strips = Visual.to_strips(self, self._content, self.text_width, None, self.visual_style)
        return len(self._strips)

    def paint_line(self, number: int, width: int) -> Strip:
        """One line of the text."""
        return self._strips[number].adjust_cell_length(width, self.ground)

    def on_resize(self) -> None:
        """What is in view changes with the height."""
        self.go_to(self.top)

    def notify_style_update(self) -> None:
        """Another theme, other colours."""
        super().notify_style_update()
        self._drawn_for = None

    def selection_updated(self, selection: Selection | None) -> None:  # noqa: ARG002
        """Draw what the mouse selected."""
        self.refresh()

    def get_selection(self, selection: Selection) -> tuple[str, str] | None:
        """The selected text."""
        return selection.extract(self._content.plain), "\n"

    def action_scroll_lines(self, lines: int) -> None:
        """Scroll by lines."""
        self.go_to(self.top + lines)

    def action_scroll_pages(self, pages: int) -> None:
        """Scroll by what is in view."""
        self.go_to(self.top + pages * max(self.height - 1, 1))

    def action_scroll_top(self) -> None:
        """Go to the beginning."""
        self.go_to(0)

    def action_scroll_bottom(self) -> None:
        """Go to the end."""
        self.go_to(self.line_count())

    def action_leave(self) -> None:
        """Go back to the papers."""
        self.post_message(self.Left())


def paper_content(paper: Paper, bookmark: Bookmark | None, spans: Spans) -> Content:
    """A paper as it stands in the detail pane, what matched highlighted."""
    title = to_terminal(paper.title)
    blocks = [
        _highlighted(title, spans(title, "title"), "bold italic" if paper.title_from == "derived" else "bold")
    ]
    names = _byline(paper, spans)
    if names:
        blocks.append(names)
    blocks.append(_facts(paper, spans))
    kept = _kept(bookmark)
    if kept:
        blocks.append(kept)
    if paper.abstract:
        abstract = to_terminal(paper.abstract)
        blocks.append(_highlighted(abstract, spans(abstract, "abstract")))
    addresses = links(paper)
    if addresses:
        numbered = (Content.assemble((f"{n} ", DIM), Content(url)) for n, url in enumerate(addresses, 1))
        blocks.append(Content("\n").join(numbered))
    notes = caveats(paper)
    if notes:
        blocks.append(Content("\n").join(Content.styled(f"‹ {note}", DIM) for note in notes))
    return Content("\n\n").join(blocks)


def _highlighted(text: str, spans: Sequence[tuple[int, int]], style: str = "") -> Content:
    content = Content(text, spans=[Span(start, end, MATCH) for start, end in spans])
    return content.stylize_before(style) if style else content


def _byline(paper: Paper, spans: Spans) -> Content | None:
    names = []
    for name in paper.authors[:_MOST_NAMES]:
        content = _highlighted(name, spans(name, "author"))
        if name in paper.pages_of:
            content = content.stylize_before("$owner")
        names.append(_author_link(content, name))
    if len(paper.authors) > _MOST_NAMES:
        names.append(Content.styled(f"and {len(paper.authors) - _MOST_NAMES} more", DIM))
    if not paper.authors_complete and names:
        names.append(Content.styled("et al.", DIM))
    return Content.styled(" · ", DIM).join(names) if names else None


def _author_link(content: Content, name: str) -> Content:
    return content.stylize(Style.from_meta({"@click": ("screen.show_author", (name,))}))


def _facts(paper: Paper, spans: Spans) -> Content:
    venue = paper.venue or ""
    date = date_text(paper.date)
    inferred = "‹" if paper.year_from == "inferred" else ""
    parts = [
        _highlighted(date + inferred, spans(date, "year")),
        Content(paper.category or ""),
        _highlighted(venue, spans(venue, "venue")),
        Content(f"pp. {paper.pages}" if paper.pages else ""),
        Content(", ".join(paper.affiliations)),
        Content("code" if paper.has_code else ""),
        Content("" if paper.score is None else f"score {paper.score:g}"),
        Content(" and ".join(f"{owner}’s page" for owner in paper.pages_of)),
        Content(paper.key),
    ]
    return Content(" · ").join([part for part in parts if part.plain]).stylize_before(DIM)


def day_of(added: str) -> str:
    """The day of a bookmark's time stamp."""
    return added[:10]


def _kept(bookmark: Bookmark | None) -> Content | None:
    if bookmark is None:
        return None
    parts = [f"★ bookmarked {day_of(bookmark.added)}"]
    if bookmark.status:
        parts.append({"to-read": "to read"}.get(bookmark.status, bookmark.status))
    parts += [f"#{tag}" for tag in bookmark.tags]
    lines = [Content.styled(" · ".join(parts), "$bookmark")]
    if bookmark.note:
        lines.append(Content(bookmark.note))
    return Content("\n").join(lines)
