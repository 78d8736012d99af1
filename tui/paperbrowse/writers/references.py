"""Formatted references as plain text, Markdown and HTML, in four styles.

APA (7th edition), ACL (as the Anthology prints it), IEEE (2023) and Chicago (17th edition, author-date), each
for what a record here can be: a paper in proceedings or a book, a book by its authors or its editors, an
article, a thesis, a preprint.
tests/e2e/test_references_judge.py holds all but ACL against the styles of citationstyles.org through pandoc,
and names the few places where they differ on purpose.

No citation processor sets them. citeproc-py 0.11.1 with the same styles leaves every comma and stop behind a
title outside of its quotation marks (107 of the 107 bundled papers in IEEE and in Chicago), prints "and
others" for a byline that is cut off (60 of 107), says a title twice where there is no author, sets "王 小明"
as "王, . 小明 ." and hands a title's `<script>` on to HTML. It takes 2.1 s (IEEE) to 21 s (Chicago) for 1 000
references, against less than 0.1 s here, and brings 14 MB with lxml.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from html import escape

from paperbrowse.model import VOLUMES, Paper, PartialDate
from paperbrowse.text.clean import clean
from paperbrowse.text.latex import to_terminal
from paperbrowse.text.names import Name, split_name
from paperbrowse.writers.common import (
    THESES,
    Entry,
    ExportOptions,
    Report,
    address,
    is_arxiv_code,
    own_link,
    page_range,
    place_of,
)

_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
    "November", "December",
)  # fmt: skip
_MARKDOWN_SIGNS = re.compile(r"([\\`*_\[\]<>|~$#])")
_ENDS_SENTENCE = re.compile(r"[.?!][\])”]?$")
_SINGLE = str.maketrans("“”", "‘’")
_RUN_TOGETHER = re.compile(r"\.(?=\w)")
_RANGE = re.compile(r"(\d+)–(\d+)")


_CHAPTERS = ("incollection", "inbook")
_DATED_BY_YEAR = (*THESES, *VOLUMES, *_CHAPTERS)
"""What no style gives a month to."""


@dataclass(frozen=True, slots=True)
class Span:
    """A piece of a reference: plain, italic, or a link, whose address is its text where none is given."""

    text: str
    kind: str = "plain"
    address: str = ""


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


@dataclass(frozen=True, slots=True)
class _Facts:
    """A paper's facts as the styles need them: readable text and names in parts."""

    names: list[Name]
    """Authors or, where `edited`, editors."""
    complete: bool
    edited: bool
    editors: list[Name]
    """The editors of what has authors as well."""
    all_editors: bool
    year: str
    inferred: bool
    month: str
    day: int | None
    title: str
    kind: str
    is_in_collection: bool
    """Whether it is a chapter of a book; the Anthology names no editors of proceedings."""
    genre: str
    venue: str
    volume: str
    number: str
    pages: str
    publisher: str
    place: str
    archive: bool
    eprint: str
    doi: str
    link: str


def _facts(paper: Paper, *, mark_inferred: bool = False) -> _Facts:
    def readable(text: str | None) -> str:
        return to_terminal(clean(text)) if text else ""

    kind = paper.entry_type or ""
    date = PartialDate(paper.date.year) if kind in _DATED_BY_YEAR else paper.date
    archive = "arXiv" if paper.arxiv else "arXiv preprint" if is_arxiv_code(paper.category) else ""
    return _Facts(
        names=[_name(readable(name)) for name in paper.credited],
        complete=paper.all_credited,
        edited=not paper.authors and bool(paper.editors),
        editors=[_name(readable(name)) for name in paper.editors] if paper.authors else [],
        all_editors=paper.editors_complete,
        year=str(date.year or ""),
        inferred=mark_inferred and paper.year_from == "inferred" and paper.date.year is not None,
        month=_MONTHS[date.month - 1] if date.month else "",
        day=date.day if date.month else None,
        title=readable(paper.title).strip() or "[Untitled]",
        kind=_kind(paper),
        is_in_collection=kind in _CHAPTERS,
        genre=THESES.get(kind, ""),
        venue=readable(paper.venue) or archive,
        volume=readable(paper.volume),
        number=readable(paper.number).replace("-", "–"),
        pages=page_range(paper).replace("-", "–"),
        publisher=readable(paper.publisher),
        place=readable(place_of(paper)),
        archive=bool(archive) and not paper.venue,
        eprint=f"arXiv:{readable(paper.arxiv)}" if paper.arxiv and not paper.venue else "",
        doi=clean(paper.doi or ""),
        link=address(f"https://doi.org/{paper.doi}" if paper.doi else own_link(paper) or ""),
    )


