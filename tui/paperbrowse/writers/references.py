"""Formatted references as plain text, Markdown and HTML, in three styles.

APA (7th edition), IEEE and Chicago (17th edition, author-date), each for what a record here can be: a paper
in proceedings or a book, an article, a preprint. Written here and not by a citation processor: citeproc-py
0.11 brings lxml with it and prints "& others" where a byline is cut off, which is most of them.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from html import escape

from paperbrowse.model import Paper
from paperbrowse.text.clean import clean
from paperbrowse.text.latex import to_terminal
from paperbrowse.text.names import Name, split_name
from paperbrowse.writers.common import Entry, ExportOptions, Report, address, is_arxiv_code, own_link

_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
    "November", "December",
)  # fmt: skip
_MARKDOWN_SIGNS = re.compile(r"([\\`*_\[\]<>|~$#])")
_ENDS_SENTENCE = re.compile(r"[.?!][\])”]?$")


@dataclass(frozen=True, slots=True)
class Span:
    """A piece of a reference: plain, italic, or an address."""

    text: str
    kind: str = "plain"


def reference(paper: Paper, style: str = "apa") -> str:
    """The formatted reference of one paper as one line of plain text."""
    return _plain(STYLES[style](_facts(paper)))


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
    return [form(_facts(entry.paper, mark_inferred=options.mark_inferred)) for entry in entries]


def _plain(spans: Iterable[Span]) -> str:
    return "".join(span.text for span in spans)


def _markdown(span: Span) -> str:
    if span.kind == "link":
        return f"<{span.text}>"
    text = _MARKDOWN_SIGNS.sub(r"\\\1", span.text)
    return f"*{text}*" if span.kind == "italic" else text


def _html(span: Span) -> str:
    text = escape(span.text)
    if span.kind == "link":
        return f'<a href="{text}">{text}</a>'
    return f"<i>{text}</i>" if span.kind == "italic" else text


@dataclass(frozen=True, slots=True)
class _Facts:
    """A paper's facts as the styles need them: readable text and names in parts."""

    names: list[Name]
    complete: bool
    year: str
    month: str
    day: int | None
    title: str
    kind: str
    venue: str
    volume: str
    number: str
    pages: str
    publisher: str
    place: str
    link: str


def _facts(paper: Paper, *, mark_inferred: bool = False) -> _Facts:
    def readable(text: str | None) -> str:
        return to_terminal(clean(text)) if text else ""

    kind = paper.entry_type or ""
    year = str(paper.date.year or "")
    preprint = paper.arxiv or is_arxiv_code(paper.category)
    return _Facts(
        names=[split_name(readable(name)) for name in paper.authors],
        complete=paper.authors_complete,
        year=f"ca. {year}" if year and mark_inferred and paper.year_from == "inferred" else year,
        month=_MONTHS[paper.date.month - 1] if paper.date.month else "",
        day=paper.date.day,
        title=readable(paper.title),
        kind=("article" if kind == "article" else "chapter" if _in_a_book(paper) else "other"),
        venue=readable(paper.venue) or ("arXiv preprint" if preprint else ""),
        volume=readable(paper.volume),
        number=readable(paper.number),
        pages=(paper.pages or "").replace("-", "–"),
        publisher=readable(paper.publisher),
        place=readable(paper.address),
        link=address(f"https://doi.org/{paper.doi}" if paper.doi else own_link(paper) or ""),
    )


def _in_a_book(paper: Paper) -> bool:
    if not paper.venue:
        return False
    kinds = ("inproceedings", "incollection", "inbook", "conference")
    return paper.entry_type in kinds or paper.venue.startswith(("Proceedings", "Findings"))


def _initials(given: str) -> str:
    """ "Xian-Ling" -> "X.-L.", "Kirill V." -> "K. V."."""
    words = []
    for word in given.replace(".", ". ").split():
        parts = [f"{part[0]}." for part in word.split("-") if part]
        words.append("-".join(parts))
    return " ".join(words)


def _family(name: Name) -> str:
    return f"{name.particle} {name.family}".strip()


def _listed(names: list[str], complete: bool, last: str) -> str:
    """Names with commas, and `last` before the last one, or "et al." behind an incomplete list."""
    if names and not complete:
        return ", ".join([*names, "et al."])
    if len(names) < 3:
        joint = f", {last} " if last == "&" else f" {last} "
        return joint.join(names)
    return ", ".join(names[:-1]) + f", {last} {names[-1]}"


def _stop(text: str) -> str:
    return text if not text or _ENDS_SENTENCE.search(text) else f"{text}."


def _joined(spans: Iterable[Span]) -> list[Span]:
    return [span for span in spans if span.text]


