"""Exports before the programs that publishers run: no error, no warning, nothing lost."""

import re
import unicodedata
from dataclasses import replace
from pathlib import Path

import pytest
from bibtexparser.entrypoint import parse_string
from bibtexparser.middlewares import SeparateCoAuthors
from bibtexparser.model import Entry
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from pylatexenc.latex2text import LatexNodes2Text  # type: ignore[import-untyped]

from paperbrowse.model import Bookmark, Paper, PartialDate
from paperbrowse.readers import read_paths
from paperbrowse.text.latex import to_terminal
from paperbrowse.writers import ExportOptions, write
from tests.conftest import SEEDS
from tests.e2e import typesetting as judges
from tests.e2e.nasty import keyed, nasty

EVERYTHING = ExportOptions(abstract=True, keywords=True, note=True, mark_inferred=True)

CANARY = "canary-that-must-not-sing"


@pytest.fixture(scope="module")
def bundled() -> list[Paper]:
    papers = keyed(read_paths([SEEDS]).papers)
    assert papers
    return papers


def numbered(papers: list[Paper]) -> list[Paper]:
    """`papers` with keys that a PDF can give back letter by letter, as it cannot a ligature."""
    return [replace(paper, key=f"r{number}") for number, paper in enumerate(papers)]


def test_the_nasty_set_has_every_kind() -> None:
    assert len(nasty()) > 90
    assert len({paper.key.lower() for paper in nasty()}) == len(nasty())


@pytest.mark.parametrize("style", judges.CLASSIC_STYLES)
def test_classic_styles_take_the_bundled_papers(style: str, bundled: list[Paper], tmp_path: Path) -> None:
    judges.needed("bibtex", "pdflatex")
    report = write(bundled, "bibtex", EVERYTHING)
    verdict = judges.typeset(report.text, style, tmp_path)
    assert verdict.complaints == []
    assert verdict.entries == report.entries == len(bundled)


@pytest.mark.parametrize("style", ["plain", "alpha", "plainnat"])
def test_classic_styles_take_the_nasty_set(style: str, tmp_path: Path) -> None:
    judges.needed("bibtex", "pdflatex")
    papers = nasty()
    verdict = judges.typeset(write(papers, "bibtex", EVERYTHING).text, style, tmp_path)
    assert without_undated(verdict.complaints, papers) == []
    assert verdict.entries == len(papers)


@pytest.mark.parametrize("what", ["bundled", "nasty"])
def test_every_field_is_typeset_whole(what: str, bundled: list[Paper], tmp_path: Path) -> None:
    judges.needed("bibtex", "pdflatex", "pdftotext")
    papers = numbered(bundled if what == "bundled" else list(filter(judges.legible, nasty())))
    bookmarks = [
        Bookmark(
            paper=paper, added="2026-11-20T09:35:14Z", tags=("50% & {more}", "to_read"), note="Notes: $5 #1"
        )
        for paper in papers
    ]
    verdict = judges.typeset(write(bookmarks, "bibtex", EVERYTHING).text, "every", tmp_path)
    assert verdict.complaints == []
    printed = judges.pdf_entries(tmp_path)
    assert len(printed) == len(papers)
    for paper in papers:
        fields = printed[judges.squeeze(paper.key)]
        title = judges.squeeze(paper.title) if to_terminal(paper.title) else "untitled"
        assert judges.squeeze(fields["TITLE"]) == title
        assert judges.squeeze(fields.get("ABSTRACT", "")) == judges.squeeze(paper.abstract)
        assert judges.squeeze(fields["KEYWORDS"]).endswith("50moretoread")
        assert judges.squeeze(fields["ANNOTE"]).endswith("notes51")


def test_text_runs_nothing(tmp_path: Path) -> None:
    """No title makes TeX read, write or run anything."""
    judges.needed("bibtex", "pdflatex", "pdftotext")
    (tmp_path / "canary.tex").write_text(CANARY)
    inner = [
        "\\input{canary}",
        "\\input canary ",
        "$\\input{canary}$",
        "^^5cinput{canary}",
        "$^^5cinput{canary}$",
        "\\csname @@input\\endcsname canary",
        '}} @preamble{"\\input{canary}"} @misc{z, title={{',
        "\\openin5=canary",
        "\\immediate\\openout5=pwned \\immediate\\write5{x}",
        "\\write18{touch pwned}",
        "$\\text{\\input{canary}}$",
        "$\\mathrm{^^5cinput{canary}}$",
        "{\\input{canary}}",
        "\\'{\\input{canary}}",
        "\\textbf{\\input{canary}}",
        "\\href{\\input{canary}}{\\input{canary}}",
        "\\url{\\input{canary}}",
    ]
    papers = keyed(
        [
            Paper(
                title=f"T {text}",
                authors=(f"Ann {text}",),
                abstract=text,
                venue=text,
                arxiv=text,
                doi=text,
                category=text,
                urls=(f"https://x.org/{text}",),
                pages_of=(text,),
            )
            for text in inner
        ]
    )
    bookmarks = [Bookmark(paper=paper, added="", tags=tuple(inner), note=" ".join(inner)) for paper in papers]
    verdict = judges.typeset(write(bookmarks, "bibtex", EVERYTHING).text, "every", tmp_path)
    assert verdict.complaints == []
    assert not [name for name in verdict.files_touched if "canary" in name or "pwned" in name]
    assert not (tmp_path / "pwned").exists()
    _, text = judges.run(["pdftotext", "paper.pdf", "-"], tmp_path)
    assert CANARY not in text


