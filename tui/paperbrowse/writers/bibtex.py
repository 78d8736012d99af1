"""BibTeX and biblatex: two dialects, because each program breaks what the other one needs.

"bibtex" is ASCII, since classic BibTeX cuts UTF-8 letters into bytes when it makes initials; "biblatex" is
UTF-8, since biber corrupts nested accents. What a type has no field for is told in a note where styles ought
to print it, else in an annotation (see `paperbrowse.readers.told`), so that no fact is lost.
"""

from collections.abc import Mapping, Sequence
from urllib.parse import quote

from paperbrowse.model import Paper
from paperbrowse.readers.told import EDITED, PUBLISHED
from paperbrowse.text.latex_bibtex import Charset, Encoder
from paperbrowse.text.names import split_name
from paperbrowse.text.ordinals import edition_word
from paperbrowse.text.patterns import regex
from paperbrowse.writers.bibtex_names import names_field
from paperbrowse.writers.bibtex_types import VENUE_FIELDS, has_place, is_another, kind_of
from paperbrowse.writers.common import (
    MONTHS,
    Entry,
    ExportOptions,
    Report,
    address,
    caveat,
    further_links,
    is_arxiv_code,
    is_isbn,
    is_issn,
    keywords_of,
    labelled,
    own_link,
    page_range,
    place_of,
    subject,
)

_BIBLATEX_NAMES = {
    "journal": "journaltitle",
    "address": "location",
    "school": "institution",
    "annote": "annotation",
    "archivePrefix": "eprinttype",
    "primaryClass": "eprintclass",
}
FIELD_NAMES = frozenset(
    {
        *("author", "editor", "title", "booktitle", "organization", "year", "month", "date", "pages"),
        *("volume", "number", "publisher", "series", "edition", "chapter", "isbn", "issn", "eventtitle"),
        *("type", "pagetotal", "language", "langid", "shorttitle", "urldate"),
        *("doi", "url", "eprint", "howpublished", "keywords", "abstract", "key", "note"),
        *map(str.lower, _BIBLATEX_NAMES),
        *_BIBLATEX_NAMES.values(),
    }
)
"""What can be chosen of an entry, in either dialect's words, in small letters."""
_CHOSEN_WITH = {
    "archivePrefix": "eprint",
    "primaryClass": "eprint",
    "month": "date",
    "year": "date",
    "key": "author",
    "langid": "language",
}
_FIELDS = {
    "series": "series",
    "edition": "edition",
    "volume": "volume",
    "number": "number",
    "chapter": "chapter",
    "pages": "pages",
    "publisher": "publisher",
    "address": "address",
    "organization": "organization",
    "event": "eventtitle",
    "genre": "type",
    "page_total": "pagetotal",
    "isbn": "isbn",
    "issn": "issn",
}
"""What tells of the publication: names in the model and in BibTeX, in the order in which they are printed."""
_TIDIED = {"pages": page_range, "address": place_of}
_TOLD_IN_NOTE = ("series", "edition", "volume", "number", "chapter", "pages")
_IN_TITLE_CASE = frozenset({"edition", "genre"})
"""What classic styles set in small letters."""

_DOI = regex(r"10\.\d{4,9}/[A-Za-z0-9._()/:;<>+\[\]-]+")
_ANY_DOI = regex(r"10\.\d{4,9}/[!-\[\]-z|~]+")
_ARXIV = regex(r"(?:\d{4}\.\d{4,5}|[a-z-]+(?:\.[A-Z]{2})?/\d{7})(?:v\d+)?")
_NUMBERS = regex(r"\d+[-–]\d+")
_NUMBER = regex(r"[0-9]+")
_AFTER_BRACKET = regex(r"\)\.$")
_PAGE_DASH = regex(r"\s*(?:--+|[-–—‑‐−])\s*")
_PLAIN_ADDRESS = regex(r"[A-Za-z0-9:/.?#&=_-]*")
_LANGUAGE_KEY = regex(r"[a-z]{4,}")
_SEPARATING = regex(r"[ ,;]")
_SEPARATING_NAME = regex(r"[,;{}]|\band\b")
_IS_ONLINE = frozenset({"url", "eprint"})
_NOT_ONLINE = frozenset({"howpublished", "address", "type"})
_UNTITLED = "{[Untitled]}"


def render_bibtex(entries: Sequence[Entry], options: ExportOptions) -> Report:
    """The ASCII dialect for classic BibTeX."""
    return _render(entries, options, "ascii")


def render_biblatex(entries: Sequence[Entry], options: ExportOptions) -> Report:
    """The UTF-8 dialect for biblatex and biber."""
    return _render(entries, options, "utf-8")


def _render(entries: Sequence[Entry], options: ExportOptions, charset: Charset) -> Report:
    encoder = Encoder(charset)
    blocks = [_entry(entry, options, encoder) for entry in entries]
    return Report(text="\n".join(blocks), entries=len(blocks), unset=encoder.unset)


