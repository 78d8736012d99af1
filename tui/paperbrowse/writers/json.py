"""JSON: every field of a paper under a name that stays."""

import json
from collections.abc import Sequence
from typing import Any

from paperbrowse.model import Bookmark, Paper
from paperbrowse.writers.common import Entry, ExportOptions, Report


def paper_json(paper: Paper, bookmark: Bookmark | None = None) -> dict[str, Any]:
    """`paper` as the documented JSON object, with what a bookmark adds to it.

    `title`, `authors` and `abstract` are verbatim, LaTeX included; a fact that is not known is null.
    """
    return {
        "key": paper.key,
        "title": paper.title,
        "title_from": paper.title_from,
        "authors": list(paper.authors),
        "authors_complete": paper.authors_complete,
        "year": paper.date.year,
        "month": paper.date.month,
        "day": paper.date.day,
        "year_from": paper.year_from,
        "category": paper.category,
        "venue": paper.venue,
        "abstract": paper.abstract,
        "urls": list(paper.urls),
        "doi": paper.doi,
        "arxiv": paper.arxiv,
        "has_code": paper.has_code,
        "score": paper.score,
        "affiliations": list(paper.affiliations),
        "pages_of": list(paper.pages_of),
        "source": {"path": paper.source.path, "line": paper.source.line, "format": paper.source.format},
        "bookmarked": bookmark is not None,
        "tags": list(bookmark.tags) if bookmark else [],
        "note": bookmark.note if bookmark else "",
        "status": bookmark.status if bookmark else "",
        "added": bookmark.added if bookmark else None,
        "anthology": paper.anthology,
        "entry_type": paper.entry_type,
        "pages": paper.pages,
        "volume": paper.volume,
        "number": paper.number,
        "publisher": paper.publisher,
        "address": paper.address,
        "venue_names": list(paper.venue_names),
        "editors": list(paper.editors),
        "editors_complete": paper.editors_complete,
        "series": paper.series,
        "edition": paper.edition,
        "chapter": paper.chapter,
        "isbn": paper.isbn,
        "issn": paper.issn,
        "organization": paper.organization,
        "event": paper.event,
        "genre": paper.genre,
        "page_total": paper.page_total,
        "language": paper.language,
        "short_title": paper.short_title,
        "remark": paper.remark,
        "annotation": paper.annotation,
        "accessed": paper.accessed,
        "keywords": list(paper.keywords),
    }


FIELDS = tuple(paper_json(Paper(title="")))
"""The names of a paper's JSON object, in their order."""


def render_json(entries: Sequence[Entry], options: ExportOptions) -> Report:
    """One JSON array."""
    objects = [_chosen(entry, options) for entry in entries]
    return Report(text=json.dumps(objects, ensure_ascii=False, indent=2) + "\n", entries=len(objects))


def render_jsonl(entries: Sequence[Entry], options: ExportOptions) -> Report:
    """One JSON object a line."""
    lines = [json.dumps(_chosen(entry, options), ensure_ascii=False) + "\n" for entry in entries]
    return Report(text="".join(lines), entries=len(lines))


def _chosen(entry: Entry, options: ExportOptions) -> dict[str, Any]:
    whole = paper_json(entry.paper, entry.bookmark)
    return {name: value for name, value in whole.items() if options.wants(name)}