def _name(printed: str) -> Name:
    """The name in its parts, or whole where its script has no capitals to shorten it to ("王 小明")."""
    name = split_name(printed)
    if name.whole or name.given.lower() != name.given.upper():
        return name
    return Name(family=printed, whole=True)


def _kind(paper: Paper) -> str:
    if paper.entry_type in ("article", *VOLUMES):
        return "article" if paper.entry_type == "article" else "volume"
    return "chapter" if _in_a_book(paper) else "other"


def _in_a_book(paper: Paper) -> bool:
    if not paper.venue:
        return False
    kinds = ("inproceedings", "incollection", "inbook", "conference")
    return paper.entry_type in kinds or paper.venue.startswith(("Proceedings", "Findings"))


def _initials(given: str) -> str:
    """ "Xian-Ling" -> "X.-L.", "Kirill V." -> "K. V."; what has no capital stays ("bell")."""
    words = []
    for word in given.replace(".", ". ").split():
        if not word[0].isupper():
            words.append(word)
            continue
        parts = [f"{part[0]}." for part in word.split("-") if part]
        words.append("-".join(parts))
    return " ".join(words)


def _family(name: Name) -> str:
    return f"{name.particle} {name.family}".strip()


def _listed(names: list[str], complete: bool, last: str) -> str:
    """Names with commas, and `last` before the last one, or "et al." behind an incomplete list."""
    if names and not complete:
        return ", ".join([*names, "et al."]) if len(names) > 1 else f"{names[0]} et al."
    if len(names) < 3:
        joint = f", {last} " if last == "&" else f" {last} "
        return joint.join(names)
    return ", ".join(names[:-1]) + f", {last} {names[-1]}"


def _straight(names: Iterable[Name]) -> list[str]:
    """Names as they are said, their initials apart."""
    parts = ((_RUN_TOGETHER.sub(". ", name.given), _family(name), name.suffix) for name in names)
    return [" ".join(filter(None, name)) for name in parts]


def _initialled(names: Iterable[Name]) -> list[str]:
    """ "A. B. Smith Jr."."""
    return [
        _family(name)
        if name.whole
        else " ".join(filter(None, (_initials(name.given), _family(name), name.suffix)))
        for name in names
    ]


def _editors(facts: _Facts, names: list[str], last: str) -> str:
    """The list of those who edited what others wrote; two of them without a comma."""
    if len(names) == 2 and facts.all_editors:
        return f"{names[0]} {last} {names[1]}"
    return _listed(names, facts.all_editors, last)


def _label(facts: _Facts, one: str, several: str) -> str:
    """What tells behind the names that they are editors'."""
    return (one if len(facts.names) == 1 and facts.complete else several) if facts.edited else ""


def _role(facts: _Facts, one: str, several: str) -> str:
    """The same of those who edited what others wrote."""
    return one if len(facts.editors) == 1 and facts.all_editors else several


def _stop(text: str) -> str:
    return text if not text or _ENDS_SENTENCE.search(text) else f"{text}."


def _marked(title: str, mark: str, *, quoted: bool = False) -> str:
    """The title with `mark` behind its last word, as Americans set it: inside of a closing quotation mark.

    `quoted` makes the title's own quotation marks single ones, since it is to stand between double ones.
    """
    closing = "”" if title.endswith("”") and not _ENDS_SENTENCE.search(title) else ""
    text = title.removesuffix(closing) + ("" if _ENDS_SENTENCE.search(title) else mark) + closing
    return f"“{text.translate(_SINGLE)}”" if quoted else text


def _pages(facts: _Facts) -> str:
    """ "pp. 1–20", "p. 17"."""
    if not facts.pages:
        return ""
    return f"{'pp' if re.search('[–,]', facts.pages) else 'p'}. {facts.pages}"


def _joined(spans: Iterable[Span]) -> list[Span]:
    return [span for span in spans if span.text]


