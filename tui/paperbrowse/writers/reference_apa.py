"""References in the style of APA, 7th edition."""

from paperbrowse.writers.reference_facts import (
    Facts,
    Span,
    editors_listed,
    family,
    initialled,
    initials,
    joined,
    label,
    link_at_end,
    listed,
    marked,
    pages_of,
    role,
    stop,
)


def apa(facts: Facts) -> list[Span]:
    """The reference of one paper."""
    names = [
        family(name)
        if name.whole
        else ", ".join(filter(None, (family(name), initials(name.given), name.suffix)))
        for name in facts.names
    ]
    if len(names) < 21:
        authors = ", ".join([*names, "et al."]) if not facts.complete else listed(names, True, "&")
    else:
        authors = ", ".join(names[:19]) + (f", … {names[-1]}" if facts.complete else ", et al.")
    if facts.edited:
        authors = f"{authors} ({label(facts, 'Ed.', 'Eds.')})."
    authors = stop(authors) if names else ""
    editors = editors_listed(facts, initialled(facts.editors), "&") if facts.editors else ""
    date = f"({'ca. ' if facts.inferred else ''}{facts.year or 'n.d.'})."
    whole = facts.kind in ("other", "volume")
    remark = f" ({facts.eprint})" if facts.eprint else f" [{facts.genre}]" if facts.genre else ""
    if facts.kind == "volume":
        edited = f"{editors}, {role(facts, 'Ed.', 'Eds.')}" if editors else ""
        remarks = "; ".join(filter(None, (edited, f"Vol. {facts.volume}" if facts.volume else "")))
        remark = f" ({remarks})" if remarks else remark
    ended = facts.title if remark else marked(facts.title, ".")
    # A stop that is not the title's own is not set like it.
    own = ended.removesuffix(".") if not facts.title.endswith(".") else ended
    title = [Span(own, "italic" if whole else "plain"), Span(remark)]
    title.append(Span("." if remark else ended.removeprefix(own)))
    spans = [Span(f"{authors} {date} "), *title] if authors else [*title, Span(f" {date}")]
    if facts.kind == "article":
        spans += [Span(" "), Span(facts.venue, "italic")]
        if facts.volume or facts.number:
            spans += [Span(", "), Span(facts.volume, "italic")]
            spans.append(Span(f"({facts.number})" if facts.number else ""))
        spans.append(Span(f", {facts.pages}." if facts.pages else "."))
    elif facts.kind == "chapter":
        volume = f"Vol. {facts.volume}" if facts.volume else ""
        where = ", ".join(filter(None, (volume, pages_of(facts))))
        edited = f"{editors} ({role(facts, 'Ed.', 'Eds.')}), " if editors else ""
        spans += [Span(f" In {edited}"), Span(facts.venue, "italic"), Span(f" ({where})." if where else ".")]
        spans.append(Span(f" {stop(facts.publisher)}" if facts.publisher else ""))
    elif facts.kind == "volume":
        spans += [Span(f" {stop(part)}") for part in (facts.venue, facts.publisher) if part]
    elif facts.venue:
        spans.append(Span(f" {stop(facts.venue)}"))
    return joined([*spans, *link_at_end(facts, " ")])
