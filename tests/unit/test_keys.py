"""Citation keys."""

import random
import re
from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paperbrowse.identity import identity
from paperbrowse.keys import ACL_PATTERN, SOURCE_PATTERN, KeyPatternError, assign_keys, check_pattern
from paperbrowse.model import Paper, PartialDate


def paper(title: str, *authors: str, year: int | None = 2023, month: int | None = None) -> Paper:
    return Paper(title=title, authors=authors, date=PartialDate(year, month))


DIVERGENCE = paper(
    "f-Divergence Minimization for Sequence-Level Knowledge Distillation", "Yuqiao Wen", "Zichao Li", "W D"
)


@pytest.mark.parametrize(
    ("record", "key"),
    [
        (DIVERGENCE, "wen2023fdivergence"),
        (paper("The GRAM-R$^2$: Self-Training", "Chenglong Wang"), "wang2023gramr2"),
        (paper("On the Way", "Rob van der Goot"), "vandergoot2023way"),
        (paper("Étude générale", "Émile Zola"), "zola2023etude"),
        (paper("深度学习", "李明"), "liming2023shenduxuexi"),
        (paper("A Report", "OpenAI", year=None), "openaindreport"),
        (paper("To be or not to be", "Ann Lee"), "lee2023to"),
        (paper("Nobody Wrote This"), "anon2023nobody"),
        (paper("???", "Ann Lee"), "lee2023"),
        (
            Paper(
                title="[Tab-CoT: The chain…]",
                title_from="derived",
                pages_of=("Wei Lu",),
                date=PartialDate(2023),
            ),
            "lu2023tabcot",
        ),
    ],
)
def test_readable_keys(record: Paper, key: str) -> None:
    assert assign_keys([record]) == [key]


@pytest.mark.parametrize(
    ("pattern", "key"),
    [
        (ACL_PATTERN, "wen-etal-2023-f"),
        ("[auth][year]", "wen2023"),
        ("x-[title]", "x-fdivergenceminimizationsequencelevel"),
        ("[year]-[authors]", "2023-wen-etal"),
    ],
)
def test_patterns(pattern: str, key: str) -> None:
    assert assign_keys([DIVERGENCE], pattern=pattern) == [key]


@pytest.mark.parametrize(
    "pattern", ["[nobody]", "constant", "", "[auth]_[year]", "[auth] [year]", "[auth]{", "A[auth]"]
)
def test_impossible_patterns_say_why(pattern: str) -> None:
    with pytest.raises(KeyPatternError, match="citation key pattern"):
        check_pattern(pattern)


def test_acl_names_both_of_two_authors() -> None:
    two = paper("The Station", "Stephen Chung", "Wenyu Du")
    assert assign_keys([two], pattern=ACL_PATTERN) == ["chung-du-2023-station"]
    assert assign_keys([replace(two, authors_complete=False)], pattern=ACL_PATTERN) == [
        "chung-etal-2023-station"
    ]


def test_the_order_of_papers_does_not_decide_who_gets_a_letter() -> None:
    papers = [
        paper(f"Parsing {word}", "Ann Lee", month=month)
        for month, word in enumerate(("one", "two", "three", "four"), 1)
    ]
    keys = dict(zip(papers, assign_keys(papers), strict=True))
    assert list(keys.values()) == ["lee2023parsing", "lee2023parsingb", "lee2023parsingc", "lee2023parsingd"]
    shuffled = papers[::-1]
    assert assign_keys(shuffled) == [keys[one] for one in shuffled]


def test_pinned_keys_stay_and_are_nobody_elses() -> None:
    old, new = paper("Parsing", "Ann Lee", month=5), paper("Parsing More", "Ann Lee", month=1)
    taken = {identity(old): "lee2023parsing"}
    assert assign_keys([new, old], taken) == ["lee2023parsingb", "lee2023parsing"]
    assert assign_keys([new], taken) == ["lee2023parsingb"]
    assert assign_keys([new], {"elsewhere": "LEE2023Parsing"}) == ["lee2023parsingb"]


def test_the_sources_own_keys_may_stay() -> None:
    own = [
        replace(paper("Parsing", "Ann Lee"), cited_as=key)
        for key in ("Lee:2023_a", "lee:2023_A", "müller2020", "a,b", None, "wen2023x")
    ]
    keys = assign_keys(own, pattern=SOURCE_PATTERN)
    assert keys[5] == "wen2023x"
    assert sorted(keys[:2], key=len) in (["Lee:2023_a", "Lee:2023_ab"], ["lee:2023_A", "lee:2023_Ab"])
    assert {key.rstrip("bc") for key in keys[2:5]} == {"lee2023parsing"}
    assert len({key.lower() for key in keys}) == len(keys)
    check_pattern(SOURCE_PATTERN)


def test_more_than_an_alphabet_of_twins() -> None:
    keys = assign_keys([paper("Parsing", "Ann Lee")] * 60)
    assert len(set(keys)) == 60
    assert "lee2023parsingz" in keys
    assert "lee2023parsingaa" in keys


def test_a_letter_never_makes_another_papers_key() -> None:
    papers = [
        paper("Pars", "Ann Lee", month=1),
        paper("Pars it", "Ann Lee", month=2),
        paper("Parsb", "Ann Lee"),
    ]
    assert sorted(assign_keys(papers)) == ["lee2023pars", "lee2023parsb", "lee2023parsc"]


records = st.builds(
    paper,
    st.text(max_size=12) | st.sampled_from(["Parsing", "The Parsing", "$x^2$"]),
    st.text(max_size=8) | st.sampled_from(["Ann Lee", "李明"]),
    year=st.none() | st.integers(1, 2100),
    month=st.none() | st.integers(1, 12),
)


@given(st.lists(records, max_size=12), st.randoms(use_true_random=False))
def test_any_papers(papers: Sequence[Paper], chance: random.Random) -> None:
    keys = assign_keys(papers)
    assert all(re.fullmatch(r"[a-z0-9-]+", key) for key in keys)
    assert len({key.lower() for key in keys}) == len(papers)
    shuffled = list(papers)
    chance.shuffle(shuffled)
    assert sorted(zip(map(repr, shuffled), assign_keys(shuffled), strict=True)) == sorted(
        zip(map(repr, papers), keys, strict=True)
    )
