"""How well and how fast records of one paper are found among all papers of the ACL Anthology.

    .venv/bin/python -m tests.bench.merging /path/to/data/xml [--draws 3000]

Four measurements, all with every paper of the folder as a candidate:
- the bundled pages' 42 records whose publications are known (`tests/facts/published.json`). A publication
  that the folder does not hold is put into it; a page's missing abstract is taken from the folder where its
  hash is right;
- drawn papers written as another source has them: cut bylines, swapped, shortened or respelled names,
  another year, other capitals and punctuation, no ids. For half of them the paper itself is taken out of the
  folder, so that every merge is wrong but one with another edition (title or abstract the same, by the same
  people);
- drawn papers without their title, with an abstract somewhat edited, in the same two halves;
- the whole folder without its ids: what is merged then is another edition (a journal's, the same proceedings
  once more) or wrong; the number is told, and how many of them are of different years or of nobody.
"""

import argparse
import hashlib
import json
import random
import resource
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from paperbrowse.merge import Merging, merge
from paperbrowse.model import Paper, PartialDate, Source
from paperbrowse.readers import read_paths
from paperbrowse.readers.people import spoken
from paperbrowse.readers.supplied import supplied_title
from paperbrowse.same_paper import bylines_agree, overlap, shingles, title_key

ROOT = Path(__file__).parent.parent.parent
FACTS = ROOT / "tests" / "facts"
_DRAWN = "drawn"


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("--draws", type=int, default=3000)
    options = parser.parse_args()
    anthology = read_paths([options.folder]).papers
    print(f"{len(anthology)} candidates")
    _seeds(anthology)
    _drawn("with title", anthology, options.draws, _as_listed)
    _drawn("without title", anthology, options.draws, _as_abstract)
    _without_ids(anthology)
    print(f"peak {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB")


def _seeds(anthology: Sequence[Paper]) -> None:
    records = json.loads((FACTS / "seed-records.json").read_text("utf-8"))
    by_id = {paper.anthology: paper for paper in anthology}
    publications = json.loads((FACTS / "published.json").read_text("utf-8"))
    pages, absent, blank = read_paths(sorted((ROOT / "seeds").glob("0*.txt"))).papers, [], 0
    for publication in publications:
        record = records[publication["seed"]]["papers"][publication["record"] - 1]
        known = by_id.get(publication["anthology_id"])
        if known is None:
            absent.append(_publication(publication))
        if record["title"] is None and not any(_is_abstract(paper.abstract, record) for paper in pages):
            if known is not None and _is_abstract(known.abstract, record):
                pages.append(_untitled(known, Source(publication["seed"], record["line"], "page")))
            else:
                blank += 1
    started = time.perf_counter()
    merging = merge([*pages, *anthology, *absent])
    seconds = time.perf_counter() - started
    found = {paper.anthology for row in merging.merged_rows for paper in [merging.papers[row]]}
    wanted = {publication["anthology_id"] for publication in publications}
    print(
        f"seeds: {len(wanted & found)} of {len(wanted)} found ({blank} have no abstract here, {len(absent)} "
        f"are not in the folder), {len(found - wanted)} others merged, {seconds:.2f} s"
    )


def _is_abstract(text: str, record: dict[str, Any]) -> bool:
    return hashlib.sha256(text.encode()).hexdigest() == str(record["abstract_sha256"])


def _publication(facts: dict[str, Any]) -> Paper:
    return Paper(
        title=facts["title"],
        authors=tuple(spoken(author["first"] or "", author["last"]) for author in facts["authors"]),
        date=PartialDate(facts["year"]),
        venue=facts["booktitle"],
        anthology=facts["anthology_id"],
        doi=facts["doi"],
    )


