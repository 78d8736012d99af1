"""One paper as plain text."""

from textwrap import fill

from paperbrowse.describe import byline, caveats, date_text, editors_line, links
from paperbrowse.model import Bookmark, Paper
from paperbrowse.text.latex import to_terminal

_WIDTH = 88
_PUBLICATION = {
    "series": "series",
    "edition": "edition",
    "volume": "volume",
    "number": "number",
    "chapter": "chapter",
    "pages": "pages",
    "page_total": "page total",
    "publisher": "publisher",
    "address": "place",
    "organization": "organization",
    "event": "event",
    "genre": "genre",
    "isbn": "ISBN",
    "issn": "ISSN",
    "language": "language",
    "remark": "remark",
    "annotation": "annotation",
    "accessed": "accessed",
}
"""What else tells of a publication, and what it is called."""


def record_text(paper: Paper, bookmark: Bookmark | None) -> str:
    """Every known field of `paper` in labelled lines, what is not stated explained, the abstract last."""
    fields = [
        ("title", to_terminal(paper.title)),
        ("authors", byline(paper) if paper.authors else ""),
        ("editors", editors_line(paper)),
        ("date", date_text(paper.date)),
        ("venue", paper.venue or ""),
        *((label, getattr(paper, name) or "") for name, label in _PUBLICATION.items()),
        ("category", paper.category or ""),
        ("keywords", ", ".join(paper.keywords)),
        ("affiliations", ", ".join(paper.affiliations)),
        ("page of", ", ".join(paper.pages_of)),
        ("code", "yes" if paper.has_code else ""),
        ("score", "" if paper.score is None else f"{paper.score:g}"),
        *(("link", link) for link in links(paper)),
        ("source", f"{paper.source.path}:{paper.source.line} ({paper.source.format})"),
        *(("note that", caveat) for caveat in caveats(paper)),
    ]
    if bookmark:
        fields += [
            ("bookmarked", bookmark.added),
            ("tags", ", ".join(bookmark.tags)),
            ("status", bookmark.status),
            ("note", bookmark.note),
        ]
    lines = [paper.key, *(f"  {label:<12}  {text}" for label, text in fields if text)]
    if paper.abstract:
        lines += [
            "",
            fill(to_terminal(paper.abstract), _WIDTH, break_long_words=False, break_on_hyphens=False),
        ]
    return "\n".join(lines)
