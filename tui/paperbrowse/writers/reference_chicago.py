"""References in the style of Chicago, 17th edition, author-date."""

import re

from paperbrowse.text.patterns import regex
from paperbrowse.writers.reference_facts import (
    RUN_TOGETHER,
    Facts,
    Span,
    editors_listed,
    family,
    joined,
    label,
    link_at_end,
    listed,
    marked,
    stop,
    straight,
)

_RANGE = regex(r"(\d+)–(\d+)")


def chicago(facts: Facts) -> list[Span]:
    """The reference of one paper."""
    authors = _chicago_authors(facts) + label(facts, ", ed", ", eds")
    editors = _chicago_editors(facts)
    whole = facts.kind == "volume"
    title = Span(stop(facts.title), "italic") if whole else Span(marked(facts.title, ".", quoted=True))
    date = Span(f" [{facts.year}?]." if facts.inferred else f" {stop(facts.year or 'n.d.')}")
    spans = [Span(stop(authors)), date, Span(" "), title] if authors else [title, date]
    pages = _RANGE.sub(_short_range, facts.pages)
    if facts.kind == "article":
        issue = f"({facts.number})" if facts.volume and facts.number else ""
        issue = issue or (f", no. {facts.number}" if facts.number else "")
        issue = " ".join(filter(None, (facts.volume, issue)))
        issue = issue if issue.startswith(",") else f" {issue}" if issue else ""
        joint = ": " if issue else ", "
        spans += [Span(" "), Span(facts.venue, "italic"), Span(issue)]
        spans.append(Span(f"{joint}{pages}." if pages else "."))
    elif facts.kind == "chapter":
        where = ":".join(filter(None, (facts.volume, pages))) if pages else ""
        imprint = ": ".join(filter(None, (facts.place, facts.publisher)))
        where = ", ".join(filter(None, (f"edited by {editors}" if editors else "", where)))
        spans += [Span(" In "), Span(facts.venue, "italic"), Span(f", {stop(where)}" if where else ".")]
        spans.append(Span(f" {stop(imprint)}" if imprint else ""))
    elif whole:
        edited = f"Edited by {editors}" if editors else ""
        imprint = ": ".join(filter(None, (facts.place, facts.publisher)))
        parts = (edited, f"Vol. {facts.volume}" if facts.volume else "", facts.venue, imprint)
        spans += [Span(f" {stop(part)}") for part in parts if part]
    else:
        day = f"{facts.month}{f' {facts.day}' if facts.day else ''}" if facts.year else ""
        number = f"{facts.eprint}. " if facts.eprint else ""
        where = ", ".join(filter(None, (facts.genre, number + facts.venue, day)))
        spans.append(Span(f" {stop(where)}" if where else ""))
    return joined([*spans, *link_at_end(facts, " "), Span("." if facts.link else "")])


def _chicago_authors(facts: Facts) -> str:
    names = []
    for number, name in enumerate(facts.names):
        given = RUN_TOGETHER.sub(". ", name.given)
        straight = " ".join(filter(None, (given, family(name), name.suffix)))
        first = " ".join(filter(None, (given, name.particle)))
        turned = ", ".join(filter(None, (name.family, first, name.suffix)))
        names.append(turned if number == 0 and name.given else straight)
    if len(names) > 10:
        return listed(names[:7], False, "and")
    if len(names) == 2 and facts.complete:
        return f"{names[0]}, and {names[1]}"
    return listed(names, facts.complete, "and")


def _chicago_editors(facts: Facts) -> str:
    names = straight(facts.editors)
    if len(names) > 10:
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
