"""Files as other programs write them and people edit them (`dialects.bib`: JabRef, Mendeley, Zotero),
exported again and judged by the programs that publishers run."""

from dataclasses import fields, replace
from pathlib import Path

import pytest

from paperbrowse.model import Paper
from paperbrowse.readers import bibtex
from paperbrowse.readers.document import Document
from paperbrowse.text.latex import to_terminal
from paperbrowse.writers import ExportOptions, write
from tests.e2e import typesetting as judges
from tests.unit.test_writers_facts import READERS

DIALECTS = Path(__file__).parent / "dialects.bib"
EVERYTHING = ExportOptions(abstract=True)
STYLED = {"Nguyen2018", "mend", "oxford"}
"""Titles with \\emph and the like, which an export takes off."""


@pytest.fixture(scope="module")
def records() -> list[Paper]:
    papers = bibtex.read(Document("dialects.bib", DIALECTS.read_bytes())).papers
    return [replace(paper, key=paper.cited_as or "") for paper in papers]


def test_every_entry_but_one_without_a_title_is_read(records: list[Paper]) -> None:
    text = DIALECTS.read_text(encoding="utf-8").lower()
    entries = (
        text.count("\n@") - text.count("\n@string") - text.count("\n@comment") - text.count("\n@preamble")
    )
    assert len(records) == entries - 1 == 41


@pytest.mark.parametrize("style", judges.CLASSIC_STYLES)
def test_classic_styles_have_nothing_to_say(style: str, records: list[Paper], tmp_path: Path) -> None:
    judges.needed("bibtex", "pdflatex")
    # What pdfTeX cannot set at all is another matter.
    legible = [paper for paper in records if not write([paper], "bibtex").unset]
    assert len(legible) > 38
    verdict = judges.typeset(write(legible, "bibtex", EVERYTHING).text, style, tmp_path)
    undated = {paper.key for paper in legible if not paper.date.year}
    said = [line for line in verdict.complaints if line.split()[-1] not in undated]
    assert [line for line in said if not line.startswith("(There was 1 warning")] == []
    assert verdict.entries == len(legible)


def test_biber_has_nothing_to_say(records: list[Paper], tmp_path: Path) -> None:
    judges.needed("biber")
    complaints = judges.biber_complaints(write(records, "biblatex", EVERYTHING).text, tmp_path)
    undated = {paper.key for paper in records if not paper.date.year}
    assert [line for line in complaints if line.split("'")[1] not in undated] == []


@pytest.mark.parametrize("dialect", ["bibtex", "biblatex"])
def test_pandoc_reads_the_same_titles(dialect: str, records: list[Paper], tmp_path: Path) -> None:
    judges.needed("pandoc")
    found = judges.pandoc_records(write(records, dialect, EVERYTHING).text, dialect, tmp_path)
    assert [record["id"] for record in found] == [paper.key for paper in records]
    for paper, record in zip(records, found, strict=True):
        title = judges.squeeze(judges.pandoc_plain(record["title"]))
        assert title == judges.squeeze(judges.pandoc_plain(to_terminal(paper.title))), paper.key


@pytest.mark.parametrize("form", ["bibtex", "biblatex"])
def test_no_fact_is_lost(form: str, records: list[Paper]) -> None:
    text = write(records, form, EVERYTHING).text
    again = READERS[form].read(Document("x", text.encode())).papers
    told = {"date", "source", "key", "cited_as", "urls", "year_from", "abstract", "entry_type"}
    different = {
        (paper.key, field.name): (was, now)
        for paper, read in zip(records, again, strict=True)
        for field in fields(Paper)
        if field.name not in told
        and not (field.name == "title" and paper.key in {*STYLED, "ends4", "ms", "eid"})
        if (was := getattr(paper, field.name)) != (now := getattr(read, field.name))
    }
    assert different == {}
    for paper, read in zip(records, again, strict=True):
        # The Anthology's own address of a paper may stand for an older one.
        assert {url for url in paper.urls if "aclweb" not in url} <= set(read.urls)
        assert paper.date.year == read.date.year
        assert judges.squeeze(read.title) == judges.squeeze(paper.title)
        assert {paper.entry_type, read.entry_type} in ({paper.entry_type}, {"inbook", "incollection"})
    # A second export is the first one, byte for byte.
    named = [replace(paper, key=paper.cited_as) for paper in again]
    assert write(named, form, EVERYTHING).text == text


def test_what_their_programs_mean_is_understood(records: list[Paper]) -> None:
    by_key = {paper.key: paper for paper in records}
    assert by_key["Mueller2003"].title == "Zur Ökonomie der Ähnlichkeit: „groß“ und «klein»"
    assert by_key["Mueller2003"].authors[4:] == ("X. Mïller", "Åsa Østby", "A. ßchar", "B. Straße")
    assert by_key["Nguyen2018"].authors[:3] == ("Văn Đạt Nguyễn", "Thị Hưong Trần", "Văn Đặng")
    assert by_key["Nguyen2018"].pages == "12-34, 56"
    assert by_key["oxford"].authors[0] == "Charles Darwin"
    assert by_key["atlas"].authors[:2] == ("The ATLAS Collaboration", "Barnes and Noble, Inc.")
    assert by_key["doi2"].doi == "10.1000/a#b%c_d&e"
    assert by_key["tr"].number == "TM-77–12"
    assert by_key["dates"].remark == "in press"
    assert by_key["mend"].urls[1] == "http://b.org/"
    assert by_key["ruder2019"].entry_type == "phdthesis"
    assert by_key["habil"].genre == "Habilitation"
    assert by_key["eid"].pages == "012345"
    assert by_key["devlinBERTPretrainingDeep2019"].urls[1] == "https://doi.org/10/ggbwf6"
    assert by_key["devlinBERTPretrainingDeep2019"].event == "NAACL-HLT 2019"
    assert by_key["both"].editors == ("Ed Editor", "Bob Co")
