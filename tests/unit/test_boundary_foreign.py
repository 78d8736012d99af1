"""Title and byline parted on pages of all fields, names from all over the world; every line is invented.

The two lists hold what is difficult: titles that end in formulas, units, acronyms, numbers, marks; names of
many languages, initials and collaborations. Any title may stand before any names.
"""

import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

from paperbrowse.readers.boundary import Glued, split_page

HERE = Path(__file__).parent
PAGES = 130
LINES = 20


@dataclass(frozen=True)
class Line:
    """A glued line, and what it was before."""

    kind: str
    title: str
    abstract: str
    names: tuple[str, ...]
    et_al: bool

    @property
    def glued(self) -> Glued:
        return Glued(self.title + ", ".join(self.names), self.et_al, self.abstract)


@cache
def rows(name: str) -> list[tuple[str, str]]:
    lines = (HERE / name).read_text(encoding="utf-8").splitlines()
    return [(one, two) for one, _, two in (line.partition("\t") for line in lines)]


def pages() -> Iterator[list[Line]]:
    """Always the same pages, each with a quarter of its abstracts missing."""
    rng = random.Random(11)
    titles = rows("glued_titles.tsv")
    # Names in small letters and groups are rarer than persons; they stand in tests of their own below.
    people = [(kind, name) for kind, name in rows("glued_names.tsv") if kind not in ("lower", "group")]
    for _ in range(PAGES):
        page = []
        for title, abstract in rng.sample(titles, LINES):
            first, *others = rng.sample(people, rng.choice((1, 2, 3, 3, 3)))
            names = (first[1], *(name for _, name in others))
            et_al = len(names) == 3 and rng.random() < 0.7
            page.append(Line(first[0], title, abstract if rng.random() < 0.75 else "", names, et_al))
        yield page


def wrong(page: list[Line]) -> list[Line]:
    splits = split_page([line.glued for line in page])
    return [
        line
        for line, split in zip(page, splits, strict=True)
        if (split.title, split.authors) != (line.title, line.names)
    ]


@cache
def failures() -> tuple[Line, ...]:
    return tuple(line for page in pages() for line in wrong(page))


def test_nearly_every_line_is_parted_rightly() -> None:
    share = 1 - len(failures()) / (PAGES * LINES)
    assert share >= 0.99, [(line.title[-30:], line.names[0]) for line in failures()]


def test_names_of_no_language_are_much_worse_than_others() -> None:
    kinds = Counter(line.kind for page in pages() for line in page)
    bad = Counter(line.kind for line in failures())
    for kind, count in kinds.items():
        assert bad[kind] <= max(2, count // 25), kind


@pytest.mark.parametrize(
    ("title", "abstract"),
    [
        ("A search for axions at low mass", "We search for axions of low mass."),
        ("Jet shapes in PbPb collisions at 5 TeV", ""),
        ("A note on $\\sqrt{s}=13$ TeV", "Data were taken at 13 TeV."),
        ("Seven years of data", ""),
    ],
)
def test_a_collaboration_is_an_author(title: str, abstract: str) -> None:
    groups = [name for kind, name in rows("glued_names.tsv") if kind == "group"]
    alone = [Line("group", title, abstract, (name,), False) for name in groups]
    first = [Line("group", title, abstract, (name, "G. Aadland", "B. Abbotson"), True) for name in groups]
    assert [line.names[0] for line in (*alone, *first) if wrong([line])] == []


def test_a_collaboration_is_not_cut_at_a_capital_of_its_own() -> None:
    line = Line("group", "Neutrinos from blazars", "Neutrinos.", ("IceCube Collaboration",), False)
    assert wrong([line]) == []
    assert wrong([Line("", "A Survey", "", ("Ann Lee", "DUNE Collaboration"), False)]) == []


@pytest.mark.parametrize("name", ["danah boyar", "bell hooke"])
def test_a_name_in_small_letters_behind_a_word_of_the_abstract(name: str) -> None:
    line = Line("", "The privacy of networked publics", "We ask who the publics are.", (name,), False)
    assert wrong([line]) == []


@pytest.mark.parametrize(
    "ending", ["$^{87}$Rb", "SrTiO$_3$", "FeMnNi", "H$_2$O", "MgH2", "CdTe", "C60", "LiFePO$_4$"]
)
@pytest.mark.parametrize("name", ["Ya. Zeldin", "Li Weihan", "Nina Ferrara", "Ö. Çakırlı"])
def test_a_formula_is_whole(ending: str, name: str) -> None:
    line = Line("", f"Phonons and magnons in {ending}", f"We study {ending} by light.", (name,), False)
    assert wrong([line]) == []
