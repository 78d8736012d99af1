"""The plain commands, run as a script runs them."""

import json
import os
import re
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from paperbrowse.model import Paper

PROGRAM = Path(sys.executable).parent / "paperbrowse"
KEYS = [
    *("key", "title", "title_from", "authors", "authors_complete", "year", "month", "day", "year_from"),
    *("category", "venue", "abstract", "urls", "doi", "arxiv", "has_code", "score", "affiliations"),
    *("pages_of", "source", "bookmarked", "tags", "note"),
]


class Script:
    """A shell's view of the program."""

    def __init__(self, config: Path, cwd: Path) -> None:
        self.config, self.cwd = config, cwd
        self.environment = {
            "PATH": os.environ["PATH"],
            "PAPERBROWSE_CONFIG_DIR": str(config),
            "LC_ALL": "C.UTF-8",
        }

    def __call__(self, *arguments: str, stdin: str = "", code: int = 0) -> str:
        """Run a command, expect its exit code, and return stdout, or stderr where it fails."""
        done = subprocess.run(
            [str(PROGRAM), *arguments],
            input=stdin,
            capture_output=True,
            text=True,
            timeout=60,
            cwd=self.cwd,
            env=self.environment,
        )
        assert done.returncode == code, done.stdout + done.stderr
        assert "Traceback" not in done.stderr
        assert "\x1b" not in done.stdout + done.stderr
        return done.stderr if code else done.stdout

    def json(self, *arguments: str) -> Any:
        """What a command prints as JSON."""
        return json.loads(self(*arguments, "--format", "json"))


@pytest.fixture
def script(tmp_path: Path) -> Script:
    """The program, with settings in a folder of the test's own and another to stand in."""
    (tmp_path / "elsewhere").mkdir()
    return Script(tmp_path / "config", tmp_path / "elsewhere")


def keys_in(bibtex: str) -> list[str]:
    """The citation keys of a .bib file, in order."""
    return re.findall(r"(?m)^@[a-z]+\{([^,]+),$", bibtex)


def test_list_gives_the_documented_fields_of_the_bundled_papers(script: Script) -> None:
    papers = script.json("list")
    assert len(papers) >= 107
    assert all(list(paper)[: len(KEYS)] == KEYS for paper in papers)
    assert len({paper["key"].lower() for paper in papers}) == len(papers)
    [graphix] = [paper for paper in papers if paper["key"] == "li2023graphixt5"]
    assert graphix["authors"] == ["Jinyang Li", "Binyuan Hui", "Reynold Cheng"]
    assert graphix["authors_complete"] is False
    assert (graphix["year"], graphix["month"], graphix["day"], graphix["year_from"]) == (
        2023,
        1,
        18,
        "stated",
    )
    assert graphix["pages_of"] == ["Wenyu Du"]
    assert set(graphix["source"]) == {"path", "line", "format"}


def test_list_formats_agree(script: Script) -> None:
    keys = script("list", "distil", "--format", "keys").split()
    assert [paper["key"] for paper in script.json("list", "distil")] == keys
    lines = script("list", "distil", "--format", "jsonl").splitlines()
    assert [json.loads(line)["key"] for line in lines] == keys
    rows = script("list", "distil", "--format", "tsv").splitlines()
    assert [row.split("\t")[0] for row in rows] == ["key", *keys]
    table = script("list", "distil").splitlines()
    assert [row.split()[0] for row in table] == ["KEY", *keys]


def test_list_narrows_sorts_and_limits(script: Script) -> None:
    theirs = script.json("list", "--author", "Yongyu Mu", "--sort", "year")
    assert len(theirs) == 21
    dates = [(paper["year"], paper["month"] or 0, paper["day"] or 0) for paper in theirs]
    assert dates == sorted(dates, reverse=True)
    assert script.json("list", "--author", "Yongyu Mu", "--sort", "year", "--reverse") == theirs[::-1]
    assert len(script.json("list", "--limit", "3")) == 3
    assert script.json("list", "grafix t5")[0]["key"] == "li2023graphixt5"


def test_a_query_that_cannot_be_read_is_wrong_usage(script: Script) -> None:
    assert "colour" in script("list", "colour:red", code=2)


def test_an_unknown_author_or_key_is_said(script: Script) -> None:
    assert "Yongyu Muu" in script("list", "--author", "Yongyu Muu", code=1)
    assert "li2023graphixt5" in script("show", "li2023grafixt5", code=1)


def test_show_tells_how_each_field_is_known(script: Script) -> None:
    [key] = script("list", "cut your losses", "--limit", "1", "--format", "keys").split()
    text = script("show", key)
    assert "17 Apr 2026" in text
    assert "year: inferred" in text
    assert "54.1" in text
    assert script.json("show", key)["year_from"] == "inferred"
    assert script("show", "li2023graphixt5", "--format", "bibtex").startswith("@misc{li2023graphixt5,")


