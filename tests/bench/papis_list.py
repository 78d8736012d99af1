"""`paperbrowse list QUERY` and `papis list QUERY` side by side: the same papers, warm, wall and CPU seconds.

    python3 -m venv /tmp/papis && /tmp/papis/bin/pip install papis
    .venv/bin/python -m tests.bench.papis_list /path/to/data/xml --papis /tmp/papis/bin/papis [--sizes 110000]

papis gets a folder with an `info.yaml` for each paper, and its sqlite backend; paperbrowse gets one file of
BibTeX made of the same papers. Both have read everything before; then they run in turn, each by the program
that its installation made. In the queries a word is a whole word for papis (its full-text index) and an
approximate one for us, so the numbers of papers found differ; they are told. Our output is the table, theirs
a line with key and title.
"""

import argparse
import json
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.bench.environment import as_installed
from tests.bench.libraries import load

from paperbrowse.model import Paper
from paperbrowse.writers import ExportOptions, write

QUERIES = (
    ("distillation", "distillation"),
    ("low resource parsing", "low resource parsing"),
    ("author:manning", "author:manning"),
    ("year:2019 summarization", "year:2019 summarization"),
    ("zzyzx", "zzyzx"),
)
"""What is asked: of us, and of papis."""


def main() -> None:
    """Set both up at every size and print a table of their times."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("folder", type=Path, help="a folder of ACL Anthology XML")
    parser.add_argument("--papis", type=Path, required=True, help="the program")
    parser.add_argument("--sizes", default="10000,110000")
    parser.add_argument("--times", type=int, default=7)
    options = parser.parse_args()
    for size in map(int, options.sizes.split(",")):
        papers = load(options.folder, size)
        with TemporaryDirectory() as folder:
            compare(papers, Path(folder), options.papis, options.times)


def compare(papers: Sequence[Paper], folder: Path, papis: Path, times: int) -> None:
    """Let both answer every query, in turn, and print the medians."""
    environment = as_installed(XDG_CONFIG_HOME=str(folder), XDG_CACHE_HOME=str(folder / "cache"))
    environment |= {"PAPERBROWSE_CONFIG_DIR": str(folder / "ours"), "PAPIS_NP": "1"}
    program = Path(sys.executable).with_name("paperbrowse")
    ours = [str(program), "list", "--library", str(our_library(papers, folder))]
    theirs = [str(papis), "list", "--all", "--format", "{doc[ref]} {doc[title]}"]
    their_library(papers, folder)
    print(f"\n{len(papers)} papers; first reading:", flush=True)
    for name, command in (("paperbrowse", [*ours, "zzyzx"]), ("papis", [*theirs, "zzyzx"])):
        wall, cpu, _ = timed(command, environment)
        print(f"  {name:12} {wall:8.1f} s wall {cpu:8.1f} s CPU", flush=True)
    print(
        f"  {'query':28}{'ours ms':>9}{'CPU':>7}{'found':>7}{'papis':>10}{'CPU':>7}{'found':>7}{'ratio':>7}"
    )
    ratios = []
    for our_query, their_query in QUERIES:
        runs: dict[str, list[tuple[float, float, int]]] = {"ours": [], "theirs": []}
        for _ in range(times):
            runs["ours"].append(timed([*ours, our_query], environment))
            runs["theirs"].append(timed([*theirs, their_query], environment))
        cells = []
        for name in ("ours", "theirs"):
            wall, cpu = (1000 * statistics.median(run[at] for run in runs[name]) for at in (0, 1))
            cells.append((wall, cpu, runs[name][-1][2]))
        ratios.append(cells[0][0] / cells[1][0])
        row = f"{cells[0][0]:9.0f}{cells[0][1]:7.0f}{cells[0][2]:7}{cells[1][0]:10.0f}{cells[1][1]:7.0f}"
        print(f"  {our_query:28}{row}{cells[1][2]:7}{ratios[-1]:7.2f}", flush=True)
    print(f"  median of the ratios {statistics.median(ratios):.2f}, the worst {max(ratios):.2f}")


def timed(command: Sequence[str], environment: Mapping[str, str]) -> tuple[float, float, int]:
    """Wall and CPU seconds of a command, and the lines it printed."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    started = time.perf_counter()
    done = subprocess.run(
        command, capture_output=True, env=dict(environment), check=False, stdin=subprocess.DEVNULL
    )
    wall = time.perf_counter() - started
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    if b"Traceback" in done.stderr:
        raise SystemExit(done.stderr.decode())
    return wall, cpu, done.stdout.count(b"\n")


def our_library(papers: Sequence[Paper], folder: Path) -> Path:
    """The papers as one file of BibTeX."""
    file = folder / "library.bib"
    file.write_text(write(papers, "bibtex", ExportOptions(abstract=True)).text, encoding="utf-8")
    return file


def their_library(papers: Sequence[Paper], folder: Path) -> None:
    """The papers as papis keeps them, and its settings. JSON is YAML too."""
    library = folder / "documents"
    for number, paper in enumerate(papers):
        place = library / f"{number:06}"
        place.mkdir(parents=True)
        data = {
            "papis_id": f"{number:032x}",
            "ref": paper.key,
            "type": "inproceedings",
            "title": paper.title,
            "author": "; ".join(paper.authors),
            "year": paper.date.year or 0,
            "booktitle": paper.venue or "",
            "abstract": paper.abstract,
            "files": [],
        }
        (place / "info.yaml").write_text(json.dumps(data), encoding="utf-8")
    settings = folder / "papis" / "config"
    settings.parent.mkdir()
    settings.write_text(
        f"[settings]\ndefault-library = bench\ndatabase-backend = sqlite\n\n[bench]\ndir = {library}\n"
    )


if __name__ == "__main__":
    main()
