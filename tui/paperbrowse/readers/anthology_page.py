"""Author pages of the ACL Anthology, saved as text.

What a saved page still has differs: all have the owner's name and the abstracts; some have a line "pdf bib"
and below it title, byline ("A | B | C") and venue of each paper; most have the years as headings. A
record without a title gets a supplied one.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from paperbrowse.model import Page, Paper, PartialDate, Problem, Provenance, Reading, Source
from paperbrowse.readers.bylines import is_name, may_be_name
from paperbrowse.readers.document import Document
from paperbrowse.readers.links import urls
from paperbrowse.readers.owners import most_frequent, unglue
from paperbrowse.readers.supplied import supplied_title
from paperbrowse.readers.wrapping import unwrapped

NAME = "ACL Anthology author page"

_YEAR = re.compile(r"(?:19|20)\d\d")
_BUTTON = r"(?:pdf|bib|abs|doi|code|data|video|poster|presentation|software|dataset|attachment)"
_BUTTONS = re.compile(rf"{_BUTTON}(?: \(full\))?(?:[ ,|·]*{_BUTTON})*", re.IGNORECASE)
_BUTTONS_AND_TITLE = re.compile(r"(pdf(?: ?bib)?(?: ?abs)?) (?=[^\W_])(.+)")
_PEOPLE = re.compile(
    r"(?:Other people with similar names|Unverified author pages with similar names|Also published as"
    r"|Other names)\s*:\s*(.*)"
)
_INTERFACE = re.compile(
    r"(?:ACL Anthology|News|FAQ|Corrections|Submissions|Github|Search|Fix(?:ing)? (?:data|author|paper)"
    r"|Please select all papers|Indicate below|Provide (?:a valid|the name)|TODO: |Report |Use this form"
    r"|Submit|Cancel|Correct|Verif(?:y|ied)|ORCID|https?://orcid|\d{4}-\d{4}-\d{4}-\d{3}[\dX]$"
    r"|Note:|What's this|If you are|You can|This (?:page|author)|Show |Select |Back to|Export|Copyright)"
)
_SIDEBAR = frozenset({"Co-authors", "Venues", "Co-authors Venues"})
_CONFERENCE = re.compile(r"Proceedings|Findings|.*\b(?:Conference|Workshop|Meeting|Symposium)\b")
_JOURNAL = re.compile(r"Transactions|Computational Linguistics,|.*\b(?:Journal|Revue|Traitement)\b")

_LONGEST_HEADER = 200
_SHORTEST_ABSTRACT = 6


@dataclass(slots=True)
class _Record:
    """A paper's lines below its buttons, or an abstract that stands alone."""

    line: int
    year: int | None
    has_buttons: bool
    lines: list[tuple[int, str]] = field(default_factory=list)


@dataclass(slots=True)
class _Layout:
    """The page's lines, sorted by what they are."""

    header: list[tuple[int, str]] = field(default_factory=list)
    records: list[_Record] = field(default_factory=list)
    strays: list[tuple[int, str]] = field(default_factory=list)


