"""The evidence for and against a place where a title may end and its first author begin.

On the title's side: whether its last word stands in the abstract, elsewhere on the page or among the words
that titles are known to end in. On the name's side: whether the page or the lists know it, and what its words
look like. Each piece of evidence has a name; the model has a weight for the name.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from paperbrowse.readers.boundary_model import Model
from paperbrowse.readers.boundary_shapes import (
    OUTER,
    char_class,
    formula_goes_on,
    group_shape,
    is_unbalanced,
    name_shape,
    science_of,
    seam_of,
    word_shape,
)
from paperbrowse.readers.bylines import is_group
from paperbrowse.text.fold import fold

_WORD = re.compile(r"\w+(?:[-'’.]\w+)*")
_SUFFIX = re.compile(r"(?:ings?|ions?|ed|ers?|ors?|als?|ally|ly|ments?|ities|ity|ies|es|ics?|ical|s|e|y)$")
_LEFT_OF_A_GROUP = re.compile(r"(?:, |The )[^ ]*$")
"""The end of a title that took something off a collaboration's name: ", C" off "CALICE"."""
_TITLE = 300
"""Characters of the title that are looked at, so that an endless line costs no more than a long one."""


@dataclass(frozen=True, slots=True)
class Glued:
    """A title with its byline glued to it, whether "et al." stood behind, and the abstract."""

    line: str
    et_al: bool
    abstract: str


@dataclass(frozen=True, slots=True)
class Place:
    """A candidate: the title would end, and `names[0]` begin, at `at` in the line."""

    at: int
    word_end: int
    """Where the word ends in which the place is."""
    names: tuple[str, ...]


@dataclass(slots=True)
class Abstract:
    """An abstract's words, as printed and folded, and its running text for looking up phrases."""

    text: str
    printed: frozenset[str] = field(init=False)
    folded: frozenset[str] = field(init=False)
    stems: frozenset[str] = field(init=False)
    running: str = field(init=False)

    def __post_init__(self) -> None:
        words = _WORD.findall(self.text)
        folded = list(map(fold, words))
        parts = [part for word in folded if not word.isalnum() for part in re.split(r"[-'’.]", word)]
        self.printed = frozenset(words)
        self.folded = frozenset(folded).union(parts)
        self.stems = frozenset(map(stem, self.folded))
        self.running = f" {' '.join(folded)} "


@dataclass(slots=True)
class Context:
    """What a page knows besides the line in question."""

    names: Counter[str] = field(default_factory=Counter)
    given: Counter[str] = field(default_factory=Counter)
    family: Counter[str] = field(default_factory=Counter)
    words: set[str] = field(default_factory=set)
    candidates: Counter[str] = field(default_factory=Counter)

    def learn(self, name: str, times: int = 1) -> None:
        """Take a name for certain, or with `times` -1 take it back."""
        words = name.split()
        self.names[name] += times
        self.given[words[0]] += times
        self.family[words[-1]] += times


def stem(word: str) -> str:
    """`word` without its ending, roughly: for comparing "parsing" with "parser"."""
    return _SUFFIX.sub("", word) if len(word) > 4 else word.removesuffix("s")


def last_word(title: str) -> str:
    """The title's last word without the punctuation around it."""
    return title.rpartition(" ")[2].strip(OUTER)


def evidence(
    place: Place, line: str, abstract: Abstract, context: Context, model: Model
) -> Iterator[tuple[str, float]]:
    """Everything that speaks for or against `place`, as names of evidence and how much there is of it."""
    title = line[max(0, place.at - _TITLE) : place.at]
    yield from _title_evidence(title, line[place.at : place.word_end], abstract, context, model)
    yield from _name_evidence(place.names[0], context, model)
    yield from _byline_evidence(place, model)
    if "," in title:
        yield f"names-after-comma:{len(place.names)}", 1
    if is_group(place.names[0]) and _LEFT_OF_A_GROUP.search(title):
        yield "group-cut", 1


def _title_evidence(
    title: str, glued: str, abstract: Abstract, context: Context, model: Model
) -> Iterator[tuple[str, float]]:
    before, _, token = title.rpartition(" ")
    word = token.strip(OUTER)
    folded = fold(word)
    known = _in_abstract(last_word(before), word, folded, abstract)
    size = min(len(folded), 4)
    yield f"abstract:{known}:{size}", 1
    if known not in ("exact", "phrase") and folded in context.words:
        yield f"page-word:{size}", 1
    whole = (token + glued).strip(OUTER)
    if whole in abstract.printed:
        yield "unglued-in-abstract", 1
    elif fold(whole) in context.words:
        yield "unglued-on-page", 1
    yield f"end-shape:{word_shape(token)}", 1
    yield f"end-char:{char_class(token[-1])}", 1
    level = model.ends.get(folded, 0)
    if glued[:1].islower() and known in ("none", "absent") and not level and folded not in model.inside:
        yield "small-behind-unknown", 1
    yield "end-known" if level else "end-unknown", 1
    yield "end-level", level
    yield "inside-level", model.inside.get(folded, 0)
    if not level and known in ("none", "absent"):
        yield "end-nameness", model.nameness(word)
    if (seam := seam_of(token)) and (swallowed := fold(token[:seam].strip(OUTER))):
        if _in_abstract(last_word(before), token[:seam], swallowed, abstract) in ("phrase", "exact"):
            yield f"swallows-abstract:{min(len(swallowed), 4)}", 1
        yield "swallows-level", max(model.ends.get(swallowed, 0), model.inside.get(swallowed, 0))
    if science := science_of(token):
        is_part = science == "formula" and formula_goes_on(token, glued)
        yield f"science:{'part' if is_part else science}", 1
    if not word.isalnum() and _stands_in(token.rstrip(".,;:?!"), abstract.text):
        yield "token-in-abstract", 1
    if is_unbalanced(title):
        yield "unbalanced", 1
    count = title.count(" ") + 1
    if count < 4:
        yield f"title-words:{count}", 1