def _apa(facts: _Facts) -> list[Span]:
    names = [
        _family(name)
        if name.whole
        else ", ".join(filter(None, (_family(name), _initials(name.given), name.suffix)))
        for name in facts.names
    ]
    if len(names) < 21:
        authors = ", ".join([*names, "et al."]) if not facts.complete else _listed(names, True, "&")
    else:
        authors = ", ".join(names[:19]) + (f", … {names[-1]}" if facts.complete else ", et al.")
    if facts.edited:
        authors = f"{authors} ({_label(facts, 'Ed.', 'Eds.')})."
    authors = _stop(authors) if names else ""
    editors = _editors(facts, _initialled(facts.editors), "&") if facts.editors else ""
    date = f"({'ca. ' if facts.inferred else ''}{facts.year or 'n.d.'})."
    whole = facts.kind in ("other", "volume")
    remark = f" ({facts.eprint})" if facts.eprint else f" [{facts.genre}]" if facts.genre else ""
    if facts.kind == "volume":
        edited = f"{editors}, {_role(facts, 'Ed.', 'Eds.')}" if editors else ""
        remarks = "; ".join(filter(None, (edited, f"Vol. {facts.volume}" if facts.volume else "")))
        remark = f" ({remarks})" if remarks else remark
    ended = facts.title if remark else _marked(facts.title, ".")
    # A stop that is not the title's own is not set like it.
    own = ended.removesuffix(".") if not facts.title.endswith(".") else ended
    title = [Span(own, "italic" if whole else "plain"), Span(remark)]
    title.append(Span("." if remark else ended.removeprefix(own)))
    spans = [Span(f"{authors} {date} "), *title] if authors else [*title, Span(f" {date}")]
    if facts.kind == "article":
        spans += [Span(" "), Span(facts.venue, "italic")]
        if facts.volume or facts.number:
            spans += [Span(", "), Span(facts.volume, "italic")]
            spans.append(Span(f"({facts.number})" if facts.number else ""))
        spans.append(Span(f", {facts.pages}." if facts.pages else "."))
    elif facts.kind == "chapter":
        volume = f"Vol. {facts.volume}" if facts.volume else ""
        where = ", ".join(filter(None, (volume, _pages(facts))))
        edited = f"{editors} ({_role(facts, 'Ed.', 'Eds.')}), " if editors else ""
        spans += [Span(f" In {edited}"), Span(facts.venue, "italic"), Span(f" ({where})." if where else ".")]
        spans.append(Span(f" {_stop(facts.publisher)}" if facts.publisher else ""))
    elif facts.kind == "volume":
        spans += [Span(f" {_stop(part)}") for part in (facts.venue, facts.publisher) if part]
    elif facts.venue:
        spans.append(Span(f" {_stop(facts.venue)}"))
    return _joined([*spans, *_link(facts, " ")])


def _acl(facts: _Facts) -> list[Span]:
    """As the ACL Anthology prints it under a paper; where there are links, the title is one."""
    names = [" ".join(filter(None, (name.given, _family(name), name.suffix))) for name in facts.names]
    authors = _stop(_listed(names, facts.complete, "and") + _label(facts, ", editor", ", editors"))
    year = f"{'ca. ' if facts.inferred else ''}{facts.year}." if facts.year else ""
    title = Span(_marked(facts.title, "."), "link" if facts.link else "plain", facts.link)
    lead = " ".join(filter(None, (authors, year)))
    spans = [Span(f"{lead} "), title] if authors else [title, Span(f" {year}" if year else "")]
    pages = f"page{'s' if re.search('[–,]', facts.pages) else ''} {facts.pages}" if facts.pages else ""
    if facts.kind == "article":
        issue = facts.volume + (f"({facts.number})" if facts.number else "")
        where = ":".join(filter(None, (issue, facts.pages))) if issue else pages
        spans += [Span(" "), Span(facts.venue, "italic"), Span(f", {where}." if where else ".")]
    elif facts.kind == "volume":
        edited = f"Edited by {_editors(facts, _straight(facts.editors), 'and')}" if facts.editors else ""
        imprint = ", ".join(filter(None, (facts.venue, facts.publisher, facts.place)))
        volume = f"Volume {facts.volume}" if facts.volume else ""
        spans += [Span(f" {_stop(part)}") for part in (edited, volume, imprint) if part]
    elif facts.kind == "chapter":
        volume = f"volume {facts.volume}" if facts.volume else ""
        where = ", ".join(filter(None, (volume, pages, facts.place)))
        edited = ""
        if facts.editors and facts.is_in_collection:
            role = _role(facts, "editor", "editors")
            edited = f"{_editors(facts, _straight(facts.editors), 'and')}, {role}, "
        spans += [
            Span(f" In {edited}"),
            Span(facts.venue, "italic"),
            Span(_stop(f", {where}" if where else ".")),
        ]
        spans.append(Span(f" {_stop(facts.publisher)}" if facts.publisher else ""))
    elif facts.eprint:
        spans += [Span(" "), Span("Preprint", "italic"), Span(f", {facts.eprint}.")]
    else:
        where = ", ".join(filter(None, (facts.genre, facts.venue)))
        spans.append(Span(f" {_stop(where)}" if where else ""))
    return _joined(spans)


