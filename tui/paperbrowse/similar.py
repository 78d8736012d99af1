"""Papers like a paper: those that share its authors and its words.

Each author and each word that two papers share counts by how rare it is, log(papers / papers with it). The
search's index gives the papers that share authors, words of the title or the rarest words of the abstract,
and those that share several words of which each is common; the likeliest of them are read and compared word
for word. A paper's likeness is the share of the paper's own words that it has, weighed by the square of their
rarity, three times that in a title, and held against its length, and a third as much for the share of its
authors. The rarity of a word is the idf of information retrieval, its square the product of two such weights
in the cosine of vectors (Manning, Raghavan, Schütze: Introduction to Information Retrieval, 6.2 and 6.3).
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from heapq import nlargest
from itertools import islice
from math import log, sqrt
from operator import itemgetter
from weakref import WeakKeyDictionary

from paperbrowse.library import Library
from paperbrowse.model import Paper
from paperbrowse.search.index import Index, Postings, Vocabulary
from paperbrowse.search.sources import abstract_of, people_of, title_of
from paperbrowse.search.words import parts
from paperbrowse.text.everyday import EVERYDAY

HOW = (
    "Papers like this one share its authors and its words; each counts the more, the fewer papers have it. "
    "The abstract pane says of each what it shares."
)
MOST = 30
"""Papers that are called like another."""
_READ = 35
"""Papers that are compared word for word."""
_READ_FOR_WORDS = 20
"""Besides, those that share most words, where the authors have many papers."""
_WORDS = 25
"""The rarest words of an abstract by which papers are looked for."""
_LOOKED_AT = 6000
"""Papers with a rare word of a text, each counted for each word, that are looked at before they are read."""
_COMMON = 1000
"""A word of more papers does not tell where to look by itself; several of them together do."""
_TOGETHER = 7
"""Words of a text whose combinations are looked for: 127 of them."""
_READ_FOR_COMBINATIONS = 30
"""Besides, those that have several of its words at once; half of them by the abstract if there is one."""
_PEOPLE = 50
"""Authors by whom papers are looked for; a collaboration of thousands resembles only itself."""
_AUTHORS_COUNT = 0.33
_TITLE = 3.0
"""A title's words say what a paper is about; those of an abstract may be by the way."""
_LEAST = 0.1
"""Papers less like it are named only where they share an author or several words with it."""
_SEVERAL = 2
_SHORT = 20
"""Words added to each length, so that a paper without an abstract is not like everything."""


@dataclass(frozen=True, slots=True)
class Shared:
    """What two papers share: authors in the first one's order, and words, the rarest first."""

    authors: tuple[str, ...]
    words: tuple[str, ...]


def similar(library: Library, row: int) -> tuple[int, ...]:
    """The rows of the papers like the one in `row`, the likest first; without an index, by authors first."""
    index = library.searcher.index
    known = _ANSWERS.get(library)
    if known and known[:2] == (row, index is not None):
        return known[2]
    rarity = _Rarity(library, index)
    measure = _Measure(library.papers[row], rarity)
    others = _candidates(library, index, row, rarity)
    found = sorted((-likeness, other) for other in others if (likeness := measure.of(library.papers[other])))
    rows = tuple(other for _, other in found[:MOST])
    _ANSWERS[library] = row, index is not None, rows
    return rows


_ANSWERS: "WeakKeyDictionary[Library, tuple[int, bool, tuple[int, ...]]]" = WeakKeyDictionary()
"""The last answer, for every letter that is typed into a filter of it."""


def shared(library: Library, row: int, other: int, most: int = 4) -> Shared:
    """What the papers in two rows share, at most so many words of it."""
    rarity = _Rarity(library, library.searcher.index)
    one, two = library.papers[row], library.papers[other]
    theirs = people_of(two)
    titles = set(_telling(title_of(one))), set(_telling(title_of(two)))
    both = titles[0].union(_telling(abstract_of(one))) & titles[1].union(_telling(abstract_of(two)))
    # What a title says a paper is about; what only the abstracts say may be by the way.
    words = sorted(
        both, key=lambda word: (-sum(word in title for title in titles), -rarity.of_word(word), word)
    )
    return Shared(tuple(name for name in people_of(one) if name in theirs), tuple(words[:most]))


