"""Which papers answer a query, and in what order.

Every word costs something by how and where it stands (`lookup`), a paper the sum of its words (`tiers`).
Only when few papers are left are words forgiven, the rare ones first; at last a lone word may be the initials
of a title. The papers that then come first are looked at one by one (`rank`).
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain, islice

from paperbrowse.model import Bookmark
from paperbrowse.search import query as q
from paperbrowse.search.abbreviations import abbreviated
from paperbrowse.search.index import Index
from paperbrowse.search.lookup import PREFIX_VENUE, RARE, Lookup, Term
from paperbrowse.search.plain import PlainPaper, holds, phrase_cost, wanted_names
from paperbrowse.search.rank import Ranker, Remembered
from paperbrowse.search.spans import Lit
from paperbrowse.search.tiers import Costed
from paperbrowse.search.typos import MOST
from paperbrowse.search.words import index_words, parts

FEW = 8
"""With fewer papers than this that have all words in title, authors or venue, words are forgiven."""
LOOKED_AT = 36
_ABBREVIATED, _HARDLY = 4, 15
_ANSWERS = 16
Spellings = Callable[[str], Collection[str]]
Shelved = Iterable[tuple[int, Bookmark]]


@dataclass(frozen=True, slots=True)
class Match:
    """What a query found: the papers with their costs, and what was looked for."""

    costed: Costed
    leaves: tuple[q.Leaf, ...]
    terms: tuple[Term, ...]
    distances: Mapping[int, float]
    """Of papers whose titles the query abbreviates, how far off they are."""

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
        self._remembered: Remembered = {}
        self._answers: dict[q.Node, tuple[Match, list[int]]] = {}

    def answer(self, root: q.Node, shelved: Shelved, within: int | None) -> tuple[Match, list[int]]:
        """What `match` finds, and the best of it in order; the latest answers are kept for whoever takes
        letters back."""
        shelved = tuple(shelved)
        lasting = (
            within is None and not any(bookmark.tags for _, bookmark in shelved) and not _shelf_asked(root)
        )
        if lasting and root in self._answers:
            return self._answers[root]
        match = self.match(root, shelved, within)
        answer = match, self.head(match)
        if lasting:
            if len(self._answers) >= _ANSWERS:
                del self._answers[next(iter(self._answers))]
            self._answers[root] = answer
        return answer

    def match(self, root: q.Node, shelved: Shelved, within: int | None = None) -> Match:
        """The papers that answer `root`, of those `within`; `shelved` are the bookmarked ones."""
        run = _Run(self, tuple(shelved))
        leaves = tuple(_required(root))
        words = [leaf for leaf in leaves if isinstance(leaf, q.Word)]
        kept = self.index.universe.all if within is None else within
        found = self._found(run, root, words, kept)
        distances: dict[int, float] = {}
        count = (run.line(root) & kept).bit_count() if _lone(root) else RARE
        if count < RARE:
            distances = abbreviated(self.index, words[0].text, whole=count >= FEW)
            nearest = sorted(distances, key=distances.__getitem__)[: LOOKED_AT // 2]
            levels = ((_ABBREVIATED, nearest), (_HARDLY, distances))
            found = found.either(Costed.of((cost, self.index.universe.of(some)) for cost, some in levels))
        return Match(found if within is None else found.only(within), leaves, run.terms(words), distances)

    def _found(self, run: "_Run", root: q.Node, words: list[q.Word], within: int) -> Costed:
        found = run.costed(root)
        joinings = dict(_joinings(root)) if isinstance(root, q.And) else {}
        for whole, joined in joinings.items():
            if self.index.words.find("".join(parts(whole.text))) is not None:
                found = found.either(run.costed(joined))
        if not words or (run.line(root) & within).bit_count() >= FEW:
            return found
        rare = self._rare(words)
        for forgiven, tried in ((rare, [root]), ([], joinings.values()), (words, [root])):
            if not forgiven and tried == [root]:
                continue
            run.forgiven = dict.fromkeys(joinings, 1) | dict.fromkeys(forgiven, MOST)
            for node in tried:
                found = found.either(run.costed(node))
            if found.mask & within:
                break
        return found

    def suggest(self, query: q.Query) -> str | None:
        """The query with its unknown words replaced by the nearest known ones, if that finds anything."""
        text = query.text
        for leaf in query.leaves():
            if not isinstance(leaf, q.Word) or self.lookup.term(leaf.text, leaf.field, 0).costed.mask:
                continue
            nearest = self.lookup.speller.nearest("".join(parts(leaf.text)))
            if nearest is None:
                return None
            text = text.replace(leaf.text, nearest, 1)
        root = q.parse(text).root
        if text == query.text or root is None or not self.match(root, ()).costed.mask:
            return None
        return text

    def _rare(self, words: list[q.Word]) -> list[q.Word]:
        """Words that may be misspelt: those that hardly any paper has, and those that only begin others."""
        terms = ((word, self.lookup.term(word.text, word.field, 0)) for word in words)
        known = self.index.words.find
        return [
            word
            for word, term in terms
            if term.line.bit_count() <= RARE or known("".join(term.wanted.words)) is None
        ]

    def head(self, match: Match) -> list[int]:
        """The best papers of `match`, looked at closely, best first."""
        if len(self._remembered) > 5000:
            self._remembered.clear()
        ranker = Ranker(self.index, match.terms, match.distances, self._remembered)
        some = islice(chain.from_iterable(map(self.index.universe.iter, match.costed.tiers())), LOOKED_AT)
        # One or two letters say nothing that the near look could go by.
        typed = sum(len(term.text) for term in match.terms)
        return ranker.order(some) if typed > 2 else list(some)


class _Run:
    """One query being answered; `forgiven` has the words to forgive and how many wrong letters."""

    def __init__(self, matcher: Matcher, shelved: tuple[tuple[int, Bookmark], ...]) -> None:
        self.matcher = matcher
        self.index = matcher.index
        self.forgiven: dict[q.Word, int] = {}
        self._shelved = shelved
        self._phrases: dict[q.Phrase, Costed] = {}

    def terms(self, words: Iterable[q.Word]) -> tuple[Term, ...]:
        return tuple(self.term(word) for word in words)

    def term(self, word: q.Word) -> Term:
        return self.matcher.lookup.term(word.text, word.field, self.forgiven.get(word, 0))

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
                kept, self.forgiven = self.forgiven, {}
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
                return self.term(node).line | self._tagged(node)
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
        found = self.term(node).costed
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
            paper = self.index.paper(number)
            plain = PlainPaper(paper, bookmarks.get(number))
            cost = phrase_cost(node.text, plain, node.field, node.closed, self.matcher.spellings)
            if cost is not None:
                by_cost.setdefault(cost, []).append(number)
        return Costed.of((cost, self.index.universe.of(by_cost[cost])) for cost in sorted(by_cost))

    def _all_words(self, node: q.Phrase, text: str) -> int:
        words = parts(text)
        found = self.index.universe.all if words else 0
        for word in words:
            found &= self.matcher.lookup.term(word, node.field, 0).costed.mask | self._tagged(
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
                        if holds(node, index.paper(number), bookmark)
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


def _shelf_asked(node: q.Node) -> bool:
    """Whether the answer depends on what is bookmarked."""
    match node:
        case q.And(members) | q.Or(members):
            return any(map(_shelf_asked, members))
        case q.Not(part):
            return _shelf_asked(part)
        case _:
            return isinstance(node, q.Tag | q.Status) or node == q.Has("bookmarked")


def _lone(root: q.Node) -> bool:
    return isinstance(root, q.Word) and root.field in (None, "title")


def _joinings(root: q.And) -> Iterator[tuple[q.Word, q.Node]]:
    """Two words next to each other written as one ("data set"), and `root` with that instead."""
    members = root.parts
    for at in range(len(members) - 1):
        first, second = members[at], members[at + 1]
        if isinstance(first, q.Word) and isinstance(second, q.Word) and first.field == second.field:
            whole = q.Word(first.text + second.text, first.field)
            rest = (*members[:at], whole, *members[at + 2 :])
            yield whole, q.And(rest) if len(rest) > 1 else whole
