"""Completion in the shells that are installed, and the manual page."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from paperbrowse.cli.arguments import parser
from paperbrowse.cli.manual import text
from paperbrowse.cli.tree import tree
from paperbrowse.ui.commands import COMMANDS

PROGRAM = Path(sys.executable).parent / "paperbrowse"

BASH = """
source /dev/stdin <<< "$1"; shift
cd "$1"; shift
COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1))
compopt() { :; }
_paperbrowse
printf '%s\\n' "${COMPREPLY[@]}"
"""
FISH = """
source $argv[1]; cd $argv[2]
complete -C "$argv[3]"
"""
CASES = [
    (["li"], {"list", "library"}),
    (["bookmark", "st"], {"status"}),
    (["bookmark", "list", "--format", "t"], {"table", "tsv"}),
    (["list", "--sort", "v"], {"venue"}),
    (["list", "--as"], {"--as-printed"}),
    (["--library", "list", "show", "--form"], {"--format"}),
    (["bookmark", "--config-dir", "tag", "unt"], {"untag"}),
    (["bookmark", "status", "rea"], {"reading", "read"}),
    (["completion", "z"], {"zsh"}),
    (["--library", "pap"], {"papers of mine", "paper.bib"}),
    (["library", "add", "pap"], {"papers of mine", "paper.bib"}),
    (["list", "--config-dir", "pap"], {"papers of mine"}),
    (["show", "x"], set()),
]
IDS = [" ".join(words) for words, _ in CASES]


def script(shell: str) -> str:
    done = subprocess.run(
        [str(PROGRAM), "completion", shell], capture_output=True, text=True, check=True, timeout=60
    )
    return done.stdout


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A folder with a folder and two files."""
    (tmp_path / "papers of mine").mkdir()
    (tmp_path / "paper.bib").touch()
    (tmp_path / "other").touch()
    return tmp_path


def found_in(output: str) -> set[str]:
    """The words that were offered, without descriptions and the slashes of folders."""
    lines = (line.partition("\t")[0].rstrip("/").replace("\\ ", " ") for line in output.splitlines())
    return {line for line in lines if line}


@pytest.mark.parametrize(("words", "offered"), CASES, ids=IDS)
def test_bash_offers(place: Path, words: list[str], offered: set[str]) -> None:
    if shutil.which("bash") is None:
        pytest.skip("bash is not installed")
    done = subprocess.run(
        ["bash", "-c", BASH, "bash", script("bash"), str(place), "paperbrowse", *words],
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.stderr == ""
    assert found_in(done.stdout) == offered


def test_bash_completes_a_value_behind_an_equals_sign(place: Path) -> None:
    if shutil.which("bash") is None:
        pytest.skip("bash is not installed")
    for words in (["list", "--sort", "=", "ye"], ["list", "--sort", "="]):
        done = subprocess.run(
            ["bash", "-c", BASH, "bash", script("bash"), str(place), "paperbrowse", *words],
            capture_output=True,
            text=True,
            timeout=60,
        )
        assert "year" in found_in(done.stdout)


@pytest.mark.parametrize(("words", "offered"), CASES, ids=IDS)
def test_fish_offers(place: Path, tmp_path: Path, words: list[str], offered: set[str]) -> None:
    if shutil.which("fish") is None:
        pytest.skip("fish is not installed")
    file = tmp_path / ".script.fish"
    file.write_text(script("fish"))
    done = subprocess.run(
        ["fish", "--no-config", "-c", FISH, str(file), str(place), " ".join(["paperbrowse", *words])],
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.stderr == ""
    assert found_in(done.stdout) == offered


def test_zsh_reads_the_script() -> None:
    if shutil.which("zsh") is None:
        pytest.skip("zsh is not installed")
    subprocess.run(["zsh", "-n", "/dev/stdin"], input=script("zsh"), text=True, check=True, timeout=60)


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_every_script_has_every_command_and_option(shell: str) -> None:
    code = script(shell)
    for command in tree(parser()).walk():
        for word in command.words[1:]:
            assert word in code
        for option in command.options:
            for name in option.names:
                assert name.lstrip("-") in code


def manual() -> str:
    return subprocess.run(
        [str(PROGRAM), "man"], capture_output=True, text=True, check=True, timeout=60
    ).stdout


def test_the_manual_page_tells_every_command_option_and_key() -> None:
    page = manual()
    assert page.startswith(".TH PAPERBROWSE 1 ")
    for command in tree(parser()).walk():
        if not command.commands:
            assert ".SS " + " ".join(f"\\fB{text(word)}\\fR" for word in command.words[1:]) in page
        for option in command.options:
            assert all(f"\\fB{text(name)}\\fR" in page for name in option.names)
            assert text(option.help) in page
    for entry in COMMANDS:
        assert text(entry.help) in page
    assert page.isascii()


def test_groff_has_nothing_to_say_about_the_manual_page() -> None:
    if shutil.which("groff") is None:
        pytest.skip("groff is not installed")
    done = subprocess.run(
        ["groff", "-man", "-Tutf8", "-ww"], input=manual(), capture_output=True, text=True, timeout=60
    )
    assert done.stderr == ""
    plain = re.sub(r".\x08|\x1b\[[0-9;]*m", "", done.stdout)
    assert "paperbrowse - browse research papers in the terminal" in plain
    assert "paperbrowse export -o refs.bib" in plain
    assert re.search(r"PAPERBROWSE_CONFIG_DIR\s+the folder of settings", plain)


def test_nothing_in_a_text_is_a_command_to_troff() -> None:
    assert text(".so /etc/passwd") == "\\&.so /etc/passwd"
    assert text("'x' C:\\new -o ~ ^ ` …") == "\\(aqx\\(aq C:\\enew \\-o \\(ti \\(ha \\(ga \\[u2026]"


def test_help_says_what_the_parser_knows() -> None:
    for command in tree(parser()).walk():
        done = subprocess.run(
            [str(PROGRAM), *command.words[1:], "--help"], capture_output=True, text=True, timeout=60
        )
        assert done.returncode == 0
        assert all(option.help for option in command.options), command.words
        assert command.words == ("paperbrowse",) or command.help in " ".join(done.stdout.split())
