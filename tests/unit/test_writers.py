"""Every export format: what is in it, that it reads back, that it is always the same."""

import csv
import io
import json
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paperbrowse.model import Bookmark, Paper, PartialDate, Source
from paperbrowse.readers import bibtex, csljson, ris
from paperbrowse.readers.document import Document
from paperbrowse.text.fold import letters
from paperbrowse.text.latex import to_terminal
from paperbrowse.text.latex_bibtex import Encoder
from paperbrowse.writers import FORMATS, ExportOptions, write
from paperbrowse.writers.append import AppendError, append
from paperbrowse.writers.choosing import complaint, field_names
from paperbrowse.writers.json import FIELDS, paper_json
from paperbrowse.writers.references import reference
from tests.e2e.nasty import nasty

PREPRINT = Paper(
    key="li2023graphixt5",
    title="Graphix-T5: Mixing Pre-Trained Transformers with Graph-Aware Layers for Text-to-SQL Parsing",
    authors=("Jinyang Li", "Binyuan Hui", "Reynold Cheng"),
    authors_complete=False,
    date=PartialDate(2023, 1, 18),
    category="CL",
    abstract="It wins by 5.7\\% on exact match, see https://github.com/a/b.",
    urls=("https://github.com/a/b",),
    source=Source("page.txt", 1, "Scholar Feed author page"),
)
PUBLISHED = Paper(
    key="mu2024revealing",
    title="Revealing the Parallel Multilingual Learning within Large Language Models",
    authors=("Yongyu Mu", "Rob van der Goot", "Émile Zola Jr.", "OpenAI"),
    date=PartialDate(2024, 11),
    venue="Proceedings of the 2024 Conference on Empirical Methods in Natural Language Processing",
    entry_type="inproceedings",
    pages="6976-6997",
    publisher="Association for Computational Linguistics",
    address="Miami, Florida, USA",
    doi="10.18653/v1/2024.emnlp-main.396",
    anthology="2024.emnlp-main.396",
)
ARTICLE = Paper(
    key="lee2020parsing",
    title="Parsing",
    authors=("Ann Lee",),
    date=PartialDate(2020),
    venue="Computational Linguistics",
    entry_type="article",
    pages="1-20",
    volume="46",
    number="2",
)
SUPPLIED = Paper(
    key="lu2023tabcot",
    title="[Tab-CoT: The chain-of-thought …]",
    title_from="derived",
    authors_complete=False,
    date=PartialDate(2023),
    pages_of=("Wei Lu",),
    abstract="The chain-of-thought (CoT) …",
)
INFERRED = replace(PREPRINT, key="x", date=PartialDate(2026, 2, 3), year_from="inferred")
THESIS = Paper(
    key="ray2019reading",
    title="Reading Machines",
    authors=("Bob Ray",),
    date=PartialDate(2019),
    venue="University of X",
    entry_type="phdthesis",
)
MARK = Bookmark(
    paper=PREPRINT, added="2026-11-20T09:35:14Z", tags=("to read", "50% & more"), note="Two\nlines, #1"
)
ALL = [PREPRINT, PUBLISHED, ARTICLE, SUPPLIED, THESIS, replace(THESIS, key="m", entry_type="mastersthesis")]
RICH = ExportOptions(abstract=True, keywords=True, note=True, mark_inferred=True)


def test_a_preprint_in_bibtex() -> None:
    assert write([MARK], "bibtex", RICH).text == (
        "@misc{li2023graphixt5,\n"
        "  author = {Li, Jinyang and Hui, Binyuan and Cheng, Reynold and others},\n"
        "  title = {{Graphix-T5}: Mixing Pre-Trained Transformers with Graph-Aware Layers "
        "for Text-to-{SQL} Parsing},\n"
        "  howpublished = {arXiv preprint},\n"
        "  year = {2023},\n"
        "  month = jan,\n"
        "  keywords = {cs.CL, to read, 50\\% \\& more},\n"
        "  abstract = {It wins by 5.7\\% on exact match, see https://github.com/a/b.},\n"
        "  annote = {Two lines, \\#1},\n"
        "}\n"
    )


