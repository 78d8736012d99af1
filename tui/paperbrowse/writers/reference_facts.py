"""A paper's facts as reference styles need them, and how every style writes names, titles and pages."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from paperbrowse.model import VOLUMES, Paper, PartialDate
from paperbrowse.readers.published import date_of
from paperbrowse.text.clean import clean
from paperbrowse.text.latex import to_terminal
from paperbrowse.text.names import Name, split_name
from paperbrowse.text.ordinals import ordinal
from paperbrowse.text.patterns import regex
from paperbrowse.writers.common import (
    THESES,
    address,
    is_arxiv_code,
    own_link,
    page_range,
    place_of,
)

MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
    "November", "December",
)  # fmt: skip
_ENDS_SENTENCE = regex(r"[.?!][\])”]?$")
_SINGLE = str.maketrans("“”", "‘’")
_BARE_INITIAL = regex(r"(?<![\w.-])([^\W\d_a-z])(?![\w.’'-])")
_RUN_TOGETHER = regex(r"\.(?=\w)")
_NUMBERS = regex(r"\d+-\d+")
_CHAPTERS = ("incollection", "inbook")
_DATED_BY_YEAR = (*THESES, *VOLUMES, *_CHAPTERS)
"""What no style gives a month to."""


@dataclass(frozen=True, slots=True)
class Span:
    """A piece of a reference: plain, italic, or a link, whose address is its text where none is given."""

    text: str
    kind: str = "plain"
    address: str = ""


@dataclass(frozen=True, slots=True)
class Facts:
    """A paper's facts as the styles need them: readable text and names in parts."""

    names: list[Name]
    """Authors or, where `edited`, editors."""
    complete: bool
    edited: bool
    editors: list[Name]
    """The editors of what has authors as well."""
    all_editors: bool
    year: str
    inferred: bool
    month: str
    day: int | None
    title: str
    kind: str
    """What it is to a style: article, chapter, volume, thesis, report or other."""
    type: str
    """What it is in BibTeX's words."""
    is_in_collection: bool
    """Whether it is a chapter of a book and no paper of a meeting."""
    genre: str
    venue: str
    volume: str
    number: str
    pages: str
    publisher: str
    place: str
    edition: str
    """ "2nd ed."."""
    edition_number: str
    series: str
    chapter: str
    accessed: PartialDate
    archive: bool
    eprint: str
    doi: str
    link: str


def facts_of(paper: Paper, *, mark_inferred: bool = False) -> Facts:
    def readable(text: str | None) -> str:
        return to_terminal(clean(text)) if text else ""

    kind = paper.entry_type or ""
    date = PartialDate(paper.date.year) if kind in _DATED_BY_YEAR else paper.date
    archive = "arXiv" if paper.arxiv else "arXiv preprint" if is_arxiv_code(paper.category) else ""
    return Facts(
        names=[_name(readable(name)) for name in paper.credited],
        complete=paper.all_credited,
        edited=not paper.authors and bool(paper.editors),
        editors=[_name(readable(name)) for name in paper.editors] if paper.authors else [],
        all_editors=paper.editors_complete,
        year=str(date.year or ""),
        inferred=mark_inferred and paper.year_from == "inferred" and paper.date.year is not None,
        month=MONTHS[date.month - 1] if date.month else "",
        day=date.day if date.month else None,
        title=readable(paper.title).strip() or "[Untitled]",
        kind=_kind(paper),
        type=kind,
        is_in_collection=kind in _CHAPTERS,
        genre=readable(paper.genre) or THESES.get(kind, ""),
        venue=readable(paper.venue) or archive,
        volume=readable(paper.volume),
        number=_number(readable(paper.number)),
        pages=page_range(paper).replace("-", "–"),
        publisher=readable(paper.publisher),
        place=readable(place_of(paper)),
        edition=_edition(readable(paper.edition)),
        edition_number=readable(paper.edition),
        series=readable(paper.series),
        chapter=readable(paper.chapter),
        accessed=date_of(paper.accessed or ""),
        archive=bool(archive) and not paper.venue,
        eprint=f"arXiv:{readable(paper.arxiv)}" if paper.arxiv and not paper.venue else "",
        doi=clean(paper.doi or ""),
        link=address(f"https://doi.org/{paper.doi}" if paper.doi else own_link(paper) or ""),
    )


def _name(printed: str) -> Name:
    """The name in its parts, or whole where its script has no capitals to shorten it to ("王 小明")."""
    name = split_name(printed)
    if name.whole or name.given.lower() != name.given.upper():
        return name
    return Name(family=printed, whole=True)


def _edition(text: str) -> str:
    if text.isdecimal():
        return f"{ordinal(int(text))} ed."
    return text if not text or text.endswith("ed.") else f"{text} ed."


def _number(text: str) -> str:
    return text.replace("-", "–") if _NUMBERS.fullmatch(text) else text


