"""Works with editors on the screen."""

from pathlib import Path

from textual.widgets import Static

from paperbrowse.ui.screens.dialogs import Line, Pages
from tests.ui.driving import browsing

BIB = """
@book{deep, editor = {Smith, Ann and Lee, Bo}, title = {Deep Volume}, year = 2020, publisher = {Press}}
@incollection{chapter, author = {Yang, Xu}, editor = {Smith, Ann and Lee, Bo and others}, title = {A Chapter},
  booktitle = {The Handbook}, year = 2019, publisher = {Press}}
"""


def library(folder: Path) -> list[Path]:
    path = folder / "refs.bib"
    path.write_text(BIB)
    return [path]


async def test_a_byline_says_that_they_edited_it(tmp_path: Path) -> None:
    async with browsing(tmp_path, library(tmp_path)) as browser:
        assert "Smith, Lee (eds.)" in browser.line(0)
        assert "Ann Smith · Bo Lee (eds.)" in browser.screen.detail.text
        assert "the page prints none" not in browser.screen.detail.text
        await browser.press("j")
        assert "eds." not in browser.line(1)
        assert "edited by Ann Smith, Bo Lee et al." in browser.screen.detail.text


async def test_an_editor_is_found_and_counted(tmp_path: Path) -> None:
    async with browsing(tmp_path, library(tmp_path)) as browser:
        names = {author.name: len(author.rows) for author in browser.screen.authors.authors}
        assert names == {"Ann Smith": 1, "Bo Lee": 1, "Xu Yang": 1}
        await browser.type("/author:smith")
        assert browser.titles == ["Deep Volume"]


async def test_editors_are_told_and_corrected(tmp_path: Path) -> None:
    async with browsing(tmp_path, library(tmp_path)) as browser:
        await browser.press("E")
        await browser.type("editors")
        await browser.press("enter")
        assert isinstance(browser.app.screen, Line)
        await browser.type("; Eva Jones")
        await browser.press("enter")
        assert "Ann Smith · Bo Lee · Eva Jones (eds.)" in browser.screen.detail.text
        await browser.press("i")
        assert isinstance(browser.app.screen, Pages)
        text = "\n".join(str(part.content) for part in browser.app.screen.query(Static))
        assert "editors  Ann Smith, Bo Lee, Eva Jones" in text
        assert "instead of: Ann Smith, Bo Lee (" in text
    async with browsing(tmp_path, library(tmp_path)) as browser:
        await browser.press("i")
        text = "\n".join(str(part.content) for part in browser.app.screen.query(Static))
        assert "corrected by hand\n    instead of: Ann Smith, Bo Lee (" in text


async def test_the_series_is_corrected_and_a_list_says_how_it_is_typed(tmp_path: Path) -> None:
    async with browsing(tmp_path, library(tmp_path)) as browser:
        for field, typed in (("series", "LNCS"), ("keywords", "word order; parsing")):
            await browser.press("E")
            await browser.type(field)
            await browser.press("enter")
            line = browser.app.screen
            assert isinstance(line, Line)
            told = " ".join(str(part.render()) for part in line.query(Static))
            assert ("; between" in told) is (field == "keywords")
            await browser.type(typed)
            await browser.press("enter")
        paper = browser.screen.current
        assert paper is not None
        assert (paper.series, paper.keywords) == ("LNCS", ("word order", "parsing"))


async def test_taking_back_is_offered_where_something_was_corrected(tmp_path: Path) -> None:
    async with browsing(tmp_path, library(tmp_path)) as browser:
        for year, hint in (("2021", "the source stays"), ("", "empty takes the correction back")):
            await browser.press("E")
            await browser.type("year")
            await browser.press("enter")
            line = browser.app.screen
            assert isinstance(line, Line)
            assert any(hint in str(part.render()) for part in line.query(Static))
            await browser.press("ctrl+u")
            await browser.type(year)
            await browser.press("enter")
        assert browser.screen.current is not None
        assert (browser.screen.current.date.year, browser.screen.current.corrected) == (2020, ())
