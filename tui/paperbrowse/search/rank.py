"""The near look: the papers that already come first, put in order one by one."""

import math
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from itertools import accumulate

from paperbrowse.search.index import Index
from paperbrowse.search.lookup import Term
from paperbrowse.search.sources import people_of, title_of, venue_of
from paperbrowse.search.words import parts


class Weights:
    """What counts against a paper."""

    prefix: float = 0.9
    rest: float = 0.02
    """For each letter of a word beyond those typed."""
    inside: float = 2.2
    spelling: float = 1.2
    """For British instead of American spelling, or the other way round."""
    typo: float = 2.0
    typos: float = 3.0
    """For each wrong letter after the first."""
    swap: float = -0.9
    """For two letters in the wrong order, the commonest slip."""
    first: float = 1.3
    """For a typo in the first letter."""
    begun: float = 2.8
    """For a typo in a word only begun."""
    glued: float = 1.2
    author: float = 1.8
    venue: float = 3.8
    year: float = 0.3
    abstract: float = 6.0
    length: float = 0.55
    """For a long title, by the logarithm of its words."""
    each: float = 0.3
    """The same for every word of the query it has: a long title has many by chance."""
    little: float = 0.02
    """For a title's words of up to three letters."""
    crowd: float = 0.2
    """For an author among many."""
    apart: float = 0.28
    """For words that do not follow each other as in the query."""
    backwards: float = 1.0
    """For words that stand the other way round than in the query."""
    whole_backwards: float = 0.45
    """The same where both are typed in full and rightly: in any order they say which paper is meant."""
    gap: float = 0.02
    """For words further from each other."""
    later: float = 0.23
    """For a title that begins with other words."""
    doubled: float = 2.0
    """For a word that two of the query's words stand for."""
    named: float = 0.5
    """In favour of a title whose first part, before a colon, is no longer than what was typed."""


WEIGHTS = Weights()
NOWHERE = 99.0


class Seen:
    """What the near look wants to know of a paper, worked out when first needed."""

    __slots__ = ("_paper", "head", "length", "little", "others", "words")

    def __init__(self, index: Index, number: int) -> None:
        self._paper = index.paper(number)
        title = title_of(self._paper)
        self.words = parts(title)
        long = sum([len(word) > 3 for word in self.words])
        self.length = math.log(long + 1)
        self.little = math.log(len(self.words) - long + 1)
        head, colon, _ = title.partition(":")
        self.head = head.count(" ") + 1 if colon else 0
        """How many words stand before the colon."""
        self.others: tuple[list[str], list[str], str] | None = None

    def elsewhere(self) -> tuple[list[str], list[str], str]:
        """The words of authors, those of the venue, and the year."""
        if self.others is None:
            paper = self._paper
            names = parts(" ".join(people_of(paper)))
            self.others = names, parts(venue_of(paper)), str(paper.date.year or "")
        return self.others


Remembered = dict[int, Seen]


class Ranker:
    """Orders papers by the terms of a query that must be there."""

    def __init__(
        self, index: Index, terms: Sequence[Term], known: Mapping[int, float], remembered: Remembered
    ) -> None:
        self._index = index
        self._weights = WEIGHTS
        self._known = known
        self._remembered = remembered
        self._seekers = [seeker_of(term) for term in terms]

    def order(self, numbers: Iterable[int]) -> list[int]:
        """`numbers`, best first; equals stay in their order."""
        return sorted(numbers, key=self.distance)

    def distance(self, number: int) -> float:
        """How far a paper is from what was asked."""
        seen = self._distance(number)
        return min(seen, self._known[number]) if number in self._known else seen

    def _distance(self, number: int) -> float:
        weights = self._weights
        seen = self._remembered.get(number)
        if seen is None:
            seen = self._remembered[number] = Seen(self._index, number)
        words = seen.words
        total = weights.little * seen.little + weights.length * seen.length
        last, before = -2, NOWHERE
        places: list[int] = []
        for seeker in self._seekers:
            place, cost = seeker.seek(words) if seeker.in_title else (-1, NOWHERE)
            if place >= 0 and place in places:
                place, cost = seeker.seek_again(words, places, cost)
            if place < 0 or cost > weights.author:
                elsewhere = seeker.elsewhere(seen.elsewhere())
                if elsewhere < cost:
                    total += elsewhere
                    continue
            total += cost
            if place >= 0:
                if last >= 0 and place != last + 1:
                    total += weights.apart
                    if place < last:
                        total += weights.backwards if cost or before else weights.whole_backwards
                    total += weights.gap * math.log(max(1, abs(place - last)))
                last = place + seeker.width - 1
                places.append(place)
                before = cost
        total += weights.each * len(places) * seen.length
        if 0 not in places:
            return total + weights.later
        return total - weights.named if 0 < seen.head <= len(places) else total


