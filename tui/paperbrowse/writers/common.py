"""What every format shares: its options, its report, and a paper with what a person added."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from urllib.parse import quote

from paperbrowse.describe import web_addresses
from paperbrowse.keys import assign_keys
from paperbrowse.model import Bookmark, Paper
from paperbrowse.readers.told import LABELS, SUPPLIED
from paperbrowse.text.patterns import regex

# Two-letter codes that one archive of arXiv has and no other (arXiv's category taxonomy). "CV", "ST" and
# seventeen more stand in several archives, so that nothing can be put before them.
_ARCHIVES = {
    "cs": "AI AR CC CE CL CR CY DB DC DL DM ET FL GL HC IR LG MA MM MS NE NI OH OS PF PL RO SD SE",
    "econ": "EM",
    "eess": "AS IV",
    "math": "AC AG AT CA CT DG FA GM HO KT MG MP NT OA OC QA RA RT SG",
    "q-bio": "BM CB MN NC PE QM TO",
    "q-fin": "CP EC MF PM RM TR",
    "stat": "ME ML",
    "nlin": "AO CD PS",
    "astro-ph": "EP GA HE IM SR",
}
_SHARED_CODES = "AP CG CO CV DS GN GR GT IT LO NA OT PR SC SI SP ST SY TH"
_SHARED = frozenset(_SHARED_CODES.split())
_FULL_CODE = regex(
    r"[a-z]+(?:-[a-z]+)?\.[A-Za-z-]+|astro-ph|cond-mat|cs|econ|eess|math|nlin|physics|q-bio|q-fin|stat"
    r"|hep-(?:th|ph|ex|lat)|quant-ph|gr-qc|math-ph|nucl-(?:th|ex)"
)
_ARCHIVE_OF = {code: archive for archive, codes in _ARCHIVES.items() for code in codes.split()}

_BOOK_NUMBER_SIGNS = regex(r"[ -]")
_ISBN_13, _ISBN_10, _ISSN = regex(r"97[89]\d{10}"), regex(r"\d{9}[\dX]"), regex(r"\d{7}[\dX]")
_ROUND = str.maketrans("[]", "()")
_LONGEST_PAGES = 40
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")

THESES = {"phdthesis": "PhD thesis", "mastersthesis": "Master’s thesis"}
"""What the kinds of thesis are called in a reference."""


def thesis_named(paper: Paper) -> str:
    """The kind of thesis that readers take it for, by what it is called."""
    called = paper.genre or THESES.get(paper.entry_type or "", "")
    return "mastersthesis" if "master" in called.lower() else "phdthesis"


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportOptions:
    """What goes into an export besides what a reference needs."""

    abstract: bool = False
    keywords: bool = False
    """The bookmark's tags, as keywords."""
    note: bool = False
    """The bookmark's note, as an annotation that no style prints."""
    fields: tuple[str, ...] = ()
    """Nothing but these fields, by the format's names; empty for all."""
    mark_inferred: bool = False
    """Say in the entry that a year was inferred."""
    style: str = "apa"
    """How references are formatted: apa, acl, ieee or chicago."""

    def wants(self, name: str) -> bool:
        """Whether the field of that name goes in, as far as `fields` says."""
        return not self.fields or name.lower() in map(str.lower, self.fields)


_TOLD_KEYS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What was written."""

    text: str
    entries: int
    unset: int = 0
    """Characters that pdfTeX cannot print (XeLaTeX and LuaLaTeX can)."""
    skipped: int | None = None
    """Papers left out because the file that was added to has them; None where nothing was added to."""
    renamed: Sequence[tuple[str, str]] = ()
    """Keys that the file that was added to has for other works, and the keys given in their place."""

    @property
    def other_keys(self) -> str:
        """By what keys to cite what could not keep its own: "; fan2026lang is fan2026langb there"."""
        told = [f"{key} is {given} there" for key, given in self.renamed[:_TOLD_KEYS]]
        more = len(self.renamed) - len(told)
        return "; " + ", ".join([*told, f"{more} more keys differ"] if more else told) if told else ""

    def summary(self, target: str | None) -> str:
        """One line for a person: "12 entries → refs.bib", "3 added to refs.bib, 9 were there"."""
        if self.skipped is None:
            line = f"{self.entries} {'entry' if self.entries == 1 else 'entries'}"
            line += f" → {target}" if target else ""
        else:
            line = f"{self.entries or 'nothing'} added to {target}"
            line += f", {self.skipped} {'was' if self.skipped == 1 else 'were'} there" if self.skipped else ""
            line += self.other_keys
        if self.unset:
            signs = "character needs" if self.unset == 1 else "characters need"
            line += f"; {self.unset} {signs} XeLaTeX or LuaLaTeX"
        return line


@dataclass(frozen=True, slots=True)
class Entry:
    """A paper with a key that is unique in its file, and the bookmark if there is one."""

    paper: Paper
    bookmark: Bookmark | None = None

    @property
    def tags(self) -> tuple[str, ...]:
        return self.bookmark.tags if self.bookmark else ()

    @property
    def note(self) -> str:
        return self.bookmark.note if self.bookmark else ""


def entries_of(items: Iterable[Paper | Bookmark], taken: Iterable[str] = ()) -> list[Entry]:
    """`items` in their order, each with a key that differs from all others and from `taken` in any case."""
    entries = [Entry(item.paper, item) if isinstance(item, Bookmark) else Entry(item) for item in items]
    used = {key.lower() for key in taken}
    keyless: list[int] = []
    for place, entry in enumerate(entries):
        key = entry.paper.key.lower()
        if key and key not in used:
            used.add(key)
        else:
            keyless.append(place)
    if keyless:
        pinned = {f"taken:{key}": key for key in used}
        given = assign_keys([entries[place].paper for place in keyless], pinned)
        for place, key in zip(keyless, given, strict=True):
            entries[place] = replace(entries[place], paper=replace(entries[place].paper, key=key))
    return entries


def subject(category: str) -> str:
    """`category` with its archive ("cs.CL") where only one archive has it."""
    archive = _ARCHIVE_OF.get(category)
    return f"{archive}.{category}" if archive else category


def is_arxiv_code(category: str | None) -> bool:
    """Whether `category` is one of arXiv's subjects, with its archive or without."""
    if not category:
        return False
    return category in _ARCHIVE_OF or category in _SHARED or bool(_FULL_CODE.fullmatch(category))


