"""What the program knows of papers, pages and bookmarks: plain data, no I/O.

Text in these classes is already clean (see `paperbrowse.text.clean`) but otherwise as the source
printed it, LaTeX included; `paperbrowse.text.latex` renders it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

Provenance = Literal["stated", "inferred", "derived", "corrected"]
"""How a field is known: printed by the source, concluded by a reader, made up of other fields
(a supplied title), or set right by a person."""

ReadingStatus = Literal["", "to-read", "reading", "read"]

Metric = int | float | str

VOLUMES = ("book", "proceedings")
"""The kinds of publication that may have editors and no author, in BibTeX's words."""


@dataclass(frozen=True, slots=True)
class Source:
    """Where a record was read: the file, its first line there (counted from 1), and the format."""

    path: str
    line: int
    format: str


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A date as far as it is known; a day never stands without its month."""

    year: int | None = None
    month: int | None = None
    day: int | None = None


UNDATED = PartialDate()
NOWHERE = Source("", 0, "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """One paper as one source gives it."""

    key: str = ""
    """Citation key: ASCII, unique in its library. Readers leave it empty; the library gives it."""
    title: str
    title_from: Provenance = "stated"
    """`derived` where the source prints no title and `title` is a supplied one in square brackets."""
    authors: tuple[str, ...] = ()
    """The byline in its order, each name as printed ("Kirill V. Golubnichiy"), without "et al."."""
    authors_complete: bool = True
    """False where the source says or shows that there are more authors ("et al.", no byline)."""
    editors: tuple[str, ...] = ()
    """Who edited it, or the volume it stands in, each name as printed."""
    editors_complete: bool = True
    """False where the source says that there are more editors."""
    date: PartialDate = UNDATED
    year_from: Provenance = "stated"
    category: str | None = None
    """Subject as printed; an arXiv code without its archive on Scholar Feed pages ("CL")."""
    venue: str | None = None
    """Where it was published, in full: the proceedings' or the journal's title."""
    venue_names: tuple[str, ...] = ()
    """Short names of the venue as the source gives them, such as the Anthology's ("wmt", "ws")."""
    entry_type: str | None = None
    """BibTeX's word for the kind of publication ("inproceedings", "article") where it is known."""
    pages: str | None = None
    """Page range with one hyphen, "416-425"."""
    volume: str | None = None
    number: str | None = None
    publisher: str | None = None
    address: str | None = None
    series: str | None = None
    edition: str | None = None
    """As printed, a number alone where it is one: "2", "Second"."""
    chapter: str | None = None
    isbn: str | None = None
    issn: str | None = None
    organization: str | None = None
    """Who held or sponsored it, besides the publisher and the venue."""
    event: str | None = None
    """The meeting's own name where it is not that of its proceedings."""
    genre: str | None = None
    """What kind of thesis or report it is in its source's words ("Habilitation")."""
    page_total: str | None = None
    language: str | None = None
    short_title: str | None = None
    remark: str | None = None
    """What its source wants printed behind the reference, BibTeX's `note`."""
    annotation: str | None = None
    """What its source says of it that is not printed."""
    accessed: str | None = None
    """The day its address was looked at, "2024-05-17"."""
    keywords: tuple[str, ...] = ()
    """Its subjects in its source's words."""
    abstract: str = ""
    """Verbatim, on one line."""
    urls: tuple[str, ...] = ()
    doi: str | None = None
    arxiv: str | None = None
    anthology: str | None = None
    """ACL Anthology id, "2023.findings-acl.651"."""
    has_code: bool = False
    score: float | None = None
    """Scholar Feed's own score of the paper."""
    affiliations: tuple[str, ...] = ()
    pages_of: tuple[str, ...] = ()
    """Owners of the author pages that list this paper: it is theirs although the byline may hide them."""
    source: Source = NOWHERE
    cited_as: str | None = None
    """The citation key that the source itself gives the paper."""
    corrected: tuple[str, ...] = ()
    """The names of the fields that were set right against the source."""
    correction: str | None = None
    """Where such fields were taken from ("ACL Anthology 2023.findings-acl.651")."""
    corrected_by: tuple[str, ...] = ()
    """The same for each of `corrected`, in their order, where not all are from one place."""
    known_as: tuple[str, ...] = ()
    """Other identities (see `paperbrowse.identity`) of the records it was made of, before corrections and
    merging: a bookmark of such a record is a bookmark of this paper."""

    @property
    def credited(self) -> tuple[str, ...]:
        """Under whose names it is filed, found and cited: its authors, or its editors where it has none."""
        return self.authors or self.editors

    def correction_of(self, name: str) -> str | None:
        """Where a field was taken from that was set right; None for others, and where that is not known."""
        if name not in self.corrected:
            return None
        return dict(zip(self.corrected, self.corrected_by, strict=False)).get(name) or self.correction

    def corrected_as(self, by: Mapping[str, str]) -> "Paper":
        """The paper, told to be corrected in the fields `by` name, each with where it was taken from."""
        sources = dict.fromkeys(by.values())
        return replace(
            self,
            corrected=tuple(by),
            correction="; ".join(filter(None, sources)) or None,
            corrected_by=tuple(by.values()) if len(sources) > 1 else (),
        )

    @property
    def all_credited(self) -> bool:
        """Whether no name is missing in `credited`."""
        return self.authors_complete if self.authors or not self.editors else self.editors_complete


@dataclass(frozen=True, slots=True)
class Problem:
    """Something a reader could not use: where, what, and the beginning of the text in question."""

    path: str
    line: int
    what: str
    excerpt: str = ""
    lost: bool = True
    """Whether a record or a file was lost for it; False where only a detail is missing."""

    def __str__(self) -> str:
        place = f"{self.path}:{self.line}" if self.line else self.path
        return f"{place}: {self.what}" + (f" ({self.excerpt!r})" if self.excerpt else "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """What one file says besides its papers; for an author page, whose it is."""

    path: str
    format: str
    owner: str | None = None
    owner_from: Provenance = "stated"
    affiliations: tuple[str, ...] = ()
    metrics: Mapping[str, Metric] = field(default_factory=dict)
    """The page's own figures: `category`, `h_index`, `papers`, `citations`, `novelty_percent`, `ai_score`."""
    current_year: int | None = None
    """The year that dates without a year were given, where the page has such dates."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Author:
    """A name, the papers it stands on, and what its own page says of it.

    `rows` are positions in `Library.papers`: every paper whose byline prints the name, and every paper
    that the author's own page lists. `page_owner` tells how an owner is known, None for everyone else.
    """

    name: str
    rows: tuple[int, ...]
    page_owner: Provenance | None = None
    affiliations: tuple[str, ...] = ()
    metrics: Mapping[str, Metric] = field(default_factory=dict)


@dataclass(slots=True)
class Reading:
    """What came out of one or several files."""

    papers: list[Paper] = field(default_factory=list)
    pages: list[Page] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class Bookmark:
    """A kept paper with what a person added to it. `paper.key` is its citation key, for ever."""

    paper: Paper
    added: str
    """UTC, ISO 8601 to the second: "2026-11-20T09:35:14Z"."""
    tags: tuple[str, ...] = ()
    note: str = ""
    status: ReadingStatus = ""
