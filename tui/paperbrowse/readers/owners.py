"""Whose author page it is where no header says so, and names whose parts a page glued together."""

from collections import Counter
from collections.abc import Collection, Iterable

from paperbrowse.readers.bylines import PARTICLES

# Capitals inside a family name: "McKeown", "MacCartney", "DeYoung", "FitzGerald", "LeCun", "O'Brien".
_INNER_CAPITAL = frozenset(
    "ab al ap bar ben da de del dela della delos den der des di do dos du el fitz ibn la las le lo "  # noqa: SIM905
    "los mac mc o' d' san st ter van vande vanden vander von".split()
)


def most_frequent(bylines: Iterable[Collection[str]]) -> str | None:
    """The name in more bylines than any other, and in at least two."""
    counts = Counter(name for byline in bylines for name in set(byline)).most_common(2)
    if not counts or counts[0][1] < 2 or (len(counts) > 1 and counts[0][1] == counts[1][1]):
        return None
    return counts[0][0]


def unglue(name: str, seen: Collection[str] = ()) -> str:
    """`name` with given and family name parted again: "MiltonKing", "Ana ValeriaGonzález".

    `seen` are names the page prints elsewhere: one of them that is `name`, blanks aside, settles it.
    """
    squeezed = name.replace(" ", "")
    for other in seen:
        if other != name and other.replace(" ", "") == squeezed:
            return max(name, other, key=lambda each: each.count(" "))
    if name in seen:
        return name
    words = name.split(" ")
    last = words[-1]
    for at in range(2, len(last)):
        if _is_seam(last, at) and (len(words) == 1 or not _is_inner_capital(last[:at])):
            return " ".join([*words[:-1], last[:at], last[at:]])
    return _unglue_particle(words)


def _is_seam(word: str, at: int) -> bool:
    if word[at].isupper() and word[at - 1] == ".":
        return word[at + 1 : at + 2].islower()
    return word[at].isupper() and word[at - 1].islower() and not _ends_in_prefix(word[:at])


def _ends_in_prefix(start: str) -> bool:
    """Whether `start` is a given name with the first part of a family name ("KathleenMc")."""
    return any(
        start.endswith(prefix.capitalize()) and len(start) > len(prefix) and start[-len(prefix) - 1].islower()
        for prefix in _INNER_CAPITAL
    )


def _is_inner_capital(start: str) -> bool:
    return start.lower() in _INNER_CAPITAL


def _unglue_particle(words: list[str]) -> str:
    """Part "Robvan der Goot", where a small particle stands behind the seam."""
    for index, word in enumerate(words[:-1]):
        if words[index + 1] not in PARTICLES:
            continue
        for particle in ("van", "von", "de"):
            if word.endswith(particle) and len(word) > len(particle) + 2 and word[0].isupper():
                given = word.removesuffix(particle)
                return " ".join([*words[:index], given, particle, *words[index + 1 :]])
    return " ".join(words)