def _ieee(facts: _Facts) -> list[Span]:
    names = _initialled(facts.names)
    authors = f"{names[0]} et al." if len(names) > 6 else _listed(names, facts.complete, "and")
    authors += _label(facts, ", Ed.", ", Eds.")
    if facts.kind == "volume":
        return _ieee_volume(facts, authors)
    date = _ieee_date(facts)
    lead: list[Span] = []
    rest = [f"vol. {facts.volume}" if facts.volume else ""]
    if facts.kind == "article":
        lead = [Span(" "), Span(facts.venue, "italic")]
        rest += [f"no. {facts.number}" if facts.number else "", _pages(facts), date]
    elif facts.kind == "chapter":
        lead = [Span(" in "), Span(facts.venue, "italic")]
        if facts.editors:
            edited = _editors(facts, _initialled(facts.editors), "and")
            rest.append(f"{edited}, {_role(facts, 'Ed.', 'Eds.')}")
        rest += [": ".join(filter(None, (facts.place, facts.publisher))), date, _pages(facts)]
    elif facts.archive:
        lead = [Span(f" {date}," if date else ""), Span(" "), Span(facts.venue, "italic")]
        rest = []
        lead.append(Span(f": {facts.eprint}" if facts.eprint else ""))
    else:
        first, *rest = [part for part in (facts.genre, facts.venue, date) if part] or [""]
        lead = [Span(f" {first}" if first else "")]
    follows = any(span.text for span in lead) or any(rest)
    title = _marked(facts.title, "," if follows else ".", quoted=True)
    spans = [Span(f"{authors}, " if authors else ""), Span(title), *lead]
    spans.append(Span("".join(f", {part}" for part in rest if part)))
    if facts.doi:
        joint = ", " if facts.kind == "article" else ". "
        return _joined([*spans, Span(f"{joint}doi: "), Span(facts.doi, "link", facts.link), Span(".")])
    available = [Span(" [Online]. Available: "), Span(facts.link, "link")] if facts.link else []
    return _joined([*spans, Span("." if follows else ""), *available])


def _ieee_volume(facts: _Facts, people: str) -> list[Span]:
    """A whole book: "A. Smith and B. Lee, Eds., Title, vol. 2. Berlin: Press, 2020. doi: 10.1000/x."."""
    ended = _stop(f"{facts.title}, vol. {facts.volume}" if facts.volume else facts.title)
    place = ": ".join(filter(None, (facts.place, facts.publisher)))
    imprint = ", ".join(filter(None, (facts.venue, place, _ieee_date(facts))))
    spans = [Span(f"{people}, " if people else ""), Span(facts.title, "italic")]
    spans += [Span(ended.removeprefix(facts.title)), Span(f" {_stop(imprint)}" if imprint else "")]
    if facts.doi:
        return _joined([*spans, Span(" doi: "), Span(facts.doi, "link", facts.link), Span(".")])
    available = [Span(" [Online]. Available: "), Span(facts.link, "link")] if facts.link else []
    return _joined([*spans, *available])


def _ieee_date(facts: _Facts) -> str:
    """ "July 2023" for publications, "Feb. 03, 2026" for the rest; nothing where no year is known."""
    if not facts.year:
        return ""
    month = f"{facts.month[:3]}." if len(facts.month) > 4 else facts.month
    day = f"{facts.day:02}," if facts.kind == "other" and facts.day else ""
    return ("ca. " if facts.inferred else "") + " ".join(filter(None, (month, day, facts.year)))


