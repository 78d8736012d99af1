"""Flat files: what comes back, and that a bad one is never believed."""

import os
from array import array
from pathlib import Path

import pytest

from paperbrowse.flat import FlatWriter, Ordered, open_flat

TEXTS = ["", "one", "zwei ü", "\u2028", "\ud800"]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A file with a section of each kind."""
    path = tmp_path / "file"
    with path.open("wb") as stream:
        writer = FlatWriter(stream)
        writer.add("bytes", [b"ab", b"", b"c"])
        writer.add_numbers("numbers", array("I", [1, 2**32 - 1]))
        writer.add_numbers("long", array("Q", [2**64 - 1]))
        writer.add_texts("texts", (text.encode("utf-8", "surrogatepass") for text in TEXTS))
        writer.add("nothing", [])
        writer.close({"said": [1, None, "ü"]})
    return path


def test_any_number_of_texts_of_any_length_comes_back(tmp_path: Path) -> None:
    texts = ["a" * (1 << 20), "", *map(str, range(1000)), "b" * (3 << 20), "c"]
    with (tmp_path / "file").open("wb") as stream:
        writer = FlatWriter(stream)
        writer.add_texts("texts", map(str.encode, texts))
        writer.close()
    flat = open_flat(tmp_path / "file")
    assert flat
    found = flat.texts("texts")
    assert [*found] == texts
    assert bytes(found.packed(2)) == b"0"


def test_what_is_written_comes_back(file: Path) -> None:
    flat = open_flat(file)
    assert flat
    file.unlink()  # what is open stays
    assert bytes(flat.bytes("bytes")) == b"abc"
    assert [*flat.numbers("numbers")] == [1, 2**32 - 1]
    assert [*flat.numbers("long", "Q")] == [2**64 - 1]
    assert [*flat.texts("texts")] == TEXTS
    assert (flat.texts("texts")[-1], flat.texts("texts")[1:3]) == (TEXTS[-1], TEXTS[1:3])
    assert not flat.bytes("nothing")
    assert flat.extra == {"said": [1, None, "ü"]}
    with pytest.raises(IndexError):
        flat.texts("texts")[5]


def test_cut_short_anywhere_it_is_not_opened(file: Path) -> None:
    whole = file.read_bytes()
    for cut in range(len(whole)):
        file.write_bytes(whole[:cut])
        assert open_flat(file) is None
    file.write_bytes(whole + b" ")
    assert open_flat(file) is None
    file.write_bytes(whole)
    assert open_flat(file)


def test_no_damaged_byte_is_believed(file: Path) -> None:
    whole = file.read_bytes()
    sections = open_flat(file)
    assert sections
    padding = 0
    for place in range(len(whole)):
        file.write_bytes(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])
        padding += open_flat(file) is not None
    # Between the sections stand up to seven bytes that nobody reads.
    assert padding < 7 * 7


@pytest.mark.parametrize("size", [0, 1, 30_000])
def test_bytes_of_anything_else_are_not_opened(tmp_path: Path, size: int) -> None:
    (tmp_path / "file").write_bytes(os.urandom(size))
    assert open_flat(tmp_path / "file") is None
    assert open_flat(tmp_path / "none") is None
    assert open_flat(tmp_path) is None


def test_values_are_found_where_they_stand() -> None:
    values = ["b", "a", "b", "c"]
    ordered = Ordered(values, [1, 0, 2, 3])
    assert [*ordered.all("b")] == [0, 2]
    assert [ordered.first(value) for value in ("a", "b", "c", "", "bb", "d")] == [1, 0, 3, None, None, None]