def _stands_in(token: str, text: str) -> bool:
    """Whether `token`, of which not all is letters, stands so in `text`: "$^{87}$Rb", "RRT*", "SE(3)"."""
    at = text.find(token) if len(token) > 2 else -1
    return at >= 0 and not text[at + len(token) : at + len(token) + 1].isalnum()


def _in_abstract(previous: str, word: str, folded: str, abstract: Abstract) -> str:
    if not abstract.text:
        return "none"
    if folded in abstract.folded:
        if previous and f" {fold(previous)} {folded} " in abstract.running:
            return "phrase"
        return "exact" if word in abstract.printed else "folded"
    if len(folded) > 2 and stem(folded) in abstract.stems:
        return "stem"
    last_part = re.split(r"[-'’.]", folded)[-1]
    if last_part != folded and last_part in abstract.folded:
        return "part"
    return "absent"


def _name_evidence(name: str, context: Context, model: Model) -> Iterator[tuple[str, float]]:
    if is_group(name):
        yield from _group_evidence(name, context, model)
        return
    words = name.split()
    first, last = words[0], words[-1]
    yield f"name-words:{min(len(words), 6)}", 1
    if len(name) < 3:
        yield "name-short", 1
    is_small = name.islower() and len(words) > 1
    yield f"first-shape:{'small' if is_small else name_shape(first)}", 1
    level = model.level_in_names(model.given, first)
    yield "given-known" if level else "given-unknown", 1
    yield "given-level", level
    yield "given-nameness", model.nameness(first)
    if seam := seam_of(first):
        yield from _seam_evidence(first[:seam], first[seam:], model)
    yield "given-as-title-word", max(0, model.inside.get(fold(first), 0) - level)
    if len(words) > 1:
        family = model.level_in_names(model.family, last)
        yield f"last-shape:{'small' if is_small else name_shape(last)}", 1
        yield "family-known" if family else "family-unknown", 1
        yield "family-level", family
        yield "family-nameness", model.nameness(last)
        yield "family-as-title-word", max(0, model.inside.get(fold(last), 0) - family)
    for word in words[1:-1]:
        yield f"middle-shape:{name_shape(word)}", 1
        both = max(model.level_in_names(model.given, word), model.level_in_names(model.family, word))
        yield "middle-known" if both else "middle-unknown", 1
        yield "middle-as-title-word", max(0, model.inside.get(fold(word), 0) - both)
    yield f"page-name:{min(context.names[name], 3)}", 1
    if not context.names[name]:
        yield f"page-given:{min(context.given[first], 2)}", 1
        yield f"page-family:{min(context.family[last], 2)}", 1
    yield f"page-repeats:{min(context.candidates[name], 3)}", 1


def is_known_group(word: str, model: Model) -> bool:
    """Whether collaborations are called `word`: "DarkSide" and then "DarkSide-50" too."""
    folded = fold(word)
    return folded in model.groups or re.split(r"[-/0-9]", folded)[0] in model.groups


def _group_evidence(name: str, context: Context, model: Model) -> Iterator[tuple[str, float]]:
    """What speaks for "ATLAS Collaboration", and against "S Collaboration" behind "ATLA"."""
    yield "group", 1
    words = name.split()[:-1]
    if words[0] in ("The", "the") and len(words) > 1:
        yield "group-the", 1
        words = words[1:]
    yield f"group-words:{min(len(words), 4)}", 1
    yield f"group-first:{group_shape(words[0])}", 1
    yield "group-known" if is_known_group(words[0], model) else "group-unknown", 1
    yield f"page-name:{min(context.names[name], 3)}", 1
    yield f"page-repeats:{min(context.candidates[name], 3)}", 1


def _seam_evidence(start: str, rest: str, model: Model) -> Iterator[tuple[str, float]]:
    """What speaks for "JinYeong" as one given name, and against "NetKazuya"."""
    given, folded = model.level_in_names(model.given, start), fold(start)
    word = max(model.inside.get(folded, 0), model.ends.get(folded, 0))
    yield "seam-start-given", given
    yield "seam-start-word", min(3, max(0, word - given))
    yield "seam-start-known" if given else "seam-start-unknown", 1
    yield "seam-start-nameness", model.nameness(start)
    yield "seam-rest-given", model.level_in_names(model.given, rest)


def _byline_evidence(place: Place, model: Model) -> Iterator[tuple[str, float]]:
    yield f"names:{len(place.names)}", 1
    for name in place.names[1:]:
        if is_group(name):
            known = is_known_group(name.removeprefix("The ").split()[0], model)
            yield "other-group-known" if known else "other-group", 1
            continue
        words = name.split()
        yield f"other-words:{min(len(words), 5)}", 1
        for shape in set(map(name_shape, words)):
            yield f"other-shape:{shape}", 1
        levels = [model.level_in_names(model.given, words[0]), model.level_in_names(model.family, words[-1])]
        yield "other-level", sum(levels)
        yield (
            "other-as-title-word",
            sum(max(0, model.inside.get(fold(word), 0) - max(levels)) for word in words),
        )
