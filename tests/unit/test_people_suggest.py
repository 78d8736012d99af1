"""Which names are suggested as one person's, which are not, and what is shown for it."""

from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paperbrowse.holdings import ReadHoldings
from paperbrowse.library import Library
from paperbrowse.model import Page, Paper, PartialDate
from paperbrowse.opening import open_library
from paperbrowse.people.joins import NOBODY, Joins, joins_of
from paperbrowse.people.names import Form, differing
from paperbrowse.people.suggest import Suggestion, suggest


def library(*bylines: Sequence[str]) -> Library:
    papers = [
        Paper(title=f"paper {number}", authors=tuple(names), date=PartialDate(2020))
        for number, names in enumerate(bylines)
    ]
    return Library(ReadHoldings(papers))


def suggested(found: Library, joins: Joins = NOBODY) -> list[Suggestion]:
    return suggest(found.authors, lambda row: found.papers[row].authors, joins)


def pairs(found: Library, joins: Joins = NOBODY) -> set[frozenset[str]]:
    return {frozenset(one.names) for one in suggested(found, joins)}


@pytest.mark.parametrize(
    ("one", "other", "kind"),
    [
        ("YiLin Wang", "Yilin Wang", "written"),
        ("JingBo Zhu", "Jingbo Zhu", "written"),
        ("Xian-Ling Mao", "Xianling Mao", "written"),
        ("Jürgen Müller", "Jurgen Muller", "written"),
        ("Jürgen Müller", "Juergen Mueller", "written"),
        ("Rob van der Goot", "Rob Van Der Goot", "written"),
        ("Ahmed Abdul-Hamid", "Ahmed Abdul Hamid", "written"),
        ("Steven R. Wilson", "Steven R Wilson", "written"),
        ("Ziqi Jin", "Jin Ziqi", "order"),
        ("Ondřej Dušek", "Dusek Ondrej", "order"),
        ("Kevin D. Ashley", "Kevin Ashley", "middle"),
        ("Kenneth Ward Church", "Kenneth W. Church", "middle"),
        ("J. Müller", "Jürgen Müller", "initials"),
        ("M.T. Pazienza", "Maria Teresa Pazienza", "initials"),
        ("Yuan Li", "Yu Anli", None),
        ("Yilin Wang", "Yi Wang", None),
        ("Wei Lu", "Wei Liu", None),
        ("Jing Wang", "Jun Wang", None),
        ("J. B. Hobbs", "Jerry R. Hobbs", None),
        ("Martin Luther King Jr.", "Martin Luther King Sr.", None),
        ("Plato", "Socrates", None),
        ("", "A", None),
    ],
)
def test_how_names_differ(one: str, other: str, kind: str | None) -> None:
    assert differing(Form(one), Form(other)) == differing(Form(other), Form(one)) == kind


@given(st.text(max_size=30), st.text(max_size=30))
def test_any_text_is_a_name_and_it_does_not_matter_which_comes_first(one: str, other: str) -> None:
    assert differing(Form(one), Form(other)) == differing(Form(other), Form(one))


def test_the_bundled_pages_have_the_spellings_that_are_known_of_them() -> None:
    found = open_library()
    assert {frozenset(one.names) for one in suggested(found)} == {
        frozenset(pair)
        for pair in [
            ("Xian-Ling Mao", "Xianling Mao"),
            ("Jingbo Zhu", "JingBo Zhu"),
            ("Jingbo Zhu", "Zhu Jingbo"),
            ("JingBo Zhu", "Zhu Jingbo"),
            ("Yilin Wang", "YiLin Wang"),
            ("Ziqi Jin", "Jin Ziqi"),
        ]
    }
    [jin] = [one for one in suggested(found) if "Jin Ziqi" in one.names]
    assert jin.names == ("Ziqi Jin", "Jin Ziqi")
    assert jin.papers == (2, 1)
    assert jin.shared == jin.pages == ("Wei Lu",)
    assert jin.told == "the other way round"


def test_two_names_on_one_byline_are_two_people() -> None:
    together = library(["Yilin Wang", "YiLin Wang"], ["Yilin Wang", "Ann Other"], ["YiLin Wang", "Ann Other"])
    assert pairs(together) == set()
    apart = library(["Yilin Wang", "Ann Other"], ["YiLin Wang", "Ann Other"])
    assert pairs(apart) == {frozenset(("Yilin Wang", "YiLin Wang"))}


