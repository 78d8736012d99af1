"""What is precomputed: a sorted vocabulary and, for each word, the papers it stands in, field by field.

Papers are numbered anew, shorter titles first and then newer ones, so that a set of papers read from its
beginning is already in the order that breaks ties. Everything is kept in flat arrays and joined strings;
a word of more than a thirtieth of the papers is kept as a set (`bits`), the smaller form for it.
"""

from array import array
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from itertools import accumulate, chain, filterfalse, islice, repeat
from operator import itemgetter

from paperbrowse.model import Paper
from paperbrowse.search.bits import Universe
from paperbrowse.search.sources import abstract_of, people_of, title_of, venue_of
from paperbrowse.search.words import chunk_words, chunked, chunks, initials, spaced

_AFTER_ALL = b"\xff"
_SLICE = 100
"""Papers, or texts, that are dealt with between two pauses."""
_ODD = 20
"""The same for chunks of several words."""
_LOOKED_AT = 5000
"""Words of which nothing but their letters is looked at."""
_TABLES = 256
_AT_ONCE = 100
"""Words whose papers are put in their place at a time; each may have all of them."""
_SORTED = 500
"""Words that are sorted at once, if they are not all alike for more than this many letters:"""
_ALIKE = 12
_TABLED = 5
"""Prefixes up to this length have their papers noted, where they are many."""
_MANY = 20
"""Many are more than this share of all papers: one in twenty."""
_INITIALS = 12
"""Longer titles are not looked for by their initials."""


class Vocabulary:
    """Sorted words in one string, kept as UTF-8, whose order is that of the characters."""

    def __init__(self) -> None:
        self.joined: bytes | memoryview = b"\n"
        """The words; in a file as long as nobody looks inside them."""
        self.starts = array("I", [1])
        """Where each word begins, and where one more would."""

    def fill(self, runs: Iterable[Sequence[bytes]]) -> Iterator[None]:
        """Makes this the vocabulary of the words in `runs`, which are sorted."""
        joined: list[bytes] = [b"\n"]
        for run in runs:
            # Where the first word begins is known: where one more would have.
            lengths = [len(word) + 1 for word in run]
            self.starts.extend(accumulate(lengths, initial=self.starts.pop()))
            joined.append(b"\n".join(run) + b"\n")
            yield
        self.joined = b"".join(joined)

    def __len__(self) -> int:
        return len(self.starts) - 1

    def __getitem__(self, number: int) -> bytes:
        return bytes(self.joined[self.starts[number] : self.starts[number + 1] - 1])

    def word(self, number: int) -> str:
        return self[number].decode()

    def slice(self, low: int, high: int) -> list[str]:
        """The words from number `low` up to, not with, `high`."""
        if low >= high:
            return []
        return str(self.joined[self.starts[low] : self.starts[high] - 1], "utf-8").split("\n")

    def containing(self, piece: bytes, most: int) -> list[int]:
        """The numbers of up to `most` words that have `piece` in them; with a line feed, at an end."""
        found: list[int] = []
        starts = self.starts
        joined = self.joined = bytes(self.joined)
        at = joined.find(piece, 1)
        while at >= 0 and len(found) < most:
            found.append(bisect_right(starts, at) - 1)
            at = joined.find(piece, starts[found[-1] + 1] - 1)
        return found

    def find(self, word: str) -> int | None:
        encoded = word.encode()
        number = bisect_left(self, encoded)
        return number if number < len(self) and self[number] == encoded else None

    def range(self, prefix: str) -> tuple[int, int]:
        """The numbers of the words that begin with `prefix`: from the first up to, not with, the second."""
        low = bisect_left(self, prefix.encode())
        return low, self.end(prefix, low, len(self))

    def end(self, prefix: str, low: int, high: int) -> int:
        """The number up to which the words from `low`, at most to `high`, begin with `prefix`."""
        return bisect_left(self, prefix.encode() + _AFTER_ALL, low, high)