def test_no_capital_is_lost(bundled: list[Paper], tmp_path: Path) -> None:
    """A classic style sets titles small; what is no ordinary word keeps its capitals."""
    judges.needed("bibtex", "pdflatex")
    verdict = judges.typeset(write(bundled, "bibtex").text, "plain", tmp_path)
    printed = " ".join(to_terminal(verdict.bbl).split())
    for paper in bundled:
        if paper.title_from == "derived":
            assert " ".join(to_terminal(paper.title).split()) in printed
            continue
        for word in telling_words(to_terminal(paper.title)):
            assert re.search(rf"(?<!\w){re.escape(word)}(?!\w)", printed), (word, paper.title)


def telling_words(title: str) -> list[str]:
    """The parts of a title that are spelled with a capital behind their first letter, or with a digit."""
    parts = re.findall(r"[^\W_]+", title)
    return [part for part in parts if any(char.isupper() for char in part[1:])]


@pytest.mark.parametrize("dialect", ["bibtex", "biblatex"])
def test_pandoc_reads_the_same_facts(dialect: str, bundled: list[Paper], tmp_path: Path) -> None:
    judges.needed("pandoc")
    records = judges.pandoc_records(write(bundled, dialect, EVERYTHING).text, dialect, tmp_path)
    by_key = {record["id"]: record for record in records}
    assert len(records) == len(by_key) == len(bundled)
    for paper in bundled:
        record = by_key[paper.key]
        title = judges.pandoc_plain(record["title"])
        assert judges.squeeze(title) == judges.squeeze(paper.title)
        for word in telling_words(to_terminal(paper.title)):
            assert word in title
        names = [
            f"{name.get('given', '')} {name['family']}".strip()
            for name in record.get("author", [])
            if name.get("family")
        ]
        assert [name for name in names if name != "others"] == list(paper.authors)
        assert record["issued"]["date-parts"][0][0] == paper.date.year


def letters(text: str) -> str:
    """The letters and digits of `text`, whichever way quotes, dashes and formulas are written around them."""
    signs = unicodedata.normalize("NFKC", text.replace("ˆ", "^"))
    return "".join(sign for sign in signs if sign.isalnum())


def authors_of(entry: Entry) -> list[str]:
    """The names that bibtexparser finds, each as it is written."""
    field = entry.get("author")
    return [] if field is None else list(field.value)


@pytest.mark.parametrize("dialect", ["bibtex", "biblatex"])
@pytest.mark.parametrize("what", ["bundled", "nasty"])
def test_an_independent_parser_finds_every_entry(what: str, dialect: str, bundled: list[Paper]) -> None:
    """bibtexparser splits the file, pylatexenc decodes what stands in it; neither knows our reader."""
    papers = bundled if what == "bundled" else nasty()
    library = parse_string(write(papers, dialect, EVERYTHING).text, append_middleware=[SeparateCoAuthors()])
    assert library.failed_blocks == []
    assert len(library.blocks) == len(library.entries) == len(papers)
    assert [entry.key for entry in library.entries] == [paper.key for paper in papers]
    decode = LatexNodes2Text().latex_to_text
    for paper, entry in zip(papers, library.entries, strict=True):
        title = to_terminal(paper.title).strip() or "[Untitled]"
        assert letters(decode(entry["title"])) == letters(title)
        names = list(filter(letters, paper.authors))
        cut_off = bool(names) and not paper.authors_complete
        assert len(authors_of(entry)) == len(names) + cut_off


@pytest.mark.parametrize("dialect", ["bibtex", "biblatex"])
def test_an_independent_parser_reads_the_bundled_names(dialect: str, bundled: list[Paper]) -> None:
    library = parse_string(write(bundled, dialect).text, append_middleware=[SeparateCoAuthors()])
    decode = LatexNodes2Text().latex_to_text
    for paper in bundled:
        entry = library.entries_dict[paper.key]
        names = [sorted(letters(decode(name))) for name in authors_of(entry)]
        assert names[: len(paper.authors)] == [sorted(letters(to_terminal(name))) for name in paper.authors]


@pytest.mark.parametrize("what", ["bundled", "nasty"])
def test_biber_has_nothing_to_say(what: str, bundled: list[Paper], tmp_path: Path) -> None:
    judges.needed("biber")
    papers = bundled if what == "bundled" else nasty()
    report = write(papers, "biblatex", EVERYTHING)
    assert without_undated(judges.biber_complaints(report.text, tmp_path), papers) == []
    read = (tmp_path / "refs_bibertool.bib").read_text(encoding="utf-8")
    assert len(re.findall(r"(?m)^@", read)) == len(papers)


