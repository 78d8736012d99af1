"""Author pages as they come in the wild: other headers, other layouts, damaged records."""

import string
import textwrap

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paperbrowse.model import Reading
from paperbrowse.readers import read_document
from paperbrowse.readers.document import Document


def read(text: str | bytes) -> Reading:
    return read_document(Document("page.txt", text.encode() if isinstance(text, str) else text))


def problems(reading: Reading) -> list[tuple[int, str]]:
    return [(problem.line, problem.what) for problem in reading.problems]


ABSTRACT = (
    "We look at a question nobody asked and answer it with a model that nobody ordered. Our experiments on "
    "four invented corpora show that the answer is as good as the question, and we release both."
)
LONG = f"{ABSTRACT} {ABSTRACT}"

COMPACT = f"""CLMay 4, 2023Code
Answers Without QuestionsAda Lang, Ben Moor
{ABSTRACT}
95.3AIMar 16Code
A Question of ModelsBen Moor, Cleo Tan, Ada Lang et al. · some-lab, other-lab
{ABSTRACT}
LGCLNov 7, 2021
What Is a Corpus?Ada Lang
{ABSTRACT}"""

FULL = f"""Ada Lang

h-index6
2papers

2 Papers

quant-phJan 3, 2020
Answers Without Questions

Ada Lang, Ben Moor · some-lab

{ABSTRACT}

AIDec 31
A Question, a Model, and a Corpus

Ben Moor, Cleo Tan, Ada Lang et al.

{ABSTRACT}
"""


