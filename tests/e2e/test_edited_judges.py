"""Works with editors before the programs that publishers run: none complains, and each finds the editors."""

from dataclasses import replace
from pathlib import Path

import pytest

from paperbrowse.model import Paper, PartialDate
from paperbrowse.writers import ExportOptions, write
from paperbrowse.writers.common import entries_of
from paperbrowse.writers.references import reference
from tests.e2e import typesetting as judges
from tests.e2e.nasty import NAMES, keyed
from tests.e2e.test_references_judge import judged, plain
from tests.e2e.test_ris_judge import read_by_bibutils

EDITORS = ("Ann Smith", "Bo de Lee")
BOOK = Paper(
    title="Deep Volume",
    editors=EDITORS,
    date=PartialDate(2020, 5),
    entry_type="book",
    publisher="R&D Press",
    address="Málaga",
)
PROCEEDINGS = replace(BOOK, title="Proceedings of the Test", entry_type="proceedings")
CHAPTER = Paper(
    title="A chapter",
    authors=("Xu Yang", "Li Wei"),
    editors=EDITORS,
    date=PartialDate(2020, 5),
    venue="The Handbook",
    entry_type="incollection",
    pages="1-20",
    publisher="Press",
    address="Berlin",
)
PAPER = replace(CHAPTER, title="A paper", venue="Proceedings of the Test", entry_type="inproceedings")
# biber takes who is called "others", and nobody else, for nobody.
NUMBERED = [(number, name) for number, name in enumerate(NAMES) if name != "others"]
WORKS = [
    *(BOOK, PROCEEDINGS, CHAPTER, PAPER),
    replace(BOOK, title="By both", authors=("Xu Yang",), volume="3"),
    replace(BOOK, title="Without a publisher", publisher=None, address=None),
    replace(BOOK, title="Is it cut off?", editors_complete=False),
    replace(PROCEEDINGS, title="With a society", venue="Society of Tests", volume="A", number="2"),
    replace(CHAPTER, title="Inside", entry_type="inbook"),
    replace(CHAPTER, title="No publisher", publisher=None, editors_complete=False),
    replace(PAPER, title="No byline", authors=(), authors_complete=False),
    replace(PAPER, title="No byline either", authors=(), entry_type="article", volume="4"),
    replace(PAPER, title="A report", entry_type="techreport", volume=None),
    Paper(title="A website", editors=("OpenAI",), date=PartialDate(2020), urls=("https://example.org/",)),
    *(
        replace(BOOK, title="B", date=PartialDate(1900 + number), editors=(name,))
        for number, name in NUMBERED
    ),
    *(
        replace(CHAPTER, title="C", date=PartialDate(1900 + number), editors=(name, "Al Z"))
        for number, name in NUMBERED
    ),
]
EVERYTHING = ExportOptions(abstract=True, keywords=True, note=True, mark_inferred=True)


@pytest.mark.parametrize("style", judges.CLASSIC_STYLES)
def test_classic_styles_have_nothing_to_say(style: str, tmp_path: Path) -> None:
    judges.needed("bibtex", "pdflatex")
    verdict = judges.typeset(write(keyed(WORKS), "bibtex", EVERYTHING).text, style, tmp_path)
    assert verdict.complaints == []
    assert verdict.entries == len(WORKS)


def test_classic_styles_print_the_editors(tmp_path: Path) -> None:
    judges.needed("bibtex", "pdflatex")
    for number, work in enumerate(WORKS[:14]):
        verdict = judges.typeset(write(keyed([work]), "bibtex").text, "plain", tmp_path / str(number))
        printed = " ".join(verdict.bbl.replace("~", " ").split())
        assert all(name in printed for name in work.editors), work.title
        assert "editor" in printed.lower() or "Edited by" in printed, work.title


def test_biber_has_nothing_to_say(tmp_path: Path) -> None:
    judges.needed("biber")
    assert judges.biber_complaints(write(keyed(WORKS), "biblatex", EVERYTHING).text, tmp_path) == []


@pytest.mark.parametrize("dialect", ["bibtex", "biblatex"])
def test_pandoc_finds_the_editors(dialect: str, tmp_path: Path) -> None:
    judges.needed("pandoc")
    works = keyed(WORKS[:4])
    records = {
        record["id"]: record
        for record in judges.pandoc_records(write(works, dialect).text, dialect, tmp_path)
    }
    for work in works:
        record = records[work.key]
        names = {
            role: [
                " ".join(
                    filter(
                        None, map(name.get, ("given", "dropping-particle", "non-dropping-particle", "family"))
                    )
                )
                for name in record.get(role, [])
            ]
            for role in ("author", "editor")
        }
        assert names == {"author": list(work.authors), "editor": list(work.editors)}


def test_bibutils_finds_the_editors(tmp_path: Path) -> None:
    judges.needed("ris2xml", "xml2bib")
    works = keyed(WORKS[:4])
    read = {paper.cited_as: paper for paper in read_by_bibutils(write(works, "ris").text, tmp_path)}
    for work in works:
        found = read[work.key]
        assert (found.authors, found.editors) == (work.authors, work.editors)


@pytest.mark.parametrize("style", ["apa", "ieee", "chicago"])
def test_pandoc_sets_the_same_references(style: str, tmp_path: Path) -> None:
    judges.needed("pandoc")
    several = ("Al Able", "Bo Baker", "Cy Charlie")
    works = keyed(
        [
            *(BOOK, PROCEEDINGS, CHAPTER, PAPER),
            replace(BOOK, title="One", editors=("Ann Smith",)),
            replace(BOOK, title="A team’s", editors=("OpenAI",), doi="10.1000/x"),
            replace(BOOK, title="Three", editors=several),
            replace(
                BOOK, title="Many", editors=tuple(f"Given{sign} Family{sign}" for sign in "abcdefghijkl")
            ),
            replace(BOOK, title="By both", authors=("Xu Yang",), doi="10.1000/y"),
            replace(BOOK, title="In volumes", authors=("Xu Yang",), editors=several, volume="3"),
            replace(BOOK, title="In how many volumes?", volume="3"),
            replace(BOOK, title="By an author", authors=("Xu Yang",), editors=()),
            replace(BOOK, title="By nobody", editors=()),
            replace(BOOK, title="No publisher", publisher=None, address=None),
            replace(BOOK, title="No publisher but a place", publisher=None),
            replace(BOOK, title="Undated", date=PartialDate()),
            replace(BOOK, title="On the web", urls=("https://example.org/",)),
            replace(CHAPTER, title="One editor", editors=("Ann Smith",)),
            replace(CHAPTER, title="Three editors", editors=several, entry_type="inbook"),
            replace(CHAPTER, title="Other names", editors=("Émile Zola Jr.", "王小明")),
            replace(PAPER, title="No pages", pages=None),
        ]
    )
    theirs = judged(works, style, tmp_path)
    ours = {entry.paper.key: plain(reference(entry.paper, style), style) for entry in entries_of(works)}
    assert ours == {key: plain(text, style) for key, text in theirs.items()}
