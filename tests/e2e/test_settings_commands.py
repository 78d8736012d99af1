"""`config` and `library` on the command line."""

import os
import subprocess
import sys
import tomllib
from collections.abc import Sequence
from pathlib import Path

import pytest

PROGRAM = Path(sys.executable).parent / "paperbrowse"


class Script:
    """The program with one settings folder."""

    def __init__(self, config: Path, cwd: Path) -> None:
        self.config, self.cwd = config, cwd
        self.file = config / "config.toml"

    def __call__(self, *arguments: str, code: int = 0, **environment: str) -> str:
        """Run a command, expect an exit code, and return stdout and stderr."""
        done = subprocess.run(
            [str(PROGRAM), *arguments],
            capture_output=True,
            text=True,
            stdin=subprocess.DEVNULL,
            timeout=60,
            cwd=self.cwd,
            env={
                "PATH": os.environ["PATH"],
                "PAPERBROWSE_CONFIG_DIR": str(self.config),
                "LC_ALL": "C.UTF-8",
                **environment,
            },
        )
        assert "Traceback" not in done.stderr, done.stderr
        assert done.returncode == code, done.stdout + done.stderr
        return done.stdout + done.stderr

    def write(self, text: str) -> None:
        """Put `text` in the settings file."""
        self.config.mkdir(exist_ok=True)
        self.file.write_text(text)


@pytest.fixture
def script(tmp_path: Path) -> Script:
    """The program with no settings yet, in a folder of its own."""
    cwd = tmp_path / "elsewhere"
    cwd.mkdir()
    return Script(tmp_path / "config", cwd)


def test_check_finds_nothing_where_nothing_is_set(script: Script) -> None:
    assert "everything as it comes" in script("config", "check")
    script.write('theme = "nord"\n[keys]\npreset = "emacs"\n')
    assert script("config", "check") == f"{script.file}: no complaints\n"


def test_check_tells_every_complaint_with_its_line_and_fails(script: Script) -> None:
    script.write('theme = "paper-drak"\n\nlibary = []\n[keys]\nbokmark = "b"\nsort = "Y"\n')
    lines = script("config", "check", code=1).splitlines()
    assert lines == [
        f"{script.file}:1: theme: 'paper-drak' cannot be used; did you mean 'paper-dark'?",
        f"{script.file}:3: libary: no such setting; did you mean 'library'?",
        f"{script.file}:5: keys.bokmark: no such command; did you mean 'bookmark'?",
        f"{script.file}:6: keys.sort: 'Y' is the key of 'copy-reference' too; give that one another key, "
        "or take it off with copy-reference = []",
    ]


@pytest.mark.parametrize("preset", ["vim", "emacs"])
def test_each_preset_holds_together(script: Script, preset: str) -> None:
    script.write(f'keys.preset = "{preset}"\n')
    assert "no complaints" in script("config", "check")
    assert "[keys]\n" in script("config", "show")


def test_show_is_a_settings_file(script: Script) -> None:
    script.write('sort = "title"\n[keys]\npreset = "emacs"\n')
    shown = tomllib.loads(script("config", "show"))
    assert shown["sort"] == "title"
    assert shown["keys"]["palette"] == ["alt+x"]
    script.write(script("config", "show"))
    assert "no complaints" in script("config", "check")


def test_path_says_where_the_file_is(script: Script) -> None:
    assert script("config", "path") == f"{script.file}\n"


def test_edit_makes_the_file_opens_it_and_checks_it(script: Script) -> None:
    editor = f"{sys.executable} -c \"import sys; open(sys.argv[1], 'a').write('styl = 1\\n')\""
    message = script("config", "edit", code=1, EDITOR=editor)
    assert "export.styl: no such setting; did you mean 'style'?" in message
    assert script.file.read_text().startswith("# Settings of paperbrowse.")
    assert "cannot be started" in script("config", "edit", code=1, EDITOR="/no/such/editor")
    assert "ended with 3" in script("config", "edit", code=1, VISUAL="sh -c 'exit 3'")


