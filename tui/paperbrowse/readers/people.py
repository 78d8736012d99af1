"""Names as bibliographies write them ("van der Goot, Rob"), put in the order people say them."""

import re
from collections.abc import Iterable, Sequence
from sys import intern

_EAST_ASIAN = re.compile(r"[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\U00020000-\U0003ffff]")
_SUFFIX = re.compile(r"(?i)(?:jr|sr)\.?|i{2,3}|iv|[23](?:nd|rd)")
_OTHERS = re.compile(r"(?i)(?:and\s+)?(?:others|et\.? ?al\.?|[.…]{1,3})")
_ET_AL = re.compile(r"(?i),?\s+et\.? ?al\.?$")


def spoken(given: str, family: str, particle: str = "", suffix: str = "") -> str:
    """The whole name as it is said: "Rob van der Goot"; East Asian characters keep the family in front."""
    if _EAST_ASIAN.search(family):
        parts: Iterable[str] = (particle, family, given, suffix)
    else:
        parts = (given, particle, family, suffix)
    return intern(" ".join(filter(None, map(str.strip, parts))))


def turned(name: str) -> str:
    """ "Family, Given" and "Family, Jr., Given" as they are said; any other name as it stands."""
    name, *rest = [part for part in map(str.strip, name.split(",")) if part] or [""]
    if not rest:
        return intern(name)
    if len(rest) == 1:
        return spoken("", name, suffix=rest[0]) if _SUFFIX.fullmatch(rest[0]) else spoken(rest[0], name)
    if len(rest) == 2:
        suffix, given = rest if _SUFFIX.fullmatch(rest[0]) else rest[::-1]
        return spoken(given, name, suffix=suffix)
    return intern(", ".join((name, *rest)))


def complete(names: Sequence[str]) -> tuple[tuple[str, ...], bool]:
    """The names without "others" or "et al.", and whether the byline is complete: there is one, and no such
    word stood in it."""
    kept: list[str] = []
    whole = bool(names)
    for name in names:
        shorter = _ET_AL.sub("", name)
        whole = whole and shorter == name
        if _OTHERS.fullmatch(shorter):
            whole = False
        elif shorter:
            kept.append(intern(shorter))
    return tuple(kept), whole and bool(kept)