class TestScholarFeed:
    def test_compact(self) -> None:
        reading = read(COMPACT)
        first, second, third = reading.papers
        assert reading.problems == []
        assert first.title == "Answers Without Questions"
        assert first.title_from == "inferred"
        assert first.authors == ("Ada Lang", "Ben Moor")
        assert first.authors_complete
        assert (first.category, first.has_code, first.score) == ("CL", True, None)
        assert (first.date.year, first.date.month, first.date.day) == (2023, 5, 4)
        assert first.year_from == "stated"
        assert first.abstract == ABSTRACT
        assert first.source.line == 1
        assert first.key == ""
        assert (second.score, second.category, second.has_code) == (95.3, "AI", True)
        assert second.affiliations == ("some-lab", "other-lab")
        assert not second.authors_complete
        assert (second.date.year, second.year_from) == (2024, "inferred")
        assert third.title == "What Is a Corpus?"
        assert third.category == "LG"
        [page] = reading.pages
        assert (page.owner, page.owner_from, page.current_year) == ("Ada Lang", "inferred", 2024)
        assert {paper.pages_of for paper in reading.papers} == {("Ada Lang",)}

    def test_full_with_a_minimal_header(self) -> None:
        reading = read(FULL)
        first, second = reading.papers
        assert reading.problems == []
        assert first.title == "Answers Without Questions"
        assert first.title_from == "stated"
        assert (first.category, first.affiliations) == ("quant-ph", ("some-lab",))
        assert second.title == "A Question, a Model, and a Corpus"
        assert second.authors == ("Ben Moor", "Cleo Tan", "Ada Lang")
        assert second.date.year == 2021
        [page] = reading.pages
        assert (page.owner, page.owner_from) == ("Ada Lang", "stated")
        assert page.metrics == {"h_index": 6, "papers": 2, "papers_heading": 2}

    def test_full_without_a_header(self) -> None:
        reading = read(FULL[FULL.index("quant-ph") :])
        assert [paper.authors[0] for paper in reading.papers] == ["Ada Lang", "Ben Moor"]
        assert reading.pages[0].metrics == {}

    def test_compact_with_a_header(self) -> None:
        reading = read(f"Cleo Tan\nCL\nh-index1,204\nNovelty58.5%\n3papers\n{COMPACT}")
        assert len(reading.papers) == 3
        assert reading.pages[0].owner == "Cleo Tan"
        assert reading.pages[0].metrics == {
            "category": "CL",
            "h_index": 1204,
            "novelty_percent": 58.5,
            "papers": 3,
        }
        assert {paper.pages_of for paper in reading.papers} == {("Cleo Tan",)}

    @pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
    @pytest.mark.parametrize("text", [COMPACT, FULL], ids=["compact", "full"])
    @pytest.mark.parametrize(("start", "finish"), [("", ""), ("\ufeff", "\n"), ("\n\n", "\n\n\n")])
    def test_line_ends_and_edges(self, text: str, end: str, start: str, finish: str) -> None:
        expected = read(text).papers
        papers = read((start + text + finish).replace("\n", end)).papers
        assert [paper.title for paper in papers] == [paper.title for paper in expected]
        assert [paper.abstract for paper in papers] == [paper.abstract for paper in expected]
        assert papers[0].source.line == expected[0].source.line + start.count("\n")

    def test_blank_lines_between_compact_records(self) -> None:
        spaced = COMPACT.replace("\nLGCL", "\n\n\nLGCL").replace("\n95.3", "\n\n95.3")
        assert [paper.authors for paper in read(spaced).papers] == [
            paper.authors for paper in read(COMPACT).papers
        ]

    def test_utf16(self) -> None:
        assert len(read(FULL.encode("utf-16")).papers) == 2

    def test_missing_abstracts(self) -> None:
        first, second, third = (
            f"CLMay {day}, 2023\nOn {what}Ada Lang\n"
            for day, what in ((4, "Nothing"), (5, "Less"), (6, "Least"))
        )
        reading = read(f"{first}{second}\n{third}")
        assert [paper.title for paper in reading.papers] == ["On Nothing", "On Less", "On Least"]
        assert [paper.abstract for paper in reading.papers] == ["", "", ""]
        assert problems(reading) == [(1, "no abstract"), (3, "no abstract"), (6, "no abstract")]

    def test_half_records(self) -> None:
        reading = read(f"CLMay 3, 2023\n{COMPACT}\nAIMay 6, 2023\n")
        assert len(reading.papers) == 3
        half = "half a record: no title below this line"
        assert problems(reading) == [(1, half), (11, half)]

    def test_a_byline_that_is_not_there(self) -> None:
        reading = read(FULL.replace("Ada Lang, Ben Moor · some-lab\n\n", ""))
        assert reading.papers[0].title == "Answers Without Questions"
        assert reading.papers[0].authors == ()
        assert not reading.papers[0].authors_complete
        assert problems(reading) == [(8, "no byline")]

    def test_a_byline_of_unusual_names(self) -> None:
        reading = read(FULL.replace("Ada Lang, Ben Moor · some-lab", "Hugo Van hamme"))
        assert reading.papers[0].authors == ("Hugo Van hamme",)
        assert reading.problems == []

    def test_a_day_no_calendar_has(self) -> None:
        reading = read(f"CLFeb 30, 2023\nOn TimeAda Lang\n{ABSTRACT}")
        assert (reading.papers[0].date.month, reading.papers[0].date.day) == (2, None)
        assert problems(reading) == [(1, "no such day in the calendar")]

    def test_a_page_without_any_year(self) -> None:
        reading = read(f"CLFeb 3\nOn TimeAda Lang\n{ABSTRACT}")
        assert reading.papers[0].date.year is None
        assert reading.pages[0].current_year is None
        assert problems(reading) == [(1, "no date of this page states a year")]

    def test_another_number_of_papers_than_announced(self) -> None:
        reading = read(FULL.replace("2 Papers", "3 Papers"))
        assert problems(reading) == [(15, "the page announces 3 papers, 2 were read")]

    def test_what_belongs_to_no_record(self) -> None:
        reading = read(f"Ada Lang\nSomething Unheard-of\n{COMPACT}\nLoad more")
        assert len(reading.papers) == 3
        assert reading.papers[2].abstract == ABSTRACT
        assert problems(reading) == [
            (2, "a line of the header that says nothing known"),
            (12, "this line belongs to no record"),
        ]

    def test_no_owner_when_two_are_equally_often_there(self) -> None:
        reading = read(COMPACT[: COMPACT.index("LGCL")])
        assert reading.pages[0].owner is None
        assert {paper.pages_of for paper in reading.papers} == {()}

    @given(st.text(alphabet=string.ascii_letters + " ,.·\n\r", max_size=200), st.integers(0, 2))
    def test_whatever_stands_in_the_page_the_records_stay(self, noise: str, at: int) -> None:
        records = COMPACT.split("\n")
        text = "\n".join([*records[: 3 * at], *records[3 * at : 3 * at + 3], noise, *records[3 * at + 3 :]])
        papers = read(text).papers
        assert [paper.date for paper in papers] == [paper.date for paper in read(COMPACT).papers]


TITLED = f"""MiltonKing

Also published as: Milton J. King

Unverified author pages with similar names: Milton King

Fixing paper assignments

Please select all papers that do not belong to this person.

Indicate below which author they should be assigned to.

2021

pdf bib
Answers Without Questions
MiltonKing | Kathleen McKeever | Ana ValeriaGómez
Proceedings of the Second Workshop on Answers

{LONG}

pdf
Questions, Answers and Us
MiltonKing
Computational Linguistics, Volume 47

2019

pdf bib abs
A Short One
Jay DeYoung | Milton King
Findings of the Association for Invented Linguistics: XYZ 2019
{ABSTRACT}

Co-authors
Kathleen McKeever 1
"""

