"""Every fact of a bibliography's entry through every format and back."""

from dataclasses import fields, replace
from typing import Any, cast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from paperbrowse.cli.record import record_text
from paperbrowse.merge import merge
from paperbrowse.model import Paper, PartialDate
from paperbrowse.readers import bibtex, csljson, own, read_document, ris
from paperbrowse.readers.document import Document
from paperbrowse.readers.told import said_in_note, said_of
from paperbrowse.text.ordinals import edition_number, edition_word
from paperbrowse.writers import ExportOptions, write
from paperbrowse.writers.common import is_isbn, is_issn

READERS: dict[str, Any] = {
    "bibtex": bibtex,
    "biblatex": bibtex,
    "ris": ris,
    "csljson": csljson,
    "json": own,
    "jsonl": own,
    "csv": own,
}
KINDS = (
    "article", "inproceedings", "incollection", "inbook", "book", "proceedings", "phdthesis", "mastersthesis",
    "techreport", "misc", "manual", "booklet", "dataset", "software", "patent",
)  # fmt: skip
VALUES: dict[str, tuple[object, ...]] = {
    "authors": (("Xu Yang",), ("Xu Yang", "Émile Zola Jr."), ("OpenAI",)),
    "editors": (("Ann Smith", "Bo de Lee"), ("Barnes and Noble", "Van Gogh")),
    "venue": ("The Venue & Co",),
    "pages": ("1-9", "e123", "12-34, 56", "iv-xii", "7"),
    "volume": ("3", "A", "12B"),
    "number": ("4", "3-4", "TR 7"),
    "publisher": ("R&D Press",),
    "address": ("Málaga",),
    "series": ("Lecture Notes in X",),
    "edition": ("2", "Revised", "11"),
    "chapter": ("3", "IV"),
    "isbn": ("9783161484100", "978-3-16-148410-0", "123"),
    "issn": ("0317-8471", "123"),
    "organization": ("Society of Y",),
    "event": ("EMNLP 2020 & more",),
    "genre": ("Habilitation", "Technical Memo"),
    "page_total": ("300",),
    "language": ("english", "German"),
    "short_title": ("BERT for X",),
    "remark": ("To appear in print; with 50% more",),
    "annotation": ("My own view",),
    "accessed": ("2024-05-17",),
    "keywords": (("parsing", "deep learning"),),
    "urls": (("https://example.org/a_b%20c~d",),),
    "doi": ("10.1000/x",),
    "abstract": ("An abstract.",),
}

WHOLE = Paper(
    key="k",
    title="All that is known",
    date=PartialDate(2020),
    **{name: values[0] for name, values in VALUES.items()},  # type: ignore[arg-type]
)


def again(paper: Paper, form: str) -> Paper:
    text = write([paper], form, ExportOptions(abstract=True)).text
    reading = READERS[form].read(Document("x", text.encode()))
    assert reading.problems == []
    assert len(reading.papers) == 1
    return cast(Paper, reading.papers[0])


def facts(paper: Paper) -> dict[str, Any]:
    """All that a paper says but where it was read, and whether a list of nobody is whole."""
    left_out = {"key", "source", "cited_as", "authors_complete", "anthology"}
    found = {name.name: getattr(paper, name.name) for name in fields(Paper) if name.name not in left_out}
    return {**found, "key": paper.cited_as or paper.key}


def unknown(name: str) -> object:
    """What a field has where nothing is known."""
    [default] = [field.default for field in fields(Paper) if field.name == name]
    return default


papers = st.builds(
    Paper,
    key=st.just("k"),
    title=st.just("A title"),
    date=st.sampled_from((PartialDate(2020), PartialDate(2020, 5), PartialDate())),
    entry_type=st.sampled_from(KINDS),
    **{name: st.sampled_from((*values, unknown(name))) for name, values in VALUES.items()},
)


@pytest.mark.parametrize("form", READERS)
@settings(max_examples=150, deadline=None)
@given(paper=papers)
def test_every_fact_comes_back(form: str, paper: Paper) -> None:
    theses = ("phdthesis", "mastersthesis", "techreport")
    if paper.venue is None:
        # Of these each is called by another where the one that goes before it is not known.
        gone: dict[str, None] = {"event": None, "organization": None}
        if paper.entry_type in theses:
            gone["publisher"] = None
        paper = replace(paper, **gone)  # type: ignore[arg-type]
    if form in ("bibtex", "biblatex") and paper.entry_type in ("inbook", "incollection"):
        paper = replace(paper, entry_type="incollection")
    read = again(paper, form)
    if {read.entry_type, paper.entry_type} == {"inbook", "incollection"}:
        read = replace(read, entry_type=paper.entry_type)
    assert facts(read) == facts(paper)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("form", ["bibtex", "biblatex"])
def test_what_is_read_is_written_alike(form: str, kind: str) -> None:
    """The second export is the first one, byte for byte."""
    paper = replace(WHOLE, entry_type=kind)
    first = write([paper], form, ExportOptions(abstract=True)).text
    [read] = bibtex.read(Document("x", first.encode())).papers
    assert write([replace(read, key="k")], form, ExportOptions(abstract=True)).text == first


