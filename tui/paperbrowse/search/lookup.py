"""One word of a query, looked up in the index: which papers have it, how well, or nearly."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from dataclasses import field as attribute
from itertools import islice
from typing import TYPE_CHECKING

from paperbrowse.search import query as q
from paperbrowse.search.index import Index, Postings, Vocabulary
from paperbrowse.search.plain import Wanted
from paperbrowse.search.tiers import Costed
from paperbrowse.search.typos import MOST, Speller, budget
from paperbrowse.search.words import ACCENT, accents_fit, index_words

if TYPE_CHECKING:
    from paperbrowse.search.rank import Seeker

# What a word costs by how and where it stands; the sum orders papers before the near look.
EXACT_TITLE, EXACT_AUTHOR, EXACT_VENUE = 0, 1, 2
PREFIX_TITLE, PREFIX_AUTHOR, PREFIX_VENUE = 2, 3, 4
EXACT_ABSTRACT, PREFIX_ABSTRACT = 6, 7
INSIDE, SPLIT = 5, 3
TYPO = (0, 8, 10, 12)
BEGUN_TYPO = (0, 9, 12, 14)

RARE = 50
_COMMON = 5
_INSIDE_FROM = 3
_INSIDE_WORDS = 200


@dataclass(slots=True)
class Term:
    """A word of a query, looked up."""

    text: str
    field: q.Field | None
    wanted: Wanted
    costed: Costed
    line: int
    """The papers that have it in title, authors, venue or year, as a word or its beginning."""
    forgiven: dict[str, int] = attribute(default_factory=dict)
    """Known words it may have been meant as, with their distance."""
    begun: dict[str, int] = attribute(default_factory=dict)
    """The same for beginnings of words."""
    seeker: "Seeker | None" = None


class Lookup:
    """Looks words up in an index and remembers them: the next letter typed asks for the same ones again.

    A word is looked up as such and as the beginning of one, in titles, authors, venues and abstracts. How
    and where it stands gives it a cost. When it is to be forgiven: also words it may be a misspelling of,
    and the two words it is without their blank.
    """

    def __init__(self, index: Index) -> None:
        self.index = index
        self.speller = Speller(index.words)
        self._terms: dict[tuple[str, q.Field | None, int], Term] = {}

    def term(self, text: str, field: q.Field | None, forgiving: int) -> Term:
        """A word looked up, at most `forgiving` of its letters wrong."""
        key = (text, field, forgiving)
        if key not in self._terms:
            if len(self._terms) >= 64:
                del self._terms[next(iter(self._terms))]
            self._terms[key] = (
                self._forgiving(self.term(text, field, 0), forgiving)
                if forgiving
                else self._strict(text, field)
            )
        return self._terms[key]

    def _strict(self, text: str, field: q.Field | None) -> Term:
        wanted = Wanted.of(text)
        pairs = list(zip(wanted.words, wanted.written, strict=True))
        if len(pairs) == 1:
            levels = self._levels(*pairs[0], field, True)
            return Term(text, field, wanted, Costed.of(levels), _line(levels))
        each = [self._levels(*pair, field, number == len(pairs) - 1) for number, pair in enumerate(pairs)]
        apart = Costed.of(each[0])
        line = _line(each[0])
        for levels in each[1:]:
            apart = apart.both(Costed.of(levels))
            line &= _line(levels)
        whole = self._levels("".join(wanted.words), "", field, True)
        return Term(text, field, wanted, apart.either(Costed.of(whole)), line | _line(whole))

    def _levels(self, word: str, written: str, field: q.Field | None, begun: bool) -> list[tuple[int, int]]:
        """(cost, papers) of one word, cheapest first."""
        index = self.index
        if field == "category":
            return [(EXACT_VENUE, self._category(word, begun))]
        found: list[tuple[int, int]] = []
        if field != "abstract":
            exact, near = self._numbers(index.words, word, written)
            for name, postings, costs in (
                ("title", index.titles, (EXACT_TITLE, PREFIX_TITLE)),
                ("author", index.authors, (EXACT_AUTHOR, PREFIX_AUTHOR)),
                ("venue", index.venues, (EXACT_VENUE, PREFIX_VENUE)),
            ):
                if field not in (None, name):
                    continue
                found.append((costs[0], postings.many(exact)))
                if begun:
                    found.append((costs[1], self._begun(postings, word, near)))
            if field is None and word.isdigit():
                found += self._years(word, begun)
        if field in (None, "abstract"):
            exact, near = self._numbers(index.abstract_words, word, written)
            found.append((EXACT_ABSTRACT, index.abstracts.many(exact)))
            if begun:
                found.append((PREFIX_ABSTRACT, self._begun(index.abstracts, word, near)))
        return sorted(found, key=_first)

    def _numbers(self, words: Vocabulary, word: str, written: str) -> tuple[Sequence[int], Sequence[int]]:
        """The numbers of the word itself, and of the words that begin with it."""
        low, high = words.range(word)
        if not written:
            exact = range(low, low + 1) if low < high and words.word(low) == word else range(0)
            return exact, range(low, high)
        forms = {
            number: plain
            for number, known in enumerate(words.slice(low, high), low)
            for plain, _, form in [known.partition(ACCENT)]
            if form and accents_fit(written, form)
        }
        return [number for number, plain in forms.items() if plain == word], list(forms)

    def _begun(self, postings: Postings, word: str, near: Sequence[int]) -> int:
        if isinstance(near, range):
            return postings.prefix(word, near.start, near.stop)
        return postings.many(near)

    def _years(self, word: str, begun: bool) -> Iterator[tuple[int, int]]:
        for year, papers in self.index.years.items():
            if str(year) == word:
                yield EXACT_TITLE, papers
            elif begun and str(year).startswith(word):
                yield PREFIX_VENUE, papers

    def _category(self, word: str, begun: bool) -> int:
        found = 0
        for name, papers in self.index.categories.items():
            words = index_words(name)
            if word in words or (begun and any(known.startswith(word) for known in words)):
                found |= papers
        return found

    def _inside(self, word: str, field: q.Field | None, line: int) -> Iterator[tuple[int, int]]:
        """Papers with the word inside one of theirs, if it is no common word itself."""
        if len(word) < _INSIDE_FROM or line.bit_count() > _COMMON:
            return
        numbers = self.index.words.containing(word.encode(), _INSIDE_WORDS)
        if field != "author":
            yield INSIDE, self.index.titles.many(numbers)
        if field != "title":
            yield INSIDE, self.index.authors.many(numbers)

    def _forgiving(self, strict: Term, most: int) -> Term:
        field = strict.field
        word = "".join(strict.wanted.words)
        if field in ("abstract", "category"):
            return strict
        accented = any(strict.wanted.written)
        term = Term(strict.text, field, strict.wanted, strict.costed, strict.line)
        split = field in (None, "title") and most == MOST and not accented
        levels = [(SPLIT, self._split(word))] if split else []
        allowed = min(most, budget(word))
        if allowed:
            term.forgiven = self.speller.near(word, allowed)
            if accented:
                # The same letters without the accents that were typed are another word, not a slip.
                term.forgiven.pop(word, None)
            elif min(term.forgiven.values(), default=2) > 1:
                levels += self._inside(word, field, term.line)
                term.begun = self.speller.begun(word, min(2, allowed))
            levels += self._typo_levels(term, field)
        term.costed = strict.costed.either(Costed.of(sorted(levels, key=_first)))
        return term

    def _typo_levels(self, term: Term, field: q.Field | None) -> Iterator[tuple[int, int]]:
        index = self.index
        fields = [
            (extra, postings)
            for name, postings, extra in (
                ("title", index.titles, 0), ("author", index.authors, 0), ("venue", index.venues, 1)
            )
            if field in (None, name)
        ]  # fmt: skip
        for distance in (1, 2, 3):
            whole = [index.words.find(word) for word, far in term.forgiven.items() if far == distance]
            numbers = [number for number in whole if number is not None]
            ranges = [index.words.range(word) for word, far in term.begun.items() if far == distance]
            for extra, postings in fields:
                if numbers:
                    yield TYPO[distance] + extra, postings.many(numbers)
                if ranges:
                    yield BEGUN_TYPO[distance] + extra, postings.spans(ranges)

    def _split(self, word: str) -> int:
        """Papers whose titles have the word in two, with a blank between."""
        found = 0
        words, titles = self.index.words, self.index.titles
        for cut in range(2, len(word) - 1):
            first, second = words.find(word[:cut]), words.find(word[cut:])
            if first is not None and second is not None:
                both = titles.word(first) & titles.word(second)
                wanted = f" {word[:cut]} {word[cut:]} "
                found |= self.index.universe.of(
                    [number for number in islice(self.index.universe.iter(both), 300)
                     if wanted in self.index.title(number)]
                )  # fmt: skip
        return found


def _first(level: tuple[int, int]) -> int:
    return level[0]


def _line(levels: Iterable[tuple[int, int]]) -> int:
    found = 0
    for cost, papers in levels:
        if cost < EXACT_ABSTRACT:
            found |= papers
    return found
