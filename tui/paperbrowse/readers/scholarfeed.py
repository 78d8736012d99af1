"""Author pages of Scholar Feed, saved as text.

Two layouts: a record is its head line ("CLJan 18, 2023Code") and then, in the full one, title, byline and
abstract with blank lines between them; in the compact one title and byline glued on one line, and the
abstract. Either may start with a header that says whose page it is.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from paperbrowse.model import Metric, Page, Paper, PartialDate, Problem, Provenance, Reading, Source
from paperbrowse.readers.boundary import Glued, split_page
from paperbrowse.readers.bylines import cut_tail, is_byline, may_be_name, names_in
from paperbrowse.readers.dates import Head, is_category, parse_head
from paperbrowse.readers.document import Document
from paperbrowse.readers.links import urls
from paperbrowse.readers.owners import most_frequent
from paperbrowse.readers.wrapping import unwrapped

NAME = "Scholar Feed"

_SHORTEST_PARAGRAPH = 60
_DOUBTFUL = 0.5
"""Below this probability a person should look where title and byline were parted."""
_METRICS = {
    "h-index": "h_index",
    "papers": "papers",
    "paper": "papers",
    "citations": "citations",
    "citation": "citations",
    "novelty": "novelty_percent",
    "ai score": "ai_score",
}
_LABEL = "|".join(_METRICS)
_NUMBER = r"\d[\d,]*(?:\.\d+)?"
_METRIC = re.compile(rf"(?:({_LABEL}):?\s?({_NUMBER})%?)|(?:({_NUMBER})%?(\s?)({_LABEL}))", re.IGNORECASE)
_SLUGS = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*(?:, [a-z0-9]+(?:-[a-z0-9]+)*)*")


@dataclass(frozen=True, slots=True)
class _Block:
    """A head line and the lines below it up to the next; `lines` are those that are not blank."""

    line: int
    head: Head
    lines: tuple[tuple[int, str], ...]
    is_spaced: bool
    """Whether a blank line parts the first two."""


@dataclass(frozen=True, slots=True)
class _Record:
    """The parts of a block; `authors` is None as long as they are glued to the title."""

    block: _Block
    title: str
    authors: tuple[str, ...] | None
    et_al: bool
    affiliations: tuple[str, ...]
    abstract: str
    title_from: Provenance = "stated"


def sniff(head: str) -> bool:
    """Whether some line opens a record."""
    return any(parse_head(line) for line in head.split("\n"))


def read(document: Document) -> Reading:
    """All records of the page and what it says of its owner."""
    path = document.path
    first, blocks = _blocks(document.lines)
    reading = Reading()
    page = _header(path, document.lines[:first], reading.problems)
    full = _is_full(blocks)
    records = [
        record
        for block in blocks
        if (record := _record(path, block, reading.problems, full=full)) is not None
    ]
    records = _unglue(path, records, page.owner, reading.problems)
    page = _with_owner(page, records)
    years = [block.head.date.year for block in blocks if block.head.date.year]
    if any(not block.head.date.year for block in blocks):
        if years:
            page = replace(page, current_year=max(years) + 1)
        else:
            reading.problems.append(Problem(path, blocks[0].line, "no date of this page states a year"))
    reading.pages.append(page)
    reading.papers += [_paper(page, record) for record in records]
    _compare_count(page, reading, blocks)
    reading.problems.sort(key=lambda problem: problem.line)
    return reading


def _blocks(lines: Sequence[str]) -> tuple[int, list[_Block]]:
    """How many lines the header has, and the records' lines."""
    whole = unwrapped(lines)
    heads = [(index, head) for index, line in enumerate(lines) if (head := parse_head(line)) is not None]
    ends = [index for index, _ in heads[1:]] + [len(lines)]
    blocks: list[_Block] = []
    for (start, head), end in zip(heads, ends, strict=True):
        texts = tuple((index + 1, whole[index]) for index in range(start + 1, end) if whole[index])
        # The line above the second, as the file has it: a wrapped line leaves nothing behind either.
        is_spaced = len(texts) > 1 and not lines[texts[1][0] - 2]
        blocks.append(_Block(start + 1, head, texts, is_spaced))
    return (heads[0][0] if heads else len(lines)), blocks


def _is_full(blocks: Sequence[_Block]) -> bool:
    """Whether the page gives bylines a line of their own: where it does not, what follows is abstracts."""
    votes = Counter(is_byline(block.lines[1][1]) for block in blocks if len(block.lines) > 1)
    return bool(votes[True]) and 2 * votes[True] >= votes[False]


def _record(path: str, block: _Block, problems: list[Problem], *, full: bool) -> _Record | None:
    """The parts of one record; nothing, and a problem, if it has only its head."""

    def problem(what: str, excerpt: str = "", line: int = block.line, *, lost: bool = True) -> None:
        problems.append(Problem(path, line, what, excerpt[:60], lost))

    if not block.head.is_valid:
        problem("no such day in the calendar")
    if not block.lines:
        problem("half a record: no title below this line")
        return None
    title = block.lines[0][1]
    byline = block.lines[1][1] if len(block.lines) > 1 else ""
    has_byline = is_byline(byline) and (full or block.is_spaced)
    if full and block.is_spaced and len(block.lines) > 2:
        has_byline = has_byline or all(map(may_be_name, names_in(cut_tail(byline).text)))
    rest = block.lines[2:] if has_byline else block.lines[1:]
    abstract = _abstract(path, rest, problems)
    if not abstract:
        problem("no abstract", title, lost=False)
    tail = cut_tail(byline if has_byline else title)
    if has_byline:
        return _Record(block, title, names_in(tail.text), tail.et_al, tail.affiliations, abstract)
    if full and (block.is_spaced or len(block.lines) == 1):
        problem("no byline", title)
        return _Record(block, title, (), False, (), abstract)
    return _Record(block, tail.text, None, tail.et_al, tail.affiliations, abstract)


