"""What a keystroke costs, and how that compares to fzf on the same lines in the same run.

    python -m tests.bench.typing --library /path/to/acl/data/xml --fzf .venv/bin/fzf --sizes 110 10000 110000

Real queries are typed letter by letter, with a few letters taken back and typed again. CPU is this program's
own; fzf's, driven key by key on a pseudo-terminal, that of all its threads until they are idle. A whole query
with nothing cached is compared to `fzf --filter`, its reading of the lines included. Also printed: what the
index costs, and the longest time a 1 ms ticker in the main thread waited while a thread built or searched.
"""

import argparse
import gc
import random
import resource
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pexpect
from tests.bench.libraries import line, load
from tests.bench.relevance import draw

from paperbrowse.model import Paper
from paperbrowse.search import Searcher

_KINDS = ("exact words", "word prefixes", "author + word", "words + year", "dropped hyphens",
          "typo: deletion", "typo: transposition", "typos in two words", "initials")  # fmt: skip
_SHOWN = 50


@dataclass
class Times:
    """Milliseconds of many keys or queries."""

    cpu: list[float] = field(default_factory=list)
    wall: list[float] = field(default_factory=list)

    def add(self, cpu: float, wall: float) -> None:
        self.cpu.append(cpu * 1000)
        self.wall.append(wall * 1000)

    def median(self) -> float:
        return _share(self.cpu, 0.5)

    def __str__(self) -> str:
        return " | ".join(
            f"{name} {_share(times, 0.5):9.2f} {_share(times, 0.9):9.2f} {max(times):9.2f}"
            for name, times in (("cpu", self.cpu), ("wall", self.wall))
        )


def _share(times: Sequence[float], share: float) -> float:
    return sorted(times)[min(len(times) - 1, int(len(times) * share))]


def keys(query: str) -> Iterator[str]:
    """The query as it grows, shrinks by three letters and is completed."""
    shorter = max(0, len(query) - 3)
    yield from (query[:end] for end in range(1, len(query) + 1))
    yield from (query[:end] for end in range(len(query) - 1, shorter - 1, -1))
    yield from (query[:end] for end in range(shorter + 1, len(query) + 1))


def type_here(searcher: Searcher, queries: Sequence[str]) -> Times:
    times = Times()
    for query in queries:
        for text in keys(query):
            cpu, wall = time.thread_time(), time.perf_counter()
            searcher.search(text).rows[:_SHOWN]
            times.add(time.thread_time() - cpu, time.perf_counter() - wall)
    return times


def ask_here(searcher: Searcher, queries: Sequence[str]) -> Times:
    """Whole queries, nothing remembered from the one before."""
    times = Times()
    for query in queries:
        searcher.forget()
        cpu, wall = time.thread_time(), time.perf_counter()
        searcher.search(query).rows[:_SHOWN]
        times.add(time.thread_time() - cpu, time.perf_counter() - wall)
    return times


class Fzf:
    """fzf on a pseudo-terminal."""

    def __init__(self, binary: str, lines: Path) -> None:
        command = f"exec {binary} --no-mouse < {lines} > /dev/null"
        self._child = pexpect.spawn("/bin/sh", ["-c", command], dimensions=(50, 120), timeout=None)
        self._tasks = Path(f"/proc/{self._child.pid}/task")
        self.settle(1.5)

    def key(self, keys: str) -> tuple[float, float]:
        """CPU and wall seconds until `keys` have been dealt with."""
        cpu, wall = self._cpu(), time.perf_counter()
        self._child.send(keys)
        last = self.settle(0.08)
        return self._cpu() - cpu, last - wall

    def settle(self, idle: float) -> float:
        """Waits until nothing has been computed or drawn for `idle` seconds; when the last of it was."""
        cpu, last = self._cpu(), time.perf_counter()
        while time.perf_counter() - last < idle:
            try:
                self._child.read_nonblocking(1 << 16, timeout=0.004)
                drawn = True
            except pexpect.TIMEOUT:
                drawn = False
            before, cpu = cpu, self._cpu()
            # Doing nothing takes it about a thousandth of a processor.
            if drawn or cpu - before > 0.0003:
                last = time.perf_counter()
        return last

    def close(self) -> None:
        self._child.close(force=True)

    def _cpu(self) -> float:
        # Nanoseconds on the processor, of every thread; /proc/PID/stat counts in hundredths of a second.
        return sum(int((task / "schedstat").read_text().split()[0]) for task in self._tasks.iterdir()) / 1e9


