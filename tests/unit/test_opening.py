"""Opening a library: corrected, merged, and from the cache where it is large."""

from pathlib import Path

import pytest

from paperbrowse import sources
from paperbrowse.beside import read_beside
from paperbrowse.corrections import set_correction
from paperbrowse.keys import DEFAULT_PATTERN
from paperbrowse.model import Reading
from paperbrowse.opening import open_library, open_sources
from paperbrowse.readers import read_document
from paperbrowse.readers.document import Document


@pytest.fixture
def large(tmp_path: Path) -> Path:
    """A .bib file of 2 100 papers."""
    path = tmp_path / "large.bib"
    entries = (
        f"@misc{{k{number}, title={{Paper {number} on parsing}}, author={{Lee, Ann}}, year={{2020}}}}\n"
        for number in range(2100)
    )
    path.write_text("".join(entries))
    return path


@pytest.fixture
def parsed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the files that readers get from now on."""
    names: list[str] = []

    def noting(document: Document) -> Reading:
        names.append(Path(document.path).name)
        return read_document(document)

    monkeypatch.setattr("paperbrowse.readers.read_document", noting)
    return names


def test_a_large_library_comes_from_the_cache_until_its_files_change(
    large: Path, tmp_path: Path, parsed: list[str]
) -> None:
    cache = tmp_path / "cache"
    read = open_library([large], cache_folder=cache)
    assert len(list(cache.glob("*.library"))) == 1
    again = open_library([large], cache_folder=cache)
    assert parsed == ["large.bib"]
    assert [*again.papers] == [*read.papers] == [*open_library([large]).papers]
    assert [author.name for author in again.authors] == ["Ann Lee"]
    assert again.origins(0) == read.origins(0)
    large.write_text(large.read_text() + "@misc{more, title={One more}, author={Ray, Bob}, year={2021}}\n")
    changed = open_library([large], cache_folder=cache)
    assert len(changed.papers) == 2101
    assert len(list(cache.glob("*.library"))) == 2


def test_what_the_source_says_of_a_corrected_field_is_known_after_each_start(
    large: Path, tmp_path: Path
) -> None:
    with large.open("a") as file:
        file.write("@misc{other, title={Paper 7 on Parsing}, author={Lee, Ann}, year={2020}, note={Mine}}\n")
    before = open_library([large])
    set_correction(tmp_path, before.papers[3], "title", "A better title")
    set_correction(tmp_path, before.papers[7], "title", "Another better title")
    read = open_library([large], settings_folder=tmp_path)
    for _ in range(2):
        library = open_library([large], settings_folder=tmp_path, cache_folder=tmp_path / "cache")
        for row, title, places in ((3, "A better title", [4]), (7, "Another better title", [8, 2101])):
            origin = next(origin for origin in library.origins(row) if origin.field == "title")
            assert (origin.value, origin.told) == (title, "corrected by hand")
            assert [said.source.line for said in origin.others] == places
            assert library.origins(row) == read.origins(row)
        assert all(not origin.others for origin in library.origins(4))


def test_only_the_changed_file_of_many_is_read_again(
    large: Path, tmp_path: Path, parsed: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sources, "_LARGE", 100)
    cache = tmp_path / "cache"
    folder = tmp_path / "papers"
    folder.mkdir()
    large.rename(folder / "large.bib")
    small = folder / "small.bib"
    small.write_text("@misc{a, title={One more}, author={Ray, Bob}, year={2021}}\n")
    (folder / "notes.md").write_text("# none of ours\n")
    open_library([folder], cache_folder=cache)
    assert sorted(parsed) == ["large.bib", "small.bib"]
    parsed.clear()
    small.write_text("@misc{a, title={One other}, author={Ray, Bob}, year={2021}}\n")
    library = open_library([folder], cache_folder=cache)
    assert parsed == ["small.bib"]
    assert [paper.title for paper in library.papers[2099:]] == ["Paper 2099 on parsing", "One other"]


def test_files_are_looked_at_once_at_a_start(
    large: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_library([large], cache_folder=tmp_path / "cache")
    monkeypatch.setattr(sources, "_LARGE", 100)
    made_of = sources.Sources.now([large], None)
    monkeypatch.setattr(sources, "noted", None)
    index = tmp_path / "cache" / f"{made_of.name(DEFAULT_PATTERN)}.index"
    index.touch()
    assert read_beside(made_of, DEFAULT_PATTERN, tmp_path / "cache") is None
    assert len(open_sources(made_of, cache_folder=tmp_path / "cache").papers) == 2100


def test_what_cannot_be_kept_is_read_all_the_same(large: Path, tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("in the way")
    assert len(open_library([large], cache_folder=tmp_path / "cache").papers) == 2100


@pytest.mark.parametrize("damage", ["cut", "flip", "empty"])
def test_a_damaged_cache_is_not_used(damage: str, large: Path, tmp_path: Path, parsed: list[str]) -> None:
    cache = tmp_path / "cache"
    read = [*open_library([large], cache_folder=cache).papers]
    parsed.clear()
    [kept] = cache.glob("*.library")
    data = kept.read_bytes()
    at = len(data) // 2
    kept.unlink()
    kept.write_bytes({"cut": data[:at], "flip": data[:at] + b"\x00{[" + data[at + 3 :], "empty": b""}[damage])
    assert [*open_library([large], cache_folder=cache).papers] == read
    assert parsed == ["large.bib"]


def test_a_correction_is_seen_although_the_library_is_cached(large: Path, tmp_path: Path) -> None:
    cache, settings = tmp_path / "cache", tmp_path / "settings"
    library = open_library([large], cache_folder=cache, settings_folder=settings)
    set_correction(settings, library.papers[7], "year", "1999")
    again = open_library([large], cache_folder=cache, settings_folder=settings)
    assert [paper.date.year for paper in again.papers].count(1999) == 1


def test_a_bookmarks_key_wins_over_the_caches(large: Path, tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    open_library([large], cache_folder=cache)
    paper = open_library([large], cache_folder=cache).papers[3]
    other = open_library([large], cache_folder=cache, key_pattern="[authors]-[year]-[word]").papers[3]
    assert other.key != paper.key
    library = open_library([large], cache_folder=cache, kept=[other])
    assert library.papers[3].key == other.key
    assert len(library.papers) == len(library.own)


def test_a_small_library_needs_no_cache(tmp_path: Path, seeds: Path) -> None:
    open_library([seeds], cache_folder=tmp_path / "cache")
    assert not (tmp_path / "cache").exists()


def test_as_printed_leaves_every_record_as_it_is(seeds: Path) -> None:
    printed = open_library([seeds], as_printed=True)
    corrected = open_library([seeds])
    assert not any(paper.corrected for paper in printed.papers)
    assert sum(bool(paper.corrected) for paper in corrected.papers) >= 39