def sniff(head: str) -> bool:
    """Whether the text looks like such a page: its labels, or a name above paragraphs of one line each."""
    lines = [line for line in unwrapped(head.split("\n")) if line]
    if not lines or lines[0][0] in "#@{[<%":
        return False
    if any(map(_PEOPLE.match, lines)):
        return True
    if _has_buttons(lines) and any(" | " in line for line in lines):
        return True
    paragraphs = sum(map(_is_long, lines))
    if any(_YEAR.fullmatch(line) for line in lines[:-1]):
        return paragraphs > 0 and (may_be_name(lines[0]) or bool(_YEAR.fullmatch(lines[0])))
    return may_be_name(lines[0]) and paragraphs >= max(1, (len(lines) - 6) // 2)


def read(document: Document) -> Reading:
    """All papers of the page, and whose page it is."""
    path = document.path
    layout = _lay_out(document.lines)
    reading = Reading()
    reading.problems += [
        Problem(path, number, "this line belongs to no record", line[:60]) for number, line in layout.strays
    ]
    papers = [
        paper for record in layout.records if (paper := _paper(path, record, reading.problems)) is not None
    ]
    page, glued = _page(path, layout.header, papers, reading.problems)
    if glued and any(glued in paper.authors for paper in papers):
        papers = [replace(paper, authors=tuple(map(unglue, paper.authors))) for paper in papers]
    if page.owner:
        papers = [replace(paper, pages_of=(page.owner,)) for paper in papers]
    if not papers:
        reading.problems.append(Problem(path, 0, "the page holds no abstract and no paper"))
    reading.papers += papers
    reading.pages.append(page)
    reading.problems.sort(key=lambda problem: problem.line)
    return reading


def _lay_out(lines: Sequence[str]) -> _Layout:
    layout = _Layout()
    year: int | None = None
    current: _Record | None = None
    buttons_at = 0
    for number, line in enumerate(unwrapped(lines), 1):
        if line in _SIDEBAR and (layout.records or year):
            break
        if not line:
            continue
        if _YEAR.fullmatch(line) and _is_heading(lines, number):
            year, current = int(line), None
        elif _BUTTONS.fullmatch(line):
            if buttons_at != number - 1 or current is None:
                current = _Record(number, year, has_buttons=True)
                layout.records.append(current)
            buttons_at = number
        elif match := _BUTTONS_AND_TITLE.fullmatch(line):
            current = _Record(number, year, has_buttons=True, lines=[(number, match[2])])
            layout.records.append(current)
        elif current is not None:
            current.lines.append((number, line))
        elif _is_abstract(line, in_list=bool(layout.records) or year is not None):
            layout.records.append(_Record(number, year, has_buttons=False, lines=[(number, line)]))
        elif layout.records or year is not None:
            layout.strays.append((number, line))
        else:
            layout.header.append((number, line))
    return layout


def _is_heading(lines: Sequence[str], number: int) -> bool:
    """Whether a blank line or a paper's buttons follow, or nothing stands before: years are not abstracts."""
    below = lines[number] if number < len(lines) else ""
    return not below or bool(_BUTTONS.match(below)) or number == 1 or not lines[number - 2]


def _is_abstract(line: str, *, in_list: bool) -> bool:
    """Whether a line outside any record is an abstract; above the list of papers only a long one is."""
    if _INTERFACE.match(line) or _PEOPLE.match(line):
        return False
    if not in_list:
        return len(line) > _LONGEST_HEADER
    return len(line) > _LONGEST_HEADER or (line.count(" ") >= _SHORTEST_ABSTRACT and line[-1] in ".!?)")


def _is_long(line: str) -> bool:
    return len(line) > _LONGEST_HEADER and not _INTERFACE.match(line)


def _has_buttons(lines: Sequence[str]) -> bool:
    return any(_BUTTONS.fullmatch(line) or _BUTTONS_AND_TITLE.fullmatch(line) for line in lines)


def _paper(path: str, record: _Record, problems: list[Problem]) -> Paper | None:
    source = Source(path, record.line, NAME)
    date = PartialDate(record.year)
    if not record.has_buttons:
        abstract = record.lines[0][1]
        return Paper(
            title=supplied_title(abstract),
            title_from="derived",
            authors_complete=False,
            date=date,
            abstract=abstract,
            urls=urls(abstract),
            source=source,
        )
    if not record.lines:
        problems.append(Problem(path, record.line, "half a record: no title below this line"))
        return None
    return _titled(record, date, source, problems)


def _titled(record: _Record, date: PartialDate, source: Source, problems: list[Problem]) -> Paper:
    """A paper whose lines are title, byline, venue and abstract, of which only the first is certain."""
    lines = [line for _, line in record.lines]
    title, rest = lines[0], lines[1:]
    authors: tuple[str, ...] = ()
    if rest and (_is_byline(rest[0]) or (len(rest) > 1 and _is_venue(rest[1]) and may_be_name(rest[0]))):
        authors = tuple(name for part in rest.pop(0).split("|") if (name := part.strip()))
    else:
        problems.append(Problem(source.path, record.line, "no byline", title[:60]))
    venue = rest.pop(0) if rest and not _is_sentence(rest[0]) else None
    if not rest:
        problems.append(Problem(source.path, record.line, "no abstract", title[:60], lost=False))
    abstract = " ".join(rest)
    return Paper(
        title=title,
        authors=authors,
        authors_complete=bool(authors),
        date=date,
        venue=venue,
        entry_type=_entry_type(venue or ""),
        abstract=abstract,
        urls=urls(abstract),
        source=source,
    )


def _is_byline(line: str) -> bool:
    return " | " in line or (is_name(line) and not _CONFERENCE.match(line) and len(line) < 60)


def _is_venue(line: str) -> bool:
    return not _is_sentence(line) and _entry_type(line) is not None


def _is_sentence(line: str) -> bool:
    return len(line) > _LONGEST_HEADER or line.endswith((".", "!", "?"))


def _entry_type(venue: str) -> str | None:
    if _CONFERENCE.match(venue):
        return "inproceedings"
    return "article" if _JOURNAL.match(venue) or venue == "Computational Linguistics" else None


def _page(
    path: str, header: Sequence[tuple[int, str]], papers: Sequence[Paper], problems: list[Problem]
) -> tuple[Page, str | None]:
    """Whose page it is, and the owner's name as the page glued it, if it did."""
    owner: str | None = None
    affiliations: tuple[str, ...] = ()
    seen = {name for paper in papers for name in paper.authors}
    for number, line in header:
        if match := _PEOPLE.match(line):
            seen.update(name.strip() for name in match[1].split(","))
        elif _INTERFACE.match(line):
            continue
        elif owner is None:
            owner = line
        elif not affiliations and not line.endswith((".", "?", ":")):
            affiliations = tuple(part for name in line.split(",") if (part := name.strip()))
        else:
            problems.append(Problem(path, number, "a line of the header that says nothing known", line[:60]))
    if owner is None:
        inferred: Provenance = "inferred"
        owner = most_frequent(paper.authors for paper in papers)
        return Page(path=path, format=NAME, owner=owner, owner_from=inferred), None
    whole = unglue(owner, seen)
    page = Page(path=path, format=NAME, owner=whole, affiliations=affiliations)
    return page, owner if whole != owner else None
