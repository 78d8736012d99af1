"""Citation keys: short, ASCII, readable, and the same tomorrow.

A pattern is a template with markers in brackets, as JabRef and Better BibTeX have them:

    [auth]        first author's family name with its particle: "wen", "vandergoot"
    [authors]     as the ACL Anthology does: "wen", "wen-du", "wen-etal"
    [year]        "2023", "nd" where no year is known
    [shorttitle]  the title's first significant word: "fdivergence"
    [word]        its first part: "f"
    [title]       its first three significant words: "fdivergenceminimizationsequencelevel"
    [source]      the key that its own source gives the paper, if that can be one; stands alone, and papers
                  without it get a key by the usual pattern

`[auth][year][shorttitle]` gives `wen2023fdivergence`, `[authors]-[year]-[word]` gives `wen-etal-2023-f`.
"""

from collections.abc import Callable, Collection, Container, Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import count

from paperbrowse.identity import identities
from paperbrowse.model import Paper
from paperbrowse.text.fold import fold
from paperbrowse.text.patterns import regex

DEFAULT_PATTERN = "[auth][year][shorttitle]"
ACL_PATTERN = "[authors]-[year]-[word]"
SOURCE_PATTERN = "[source]"

_LONGEST_WORD = 30
_SMALL_WORDS = """
    a about after against all an and any are as at be before between beyond by can do does for from has have
    how in into is it its just more no nor not of off on only onto or our out over so than that the their
    these this those through to toward towards under up upon via was we were what when where which who why
    will with within without you your untitled
"""
_INSIGNIFICANT = frozenset(_SMALL_WORDS.split())
_WORD = regex(r"[^\W_]+(?:[-‐‑–'’./][^\W_]+)*")
_PART = regex(r"[^\W_]+")
_MARKER = regex(r"\[(\w+)\]")
_OUTSIDE = regex(r"[^a-z0-9-]+")
_USABLE = regex(r"[A-Za-z0-9][A-Za-z0-9!*+./:;<>?@_-]*")
"""A key that BibTeX, biber and LaTeX take as it is."""


class KeyPatternError(ValueError):
    """A key pattern that cannot be used, and why."""


def assign_keys(
    papers: Sequence[Paper], taken: Mapping[str, str] | None = None, pattern: str = DEFAULT_PATTERN
) -> list[str]:
    """A key for each paper, in their order, no two alike in any case.

    `taken` maps the `identity` of papers that have a key for ever to that key: they keep it, and nobody else
    gets it. Of several papers with the same key the first keeps it bare and the others get a letter; who is
    first is decided by their dates and titles, never by where they stand.
    """
    pinned: dict[int, str] = {}
    given: set[str] = set()
    for place, paper in enumerate(papers if taken else ()):
        own = _taken(taken, paper) if taken else None
        if own and own.lower() not in given:
            given.add(own.lower())
            pinned[place] = own
    build = wish_by(pattern)
    wishes = (pinned.get(place) or build(paper) for place, paper in enumerate(papers))
    return told_apart(wishes, papers, pinned, taken.values() if taken else ())


def wish_by(pattern: str) -> Callable[[Paper], str]:
    """What makes of a paper the key that it would have if it were alone."""
    return _compile(pattern)


def told_apart(
    wished: Iterable[str], papers: Sequence[Paper], pinned: Container[int] = (), taken: Iterable[str] = ()
) -> list[str]:
    """The keys of `papers`, of which each gets what was `wished` for it, or that with a letter behind it.

    The places in `pinned` keep theirs, and nobody else gets a key of `taken`. A paper is only looked at where
    several want one key.
    """
    keys = list(wished)
    reserved = set(map(str.lower, taken))
    wishes: dict[str, list[int]] = {}
    for place, key in enumerate(keys):
        if place not in pinned:
            wishes.setdefault(key.lower(), []).append(place)
    used = reserved | wishes.keys()
    for lowered in sorted(wish for wish in wishes if len(wishes[wish]) > 1 or wish in reserved):
        places = sorted(wishes[lowered], key=lambda place: _rank(papers[place]))
        bare = lowered not in reserved
        wish = keys[places[0]]
        number = 0
        for place in places[bare:]:
            while True:
                number += 1
                key = wish + _letters(number)
                if key.lower() not in used:
                    break
            used.add(key.lower())
            keys[place] = key
    return keys


def rekeyed(
    papers: Sequence[Paper],
    row_of: Callable[[str], int | None],
    pinned: Mapping[int, str],
    reserved: Collection[str],
    pattern: str = DEFAULT_PATTERN,
) -> dict[int, str]:
    """The rows of `papers` whose keys change when those in `pinned` get theirs, with their keys.

    `row_of` tells which row has a key now. `reserved` are all keys that are somebody's for ever; a paper
    that has one of them by chance gets another letter.
    """
    build = _compile(pattern)
    held = {key.lower(): key for key in reserved}
    changed = {row: key for row, key in pinned.items() if papers[row].key != key}
    displaced = [row for key in held if (row := row_of(key)) is not None and row not in pinned]
    for row in sorted(displaced, key=lambda row: _rank(papers[row])):
        wish = build(papers[row])
        wished = (wish + _letters(number) for number in count(1))
        changed[row] = next(key for key in wished if key not in held and row_of(key) is None)
        held[changed[row]] = changed[row]
    return changed


