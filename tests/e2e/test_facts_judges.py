"""Entries with every combination of facts before the programs that publishers run."""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from paperbrowse.model import Paper, PartialDate
from paperbrowse.writers import ExportOptions, write
from tests.e2e import typesetting as judges
from tests.unit.test_writers_facts import papers

EVERYTHING = ExportOptions(abstract=True)


@pytest.fixture(scope="module")
def records() -> list[Paper]:
    """The same 250 records each time, each with a year and an editor of its own, since styles have only 26
    labels of one sort."""
    collected: list[Paper] = []

    @settings(
        max_examples=250,
        deadline=None,
        database=None,
        derandomize=True,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(papers)
    def collect(paper: Paper) -> None:
        number = len(collected)
        family = "S" + "".join("aeioubdfgk"[int(digit)] for digit in f"{number:03}")
        date = PartialDate(1500 + number, paper.date.month)
        editors = (f"Ann {family}", *paper.editors[1:]) if paper.editors else ()
        collected.append(replace(paper, key=f"k{number}", date=date, editors=editors))

    collect()
    return collected


@pytest.mark.parametrize("style", judges.CLASSIC_STYLES)
def test_classic_styles_have_nothing_to_say(style: str, records: list[Paper], tmp_path: Path) -> None:
    judges.needed("bibtex", "pdflatex")
    verdict = judges.typeset(write(records, "bibtex", EVERYTHING).text, style, tmp_path)
    assert verdict.complaints == []
    assert verdict.entries == len(records)


def test_biber_has_nothing_to_say(records: list[Paper], tmp_path: Path) -> None:
    judges.needed("biber")
    assert judges.biber_complaints(write(records, "biblatex", EVERYTHING).text, tmp_path) == []


@pytest.mark.parametrize("dialect", ["bibtex", "biblatex"])
def test_pandoc_reads_every_entry(dialect: str, records: list[Paper], tmp_path: Path) -> None:
    judges.needed("pandoc")
    found = judges.pandoc_records(write(records, dialect, EVERYTHING).text, dialect, tmp_path)
    assert [record["id"] for record in found] == [paper.key for paper in records]
    for paper, record in zip(records, found, strict=True):
        if paper.edition:
            told = record.get("edition", "") + record.get("note", "")
            assert paper.edition in told or {"2": "Second"}.get(paper.edition, "11th") in told
        if paper.remark:
            assert record["note"].endswith(paper.remark)
