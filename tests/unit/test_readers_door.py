"""Files and folders in: what is found, what is passed over, and what is said of the rest."""

import tracemalloc
from io import BytesIO
from pathlib import Path
from types import SimpleNamespace
from typing import IO, Any

import pytest

from paperbrowse.model import Reading
from paperbrowse.readers import read_document, read_paths
from paperbrowse.readers.document import Document

PAGE = "CLMay 4, 2023\nOn TimeAda Lang, Ben Moor\nTime is looked at, {} and all."


def write(path: Path, content: str | bytes = PAGE) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def said(reading: Reading) -> list[str]:
    return [str(problem) for problem in reading.problems]


def test_folders_are_read_in_order_without_what_is_hidden_or_foreign(tmp_path: Path) -> None:
    for name in ("b.txt", "a/z.txt", "a/c.txt", ".hidden.txt", ".git/d.txt", "README.md"):
        write(tmp_path / name, "# Words\n" if name.endswith("md") else PAGE)
    write(tmp_path / "figure.png", b"\x89PNG\0\0")
    reading = read_paths([tmp_path])
    assert [paper.source.path for paper in reading.papers] == [
        str(tmp_path / name) for name in ("b.txt", "a/c.txt", "a/z.txt")
    ]
    assert reading.problems == []


def test_the_path_is_shown_as_it_was_given(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path / "pages/one.txt")
    monkeypatch.chdir(tmp_path)
    assert read_paths(["pages"]).papers[0].source.path == "pages/one.txt"
    assert read_paths([Path("pages/one.txt")]).pages[0].path == "pages/one.txt"


def test_a_file_named_twice_is_read_once(tmp_path: Path) -> None:
    page = write(tmp_path / "one.txt")
    (tmp_path / "link.txt").symlink_to(page)
    assert len(read_paths([page, tmp_path, tmp_path / "link.txt"]).papers) == 1


def test_what_cannot_be_read_is_said_and_the_rest_is_read(tmp_path: Path) -> None:
    good = write(tmp_path / "good.txt")
    paths = [
        tmp_path / "missing.txt",
        write(tmp_path / "empty.txt", ""),
        write(tmp_path / "blank.txt", "\n \n"),
        write(tmp_path / "binary.txt", b"\0\1\2CLMay 4, 2023\n"),
        write(tmp_path / "prose.txt", "Dear diary,\n\ntoday nothing happened."),
        good,
    ]
    reading = read_paths(paths)
    assert [paper.title for paper in reading.papers] == ["On Time"]
    missing, empty, blank, binary, prose = said(reading)
    assert missing == f"{paths[0]}: no such file or folder"
    assert empty == f"{paths[1]}: the file is empty"
    assert blank == f"{paths[2]}: the file is empty"
    assert binary == f"{paths[3]}: a binary file, not text"
    assert prose.startswith(f"{paths[4]}:1: in no format that can be read (known: ")
    assert prose.endswith("('Dear diary,')")


def test_in_a_folder_too_a_spoilt_page_is_said(tmp_path: Path) -> None:
    write(tmp_path / "empty.txt", "")
    write(tmp_path / "binary.txt", b"\0\0")
    write(tmp_path / "good.txt")
    reading = read_paths([tmp_path])
    assert len(reading.papers) == 1
    assert said(reading) == [
        f"{tmp_path / 'binary.txt'}: a binary file, not text",
        f"{tmp_path / 'empty.txt'}: the file is empty",
    ]


def test_a_folder_with_nothing_to_read(tmp_path: Path) -> None:
    write(tmp_path / "README.md", "# Words\n")
    assert said(read_paths([tmp_path])) == [f"{tmp_path}: this folder holds no file that can be read"]