UNTITLED = f"""Ana ValeriaGómez

Also published as: Ana V. Gómez

Please select all papers that do not belong to this person.

Provide the name of the school or the university where the author has received or will receive their highest \
degree (e.g., Ph.D. institution for researchers, or current affiliation for students). This will be used.

{LONG.replace("a model", "a model called AnswerNet")}
{LONG}"""


class TestAnthologyPage:
    def test_titles_bylines_and_venues(self) -> None:
        reading = read(TITLED)
        first, second, third = reading.papers
        assert first.title == "Answers Without Questions"
        assert first.title_from == "stated"
        assert first.authors == ("Milton King", "Kathleen McKeever", "Ana Valeria Gómez")
        assert first.authors_complete
        assert first.venue == "Proceedings of the Second Workshop on Answers"
        assert first.entry_type == "inproceedings"
        assert (first.date.year, first.date.month, first.year_from) == (2021, None, "stated")
        assert first.abstract == LONG
        assert first.source.line == 15
        assert second.title == "Questions, Answers and Us"
        assert (second.authors, second.entry_type) == (("Milton King",), "article")
        assert third.authors == ("Jay DeYoung", "Milton King")
        assert third.venue == "Findings of the Association for Invented Linguistics: XYZ 2019"
        assert (third.abstract, third.date.year) == (ABSTRACT, 2019)
        assert problems(reading) == [(22, "no abstract")]
        [page] = reading.pages
        assert (page.owner, page.owner_from, page.affiliations) == ("Milton King", "stated", ())
        assert {paper.pages_of for paper in reading.papers} == {("Milton King",)}

    def test_abstracts_alone_and_no_years(self) -> None:
        reading = read(UNTITLED)
        first, second = reading.papers
        assert reading.problems == []
        assert reading.pages[0].owner == "Ana Valeria Gómez"
        assert first.title == "[AnswerNet: We look at a question nobody asked and answer …]"
        assert second.title == "[We look at a question nobody asked and answer …]"
        assert {paper.title_from for paper in reading.papers} == {"derived"}
        assert {(paper.authors, paper.authors_complete, paper.date.year) for paper in reading.papers} == {
            ((), False, None)
        }

    @pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
    @pytest.mark.parametrize("text", [TITLED, UNTITLED], ids=["titled", "untitled"])
    def test_line_ends(self, text: str, end: str) -> None:
        assert [paper.title for paper in read(("\ufeff" + text).replace("\n", end)).papers] == [
            paper.title for paper in read(text).papers
        ]

    def test_buttons_without_a_paper(self) -> None:
        reading = read(
            f"Ada Lang\n\n2020\n\npdf bib\n\n2019\n\npdf bib\nOn Time\nAda Lang | Ben Moor\n{LONG}"
        )
        assert [paper.title for paper in reading.papers] == ["On Time"]
        assert problems(reading) == [(5, "half a record: no title below this line")]

    def test_a_page_that_begins_with_papers_has_its_owner_inferred(self) -> None:
        text = f"2020\n\npdf bib\nOn Time\nAda Lang | Ben Moor\n{LONG}\n\npdf bib\nOn Space\nAda Lang\n{LONG}"
        [page] = read(text).pages
        assert (page.owner, page.owner_from) == ("Ada Lang", "inferred")

    def test_one_author_of_an_unusual_name(self) -> None:
        text = f"Hugo Van hamme\n\n2020\n\npdf bib\nOn Time\nHugo Van hamme\nProceedings of Things\n{LONG}"
        [paper] = read(text).papers
        assert (paper.authors, paper.venue) == (("Hugo Van hamme",), "Proceedings of Things")
        assert paper.pages_of == ("Hugo Van hamme",)

    def test_stray_lines_are_reported(self) -> None:
        reading = read(f"Ada Lang\n\nSome Place, Other Place\n\nWho knows\n\n2020\n\n{LONG}\nToo short\n")
        assert reading.pages[0].affiliations == ("Some Place", "Other Place")
        assert problems(reading) == [
            (5, "a line of the header that says nothing known"),
            (10, "this line belongs to no record"),
        ]


def wrapped(text: str, width: int) -> str:
    """`text` as an editor breaks its lines at blanks."""
    return "\n".join(
        textwrap.fill(line, width, break_long_words=False, break_on_hyphens=False)
        for line in text.split("\n")
    )


