"""Trials of the bookmark store that take minutes, and its figures.

    python -m tests.bench.store kill 1000            a process that saves is killed with -9 so many times
    python -m tests.bench.store kill 200 --background
    python -m tests.bench.store writers 8 250        so many processes make so many changes each, at once
    python -m tests.bench.store editor 200           an editor that knows of no lock saves every 10 to 40 ms
    python -m tests.bench.store full 40              a file-size limit stops the writer at so many kB
    python -m tests.bench.store mounts               a small and a read-only file system (needs root)
    python -m tests.bench.store held 5000            for how long a save holds up the thread of the screen
    python -m tests.bench.store times                load and save at several sizes

Each prints one line and ends with 0 if nothing was lost.
"""

import argparse
import json
import os
import random
import resource
import signal
import subprocess
import sys
import tempfile
import threading
import time
import tomllib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from paperbrowse.bookmarks import BookmarkStore, StoreError
from paperbrowse.model import Paper

Expected = dict[str, list[str]]
"""What must be there: the keys with their tags."""


def paper(key: str) -> Paper:
    """A paper of ordinary size."""
    title = f"On {key} and other things: a study"
    title = f"On {key} and other things: a study"
    authors = ("Jane Doe", "Jan Novák")
    return Paper(key=key, title=title, authors=authors, abstract="Words. " * 150, doi=f"10.1/{key}")


def opened(folder: Path, *, background: bool = False) -> BookmarkStore:
    """The store, read."""
    store = BookmarkStore(folder, background=background)
    store.load()
    return store


def fill(folder: Path, number: int) -> None:
    """Put so many bookmarks there in one change."""
    opened(folder).add([paper(f"old{place}") for place in range(number)])


def missing(folder: Path, expected: Expected, gone: set[str]) -> list[str]:
    """What of `expected` is not in the file, what of `gone` is, and what is there twice."""
    tables = tomllib.loads((folder / "bookmarks.toml").read_text())["bookmark"]
    found = {table["key"]: table for table in tables}
    wrong = [key for key in expected if key not in found or not set(expected[key]) <= set(found[key]["tags"])]
    wrong += [key for key in found if key in gone]
    return wrong + ([] if len(found) == len(tables) else ["twice"])


# What the other processes do


def worker(folder: Path, name: str, changes: int, *, background: bool, limit: int) -> None:
    """Make changes and print each as a line of JSON when it is saved."""
    if limit:
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit << 10, limit << 10))
    store = opened(folder, background=background)
    chance = random.Random(name)
    mine: list[str] = []
    for number in range(changes):
        batch: list[tuple[str, str, str]] = []
        for part in range(chance.choice([1, 3]) if background else 1):
            kind = chance.choice(["add", "add", "tag", "remove"]) if len(mine) > 3 else "add"
            others = [key for key in mine if key not in {key for _, key, _ in batch}]
            key = f"{name}-{number}-{part}" if kind == "add" else chance.choice(others)
            batch.append((kind, key, f"t{number}"))
        print(json.dumps({"intends": batch}), flush=True)
        try:
            for kind, key, tag in batch:
                if kind == "add":
                    store.add([paper(key)])
                    mine.append(key)
                elif kind == "tag":
                    store.tag([key], [tag])
                else:
                    store.remove([key])
                    mine.remove(key)
            while store.unsaved:
                time.sleep(0.001)
        except StoreError as error:
            print(json.dumps({"failed": str(error)}), flush=True)
            return
        print(json.dumps(batch), flush=True)
    store.close()


def start(folder: Path, name: str, changes: int, *options: str) -> "subprocess.Popen[str]":
    """A process that makes changes."""
    command = [sys.executable, "-m", __spec__.name, "worker", str(folder), name, str(changes), *options]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=Path(__file__).parents[2])


class Told:
    """What workers said: what is saved, and what they had in hand."""

    def __init__(self) -> None:
        self.expected: Expected = {}
        self.gone: set[str] = set()
        self.failures: list[str] = []
        self.saved = 0

    def take(self, lines: Iterable[str]) -> None:
        """The lines of one worker, the last of which may be half a line."""
        in_hand: list[list[str]] = []
        for line in lines:
            try:
                said = json.loads(line)
            except json.JSONDecodeError:
                break
            if isinstance(said, list):
                self._saved(said)
                in_hand = []
            elif "intends" in said:
                in_hand = said["intends"]
            else:
                self.failures.append(said["failed"])
        for kind, key, _tag in in_hand:  # may have been done or not
            if kind == "remove":
                self.expected.pop(key, None)

    def _saved(self, batch: list[list[str]]) -> None:
        self.saved += 1
        for kind, key, tag in batch:
            if kind == "add":
                self.expected[key] = []
            elif kind == "tag":
                self.expected[key].append(tag)
            else:
                self.expected.pop(key, None)
                self.gone.add(key)

    def missing(self, folder: Path) -> list[str]:
        """What of it is not in the file."""
        return missing(folder, self.expected, self.gone)