def _drawn(what: str, anthology: Sequence[Paper], draws: int, disguise: Any) -> None:
    rng = random.Random(7)
    rows = rng.sample([row for row, paper in enumerate(anthology) if len(paper.abstract) > 300], draws)
    hidden = set(rows[: draws // 2])
    drawn = [disguise(anthology[row], rng, Source(_DRAWN, row, _DRAWN)) for row in rows]
    candidates = [paper for row, paper in enumerate(anthology) if row not in hidden]
    started = time.perf_counter()
    merging = merge([*candidates, *drawn])
    seconds = time.perf_counter() - started
    right, editions, wrong = _judge(merging, anthology)
    total = right + editions + len(wrong)
    print(
        f"drawn {what}: recall {right / (draws - len(hidden)):.4f}, "
        f"precision {1 - len(wrong) / (total or 1):.4f} ({len(wrong)} of {total} merges "
        f"wrong, {editions} with another edition), {seconds:.2f} s"
    )
    for drawn_paper, other in wrong[:5]:
        print(f"  wrong: {drawn_paper.title!r} {drawn_paper.authors} / {other.title!r} {other.authors}")


def _without_ids(anthology: Sequence[Paper]) -> None:
    papers = [replace(paper, anthology=None, doi=None, arxiv=None) for paper in anthology]
    merging = merge(papers)
    groups = [merging.members(row) for row in merging.merged_rows]
    apart = sum(len({paper.date.year for paper in group}) > 1 for group in groups)
    nobody = sum(not any(paper.authors for paper in group) for group in groups)
    print(
        f"without ids: {sum(map(len, groups))} records in {len(groups)} groups, {apart} of different years, "
        f"{nobody} of nobody"
    )


def _judge(merging: Merging, anthology: Sequence[Paper]) -> tuple[int, int, list[tuple[Paper, Paper]]]:
    """How many drawn papers met themselves, how many another edition, and the wrong merges."""
    right, editions = 0, 0
    wrong: list[tuple[Paper, Paper]] = []
    for row in merging.merged_rows:
        members = merging.members(row)
        for one in members:
            if one.source.path != _DRAWN:
                continue
            original = anthology[one.source.line]
            others = [other for other in members if other is not one]
            if any(other is original for other in others):
                right += 1
            elif all(_is_edition(original, other, anthology) for other in others):
                editions += 1
            else:
                wrong.append((one, others[0]))
    return right, editions, wrong


def _is_edition(original: Paper, other: Paper, anthology: Sequence[Paper]) -> bool:
    if other.source.path == _DRAWN:
        other = anthology[other.source.line]
    if not bylines_agree(original, other):
        return False
    if title_key(original.title) == title_key(other.title):
        return True
    return overlap(shingles(original.abstract), shingles(other.abstract)) > 0.9


def _as_listed(paper: Paper, rng: random.Random, source: Source) -> Paper:
    """The paper as a page of preprints lists it."""
    title = paper.title
    if rng.random() < 0.3:
        title = rng.choice([title.upper(), title.title(), title.replace(":", " -"), title.replace("-", " ")])
    names = [_respelled(name, rng) for name in paper.authors]
    cut = len(names) > 3 and rng.random() < 0.8
    year = (paper.date.year or 2000) + rng.choice((-1, -1, 0, 0, 0, 0, 1))
    return Paper(
        title=title,
        authors=tuple(names[:3] if cut else names),
        authors_complete=not cut,
        date=PartialDate(year),
        category="CL",
        abstract=paper.abstract if rng.random() < 0.5 else "",
        source=source,
    )


def _respelled(name: str, rng: random.Random) -> str:
    words = name.split()
    chance = rng.random()
    if chance < 0.05:
        return " ".join([words[-1], *words[:-1]])
    if chance < 0.1:
        return " ".join([f"{words[0][0]}.", *words[1:]])
    if chance < 0.13 and len(words[-1]) > 3:
        return " ".join([*words[:-1], words[-1][:-1] + rng.choice("aeiou")])
    return name


def _as_abstract(paper: Paper, rng: random.Random, source: Source) -> Paper:
    """The paper as an author page without titles has it: edited here and there, by one of its authors."""
    words = paper.abstract.split()
    for _ in range(rng.choice((0, 0, 0, 1, 3, len(words) // 12))):
        place = rng.randrange(len(words))
        words[place : place + rng.randint(0, 2)] = [rng.choice(words)]
    edited = replace(paper, abstract=" ".join(words))
    return _untitled(edited, source, rng.choice(paper.authors) if paper.authors else "Nobody")


def _untitled(paper: Paper, source: Source, owner: str = "") -> Paper:
    return Paper(
        title=supplied_title(paper.abstract),
        title_from="derived",
        authors_complete=False,
        date=PartialDate(paper.date.year),
        abstract=paper.abstract,
        pages_of=(owner,) if owner else (),
        source=source,
    )


if __name__ == "__main__":
    main()
