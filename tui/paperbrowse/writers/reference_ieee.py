"""References in the style of IEEE, 2023."""

from paperbrowse.writers.reference_facts import (
    Facts,
    Span,
    editors_listed,
    initialled,
    joined,
    label,
    listed,
    marked,
    pages_of,
    role,
    stop,
)


def ieee(facts: Facts) -> list[Span]:
    """The reference of one paper."""
    names = initialled(facts.names)
    authors = f"{names[0]} et al." if len(names) > 6 else listed(names, facts.complete, "and")
    authors += label(facts, ", Ed.", ", Eds.")
    if facts.kind == "volume":
        return _ieee_volume(facts, authors)
    date = _ieee_date(facts)
    lead: list[Span] = []
    rest = [f"vol. {facts.volume}" if facts.volume else ""]
    if facts.kind == "article":
        lead = [Span(" "), Span(facts.venue, "italic")]
        rest += [f"no. {facts.number}" if facts.number else "", pages_of(facts), date]
    elif facts.kind == "chapter":
        lead = [Span(" in "), Span(facts.venue, "italic")]
        if facts.editors:
            edited = editors_listed(facts, initialled(facts.editors), "and")
            rest.append(f"{edited}, {role(facts, 'Ed.', 'Eds.')}")
        rest += [": ".join(filter(None, (facts.place, facts.publisher))), date, pages_of(facts)]
    elif facts.archive:
        lead = [Span(f" {date}," if date else ""), Span(" "), Span(facts.venue, "italic")]
        rest = []
        lead.append(Span(f": {facts.eprint}" if facts.eprint else ""))
    else:
        first, *rest = [part for part in (facts.genre, facts.venue, date) if part] or [""]
        lead = [Span(f" {first}" if first else "")]
    follows = any(span.text for span in lead) or any(rest)
    title = marked(facts.title, "," if follows else ".", quoted=True)
    spans = [Span(f"{authors}, " if authors else ""), Span(title), *lead]
    spans.append(Span("".join(f", {part}" for part in rest if part)))
    if facts.doi:
        joint = ", " if facts.kind == "article" else ". "
        return joined([*spans, Span(f"{joint}doi: "), Span(facts.doi, "link", facts.link), Span(".")])
    available = [Span(" [Online]. Available: "), Span(facts.link, "link")] if facts.link else []
    return joined([*spans, Span("." if follows else ""), *available])


def _ieee_volume(facts: Facts, people: str) -> list[Span]:
    """A whole book: "A. Smith and B. Lee, Eds., Title, vol. 2. Berlin: Press, 2020. doi: 10.1000/x."."""
    ended = stop(f"{facts.title}, vol. {facts.volume}" if facts.volume else facts.title)
    place = ": ".join(filter(None, (facts.place, facts.publisher)))
    imprint = ", ".join(filter(None, (facts.venue, place, _ieee_date(facts))))
    spans = [Span(f"{people}, " if people else ""), Span(facts.title, "italic")]
    spans += [Span(ended.removeprefix(facts.title)), Span(f" {stop(imprint)}" if imprint else "")]
    if facts.doi:
        return joined([*spans, Span(" doi: "), Span(facts.doi, "link", facts.link), Span(".")])
    available = [Span(" [Online]. Available: "), Span(facts.link, "link")] if facts.link else []
    return joined([*spans, *available])


def _ieee_date(facts: Facts) -> str:
    """ "July 2023" for publications, "Feb. 03, 2026" for the rest; nothing where no year is known."""
    if not facts.year:
        return ""
    month = f"{facts.month[:3]}." if len(facts.month) > 4 else facts.month
    day = f"{facts.day:02}," if facts.kind == "other" and facts.day else ""
    return ("ca. " if facts.inferred else "") + " ".join(filter(None, (month, day, facts.year)))
