"""A library made of what was read before and of what has changed since is the one that reading all gives."""

import os
from collections.abc import Callable, Sequence
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import paperbrowse
from paperbrowse import cache, keeping, opening, readers, readings
from paperbrowse.corrections import set_correction
from paperbrowse.flat import FlatWriter
from paperbrowse.holdings import Holdings
from paperbrowse.identity import identities
from paperbrowse.kept import load
from paperbrowse.keys import ACL_PATTERN, DEFAULT_PATTERN
from paperbrowse.ordering import Order
from paperbrowse.readers.document import Document
from paperbrowse.readings import Readings, made_by
from paperbrowse.refusals import refuse
from paperbrowse.sources import Sources

ABSTRACT = (
    "We show how to parse long sentences of many languages quickly with a small model that was trained on "
    "few trees and compare it with larger ones on nine treebanks"
)
ENTRIES = [
    "@inproceedings{a, title={Parsing Long Sentences Quickly}, author={Lee, Ann and Ray, Bob}, year=2020,"
    " doi={10.1000/1}, booktitle={Proceedings of Parsing}}",
    "@misc{b, title={Parsing long sentences quickly}, author={Lee, Ann and Ray, Bob}, year=2019,"
    " eprint={1901.00001}, archiveprefix={arXiv}}",
    "@article{c, title={Parsing Long Sentences Quickly}, author={Lee, Ann}, doi={10.1000/1}, journal={J}}",
    f"@misc{{d, author={{Lee, Ann}}, year=2020, abstract={{{ABSTRACT}}}}}",
    f"@inproceedings{{e, title={{Trees}}, author={{Lee, Ann}}, year=2020, abstract={{{ABSTRACT}}}}}",
    "@misc{f, title={Parsing something else}, author={Lee, Ann}, year=2020}",
    "@misc{g, title={Parsing another thing}, author={Lee, Zoë}, year=2020}",
    "@misc{h, title={Parsing}, author={李 明}, note={no year}}",
    "@book{i, title={Ünlike}, editor={Ray, Bob}, year=1999, publisher={P}}",
    "@misc{j, nothing",
    "@misc{k, note={neither a title nor an abstract}}",
]
_ticks = count(1)


