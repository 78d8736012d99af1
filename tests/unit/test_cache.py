"""The cache of a library: what comes back, and that a bad one is never believed."""

import os
from contextlib import suppress
from dataclasses import fields, replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import paperbrowse
from paperbrowse.cache import CACHE_DIR_VARIABLE, CacheDamaged, cache_dir, load, name_for, write
from paperbrowse.model import Paper, PartialDate, Source

FULL = Paper(
    key="k",
    title="A Title",
    title_from="corrected",
    authors=("Ann Other", "王 小明"),
    authors_complete=False,
    date=PartialDate(2023, 5, 17),
    year_from="inferred",
    category="CL",
    venue="V",
    venue_names=("v", "ws"),
    entry_type="article",
    pages="1-2",
    volume="3",
    number="4",
    publisher="P",
    address="A",
    abstract="Text with $x^2$ and \u2028.",
    urls=("https://example.org/",),
    doi="10.1000/x",
    arxiv="2301.00001",
    anthology="2023.a-main.1",
    has_code=True,
    score=54.1,
    affiliations=("here",),
    pages_of=("Ann Other",),
    source=Source("a.txt", 3, "Scholar Feed"),
    cited_as="other2023",
    corrected=("title",),
    correction="by hand",
    known_as=("title:another:annlee:2020",),
)
PAPERS = [FULL, Paper(title="Second"), replace(FULL, title="Third", score=None)]


def test_the_example_fills_every_field() -> None:
    empty = Paper(title="")
    assert not [
        field.name for field in fields(Paper) if getattr(FULL, field.name) == getattr(empty, field.name)
    ]


def test_what_is_written_comes_back(tmp_path: Path) -> None:
    write(tmp_path / "deep" / "down", "n", PAPERS, {"pages": [1, None]})
    kept = load(tmp_path / "deep" / "down", "n")
    assert kept is not None
    assert [*kept.papers] == PAPERS
    assert kept.extra == {"pages": [1, None]}
    assert (len(kept.papers), kept.papers[-1], kept.papers[1:]) == (3, PAPERS[2], PAPERS[1:])
    with pytest.raises(IndexError):
        kept.papers[3]


def test_there_may_be_no_papers_and_no_cache(tmp_path: Path) -> None:
    assert load(tmp_path, "n") is None
    write(tmp_path, "n", [])
    kept = load(tmp_path, "n")
    assert kept is not None
    assert [*kept.papers] == []


def test_cut_short_anywhere_it_is_not_used(tmp_path: Path) -> None:
    write(tmp_path, "n", PAPERS)
    (file,) = tmp_path.iterdir()
    whole = file.read_bytes()
    for cut in range(len(whole)):
        file.write_bytes(whole[:cut])
        assert load(tmp_path, "n") is None
    file.write_bytes(whole + b" ")
    assert load(tmp_path, "n") is None


def test_a_damaged_byte_gives_a_paper_nothing_or_an_error_it_names(tmp_path: Path) -> None:
    write(tmp_path, "n", PAPERS)
    (file,) = tmp_path.iterdir()
    whole = file.read_bytes()
    for place in range(0, len(whole), 3):
        for other in (b"\0", b'"', b"["):
            file.write_bytes(whole[:place] + other + whole[place + 1 :])
            kept = load(tmp_path, "n")
            if kept is None:
                continue
            assert len(kept.papers) == 3
            for row in range(3):
                with suppress(CacheDamaged):
                    assert isinstance(kept.papers[row], Paper)


@pytest.mark.parametrize("size", [1, 30_000])
def test_bytes_of_anything_else_are_not_used(tmp_path: Path, size: int) -> None:
    (tmp_path / "n.library").write_bytes(os.urandom(size))
    assert load(tmp_path, "n") is None


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


def test_old_caches_are_thrown_away(tmp_path: Path) -> None:
    for number in range(12):
        write(tmp_path, f"n{number}", PAPERS)
        os.utime(tmp_path / f"n{number}.library", ns=(number, number))
    write(tmp_path, "last", PAPERS)
    names = {file.stem for file in tmp_path.iterdir()}
    assert len(names) == 9
    assert {"last", "n11"} <= names


def test_a_failed_writing_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(TypeError):
        write(tmp_path, "n", PAPERS, object())
    assert not [*tmp_path.iterdir()]


def test_the_folder_can_be_chosen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(CACHE_DIR_VARIABLE, str(tmp_path))
    assert cache_dir() == tmp_path


_names = st.lists(st.text(max_size=8), max_size=3).map(tuple)


@settings(deadline=None)
@given(
    st.lists(
        st.builds(
            Paper,
            title=st.text(),
            authors=_names,
            abstract=st.text(),
            venue=st.none() | st.text(max_size=5),
            urls=_names,
            score=st.none() | st.floats(allow_nan=False),
            date=st.builds(PartialDate, st.none() | st.integers(1, 9999)),
        ),
        max_size=5,
    )
)
def test_any_text_comes_back(papers: list[Paper]) -> None:
    with TemporaryDirectory() as name:
        write(Path(name), "n", papers)
        kept = load(Path(name), "n")
        assert kept is not None
        assert [*kept.papers] == papers
