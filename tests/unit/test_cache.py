"""The cache folder: what its files are called."""

import os
from pathlib import Path

import pytest

import paperbrowse
from paperbrowse.cache import CACHE_DIR_VARIABLE, cache_dir, name_for


def test_a_library_is_known_by_its_files_and_the_program(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, file = tmp_path / "papers", tmp_path / "a.bib"
    folder.mkdir()
    file.write_text("one", "utf-8")
    seen = [name_for([folder, file])]
    assert name_for([folder, file]) == seen[0]

    (folder / "b.bib").write_text("two", "utf-8")
    seen.append(name_for([folder, file]))
    os.utime(folder / "b.bib", ns=(1, 1))
    seen.append(name_for([folder, file]))
    (folder / "b.bib").rename(folder / "c.bib")
    seen.append(name_for([folder, file]))
    file.write_text("three", "utf-8")
    seen.append(name_for([folder, file]))
    seen.append(name_for([file, folder]))
    seen.append(name_for([file, folder], "refused: x"))
    monkeypatch.setattr(paperbrowse, "__version__", "another")
    seen.append(name_for([file, folder], "refused: x"))
    assert len(set(seen)) == len(seen)


def test_a_file_that_is_not_there_is_no_error(tmp_path: Path) -> None:
    assert name_for([tmp_path / "none"]) != name_for([])


def test_the_folder_can_be_chosen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(CACHE_DIR_VARIABLE, str(tmp_path))
    assert cache_dir() == tmp_path
