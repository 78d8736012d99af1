"""The abstract pane: one paper, whole."""

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content, Span
from textual.message import Message
from textual.style import Style
from textual.widgets import Static

from paperbrowse.describe import caveats, date_text, links
from paperbrowse.model import Bookmark, Paper
from paperbrowse.text.latex import to_terminal
from paperbrowse.ui.widgets.paper_list import Spans

DIM = "$dim"
MATCH = "bold $match"


class Detail(VerticalScroll, can_focus=True):
    """Title, byline, date and how it is known, links and abstract of the paper under the cursor."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("j", "scroll_down", "Down", show=False),
        Binding("k", "scroll_up", "Up", show=False),
        Binding("ctrl+d", "page_down", "Page down", show=False),
        Binding("ctrl+u", "page_up", "Page up", show=False),
        Binding("g", "scroll_home", "Top", show=False),
        Binding("G", "scroll_end", "Bottom", show=False),
        Binding("h,left", "leave", "Back", show=False),
    ]

    class Left(Message):
        """The person wants back to the papers."""

    def compose(self) -> ComposeResult:
        """One text that scrolls."""
        yield Static(id="detail-text", markup=False)

    def show_paper(self, paper: Paper | None, bookmark: Bookmark | None, spans: Spans, *, stay: bool) -> None:
        """Show `paper`, or that there is none; `stay` keeps the place in the text."""
        text = self.query_one("#detail-text", Static)
        text.update(paper_content(paper, bookmark, spans) if paper else Content(""))
        if not stay:
            self.scroll_home(animate=False, immediate=True)

    def show_message(self, message: Content) -> None:
        """Show words in the place of a paper."""
        self.query_one("#detail-text", Static).update(message)

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
    for name in paper.authors:
        content = _highlighted(name, spans(name, "author"))
        if name in paper.pages_of:
            content = content.stylize_before("$owner")
        names.append(_author_link(content, name))
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


def _kept(bookmark: Bookmark | None) -> Content | None:
    if bookmark is None:
        return None
    parts = [f"★ bookmarked {bookmark.added[:10]}"]
    if bookmark.status:
        parts.append({"to-read": "to read"}.get(bookmark.status, bookmark.status))
    parts += [f"#{tag}" for tag in bookmark.tags]
    lines = [Content.styled(" · ".join(parts), "$bookmark")]
    if bookmark.note:
        lines.append(Content(bookmark.note))
    return Content("\n").join(lines)