def test_a_published_paper_in_both_dialects() -> None:
    assert write([PUBLISHED], "bibtex").text == (
        "@inproceedings{mu2024revealing,\n"
        "  author = {Mu, Yongyu and van der Goot, Rob and Zola, Jr., {\\'E}mile and {OpenAI}},\n"
        "  title = {Revealing the Parallel Multilingual Learning within Large Language Models},\n"
        "  booktitle = {Proceedings of the 2024 Conference on Empirical Methods in Natural "
        "Language Processing},\n"
        "  pages = {6976--6997},\n"
        "  publisher = {Association for Computational Linguistics},\n"
        "  address = {Miami, Florida, USA},\n"
        "  year = {2024},\n"
        "  month = nov,\n"
        "  doi = {10.18653/v1/2024.emnlp-main.396},\n"
        "  url = {https://aclanthology.org/2024.emnlp-main.396/},\n"
        "}\n"
    )
    modern = write([PUBLISHED], "biblatex").text
    assert "Zola, Jr., Émile" in modern
    assert "  location = {Miami, Florida, USA},\n  date = {2024-11},\n" in modern


def test_an_article_keeps_volume_and_number() -> None:
    text = write([ARTICLE], "bibtex").text
    assert text.startswith("@article{lee2020parsing,\n")
    assert (
        "  journal = {Computational Linguistics},\n  volume = {46},\n  number = {2},\n  pages = {1--20},\n"
        in text
    )


@pytest.mark.parametrize(
    ("paper", "classic", "modern"),
    [
        (THESIS, "phdthesis", "phdthesis"),
        (replace(THESIS, entry_type="mastersthesis"), "mastersthesis", "mastersthesis"),
        (replace(THESIS, entry_type="techreport", number="7"), "techreport", "techreport"),
        (replace(THESIS, entry_type="incollection"), "inproceedings", "inbook"),
        (replace(THESIS, entry_type="incollection", publisher="P"), "incollection", "inbook"),
        (replace(THESIS, entry_type="book", venue=None, publisher="P"), "book", "book"),
        (replace(THESIS, entry_type="book", venue=None), "misc", "misc"),
        (replace(THESIS, authors=()), "misc", "misc"),
        (replace(THESIS, date=PartialDate()), "misc", "misc"),
        (replace(THESIS, venue=None), "misc", "misc"),
    ],
)
def test_a_type_is_the_papers_own_where_it_is_complete(paper: Paper, classic: str, modern: str) -> None:
    assert write([paper], "bibtex").text.startswith(f"@{classic}{{")
    assert write([paper], "biblatex").text.startswith(f"@{modern}{{")


def test_a_thesis_names_its_school_and_a_report_its_institution() -> None:
    paper = replace(THESIS, volume="1", number="7", pages="1-9", publisher="P", address="Rome")
    assert write([paper], "bibtex").text == (
        "@phdthesis{ray2019reading,\n  author = {Ray, Bob},\n  title = {Reading Machines},\n"
        "  school = {University of X},\n  volume = {1},\n  number = {7},\n  pages = {1--9},\n"
        "  publisher = {P},\n  address = {Rome},\n  year = {2019},\n}\n"
    )
    assert write([paper], "biblatex").text == (
        "@phdthesis{ray2019reading,\n  author = {Ray, Bob},\n  title = {Reading Machines},\n"
        "  institution = {University of X},\n  pages = {1--9},\n  location = {Rome},\n"
        "  note = {Volume 1, number 7},\n  date = {2019},\n  annotation = {[Publisher: P]},\n}\n"
    )
    report = write([replace(paper, entry_type="techreport")], "bibtex").text
    assert "  institution = {University of X},\n  volume = {1},\n  number = {7},\n" in report


def test_where_a_paper_stands_is_told_also_without_an_author() -> None:
    nameless = replace(ARTICLE, authors=(), number="3-4")
    for form in ("bibtex", "biblatex"):
        text = write([nameless], form).text
        assert text.startswith("@misc{")
        assert "  howpublished = {Computational Linguistics},\n" in text
        assert "  note = {Volume 46, number 3--4, pages 1--20},\n" in text
        assert (
            "  note = {Page 7},\n"
            in write([replace(nameless, volume=None, number=None, pages="7")], form).text
        )
        whole = replace(PUBLISHED, authors=(), pages=None, publisher=None)
        assert " note" not in write([whole, PREPRINT], form).text
        assert "  note = {Published by P},\n" in write([replace(whole, publisher="P")], form).text


def test_what_a_source_leaves_at_the_end_of_a_field_is_taken_off() -> None:
    def written(**fields: str) -> str:
        return write([replace(PUBLISHED, **fields)], "bibtex").text  # type: ignore[arg-type]

    for address, told in (
        ("Edinburgh, Scotland, UK.", "Edinburgh, Scotland, UK"),
        ("Vancouver, Canada,", "Vancouver, Canada"),
        ("Taipei, Taiwan, R.O.C.", "Taipei, Taiwan, R.O.C."),
        ("Cambridge, Mass.", "Cambridge, Mass."),
    ):
        assert f"  address = {{{told}}},\n" in written(address=address)
    assert "address" not in written(address=",")
    assert "  booktitle = {A Workshop (X 2007)},\n" in written(venue="A Workshop (X 2007).")
    assert "  pages = {17},\n" in written(pages="17-17")
    assert "  pages = {xi--xii},\n" in written(pages="xi-xii")
    prose = "The paper describes the linking of three previously aligned resources"
    for form in ("bibtex", "biblatex", "ris", "csljson", "text"):
        text = write([replace(PUBLISHED, pages=prose, address=",", publisher=None)], form).text
        assert "linking" not in text
        assert '","' not in text


def test_an_issue_of_two_numbers_has_a_dash() -> None:
    paper = replace(ARTICLE, number="3-4")
    assert "  number = {3--4},\n" in write([paper], "bibtex").text
    assert "46(3–4), 1–20" in reference(paper)


def test_an_arxiv_id_makes_an_eprint() -> None:
    paper = replace(PREPRINT, arxiv="2301.07507")
    classic, modern = write([paper], "bibtex").text, write([paper], "biblatex").text
    assert "  eprint = {2301.07507},\n  archivePrefix = {arXiv},\n  primaryClass = {cs.CL},\n" in classic
    assert modern.startswith("@online{")
    assert "  eprint = {2301.07507},\n  eprinttype = {arXiv},\n  eprintclass = {cs.CL},\n" in modern


def test_nothing_is_invented() -> None:
    text = write([PREPRINT], "bibtex").text
    assert "eprint =" not in text
    assert "url" not in text, "a link of the abstract is not the paper's own"
    assert "annote" not in text
    assert (
        write([Paper(key="k", title="T")], "bibtex").text == "@misc{k,\n  key = {k},\n  title = {{T}},\n}\n"
    )


@pytest.mark.parametrize(
    ("code", "subject"),
    [
        ("CL", "cs.CL"),
        ("CP", "q-fin.CP"),
        ("BM", "q-bio.BM"),
        ("ML", "stat.ML"),
        ("SD", "cs.SD"),
        ("ST", "ST"),
        ("CV", "CV"),
        ("SI", "SI"),
        ("cs.CL", "cs.CL"),
        ("Psychology", "Psychology"),
    ],
)
def test_a_code_of_several_archives_stays_bare(code: str, subject: str) -> None:
    assert f"  keywords = {{{subject}}},\n" in write([replace(PREPRINT, category=code)], "bibtex").text


def test_a_supplied_title_says_so_and_a_page_owner_is_no_author() -> None:
    text = write([SUPPLIED], "bibtex").text
    assert "  title = {{[Tab-CoT: The chain-of-thought {\\ldots}]}},\n" in text
    assert "author = " not in text
    assert "  key = {Lu},\n" in text
    assert "title is supplied" in text
    assert "author page of Wei Lu" in text


def test_an_inferred_year_is_marked_only_when_asked() -> None:
    assert "inferred" not in write([INFERRED], "bibtex").text
    assert "annote = {The year 2026 is inferred" in write([INFERRED], "bibtex", RICH).text
    assert "date = {2026-02-03}" in write([INFERRED], "biblatex").text
    assert "date = {2026-02-03?}" in write([INFERRED], "biblatex", RICH).text


def test_fields_chooses_by_either_dialects_names() -> None:
    chosen = ExportOptions(fields=("title", "year", "journaltitle"))
    assert write([ARTICLE], "bibtex", chosen).text == (
        "@article{lee2020parsing,\n  title = {Parsing},\n  journal = {Computational Linguistics},\n"
        "  year = {2020},\n}\n"
    )
    assert "date = {2020}" in write([ARTICLE], "biblatex", chosen).text


@pytest.mark.parametrize(
    ("title", "written"),
    [
        ("f-Divergence Minimization", "f-Divergence Minimization"),
        ("m2mKD: Module-to-Module", "{m2mKD}: Module-to-Module"),
        ("The NiuTrans System for WMT21", "The {NiuTrans} System for {WMT21}"),
        ("GRAM-R$^2$: Self-Training", "{GRAM-R{$^{2}$}}: Self-Training"),
        ("Beyond English-Centric Bitexts", "Beyond {English}-Centric Bitexts"),
        ("A Study of K-Means and Vitamin A", "A Study of {K}-Means and Vitamin A"),
        ("FlashBack:Efficient", "{FlashBack:Efficient}"),
        ("Cut Your Losses! Learning", "Cut Your Losses! {L}earning"),
        ("{BERT} and {Named Entity} of {G}PT", "{BERT} and {Named Entity} of {GPT}"),
        ("{{Whole Title}}", "Whole Title"),
        ("\\LaTeX and \\textbf{BERT}", "{LaTeX} and {BERT}"),
        (
            "50% of R&D_x #1 ~ ^ | < >",
            "50\\% of {R}\\&{D}\\_x \\#1 {\\textasciitilde} {\\textasciicircum} {\\textbar} "
            "{\\textless} {\\textgreater}",
        ),
        ("Costs $5 and $10", "Costs \\$5 and \\$10"),
        ("\\{a\\} {", "{\\textbraceleft}a{\\textbraceright} {\\textbraceleft}"),
        ("AN OLD TITLE IN CAPITALS", "AN OLD TITLE IN CAPITALS"),
        ("École d’été", "{\\'E}cole d'{\\'e}t{\\'e}"),
        ("Today’s Twitter's users", "Today's {Twitter's} users"),
        ("How Will I Argue? A Dataset", "How Will {I} Argue? {A} Dataset"),
        ("I Think I’m Right", "I Think {I'm} Right"),
        ("Session I: Papers", "Session {I}: Papers"),
        ("Can We? GPT-3 Can. TF-IDF", "Can We? {GPT}-3 Can. {TF}-{IDF}"),
        ("Dr. BERT vs. Word Embeddings et al. Now", "Dr. {BERT} vs. Word Embeddings et al. Now"),
        ("Claims in U.S. Patents", "Claims in {U.S}. Patents"),
        ("Version 2.0. Part 3. Done", "Version 2.0. {P}art 3. {D}one"),
        ("New York University", "New {York} University"),
        ("The Proteus of New York (Hong Kong)", "The Proteus of {New} {York} ({Hong} {Kong})"),
        ("A Survey of North America's Towns", "A Survey of {North} {America's} Towns"),
        ("Taggers for Old French-English Texts", "Taggers for {Old} {French}-{English} Texts"),
        ("A Corpus of Middle High German", "A Corpus of {Middle} {High} {German}"),
        ("South of the Border, North Pole", "South of the Border, North Pole"),
        ("The 'Right' Word and 'Em in '98", "The `Right' Word and 'Em in '98"),
        ('A "Wise" 12" Word', "A ``Wise'' 12\" Word"),
        ("One \\\\ Line", "One Line"),
        ("Ends in a Blank \\,", "Ends in a Blank"),
    ],
)
def test_titles_are_protected_where_it_matters(title: str, written: str) -> None:
    if "&D" in title:
        written = written.replace("{R}\\&{D}\\_x", "{R\\&D\\_x}")
    assert Encoder("ascii").title(title) == written


@pytest.mark.parametrize(
    ("source", "ascii_form", "utf8_form"),
    [
        ("Nguyễn Văn Đạt", "Nguy{\\~{\\^{e}}}n V{\\u{a}}n {\\DJ}{\\d{a}}t", "Nguyễn Văn Đạt"),
        (
            "ĩ ı í ż ę ș Å ß ŋ",
            "{\\~\\i} {\\i} {\\'i} {\\.z} {\\k{e}} {\\textcommabelow{s}} {\\AA} {\\ss} {\\ng}",
            "ĩ ı í ż ę ș Å ß ŋ",
        ),
        (
            "α ≤ β → ∞, x² 10⁻⁵ H₂O",
            "{$\\alpha$} {$\\leq$} {$\\beta$} {$\\rightarrow$} {$\\infty$}, x{$^{2}$} 10{$^{-5}$} H{$_{2}$}O",
            None,
        ),
        ("“a” – b — c …", "``a'' -- b --- c {\\ldots}", "“a” – b — c …"),
        ("$\\mathbb{R}^{m \\times n}$", "{$\\mathbf{R}^{m \\times n}$}", None),
        (
            "$G_{\\text{few-shot}}$ $x_{\\text{in set}}$",
            "{$G_{\\mbox{few-shot}}$} {$x_{\\mathrm{in\\ set}}$}",
            None,
        ),
        (
            "$a \\lesssim b$, $\\not\\in$, $\\binom{n}{k}$",
            "{$a \\stackrel{<}{\\sim} b$}, {$\\not\\in$}, {${n \\choose k}$}",
            None,
        ),
        ("$\\input{x}$", "{\\textbackslash}input{\\textbraceleft}x{\\textbraceright}", None),
        (
            "^^5c \\input{x}",
            "{\\textasciicircum}{\\textasciicircum}5c {\\textbackslash}input{\\textbraceleft}x"
            "{\\textbraceright}",
            None,
        ),
        ("$x^2^3$ $x^2'$", "x{$^{23}$} x{$^{2}$}'", "x{$^{23}$} x{$^{2}$}{$'$}"),
        ("?`a !`b ,,c", "?{}`a !{}`b ,{},c", None),
        ("ＡＢ ﬁ ①", "AB fi 1", None),
    ],
)
def test_text_is_written_anew(source: str, ascii_form: str, utf8_form: str | None) -> None:
    assert Encoder("ascii").text(source) == ascii_form
    assert Encoder("utf-8").text(source) == (utf8_form or ascii_form)


def test_what_pdftex_cannot_set_is_kept_and_counted() -> None:
    report = write([replace(PREPRINT, title="深度 Learning 🙂")], "bibtex")
    assert "深度 Learning 🙂" in report.text
    assert report.unset == 3
    assert report.summary("refs.bib") == "1 entry → refs.bib; 3 characters need XeLaTeX or LuaLaTeX"
    assert write(ALL[:4], "biblatex").summary(None) == "4 entries"


@given(st.text(max_size=60))
def test_any_text_is_balanced_and_holds_no_command_of_its_own(source: str) -> None:
    for charset in ("ascii", "utf-8"):
        encoder = Encoder(charset)
        for written in (encoder.text(source), encoder.title(source), encoder.name(source)):
            assert "\n" not in written
            depth = 0
            for char in written:
                depth += {"{": 1, "}": -1}.get(char, 0)
                assert depth >= 0
            assert depth == 0
            assert "^^" not in written
            assert not set("\\input \\csname \\write \\def".split()) & set(written.split())  # noqa: SIM905


def test_keys_are_given_and_made_unique() -> None:
    nameless = [
        replace(PREPRINT, key=""),
        replace(ARTICLE, key="LI2023graphixt5"),
        replace(PUBLISHED, key=""),
    ]
    text = write(nameless, "bibtex").text
    assert "@misc{li2023graphixt5b," in text
    assert "@article{LI2023graphixt5," in text
    assert "@inproceedings{mu2024revealing," in text
    twice = write([ARTICLE, ARTICLE], "bibtex").text
    assert twice.count("@article{lee2020parsing,") == 1


@pytest.mark.parametrize("form", FORMATS)
def test_the_same_papers_give_the_same_text(form: str) -> None:
    papers = nasty()
    first, second = write(papers, form, RICH), write(list(papers), form, RICH)
    assert first.text == second.text
    assert first.entries == len(papers)
    assert first.text.endswith("\n")
    assert write([], form).entries == 0


def test_json_has_the_documented_keys_in_their_order() -> None:
    assert FIELDS[:23] == (
        "key",
        "title",
        "title_from",
        "authors",
        "authors_complete",
        "year",
        "month",
        "day",
        "year_from",
        "category",
        "venue",
        "abstract",
        "urls",
        "doi",
        "arxiv",
        "has_code",
        "score",
        "affiliations",
        "pages_of",
        "source",
        "bookmarked",
        "tags",
        "note",
    )
    record = paper_json(PREPRINT, MARK)
    assert record["source"] == {"path": "page.txt", "line": 1, "format": "Scholar Feed author page"}
    assert record["abstract"] == PREPRINT.abstract
    assert record["bookmarked"] is True
    assert record["note"] == "Two\nlines, #1"
    assert FIELDS[-2:] == ("accessed", "keywords")
    assert paper_json(PREPRINT)["bookmarked"] is False


def test_json_and_jsonl_agree() -> None:
    array = json.loads(write([MARK, *ALL[1:]], "json").text)
    lines = [json.loads(line) for line in write([MARK, *ALL[1:]], "jsonl").text.splitlines()]
    assert array == lines
    assert array[0] == paper_json(PREPRINT, MARK)
    assert list(json.loads(write(ALL, "json", ExportOptions(fields=("title", "key"))).text)[0]) == [
        "key",
        "title",
    ]


def test_csv_has_a_row_for_each_and_runs_no_formula() -> None:
    papers = [*ALL[:4], replace(PREPRINT, key="formula", title="=cmd|'/c calc'!A0")]
    rows = list(csv.DictReader(io.StringIO(write(papers, "csv").text)))
    assert [row["key"] for row in rows] == [paper.key for paper in papers]
    assert rows[0]["authors"] == "Jinyang Li; Binyuan Hui; Reynold Cheng"
    assert rows[0]["source"] == "page.txt:1"
    assert rows[0]["authors_complete"] == "false"
    assert rows[4]["title"] == "'=cmd|'/c calc'!A0"


def facts(paper: Paper) -> dict[str, Any]:
    """What every bibliography format has a place for."""
    return {
        "title": letters(to_terminal(paper.title)).lower(),
        "authors": [to_terminal(name) for name in paper.authors],
        "complete": paper.authors_complete or not paper.authors,
        "year": paper.date.year,
        "doi": paper.doi,
        "pages": paper.pages,
        "volume": paper.volume,
        "number": paper.number,
        "publisher": paper.publisher,
        "address": paper.address,
        "venue": paper.venue if paper.entry_type not in (None, "misc") else None,
        "kind": paper.entry_type if paper.entry_type not in (None, "misc", "unpublished") else None,
        "key": paper.cited_as or paper.key,
        "abstract": letters(to_terminal(paper.abstract)).lower(),
    }


@pytest.mark.parametrize("form", ["bibtex", "biblatex", "ris", "csljson"])
def test_our_own_readers_read_the_same_facts(form: str) -> None:
    text = write(ALL, form, ExportOptions(abstract=True)).text
    reader = {"ris": ris, "csljson": csljson}.get(form, bibtex)
    reading = reader.read(Document("export", text.encode("utf-8")))
    assert reading.problems == []
    assert [facts(paper) for paper in reading.papers] == [facts(paper) for paper in ALL]


def test_ris_has_one_value_a_line() -> None:
    text = write([replace(MARK, note="x\nER  - \nTY  - JOUR")], "ris", RICH).text
    assert text.count("\nER  - ") == 1
    assert "KW  - cs.CL\nKW  - to read\nKW  - 50% & more\n" in text
    assert "N1  - x ER - TY - JOUR\n" in text
    assert "\nUR  - " not in text, "a link of the abstract is not the paper's own"


def test_ris_names_people_and_proceedings_as_its_readers_expect() -> None:
    text = write([PUBLISHED], "ris").text
    assert "AU  - van der Goot, Rob\nAU  - Zola, Émile, Jr.\nAU  - OpenAI\n" in text
    assert f"T2  - {PUBLISHED.venue}\nC3  - {PUBLISHED.venue}\n" in text
    assert "C3" not in write([ARTICLE, THESIS, PREPRINT], "ris").text


def test_ris_makes_nobody_of_et_al() -> None:
    text = write([PREPRINT], "ris").text
    assert text.count("AU  - ") == len(PREPRINT.authors)
    assert "others" not in text
    assert "N1  - The list of authors is incomplete (et al.).\n" in text
    assert "N1" not in write([PUBLISHED], "ris").text
    assert "N1" not in write([SUPPLIED], "ris").text.replace("N1  - The title", "").replace(
        "N1  - Listed", ""
    )


@pytest.mark.parametrize("kind", ["phdthesis", "mastersthesis", "techreport"])
def test_who_accepts_a_work_publishes_it(kind: str) -> None:
    paper = replace(THESIS, entry_type=kind)
    [item] = json.loads(write([paper], "csljson").text)
    assert item["publisher"] == "University of X"
    assert "container-title" not in item
    text = write([paper], "ris").text
    assert "PB  - University of X\n" in text
    assert "T2" not in text
    for form, reader in (("csljson", csljson), ("ris", ris)):
        [read] = reader.read(Document("x", write([paper], form).text.encode())).papers
        assert (read.entry_type, read.venue, read.publisher) == (kind, "University of X", None)


def test_a_preprint_in_csl_names_the_archive_once() -> None:
    [item] = json.loads(write([replace(PREPRINT, arxiv="2301.07507")], "csljson").text)
    assert (item["type"], item["publisher"], item["number"]) == ("article", "arXiv", "arXiv:2301.07507")
    assert not {"container-title", "archive"} & item.keys()
    [item] = json.loads(write([PREPRINT], "csljson").text)
    assert item["publisher"] == "arXiv"
    assert not {"number", "URL"} & item.keys()
    [item] = json.loads(write([replace(PUBLISHED, arxiv="2301.07507")], "csljson").text)
    assert "number" not in item
    assert item["note"] == "arXiv:2301.07507"
    assert "publisher" not in json.loads(write([replace(PREPRINT, category=None)], "csljson").text)[0]


@pytest.mark.parametrize("form", ["csljson", "ris"])
def test_an_arxiv_id_reads_back(form: str) -> None:
    reader = {"csljson": csljson, "ris": ris}[form]
    for paper in (replace(PREPRINT, arxiv="2301.07507"), replace(PUBLISHED, arxiv="2301.07507")):
        [read] = reader.read(Document("x", write([paper], form).text.encode())).papers
        assert (read.arxiv, read.publisher) == ("2301.07507", paper.publisher)


@pytest.mark.parametrize("form", ["json", "jsonl", "csljson"])
def test_fields_are_chosen_in_any_case(form: str) -> None:
    text = write([PUBLISHED], form, ExportOptions(fields=("doi", "TITLE"))).text
    record = json.loads(text)[0] if form != "jsonl" else json.loads(text)
    assert {name.lower() for name in record} - {"id", "type"} == {"doi", "title"}


@pytest.mark.parametrize("form", FORMATS)
def test_every_field_that_can_be_chosen_is_one_that_is_written(form: str) -> None:
    names = field_names(form)
    assert complaint(form, list(names)) == ""
    assert complaint(form, []) == ""
    wrong = complaint(form, ["titel"])
    assert "did you mean 'title'?" in wrong if names else "cannot be chosen" in wrong
    if form == "csljson":
        further = "series edition chapter isbn issn event page_total language annotation short_title"
        everything = replace(
            PUBLISHED,
            volume="1",
            number="2",
            arxiv="2301.07507",
            category="CL",
            editors=("Ann Smith",),
            accessed="2024-05-17",
            **dict.fromkeys(further.split(), "1"),  # type: ignore[arg-type]
        )
        papers = [everything, replace(PREPRINT, arxiv="2301.07507"), THESIS]
        written = json.loads(write(papers, form, RICH).text)
        assert {name for item in written for name in item} == set(names)


@pytest.mark.parametrize(
    ("style", "formatted"),
    [
        (
            "apa",
            "Li, J., Hui, B., Cheng, R., et al. (2023). Graphix-T5: Mixing Pre-Trained "
            "Transformers with Graph-Aware Layers for Text-to-SQL Parsing. arXiv preprint.",
        ),
        (
            "ieee",
            "J. Li, B. Hui, R. Cheng, et al., “Graphix-T5: Mixing Pre-Trained Transformers with "
            "Graph-Aware Layers for Text-to-SQL Parsing,” Jan. 18, 2023, arXiv preprint.",
        ),
        (
            "chicago",
            "Li, Jinyang, Binyuan Hui, Reynold Cheng, et al. 2023. “Graphix-T5: Mixing Pre-Trained "
            "Transformers with Graph-Aware Layers for Text-to-SQL Parsing.” arXiv preprint, January 18.",
        ),
    ],
)
def test_references_of_a_preprint(style: str, formatted: str) -> None:
    assert reference(PREPRINT, style) == formatted


def test_references_of_publications() -> None:
    assert reference(ARTICLE) == "Lee, A. (2020). Parsing. Computational Linguistics, 46(2), 1–20."
    assert (
        reference(ARTICLE, "chicago") == "Lee, Ann. 2020. “Parsing.” Computational Linguistics 46 (2): 1–20."
    )
    assert (
        reference(ARTICLE, "ieee")
        == "A. Lee, “Parsing,” Computational Linguistics, vol. 46, no. 2, pp. 1–20, 2020."
    )
    assert reference(PUBLISHED).startswith(
        "Mu, Y., van der Goot, R., Zola, É., Jr., & OpenAI. (2024). Revealing"
    )
    assert reference(PUBLISHED).endswith(
        "(pp. 6976–6997). Association for Computational Linguistics. "
        "https://doi.org/10.18653/v1/2024.emnlp-main.396"
    )
    assert reference(SUPPLIED) == "[Tab-CoT: The chain-of-thought …]. (2023)."


