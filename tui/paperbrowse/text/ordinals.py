"""Editions as people count them: "2", "2nd", "Second"."""

from paperbrowse.text.patterns import regex

_WORDS = (
    "First", "Second", "Third", "Fourth", "Fifth", "Sixth", "Seventh", "Eighth", "Ninth", "Tenth",
)  # fmt: skip
_NUMBERS = {word.lower(): str(number) for number, word in enumerate(_WORDS, 1)}
_COUNTED = regex(r"(?i)(\d{1,3})(?:st|nd|rd|th|\.)?")
_ED = regex(r"(?i)\s+(?:ed\.?|edn\.?|edition|auflage|aufl\.?)$")


def edition_number(text: str) -> str:
    """ "2" of "2nd", "Second", "2nd ed."; any other text as it stands ("Revised")."""
    short = _ED.sub("", text.strip())
    if short.lower() in _NUMBERS:
        return _NUMBERS[short.lower()]
    counted = _COUNTED.fullmatch(short)
    return str(int(counted[1])) if counted and int(counted[1]) else text


def edition_word(edition: str) -> str:
    """ "Second" of "2", as BibTeX's manual wants an edition written; any other text as it stands."""
    if not edition.isdecimal():
        return edition
    number = int(edition)
    return _WORDS[number - 1] if 0 < number <= len(_WORDS) else ordinal(number)


def ordinal(number: int) -> str:
    """ "1st", "2nd", "11th"."""
    ending = "th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"
