"""A kept library answers as the one that was read."""

import os
import random
import weakref
from collections import Counter
from collections.abc import Sequence
from dataclasses import fields, replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from paperbrowse import cache
from paperbrowse.binding import Bound
from paperbrowse.corrections import Corrections
from paperbrowse.holdings import Holdings
from paperbrowse.identity import identities
from paperbrowse.keeping import keep
from paperbrowse.kept import KeptHoldings, load
from paperbrowse.keys import DEFAULT_PATTERN, wish_by
from paperbrowse.library import Library
from paperbrowse.model import Paper, PartialDate, Reading, Source
from paperbrowse.opening import hold, keep_library, read_library
from paperbrowse.opening import read as read_sources
from paperbrowse.ordering import Order
from paperbrowse.readers import FileRead
from paperbrowse.readings import Readings
from paperbrowse.search import Searcher
from paperbrowse.sources import Sources

FULL = Paper(
    key="k",
    title="A Title",
    title_from="corrected",
    authors=("Ann Other", "王 小明"),
    authors_complete=False,
    editors=("Ed Itor", "Émile Łukasz"),
    editors_complete=False,
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
    series="LNCS",
    edition="2",
    chapter="5",
    isbn="978-3-16-148410-0",
    issn="2049-3630",
    organization="O",
    event="E",
    genre="Habilitation",
    page_total="312",
    language="ukrainian",
    short_title="S",
    remark="Best paper",
    annotation="Read again",
    accessed="2024-05-17",
    keywords=("parsing", "trees"),
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
    corrected_by=("by hand",),
    known_as=("title:another:annlee:2020",),
)
THIRD = replace(FULL, title="Third of Three", doi=None, arxiv=None, anthology=None, score=None)
PAPERS = [FULL, Paper(title="Second"), THIRD]


def bound(papers: Sequence[Paper], name: str = "papers.bib") -> Bound:
    """Papers as if they stood in one file."""
    readings = Readings(wish_by(DEFAULT_PATTERN), DEFAULT_PATTERN)
    readings.add(FileRead(name, True, (1, 1), Reading(list(papers))))
    return Bound(readings, Corrections())


def kept(folder: Path, papers: Sequence[Paper]) -> KeptHoldings:
    """Papers from a file, merged, with keys of their own."""
    keep(folder, "n", bound(papers))
    found = load(folder, "n")
    assert found
    return found


def in_memory(papers: Sequence[Paper]) -> Holdings:
    """The same from memory."""
    return hold(Reading(list(papers)), None, DEFAULT_PATTERN)


@pytest.fixture
def read(seeds: Path) -> Holdings:
    """What the bundled pages hold."""
    return read_library(Sources.now([seeds], None), DEFAULT_PATTERN)


@pytest.fixture
def found(seeds: Path, tmp_path: Path) -> KeptHoldings:
    """The same, kept."""
    return again(seeds, tmp_path)


def again(seeds: Path, folder: Path) -> KeptHoldings:
    """The bundled pages kept in a folder, and opened."""
    sources = Sources.now([seeds], None)
    name, _ = keep_library(folder, sources, read_sources(sources, DEFAULT_PATTERN, None))
    found = load(folder, name)
    assert found
    return found


def test_the_example_fills_every_field() -> None:
    empty = Paper(title="")
    assert not [
        field.name for field in fields(Paper) if getattr(FULL, field.name) == getattr(empty, field.name)
    ]


def test_every_field_comes_back(tmp_path: Path) -> None:
    papers = kept(tmp_path / "deep" / "down", PAPERS).papers
    keyed = [
        replace(paper, key=key)
        for paper, key in zip(PAPERS, ("other2023title", "anonndsecond", "other2023third"), strict=True)
    ]
    assert [*papers] == keyed
    assert (len(papers), papers[-1], papers[1:]) == (3, keyed[2], keyed[1:])
    with pytest.raises(IndexError):
        papers[3]


def test_there_may_be_no_papers_and_nothing_kept(tmp_path: Path) -> None:
    assert load(tmp_path, "n") is None
    empty = kept(tmp_path, [])
    assert not empty.papers
    assert not empty.authors
    assert empty.row("k") is None