def test_the_file_that_edit_makes_says_nothing_but_comments(script: Script) -> None:
    script("config", "edit", EDITOR="true")
    values = tomllib.loads(script.file.read_text())
    assert values == {"keys": {}, "export": {}}
    uncommented = script.file.read_text().replace("\n# ", "\n")
    assert "theme = " in uncommented


def test_add_remove_and_list_keep_what_a_person_wrote(script: Script) -> None:
    script.write('# mine\nlibrary = [ # all\n  "~/papers", # old\n]\ntheme = "nord" # calm\n')
    (script.cwd / "new papers").mkdir()
    script("library", "add", "new papers")
    added = script.cwd / "new papers"
    assert script.file.read_text() == (
        f'# mine\nlibrary = [ # all\n  "~/papers", # old\n  "{added}",\n]\ntheme = "nord" # calm\n'
    )
    assert str(added) in script("library", "list", HOME="/home/x").splitlines()
    script("library", "remove", "~/papers", HOME="/home/x")
    assert script.file.read_text() == f'# mine\nlibrary = [ # all\n  "{added}",\n]\ntheme = "nord" # calm\n'
    script("library", "remove", "new papers")
    assert tomllib.loads(script.file.read_text())["library"] == []


def test_adding_makes_the_file_and_adds_nothing_twice(script: Script, seeds: Path) -> None:
    script("library", "add", str(seeds), f"{seeds}/../{seeds.name}")
    assert tomllib.loads(script.file.read_text())["library"] == [str(seeds)]
    before = script.file.read_text()
    assert "added" not in script("library", "add", str(seeds))
    assert script.file.read_text() == before
    assert len(script("list", "--format", "keys").splitlines()) > 100


def test_removing_says_what_is_no_longer_read(script: Script) -> None:
    script.write('library = ["~/papers", "/elsewhere/a.bib"]\n')
    said = script("library", "remove", "~/papers", "/elsewhere/a.bib", HOME="/home/x")
    assert said.splitlines() == [
        "paperbrowse: removed ~/papers; the files stay where they are",
        "paperbrowse: removed /elsewhere/a.bib; the files stay where they are",
    ]


def test_a_file_from_windows_keeps_its_line_ends(script: Script) -> None:
    script.config.mkdir()
    script.file.write_bytes(b'\xef\xbb\xbftheme = "nord"\r\n')
    script("library", "add", ".")
    assert script.file.read_bytes() == f'theme = "nord"\r\nlibrary = ["{script.cwd}"]\r\n'.encode()


@pytest.mark.parametrize(
    ("text", "arguments", "message"),
    [
        ("", ["add", "not-there"], "not-there is not there"),
        ("", ["remove", "not-there"], "not-there is not in the library"),
        ("library = 5\n", ["add", "."], "config.toml:1: library: must be a list of paths"),
        ("library = [\n", ["add", "."], "config.toml"),
        ("library = [\n", ["list"], "not valid TOML"),
    ],
)
def test_what_cannot_be_done_changes_nothing(
    script: Script, text: str, arguments: Sequence[str], message: str
) -> None:
    script.write(text)
    assert message in script("library", *arguments, code=1)
    assert script.file.read_text() == text


def test_actions_are_needed(script: Script) -> None:
    assert "show, edit, check or path" in script("config", code=2)
    assert "add, remove or list" in script("library", code=2)


def test_export_goes_by_the_settings_and_the_command_line_over_them(script: Script) -> None:
    script.write('[export]\nformat = "text"\nstyle = "ieee"\nkey_pattern = "[authors]-[year]-[word]"\n')
    keys = script("list", "graphix", "--format", "keys").split()
    assert keys[0] == "li-etal-2023-graphix"
    assert script("export", keys[0]).startswith("J. Li")
    assert script("export", keys[0], "--style", "apa").startswith("Li, J.")
    assert script("export", keys[0], "--format", "ris").startswith("TY  - ")
    script.write('theme = "no such"\n[export]\nformat = "text"\n')
    script("export", "--all")
    script.write('[export]\nformat = "txt"\n')
    assert "did you mean 'text'?" in script("export", "--all", code=1)
