"""What a stranger types, and what is said to it."""

import argparse
import json
import os
import pwd
import shlex
import sys
from collections.abc import Iterator
from importlib import import_module
from io import BytesIO, StringIO, TextIOWrapper
from pathlib import Path
from typing import IO, Any

import pytest

from paperbrowse.cli import run
from paperbrowse.cli.arguments import parser
from paperbrowse.cli.deferred import Command
from paperbrowse.cli.parsing import CommandParser, with_excluding_queries
from paperbrowse.cli.report import problem_lines, short_path
from paperbrowse.corrections import FIELDS
from paperbrowse.model import Problem

PAGE = """CLMay 4, 2023
Answers Without QuestionsAda Lang, Ben Moor
We answer what nobody asked.
CLMay 5, 2023
Questions Without AnswersCleo Tan
We ask what nobody answers.
"""


@pytest.fixture
def library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A page in a folder of its own, and no settings."""
    monkeypatch.setenv("PAPERBROWSE_CONFIG_DIR", str(tmp_path / "config"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    folder = tmp_path / "papers"
    folder.mkdir()
    (folder / "page.txt").write_text(PAGE)
    return folder


def refused(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    """What is said to a command line that is wrong."""
    assert run(arguments) == 2
    out, err = capsys.readouterr()
    assert out == ""
    return err


@pytest.mark.parametrize(
    ("arguments", "usage"),
    [
        (["list", "--nonsense"], "usage: paperbrowse list "),
        (["list", "one", "two"], "usage: paperbrowse list "),
        (["bookmark", "add", "x", "--nonsense"], "usage: paperbrowse bookmark add "),
        (["--nonsense"], "usage: paperbrowse [-h]"),
    ],
)
def test_a_refusal_shows_the_usage_of_that_command(
    capsys: pytest.CaptureFixture[str], arguments: list[str], usage: str
) -> None:
    said = refused(capsys, *arguments)
    assert said.startswith(usage)
    assert "unrecognized arguments: " in said


@pytest.mark.parametrize(
    ("arguments", "meant"),
    [
        (["lst"], "list"),
        (["exprot"], "export"),
        (["bookmark", "ad"], "add"),
        (["list", "--sort", "yer"], "year"),
        (["export", "--format", "bibtx"], "bibtex"),
    ],
)
def test_the_nearest_word_is_suggested(
    capsys: pytest.CaptureFixture[str], arguments: list[str], meant: str
) -> None:
    assert f"there is no {arguments[-1]!r}; did you mean {meant!r}?" in refused(capsys, *arguments)


def test_where_nothing_is_near_all_words_are_told(capsys: pytest.CaptureFixture[str]) -> None:
    said = refused(capsys, "xyzzy")
    assert "there is no 'xyzzy'; choose from list, show, " in said


def test_words_too_many_are_a_query_without_quotes(capsys: pytest.CaptureFixture[str]) -> None:
    assert "unrecognized arguments: two three; a query of several words stands in quotes" in refused(
        capsys, "list", "one", "two", "three"
    )


def test_few_words_are_all_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert "there is no 'tcsh'; choose from bash, zsh, fish" in refused(capsys, "completion", "tcsh")


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--librar", "x"], "--librar; did you mean '--library'?"),
        (["--librar=x", "list"], "--librar=x; did you mean '--library'?"),
        (["list", "--formt", "keys"], "--formt; did you mean '--format'?"),
        (["list", "--library", "x", "--asprinted"], "--asprinted; did you mean '--as-printed'?"),
        (["list", "--xyzzy"], "--xyzzy\n"),
    ],
)
def test_a_misspelt_option_is_named_with_the_nearest(
    capsys: pytest.CaptureFixture[str], arguments: list[str], told: str
) -> None:
    assert f"unrecognized arguments: {told}" in refused(capsys, *arguments)


def test_a_word_behind_an_option_that_there_is_stays_the_wrong_one(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert "there is no 'lst'; did you mean 'list'?" in refused(capsys, "--library", "x", "lst")


@pytest.mark.parametrize("text", ["", "@article{x,\n title = {Never closed\n"])
def test_a_file_of_which_nothing_can_be_read_is_a_failure(
    capsys: pytest.CaptureFixture[str], library: Path, text: str
) -> None:
    file = library / "mine.bib"
    file.write_text(text)
    assert run(["list", "--library", str(file)]) == 1
    out, err = capsys.readouterr()
    assert (out, err.count("\n")) == ("", 1)
    assert str(file) in err


def test_one_long_value_does_not_widen_every_line(capsys: pytest.CaptureFixture[str], library: Path) -> None:
    page = library / "page.txt"
    names = ", ".join(f"Somebody Long{letter}" for letter in "abcdefghijklmnopqrstuvwxyz")
    title = " ".join(["Answers"] * 40)
    page.write_text(f"{PAGE}CLMay 6, 2023\n{title}{names}\nWe answer everything.\n")
    assert run(["list", "--library", str(library)]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 4
    assert sorted(map(len, lines))[-2] < 220
    [long] = [line for line in lines if "Longz" in line]
    assert title in long
    assert names.rpartition(", ")[2] in long
    heading = lines[0]
    short = [line for line in lines if "Without Questions" in line or "Without Answers" in line]
    assert {line.index("CL") for line in short} == {heading.index("CAT")}


@pytest.mark.parametrize("query", ["-author:lang", "-Lang", '-"answers without"'])
def test_a_query_may_begin_with_a_minus(
    capsys: pytest.CaptureFixture[str], library: Path, query: str
) -> None:
    assert run(["list", query, "--format", "keys", "--library", str(library)]) == 0
    assert capsys.readouterr().out == "tan2023questions\n"
    assert run(["export", "--query", query, "--library", str(library)]) == 0
    assert "tan2023questions" in capsys.readouterr().out


def test_options_stay_options() -> None:
    for arguments in (
        ["list", "-h"],
        ["export", "-o", "x"],
        ["export", "-orefs.bib", "--all"],
        ["list", "--", "-author:li"],
        ["show", "-author:li"],
    ):
        assert with_excluding_queries(arguments) == arguments


def test_a_misspelt_key_is_told_the_nearest(capsys: pytest.CaptureFixture[str], library: Path) -> None:
    assert run(["show", "tam2023questions", "--library", str(library)]) == 1
    assert "did you mean 'tan2023questions'?" in capsys.readouterr().err
    assert run(["bookmark", "add", "tan2023questions", "--library", str(library)]) == 0
    assert run(["bookmark", "remove", "tan2023question"]) == 1
    assert "did you mean 'tan2023questions'?" in capsys.readouterr().err
    assert run(["bookmark", "remove", "something-else"]) == 1
    assert "see 'paperbrowse bookmark list'" in capsys.readouterr().err


def test_an_edit_says_what_was_corrected_and_what_is_as_it_was(
    capsys: pytest.CaptureFixture[str], library: Path
) -> None:
    def said(*changes: str) -> str:
        assert run(["edit", "tan2023questions", *changes, "--library", str(library)]) == 0
        return capsys.readouterr().err.removeprefix("paperbrowse: tan2023questions: ")

    assert said("venue=ACL", "pages=1-2") == "venue, pages corrected\n"
    assert said("venue=") == "venue as its source has it again\n"
    assert said("venue=EACL", "pages=") == "venue corrected; pages as its source has it again\n"
    assert said("venue=", "pages=") == "venue, pages as its source has them again\n"


def test_a_note_from_stdin(
    capsys: pytest.CaptureFixture[str], library: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert run(["bookmark", "add", "tan2023questions", "--library", str(library)]) == 0
    monkeypatch.setattr("sys.stdin", StringIO("first line\nsecond line\n"))
    assert run(["bookmark", "note", "tan2023questions", "-"]) == 0
    capsys.readouterr()
    assert run(["bookmark", "list", "--format", "json"]) == 0
    assert '"note": "first line\\nsecond line"' in capsys.readouterr().out


def test_a_query_that_only_narrows_lists_the_newest_first(capsys: pytest.CaptureFixture[str]) -> None:
    def years(*arguments: str) -> list[int]:
        assert run(["list", *arguments, "--format", "jsonl"]) == 0
        return [json.loads(line)["year"] for line in capsys.readouterr().out.splitlines()]

    narrowed = years("year:>=1900")
    assert len(set(narrowed)) > 1
    assert narrowed == sorted(narrowed, reverse=True)
    assert years("year:>=1900", "--reverse") == narrowed[::-1]
    assert sorted(years("year:>=1900", "--sort", "match")) == sorted(narrowed)


def test_bookmarks_that_cannot_be_read_are_no_success(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    (tmp_path / "config" / "bookmarks.toml").mkdir(parents=True)
    assert run(["bookmark", "list", "--format", "jsonl"]) == 1
    told = capsys.readouterr()
    assert told.out == ""
    assert "bookmarks.toml: cannot be read" in told.err


class TestCheck:
    def test_a_file_is_named_once(self, capsys: pytest.CaptureFixture[str], library: Path) -> None:
        page = library / "page.txt"
        page.write_text(f"{PAGE}CLMay 6, 2023\nCLFeb 30, 2023\n")
        assert run(["check", str(library)]) == 1
        report = capsys.readouterr().out.split("0 notes\n")[1]
        half = "half a record: no title below this line"
        assert report == f"\n{page}\n  7: {half}\n  8: no such day in the calendar\n  8: {half}\n"

    def test_notes_that_say_the_same_are_one(self) -> None:
        notes = [Problem("a.txt", line, "no abstract", "Some title", lost=False) for line in range(3, 90, 3)]
        lost = Problem("a.txt", 95, "half a record")
        other = Problem("b.txt", 0, "cannot be read")
        assert list(problem_lines([*notes, lost, other])) == [
            "\na.txt",
            "  95: half a record",
            "  note: no abstract: 29 records, in lines 3, 6, 9 and so on",
            "\nb.txt",
            "  cannot be read",
        ]
        assert list(problem_lines(notes[:1])) == ["\na.txt", "  note: 3: no abstract ('Some title')"]

    def test_what_is_below_the_working_or_the_home_folder_is_named_from_there(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        (tmp_path / "here").mkdir()
        monkeypatch.chdir(tmp_path / "here")
        monkeypatch.setenv("HOME", str(tmp_path))
        assert short_path(str(tmp_path / "here" / "a" / "b.bib")) == f"a{os.sep}b.bib"
        assert short_path(str(tmp_path / "there" / "b.bib")) == f"~/there{os.sep}b.bib"
        assert short_path("/elsewhere/b.bib") == "/elsewhere/b.bib"
        assert short_path("b.bib") == "b.bib"

    def test_what_may_not_be_read_in_a_folder_is_a_problem(
        self, capsys: pytest.CaptureFixture[str], library: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        for name in ("closed.bib", "closed.key"):
            (library / name).write_text("@article{x, title={X}}")
        (library / "gone.ris").symlink_to(library / "nowhere")
        opened = Path.open

        def refuse(path: Path, mode: str) -> IO[Any]:
            if path.stem == "closed":
                raise PermissionError(13, "Permission denied", str(path))
            return opened(path, mode)

        monkeypatch.setattr(Path, "open", refuse)
        assert run(["check", str(library)]) == 1
        report = capsys.readouterr().out
        assert "closed.bib\n  cannot be read: Permission denied\n" in report
        assert "closed.key\n  note: cannot be read: Permission denied\n" in report
        assert "gone.ris\n  a link to nothing\n" in report
        assert "2 papers in 1 file, 2 problems, 1 note" in report


def test_an_interruption_ends_quietly(
    capsys: pytest.CaptureFixture[str], library: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("paperbrowse.cli.session.open_library", interrupted)
    assert run(["list", "--library", str(library)]) == 130
    assert capsys.readouterr() == ("", "")


def printed(monkeypatch: pytest.MonkeyPatch, encoding: str, *arguments: str) -> bytes:
    """What a command prints into a pipe where the locale has that encoding."""
    pipe = BytesIO()
    monkeypatch.setattr(sys, "stdout", TextIOWrapper(pipe, encoding=encoding))
    assert run(arguments) == 0
    return pipe.getvalue()


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "cp1252", "utf-8"])
def test_json_and_citations_are_whole_in_every_locale(
    monkeypatch: pytest.MonkeyPatch, library: Path, encoding: str
) -> None:
    name = "Jürgen Źebra"
    (library / "page.txt").write_text(PAGE.replace("Ada Lang", name))
    read = ("--library", str(library), "--format")
    found = json.loads(printed(monkeypatch, encoding, "list", *read, "json"))
    assert [paper["authors"][0] for paper in found] == [name, "Cleo Tan"]
    key = found[0]["key"]
    assert json.loads(printed(monkeypatch, encoding, "show", key, *read, "json"))["authors"][0] == name
    family = "Źebra".encode()
    assert family in printed(monkeypatch, encoding, "export", key, *read, "csljson")
    assert family in printed(monkeypatch, encoding, "show", key, *read, "biblatex")


def test_a_json_list_is_as_json_writes_it(capsys: pytest.CaptureFixture[str], library: Path) -> None:
    command = ("list", "--format", "json", "--library", str(library))
    assert run(command) == 0
    out = capsys.readouterr().out
    assert out == json.dumps(json.loads(out), ensure_ascii=False, indent=2) + "\n"
    assert run([*command, "--limit", "0"]) == 0
    assert capsys.readouterr().out == "[]\n"


def test_a_closed_stderr_costs_nothing_and_gets_nothing_into_the_data(
    capsys: pytest.CaptureFixture[str], library: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stderr", None)
    assert run(["list", "zzyzx", "--format", "keys", "--library", str(library)]) == 0
    assert capsys.readouterr().out == ""


def test_several_corrections_are_written_together_or_not_at_all(
    capsys: pytest.CaptureFixture[str], library: Path, tmp_path: Path
) -> None:
    command = ("edit", "lang2023answers", "--library", str(library), "venue=ACL")
    assert run([*command, "year=soon"]) == 1
    assert "year: must be a whole number" in capsys.readouterr().err
    assert not (tmp_path / "config" / "corrections.toml").exists()


def test_the_help_of_edit_names_every_field(capsys: pytest.CaptureFixture[str], library: Path) -> None:
    assert run(["edit", "--help"]) == 0
    told = " ".join(capsys.readouterr().out.split())
    assert f"the fields are {', '.join(FIELDS)}" in told
    read = ("--library", str(library))
    changes = ("series=LNCS", "isbn=978-3-16-148410-0", "keywords=word order; parsing")
    assert run(["edit", "lang2023answers", *changes, *read]) == 0
    capsys.readouterr()
    assert run(["show", "lang2023answers", "--format", "json", *read]) == 0
    paper = json.loads(capsys.readouterr().out)
    assert (paper["series"], paper["isbn"]) == ("LNCS", "978-3-16-148410-0")
    assert paper["keywords"] == ["word order", "parsing"]


def test_the_command_that_tells_of_problems_is_that_of_the_same_files(
    capsys: pytest.CaptureFixture[str], library: Path, tmp_path: Path
) -> None:
    (library / "bad.bib").write_text("@article{a, title={Half")
    spaced = tmp_path / "my papers"
    library.rename(spaced)
    assert run(["list", "--library", str(spaced)]) == 0
    said = capsys.readouterr().err
    command = said[said.index("'") + 1 : said.rindex("'")]
    assert command == f"paperbrowse check --library '{spaced}'"
    assert run(shlex.split(command)[1:]) == 1
    assert "bad.bib" in capsys.readouterr().out


def test_what_there_is_one_of_is_counted_as_one(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    one, two = tmp_path / "one.bib", tmp_path / "two.bib"
    entries = [f"@misc{{k{number}, title={{Paper {number}}}, year={{2020}}}}\n" for number in range(2)]
    one.write_text(entries[0])
    two.write_text("".join(entries))
    assert run(["check", str(one), str(two)]) == 0
    told = capsys.readouterr().out
    assert "     1  byline known to be incomplete\n     1  paper without an abstract\n" in told
    assert "     2  bylines known to be incomplete\n     2  papers without an abstract\n" in told


def test_who_names_the_tag_last_is_told_that_it_stands_first(
    capsys: pytest.CaptureFixture[str], library: Path
) -> None:
    read = ("--library", str(library))
    assert run(["bookmark", "add", "lang2023answers", *read]) == 0
    capsys.readouterr()
    said = refused(capsys, "bookmark", "tag", "lang2023answers", "later")
    assert "the tags stand first" in said
    said = refused(capsys, "bookmark", "untag", "lang2023answers", "lang2023answers", "later")
    assert "the tags stand first" in said
    for keys in (["tan2023questions", "later"], ["later", "lang2023answers", "tan2023questions"]):
        assert run(["bookmark", "tag", *keys]) == 1
        said = capsys.readouterr().err
        assert f"no bookmark has the key {keys[-1]!r} (the tags stand first, then the keys)" in said
    assert run(["bookmark", "tag", "later", "lang2023answers"]) == 0


def test_what_cannot_be_written_is_named(
    capsys: pytest.CaptureFixture[str], library: Path, tmp_path: Path
) -> None:
    config = tmp_path / "config"
    for name in ("corrections.toml", "people.toml"):
        (config / name).mkdir(parents=True)
    read = ("--library", str(library))
    for command, name in (
        (["edit", "lang2023answers", "year=2020", *read], "corrections.toml"),
        (["people", "join", "Ada Lang", "Cleo Tan", *read], "people.toml"),
    ):
        assert run(command) == 1
        assert f"{config / name} cannot be" in capsys.readouterr().err


@pytest.fixture
def homeless(monkeypatch: pytest.MonkeyPatch) -> None:
    """A container's user, whom no file of users knows."""

    def nobody(_: object) -> None:
        raise KeyError("uid not found")

    for name in list(os.environ):
        if name == "HOME" or name.startswith(("XDG_", "PAPERBROWSE_")):
            monkeypatch.delenv(name)
    monkeypatch.setattr(pwd, "getpwuid", nobody)


