"""Corrections: what they change, how they are written, and that the bundled ones fit the bundled pages."""

import hashlib
import json
import tomllib
from dataclasses import fields, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from paperbrowse.corrections import (
    FIELDS,
    FILE_NAME,
    LISTS,
    CorrectionError,
    apply,
    read_corrections,
    set_correction,
)
from paperbrowse.describe import caveats
from paperbrowse.identity import identity
from paperbrowse.model import Paper, PartialDate
from paperbrowse.readers import read_paths
from paperbrowse.text.clean import clean
from tests.make_corrections import TARGET, corrections

FACTS = Path(__file__).parent.parent / "facts"
PAPER = Paper(title="A Titel", authors=("Ann Other",), date=PartialDate(2020, 5, 17), venue="Somewhere")


def corrected(folder: Path, paper: Paper) -> Paper:
    found = read_corrections([folder / FILE_NAME])
    assert not found.problems
    return apply([paper], found)[0]


def test_the_bundled_file_is_what_the_facts_give() -> None:
    assert TARGET.read_text("utf-8") == corrections()


def test_every_publication_is_a_correction_of_a_record_of_the_pages() -> None:
    records: dict[str, Any] = json.loads((FACTS / "seed-records.json").read_text("utf-8"))
    publications = json.loads((FACTS / "published.json").read_text("utf-8"))
    found = read_corrections([TARGET])
    assert not found.problems
    assert len(found.by_identity) == len(publications) == 42
    for publication in publications:
        record = records[publication["seed"]]["papers"][publication["record"] - 1]
        if record["title"] is None:
            assert f"abstract:{record['abstract_sha256'][:24]}" in found.by_identity


def test_the_bundled_pages_become_publications(seeds: Path) -> None:
    papers = read_paths(sorted(seeds.glob("0*.txt"))).papers
    after = apply(papers, read_corrections([seeds / FILE_NAME]))
    changed = [paper for paper in after if paper.corrected]
    untitled = [paper for paper in papers if paper.title_from == "derived"]
    assert len(changed) == 26 + len(untitled)
    assert all(
        paper.anthology and paper.pages and paper.venue and paper.authors_complete for paper in changed
    )
    assert not [paper for paper in after if paper.title_from == "derived"]
    tab_cot = next(paper for paper in after if paper.anthology == "2023.findings-acl.651")
    assert tab_cot.title == "Tab-CoT: Zero-shot Tabular Chain of Thought"
    assert tab_cot.title_from == "corrected"
    assert tab_cot.correction == "ACL Anthology 2023.findings-acl.651"
    assert tab_cot.doi == "10.18653/v1/2023.findings-acl.651"
    assert {"title", "authors", "venue", "pages", "doi"} <= set(tab_cot.corrected)


def test_a_record_without_title_is_known_by_its_abstract() -> None:
    abstract = "An abstract."
    paper = Paper(title="[An abstract]", title_from="derived", abstract=abstract)
    assert identity(paper) == "abstract:" + hashlib.sha256(abstract.encode()).hexdigest()[:24]


def test_what_is_set_is_applied_and_told(tmp_path: Path) -> None:
    set_correction(tmp_path, PAPER, "title", "A Title")
    after = corrected(tmp_path, PAPER)
    assert after == replace(
        PAPER,
        title="A Title",
        title_from="corrected",
        corrected=("title",),
        correction="corrected by hand",
        known_as=(identity(PAPER),),
    )


@pytest.mark.parametrize(
    ("typed", "authors", "complete"),
    [
        ("Ann Other; Rob van der Goot", ("Ann Other", "Rob van der Goot"), True),
        ("Ann Other and Rob van der Goot", ("Ann Other", "Rob van der Goot"), True),
        ("Ann Other and others", ("Ann Other",), False),
        ("Ann Other; et al.", ("Ann Other",), False),
    ],
)
def test_authors_as_they_are_typed(
    tmp_path: Path, typed: str, authors: tuple[str, ...], complete: bool
) -> None:
    set_correction(tmp_path, PAPER, "authors", typed)
    after = corrected(tmp_path, PAPER)
    assert (after.authors, after.authors_complete) == (authors, complete)


