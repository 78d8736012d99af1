"""The index in the user's cache folder: written when it was built, and mapped at the next start.

Sets of papers that nobody asks for stay on the disk.
"""

from array import array
from collections.abc import Hashable, Iterable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Generic, TypeVar, cast

from paperbrowse import cache
from paperbrowse.flat import Flat, FlatWriter
from paperbrowse.model import Paper

if TYPE_CHECKING:
    from paperbrowse.search.bits import Universe
    from paperbrowse.search.index import Index, Postings, Vocabulary

Key = TypeVar("Key", bound=Hashable)

_AT_HAND = 1 << 23
"""Bytes of sets that stay decoded, for each kind of word."""


class IndexInCache:
    """Where the index of one library is kept."""

    def __init__(self, folder: Path, name: str) -> None:
        self._folder = folder
        self._name = name

    def load(self, papers: Sequence[Paper]) -> "Index | None":
        """The index of `papers`, if it is there."""
        flat = cache.opened(self._folder, self._name, cache.INDEX)
        return None if flat is None or flat.extra["papers"] != len(papers) else _loaded(flat, papers)

    def keep(self, index: "Index") -> None:
        """Keep it; that this cannot be done only costs the time of building it again."""
        with suppress(OSError), cache.writing(self._folder, self._name, cache.INDEX) as file:
            _write(file, index)


def _write(file: FlatWriter, index: "Index") -> None:
    file.add_numbers("rows", index.rows)
    file.add_numbers("numbers", index.numbers)
    file.add_numbers("initialed", index.initialed)
    for name, words in _vocabularies(index):
        file.add(name, (words.joined,))
        file.add_numbers(f"{name} starts", words.starts)
    heads = {}
    for name, postings in _postings(index):
        file.add_numbers(name, postings.ids)
        file.add_numbers(f"{name} starts", postings.starts)
        file.add_numbers(f"{name} heavy words", postings.heavy_words)
        _write_sets(
            file, f"{name} heavy", index.universe, (postings.heavy[word] for word in postings.heavy_words)
        )
        _write_sets(file, f"{name} tables", index.universe, postings.tables.values())
        heads[name] = list(postings.tables)
    lone = [index.with_code, index.with_abstract, *index.years.values(), *index.categories.values()]
    _write_sets(file, "lone", index.universe, lone)
    file.close(
        {
            "papers": index.universe.size,
            "tables": heads,
            "years": list(index.years),
            "categories": list(index.categories),
        }
    )


def _loaded(flat: Flat, papers: Sequence[Paper]) -> "Index":
    from paperbrowse.search.index import Index

    index = Index(papers)
    index.rows, index.numbers, index.initialed = (
        _numbers(flat, name) for name in ("rows", "numbers", "initialed")
    )
    for name, words in _vocabularies(index):
        words.joined, words.starts = flat.bytes(name), _numbers(flat, f"{name} starts")
    for name, postings in _postings(index):
        postings.ids, postings.starts = _numbers(flat, name), _numbers(flat, f"{name} starts")
        postings.heavy_words = _numbers(flat, f"{name} heavy words")
        postings.heavy = KeptSets(postings.heavy_words, flat.bytes(f"{name} heavy"), index.universe)
        postings.tables = KeptSets(flat.extra["tables"][name], flat.bytes(f"{name} tables"), index.universe)
    years, categories = flat.extra["years"], flat.extra["categories"]
    lone = KeptSets(range(2 + len(years) + len(categories)), flat.bytes("lone"), index.universe)
    index.with_code, index.with_abstract = lone[0], lone[1]
    index.years = {year: lone[place] for place, year in enumerate(years, 2)}
    index.categories = {name: lone[place] for place, name in enumerate(categories, 2 + len(years))}
    return index


class KeptSets(dict[Key, int], Generic[Key]):
    """Sets of papers by what they have in common, each made when it is asked for."""

    def __init__(self, keys: Sequence[Key], joined: memoryview, universe: "Universe") -> None:
        super().__init__()
        self._places = {key: place for place, key in enumerate(keys)}
        self._joined = joined
        self._size = universe.bytes
        self._most = max(64, _AT_HAND // max(1, self._size))

    def __contains__(self, key: object) -> bool:
        return key in self._places

    def __missing__(self, key: Key) -> int:
        start = self._places[key] * self._size
        if len(self) >= self._most:
            self.clear()
        found = self[key] = int.from_bytes(self._joined[start : start + self._size], "big")
        return found


def _write_sets(file: FlatWriter, name: str, universe: "Universe", sets: Iterable[int]) -> None:
    file.add(name, (papers.to_bytes(universe.bytes, "big") for papers in sets))


def _numbers(flat: Flat, name: str) -> "array[int]":
    """Numbers of a file, which are asked nothing that an array would not answer."""
    return cast("array[int]", flat.numbers(name))


def _vocabularies(index: "Index") -> "list[tuple[str, Vocabulary]]":
    return [
        ("words", index.words),
        ("abstract words", index.abstract_words),
        ("initials", index.initials),
    ]


def _postings(index: "Index") -> "list[tuple[str, Postings]]":
    return [
        ("titles", index.titles),
        ("authors", index.authors),
        ("venues", index.venues),
        ("abstracts", index.abstracts),
    ]
