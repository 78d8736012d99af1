"""How often title and first author are parted rightly, on pages made of Anthology papers.

    python -m tests.bench.boundary FOLDER [--model FILE] [--lines N] [--show N]

Pages are rendered in the compact Scholar Feed layout and go through the reader. Counted are the lines whose
first author is of the third part of people; with the model that `boundary_train --held-out` writes, neither
these people nor their papers were learned from. With the shipped model (the default) the figure says less:
its word lists hold everybody's name words.
"""

import argparse
import random
import re
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from unittest.mock import patch

from tests.bench.anthology import read_folder
from tests.bench.boundary_pages import Item, group_of, is_clean, mixed_pages, owner_pages, page_text
from tests.bench.boundary_train import HELD_OUT

from paperbrowse.model import Paper
from paperbrowse.readers import boundary, read_document
from paperbrowse.readers.boundary_model import Model, bundled, read_model
from paperbrowse.readers.bylines import PARTICLES
from paperbrowse.readers.document import Document


def kinds(item: Item) -> Iterator[str]:
    """What is particular about a line."""
    title, first = item.entry.title, item.names[0]
    yield "all"
    yield "et al." if item.et_al else f"{len(item.names)} author{'s' * (len(item.names) > 1)}"
    if "," in title:
        yield "comma in the title"
    if "," in title and not item.et_al:
        yield "comma in the title, no et al."
    last = title[-1]
    if last.isdigit():
        yield "title ends in a digit"
    elif last.isupper():
        yield "title ends in a capital"
    elif not last.isalnum():
        yield "title ends in punctuation"
    if not first.isascii():
        yield "name not ASCII"
    words = first.split()
    if any(word in PARTICLES for word in words):
        yield "name with particle"
    if len(words) == 1:
        yield "one-word name"
    if len(words) > 3:
        yield "name of four words or more"
    if re.search(r"[a-z][A-Z]", first):
        yield "inner capital in the name"
    if re.search(r"[a-z][A-Z]", title.split()[-1]):
        yield "inner capital in the last word"
    if "." in first:
        yield "initial in the name"


def naive(title_and_names: str) -> int:
    """The last lower-to-upper change before the first comma, or -1."""
    found = [match.start() + 1 for match in re.finditer(r"[a-z][A-Z]", title_and_names.split(",")[0])]
    return found[-1] if found else -1


def is_right(item: Item, paper: Paper) -> bool:
    return paper.title == item.entry.title and paper.authors == item.names


def evaluate(pages: Sequence[Sequence[Item]], model: Model, show: int) -> None:
    seen: Counter[str] = Counter()
    wrong: Counter[str] = Counter()
    naive_wrong: Counter[str] = Counter()
    shown = 0
    spent = 0.0
    for page in pages:
        document = Document("page", page_text(page).encode())
        start = time.perf_counter()
        with patch.object(boundary, "bundled", lambda: model):
            papers = read_document(document).papers
        spent += time.perf_counter() - start
        for item, paper in zip(page, papers, strict=True):
            if group_of(item.entry.authors[0]) not in HELD_OUT:
                continue
            right = is_right(item, paper)
            for kind in kinds(item):
                seen[kind] += 1
                wrong[kind] += not right
                naive_wrong[kind] += naive(item.glued) != len(item.entry.title)
            if not right and shown < show:
                shown += 1
                print(f"  {item.entry.id}: {item.entry.title}|{', '.join(item.names)}", file=sys.stderr)
                print(f"      read as: …{paper.title[-30:]}|{', '.join(paper.authors)}", file=sys.stderr)
    print(f"{'':32}{'lines':>7}{'wrong':>7}{'right %':>9}{'naive %':>9}")
    for kind, count in seen.most_common():
        right_share, naive_share = (100 - 100 * each[kind] / count for each in (wrong, naive_wrong))
        print(f"{kind:32}{count:7}{wrong[kind]:7}{right_share:9.2f}{naive_share:9.2f}")
    print(f"{1000 * spent / max(1, sum(map(len, pages))):.2f} ms a record")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--model", type=Path)
    parser.add_argument("--lines", type=int, default=100_000)
    parser.add_argument("--show", type=int, default=0)
    options = parser.parse_args()
    model = bundled() if options.model is None else read_model(options.model.open(encoding="utf-8"))
    entries = [entry for entry in read_folder(options.folder) if is_clean(entry)]
    rng = random.Random(7)
    own = [entry for entry in entries if group_of(entry.authors[0]) in HELD_OUT]
    with_abstract = [entry for entry in own if entry.abstract]
    owned = owner_pages(entries, lambda name: group_of(name) in HELD_OUT)
    for title, pages in (
        ("Owners' pages, with abstracts where there are any", owned),
        ("Mixed pages, all with abstracts", mixed_pages(with_abstract, rng)),
        ("Single records with abstract", [[Item(entry)] for entry in with_abstract]),
        ("Mixed pages without abstracts", blank(mixed_pages(own, rng))),
        ("Owners' pages without abstracts", blank(owned)),
    ):
        print(f"\n{title}")
        evaluate(enough(pages, options.lines), model, options.show)


def blank(pages: Sequence[Sequence[Item]]) -> list[list[Item]]:
    return [[replace(item, with_abstract=False) for item in page] for page in pages]


def enough(pages: Sequence[Sequence[Item]], lines: int) -> list[Sequence[Item]]:
    """As many pages as hold `lines` lines."""
    taken: list[Sequence[Item]] = []
    for page in pages:
        if lines <= 0:
            break
        taken.append(page)
        lines -= len(page)
    return taken


if __name__ == "__main__":
    main()
