"""Papers counted."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from paperbrowse import tally as module
from paperbrowse.holdings import ReadHoldings
from paperbrowse.library import Library
from paperbrowse.model import Page, Paper, PartialDate
from paperbrowse.tally import OTHER, Bar, NotWanted, Tally, joint_papers, tally


def library(papers: Sequence[Paper], pages: Sequence[Page] = ()) -> Library:
    return Library(ReadHoldings([replace(paper, key=f"key{n}") for n, paper in enumerate(papers)], pages))


def paper(year: int | None, *authors: str, category: str | None = None, venues: str = "") -> Paper:
    names = tuple(venues.split())
    return Paper(title="T", authors=authors, date=PartialDate(year), category=category, venue_names=names)


def numbers(bars: Sequence[Bar]) -> list[tuple[str, int]]:
    return [(bar.label, bar.number) for bar in bars]


def test_years_without_a_paper_have_a_bar_and_the_earliest_share_one() -> None:
    found = library([paper(2024), paper(2024), paper(2021), paper(2001), paper(1999), paper(None)])
    years = numbers(tally(found, found.own).years)
    assert years[:4] == [("2024", 2), ("2023", 0), ("2022", 0), ("2021", 1)]
    assert years[-2:] == [("2010", 0), ("to 2009", 2)]
    assert tally(found, found.own).years[-1] == Bar("to 2009", 2, "year:<=2009", is_rest=True)
    assert len(years) == 16


def test_years_are_told_apart_by_category_and_else_by_venue() -> None:
    of_categories = library([paper(2024, category=name) for name in ("CL", "CL", "LG", "AI", "CV")])
    result = tally(of_categories, of_categories.own)
    assert list(result.kinds) == ["CL", "AI", "CV", OTHER]
    assert result.years[0].parts == (2, 1, 1, 1)
    of_venues = library([paper(2024, venues="ws wmt"), paper(2024, venues="acl"), paper(2023, venues="acl")])
    result = tally(of_venues, of_venues.own)
    assert list(result.kinds) == ["ACL", "WMT"]
    assert [bar.parts for bar in result.years] == [(1, 1, 0), (1, 0, 0)]
    assert numbers(result.venues) == [("ACL", 2), ("WMT", 1), ("Workshops", 1)]


def test_one_kind_of_papers_is_not_told_apart() -> None:
    found = library([paper(2024, category="CL"), paper(2023, category="CL")])
    result = tally(found, found.own)
    assert list(result.kinds) == []
    assert numbers(result.categories) == [("CL", 2)]


def test_co_authors_are_counted_without_the_author_and_together() -> None:
    found = library(
        [
            paper(2024, "Ann", "Bob", "Cy"),
            paper(2024, "Ann", "Bob"),
            paper(2024, "Bob", "Cy"),
            paper(2024, "Ann"),
        ]
    )
    ann = found.author("Ann")
    assert ann is not None
    result = tally(found, ann.rows, [ann])
    assert numbers(result.people) == [("Bob", 2), ("Cy", 1)]
    assert [list(line) for line in result.joint] == [[2, 1], [1, 1]]


def test_nothing_is_counted_of_nothing() -> None:
    assert tally(library([]), ()) == Tally(0, [], [], [], [], [], [])


PAPERS = st.lists(
    st.builds(
        paper,
        st.sampled_from([None, 1980, 2019, 2020, 2024]),
        st.sampled_from(["Ann", "Bob", "Cy", "Dee"]),
        st.sampled_from(["Eve", "Fay", "Gus"]),
        category=st.sampled_from([None, "CL", "LG"]),
        venues=st.sampled_from(["", "acl", "ws wmt", "emnlp"]),
    ),
    max_size=40,
)


@settings(max_examples=60, deadline=None)
@given(PAPERS)
def test_many_papers_are_counted_as_few_are(papers: list[Paper]) -> None:
    found = library(papers, [Page(path="p", format="f", owner="Gus")])
    rows = [row for row in found.own if row % 3]
    few = tally(found, rows)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "FEW", 0)
        patch.setattr(module, "_PEOPLE", 10)
        many = tally(found, rows)
    assert many.years == few.years
    assert many.venues == few.venues
    assert {bar.label: bar.number for bar in many.people} == {bar.label: bar.number for bar in few.people}
    counts = Counter(name for row in rows for name in found.papers[row].authors)
    assert {bar.label: bar.number for bar in few.people} == dict(counts)


def test_who_has_most_is_found_without_looking_at_everyone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "FEW", 0)
    monkeypatch.setattr(module, "_PEOPLE", 2)
    papers = (
        [paper(2020, "Many")] * 5
        + [paper(2021, "Some")] * 4
        + [paper(2021, "Few")] * 3
        + [paper(2021, "One")]
    )
    found = library(papers)
    assert numbers(tally(found, range(5, 13)).people) == [("Some", 4), ("Few", 3)]
    assert numbers(tally(found, range(1, 13)).people) == [("Many", 4), ("Some", 4)]


def test_an_answer_that_nobody_waits_for_is_not_worked_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "FEW", 0)
    monkeypatch.setattr(module, "_PAUSE", 2)
    found = library([paper(2020)] * 7)
    asked: list[int] = []

    def wanted(noted: int) -> bool:
        asked.append(noted)
        return noted < 4

    with pytest.raises(NotWanted):
        tally(found, found.own, wanted=wanted)
    assert asked == [0, 2, 4]
    assert tally(found, found.own).papers == 7


def test_every_two_are_told_for_the_papers_they_share() -> None:
    found = library([paper(2020, "A", "B", "C"), paper(2021, "C", "B"), paper(2022, "D"), paper(2023, "A")])
    people = [author for name in "ABCD" if (author := found.author(name))]
    assert joint_papers(people) == {(0, 1): 1, (0, 2): 1, (1, 2): 2}
    assert joint_papers(people[:1]) == joint_papers([]) == {}
