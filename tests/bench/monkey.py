"""Let monkeys do 20 000 things to the browser, and tell what they broke.

    .venv/bin/python -m tests.bench.monkey [--events 20000] [--seed 1] [--each 1000] [--library PATH]

Every monkey has a seed of its own, an empty settings folder and the bundled pages or that library;
tests/ui/monkey.py says what it does and what has to hold. The exit code is 1 when anything did not.
"""

import argparse
import asyncio
import os
import tempfile
import time
import traceback
from collections import Counter
from pathlib import Path

from tests.ui.driving import SEEDS
from tests.ui.monkey import run


def one(seed: int, number: int, library: Path) -> Counter[str] | None:
    """One monkey; None when it broke something, which is printed."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ.update(
            HOME=folder, PAPERBROWSE_CONFIG_DIR=f"{folder}/config", PAPERBROWSE_CACHE_DIR=f"{folder}/cache"
        )
        os.chdir(folder)
        try:
            return asyncio.run(run(seed, number, Path(folder), library=library))
        except Exception:
            traceback.print_exc()
            return None
        finally:
            os.chdir("/")


def main() -> None:
    """Run and tell."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--events", type=int, default=20_000)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--each", type=int, default=1_000, help="things that one monkey does")
    options.add_argument("--library", type=Path, default=SEEDS)
    given = options.parse_args()
    done: Counter[str] = Counter()
    broken = []
    start = time.monotonic()
    for seed in range(given.seed, given.seed + -(-given.events // given.each)):
        counts = one(seed, given.each, given.library.resolve())
        if counts is None:
            broken.append(seed)
        else:
            done += counts
        print(f"seed {seed}: {'broke something' if counts is None else 'ok'}", flush=True)
    print(f"{done.total():,} things done in {time.monotonic() - start:.0f} s: {dict(done)}")
    print(f"seeds that broke something: {broken or 'none'}")
    raise SystemExit(bool(broken))


if __name__ == "__main__":
    main()
