"""References in the style of APA, 7th edition."""

from paperbrowse.writers.reference_facts import (
    Facts,
    Span,
    commas,
    day_in_words,
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

_MOST_NAMES = 20
"""Of more names the first nineteen are printed, and the last one."""
_CALLED = {"dataset": "Data set", "software": "Computer software"}


def apa(facts: Facts) -> list[Span]:
    """The reference of one paper."""
    authors = _authors(facts)
    date = f"({'ca. ' if facts.inferred else ''}{facts.year or 'n.d.'})."
    title = _title(facts)
    spans = [Span(f"{authors} {date} "), *title] if authors else [*title, Span(f" {date}")]
    return joined([*spans, *_where(facts), *_link(facts)])


def _authors(facts: Facts) -> str:
    names = [
        family(name) if name.whole else commas(family(name), initials(name.given), name.suffix)
        for name in facts.names
    ]
    if len(names) + (not facts.complete) > _MOST_NAMES:
        authors = _first_and_last(names) if facts.complete else f"{', '.join(names[:19])}, et al."
    else:
        authors = listed(names, True, "&") if facts.complete else ", ".join([*names, "et al."])
    if facts.edited:
        authors = f"{authors} ({label(facts, 'Ed.', 'Eds.')})."
    return stop(authors) if names else ""


def _first_and_last(names: list[str]) -> str:
    return f"{', '.join(names[:19])}, … {names[-1]}"


def _editors(facts: Facts) -> str:
    names = initialled(facts.editors)
    if len(names) > _MOST_NAMES and facts.all_editors:
        return _first_and_last(names)
    return editors_listed(facts, names, "&") if names else ""


def _title(facts: Facts) -> list[Span]:
    """The title with what is told of it in brackets, and a stop."""
    remark = _remark(facts)
    remark = f" {remark}" if remark else ""
    ended = facts.title if remark else marked(facts.title, ".")
    # A stop that is not the title's own is not set like it.
    own = ended.removesuffix(".") if not facts.title.endswith(".") else ended
    kind = "plain" if facts.kind in ("article", "chapter") else "italic"
    return [Span(own, kind), Span(remark), Span("." if remark else ended.removeprefix(own))]


def _remark(facts: Facts) -> str:
    if facts.eprint:
        return f"({facts.eprint})"
    if facts.kind == "thesis":
        # Who can look at it where the link leads is told there whose it is.
        return f"[{commas(facts.genre, facts.venue if facts.link else '')}]"
    if facts.kind == "report":
        return (
            f"({facts.genre} {facts.number})".replace("( ", "(") if facts.number else _bracketed(facts.genre)
        )
    if facts.kind == "volume":
        edited = f"{_editors(facts)}, {role(facts, 'Ed.', 'Eds.')}" if facts.editors else ""
        within = commas(facts.edition, f"Vol. {facts.volume}" if facts.volume else "")
        remarks = "; ".join(filter(None, (edited, within)))
        return f"({remarks})" if remarks else ""
    return _bracketed(facts.genre or _CALLED.get(facts.type, "")) if facts.kind == "other" else ""


def _bracketed(text: str) -> str:
    return f"[{text}]" if text else ""


def _where(facts: Facts) -> list[Span]:
    match facts.kind:
        case "article":
            return _in_journal(facts)
        case "chapter":
            return _in_book(facts)
        case "thesis" if facts.link:
            return []
        case "volume" | "other":
            return [Span(f" {stop(part)}") for part in (facts.venue, facts.publisher) if part]
        case _:
            return [
                Span(f" {stop(facts.venue or facts.publisher)}" if facts.venue or facts.publisher else "")
            ]


def _in_journal(facts: Facts) -> list[Span]:
    spans = [Span(" "), Span(facts.venue, "italic")]
    if facts.volume or facts.number:
        spans += [Span(", "), Span(facts.volume, "italic")]
        spans.append(Span(f"({facts.number})" if facts.number else ""))
    return [*spans, Span(f", {facts.pages}." if facts.pages else ".")]


def _in_book(facts: Facts) -> list[Span]:
    editors = f"{_editors(facts)} ({role(facts, 'Ed.', 'Eds.')}), " if facts.editors else ""
    where = commas(facts.edition, f"Vol. {facts.volume}" if facts.volume else "", pages_of(facts))
    return [
        Span(f" In {editors}"),
        Span(facts.venue, "italic"),
        Span(f" ({where})." if where else "."),
        Span(f" {stop(facts.publisher)}" if facts.publisher else ""),
    ]


def _link(facts: Facts) -> list[Span]:
    seen = "" if facts.year or facts.doi else day_in_words(facts.accessed)
    return link_at_end(facts, f" Retrieved {seen}, from " if seen else " ")