def _apa(facts: _Facts) -> list[Span]:
    names = [
        _family(name)
        if name.whole
        else ", ".join(filter(None, (_family(name), _initials(name.given), name.suffix)))
        for name in facts.names
    ]
    shown = names if len(names) < 21 else [*names[:19], f"… {names[-1]}"]
    authors = _stop(_listed(shown, facts.complete, "&")) if names else ""
    day = f" {facts.day}" if facts.day and facts.month else ""
    month = f", {facts.month}{day}" if facts.month and facts.kind == "other" else ""
    date = f"({facts.year or 'n.d.'}{month})."
    whole = facts.kind == "other"
    title = Span(
        facts.title if _ENDS_SENTENCE.search(facts.title) else f"{facts.title}.",
        "italic" if whole else "plain",
    )
    spans = [Span(f"{authors} {date} "), title] if authors else [title, Span(f" {date}")]
    if facts.kind == "article":
        volume = facts.volume + (f"({facts.number})" if facts.volume and facts.number else "")
        spans += [Span(" "), Span(facts.venue, "italic")]
        spans.append(Span("".join(f", {part}" for part in (volume, facts.pages) if part) + "."))
    elif facts.kind == "chapter":
        pages = f" (pp. {facts.pages})" if facts.pages else ""
        spans += [Span(" In "), Span(facts.venue, "italic"), Span(f"{pages}.")]
        spans.append(Span(f" {_stop(facts.publisher)}" if facts.publisher else ""))
    elif facts.venue:
        spans.append(Span(f" {_stop(facts.venue)}"))
    return _joined([*spans, *_link(facts, " ")])


def _ieee(facts: _Facts) -> list[Span]:
    names = [
        _family(name)
        if name.whole
        else " ".join(filter(None, (_initials(name.given), _family(name), name.suffix)))
        for name in facts.names
    ]
    authors = f"{names[0]} et al." if len(names) > 6 else _listed(names, facts.complete, "and")
    month = f"{facts.month[:3]}. " if len(facts.month) > 4 else f"{facts.month} " if facts.month else ""
    inner = "" if _ENDS_SENTENCE.search(facts.title) else ","
    spans = [Span(f"{authors}, " if authors else ""), Span(f"“{facts.title}{inner}”")]
    if facts.venue:
        lead = " in " if facts.kind == "chapter" else " "
        spans += [Span(lead), Span(facts.venue, "plain" if facts.kind == "other" else "italic")]
    rest = [facts.place if facts.kind == "chapter" else ""]
    rest += [f"vol. {facts.volume}" if facts.volume and facts.kind == "article" else ""]
    rest += [f"no. {facts.number}" if facts.number and facts.kind == "article" else ""]
    rest += [f"{month}{facts.year}" if facts.year else "n.d."]
    rest += [f"{'pp' if '–' in facts.pages else 'p'}. {facts.pages}" if facts.pages else ""]
    lead = ", " if facts.venue else " "
    spans.append(Span(lead + ", ".join(filter(None, rest)) + "."))
    return _joined([*spans, *_link(facts, " ")])


def _chicago(facts: _Facts) -> list[Span]:
    names = []
    for number, name in enumerate(facts.names):
        straight = " ".join(filter(None, (name.given, _family(name), name.suffix)))
        turned = ", ".join(filter(None, (_family(name), name.given, name.suffix)))
        names.append(turned if number == 0 and not name.whole else straight)
    too_many = len(names) > 10
    authors = _listed(names[:7] if too_many else names, facts.complete and not too_many, "and")
    if len(names) == 2 and facts.complete:
        authors = f"{names[0]}, and {names[1]}"
    spans = [Span(f"{_stop(authors)} " if authors else ""), Span(f"{_stop(facts.year or 'n.d.')} ")]
    spans.append(Span(f"“{_stop(facts.title)}”"))
    if facts.kind == "article":
        issue = " ".join(filter(None, (facts.volume, f"({facts.number})" if facts.number else "")))
        pages = f": {facts.pages}" if facts.pages else ""
        spans += [Span(" "), Span(facts.venue, "italic"), Span(f" {issue}{pages}." if issue else f"{pages}.")]
    elif facts.kind == "chapter":
        pages = f", {facts.pages}" if facts.pages else ""
        imprint = ": ".join(filter(None, (facts.place, facts.publisher)))
        spans += [Span(" In "), Span(facts.venue, "italic"), Span(f"{pages}.")]
        spans.append(Span(f" {_stop(imprint)}" if imprint else ""))
    elif facts.venue:
        month = f", {facts.month}{f' {facts.day}' if facts.day else ''}" if facts.month else ""
        spans.append(Span(f" {_stop(facts.venue + month)}"))
    return _joined([*spans, *_link(facts, " ")])


def _link(facts: _Facts, before: str) -> list[Span]:
    return [Span(before), Span(facts.link, "link")] if facts.link else []


STYLES: dict[str, Callable[[_Facts], list[Span]]] = {"apa": _apa, "ieee": _ieee, "chicago": _chicago}
"""The citation styles by name."""
