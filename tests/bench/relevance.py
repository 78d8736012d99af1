"""How often the paper meant comes first, and among the first ten.

    python -m tests.bench.relevance --library /path/to/acl/data/xml [--fzf] [--misses KIND]

Queries are drawn from the library by kind (`KINDS`), as a person would type them who remembers a paper but
not its wording: a few of its words, whole, begun, reversed, misspelt in one way each, with an author, a year,
a venue; the initials of its title, or the first two letters of some of its words in one. Words are drawn so
that, rightly spelt, at most `--alike` papers have them all in title, authors, venue and year: who remembers a
paper remembers what sets it apart. Titles that occur twice are not drawn. With the Anthology, the queries
written by hand in `by_hand.tsv` are asked too; there either of two papers of one title will do.

The default is about as hard as queries that others drew by these kinds: of theirs fzf 0.74 found 0.61 at
once and 0.76 among the first ten; of these, glued beginnings aside, 0.65 and 0.78 (with `--alike 3` 0.64 and
0.82, with 1 0.70 and 0.78).

Every second query is for tuning, the others are held out; another `--seed` draws others altogether, and a
higher `--alike` harder ones. "By chance" is how often the paper meant would come first if all papers that
have the words, rightly spelt, came before the rest in any order: much more than that no ranking can know.
`--fzf` asks fzf the same on lines of title, authors, short venue and year.
"""

import argparse
import random
import re
import subprocess
import tempfile
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.bench.libraries import line, load, short_venues

from paperbrowse.model import Paper
from paperbrowse.search import Searcher
from paperbrowse.text.fold import fold, letters

_WORD = re.compile(r"[A-Za-zÀ-ÿ]{4,}")
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_COMMON = {
    "with",
    "from",
    "based",
    "using",
    "this",
    "that",
    "into",
    "over",
    "what",
    "when",
    "does",
    "towards",
}
_ALIKE = 2
_HAND = Path(__file__).with_name("by_hand.tsv")


@dataclass(frozen=True)
class Asked:
    """One query and the row of the paper meant."""

    kind: str
    query: str
    row: int
    alike: int = 0
    """How many papers have its words, where they are not only begun."""


class Known:
    """Which papers have which words in title, authors, venue and year."""

    def __init__(self, papers: Sequence[Paper]) -> None:
        self._rows: dict[str, set[int]] = defaultdict(set)
        for row, paper in enumerate(papers):
            for word in set(re.findall(r"\w+", fold(line(paper)))):
                self._rows[word].add(row)

    def alike(self, words: Sequence[str]) -> int:
        """How many papers have all of `words`."""
        sets = sorted((self._rows[fold(word)] for word in words), key=len)
        return len(set.intersection(*sets))


def draw(papers: Sequence[Paper], count: int, seed: int = 7, alike: int = _ALIKE) -> list[Asked]:
    """`count` queries of every kind, whose words at most `alike` papers have."""
    rng = random.Random(seed)
    titles = Counter(letters(paper.title) for paper in papers)
    known = Known(papers)
    asked: list[Asked] = []
    for kind, make in KINDS.items():
        made = 0
        while made < count:
            row = rng.randrange(len(papers))
            paper = papers[row]
            if titles[letters(paper.title)] > 1 or paper.title_from == "derived":
                continue
            query = make(paper, rng)
            if query is None:
                continue
            having = known.alike(query.words) if query.words else 1
            if 1 <= having <= alike:
                asked.append(Asked(kind, query.text, row, 0 if kind in IN_PART else having))
                made += 1
    return asked


@dataclass(frozen=True)
class Drawn:
    """A query and the words it was made of, rightly spelt."""

    text: str
    words: tuple[str, ...] = ()


Kind = Callable[[Paper, random.Random], Drawn | None]


def _words(paper: Paper, rng: random.Random, least: int = 2, longest: int = 3) -> list[str] | None:
    """Two or three words of the title, in its order."""
    words = [word for word in _WORD.findall(paper.title) if word.lower() not in _COMMON]
    words = list(dict.fromkeys(word.lower() for word in words))
    if len(words) < least:
        return None
    size = min(len(words), rng.randint(least, longest))
    return [words[number] for number in sorted(rng.sample(range(len(words)), size))]


def _exact(paper: Paper, rng: random.Random) -> Drawn | None:
    words = _words(paper, rng)
    return Drawn(" ".join(words), tuple(words)) if words else None


def _reversed(paper: Paper, rng: random.Random) -> Drawn | None:
    words = _words(paper, rng)
    return Drawn(" ".join(reversed(words)), tuple(words)) if words else None


