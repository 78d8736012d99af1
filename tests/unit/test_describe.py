"""A paper in words."""

import pytest

from paperbrowse.describe import byline, counted, date_text, links, short_byline
from paperbrowse.model import Paper, PartialDate


@pytest.mark.parametrize(
    ("date", "text"),
    [
        (PartialDate(2023, 7, 27), "27 Jul 2023"),
        (PartialDate(2023, 7), "Jul 2023"),
        (PartialDate(2023), "2023"),
        (PartialDate(), ""),
    ],
)
def test_a_date_as_far_as_it_is_known(date: PartialDate, text: str) -> None:
    assert date_text(date) == text


def test_a_byline_says_that_there_are_more() -> None:
    paper = Paper(title="", authors=("Yuqiao Wen", "Rob van der Goot"), authors_complete=False)
    assert byline(paper) == "Yuqiao Wen, Rob van der Goot et al."
    assert short_byline(paper) == "Wen, Goot et al."
    whole = Paper(title="", authors=("Yuqiao Wen", "Zichao Li"))
    assert short_byline(whole) == "Wen, Li"
    assert short_byline(whole, 1) == "Wen et al."
    assert byline(Paper(title="")) == ""


def test_only_web_addresses_are_links() -> None:
    urls = (
        "javascript:alert(1)",
        "file:///etc/passwd",
        "www.github.com/a/b",
        "https://a.org",
        "-x://b",
        "ftp://c.org",
    )
    assert links(Paper(title="", urls=urls)) == ["https://www.github.com/a/b", "https://a.org"]


def test_the_published_version_is_the_first_link() -> None:
    paper = Paper(
        title="", doi="10.1/x", arxiv="2301.07507", anthology="2023.acl-long.1", urls=("https://a.org",)
    )
    assert links(paper) == [
        "https://doi.org/10.1/x",
        "https://aclanthology.org/2023.acl-long.1/",
        "https://arxiv.org/abs/2301.07507",
        "https://a.org",
    ]


def test_numbers_and_nouns() -> None:
    assert (counted(1, "paper"), counted(0, "paper")) == ("1 paper", "0 papers")
