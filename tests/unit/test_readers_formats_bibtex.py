"""BibTeX and biblatex as people have them, and as nobody should."""

from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from paperbrowse.model import PartialDate, Reading
from paperbrowse.readers import read_document
from paperbrowse.readers.document import Document
from paperbrowse.readers.tex_text import from_tex
from paperbrowse.text.latex import to_terminal

NASTY = r"""% Written by hand; mail me@home (or not) {braces}
@Comment{jabref-meta: databaseType:bibtex;}
@preamble{ "\newcommand{\x}{y}" # { more } }
@STRING{acl = "Proceedings of the Annual Meeting of the {ACL}" }

@inproceedings{good,
  author = {van der Goot, Rob and {OpenAI and Friends} and M{\"u}ller, J{\"u}rgen and others},
  title = "{BERT}: {\"O}n the {"}quoted{"} $x^{2}$ of \emph{things}",
  booktitle = acl # { (Volume 1)}, year = 2023, month = "18~" # jan,
  pages = {416--425},
  doi = {https://doi.org/10.18653/v1/2023.acl-long.1},
}
@article{nocomma,
  title = {Missing comma}
  author = {A. Author},
  journal = undefined_one,
  year = {in press}
}
@article{broken,
  title = {Never closed,
  author = {X Y},
  year = 2001
}
@misc{eprint, title={After broken}, eprint={2301.00001v3}, archivePrefix={arXiv}, primaryClass={cs.CL}}
@article{dup, title={Dup one}, year=2001, title={Dup field}}
@article{dup, title={Dup two}, year=2002}
@inproceedings{at, title = {At lines}, abstract = {first
@inproceedings{inner, title={inner}}
rest}, year=2020}
inproceedings{lost, title={lost}}
% @article{commented, title={out}}
@inproceedings{child, author={Child, A.}, title={The Child}, crossref={par}, pages={1-2}}
@proceedings{par, title={The Proceedings}, year={2019}, publisher={Pub}}
@xdata{xd, publisher={XPub}, location={Xtown}}
@book{b, xdata={xd}, title={Book}, subtitle={A Sub}, date={2011-05-06/2012},
  author={given=Hans, family=Harman, prefix=von and {李}, 小明}}
@article{, title={No key}, year=1999}
@article{onlykey}
@article(paren, title={In parentheses (really)}, year=1998)
@article{last, title={Last}, year = 2005
"""


def read(text: str | bytes, name: str = "x.bib") -> Reading:
    return read_document(Document(name, text if isinstance(text, bytes) else text.encode()))


@pytest.fixture(scope="module")
def nasty() -> Reading:
    return read(NASTY)


def test_every_good_entry_of_a_nasty_file_is_read(nasty: Reading) -> None:
    assert [paper.cited_as for paper in nasty.papers] == [
        "good", "nocomma", "eprint", "dup", "dup", "at", "child", "par", "b", None, "paren",
    ]  # fmt: skip


def test_every_bad_one_is_told_with_its_line(nasty: Reading) -> None:
    lines = NASTY.splitlines()
    lost = [problem for problem in nasty.problems if problem.lost]
    assert [(lines[problem.line - 1].split(",")[0], problem.what.split(";")[0]) for problem in lost] == [
        ("@article{broken", "no comma or closing brace after the field 'title' in line 23"),
        ("inproceedings{lost", "this looks like an entry without its @"),
        ("@article{onlykey}", "the entry has no title"),
        ("@article{last", "the file ends inside this entry"),
    ]


def test_details_are_told_too(nasty: Reading) -> None:
    details = [problem.what for problem in nasty.problems if not problem.lost]
    assert details == [
        "no comma after the field 'title'",
        "no year to be found in 'in press'",
        "the abbreviation 'undefined_one' is defined nowhere in this file",
        "the field 'title' stands a second time; the first counts",
        "the key 'dup' stands a second time (first in line 25)",
        "the entry has no key",
    ]


def test_a_whole_entry(nasty: Reading) -> None:
    paper = nasty.papers[0]
    assert paper.title == 'BERT: Ön the "quoted" $x^{2}$ of \\emph{things}'
    assert paper.authors == ("Rob van der Goot", "OpenAI and Friends", "Jürgen Müller")
    assert not paper.authors_complete
    assert paper.venue == "Proceedings of the Annual Meeting of the ACL (Volume 1)"
    assert paper.date == PartialDate(2023, 1, 18)
    assert (paper.pages, paper.entry_type) == ("416-425", "inproceedings")
    assert (paper.doi, paper.anthology) == ("10.18653/v1/2023.acl-long.1", "2023.acl-long.1")
    assert paper.source.line == 6


def test_inheritance(nasty: Reading) -> None:
    by_key = {paper.cited_as: paper for paper in nasty.papers}
    child, book = by_key["child"], by_key["b"]
    assert (child.title, child.venue, child.date.year) == ("The Child", "The Proceedings", 2019)
    assert (book.publisher, book.address) == ("XPub", "Xtown")
    assert (book.title, book.date) == ("Book: A Sub", PartialDate(2011, 5, 6))
    assert book.authors == ("Hans von Harman", "李 小明")


def test_arxiv_and_abstract(nasty: Reading) -> None:
    by_key = {paper.cited_as: paper for paper in nasty.papers}
    assert (by_key["eprint"].arxiv, by_key["eprint"].category) == ("2301.00001", "cs.CL")
    assert by_key["at"].abstract.endswith("rest")


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ("journal = {arXiv preprint arXiv:1706.03762}", "1706.03762"),
        ("journal = {CoRR}, volume = {abs/1706.03762}", "1706.03762"),
        ("url = {https://arxiv.org/pdf/cs/9901001v2.pdf}", "cs/9901001"),
        ("doi = {10.48550/arXiv.1706.03762}", "1706.03762"),
        ("eprint = {1706.03762}, eprinttype = {arxiv}", "1706.03762"),
        ("eprint = {23456789}, eprinttype = {pmid}", None),
    ],
)
def test_arxiv_ids_wherever_they_stand(fields: str, expected: str | None) -> None:
    assert read(f"@article{{k, title={{T}}, {fields}}}").papers[0].arxiv == expected


@pytest.mark.parametrize(
    ("author", "names"),
    [
        ("Downey, Jr., Robert", ("Robert Downey Jr.",)),
        ("Knuth, Donald E. and Graham, R. L.", ("Donald E. Knuth", "R. L. Graham")),
        ("Rob van der Goot", ("Rob van der Goot",)),
        ("{The BigScience Workshop}", ("The BigScience Workshop",)),
        ("{\\'E}mile Zola AND Gar{\\c{c}}ia, A", ("Émile Zola", "A Garçia")),
        ("Ann Other; Bo Else", ("Ann Other", "Bo Else")),
        ("Ann Other, Bo Else, Cy Last", ("Ann Other", "Bo Else", "Cy Last")),
        ("王, 小明", ("王 小明",)),
        ("A\n  and\n B", ("A", "B")),
    ],
)
def test_names(author: str, names: tuple[str, ...]) -> None:
    paper = read(f"@article{{k, title={{T}}, author={{{author}}}}}").papers[0]
    assert paper.authors == names
    assert paper.authors_complete


@pytest.mark.parametrize(
    ("tex", "plain"),
    [
        (r"Nguy{\~{\^{e}}}n", "Nguyễn"),
        (r"\'{\i} \"{\i} {\v S} \c ca \AA ngstr\"om {\ss}", "í ï Š ça Ångström ß"),
        (r"AT\&T 50\% a\_b \#1", "AT&T 50% a_b #1"),
        (r"``quoted'' -- it's", "“quoted” – it's"),
        (r"\textbf{{B}ERT} \href{http://x/~y}{Link}", r"\textbf{BERT} \href{http://x/~y}{Link}"),
        (r"costs \$5, $\alpha_{x}$", r"costs \$5, $\alpha_{x}$"),
        (r"{{Nested} {Braces}}", "Nested Braces"),
    ],
)
def test_tex(tex: str, plain: str) -> None:
    assert from_tex(tex) == plain


UMLAUT = "@article{k, title={Über Wörter}, author={Müller, Jörg}, year=2001}\n"
CHINESE = "@article{k, title={基于神经网络的机器翻译研究}, author={王小明 and 李四}, year=2001}\n"


@pytest.mark.parametrize(
    ("raw", "title"),
    [
        (UMLAUT.encode("latin-1"), "Über Wörter"),
        (UMLAUT.replace("W", "„W").encode("cp1252"), "Über „Wörter"),
        (UMLAUT.encode("utf-16"), "Über Wörter"),
        (UMLAUT.encode("utf-16-le"), "Über Wörter"),
        (UMLAUT.encode("utf-8-sig"), "Über Wörter"),
        (CHINESE.encode("gbk"), "基于神经网络的机器翻译研究"),
        (b"% Encoding: GBK\n" + CHINESE.encode("gbk"), "基于神经网络的机器翻译研究"),
        (CHINESE.encode("utf-16-be"), "基于神经网络的机器翻译研究"),
    ],
)
def test_encodings(raw: bytes, title: str) -> None:
    reading = read(raw)
    assert [paper.title for paper in reading.papers] == [title]
    assert not [problem for problem in reading.problems if problem.lost]


def test_the_content_decides_not_the_name() -> None:
    assert read(UMLAUT, "x.json").papers
    page = b"<!DOCTYPE html>\n<html><head><title>502 Bad Gateway</title></head></html>\n"
    reading = read(page)
    assert not reading.papers
    assert "in no format that can be read" in reading.problems[0].what


def test_an_unclosed_brace_costs_one_entry_of_a_long_file() -> None:
    entries = [f"@misc{{k{n}, title={{Title {n}}}}}\n" for n in range(400)]
    entries[100] = "@misc{k100, title={Open, note={x}}\n"
    entries[200] = "@misc{k200, title={{Open}, note={x}}\n"
    reading = read("".join(entries))
    assert len(reading.papers) == 398
    assert [problem.line for problem in reading.problems] == [101, 201]


def test_cut_off_anywhere_it_keeps_what_stood_before(nasty: Reading) -> None:
    for cut in range(0, len(NASTY), 5):
        reading = read(NASTY[:cut])
        found = {paper.title for paper in reading.papers}
        closed = NASTY.count("\n}\n", 0, cut) and "@article{nocomma" in NASTY[:cut]
        assert found <= {"inner", *(paper.title for paper in nasty.papers)}
        assert reading.papers or reading.problems
        assert not closed or reading.papers[0] == nasty.papers[0]


_pieces = st.sampled_from(
    ["@article{k,", "@string{a = ", "@comment{", "@preamble{", "title", " = ", "{", "}", '"', "#", ",", "(",
     ")", "\\", "\n", "@", "%", "é", "$", "and", " 2001", "author", "crossref={k}", "~", "\\'", "abstract={x"]
)  # fmt: skip


@settings(deadline=None)
@example("@article{k,title={}}@article{k,title={x}\x00}")
@given(st.lists(_pieces | st.text(max_size=5), max_size=40).map("".join))
def test_nothing_makes_it_stumble(text: str) -> None:
    reading = read("@article{first, title={First}}\n" + text + "\n@article{last, title={Last}}\n")
    titles = [paper.title for paper in reading.papers]
    assert titles[:1] == ["First"] or reading.problems
    assert all(paper.title == paper.title.strip() for paper in reading.papers)


_word = st.from_regex(r"[A-Za-zéüß][a-zéüß]{1,9}", fullmatch=True)
_words = st.lists(_word, min_size=1, max_size=6).map(" ".join)


@settings(deadline=None)
@given(st.lists(st.tuples(_words, st.lists(_words, min_size=1, max_size=4)), min_size=1, max_size=5))
def test_what_is_written_plainly_is_read_back(records: list[tuple[str, list[str]]]) -> None:
    names = [[name for name in authors if " and " not in f" {name} ".lower()] for _, authors in records]
    text = "".join(
        f"@article{{k{n}, title = {{{title}}}, author = {{{' and '.join(names[n])}}}, year = {2000 + n}}}\n"
        for n, (title, _) in enumerate(records)
    )
    papers = read(text).papers
    assert [paper.title for paper in papers] == [title for title, _ in records]
    assert [paper.date.year for paper in papers] == [2000 + n for n in range(len(records))]
    others = {"others", "et al"}
    assert [[*paper.authors] for paper in papers] == [
        [name for name in one if name.lower() not in others] for one in names
    ]


def test_a_file_on_disk(tmp_path: Path) -> None:
    from paperbrowse.readers import read_paths

    (tmp_path / "a.bib").write_text(UMLAUT, "utf-8")
    (tmp_path / "empty.bib").write_text("", "utf-8")
    (tmp_path / "package.json").write_text('{"name": "x", "version": "1"}', "utf-8")
    reading = read_paths([tmp_path])
    assert [paper.title for paper in reading.papers] == ["Über Wörter"]
    assert [problem.what for problem in reading.problems] == ["the file is empty"]


def test_a_mark_over_nothing_is_the_sign_itself() -> None:
    title = r"About \~{}5 and x\^{}y, {\texttildelow}8, {\textbraceleft}set{\textbraceright}"
    [paper] = read_document(Document("x", f"@misc{{a, title={{{title}}}}}".encode())).papers
    assert to_terminal(paper.title) == "About ~5 and x^y, ~8, {set}"
