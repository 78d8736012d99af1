"""`paperbrowse list --like`."""

from pathlib import Path

import pytest

from paperbrowse.cli import run


def listed(capsys: pytest.CaptureFixture[str], *arguments: str) -> list[str]:
    assert run([*arguments, "--format", "keys"]) == 0
    return capsys.readouterr().out.split()


@pytest.fixture
def pages(tmp_path: Path) -> list[str]:
    """A library of papers about two things."""
    file = tmp_path / "mine.bib"
    entries = [
        ("a", "Dialogue by pomdp", "Ann Lee", 2020),
        ("b", "Lexicons", "Ann Lee", 2021),
        ("c", "A pomdp for dialogue", "Ann Lee", 2022),
        ("d", "Pomdp again", "Bob Ray", 2023),
        *((f"x{n}", f"Parsing number{n}", f"Cy Po{n}", 2024) for n in range(6)),
    ]
    file.write_text(
        "\n".join(
            f"@misc{{{key}, title = {{{title}}}, author = {{{author}}}, year = {year}}}"
            for key, title, author, year in entries
        )
    )
    return ["--library", str(file)]


def test_papers_like_one_the_likest_first(capsys: pytest.CaptureFixture[str], pages: list[str]) -> None:
    keys = dict(zip("abcd", _keys(capsys, pages), strict=True))
    like = listed(capsys, *pages, "list", "--like", keys["a"])
    assert like[0] == keys["c"]
    assert set(like) == {keys["b"], keys["c"], keys["d"]}
    assert set(listed(capsys, *pages, "list", "pomdp", "--like", keys["a"])) == {keys["c"], keys["d"]}
    assert listed(capsys, *pages, "list", "--like", keys["a"], "--sort", "year") == [
        keys["d"], keys["c"], keys["b"],
    ]  # fmt: skip
    assert listed(capsys, *pages, "list", "--like", keys["a"], "--author", "Bob Ray") == [keys["d"]]


def _keys(capsys: pytest.CaptureFixture[str], pages: list[str]) -> list[str]:
    return listed(capsys, *pages, "list", "author:ann OR author:bob", "--sort", "year", "--reverse")


def test_a_key_that_there_is_not_is_said(capsys: pytest.CaptureFixture[str], pages: list[str]) -> None:
    assert run([*pages, "list", "--like", "nobody"]) == 1
    assert "no paper has the key 'nobody'" in capsys.readouterr().err
