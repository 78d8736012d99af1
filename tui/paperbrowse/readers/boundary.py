"""Where a title ends and its first author begins when a page glues them together.

Every place in the last words before the first comma where a name could start is a candidate. It is weighed
by evidence on both sides (`boundary_features`) with weights learned from the ACL Anthology; the surer lines
of a page go first, and the names they give are evidence for the rest.
"""

import math
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from paperbrowse.readers.boundary_features import Abstract, Context, Glued, Place, evidence
from paperbrowse.readers.boundary_model import Model, bundled
from paperbrowse.readers.boundary_shapes import name_shape
from paperbrowse.readers.bylines import MOST_NAMES, PARTICLES, is_group, names_in, separators
from paperbrowse.text.fold import fold

__all__ = ["Glued", "Split", "split_page"]

_WINDOW = 160
"""Characters before the comma in which the first name starts: more than any name has."""
_ABSTRACT = 20_000
"""Characters of the abstract in which words are looked up: more than any abstract has."""
_MOST_WORDS = 7
_MOST_CANDIDATES = 60
_SURE = 0.9

_TOKEN = re.compile(r"\S+")
_WORD = re.compile(r"\w+(?:[-'’]\w+)*")
_JOINED = re.compile(r"(?:al|el|d|l|ben|ibn|bin)[-'’][^\W\d_a-z]")
_LEADING = frozenset({"al", "da", "de", "del", "di", "dos", "du", "el", "la", "le", "ter", "van", "von"})
_FIGURE = re.compile(r"\d(?!rd\b)")
_NO_END = "/\\(&[{“‘@_^~|=<"


@dataclass(frozen=True, slots=True)
class Split:
    """The two parts, and how probable they are among all candidates."""

    title: str
    authors: tuple[str, ...]
    certainty: float


@dataclass(slots=True)
class Line:
    """One glued line being weighed."""

    record: Glued
    abstract: Abstract
    places: list[Place]
    others: list[str] = field(default_factory=list)
    """Names behind a comma that are certain whichever place is right."""
    chances: list[float] = field(default_factory=list)
    learned: str = ""

    def weigh(self, context: Context, model: Model) -> None:
        """Give every place its probability."""
        if self.learned:
            context.learn(self.learned, -1)
        weights = model.weights
        scores = [
            sum(weights.get(name, 0.0) * value for name, value in self.evidence(index, context, model))
            for index in range(len(self.places))
        ]
        if self.learned:
            context.learn(self.learned)
        top = max(scores, default=0.0)
        shares = [math.exp(score - top) for score in scores]
        self.chances = [share / sum(shares) for share in shares]

    def evidence(self, index: int, context: Context, model: Model) -> Iterator[tuple[str, float]]:
        """The evidence for one place."""
        return evidence(self.places[index], self.record.line, self.abstract, context, model)

    def best(self) -> int:
        """The most probable place, or -1."""
        return max(range(len(self.places)), key=self.chances.__getitem__, default=-1)

    def split(self) -> Split:
        """The line parted at its most probable place; unparted where there is none."""
        index = self.best()
        if index < 0:
            return Split(self.record.line, (), 0.0)
        place = self.places[index]
        return Split(self.record.line[: place.at], place.names, self.chances[index])


def split_page(
    records: Sequence[Glued],
    *,
    names: Iterable[str] = (),
    titles: Iterable[str] = (),
    model: Model | None = None,
) -> list[Split]:
    """Part the lines of one page; `names` and `titles` are what the page says of them elsewhere."""
    if not records:
        return []
    model = model or bundled()
    lines = [open_line(record, model) for record in records]
    context = page_context(lines, names, titles)
    for line in lines:
        line.weigh(context, model)
    learn_sure_names(lines, context)
    for line in lines:
        line.weigh(context, model)
    return [line.split() for line in lines]


def learn_sure_names(lines: Iterable[Line], context: Context) -> None:
    """Add the first authors of the lines that are certain to what the page knows."""
    for line in lines:
        index = line.best()
        if index >= 0 and line.chances[index] >= _SURE:
            line.learned = line.places[index].names[0]
            context.learn(line.learned)


