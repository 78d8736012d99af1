"""References in the style of ACL, as the Anthology prints references."""

import re

from paperbrowse.writers.reference_facts import (
    Facts,
    Span,
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
    """As the ACL Anthology prints it under a paper; where there are links, the title is one."""
    names = [" ".join(filter(None, (name.given, family(name), name.suffix))) for name in facts.names]
    authors = stop(listed(names, facts.complete, "and") + label(facts, ", editor", ", editors"))
    year = f"{'ca. ' if facts.inferred else ''}{facts.year}." if facts.year else ""
    title = Span(marked(facts.title, "."), "link" if facts.link else "plain", facts.link)
    lead = " ".join(filter(None, (authors, year)))
    spans = [Span(f"{lead} "), title] if authors else [title, Span(f" {year}" if year else "")]
    pages = f"page{'s' if re.search('[–,]', facts.pages) else ''} {facts.pages}" if facts.pages else ""
    if facts.kind == "article":
        issue = facts.volume + (f"({facts.number})" if facts.number else "")
        where = ":".join(filter(None, (issue, facts.pages))) if issue else pages
        spans += [Span(" "), Span(facts.venue, "italic"), Span(f", {where}." if where else ".")]
    elif facts.kind == "volume":
        edited = f"Edited by {editors_listed(facts, straight(facts.editors), 'and')}" if facts.editors else ""
        imprint = ", ".join(filter(None, (facts.venue, facts.publisher, facts.place)))
        volume = f"Volume {facts.volume}" if facts.volume else ""
        spans += [Span(f" {stop(part)}") for part in (edited, volume, imprint) if part]
    elif facts.kind == "chapter":
        volume = f"volume {facts.volume}" if facts.volume else ""
        where = ", ".join(filter(None, (volume, pages, facts.place)))
        edited = ""
        if facts.editors and facts.is_in_collection:
            named = role(facts, "editor", "editors")
            edited = f"{editors_listed(facts, straight(facts.editors), 'and')}, {named}, "
        spans += [
            Span(f" In {edited}"),
            Span(facts.venue, "italic"),
            Span(stop(f", {where}" if where else ".")),
        ]
        spans.append(Span(f" {stop(facts.publisher)}" if facts.publisher else ""))
    elif facts.eprint:
        spans += [Span(" "), Span("Preprint", "italic"), Span(f", {facts.eprint}.")]
    else:
        where = ", ".join(filter(None, (facts.genre, facts.venue)))
        spans.append(Span(f" {stop(where)}" if where else ""))
    return joined(spans)
