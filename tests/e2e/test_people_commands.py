"""Joining names from a script, and what the other commands make of it."""

import subprocess
import tomllib
from pathlib import Path

import pytest

from tests.e2e.test_commands import PROGRAM, Script


@pytest.fixture
def script(tmp_path: Path) -> Script:
    """The program, with settings in a folder of the test's own and another to stand in."""
    (tmp_path / "elsewhere").mkdir()
    return Script(tmp_path / "config", tmp_path / "elsewhere")


def test_names_are_suggested_joined_listed_and_split(script: Script) -> None:
    suggested = script.json("people", "suggest", "ziqi")
    assert suggested == [
        {
            "names": ["Ziqi Jin", "Jin Ziqi"],
            "papers": [2, 1],
            "how": "order",
            "shared_count": 1,
            "shared": ["Wei Lu"],
            "pages": ["Wei Lu"],
        }
    ]
    script("people", "join", "Jin Ziqi", "Ziqi Jin")
    [person] = script.json("people", "list")
    assert person == {"name": "Ziqi Jin", "spellings": ["Ziqi Jin", "Jin Ziqi"], "papers": 3}
    assert script.json("people", "suggest", "ziqi") == []
    [author] = script.json("authors", "jin zi")
    assert (author["name"], author["papers"]) == ("Ziqi Jin", 3)
    assert author["spellings"] == ["Ziqi Jin", "Jin Ziqi"]
    for asked in (["--author", "Jin Ziqi"], ['author:"jin ziqi"']):
        papers = script.json("list", *asked)
        assert len(papers) == 3
        assert sum("Jin Ziqi" in paper["authors"] for paper in papers) == 1
    script("people", "split", "Jin Ziqi")
    assert script.json("people", "list") == []
    assert len(script.json("list", "--author", "Jin Ziqi")) == 1


def test_the_leading_spelling_is_chosen_and_the_frequent_one_leads_otherwise(script: Script) -> None:
    script("people", "join", "JingBo Zhu", "Jingbo Zhu", "Zhu Jingbo")
    assert script("people", "list", "--format", "tsv").splitlines()[1].split("\t") == [
        "Jingbo Zhu",
        "JingBo Zhu, Zhu Jingbo",
        "8",
    ]
    script("people", "join", "JingBo Zhu", "Jingbo Zhu", "--as", "JingBo Zhu")
    assert script.json("people", "list")[0]["name"] == "JingBo Zhu"


def test_joining_names_of_one_byline_is_told(script: Script) -> None:
    done = subprocess.run(
        [str(PROGRAM), "people", "join", "Ziqi Jin", "Wei Lu"],
        capture_output=True,
        text=True,
        cwd=script.cwd,
        env=script.environment,
        check=True,
    )
    assert "two of these names stand on the byline of" in done.stderr


def test_two_people_are_suggested_no_more(script: Script) -> None:
    script("people", "apart", "Yilin Wang", "YiLin Wang")
    assert script.json("people", "suggest", "yilin") == []
    stored = tomllib.loads((script.config / "people.toml").read_text())
    assert stored == {"Yilin Wang": {"not": ["YiLin Wang"]}}


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        (["people"], 2, "needs an action"),
        (["people", "join", "Ziqi Jin"], 1, "two names are needed"),
        (["people", "join", "Ziqi Jin", "Ziqi Jim"], 1, "did you mean 'Ziqi Jin'?"),
        (["people", "join", "Ziqi Jin", "Jin Ziqi", "--as", "Wei Lu"], 1, "none of the names"),
        (["people", "split", "Ziqi Jin"], 1, "was not joined"),
        (["people", "apart", "Ziqi Jin", "Nobody At All"], 1, "no author is called"),
    ],
)
def test_what_cannot_be_done_says_why(script: Script, arguments: list[str], code: int, told: str) -> None:
    assert told in script(*arguments, code=code)
    assert not (script.config / "people.toml").exists()


def test_a_file_that_is_not_toml_is_left_alone(script: Script) -> None:
    script.config.mkdir()
    (script.config / "people.toml").write_text("[broken")
    assert "nothing was changed" in script("people", "join", "Ziqi Jin", "Jin Ziqi", code=1)
    assert (script.config / "people.toml").read_text() == "[broken"
    assert [author["papers"] for author in script.json("authors", "jin ziqi")] == [2, 1]


def test_a_page_that_seems_to_be_of_two_people_is_told_with_its_groups(script: Script) -> None:
    report = script("check")
    assert report.count("perhaps of two people") == 1
    assert "2 papers with Zheng Cao, Kirill V. Golubnichiy, Raymond Guo; 2022; ST, CP" in report
    groups = {author["name"]: author["groups"] for author in script.json("authors") if author["groups"]}
    assert list(groups) == ["Wenyu Du"]
    main, other = groups["Wenyu Du"]
    assert other["years"] == [2022, 2022]
    assert other["categories"] == {"ST": 1, "CP": 1}
    assert len(other["papers"]) == 2
    assert "Tongxu Luo" in main["co_authors"]


def test_authors_are_found_by_parts_in_any_order_accents_and_with_a_slip(script: Script) -> None:
    for asked in ("mu yon", "YONGYU", "yognyu mu"):
        assert "Yongyu Mu" in [author["name"] for author in script.json("authors", asked)]
    assert script.json("authors", "zzzzzz") == []