@pytest.fixture(autouse=True)
def _one_program(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let nobody who works on the program meanwhile make another of it."""
    for module in (readings, keeping):
        monkeypatch.setattr(module, "made_by", lambda: paperbrowse.__version__)


def write(file: Path, entries: Sequence[int]) -> None:
    """Put these of `ENTRIES` into a file, and let it be later than any before."""
    file.write_text("\n".join(ENTRIES[number] for number in entries), "utf-8")
    os.utime(file, (1_700_000_000 + next(_ticks),) * 2)


def made(folder: Path, again: Path, pattern: str = DEFAULT_PATTERN) -> tuple[Readings, Holdings]:
    """The library of the files in `folder`, with what the one kept in `again` remembers."""
    sources = Sources.now([folder], folder.parent / "settings")
    taken = opening.read(sources, pattern, again)
    name, _ = opening.keep_library(again, sources, taken)
    found = load(again, name)
    assert found
    return taken, found


def assert_same(found: Holdings, folder: Path, pattern: str = DEFAULT_PATTERN) -> None:
    """All that is asked of a library is answered as by one whose files are all read now."""
    read = opening.read_library(Sources.now([folder], folder.parent / "settings"), pattern)
    assert [*found.papers] == [*read.papers]
    assert [*found.keys] == [*read.keys]
    assert [*found.pages] == [*read.pages]
    assert sorted(map(str, found.problems)) == sorted(map(str, read.problems))
    assert [*found.authors] == [*read.authors]
    assert dict(found.years) == dict(read.years)
    for row, paper in enumerate(read.papers):
        assert found.row(paper.key) == row
        names = identities(paper)
        assert [*map(found.row_known_as, names)] == [*map(read.row_known_as, names)]
        assert [*found.records(row)] == [*read.records(row)]
    for order in Order:
        for flip in (False, True) if order is not Order.MATCH else ():
            assert [*found.arranged(order, flip=flip)] == [*read.arranged(order, flip=flip)]


files = st.dictionaries(
    st.sampled_from(["1.bib", "2.bib", "sub/3.bib", "4.md"]),
    st.lists(st.integers(0, len(ENTRIES) - 1), max_size=5),
    max_size=4,
)


@settings(deadline=None, max_examples=20)
@given(st.lists(files, min_size=2, max_size=4))
def test_any_change_of_the_files_gives_what_reading_all_of_them_gives(
    stages: list[dict[str, list[int]]],
) -> None:
    with TemporaryDirectory() as name:
        folder = Path(name) / "papers"
        (folder / "sub").mkdir(parents=True)
        before: dict[str, list[int]] = {}
        for stage in stages:
            for gone in before.keys() - stage.keys():
                (folder / gone).unlink()
            changed = [file for file, entries in stage.items() if before.get(file) != entries]
            for file in changed:
                write(folder / file, stage[file])
            taken, found = made(folder, Path(name) / "cache")
            assert sum(bool(file.note) and not file.recalled for file in taken.files) == len(changed)
            assert_same(found, folder)
            before = stage


@pytest.fixture
def folder(tmp_path: Path, seeds: Path) -> Path:
    """Two pages, and four files with what is the same as in others."""
    folder = tmp_path / "papers"
    folder.mkdir()
    for page in sorted(seeds.glob("0*.txt"))[:2]:
        (folder / page.name).write_bytes(page.read_bytes())
    for number, entries in enumerate(([0, 5, 6, 9], [1, 3], [2, 4, 10], [7, 8, 5])):
        write(folder / f"{number}.bib", entries)
    return folder


def test_a_correction_or_a_refused_merge_needs_no_file_again(folder: Path, tmp_path: Path) -> None:
    _, found = made(folder, tmp_path / "cache")
    row = next(row for row in range(len(found.papers)) if len(found.records(row)) > 1)
    set_correction(tmp_path / "settings", found.papers[row], "year", "1991")
    set_correction(tmp_path / "settings", found.papers[0], "doi", "10.1000/new")
    taken, found = made(folder, tmp_path / "cache")
    assert taken.read_now == 0
    assert 1991 in found.years
    assert_same(found, folder)
    assert refuse(tmp_path / "settings", found.records(row))
    before = len(found.papers)
    taken, found = made(folder, tmp_path / "cache")
    assert taken.read_now == 0
    assert len(found.papers) > before
    assert_same(found, folder)


def test_other_keys_need_no_file_again(folder: Path, tmp_path: Path) -> None:
    made(folder, tmp_path / "cache")
    for pattern in (ACL_PATTERN, ACL_PATTERN, DEFAULT_PATTERN):
        taken, found = made(folder, tmp_path / "cache", pattern)
        assert taken.read_now == 0
        assert_same(found, folder, pattern)


def test_a_folder_more_costs_only_its_own_files(folder: Path, tmp_path: Path) -> None:
    made(folder, tmp_path / "cache")
    write(tmp_path / "more.bib", [6])
    sources = Sources.now([folder, tmp_path / "more.bib"], tmp_path / "settings")
    assert opening.read(sources, DEFAULT_PATTERN, tmp_path / "cache").read_now == 1


def _cut(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:-20])


def _flip(file: Path) -> None:
    """Change a byte in such a way that the file's note that it is whole still holds."""
    data = bytearray(file.read_bytes())
    data[len(data) // 3] ^= 1
    note = file.with_name(file.name + "-whole")
    file.write_bytes(data)
    found = file.stat()
    note.write_text(f"{found.st_ino} {found.st_size} {found.st_mtime_ns} {found.st_ctime_ns}")


def _of_another_form(file: Path) -> None:
    with file.open("wb") as stream:
        writer = FlatWriter(stream)
        writer.add_texts("records", [b"{}"])
        writer.close({"papers": 1})


def _of_another_version(file: Path) -> None:
    file.write_bytes(file.read_bytes().replace(b"paperbrowse flat 1", b"paperbrowse flat 0"))


@pytest.mark.parametrize("damage", [_cut, _flip, _of_another_form, _of_another_version, Path.unlink])
def test_what_is_damaged_is_not_remembered(
    damage: Callable[[Path], None], folder: Path, tmp_path: Path
) -> None:
    taken, _ = made(folder, tmp_path / "cache")
    [file] = (tmp_path / "cache").glob("*.library")
    damage(file)
    again, found = made(folder, tmp_path / "cache")
    assert again.read_now == taken.read_now > 4
    assert_same(found, folder)


def test_a_changed_program_remembers_nothing(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    taken, _ = made(folder, tmp_path / "cache")
    monkeypatch.setattr("paperbrowse.__version__", "another")
    assert made(folder, tmp_path / "cache")[0].read_now == taken.read_now > 4


def test_another_version_and_another_module_are_another_program(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "readers").mkdir()
    for name in ("__init__.py", "readers/bibtex.py"):
        (tmp_path / name).write_text("one = 1\n")
    monkeypatch.setattr(paperbrowse, "__file__", str(tmp_path / "__init__.py"))
    seen = [made_by()]
    assert made_by() == seen[0]
    (tmp_path / "readers" / "bibtex.py").write_text("one = 10\n")
    seen.append(made_by())
    monkeypatch.setattr(paperbrowse, "__version__", "another")
    seen.append(made_by())
    assert len(set(seen)) == 3


def test_a_file_that_changes_while_others_are_read_is_kept_as_it_was_read(
    folder: Path, tmp_path: Path
) -> None:
    sources = Sources.now([folder], None)

    def meddle(count: int, _readings: object) -> None:
        if count == 1:
            write(folder / "0.bib", [0, 5])  # was read
            write(folder / "2.bib", [2, 7])  # is read later
            (folder / "3.bib").unlink()

    taken = opening.read(sources, DEFAULT_PATTERN, None, meddle)
    name, _ = opening.keep_library(tmp_path / "cache", sources, taken)
    assert name != sources.name(DEFAULT_PATTERN)
    now = Sources.now([folder], None)
    assert name != now.name(DEFAULT_PATTERN)
    again = opening.read(now, DEFAULT_PATTERN, tmp_path / "cache")
    assert [Path(file.path).name for file in again.files if not file.recalled] == ["0.bib"]


def test_a_file_that_changes_while_it_is_read_is_read_again(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Slow(Document):
        def __init__(self, path: str, raw: bytes) -> None:
            super().__init__(path, raw)
            if path.endswith("1.bib"):
                write(Path(path), [2, 3])

    monkeypatch.setattr(readers, "Document", Slow)
    sources = Sources.now([folder], None)
    taken = opening.read(sources, DEFAULT_PATTERN, None)
    name, _ = opening.keep_library(tmp_path / "cache", sources, taken)
    monkeypatch.setattr(readers, "Document", Document)
    now = Sources.now([folder], None)
    assert name != now.name(DEFAULT_PATTERN)
    again = opening.read(now, DEFAULT_PATTERN, tmp_path / "cache")
    assert [Path(file.path).name for file in again.files if not file.recalled] == ["1.bib"]


def test_a_file_that_no_reader_knows_is_looked_at_once(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "notes.md").write_text("# mine\n")
    made(folder, tmp_path / "cache")
    monkeypatch.setattr(readers, "_load", None)
    taken, _ = made(folder, tmp_path / "cache")
    assert taken.read_now == 0


def test_a_file_that_could_not_be_opened_is_tried_again(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    load_file = readers._load

    def refuse_one(path: str, *, is_named: bool) -> object:
        if path.endswith("0.bib"):
            raise PermissionError(None, "Permission denied")
        return load_file(path, is_named=is_named)

    monkeypatch.setattr(readers, "_load", refuse_one)
    _, found = made(folder, tmp_path / "cache")
    assert f"{folder / '0.bib'}: cannot be read: Permission denied" in map(str, found.problems)
    monkeypatch.setattr(readers, "_load", load_file)
    taken, found = made(folder, tmp_path / "cache")
    assert taken.read_now == 1
    assert_same(found, folder)


def test_a_kept_library_is_named_by_what_was_read(folder: Path, tmp_path: Path) -> None:
    made(folder, tmp_path / "cache")
    name = Sources.now([folder], tmp_path / "settings").name(DEFAULT_PATTERN)
    assert name
    assert cache.is_kept(tmp_path / "cache", name, cache.LIBRARY)
