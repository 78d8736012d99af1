"""What it costs to find papers like a paper, to say what they share, and to count for the plots.

    python -m tests.bench.looking [--library PATH] [--cache DIR]

CPU milliseconds of this process, which repeat; the first count of a large library goes through all of it.
"""

import argparse
import random
import time
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from paperbrowse.config import bundled_pages
from paperbrowse.opening import open_library
from paperbrowse.similar import by_its_authors, shared, similar
from paperbrowse.tally import tally


def told(what: str, runs: list[Callable[[], object]]) -> None:
    """Run and print the median, the 95th percentile and the longest."""
    times = []
    for run in runs:
        start = time.process_time()
        run()
        times.append((time.process_time() - start) * 1000)
    times.sort()
    print(
        f"{what:<40} median {times[len(times) // 2]:8.2f}   "
        f"p95 {times[int(len(times) * 0.95)]:8.2f}   worst {times[-1]:8.2f} ms"
    )


def main() -> None:
    """Measure and print."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--library", default=str(bundled_pages()), help="default: the bundled pages")
    options.add_argument("--cache", type=Path, help="a cache folder to open it from")
    given = options.parse_args()
    with TemporaryDirectory() as folder:
        library = open_library([given.library], settings_folder=Path(folder), cache_folder=given.cache)
    library.searcher.build()
    rows = random.Random(3).sample(library.own, min(100, len(library.own)))
    print(f"{len(library.own):,} papers")
    told("papers like a paper", [lambda row=row: similar(library, row) for row in rows])  # type: ignore[misc]
    pairs = [(row, other) for row in rows[:20] for other in similar(library, row)[:5]]
    told("what two papers share", [lambda pair=pair: shared(library, *pair) for pair in pairs])  # type: ignore[misc]
    told(
        "how many papers its authors have",
        [lambda row=row: by_its_authors(library, library.papers[row]) for row in rows],  # type: ignore[misc]
    )
    told("counting all, the first time", [lambda: tally(library, library.own)])
    told("counting all, from then on", [lambda: tally(library, library.own)] * 3)
    for what, query in (("one paper in 25", "parsing"), ("one in 10", "neural")):
        found = list(library.searcher.search(query).rows)
        told(f"counting {len(found):,} ({what})", [lambda found=found: tally(library, found)] * 3)  # type: ignore[misc]


if __name__ == "__main__":
    main()