def test_authors_by_name_parts(script: Script) -> None:
    authors = script.json("authors")
    assert [author["name"] for author in authors if author["page_owner"]] == [
        author["name"] for author in authors[:5]
    ]
    chi = authors[0]
    assert (chi["name"], chi["papers"], chi["page_owner"]) == ("Zewen Chi", 36, "stated")
    assert chi["metrics"]["h_index"] == 41
    owners = {author["name"]: author["page_owner"] for author in authors[:5]}
    assert owners["Wenyu Du"] == owners["Yongyu Mu"] == owners["Shuqi Liu"] == "inferred"
    assert [author["name"] for author in script.json("authors", "mu yon")] == ["Yongyu Mu"]


def test_bookmarks_by_command(script: Script) -> None:
    script("bookmark", "add", "li2023graphixt5")
    script("bookmark", "add", "-", stdin="wen2023fdivergence\n")
    assert script("bookmark", "list", "--format", "keys").split() == ["li2023graphixt5", "wen2023fdivergence"]
    script("bookmark", "tag", "thesis,to-read", "li2023graphixt5")
    script("bookmark", "note", "li2023graphixt5", "see page 3")
    script("bookmark", "status", "reading", "li2023graphixt5")
    [graphix, _] = script.json("bookmark", "list")
    assert graphix["bookmarked"] is True
    assert (graphix["tags"], graphix["note"]) == (["thesis", "to-read"], "see page 3")
    assert script("list", "tag:thesis", "--format", "keys").split() == ["li2023graphixt5"]
    assert len(script.json("list", "--bookmarked")) == 2
    script("bookmark", "remove", "wen2023fdivergence")
    assert script("bookmark", "list", "--format", "keys").split() == ["li2023graphixt5"]
    script("bookmark", "undo")
    assert len(script("bookmark", "list", "--format", "keys").split()) == 2
    assert "nosuch" in script("bookmark", "remove", "nosuch", code=1)


def test_export_of_bookmarks_keys_queries_and_all(script: Script) -> None:
    assert "nothing to export" in script("export", code=1)
    script("bookmark", "add", "li2023graphixt5")
    assert keys_in(script("export")) == ["li2023graphixt5"]
    both = ["wen2023fdivergence", "li2023graphixt5"]
    assert keys_in(script("export", *both)) == both
    assert len(keys_in(script("export", "--query", "distillation"))) >= 3
    everything = script("export", "--all")
    assert sorted(keys_in(everything)) == sorted(paper["key"] for paper in script.json("list"))
    assert everything == script("export", "--all")


def test_export_to_a_file_never_replaces_it_unasked(script: Script) -> None:
    target = script.cwd / "refs.bib"
    script("export", "li2023graphixt5", "-o", "refs.bib")
    before = target.read_bytes()
    assert "exists" in script("export", "wen2023fdivergence", "-o", "refs.bib", code=1)
    assert target.read_bytes() == before
    script("export", "wen2023fdivergence", "li2023graphixt5", "-o", "refs.bib", "--append")
    assert target.read_bytes().startswith(before)
    assert keys_in(target.read_text()) == ["li2023graphixt5", "wen2023fdivergence"]
    script("export", "wen2023fdivergence", "-o", "refs.bib", "--force")
    assert keys_in(target.read_text()) == ["wen2023fdivergence"]


