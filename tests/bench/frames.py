"""From a key to the painted frame, on a real pseudo-terminal.

    .venv/bin/python tests/bench/frames.py [--library PATH] [--keys 60]

Types real queries letter by letter and moves the cursor, and measures from the key to the last byte that the
program wrote for it; the cursor also in the smallest Textual list there can be, in the same run, as the
floor. Milliseconds of wall time are of this machine now: what counts is the ratio.
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
from fcntl import ioctl
from pathlib import Path
from tempfile import TemporaryDirectory

QUIET = 0.12
"""Seconds without output after which a frame counts as finished."""

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

    def press(self, key: str) -> float:
        """Milliseconds from the key to the last byte of its frame."""
        start = time.perf_counter()
        os.write(self.terminal, key.encode())
        return (self.quiet(QUIET) - start) * 1000

    def close(self) -> None:
        """End the program."""
        os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)
        os.close(self.terminal)


def typing(screen: Screen, number: int) -> list[float]:
    """Real queries, letter by letter and back, with the wait for each frame."""
    times: list[float] = []
    for query in ("knowldge distil", "text to sql", "author:liu reward", "wmt21 niutrans", "cross lingual"):
        screen.press("/")
        for key in [*query, *("\x7f" * len(query))]:
            times.append(screen.press(key))
            if len(times) == number:
                return times
    return times


def moving(screen: Screen, number: int) -> list[float]:
    """Cursor down."""
    return [screen.press("\x1b[B") for _ in range(number)]


def measured(arguments: Sequence[str], settle: float, steps: Callable[[Screen], list[float]]) -> list[float]:
    """Start a program, wait until it is quiet, and take the times."""
    with TemporaryDirectory() as folder:
        environment = {
            **os.environ,
            "TERM": "xterm-256color",
            "COLORTERM": "truecolor",
            "PAPERBROWSE_CONFIG_DIR": folder,
        }
        screen = Screen(arguments, environment)
        try:
            screen.quiet(settle)
            return steps(screen)
        finally:
            screen.close()


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
    program = [sys.executable, "-m", "paperbrowse"]
    if given.library:
        program += ["--library", str(given.library)]
    floor = told(
        "cursor, smallest Textual list",
        measured([sys.executable, "-c", SMALLEST], 1.0, lambda screen: moving(screen, given.keys)),
    )
    down = measured(program, given.settle, lambda screen: moving(screen, given.keys))
    cursor = told("cursor, paperbrowse", down)
    told("typing, paperbrowse", measured(program, given.settle, lambda screen: typing(screen, given.keys)))
    print(f"cursor: ratio to the smallest list {cursor / floor:.2f}")


if __name__ == "__main__":
    main()
