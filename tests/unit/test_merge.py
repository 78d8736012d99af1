"""Merging: what becomes one paper, what must not, and that nothing is lost in it."""

from dataclasses import replace
from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from paperbrowse.identity import identity
from paperbrowse.merge import Merging, Origin, merge
from paperbrowse.model import Paper, PartialDate, Source

TITLE = "Stacking Your Transformers: A Closer Look at Model Growth"
ABSTRACT = (
    "We study how models of growing size can be trained from smaller ones, and give guidelines that hold "
    "over many settings. Our experiments with seven billion parameters show that the simplest depthwise "
    "operator wins against all known rivals, converges after fewer tokens, and scales predictably; code is "
    "released."
)


def preprint(**more: object) -> Paper:
    values: dict[str, object] = {
        "title": TITLE,
        "authors": ("Wenyu Du", "Tongxu Luo", "Zihan Qiu"),
        "authors_complete": False,
        "date": PartialDate(2024, 5, 24),
        "category": "CL",
        "abstract": ABSTRACT,
        "pages_of": ("Wenyu Du",),
        "source": Source("page.txt", 37, "Scholar Feed"),
    }
    return Paper(**{**values, **more})  # type: ignore[arg-type]


def published(**more: object) -> Paper:
    values: dict[str, object] = {
        "title": TITLE.replace("Your", "your"),
        "authors": ("Wenyu Du", "Tongxu Luo", "Zihan Qiu", "Zeyu Huang"),
        "date": PartialDate(2025, 7),
        "venue": "Proceedings of Something",
        "venue_names": ("something",),
        "entry_type": "inproceedings",
        "pages": "1-9",
        "doi": "10.18653/v1/2025.test-main.1",
        "anthology": "2025.test-main.1",
        "source": Source("2025.test.xml", 5, "ACL Anthology"),
        "cited_as": "du-etal-2025-stacking",
    }
    return Paper(**{**values, **more})  # type: ignore[arg-type]


def untitled(abstract: str, **more: object) -> Paper:
    values: dict[str, object] = {
        "title": "[We study how …]",
        "title_from": "derived",
        "authors_complete": False,
        "date": PartialDate(2025),
        "abstract": abstract,
        "pages_of": ("Wenyu Du",),
        "source": Source("acl.txt", 12, "ACL Anthology author page"),
    }
    return Paper(**{**values, **more})  # type: ignore[arg-type]


def count(*papers: Paper) -> int:
    return len(merge(papers).papers)


def origins(merging: Merging, row: int = 0) -> dict[str, Origin]:
    return {origin.field: origin for origin in merging.origins(row)}


def test_a_preprint_and_its_publication_are_one_citable_paper() -> None:
    merging = merge([preprint(), published()])
    (paper,) = merging.papers
    assert paper.known_as == (identity(preprint()),)
    assert replace(paper, known_as=()) == replace(
        published(),
        abstract=ABSTRACT,
        category="CL",
        pages_of=("Wenyu Du",),
    )
    assert merging.members(0) == (published(), preprint())


def test_every_field_says_where_it_is_from_and_what_the_others_say() -> None:
    found = origins(merge([preprint(), published()]))
    assert found["date"].value == PartialDate(2025, 7)
    assert found["date"].source.path == "2025.test.xml"
    assert [(said.value, said.source.path) for said in found["date"].others] == [
        (PartialDate(2024, 5, 24), "page.txt")
    ]
    assert found["abstract"].source.path == "page.txt"
    assert not found["abstract"].others
    assert found["authors"].others[0].value == ("Wenyu Du", "Tongxu Luo", "Zihan Qiu")


def test_a_paper_of_one_source_has_its_origins_too() -> None:
    found = origins(merge([untitled(ABSTRACT)]))
    assert (found["title"].how, found["title"].source.line) == ("derived", 12)
    assert "venue" not in found


@pytest.mark.parametrize(
    ("field", "value"),
    [("doi", "10.1000/X"), ("arxiv", "2405.15319v2"), ("anthology", "2025.test-main.1")],
)
def test_an_id_in_common_is_enough(field: str, value: str) -> None:
    one = preprint(title="Stacking transformers", date=PartialDate(1999), **{field: value.lower()})
    other = Paper(title="Stacking Your Transformers", **{field: value})  # type: ignore[arg-type]
    assert count(one, other) == 1


def test_an_id_in_common_is_not_enough_for_two_chapters_of_a_book() -> None:
    one = Paper(title="Parsing by Chunks", authors=("Ann Other",), doi="10.1000/book")
    other = Paper(title="Quantifier Scope Revisited", authors=("Bo Else",), doi="10.1000/book")
    assert count(one, other) == 2