# Trials


def kill(folder: Path, kills: int, background: bool) -> tuple[str, bool]:
    """Kill a saving process at random moments; look after each."""
    fill(folder, 20)
    told = Told()
    told.expected = {f"old{place}": [] for place in range(20)}
    lost: list[str] = []
    chance = random.Random(5)
    for number in range(kills):
        process = start(folder, f"w{number}", 10_000, *(["--background"] if background else []))
        assert process.stdout
        first = process.stdout.readline()
        time.sleep(chance.uniform(0, 0.15))
        process.send_signal(signal.SIGKILL)
        told.take([first, *process.stdout.read().splitlines()])
        process.wait()
        process.stdout.close()
        lost += told.missing(folder)
        if number % 25 == 24:  # keep the file at the size of a person's
            store = opened(folder)
            drop = [key for key in store.bookmarks() if key.startswith("w")]
            store.remove(drop)
            told.gone.update(drop)
            told.expected = {key: tags for key, tags in told.expected.items() if key not in told.gone}
    left = [path.name for path in folder.iterdir() if path.name.endswith(".tmp")]
    how = "background " if background else ""
    report = (
        f"{kills} {how}kills, {told.saved} changes saved, {len(lost)} lost {lost[:5]}, {len(left)} left over"
    )
    return report, not lost and len(left) <= 1


def writers(folder: Path, processes: int, changes: int) -> tuple[str, bool]:
    """Several processes at once."""
    begun = time.perf_counter()
    running = [start(folder, f"w{number}", changes) for number in range(processes)]
    told = Told()
    for process in running:
        told.take(process.communicate()[0].splitlines())
    lost = told.missing(folder)
    seconds = time.perf_counter() - begun
    wanted = processes * changes
    report = f"{told.saved} of {wanted} changes by {processes} processes saved in {seconds:.1f} s"
    return f"{report}, {len(lost)} lost {lost[:5]} {told.failures}", told.saved == wanted and not lost


def editor(folder: Path, saves: int) -> tuple[str, bool]:
    """A person's editor saves the file every 10 to 40 ms, by turns in place and by renaming."""
    fill(folder, 20)
    path = folder / "bookmarks.toml"
    chance = random.Random(1)
    process = start(folder, "w", 10_000)
    assert process.stdout
    lines: list[str] = []
    reader = threading.Thread(target=lambda: lines.extend(process.stdout or ()))
    reader.start()
    for number in range(saves):
        text = path.read_text()
        time.sleep(chance.uniform(0, 0.003))
        text = f"# hand {number}\n" + text
        if number % 10 == 5:
            text += (
                f'\n[[bookmark]] # hand table {number}\nkey = "hand{number}"\ntitle = "By hand {number}"\n'
            )
        if number % 2:
            path.write_text(text)
        else:
            aside = folder / "editor.swp"
            aside.write_text(text)
            aside.replace(path)
        time.sleep(chance.uniform(0.01, 0.04))
    process.terminate()
    process.wait()
    reader.join()
    told = Told()
    told.expected = {f"old{place}": [] for place in range(20)}
    told.take(lines)
    opened(folder).add([paper("last")])  # a killed program's last change may be in the journal only
    text = path.read_text()
    lost = told.missing(folder)
    hand_lost = [number for number in range(saves) if f"# hand {number}\n" not in text]
    hand_lost += [number for number in range(5, saves, 10) if f'"hand{number}"' not in text]
    report = f"{saves} saves by hand, {len(hand_lost)} lost {hand_lost[:5]}"
    report += f"; {told.saved} by the program, {len(lost)} lost {lost[:5]} {told.failures}"
    return report, not lost and not hand_lost and not told.failures


def full(folder: Path, kilobytes: int) -> tuple[str, bool]:
    """A writer is stopped by a file-size limit, which acts as a full disk does; later there is room."""
    process = start(folder, "w", 10_000, "--limit", str(kilobytes))
    told = Told()
    told.take(process.communicate()[0].splitlines())
    lost = told.missing(folder)
    tidy = not [path for path in folder.iterdir() if path.name.endswith(".tmp")]
    report = f"stopped after {told.saved} changes, {len(lost)} lost {lost[:5]}: {told.failures}"
    return report, bool(told.failures) and not lost and tidy and process.returncode == 0


