"""What an export costs, in seconds of CPU time, best of several runs.

python -m tests.bench.export [FOLDER WITH ANTHOLOGY XML] [--papers 10000]
"""

import argparse
import time
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

from tests.bench.libraries import load

from paperbrowse.keys import assign_keys
from paperbrowse.text.latex import to_terminal
from paperbrowse.writers import FORMATS, ExportOptions, write

RUNS = 3


def best(work: Callable[[], object]) -> float:
    """The CPU time of the fastest of several runs."""
    times = []
    for _ in range(RUNS):
        started = time.process_time()
        work()
        times.append(time.process_time() - started)
    return min(times)


def main() -> None:
    """Print one line for each piece of work."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("folder", nargs="?", type=Path)
    arguments.add_argument("--papers", type=int, default=10_000)
    options = arguments.parse_args()
    papers = load(options.folder, options.papers)
    print(f"{len(papers)} papers from {options.folder or 'thin air'}")
    print(f"{best(lambda: assign_keys(papers)):8.3f} s  citation keys")
    texts = [text for paper in papers for text in (paper.title, paper.abstract)]
    print(
        f"{best(lambda: [to_terminal(text) for text in texts]):8.3f} s  titles and abstracts for the terminal"
    )
    keyed = [replace(paper, key=key) for paper, key in zip(papers, assign_keys(papers), strict=True)]
    for form in FORMATS:
        for whole in (False, True):
            chosen = ExportOptions(abstract=whole)
            seconds = best(partial(write, keyed, form, chosen))
            print(f"{seconds:8.3f} s  {form}{', with abstracts' if whole else ''}")


if __name__ == "__main__":
    main()