class _Costs(dict[str, float]):
    """What each word costs, worked out when first met."""

    def __init__(self, cost: Callable[[str], float]) -> None:
        super().__init__()
        self._cost = cost

    def __missing__(self, word: str) -> float:
        cost = self[word] = self._cost(word)
        return cost


def seeker_of(term: Term) -> "Seeker":
    """What finds `term`; kept with it, as the next letter typed asks for the same words again."""
    if term.seeker is None:
        term.seeker = Seeker(term, WEIGHTS)
    return term.seeker


def _american(word: str) -> str:
    """`word` as Americans spell it: "tokenise", "analyse", "behaviour"; of other words anything that is the
    same for both spellings."""
    return word.replace("is", "iz").replace("ys", "yz").replace("our", "or")


class Seeker:
    """Finds one term among words, at the lowest cost."""

    def __init__(self, term: Term, weights: Weights) -> None:
        self._weights = weights
        self._term = term
        self._word = "".join(term.wanted.words)
        self.width = len(term.wanted.words)
        self._costs = _Costs(self._cost)
        self.in_title = term.field in (None, "title")
        self._in_authors = term.field in (None, "author")
        self._in_venue = term.field in (None, "venue", "category")

    def seek(self, words: Sequence[str]) -> tuple[int, float]:
        """Where the term stands in `words` and what that costs; -1 for nowhere."""
        costs = list(map(self._costs.__getitem__, words))
        best = min(costs, default=NOWHERE)
        place = costs.index(best) if best < NOWHERE else -1
        if best > self._weights.glued and len(self._word) > 3:
            return self._seek_glued(words, best, place)
        return place, best

    def seek_again(self, words: Sequence[str], taken: Collection[int], cost: float) -> tuple[int, float]:
        """The same where the words at the places `taken` are what other terms mean; `cost` is that of one
        of them."""
        costs = [NOWHERE if place in taken else self._costs[word] for place, word in enumerate(words)]
        best = min(costs)
        doubled = cost + self._weights.doubled
        return (costs.index(best), best) if best <= doubled else (min(taken), doubled)

    def _seek_glued(self, words: Sequence[str], best: float, place: int) -> tuple[int, float]:
        """The term with its blanks or hyphens taken out, at the start of a word."""
        at = "".join(words).find(self._word)
        if at < 0:
            return place, best
        starts = [0, *accumulate(map(len, words))]
        if at not in starts:
            return place, best
        cost = self._weights.glued if self.width == 1 else 0.0
        if at + len(self._word) not in starts:
            cost += self._weights.prefix
        return (starts.index(at), cost) if cost < best else (place, best)

    def elsewhere(self, others: tuple[list[str], list[str], str]) -> float:
        """What the term costs in authors, venue or year, or at least in the abstract."""
        names, venue, year = others
        weights = self._weights
        best = weights.abstract
        if self._term.field is None and year.startswith(self._word):
            best = 0.0 if year == self._word else weights.year
        if self._in_authors and weights.author < best:
            best = min(best, weights.author + self.seek(names)[1] + weights.crowd * math.log(len(names) + 1))
        if self._in_venue and weights.venue < best:
            best = min(best, weights.venue + self.seek(venue)[1])
        return best

    def _cost(self, word: str) -> float:
        wanted, weights = self._word, self._weights
        if word == wanted:
            return 0.0
        if word.startswith(wanted):
            return weights.prefix + weights.rest * (len(word) - len(wanted))
        best = weights.inside if len(wanted) > 2 and wanted in word else NOWHERE
        distance = self._term.forgiven.get(word)
        if distance is not None:
            best = min(best, self._typo(word, distance))
        if self._term.begun:
            for cut in (len(wanted) - 1, len(wanted), len(wanted) + 1):
                distance = self._term.begun.get(word[:cut])
                if distance is not None:
                    best = min(
                        best,
                        weights.begun + self._typo(word[:cut], distance) + weights.rest * (len(word) - cut),
                    )
        return best

    def _typo(self, word: str, distance: int) -> float:
        weights = self._weights
        if _american(word) == _american(self._word):
            return weights.spelling
        cost = weights.typo + weights.typos * (distance - 1)
        if len(word) == len(self._word) and sorted(word) == sorted(self._word):
            cost += weights.swap
        if word[0] != self._word[0]:
            cost += weights.first
        return cost