def _entry(entry: Entry, options: ExportOptions, encoder: Encoder) -> str:
    paper = entry.paper
    author = names_field(paper.authors, paper.authors_complete, encoder)
    editor = names_field(paper.editors, paper.editors_complete, encoder)
    venue = _venue(paper, encoder)
    kind = kind_of(paper, author, editor, venue, encoder.charset)
    people = _people(paper, kind, author, editor, encoder)
    fields = _fields(entry, kind, people, venue, options, encoder)
    biblatex = encoder.charset == "utf-8"
    if biblatex and "eprint" in fields and not paper.venue:
        fields.pop("howpublished", None)
    if biblatex and kind == "misc" and _IS_ONLINE & fields.keys() and not _NOT_ONLINE & fields.keys():
        kind = "online"
    chosen = {_canonical(name) for name in options.fields}
    if "author" in chosen and "author" not in fields:
        chosen.add("editor")
    lines = []
    for name, value in fields.items():
        if chosen and _canonical(name) not in chosen:
            continue
        written = value if name == "month" else f"{{{value}}}"
        lines.append(f"  {_BIBLATEX_NAMES.get(name, name) if biblatex else name} = {written},\n")
    return f"@{kind}{{{paper.key},\n{''.join(lines)}}}\n"


def _canonical(field: str) -> str:
    """One name for what the dialects call differently, so that either may be asked for."""
    lowered = field.lower()
    for name, other in _BIBLATEX_NAMES.items():
        if lowered in (name.lower(), other):
            return _CHOSEN_WITH.get(name, name)
    return _CHOSEN_WITH.get(lowered, lowered)


def _people(paper: Paper, kind: str, author: str, editor: str, encoder: Encoder) -> dict[str, str]:
    """Authors, editors, and what an entry is sorted by where its type's styles do not look at those."""
    biblatex = encoder.charset == "utf-8"
    is_sorted = author or biblatex or (editor and kind not in ("misc", "manual"))
    return {
        "author": author,
        "editor": editor if has_place(kind, "editor", paper, encoder.charset) else "",
        "key": "" if is_sorted else encoder.name(_sort_key(paper)),
    }


def _fields(
    entry: Entry, kind: str, people: Mapping[str, str], venue: str, options: ExportOptions, encoder: Encoder
) -> dict[str, str]:
    """The fields in the order in which they are printed, under BibTeX's names; empty ones left out."""
    paper = entry.paper
    biblatex = encoder.charset == "utf-8"
    fields = dict(people)
    supplied = paper.title_from == "derived"
    title = encoder.verbatim_title(paper.title) if supplied else encoder.title(paper.title)
    fields["title"] = title if title.strip("{} ") else _UNTITLED
    fields[VENUE_FIELDS.get(kind, "howpublished")] = venue
    placed, unplaced = _placed(paper, kind, encoder)
    fields |= placed
    fields["note"] = _note(paper, kind, unplaced, encoder)
    fields |= _date(paper, options, biblatex=biblatex)
    fields |= _identifiers(paper, encoder.charset)
    if paper.doi and not (fields["doi"] or "doi.org/" in fields["url"]):
        unplaced["doi"] = paper.doi
    if paper.entry_type and is_another(kind, paper):
        unplaced["entry_type"] = paper.entry_type
    if paper.accessed:
        known = "url" if fields["url"] else ""
        fields["urldate"] = encoder.text(paper.accessed) if known else ""
        unplaced |= {} if known else {"accessed": paper.accessed}
    if paper.language:
        if biblatex and _LANGUAGE_KEY.fullmatch(paper.language):
            fields["langid"] = paper.language
        elif has_place(kind, "language", paper, encoder.charset):
            fields["language"] = encoder.text(paper.language)
        else:
            unplaced["language"] = paper.language
    fields["shorttitle"] = encoder.title(paper.short_title) if paper.short_title else ""
    fields["keywords"] = encoder.text(", ".join(keywords_of(entry, options)))
    if options.abstract:
        fields["abstract"] = encoder.text(paper.abstract)
    remarks = (
        paper.annotation or "",
        caveat(paper, options),
        *labelled(unplaced, further_links(paper, fields["url"])),
        entry.note if options.note else "",
    )
    fields["annote"] = encoder.text(" ".join(filter(None, remarks)))
    return {name: value for name, value in fields.items() if value}


def _placed(paper: Paper, kind: str, encoder: Encoder) -> tuple[dict[str, str], dict[str, str]]:
    """What tells of the publication as far as the type has fields for it, and the rest as it was read."""
    fields: dict[str, str] = {}
    unplaced: dict[str, str] = {}
    for name, field in _FIELDS.items():
        value = getattr(paper, name)
        if value and name in _TIDIED:
            value = _TIDIED[name](paper)
        if not value:
            continue
        if has_place(kind, name, paper, encoder.charset) and _is_valid(name, value, encoder.charset):
            fields[field] = _written(name, value, encoder)
        else:
            unplaced[name] = value
    return fields, unplaced


