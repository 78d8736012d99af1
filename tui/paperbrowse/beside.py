"""Reading a large library in a process of its own: the browser stays small, and no key waits for it.

The process reads, corrects and merges, keeps the library in the cache, then its search index, and says on its
standard output how far it is: `read FILES PAPERS`, `part NAME`, `library NAME`, `index`. What is there
already is left out. A part, kept under a name of its own, is what was read so far: something to look at
meanwhile. The library's name is that of the sources as they were when they were read; who finds them changed
since has it read again, which costs what reading the changed files does.
"""

import gc
import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from paperbrowse.cache import INDEX, LIBRARY, forget, is_kept, remembered
from paperbrowse.holdings import Holdings
from paperbrowse.kept import load
from paperbrowse.model import Paper
from paperbrowse.opening import keep_library, read
from paperbrowse.sources import Sources

if TYPE_CHECKING:
    from paperbrowse.readings import Readings

Tell = Callable[[int, int], object]

_OFTEN = 0.1
"""Seconds between two words on how far it is."""
_PARTS = (2000, 10000)
"""The papers from which a part is kept."""


class Beside:
    """The process that reads a library; see `read_beside`."""

    def __init__(self, order: str, cache_folder: Path, name: str | None) -> None:
        """Start it; `name` is that of the library where it is kept already.

        Raises:
            OSError: it cannot be started.
        """
        self._cache_folder = cache_folder
        self._name = name
        # -P: what lies in the folder where the browser was started is not the program's.
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-m", "paperbrowse.beside", order],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )

    def wait_for_library(self, tell: Tell, show: Callable[[Holdings], object]) -> Holdings | None:
        """Wait until the library is kept, or cannot be; the library as it was read.

        `tell` hears how far it is, in files and papers; `show` gets what was read so far.
        """
        if self._name:
            return load(self._cache_folder, self._name)
        for word, *more in self._news():
            if word == "read":
                tell(*map(int, more))
            elif word == "part" and (part := load(self._cache_folder, more[0])):
                show(part)
            elif word == "library":
                return load(self._cache_folder, more[0])
        return None

    def wait_for_index(self) -> None:
        """Wait until the index is kept, or cannot be."""
        next((True for news in self._news() if news == ["index"]), False)

    def _news(self) -> Iterator[list[str]]:
        for line in self._process.stdout or ():
            yield line.split()
        self._process.wait()

    def stop(self) -> None:
        """Stop it, wherever it is."""
        self._process.kill()
        with suppress(OSError):
            self._process.wait(1)


def read_beside(sources: Sources, key_pattern: str, cache_folder: Path) -> Beside | None:
    """The process that reads `sources` into the cache; None where it has nothing to do, where that is not
    worth it, or not possible."""
    name = sources.name(key_pattern)
    library, index = (name is not None and is_kept(cache_folder, name, kind) for kind in (LIBRARY, INDEX))
    if name is None or (library and index) or not sources.are_many:
        return None
    order = json.dumps([sources.paths, str(sources.settings_folder or ""), key_pattern, str(cache_folder)])
    try:
        return Beside(order, cache_folder, name if library else None)
    except OSError:
        return None


def main(order: str) -> None:
    """Do a job; see `Beside`."""
    # Nothing here is a circle, and walks over a million papers to find that out take a third of the time.
    gc.disable()
    paths, settings_folder, key_pattern, cache_folder = json.loads(order)
    folder = Path(cache_folder)
    # Looked at here again: what was changed since then is read as it is now.
    sources = Sources.now(paths, Path(settings_folder) if settings_folder else None)
    name = sources.name(key_pattern) or ""
    holdings = load(folder, name)
    if holdings:
        print("library", name, flush=True)
        # Decoded once: the index is made in several rounds.
        _index(folder, name, tuple(holdings.papers))
    else:
        _index(folder, *_read(folder, name, sources, key_pattern))
    print("index", flush=True)


def _read(folder: Path, name: str, sources: Sources, key_pattern: str) -> tuple[str, tuple[Paper, ...]]:
    """Read and keep a library; its name, and its papers, of which the index is to be made."""
    before = remembered(folder, *sources.topic(key_pattern))
    # Where there is an earlier library, that is what is looked at meanwhile.
    parts = _Parts(folder, name, sources, () if before and is_kept(folder, before, LIBRARY) else _PARTS)
    readings = read(sources, key_pattern, folder, parts)
    name, bound = keep_library(folder, sources, readings)
    parts.remove()
    print("library", name, flush=True)
    return name, tuple(bound.papers)


def _index(folder: Path, name: str, papers: Sequence[Paper]) -> None:
    from paperbrowse.search import Searcher
    from paperbrowse.search.kept_index import IndexInCache

    Searcher(papers, index_shelf=IndexInCache(folder, name)).build()


class _Parts:
    """Prints how far reading is, now and then, and keeps parts."""

    def __init__(self, folder: Path, name: str, sources: Sources, due: Sequence[int]) -> None:
        """`due` are the numbers of papers from which a part is kept."""
        self._due_parts = due
        self._folder = folder
        self._name = name
        self._sources = sources
        self._due = 0.0
        self._kept: list[str] = []

    def __call__(self, files: int, readings: "Readings") -> None:
        now = time.monotonic()
        if now >= self._due:
            self._due = now + _OFTEN
            print("read", files, len(readings.papers), flush=True)
        # What is known from before was shown before.
        due = self._due_parts[len(self._kept) :]
        if due and len(readings.papers) >= due[0]:
            self._keep(readings)

    def _keep(self, readings: "Readings") -> None:
        name = f"{self._name}part{len(self._kept)}"
        _, bound = keep_library(self._folder, self._sources, readings, name)
        _index(self._folder, name, bound.papers)
        self._kept.append(name)
        print("part", name, flush=True)

    def remove(self) -> None:
        """Remove the parts; who looks at one still can."""
        for name in self._kept:
            forget(self._folder, name, LIBRARY)
            forget(self._folder, name, INDEX)


if __name__ == "__main__":
    main(sys.argv[1])
