"""Formatted references where records are odd: what a citation processor gets wrong, and what neutralises."""

from dataclasses import replace
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paperbrowse.model import Paper, PartialDate
from paperbrowse.writers import ExportOptions, write
from paperbrowse.writers.references import STYLES, reference
from tests.e2e.nasty import nasty

PREPRINT = Paper(
    key="k", title="A Title", authors=("Ann Lee", "Bo Li"), date=PartialDate(2024, 5, 17), category="CL"
)
PUBLISHED = replace(
    PREPRINT,
    category=None,
    venue="Proceedings of X",
    entry_type="inproceedings",
    pages="1153-1174",
    publisher="ACL",
    address="Miami",
    doi="10.18653/v1/x_1",
)
MANY = tuple(f"Ann Family{letter}" for letter in "abcdefghijklmnopqrstuvwxyz")


@pytest.mark.parametrize(
    ("authors", "apa", "ieee", "chicago"),
    [
        (("Ann Lee",), "Lee, A. (2024).", "A. Lee, “", "Lee, Ann. 2024."),
        (("Ann Lee", "Bo Li"), "Lee, A., & Li, B. (20", "A. Lee and B. Li, “", "Lee, Ann, and Bo Li. 20"),
        (("OpenAI", "The Qwen Team"), "OpenAI, & The Qwen Team. (", "OpenAI and The Q", "OpenAI, and The Q"),
        (("Rob van der Goot",), "van der Goot, R. (2024).", "R. van der Goot, “", "Goot, Rob van der. 2024."),
        (("von Neumann",), "von Neumann. (2024).", "von Neumann, “", "von Neumann. 2024."),
        (("Émile Zola Jr.",), "Zola, É., Jr. (2024).", "É. Zola Jr., “", "Zola, Émile, Jr. 2024."),
        (("bell hooks",), "hooks, bell. (2024).", "bell hooks, “", "hooks, bell. 2024."),
        (("王 小明",), "王 小明. (2024).", "王 小明, “", "王 小明. 2024."),
        (("王小明", "Wei Lu"), "王小明, & Lu, W. (20", "王小明 and W. Lu, “", "王小明, and Wei Lu. 20"),
        (("J.R.R. Tolkien",), "Tolkien, J. R. R. (2024).", "J. R. R. Tolkien, “", "Tolkien, J. R. R. 2024."),
        (("Xian-Ling Mao",), "Mao, X.-L. (2024).", "X.-L. Mao, “", "Mao, Xian-Ling. 2024."),
        (("<b>An</b> & Co",), "<b>An</b> & Co. (2024).", "<b>An</b> & Co, “", "<b>An</b> & Co. 2024."),
    ],
)  # fmt: skip
def test_names(authors: tuple[str, ...], apa: str, ieee: str, chicago: str) -> None:
    paper = replace(PREPRINT, authors=authors)
    for style, start in (("apa", apa), ("ieee", ieee), ("chicago", chicago)):
        assert reference(paper, style).startswith(start)


@pytest.mark.parametrize(
    ("known", "apa", "ieee", "chicago"),
    [
        (1, "Familya, A., et al. (2024).", "A. Familya et al., “", "Familya, Ann et al. 2024."),
        (2, "Familya, A., Familyb, A., et al. (2", "A. Familya, A. Familyb, et al., “", "Familya, Ann, Ann "),
    ],
)  # fmt: skip
def test_a_byline_cut_off_ends_in_et_al(known: int, apa: str, ieee: str, chicago: str) -> None:
    paper = replace(PREPRINT, authors=MANY[:known], authors_complete=False)
    for style, start in (("apa", apa), ("ieee", ieee), ("chicago", chicago)):
        text = reference(paper, style)
        assert text.startswith(start)
        assert "others" not in text
        assert "& et al." not in text


@pytest.mark.parametrize(
    ("style", "most", "long", "cut"),
    [
        ("apa", 20, "Familys, A., … Familyz, A. (2024).", "Familys, A., et al. (2024)."),
        ("ieee", 6, "A. Familya et al., “A", "A. Familya et al., “A"),
        ("chicago", 10, "Ann Familyg, et al. 2024.", "Ann Familyg, et al. 2024."),
    ],
)
def test_each_style_shortens_in_its_own_way(style: str, most: int, long: str, cut: str) -> None:
    whole = reference(replace(PREPRINT, authors=MANY[:most]), style)
    assert all(name.split()[1] in whole for name in MANY[:most])
    assert "et al." not in whole
    assert long in reference(replace(PREPRINT, authors=MANY), style)
    assert cut in reference(replace(PREPRINT, authors=MANY, authors_complete=False), style)