_NOT_A_PERSON_S_TO_SAY = {
    *("key", "cited_as", "known_as", "source", "pages_of", "score", "has_code"),
    *("corrected", "corrected_by", "correction"),
    *("title_from", "year_from", "authors_complete", "editors_complete"),
}


def test_every_field_of_a_paper_can_be_corrected() -> None:
    names = {field.name for field in fields(Paper)} - _NOT_A_PERSON_S_TO_SAY
    assert names - {"date"} | {"year", "month", "day"} == set(FIELDS)


@pytest.mark.parametrize("name", sorted(set(FIELDS) - {"year", "month", "day", *LISTS}))
def test_any_text_is_set_and_taken_back(tmp_path: Path, name: str) -> None:
    set_correction(tmp_path, PAPER, name, "2nd  of all")
    after = corrected(tmp_path, PAPER)
    assert (getattr(after, name), after.corrected) == ("2nd of all", (name,))
    set_correction(tmp_path, after, name, None)
    assert corrected(tmp_path, PAPER) == PAPER


@pytest.mark.parametrize(
    ("name", "typed", "values"),
    [
        ("keywords", "word order; parsing", ("word order", "parsing")),
        ("affiliations", "University of X; Y", ("University of X", "Y")),
        ("venue_names", "acl; ws", ("acl", "ws")),
        ("urls", "https://a.org/x;y  https://b.org", ("https://a.org/x;y", "https://b.org")),
        ("urls", "https://a.org; https://b.org;", ("https://a.org", "https://b.org")),
    ],
)
def test_lists_as_they_are_typed(tmp_path: Path, name: str, typed: str, values: tuple[str, ...]) -> None:
    set_correction(tmp_path, PAPER, name, typed)
    after = corrected(tmp_path, PAPER)
    assert (getattr(after, name), after.corrected) == (values, (name,))
    set_correction(tmp_path, PAPER, name, "; ".join(values))
    assert corrected(tmp_path, PAPER) == after


def test_a_corrected_year_keeps_the_day_and_a_corrected_month_does_not(tmp_path: Path) -> None:
    set_correction(tmp_path, PAPER, "year", "2021")
    after = corrected(tmp_path, PAPER)
    assert (after.date, after.year_from) == (PartialDate(2021, 5, 17), "corrected")
    set_correction(tmp_path, PAPER, "month", "7")
    assert corrected(tmp_path, PAPER).date == PartialDate(2021, 7)


def test_each_field_is_told_to_be_from_where_it_was_taken(tmp_path: Path) -> None:
    publication = tmp_path / "bundled.toml"
    publication.write_text(
        f'["{identity(PAPER)}"]\nsource = "The Anthology"\ntitle = "A Title"\nyear = 2021\npages = "1"\n'
    )
    set_correction(tmp_path, PAPER, "title", "The Title")
    set_correction(tmp_path, PAPER, "month", "7")
    after = apply([PAPER], read_corrections([publication, tmp_path / FILE_NAME]))
    again = apply(after, read_corrections([publication, tmp_path / FILE_NAME]))
    for [paper] in (after, again):
        assert {name: paper.correction_of(name) for name in paper.corrected} == {
            "title": "corrected by hand",
            "date": "The Anthology; corrected by hand",
            "pages": "The Anthology",
        }
        assert paper.correction_of("venue") is None
    assert "pages: corrected (The Anthology)" in caveats(after[0])
    assert "title: corrected (by hand)" in caveats(after[0])


def test_a_correction_of_what_is_corrected_already_counts(tmp_path: Path) -> None:
    set_correction(tmp_path, PAPER, "doi", "10.1000/x")
    with_doi = corrected(tmp_path, PAPER)
    assert identity(with_doi) == "doi:10.1000/x"
    set_correction(tmp_path, with_doi, "title", "A Title")
    assert corrected(tmp_path, PAPER).title == "A Title"


def test_taking_back(tmp_path: Path) -> None:
    set_correction(tmp_path, PAPER, "venue", "Elsewhere")
    set_correction(tmp_path, PAPER, "pages", "1-2")
    set_correction(tmp_path, PAPER, "venue", None)
    assert (corrected(tmp_path, PAPER).venue, corrected(tmp_path, PAPER).pages) == ("Somewhere", "1-2")
    set_correction(tmp_path, PAPER, "pages", None)
    assert corrected(tmp_path, PAPER) == PAPER


