"""References in the style of ACL: as the Anthology prints them and `acl_natbib.bst` sets the rest.

Read in that style (acl-org/acl-style-files, November 2026): which words stand before a volume, a number, a
chapter and pages, and which titles are emphasised.
"""

import re

from paperbrowse.text.ordinals import edition_word
from paperbrowse.writers.reference_facts import (
    Facts,
    Span,
    commas,
    editors_listed,
    family,
    joined,
    label,
    listed,
    marked,
    role,
    stop,
    straight,
)


def acl(facts: Facts) -> list[Span]:
    """The reference of one paper; where it has an address, its title is a link."""
    names = [" ".join(filter(None, (name.given, family(name), name.suffix))) for name in facts.names]
    authors = stop(listed(names, facts.complete, "and") + label(facts, ", editor", ", editors"))
    year = f"{'ca. ' if facts.inferred else ''}{facts.year}." if facts.year else ""
    is_book = facts.kind == "volume" or facts.type == "phdthesis"
    kind = "link" if facts.link else "italic" if is_book else "plain"
    title = [Span(marked(facts.title, "."), kind, facts.link)]
    if facts.kind == "volume" and (within := _volume_and_edition(facts)):
        title = [Span(marked(facts.title, ","), kind, facts.link), Span(" "), *within]
    lead = " ".join(filter(None, (authors, year)))
    spans = [Span(f"{lead} "), *title] if authors else [*title, Span(f" {year}" if year else "")]
    return joined([*spans, *_where(facts)])


def _where(facts: Facts) -> list[Span]:
    if facts.eprint and facts.kind == "other":
        return [Span(" "), Span("Preprint", "italic"), Span(f", {facts.eprint}.")]
    match facts.kind:
        case "article":
            return _in_journal(facts)
        case "chapter":
            return _in_book(facts)
        case "volume":
            edited = f"Edited by {_editors(facts)}" if facts.editors else ""
            parts = [edited, commas(facts.venue, facts.publisher, facts.place)]
        case "thesis":
            parts = [commas(facts.genre.replace("PhD", "Ph.D."), facts.venue or facts.publisher, facts.place)]
        case "report":
            number = f"{facts.genre or 'Technical Report'} {facts.number}".strip()
            parts = [commas(number, facts.venue or facts.publisher, facts.place)]
        case _:
            parts = [commas(facts.genre, facts.venue, facts.publisher)]
    return [Span(f" {stop(part)}") for part in parts if part]


def _in_journal(facts: Facts) -> list[Span]:
    issue = facts.volume + (f"({facts.number})" if facts.number else "")
    where = ":".join(filter(None, (issue, facts.pages))) if issue else _pages(facts)
    return [Span(" "), Span(facts.venue, "italic"), Span(f", {where}." if where else ".")]


def _in_book(facts: Facts) -> list[Span]:
    """The Anthology names no editors of proceedings."""
    edited = ""
    if facts.editors and facts.is_in_collection:
        edited = f"{_editors(facts)}, {role(facts, 'editor', 'editors')}, "
    volume = f", volume {facts.volume}" if facts.volume else ""
    series = [Span(" of "), Span(facts.series, "italic")] if volume and facts.series else []
    alone = facts.series if not volume else ""
    chapter = f"chapter {facts.chapter}" if facts.chapter and facts.is_in_collection else ""
    where = commas(alone, chapter, _pages(facts), facts.place)
    spans = [Span(f" In {edited}"), Span(facts.venue, "italic"), Span(volume), *series]
    spans.append(Span(stop(f", {where}" if where else ".")))
    return [*spans, Span(f" {stop(facts.publisher)}" if facts.publisher else "")]


def _volume_and_edition(facts: Facts) -> list[Span]:
    """ "second edition, volume 3 of Lecture Notes."."""
    edition = edition_word(facts.edition_number).lower() if facts.edition else ""
    first = commas(f"{edition} edition" if edition else "", f"volume {facts.volume}" if facts.volume else "")
    if not facts.series:
        return [Span(stop(first))] if first else []
    joint = " of " if facts.volume else ", " if first else ""
    return [Span(first + joint), Span(facts.series, "italic" if facts.volume else "plain"), Span(".")]


def _editors(facts: Facts) -> str:
    return editors_listed(facts, straight(facts.editors), "and")


def _pages(facts: Facts) -> str:
    return f"page{'s' if re.search('[–,]', facts.pages) else ''} {facts.pages}" if facts.pages else ""
