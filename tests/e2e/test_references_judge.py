"""Formatted references before pandoc, which sets them by the styles of citationstyles.org."""

import json
import re
import unicodedata
from dataclasses import replace
from html import unescape
from pathlib import Path
from typing import Any

import pytest

from paperbrowse.model import Paper, PartialDate
from paperbrowse.opening import open_library
from paperbrowse.writers import ExportOptions
from paperbrowse.writers.common import Entry, entries_of, is_on_arxiv, own_link
from paperbrowse.writers.csljson import csl_item
from paperbrowse.writers.references import reference
from tests.conftest import SEEDS
from tests.e2e import typesetting as judges

CSL = Path(__file__).parent.parent / "facts" / "csl"
DAY = PartialDate(2024, 5, 17)

# What sets an entry off from its neighbours in one list, and a name of page ranges younger than pandoc 2.17.
_OF_A_LIST = re.compile(
    r' (?:disambiguate-add-[a-z-]+|givenname-disambiguation-rule|subsequent-author-substitute)="[^"]*"'
)
_QUOTES = str.maketrans(dict.fromkeys("“”‘’'", '"'))


def style_file(style: str, folder: Path) -> Path:
    text = (CSL / f"{style}.csl").read_text(encoding="utf-8")
    text = _OF_A_LIST.sub("", text).replace('page-range-format="chicago-16"', 'page-range-format="chicago"')
    path = folder / f"{style}.csl"
    path.write_text(text, encoding="utf-8")
    return path


def item(entry: Entry, style: str) -> dict[str, Any]:
    """The record as the styles want it: they set proceedings that name no editor as a periodical."""
    record = csl_item(entry, ExportOptions())
    paper = entry.paper
    record |= {"URL": own_link(paper)}
    if record["type"] == "paper-conference" and style != "ieee":
        record["type"] = "chapter"
    if "issue" in record:
        record["issue"] = record["issue"].replace("-", "–")
    if is_on_arxiv(paper) and not paper.arxiv:
        record["publisher"] = "arXiv preprint"
    return {name: value for name, value in record.items() if value}


def judged(papers: list[Paper], style: str, folder: Path) -> dict[str, str]:
    """The references that pandoc makes of `papers`, by key."""
    records = [item(entry, style) for entry in entries_of(papers)]
    (folder / "items.json").write_text(json.dumps(records), encoding="utf-8")
    command = ["pandoc", "-f", "csljson", "-t", "html", "--wrap=none", "--citeproc", "--csl"]
    code, said = judges.run([*command, str(style_file(style, folder)), "items.json"], folder)
    assert code == 0, said
    found = re.findall(
        r'<div id="ref-([^"]+)" class="csl-entry"[^>]*>\n(.*?)\n</div>\n(?=<div|</div>)', said, re.DOTALL
    )
    return {unescape(key): unescape(re.sub(r"<[^>]*>", "", text)).strip() for key, text in found}


def plain(text: str, style: str) -> str:
    """`text` without what the two mean to do differently, or pandoc 2.17 does wrong."""
    if style == "apa":  # this pandoc where a style prints the last of many names
        text = re.sub(r"(?<=\S)others\.", ", et al.", text)
    if style == "ieee":  # the number in the list; a word that pandoc leaves out; IEEE's own short months
        text = re.sub(r"^\[\d+\] ?", "", text).replace("[Online]. ", "")
        text = re.sub(r"\bJu([nl])\. ", lambda month: {"n": "June ", "l": "July "}[month[1]], text)
    if style == "chicago":  # authors' own capitals; page ranges of the 17th edition; a year said twice
        text = re.sub(r"\b(\d)(\d{3})–\1(\d{3})\b", r"\1\2–\3", text.casefold())
        text = re.sub(r"(?<=\d) \(\d{4}\):", ":", text)
    text = re.sub(r"’([.,])”", r"\1’”", text)  # it brings a stop inside of one quotation mark, not of two
    return unicodedata.normalize("NFKC", text).translate(_QUOTES)


