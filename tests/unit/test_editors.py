"""Editors: read from every format that has them, never taken for authors, kept, found, and written back."""

import json
import tomllib
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paperbrowse.bookmarks.record import emit, from_data, to_data
from paperbrowse.cli.record import record_text
from paperbrowse.corrections import apply as apply_corrections
from paperbrowse.corrections import read_corrections, set_correction
from paperbrowse.describe import byline, caveats, short_byline
from paperbrowse.holdings import ReadHoldings
from paperbrowse.identity import identity
from paperbrowse.keys import ACL_PATTERN, assign_keys
from paperbrowse.library import Library
from paperbrowse.merge import merge, origins
from paperbrowse.model import Bookmark, Paper, PartialDate, Source
from paperbrowse.ordering import Order, arrange
from paperbrowse.readers import read_document
from paperbrowse.readers.document import Document
from paperbrowse.writers import ExportOptions, write
from paperbrowse.writers.append import append
from paperbrowse.writers.references import reference

EDITORS = ("Ann Smith", "Bo de Lee")
BOOK = Paper(
    key="smith2020deep",
    title="Deep Volume",
    editors=EDITORS,
    date=PartialDate(2020),
    entry_type="book",
    publisher="R&D Press",
    address="Málaga",
)
PROCEEDINGS = replace(BOOK, key="p", title="Proceedings of the Test", entry_type="proceedings")
CHAPTER = Paper(
    key="yang2020chapter",
    title="A Chapter",
    authors=("Xu Yang", "Li Wei"),
    editors=EDITORS,
    date=PartialDate(2020),
    venue="The Handbook",
    entry_type="incollection",
    pages="1-20",
    publisher="Press",
)
PAPER = replace(
    CHAPTER, key="q", title="A Paper", venue="Proceedings of the Test", entry_type="inproceedings"
)


def read(text: str) -> Paper:
    [paper] = read_document(Document("x", text.encode())).papers
    return paper


@pytest.mark.parametrize("kind", ["book", "proceedings", "collection", "mvcollection", "mvproceedings"])
def test_the_editors_of_a_volume_are_not_its_authors(kind: str) -> None:
    paper = read(
        f"@{kind}{{k, editor = {{Smith, Ann and de Lee, Bo and others}}, title = {{T}}, year = 2020}}"
    )
    assert (paper.authors, paper.authors_complete) == ((), True)
    assert (paper.editors, paper.editors_complete) == (EDITORS, False)
    assert paper.entry_type in ("book", "proceedings")


@pytest.mark.parametrize("kind", ["incollection", "inproceedings", "inbook", "article"])
def test_a_paper_keeps_the_editors_of_its_volume(kind: str) -> None:
    paper = read(
        f"@{kind}{{k, author = {{Yang, Xu}}, editor = {{Smith, Ann and de Lee, Bo}}, title = {{T}}}}"
    )
    assert (paper.authors, paper.authors_complete) == (("Xu Yang",), True)
    assert (paper.editors, paper.editors_complete) == (EDITORS, True)


def test_a_missing_byline_is_missing_though_there_are_editors() -> None:
    paper = read("@inproceedings{k, editor = {Smith, Ann}, title = {T}, year = 2020}")
    assert (paper.authors, paper.authors_complete, paper.editors) == ((), False, ("Ann Smith",))


@pytest.mark.parametrize(("role", "editors"), [("", EDITORS[:1]), ("editor", EDITORS[:1]), ("compiler", ())])
def test_biblatex_has_editors_that_are_something_else(role: str, editors: tuple[str, ...]) -> None:
    paper = read(f"@book{{k, editor = {{Smith, Ann}}, editortype = {{{role}}}, title = {{T}}}}")
    assert paper.editors == editors
    assert paper.authors == ()


@pytest.mark.parametrize(
    ("lines", "authors", "editors"),
    [
        ("TY  - BOOK\nED  - Smith, Ann", (), ("Ann Smith",)),
        ("TY  - BOOK\nA3  - Smith, Ann\nA2  - Series, Ed", (), ("Ann Smith",)),
        ("TY  - BOOK\nA2  - Smith, Ann", (), ("Ann Smith",)),
        ("TY  - BOOK\nAU  - Yang, Xu\nA2  - Series, Ed", ("Xu Yang",), ()),
        ("TY  - EDBOOK\nAU  - Smith, Ann", (), ("Ann Smith",)),
        ("TY  - CHAP\nAU  - Yang, Xu\nA2  - Smith, Ann", ("Xu Yang",), ("Ann Smith",)),
        ("TY  - CONF\nAU  - Yang, Xu\nED  - Smith, Ann", ("Xu Yang",), ("Ann Smith",)),
    ],
)
def test_ris_has_editors_in_several_places(
    lines: str, authors: tuple[str, ...], editors: tuple[str, ...]
) -> None:
    paper = read(f"{lines}\nTI  - A Title\nPY  - 2020\nER  - \n")
    assert (paper.authors, paper.editors) == (authors, editors)
    assert paper.authors_complete