def check_pattern(pattern: str) -> None:
    """Raise `KeyPatternError` unless `pattern` can make keys."""
    _compile(pattern)


def _taken(taken: Mapping[str, str], paper: Paper) -> str | None:
    return next((taken[name] for name in identities(paper) if name in taken), None)


@lru_cache(maxsize=8)
def _compile(pattern: str) -> Callable[[Paper], str]:
    if pattern == SOURCE_PATTERN:
        usual = _compile(DEFAULT_PATTERN)
        return lambda paper: _own(paper) or usual(paper)
    parts = _MARKER.split(pattern)
    unknown = [name for name in parts[1::2] if name not in _MARKERS]
    if unknown:
        known = ", ".join(f"[{name}]" for name in _MARKERS)
        raise KeyPatternError(
            f"citation key pattern {pattern!r}: no marker [{unknown[0]}] (there are {known})"
        )
    if len(parts) < 2:
        raise KeyPatternError(f"citation key pattern {pattern!r}: it has no marker, such as [auth]")
    if any(_OUTSIDE.search(text) for text in parts[::2]):
        raise KeyPatternError(f"citation key pattern {pattern!r}: use small letters, digits and hyphens only")
    steps = [_MARKERS[part] if number % 2 else part for number, part in enumerate(parts) if part]

    def build(paper: Paper) -> str:
        key = "".join(step if isinstance(step, str) else step(paper) for step in steps)
        return key.strip("-") or "anon"

    return build


def _rank(paper: Paper) -> tuple[object, ...]:
    """What orders papers that want one key: facts of their own, and of their source only between twins."""
    date = paper.date
    return (
        (date.year or 9999, date.month or 0, date.day or 0),
        fold(paper.title),
        paper.title,
        paper.credited,
        paper.abstract,
        paper.source.path,
        paper.source.line,
    )


def _letters(number: int) -> str:
    """1 -> "b", 2 -> "c", ... 25 -> "z", 26 -> "aa": the paper that has none counts as the first."""
    letters = ""
    number += 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(97 + rest) + letters
    return letters


def _own(paper: Paper) -> str:
    key = paper.cited_as or ""
    return key if _USABLE.fullmatch(key) else ""


def _author(paper: Paper) -> str:
    """The first author or editor; an owner's page stands in where it prints no byline, for a key claims
    nothing."""
    names = paper.credited or paper.pages_of
    return _family(names[0]) if names else "anon"


def _authors(paper: Paper) -> str:
    names = paper.credited or paper.pages_of[:1]
    if not names:
        return "anon"
    if len(names) > 2 or not paper.all_credited:
        return _family(names[0], "-") + "-etal"
    return "-".join(_family(name, "-") for name in names)


@lru_cache(maxsize=65536)
def _family(name: str, joint: str = "") -> str:
    from paperbrowse.text.names import split_name

    split = split_name(_rendered(name))
    words = _PART.findall(_ascii(f"{split.particle} {split.family}"))
    return (joint.join(words) or "anon")[:_LONGEST_WORD].strip("-")


def _year(paper: Paper) -> str:
    return str(paper.date.year) if paper.date.year else "nd"


def _short_title(paper: Paper) -> str:
    return next(iter(_significant(paper)), "")


def _first_part(paper: Paper) -> str:
    title = _rendered(paper.title)
    for word in _WORD.finditer(title):
        if fold(word[0]) not in _INSIGNIFICANT and (part := _slug(_PART.findall(word[0])[0])):
            return part
    return ""


def _three_words(paper: Paper) -> str:
    words = _significant(paper)
    return "".join(word for _, word in zip(range(3), words, strict=False))


def _significant(paper: Paper) -> Iterable[str]:
    """The words of the title that tell it from others, as slugs; without such, all that it has."""
    title = _rendered(paper.title)
    found = False
    for word in _WORD.finditer(title):
        if word[0].lower() not in _INSIGNIFICANT and (slug := _slug(word[0])):
            found = True
            yield slug
    if not found:
        yield from filter(None, (_slug(word[0]) for word in _WORD.finditer(title)))


def _slug(word: str) -> str:
    return "".join(_PART.findall(_ascii(word)))[:_LONGEST_WORD]


def _rendered(text: str) -> str:
    # Imported when a key is made: a library from the cache has its keys.
    from paperbrowse.text.latex import to_terminal

    return to_terminal(text)


def _ascii(text: str) -> str:
    if not text.isascii():
        from anyascii import anyascii

        text = anyascii(text)
    return text.lower()


_MARKERS: dict[str, Callable[[Paper], str]] = {
    "auth": _author,
    "authors": _authors,
    "year": _year,
    "shorttitle": _short_title,
    "word": _first_part,
    "title": _three_words,
}
