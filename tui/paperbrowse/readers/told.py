"""What the program's own exports say in words where a format has no field for it, understood again.

A printed note may begin with who edited a work, where in its publication it stands and who published it:
"Edited by Ann Smith and Bo Lee; volume 46, number 3, pages 1–20; published by R&D Press; remark". What is
not printed stands in an annotation, "[ISBN: 9783161484100]", and so does what an entry says of itself.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from paperbrowse.model import Paper
from paperbrowse.text.latex import to_terminal
from paperbrowse.text.patterns import regex

SUPPLIED = "The title is supplied from the abstract; the source prints none."
EDITED, PUBLISHED = "edited by ", "published by "
PLACES = {
    "volume": "volume",
    "number": "number",
    "page": "pages",
    "pages": "pages",
    "series": "series",
    "edition": "edition",
    "chapter": "chapter",
}
"""The words before a place in a publication, and the field of each."""
LABELS = {
    "entry_type": "Type",
    "venue": "Published in",
    "doi": "DOI",
    "isbn": "ISBN",
    "issn": "ISSN",
    "chapter": "Chapter",
    "pages": "Pages",
    "event": "Meeting",
    "genre": "Kind",
    "organization": "Organization",
    "publisher": "Publisher",
    "address": "Place",
    "page_total": "Number of pages",
    "accessed": "Accessed",
    "urls": "Address",
    "language": "Language",
}
"""What a field is called in an annotation."""

_FIELDS = {label: name for name, label in LABELS.items()}
_LABELLED = regex(r"\[(" + "|".join(_FIELDS) + r"): ([^\[\]]+)\] ?")
_LISTED = regex(r"Listed on the author page of (.+?), which prints no byline\. ?")
_INFERRED = regex(r"The year \d{1,4} is inferred; the source leaves it out\. ?")
_ONE_VALUE = regex(r"\{.+\}|[^\s{}]+|(?:[^\s{}]|\{[^{}\s]*\})+")
_JOINT = regex(r"[{}]|,\s+and\s+|\s+and\s+|,\s+|;\s+")


def said_of(text: str) -> tuple[str, dict[str, Any]]:
    """An annotation without what an export put there, and that by the fields' names."""
    if not text or not ("[" in text or SUPPLIED in text or "Listed" in text or "inferred" in text):
        return text, {}
    facts: dict[str, Any] = {}
    for label, value in _LABELLED.findall(text):
        name, value = _FIELDS[label], to_terminal(value) if "\\" in value else value
        facts[name] = (*facts.get(name, ()), value) if name == "urls" else value
    text = _LABELLED.sub("", text)
    if SUPPLIED in text:
        facts["title_from"] = "derived"
        text = text.replace(f"{SUPPLIED} ", "").replace(SUPPLIED, "")
    if (listed := _LISTED.search(text)) is not None:
        facts["pages_of"] = tuple(listed[1].split(" and "))
        text = _LISTED.sub("", text, count=1)
    if _INFERRED.search(text):
        facts["year_from"] = "inferred"
        text = _INFERRED.sub("", text, count=1)
    return text.strip(), facts


def paper_of_record(said: Mapping[str, Any], **stated: Any) -> Paper:
    """The paper of what a record states, and of what its annotation says where the record says nothing, or
    nothing but what is usual."""
    known = {name: value for name, value in stated.items() if value not in (None, "", ())}
    if "urls" in said:
        known["urls"] = tuple(dict.fromkeys((*known.get("urls", ()), *said["urls"])))
    for name, usual in (
        ("title_from", "stated"),
        ("year_from", "stated"),
        ("entry_type", known.get("entry_type")),
    ):
        if known.get(name) == usual and name in said:
            del known[name]
    return Paper(**{**said, **known})


def genre_of(text: str) -> str:
    """What a work is called where that says more than its type does."""
    return "" if text.lower().replace("’", "'") in ("phd thesis", "master's thesis") else text


def said_in_note(note: str) -> tuple[str, dict[str, str]]:
    """A printed note without such a beginning, and the beginning by the fields' names, all with their TeX;
    editors as `author` fields have them."""
    facts: dict[str, str] = {}
    start = note[:13].lower()
    if not start.startswith((EDITED, PUBLISHED, *(f"{word} " for word in PLACES))):
        return note, facts
    rest = _split(note, (";",))
    while rest:
        part = rest[0].strip()
        lowered = part.lower()
        if lowered.startswith(EDITED) and "editor" not in facts:
            names = _split(part[len(EDITED) :], (",", "and"))
            facts["editor"] = " and ".join(map(str.strip, names))
        elif lowered.startswith(PUBLISHED):
            facts["publisher"] = part[len(PUBLISHED) :]
        elif places := _places(part):
            facts |= places
        else:
            break
        rest.pop(0)
    return "; ".join(map(str.strip, rest)), facts


def _places(part: str) -> Mapping[str, str]:
    """The places of "volume 46, number 3, pages {1–20, 30}"; none where something else stands there."""
    facts = {}
    for piece in _split(part, (",",)):
        word, _, value = piece.strip().partition(" ")
        value = value.strip()
        if word.lower() not in PLACES or not _ONE_VALUE.fullmatch(value):
            return {}
        facts[PLACES[word.lower()]] = value
    return facts


def _split(text: str, joints: Sequence[str]) -> list[str]:
    """`text` between the joints that stand in no braces: "," and ";" with a blank, "and" with two."""
    parts, depth, start = [], 0, 0
    for match in _JOINT.finditer(text):
        if match[0] in "{}":
            depth += 1 if match[0] == "{" else -1
        elif not depth and any(sign in match[0] for sign in joints):
            parts.append(text[start : match.start()])
            start = match.end()
    return [*parts, text[start:]]