def test_pubmed_names_the_editors_of_a_book() -> None:
    text = "PMID- 1\nTI  - A Title\nFED - Smith, Ann\nED  - Smith A\nPT  - Book\nDP  - 2020\n"
    paper = read(text)
    assert (paper.authors, paper.editors, paper.authors_complete) == ((), ("Ann Smith",), True)


def test_csl_json_knows_who_edited() -> None:
    item = {"id": "k", "type": "book", "title": "T", "editor": [{"family": "Smith", "given": "Ann"}]}
    paper = read(json.dumps([item]))
    assert (paper.authors, paper.editors, paper.authors_complete) == ((), ("Ann Smith",), True)
    paper = read(json.dumps([{**item, "type": "chapter", "author": [{"literal": "OpenAI"}]}]))
    assert (paper.authors, paper.editors, paper.editors_complete) == (("OpenAI",), ("Ann Smith",), True)


@pytest.mark.parametrize("form", ["bibtex", "biblatex", "ris", "csljson"])
@pytest.mark.parametrize("paper", [BOOK, PROCEEDINGS, CHAPTER, PAPER], ids=lambda paper: paper.entry_type)
@pytest.mark.parametrize("complete", [True, False])
def test_every_format_gives_the_editors_back(form: str, paper: Paper, complete: bool) -> None:
    paper = replace(paper, editors_complete=complete)
    again = read(write([paper], form).text)
    assert (again.authors, again.authors_complete) == (paper.authors, paper.authors_complete)
    assert (again.editors, again.editors_complete) == (paper.editors, paper.editors_complete)
    kinds = {paper.entry_type, "book"} if form == "csljson" else {paper.entry_type}
    assert again.entry_type in kinds


NAMES = st.lists(
    st.sampled_from(
        ("Ann Smith", "Rob van der Goot", "Émile Zola Jr.", "OpenAI", "王小明", "Nguyễn Văn Đạt")
    ),
    unique=True,
)


@pytest.mark.parametrize("form", ["bibtex", "biblatex", "ris", "csljson"])
@given(authors=NAMES, editors=NAMES, kind=st.sampled_from(("incollection", "inproceedings", "book", "misc")))
def test_any_editors_come_back(form: str, authors: list[str], editors: list[str], kind: str) -> None:
    paper = replace(CHAPTER, authors=tuple(authors), editors=tuple(editors), entry_type=kind)
    again = read(write([paper], form).text)
    assert (again.authors, again.editors) == (paper.authors, paper.editors)


def test_classic_bibtex_names_the_editors_in_words_where_their_field_is_refused() -> None:
    both = replace(BOOK, authors=("Xu Yang",))
    text = write([both], "bibtex").text
    assert "  note = {Edited by Ann Smith and Bo de Lee}," in text
    assert "editor =" not in text
    assert "  editor = {Smith, Ann and de Lee, Bo}," in write([both], "biblatex").text
    thesis = replace(CHAPTER, entry_type="phdthesis", editors_complete=False)
    for form in ("bibtex", "biblatex"):
        assert "  note = {Edited by Ann Smith, Bo de Lee and others}," in write([thesis], form).text


def test_the_field_of_the_authors_stands_for_the_editors_too() -> None:
    text = write([BOOK, CHAPTER], "bibtex", ExportOptions(fields=("author", "title"))).text
    assert text.count("editor = ") == 1
    assert text.count("author = ") == 1


def test_a_volume_without_authors_is_complete() -> None:
    assert write([BOOK], "bibtex").text.startswith("@book{")
    assert write([BOOK], "biblatex").text.startswith("@collection{")
    assert write([PROCEEDINGS], "bibtex").text.startswith("@proceedings{")
    assert write([PROCEEDINGS], "biblatex").text.startswith("@proceedings{")
    assert write([replace(BOOK, publisher=None)], "bibtex").text.startswith("@proceedings{")


@pytest.mark.parametrize(
    ("style", "volume", "chapter"),
    [
        (
            "apa",
            "Smith, A., & de Lee, B. (Eds.). (2020). Deep Volume.",
            "In A. Smith & B. de Lee (Eds.), The",
        ),
        ("acl", "Ann Smith and Bo de Lee, editors. 2020. Deep", "In Ann Smith and Bo de Lee, editors, The"),
        ("ieee", "A. Smith and B. de Lee, Eds., Deep Volume. M", "Handbook, A. Smith and B. de Lee, Eds., P"),
        (
            "chicago",
            "Smith, Ann, and Bo de Lee, eds. 2020. Deep V",
            "Handbook, edited by Ann Smith and Bo de Lee",
        ),
    ],
)
def test_references_tell_who_edited(style: str, volume: str, chapter: str) -> None:
    assert reference(BOOK, style).startswith(volume)
    assert "R&D Press" in reference(BOOK, style)
    assert chapter in reference(CHAPTER, style)


@pytest.mark.parametrize("style", ["apa", "acl", "ieee", "chicago"])
def test_one_editor_is_an_editor(style: str) -> None:
    one = reference(replace(BOOK, editors=("Ann Smith",)), style).lower()
    assert any(mark in one for mark in ("(ed.).", ", editor.", ", ed.,", ", ed. "))
    assert "eds" not in one
    assert "editors" not in one


