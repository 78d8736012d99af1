"""A paper in words."""

from pathlib import Path

import pytest

from paperbrowse.describe import (
    byline,
    caveats,
    counted,
    date_text,
    field_words,
    links,
    short_byline,
    short_venue,
    told_path,
)
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


@pytest.mark.parametrize(
    ("correction", "told"),
    [
        ("corrected by hand", "title: corrected (by hand)"),
        ("the Anthology; corrected by hand", "title: corrected (the Anthology; by hand)"),
        ("the Anthology", "title: corrected (the Anthology)"),
    ],
)
def test_that_a_field_is_corrected_is_said_once(correction: str, told: str) -> None:
    assert told in caveats(Paper(title="A", corrected=("title",), correction=correction))


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
    assert counted(108819, "paper") == "108 819 papers"


@pytest.mark.parametrize(
    ("path", "told"),
    [
        ("/home/ann/papers/du.txt", "~/papers/du.txt"),
        ("/home/ann/work/du.txt", "du.txt"),
        ("/home/anna/du.txt", "/home/anna/du.txt"),
        ("pages/du.txt", "pages/du.txt"),
        ("/srv/" + "folder/" * 12 + "du.txt", "/…/" + "folder/" * 7 + "du.txt"),
        ("/home/ann/" + "folder/" * 12 + "du.txt", "~/…/" + "folder/" * 7 + "du.txt"),
        ("/" + "long" * 30, "/" + "long" * 30),
    ],
)
def test_a_path_is_told_from_here_or_from_home(path: str, told: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Path, "cwd", lambda: Path("/home/ann/work"))
    monkeypatch.setattr(Path, "home", lambda: Path("/home/ann"))
    assert told_path(path) == told
    assert len(told) <= 60 or told.count("/") == 1


def test_a_path_is_told_where_the_folder_one_is_in_was_deleted(monkeypatch: pytest.MonkeyPatch) -> None:
    def gone() -> Path:
        raise FileNotFoundError

    monkeypatch.setattr(Path, "cwd", gone)
    assert told_path("/srv/du.txt") == "/srv/du.txt"


def test_fields_in_a_person_s_words() -> None:
    assert [field_words(name) for name in ("entry_type", "doi", "title")] == [
        "kind of publication",
        "DOI",
        "title",
    ]


def test_a_venue_in_short() -> None:
    long = "Proceedings of the 61st Annual Meeting of the Association for Computational Linguistics"
    assert short_venue(Paper(title="", venue=long, venue_names=("acl",))) == "ACL"
    assert short_venue(Paper(title="", venue=long, venue_names=("findings", "emnlp"))) == "Findings EMNLP"
    assert short_venue(Paper(title="", venue=long)) == "Proceedings of the 61st Annua…"
    assert short_venue(Paper(title="", venue="Journal of Logic")) == "Journal of Logic"
    assert short_venue(Paper(title="")) == ""
