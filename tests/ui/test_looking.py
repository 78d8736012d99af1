"""Looking closer: hits, links, words on what was done and why something was not."""

from pathlib import Path

import pytest
from textual.content import Content
from textual.widgets import OptionList

from paperbrowse.ui.screens.numbered import Numbered
from paperbrowse.ui.widgets.key_hints import KeyHints
from tests.ui.driving import Browser, browsing

LONG = "Word by word. " * 120


def page(folder: Path) -> Path:
    """A library of one paper with a long abstract in which a word stands three times, and two links."""
    file = folder / "mine.bib"
    file.write_text(
        "@inproceedings{lee2024,\n title = {On Trees},\n author = {Ann Lee and Bob Ray},\n year = 2024,\n"
        " booktitle = {Proceedings of the 61st Annual Meeting of the Association for Computational "
        "Linguistics (Volume 1: Long Papers)},\n doi = {10.1234/5678},\n url = {https://example.org/a},\n"
        f" abstract = {{A forest first. {LONG}A forest second. {LONG}The forest last.}}\n}}\n"
    )
    return file


def hints(browser: Browser) -> str:
    """The last line of the screen."""
    return str(browser.screen.query_one(KeyHints).render())


def style_of(browser: Browser, key: str) -> object:
    """The style of a key in the last line."""
    line = browser.screen.query_one(KeyHints).render()
    assert isinstance(line, Content)
    [style] = [span.style for span in line.spans if line.plain[span.start : span.end] == key]
    return style


def in_view(browser: Browser) -> str:
    """The lines of the abstract pane that are in view."""
    detail = browser.screen.detail
    return "\n".join(detail.render_line(y).text for y in range(detail.height))


async def test_n_goes_from_hit_to_hit_and_says_which_one_it_is(tmp_path: Path) -> None:
    async with browsing(tmp_path, [page(tmp_path)], size=(100, 30)) as browser:
        await browser.type("/forest")
        await browser.press("enter")
        seen = []
        for key in ("n", "n", "n", "n", "N", "N"):
            await browser.press(key)
            seen.append(hints(browser).split("   ")[0].strip())
        assert seen == [
            "1 of 3 hits",
            "2 of 3 hits",
            "3 of 3 hits",
            "1 of 3 hits",
            "3 of 3 hits",
            "2 of 3 hits",
        ]
        assert "forest second" in in_view(browser)
        await browser.press("n")
        assert "forest last" in in_view(browser)
        reversed_text = [
            segment.text
            for y in range(browser.screen.detail.height)
            for segment in browser.screen.detail.render_line(y)
            if segment.style and segment.style.reverse
        ]
        assert reversed_text == ["forest"]


async def test_n_says_why_it_goes_nowhere(tmp_path: Path) -> None:
    async with browsing(tmp_path, [page(tmp_path)]) as browser:
        await browser.press("n")
        assert "nothing is asked for; / filters" in hints(browser)
        await browser.type("/trees")
        await browser.press("enter", "N")
        assert "no hit in this abstract" in hints(browser)
        await browser.press("j")
        assert "b bookmark" in hints(browser)


