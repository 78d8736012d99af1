"""Formatted references as plain text, Markdown and HTML, in four styles.

APA (7th edition), ACL (as the Anthology prints it), IEEE (2023) and Chicago (17th edition, author-date), each
for what a record here can be: a paper in proceedings or a book, a book by its authors or its editors, an
article, a thesis, a report, a preprint. A style is a module; what they share is in `reference_facts`.
tests/e2e/test_references_judge.py and test_references_wide.py hold all but ACL against the styles of
citationstyles.org through pandoc, and name the few places where they differ on purpose.

No citation processor sets them. citeproc-py 0.11.1 with the same styles leaves every comma and stop behind a
title outside of its quotation marks (107 of the 107 bundled papers in IEEE and in Chicago), prints "and
others" for a byline that is cut off (60 of 107), says a title twice where there is no author, sets "王 小明"
as "王, . 小明 ." and hands a title's `<script>` on to HTML. It takes 2.1 s (IEEE) to 21 s (Chicago) for 1 000
references, against less than 0.1 s here, and brings 14 MB with lxml.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from html import escape

from paperbrowse.model import Paper
from paperbrowse.writers.common import Entry, ExportOptions, Report
from paperbrowse.writers.reference_acl import acl
from paperbrowse.writers.reference_apa import apa
from paperbrowse.writers.reference_chicago import chicago
from paperbrowse.writers.reference_facts import Facts, Span, facts_of
from paperbrowse.writers.reference_ieee import ieee

_MARKDOWN_SIGNS = re.compile(r"([\\`*_\[\]<>|~$#])")

STYLES: dict[str, Callable[[Facts], list[Span]]] = {
    "apa": apa,
    "acl": acl,
    "ieee": ieee,
    "chicago": chicago,
}
"""The citation styles by name."""


def reference(paper: Paper, style: str = "apa") -> str:
    """The formatted reference of one paper as one line of plain text."""
    return _plain(STYLES[style](facts_of(paper)))


def render_text(entries: Sequence[Entry], options: ExportOptions) -> Report:
    """A reference each, an empty line between them."""
    lines = [_plain(spans) for spans in _formatted(entries, options)]
    return Report(text="".join(f"{line}\n\n" for line in lines).removesuffix("\n"), entries=len(lines))


def render_markdown(entries: Sequence[Entry], options: ExportOptions) -> Report:
    """A list with one reference an item; what Markdown would take for a mark is escaped."""
    lines = [f"- {''.join(map(_markdown, spans))}\n" for spans in _formatted(entries, options)]
    return Report(text="".join(lines), entries=len(lines))


def render_html(entries: Sequence[Entry], options: ExportOptions) -> Report:
    """A page with a list of references, each item's id its citation key."""
    items = [
        f'<li id="{escape(entry.paper.key)}">{"".join(map(_html, spans))}</li>\n'
        for entry, spans in zip(entries, _formatted(entries, options), strict=True)
    ]
    head = '<!DOCTYPE html>\n<html lang="en">\n<meta charset="utf-8">\n<title>References</title>\n'
    return Report(text=f'{head}<ul class="references">\n{"".join(items)}</ul>\n</html>\n', entries=len(items))


def _formatted(entries: Sequence[Entry], options: ExportOptions) -> list[list[Span]]:
    form = STYLES[options.style]
    return [form(facts_of(entry.paper, mark_inferred=options.mark_inferred)) for entry in entries]


def _plain(spans: Iterable[Span]) -> str:
    return "".join(span.text for span in spans)


def _markdown(span: Span) -> str:
    if span.kind == "link" and not span.address:
        return f"<{span.text}>"
    text = _MARKDOWN_SIGNS.sub(r"\\\1", span.text)
    if span.kind == "link":
        return f"[{text}](<{span.address}>)"
    return f"*{text}*" if span.kind == "italic" else text


def _html(span: Span) -> str:
    text = escape(span.text)
    if span.kind == "link":
        return f'<a href="{escape(span.address or span.text)}">{text}</a>'
    return f"<i>{text}</i>" if span.kind == "italic" else text
