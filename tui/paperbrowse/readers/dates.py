"""The line that opens a record of a Scholar Feed page: score, category, date and Code flag, all glued."""

import re
from calendar import monthrange
from dataclasses import dataclass

from paperbrowse.model import PartialDate

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
# The archives of arXiv, and those of their subjects that are not two capitals (arxiv.org/category_taxonomy).
_ARCHIVES = (
    "astro-ph|cond-mat|cs|econ|eess|gr-qc|hep-ex|hep-lat|hep-ph|hep-th|math-ph|math|nlin|nucl-ex|nucl-th|physics"
    "|q-bio|q-fin|quant-ph|stat"
)
_SUBJECTS = (
    "acc-ph|ao-ph|app-ph|atm-clus|atom-ph|bio-ph|chem-ph|class-ph|comp-ph|data-an|dis-nn|ed-ph|flu-dyn|gen-ph"
    "|geo-ph|hist-ph|ins-det|med-ph|mes-hall|mtrl-sci|optics|other|plasm-ph|pop-ph|quant-gas|soc-ph|soft|space-ph"
    "|stat-mech|str-el|supr-con"
)
# "CL", "astro-ph.CO", "hep-th", "mtrl-sci", or a word in small letters that is none of them.
_SUBJECT = rf"(?:(?:{_ARCHIVES})\.)?(?:[A-Z]{{2}}|{_SUBJECTS})|{_ARCHIVES}"
_CATEGORY = re.compile(rf"{_SUBJECT}|[a-z]+(?:-[A-Za-z]+)*")
_FIRST_CATEGORY = re.compile(rf"({_SUBJECT})(?:{_SUBJECT})*")
_HEAD = re.compile(
    rf"(\d{{1,3}}(?:\.\d{{1,2}})?)?((?:{_SUBJECT}){{1,4}}|[A-Za-z]+(?:-[A-Za-z]+)+|[a-z]*)"
    rf"({'|'.join(_MONTHS)}) (\d{{1,2}})(?:, (\d{{4}}))?(Code)?"
)


@dataclass(frozen=True, slots=True)
class Head:
    """What such a line says; a date that no calendar has is kept without its day."""

    score: float | None
    category: str | None
    date: PartialDate
    has_code: bool
    is_valid: bool


def parse_head(line: str) -> Head | None:
    """`54.1CLApr 17, 2024Code` in its parts; None for any other line."""
    if len(line) > 60 or (match := _HEAD.fullmatch(line)) is None:
        return None
    score, category, month_name, day_digits, year_digits, code = match.groups()
    month, day = _MONTHS.index(month_name) + 1, int(day_digits)
    year = int(year_digits) if year_digits else None
    # Without a year any day that some year has will do.
    is_valid = year != 0 and 1 <= day <= monthrange(year or 2000, month)[1]
    return Head(
        score=float(score) if score else None,
        category=_first(category) or None,
        date=PartialDate(year or None, month, day if is_valid else None),
        has_code=code is not None,
        is_valid=is_valid,
    )


def is_category(text: str) -> bool:
    """Whether `text` is one arXiv subject: "CL", "astro-ph.CO", "hep-th"."""
    return _CATEGORY.fullmatch(text) is not None and (len(text) == 2 or "-" in text or "." in text)


def _first(categories: str) -> str:
    """The first of several glued subjects, which is the paper's own: "LG" of "LGCL"."""
    known = _FIRST_CATEGORY.fullmatch(categories)
    return known[1] if known else categories
