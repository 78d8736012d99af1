"""CSL-JSON, OpenAlex and Semantic Scholar: whole answers, wrong shapes, broken and cut files."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from paperbrowse.model import PartialDate, Reading
from paperbrowse.readers import read_document
from paperbrowse.readers.document import Document

CSL = """[
  {"id": "a1", "type": "article-journal", "title": "A <i>title</i> with H<sub>2</sub>O &amp; more",
   "author": [{"family": "Goot", "given": "Rob", "non-dropping-particle": "van der"}, {"literal": "OpenAI"},
              {"family": "王", "given": "小明"}],
   "issued": {"date-parts": [[2020, 3, "15"]]}, "container-title": "J. X", "page": "1–10", "DOI": "10.1000/x",
   "volume": 5, "issue": "2", "URL": "https://arxiv.org/abs/2001.00001"},
  {"id": "a2", "type": "paper-conference", "title": broken },
  {"id": "a3", "type": "chapter", "title": "Third", "author": "wrong", "issued": {"raw": "2011-05"}},
  17,
  {"id": "a4", "type": "book", "abstract": "Only an abstract, of nine words or a few more."},
  {"id": "a5", "type": "webpage"},
  {"id": "a6", "type": "book", "title": "Sixth"}
]
"""

OPENALEX = """{"meta": {"count": 2}, "results": [
{"id": "https://openalex.org/W123", "doi": "https://doi.org/10.18653/v1/2023.acl-long.1",
 "title": "Foo <b>Bar</b>", "publication_year": 2023, "publication_date": "2023-07-01", "type": "article",
 "type_crossref": "proceedings-article", "is_authors_truncated": true,
 "authorships": [{"author": {"display_name": "Ann Other"}, "institutions": [{"display_name": "MIT"}]}],
 "primary_location": {"landing_page_url": "https://doi.org/10.18653/v1/2023.acl-long.1",
                      "source": {"display_name": "ACL", "type": "conference"}},
 "locations": [{"landing_page_url": "http://arxiv.org/abs/2301.00002"}],
 "biblio": {"first_page": "1", "last_page": "9", "volume": null},
 "abstract_inverted_index": {"Hello": [0], "world": [1, 2]}},
{"id": "https://openalex.org/W124", "title": null}
], "group_by": []}
"""

SEMANTIC_SCHOLAR = """{"total": 2, "offset": 0, "data": [
{"paperId": "649def34",
 "externalIds": {"ArXiv": "1805.02262v1", "DOI": "10.18653/v1/N18-3011", "ACL": "N18-3011"},
 "title": "Construction of the Literature Graph", "venue": "NAACL", "year": 2018,
 "authors": [{"authorId": "1", "name": "Waleed Ammar"}], "publicationTypes": ["JournalArticle", "Conference"],
 "publicationVenue": {"name": "North American Chapter", "type": "conference"},
 "journal": {"pages": "84-91"}, "publicationDate": "2018-05-06"},
null,
{"paperId": "zz", "title": "Authors of the wrong shape", "authors": "Ann Other"}]}
"""

SEMANTIC_SCHOLAR_LINES = (
    '{"corpusid": 1, "externalids": {"ArXiv": null, "DOI": "10.1000/a"}, "title": "A", "year": 2001}\n'
    "{bad}\n"
    '{"corpusid": 2, "title": "B", "authors": [{"name": "X Y"}], "year": "2002"}\n'
)


def read(text: str) -> Reading:
    return read_document(Document("x.json", text.encode()))


def test_csl_json() -> None:
    reading = read(CSL)
    assert [paper.cited_as for paper in reading.papers] == ["a1", "a3", "a4", "a6"]
    first = reading.papers[0]
    assert first.title == "A title with H$_{2}$O & more"
    assert first.authors == ("Rob van der Goot", "OpenAI", "王 小明")
    assert first.date == PartialDate(2020, 3, 15)
    assert (first.venue, first.pages, first.volume, first.number) == ("J. X", "1-10", "5", "2")
    assert (first.doi, first.arxiv, first.entry_type) == ("10.1000/x", "2001.00001", "article")
    assert reading.papers[1].date == PartialDate(2011, 5)
    assert reading.papers[2].title_from == "derived"


def test_what_is_wrong_in_csl_json_is_told_by_line() -> None:
    assert [
        (problem.line, problem.what.split(" in line")[0], problem.lost) for problem in read(CSL).problems
    ] == [
        (7, "not JSON: expecting value", True),
        (8, "'author' should be a list, but is a text; it is left out", False),
        (9, "a number stands where a record is expected", True),
        (11, "the item has no title", True),
    ]


def test_crossref_answers_are_read_too() -> None:
    text = json.dumps(
        {
            "status": "ok",
            "message": {
                "items": [
                    {
                        "DOI": "10.1000/x",
                        "type": "journal-article",
                        "title": ["A title"],
                        "container-title": ["A Journal"],
                        "author": [{"given": "Ann", "family": "Other"}],
                        "issued": {"date-parts": [[2020]]},
                        "abstract": "<jats:title>Abstract</jats:title><jats:p>Text &lt; 5%.</jats:p>",
                    }
                ]
            },
        }
    )
    (paper,) = read(text).papers
    assert (paper.title, paper.venue, paper.entry_type) == ("A title", "A Journal", "article")
    assert paper.abstract == "Abstract Text < 5%."


def test_openalex() -> None:
    reading = read(OPENALEX)
    (paper,) = reading.papers
    assert (paper.title, paper.authors, paper.authors_complete) == ("Foo Bar", ("Ann Other",), False)
    assert (paper.doi, paper.arxiv, paper.anthology) == (
        "10.18653/v1/2023.acl-long.1", "2301.00002", "2023.acl-long.1",
    )  # fmt: skip
    assert (paper.abstract, paper.pages, paper.venue) == ("Hello world world", "1-9", "ACL")
    assert (paper.date, paper.entry_type) == (PartialDate(2023, 7, 1), "inproceedings")
    assert paper.affiliations == ("MIT",)
    assert [(problem.line, problem.what) for problem in reading.problems] == [(11, "the work has no title")]


def test_semantic_scholar() -> None:
    reading = read(SEMANTIC_SCHOLAR)
    first, second = reading.papers
    assert (first.arxiv, first.doi, first.anthology) == ("1805.02262", "10.18653/v1/N18-3011", "N18-3011")
    assert (first.venue, first.entry_type, first.pages) == ("NAACL", "inproceedings", "84-91")
    assert first.date == PartialDate(2018, 5, 6)
    assert second.authors == ()
    assert [(problem.line, problem.lost) for problem in reading.problems] == [(9, False)]


def test_semantic_scholar_lines() -> None:
    reading = read(SEMANTIC_SCHOLAR_LINES)
    assert [(paper.title, paper.date.year, paper.source.line) for paper in reading.papers] == [
        ("A", 2001, 1),
        ("B", 2002, 3),
    ]
    assert [problem.line for problem in reading.problems] == [2]


def test_citations_hold_the_paper_one_level_down() -> None:
    text = (
        '{"offset": 0, "data": [{"isInfluential": true, "citedPaper": {"paperId": "x", "title": "Cited"}}]}'
    )
    assert [paper.title for paper in read(text).papers] == ["Cited"]


@pytest.mark.parametrize(
    "text", ['{"a": 1}', "[]", "[" * 100_000, '{"name": "x", "version": "1"}', '"text"', "17"]
)
def test_json_of_another_kind_is_told(text: str) -> None:
    reading = read(text)
    assert not reading.papers
    assert "in no format that can be read" in reading.problems[0].what


@pytest.mark.parametrize(
    "text",
    [
        '[{"type": "book", "title": "A", "issued": ' + "[" * 100_000,
        '[{"type": "book", "title": "A", "DOI": ' + "9" * 10_000 + "}]",
        '[{"type": "book", "title": {"a": 1}, "DOI": []}]',
        '[{"type": "book", "title": "\\ud800", "DOI": ""}]',
        '[{"type": "book", "title": "T", "issued": {"date-parts": [["x", null, 1e400]]}}]',
        '{"id": "https://openalex.org/W1", "authorships": 5, "abstract_inverted_index": {"a": [-1, "b"]}}',
        '{"paperId": "a", "title": ["x"], "externalIds": ["y"], "authors": [1, null, {"name": 5}]}',
    ],
)
def test_hostile_values(text: str) -> None:
    reading = read(text)
    assert reading.papers or reading.problems


@pytest.mark.parametrize("text", [CSL, OPENALEX, SEMANTIC_SCHOLAR, SEMANTIC_SCHOLAR_LINES])
def test_cut_off_anywhere_it_keeps_what_stood_before(text: str) -> None:
    whole = [paper.title for paper in read(text).papers]
    for cut in range(0, len(text), 5):
        reading = read(text[:cut])
        found = [paper.title for paper in reading.papers]
        assert found == whole[: len(found)]
        assert reading.papers or reading.problems
        assert cut == 0 or len(found) == len(whole) or reading.problems or text is SEMANTIC_SCHOLAR_LINES


_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)
_fields = st.sampled_from(
    ["id", "type", "title", "author", "issued", "DOI", "URL", "page", "volume", "abstract", "note", "paperId",
     "externalIds", "authors", "journal", "publicationVenue", "publicationDate", "year", "authorships", "doi",
     "primary_location", "locations", "biblio", "abstract_inverted_index", "publication_year",
     "container-title"]
)  # fmt: skip


@settings(deadline=None)
@given(
    st.sampled_from(
        [
            {"type": "book", "DOI": "10.1000/x"},
            {"id": "https://openalex.org/W1", "display_name": ""},
            {"paperId": "x"},
        ]
    ),
    st.lists(st.dictionaries(_fields, _values, max_size=6), max_size=4),
)
def test_any_shape_ends_in_a_paper_or_a_problem(first: dict[str, str], rest: list[dict[str, object]]) -> None:
    text = json.dumps([{"title": "Known", **first}, *rest])
    reading = read(text)
    assert reading.papers[0].title == "Known"
    lost = [problem for problem in reading.problems if problem.lost]
    assert len(reading.papers) + len(lost) == 1 + len(rest)
