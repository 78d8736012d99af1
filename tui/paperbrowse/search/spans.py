"""What of a displayed text matched: the places to highlight."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from paperbrowse.search import query as q
from paperbrowse.search.plain import Wanted
from paperbrowse.search.words import Token, accents_fit, tokens

Span = tuple[int, int]
_INSIDE_FROM = 3


@dataclass(frozen=True, slots=True)
class Lit:
    """One leaf of a query with the index words it was forgiven for (typos)."""

    leaf: q.Word | q.Phrase
    forgiven: frozenset[str] = frozenset()
    begun: frozenset[str] = frozenset()
    """The same for beginnings of words."""


def find_spans(text: str, field: str, lit: Iterable[Lit]) -> list[Span]:
    """Sorted, disjoint places of `text` (of a paper's `field`) that answer one of `lit`."""
    words = _tokens(text)
    found: list[Span] = []
    for one in lit:
        if one.leaf.field not in (None, field) and (one.leaf.field, field) != ("category", "venue"):
            continue
        if isinstance(one.leaf, q.Phrase):
            found += _phrase_spans(words, one.leaf)
        else:
            found += _word_spans(words, one, field)
    return _merged(found)


# The next letter typed often leaves the same papers on the screen.
@lru_cache(maxsize=512)
def _tokens(text: str) -> tuple[Token, ...]:
    return tuple(tokens(text))


def _word_spans(words: Sequence[Token], one: Lit, field: str) -> list[Span]:
    wanted = Wanted.of(one.leaf.text)
    exact = _starting(words, wanted)
    if exact or field == "abstract":
        return exact
    joined = "".join(wanted.words)
    inside = _inside(words, joined) if len(joined) >= _INSIDE_FROM and not any(wanted.written) else []
    if inside:
        return inside
    for whole in (False, True):
        nearly = [
            token for token in words if token.whole is whole and _forgiven(token.word, one, len(joined))
        ]
        if nearly:
            return [(token.start, token.end) for token in nearly]
    return []


def _starting(words: Sequence[Token], wanted: Wanted) -> list[Span]:
    """Words that a wanted word is or begins; of a longer word only the part that was typed."""
    found: list[Span] = []
    pairs = list(zip(wanted.words, wanted.written, strict=True))
    if len(pairs) > 1:
        pairs.append(("".join(wanted.words), ""))
    for token in words:
        for word, written in pairs:
            if not token.word.startswith(word) or (written and not accents_fit(written, token.written)):
                continue
            if token.whole and len(word) <= token.first:
                continue
            # Where folding or hyphens changed the length, the letters no longer count off: light all of it.
            same_length = token.end - token.start == len(token.word)
            found.append((token.start, token.start + len(word) if same_length else token.end))
    return found


def _inside(words: Sequence[Token], joined: str) -> list[Span]:
    found: list[Span] = []
    for token in words:
        at = token.word.find(joined)
        if at > 0 and not token.whole and token.end - token.start == len(token.word):
            found.append((token.start + at, token.start + at + len(joined)))
    return found


def _forgiven(word: str, one: Lit, length: int) -> bool:
    return word in one.forgiven or any(word[:cut] in one.begun for cut in (length - 1, length, length + 1))


def _phrase_spans(words: Sequence[Token], phrase: q.Phrase) -> list[Span]:
    wanted = Wanted.of(phrase.text).words
    simple = [token for token in words if not token.whole]
    found: list[Span] = []
    for first in range(len(simple) - len(wanted) + 1):
        run = simple[first : first + len(wanted)]
        if all(_same(token.word, word, phrase.closed or number < len(wanted) - 1)
               for number, (token, word) in enumerate(zip(run, wanted, strict=True))):  # fmt: skip
            found.append((run[0].start, run[-1].end))
    return found


def _same(word: str, wanted: str, whole: bool) -> bool:
    return word == wanted if whole else word.startswith(wanted)


def _merged(spans: list[Span]) -> list[Span]:
    merged: list[Span] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged
