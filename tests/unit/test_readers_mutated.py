"""Real pages and exports, damaged: no reader stumbles, and no control character gets into the model."""

import unicodedata
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from paperbrowse import open_library
from paperbrowse.readers import read_document
from paperbrowse.readers.document import Document
from paperbrowse.writers import write

SEEDS = Path(__file__).parent.parent.parent / "seeds"
PAGES = sorted(SEEDS.glob("*.txt"))
WRITTEN = ("bibtex", "biblatex", "ris", "csljson")


def originals() -> dict[str, bytes]:
    """The bundled pages, and their papers in every format that is both written and read."""
    papers = open_library([SEEDS]).papers[:40]
    exports = {form: write(papers, form).text.encode() for form in WRITTEN}
    return {page.name: page.read_bytes()[:20_000] for page in PAGES} | exports


ORIGINALS = originals()
HOSTILE = (
    b"\x1b[31m",
    b"\x00",
    b"\x9b",
    b"\xff\xfe",
    b"{",
    b"}",
    b"@",
    b"\r",
    "‮".encode(),
    b"\n\n",
    b"$" * 50,
)
mutations = st.lists(
    st.tuples(st.integers(0, 19_999), st.integers(0, 400), st.sampled_from(HOSTILE) | st.binary(max_size=20)),
    min_size=1,
    max_size=6,
)


@pytest.mark.parametrize("name", ORIGINALS)
@settings(max_examples=25, deadline=None)
@given(changes=mutations)
def test_a_damaged_file_is_read_as_far_as_it_can_be(name: str, changes: list[tuple[int, int, bytes]]) -> None:
    data = ORIGINALS[name]
    for at, length, put in changes:
        at %= len(data) + 1
        data = data[:at] + put + data[at + length :]
    reading = read_document(Document(name, data))
    for paper in reading.papers:
        for text in (paper.title, *paper.authors, paper.abstract, paper.venue or "", *paper.urls):
            assert not any(unicodedata.category(char) in ("Cc", "Cs") for char in text)
            assert "‮" not in text
    for problem in reading.problems:
        assert str(problem).isprintable() or "\n" not in str(problem)
