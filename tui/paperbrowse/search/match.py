"""Which papers answer a query, and in what order.

Every word costs something by how and where it stands (`lookup`), a paper the sum of its words (`tiers`).
Only when few papers are left are words forgiven, the rare ones first; at last a lone word may be the initials
of a title. The papers that then come first are looked at one by one (`rank`).
"""

import re
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from itertools import chain, islice

from paperbrowse.model import Bookmark
from paperbrowse.search import query as q
from paperbrowse.search.index import Index
from paperbrowse.search.lookup import PREFIX_VENUE, RARE, Lookup, Term
from paperbrowse.search.plain import PlainPaper, holds, phrase_cost, wanted_names
from paperbrowse.search.rank import Ranker
from paperbrowse.search.spans import Lit
from paperbrowse.search.tiers import Costed
from paperbrowse.search.words import index_words, parts

FEW = 8
"""With fewer papers than this that have all words in title, authors or venue, words are forgiven."""
LOOKED_AT = 80
_INITIALS = (9, 11, 13)
_PIECES = 10
Spellings = Callable[[str], Collection[str]]
Shelved = Iterable[tuple[int, Bookmark]]


@dataclass(frozen=True, slots=True)
class Match:
    """What a query found: the papers with their costs, and what was looked for."""

    costed: Costed
    leaves: tuple[q.Leaf, ...]
    terms: tuple[Term, ...]

    def lit(self) -> list[Lit]:
        """What to highlight."""
        phrases = [Lit(leaf) for leaf in self.leaves if isinstance(leaf, q.Phrase)]
        return phrases + [
            Lit(q.Word(term.text, term.field), frozenset(term.forgiven), frozenset(term.begun))
            for term in self.terms
        ]


class Matcher:
    """Answers queries from an index."""

    def __init__(self, index: Index, spellings: Spellings | None) -> None:
        self.index = index
        self.lookup = Lookup(index)
        self.spellings = spellings

    def match(self, root: q.Node, shelved: Shelved, within: int | None = None) -> Match:
        """The papers that answer `root`, of those `within`; `shelved` are the bookmarked ones."""
        run = _Run(self, tuple(shelved))
        leaves = tuple(_required(root))
        words = [leaf for leaf in leaves if isinstance(leaf, q.Word)]
        found = self._found(run, root, words, self.index.universe.all if within is None else within)
        return Match(found if within is None else found.only(within), leaves, run.terms(words))

    def _found(self, run: "_Run", root: q.Node, words: list[q.Word], within: int) -> Costed:
        found = run.costed(root)
        if not words or (run.line(root) & within).bit_count() >= FEW:
            return found
        rare = [
            word for word in words if self.lookup.term(word.text, word.field, False).line.bit_count() <= RARE
        ]
        for forgiven in (rare, words):
            if not forgiven:
                continue
            run.forgiven = frozenset(forgiven)
            found = run.costed(root).either(found)
            if isinstance(root, q.And):
                for joined in _joinings(root):
                    found = found.either(run.costed(joined))
            if found.mask & within or len(rare) == len(words):
                break
        if (
            isinstance(root, q.Word)
            and root.field in (None, "title")
            and (found.mask & within).bit_count() < FEW
        ):
            found = found.either(Costed.of(self._abbreviated(words[0].text)))
        return found

    def head(self, match: Match) -> list[int]:
        """The best papers of `match`, looked at closely, best first."""
        ranker = Ranker(self.index, match.terms)
        some = islice(chain.from_iterable(map(self.index.universe.iter, match.costed.tiers())), LOOKED_AT)
        return ranker.order(some) if match.terms else list(some)

    def _abbreviated(self, text: str) -> Iterator[tuple[int, int]]:
        """Papers whose titles `text` abbreviates: by the first letters of words, or by their beginnings."""
        word = "".join(parts(text))
        if not (3 <= len(word) <= 10 and word.isascii() and word.isalpha()):
            return
        universe = self.index.universe
        yield _PIECES, universe.of(list(self._pieces(word)))
        for cost, numbers in zip(_INITIALS, self._initials(word), strict=True):
            yield cost, universe.of(numbers)

    def _initials(self, word: str) -> tuple[list[int], list[int], list[int]]:
        """Papers by initials: of the whole title, of its beginning, of words within it."""
        wanted = "[A-Z]*".join(f"[{letter}{letter.upper()}]" for letter in word)
        pattern = re.compile(f"(?m)(^[A-Z]*)?{wanted}(?=[A-Z]*$)?".encode())
        starts = self.index.initial_starts
        found: tuple[list[int], list[int], list[int]] = ([], [], [])
        initials = self.index.initials
        pattern = re.compile(wanted.encode())
        for first in range(0, len(starts) - 1, 4096):
            low, high = starts[first], starts[min(len(starts) - 1, first + 4096)]
            number = first
            for hit in pattern.finditer(initials, low, high):
                while starts[number + 1] <= hit.start():
                    number += 1
                before = initials[starts[number] : hit.start()]
                after = initials[hit.end() : starts[number + 1] - 1]
                at_start = not before or before.isupper()
                at_end = not after or after.isupper()
                found[0 if at_start and at_end else 1 if at_start else 2].append(number)
        return found

    def _pieces(self, word: str) -> Iterator[int]:
        """Papers in whose title words next to each other begin with the pieces of `word`, "grte"."""
        words, titles, universe = self.index.words, self.index.titles, self.index.universe
        for cut in range(2, len(word) - 1):
            pieces = word[:cut], word[cut:]
            ranges = [words.range(piece) for piece in pieces]
            sets = [titles.prefix(piece, *ends) for piece, ends in zip(pieces, ranges, strict=True)]
            pattern = re.compile(rf" {pieces[0]}[^ ]* {pieces[1]}")
            for number in islice(universe.iter(sets[0] & sets[1]), 2000):
                if pattern.search(self.index.title(number)):
                    yield number