def type_in_fzf(binary: str, lines: Path, queries: Sequence[str]) -> Times:
    times = Times()
    fzf = Fzf(binary, lines)
    for query in queries:
        shown = ""
        for text in keys(query):
            times.add(*fzf.key(text[-1] if len(text) > len(shown) else "\x7f"))
            shown = text
        fzf.key("\x15")
    fzf.close()
    return times


def ask_fzf(binary: str, lines: Path, queries: Sequence[str]) -> Times:
    times = Times()
    for query in queries:
        before, wall = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
        with lines.open() as text:
            subprocess.run([binary, "--filter", query], stdin=text, stdout=subprocess.DEVNULL, check=False)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        cpu = after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime
        times.add(cpu, time.perf_counter() - wall)
    return times


def longest_wait(work: Callable[[], object]) -> float:
    """The longest time in milliseconds that this thread had to wait for the interpreter during `work`."""
    interval = sys.getswitchinterval()
    sys.setswitchinterval(0.001)
    thread = threading.Thread(target=work)
    thread.start()
    worst = 0.0
    while thread.is_alive():
        before = time.perf_counter()
        time.sleep(0.001)
        worst = max(worst, time.perf_counter() - before - 0.001)
    sys.setswitchinterval(interval)
    return worst * 1000


def resident() -> float:
    """Megabytes of this process in memory."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * resource.getpagesize() / 1e6


def measure(papers: Sequence[Paper], queries: Sequence[str], fzf: str | None, folder: Path) -> None:
    text = sum(len(line(paper).encode()) + len(paper.abstract.encode()) for paper in papers) / 1e6
    print(f"\n{len(papers)} papers, {text:.1f} MB of text")
    searcher = Searcher(papers)
    gc.collect()
    before, cpu = resident(), time.process_time()
    searcher.build()
    print(f"index: {time.process_time() - cpu:.2f} s CPU, {resident() - before:.0f} MB more resident")
    print(f"{'':30}{'median':>13}{'p90':>10}{'worst':>10}, then wall")
    here, cold = type_here(searcher, queries), ask_here(searcher, queries)
    print(f"a key here, ms{'':12} {here}")
    print(f"a whole query here, ms{'':4} {cold}")
    other = Searcher(papers)
    waited = longest_wait(other.build), longest_wait(lambda: type_here(searcher, queries))
    print(
        f"longest wait of another thread: {waited[0]:.1f} ms while building, {waited[1]:.1f} ms while typing"
    )
    if fzf is not None:
        lines = folder / f"lines{len(papers)}"
        lines.write_text("".join(line(paper) + "\n" for paper in papers), "utf-8")
        there, whole = type_in_fzf(fzf, lines, queries), ask_fzf(fzf, lines, queries)
        print(f"a key in fzf, ms{'':10} {there}")
        print(f"fzf --filter, ms{'':10} {whole}")
        print(
            f"CPU: median key 1/{there.median() / here.median():.0f} of fzf's, "
            f"worst key {max(here.cpu) / there.median():.2f} of fzf's median, "
            f"median whole query 1/{whole.median() / cold.median():.0f}"
        )


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--library", type=Path, help="a folder of ACL Anthology XML; made-up papers without")
    parser.add_argument("--sizes", type=int, nargs="+", default=[110, 10_000, 110_000])
    parser.add_argument("--queries", type=int, default=2, help="of each kind")
    parser.add_argument("--fzf", help="this fzf")
    options = parser.parse_args()
    papers = load(options.library, None if options.library else max(options.sizes))
    asked = [one.query for one in draw(papers, options.queries, seed=3) if one.kind in _KINDS]
    random.Random(1).shuffle(asked)
    if options.fzf:
        print(
            subprocess.run(
                [options.fzf, "--version"], capture_output=True, text=True, check=True
            ).stdout.strip()
        )
    with tempfile.TemporaryDirectory() as folder:
        for size in options.sizes:
            measure(load(options.library, size), asked, options.fzf, Path(folder))


if __name__ == "__main__":
    main()
