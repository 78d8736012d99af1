"""References in the style of IEEE, 2023."""

from paperbrowse.model import PartialDate
from paperbrowse.writers.reference_facts import (
    MONTHS,
    Facts,
    Span,
    commas,
    editors_listed,
    imprint_of,
    initialled,
    joined,
    label,
    listed,
    marked,
    number_of,
    pages_of,
    role,
    stop,
)

_MOST_NAMES = 6


def ieee(facts: Facts) -> list[Span]:
    """The reference of one paper."""
    people = _people(facts)
    if facts.kind == "volume":
        return joined([*_volume(facts, people), *_link(facts, ends=True)])
    lead, rest = _where(facts)
    follows = any(span.text for span in lead) or any(rest)
    has_stop = not follows or next(filter(None, reversed(rest)), "").endswith(".")
    title = marked(facts.title, "," if follows else ".", quoted=True)
    spans = [Span(f"{people}, " if people else ""), Span(title), *lead]
    spans.append(Span("".join(f", {part}" for part in rest if part)))
    return joined([*spans, *_link(facts, ends=has_stop)])


def _people(facts: Facts) -> str:
    names = initialled(facts.names)
    are_too_many = len(names) + (not facts.complete) > _MOST_NAMES
    people = f"{names[0]} et al." if are_too_many else listed(names, facts.complete, "and")
    return people + label(facts, ", Ed.", ", Eds.")


def _where(facts: Facts) -> tuple[list[Span], list[str]]:
    """What comes behind the title: the beginning, and the rest, which commas part."""
    date = _date(facts)
    volume = _series(facts)
    match facts.kind:
        case "article":
            volume = f"vol. {facts.volume}" if facts.volume else ""
            number = f"no. {facts.number}" if facts.number else ""
            return [Span(" "), Span(facts.venue, "italic")], [volume, number, pages_of(facts), date]
        case "chapter":
            chapter = f"ch. {facts.chapter}" if facts.chapter and facts.is_in_collection else ""
            edition = facts.edition if facts.is_in_collection else ""
            rest = [edition, volume, _editors(facts), imprint_of(facts), date, chapter, pages_of(facts)]
            return [Span(" in "), Span(facts.venue, "italic")], rest
        case "thesis" | "report":
            is_report = facts.kind == "report"
            parts = [facts.venue or facts.publisher, facts.place]
            parts = [*parts, number_of(facts)] if is_report else [facts.genre, *parts]
            first, *rest = list(filter(None, [*parts, date])) or [""]
            return [Span(f" {first}" if first else "")], rest
    if facts.archive:
        eprint = f": {facts.eprint}" if facts.eprint else ""
        return [Span(f" {date}," if date else ""), Span(" "), Span(facts.venue, "italic"), Span(eprint)], []
    first, *rest = list(filter(None, (facts.genre, facts.venue, imprint_of(facts), date))) or [""]
    return [Span(f" {first}" if first else "")], rest


def _series(facts: Facts) -> str:
    """The volume, of a series where there is one."""
    volume = f"vol. {facts.volume}" if facts.volume else ""
    return commas(f"in {facts.series}" if facts.series else "", volume)


def _editors(facts: Facts) -> str:
    if not facts.editors:
        return ""
    edited = editors_listed(facts, initialled(facts.editors), "and")
    return f"{edited}, {role(facts, 'Ed.', 'Eds.')}"


def _volume(facts: Facts, people: str) -> list[Span]:
    """A whole book: "A. Smith and B. Lee, Eds., Title, vol. 2. Berlin: Press, 2020."."""
    ended = stop(commas(facts.title, facts.edition, _series(facts)))
    imprint = commas(facts.venue, imprint_of(facts), _date(facts))
    spans = [Span(f"{people}, " if people else ""), Span(facts.title, "italic")]
    return [*spans, Span(ended.removeprefix(facts.title)), Span(f" {stop(imprint)}" if imprint else "")]


def _link(facts: Facts, *, ends: bool) -> list[Span]:
    """The DOI or the address, behind a stop unless the text before it `ends`."""
    if facts.doi:
        joint = " " if ends else ", " if facts.kind == "article" else ". "
        return [Span(f"{joint}doi: "), Span(facts.doi, "link", facts.link), Span(".")]
    stop_ = "" if ends else "."
    if not facts.link:
        return [Span(stop_)]
    seen = _short_day(facts.accessed)
    accessed = f" Accessed: {seen}." if seen else ""
    return [Span(f"{stop_}{accessed} [Online]. Available: "), Span(facts.link, "link")]


def _short_day(date: PartialDate) -> str:
    """ "Jan. 01, 2024"."""
    if not date.year or not date.month:
        return ""
    day = f" {date.day:02}," if date.day else ""
    return f"{_short_month(MONTHS[date.month - 1])}{day} {date.year}"


def _short_month(month: str) -> str:
    return f"{month[:3]}." if len(month) > 4 else month


def _date(facts: Facts) -> str:
    """ "July 2023" for publications, "Feb. 03, 2026" for the rest; nothing where no year is known."""
    if not facts.year:
        return ""
    day = f"{facts.day:02}," if facts.kind == "other" and facts.day else ""
    return ("ca. " if facts.inferred else "") + " ".join(
        filter(None, (_short_month(facts.month), day, facts.year))
    )