@pytest.mark.parametrize(
    "other",
    [
        preprint(title=TITLE.upper()),
        preprint(title=TITLE.replace("Your", "{Your}").replace(":", " –")),
        preprint(authors=("Du Wenyu", "T. Luo", "Zi-Han Qiu")),
        preprint(date=PartialDate(2026)),
        preprint(date=PartialDate(None, 5, 24)),
        preprint(authors=()),
        preprint(date=PartialDate(2022)),
    ],
)
def test_respelled_swapped_or_dated_otherwise_it_is_the_same_paper(other: Paper) -> None:
    assert count(other, published()) == 1


@pytest.mark.parametrize(
    "other",
    [
        preprint(title="Stacking Your Transformers: A Closer Look"),
        preprint(authors=("Ann Other", "Bo Else", "Cy Last")),
        preprint(authors=("Li Du", "Wei Luo", "Yi Qiu")),
        preprint(date=PartialDate(2019)),
        preprint(authors=(), date=PartialDate(2022)),
        published(anthology="2024.test-main.7", doi=None),
        published(doi="10.1000/other", anthology=None),
        preprint(venue="Proceedings of Another", entry_type="inproceedings", date=PartialDate(2023)),
    ],
)
def test_what_disagrees_stays_two_papers(other: Paper) -> None:
    assert count(other, published()) == 2


def test_titles_that_are_only_alike_are_two_papers() -> None:
    people = ("Chenglong Wang", "Yang Gan", "Yifu Huo")
    one = Paper(title="GRAM: A Generative Foundation Reward Model for Reward Generalization", authors=people)
    other = Paper(
        title="GRAM-R$^2$: Self-Training Generative Foundation Reward Models for Reward Reasoning",
        authors=people,
    )
    assert count(one, other) == 2


def test_latex_in_a_title_is_no_difference() -> None:
    one = Paper(title="GRAM-R$^2$: Self-Training Reward Models", authors=("Chenglong Wang",))
    assert count(one, replace(one, title="GRAM-R²: Self-Training Reward Models")) == 1


def test_titles_that_many_papers_share_need_the_same_year_and_people() -> None:
    one = Paper(title="Preface", authors=("Ann Other", "Bo Else"), date=PartialDate(2020))
    assert count(one, replace(one, date=PartialDate(2021))) == 2
    assert count(one, replace(one, authors=("Ann Other", "Cy Last"))) == 2
    assert count(one, replace(one, venue="V")) == 1


def report(title: str, year: int, **more: object) -> Paper:
    """A record of a publication with no id at all, as people's own bibliographies have it."""
    values: dict[str, object] = {
        "title": title,
        "authors": ("Ann Other", "Bo Else"),
        "date": PartialDate(year),
        "venue": "Proceedings of the Workshop on Tests",
        "entry_type": "inproceedings",
    }
    return Paper(**{**values, **more})  # type: ignore[arg-type]


SHARED_TASK = "Overview of the Shared Task on Hope in Tests"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        # What a project reports every year under one title.
        (report("Robust Continuous Recognition of Speech", 1993), {"date": PartialDate(1994)}),
        (report(SHARED_TASK, 2022), {"date": PartialDate(2023), "venue": None, "entry_type": None}),
        # A journal's version of a conference paper is cited by itself.
        (
            report("Word Association Norms and Mutual Information", 1989),
            {"date": PartialDate(1990), "venue": "Computational Tests", "entry_type": "article"},
        ),
        # Nobody's: a newsletter's columns, the front matter of proceedings.
        (report("Abstracts of Current Literature on Tests", 1980, authors=()), {}),
        (report("Biographical notes on speakers and chairs", 1989, authors=()), {"date": PartialDate(1990)}),
        # Twice in one volume, or in two of one journal.
        (report("A Summation by the Chairman of Tests", 1960, pages="12-14"), {"pages": "80-81"}),
        (
            report("Letters to the Editor about Tests", 1960, volume="3", entry_type="article"),
            {"volume": "4"},
        ),
    ],
)
def test_publications_of_one_title_that_are_not_one(one: Paper, other: dict[str, object]) -> None:
    assert count(one, replace(one, **other)) == 2  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (report("A Study of Tests that Pass Every Time", 2020, pages="12-14"), {"pages": "12--14"}),
        (report("A Study of Tests that Pass Every Time", 2020, pages="12-14"), {"venue": "WoT 2020"}),
        # Online in December, printed in January.
        (
            report("A Study of Tests that Pass", 2020, venue="Computational Tests", entry_type="article"),
            {"date": PartialDate(2021)},
        ),
        (report("A Study of Tests that Pass", 2020, pages="3"), {"date": PartialDate(2021)}),
        # A preprint of this year's report, and its publication.
        (report(SHARED_TASK, 2022), {"venue": None, "entry_type": None}),
        (
            report(SHARED_TASK, 2022, abstract=ABSTRACT),
            {"venue": None, "entry_type": None, "date": PartialDate(2021)},
        ),
    ],
)
def test_publications_of_one_title_that_are_one(one: Paper, other: dict[str, object]) -> None:
    assert count(one, replace(one, **other)) == 1  # type: ignore[arg-type]