class Postings:
    """For each word of a vocabulary, the papers it stands in."""

    def __init__(self, universe: Universe) -> None:
        self.universe = universe
        self.starts = array("I", [0])
        self.ids = array("I")
        self.heavy: dict[int, int] = {}
        self.heavy_words = array("I")
        self.tables: dict[str, int] = {}

    def extend(self, papers: "list[array[int]]") -> None:
        """Appends the papers of the next words."""
        heavy = max(30, self.universe.size // 30)
        lengths = list(map(len, papers))
        if max(lengths) > heavy:
            for place, length in enumerate(lengths):
                if length > heavy:
                    number = len(self.starts) - 1 + place
                    self.heavy[number] = self.universe.of(papers[place])
                    self.heavy_words.append(number)
                    papers[place], lengths[place] = _NONE, 0
        self.ids.frombytes(b"".join(papers))
        self.starts.extend(accumulate(lengths, initial=self.starts.pop()))

    def word(self, number: int | None) -> int:
        """The papers with this word."""
        return 0 if number is None else self.span(number, number + 1)

    def span(self, low: int, high: int) -> int:
        """The papers with any of the words from number `low` up to, not with, `high`."""
        return self.spans(((low, high),))

    def spans(self, spans: Iterable[tuple[int, int]]) -> int:
        """The papers with any of the words of several such ranges."""
        found = 0
        ids = array("I")
        starts, heavy = self.starts, self.heavy_words
        # As bytes, which may just as well come from a file.
        packed, width = memoryview(self.ids).cast("B"), ids.itemsize
        for low, high in spans:
            ids.frombytes(packed[width * starts[low] : width * starts[high]])
            for place in range(bisect_left(heavy, low), bisect_left(heavy, high)):
                found |= self.heavy[heavy[place]]
        return found | self.universe.of(ids)

    def many(self, numbers: Iterable[int]) -> int:
        """The papers with any of the words."""
        return self.spans((number, number + 1) for number in numbers)

    def prefix(self, prefix: str, low: int, high: int) -> int:
        """`span` of the words that begin with `prefix`; the shortest ones are read from a table."""
        return self.tables[prefix] if prefix in self.tables else self.span(low, high)


class Index:
    """Everything precomputed about `papers`; made by `build`."""

    def __init__(self, papers: Sequence[Paper]) -> None:
        self.papers = papers
        self.universe = Universe(len(papers))
        self.rows = array("I")
        """The row in the library of each paper in the order of the index."""
        self.numbers = array("I", bytes(4 * len(papers)))
        """The other way round."""
        self.words = Vocabulary()
        """The words of titles, authors and venues."""
        self.titles = Postings(self.universe)
        self.authors = Postings(self.universe)
        self.venues = Postings(self.universe)
        self.abstract_words = Vocabulary()
        self.abstracts = Postings(self.universe)
        self.years: dict[int, int] = {}
        self.categories: dict[str, int] = {}
        self.with_code = 0
        self.with_abstract = 0
        self.initials = Vocabulary()
        """First letters of each title's words, with and without little words and what follows a hyphen."""
        self.initialed = array("I")
        """The paper of each of them."""

    def paper(self, number: int) -> Paper:
        return self.papers[self.rows[number]]

    def title(self, number: int) -> str:
        """The words of a title, folded, between single blanks."""
        return spaced(title_of(self.paper(number)))

    def build(self) -> Iterator[None]:
        """Fills the index, pausing after every few milliseconds of work."""
        yield from self._number()
        yield from self._index_lines()
        yield from self._index_abstracts()

    def _number(self) -> Iterator[None]:
        groups: dict[tuple[int, int], array[int]] = {}
        for row, paper in enumerate(self.papers):
            group = (paper.title.count(" "), -(paper.date.year or 0))
            try:
                groups[group].append(row)
            except KeyError:
                groups[group] = array("I", [row])
            if not row % (10 * _SLICE):
                yield
        for group in sorted(groups):
            self.rows.extend(groups[group])
        for number, row in enumerate(self.rows):
            self.numbers[row] = number
            if not number % (50 * _SLICE):
                yield

    def _index_lines(self) -> Iterator[None]:
        titles, authors, venues = _Gathered(), _Gathered(), _Gathered()
        houses: defaultdict[tuple[str | None, ...], array[int]] = defaultdict(partial(array, "I"))
        years: defaultdict[int, array[int]] = defaultdict(partial(array, "I"))
        categories: defaultdict[str, array[int]] = defaultdict(partial(array, "I"))
        with_code, with_abstract = array("I"), array("I")
        called: defaultdict[bytes, list[bytes]] = defaultdict(list)
        for count, (number, paper) in enumerate(zip(self.numbers, self.papers, strict=True)):
            title = title_of(paper)
            cut = chunked(title)
            titles.add(cut, number)
            authors.add(chunked(" ".join(people_of(paper))), number)
            anthology = paper.anthology or ""
            by_id = anthology.rpartition(".")[0] or anthology[:1]
            house = paper.venue, paper.category, by_id, *paper.venue_names
            houses[house].append(number)
            if paper.date.year is not None:
                years[paper.date.year].append(number)
            if paper.category is not None:
                categories[paper.category].append(number)
            if paper.has_code:
                with_code.append(number)
            if paper.abstract:
                with_abstract.append(number)
            if title.count(" ") < _INITIALS:
                behind = b"\t%d" % number
                for letters in initials(title, cut, _LITTLE):
                    called[letters[:2]].append(letters + behind)
            if not count % _SLICE:
                yield
        yield from titles.resolve()
        yield from authors.resolve()
        of = self.universe.of
        self.years = {year: of(ids) for year, ids in sorted(years.items())}
        yield
        self.categories = {name: of(ids) for name, ids in sorted(categories.items())}
        self.with_code, self.with_abstract = of(with_code), of(with_abstract)
        yield
        for count, ids in enumerate(houses.values()):
            for chunk in set(chunks(chunked(venue_of(self.paper(ids[0]))))):
                venues.note(chunk, ids)
            if not count % _SLICE:
                yield
        yield from venues.resolve()
        yield from _settle(
            self.words, ((titles, self.titles), (authors, self.authors), (venues, self.venues))
        )
        yield from self.initials.fill(self._initialed(called))

    def _initialed(self, called: dict[bytes, list[bytes]]) -> Iterator[list[bytes]]:
        for start in sorted(called):
            pairs = b"\n".join(sorted(called.pop(start))).replace(b"\t", b"\n").split(b"\n")
            self.initialed.extend(map(int, pairs[1::2]))
            yield pairs[::2]

    def _index_abstracts(self) -> Iterator[None]:
        gathered = _ManyGathered()
        for count, (number, paper) in enumerate(zip(self.numbers, self.papers, strict=True)):
            if paper.abstract:
                gathered.add(chunked(abstract_of(paper)), number)
            if not count % (_SLICE // 2):
                yield
        yield from gathered.resolve()
        yield from _settle(self.abstract_words, ((gathered, self.abstracts),))
        yield from gathered.let_go()


class _Gathered(dict[bytes, "array[int]"]):
    """Chunks of text with their papers while they are collected."""

    def __missing__(self, chunk: bytes) -> "array[int]":
        papers = self[chunk] = array("I")
        return papers

    def add(self, text: bytes, paper: int) -> None:
        """Notes that `paper` has the chunks of `text`, which is `chunked`."""
        # Ten million times for the abstracts: loops that no bytecode runs in, ended by nothing that is true.
        any(map(array.append, map(self.__getitem__, set(chunks(text))), repeat(paper)))

    def note(self, word: bytes, papers: "array[int]") -> None:
        """Notes that these papers have a word."""
        self[word].extend(papers)

    def words(self) -> Iterator[bytes]:
        """What was collected."""
        return iter(self)

    def take(self, words: Iterable[bytes]) -> "list[array[int]]":
        """For each word the papers that have it, which are then no longer kept here."""
        return list(map(self.pop, words, repeat(_NONE)))

    def resolve(self) -> Iterator[None]:
        """Gives the papers of chunks that are no plain words to the words in them."""
        odd: list[bytes] = []
        words = self.words()
        while some := list(islice(words, _LOOKED_AT)):
            odd += filterfalse(bytes.isalnum, some)
            yield
        left = iter(odd)
        while some := list(islice(left, _ODD)):
            for chunk, papers in zip(some, self.take(some), strict=True):
                for word in chunk_words(chunk):
                    self.note(word, papers)
            yield


class _ManyGathered(_Gathered):
    """The same where most chunks stand in one paper: these are kept apart, in tables so small that none holds
    the interpreter when it grows."""

    def __init__(self) -> None:
        super().__init__()
        self._paper = 0
        self._lone: list[dict[bytes, int]] = [{} for _ in range(_TABLES)]
        self._nowhere = array("I")

    def __missing__(self, chunk: bytes) -> "array[int]":
        lone = self._lone[hash(chunk) % _TABLES]
        first = lone.pop(chunk, None)
        if first is None:
            lone[chunk] = self._paper
            return self._nowhere
        papers = self[chunk] = array("I", (first,))
        return papers

    def add(self, text: bytes, paper: int) -> None:
        self._paper = paper
        super().add(text, paper)
        del self._nowhere[:]

    def note(self, word: bytes, papers: "array[int]") -> None:
        known = self.get(word)
        if known is None:
            lone = self._lone[hash(word) % _TABLES]
            first = lone.pop(word, None)
            if first is None and len(papers) == 1:
                lone[word] = papers[0]
                return
            known = self[word] = array("I", () if first is None else (first,))
        known.extend(papers)

    def words(self) -> Iterator[bytes]:
        return chain(self, *self._lone)

    def take(self, words: Iterable[bytes]) -> "list[array[int]]":
        words = list(words)
        return [
            self._take_lone(word) if papers is None else papers
            for word, papers in zip(words, map(self.pop, words, repeat(None)), strict=True)
        ]

    def _take_lone(self, word: bytes) -> "array[int]":
        first = self._lone[hash(word) % _TABLES].pop(word, None)
        return _NONE if first is None else array("I", (first,))

    def let_go(self) -> Iterator[None]:
        """Gives the memory back, which would hold the interpreter if it were done at once."""
        while self._lone:
            self._lone.pop()
            yield


_LITTLE = frozenset(b"a an and as at by for from in into of on or the to with".split())
_START = itemgetter(slice(2))
_NONE = array("I")


def _settle(vocabulary: Vocabulary, fields: Sequence[tuple[_Gathered, Postings]]) -> Iterator[None]:
    """Moves what was collected into sorted, flat form."""
    buckets: defaultdict[bytes, set[bytes]] = defaultdict(set)
    for gathered, _ in fields:
        words = gathered.words()
        while some := list(islice(words, _LOOKED_AT)):
            any(map(set.add, map(buckets.__getitem__, map(_START, some)), some))
            yield
    # Nothing is kept for later: to free it all at once would take as long as many slices.
    runs = chain.from_iterable(_in_order(buckets.pop(start), 2) for start in sorted(buckets))
    yield from vocabulary.fill(_settled(chain.from_iterable(runs), fields))
    for _, postings in fields:
        yield from _tabulate(vocabulary, postings)


def _in_order(words: set[bytes], shared: int) -> Iterator[list[bytes]]:
    """`words`, whose first `shared` letters are the same, sorted piece by piece: one long sort would hold the
    interpreter."""
    if len(words) <= _SORTED or shared > _ALIKE:
        yield sorted(words)
        return
    buckets: defaultdict[bytes, set[bytes]] = defaultdict(set)
    for word in words:
        buckets[word[: shared + 2]].add(word)
    for start in sorted(buckets):
        yield from _in_order(buckets[start], shared + 2)


def _settled(words: Iterator[bytes], fields: Sequence[tuple[_Gathered, Postings]]) -> Iterator[list[bytes]]:
    """Passes the sorted words on, having moved their papers over."""
    while some := list(islice(words, _AT_ONCE)):
        for gathered, postings in fields:
            postings.extend(gathered.take(some))
        yield some


def _tabulate(vocabulary: Vocabulary, postings: Postings) -> Iterator[None]:
    """Notes the papers of the short prefixes that many papers have."""
    for prefix, low, high in _groups(vocabulary, 0, len(vocabulary), 1):
        yield from _note(vocabulary, postings, prefix, low, high)


def _note(vocabulary: Vocabulary, postings: Postings, prefix: str, low: int, high: int) -> Iterator[None]:
    if (postings.starts[high] - postings.starts[low]) * _MANY <= postings.universe.size:
        return
    noted, others = 0, []
    for longer, start, end in _groups(vocabulary, low, high, len(prefix) + 1):
        if len(longer) <= min(_TABLED, len(prefix)):
            others.append((start, end))
            continue
        if len(longer) <= _TABLED:
            yield from _note(vocabulary, postings, longer, start, end)
        # What longer prefixes have noted is not gone through again.
        if longer in postings.tables:
            noted |= postings.tables[longer]
        else:
            others.append((start, end))
    postings.tables[prefix] = noted | postings.spans(others)
    yield


def _groups(vocabulary: Vocabulary, low: int, high: int, length: int) -> Iterator[tuple[str, int, int]]:
    """The words from number `low` up to `high` by their first letters: these, and the numbers they span."""
    while low < high:
        prefix = vocabulary.word(low)[:length]
        end = vocabulary.end(prefix, low, high) if len(prefix) == length else low + 1
        yield prefix, low, end
        low = end