def of_kind() -> list[Paper]:
    """An ordinary record of each kind and with each kind of gap."""
    names = ("Ann Lee", "Rob van der Goot", "Émile Zola Jr.", "OpenAI", "Xian-Ling Mao", "J.R.R. Tolkien")
    proceedings = Paper(
        title="In proceedings",
        authors=names,
        date=DAY,
        venue="Proceedings of the 50% & Co. Workshop",
        entry_type="inproceedings",
        pages="416-425",
        publisher="R&D Press",
        address="Málaga",
        doi="10.18653/v1/2020.acl-main_1",
    )
    article = Paper(
        title="In a journal",
        authors=names[:2],
        date=PartialDate(2024),
        venue="Computational Linguistics",
        entry_type="article",
        pages="1-20",
        volume="46",
        number="2",
    )
    preprint = Paper(title="A preprint", authors=names[:3], date=DAY, category="CL")
    many = tuple(f"Given{letter} Family{letter}" for letter in "abcdefghijklmnopqrstuvwxyz")
    papers = [
        proceedings,
        article,
        preprint,
        replace(proceedings, doi=None, publisher=None, anthology="2023.findings-acl.651"),
        replace(proceedings, pages="17", address=None),
        replace(proceedings, pages=None),
        replace(proceedings, title="Is this a question?"),
        replace(proceedings, title="Ends in “quotes”"),
        replace(article, title="On “quoted” words"),
        replace(article, title="Ends in “quotes”"),
        replace(article, pages="321-328"),
        replace(article, pages="100-104"),
        replace(article, pages="1103-1104"),
        replace(article, title="Done!", doi="10.1000/x"),
        replace(article, number="3-4"),
        replace(article, number=None, date=PartialDate(2024)),
        replace(preprint, arxiv="2305.12345"),
        replace(preprint, authors_complete=False),
        replace(preprint, authors=("Ann Lee",)),
        replace(preprint, authors=("Ann Lee", "Bo Li")),
        replace(preprint, authors=("Rob van der Goot",)),
        replace(preprint, authors=("Émile Zola Jr.", "The Qwen Team")),
        replace(preprint, authors=("OpenAI",)),
        replace(preprint, authors=many[:6], title="Six"),
        replace(preprint, authors=many[:7], title="Seven"),
        replace(preprint, authors=many[:10], title="Ten"),
        replace(preprint, authors=many[:11], title="Eleven"),
        replace(preprint, authors=many[:20], title="Twenty"),
        replace(preprint, authors=many, title="Twenty-six"),
        replace(preprint, date=PartialDate(2024, 6), title="In June"),
        replace(preprint, date=PartialDate(), title="Undated"),
        replace(preprint, category=None, title="Nowhere"),
        Paper(title="[Tab-CoT: The chain-of-thought …]", title_from="derived", date=DAY, category="CL"),
        Paper(
            title="A thesis",
            authors=("Ann Lee",),
            date=PartialDate(2024),
            venue="A University",
            entry_type="phdthesis",
        ),
        Paper(
            title="Is this a thesis?",
            authors=("Ann Lee",),
            date=PartialDate(2024, 6),
            venue="A University",
            entry_type="mastersthesis",
        ),
    ]
    return [replace(paper, key=f"k{number}") for number, paper in enumerate(papers)]


@pytest.mark.parametrize("style", ["apa", "ieee", "chicago"])
@pytest.mark.parametrize("what", ["bundled", "of each kind"])
def test_pandoc_sets_the_same_references(what: str, style: str, tmp_path: Path) -> None:
    judges.needed("pandoc")
    papers = list(open_library([SEEDS]).papers) if what == "bundled" else of_kind()
    theirs = judged(papers, style, tmp_path)
    assert len(theirs) == len(papers)
    different = {
        key: (ours, plain(theirs[key], style))
        for entry in entries_of(papers)
        if (ours := plain(reference(entry.paper, style), style))
        != plain(theirs[key := entry.paper.key], style)
    }
    assert different == {}
