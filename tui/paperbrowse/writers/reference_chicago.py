"""References in the style of Chicago, 17th edition, author-date."""

import re

from paperbrowse.text.names import Name
from paperbrowse.text.patterns import regex
from paperbrowse.writers.reference_facts import (
    Facts,
    Span,
    commas,
    day_in_words,
    editors_listed,
    imprint_of,
    joined,
    label,
    link_at_end,
    listed,
    marked,
    number_of,
    spelled_out,
    stop,
    straight,
)

_MOST_NAMES = 10
"""Of more names the first seven are printed."""
_RANGE = regex(r"(\d+)–(\d+)")
_ELIDED = regex(r"[a-z]{1,3}[’'](?=[A-ZÀ-Þ])")


def chicago(facts: Facts) -> list[Span]:
    """The reference of one paper."""
    authors = _authors(facts) + label(facts, ", ed", ", eds")
    whole = facts.kind in ("volume", "report")
    title = Span(stop(facts.title), "italic") if whole else Span(marked(facts.title, ".", quoted=True))
    date = Span(f" [{facts.year}?]." if facts.inferred else f" {stop(facts.year or 'n.d.')}")
    spans = [Span(stop(authors)), date, Span(" "), title] if authors else [title, date]
    seen = "" if facts.year or facts.doi else day_in_words(facts.accessed)
    accessed = f" Accessed {seen}." if seen and facts.link else ""
    return joined(
        [*spans, *_where(facts), Span(accessed), *link_at_end(facts, " "), Span("." if facts.link else "")]
    )


def _where(facts: Facts) -> list[Span]:
    match facts.kind:
        case "article":
            return _in_journal(facts)
        case "chapter":
            return _in_book(facts)
        case "volume":
            edited = f"Edited by {_editors(facts)}" if facts.editors else ""
            volume = f"Vol. {facts.volume}" if facts.volume else ""
            parts = [facts.edition, edited, volume, facts.series, facts.venue, imprint_of(facts)]
        case "report":
            issued = ": ".join(filter(None, (facts.place, facts.venue or facts.publisher)))
            parts = [number_of(facts), issued]
        case "thesis":
            parts = [commas(facts.genre, facts.venue or facts.publisher)]
        case _:
            day = f"{facts.month}{f' {facts.day}' if facts.day else ''}" if facts.year else ""
            number = f"{facts.eprint}. " if facts.eprint else ""
            parts = [commas(facts.genre, number + facts.venue, day), imprint_of(facts)]
    return [Span(f" {stop(part)}") for part in parts if part]


def _in_journal(facts: Facts) -> list[Span]:
    """ "Journal 46 (2): 1–20"; the month stands in for an issue without a number."""
    number = facts.number
    if facts.volume:
        within = number or (facts.month if facts.year else "")
        issue = f" {facts.volume} ({within})" if within else f" {facts.volume}"
    else:
        issue = f", no{'s' if '–' in number else ''}. {number}" if number else ""
    joint = ": " if issue else ", "
    if not issue and facts.month and facts.year:
        issue = f", {facts.month}{f' {facts.day}' if facts.day else ''}"
    pages = _RANGE.sub(_short_range, facts.pages)
    return [Span(" "), Span(facts.venue, "italic"), Span(issue), Span(f"{joint}{pages}." if pages else ".")]


def _in_book(facts: Facts) -> list[Span]:
    pages = _RANGE.sub(_short_range, facts.pages)
    if facts.volume and pages:
        place = f"{facts.volume}:{pages}"
    else:
        place = f"vol. {facts.volume}" if facts.volume else pages
    where = commas(facts.edition, f"edited by {_editors(facts)}" if facts.editors else "", place)
    return [
        Span(" In "),
        Span(facts.venue, "italic"),
        Span(f", {stop(where)}" if where else "."),
        *(Span(f" {stop(part)}") for part in (facts.series, imprint_of(facts)) if part),
    ]


def _authors(facts: Facts) -> str:
    names = straight(facts.names)
    if names:
        names[0] = _turned(facts.names[0])
    if len(names) + (not facts.complete) > _MOST_NAMES:
        return listed(names[:7], False, "and")
    if len(names) == 2 and facts.complete:
        return f"{names[0]}, and {names[1]}"
    return listed(names, facts.complete, "and")


def _turned(name: Name) -> str:
    """ "Goot, Rob van der", "Alembert, Jean d’"."""
    elided = _ELIDED.match(name.family) if name.given else None
    family = name.family[elided.end() :] if elided else name.family
    given = " ".join(filter(None, (spelled_out(name.given), name.particle, elided[0] if elided else "")))
    return commas(family, given, name.suffix)


def _editors(facts: Facts) -> str:
    names = straight(facts.editors)
    if len(names) > _MOST_NAMES:
        return listed(names[:7], False, "and")
    return editors_listed(facts, names, "and") if names else ""


def _short_range(pages: re.Match[str]) -> str:
    """The Chicago Manual's page ranges (17th edition, 9.61): "71–72", "100–104", "107–8", "1153–74"."""
    first, last = pages[1], pages[2]
    if len(first) != len(last) or len(first) < 3 or int(first) % 100 == 0 or int(first) >= int(last):
        return pages[0]
    same = next(place for place in range(len(first)) if first[place] != last[place])
    kept = len(first) - same if int(first) % 100 < 10 else max(2, len(first) - same)
    return f"{first}–{last[-kept:]}"