def by_its_authors(library: Library, paper: Paper) -> tuple[int, list[str]]:
    """How many other papers of the library the paper's authors have, and who has any, most papers first."""
    rows: set[int] = set()
    numbers: dict[str, int] = {}
    for name in people_of(paper)[:_PEOPLE]:
        author = library.author(name)
        if author and len(author.rows) > 1:
            rows.update(author.rows)
            numbers[name] = len(author.rows)
    return max(len(rows) - 1, 0), sorted(numbers, key=lambda name: -numbers[name])


class _Rarity:
    """How rare names and words are among the papers of a library."""

    def __init__(self, library: Library, index: Index | None) -> None:
        self._library = library
        self._index = index
        self._words: dict[str, float] = {}
        self.highest = log(max(len(library.papers), 2))

    def of_name(self, name: str) -> float:
        author = self._library.author(name)
        return self._of(len(author.rows) if author else 1)

    def of_word(self, word: str) -> float:
        """By the abstracts, where a word has more occasion to stand; alike for all without an index."""
        known = self._words.get(word)
        if known is None:
            known = self._words[word] = self._of(self._papers_with(word)) if self._index else self.highest
        return known

    def _papers_with(self, word: str) -> int:
        assert self._index is not None
        index = self._index
        texts = ((index.abstract_words, index.abstracts), (index.words, index.titles))
        return max(_count(vocabulary, postings, word) for vocabulary, postings in texts)

    def _of(self, papers: int) -> float:
        return float(max(self.highest - log(max(papers, 1)), 0.0))


class _Measure:
    """How like other papers are to one."""

    def __init__(self, paper: Paper, rarity: _Rarity) -> None:
        self._title = {word: _TITLE * rarity.of_word(word) ** 2 for word in _telling(title_of(paper))}
        self._abstract = {word: rarity.of_word(word) ** 2 for word in _telling(abstract_of(paper))}
        self._people = {name: rarity.of_name(name) for name in people_of(paper)}
        self._length = len(self._title) + len(self._abstract) + _SHORT
        self._whole = sum(self._title.values()) + sum(self._abstract.values()) or 1.0
        self._everyone = sum(self._people.values()) or 1.0

    def of(self, other: Paper) -> float:
        """How like `other` is; 0 where it shares neither an author nor several words, and little at all."""
        title, abstract = set(parts(title_of(other))), set(parts(abstract_of(other)))
        in_title, in_abstract = self._title.keys() & title, self._abstract.keys() & abstract
        words = sum(map(self._title.__getitem__, in_title))
        words += sum(map(self._abstract.__getitem__, in_abstract))
        length = len(title) + len(abstract) + _SHORT
        people = self._people.keys() & set(people_of(other))
        likeness = words / self._whole * sqrt(self._length / length)
        likeness += _AUTHORS_COUNT * sum(map(self._people.__getitem__, people)) / self._everyone
        enough = likeness >= _LEAST or people or len(in_title | in_abstract) >= _SEVERAL
        return likeness if enough else 0.0


def _candidates(library: Library, index: Index | None, row: int, rarity: _Rarity) -> list[int]:
    """The rows of the papers that share most, at a first look."""
    paper = library.papers[row]
    by_words, combined = _by_words(paper, index, rarity) if index else ({}, [])
    scores = defaultdict(float, by_words)
    for name in people_of(paper)[:_PEOPLE]:
        author = library.author(name)
        weight = rarity.of_name(name)
        for other in author.rows if author else ():
            scores[other] += weight
    likeliest = _best(scores, _READ + 1) + _best(by_words, _READ_FOR_WORDS + 1) + combined
    return [other for other in dict.fromkeys(likeliest) if other != row]


