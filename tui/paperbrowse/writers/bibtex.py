"""BibTeX and biblatex: two dialects, because each program breaks what the other one needs.

"bibtex" is ASCII, since classic BibTeX cuts UTF-8 letters into bytes when it makes initials; "biblatex" is
UTF-8, since biber corrupts nested accents. An entry takes the publication's own type only where it has all
that the type requires (btxdoc, section 3.1; the biblatex manual, section 2.1), else it is a @misc, or an
@online with an address, so that no program has a warning to give.
"""

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache

from paperbrowse.model import VOLUMES, Paper
from paperbrowse.text.latex_bibtex import PLAIN_NAME, Charset, Encoder
from paperbrowse.text.names import split_name
from paperbrowse.writers.common import (
    MONTHS,
    Entry,
    ExportOptions,
    Report,
    address,
    caveat,
    is_arxiv_code,
    own_link,
    page_range,
    place_of,
    subject,
)

# The types that a record can be complete for, and the field of each that takes the venue.
_VENUE_FIELDS = {
    "inproceedings": "booktitle",
    "incollection": "booktitle",
    "inbook": "booktitle",
    "article": "journal",
    "phdthesis": "school",
    "mastersthesis": "school",
    "techreport": "institution",
    "proceedings": "organization",
}
_PLACE_FIELDS = {
    "article": ("volume", "note", "number", "pages"),
    "book": ("volume", "publisher", "address"),
    "collection": ("volume", "note", "publisher", "address"),
    "proceedings": ("volume", "note", "publisher", "address"),
    "phdthesis": ("address",),
    "mastersthesis": ("address",),
    "techreport": ("number", "address"),
}
"""What else a type has a place for, where that is not all."""
_WITHOUT_EDITORS = ("phdthesis", "mastersthesis", "techreport")
_TYPE_SYNONYMS = {"conference": "inproceedings", "inbook": "incollection"}
_MEETING = re.compile(r"(?i)^(?:proceedings|findings)\b|\b(?:conference|workshop|symposium)\b")

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
        *("volume", "number", "publisher"),
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
}

_DOI = re.compile(r"10\.\d{4,9}/[A-Za-z0-9._()/:;<>+\[\]-]+")
_ARXIV = re.compile(r"(?:\d{4}\.\d{4,5}|[a-z-]+(?:\.[A-Z]{2})?/\d{7})(?:v\d+)?")
_NUMBER = re.compile(r"[0-9]+")
_AFTER_BRACKET = re.compile(r"\)\.$")
_PAGE_DASH = re.compile(r"\s*(?:--+|[-–—‑‐−])\s*")
_RESERVED_WORD = re.compile(r"(?i)(?:^|\s)(?:and|others)(?:\s|$)")
_INNER_SMALL_WORD = re.compile(r"\s[a-zà-öø-ÿ][^\s]*\s")
_CAPITALISED = re.compile(r"(?:(?!(?i:and|others) )[A-Z][A-Za-z.'-]* )+(?!(?i:and|others)$)[A-Z][A-Za-z.'-]*")
"""A name of several plain words none of which BibTeX could take for anything else."""
_PLAIN_ADDRESS = re.compile(r"[A-Za-z0-9:/.?#&=_-]*")
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
    author = _names(paper.authors, paper.authors_complete, encoder)
    editor = _names(paper.editors, paper.editors_complete, encoder)
    venue = _venue(paper, encoder)
    kind = _kind(paper, author, editor, venue, encoder.charset)
    people = _people(paper, kind, author, editor, encoder)
    fields = _fields(entry, kind, people, venue, options, encoder)
    biblatex = encoder.charset == "utf-8"
    if biblatex and "eprint" in fields and not paper.venue:
        fields.pop("howpublished", None)
    if biblatex and kind == "misc" and "howpublished" not in fields and {"url", "eprint"} & fields.keys():
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


