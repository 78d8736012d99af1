"""The same paper from several sources becomes one; of every field the better source's value, and none
lost."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace

from paperbrowse.grouping import grouped
from paperbrowse.identity import with_identities_of
from paperbrowse.model import VOLUMES, Paper, Provenance, Source
from paperbrowse.same_paper import (
    bylines_agree,
    is_preprint_doi,
    is_published,
)

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