def test_what_was_settled_is_not_suggested_again() -> None:
    found = library(["Ziqi Jin", "Wei Lu"], ["Jin Ziqi", "Wei Lu"], ["Z. Jin", "Wei Lu"], ["Z. Jin", "A B"])
    assert frozenset(("Ziqi Jin", "Jin Ziqi")) in pairs(found)
    joined = joins_of([("Ziqi Jin", "Jin Ziqi")])
    assert frozenset(("Ziqi Jin", "Jin Ziqi")) not in pairs(found, joined)
    refused = joins_of([("Ziqi Jin", "Jin Ziqi")], [frozenset(("Jin Ziqi", "Z. Jin"))])
    assert not any("Z. Jin" in pair for pair in pairs(found, refused))


def test_who_stands_on_a_byline_with_one_spelling_is_not_the_person_of_the_others() -> None:
    found = library(
        ["Ziqi Jin", "Wei Lu"], ["Jin Ziqi", "Wei Lu"], ["ZiQi Jin", "Wei Lu"], ["ZiQi Jin", "Jin Ziqi"]
    )
    alone = pairs(found)
    assert frozenset(("ZiQi Jin", "Ziqi Jin")) in alone
    assert frozenset(("ZiQi Jin", "Jin Ziqi")) not in alone
    assert pairs(found, joins_of([("Ziqi Jin", "Jin Ziqi")])) == set()
    both = found.on_one_byline(["Wei Lu", "ZiQi Jin", "Ziqi Jin"])
    assert both is not None
    assert "Wei Lu" in both.authors
    assert found.on_one_byline(["Ziqi Jin", "ZiQi Jin"]) is None


def test_a_page_owner_under_another_spelling_is_on_the_same_page() -> None:
    papers = [Paper(title="x", authors=("Jin Ziqi", "Ann Other"), pages_of=("Ziqi Jin",))]
    found = Library(ReadHoldings(papers, [Page(path="p", format="f", owner="Ziqi Jin")]))
    [one] = suggested(found)
    assert one.pages == ("Ziqi Jin",)


def test_common_names_need_co_authors_in_common() -> None:
    strangers = [["Jing Wang", "Ann Other"], ["Wang Jing", "Bob Ray"]]
    assert pairs(library(*strangers)) == set()
    acquainted = [["Jing Wang", *"ABC"], ["Wang Jing", *"ABC"]]
    assert frozenset(("Jing Wang", "Wang Jing")) in pairs(library(*acquainted))
    initials = [["J. Wang", "Ann Other"], ["Jing Wang", "Bob Ray"]]
    assert pairs(library(*initials)) == set()
    rare = [["J. Müller", "Ann Other"], ["Jürgen Müller", "Bob Ray"]]
    assert pairs(library(*rare)) == {frozenset(("J. Müller", "Jürgen Müller"))}


def test_an_initial_that_may_be_of_several_stands_for_none() -> None:
    found = library(["J. Müller", "A"], ["Jürgen Müller", "B"], ["Jana Müller", "C"])
    assert pairs(found) == set()


def test_who_goes_by_a_middle_name_is_not_everyone_of_that_initial() -> None:
    found = library(["C. Anton Rytting", "A"], ["Christopher Rytting", "B"])
    assert pairs(found) == set()
    acquainted = library(["C. Anton Rytting", "A"], ["Charles Rytting", "A"])
    assert len(pairs(acquainted)) == 1


def test_the_most_certain_comes_first_and_the_frequent_name_leads() -> None:
    found = library(
        ["Jürgen Müller"], ["J. Müller"], ["Ziqi Jin", "A", "B"], ["Ziqi Jin"], ["Jin Ziqi", "A", "B"]
    )
    first, second = suggested(found)
    assert first.names == ("Ziqi Jin", "Jin Ziqi")
    assert (first.shared_count, set(first.shared)) == (2, {"A", "B"})
    assert second.shared_count == 0


def test_suggesting_pauses_often_and_asks_for_few_bylines(seeds: Path) -> None:
    found = open_library([seeds])
    pauses: list[None] = []
    asked: list[int] = []

    def byline(row: int) -> Sequence[str]:
        asked.append(row)
        return found.papers[row].authors

    suggest(found.authors, byline, NOBODY, lambda: pauses.append(None))
    assert len(pauses) > 10
    assert len(asked) < 10