def test_all_that_is_asked_of_a_library_is_answered_alike(read: Holdings, found: Holdings) -> None:
    assert [*found.papers] == [*read.papers]
    assert [*found.pages] == [*read.pages]
    assert [*found.problems] == [*read.problems]
    assert [*found.authors] == [*read.authors]
    assert dict(found.years) == dict(read.years)
    for place, author in enumerate(read.authors):
        assert found.author_place(author.name) == place
    for row, paper in enumerate(read.papers):
        assert found.row(paper.key) == row
        assert [found.row_known_as(name) for name in identities(paper)] == [
            read.row_known_as(name) for name in identities(paper)
        ]
        assert [*found.records(row)] == [*read.records(row)]
        assert [*found.originals(row)] == [*read.originals(row)]
    for order in Order:
        for flip in (False, True):
            if order is not Order.MATCH:
                assert [*found.arranged(order, flip=flip)] == [*read.arranged(order, flip=flip)]
    assert found.author_place("Nobody") is None
    assert found.row("nobody") is None
    assert found.row_known_as("doi:none") is None


def test_a_kept_library_knows_what_its_papers_were_made_of(tmp_path: Path) -> None:
    records = [replace(FULL, key="", source=Source(f"{number}.bib", 1, "BibTeX")) for number in range(2)]
    papers = [*records, Paper(title="Other")]
    read, found = in_memory(papers), kept(tmp_path, papers)
    assert [len(found.records(row)) for row in range(2)] == [2, 1]
    assert Library(found).origins(0) == Library(read).origins(0)
    assert Library(found).origins(0)


def test_bookmarks_change_the_keys_of_both_alike(read: Holdings, found: Holdings) -> None:
    first, second, third = read.papers[:3]
    bookmarks = [
        replace(first, key="mine"),
        replace(second, key=third.key.upper()),
        Paper(title="From elsewhere", key=first.key),
    ]
    libraries = [Library(holdings, bookmarks) for holdings in (read, found)]
    for library in libraries:
        keys = [paper.key for paper in library.papers]
        assert keys[:2] == ["mine", third.key.upper()]
        assert keys[2] == third.key + "b"
        assert keys[-1] == first.key
        assert len({key.lower() for key in keys}) == len(keys)
        assert [library.row(key) for key in keys] == [*range(len(keys))]
        assert library.row(second.key) is None
    assert [*libraries[0].papers] == [*libraries[1].papers]
    for order in (Order.YEAR, Order.TITLE):
        for rows in (range(len(keys)), libraries[0].own, frozenset({1, 5, 7})):
            orders = [[*library.arranged(rows, order)] for library in libraries]
            assert orders[0] == orders[1]
            assert sorted(orders[0]) == [*rows]


QUERIES = [
    "gram", "grafix t5", "muller", "yongyu mu", "language model", "year:2023 learning", "l", "la", "wmt21",
    "title:knowledge", "-translation model", '"language models"', "has:code", "cat:CL", "neural 2024", "gfmt",
    "reasonig", "author:\"Zewen Chi\"", "venue:acl", "nothing like that",
]  # fmt: skip


def test_a_kept_index_answers_as_the_built_one(read: Holdings, seeds: Path, tmp_path: Path) -> None:
    built, mapped = Library(again(seeds, tmp_path)), Library(again(seeds, tmp_path))
    built.searcher.build()
    assert [file.suffix for file in tmp_path.iterdir() if file.suffix == cache.INDEX]
    for query in QUERIES:
        results = [library.find(query) for library in (built, mapped, Library(read))]
        assert [*results[0].rows] == [*results[1].rows] == [*results[2].rows]
        assert results[0].years() == results[1].years()
        assert results[0].suggestion == results[1].suggestion