def test_an_unreadable_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    good = write(tmp_path / "good.txt")
    locked = write(tmp_path / "locked.txt")
    opened = Path.open

    def refuse(path: Path, mode: str = "r") -> IO[Any]:
        if path == locked:
            raise PermissionError(13, "Permission denied", str(path))
        return opened(path, mode)

    monkeypatch.setattr(Path, "open", refuse)
    for paths in ([locked, good], [tmp_path]):
        reading = read_paths(paths)
        assert len(reading.papers) == 1
        assert said(reading) == [f"{locked}: cannot be read: Permission denied"]


def test_a_device_is_no_file() -> None:
    assert said(read_paths(["/dev/zero"])) == ["/dev/zero: cannot be read: it is a device, not a file"]


def test_bytes_that_are_not_utf8_are_read_as_windows_1252(tmp_path: Path) -> None:
    lines = [*PAGE.split("\n"), "CLMay 5, 2023", "On SpaceÉva Ney", "Space is naïve."]
    page = write(tmp_path / "old.txt", b"\r\n".join(line.encode("cp1252") for line in lines))
    reading = read_paths([page])
    assert [paper.authors for paper in reading.papers] == [("Ada Lang", "Ben Moor"), ("Éva Ney",)]
    assert reading.papers[1].abstract == "Space is naïve."
    assert said(reading) == [f"{page}:5: not UTF-8 from this line on; such lines were read as Windows-1252"]


def test_only_line_ends_end_lines(tmp_path: Path) -> None:
    page = write(tmp_path / "odd.txt", PAGE.format("its past\u2028its\x0bnow\x85its future"))
    [paper] = read_paths([page]).papers
    assert paper.abstract.startswith("Time is looked at, its past its")
    assert paper.abstract.endswith("future and all.")


def test_text_is_cleaned_where_it_enters(tmp_path: Path) -> None:
    page = write(tmp_path / "bad.txt", PAGE.format("\x1b[31mred\x1b[0m \u202etfel").replace("\n", "\r\n"))
    [paper] = read_paths([page]).papers
    assert paper.abstract == "Time is looked at, red tfel and all."


def test_everything_of_several_paths_together(tmp_path: Path) -> None:
    reading = read_paths([write(tmp_path / "one.txt"), write(tmp_path / "two/three.txt").parent])
    assert len(reading.papers) == len(reading.pages) == 2


def test_what_is_too_large_is_refused_unread(tmp_path: Path) -> None:
    large = tmp_path / "large.bib"
    with large.open("wb") as stream:
        stream.write(b"@article{x, title={X}}")
        stream.truncate(600 << 20)
    tracemalloc.start()
    try:
        reading = read_paths([large])
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert [str(problem) for problem in reading.problems] == [
        f"{large}: cannot be read: it is larger than 512 MB; cut it into several files"
    ]
    assert peak < 1 << 20


def test_too_much_on_standard_input_is_no_half_library(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("paperbrowse.readers._LARGEST", 40)
    for text, count in ((b"@article{x, title={X}}", 1), (b"@article{x, title={X}}\n" * 2, 0)):
        monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=BytesIO(text)))
        reading = read_paths(["-"])
        assert len(reading.papers) == count
        assert bool(reading.problems) == (not count)


@pytest.mark.parametrize(
    "text",
    [
        "CLMay 4, 2023\nOn TimeAda Lang\n{}",
        "Ada Lang\n\n2020\n\n{}",
        "@article{{x, title={{T}}, abstract={{{}}}}}",
        "TY  - JOUR\nTI  - T\nAB  - {}\nER  - \n",
    ],
    ids=["scholarfeed", "anthology", "bibtex", "ris"],
)
def test_the_words_of_a_long_line_are_not_kept_one_by_one(text: str) -> None:
    """A string of its own for each word takes sixteen times the line."""
    long = "all and sundry " * 100_000
    document = Document("x", text.format(long).encode())
    read_document(Document("x", text.format("all and sundry").encode()))
    tracemalloc.start()
    try:
        reading = read_document(document)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert len(reading.papers[0].abstract) == len(long) - 1
    assert peak < 8 * len(long)
