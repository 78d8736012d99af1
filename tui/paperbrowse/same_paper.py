"""Whether two records are the same paper.

The same id says so. Without ids in common it takes the same folded title, bylines that agree and years that
may be a preprint's and its publication's; for a record without a title, nearly the same abstract. Two
different ids of one kind say that it is not. Titles that are only alike prove nothing: "GRAM: …" and "GRAM-
R²: …" are two papers of the same people.
"""

from collections.abc import Iterable, Sequence
from functools import lru_cache

from paperbrowse.model import Paper
from paperbrowse.text.fold import fold, letters
from paperbrowse.text.patterns import regex

_PREPRINT_DOIS = (
    "10.48550/", "10.1101/", "10.2139/", "10.21203/", "10.31234/", "10.31219/", "10.20944/", "10.36227/",
    "10.5281/", "10.13140/", "10.26434/", "10.31235/",
)  # fmt: skip
"""arXiv, bioRxiv, SSRN, Research Square, PsyArXiv, OSF, Preprints.org, TechRxiv, Zenodo, ResearchGate,
ChemRxiv, SocArXiv: these name a preprint or a copy, not the publication."""
_PREPRINT_VENUE = regex(r"(?i)\b(?:arxiv|corr|biorxiv|medrxiv|ssrn|preprints?|openreview|techrxiv)\b")
_UNPUBLISHED = frozenset({"misc", "unpublished", "techreport", None})

_WORD = regex(r"[^\W_]+")
_ASCII_LETTERS = {code: chr(code).lower() if chr(code).isalnum() else None for code in range(128)}

_NO_LETTERS = regex(r"(?:\b\w*\d\w*\b|[\W_])+")
_RECURRING = regex(
    r"(?:an? |the )?(?:(?:overview|findings|report|results?|summary|abstracts|proceedings) (?:of|on|from) "
    r"|(?:general |program )?(?:preface|introduction|editorial|index|list|calendar|announcements?)\b)"
)
"""Titles that the same people give every year to what is another report."""
_SAME_REPORT = 0.3

_SHORT_TITLE = 16
"""Folded titles below this many letters ("Preface", "Introduction") are shared by many papers."""
_LONG_TITLE = 28
"""From here on a title is enough without a byline, if the years agree."""
_WIDEST_GAP = 3
"""Years between a preprint and its publication."""


def is_published(paper: Paper) -> bool:
    """Whether the record is of a publication and not of a preprint."""
    if paper.anthology or (paper.doi and not is_preprint_doi(paper.doi)):
        return True
    if paper.venue is None or _PREPRINT_VENUE.search(paper.venue):
        return False
    return paper.entry_type not in _UNPUBLISHED


def is_preprint_doi(doi: str) -> bool:
    """Whether a DOI names a preprint or a copy."""
    return doi.startswith(_PREPRINT_DOIS)


def title_key(title: str) -> str:
    """What two spellings of a title share: its letters and digits, folded."""
    if "\\" in title:
        from paperbrowse.text.latex import to_terminal

        title = to_terminal(title)
    return title.translate(_ASCII_LETTERS) if title.isascii() else letters(title)


def ids(paper: Paper) -> list[tuple[str, str]]:
    """The ids that name this paper alone, as (kind, id); a preprint's DOI is of another kind."""
    found = []
    if paper.anthology:
        found.append(("anthology", paper.anthology.lower()))
    if paper.arxiv:
        found.append(("arxiv", without_version(paper.arxiv).lower()))
    if paper.doi:
        found.append(("preprint" if is_preprint_doi(paper.doi) else "doi", paper.doi.lower()))
    return found


def without_version(arxiv: str) -> str:
    """An arXiv id without the "v2" at its end."""
    number, _, version = arxiv.rpartition("v")
    return number if number and version.isdigit() else arxiv


def same_id_is_credible(one: Paper, other: Paper) -> bool:
    """Whether records with an id in common can be one paper: a proceedings' DOI on each of its chapters is a
    common mistake, so titles or bylines have to have something in common."""
    if "derived" in (one.title_from, other.title_from):
        return True
    words, others = (set(_WORD.findall(fold(paper.title))) for paper in (one, other))
    if 2 * len(words & others) >= min(len(words), len(others)):
        return True
    return bool(one.credited and other.credited) and bylines_agree(one, other)