def without_undated(complaints: list[str], papers: list[Paper]) -> list[str]:
    """`complaints` less the one that a missing fact makes true: a paper whose year nobody knows."""
    undated = {paper.key for paper in papers if not paper.date.year}
    return [
        line
        for line in complaints
        if not ("one of 'date, year' must be defined" in line and line.split("'")[1] in undated)
        and not (line.startswith("Warning--empty year in ") and line.split()[-1] in undated)
        and not re.fullmatch(r"\(There (?:was|were) \d+ warnings?\)", line)
    ]


hostile = st.lists(
    st.one_of(
        st.sampled_from(
            [
                "\\",
                "{",
                "}",
                "$",
                "$$",
                "%",
                "&",
                "#",
                "_",
                "^",
                "~",
                "^^5c",
                "\\input{x}",
                "\\csname",
                "\\frac{1}{2}",
                "\\alpha",
                "$x_1$",
                "$^2$",
                "\\'e",
                "\\c{c}",
                "@misc{a,",
                "and",
                "others",
                ", ",
                '"',
                "``",
                "''",
                "?`",
                "BERT",
                "T5",
                "e.g.",
                "-",
                "--",
                "(",
                ")",
                ":",
                "Émile",
                "naïve",
                "→",
                "≤",
                "α",
                "²",
                "“",
                "’",
                "\\text{a b}",
                "\\mathbb{R}",
                "\\left(",
                "\\right)",
                "'",
                "|",
                "<",
                ">",
                "=",
                "A",
                " I ",
                "of",
                "\\ ",
                "\\%",
                "\\$",
                "\\{",
                "\\}",
                "\\(",
                "\\)",
                "**b**",
                "`",
            ]
        ),
        st.lists(st.sampled_from([chr(code) for code in range(32, 127)]), max_size=8).map("".join),
        st.sampled_from([" ", " ", "  "]),
    ),
    max_size=14,
).map("".join)

records = st.builds(
    Paper,
    title=hostile,
    authors=st.lists(hostile, max_size=4).map(tuple),
    authors_complete=st.booleans(),
    date=st.builds(
        PartialDate, st.none() | st.sampled_from(range(1950, 2031)), st.none() | st.sampled_from(range(1, 13))
    ),
    category=st.sampled_from([None, "CL", "ST", "cs.CL"]) | hostile,
    venue=st.none() | hostile,
    entry_type=st.sampled_from([None, "inproceedings", "article", "book"]),
    abstract=hostile,
    pages=st.none() | hostile,
    volume=st.none() | hostile,
    doi=st.none() | hostile,
    arxiv=st.sampled_from([None, "2305.12345"]) | hostile,
)


def random_records(number: int) -> list[Paper]:
    """The same `number` records each time, made of what hurts.

    They are sampled from lists alone: text and integers would be drawn from constants of whatever modules
    happen to be loaded.
    """
    collected: list[Paper] = []

    @settings(
        max_examples=number,
        deadline=None,
        database=None,
        derandomize=True,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(records)
    def collect(paper: Paper) -> None:
        collected.append(paper)

    collect()
    return numbered(collected)


RAISED = re.compile(r"[\^_²]|\\frac")


def is_flat(paper: Paper) -> bool:
    """Whether nothing in the record is set above or below its line: a PDF's text has that in lines of its
    own, among those of the fields around it. A record without a readable title gets a supplied one."""
    texts = (
        paper.title,
        paper.abstract,
        paper.venue,
        paper.pages,
        paper.volume,
        paper.category,
        *paper.authors,
    )
    readable = bool(to_terminal(paper.title).strip())
    return readable and not any(RAISED.search(text) for text in (*texts, paper.doi, paper.arxiv) if text)


def test_a_thousand_random_records(tmp_path: Path) -> None:
    judges.needed("bibtex", "pdflatex", "pdftotext", "biber")
    papers = random_records(1000)
    assert len(papers) == 1000
    report = write(papers, "bibtex", EVERYTHING)
    assert report.text.isascii()
    verdict = judges.typeset(report.text, "every", tmp_path)
    assert verdict.complaints == []
    printed = judges.pdf_entries(tmp_path)
    compared = 0
    for paper in filter(is_flat, papers):
        fields = printed[judges.squeeze(paper.key)]
        assert judges.squeeze(fields["TITLE"]) == judges.squeeze(paper.title)
        assert judges.squeeze(fields.get("ABSTRACT", "")) == judges.squeeze(paper.abstract)
        compared += 1
    assert compared > 150
    for style in ("plain", "alpha"):
        verdict = judges.typeset(report.text, style, tmp_path / style)
        assert verdict.complaints == []
        assert verdict.entries == len(papers)
    complaints = judges.biber_complaints(write(papers, "biblatex", EVERYTHING).text, tmp_path / "biber")
    assert without_undated(complaints, papers) == []
