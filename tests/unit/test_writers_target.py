"""Where an export goes: what is written, what is refused, and in which words."""

import errno
import os
from pathlib import Path

import pytest

from paperbrowse.model import Paper
from paperbrowse.writers import target
from paperbrowse.writers.target import TargetError, TargetExists, add, obstacle, save

PAPERS = [Paper(key="a", title="A paper", authors=("Ann Lee",)), Paper(key="b", title="Another")]


def test_a_new_file_is_written(tmp_path: Path) -> None:
    save(str(tmp_path / "refs.bib"), "é\n", replace=False)
    assert (tmp_path / "refs.bib").read_bytes() == b"\xc3\xa9\n"


def test_an_existing_file_is_replaced_only_if_that_was_said(tmp_path: Path) -> None:
    path = tmp_path / "refs.bib"
    path.write_text("mine")
    with pytest.raises(TargetExists, match=r"refs\.bib exists$"):
        save(str(path), "new", replace=False)
    assert path.read_text() == "mine"
    save(str(path), "new", replace=True)
    assert path.read_text() == "new"


def test_a_device_is_no_file_to_protect() -> None:
    save("/dev/null", "x", replace=False)


@pytest.mark.parametrize("act", ["save", "add"])
@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("missing/refs.bib", "there is no folder "),
        ("folder", "is a folder; name a file in it"),
        ("new/", "is a folder; name a file in it"),
        ("file/refs.bib", "there is no folder "),
        ("", "the file has no name"),
        ("a\0b", "cannot be written: "),
        ("x" * 300, "cannot be written: File name too long"),
    ],
)
def test_what_cannot_be_a_target_is_told_in_one_line(
    act: str, name: str, words: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "file").write_text("")
    monkeypatch.chdir(tmp_path)

    def write() -> object:
        return save(name, "x", replace=True) if act == "save" else add(name, PAPERS)  # type: ignore[func-returns-value]

    with pytest.raises(TargetError) as error:
        write()
    assert words in str(error.value)
    assert "\n" not in str(error.value)
    assert not isinstance(error.value, TargetExists)


@pytest.mark.parametrize("which", ["file", "folder"])
def test_what_may_not_be_written_is_told(which: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The system is asked by its own call, since the tests may run as one who may write everything."""
    path = tmp_path / "refs.bib"
    if which == "file":
        path.write_text("mine")
    monkeypatch.setattr(os, "access", lambda _path, _mode: False)
    expected = (
        f"{path} is read-only" if which == "file" else f"{tmp_path} is read-only; name a file elsewhere"
    )
    assert obstacle(str(path)) == expected
    with pytest.raises(TargetError, match="read-only"):
        save(str(path), "x", replace=True)
    assert path.exists() == (which == "file")


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EROFS, errno.EACCES])
def test_a_failure_while_writing_is_told_and_spoils_nothing(
    number: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "refs.bib"
    path.write_text("@misc{c, title = {C}}\n")

    def fails(_path: Path, _data: bytes) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(target, "write_whole", fails)
    for act in (lambda: save(str(path), "x", replace=True), lambda: add(str(path), PAPERS)):
        with pytest.raises(TargetError, match=f"cannot be written: {os.strerror(number)}"):
            act()
    assert path.read_text() == "@misc{c, title = {C}}\n"


def test_adding_makes_the_file_and_then_leaves_it_alone(tmp_path: Path) -> None:
    path = tmp_path / "refs.bib"
    assert add(str(path), PAPERS).summary("refs.bib") == "2 added to refs.bib"
    before = path.stat().st_mtime_ns, path.stat().st_ino
    assert add(str(path), PAPERS).summary("refs.bib") == "nothing added to refs.bib, 2 were there"
    assert (path.stat().st_mtime_ns, path.stat().st_ino) == before


def test_adding_to_what_is_no_bib_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("Call ann@example.org")
    with pytest.raises(TargetError, match=r"notes\.txt: this is no \.bib file"):
        add(str(path), PAPERS)
    assert path.read_text() == "Call ann@example.org"
