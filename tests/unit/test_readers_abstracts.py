"""What is read out of an abstract: its links, and a title for records that have none."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paperbrowse.readers.links import urls
from paperbrowse.readers.supplied import supplied_title


@pytest.mark.parametrize(
    ("abstract", "links"),
    [
        ("Code is at https://github.com/a/b.", ["https://github.com/a/b"]),
        ("See https://a-b.github.io/ .", ["https://a-b.github.io/"]),
        ("The end: https://a.b/c", ["https://a.b/c"]),
        ("Data (http://a.org/x/y.html) and code (https://a.org/z).", ["http://a.org/x/y.html", "https://a.org/z"]),
        (r"Code is \href{https://github.com/a/B.git}{here}.", ["https://github.com/a/B.git"]),
        ("Get it from www.github.com/a/B/.", ["www.github.com/a/B/"]),
        ("available at: https://a.b/C_D, and more", ["https://a.b/C_D"]),
        (r"https://github.com/a/b\_c", ["https://github.com/a/b_c"]),
        ("github.com/a/b is the place", ["github.com/a/b"]),
        ("https://a.b/c and again https://a.b/c!", ["https://a.b/c"]),
        ("https://en.wikipedia.org/wiki/Mars_(god)", ["https://en.wikipedia.org/wiki/Mars_(god)"]),
        ("**https://a.b/c**", ["https://a.b/c"]),
        ("Our toolkit NiuNet.NMT is and/or was fast, e.g. 3/4 of it.", []),
        ("mail me at someone@github.com/x", []),
        ("http://", []),
    ],
)  # fmt: skip
def test_links(abstract: str, links: list[str]) -> None:
    assert list(urls(abstract)) == links


@given(st.text(alphabet="htps:/.wg)(]a{}\\_ ,", max_size=60))
def test_links_stand_in_their_abstract(abstract: str) -> None:
    for url in urls("https://" + abstract):
        assert url.replace("\\", "") in ("https://" + abstract).replace("\\", "")
        assert url[-1] not in ".,;: "


@pytest.mark.parametrize(
    ("abstract", "name"),
    [
        ("We present Kestrel, a family of birds. Kestrel flies.", "Kestrel"),
        ("Birds are hard. To catch them we propose NetCatch, a net.", "NetCatch"),
        ("A framework, called Bird-CoT, is described.", "Bird-CoT"),
        ("Our method BIRDIE (Birds In Real Data) is fast.", "BIRDIE"),
        ("We propose an approach to birds in Africa.", None),
        ("We introduce BERT-based birds.", None),
        ("In this paper we present Arabic birds.", None),
        ("We present LLMs with birds and call GPT-4 to look at them.", None),
        ("Our new bird model BirdNet is fast.", "BirdNet"),
        ("Parsing is hard.", None),
    ],
)
def test_a_supplied_title_names_the_work_only_where_it_has_a_name(abstract: str, name: str | None) -> None:
    title = supplied_title(abstract)
    assert title[0] + title[-1] == "[]"
    if name:
        assert title.startswith(f"[{name}: {abstract[:10]}")
    else:
        assert title.startswith(f"[{abstract[:10]}")


def test_a_supplied_title_is_the_first_words() -> None:
    assert supplied_title("One two three, four five six seven eight, nine, ten.") == (
        "[One two three, four five six seven eight, nine …]"
    )
    assert supplied_title("One two.") == "[One two]"


@pytest.mark.parametrize("unit", ["A", "(", ")", "https://a.b/)", "model A", "we propose ", "Aa-"])
def test_endless_abstracts(unit: str) -> None:
    """A second's work here; hours if it grew faster than the text."""
    abstract = "we propose https://a.b/" + unit * 300_000
    assert len(supplied_title(abstract)) < 300
    assert all(len(url) <= 2100 for url in urls(abstract))
