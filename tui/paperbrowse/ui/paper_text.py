"""A paper as the abstract pane prints it."""

from collections.abc import Sequence
from dataclasses import replace

from textual.content import Content, Span
from textual.style import Style

from paperbrowse.describe import (
    STATUS_WORDS,
    caveats,
    date_text,
    editors_line,
    editors_mark,
    links,
)
from paperbrowse.model import Bookmark, Paper
from paperbrowse.text.latex import to_terminal
from paperbrowse.ui.venues import told_venue
from paperbrowse.ui.widgets.paper_list import Spans

DIM = "$dim"
MATCH = "bold $match"
_MOST_NAMES = 200
"""Names of a byline that are drawn; a collaboration of thousands is not read name by name."""
_NAMES_WHERE_LOW = 5
"""The same over the abstract where there is little room; all of them stand below it."""
_MOST_EDITORS = 5
"""Editors of a paper's volume that are named."""
_HIT = "hit"
"""Which hit of the abstract a piece of text belongs to is kept in its style, through every wrapping."""


def paper_content(
    paper: Paper, bookmark: Bookmark | None, spans: Spans, *, low: bool = False, more: Content | None = None
) -> Content:
    """A paper with what matched highlighted, and `more` as its last line.

    Where the pane is `low` the abstract comes as soon as it can, what is longer than a line below it.
    """
    title = to_terminal(paper.title)
    head = [
        _highlighted(title, spans(title, "title"), "bold italic" if paper.title_from == "derived" else "bold")
    ]
    foot = []
    most = _NAMES_WHERE_LOW if low else _MOST_NAMES
    if names := _byline(paper, spans, most):
        head.append(names)
    if low:
        head.append(_joined([*_dated(paper, spans), Content(told_venue(paper)), Content(paper.key)]))
        everyone = _byline(paper, spans, _MOST_NAMES) if len(paper.credited) > most else None
        foot = [block for block in (everyone, _joined(_facts(paper, spans))) if block]
    else:
        head.append(_joined([*_dated(paper, spans), *_facts(paper, spans), Content(paper.key)]))
    if kept := _kept(bookmark):
        head.append(kept)
    blocks = [Content("\n").join(head)] if low else head
    if paper.abstract:
        abstract = to_terminal(paper.abstract)
        blocks.append(_with_hits(abstract, spans(abstract, "abstract")))
    blocks += foot
    if addresses := links(paper):
        blocks.append(Content("\n").join(_link(number, url) for number, url in enumerate(addresses, 1)))
    if notes := caveats(paper):
        blocks.append(Content("\n").join(Content.styled(f"‹ {note}", DIM) for note in notes))
    if more:
        blocks.append(more)
    return Content("\n\n").join(blocks)


def clickable(content: Content, action: str, *parameters: object) -> Content:
    """`content`, where a click runs an action of the browser's."""
    return content.stylize(Style.from_meta({"@click": (f"screen.{action}", parameters)}))


def hits(content: Content) -> list[tuple[int, int]]:
    """The places of `content` that are hits of the abstract, in their order."""
    return [(span.start, span.end) for span in content.spans if _is_hit(span.style)]


def hit_of(style: object) -> int | None:
    """The number of the hit that a piece of text in this style belongs to."""
    meta = getattr(style, "meta", None)
    number = meta.get(_HIT) if meta else None
    return number if isinstance(number, int) else None


def _is_hit(style: str | Style) -> bool:
    return isinstance(style, Style) and hit_of(style) is not None


def _with_hits(abstract: str, spans: Sequence[tuple[int, int]]) -> Content:
    content = _highlighted(abstract, spans)
    for number, (start, end) in enumerate(spans):
        content = content.stylize(Style.from_meta({_HIT: number}), start, end)
    return content


def _highlighted(text: str, spans: Sequence[tuple[int, int]], style: str = "") -> Content:
    content = Content(text, spans=[Span(start, end, MATCH) for start, end in spans])
    return content.stylize_before(style) if style else content


def _byline(paper: Paper, spans: Spans, most: int) -> Content | None:
    names = []
    for name in paper.credited[:most]:
        content = _highlighted(name, spans(name, "author"))
        if name in paper.pages_of:
            content = content.stylize_before("$owner")
        names.append(clickable(content, "show_author", name))
    if len(paper.credited) > most:
        names.append(Content.styled(f"and {len(paper.credited) - most} more", DIM))
    if not paper.all_credited and names:
        names.append(Content.styled("et al.", DIM))
    mark = Content.styled(editors_mark(paper), DIM)
    return Content.styled(" · ", DIM).join(names) + mark if names else None


def _editors(paper: Paper) -> str:
    """Who edited the volume that a paper with authors of its own stands in, a few by name."""
    if not paper.authors or not paper.editors:
        return ""
    complete = paper.editors_complete and len(paper.editors) <= _MOST_EDITORS
    few = replace(paper, editors=paper.editors[:_MOST_EDITORS], editors_complete=complete)
    return f"edited by {editors_line(few)}"


def _dated(paper: Paper, spans: Spans) -> list[Content]:
    date = date_text(paper.date)
    inferred = "‹" if paper.year_from == "inferred" else ""
    return [_highlighted(date + inferred, spans(date, "year")), Content(paper.category or "")]


def _facts(paper: Paper, spans: Spans) -> list[Content]:
    venue = paper.venue or ""
    return [
        _highlighted(venue, spans(venue, "venue")),
        Content(_editors(paper)),
        Content(f"pp. {paper.pages}" if paper.pages else ""),
        Content(", ".join(paper.affiliations)),
        Content("code" if paper.has_code else ""),
        Content("" if paper.score is None else f"score {paper.score:g}"),
        Content(" and ".join(f"{owner}’s page" for owner in paper.pages_of)),
    ]


def _joined(parts: Sequence[Content]) -> Content:
    return Content(" · ").join([part for part in parts if part.plain]).stylize_before(DIM)


def _link(number: int, url: str) -> Content:
    return clickable(Content.assemble((f"{number} ", DIM), Content(url)), "open_numbered", number)


def day_of(added: str) -> str:
    """The day of a bookmark's time stamp."""
    return added[:10]


def _kept(bookmark: Bookmark | None) -> Content | None:
    if bookmark is None:
        return None
    parts = [f"★ bookmarked {day_of(bookmark.added)}"]
    if bookmark.status:
        parts.append(STATUS_WORDS.get(bookmark.status, bookmark.status))
    parts += [f"#{tag}" for tag in bookmark.tags]
    lines = [Content.styled(" · ".join(parts), "$bookmark")]
    if bookmark.note:
        lines.append(Content(bookmark.note))
    return Content("\n").join(lines)