def _kind(paper: Paper, author: str, editor: str, venue: str, charset: Charset) -> str:
    """The publication's own type if the record has all that it requires, else "misc"."""
    stated = (paper.entry_type or "").lower()
    kind = _TYPE_SYNONYMS.get(stated, stated)
    if not kind and paper.venue and _MEETING.search(paper.venue):
        kind = "inproceedings"
    if not paper.date.year:
        return "misc"
    if kind in VOLUMES:
        return _kind_of_volume(paper, kind, author, editor, venue, charset)
    if not author:
        return "misc"
    if kind == "incollection" and charset == "utf-8":
        kind = kind if editor else "inbook"  # biber wants its editor
    elif kind == "incollection":
        kind = kind if paper.publisher else "inproceedings"  # classic styles want its publisher
    return kind if kind in _VENUE_FIELDS and venue else "misc"


def _kind_of_volume(paper: Paper, kind: str, author: str, editor: str, venue: str, charset: Charset) -> str:
    """A whole book by its authors, or one by its editors, who make it complete as well as they do."""
    if kind == "book" and not venue and author:
        return "book" if paper.publisher else "misc"
    if not editor or author or (venue and (kind == "book" or not paper.venue)):
        return "misc"
    if kind == "book" and charset == "utf-8":
        return "collection"  # biber wants the author of a @book
    return kind if paper.publisher else "proceedings"  # classic styles want the publisher of a @book


def _people(paper: Paper, kind: str, author: str, editor: str, encoder: Encoder) -> dict[str, str]:
    """Authors, editors, and what an entry is sorted by where its type's styles do not look at those."""
    biblatex = encoder.charset == "utf-8"
    is_sorted = author or biblatex or (editor and kind != "misc")
    return {"author": author, "editor": editor, "key": "" if is_sorted else encoder.name(_sort_key(paper))}


def _needs_words_for_editors(kind: str, author: str, *, biblatex: bool) -> bool:
    """Whether a type has no editors, or classic styles do not print them (@misc) or complain of them (@book,
    where there are authors)."""
    if kind in _WITHOUT_EDITORS:
        return True
    return not biblatex and (kind == "misc" or (kind == "book" and bool(author)))


def _editors_in_words(paper: Paper) -> str:
    """The editors in a sentence: "Edited by Ann Smith, Bo Lee and others"."""
    names = [*paper.editors, *(() if paper.editors_complete else ("others",))]
    return "Edited by " + " and ".join(filter(None, (", ".join(names[:-1]), names[-1])))


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
    fields[_VENUE_FIELDS.get(kind, "howpublished")] = venue
    if kind != "misc":
        fields |= _place_in_publication(paper, kind, encoder)
    elif paper.venue:
        fields["note"] = encoder.text(_place_in_words(paper))
    if fields["editor"] and _needs_words_for_editors(kind, fields["author"], biblatex=biblatex):
        note = ". ".join(filter(None, (encoder.text(_editors_in_words(paper)), fields.get("note"))))
        fields |= {"note": note, "editor": fields["editor"] if kind == "misc" else ""}
    fields |= _date(paper, options, biblatex=biblatex)
    fields |= _identifiers(paper)
    fields["keywords"] = encoder.text(", ".join(_keywords(entry, options)))
    if options.abstract:
        fields["abstract"] = encoder.text(paper.abstract)
    remarks = [caveat(paper, options), entry.note if options.note else ""]
    fields["annote"] = encoder.text(" ".join(filter(None, remarks)))
    return {name: value for name, value in fields.items() if value}


def _names(people: Sequence[str], complete: bool, encoder: Encoder) -> str:
    names = [written for name in people if (written := _name(name, encoder))]
    if names and not complete:
        names.append("others")
    return " and ".join(names)


def _venue(paper: Paper, encoder: Encoder) -> str:
    preprint = paper.arxiv or is_arxiv_code(paper.category)
    venue = paper.venue or ""
    if ")" in venue:
        venue = _AFTER_BRACKET.sub(")", venue)
    return encoder.repeated(venue or ("arXiv preprint" if preprint else ""))


def _name(name: str, encoder: Encoder) -> str:
    """A name that BibTeX takes apart as `split_name` does: "van der Goot, Rob", "{OpenAI}"."""
    if plain := _plain_name(name):
        return plain
    parts = split_name(encoder.plain_name(name))
    taken_apart = _RESERVED_WORD.search(name) or _INNER_SMALL_WORD.search(f"{parts.family} ")
    if PLAIN_NAME.fullmatch(name) and not parts.whole and not taken_apart:
        return parts.inverted
    if parts.whole:
        return _one_word(encoder.name(parts.family), encoder) if any(map(str.isalnum, parts.family)) else ""
    family = _spelled(parts.family, encoder)
    if not family:
        return ""
    if _RESERVED_WORD.search(family) or _INNER_SMALL_WORD.search(f"{family} "):
        family = _one_word(family, encoder)
    given = _spelled(parts.given, encoder)
    if _RESERVED_WORD.search(given):
        given = _one_word(given, encoder)
    last = f"{_spelled(parts.particle, encoder)} {family}".strip()
    return ", ".join(filter(None, (last, _spelled(parts.suffix, encoder), given)))


