"""The cache folder: what its files are called."""

import os
from pathlib import Path

import pytest

import paperbrowse
from paperbrowse.cache import CACHE_DIR_VARIABLE, cache_dir, latest, name_for, noted


def name_of(*paths: Path, more: str = "") -> str:
    return name_for(noted(paths), more)


def test_what_is_made_of_files_is_known_by_them_and_the_program(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, file = tmp_path / "papers", tmp_path / "a.bib"
    folder.mkdir()
    file.write_text("one", "utf-8")
    seen = [name_of(folder, file)]
    assert name_of(folder, file) == seen[0]

    (folder / "b.bib").write_text("two", "utf-8")
    seen.append(name_of(folder, file))
    os.utime(folder / "b.bib", ns=(1, 1))
    seen.append(name_of(folder, file))
    (folder / "b.bib").rename(folder / "c.bib")
    seen.append(name_of(folder, file))
    file.write_text("three", "utf-8")
    seen.append(name_of(folder, file))
    seen.append(name_of(folder, file, more="refused: x"))
    monkeypatch.setattr(paperbrowse, "__version__", "another")
    seen.append(name_of(folder, file, more="refused: x"))
    assert len(set(seen)) == len(seen)


def test_a_file_that_is_not_there_is_no_error(tmp_path: Path) -> None:
    assert noted([tmp_path / "none"]) == {}


def test_hidden_files_are_not_looked_at(tmp_path: Path) -> None:
    for name in (".git/config", ".hidden", "b/c.bib"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("four", "utf-8")
    [(file, (size, _))] = noted([tmp_path]).items()
    assert (Path(file), size) == (tmp_path / "b/c.bib", 4)


def test_the_latest_of_a_kind_is_known(tmp_path: Path) -> None:
    assert latest(tmp_path, ".library") is None
    for number, name in enumerate(("b", "c", "a")):
        (tmp_path / f"{name}.library").touch()
        os.utime(tmp_path / f"{name}.library", ns=(number, number))
    (tmp_path / "d.index").touch()
    assert latest(tmp_path, ".library") == "a"


def test_the_folder_can_be_chosen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(CACHE_DIR_VARIABLE, str(tmp_path))
    assert cache_dir() == tmp_path