class _Run:
    """One query being answered: forgives the words in `forgiven`."""

    def __init__(self, matcher: Matcher, shelved: tuple[tuple[int, Bookmark], ...]) -> None:
        self.matcher = matcher
        self.index = matcher.index
        self.forgiven: frozenset[q.Word] = frozenset()
        self._shelved = shelved
        self._phrases: dict[q.Phrase, Costed] = {}

    def terms(self, words: Iterable[q.Word]) -> tuple[Term, ...]:
        return tuple(self._term(word) for word in words)

    def _term(self, word: q.Word) -> Term:
        return self.matcher.lookup.term(word.text, word.field, word in self.forgiven)

    def costed(self, node: q.Node) -> Costed:
        """The papers that answer `node`, with their costs."""
        match node:
            case q.Word():
                return self._word(node)
            case q.And(members):
                found = None
                # Filters first: they are cheap and leave less to count.
                for member in sorted(members, key=lambda member: isinstance(member, q.Word)):
                    part = self.costed(member)
                    found = part if found is None else found.both(part)
                return found or Costed(self.index.universe.all)
            case q.Or(members):
                found = Costed(0)
                for member in members:
                    found = found.either(self.costed(member))
                return found
            case q.Not(part):
                kept, self.forgiven = self.forgiven, frozenset()
                found = Costed(self.index.universe.without(self.index.universe.all, self.costed(part).mask))
                self.forgiven = kept
                return found
            case q.Phrase():
                if node not in self._phrases:
                    self._phrases[node] = self._phrase(node)
                return self._phrases[node]
            case _:
                return Costed(self._property(node))

    def line(self, node: q.Node) -> int:
        """The papers that answer `node` without their abstracts."""
        match node:
            case q.Word():
                return self._term(node).line | self._tagged(node)
            case q.And(members):
                found = self.index.universe.all
                for member in members:
                    found &= self.line(member)
                return found
            case q.Or(members):
                found = 0
                for member in members:
                    found |= self.line(member)
                return found
            case _:
                return self.costed(node).mask

    def _word(self, node: q.Word) -> Costed:
        found = self._term(node).costed
        tagged = self._tagged(node)
        return found.either(Costed.of([(PREFIX_VENUE, tagged)])) if tagged else found

    def _tagged(self, node: q.Word) -> int:
        """Bookmarks with tags that the word is, or begins."""
        if node.field is not None or not self._shelved:
            return 0
        wanted = parts(node.text)
        return self.index.universe.of(
            [
                number
                for number, bookmark in self._shelved
                if bookmark.tags
                for words in [set().union(*map(index_words, bookmark.tags))]
                if all(any(word.startswith(part) for word in words) for part in wanted)
            ]
        )

    def _phrase(self, node: q.Phrase) -> Costed:
        """Papers with all the words of a phrase, looked at one by one."""
        found = self._all_words(node, node.text)
        if node.field == "author" and node.closed:
            for name in wanted_names(node.text, self.matcher.spellings):
                found |= self._all_words(node, name)
        by_cost: dict[int, list[int]] = {}
        bookmarks = dict(self._shelved)
        for number in self.index.universe.iter(found):
            paper = self.index.papers[self.index.rows[number]]
            plain = PlainPaper(paper, bookmarks.get(number))
            cost = phrase_cost(node.text, plain, node.field, node.closed, self.matcher.spellings)
            if cost is not None:
                by_cost.setdefault(cost, []).append(number)
        return Costed.of((cost, self.index.universe.of(by_cost[cost])) for cost in sorted(by_cost))

    def _all_words(self, node: q.Phrase, text: str) -> int:
        words = parts(text)
        found = self.index.universe.all if words else 0
        for word in words:
            found &= self.matcher.lookup.term(word, node.field, False).costed.mask | self._tagged(
                q.Word(word, node.field)
            )
        return found

    def _property(self, node: q.Years | q.Has | q.Tag | q.Status) -> int:
        index = self.index
        match node:
            case q.Years(first, last):
                found = 0
                for year, papers in index.years.items():
                    if (first is None or first <= year) and (last is None or year <= last):
                        found |= papers
                return found
            case q.Has("code"):
                return index.with_code
            case q.Has("abstract"):
                return index.with_abstract
            case _:
                return index.universe.of(
                    [
                        number
                        for number, bookmark in self._shelved
                        if holds(node, index.papers[index.rows[number]], bookmark)
                    ]
                )


def _required(node: q.Node) -> Iterator[q.Leaf]:
    """The leaves that count for the order."""
    match node:
        case q.And(members) | q.Or(members):
            for member in members:
                yield from _required(member)
        case q.Not():
            return
        case _:
            yield node


def _joinings(root: q.And) -> Iterator[q.Node]:
    """`root` with two words next to each other written as one: "data set"."""
    members = root.parts
    for at in range(len(members) - 1):
        first, second = members[at], members[at + 1]
        if isinstance(first, q.Word) and isinstance(second, q.Word) and first.field == second.field:
            whole = q.Word(first.text + second.text, first.field)
            rest = (*members[:at], whole, *members[at + 2 :])
            yield q.And(rest) if len(rest) > 1 else whole
