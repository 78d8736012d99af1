"""What was read, file by file, and what a kept library remembers of it, so that an unchanged file is not read
again."""

import json
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, astuple, dataclass
from functools import cached_property
from itertools import repeat
from pathlib import Path

import paperbrowse
from paperbrowse.cache import Note, name_for, note_of
from paperbrowse.facts import Facts, facts_of, pack_facts, unpack_facts
from paperbrowse.flat import Flat, FlatWriter
from paperbrowse.kept import KeptPapers, page_from
from paperbrowse.lazy import LazySequence
from paperbrowse.model import Page, Paper, Problem
from paperbrowse.packed import pack
from paperbrowse.readers import FileRead

Wish = Callable[[Paper], str]


@dataclass(frozen=True, slots=True)
class KeptFile:
    """What a kept library remembers of one file."""

    earlier: "EarlierReadings"
    start: int
    """Where its records begin there."""
    count: int
    is_ours: bool
    pages: Sequence[Page]
    problems: Sequence[Problem]


class EarlierReadings:
    """What was read for a library that is kept; `recall` is for `paperbrowse.readers.read_files`."""

    @classmethod
    def of(cls, flat: Flat) -> "EarlierReadings | None":
        """What a file of the cache remembers; None where another program wrote it."""
        return cls(flat) if flat.extra.get("made by") == made_by() else None

    def __init__(self, flat: Flat) -> None:
        self.records = KeptPapers(flat)
        self.facts = flat.texts("facts")
        self.key_pattern: str = flat.extra["key pattern"]
        self._files = json.loads(bytes(flat.bytes("files")))

    def recall(self, path: str, is_named: bool, note: Note) -> KeptFile | None:
        """What was read in this file as it is now."""
        return self._known.get((path, os.path.abspath(path), is_named, note))  # noqa: PTH100

    @cached_property
    def _known(self) -> dict[tuple[str, str, bool, Note], KeptFile]:
        known: dict[tuple[str, str, bool, Note], KeptFile] = {}
        start = 0
        for path, place, is_named, note, is_ours, count, pages, problems in self._files:
            if note and min(note) >= 0:
                known[path, place, is_named, (note[0], note[1])] = KeptFile(
                    self,
                    start,
                    count,
                    is_ours,
                    list(map(page_from, pages)),
                    [Problem(*problem) for problem in problems],
                )
            start += count
        return known


class Readings:
    """All that was read, in the order of the files."""

    def __init__(self, wish: Wish, key_pattern: str) -> None:
        """`wish` makes keys by `key_pattern`."""
        self._wish = wish
        self._facts: list[Facts] = []
        self.key_pattern = key_pattern
        self.files: list[FileRead[KeptFile]] = []
        self.papers = Records()
        """The records, as they were read."""
        self.pages: list[Page] = []
        self.problems: list[Problem] = []
        self.read_now = 0
        """How many of the files were read, and not known from before."""

    def add(self, file: FileRead[KeptFile]) -> None:
        """Take in what came of one more file."""
        known = file.recalled
        self.files.append(file)
        self.read_now += known is None
        self.papers.add(known or file.reading.papers)
        self.pages += known.pages if known else file.reading.pages
        self.problems += known.problems if known else file.reading.problems

    def as_read(self, notes: Mapping[str, Note]) -> dict[str, Note]:
        """The `notes` of all files, each as it was when it was read."""
        found = dict(notes)
        for file in self.files:
            place = os.path.abspath(file.path)  # noqa: PTH100
            if file.note:
                found[place] = file.note
            elif place in found:
                found[place] = GONE
        return found

    def facts(self) -> list[Facts]:
        """The facts of each record."""
        for item in self.papers.items[len(self._facts) :]:
            facts = facts_of(item, self._wish) if isinstance(item, Paper) else self._recalled(*item)
            self._facts.append(facts)
        return list(self._facts)

    def _recalled(self, earlier: EarlierReadings, place: int) -> Facts:
        facts = unpack_facts(earlier.facts[place])
        if earlier.key_pattern == self.key_pattern:
            return facts
        return facts._replace(wish=self._wish(earlier.records[place]))

    def write(self, file: FlatWriter, facts: Sequence[Facts], more: Sequence[Paper]) -> None:
        """Write the records with their `facts`, and `more` papers behind them."""
        file.add_texts("records", self._packed(more))
        file.add_texts("facts", self._packed_facts(facts))
        file.add("files", (json.dumps([*map(_entry, self.files)]).encode(),))

    def _packed(self, more: Sequence[Paper]) -> Iterator[bytes | memoryview]:
        for item in self.papers.items:
            yield pack(item) if isinstance(item, Paper) else item[0].records.packed(item[1])
        yield from map(pack, more)

    def _packed_facts(self, facts: Sequence[Facts]) -> Iterator[bytes | memoryview]:
        for item, found in zip(self.papers.items, facts, strict=True):
            if isinstance(item, Paper) or item[0].key_pattern != self.key_pattern:
                yield pack_facts(found)
            else:
                yield item[0].facts.packed(item[1])


GONE: Note = (-2, -2)
"""Of a file that was there before the reading and not when its turn came."""


class Records(LazySequence[Paper]):
    """Records that were read now, and such as are kept, each decoded when it is looked at."""

    def __init__(self) -> None:
        self.items: list[Paper | tuple[EarlierReadings, int]] = []

    def add(self, more: KeptFile | Sequence[Paper]) -> None:
        """Append the records of a file."""
        if isinstance(more, KeptFile):
            self.items += zip(repeat(more.earlier), range(more.start, more.start + more.count), strict=False)
        else:
            self.items += more

    def __len__(self) -> int:
        return len(self.items)

    def _at(self, place: int) -> Paper:
        item = self.items[place]
        return item if isinstance(item, Paper) else item[0].records[item[1]]


def made_by() -> str:
    """What tells this program from others that may read the same file in another way: its version and the
    files it is in, for a version is worked on."""
    folder = Path(paperbrowse.__file__).parent
    modules = [file for part in ("", "readers", "text") for file in (folder / part).glob("*.py")]
    return name_for({str(file): note_of(file.stat()) for file in modules})


def _entry(file: FileRead[KeptFile]) -> list[object]:
    """What is kept of a file besides its records."""
    known = file.recalled
    return [
        file.path,
        os.path.abspath(file.path),  # noqa: PTH100
        file.is_named,
        None if file.is_refused else file.note,
        file.is_ours,
        known.count if known else len(file.reading.papers),
        [asdict(page) for page in (known.pages if known else file.reading.pages)],
        [astuple(problem) for problem in (known.problems if known else file.reading.problems)],
    ]
