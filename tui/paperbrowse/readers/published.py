"""Dates as sources state them: ISO, "18 Jan 2023", "2023 Jan-Feb", "20230118"."""

import re
from calendar import monthrange
from functools import lru_cache

from paperbrowse.model import UNDATED, PartialDate

_NUMBERS = re.compile(r"(?<!\d)(\d{4})(?:[-/.](\d{1,2})(?:[-/.](\d{1,2}))?)?(?!\d)")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})(?!\d)")
_MONTH = re.compile(
    r"(?i)\b(?:(jan)(?:uary)?|(feb)(?:ruary)?|(mar)(?:ch)?|(apr)(?:il)?|(may)|(june?)|(july?)|(aug)(?:ust)?"
    r"|(sept?)(?:ember)?|(oct)(?:ober)?|(nov)(?:ember)?|(dec)(?:ember)?)(?![^\W\d_])"
)
_DAY = re.compile(r"(?<![\d-])(\d{1,2})(?:st|nd|rd|th)?(?![\d.])")


@lru_cache(maxsize=65536)
def date_of(text: str) -> PartialDate:
    """The (first) date that `text` states, as far as it does; no date that no calendar has."""
    match = _COMPACT.match(text) or _NUMBERS.search(text)
    if match is None:
        return UNDATED
    year = int(match[1])
    if match[2]:
        return valid(year, int(match[2]), int(match[3]) if match[3] else None)
    month = month_of(text)
    day = _DAY.search(text.replace(match[0], " ", 1)) if month else None
    return valid(year, month, int(day[1]) if day else None)


@lru_cache(maxsize=4096)
def month_of(text: str) -> int | None:
    """The month that `text` names or numbers."""
    named = _MONTH.search(text)
    if named:
        return named.lastindex
    text = text.strip()
    return int(text) if text.isdigit() and len(text) < 3 and 1 <= int(text) <= 12 else None


@lru_cache(maxsize=65536)
def valid(year: int | None, month: int | None = None, day: int | None = None) -> PartialDate:
    """The date without the parts that no calendar has; equal dates are one object."""
    if not year or not 1 <= year <= 9999:
        return UNDATED
    if month is None or not 1 <= month <= 12:
        return PartialDate(year)
    if day is None or not 1 <= day <= monthrange(year, month)[1]:
        return PartialDate(year, month)
    return PartialDate(year, month, day)


def day_text(date: PartialDate) -> str:
    """ "2024-05-17", as far as it is known."""
    if not date.year:
        return ""
    month = f"-{date.month:02}" if date.month else ""
    return f"{date.year:04}{month}" + (f"-{date.day:02}" if month and date.day else "")