async def test_a_link_is_opened_by_its_number(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []

    def take(address: str) -> bool:
        opened.append(address)
        return True

    monkeypatch.setattr("webbrowser.open", take)
    async with browsing(tmp_path, [page(tmp_path)]) as browser:
        assert "1 https://doi.org/10.1234/5678\n2 https://example.org/a" in browser.screen.detail.text
        await browser.press("O")
        assert isinstance(browser.app.screen, Numbered)
        await browser.press("2")
        await browser.press("O", "down", "enter")
        await browser.press("O", "escape")
        await browser.press("O", "9", "1")
        await browser.press("o")
        browser.screen.action_open_numbered(2)
        await browser.settle()
    first, second = "https://doi.org/10.1234/5678", "https://example.org/a"
    assert opened == [second, second, first, first, second]


async def test_one_link_needs_no_choosing_and_none_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []

    def take(address: str) -> bool:
        opened.append(address)
        return True

    monkeypatch.setattr("webbrowser.open", take)
    file = tmp_path / "mine.bib"
    file.write_text(
        "@misc{a, title = {Aa}, author = {Ann Lee}, year = 2024, url = {https://example.org/a}}\n"
        "@misc{b, title = {Bb}, author = {Ann Lee}, year = 2023}\n"
    )
    async with browsing(tmp_path, [file]) as browser:
        await browser.press("O")
        assert opened == ["https://example.org/a"]
        await browser.press("j", "O")
        assert len(browser.app.screen_stack) == 1
        assert "gives no link" in hints(browser)


async def test_a_word_on_what_was_done_stands_in_the_last_line_until_the_next_key(tmp_path: Path) -> None:
    async with browsing(tmp_path, size=(80, 24)) as browser:
        for key, said in (
            ("b", "bookmarked"),
            ("b", "bookmark removed; u brings it back"),
            ("r", "to read"),
            ("s", "sorted by title"),
            ("L", "layout: wide"),
            ("left_square_bracket", "This is where you started."),
        ):
            await browser.press(key)
            assert hints(browser).strip().startswith(said)
            assert not browser.app._notifications
        await browser.press("j")
        assert "started" not in hints(browser)
        assert "b bookmark" in hints(browser)


async def test_a_word_that_the_last_line_has_no_room_for_is_a_toast(tmp_path: Path) -> None:
    async with browsing(tmp_path, size=(40, 12)) as browser:
        browser.screen.say("x" * 39)
        await browser.settle()
        assert [notice.message for notice in browser.app._notifications] == ["x" * 39]
        browser.screen.say("y" * 38)
        assert "y" * 38 in hints(browser)


async def test_a_command_that_does_nothing_here_says_why_and_is_dim(tmp_path: Path) -> None:
    async with browsing(tmp_path) as browser:
        await browser.press("1", "b")
        assert "this is about a paper; 2 goes there" in hints(browser)
        await browser.press("2")
        await browser.type("/qqqqzzzz")
        await browser.press("enter")
        assert style_of(browser, "b") == "$dim"
        for key in ("b", "y", "o", "e", "m", "r", "i"):
            await browser.press(key)
            assert len(browser.app.screen_stack) == 1
            assert "shown" in hints(browser)
        await browser.press("escape")
        assert style_of(browser, "b") == "bold $focus"


async def test_the_abstract_is_in_view_at_once_where_the_window_is_low(tmp_path: Path) -> None:
    async with browsing(tmp_path, [page(tmp_path)], size=(80, 24)) as browser:
        assert "A forest first." in in_view(browser)
        text = browser.screen.detail.text
        assert text.index("A forest first.") < text.index("(Volume 1: Long Papers)")
        await browser.pilot.resize_terminal(120, 50)
        await browser.settle()
        text = browser.screen.detail.text
        assert text.index("A forest first.") > text.index("(Volume 1: Long Papers)")


async def test_sources_and_corrections_are_in_a_person_s_words(tmp_path: Path) -> None:
    async with browsing(tmp_path, [page(tmp_path)]) as browser:
        await browser.press("i")
        told = str(browser.app.screen.query_one("VerticalScroll Static").render())
        assert "kind of publication" in told
        assert "entry_type" not in told
        await browser.press("escape", "E")
        choices = browser.app.screen.query_one("#chooser-list", OptionList)
        shown = [str(choices.get_option_at_index(place).prompt) for place in range(choices.option_count)]
        assert any(line.startswith("kind of publication") for line in shown)
        assert not any("_" in line.split("   ")[0] for line in shown)


async def test_more_like_this_is_a_narrowing_like_any_other(tmp_path: Path) -> None:
    async with browsing(tmp_path) as browser:
        await browser.type("/graphix")
        await browser.press("enter")
        assert "More like this   16 more by Du   D" in browser.screen.detail.text
        paper = browser.screen.current
        await browser.press("D")
        alike = list(browser.titles)
        assert 0 < len(alike) <= 30
        assert paper is not None
        assert paper.title not in alike
        assert "like Graphix-T5… ×" in browser.state
        assert browser.screen.papers.cursor == 0
        assert "Shares with Graphix-T5…" in browser.screen.detail.text
        assert browser.screen.authors.shown is not None
        await browser.press("S")
        assert browser.titles == alike[::-1]
        await browser.press("S")
        await browser.type("/a")
        await browser.press("enter", "escape")
        assert browser.titles == alike
        await browser.press("escape")
        assert len(browser.titles) > 100
        assert browser.screen.current == paper
        await browser.press("left_square_bracket")
        assert browser.titles == alike
        await browser.press("left_square_bracket")
        assert browser.screen.filter_bar.input.value == "graphix"


async def test_more_like_this_is_there_again_after_a_restart(tmp_path: Path) -> None:
    async with browsing(tmp_path) as browser:
        await browser.type("/graphix")
        await browser.press("enter", "D", "j")
        alike, paper = browser.titles, browser.screen.current
        browser.app.exit(0)
    async with browsing(tmp_path, fresh=False) as browser:
        assert browser.titles == alike
        assert browser.screen.current == paper
        assert "like Graphix-T5… ×" in browser.state


async def test_nothing_like_it_is_said(tmp_path: Path) -> None:
    async with browsing(tmp_path, [page(tmp_path)]) as browser:
        await browser.press("D")
        assert "No paper is like “On Trees”." in browser.screen.detail.text
        await browser.press("escape")
        assert browser.titles == ["On Trees"]


async def test_a_label_jumps_to_its_line(tmp_path: Path) -> None:
    async with browsing(tmp_path, size=(160, 45)) as browser:
        papers = browser.screen.papers
        await browser.press("semicolon")
        assert browser.line(2).startswith("d ")
        assert "type a label" in hints(browser)
        await browser.press("d")
        assert papers.cursor == 2
        assert not browser.line(2).startswith("d ")
        assert "b bookmark" in hints(browser)
        await browser.press("semicolon")
        long = next(y for y in range(papers.height) if browser.line(y)[1] != " ")
        label = browser.line(long)[:2]
        await browser.press("semicolon" if label == ";;" else label[0])
        assert browser.line(long).startswith(label[1] + " ")
        assert browser.line(0)[0] == " "
        await browser.press(label[1])
        assert papers.cursor == long


async def test_any_other_key_leaves_the_labels_and_does_nothing_else(tmp_path: Path) -> None:
    async with browsing(tmp_path) as browser:
        for key in ("escape", "slash", "down", "1"):
            await browser.press("semicolon", key)
            assert browser.screen.papers.cursor == 0
            assert browser.screen.papers.has_focus
            assert browser.line(0)[0] == " "
        await browser.press("semicolon")
        await browser.pilot.click("#authors", offset=(4, 2))
        await browser.settle()
        assert browser.line(0)[0] == " "


async def test_jumping_among_authors_and_in_a_narrow_window(tmp_path: Path) -> None:
    async with browsing(tmp_path) as browser:
        await browser.press("1", "semicolon", "s")
        assert browser.chosen_author is not None
        assert browser.chosen_author.name == "Zewen Chi"
        await browser.press("3", "semicolon")
        assert "only in lists" in hints(browser)
    async with browsing(tmp_path, size=(40, 12)) as browser:
        await browser.press("j", "j", "j", "j")
        assert browser.line(0) == browser.screen.papers.render_line(0).text.rstrip()
        await browser.press("semicolon")
        shown = [browser.line(y)[:2].strip() for y in range(browser.screen.papers.height)]
        assert sum(map(bool, shown)) in (2, 3)
        await browser.press("a")
        assert browser.screen.papers.cursor == -(-browser.screen.papers.top // 3)


async def test_a_command_chosen_by_its_name_says_why_it_does_nothing(tmp_path: Path) -> None:
    async with browsing(tmp_path) as browser:
        named = {command.id: command for command in browser.screen.commands}
        await browser.screen.run_command(named["next-hit"])
        assert "nothing is asked for" in hints(browser)
        await browser.press("1")
        await browser.screen.run_command(named["bookmark"])
        assert "is about a paper" in hints(browser)
        assert not browser.app.store.bookmarks()
        await browser.press("2")
        await browser.screen.run_command(named["bookmark"])
        assert len(browser.app.store.bookmarks()) == 1


async def test_the_help_tells_how_likeness_is_found(tmp_path: Path) -> None:
    async with browsing(tmp_path) as browser:
        await browser.press("question_mark")
        await browser.type("fewer")
        text = str(browser.app.screen.query_one("#help-text").render())
        assert "share its authors and its words" in text
