"""Papers made to look like those of other fields, whose shapes the Anthology has too seldom to learn from."""

import random
import string
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from tests.bench.anthology import Entry
from tests.bench.boundary_pages import Item

_WORDS = Path(__file__).with_name("words")
GROUPS = tuple((_WORDS / "groups.txt").read_text(encoding="utf-8").split())
"""First words of the names of collaborations."""
ENDINGS = tuple((_WORDS / "endings.txt").read_text(encoding="utf-8").split())
"""Words in odd letters that titles of other fields end in."""

_ELEMENTS = "H Li Be B C N O F Na Mg Al Si P S Cl K Ca Ti V Cr Mn Fe Co Ni Cu Zn Ga Ge As Se Rb Sr Y Zr Nb Mo Te".split()  # noqa: E501, SIM905
_UNITS = "GeV TeV MeV keV eV GHz MHz kHz THz Hz kpc Mpc pc nm K T fs ms MW °".split()  # noqa: SIM905
_FORMULAS = (
    "$\\mathbb{R}^n$", "$d=4$", "$z>10$", "$\\epsilon=1$", "$L^2$", "$p_c$", "$O(N)$", "$k$",
    "$\\mathbb{Z}^d$", "$g-2$", "$S_8$", "$f(R)$", "$\\bar{B}^0 \\to K^+ \\pi^-$", "CFT$_2$", "$\\Lambda$CDM",
    "SU($N$)", "$p$-adics",
)  # fmt: skip
_SIGNED = ("RRT*", "A*", "C++", "SE(3)", "GF(2)", "SO(10)", "U-Net++", "Sgr A*", "Pt/C", "E(n)", "K3", "p53")
_BEFORE = ("of", "in", "with", "on", "for", "at", "and", "by", "beyond", "-", ":")
_KINDS = ("Collaboration",) * 6 + ("collaboration", "Consortium", "Team", "Team", "Group", "Project")
_CAPITALS = string.ascii_uppercase


def foreign(item: Item, rng: random.Random) -> Item:
    """`item` as it may be in another field: another ending, initials, or a collaboration as the author."""
    title, authors, abstract = item.entry.title, item.entry.authors, item.entry.abstract
    if rng.random() < 0.3:
        ending = rng.choice(_MAKERS)(rng)
        title = f"{title.rstrip('.?!')} {rng.choice(_BEFORE)} {ending}".replace(" :", ":")
        if rng.random() < 0.5:
            abstract = f"{abstract} We turn to {ending} in the end."
    if rng.random() < 0.2:
        authors = tuple(map(_with_initials, authors))
    if rng.random() < 0.03:
        authors = (authors[0].lower(), *authors[1:])
    if rng.random() < 0.15:
        authors = (_group(rng), *rng.choice((authors[1:], authors[1:], ())))
    return replace(item, entry=Entry(item.entry.id, title, authors, abstract))


def foreign_pages(pages: Sequence[Sequence[Item]], rng: random.Random) -> list[list[Item]]:
    """Every page with some of its papers changed."""
    return [[foreign(item, rng) for item in page] for page in pages]


def _with_initials(name: str) -> str:
    *given, family = name.split()
    if not given or not all(word[0].isupper() and len(word) > 1 for word in given):
        return name
    return " ".join([*("-".join(f"{part[:1]}." for part in word.split("-")) for word in given), family])


def _group(rng: random.Random) -> str:
    name = rng.choice(GROUPS) if rng.random() < 0.5 else _acronym(rng)
    if rng.random() < 0.1:
        name = f"{name} {rng.choice(('II', 'Scientific', 'Observatory'))}"
    return f"{'The ' if rng.random() < 0.3 else ''}{name} {rng.choice(_KINDS)}"


def _acronym(rng: random.Random) -> str:
    return "".join(rng.choices(_CAPITALS, k=rng.choice((2, 3, 3, 4, 4, 5, 6)))) + rng.choice(
        ("", "", "", "", "s", str(rng.randint(1, 99)))
    )


def _compound(rng: random.Random) -> str:
    count = rng.choice((2, 2, 3, 3, 4, 5))
    return "".join(rng.choice(_ELEMENTS) + rng.choice(("", "2", "$_3$", "$_{4}$", "")) for _ in range(count))


def _isotope(rng: random.Random) -> str:
    number = rng.randint(2, 230)
    return f"$^{{{number}}}${rng.choice(_ELEMENTS)}"


def _quantity(rng: random.Random) -> str:
    return f"{rng.randint(1, 2000)} {rng.choice(_UNITS)}"


def _number(rng: random.Random) -> str:
    return rng.choice(("2013-2022", "1.0", "2D", "3D", "5G", "1962", "II", "III", "IV", "VII", "XIV", "V2"))


_MAKERS: tuple[Callable[[random.Random], str], ...] = (
    _acronym, _acronym, _compound, _isotope, _quantity, _number,
    lambda rng: rng.choice(_FORMULAS), lambda rng: rng.choice(_SIGNED),
    lambda rng: rng.choice(ENDINGS), lambda rng: rng.choice(ENDINGS),
)  # fmt: skip