def mounts(folder: Path) -> tuple[str, bool]:
    """A file system of 256 kB, and one that is read-only."""
    folder.mkdir()
    with mounted("-t", "tmpfs", "-o", "size=256k", "tmpfs", str(folder)):
        small, good = full(folder / "settings", 1 << 20)
    fill(folder, 3)
    with mounted("--bind", str(folder), str(folder)):
        subprocess.run(["mount", "-o", "remount,ro,bind", str(folder)], check=True)
        store = opened(folder)
        try:
            store.add([paper("new")])
            return "a read-only folder was written to", False
        except StoreError as error:
            refused = str(error)
        good = good and len(store.bookmarks()) == 3
    return f"256 kB: {small}; read-only: {refused}", good


@contextmanager
def mounted(*arguments: str) -> Iterator[None]:
    """Something mounted for a while."""
    subprocess.run(["mount", *arguments], check=True)
    try:
        yield
    finally:
        subprocess.run(["umount", arguments[-1]], check=True)


def held(folder: Path, bookmarks: int) -> tuple[str, bool]:
    """How long calls take, and how late a 1 ms clock gets, while changes are saved behind it."""
    fill(folder, bookmarks)
    store = opened(folder, background=True)
    store.of(paper("old1"))
    keys = list(store.bookmarks())
    calls: list[float] = []
    gaps: list[float] = []
    last = time.perf_counter()
    number = 0
    end = last + 10
    while last < end:
        time.sleep(0.001)
        now = time.perf_counter()
        gaps.append(now - last - 0.001)
        if len(gaps) % 300 == 0:
            begun = time.perf_counter()
            number += 1
            (
                store.tag([keys[number % bookmarks]], [f"t{number}"]),
                store.poll(),
                store.bookmarks(),
                store.of(paper("x")),
            )
            calls.append(time.perf_counter() - begun)
        last = time.perf_counter()
    begun = time.perf_counter()
    store.tag(keys, ["all"])
    mass = time.perf_counter() - begun
    begun = time.perf_counter()
    saved = store.close(60)
    seconds = time.perf_counter() - begun
    size = (folder / "bookmarks.toml").stat().st_size
    late = sorted(gaps)[-len(gaps) // 1000] * 1e3
    report = (
        f"{bookmarks} bookmarks ({size / 1e6:.1f} MB): a call at most {max(calls) * 1e3:.1f} ms, "
        f"a 1 ms clock late by at most {max(gaps) * 1e3:.1f} ms, 99.9 % {late:.1f} ms; "
        f"tagging all {mass * 1e3:.0f} ms, saved in {seconds:.2f} s"
    )
    return report, saved and max(calls) < 0.05


def times(folder: Path) -> tuple[str, bool]:
    """Load and one change that is waited for."""
    found: list[str] = []
    for number in (0, 100, 1000, 5000):
        place = folder / str(number)
        if number:
            fill(place, number)
        begun = time.process_time()
        store = opened(place)
        loaded = time.process_time() - begun
        begun = time.perf_counter()
        store.add([paper("new")])
        found.append(
            f"{number}: load {loaded * 1e3:.1f} ms CPU, add {(time.perf_counter() - begun) * 1e3:.0f} ms"
        )
    return "; ".join(found), True


def main() -> int:
    """Run the trial that the arguments name."""
    parser = argparse.ArgumentParser()
    parser.add_argument("trial")
    parser.add_argument("arguments", nargs="*")
    parser.add_argument("--background", action="store_true")
    parser.add_argument("--limit", type=int, default=0)
    options = parser.parse_args()
    if options.trial == "worker":
        place, name, changes = options.arguments
        worker(Path(place), name, int(changes), background=options.background, limit=options.limit)
        return 0
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "settings"
        numbers = [int(argument) for argument in options.arguments]
        trials = {
            "kill": lambda: kill(folder, numbers[0], options.background),
            "writers": lambda: writers(folder, *numbers),
            "editor": lambda: editor(folder, *numbers),
            "full": lambda: full(folder, *numbers),
            "mounts": lambda: mounts(folder),
            "held": lambda: held(folder, *numbers),
            "times": lambda: times(folder),
        }
        report, good = trials[options.trial]()
    print(f"{options.trial}: {report}")
    return 0 if good else 1


if __name__ == "__main__":
    os.umask(0o022)
    sys.exit(main())
