"""Mistyped words: which one is taken to be meant, and when none is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paperbrowse.text.slips import asked, meant

FORMATS = ("bibtex", "biblatex", "ris", "csljson", "markdown", "text", "csv")


@pytest.mark.parametrize(
    ("typed", "word"),
    [("bibtx", "bibtex"), ("BibTeX", "bibtex"), ("txet", "text"), ("CSLJSNO", "csljson"), ("cvs", "csv")],
)
def test_a_slip_of_the_pen_is_seen_through(typed: str, word: str) -> None:
    assert meant(typed, FORMATS) == word
    assert asked(typed, FORMATS, "there are many") == f"did you mean {word!r}?"


def test_accents_are_no_slip() -> None:
    assert meant("novak", ["Nowak", "Novák", "Novas"]) == "Novák"


@pytest.mark.parametrize("typed", ["", "endnote", "x", "docx"])
def test_what_is_like_none_of_them_was_meant_for_none(typed: str) -> None:
    assert meant(typed, FORMATS) is None
    assert asked(typed, FORMATS, "there are many") == "there are many"


@given(st.lists(st.text()), st.text())
def test_only_what_there_is_can_have_been_meant(known: list[str], typed: str) -> None:
    found = meant(typed, known)
    assert found in known if found is not None else typed not in known or not typed
