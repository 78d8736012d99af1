"""A paper in words, for the detail pane and for `show`: its byline, its date and how each is known."""

from collections.abc import Iterable, Sequence
from pathlib import Path

from paperbrowse.model import Paper, PartialDate
from paperbrowse.text.names import split_name
from paperbrowse.text.patterns import regex

_HOST_FIRST = regex(r"[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+(?:/|$)")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


_FIELD_WORDS = {
    "entry_type": "kind of publication",
    "doi": "DOI",
    "arxiv": "arXiv number",
    "anthology": "ACL Anthology number",
    "urls": "links",
    "pages_of": "on the page of",
    "venue_names": "venue in short",
    "has_code": "code",
    "authors_complete": "all authors named",
    "editors_complete": "all editors named",
    "cited_as": "key in its source",
    "known_as": "also known as",
    "genre": "kind of work",
    "isbn": "ISBN",
    "issn": "ISSN",
    "page_total": "number of pages",
    "remark": "printed note",
    "accessed": "day of access",
}
"""Fields whose names in the program are not the words that a person has for them."""


def field_words(name: str) -> str:
    """A field as a person calls it: "kind of publication" for `entry_type`."""
    return _FIELD_WORDS.get(name, name.replace("_", " "))


def told_path(path: str, most: int = 60) -> str:
    """A path as it is told on the screen: from here or from the home folder where it lies below one of them,
    and where it is longer than `most`, without folders in its middle."""
    told = path
    for start, sign in ((Path.cwd, ""), (Path.home, "~/")):
        try:
            told = f"{sign}{Path(path).relative_to(start())}"
            break
        except (ValueError, OSError, RuntimeError):
            continue  # it lies elsewhere, or the folder is gone, or nobody's home is known
    parts = Path(told).parts
    for left_out in range(1, len(parts) - 1):
        if len(told) <= most:
            break
        told = str(Path(parts[0], "…", *parts[left_out + 1 :]))
    return told


def byline(paper: Paper) -> str:
    """The names as printed, with "et al." where there are more: "Yuqiao Wen, Zichao Li et al."; of a work
    that has no author its editors: "Ann Smith, Bo Lee (eds.)"."""
    return _with_et_al(", ".join(paper.credited), whole=paper.all_credited) + editors_mark(paper)


def editors_mark(paper: Paper) -> str:
    """What tells behind a paper's names that they are its editors', " (eds.)" or " (ed.)"; mostly nothing."""
    if paper.authors or not paper.editors:
        return ""
    return " (ed.)" if len(paper.editors) == 1 and paper.editors_complete else " (eds.)"


def editors_line(paper: Paper) -> str:
    """The editors' names, "Ann Smith, Bo Lee et al."."""
    return _with_et_al(", ".join(paper.editors), whole=paper.editors_complete)


def short_byline(paper: Paper, most: int | None = None) -> str:
    """Family names alone, "Wen, Li, Du et al.": what fits a column; with `most`, no more names than that."""
    names = ", ".join(split_name(name).family or name for name in paper.credited[:most])
    whole = paper.all_credited and (most is None or most >= len(paper.credited))
    return _with_et_al(names, whole=whole) + editors_mark(paper)


def _with_et_al(names: str, *, whole: bool) -> str:
    return names if whole or not names else f"{names} et al."


def date_text(date: PartialDate) -> str:
    """A date as far as it is known: "27 Jul 2023", "Jul 2023", "2023", or nothing."""
    parts = []
    if date.month:
        if date.day:
            parts.append(str(date.day))
        parts.append(_MONTHS[date.month - 1])
    if date.year:
        parts.append(str(date.year))
    return " ".join(parts)


def links(paper: Paper) -> list[str]:
    """The addresses a paper can be opened at, the published version's first, each once."""
    found = []
    if paper.doi:
        found.append(f"https://doi.org/{paper.doi}")
    if paper.anthology:
        found.append(f"https://aclanthology.org/{paper.anthology}/")
    if paper.arxiv:
        found.append(f"https://arxiv.org/abs/{paper.arxiv}")
    return list(dict.fromkeys(found + web_addresses(paper.urls)))


