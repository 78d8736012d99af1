"""What a library costs, per paper, at several sizes: the first reading, the opening, and `paperbrowse list`.

    .venv/bin/python -m tests.bench.size [/path/to/data/xml] [--sizes 110,10000,110000,1000000]

The papers are those of the ACL Anthology, above its size variations of them (`libraries.multiplied`); without
a folder they are made up. Each size is a folder of BibTeX, 20 000 papers in a file, with a cache of its own.
Every measurement is a process of its own: CPU seconds from its start, and its peak of resident memory with
what it has mapped. `first` reads, merges and writes the cache and the index; `open` is
the opening from the cache, with its first 50 papers; `list` is the command with a query, warm; of both the
median of three. `changed` is what `first` is, after the last file got one paper more.
"""

import argparse
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from statistics import median

from tests.bench.environment import as_installed
from tests.bench.libraries import load

from paperbrowse.writers import ExportOptions, write

_QUERY = "knowledge distillation"
_IN_A_FILE = 20_000

_MEASURED = """
import resource, sys
sys.argv[1:], told = sys.argv[2:], sys.argv[1]
{work}
own = resource.getrusage(resource.RUSAGE_SELF)
with open("/proc/self/status") as status:  # ru_maxrss begins with that of the process that started this one
    peak = next(line.split()[1] for line in status if line.startswith("VmHWM"))
with open(told, "w") as file:
    print(own.ru_utime + own.ru_stime, peak, file=file)
"""
_LIST = "from paperbrowse.cli import run; run(sys.argv[1:])"
_OPEN = """
from paperbrowse.cli.arguments import parser
from paperbrowse.cli.session import Session
rows = Session(parser().parse_args(sys.argv[1:])).library.papers[:50]
"""


def main() -> None:
    """Print a row for each size and measurement."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("folder", type=Path, nargs="?")
    parser.add_argument("--sizes", default="110,10000,110000,1000000")
    options = parser.parse_args()
    print(f"{'':8}{'papers':>9}{'CPU s':>9}{'µs/paper':>10}{'peak MB':>9}{'B/paper':>9}")
    for size in map(int, options.sizes.split(",")):
        # Variations have the ids of what they are made of, and would be merged with it.
        papers = [replace(paper, anthology=None, doi=None) for paper in load(options.folder, size)]
        with tempfile.TemporaryDirectory() as folder:
            library = Path(folder) / "papers"
            library.mkdir()
            for start in range(0, size, _IN_A_FILE):
                text = write(papers[start : start + _IN_A_FILE], "bibtex", ExportOptions(abstract=True)).text
                (library / f"{start}.bib").write_text(text, encoding="utf-8")
            del papers
            _measure(Path(folder), library, size)


def _measure(folder: Path, library: Path, size: int) -> None:
    environment = as_installed(
        PAPERBROWSE_CONFIG_DIR=str(folder / "config"),
        PAPERBROWSE_CACHE_DIR=str(folder / "cache"),
    )
    listing = ["list", _QUERY, "--limit", "20", "--library", str(library)]
    for name, work, arguments, times in (
        ("first", _LIST, listing, 1),
        ("open", _OPEN, listing, 3),
        ("list", _LIST, listing, 3),
        ("changed", _LIST, listing, 1),
    ):
        if name == "changed":
            _change(library)
        runs = [_run(work, arguments, folder / "told", environment) for _ in range(times)]
        seconds, peak = (median(run[at] for run in runs) for at in (0, 1))
        print(
            f"{name:8}{size:9}{seconds:9.2f}{1e6 * seconds / size:10.1f}{peak / 1024:9.0f}"
            f"{1024 * peak / size:9.0f}",
            flush=True,
        )


def _change(library: Path) -> None:
    last = max(library.iterdir(), key=lambda file: int(file.stem))
    with last.open("a", encoding="utf-8") as file:
        file.write("\n@misc{more, title={One paper more}, author={Lee, Ann}, year={2020}}\n")


def _run(
    work: str, arguments: Sequence[str], told: Path, environment: Mapping[str, str]
) -> tuple[float, float]:
    code = _MEASURED.format(work=work)
    subprocess.run(
        [sys.executable, "-c", code, str(told), *arguments],
        check=True,
        env=dict(environment),
        stdout=subprocess.DEVNULL,
    )
    seconds, peak = told.read_text().split()
    return float(seconds), float(peak)


if __name__ == "__main__":
    main()