LAYOUTS = pytest.mark.parametrize(
    "text", [COMPACT, FULL, TITLED, UNTITLED], ids=["compact", "full", "titled", "untitled"]
)


@LAYOUTS
@pytest.mark.parametrize("width", [40, 72, 90])
def test_a_page_with_wrapped_lines_is_made_whole(text: str, width: int) -> None:
    text = text.replace(ABSTRACT, f"{ABSTRACT} {LONG}")
    expected, reading = read(text), read(wrapped(text, width))
    assert [(paper.title, paper.authors, paper.abstract, paper.venue) for paper in reading.papers] == [
        (paper.title, paper.authors, paper.abstract, paper.venue) for paper in expected.papers
    ]
    assert [problem.what for problem in reading.problems] == [problem.what for problem in expected.problems]
    assert reading.pages[0].owner == expected.pages[0].owner


@LAYOUTS
def test_blanks_that_do_not_break_are_blanks(text: str) -> None:
    papers = read(text.replace(" ", "\u00a0")).papers
    assert [paper.abstract for paper in papers] == [paper.abstract for paper in read(text).papers]
    assert [paper.authors for paper in papers] == [paper.authors for paper in read(text).papers]


def test_two_short_abstracts_are_not_one() -> None:
    """Nothing was wrapped where lines are short, but of any length."""
    short = "\n".join(
        f"CLMay {day}, 2023\nOn Thing {day}Ada Lang\nIt is {day * 'so '}." for day in range(1, 9)
    )
    assert [paper.title for paper in read(short).papers] == [f"On Thing {day}" for day in range(1, 9)]


@pytest.mark.parametrize(
    ("head", "category"),
    [
        ("astro-ph.COMar 3, 2021", "astro-ph.CO"),
        ("hep-thJan 3Code", "hep-th"),
        ("12.5hep-thgr-qcMay 4, 2020", "hep-th"),
        ("cond-mat.str-elDec 1, 2020Code", "cond-mat.str-el"),
        ("quant-phmtrl-sciJun 9, 2024", "quant-ph"),
        ("NCq-bioJan 3, 2022", "NC"),
        ("math.AGMar 3", "math.AG"),
        ("GAJul 1", "GA"),
        ("LGCLMLNov 7, 2023", "LG"),
        ("statistical-newJan 5", "statistical-new"),
        ("opticsMar 2", "optics"),
        ("May 5", None),
    ],
)
def test_categories_of_every_archive(head: str, category: str | None) -> None:
    [paper] = read(f"{head}\nOn TimeAda Lang\n{ABSTRACT}").papers
    assert (paper.category, paper.title) == (category, "On Time")


def test_a_collaboration_has_a_byline() -> None:
    text = FULL.replace("Ada Lang, Ben Moor ·", "The KM3NeT Collaboration ·").replace("\nAda Lang\n", "\n")
    first = read(text).papers[0]
    assert first.authors == ("The KM3NeT Collaboration",)
    assert first.affiliations == ("some-lab",)


@pytest.mark.parametrize(
    ("printed", "meant"),
    [
        ("MiltonKing", "Milton King"),
        ("Ana ValeriaGonzález", "Ana Valeria González"),
        ("KathleenMcKeown", "Kathleen McKeown"),
        ("Kathleen McKeown", "Kathleen McKeown"),
        ("Jay DeYoung", "Jay DeYoung"),
        ("JayDeYoung", "Jay DeYoung"),
        ("Bill MacCartney", "Bill MacCartney"),
        ("Robvan der Goot", "Rob van der Goot"),
        ("Wei Lu", "Wei Lu"),
        ("JinYeong Bak", "JinYeong Bak"),
        ("Xian-LingMao", "Xian-Ling Mao"),
        ("Seán O'Brien", "Seán O'Brien"),
        ("Yann LeCun", "Yann LeCun"),
        ("YannLeCun", "Yann LeCun"),
        ("J. R.Firth", "J. R. Firth"),
    ],
)
def test_names_are_parted_again(printed: str, meant: str) -> None:
    [page] = read(f"{printed}\n\nOther people with similar names: Nobody\n\n{LONG}").pages
    assert page.owner == meant


@given(st.binary(max_size=400))
def test_no_bytes_break_a_reader(raw: bytes) -> None:
    for text in (raw, COMPACT.encode() + raw, raw + TITLED.encode(), UNTITLED.encode() + raw):
        reading = read(text)
        assert reading.papers or reading.problems
        assert all(problem.what for problem in reading.problems)
