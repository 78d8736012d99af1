"""Which type an entry takes, and which fields that type has a place for.

An entry takes the publication's own type only where it has all that the type requires (btxdoc, section 3.1;
the biblatex manual, section 2.1); else it is a @misc, so that no program has a warning to give: an article of
a journal that nobody names, or by nobody, is printed as what is known of it, which is what @misc is for. Its
annotation then tells the type, "[Type: article]", and our own reader takes it from there.
"""

from paperbrowse.model import VOLUMES, Paper
from paperbrowse.text.latex_bibtex import Charset
from paperbrowse.text.patterns import regex

VENUE_FIELDS = {
    "inproceedings": "booktitle",
    "incollection": "booktitle",
    "inbook": "booktitle",
    "article": "journal",
    "phdthesis": "school",
    "mastersthesis": "school",
    "techreport": "institution",
    "proceedings": "organization",
    "manual": "organization",
    "dataset": "organization",
}
"""The types that need a venue to be complete, or may have one, and the field of each that takes it."""
_VENUE_IS_NEEDED = frozenset(VENUE_FIELDS) - {"proceedings", "manual", "dataset"}
_TYPE_SYNONYMS = {"conference": "inproceedings", "inbook": "incollection"}
_READ_AS = {"book": ("collection",), "unpublished": ("misc",), "online": ("misc",)}
_BIBLATEX_ONLY = ("dataset", "software", "patent")
_MEETING = regex(r"(?i)^(?:proceedings|findings)\b|\b(?:conference|workshop|symposium)\b")

_TOLD_IN_MISC = frozenset({"series", "edition", "volume", "number", "chapter", "pages", "publisher"})
"""What no style prints of a @misc."""
_THESIS = "series edition volume number publisher isbn issn event organization editor"
_UNPUBLISHED = "series edition volume chapter pages publisher isbn issn page_total organization editor"
_UNPLACED = {
    "article": "edition chapter publisher address isbn event genre page_total organization",
    "inproceedings": "edition issn genre page_total",
    "incollection": "issn event genre page_total organization",
    "inbook": "issn event genre page_total organization",
    "book": "issn event genre organization",
    "collection": "issn event genre organization",
    "proceedings": "edition issn genre",
    "phdthesis": _THESIS,
    "mastersthesis": _THESIS,
    "techreport": "series edition volume publisher isbn issn event organization editor",
    "manual": "volume issn event",
    "unpublished": f"{_UNPUBLISHED} number",
    "booklet": "series edition volume number publisher isbn issn event organization",
    "dataset": "volume chapter pages isbn issn event page_total",
    "patent": f"{_UNPUBLISHED} event language",
    "misc": "isbn issn event page_total",
    "software": "isbn issn event page_total series edition volume number chapter pages publisher",
}
_UNPLACED_IN = {kind: frozenset(names.split()) for kind, names in _UNPLACED.items()}
"""What biber calls invalid in each type, by the names in the model."""
_NUMBERED_IN_SERIES = frozenset({"book", "inbook", "incollection", "inproceedings", "proceedings"})
_WITHOUT_EDITORS = frozenset({"phdthesis", "mastersthesis", "techreport", "manual", "booklet", "unpublished"})
_EITHER_OR = ("book", "inbook")
"""What classic BibTeX takes authors or editors of, and complains of both."""


def kind_of(paper: Paper, author: str, editor: str, venue: str, charset: Charset) -> str:
    """The publication's own type if the record has all that it requires, else "misc"."""
    stated = (paper.entry_type or "").lower()
    kind = _TYPE_SYNONYMS.get(stated, stated)
    if not kind and paper.venue and _MEETING.search(paper.venue):
        kind = "inproceedings"
    if not paper.date.year:
        return "misc"
    if kind in VOLUMES:
        return _kind_of_volume(paper, kind, author, editor, venue, charset)
    if kind == "incollection" and not venue:
        return _kind_of_part(paper, author, editor, charset)
    if kind in _BIBLATEX_ONLY:
        known = kind != "patent" or (author and paper.number)
        return kind if charset == "utf-8" and known and not (venue and kind == "patent") else "misc"
    if kind == "manual":
        return kind if author or venue else "misc"
    if not author:
        return "misc"
    if kind == "booklet" or (kind == "unpublished" and paper.remark and not venue):
        return kind
    if kind == "incollection" and charset == "utf-8":
        kind = kind if editor else "inbook"  # biber wants its editor
    elif kind == "incollection":
        kind = kind if paper.publisher else "inproceedings"  # classic styles want its publisher
    return kind if kind in _VENUE_IS_NEEDED and venue else "misc"


def _kind_of_volume(paper: Paper, kind: str, author: str, editor: str, venue: str, charset: Charset) -> str:
    """A whole book by its authors, or one by its editors, who make it complete as well as they do."""
    if kind == "book" and not venue and author:
        return "book" if paper.publisher else "misc"
    if not editor or author or (venue and (kind == "book" or not paper.venue)):
        return "misc"
    if kind == "book" and charset == "utf-8":
        return "collection"  # biber wants the author of a @book
    return kind if paper.publisher else "proceedings"  # classic styles want the publisher of a @book


def _kind_of_part(paper: Paper, author: str, editor: str, charset: Charset) -> str:
    """A part of a book that has no title of its own, BibTeX's @inbook; biblatex has none such."""
    if not paper.publisher or not (author or editor):
        return "misc"
    if charset == "utf-8":
        return "book" if author else "collection"
    return "inbook" if paper.chapter or paper.pages else "misc"


def has_place(kind: str, name: str, paper: Paper, charset: Charset) -> bool:
    """Whether an entry takes a field, by its name in the model, without a word of any program. What classic
    styles do not know they pass over, so that it costs nothing there."""
    if kind == "misc" and name in _TOLD_IN_MISC:
        return False
    if name == "organization" and VENUE_FIELDS.get(kind) == name and paper.venue:
        return False
    if charset == "utf-8":
        return name not in _UNPLACED_IN[kind]
    if name == "number" and kind == "article":
        return bool(paper.volume)
    if name == "number" and kind in _NUMBERED_IN_SERIES:
        return bool(paper.series) and not paper.volume
    return name != "editor" or not (kind in _WITHOUT_EDITORS or (kind in _EITHER_OR and paper.authors))


def is_another(kind: str, paper: Paper) -> bool:
    """Whether who reads the entry would take it for another type than the paper is of."""
    stated = (paper.entry_type or "misc").lower()
    alike = {stated, _TYPE_SYNONYMS.get(stated, stated), *_READ_AS.get(stated, ())}
    return kind not in alike
