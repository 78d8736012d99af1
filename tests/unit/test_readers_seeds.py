"""Every record of the five seed pages, field by field, against what a careful person reads there."""

import hashlib
import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from paperbrowse.model import Paper, Reading
from paperbrowse.readers import read_paths

ROOT = Path(__file__).resolve().parents[2]
FACTS: dict[str, Any] = json.loads((ROOT / "tests/facts/seed-records.json").read_text("utf-8"))
ACL_PAGE = "000_157ca8737f1449ab.txt"


@cache
def reading(name: str) -> Reading:
    return read_paths([ROOT / "seeds" / name])


def lines(name: str) -> list[str]:
    return (ROOT / "seeds" / name).read_text("utf-8").split("\n")


def facts(name: str) -> list[dict[str, Any]]:
    """The records of one page; of the ACL page those whose line is there."""
    records: list[dict[str, Any]] = FACTS[name]["papers"]
    if name != ACL_PAGE:
        return records
    return [record for record in records if lines(name)[record["line"] - 1]]


def as_facts(paper: Paper) -> dict[str, Any]:
    return {
        "line": paper.source.line,
        "category": paper.category,
        "year": paper.date.year,
        "month": paper.date.month,
        "day": paper.date.day,
        "year_stated": paper.year_from == "stated",
        "score": paper.score,
        "has_code": paper.has_code,
        "title": None if paper.title_from == "derived" else paper.title,
        "authors": list(paper.authors),
        "affiliations": list(paper.affiliations),
    }


@pytest.mark.parametrize("name", sorted(FACTS))
def test_every_field_of_every_record(name: str) -> None:
    expected = facts(name)
    papers = reading(name).papers
    assert [paper.source.line for paper in papers] == [record["line"] for record in expected]
    for paper, record in zip(papers, expected, strict=True):
        got = as_facts(paper)
        assert got == {field: record[field] for field in got}
        assert paper.authors_complete is (bool(record["authors"]) and not record["et_al"])


@pytest.mark.parametrize("name", sorted(FACTS))
def test_the_header(name: str) -> None:
    [page] = reading(name).pages
    page_facts = FACTS[name]
    assert page.owner == page_facts["owner"]
    assert page.owner_from == page_facts["owner_known"]
    assert list(page.affiliations) == page_facts["owner_affiliations"]
    assert dict(page.metrics) == page_facts["owner_metrics"]
    assert all(paper.pages_of == (page.owner,) for paper in reading(name).papers)


def test_abstracts_and_links_are_verbatim_or_blank_in_the_file() -> None:
    verified = 0
    for name in FACTS:
        for paper, record in zip(reading(name).papers, facts(name), strict=True):
            if paper.abstract:
                assert hashlib.sha256(paper.abstract.encode()).hexdigest() == record["abstract_sha256"]
                assert len(paper.abstract) == record["abstract_len"]
                assert list(paper.urls) == record["urls"]
                verified += 1
            else:
                # Three lines a record in the compact layout, six and a blank one in the full one.
                below = 2 if "compact" in FACTS[name]["format"] else 5
                assert not "".join(lines(name)[record["line"] + below - 1 :][:1])
                assert any(
                    problem.line == record["line"] and problem.what == "no abstract"
                    for problem in reading(name).problems
                )
    assert verified >= 35


def test_years_left_out_are_the_current_one() -> None:
    years = {name: reading(name).pages[0].current_year for name in FACTS}
    assert years == {name: None if name == ACL_PAGE else 2026 for name in FACTS}
