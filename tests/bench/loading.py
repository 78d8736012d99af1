"""Time and memory that reading takes, for each paper, at several sizes and in several formats.

.venv/bin/python -m tests.bench.loading [/path/to/data/xml] [--sizes 110,10000,110000]

Without a folder of Anthology XML the papers are made up. Each measurement is a process of its own: CPU
seconds of reading, and the growth of the resident memory with the papers held and at its peak. All include
what the reader itself costs to import, which shows at 110 papers. `cache` is the opening of a library that
was read before, with its first 50 papers.
"""

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from tests.bench.libraries import load

from paperbrowse.binding import Bound
from paperbrowse.corrections import Corrections
from paperbrowse.keeping import keep
from paperbrowse.keys import DEFAULT_PATTERN, wish_by
from paperbrowse.model import Paper, Reading
from paperbrowse.readers import FileRead
from paperbrowse.readings import Readings

_MEASURE_CACHE = """
import sys, time
from pathlib import Path
from paperbrowse.kept import load

def memory():
    with open("/proc/self/status") as file:
        return next(int(line.split()[1]) * 1024 for line in file if line.startswith("VmRSS"))

before = memory()
started = time.process_time()
kept = load(Path(sys.argv[1]), "bench")
rows = kept.papers[:50]
seconds = time.process_time() - started
print(len(kept.papers), seconds, memory() - before)
"""

_MEASURE = """
import gc, sys, time
from paperbrowse.readers import read_paths

def memory(name):
    with open("/proc/self/status") as file:
        return next(int(line.split()[1]) * 1024 for line in file if line.startswith(name))

before = memory("VmRSS")
started = time.process_time()
reading = read_paths(sys.argv[1:])
seconds = time.process_time() - started
gc.collect()
held = memory("VmRSS") - before
peak = memory("VmHWM") - before
print(len(reading.papers), len(reading.problems), seconds, held, peak)
"""


def main() -> None:
    """Write the files, measure, print a table."""
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path, nargs="?")
    parser.add_argument("--sizes", default="110,10000,110000")
    options = parser.parse_args()
    heads = ("papers", "seconds", "µs/paper", "held B/paper", "peak MB")
    print(f"{'format':12}", *(f"{head:>12}" for head in heads), "problems")
    for size in map(int, options.sizes.split(",")):
        papers = load(options.folder, size)
        with tempfile.TemporaryDirectory() as name:
            for kind, lines_of in _WRITERS.items():
                path = Path(name) / f"library.{kind}"
                with path.open("w", encoding="utf-8") as file:
                    file.writelines(lines_of(papers))
                _measure(kind, [path])
                path.unlink()
            _measure_cache(Path(name), papers)
    if options.folder:
        _measure("folder/xml", [options.folder])


def _measure(kind: str, paths: Sequence[Path]) -> None:
    command = [sys.executable, "-c", _MEASURE, *map(str, paths)]
    answer = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()
    papers, problems = int(answer[0]), int(answer[1])
    seconds, held, peak = map(float, answer[2:])
    each = papers or 1
    print(
        f"{kind:12} {papers:12} {seconds:12.2f} {1e6 * seconds / each:12.1f} {held / each:12.0f} "
        f"{peak / 1e6:12.0f} {problems}",
        flush=True,
    )


def _measure_cache(folder: Path, papers: Sequence[Paper]) -> None:
    """The opening of a cache of `papers` with its first 50 rows."""
    readings = Readings(wish_by(DEFAULT_PATTERN), DEFAULT_PATTERN)
    readings.add(FileRead("bench", True, None, Reading(list(papers))))
    keep(folder, "bench", Bound(readings, Corrections()))
    command = [sys.executable, "-c", _MEASURE_CACHE, str(folder)]
    answer = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()
    count, seconds, held = int(answer[0]), float(answer[1]), float(answer[2])
    print(f"{'cache':12} {count:12} {seconds:12.4f} {1e6 * seconds / count:12.3f} {held / count:12.0f}")


def _as_bibtex(papers: Sequence[Paper]) -> Iterator[str]:
    for number, paper in enumerate(papers):
        yield f"@inproceedings{{key{number},\n"
        for name, value in (
            ("title", f"{{{paper.title.partition(' ')[0]}}} {paper.title.partition(' ')[2]}"),
            ("author", " and\n      ".join(paper.authors)),
            ("booktitle", paper.venue or ""),
            ("year", str(paper.date.year or "")),
            ("url", f"https://example.org/{number}"),
            ("abstract", paper.abstract),
        ):
            yield f"    {name} = {{{_plain(value) if name != 'title' else value}}},\n"
        yield "}\n\n"


def _plain(text: str) -> str:
    return text.replace("{", "").replace("}", "").replace("\\", "").replace("%", "\\%").replace("&", "\\&")


def _as_ris(papers: Sequence[Paper]) -> Iterator[str]:
    for paper in papers:
        yield f"TY  - CONF\nTI  - {paper.title}\n"
        yield from (f"AU  - {name}\n" for name in paper.authors)
        yield f"T2  - {paper.venue}\nPY  - {paper.date.year}\nAB  - {paper.abstract}\nER  - \n\n"


def _as_csl(papers: Sequence[Paper]) -> Iterator[str]:
    yield "[\n"
    for number, paper in enumerate(papers):
        item = {
            "id": f"key{number}",
            "type": "paper-conference",
            "title": paper.title,
            "author": [{"literal": name} for name in paper.authors],
            "issued": {"date-parts": [[paper.date.year]]},
            "container-title": paper.venue,
            "abstract": paper.abstract,
        }
        yield json.dumps(item, ensure_ascii=False) + (",\n" if number + 1 < len(papers) else "\n")
    yield "]\n"


_WRITERS: dict[str, Callable[[Sequence[Paper]], Iterator[str]]] = {
    "bib": _as_bibtex,
    "ris": _as_ris,
    "json": _as_csl,
}

if __name__ == "__main__":
    main()
