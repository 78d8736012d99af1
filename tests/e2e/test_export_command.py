"""The export command's targets and refusals, as a script meets them."""

import subprocess
from pathlib import Path

import pytest

from tests.e2e.test_commands import PROGRAM, Script, keys_in

KEY = "li2023graphixt5"


@pytest.fixture
def script(tmp_path: Path) -> Script:
    """The program, with settings in a folder of the test's own and another to stand in."""
    (tmp_path / "elsewhere").mkdir()
    return Script(tmp_path / "config", tmp_path / "elsewhere")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--force"], "--force needs a file to replace: -o FILE"),
        (["--force", "-o", "-"], "--force needs a file to replace: -o FILE"),
        (["--append"], "--append needs a file to add to: -o FILE"),
        (["--append", "-o", "x.ris", "--format", "ris"], "--append is for bibtex and biblatex"),
        (["--fields", "titel", "--format", "csv"], "--fields: titel: no such field; did you mean 'title'?"),
        (["--fields", "title", "--format", "text"], "--fields: fields cannot be chosen in text"),
    ],
)
def test_wrong_usage_is_refused_before_anything_is_done(
    arguments: list[str], words: str, script: Script
) -> None:
    assert words in script("export", KEY, *arguments, code=2)
    assert list(script.cwd.iterdir()) == []


@pytest.mark.parametrize("how", [[], ["--force"], ["--append"]])
@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("missing/refs.bib", "there is no folder missing; make it, or name a file elsewhere"),
        ("folder", "folder is a folder; name a file in it"),
        ("/proc/refs.bib", "/proc"),
    ],
)
def test_a_target_that_cannot_be_is_told_in_one_line(
    name: str, words: str, how: list[str], script: Script
) -> None:
    (script.cwd / "folder").mkdir()
    said = script("export", KEY, "-o", name, *how, code=1)
    assert words in said
    assert said.count("\n") == 1


def test_what_is_no_bib_file_is_not_added_to(script: Script) -> None:
    page = script.cwd / "page.md"
    page.write_text("Write to ann@example.org.\n")
    assert "page.md: this is no .bib file" in script("export", KEY, "-o", "page.md", "--append", code=1)
    assert page.read_text() == "Write to ann@example.org.\n"


def test_what_was_done_is_said(script: Script) -> None:
    def said(*arguments: str) -> str:
        done = subprocess.run(
            [str(PROGRAM), "export", *arguments],
            capture_output=True,
            text=True,
            cwd=script.cwd,
            env=script.environment,
            timeout=60,
            check=True,
        )
        return done.stderr.removeprefix("paperbrowse: ").rstrip("\n")

    assert said(KEY) == said(KEY, "-o", "-") == "1 entry"
    assert said(KEY, "-o", "refs.bib") == "1 entry → refs.bib"
    assert said(KEY, "wen2023fdivergence", "-o", "refs.bib", "--append") == "1 added to refs.bib, 1 was there"
    assert said(KEY, "-o", "refs.bib", "--append") == "nothing added to refs.bib, 1 was there"
    assert keys_in((script.cwd / "refs.bib").read_text()) == [KEY, "wen2023fdivergence"]