def _chicago(facts: _Facts) -> list[Span]:
    authors = _chicago_authors(facts) + _label(facts, ", ed", ", eds")
    editors = _chicago_editors(facts)
    whole = facts.kind == "volume"
    title = Span(_stop(facts.title), "italic") if whole else Span(_marked(facts.title, ".", quoted=True))
    date = Span(f" [{facts.year}?]." if facts.inferred else f" {_stop(facts.year or 'n.d.')}")
    spans = [Span(_stop(authors)), date, Span(" "), title] if authors else [title, date]
    pages = _RANGE.sub(_short_range, facts.pages)
    if facts.kind == "article":
        issue = f"({facts.number})" if facts.volume and facts.number else ""
        issue = issue or (f", no. {facts.number}" if facts.number else "")
        issue = " ".join(filter(None, (facts.volume, issue)))
        issue = issue if issue.startswith(",") else f" {issue}" if issue else ""
        joint = ": " if issue else ", "
        spans += [Span(" "), Span(facts.venue, "italic"), Span(issue)]
        spans.append(Span(f"{joint}{pages}." if pages else "."))
    elif facts.kind == "chapter":
        where = ":".join(filter(None, (facts.volume, pages))) if pages else ""
        imprint = ": ".join(filter(None, (facts.place, facts.publisher)))
        where = ", ".join(filter(None, (f"edited by {editors}" if editors else "", where)))
        spans += [Span(" In "), Span(facts.venue, "italic"), Span(f", {_stop(where)}" if where else ".")]
        spans.append(Span(f" {_stop(imprint)}" if imprint else ""))
    elif whole:
        edited = f"Edited by {editors}" if editors else ""
        imprint = ": ".join(filter(None, (facts.place, facts.publisher)))
        parts = (edited, f"Vol. {facts.volume}" if facts.volume else "", facts.venue, imprint)
        spans += [Span(f" {_stop(part)}") for part in parts if part]
    else:
        day = f"{facts.month}{f' {facts.day}' if facts.day else ''}" if facts.year else ""
        number = f"{facts.eprint}. " if facts.eprint else ""
        where = ", ".join(filter(None, (facts.genre, number + facts.venue, day)))
        spans.append(Span(f" {_stop(where)}" if where else ""))
    return _joined([*spans, *_link(facts, " "), Span("." if facts.link else "")])


def _chicago_authors(facts: _Facts) -> str:
    names = []
    for number, name in enumerate(facts.names):
        given = _RUN_TOGETHER.sub(". ", name.given)
        straight = " ".join(filter(None, (given, _family(name), name.suffix)))
        first = " ".join(filter(None, (given, name.particle)))
        turned = ", ".join(filter(None, (name.family, first, name.suffix)))
        names.append(turned if number == 0 and name.given else straight)
    if len(names) > 10:
        return _listed(names[:7], False, "and")
    if len(names) == 2 and facts.complete:
        return f"{names[0]}, and {names[1]}"
    return _listed(names, facts.complete, "and")


def _chicago_editors(facts: _Facts) -> str:
    names = _straight(facts.editors)
    if len(names) > 10:
        return _listed(names[:7], False, "and")
    return _editors(facts, names, "and") if names else ""


def _short_range(pages: re.Match[str]) -> str:
    """The Chicago Manual's page ranges (17th edition, 9.61): "71–72", "100–104", "107–8", "1153–74"."""
    first, last = pages[1], pages[2]
    if len(first) != len(last) or len(first) < 3 or int(first) % 100 == 0 or int(first) >= int(last):
        return pages[0]
    same = next(place for place in range(len(first)) if first[place] != last[place])
    kept = len(first) - same if int(first) % 100 < 10 else max(2, len(first) - same)
    return f"{first}–{last[-kept:]}"


def _link(facts: _Facts, before: str) -> list[Span]:
    return [Span(before), Span(facts.link, "link")] if facts.link else []


STYLES: dict[str, Callable[[_Facts], list[Span]]] = {
    "apa": _apa,
    "acl": _acl,
    "ieee": _ieee,
    "chicago": _chicago,
}
"""The citation styles by name."""