def _is_valid(name: str, value: str, charset: Charset) -> bool:
    """Whether biber has nothing to say of a value; it looks at sums, and ignores a volume that is no
    number."""
    if charset == "ascii":
        return True
    match name:
        case "volume":
            return _NUMBER.fullmatch(value) is not None
        case "isbn":
            return is_isbn(value)
        case "issn":
            return is_issn(value)
        case _:
            return True


def _written(name: str, value: str, encoder: Encoder) -> str:
    if name in ("publisher", "address", "series", "organization"):
        return encoder.repeated(value)
    if name == "pages" or (name == "number" and _NUMBERS.fullmatch(value)):
        value = _ranges(value)
    if name == "edition" and encoder.charset == "ascii":
        value = edition_word(value)
    return encoder.title(value) if name in _IN_TITLE_CASE else encoder.text(value)


def _note(paper: Paper, kind: str, unplaced: dict[str, str], encoder: Encoder) -> str:
    """The printed note: who edited it and where it stands, of what the type has no fields for, and the
    remark; `unplaced` loses what is told here."""
    parts = []
    in_words = kind == "misc" and encoder.charset == "ascii"  # @misc has the field, and styles pass over it
    if paper.editors and (in_words or not has_place(kind, "editor", paper, encoder.charset)):
        parts.append(EDITED + _listed(paper, encoder))
    places = {name: unplaced.pop(name) for name in _TOLD_IN_NOTE if name in unplaced}
    parts.append(", ".join(_place(name, value, encoder) for name, value in places.items()))
    if kind == "misc" and "publisher" in unplaced:
        parts.append(PUBLISHED + encoder.repeated(unplaced.pop("publisher")))
    own = "; ".join(filter(None, parts))
    remark = encoder.text(paper.remark) if paper.remark else ""
    return "; ".join(filter(None, (own[:1].upper() + own[1:], remark)))


def _place(name: str, value: str, encoder: Encoder) -> str:
    """ "volume 46", "pages 1--20", with what has blanks or commas in braces."""
    written = _written(name, value, encoder)
    several = "s" if name == "pages" and ("-" in written or "," in written) else ""
    word = "page" + several if name == "pages" else name
    return f"{word} {{{written}}}" if _SEPARATING.search(written) else f"{word} {written}"


def _listed(paper: Paper, encoder: Encoder) -> str:
    """The editors as one reads them: "Ann Smith, Bo Lee and others"."""
    names = [encoder.text(name) for name in paper.editors]
    names = [f"{{{name}}}" if _SEPARATING_NAME.search(name) else name for name in names]
    names += () if paper.editors_complete else ("others",)
    return " and ".join(filter(None, (", ".join(names[:-1]), names[-1])))


def _venue(paper: Paper, encoder: Encoder) -> str:
    preprint = paper.arxiv or is_arxiv_code(paper.category)
    venue = paper.venue or ""
    if ")" in venue:
        venue = _AFTER_BRACKET.sub(")", venue)
    return encoder.repeated(venue or ("arXiv preprint" if preprint else ""))


def _ranges(pages: str) -> str:
    """Ranges with two dashes and commas between; biber takes no empty one."""
    if not pages:
        return ""
    ranges = (part.strip() for part in _PAGE_DASH.sub("--", pages).split(","))
    return ", ".join(filter(None, ranges))


def _sort_key(paper: Paper) -> str:
    """What an entry without authors is sorted by; classic styles ask for it."""
    names = paper.editors or paper.pages_of
    return split_name(names[0]).family if names else paper.key


def _date(paper: Paper, options: ExportOptions, *, biblatex: bool) -> dict[str, str]:
    year, month, day = paper.date.year, paper.date.month, paper.date.day
    if not year:
        return {}
    if not biblatex:
        return {"year": str(year), "month": MONTHS[month - 1] if month else ""}
    date = f"{year:04}" + (f"-{month:02}" if month else "") + (f"-{day:02}" if month and day else "")
    return {"date": date + ("?" if options.mark_inferred and paper.year_from == "inferred" else "")}


def _identifiers(paper: Paper, charset: Charset) -> dict[str, str]:
    doi = paper.doi or ""
    is_safe = (_DOI if charset == "ascii" else _ANY_DOI).fullmatch(doi)
    fields = {"doi": doi if is_safe else ""}
    if paper.arxiv and _ARXIV.fullmatch(paper.arxiv):
        fields |= {
            "eprint": paper.arxiv,
            "archivePrefix": "arXiv",
            "primaryClass": subject(paper.category)
            if is_arxiv_code(paper.category) and paper.category
            else "",
        }
    # What would end the line of a style that prints it is safe in an address, where it is percent-encoded.
    url = own_link(paper) or ("" if is_safe or not doi else f"https://doi.org/{quote(doi)}")
    return fields | {"url": url if _PLAIN_ADDRESS.fullmatch(url) else address(url)}