@pytest.mark.usefixtures("library", "homeless")
def test_without_a_home_it_is_said_what_to_set(capsys: pytest.CaptureFixture[str]) -> None:
    for command in (["paths"], ["list"], ["bookmark", "list"], ["config", "path"]):
        assert run(command) == 1
        assert "no home folder is known; set HOME, or PAPERBROWSE_CONFIG_DIR" in capsys.readouterr().err
    assert run(["list", "--config-dir", "~nobody-of-that-name/settings"]) == 1
    assert "that home folder is not known" in capsys.readouterr().err


@pytest.mark.usefixtures("homeless")
def test_without_a_home_a_named_folder_does(
    capsys: pytest.CaptureFixture[str], library: Path, tmp_path: Path
) -> None:
    settings = tmp_path / "settings"
    settings.mkdir()
    (settings / "config.toml").write_text(f'library = ["{library}", "~/papers"]')
    assert run(["list", "--config-dir", str(settings), "--format", "keys"]) == 0
    assert len(capsys.readouterr().out.splitlines()) == 2
    assert run(["check", str(library)]) == 0


def commands(parser: argparse.ArgumentParser) -> Iterator[Command]:
    """What all the commands and actions of a parser run."""
    if isinstance(parser, CommandParser):
        parser.filled()
    if isinstance(run := parser.get_default("run"), Command):
        yield run
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for sub in action.choices.values():
                yield from commands(sub)


def test_every_command_is_there() -> None:
    found = list(commands(parser()))
    assert len(found) > 30
    for command in found:
        module = import_module(f"paperbrowse.cli.{command.module}")
        assert getattr(module, command.function).__module__ == module.__name__
