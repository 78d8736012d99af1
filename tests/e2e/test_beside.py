"""Reading a large library in a process of its own."""

import json
import os
from pathlib import Path

import pytest

from paperbrowse import beside, cache, sources
from paperbrowse.beside import Beside, read_beside
from paperbrowse.kept import load
from paperbrowse.keys import DEFAULT_PATTERN
from paperbrowse.opening import keep_library, open_library
from paperbrowse.readings import Readings
from paperbrowse.sources import Sources


@pytest.fixture
def library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of 30 small .bib files that counts as large."""
    monkeypatch.setattr(sources, "_LARGE", 100)
    folder = tmp_path / "papers"
    folder.mkdir()
    for number in range(30):
        entry = f"@misc{{k{number}, title={{Paper {number} on parsing}}, author={{Lee, Ann}}, year=2020}}\n"
        (folder / f"{number}.bib").write_text(entry)
    return folder


def start(library: Path, tmp_path: Path) -> Beside | None:
    made_of = Sources.now([library], tmp_path / "settings")
    return read_beside(made_of, DEFAULT_PATTERN, tmp_path / "cache")


def show_nothing(_part: object) -> None:
    """Nobody looks."""


def kept(tmp_path: Path) -> set[str]:
    files = [file for file in (tmp_path / "cache").iterdir() if not file.name.startswith(".")]
    return {file.suffix for file in files if not file.name.endswith("-whole")}


def test_it_keeps_the_library_then_the_index_and_says_how_far_it_is(library: Path, tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    process = start(library, tmp_path)
    assert process
    process.wait_for_library(lambda files, papers: told.append((files, papers)), show_nothing)
    assert told
    assert all(files == papers <= 30 for files, papers in told)
    assert cache.LIBRARY in kept(tmp_path)
    process.wait_for_index()
    assert kept(tmp_path) == {cache.LIBRARY, cache.INDEX, ".latest"}
    found = open_library([library], settings_folder=tmp_path / "settings", cache_folder=tmp_path / "cache")
    assert not isinstance(found.papers, tuple)  # it was not read again
    assert len(found.search("paper 7 parsing", limit=1)) == 1
    assert start(library, tmp_path) is None


def test_of_a_kept_library_only_the_index_is_made(library: Path, tmp_path: Path) -> None:
    process = start(library, tmp_path)
    assert process
    process.wait_for_index()
    for file in (tmp_path / "cache").glob(f"*{cache.INDEX}"):
        file.unlink()
    for file in (tmp_path / "cache").glob(f"*{cache.LIBRARY}"):
        os.utime(file, (1, 1))
    again = start(library, tmp_path)
    assert again
    again.wait_for_library(lambda *_: pytest.fail("it was read again"), show_nothing)
    again.wait_for_index()
    assert kept(tmp_path) == {cache.LIBRARY, cache.INDEX, ".latest"}
    assert [file.stat().st_mtime for file in (tmp_path / "cache").glob(f"*{cache.LIBRARY}")] == [1]


def test_two_at_once_keep_one_library(library: Path, tmp_path: Path) -> None:
    processes = [start(library, tmp_path) for _ in range(2)]
    for process in processes:
        assert process
        found = process.wait_for_library(lambda *_: None, show_nothing)
        assert found
        assert [paper.title for paper in found.papers[:2]] == ["Paper 0 on parsing", "Paper 1 on parsing"]
        process.wait_for_index()
    assert kept(tmp_path) == {cache.LIBRARY, cache.INDEX, ".latest"}
    assert len(list((tmp_path / "cache").glob(f"*{cache.LIBRARY}"))) == 1


def test_what_changed_before_it_began_is_read_as_it_is(library: Path, tmp_path: Path) -> None:
    made_of = Sources.now([library], tmp_path / "settings")
    (library / "7.bib").write_text("@misc{k7, title={Another paper}, author={Lee, Ann}, year=2020}\n")
    process = read_beside(made_of, DEFAULT_PATTERN, tmp_path / "cache")
    assert process
    found = process.wait_for_library(lambda *_: None, show_nothing)
    assert found
    assert "Another paper" in [paper.title for paper in found.papers]
    process.wait_for_index()
    assert found.index_shelf
    assert found.index_shelf.load(found.papers)
    assert start(library, tmp_path) is None  # it is kept as what it is now


def test_what_was_ended_early_has_a_beginning_to_show_again(
    library: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for number in range(110):
        entries = (f"@misc{{k{number}, title={{Part {part} of {number}}}}}\n" for part in range(20))
        (library / f"more{number}.bib").write_text("".join(entries))

    def ended(folder: Path, made_of: Sources, readings: Readings, name: str | None = None) -> object:
        if name is None:
            raise KeyboardInterrupt
        return keep_library(folder, made_of, readings, name)

    monkeypatch.setattr(beside, "keep_library", ended)
    monkeypatch.setattr("gc.disable", lambda: None)
    order = json.dumps([[str(library)], str(tmp_path), DEFAULT_PATTERN, str(tmp_path / "cache")])
    for _ in range(2):
        with pytest.raises(KeyboardInterrupt):
            beside.main(order)
        news = [line.split() for line in capsys.readouterr().out.splitlines()]
        [name] = [word[1] for word in news if word[0] == "part"]
        part = load(tmp_path / "cache", name)
        assert part
        assert 2000 <= len(part.papers) < 2030


def test_a_stopped_one_is_waited_for_no_longer(library: Path, tmp_path: Path) -> None:
    process = start(library, tmp_path)
    assert process
    process.stop()
    process.wait_for_library(lambda *_: None, show_nothing)
    process.wait_for_index()


def test_a_cache_that_cannot_be_written_ends_it(library: Path, tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("in the way")
    process = start(library, tmp_path)
    assert process
    process.wait_for_library(lambda *_: None, show_nothing)
    process.wait_for_index()
    found = open_library([library], cache_folder=tmp_path / "cache")
    assert len(found.papers) == 30


def test_what_lies_where_one_stands_is_not_run(
    library: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "json.py").write_text("raise SystemExit('this is not the program')")
    monkeypatch.chdir(tmp_path)
    process = start(library, tmp_path)
    assert process
    process.wait_for_index()
    assert cache.INDEX in kept(tmp_path)


def test_little_is_read_where_one_is(library: Path, seeds: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    for paths in ([library, seeds], [], ["/nowhere/at/all"]):
        assert not Sources.now(paths, None).are_many


def test_standard_input_and_what_is_missing_are_not_read_beside(tmp_path: Path) -> None:
    for source in ("-", tmp_path / "none"):
        made_of = Sources.now([source], tmp_path)
        assert read_beside(made_of, DEFAULT_PATTERN, tmp_path / "cache") is None
