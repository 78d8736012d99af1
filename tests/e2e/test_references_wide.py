"""A thousand made-up works of every kind, with every gap and lists of names of any length, before pandoc."""

import random
import re
from pathlib import Path
from typing import Any

import pytest

from paperbrowse.model import Paper, PartialDate
from paperbrowse.writers.common import entries_of
from paperbrowse.writers.references import reference
from tests.e2e import typesetting as judges
from tests.e2e.test_references_judge import judged, plain

WORKS = 1000
NAMES = (
    "Ann Lee", "Rob van der Goot", "Émile Zola Jr.", "OpenAI", "Xian-Ling Mao", "J.R.R. Tolkien", "王小明",
    "Ludwig van Beethoven", "Charles de la Vallée Poussin", "The Qwen Team", "José Ortega y Gasset",
    "Nguyễn Văn Đạt", "Jean d’Alembert", "Conan O'Brien", "Łukasz Kaiser", "R&D Team", "Đorđe Ćirić", "X",
    "Kirill V. Golubnichiy", "Benjamin Van Durme", "The ATLAS Collaboration",
)  # fmt: skip
MANY = tuple(f"Given{sign} Family{sign}" for sign in "abcdefghijklmnopqrstuvwxyz")
LENGTHS = (5, 6, 7, 8, 10, 11, 19, 20, 21, 22, 26)
"""About where styles begin to leave names out."""
TITLES = (
    "A plain title",
    "Is this a question?",
    "Ends in “quotes”",
    "On “quoted” words here",
    "Done!",
    "A title: With a subtitle",
    "Ends with a stop.",
    "α-divergence ≤ β of 50% & more",
    "It’s a “nested ‘title’” now",
)
DATES = (
    PartialDate(2024), PartialDate(2024, 5), PartialDate(2024, 5, 17), PartialDate(2023, 9, 3), PartialDate(),
)  # fmt: skip
KINDS = (
    "article", "inproceedings", "incollection", "book", "proceedings", "phdthesis", "mastersthesis",
    "techreport", "preprint",
)  # fmt: skip
VENUES = {
    "article": "Computational Linguistics",
    "phdthesis": "A University",
    "mastersthesis": "A University",
    "techreport": "Bell Labs",
}


def made_up(seed: int) -> list[Paper]:
    chance = random.Random(seed)

    def maybe(*values: Any) -> Any:
        return chance.choice(values) if chance.random() < 0.6 else None

    def people() -> tuple[str, ...]:
        if chance.random() < 0.6:
            return tuple(chance.sample(NAMES, chance.choice((1, 1, 2, 3))))
        return MANY[: chance.choice(LENGTHS)]

    def work(number: int) -> Paper:
        kind = chance.choice(KINDS)
        is_book = kind in ("book", "proceedings")
        is_part = kind in ("inproceedings", "incollection")
        editors = people() if (is_book or kind == "incollection") and chance.random() < 0.6 else ()
        authors = (
            people()
            if kind != "proceedings" and (not editors or chance.random() < 0.6 or not is_book)
            else ()
        )
        if not authors and not editors:
            authors, kind = people(), "book"
        of_its_kind: dict[str, Any] = {}
        if kind == "preprint":
            of_its_kind = {"category": "CL", "arxiv": maybe("2305.12345")}
        else:
            of_its_kind = {"entry_type": kind, "address": maybe("Málaga") if kind != "article" else None}
        if is_part or kind in VENUES:
            of_its_kind["venue"] = VENUES.get(kind, "Proceedings of the Test")
        if is_part or kind == "article":
            of_its_kind["pages"] = maybe("1-20", "416-425", "17", "100-104", "e123", "1103-1104")
        if is_part or is_book or kind == "article":
            of_its_kind["volume"] = maybe("46")
        if is_part or is_book:
            of_its_kind["publisher"] = maybe("R&D Press")
        if is_book or kind == "incollection":
            of_its_kind["edition"] = maybe("2", "3", "11")
        if kind in ("phdthesis", "techreport"):
            of_its_kind["genre"] = maybe("Technical Memo" if kind == "techreport" else "Habilitation")
        if kind in ("article", "techreport"):
            of_its_kind["number"] = maybe("2", "3-4") if kind == "article" else maybe("TR-7")
        return Paper(
            key=f"k{number}",
            title=chance.choice(TITLES),
            authors=authors,
            editors=editors,
            authors_complete=chance.random() < 0.9 or bool(editors),
            date=chance.choice(DATES),
            doi=maybe("10.1000/x"),
            urls=maybe(("https://example.org/",)) or (),
            accessed=maybe("2024-01-01"),
            **of_its_kind,
        )

    return [work(number) for number in range(WORKS)]


def alike(text: str, style: str) -> str:
    """`text` without what the two mean to do differently, or this pandoc does wrong."""
    text = plain(text, style)
    # American stops stand inside of quotation marks, in titles that are set in italics too.
    text = re.sub(r'"([.,])', r'\1"', text)
    if style == "apa":
        text = re.sub(r"Retrieved (?=http)", "", text)  # no English where no day is known
        text = text.replace(", ... others.", ", et al.")  # as if "others" were the last one's name
    if style == "ieee":
        # A stop before "[Online]" and "doi" of articles as well; and what volume of proceedings it is.
        text = re.sub(r",(?= (?:Accessed|Available|doi): )", ".", text).replace("?.", "?").replace("!.", "!")
        text = re.sub(r"(in Proceedings of the Test), vol\. 46", r"\1", text)
    if style == "chicago":
        # It says a volume twice where there are no pages and leaves pages out where there are; a year, twice.
        volume = r"(of the test(?:,.*?)??)(?:, vol\. 46)?, (?:46:[e\d–]+|46|vol\. 46)\."
        text = re.sub(volume, r"\1, [46].", text).replace(", ahead of print", "")
        text = re.sub(r"(\((?:may|september)) 20\d\d\)", r"\1)", text)
        text = re.sub(r"(linguistics 46) \(20\d\d\)", r"\1", text)
        text = re.sub(r"(linguistics(?:, (?:may|september)(?: \d+)?)?),? 20\d\d\b", r"\1", text)
    return text


@pytest.mark.parametrize("style", ["apa", "ieee", "chicago"])
def test_pandoc_sets_the_same_references(style: str, tmp_path: Path) -> None:
    judges.needed("pandoc")
    works = made_up(3)
    theirs = judged(works, style, tmp_path)
    assert len(theirs) == WORKS
    different = {
        entry.paper.key: (ours, theirs_)
        for entry in entries_of(works)
        if (ours := alike(reference(entry.paper, style), style))
        != (theirs_ := alike(theirs[entry.paper.key], style))
    }
    assert different == {}
