"""Reading a large library in a process of its own: the browser stays small, and no key waits for it.

The process reads, corrects and merges, keeps the library in the cache, then its search index, and says on its
standard output how far it is: `read FILES PAPERS`, `part NAME`, `library`, `index`. What is there already is
left out. A part, kept under a name of its own, is what was read so far: something to look at meanwhile.
"""

import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path

from paperbrowse.cache import INDEX, LIBRARY, files_of, forget, is_kept
from paperbrowse.holdings import Holdings
from paperbrowse.kept import keep, load
from paperbrowse.model import Reading
from paperbrowse.opening import hold, kept_name, read_library

Tell = Callable[[int, int], object]

_LARGE = 2 << 20
"""Bytes of sources from which it is worth starting a process."""
_OFTEN = 0.1
"""Seconds between two words on how far it is."""
_PARTS = (2000, 10000)
"""The papers from which a part is kept."""


class Beside:
    """The process that reads a library; see `read_beside`."""

    def __init__(self, order: str, cache_folder: Path, *, library_is_kept: bool) -> None:
        """Start it.

        Raises:
            OSError: it cannot be started.
        """
        self._cache_folder = cache_folder
        self._library_is_kept = library_is_kept
        # -P: what lies in the folder where the browser was started is not the program's.
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-m", "paperbrowse.beside", order],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )

    def wait_for_library(self, tell: Tell, show: Callable[[Holdings], object]) -> None:
        """Wait until the library is kept, or cannot be.

        `tell` hears how far it is, in files and papers; `show` gets what was read so far.
        """
        for word, *more in self._news_until("library") if not self._library_is_kept else ():
            if word == "read":
                tell(*map(int, more))
            elif word == "part" and (part := load(self._cache_folder, more[0])):
                show(part)

    def wait_for_index(self) -> None:
        """Wait until the index is kept, or cannot be."""
        for _ in self._news_until("index"):
            pass

    def _news_until(self, last: str) -> Iterator[list[str]]:
        for line in self._process.stdout or ():
            news = line.split()
            if news == [last]:
                return
            yield news
        self._process.wait()

    def stop(self) -> None:
        """Stop it, wherever it is."""
        self._process.kill()
        with suppress(OSError):
            self._process.wait(1)


def read_beside(
    sources: Sequence[str | Path], settings_folder: Path, key_pattern: str, cache_folder: Path
) -> Beside | None:
    """The process that reads `sources` into the cache; None where it has nothing to do, where that is not
    worth it, or not possible."""
    name = kept_name(sources, settings_folder, key_pattern)
    library, index = (name is not None and is_kept(cache_folder, name, kind) for kind in (LIBRARY, INDEX))
    if name is None or (library and index) or not is_large(sources):
        return None
    order = [list(map(str, sources)), str(settings_folder), key_pattern, str(cache_folder), name]
    try:
        return Beside(json.dumps(order), cache_folder, library_is_kept=library)
    except OSError:
        return None


def is_large(sources: Sequence[str | Path]) -> bool:
    """Whether there is so much to read that a process of its own is worth it."""
    total = 0
    for source in sources:
        for _, size, _ in files_of(str(source)):
            total += size
            if total > _LARGE:
                return True
    return False


def main(order: str) -> None:
    """Do a job; see `Beside`."""
    from paperbrowse.search import Searcher

    sources, settings_folder, key_pattern, cache_folder, name = json.loads(order)
    folder, settings = Path(cache_folder), Path(settings_folder)
    parts = _Parts(folder, name, lambda reading: hold(reading, settings, key_pattern))
    holdings = load(folder, name) or read_library(
        sources, settings, key_pattern, folder, name, however_small=True, tell=parts
    )
    print("library", flush=True)
    parts.remove()
    Searcher(holdings.papers, index_shelf=holdings.index_shelf).build()
    print("index", flush=True)


class _Parts:
    """Prints how far reading is, now and then, and keeps parts."""

    def __init__(self, folder: Path, name: str, hold: Callable[[Reading], Holdings]) -> None:
        self._folder = folder
        self._name = name
        self._hold = hold
        self._due = 0.0
        self._kept: list[str] = []

    def __call__(self, files: int, reading: Reading) -> None:
        now = time.monotonic()
        if now >= self._due:
            self._due = now + _OFTEN
            print("read", files, len(reading.papers), flush=True)
        if len(self._kept) < len(_PARTS) and len(reading.papers) >= _PARTS[len(self._kept)]:
            self._keep(reading)

    def _keep(self, reading: Reading) -> None:
        name = f"{self._name}part{len(self._kept)}"
        so_far = Reading(list(reading.papers), list(reading.pages), list(reading.problems))
        keep(self._folder, name, self._hold(so_far))
        self._kept.append(name)
        print("part", name, flush=True)

    def remove(self) -> None:
        """Remove the parts; who looks at one still can."""
        for name in self._kept:
            forget(self._folder, name, LIBRARY)


if __name__ == "__main__":
    main(sys.argv[1])