def test_of_two_publications_of_one_title_the_nearer_year_is_taken() -> None:
    far = published(anthology="2026.test-main.3", doi=None, date=PartialDate(2026))
    near = published(anthology="2024.test-main.3", doi=None, date=PartialDate(2024))
    for order in permutations([far, near, preprint()]):
        merging = merge(order)
        assert sorted(paper.anthology or "" for paper in merging.papers) == [
            "2024.test-main.3",
            "2026.test-main.3",
        ]
        assert all(
            (paper.anthology == "2024.test-main.3") == bool(paper.category) for paper in merging.papers
        )


def test_a_record_without_title_is_known_by_its_abstract() -> None:
    edited = ABSTRACT.replace("settings. Our", "settings.Our").replace("wins", "prevails")
    other = published(
        title="Something Else Entirely", anthology="2025.test-main.9", doi=None, abstract=ABSTRACT[::-1]
    )
    merging = merge([other, untitled(edited), published(abstract=ABSTRACT)])
    assert len(merging.papers) == 2
    paper = merging.papers[1]
    assert (paper.title, paper.title_from) == (published().title, "stated")
    assert origins(merging, 1)["title"].others[0].value == "[We study how …]"


def test_an_abstract_of_the_same_group_is_not_the_same() -> None:
    words = ABSTRACT.split()
    half = " ".join([*words[: len(words) // 2], *(f"word{n}" for n in range(len(words)))])
    assert count(untitled(half), published(abstract=ABSTRACT)) == 2


def test_an_abstract_of_other_people_is_not_the_same() -> None:
    words = ABSTRACT.split()
    most = " ".join([*words[: 3 * len(words) // 4], "but", "then", "it", "ends"])
    assert count(untitled(most), published(abstract=ABSTRACT)) == 1
    assert count(untitled(most, pages_of=("Ann Other",)), published(abstract=ABSTRACT)) == 2


def test_an_abstract_that_is_only_alike_has_to_be_of_the_same_year() -> None:
    words = ABSTRACT.split()
    most = " ".join([*words[: 3 * len(words) // 4], "but", "then", "it", "ends"])
    assert count(untitled(most, date=PartialDate(2024)), published(abstract=ABSTRACT)) == 2
    assert count(untitled(ABSTRACT, date=PartialDate(2024)), published(abstract=ABSTRACT)) == 1


def test_two_pages_with_the_same_abstract() -> None:
    merging = merge([untitled(ABSTRACT), untitled(ABSTRACT, pages_of=("Tongxu Luo",))])
    assert [paper.pages_of for paper in merging.papers] == [("Wenyu Du", "Tongxu Luo")]


def test_a_refused_merge_stays_refused() -> None:
    one, other = preprint(), published()
    pair = (identity(one), identity(other))
    assert len(merge([one, other], [pair]).papers) == 2
    assert len(merge([other, one], [pair[::-1]]).papers) == 2
    third = preprint(source=Source("other.txt", 1, "Scholar Feed"), doi="10.48550/arXiv.2405.15319")
    assert len(merge([one, other, third], [pair]).papers) == 2


def test_records_of_one_identity_can_be_refused_too() -> None:
    one = preprint()
    assert len(merge([one, one], [(identity(one), identity(one))]).papers) == 2


def test_the_pages_of_one_publication_are_not_given_to_another() -> None:
    journal = published(
        venue="A Journal", anthology=None, doi=None, pages=None, volume="5", entry_type="article"
    )
    arxiv = preprint(venue="arXiv preprint", pages="1-40", entry_type="misc")
    (paper,) = merge([arxiv, journal]).papers
    assert (paper.venue, paper.volume, paper.pages) == ("A Journal", "5", None)


def test_a_correction_wins() -> None:
    title = "Stacking your Transformers: a closer look at Model Growth"
    right = preprint(title=title, title_from="corrected", corrected=("title",), correction="by hand")
    merging = merge([right, published()])
    assert merging.papers[0].title == right.title
    found = origins(merging)["title"]
    assert (found.how, found.correction) == ("corrected", "by hand")
    assert found.others[0].value == published().title


def test_what_a_correction_stands_instead_of_is_told() -> None:
    page = preprint(category="CL")
    right = replace(page, venue="ACL", category=None, corrected=("venue", "category"), correction="by hand")
    found = origins(merge([right], originals=[page]))
    assert (found["venue"].told, found["venue"].others) == ("by hand; no source gives it", ())
    assert (found["category"].value, found["category"].told) == (None, "by hand")
    assert [said.value for said in found["category"].others] == ["CL"]
    assert found["title"].told == f"stated, {page.source.path}:{page.source.line}"


def test_what_a_record_says_that_is_corrected_is_told_with_the_others() -> None:
    page = untitled(ABSTRACT)
    said = "Stacking Your Transformers: a closer look at model growth"
    right = replace(page, title=said, title_from="corrected", corrected=("title",), correction="by hand")
    title = origins(merge([right, published()], originals=[page, published()]))["title"]
    assert (title.value, title.told, title.before_others) == (said, "by hand", "instead of")
    assert {(other.value, other.how) for other in title.others} == {
        (page.title, "derived"),
        (published().title, "stated"),
    }


def test_corrections_of_several_records_are_each_told_by_their_own() -> None:
    one = preprint(category="CL").corrected_as({"category": "by hand"})
    other = published(pages="7").corrected_as({"pages": "the Anthology"})
    merging = merge([one, other])
    found = origins(merging)
    assert (found["category"].told, found["pages"].told) == ("by hand", "the Anthology")
    [paper] = merging.papers
    assert [paper.correction_of(name) for name in ("category", "pages")] == ["by hand", "the Anthology"]


def test_a_corrected_list_is_not_joined_with_the_others() -> None:
    page = preprint(keywords=("wrong",))
    right = replace(page, keywords=("right",), corrected=("keywords",), correction="by hand")
    merging = merge([right, published(keywords=("other",))], originals=[page, published(keywords=("other",))])
    assert merging.papers[0].keywords == ("right",)
    told = origins(merging)["keywords"]
    assert {said.value for said in told.others} == {("wrong",), ("other",)}


def test_a_correction_of_the_paper_that_the_records_make_is_told_as_one() -> None:
    merging = merge([preprint(), published()])
    merging.papers = [replace(merging.papers[0], pages="7", corrected=("pages",), correction="by hand")]
    pages = origins(merging)["pages"]
    assert (pages.value, pages.told) == ("7", "by hand")
    assert [said.value for said in pages.others] == [published().pages]


def test_a_bibliographys_own_key_is_kept() -> None:
    mine = preprint(cited_as="du2024", source=Source("my.bib", 3, "BibTeX"))
    assert merge([mine, published()]).papers[0].cited_as == "du2024"


_records = st.builds(
    Paper,
    title=st.sampled_from(["On Words and Their Meanings in Context", "Preface", TITLE]),
    authors=st.lists(st.sampled_from(["Ann Other", "Bo Else", "Cy Last"]), unique=True, max_size=3).map(
        tuple
    ),
    date=st.builds(PartialDate, st.none() | st.integers(2018, 2024)),
    doi=st.none() | st.sampled_from(["10.1000/a", "10.1000/b", "10.48550/arXiv.1"]),
    anthology=st.none() | st.sampled_from(["2020.a-main.1", "2021.a-main.1"]),
    arxiv=st.none() | st.sampled_from(["2001.00001", "2001.00002v1"]),
    abstract=st.sampled_from(["", ABSTRACT]),
    title_from=st.sampled_from(["stated", "derived"]),
)


@settings(deadline=None)
@given(st.lists(_records, max_size=7))
def test_no_record_is_lost_and_no_ids_are_mixed(papers: list[Paper]) -> None:
    papers = [replace(paper, source=Source("x", row, "X")) for row, paper in enumerate(papers)]
    merging = merge(papers)
    members = [merging.members(row) for row in range(len(merging.papers))]
    assert sorted(paper.source.line for group in members for paper in group) == list(range(len(papers)))
    firsts = [min(paper.source.line for paper in group) for group in members]
    assert firsts == sorted(firsts)
    for row, group in enumerate(members):
        said = {
            value
            for origin in merging.origins(row)
            if origin.field in ("title", "doi", "arxiv", "anthology")
            for value in (origin.value, *(other.value for other in origin.others))
        }
        assert said >= {
            value for one in group for value in (one.title, one.doi, one.arxiv, one.anthology) if value
        }
