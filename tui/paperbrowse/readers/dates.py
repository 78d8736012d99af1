"""The line that opens a record of a Scholar Feed page: score, category, date and Code flag, all glued."""

import re
from calendar import monthrange
from dataclasses import dataclass

from paperbrowse.model import PartialDate

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
# arXiv subjects without their archive: two capitals (several may be glued), or "quant-ph", "mtrl-sci".
_HEAD = re.compile(
    rf"(\d{{1,3}}(?:\.\d{{1,2}})?)?((?:[A-Z]{{2}}){{0,3}}|[A-Za-z]+(?:-[A-Za-z]+)+|[a-z]+)"
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
        category=(category[:2] if category.isupper() and category.isalpha() else category) or None,
        date=PartialDate(year or None, month, day if is_valid else None),
        has_code=code is not None,
        is_valid=is_valid,
    )