def _prefixes(paper: Paper, rng: random.Random) -> Drawn | None:
    words = _words(paper, rng, 3, 3)
    return Drawn(" ".join(word[: rng.randint(3, 5)] for word in words), tuple(words)) if words else None


def _short_prefix(paper: Paper, rng: random.Random) -> Drawn | None:
    words = _words(paper, rng, 2, 2)
    return Drawn(f"{words[0]} {words[1][:3]}", tuple(words)) if words else None


def _author_word(paper: Paper, rng: random.Random) -> Drawn | None:
    words = _words(paper, rng, 1, 1)
    if not words or not paper.authors or not all(paper.authors):
        return None
    name = fold(rng.choice(paper.authors).split()[-1])
    return Drawn(f"{name} {words[0]}", (*re.findall(r"\w+", name), *words))


def _word_year(paper: Paper, rng: random.Random) -> Drawn | None:
    words = _words(paper, rng, 1, 2)
    year = str(paper.date.year or "")
    return Drawn(f"{' '.join(words)} {year}", (*words, year)) if words and year else None


def _venue_year_word(paper: Paper, rng: random.Random) -> Drawn | None:
    venue = short_venues(paper)
    words = _words(paper, rng, 1, 2)
    year = str(paper.date.year or "")
    if not words or not venue or not year:
        return None
    return Drawn(f"{venue[0]} {year} {' '.join(words)}", (venue[0], year, *words))


def _hyphens(paper: Paper, rng: random.Random) -> Drawn | None:
    compounds: list[str] = re.findall(r"\b[A-Za-z0-9]+(?:-[A-Za-z0-9]+)+\b", paper.title)
    words = _words(paper, rng, 1, 1)
    if not compounds or not words or len(compounds[0]) < 6:
        return None
    compound = rng.choice(compounds).lower()
    query = f"{compound.replace('-', rng.choice(('', ' ')))} {words[0]}"
    return Drawn(query, (*compound.split("-"), *words))


def _misspelt(change: Callable[[str, random.Random], str], often: int = 1) -> Kind:
    def make(paper: Paper, rng: random.Random) -> Drawn | None:
        words = _words(paper, rng)
        long = [number for number, word in enumerate(words or ()) if len(word) >= 5]
        if words is None or len(long) < often:
            return None
        typed = list(words)
        for number in rng.sample(long, often):
            typed[number] = change(words[number], rng)
        return Drawn(" ".join(typed), tuple(words))

    return make


def _inserted(word: str, rng: random.Random) -> str:
    at = rng.randint(1, len(word))
    return word[:at] + rng.choice(_LETTERS) + word[at:]


def _deleted(word: str, rng: random.Random) -> str:
    at = rng.randrange(1, len(word))
    return word[:at] + word[at + 1 :]


def _substituted(word: str, rng: random.Random) -> str:
    at = rng.randrange(1, len(word))
    return word[:at] + rng.choice(_LETTERS.replace(word[at], "")) + word[at + 1 :]


def _swapped(word: str, rng: random.Random) -> str:
    places = [at for at in range(len(word) - 1) if word[at] != word[at + 1]]
    at = rng.choice(places)
    return word[:at] + word[at + 1] + word[at] + word[at + 2 :]


def _any(word: str, rng: random.Random) -> str:
    return rng.choice((_inserted, _deleted, _substituted, _swapped))(word, rng)


def _initials(paper: Paper, _rng: random.Random) -> Drawn | None:
    words = re.findall(r"[A-Za-z]+", paper.title)
    return Drawn("".join(word[0] for word in words).lower()) if 4 <= len(words) <= 7 else None


def _glued(paper: Paper, rng: random.Random) -> Drawn | None:
    words = _words(paper, rng, 3, 4)
    return Drawn("".join(word[:2] for word in words), tuple(words)) if words else None


KINDS: dict[str, Kind] = {
    "exact words": _exact,
    "reversed words": _reversed,
    "word prefixes": _prefixes,
    "word + short prefix": _short_prefix,
    "author + word": _author_word,
    "words + year": _word_year,
    "venue + year + words": _venue_year_word,
    "dropped hyphens": _hyphens,
    "typo: insertion": _misspelt(_inserted),
    "typo: deletion": _misspelt(_deleted),
    "typo: substitution": _misspelt(_substituted),
    "typo: transposition": _misspelt(_swapped),
    "typos in two words": _misspelt(_any, 2),
    "initials": _initials,
    "glued beginnings": _glued,
}
IN_PART = ("word prefixes", "word + short prefix", "initials", "glued beginnings")
WITHOUT_TYPO = ("exact words", "reversed words", "word prefixes", "word + short prefix", "author + word",
                "words + year", "venue + year + words", "dropped hyphens")  # fmt: skip