def _abstract(path: str, lines: Sequence[tuple[int, str]], problems: list[Problem]) -> str:
    """The paragraphs of an abstract as one line; a short line behind its end belongs to something else."""
    kept: list[str] = []
    last = 0
    for number, line in lines:
        if (
            kept
            and len(line) < _SHORTEST_PARAGRAPH
            and (number > last + 1 or (kept[-1][-1] in ".!?" and line[-1] not in ".!?"))
        ):
            problems.append(Problem(path, number, "this line belongs to no record", line[:60]))
            continue
        kept.append(line)
        last = number
    return " ".join(kept)


def _unglue(
    path: str, records: Sequence[_Record], owner: str | None, problems: list[Problem]
) -> list[_Record]:
    """`records` with title and authors parted where they were glued."""
    glued = [record for record in records if record.authors is None]
    known = [name for record in records for name in record.authors or ()]
    splits = split_page(
        [Glued(record.title, record.et_al, record.abstract) for record in glued],
        names=[*known, owner] if owner else known,
        titles=[record.title for record in records if record.authors is not None],
    )
    parted = {id(record): split for record, split in zip(glued, splits, strict=True)}
    result: list[_Record] = []
    for record in records:
        split = parted.get(id(record))
        if split is None:
            result.append(record)
            continue
        if not split.authors:
            what = "no author found behind this title"
            problems.append(Problem(path, record.block.lines[0][0], what, record.title[-60:]))
        elif split.certainty < _DOUBTFUL:
            what = f"it is doubtful that the title ends before {split.authors[0]!r}"
            problems.append(Problem(path, record.block.lines[0][0], what, split.title[-60:]))
        result.append(replace(record, title=split.title, authors=split.authors, title_from="inferred"))
    return result


def _paper(page: Page, record: _Record) -> Paper:
    head = record.block.head
    date = head.date
    year_from: Provenance = "stated"
    if date.year is None and page.current_year is not None:
        date = PartialDate(page.current_year, date.month, date.day)
        year_from = "inferred"
    authors = record.authors or ()
    return Paper(
        title=record.title,
        title_from=record.title_from,
        authors=authors,
        authors_complete=bool(authors) and not record.et_al,
        date=date,
        year_from=year_from,
        category=head.category,
        abstract=record.abstract,
        urls=urls(record.abstract),
        has_code=head.has_code,
        score=head.score,
        affiliations=record.affiliations,
        pages_of=(page.owner,) if page.owner else (),
        source=Source(page.path, record.block.line, NAME),
    )


def _header(path: str, lines: Sequence[str], problems: list[Problem]) -> Page:
    """What stands above the first record: the owner's name first, then figures in no fixed order."""
    owner: str | None = None
    affiliations: tuple[str, ...] = ()
    metrics: dict[str, Metric] = {}
    for number, line in enumerate(lines, 1):
        if not line:
            continue
        if metric := _METRIC.fullmatch(line):
            _note_metric(metrics, metric)
        elif is_category(line) and "category" not in metrics and owner:
            metrics["category"] = line
        elif owner is None and len(line) < _SHORTEST_PARAGRAPH:
            owner = line
        elif _SLUGS.fullmatch(line) and not affiliations:
            affiliations = tuple(line.split(", "))
        else:
            problems.append(Problem(path, number, "a line of the header that says nothing known", line[:60]))
    return Page(path=path, format=NAME, owner=owner, affiliations=affiliations, metrics=metrics)


def _note_metric(metrics: dict[str, Metric], match: re.Match[str]) -> None:
    """Take "h-index41" or "36papers" into `metrics`; "36 Papers" with a blank is the list's heading."""
    before, after_label, number, blank, label = match.groups()
    name = _METRICS[(before or label).lower()]
    digits = (after_label or number).replace(",", "")
    value = float(digits) if "." in digits else int(digits)
    if name == "papers" and blank:
        name = "papers_heading"
    metrics.setdefault(name, value)


def _with_owner(page: Page, records: Sequence[_Record]) -> Page:
    """`page` with the name in most bylines as its owner where no header states one."""
    if page.owner:
        return page
    owner = most_frequent(record.authors or () for record in records)
    return replace(page, owner=owner, owner_from="inferred")


def _compare_count(page: Page, reading: Reading, blocks: Sequence[_Block]) -> None:
    """Say so when the page announces another number of papers than could be read."""
    stated = page.metrics.get("papers_heading", page.metrics.get("papers"))
    if stated is not None and stated != len(reading.papers):
        line = blocks[-1].line if blocks else 0
        what = f"the page announces {stated} papers, {len(reading.papers)} were read"
        reading.problems.append(Problem(page.path, line, what))