def is_on_arxiv(paper: Paper) -> bool:
    """Whether arXiv is all that is known of where the paper is published."""
    return not paper.venue and bool(paper.arxiv or is_arxiv_code(paper.category))


def page_range(paper: Paper) -> str:
    """The pages, one alone where a range begins and ends on it; nothing where a source has prose there."""
    pages = paper.pages or ""
    first, _, last = pages.partition("-")
    return "" if len(pages) > _LONGEST_PAGES else first if first == last else pages


def place_of(paper: Paper) -> str:
    """The publisher's or the meeting's place without what a list has left at its end ("UK.", "Canada,")."""
    place = (paper.address or "").strip(" ,;")
    last = place.rpartition(" ")[2]
    return place[:-1] if last.endswith(".") and last[:-1].isalpha() and last.isupper() else place


def is_isbn(text: str) -> bool:
    """Whether `text` is one ISBN, its last digit the sum of the others."""
    digits = _BOOK_NUMBER_SIGNS.sub("", text).upper()
    if _ISBN_13.fullmatch(digits):
        return not sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(digits)) % 10
    return _ISBN_10.fullmatch(digits) is not None and not _weighted(digits) % 11


def is_issn(text: str) -> bool:
    """The same of an ISSN."""
    digits = text.replace("-", "").upper()
    return _ISSN.fullmatch(digits) is not None and not _weighted(digits) % 11


def _weighted(digits: str) -> int:
    values = (10 if digit == "X" else int(digit) for digit in digits)
    return sum(value * weight for value, weight in zip(values, range(len(digits), 0, -1), strict=True))


def own_link(paper: Paper) -> str | None:
    """The address of the paper itself: links that its abstract prints lead to code and data instead."""
    if paper.anthology:
        return f"https://aclanthology.org/{paper.anthology}/"
    stated = next((url for url in web_addresses(paper.urls) if url not in paper.abstract), None)
    if paper.arxiv and (not paper.venue or stated is None or "arxiv.org" in stated):
        return f"https://arxiv.org/abs/{paper.arxiv}"
    return stated


def address(url: str) -> str:
    """`url` with what no address may hold percent-encoded, so that it ends nothing it stands in."""
    return quote(url, safe=":/?#@!$&'()*+,;=~%-._[]")


def links(paper: Paper) -> list[str]:
    """Every address that belongs to the paper, its own first; not those of code that its abstract prints."""
    arxiv = f"https://arxiv.org/abs/{paper.arxiv}" if paper.arxiv else None
    own = filter(None, (own_link(paper), arxiv))
    return list(
        dict.fromkeys((*own, *(url for url in web_addresses(paper.urls) if url not in paper.abstract)))
    )


def keywords_of(entry: Entry, options: ExportOptions) -> list[str]:
    """The paper's subject, its own keywords and, where asked for, the person's tags, each once."""
    paper = entry.paper
    words = [subject(paper.category)] if paper.category else []
    words += paper.keywords
    return list(dict.fromkeys(words + (list(entry.tags) if options.keywords else [])))


def further_links(paper: Paper, written: str) -> list[str]:
    """The paper's addresses but the one that is written, and those that its ids say as well."""
    if not paper.urls:
        return []
    return [
        url
        for url in web_addresses(paper.urls)
        if url != written
        and url not in paper.abstract
        and not any(id_ and id_.lower() in url.lower() for id_ in (paper.anthology, paper.arxiv, paper.doi))
    ]


def labelled(unplaced: Mapping[str, str | None], urls: Iterable[str] = ()) -> list[str]:
    """What an entry says of itself because there is no field for it, "[ISBN: 9783161484100]"."""
    told = [*unplaced.items(), *(("urls", url) for url in urls)]
    return [f"[{LABELS[name]}: {value.translate(_ROUND)}]" for name, value in told if value]


def caveat(paper: Paper, options: ExportOptions) -> str:
    """What the entry has to say of itself, in a sentence or two; mostly nothing."""
    said = []
    if paper.title_from == "derived":
        said.append(SUPPLIED)
    if not paper.credited and paper.pages_of:
        said.append(f"Listed on the author page of {' and '.join(paper.pages_of)}, which prints no byline.")
    if options.mark_inferred and paper.year_from == "inferred" and paper.date.year:
        said.append(f"The year {paper.date.year} is inferred; the source leaves it out.")
    return " ".join(said)