@pytest.mark.parametrize(
    ("name", "value"), [("title", "A Title"), ("year", "2021"), ("authors", "Zoe Zu"), ("doi", "10.1000/x")]
)
def test_taking_back_what_gave_the_paper_another_identity(tmp_path: Path, name: str, value: str) -> None:
    set_correction(tmp_path, PAPER, name, value)
    set_correction(tmp_path, corrected(tmp_path, PAPER), "venue", "Elsewhere")
    set_correction(tmp_path, corrected(tmp_path, PAPER), name, None)
    assert corrected(tmp_path, PAPER) == replace(
        PAPER, venue="Elsewhere", corrected=("venue",), correction="corrected by hand"
    )


def test_correcting_a_corrected_identity_again(tmp_path: Path) -> None:
    for year in ("2021", "2022", "2020"):
        set_correction(tmp_path, corrected(tmp_path, PAPER), "year", year)
        assert corrected(tmp_path, PAPER).date.year == int(year)
    assert len(tomllib.loads((tmp_path / FILE_NAME).read_text("utf-8"))) == 1


def test_taking_back_what_stands_in_tables_of_several_identities(tmp_path: Path) -> None:
    set_correction(tmp_path, PAPER, "year", "2021")
    later = replace(corrected(tmp_path, PAPER), known_as=())
    set_correction(tmp_path, later, "year", "2022")
    assert corrected(tmp_path, PAPER).date.year == 2022
    set_correction(tmp_path, corrected(tmp_path, PAPER), "year", None)
    assert corrected(tmp_path, PAPER) == PAPER


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [("titel", "X", "no such field"), ("year", "MMXX", "whole number"), ("month", "13", "1 to 12")],
)
def test_what_cannot_be_set(tmp_path: Path, name: str, value: str, told: str) -> None:
    with pytest.raises(CorrectionError, match=told):
        set_correction(tmp_path, PAPER, name, value)
    assert not (tmp_path / FILE_NAME).exists()


def test_a_file_that_is_no_toml_is_left_alone(tmp_path: Path) -> None:
    file = tmp_path / FILE_NAME
    file.write_text("[[[", "utf-8")
    with pytest.raises(CorrectionError, match="not valid TOML"):
        set_correction(tmp_path, PAPER, "title", "X")
    assert file.read_text("utf-8") == "[[["
    assert "not valid TOML" in read_corrections([file]).problems[0].what


def test_wrong_values_are_told_and_the_others_count(tmp_path: Path) -> None:
    file = tmp_path / FILE_NAME
    file.write_text('["x"]\nyear = "2020"\ntitle = "T"\ncolour = "red"\n', "utf-8")
    found = read_corrections([file])
    assert found.by_identity["x"][0].values == {"title": "T"}
    assert [problem.what for problem in found.problems] == [
        "year: must be a whole number from 1 to 9999",
        "colour: no such field",
    ]


def test_comments_and_other_tables_stay(tmp_path: Path) -> None:
    file = tmp_path / FILE_NAME
    set_correction(tmp_path, PAPER, "title", "A Title")
    mine = "# mine\n" + file.read_text("utf-8") + '\n# about b\n["b"]\ntitle = "B"\n'
    file.write_text(mine, "utf-8")
    set_correction(tmp_path, PAPER, "venue", "Elsewhere")
    text = file.read_text("utf-8")
    assert text.startswith("# mine\n")
    assert '# about b\n["b"]\ntitle = "B"\n' in text
    assert tomllib.loads(text)["b"] == {"title": "B"}


_text = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cf", "Cn", "Co", "Cs"]), min_size=1)


@settings(deadline=None)  # every edit writes a file through to the disk
@given(st.lists(st.tuples(_text, st.sampled_from(["title", "venue", "abstract"]), _text), max_size=8))
def test_any_texts_come_back(edits: list[tuple[str, str, str]]) -> None:
    wanted: dict[str, dict[str, object]] = {}
    with TemporaryDirectory() as name:
        folder = Path(name)
        for title, field, value in edits:
            paper = Paper(title=title, authors=("A B",))
            set_correction(folder, paper, field, value)
            wanted.setdefault(identity(paper), {})[field] = clean(value)
        file = folder / FILE_NAME
        assert (tomllib.loads(file.read_text("utf-8")) if file.exists() else {}) == wanted