@pytest.mark.parametrize(
    ("style", "formatted"),
    [
        ("apa", "In Proceedings of X (pp. 1153–1174). ACL. https://doi.org/10.18653/v1/x_1"),
        ("acl", "In Proceedings of X, pages 1153–1174, Miami. ACL."),
        ("ieee", "in Proceedings of X, Miami: ACL, May 2024, pp. 1153–1174. doi: 10.18653/v1/x_1."),
        ("chicago", "In Proceedings of X, 1153–74. Miami: ACL. https://doi.org/10.18653/v1/x_1."),
    ],
)
def test_a_paper_in_proceedings(style: str, formatted: str) -> None:
    assert reference(PUBLISHED, style).partition(PUBLISHED.title)[2].lstrip(".,” ") == formatted


@pytest.mark.parametrize(
    ("style", "formatted"),
    [
        ("apa", "(arXiv:2305.1). arXiv. https://arxiv.org/abs/2305.1"),
        ("acl", "Preprint, arXiv:2305.1."),
        ("ieee", "May 17, 2024, arXiv: arXiv:2305.1. [Online]. Available: https://arxiv.org/abs/2305.1"),
        ("chicago", "arXiv:2305.1. arXiv, May 17. https://arxiv.org/abs/2305.1."),
    ],
)
def test_an_eprint(style: str, formatted: str) -> None:
    text = reference(replace(PREPRINT, arxiv="2305.1"), style)
    assert text.partition(PREPRINT.title)[2].lstrip(".,” ") == formatted


@pytest.mark.parametrize(
    ("pages", "printed"),
    [
        ("3-10", "3–10"),
        ("71-72", "71–72"),
        ("100-104", "100–104"),
        ("107-108", "107–8"),
        ("321-328", "321–28"),
        ("1103-1104", "1103–4"),
        ("1153-1174", "1153–74"),
        ("1496-1504", "1496–504"),
        ("99-107", "99–107"),
        ("20-12", "20–12"),
        ("17", "17"),
        ("e1-e9", "e1–e9"),
    ],
)
def test_chicago_shortens_page_ranges(pages: str, printed: str) -> None:
    assert f"Proceedings of X, {printed}. Miami" in reference(replace(PUBLISHED, pages=pages), "chicago")


def test_a_title_stands_once_where_there_is_no_author() -> None:
    supplied = replace(PREPRINT, title="[Tab-CoT: The …]", title_from="derived", authors=(), category=None)
    assert reference(supplied) == "[Tab-CoT: The …]. (2024)."
    assert reference(supplied, "ieee") == "“[Tab-CoT: The …],” May 17, 2024."
    assert reference(supplied, "chicago") == "“[Tab-CoT: The …].” 2024. May 17."


@pytest.mark.parametrize(
    ("paper", "printed"),
    [
        (PREPRINT, "Ann Lee and Bo Li. 2024. A Title. arXiv preprint."),
        (replace(PREPRINT, authors=MANY[:3]), "Ann Familya, Ann Familyb, and Ann Familyc. 2024. A Title. a"),
        (replace(PREPRINT, authors_complete=False), "Ann Lee, Bo Li, et al. 2024. A Title."),
        (replace(PREPRINT, authors=("Rob van der Goot Jr.",)), "Rob van der Goot Jr. 2024. A Title."),
        (replace(PREPRINT, title="Is it?", authors=()), "Is it? 2024. arXiv preprint."),
        (replace(PREPRINT, date=PartialDate()), "Ann Lee and Bo Li. A Title. arXiv preprint."),
        (replace(PUBLISHED, pages="17", volume="3"), "In Proceedings of X, volume 3, page 17, Miami. ACL."),
        (replace(PUBLISHED, pages=None, publisher=None, address=None), "A Title. In Proceedings of X."),
        (
            replace(PUBLISHED, entry_type="article", venue="A Journal", volume="26", number="3"),
            "A Title. A Journal, 26(3):1153–1174.",
        ),
        (replace(PUBLISHED, entry_type="article", venue="A Journal"), "A Journal, pages 1153–1174."),
        (replace(PUBLISHED, entry_type="article", venue="A Journal", pages=None), "A Title. A Journal."),
        (
            replace(PUBLISHED, entry_type="phdthesis", venue="A School"),
            "A Title. Ph.D. thesis, A School, Miami.",
        ),
    ],
)
def test_acl_as_the_anthology_prints_it(paper: Paper, printed: str) -> None:
    text = reference(paper, "acl")
    assert text.startswith(printed) or text.endswith(f" {printed}")
    assert "doi" not in text


