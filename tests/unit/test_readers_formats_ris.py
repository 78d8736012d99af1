"""RIS in its dialects, and PubMed's format."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from paperbrowse.model import PartialDate, Reading
from paperbrowse.readers import read_document
from paperbrowse.readers.document import Document

RIS = """junk before
TY  - JOUR
TI  - A title that goes
over two lines
AU  - Goot, Rob van der
AU  - Downey, Robert, Jr.
AU  - OpenAI
PY  - 2020/03/15/
JO  - Short
T2  - Long Journal
SP  - 12
EP  - 34
VL  - 5
IS  - 2
DO  - doi:10.1000/abc
UR  - https://arxiv.org/abs/2001.00001v2
AB  - An abstract.
ZZ  - of no known tag
ER  -\x20

TY - CONF
T1 - Dialect
A1 - Doe, J
Y1 - 2001
TY  - JOUR
AU  - No Title
ER  -
TY  - GEN
TI  - Unclosed
DA  - 2011/02
"""

PUBMED = """PMID- 123
OWN - NLM
DP  - 2020 Jan 15
TI  - A title that
      goes on here.
LID - 10.1016/j.cell.2020.01.001 [doi]
AB  - Text of the abstract
      and more.
FAU - Smith, John A
AU  - Smith JA
AD  - Some University
CN  - Some Study Group
JT  - Cell
VI  - 1
PG  - 1-10
PT  - Journal Article

PMID- 124
DP  - 2021
"""


def read(text: str) -> Reading:
    return read_document(Document("x.ris", text.encode()))


def test_ris() -> None:
    reading = read(RIS)
    assert [(paper.title, paper.source.line) for paper in reading.papers] == [
        ("A title that goes over two lines", 2),
        ("Dialect", 21),
        ("Unclosed", 28),
    ]
    first = reading.papers[0]
    assert first.authors == ("Rob van der Goot", "Robert Downey Jr.", "OpenAI")
    assert first.date == PartialDate(2020, 3, 15)
    assert (first.venue, first.pages, first.volume, first.number) == ("Long Journal", "12-34", "5", "2")
    assert (first.doi, first.arxiv, first.entry_type) == ("10.1000/abc", "2001.00001", "article")
    assert first.abstract == "An abstract."


def test_what_is_wrong_in_ris_is_told_by_line() -> None:
    assert [(problem.line, problem.what, problem.lost) for problem in read(RIS).problems] == [
        (1, "this line belongs to no record", True),
        (21, "the record is not closed by ER", False),
        (25, "the record has no title", True),
        (28, "the file ends inside this record", False),
    ]


def test_pubmed() -> None:
    reading = read(PUBMED)
    (paper,) = reading.papers
    assert paper.title == "A title that goes on here"
    assert paper.authors == ("John A Smith", "Some Study Group")
    assert (paper.doi, paper.venue, paper.pages) == ("10.1016/j.cell.2020.01.001", "Cell", "1-10")
    assert paper.abstract == "Text of the abstract and more."
    assert paper.date == PartialDate(2020, 1, 15)
    assert [(problem.line, problem.what) for problem in reading.problems] == [(18, "the record has no title")]


@pytest.mark.parametrize("text", [RIS, PUBMED])
def test_cut_off_anywhere_it_keeps_what_stood_before(text: str) -> None:
    whole = [paper.source.line for paper in read(text).papers]
    for cut in range(0, len(text), 3):
        reading = read(text[:cut])
        found = [paper.source.line for paper in reading.papers]
        assert found == whole[: len(found)]
        assert reading.papers or reading.problems


_pieces = st.sampled_from(
    ["TY  - JOUR", "TI  - T", "ER  -", "AU  - A, B, C, D", "PY  - 20", "\n", "DO  - 10.", "x", ""]
)


@settings(deadline=None)
@given(
    st.lists(
        _pieces | st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=6),
        max_size=30,
    ).map("\n".join)
)
def test_nothing_makes_it_stumble(text: str) -> None:
    reading = read("TY  - JOUR\nTI  - First\nER  -\n" + text + "\nTY  - JOUR\nTI  - Last\nER  -\n")
    assert reading.papers[0].title.startswith("First")
    assert reading.papers[-1].title == "Last"
