"""The same paper from several sources becomes one; of every field the better source's value, and none
lost."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from paperbrowse.identity import identity, with_identities_of
from paperbrowse.model import VOLUMES, Paper, Provenance, Source
from paperbrowse.same_paper import (
    bylines_agree,
    ids,
    is_preprint_doi,
    is_published,
    overlap,
    owner_can_be_author,
    same_id_is_credible,
    shingles,
    title_key,
    titled_agree,
)

_SAME_ABSTRACT = 0.5
"""Overlap of three-word runs from which abstracts of one year are of one paper. An author page's abstract and
the publication's reach 0.97 and more."""
_CERTAIN_ABSTRACT = 0.8
"""The same across years: what a group writes of its system every year comes to 0.6 ("The 2012 KIT …")."""
_SIGNATURE = 24
"""How many of an abstract's rarest words look for its like."""
_FEWEST_SHARED = 8
"""How many of these have to be in both; abstracts that share half of their three-word runs share more."""
_SAMPLE = 4000
_MOST_RECORDS = 30
"""A word that stands in more of the abstracts in question tells too little."""

_PLACE_FIELDS = (
    "venue", "entry_type", "pages", "volume", "number", "publisher", "address", "editors", "series",
    "edition", "chapter", "isbn", "issn", "organization", "event", "genre", "page_total", "remark",
)  # fmt: skip
"""What belongs together: the pages of one publication are not those of another."""
_UNITED_FIELDS = ("urls", "pages_of", "venue_names", "keywords")
_OTHER_FIELDS = (
    "category", "abstract", "arxiv", "anthology", "score", "affiliations", "language", "short_title",
    "annotation", "accessed",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Said:
    """What one source says, and how it is known there."""

    value: object
    source: Source
    how: Provenance = "stated"


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a paper's field comes from, and what the other sources say that differs; where it is corrected,
    what any source says."""

    field: str
    value: object
    source: Source
    how: Provenance
    correction: str | None
    others: tuple[Said, ...]
    is_given: bool = True
    """Whether any source says something of it."""

    @property
    def told(self) -> str:
        """In words where the value comes from: what it was corrected by, or how its source gives it."""
        return self.correction_told or f"{self.how}, {self.source.path}:{self.source.line}"

    @property
    def correction_told(self) -> str:
        """In words what the value was corrected by; nothing where it is a source's."""
        if self.how != "corrected":
            return ""
        told = self.correction or "corrected"
        return told if self.is_given else f"{told}; no source gives it"

    @property
    def before_others(self) -> str:
        """The word before what the other sources say: "also", or "instead of" them the correction holds."""
        return "instead of" if self.how == "corrected" else "also"


@dataclass(slots=True)
class Merging:
    """The papers after merging, in the order of their first records."""

    papers: list[Paper]
    _members: dict[int, tuple[Paper, ...]] = field(default_factory=dict)
    _originals: dict[int, tuple[Paper, ...]] = field(default_factory=dict)

    def members(self, row: int) -> tuple[Paper, ...]:
        """The records that `papers[row]` was made of, the best first."""
        return self._members.get(row) or (self.papers[row],)

    def originals(self, row: int) -> tuple[Paper, ...]:
        """The same records as their sources give them, before corrections."""
        return self._originals.get(row) or self.members(row)

    @property
    def merged_rows(self) -> Collection[int]:
        """The rows that were made of several records."""
        return self._members.keys()

    @property
    def corrected_rows(self) -> Collection[int]:
        """The rows that were made of corrected records."""
        return self._originals.keys()

    def origins(self, row: int) -> tuple[Origin, ...]:
        """`origins` of `papers[row]`."""
        return origins(self.papers[row], self.members(row), self.originals(row))


def origins(
    paper: Paper, records: Sequence[Paper], originals: Sequence[Paper] | None = None
) -> tuple[Origin, ...]:
    """For each field that some of a paper's `records` fills: where its value comes from, and what the others
    say. `originals` are the same records before they were corrected."""
    said = originals or records
    return tuple(origin for name in _SHOWN if (origin := _origin(name, paper, records, said)) is not None)


def merge(
    papers: Sequence[Paper],
    refused: Collection[tuple[str, str]] = (),
    originals: Sequence[Paper] | None = None,
) -> Merging:
    """One paper for all records of it; `originals` are the records before they were corrected.

    `refused` holds pairs of `identity` that a person called two papers; a pair of the same identity twice
    says that records which share it are not to be merged.
    """
    merging = Merging([])
    for rows in grouped(papers, refused):
        ranked = sorted(rows, key=lambda row: rank(papers[row])) if len(rows) > 1 else rows
        records = tuple(papers[row] for row in ranked)
        if len(records) > 1:
            merging._members[len(merging.papers)] = records
        if originals and any(originals[row] is not papers[row] for row in rows):
            merging._originals[len(merging.papers)] = tuple(originals[row] for row in ranked)
        merging.papers.append(united(records) if len(records) > 1 else records[0])
    return merging


def grouped(
    papers: Sequence[Paper],
    refused: Collection[tuple[str, str]] = (),
    among: Sequence[int] | None = None,
) -> Iterator[list[int]]:
    """The rows of the records of each paper, in the order of their first ones.

    With `among`, only records in these rows are compared, and the others passed over: the outcome for them is
    the same when no record elsewhere has one of their `marks`, and none `needs_abstracts`.
    """
    rows = range(len(papers)) if among is None else among
    groups = _Groups(papers, refused)
    _join_by_id(papers, groups, rows)
    _join_by_title(papers, groups, rows)
    _join_by_abstract(papers, groups, rows)
    return groups.in_order(rows)


def marks(paper: Paper) -> list[str]:
    """What two records of a paper have in common, one of these at least, unless one `needs_abstracts`."""
    found = [f"{kind}:{id_}" for kind, id_ in ids(paper)]
    if paper.title_from != "derived":
        found.append("title:" + title_key(paper.title))
    return found


def needs_abstracts(paper: Paper) -> bool:
    """Whether a record is compared with others by its abstract."""
    return paper.title_from == "derived" and bool(paper.abstract)


class _Groups:
    """Which records are together, and which must not be: those with different ids, and those refused."""

    def __init__(self, papers: Sequence[Paper], refused: Collection[tuple[str, str]]) -> None:
        self._papers = papers
        self._refused = {frozenset(pair) for pair in refused}
        self._head: dict[int, int] = {}
        self._rows: dict[int, list[int]] = {}

    def head(self, row: int) -> int:
        """The row that stands for the group of `row`."""
        return self._head.get(row, row)

    def join(self, one: int, other: int) -> bool:
        """Put the groups of two rows together unless something forbids it; whether they are together."""
        one, other = sorted((self.head(one), self.head(other)))
        if one == other:
            return True
        rows, others = self._rows.get(one, [one]), self._rows.get(other, [other])
        if self._conflict(rows, others) or self._is_refused(rows, others):
            return False
        self._rows[one] = rows + others
        self._rows.pop(other, None)
        for row in others:
            self._head[row] = one
        return True

    def in_order(self, among: Iterable[int]) -> Iterator[list[int]]:
        """The rows of each group, in the order of their first ones."""
        for row in among:
            if self._head.get(row, row) == row:
                yield self._rows.get(row) or [row]

    def _conflict(self, rows: Sequence[int], others: Sequence[int]) -> bool:
        here, there = self._ids(rows), self._ids(others)
        return any(kind in there and not found & there[kind] for kind, found in here.items())

    def _ids(self, rows: Sequence[int]) -> dict[str, set[str]]:
        found: dict[str, set[str]] = {}
        for row in rows:
            for kind, id_ in ids(self._papers[row]):
                if kind != "preprint":
                    found.setdefault(kind, set()).add(id_)
        return found

    def _is_refused(self, rows: Sequence[int], others: Sequence[int]) -> bool:
        if not self._refused:
            return False
        names = [identity(self._papers[row]) for row in others]
        return any(
            frozenset((identity(self._papers[row]), name)) in self._refused for row in rows for name in names
        )


def _join_by_id(papers: Sequence[Paper], groups: _Groups, rows: Sequence[int]) -> None:
    first: dict[tuple[str, str], int] = {}
    for row in rows:
        for id_ in ids(papers[row]):
            fellow = first.setdefault(id_, row)
            if fellow != row and same_id_is_credible(papers[fellow], papers[row]):
                groups.join(fellow, row)


def _join_by_title(papers: Sequence[Paper], groups: _Groups, rows: Sequence[int]) -> None:
    """Join records of the same folded title that agree. Where several that are different papers would do, the
    one of the nearest year is taken first, and the ids keep the others out."""
    first: dict[str, int] = {}
    twins: dict[str, list[int]] = {}
    for row in rows:
        if papers[row].title_from != "derived":
            key = title_key(papers[row].title)
            fellow = first.setdefault(key, row)
            if fellow != row:
                twins.setdefault(key, [fellow]).append(row)
    for key, alike in twins.items():
        pairs = [
            (_distance(papers[one], papers[other]), one, other)
            for place, one in enumerate(alike)
            for other in alike[place + 1 :]
            if groups.head(one) != groups.head(other) and titled_agree(papers[one], papers[other], len(key))
        ]
        for _, one, other in sorted(pairs):
            groups.join(one, other)


def _distance(one: Paper, other: Paper) -> tuple[int, int]:
    apart = abs(one.date.year - other.date.year) if one.date.year and other.date.year else 1
    return apart, len(set(one.credited) ^ set(other.credited))


def _join_by_abstract(papers: Sequence[Paper], groups: _Groups, rows: Sequence[int]) -> None:
    """Join each record without a title to the one whose abstract is nearly the same."""
    untitled = [row for row in rows if needs_abstracts(papers[row])]
    if not untitled:
        return
    likely = _alike(papers, untitled)
    for row in untitled:
        own = shingles(papers[row].abstract)
        found = []
        for fellow in likely.get(row, ()):
            share = overlap(own, shingles(papers[fellow].abstract))
            if share >= _SAME_ABSTRACT and _untitled_agree(papers[row], papers[fellow], share):
                found.append((-share, _distance(papers[row], papers[fellow]), fellow))
        for _, _, fellow in sorted(found):
            if groups.join(fellow, row):
                break


def _untitled_agree(untitled: Paper, other: Paper, share: float) -> bool:
    known = untitled.credited or untitled.pages_of
    if known and other.credited and other.all_credited and not owner_can_be_author(known, other.credited):
        return False
    return share >= _CERTAIN_ABSTRACT or untitled.date.year == other.date.year


def _alike(papers: Sequence[Paper], untitled: Sequence[int]) -> Mapping[int, list[int]]:
    """For each of `untitled` the rows that share several of the rarest words of its abstract."""
    step = max(1, len(papers) // _SAMPLE)
    common: Counter[str] = Counter()
    for paper in papers[::step]:
        common.update(set(paper.abstract.split()))
    postings: dict[str, list[int]] = defaultdict(list)
    for row in untitled:
        words = sorted(set(papers[row].abstract.split()), key=lambda word: (common[word], -len(word), word))
        for word in words[:_SIGNATURE]:
            postings[word].append(row)
    vocabulary = frozenset(word for word, rows in postings.items() if len(rows) <= _MOST_RECORDS)
    likely: dict[int, list[int]] = defaultdict(list)
    for row, paper in enumerate(papers):
        shared = vocabulary.intersection(paper.abstract.split())
        if len(shared) < _FEWEST_SHARED:
            continue
        hits = Counter(fellow for word in shared for fellow in postings[word] if fellow != row)
        for fellow, count in hits.items():
            if count >= _FEWEST_SHARED:
                likely[fellow].append(row)
    return likely


def rank(paper: Paper) -> tuple[bool, ...]:
    """The better record first: published, with a title of its own, a complete byline, an abstract."""
    return (
        not is_published(paper),
        paper.title_from == "derived",
        not paper.all_credited,
        paper.anthology is None,
        not paper.abstract,
    )


def united(members: Sequence[Paper]) -> Paper:
    """One paper of several records, which stand in the order of their rank."""
    best = members[0]
    titled = _giver("title", members)
    signed = _giver("authors", members)
    edited = _giver("editors", members)
    if _takes_editors_for_authors(signed, edited):
        signed = edited
    dated = _giver("date", members)
    values: dict[str, object] = {
        name: getattr(_giver(name, members), name) for name in (*_PLACE_FIELDS, *_OTHER_FIELDS)
    }
    for name in _UNITED_FIELDS:
        givers = [paper for paper in members if name in paper.corrected][:1] or members
        values[name] = tuple(dict.fromkeys(value for paper in givers for value in getattr(paper, name)))
    by: dict[str, str] = {}
    for paper in members:
        for name in paper.corrected:
            by.setdefault(name, paper.correction_of(name) or "")
    united = replace(
        best,
        title=titled.title,
        title_from=titled.title_from,
        authors=signed.authors,
        authors_complete=signed.authors_complete,
        editors_complete=edited.editors_complete,
        date=dated.date,
        year_from=dated.year_from,
        doi=_giver("doi", members).doi,
        has_code=any(paper.has_code for paper in members),
        cited_as=_giver("cited_as", members).cited_as,
        **values,  # type: ignore[arg-type]
    )
    return with_identities_of(united.corrected_as(by), members)


def _takes_editors_for_authors(signed: Paper, edited: Paper) -> bool:
    """Whether the one record calls those the authors of a volume whom the other knows for its editors, as
    catalogues do that have no word for editors."""
    if edited.authors or edited.entry_type not in VOLUMES or "authors" in signed.corrected:
        return False
    return bool(signed.authors) and bylines_agree(signed, edited, share=1.0)


def _giver(name: str, members: Sequence[Paper]) -> Paper:
    """The record whose value of a field stands in the merged paper."""
    for paper in members:
        if name in paper.corrected:
            return paper
    if name in _PLACE_FIELDS:
        return _place_giver(name, members)
    return min(members, key=lambda paper: _poverty(name, paper))


def _place_giver(name: str, members: Sequence[Paper]) -> Paper:
    """What tells of the publication comes from the best record that names one, or from its equals."""
    placed = next((paper for paper in members if paper.venue), members[0])
    if getattr(placed, name) not in (None, ()) or name == "venue":
        return placed
    same = (paper for paper in members if is_published(paper) == is_published(placed))
    return next((paper for paper in same if getattr(paper, name) not in (None, ())), placed)


def _poverty(name: str, paper: Paper) -> tuple[bool, bool]:
    """What speaks against taking a field from a record; among equals the better record gives it."""
    value = getattr(paper, name)
    match name:
        case "title":
            return paper.title_from == "derived", False
        case "authors":
            return not value, not paper.authors_complete
        case "date":
            return value.year is None, paper.year_from == "inferred"
        case "doi":
            return not value, bool(value) and is_preprint_doi(value)
        case "cited_as":
            return not value, paper.source.format != "BibTeX"
        case _:
            return value is None or value in ("", ()), False


_SHOWN = ("title", "authors", "date", *_PLACE_FIELDS, "doi", *_OTHER_FIELDS, *_UNITED_FIELDS, "cited_as")


def _origin(name: str, paper: Paper, records: Sequence[Paper], originals: Sequence[Paper]) -> Origin | None:
    value, corrected = getattr(paper, name), name in paper.corrected
    giver = _giver(name, records)
    others = tuple(
        Said(said, original.source, _how(name, original))
        for record, original in zip(records, originals, strict=True)
        if corrected or record is not giver
        if _filled(said := getattr(original, name)) and _differs(name, said, value)
    )
    if not _filled(value) and not (corrected and others):
        return None
    if not corrected:
        return Origin(name, value, giver.source, _how(name, giver), None, others)
    # A person may have corrected the paper that was made of the records, and none of them.
    correction = giver.correction_of(name) or paper.correction_of(name)
    is_given = any(_filled(getattr(original, name)) for original in originals)
    return Origin(name, value, giver.source, "corrected", correction, others, is_given)


def _differs(name: str, said: object, value: object) -> bool:
    """Whether what a record says of a field is not in the paper's value."""
    if name in _UNITED_FIELDS and isinstance(said, tuple) and isinstance(value, tuple):
        return not set(said) <= set(value)
    return said != value


def _filled(value: object) -> bool:
    return value is not None and value not in ("", ()) and getattr(value, "year", 0) is not None


def _how(name: str, giver: Paper) -> Provenance:
    if name in giver.corrected:
        return "corrected"
    if name == "title":
        return giver.title_from
    return giver.year_from if name == "date" else "stated"
