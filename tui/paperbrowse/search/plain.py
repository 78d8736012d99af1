"""The search without an index: paper by paper, slowly and obviously.

It answers while the index is being built, and says in the plainest way what a query means. It does not
forgive typos.
"""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from paperbrowse.model import Bookmark, Paper
from paperbrowse.search import query as q
from paperbrowse.search.sources import abstract_of, people_of, title_of, venue_of
from paperbrowse.search.words import ACCENT, accents_fit, index_words, parts, spaced, tokens
from paperbrowse.text.fold import fold

EXACT, PREFIX = 0, 1
_FIELD_COST = {"title": 0, "author": 2, "venue": 4, "category": 4, "year": 0, "tag": 4, "abstract": 8}
_ANYWHERE = ("title", "author", "venue", "year", "tag", "abstract")


@dataclass(frozen=True, slots=True)
class Wanted:
    """One word of a query: its folded words, and how each was typed where it has accents."""

    words: tuple[str, ...]
    written: tuple[str, ...]

    @classmethod
    @lru_cache(maxsize=256)
    def of(cls, text: str) -> "Wanted":
        found = [token for token in tokens(text) if not token.whole]
        return cls(tuple(token.word for token in found), tuple(token.written for token in found))


class PlainPaper:
    """One paper's words, field by field, each made when first asked for."""

    def __init__(self, paper: Paper, bookmark: Bookmark | None) -> None:
        self.paper = paper
        self.bookmark = bookmark
        self._words: dict[str, frozenset[str]] = {}

    def words(self, field: str) -> frozenset[str]:
        if field not in self._words:
            self._words[field] = frozenset(word for text in self.texts(field) for word in index_words(text))
        return self._words[field]

    def texts(self, field: str) -> Iterable[str]:
        paper = self.paper
        match field:
            case "title":
                return (title_of(paper),)
            case "author":
                return people_of(paper)
            case "venue":
                return (venue_of(paper),)
            case "category":
                return (paper.category or "",)
            case "year":
                return (str(paper.date.year or ""),)
            case "tag":
                return self.bookmark.tags if self.bookmark else ()
            case _:
                return (abstract_of(paper),)


def cost(node: q.Node, paper: PlainPaper, spellings: Callable[[str], Collection[str]] | None) -> int | None:
    """How far `paper` is from what `node` asks, 0 best; `None` when it is not what was asked."""
    match node:
        case q.And(members):
            total = 0
            for member in members:
                part = cost(member, paper, spellings)
                if part is None:
                    return None
                total += part
            return total
        case q.Or(members):
            costs = [cost(member, paper, spellings) for member in members]
            return min((found for found in costs if found is not None), default=None)
        case q.Not(part):
            return 0 if cost(part, paper, spellings) is None else None
        case q.Word(text, field):
            return word_cost(Wanted.of(text), paper, (field,) if field else _ANYWHERE)
        case q.Phrase(text, field, closed):
            return phrase_cost(text, paper, field, closed, spellings)
        case _:
            return 0 if holds(node, paper.paper, paper.bookmark) else None


def word_cost(wanted: Wanted, paper: PlainPaper, fields: Sequence[str]) -> int | None:
    """All the words, the last perhaps only begun; or, without their hyphens, one word."""
    each = [
        _nearest(word, written, paper, fields, number == len(wanted.words) - 1)
        for number, (word, written) in enumerate(zip(wanted.words, wanted.written, strict=True))
    ]
    apart = None if None in each else max(found for found in each if found is not None)
    if len(each) < 2:
        return apart
    whole = _nearest("".join(wanted.words), "", paper, fields, True)
    return min((found for found in (whole, apart) if found is not None), default=None)


def _nearest(word: str, written: str, paper: PlainPaper, fields: Sequence[str], begun: bool) -> int | None:
    best: int | None = None
    for field in fields:
        for known in paper.words(field):
            if not known.startswith(word):
                continue
            plain, _, form = known.partition(ACCENT)
            if written and not (form and accents_fit(written, form)):
                continue
            if plain != word and not begun:
                continue
            here = _FIELD_COST[field] + (EXACT if plain == word else PREFIX)
            best = here if best is None else min(best, here)
    return best


def phrase_cost(
    text: str,
    paper: PlainPaper,
    field: str | None,
    closed: bool,
    spellings: Callable[[str], Collection[str]] | None,
) -> int | None:
    if field == "author" and closed:
        names = wanted_names(text, spellings)
        if any(fold(name) in names for name in people_of(paper.paper)):
            return _FIELD_COST["author"]
    wanted = spaced(text)
    if not closed:
        wanted = wanted.rstrip(" ")
    for place in (field,) if field else _ANYWHERE:
        if any(wanted in spaced(one) for one in paper.texts(place)):
            return _FIELD_COST[place]
    return None


def wanted_names(name: str, spellings: Callable[[str], Collection[str]] | None) -> frozenset[str]:
    """A person's name and its known spellings, folded."""
    known = spellings(name) if spellings is not None else ()
    return frozenset(fold(" ".join(form.split())) for form in (name, *known))


def holds(node: q.Years | q.Has | q.Tag | q.Status, paper: Paper, bookmark: Bookmark | None) -> bool:
    """Whether a paper has a property that is there or not."""
    match node:
        case q.Years(first, last):
            year = paper.date.year
            return year is not None and (first is None or first <= year) and (last is None or year <= last)
        case q.Has("code"):
            return paper.has_code
        case q.Has("abstract"):
            return bool(paper.abstract)
        case q.Has(_):
            return bookmark is not None
        case q.Tag(text):
            return bookmark is not None and any(fold(tag).startswith(fold(text)) for tag in bookmark.tags)
        case q.Status(text):
            return bookmark is not None and (bookmark.status or "to-read").startswith(text)


def may_hold(node: q.Node, line: str) -> bool:
    """Whether `line`, a paper's folded letters, may be what `node` asks: says no only when `cost` would."""
    match node:
        case q.And(members):
            return all(may_hold(member, line) for member in members)
        case q.Or(members):
            return any(may_hold(member, line) for member in members)
        case q.Phrase(_, "author", True):
            return True
        case q.Word(text, _) | q.Phrase(text, _, _):
            return all(part in line for part in parts(text))
        case _:
            return True
