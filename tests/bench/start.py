"""From the command to the first screen one can use, on a real pseudo-terminal, and what memory it takes.

    .venv/bin/python -m tests.bench.start --library PATH [--times 9]

Starts the browser on the bundled pages and on PATH, in turn, each time until the place of the cursor among
the papers ("1 of 107") is painted, then types a query and quits. The first start with PATH, which reads it,
is told apart from the others, which find it in the cache. Memory is the peak of the browser's own process,
with what it shares and has mapped.
"""

import argparse
import os
import re
import select
import statistics
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.bench.environment import as_installed
from tests.bench.frames import QUIET, Screen

_PLACE = re.compile(rb"m1 of \d")
_QUERY = "knowldge distil"


def main() -> None:
    """Start both in turn and print the times and the memory."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--library", type=Path, required=True)
    parser.add_argument("--times", type=int, default=9)
    options = parser.parse_args()
    with TemporaryDirectory() as folder:
        large = ("--library", str(options.library))
        first = start(folder, large)
        print(f"first reading      {first[0] * 1000:8.0f} ms {first[1]:6.0f} MB", flush=True)
        times: dict[str, list[tuple[float, float]]] = {"bundled pages": [], "from the cache": []}
        for _ in range(options.times):
            times["bundled pages"].append(start(folder, ()))
            times["from the cache"].append(start(folder, large))
    medians = []
    for name, runs in times.items():
        seconds = [seconds for seconds, _ in runs]
        medians.append(statistics.median(seconds))
        peak = max(memory for _, memory in runs)
        print(
            f"{name:18} {medians[-1] * 1000:8.0f} ms {peak:6.0f} MB   (slowest {max(seconds) * 1000:.0f} ms)"
        )
    print(f"ratio of the medians {medians[1] / medians[0]:.2f}")


def start(folder: str, arguments: Sequence[str]) -> tuple[float, float]:
    """Seconds to the first screen, and the peak of memory in MB after a query."""
    environment = as_installed(TERM="xterm-256color", PAPERBROWSE_CACHE_DIR=f"{folder}/cache")
    command = [
        sys.executable,
        "-m",
        "paperbrowse",
        "--config-dir",
        f"{folder}/settings",
        "--fresh",
        *arguments,
    ]
    began = time.perf_counter()
    screen = Screen(command, environment)
    seconds = _until(screen, _PLACE) - began
    _wait_for_index(Path(folder, "cache"), arguments)
    screen.quiet(1.0)
    screen.press("/")
    for key in _QUERY:
        screen.press(key)
    screen.quiet(QUIET)
    peak = _peak(screen.pid)
    screen.close()
    return seconds, peak


def _until(screen: Screen, wanted: re.Pattern[bytes]) -> float:
    """When `wanted` was written."""
    seen = b""
    end = time.perf_counter() + 600
    while time.perf_counter() < end:
        if select.select([screen.terminal], [], [], 1.0)[0]:
            seen = seen[-4096:] + os.read(screen.terminal, 1 << 16)
            if wanted.search(seen):
                return time.perf_counter()
    raise SystemExit("the browser showed no papers for ten minutes")


def _wait_for_index(cache: Path, arguments: Sequence[str]) -> None:
    while arguments and all("part" in file.stem for file in cache.glob("*.index")):
        time.sleep(0.5)


def _peak(pid: int) -> float:
    status = Path(f"/proc/{pid}/status").read_text()
    return int(re.findall(r"VmHWM:\s+(\d+)", status)[0]) / 1024


if __name__ == "__main__":
    main()
