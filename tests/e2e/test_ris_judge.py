"""RIS before bibutils, which reads it knowing nothing of ours."""

import json
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from paperbrowse.model import Paper, PartialDate
from paperbrowse.readers import bibtex, read_paths
from paperbrowse.readers.document import Document
from paperbrowse.text.fold import letters
from paperbrowse.text.latex import to_terminal
from paperbrowse.writers import write
from tests.conftest import SEEDS
from tests.e2e import typesetting as judges
from tests.e2e.nasty import keyed

PROCEEDINGS = Paper(
    title="In “proceedings” of 50% & more",
    authors=("Ann Lee", "Rob van der Goot", "Émile Łukasz", "OpenAI", "王小明"),
    date=PartialDate(2024, 5, 17),
    venue="Proceedings of the Workshop",
    entry_type="inproceedings",
    pages="416-425",
    publisher="R&D Press",
    address="Málaga",
)
KINDS = [
    PROCEEDINGS,
    replace(PROCEEDINGS, title="An article", entry_type="article", volume="46", number="2", publisher=None),
    replace(PROCEEDINGS, title="A chapter", entry_type="incollection"),
    replace(PROCEEDINGS, title="A thesis", entry_type="phdthesis", publisher=None, pages=None),
    replace(PROCEEDINGS, title="A report", entry_type="techreport", publisher=None, pages=None),
    Paper(title="A preprint", authors=("Ann Lee", "Bo Li"), authors_complete=False, category="CL"),
]


def read_by_bibutils(text: str, folder: Path) -> list[Paper]:
    """The papers that bibutils finds in a `.ris` file; the BibTeX that it makes of them is read by us."""
    (folder / "refs.ris").write_text(text, encoding="utf-8")
    steps = (["ris2xml", "-i", "unicode", "-o", "unicode", "refs.ris"], ["xml2bib", "-nl", "-nb", "-w"])
    data = b""
    for step in steps:
        done = subprocess.run(step, input=data, cwd=folder, capture_output=True, check=True, timeout=60)
        data = done.stdout
    reading = bibtex.read(Document("refs.bib", data))
    assert reading.problems == []
    return reading.papers


@pytest.mark.parametrize("what", ["bundled", "of each kind"])
def test_bibutils_reads_the_same_facts(what: str, tmp_path: Path) -> None:
    judges.needed("ris2xml", "xml2bib")
    papers = keyed(read_paths([SEEDS]).papers if what == "bundled" else KINDS)
    read = {paper.cited_as: paper for paper in read_by_bibutils(write(papers, "ris").text, tmp_path)}
    assert len(read) == len(papers)
    different = {}
    for paper in papers:
        ours, theirs = facts(paper), facts(read[paper.key])
        if ours != theirs:
            different[paper.key] = {
                name: (ours[name], theirs[name]) for name in ours if ours[name] != theirs[name]
            }
    assert different == {}, json.dumps(different, ensure_ascii=False, indent=1)


def facts(paper: Paper) -> dict[str, object]:
    """What both have a place for."""
    return {
        "title": letters(to_terminal(paper.title)),
        "authors": [letters(to_terminal(name)) for name in paper.authors],
        "date": (paper.date.year, paper.date.month),
        "volume": paper.volume,
        "number": paper.number,
        "pages": paper.pages,
        "place": paper.address,
    }