@lru_cache(maxsize=65536)
def _plain_name(name: str) -> str:
    """What `_name` makes of a name whose words are all plain; nothing where it has to look closer."""
    if not _CAPITALISED.fullmatch(name):
        return ""
    parts = split_name(name)
    return "" if parts.whole else parts.inverted


def _one_word(name: str, encoder: Encoder) -> str:
    """`name` so that neither program takes it apart. Braces around all of it would make BibTeX cut a letter
    that is a command, when it makes a label of the first three; so there only what separates is braced.
    biber makes no such labels, but counts braced commas."""
    if "\\" in name and encoder.charset == "ascii":
        return re.sub(r"[ ,]", r"{\g<0>}", name)
    return f"{{{name}}}"


def _spelled(part: str, encoder: Encoder) -> str:
    """`part` without what BibTeX takes for no word at all: commas, and dashes on their own."""
    words = part.replace(",", " ").split()
    return encoder.name(" ".join(word for word in words if any(map(str.isalnum, word))))


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


def _place_in_publication(paper: Paper, kind: str, encoder: Encoder) -> dict[str, str]:
    """Volume, pages and publisher, without the combinations that classic styles complain of."""
    number = paper.number or ""
    if encoder.charset == "ascii" and kind != "techreport" and (kind != "article" or not paper.volume):
        number = ""
    volume = paper.volume or ""
    # biblatex takes numbers only, and ignores every other volume.
    is_text = encoder.charset == "utf-8" and not _NUMBER.fullmatch(volume)
    fields = {
        "volume": "" if is_text else encoder.text(volume),
        "note": encoder.text(f"volume {volume}") if is_text and volume else "",
        "number": encoder.text(_ranges(number)),
        "pages": encoder.text(_ranges(page_range(paper))),
        "publisher": encoder.repeated(paper.publisher or ""),
        "address": encoder.repeated(place_of(paper)),
    }
    return {name: fields[name] for name in _PLACE_FIELDS.get(kind, fields)}


def _place_in_words(paper: Paper) -> str:
    """Volume, number and pages for a type that has no fields for them."""
    pages = _ranges(page_range(paper))
    several = "s" if "-" in pages or "," in pages else ""
    known = {"volume": paper.volume, "number": _ranges(paper.number or ""), f"page{several}": pages}
    words = ", ".join(f"{name} {value}" for name, value in known.items() if value)
    return words[:1].upper() + words[1:]


def _date(paper: Paper, options: ExportOptions, *, biblatex: bool) -> dict[str, str]:
    year, month, day = paper.date.year, paper.date.month, paper.date.day
    if not year:
        return {}
    if not biblatex:
        return {"year": str(year), "month": MONTHS[month - 1] if month else ""}
    date = f"{year:04}" + (f"-{month:02}" if month else "") + (f"-{day:02}" if month and day else "")
    return {"date": date + ("?" if options.mark_inferred and paper.year_from == "inferred" else "")}


def _identifiers(paper: Paper) -> dict[str, str]:
    fields = {"doi": paper.doi if paper.doi and _DOI.fullmatch(paper.doi) else ""}
    if paper.arxiv and _ARXIV.fullmatch(paper.arxiv):
        fields |= {
            "eprint": paper.arxiv,
            "archivePrefix": "arXiv",
            "primaryClass": subject(paper.category)
            if is_arxiv_code(paper.category) and paper.category
            else "",
        }
    url = own_link(paper) or ""
    return fields | {"url": url if _PLAIN_ADDRESS.fullmatch(url) else address(url)}


def _keywords(entry: Entry, options: ExportOptions) -> list[str]:
    paper = entry.paper
    words = [subject(paper.category)] if paper.category else []
    return words + (list(entry.tags) if options.keywords else [])