def test_acl_has_its_link_in_the_title() -> None:
    acl = ExportOptions(style="acl")
    address = "https://doi.org/10.18653/v1/x_1"
    assert (
        f" 2024. [A Title.](<{address}>) In *Proceedings of X*, p" in write([PUBLISHED], "markdown", acl).text
    )
    assert f' 2024. <a href="{address}">A Title.</a> In <i>Pro' in write([PUBLISHED], "html", acl).text


def test_what_is_not_known() -> None:
    nothing = Paper(title="T")
    assert [reference(nothing, style) for style in STYLES] == ["T. (n.d.).", "T.", "“T.”", "“T.” n.d."]
    assert reference(replace(nothing, title="{}")) == "[Untitled]. (n.d.)."


def test_an_inferred_year_is_marked_when_asked() -> None:
    paper = replace(PREPRINT, year_from="inferred")
    for style, marked in (
        ("apa", "(ca. 2024)"),
        ("acl", " ca. 2024. "),
        ("ieee", "ca. May 17, 2024"),
        ("chicago", " [2024?]. "),
    ):
        assert marked not in reference(paper, style)
        assert marked in write([paper], "text", ExportOptions(style=style, mark_inferred=True)).text


DOUBLED = ("..", "?.", "!.", "”.", "”,", "’.", "’,", "?,", "!,", ".,”", " ,", " .")


@pytest.mark.parametrize("style", STYLES)
def test_no_stop_is_doubled_and_none_leaves_the_quotation(style: str) -> None:
    for title in ("Is it?", "It is!", "By Dr.", "A “B”", "A “B?”", "[Supplied …]", "50% of R&D"):
        for paper in (replace(PREPRINT, title=title), replace(PUBLISHED, title=title)):
            text = reference(paper, style)
            assert not any(wrong in text for wrong in DOUBLED)


@pytest.mark.parametrize(
    ("title", "apa", "ieee", "chicago"),
    [
        ("Is it?", " Is it? In ", " “Is it?” in ", " “Is it?” In "),
        ("A “B”", " A “B.” In ", " “A ‘B,’” in ", " “A ‘B.’” In "),
        ("A “B?”", " A “B?” In ", " “A ‘B?’” in ", " “A ‘B?’” In "),
        ("“A” B", " “A” B. In ", " “‘A’ B,” in ", " “‘A’ B.” In "),
        ("By Dr.", " By Dr. In ", " “By Dr.” in ", " “By Dr.” In "),
        ("[Supplied …]", " [Supplied …]. In ", " “[Supplied …],” in ", " “[Supplied …].” In "),
    ],
)
def test_where_a_title_ends(title: str, apa: str, ieee: str, chicago: str) -> None:
    for style, printed in (("apa", apa), ("ieee", ieee), ("chicago", chicago)):
        assert printed in reference(replace(PUBLISHED, title=title), style)


@pytest.mark.parametrize("style", STYLES)
def test_titles_keep_their_letters(style: str) -> None:
    for title in ("iPhone and ßtraße", "α-divergence, H₂O", "A {BERT} of $O(n \\log n)$", "深度 Learning"):
        printed = title.replace("{BERT}", "BERT").replace("$O(n \\log n)$", "O(n log n)")
        assert printed in reference(replace(PREPRINT, title=title), style)


def test_a_doi_is_a_link_in_every_form() -> None:
    ieee, chicago = ExportOptions(style="ieee"), ExportOptions(style="chicago")
    markdown, page = write([PUBLISHED], "markdown", ieee).text, write([PUBLISHED], "html", ieee).text
    assert "doi: [10.18653/v1/x\\_1](<https://doi.org/10.18653/v1/x_1>)." in markdown
    assert 'doi: <a href="https://doi.org/10.18653/v1/x_1">10.18653/v1/x_1</a>.' in page
    assert "<https://doi.org/10.18653/v1/x_1>." in write([PUBLISHED], "markdown", chicago).text