def test_the_kept_index_is_not_built_again(
    seeds: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    Library(again(seeds, tmp_path)).searcher.build()
    monkeypatch.setattr("paperbrowse.search.index.Index.build", None)
    assert len(Library(again(seeds, tmp_path)).search("gram"))


def test_an_index_of_other_papers_is_not_taken(tmp_path: Path) -> None:
    Library(kept(tmp_path, PAPERS[:2])).searcher.build()
    other = Library(kept(tmp_path, PAPERS))
    assert [hit.paper.title for hit in other.search("third")] == ["Third of Three"]


def test_bookmarks_from_elsewhere_are_found_behind_the_others(read: Holdings) -> None:
    elsewhere = [replace(FULL, title="GRAM from elsewhere", key="e", doi=None, arxiv=None, anthology=None)]
    library = Library(read, elsewhere)
    row = len(library.own)
    assert row not in library.find("gram").rows
    for within in (range(len(library.papers)), frozenset({3, row}), None):
        result = library.searcher.search("gram", within=within)
        assert result.rows[-1] == row or not library.searcher.ready
    assert [*library.searcher.search("gram elsewhere", within=range(len(library.papers))).rows] == [row]
    assert library.searcher.search("elsewhere", within=range(len(library.papers))).years()[2023] == 1
    assert library.searcher.search("gram", within=range(len(library.papers))).spans("GRAM x", "title")


def test_old_files_are_thrown_away(tmp_path: Path) -> None:
    for number in range(12):
        keep(tmp_path, f"n{number}", bound(PAPERS))
        os.utime(tmp_path / f"n{number}.library", ns=(number, number))
    keep(tmp_path, "last", bound(PAPERS))
    names = {file.stem for file in tmp_path.glob("*.library")}
    assert len(names) == 9
    assert len(list(tmp_path.iterdir())) == 2 * 9  # with the notes that they are whole
    assert {"last", "n11"} <= names


def test_a_failed_writing_leaves_nothing(tmp_path: Path) -> None:
    class Broken(Bound):
        @property
        def years(self) -> Counter[int]:
            raise OSError("no more")

    broken = bound(PAPERS)
    broken.__class__ = Broken
    with pytest.raises(OSError, match="no more"):
        keep(tmp_path, "n", broken)
    assert not [*tmp_path.iterdir()]


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
        found, read = kept(Path(name), papers), in_memory(papers)
        assert [*found.papers] == [*read.papers]
        assert [*found.authors] == [*read.authors]
        for order in (Order.TITLE, Order.AUTHOR, Order.VENUE, Order.SCORE, Order.YEAR):
            assert [*found.arranged(order, flip=False)] == [*read.arranged(order, flip=False)]


def test_papers_stay_right_when_more_are_looked_at_than_stay_at_hand(tmp_path: Path) -> None:
    many = [Paper(title=f"Number {number}") for number in range(5000)]
    papers = kept(tmp_path, many).papers
    rows = random.Random(1).choices(range(5000), k=12_000)
    assert all(papers[row].title == f"Number {row}" for row in rows)


def test_a_library_that_another_one_follows_leaves_the_memory(found: KeptHoldings) -> None:
    library = Library(found, [replace(found.papers[0], key="mine"), Paper(title="From elsewhere", key="e")])
    library.searcher.build()
    assert library.search("gram", limit=1)
    assert library.authors[0].rows
    assert library.row("mine") == 0
    gone: list[weakref.ref[object]] = [weakref.ref(library), weakref.ref(library.searcher)]
    del library
    assert [one() for one in gone] == [None, None]  # at once: nobody looks for circles in so much


def test_the_searcher_of_a_large_library_decodes_only_what_it_shows(tmp_path: Path) -> None:
    many = [Paper(title=f"Parsing {number}") for number in range(3000)]
    Searcher(many, index_shelf=kept(tmp_path, many).index_shelf).build()
    found = load(tmp_path, "n")
    assert found
    library = Library(found)
    result = library.find("parsing")
    assert len(result.rows) == 3000
    decoded = found.papers._at_hand  # type: ignore[attr-defined]
    assert len(decoded) < 100


def test_what_was_touched_since_it_was_found_whole_is_looked_at_again(tmp_path: Path) -> None:
    keep(tmp_path, "n", bound(PAPERS))
    file = tmp_path / "n.library"
    whole = file.read_bytes()
    assert load(tmp_path, "n")
    damaged = whole.replace(b"A Title", b"A Turtle"[:7])
    assert len(damaged) == len(whole) != whole.count(b"\0")
    times = file.stat()
    file.write_bytes(damaged)
    os.utime(file, ns=(times.st_atime_ns, times.st_mtime_ns))
    assert load(tmp_path, "n") is None
    file.write_bytes(whole)
    assert load(tmp_path, "n")
    assert load(tmp_path, "n")
