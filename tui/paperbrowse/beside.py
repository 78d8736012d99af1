"""Reading a large library in a process of its own: the browser stays small, and no key waits for it.

The process reads, corrects and merges, keeps the library in the cache, then its search index, and says on its
standard output how far it is: `read FILES PAPERS`, `library`, `index`. What is there already is left out.
"""

import json
import subprocess
import sys
import time
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from paperbrowse.cache import INDEX, LIBRARY, files_of, is_kept
from paperbrowse.kept import load
from paperbrowse.opening import kept_name, read_library
from paperbrowse.readers import Progress, untold

_LARGE = 2 << 20
"""Bytes of sources from which it is worth starting a process."""
_OFTEN = 0.1
"""Seconds between two words on how far it is."""


class Beside:
    """The process that reads a library; see `read_beside`."""

    def __init__(self, order: str, *, library_is_kept: bool) -> None:
        """Start it.

        Raises:
            OSError: it cannot be started.
        """
        self._library_is_kept = library_is_kept
        # -P: what lies in the folder where the browser was started is not the program's.
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-m", "paperbrowse.beside", order],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )

    def wait_for_library(self, tell: Progress) -> None:
        """Wait until the library is kept, or cannot be; `tell` hears how far it is."""
        if not self._library_is_kept:
            self._wait_for("library", tell)

    def wait_for_index(self) -> None:
        """Wait until the index is kept, or cannot be."""
        self._wait_for("index", untold)

    def _wait_for(self, what: str, tell: Progress) -> None:
        for line in self._process.stdout or ():
            word, *numbers = line.split()
            if word == what:
                return
            if word == "read":
                tell(*map(int, numbers))
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
        return Beside(json.dumps(order), library_is_kept=library)
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
    holdings = load(Path(cache_folder), name) or read_library(
        sources,
        Path(settings_folder),
        key_pattern,
        Path(cache_folder),
        name,
        however_small=True,
        tell=_Told(),
    )
    print("library", flush=True)
    Searcher(holdings.papers, index_shelf=holdings.index_shelf).build()
    print("index", flush=True)


class _Told:
    """Prints how far reading is, now and then."""

    def __init__(self) -> None:
        self._due = 0.0

    def __call__(self, files: int, papers: int) -> None:
        now = time.monotonic()
        if now >= self._due:
            self._due = now + _OFTEN
            print("read", files, papers, flush=True)


if __name__ == "__main__":
    main(sys.argv[1])