def by_hand(papers: Sequence[Paper]) -> Iterator[Asked]:
    """The queries written by hand, for papers that are in this library."""
    rows = {paper.anthology: row for row, paper in enumerate(papers) if paper.anthology}
    for text in _HAND.read_text("utf-8").splitlines():
        query, _, anthology = text.partition("\t")
        if anthology in rows:
            yield Asked("by hand", query, rows[anthology])


def place(papers: Sequence[Paper], asked: Asked, rows: Sequence[int]) -> int | None:
    """The place among `rows`, from 1, of the paper meant or one of the same title."""
    meant = letters(papers[asked.row].title)
    return next((place for place, row in enumerate(rows, 1) if letters(papers[row].title) == meant), None)


def fzf_rows(binary: str, lines: Path, query: str) -> list[int]:
    """The first hundred rows that fzf finds among lines that begin with their numbers."""
    # The number is told apart from what is searched, or a year would be found in it.
    command = [binary, "--delimiter", "\t", "--nth", "2..", "--filter", query]
    found = subprocess.run(command, stdin=lines.open(), capture_output=True, text=True, check=False)
    return [int(text.partition("\t")[0]) for text in found.stdout.split("\n", 100)[:100] if text]


def report(asked: Sequence[Asked], ranks: Sequence[int | None]) -> None:
    """A line for each kind and one for all: the tuning half, then the half held out."""
    halves: dict[str, list[list[int | None]]] = defaultdict(lambda: [[], []])
    for number, (one, found) in enumerate(zip(asked, ranks, strict=True)):
        for kind in (one.kind, "all"):
            halves[kind][number % 2].append(found)
    chances: dict[str, list[float]] = defaultdict(list)
    for one in asked:
        if one.alike:
            chances[one.kind].append(1 / one.alike)
    print(f"{'':24}{'tuning: @1':>12}{'@10':>6}{'held out: @1':>15}{'@10':>6}{'by chance':>11}{'queries':>9}")
    for kind in sorted(halves, key="all".__eq__):
        tuning, held_out = halves[kind]
        _print_kind(kind, tuning, held_out, chances[kind])


def _print_kind(
    kind: str, tuning: list[int | None], held_out: list[int | None], chances: list[float]
) -> None:
    def share(places: list[int | None], best: int) -> float:
        return sum(place is not None and place <= best for place in places) / max(1, len(places))

    chance = f"{sum(chances) / len(chances):.3f}" if chances else ""
    print(
        f"{kind:24}{share(tuning, 1):12.3f}{share(tuning, 10):6.3f}"
        f"{share(held_out, 1):15.3f}{share(held_out, 10):6.3f}{chance:>11}{len(tuning) + len(held_out):9}"
    )


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--library", type=Path, help="a folder of ACL Anthology XML; made-up papers without")
    parser.add_argument("--count", type=int, default=50, help="queries of each kind")
    parser.add_argument("--seed", type=int, default=7, help="draw other queries")
    parser.add_argument("--alike", type=int, default=_ALIKE, help="papers that may have all words of a query")
    parser.add_argument("--fzf", nargs="?", const="fzf", help="ask this fzf too")
    parser.add_argument("--misses", metavar="KIND", help="print the queries of this kind that missed")
    options = parser.parse_args()
    papers = load(options.library)
    asked = [*draw(papers, options.count, options.seed, options.alike), *by_hand(papers)]
    searcher = Searcher(papers)
    searcher.build()
    ranks = [place(papers, one, searcher.search(one.query).rows[:100]) for one in asked]
    report(asked, ranks)
    for one, found in zip(asked, ranks, strict=True):
        if options.misses in (one.kind, "all") and found != 1:
            print(f"{found or '-':>4}  {one.query:40} {papers[one.row].title}")
    if options.fzf:
        with tempfile.TemporaryDirectory() as folder:
            lines = Path(folder) / "lines"
            lines.write_text("".join(f"{row}\t{line(paper)}\n" for row, paper in enumerate(papers)), "utf-8")
            print(
                subprocess.run([options.fzf, "--version"], capture_output=True, text=True, check=True).stdout
            )
            report(asked, [place(papers, one, fzf_rows(options.fzf, lines, one.query)) for one in asked])


if __name__ == "__main__":
    main()