class Tags(HTMLParser):
    """The tags and the text of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.said: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        assert {name for name, _ in attrs} <= {"lang", "charset", "class", "id", "href"}

    def handle_data(self, data: str) -> None:
        self.said.append(data)


HOSTILE = "<script>alert(1)</script> & \"x\" onclick='y'"


@pytest.mark.parametrize("style", STYLES)
def test_html_holds_no_tag_of_a_record(style: str) -> None:
    hostile = replace(
        PUBLISHED,
        key='"><b>',
        title=HOSTILE,
        authors=(HOSTILE,),
        venue=HOSTILE,
        publisher=HOSTILE,
        doi=f"10.1/{HOSTILE}",
    )
    page = Tags()
    page.feed(write([hostile, *nasty()], "html", ExportOptions(style=style)).text)
    assert page.tags <= {"html", "meta", "title", "ul", "li", "i", "a"}
    assert HOSTILE in "".join(page.said)


@given(st.text(max_size=40), st.lists(st.text(max_size=20), max_size=3), st.sampled_from(list(STYLES)))
def test_any_text_makes_one_line_and_no_tag(title: str, authors: list[str], style: str) -> None:
    paper = replace(PUBLISHED, title=title, authors=tuple(authors))
    assert "\n" not in reference(paper, style)
    page = Tags()
    page.feed(write([paper], "html", ExportOptions(style=style)).text)
    assert page.tags <= {"html", "meta", "title", "ul", "li", "i", "a"}


def test_acl_sets_books_theses_and_reports_as_its_bibtex_style_does() -> None:
    book = Paper(
        title="Deep Volume",
        authors=("Ann Lee",),
        date=PartialDate(2020),
        entry_type="book",
        publisher="Press",
        address="Berlin",
        edition="2",
        volume="3",
        series="Lecture Notes",
    )
    start = "Ann Lee. 2020. "
    assert reference(book, "acl") == (
        f"{start}Deep Volume, second edition, volume 3 of Lecture Notes. Press, Berlin."
    )
    alone = replace(book, volume=None, edition=None)
    assert reference(alone, "acl") == f"{start}Deep Volume, Lecture Notes. Press, Berlin."
    chapter = replace(
        book, entry_type="incollection", venue="All of It", chapter="4", pages="1-9", edition=None
    )
    assert reference(chapter, "acl") == (
        f"{start}Deep Volume. In All of It, volume 3 of Lecture Notes, chapter 4, pages 1–9, Berlin. Press."
    )
    report = Paper(
        title="T",
        authors=("Ann Lee",),
        date=PartialDate(2020),
        entry_type="techreport",
        venue="Bell Labs",
        number="TR-7",
    )
    assert reference(report, "acl") == f"{start}T. Technical Report TR-7, Bell Labs."
    memo = replace(report, genre="Memo", number=None)
    assert reference(memo, "acl") == f"{start}T. Memo, Bell Labs."
    thesis = replace(report, entry_type="mastersthesis", number=None)
    assert reference(thesis, "acl") == f"{start}T. Master’s thesis, Bell Labs."


def test_ieee_ends_no_sentence_twice() -> None:
    edited = Paper(
        title="T",
        authors=("Ann Lee",),
        editors=("Bo Li",),
        venue="All of It",
        entry_type="incollection",
        doi="10.1000/x",
    )
    assert reference(edited, "ieee") == "A. Lee, “T,” in All of It, B. Li, Ed. doi: 10.1000/x."


def test_a_series_is_told() -> None:
    book = Paper(
        title="T", authors=("Ann Lee",), date=PartialDate(2020), entry_type="book", series="Notes", volume="3"
    )
    assert reference(book, "ieee") == "A. Lee, T, in Notes, vol. 3. 2020."
    assert reference(book, "chicago") == "Lee, Ann. 2020. T. Vol. 3. Notes."


def test_initials_are_spelled_as_bibliographies_do() -> None:
    paper = Paper(
        title="T", authors=("Wen-tau Yih", "Jose G Moreno", "J.R.R. Tolkien"), date=PartialDate(2020)
    )
    assert reference(paper, "apa") == "Yih, W., Moreno, J. G., & Tolkien, J. R. R. (2020). T."
    assert reference(paper, "chicago") == "Yih, Wen-tau, Jose G. Moreno, and J. R. R. Tolkien. 2020. “T.”"
