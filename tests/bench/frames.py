"""From a key to the painted frame, on a real pseudo-terminal.

    .venv/bin/python -m tests.bench.frames [--library PATH] [--keys 60]

Types real queries letter by letter and moves the cursor, and measures from the key to the last byte that the
program wrote for it; the cursor also in the smallest Textual list there can be, in the same run, as the
floor. Milliseconds of wall time are of this machine now: what counts is the ratio. Of typing also the
processor's time is told, of all threads, which other programs disturb less. The library and its index are in
a cache of their own before the first key that is measured.
"""

import argparse
import os
import pty
import select
import signal
import statistics
import struct
import sys
import termios
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from fcntl import ioctl
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.bench.environment import as_installed

from paperbrowse.opening import open_library

QUIET = 0.12
"""Seconds without output after which a frame counts as finished."""
IDLE = 1.0
"""Milliseconds of processor in that time below which nothing more is to come."""

SMALLEST = """
from textual.app import App
from textual.widgets import OptionList
class Smallest(App):
    ENABLE_COMMAND_PALETTE = False
    def compose(self):
        yield OptionList(*(f"{n} a line of about the length that a title has in a list" for n in range(200)))
Smallest().run()
"""


class Screen:
    """A program on a pseudo-terminal of 120 by 40."""

    def __init__(self, arguments: Sequence[str], environment: dict[str, str]) -> None:
        self.pid, self.terminal = pty.fork()
        if not self.pid:
            os.execvpe(arguments[0], list(arguments), environment)
        ioctl(self.terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 120, 0, 0))

    def quiet(self, seconds: float, most: float = 300.0) -> float:
        """Read until nothing came for that long; when the last byte came, by the clock."""
        last = time.perf_counter()
        end = last + most
        while select.select([self.terminal], [], [], seconds)[0] and time.perf_counter() < end:
            try:
                os.read(self.terminal, 1 << 16)
            except OSError:
                break
            last = time.perf_counter()
        return last

    def press(self, key: str) -> float | None:
        """Milliseconds from the key to the last byte of its frame; None where it changed nothing."""
        busy = self.cpu()
        start = last = time.perf_counter()
        os.write(self.terminal, key.encode())
        while True:
            if select.select([self.terminal], [], [], QUIET)[0]:
                os.read(self.terminal, 1 << 16)
                last = time.perf_counter()
                continue
            before, busy = busy, self.cpu()
            if busy - before < IDLE:
                return (last - start) * 1000 if last > start else None

    def cpu(self) -> float:
        """Milliseconds that all threads have had on a processor; nanoseconds are told of each."""
        total = 0
        for task in Path(f"/proc/{self.pid}/task").iterdir():
            with suppress(FileNotFoundError):  # a thread that has ended
                total += int((task / "schedstat").read_text().split()[0])
        return total / 1e6

    def close(self) -> None:
        """End the program."""
        os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)
        os.close(self.terminal)


_TURNS = 4
"""How often the two lists take turns: a machine is not as quick at one time as at another."""

Times = list[tuple[float, float]]
"""By key, milliseconds to its frame, and of processor."""


def typing(screen: Screen, number: int) -> Times:
    """Real queries, letter by letter and back, with the wait for each frame."""
    keys: list[str] = []
    for query in ("knowldge distil", "text to sql", "author:liu reward", "wmt21 niutrans", "cross lingual"):
        keys += [*query, *("\x7f" * len(query))]
    screen.press("/")
    return pressed(screen, keys[:number])


def moving(screen: Screen, number: int) -> Times:
    """Cursor down."""
    return pressed(screen, ["\x1b[B"] * number)


def pressed(screen: Screen, keys: Sequence[str]) -> Times:
    """What the keys that changed something took."""
    times: Times = []
    for key in keys:
        before = screen.cpu()
        took = screen.press(key)
        if took is not None:
            times.append((took, screen.cpu() - before))
    return times


def measured(arguments: Sequence[str], settle: float, steps: Callable[[Screen], Times], folder: str) -> Times:
    """Start a program, wait until it is quiet, and take the times; `folder` is its own."""
    environment = as_installed(
        TERM="xterm-256color",
        COLORTERM="truecolor",
        PAPERBROWSE_CONFIG_DIR=folder,
        PAPERBROWSE_CACHE_DIR=folder,
    )
    screen = Screen(arguments, environment)
    try:
        screen.quiet(settle)
        return steps(screen)
    finally:
        screen.close()


def warm(library: Path, folder: str) -> None:
    """Have the library and its index in the cache."""
    settings = Path(folder)
    opened = open_library([library], settings_folder=settings, cache_folder=settings)
    opened.searcher.build()


def told(what: str, times: Sequence[float]) -> float:
    """Print the figures of one measurement and return the median."""
    ordered = sorted(times)
    median = statistics.median(ordered)
    p90 = ordered[int(len(ordered) * 0.9)]
    print(f"{what:<34} median {median:6.1f}   p90 {p90:6.1f}   worst {ordered[-1]:6.1f} ms")
    return median


def main() -> None:
    """Measure and print."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--library", type=Path, help="what to browse (default: the bundled pages)")
    options.add_argument("--keys", type=int, default=60, help="how many keys of each kind")
    options.add_argument("--settle", type=float, default=3.0, help="seconds of quiet before the first key")
    given = options.parse_args()
    program = [sys.executable, "-m", "paperbrowse", "--fresh"]
    if given.library:
        program += ["--library", str(given.library)]
    smallest = [sys.executable, "-c", SMALLEST]
    with TemporaryDirectory() as folder:
        if given.library:
            warm(given.library, folder)
        down = partial(moving, number=given.keys // _TURNS)
        lists: Times = []
        cursors: Times = []
        for _ in range(_TURNS):
            lists += measured(smallest, 1.0, down, folder)
            cursors += measured(program, given.settle, down, folder)
        floor = told("cursor, smallest Textual list", [wall for wall, _ in lists])
        cursor = told("cursor, paperbrowse", [wall for wall, _ in cursors])
        keys = measured(program, given.settle, partial(typing, number=given.keys), folder)
    told("typing, paperbrowse", [wall for wall, _ in keys])
    told("typing, of processor", [cpu for _, cpu in keys])
    print(f"cursor: ratio to the smallest list {cursor / floor:.2f}")


if __name__ == "__main__":
    main()