def test_check_names_file_and_line(tmp_path: Path) -> None:
    page = tmp_path / "half.txt"
    page.write_text(
        "CLJan 18, 2023\nParsing the WorldAnn Lee, Bob Ray, Cy Fox et al.\n"
        "We parse the world.\nCLMay 2, 2024\n"
    )
    done = subprocess.run(
        [str(PROGRAM), "check", str(page), str(tmp_path / "missing")],
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode == 1
    assert f"\n{page}\n  4: half a record" in done.stdout
    assert "missing" in done.stdout
    assert "papers     1" in done.stdout


def test_options_before_and_after_the_command(script: Script, seeds: Path) -> None:
    page = str(seeds / "001_1e15edc5c0b8441e.txt")
    assert len(script.json("--library", page, "list")) == len(script.json("list", "--library", page)) == 17


def test_the_configured_library_is_the_default(script: Script, seeds: Path) -> None:
    script.config.mkdir()
    (script.config / "config.toml").write_text(f'library = ["{seeds / "004_c2bdfaeb05a1cb95.txt"}"]\n')
    assert len(script.json("list")) == 20
    (script.config / "config.toml").write_text('libary = ["x"]\n')
    message = script("list", code=1)
    assert "config.toml:1: libary" in message
    assert "'library'" in message


def test_wrong_usage_is_exit_code_2(script: Script) -> None:
    script("list", "--sort", "colour", code=2)
    script("nonsense", code=2)
    script("bookmark", code=2)
    script("list", "--limit", "many", code=2)


def test_an_interruption_says_nothing(script: Script) -> None:
    waiting = subprocess.Popen(
        [str(PROGRAM), "list", "--library", "-"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=script.environment,
        # Tests that run in the background of a shell ignore it, and so would the program.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )
    # Standard input stays open, so that the program waits for it; only then may it be interrupted.
    assert waiting.stdin is not None
    waiting.stdin.write("@article{x, title={X}}\n" * 4000)
    waiting.stdin.flush()
    waiting.send_signal(signal.SIGINT)
    out, err = waiting.communicate(timeout=60)
    assert (waiting.returncode, out, err) == (130, "", "")


@pytest.mark.parametrize("arguments", [["--help"], ["list", "--help"], ["list", "--format", "json"], ["man"]])
def test_a_reader_that_goes_away_is_no_error(script: Script, arguments: list[str]) -> None:
    read, written = os.pipe()
    os.close(read)
    with os.fdopen(written, "wb") as closed:
        done = subprocess.run(
            [str(PROGRAM), *arguments], stdout=closed, stderr=subprocess.PIPE, env=script.environment
        )
    assert (done.returncode, done.stderr) == (0, b"")


def test_a_library_that_is_not_there_fails(script: Script) -> None:
    assert "not-there" in script("list", "--library", "not-there", code=1)


def test_paths_says_where_everything_is(script: Script) -> None:
    out = script("paths")
    assert str(script.config / "bookmarks.toml") in out
    assert "seeds" in out


def test_as_printed_is_what_the_page_says(script: Script) -> None:
    papers = {
        (Path(p["source"]["path"]).name, p["source"]["line"]): p for p in script.json("list", "--as-printed")
    }
    facts = json.loads((Path(__file__).parent.parent / "facts" / "seed-records.json").read_text())
    compared = 0
    for name, page in facts.items():
        for record in page["papers"]:
            paper = papers.get((name, record["line"]))
            if paper is None:
                assert record["title"] is None
                continue
            compared += 1
            assert paper["authors"] == record["authors"]
            assert paper["year"] == record["year"]
            assert (paper["year_from"] == "stated") is record["year_stated"]
            if record["title"] is not None:
                assert paper["title"] == record["title"]
            else:
                assert paper["title_from"] == "derived"
    assert compared >= 107


def test_the_paper_class_and_the_json_fields_agree() -> None:
    fields = set(Paper.__dataclass_fields__)
    assert {"title", "authors", "category", "venue", "abstract", "urls", "pages_of"} <= fields & set(KEYS)


def test_hostile_names_and_arguments_are_shown_clean(script: Script, tmp_path: Path) -> None:
    evil = "a\x1b]0;PWNED\x07b‮.txt"
    (tmp_path / evil).write_text("nothing that a reader knows\n")
    for arguments in (
        ("check", str(tmp_path / evil)),
        ("list", "--library", str(tmp_path / "missing" / evil)),
        ("show", evil),
        ("list", "--author", evil),
        ("list", f"--{evil}"),
        (evil,),
    ):
        done = subprocess.run(
            [str(PROGRAM), *arguments], capture_output=True, text=True, timeout=60, env=script.environment
        )
        assert done.returncode in (1, 2)
        assert not {"\x1b", "\x07", "‮"} & set(done.stdout + done.stderr)


def test_standard_input_and_patterns_are_read(script: Script, seeds: Path) -> None:
    page = (seeds / "001_1e15edc5c0b8441e.txt").read_text()
    assert len(script("list", "--library", "-", "--format", "keys", stdin=page).split()) == 17
    pattern = str(seeds / "00[14]*.txt")
    assert len(script.json("list", "--library", pattern)) == 37


def test_corrections_by_command_are_kept_and_taken_back(script: Script) -> None:
    script("edit", "li2023graphixt5", "venue=AAAI", "authors=Jinyang Li; Binyuan Hui; and others")
    paper = script.json("show", "li2023graphixt5")
    assert (paper["venue"], paper["authors_complete"]) == ("AAAI", False)
    assert "venue: AAAI\n    corrected by hand; no source gives it\n" in script(
        "show", "li2023graphixt5", "--sources"
    )
    printed = {paper["title"]: paper for paper in script.json("list", "--as-printed")}
    assert printed[paper["title"]]["venue"] is None
    script("edit", "li2023graphixt5", "venue=")
    assert script.json("show", "li2023graphixt5")["venue"] is None
    assert "yeer" in script("edit", "li2023graphixt5", "yeer=2024", code=1)
    assert "field=value" in script("edit", "li2023graphixt5", "2024", code=2)


def test_a_correction_is_told_with_what_the_source_says(script: Script) -> None:
    (script.cwd / "a.bib").write_text(
        "@article{a, title={On Words}, author={Lee, Ann}, year={2023}, journal={Words}}\n"
    )
    library = ("--library", "a.bib")
    [before] = script.json("list", *library)
    script("edit", before["key"], "venue=Meanings", "year=2024", *library)
    [paper] = script.json("list", *library)
    told = script("show", paper["key"], "--sources", *library)
    assert "venue: Meanings\n    corrected by hand\n    instead of: Words (a.bib:1)\n" in told
    assert "date: 2024\n    corrected by hand\n    instead of: 2023 (a.bib:1)\n" in told
    assert "title: On Words\n    stated, a.bib:1\n" in told
    script("edit", paper["key"], "venue=", *library)
    told = script("show", paper["key"], "--sources", *library)
    assert "venue: Words\n    stated, a.bib:1\n" in told


def test_merged_records_can_be_split_for_good(script: Script) -> None:
    (script.cwd / "one.bib").write_text(
        "@misc{a, title={Parsing the World}, author={Lee, Ann and Ray, Bob}, year={2024}}\n"
    )
    (script.cwd / "two.bib").write_text(
        "@inproceedings{b, title={Parsing the World}, author={Lee, Ann and Ray, Bob}, year={2024}, "
        "booktitle={Proceedings of Parsing}}\n"
    )
    library = ["--library", "one.bib", "--library", "two.bib"]
    [paper] = script.json("list", *library)
    assert paper["venue"] == "Proceedings of Parsing"
    assert "two.bib" in script("show", paper["key"], "--sources", *library)
    script("split", paper["key"], *library)
    assert len(script.json("list", *library)) == 2
    assert "nothing to split" in script("split", "li2023graphixt5", code=1)


def test_what_cannot_be_exported_is_said(script: Script) -> None:
    script("bookmark", "add", "li2023graphixt5")
    assert "author:" in script("export", "--query", "author:", code=2)
    assert "finds no paper" in script("export", "--query", "zzzqqq", code=1)
    assert "standard input" in script("export", "-", code=1)
    assert "only one of them" in script("export", "li2023graphixt5", "--all", code=2)
    assert "'title'" in script("export", "--fields", "titel", code=2)
    (script.cwd / "page.bib").write_text("<html><body>Not found</body></html>")
    assert "no .bib file" in script("export", "-o", "page.bib", "--append", code=1)


def test_a_full_or_closed_standard_output_is_said(script: Script) -> None:
    for redirect in (">/dev/full", ">&-"):
        done = subprocess.run(
            f"'{PROGRAM}' list {redirect}",
            shell=True,
            stderr=subprocess.PIPE,
            text=True,
            env=script.environment,
        )
        assert done.returncode == 1
        assert "standard output" in done.stderr
        assert "Traceback" not in done.stderr


def test_a_pipe_named_as_a_library_does_not_hang(script: Script) -> None:
    os.mkfifo(script.cwd / "pipe")
    assert "pipe" in script("list", "--library", "pipe", code=1)


def test_redo_by_command(script: Script) -> None:
    script("bookmark", "add", "li2023graphixt5")
    script("bookmark", "undo")
    assert script("bookmark", "list", "--format", "keys") == ""
    script("bookmark", "redo")
    assert script("bookmark", "list", "--format", "keys").split() == ["li2023graphixt5"]


def test_a_corrected_bookmark_keeps_its_key_and_exports_what_was_corrected(script: Script) -> None:
    script("bookmark", "add", "li2023graphixt5")
    script("edit", "li2023graphixt5", "year=2024")
    paper = script.json("show", "li2023graphixt5")
    assert (paper["year"], paper["bookmarked"]) == (2024, True)
    assert "year = {2024}" in script("export")


def test_a_paper_is_found_by_the_key_of_its_source(script: Script, tmp_path: Path) -> None:
    bib = tmp_path / "thesis.bib"
    bib.write_text("@misc{Lee:own_key, title={Parsing}, author={Lee, Ann}, year=2020}", "utf-8")
    assert "Parsing" in script("show", "Lee:own_key", "--library", str(bib))
    assert script("list", "--format", "keys", "--library", str(bib)) == "lee2020parsing\n"
    script.config.mkdir(exist_ok=True)
    (script.config / "config.toml").write_text('[export]\nkey_pattern = "[source]"\n')
    assert script("list", "--format", "keys", "--library", str(bib)) == "Lee:own_key\n"
    assert script("export", "Lee:own_key", "--library", str(bib)).startswith("@misc{Lee:own_key,")