def page_context(lines: Sequence[Line], names: Iterable[str], titles: Iterable[str]) -> Context:
    """What the lines say of each other before any is parted."""
    context = Context()
    for name in names:
        context.learn(name)
    for title in titles:
        context.words.update(map(fold, _WORD.findall(title)))
    for line in lines:
        context.words.update(line.abstract.folded)
        # The words before all candidates: those of the title that are whole.
        end = line.places[0].at if line.places else 0
        sure = line.record.line[max(0, end - 1000) : end].rpartition(" ")[0]
        context.words.update(map(fold, _WORD.findall(sure)))
        for name in line.others:
            context.learn(name)
        context.candidates.update({place.names[0] for place in line.places})
    return context


def open_line(record: Glued, model: Model) -> Line:
    """A record's line with all its candidates."""
    line = record.line
    commas = separators(line)
    abstract = Abstract(record.abstract[:_ABSTRACT])

    def is_known(word: str) -> bool:
        folded = fold(word)
        return len(folded) > 2 and (
            folded in abstract.folded or folded in model.ends or folded in model.inside
        )

    found: list[Place] = []
    every = range(1, MOST_NAMES + 1)
    for counts, desperate in (
        ((MOST_NAMES,) if record.et_al else every, False),
        (every, False),
        (every, True),
    ):
        for count in counts if not found else ():
            found += _places(line, commas, count, is_known, desperate=desperate)
    found = [place for place in found if not _is_junk(place.names)] or found
    found.sort(key=lambda place: place.at)
    last_glue = max((place.word_end for place in found), default=len(line))
    others = [name for comma in commas if comma >= last_glue for name in names_in(line[comma + 1 :])[:1]]
    return Line(record, abstract, found, others)


def _places(
    line: str, commas: Sequence[int], count: int, is_known: Callable[[str], bool], *, desperate: bool
) -> list[Place]:
    """The candidates if the byline has `count` names.

    A `desperate` search takes every place behind a known word, for names in small letters.
    """
    if len(commas) < count - 1:
        return []
    end = commas[len(commas) - count + 1] if count > 1 else len(line)
    rest = names_in(line[end:])
    if len(rest) != count - 1 or any(len(name) > _WINDOW for name in rest):
        return []
    start = max(commas[len(commas) - count] + 1 if len(commas) >= count else 0, end - _WINDOW)
    found = [
        Place(at, token.end(), (line[at:end], *rest))
        for token in list(_TOKEN.finditer(line, start, end))[-_MOST_WORDS:]
        for at in range(token.start() + 1, token.end())
        if _may_start(line, at, token)
        or _may_start_small(line, at, token, end, is_known)
        or (
            desperate and line[at].isalpha() and is_known(line[token.start() : at]) and not is_known(token[0])
        )
    ]
    return found[-_MOST_CANDIDATES:]


def _is_junk(names: Sequence[str]) -> bool:
    """Whether a word of the names holds a digit or a sign that no name has."""
    if not is_group(names[0]) and any(name_shape(word) == "junk" for word in names[0].split()):
        return True
    return any(_FIGURE.search(name) and not is_group(name) for name in names[1:])


def _may_start(line: str, at: int, token: re.Match[str]) -> bool:
    """Whether a name that is written with a capital, or in a script that has none, could start at `at`."""
    before, char = line[at - 1], line[at]
    if not char.isalpha() or char.islower() or before in _NO_END:
        return False
    if not char.isupper():
        return before.isascii() or char.istitle()
    if before in "'’":
        # The capital of "O'Brien" starts no name, that behind "the 'LITE'" does.
        return not line[at - 2].isupper() or (at - 2 > token.start() and line[at - 3].isupper())
    return before != "-" or at - 1 == token.start() or " -" in line[:at]


def _may_start_small(
    line: str, at: int, token: re.Match[str], end: int, is_known: Callable[[str], bool]
) -> bool:
    """Whether a name could start at `at` with a small letter: a particle, or a name in small letters.

    Only behind a word that is known, since every other letter is small too.
    """
    before = line[at - 1]
    if not line[at].islower() or before in _NO_END or before in "-'’.":
        return False
    if token[0] in PARTICLES or is_known(token[0]):
        return False
    glued = line[at : token.end()]
    rest = line[token.end() : end].strip()
    if glued in PARTICLES:
        if not rest or not rest[0].isupper():
            return rest.split(" ")[0] in PARTICLES
        if glued in _LEADING and name_shape(rest.split(" ")[0]) == "capitalized":
            return True
    elif not (len(glued) > 1 and rest and line[at:end].islower()) and not _JOINED.match(glued):
        return False
    return not before.isalpha() or is_known(line[token.start() : at])