def test_a_field_stands_where_its_type_has_it() -> None:
    book = replace(WHOLE, entry_type="book", venue=None, editors=(), organization=None)
    classic = write([book], "bibtex").text
    assert "  series = {Lecture Notes in X},\n  edition = {Second},\n  volume = {3},\n" in classic
    assert "number =" not in classic, "BibTeX takes a volume of a series or a number in it"
    assert "  note = {Number 4; To appear in print; with 50\\% more},\n" in classic
    modern = write([book], "biblatex").text
    assert "  edition = {2},\n" in modern
    assert "  isbn = {9783161484100},\n" in modern
    assert "  langid = {english},\n" in modern
    assert "[ISSN: 0317-8471]" in modern, "biblatex has none of a book"
    assert "[ISBN: 123]" in write([replace(book, isbn="123")], "biblatex").text, "biber looks at sums"
    assert "  isbn = {123},\n" in write([replace(book, isbn="123")], "bibtex").text


def test_an_incomplete_type_is_told() -> None:
    nowhere = Paper(key="k", title="T", authors=("Ann Lee",), date=PartialDate(2020), entry_type="article")
    for form in ("bibtex", "biblatex"):
        text = write([nowhere], form).text
        assert text.startswith("@misc{")
        assert "{[Type: article]}" in text
        assert again(nowhere, form).entry_type == "article"


@pytest.mark.parametrize(
    ("note", "rest", "told"),
    [
        ("To appear", "To appear", {}),
        ("Edited by Ann Smith and Bo Lee", "", {"editor": "Ann Smith and Bo Lee"}),
        (
            "Edited by A. B. Smith, {Barnes and Noble} and others; volume 3, pages {1--2, 5}; x; y",
            "x; y",
            {"editor": "A. B. Smith and {Barnes and Noble} and others", "volume": "3", "pages": "{1--2, 5}"},
        ),
        ("Published by {R; D}; volume A", "", {"publisher": "{R; D}", "volume": "A"}),
        ("Volume 3 is the best one", "Volume 3 is the best one", {}),
        ("Volume 3; it is the best", "it is the best", {"volume": "3"}),
    ],
)
def test_a_note_is_understood(note: str, rest: str, told: dict[str, str]) -> None:
    assert said_in_note(note) == (rest, told)


def test_an_annotation_is_understood() -> None:
    text = "Mine. [ISBN: 1] [Unknown: 2] The year 2026 is inferred; the source leaves it out. Yours."
    assert said_of(text) == ("Mine. [Unknown: 2] Yours.", {"isbn": "1", "year_from": "inferred"})
    assert said_of("[see above]") == ("[see above]", {})


@pytest.mark.parametrize("form", ["bibtex", "ris", "csljson"])
@pytest.mark.parametrize("label", ["Pages: 1", "Published in: x", "Type: book", "Place: y", "Chapter: 2"])
def test_an_annotation_says_only_what_the_record_does_not(form: str, label: str) -> None:
    paper = replace(WHOLE, entry_type="article", annotation=f"[{label}]", organization=None, event=None)
    plain = {**facts(replace(paper, annotation=None)), "entry_type": None}
    assert {**facts(again(paper, form)), "entry_type": None, "annotation": None} == plain


def test_editions_are_counted() -> None:
    assert [edition_number(text) for text in ("2", "2nd", "Second", "2nd ed.", "Zweite", "Revised", "0")] == [
        *("2", "2", "2", "2", "Zweite", "Revised", "0"),
    ]
    assert [edition_word(text) for text in ("1", "11", "22", "103", "Revised")] == [
        *("First", "11th", "22nd", "103rd", "Revised"),
    ]


def test_book_numbers_have_a_sum() -> None:
    assert is_isbn("978-3-16-148410-0")
    assert is_isbn("0-19-853453-1")
    assert is_isbn("080442957X")
    assert not is_isbn("9783161484101")
    assert not is_isbn("978-3-16-148410-0 0-19-853453-1")
    assert is_issn("0317-8471")
    assert not is_issn("0317-8472")


def test_our_own_exports_are_known_by_their_look() -> None:
    for form in ("json", "jsonl", "csv"):
        text = write([WHOLE, replace(WHOLE, key="l", title='Another, “quoted”"')], form).text
        reading = read_document(Document("x", text.encode()))
        assert reading.problems == []
        assert [paper.cited_as for paper in reading.papers] == ["k", "l"]
        assert {paper.source.format for paper in reading.papers} == {"paperbrowse"}
    reading = read_document(Document("x", b'{"key": "a", "title": "", "title_from": "stated"}\n'))
    assert [problem.what for problem in reading.problems] == ["the paper has no title"]


def test_show_tells_every_fact() -> None:
    told = record_text(replace(WHOLE, entry_type="incollection"), None)
    for name in ("series", "edition", "chapter", "isbn", "issn", "organization", "event", "genre", "remark"):
        assert str(getattr(WHOLE, name)) in told
    assert "keywords      parsing, deep learning\n" in told


def test_a_merged_paper_keeps_what_one_of_its_records_says() -> None:
    known = replace(WHOLE, entry_type="inproceedings")
    bare = Paper(title=known.title, authors=known.authors, doi=known.doi, date=known.date, keywords=("more",))
    [merged] = merge([bare, known]).papers
    assert (merged.isbn, merged.series, merged.remark) == (known.isbn, known.series, known.remark)
    assert set(merged.keywords) == {"parsing", "deep learning", "more"}
