"""Bookmark in the real browser, kill it at a random moment, and look what is on disk.

    .venv/bin/python -m tests.bench.killed_browser [--runs 20] [--seed 1]

Each run types ten bookmarks, waits a random moment, and ends the browser with SIGKILL. Whatever the moment,
the file has to parse; a browser that was left alone for three seconds with nothing shown as unsaved has to
have all ten.
"""

import argparse
import random
import signal
import tempfile
import time
import tomllib
from pathlib import Path

from tests.e2e.test_terminal import Terminal

from paperbrowse.bookmarks import BookmarkStore

TYPED = 10


def run(wait: float, folder: Path) -> tuple[int, bool]:
    """One browser: how many bookmarks are found after it, and whether it last told of unsaved ones."""
    terminal = Terminal("--fresh", config=folder)
    try:
        terminal.see("1 of 1")
        terminal.keys("bj" * TYPED)
        end = time.monotonic() + wait
        while time.monotonic() < end:
            terminal.read(0.02)
        shown = "\n".join(terminal.screen.display)
        terminal.child.kill(signal.SIGKILL)
        terminal.child.wait()
    finally:
        terminal.child.close(force=True)
    file = folder / "bookmarks.toml"
    if file.exists():
        tomllib.loads(file.read_text("utf-8"))
    return len(BookmarkStore(folder).load()), "unsaved" in shown


def main() -> None:
    """Run and tell."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--runs", type=int, default=20)
    options.add_argument("--seed", type=int, default=1)
    given = options.parse_args()
    moments = random.Random(given.seed)
    lost = settled = 0
    found: list[int] = []
    for number in range(given.runs):
        wait = moments.uniform(0.0, 1.5) if number % 2 else 3.0
        with tempfile.TemporaryDirectory() as folder:
            kept, unsaved = run(wait, Path(folder))
        found.append(kept)
        if wait > 2 and not unsaved:
            settled += 1
            lost += TYPED - kept
    print(f"{given.runs} kills, {given.runs * TYPED} bookmarks typed; found after each: {found}")
    print(f"{settled} browsers had settled: {lost} of their {settled * TYPED} bookmarks lost")


if __name__ == "__main__":
    main()