def _by_words(paper: Paper, index: Index, rarity: _Rarity) -> tuple[dict[int, float], list[int]]:
    """The rows of the papers with rare words of `paper`, scored, and of those with several of its words."""
    title, abstract = set(_telling(title_of(paper))), set(_telling(abstract_of(paper)))
    numbered: defaultdict[int, float] = defaultdict(float)
    _look_for(title, index.words, index.titles, numbered, rarity)
    _look_for(abstract, index.abstract_words, index.abstracts, numbered, rarity)
    most = _READ_FOR_COMBINATIONS // (2 if abstract else 1) + 1
    rarest = sorted(title, key=lambda word: (-rarity.of_word(word), word))
    # What the title says, too, is what the abstract is about.
    about = sorted(abstract, key=lambda word: (word not in title, -rarity.of_word(word), word))
    combined = _with_several(rarest, index.words, index.titles, rarity, most)
    combined += _with_several(about, index.abstract_words, index.abstracts, rarity, most)
    row_of = index.rows.__getitem__
    return dict(zip(map(row_of, numbered), numbered.values(), strict=True)), list(map(row_of, combined))


def _best(scores: Mapping[int, float], most: int) -> list[int]:
    if not scores:
        return []
    # Not by a key for each: there are thousands, and few of them are near the best.
    least = nlargest(most, scores.values())[-1]
    return [row for _, row in sorted((-score, row) for row, score in scores.items() if score >= least)[:most]]


def _look_for(
    words: Iterable[str],
    vocabulary: Vocabulary,
    postings: Postings,
    scores: dict[int, float],
    rarity: _Rarity,
) -> None:
    """Score the papers, by their numbers in the index, that have the rarest of `words`."""
    spans = []
    for word in set(words):
        number = vocabulary.find(word)
        if number is not None:
            start, end = postings.starts[number], postings.starts[number + 1]
            if 1 < end - start <= _COMMON:
                spans.append((end - start, word, start, end))
    looked_at = 0
    for papers, word, start, end in sorted(spans)[:_WORDS]:
        looked_at += papers
        if looked_at > _LOOKED_AT:
            break
        weight = rarity.of_word(word)
        for number in postings.ids[start:end]:
            scores[number] += weight


def _with_several(
    words: Iterable[str], vocabulary: Vocabulary, postings: Postings, rarity: _Rarity, most: int
) -> list[int]:
    """At most so many papers, by their numbers in the index, that have most of the first few of `words`.

    Each word may be ever so common. Of the papers that have the same words, the ones with short titles, where
    the words say most, come first.
    """
    combinations: list[tuple[float, int]] = []
    looked_for = 0
    for word in words:
        papers = postings.word(vocabulary.find(word))
        # Alone in having a word is the paper itself.
        if papers.bit_count() < 2:
            continue
        weight = rarity.of_word(word)
        longer = [(weight + of_others, papers & others) for of_others, others in combinations]
        combinations += [(weight, papers), *(pair for pair in longer if pair[1])]
        looked_for += 1
        if looked_for == _TOGETHER:
            break
    combinations.sort(key=itemgetter(0), reverse=True)
    found: list[int] = []
    taken = 0
    for _, papers in combinations:
        if fresh := postings.universe.without(papers, taken):
            found += islice(postings.universe.iter(fresh), most - len(found))
            taken |= papers
        if len(found) == most:
            break
    return found


def _count(vocabulary: Vocabulary, postings: Postings, word: str) -> int:
    """How many papers have a word, in one of their texts."""
    number = vocabulary.find(word)
    if number is None:
        return 0
    if number in postings.heavy:
        return postings.heavy[number].bit_count()
    return postings.starts[number + 1] - postings.starts[number]


def _telling(text: str) -> list[str]:
    """The words of a text without those that say nothing of what it is about."""
    return [word for word in parts(text) if len(word) > 1 and word not in EVERYDAY]