def test_references_neutralise_what_their_format_would_read() -> None:
    paper = replace(ARTICLE, title="*a* [b](c) <i>d</i> `e` | f_g")
    assert "\\*a\\* \\[b\\](c) \\<i\\>d\\</i\\> \\`e\\` \\| f\\_g" in write([paper], "markdown").text
    assert "&lt;i&gt;d&lt;/i&gt;" in write([paper], "html").text


EXISTING = (
    b'% mine\r\n@string{acl = "ACL"}\r\n\r\n@Article{lee2020parsing,\r\n  title = {Another {P}aper},\r\n'
    b"  author={X, Y},\r\n  year=1999,\r\n}\r\n"
    b'@inproceedings(mine, doi = "10.18653/V1/2024.EMNLP-MAIN.396", title = {x})'
)


def test_append_leaves_what_is_there_and_skips_what_it_has() -> None:
    text, report = append(EXISTING, ALL[:4])
    assert text.startswith(EXISTING)
    assert (report.entries, report.skipped) == (3, 1)
    renamed = "lee2020parsing is lee2020parsingb there"
    assert report.summary("refs.bib") == f"3 added to refs.bib, 1 was there; {renamed}"
    added = text[len(EXISTING) :].decode()
    assert added.startswith("\r\n\r\n@misc{li2023graphixt5,\r\n")
    assert "\n" not in added.replace("\r\n", "")
    assert "@article{lee2020parsingb," in added, "the key is taken by another paper"


def test_append_tells_the_first_of_many_keys_that_are_taken() -> None:
    there = "".join(f"@misc{{k{number}, title = {{Theirs {number}}}}}\n" for number in range(5))
    ours = [Paper(key=f"k{number}", title=f"Ours {number}") for number in range(5)]
    summary = append(there.encode(), ours)[1].summary("refs.bib")
    assert summary.startswith("5 added to refs.bib; k0 is ")
    assert [told.split(" is ")[0] for told in summary.split("; ")[1].split(", ")] == [
        "k0", "k1", "k2", "2 more keys differ",
    ]  # fmt: skip


@pytest.mark.parametrize("form", ["bibtex", "biblatex"])
def test_append_twice_adds_nothing(form: str) -> None:
    papers = nasty()
    once, report = append(b"", papers, form, RICH)
    twice, again = append(once, papers, form, RICH)
    assert report.entries == again.skipped == len(papers)
    assert again.entries == 0
    assert twice == once


def test_append_knows_a_paper_by_title_and_author_in_another_spelling() -> None:
    there = b"@misc{any, author = {L{\\'i}, J.}, title = {{GRAPHIX}-T5: mixing pre-trained transformers with graph-aware layers for text-to-sql parsing}}\n"  # noqa: E501
    assert append(there, [PREPRINT])[1].skipped == 1
    assert append(there.replace(b"L{\\'i}", b"Zhou"), [PREPRINT])[1].skipped == 0


def test_append_refuses_a_file_that_ends_inside_an_entry() -> None:
    with pytest.raises(AppendError, match=r"refs\.bib:1: .*mend this entry"):
        append(b"@misc{open, title = {never closed", [PREPRINT], path="refs.bib")


@pytest.mark.parametrize(
    "text",
    [
        "Write to me@example.org, please.",
        '{"title": "x", "mail": "a@b.org"}',
        "\\documentclass{article}\n\\begin{filecontents}{x.bib}\n@misc{a, title = {A}}\n",
        "@media screen { a { color: red } }",
        "import a\n\n@decorated\ndef f(): ...\n",
        "PK\x03\x04\0\0",
    ],
)
def test_append_refuses_what_is_no_bib_file(text: str) -> None:
    with pytest.raises(AppendError, match=r"x: this is no \.bib file"):
        append(text.encode(), [PREPRINT], path="x")


@pytest.mark.parametrize("text", ["", "\n", "% My references\n", '@string{acl = "ACL"}\n', "@comment{x}\n"])
def test_append_takes_a_bib_file_without_entries(text: str) -> None:
    assert append(text.encode(), [PREPRINT])[1].entries == 1


def test_append_to_latin_1_keeps_every_byte() -> None:
    there = "@misc{a, title = {Étude}}\n".encode("latin-1")
    text, _ = append(there, [PREPRINT])
    assert text.startswith(there + b"\n@misc{li2023graphixt5,")


@given(st.lists(st.sampled_from(nasty()), max_size=8), st.sampled_from(list(FORMATS)))
def test_any_selection_in_any_format(papers: Sequence[Paper], form: str) -> None:
    assert write(papers, form, RICH).entries == len(papers)