def titled_agree(one: Paper, other: Paper, letters_of_title: int) -> bool:
    """Whether records of the same folded title are one paper."""
    gap = _years_apart(one, other)
    if is_published(one) and is_published(other) and _are_two_publications(one, other, gap):
        return False
    if letters_of_title < _SHORT_TITLE:
        return gap == 0 and bool(one.credited and other.credited) and bylines_agree(one, other, share=1.0)
    if not one.credited or not other.credited:
        return letters_of_title >= _LONG_TITLE and (gap is None or gap <= 1)
    if gap is not None and gap > _WIDEST_GAP:
        return False
    if gap and _RECURRING.match(fold(one.title)):
        return _abstracts_agree(one, other)
    return bylines_agree(one, other)


def _are_two_publications(one: Paper, other: Paper, gap: int | None) -> bool:
    """Whether what two published records of one title say of their places cannot be of one.

    A journal's version of a conference paper is cited by itself, and so is what a project reports every year.
    """
    page, other_page = _first_page(one), _first_page(other)
    is_same_venue = _venue_key(one) == _venue_key(other)
    if is_same_venue and _differ(page, other_page):
        return True
    if page and page == other_page and is_same_venue:
        return bool(gap and gap > 1)
    if gap:
        is_journal = one.entry_type == other.entry_type == "article"
        return gap > 1 or not is_journal or not is_same_venue or _differ(one.volume, other.volume)
    if not one.credited and not other.credited:
        return True
    return is_same_venue and (_differ(one.volume, other.volume) or _differ(one.number, other.number))


def _venue_key(paper: Paper) -> str:
    """A venue's letters without the numbers and the year that each of its editions has."""
    return _NO_LETTERS.sub("", fold(paper.venue or ""))


def _first_page(paper: Paper) -> str | None:
    first = _WORD.search(paper.pages or "")
    return fold(first[0]) if first else None


def _differ(one: str | None, other: str | None) -> bool:
    return one is not None and other is not None and one != other


def _abstracts_agree(one: Paper, other: Paper) -> bool:
    return bool(one.abstract and other.abstract) and (
        overlap(shingles(one.abstract), shingles(other.abstract)) >= _SAME_REPORT
    )


def _years_apart(one: Paper, other: Paper) -> int | None:
    if one.date.year is None or other.date.year is None:
        return None
    return abs(one.date.year - other.date.year)


def bylines_agree(one: Paper, other: Paper, share: float = 0.5) -> bool:
    """Whether `share` of the shorter byline's names stand in the other, however swapped or respelled."""
    few, many = sorted((one.credited, other.credited), key=len)
    known = [_name_words(name) for name in many]
    found = sum(any(_same_name(_name_words(name), full) for full in known) for name in few)
    if not one.all_credited and not other.all_credited and len(few) == len(many) == 3:
        return found >= 2  # two cut bylines of the same paper show the same names
    return found >= max(1, share * len(few))


@lru_cache(maxsize=65536)
def _name_words(name: str) -> frozenset[str]:
    """A name's words; without hyphens too, since "Xian-Ling" is also written "Xianling"."""
    folded = fold(name)
    return frozenset(_WORD.findall(folded)) | frozenset(
        _WORD.findall(folded.replace("-", "").replace("'", ""))
    )


def _same_name(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether two names share a word and nothing contradicts: "J. Zhu" and "Jingbo Zhu" do, "Li Wang"
    and "Wei Wang" do not."""
    shared = one & other
    if not any(len(word) > 1 for word in shared):
        return False
    rest, others = one - shared, other - shared
    if not rest or not others:
        return True
    return any(word[0] == fellow[0] for word in rest for fellow in others)


def shingles(abstract: str) -> frozenset[tuple[str, ...]]:
    """The runs of three words in an abstract, folded."""
    words = _WORD.findall(fold(abstract))
    return frozenset(zip(words, words[1:], words[2:], strict=False)) or frozenset({tuple(words)})


def overlap(one: frozenset[tuple[str, ...]], other: frozenset[tuple[str, ...]]) -> float:
    """Jaccard's index."""
    shared = len(one & other)
    return shared / ((len(one) + len(other) - shared) or 1)


def owner_can_be_author(owners: Iterable[str], authors: Sequence[str]) -> bool:
    """Whether one of the owners of the pages that list a paper stands in its byline."""
    names = [_name_words(name) for name in authors]
    return any(_same_name(_name_words(owner), name) for owner in owners for name in names)