def test_a_volume_is_filed_under_its_editors() -> None:
    """As it was when they passed for its authors, so that no key, bookmark or place in a list changes."""
    before = replace(BOOK, authors=EDITORS, editors=(), key="")
    assert identity(BOOK) == identity(before)
    for pattern in ("[auth][year][shorttitle]", ACL_PATTERN):
        assert assign_keys([BOOK], pattern=pattern) == assign_keys([before], pattern=pattern)
    others = [replace(CHAPTER, authors=("Zoe Adams",)), BOOK, replace(CHAPTER, authors=("Al Zorn",))]
    assert arrange(others, range(3), Order.AUTHOR) == [0, 1, 2]
    library = Library(ReadHoldings([BOOK, CHAPTER]))
    assert [hit.paper for hit in library.search("author:smith")] == [BOOK]
    assert [author.name for author in library.authors] == ["Ann Smith", "Bo de Lee", "Li Wei", "Xu Yang"]
    assert library.search("smith")[0].spans["authors"]


@pytest.mark.parametrize(
    ("paper", "long", "short"),
    [
        (BOOK, "Ann Smith, Bo de Lee (eds.)", "Smith, Lee (eds.)"),
        (replace(BOOK, editors=("Ann Smith",)), "Ann Smith (ed.)", "Smith (ed.)"),
        (
            replace(BOOK, editors_complete=False),
            "Ann Smith, Bo de Lee et al. (eds.)",
            "Smith, Lee et al. (eds.)",
        ),
        (CHAPTER, "Xu Yang, Li Wei", "Yang, Wei"),
    ],
)
def test_a_byline_says_that_they_edited_it(paper: Paper, long: str, short: str) -> None:
    assert byline(paper) == long
    assert short_byline(paper) == short
    assert not any("authors" in note for note in caveats(paper))


def test_a_correction_may_name_the_editors(tmp_path: Path) -> None:
    set_correction(tmp_path, BOOK, "editors", "Eva Jones; Bo de Lee; and others")
    [paper] = apply_corrections([BOOK], read_corrections([tmp_path / "corrections.toml"]))
    assert (paper.editors, paper.editors_complete) == (("Eva Jones", "Bo de Lee"), False)
    assert paper.corrected == ("editors",)
    assert identity(BOOK) in paper.known_as


def test_a_merged_paper_has_the_editors_of_the_record_that_names_them() -> None:
    one = replace(PAPER, editors=(), doi="10.1000/x", source=Source("a.xml", 1, "A"))
    other = replace(PAPER, editors_complete=False, doi="10.1000/x", source=Source("b.bib", 7, "BibTeX"))
    [paper] = merge([one, other]).papers
    assert (paper.editors, paper.editors_complete) == (EDITORS, False)
    [origin] = [origin for origin in origins(paper, (one, other)) if origin.field == "editors"]
    assert origin.told == "stated, b.bib:7"


def test_a_catalogue_that_takes_editors_for_authors_is_set_right() -> None:
    doi = "10.1000/x"
    wrong = replace(BOOK, authors=("A. Smith", "Bo de Lee"), editors=(), doi=doi)
    for records in ([wrong, replace(BOOK, doi=doi)], [replace(BOOK, doi=doi), wrong]):
        [paper] = merge(records).papers
        assert (paper.authors, paper.editors) == ((), EDITORS)
    [paper] = merge([replace(wrong, authors=("Xu Yang", "Ann Smith")), replace(BOOK, doi=doi)]).papers
    assert paper.authors == ("Xu Yang", "Ann Smith")


def test_a_volume_is_added_to_a_file_once() -> None:
    text = write([replace(BOOK, key="mine")], "bibtex").text.encode()
    again, report = append(text, [BOOK])
    assert (again, report.entries, report.skipped) == (text, 0, 1)


def test_a_bookmark_keeps_the_editors_and_one_from_before_is_the_same_paper() -> None:
    bookmark = Bookmark(paper=replace(BOOK, editors_complete=False), added="2026-11-20T09:35:14Z")
    [table] = tomllib.loads(emit(to_data(bookmark)))["bookmark"]
    assert table["editors"] == list(EDITORS)
    assert from_data(table).bookmark == bookmark
    del table["editors"], table["editors_complete"]
    before = from_data({**table, "authors": list(EDITORS)})
    assert before.problems == ()
    assert before.identity == identity(BOOK)
    library = Library(ReadHoldings([replace(BOOK, key="other")]), [before.bookmark.paper])
    assert [paper.key for paper in library.papers] == [BOOK.key]
    assert library.as_kept(before.bookmark).paper.editors == EDITORS


def test_a_record_in_words_tells_authors_from_editors() -> None:
    lines = [line.split() for line in record_text(BOOK, None).splitlines()]
    assert ["editors", "Ann", "Smith,", "Bo", "de", "Lee"] in lines
    assert not any(line[0] == "authors" for line in lines)
    lines = [line.split() for line in record_text(CHAPTER, None).splitlines()]
    assert ["authors", "Xu", "Yang,", "Li", "Wei"] in lines
    assert ["editors", "Ann", "Smith,", "Bo", "de", "Lee"] in lines