def web_addresses(urls: Iterable[str]) -> list[str]:
    """Those of `urls` that are http or https, or name a host and leave that out ("www.github.com/a")."""
    whole = (f"https://{url}" if _HOST_FIRST.match(url) else url for url in urls)
    return [url for url in whole if url.startswith(("http://", "https://"))]


_LONG_VENUE = 30


_VENUES = {
    "bionlp": "BioNLP",
    "conll": "CoNLL",
    "jeptalnrecital": "JEP/TALN/RÉCITAL",
    "mtsummit": "MT Summit",
    "semeval": "SemEval",
    "starsem": "*SEM",
    "ws": "Workshops",
}
"""Short names that are not written in capitals."""


def venue_word(name: str) -> str:
    """A venue's short name as people write it: "ACL" for the Anthology's "acl", "Findings"; others stay."""
    if not name.isascii() or not name.islower() or " " in name:
        return name
    if name in _VENUES:
        return _VENUES[name]
    return name.upper() if len(name) <= 7 else name.capitalize()


def short_venue(paper: Paper) -> str:
    """The venue in a word or two: the short names that its source gives, else the beginning of its title."""
    if paper.venue_names:
        return " ".join(map(venue_word, paper.venue_names))
    venue = paper.venue or ""
    return venue if len(venue) <= _LONG_VENUE else venue[: _LONG_VENUE - 1].rstrip() + "…"


def caveats(paper: Paper) -> list[str]:
    """What a reader of the record must know: every field that its source did not state, and why."""
    notes = []
    if paper.title_from == "derived":
        notes.append("title: supplied from the abstract; the page prints none")
    elif paper.title_from == "inferred":
        notes.append("title: parted from the byline, which stands on the same line of the page")
    if paper.year_from == "inferred":
        notes.append(
            "year: inferred; the page leaves out its current year, the one after its latest stated year"
        )
    by: dict[str | None, list[str]] = {}
    for name in paper.corrected:
        by.setdefault(paper.correction_of(name), []).append(name)
    notes += [f"{', '.join(names)}: {_correction_told(source)}" for source, names in by.items()]
    if not paper.credited:
        notes.append("authors: the page prints none")
    hidden = hidden_owners(paper)
    if hidden:
        notes.append(f"listed on the page of {' and '.join(hidden)}, whose name the byline does not show")
    if not paper.abstract:
        notes.append("abstract: none in the source")
    return notes


def _correction_told(source: str | None) -> str:
    """What a correction is by, "corrected (by hand)"; that it is one is said once."""
    return f"corrected ({source.replace('corrected by hand', 'by hand')})" if source else "corrected"


def hidden_owners(paper: Paper) -> Sequence[str]:
    """Page owners whose paper this is although the byline does not print them."""
    return [owner for owner in paper.pages_of if owner not in paper.credited]


STATUS_WORDS = {"to-read": "to read"}
"""Reading statuses that are written otherwise than in a file."""


def grouped(number: int) -> str:
    """A number with a blank between its thousands: "110 000"."""
    return f"{number:,}".replace(",", " ")


def counted(number: int, noun: str) -> str:
    """A number with its noun: "1 paper", "12 papers", "108 819 papers"."""
    digits = grouped(number)
    return f"{digits} {noun}" if number == 1 else f"{digits} {noun}s"


def value_text(value: object) -> str:
    """A field's value on one line, long text cut short; "nothing" where it has none."""
    if isinstance(value, PartialDate):
        return date_text(value) or "nothing"
    if isinstance(value, tuple | list):
        return ", ".join(map(str, value)) or "nothing"
    text = "nothing" if value is None or value == "" else str(value)
    return text if len(text) <= 100 else text[:99].rstrip() + "…"