def _kind(paper: Paper) -> str:
    if paper.entry_type in VOLUMES:
        return "volume"
    kinds = {"article": "article", "techreport": "report", **dict.fromkeys(THESES, "thesis")}
    return kinds.get(paper.entry_type or "") or ("chapter" if _in_a_book(paper) else "other")


def _in_a_book(paper: Paper) -> bool:
    if not paper.venue:
        return False
    kinds = ("inproceedings", "incollection", "inbook", "conference")
    return paper.entry_type in kinds or paper.venue.startswith(("Proceedings", "Findings"))


def initials(given: str) -> str:
    """ "Xian-Ling" -> "X.-L.", "Wen-tau" -> "W.", "Kirill V." -> "K. V."; what has no capital stays."""
    words = []
    for word in given.replace(".", ". ").split():
        if not word[0].isupper():
            words.append(word)
            continue
        parts = [f"{part[0]}." for part in word.split("-") if part and not part[0].islower()]
        words.append("-".join(parts))
    return " ".join(words)


def family(name: Name) -> str:
    return f"{name.particle} {name.family}".strip()


def listed(names: list[str], complete: bool, last: str) -> str:
    """Names with commas, and `last` before the last one, or "et al." behind an incomplete list."""
    if names and not complete:
        return ", ".join([*names, "et al."]) if len(names) > 1 else f"{names[0]} et al."
    if len(names) < 3:
        joint = f", {last} " if last == "&" else f" {last} "
        return joint.join(names)
    return ", ".join(names[:-1]) + f", {last} {names[-1]}"


def straight(names: Iterable[Name]) -> list[str]:
    """Names as they are said, their initials apart."""
    parts = ((spelled_out(name.given), family(name), name.suffix) for name in names)
    return [" ".join(filter(None, name)) for name in parts]


def spelled_out(given: str) -> str:
    """ "J.R.R." -> "J. R. R.", "Jose G" -> "Jose G."."""
    return _BARE_INITIAL.sub(r"\1.", _RUN_TOGETHER.sub(". ", given))


def initialled(names: Iterable[Name]) -> list[str]:
    """ "A. B. Smith Jr."."""
    return [
        family(name)
        if name.whole
        else " ".join(filter(None, (initials(name.given), family(name), name.suffix)))
        for name in names
    ]


def editors_listed(facts: Facts, names: list[str], last: str) -> str:
    """The list of those who edited what others wrote; two of them without a comma."""
    if len(names) == 2 and facts.all_editors:
        return f"{names[0]} {last} {names[1]}"
    return listed(names, facts.all_editors, last)


def label(facts: Facts, one: str, several: str) -> str:
    """What tells behind the names that they are editors'."""
    return (one if len(facts.names) == 1 and facts.complete else several) if facts.edited else ""


def role(facts: Facts, one: str, several: str) -> str:
    """The same of those who edited what others wrote."""
    return one if len(facts.editors) == 1 and facts.all_editors else several


def stop(text: str) -> str:
    return text if not text or _ENDS_SENTENCE.search(text) else f"{text}."


def marked(title: str, mark: str, *, quoted: bool = False) -> str:
    """The title with `mark` behind its last word, as Americans set it: inside of a closing quotation mark.

    `quoted` makes the title's own quotation marks single ones, since it is to stand between double ones.
    """
    closing = "”" if title.endswith("”") and not _ENDS_SENTENCE.search(title) else ""
    text = title.removesuffix(closing) + ("" if _ENDS_SENTENCE.search(title) else mark) + closing
    return f"“{text.translate(_SINGLE)}”" if quoted else text


def pages_of(facts: Facts) -> str:
    """ "pp. 1–20", "p. 17"."""
    if not facts.pages:
        return ""
    return f"{'pp' if re.search('[–,]', facts.pages) else 'p'}. {facts.pages}"


def day_in_words(date: PartialDate) -> str:
    """ "January 1, 2024", as far as it is known."""
    if not date.year or not date.month:
        return str(date.year or "")
    month = MONTHS[date.month - 1]
    return f"{month} {date.day}, {date.year}" if date.day else f"{month} {date.year}"


def commas(*parts: str) -> str:
    """What is known of `parts`, with commas."""
    return ", ".join(filter(None, parts))


def imprint_of(facts: Facts) -> str:
    """ "Berlin: Press"."""
    return ": ".join(filter(None, (facts.place, facts.publisher)))


def number_of(facts: Facts) -> str:
    """A report's kind and number, "Technical Memo 7"."""
    return f"{facts.genre} {facts.number}".strip()


def joined(spans: Iterable[Span]) -> list[Span]:
    return [span for span in spans if span.text]


def link_at_end(facts: Facts, before: str) -> list[Span]:
    return [Span(before), Span(facts.link, "link")] if facts.link else []
