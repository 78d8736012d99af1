"""Every key of the browser, on the bundled pages."""

import tomllib
from pathlib import Path

import pytest
from textual.widgets import Input, OptionList

from paperbrowse.ordering import Order
from paperbrowse.ui.editor import EditorError, edited
from paperbrowse.ui.screens.dialogs import Question
from paperbrowse.ui.screens.help import Help
from paperbrowse.ui.widgets.masthead import Masthead
from tests.ui.driving import Browser, browsing


async def test_the_first_screen_has_authors_papers_and_an_abstract(tmp_path: Path) -> None:
    async with browsing(tmp_path) as browser:
        screen = browser.screen
        owners = [screen.authors.render_line(y).text.split("  ")[0] for y in range(1, 6)]
        assert owners[0] == "● Zewen Chi"
        assert {"● Yongyu Mu", "● Shuqi Liu", "◐ Wenyu Du", "● Wei Lu"} == set(owners[1:])
        assert len(screen.view.rows) == len(screen.library.papers) >= 107  # type: ignore[union-attr]
        years = [screen.papers.papers[row].date.year or 0 for row in screen.view.rows]
        assert years == sorted(years, reverse=True)
        assert screen.current is not None
        assert screen.current.title in screen.detail.text


async def test_an_inferred_year_is_marked_and_explained(tmp_path: Path) -> None:
    async with browsing(tmp_path) as browser:
        await browser.type("/cut your losses")
        assert "2026‹" in browser.line(0)
        text = browser.screen.detail.text
        assert "17 Apr 2026‹" in text
        assert "year: inferred" in text


async def test_a_supplied_title_is_marked_and_explained(tmp_path: Path, seeds: Path) -> None:
    page = tmp_path / "page.txt"
    text = (seeds / "000_157ca8737f1449ab.txt").read_text()
    page.write_text(text.replace("Sailor", "Sailorette"))  # no correction knows this one
    async with browsing(tmp_path, [page]) as browser:
        await browser.type("/sailorette open language models")
        [paper] = [browser.screen.papers.papers[row] for row in browser.screen.view.rows[:1]]
        assert paper.title_from == "derived"
        assert paper.title.startswith("[Sailorette")
        assert "title: supplied" in browser.screen.detail.text


async def test_typing_filters_with_typos_and_counts(tmp_path: Path) -> None:
    async with browsing(tmp_path) as browser:
        await browser.type("/grafix t5")
        assert browser.titles[0].startswith("Graphix-T5")
        assert f"{len(browser.titles)} of" in browser.state
        assert browser.screen.papers.cursor == 0


async def test_a_burst_of_keys_loses_no_letter_and_shows_no_stale_answer(tmp_path: Path) -> None:
    async with browsing(tmp_path) as browser:
        text = "knowledge distillation " * 9
        await browser.type("/" + text)
        assert browser.screen.filter_bar.input.value == text
        assert browser.screen.view.narrowing.query == text


async def test_escape_clears_the_filter_then_the_author(tmp_path: Path) -> None:
    async with browsing(tmp_path) as browser:
        total = len(browser.titles)
        await browser.press("1", "down")
        assert len(browser.titles) == 36
        await browser.type("/distil")
        await browser.press("enter")
        assert 0 < len(browser.titles) < 36
        await browser.press("escape")
        assert len(browser.titles) == 36
        await browser.press("escape")
        assert len(browser.titles) == total


async def test_an_author_and_a_filter_combine(tmp_path: Path) -> None:
    async with browsing(tmp_path) as browser:
        await browser.type("/distillation")
        await browser.press("enter", "1", "down")
        library = browser.screen.library
        assert library is not None
        assert browser.chosen_author is not None
        assert browser.chosen_author.name == "Zewen Chi"
        assert browser.titles == ["Black-Box On-Policy Distillation of Large Language Models"]
        assert "Zewen Chi ×" in browser.state


async def test_a_paper_hidden_by_et_al_is_its_page_owners(tmp_path: Path) -> None:
    async with browsing(tmp_path) as browser:
        await browser.type("/author:mu rovrm")
        assert browser.titles[0].startswith("RoVRM")
        paper = browser.screen.current
        assert paper is not None
        assert "Yongyu Mu" not in paper.authors
        assert paper.pages_of == ("Yongyu Mu",)


async def test_b_bookmarks_and_the_file_holds_the_papers_own_record(tmp_path: Path) -> None:
    async with browsing(tmp_path) as browser:
        await browser.type("/graphix")
        await browser.press("enter", "b")
        assert browser.line(0).startswith("★ 2023")
    stored = tomllib.loads((tmp_path / "bookmarks.toml").read_text())
    assert "Graphix-T5" in str(stored)
    async with browsing(tmp_path, size=(100, 30)) as browser:
        await browser.press("B")
        assert len(browser.titles) == 1
        assert browser.titles[0].startswith("Graphix-T5")


async def test_a_bookmark_shows_after_its_page_is_gone(tmp_path: Path, seeds: Path) -> None:
    page = tmp_path / "page.txt"
    page.write_bytes((seeds / "001_1e15edc5c0b8441e.txt").read_bytes())
    async with browsing(tmp_path / "config", [page]) as browser:
        await browser.type("/graphix")
        await browser.press("enter", "space")
    page.write_bytes((seeds / "004_c2bdfaeb05a1cb95.txt").read_bytes())
    async with browsing(tmp_path / "config", [page]) as browser:
        assert [mark.paper.title for mark in browser.app.store.bookmarks().values()] == [
            "Graphix-T5: Mixing Pre-Trained Transformers with Graph-Aware Layers for Text-to-SQL Parsing"
        ]
        assert not any(title.startswith("Graphix-T5") for title in browser.titles)
        await browser.press("B")
        assert [title[:10] for title in browser.titles] == ["Graphix-T5"]


async def test_u_undoes_and_capital_u_redoes(tmp_path: Path) -> None:
    async with browsing(tmp_path) as browser:
        await browser.press("b")
        await browser.press("u")
        assert not browser.app.store.bookmarks()
        await browser.press("U")
        assert len(browser.app.store.bookmarks()) == 1


async def test_tags_notes_and_status_keep_the_paper(tmp_path: Path) -> None:
    async with browsing(tmp_path) as browser:
        await browser.press("t")
        await browser.type("thesis, to-read")
        await browser.press("enter")
        await browser.press("r")
        await browser.press("w")
        await browser.type("see page 3")
        await browser.press("ctrl+s")
        [bookmark] = browser.app.store.bookmarks().values()
        assert bookmark.tags == ("thesis", "to-read")
        assert bookmark.status == "to-read"
        assert bookmark.note == "see page 3"
        await browser.type("/tag:thesis")
        assert len(browser.titles) == 1


async def test_sorting_goes_round_and_turns_round(tmp_path: Path) -> None:
    async with browsing(tmp_path) as browser:
        newest_first = browser.titles
        await browser.press("s")
        assert browser.titles != newest_first
        folded = [title.casefold().lstrip("[") for title in browser.titles]
        assert folded == sorted(folded)
        await browser.press("S")
        assert [title.casefold().lstrip("[") for title in browser.titles][:3] == folded[::-1][:3]


async def test_the_best_match_is_an_order_where_some_match_better(tmp_path: Path) -> None:
    async with browsing(tmp_path) as browser:
        await browser.type("/reward")
        await browser.press("enter")
        best_first = browser.titles
        rounds: list[str] = []
        while not rounds or rounds[-1] != "sorted by match":
            await browser.press("s")
            rounds.append(browser.notices[-1])
        assert len(rounds) == len(Order)
        assert browser.titles == best_first
        assert "by" not in browser.state
        await browser.press("escape", "s")
        assert browser.notices[-1] == "sorted by title", "the newest came first, as nothing was asked"


@pytest.mark.parametrize("query", ["year:2021..2023", 'author:"Zewen Chi"', "author:lu -model", "venue:acl"])
async def test_what_no_paper_answers_better_than_others_shows_the_newest_first(
    tmp_path: Path, query: str
) -> None:
    async with browsing(tmp_path) as browser:
        await browser.type(f"/{query}")
        years = [browser.screen.papers.papers[row].date.year or 0 for row in browser.screen.papers.rows]
        assert 2 < len(years) < 107
        assert years == sorted(years, reverse=True)


async def test_sorting_by_match_where_the_settings_say_so(tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text('sort = "match"\n')
    async with browsing(tmp_path) as browser:
        as_read = browser.titles
        assert list(browser.screen.papers.rows) == sorted(browser.screen.papers.rows)
        await browser.press("s")
        assert browser.notices[-1] == "sorted by year"
        await browser.press(*["s"] * (len(Order) - 1))
        assert browser.titles == as_read


async def test_sorting_keeps_the_cursor_on_its_paper(tmp_path: Path) -> None:
    async with browsing(tmp_path) as browser:
        await browser.press("j", "j", "j")
        before = browser.screen.current
        await browser.press("s")
        assert browser.screen.current == before


async def test_panes_by_tab_and_by_number(tmp_path: Path) -> None:
    async with browsing(tmp_path) as browser:
        visited = [browser.screen.pane]
        for key in ("tab", "tab", "tab", "shift+tab", "1", "2", "3", "h", "h"):
            await browser.press(key)
            visited.append(browser.screen.pane)
        assert visited == [
            "papers", "detail", "authors", "papers", "authors",
            "authors", "papers", "detail", "papers", "authors",
        ]  # fmt: skip


async def test_moving_by_vim_keys_arrows_and_pages(tmp_path: Path) -> None:
    async with browsing(tmp_path) as browser:
        papers = browser.screen.papers
        places = []
        for key in ("j", "down", "k", "up", "G", "g", "pagedown", "pageup", "end", "home", "k"):
            await browser.press(key)
            places.append(papers.cursor)
        last = papers.count - 1
        assert places[:6] == [1, 2, 1, 0, last, 0]
        assert places[6] > 5
        assert places[7:] == [0, last, 0, 0]


async def test_a_click_chooses_and_a_second_one_enters(tmp_path: Path) -> None:
    async with browsing(tmp_path) as browser:
        await browser.pilot.click("#papers", offset=(10, 4))
        await browser.settle()
        assert browser.screen.papers.cursor == 4
        await browser.pilot.double_click("#authors", offset=(4, 2))
        await browser.settle()
        assert browser.chosen_author is not None
        assert browser.screen.pane == "papers"


async def test_help_opens_searches_and_closes(tmp_path: Path) -> None:
    async with browsing(tmp_path) as browser:
        await browser.press("question_mark")
        assert isinstance(browser.app.screen, Help)
        await browser.type("bookmark")
        text = str(browser.app.screen.query_one("#help-text").render())
        assert "Bookmark the paper" in text
        assert "Reading status" not in text
        await browser.press("escape")
        assert len(browser.app.screen_stack) == 1


@pytest.mark.parametrize(
    ("key", "own"), [("equals_sign", "Two people"), ("p", "Page down"), ("i", "Page down")]
)
async def test_help_over_a_dialog_tells_its_keys_first(tmp_path: Path, key: str, own: str) -> None:
    async with browsing(tmp_path) as browser:
        await browser.press(key)
        dialog = browser.app.screen
        assert dialog is not browser.screen
        await browser.press("question_mark")
        assert isinstance(browser.app.screen, Help)
        text = str(browser.app.screen.query_one("#help-text").render())
        assert text.startswith("In this dialog\n")
        assert own in text.split("\n\n")[0]
        assert "Esc" in text.split("\n\n")[0]
        assert "Bookmark the paper" in text
        await browser.type("why?")
        assert browser.app.screen.query_one(Input).value == "why?"
        await browser.press("escape")
        assert browser.app.screen is dialog
        await browser.press("escape")
        assert browser.app.screen is browser.screen


async def test_y_copies_bibtex_and_c_the_key(tmp_path: Path) -> None:
    async with browsing(tmp_path) as browser:
        await browser.type("/graphix")
        await browser.press("enter", "y")
        assert "@misc{li2023graphixt5," in browser.app.clipboard
        await browser.press("c")
        assert browser.app.clipboard == "li2023graphixt5"
        await browser.press("C")
        assert browser.app.clipboard == "\\cite{li2023graphixt5}"
        await browser.press("Y")
        assert browser.app.clipboard.startswith("Li, J., Hui, B., Cheng, R., ")


async def test_nothing_found_says_so(tmp_path: Path) -> None:
    async with browsing(tmp_path) as browser:
        await browser.type("/qqqqzzzz")
        assert browser.titles == []
        assert "0 of" in browser.state
        assert "No paper matches." in browser.screen.detail.text
        await browser.press("escape", "b", "y", "o", "r", "e", "escape")


async def test_markup_in_a_filter_is_only_text(tmp_path: Path) -> None:
    async with browsing(tmp_path) as browser:
        await browser.type("/[red] $t {x} [/")
        await browser.press("enter")
        assert browser.screen.filter_bar.input.value == "[red] $t {x} [/"


async def test_a_missing_library_is_said_and_does_not_end_the_browser(tmp_path: Path) -> None:
    async with browsing(tmp_path / "config", [tmp_path / "not-there"]) as browser:
        text = browser.screen.detail.text
        assert "Nothing to browse yet." in text
        assert "not-there" in text


async def test_narrow_windows_show_one_pane_and_whole_titles(tmp_path: Path) -> None:
    async with browsing(tmp_path, size=(40, 12)) as browser:
        screen = browser.screen
        assert screen.papers.display
        assert not screen.authors.display
        assert screen.papers.row_height == 3
        await browser.press("enter")
        assert screen.detail.display
        assert not screen.papers.display
        await browser.press("escape")
        assert screen.papers.display
        await browser.press("escape")
        assert screen.authors.display


async def test_resizing_through_every_layout_keeps_the_paper(tmp_path: Path) -> None:
    async with browsing(tmp_path, size=(160, 45)) as browser:
        await browser.press("j", "j", "j", "j")
        paper = browser.screen.current
        for size in ((120, 40), (80, 24), (40, 12), (20, 5), (2, 2), (160, 45)):
            await browser.pilot.resize_terminal(*size)
            await browser.settle()
        assert browser.screen.current == paper


async def test_back_and_forward_with_the_cursor_where_it_was(tmp_path: Path) -> None:
    async with browsing(tmp_path) as browser:
        await browser.press("j", "j", "j")
        first = browser.screen.current
        assert first is not None
        browser.screen.action_show_author("Wenyu Du")
        await browser.settle()
        assert len(browser.titles) == 17
        await browser.press("left_square_bracket")
        assert browser.screen.current == first
        assert len(browser.titles) > 100
        await browser.press("right_square_bracket")
        assert len(browser.titles) == 17


async def test_the_papers_two_authors_share(tmp_path: Path) -> None:
    async with browsing(tmp_path) as browser:
        await browser.type("/graphix")
        await browser.press("enter", "a")
        await browser.type("hui with")
        await browser.press("enter")
        assert [author.name for author in browser.screen.narrowing.authors] == ["Jinyang Li", "Binyuan Hui"]
        assert len(browser.titles) == 1
        assert "Jinyang Li ×   with Binyuan Hui ×" in browser.state


async def test_narrowing_to_a_year_tells_the_counts(tmp_path: Path) -> None:
    async with browsing(tmp_path) as browser:
        await browser.press("1", "down", "2", "x")
        choices = browser.app.screen.query_one("#chooser-list", OptionList)
        first = str(choices.get_option_at_index(0).prompt)
        assert first.startswith("year 2026")
        number = int(first.split()[-2])
        await browser.press("enter")
        assert browser.screen.filter_bar.input.value == "year:2026"
        assert len(browser.titles) == number


async def test_queries_are_remembered_and_saved(tmp_path: Path) -> None:
    async with browsing(tmp_path) as browser:
        await browser.type("/reward")
        await browser.press("enter")
        await browser.press("escape")
        await browser.type("/distil")
        await browser.press("ctrl+s")
        await browser.type("kd papers")
        await browser.press("enter")
        await browser.press("enter", "escape")
    async with browsing(tmp_path) as browser:
        field = browser.screen.filter_bar.input
        await browser.press("slash", "up")
        assert field.value == "distil"
        await browser.press("up")
        assert field.value == "reward"
        await browser.press("down", "down")
        assert field.value == ""
        await browser.press("escape", "apostrophe")
        await browser.type("kd")
        await browser.press("enter")
        assert field.value == "distil"
        assert browser.titles[0].startswith("f-Divergence")


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("mixin pretraned transfomers qqqqq", "1 without qqqqq"),
        ("tab-cot year:2019", "1 without year:2019"),
        ("qqqqq wwwww", ""),
        ("qqqqq", ""),
    ],
)
async def test_a_word_too_many_is_named(tmp_path: Path, query: str, told: str) -> None:
    async with browsing(tmp_path) as browser:
        await browser.type(f"/{query}")
        assert browser.titles == []
        assert browser.screen.view.hint == told
        assert told in browser.screen.detail.text


async def test_words_that_no_bookmark_has_are_no_slips(tmp_path: Path) -> None:
    async with browsing(tmp_path) as browser:
        await browser.press("b", "B")
        await browser.type("/distil")
        assert browser.titles == []
        assert browser.screen.view.hint == "9 without ★ only"


async def test_a_search_that_is_not_wanted_any_more_is_thrown_away(tmp_path: Path) -> None:
    async with browsing(tmp_path) as browser:
        for query in ("reward", "distil"):
            await browser.type(f"/{query}")
            await browser.press("ctrl+s")
            await browser.type(f"{query} papers")
            await browser.press("enter", "escape", "escape")
        await browser.press("apostrophe")
        await browser.type("rew")
        listed = browser.app.screen.query_one(OptionList)
        assert listed.option_count == 2
        await browser.press("ctrl+r", "ctrl+r", "ctrl+r")
        assert listed.highlighted is None
        await browser.press("escape")
    kept = tomllib.loads((tmp_path / "searches.toml").read_text())
    assert kept == {"history": ["distil"], "saved": {"distil papers": "distil"}}


async def test_marks_are_what_the_next_command_works_on(tmp_path: Path) -> None:
    async with browsing(tmp_path) as browser:
        await browser.press("m", "j", "j", "v")
        assert len(browser.screen.marked) == 4
        assert "▪" in browser.line(0)
        await browser.press("b")
        assert len(browser.app.store.bookmarks()) == 4
        await browser.press("c")
        assert browser.app.clipboard.count(",") == 3
        await browser.press("b")
        assert not browser.app.store.bookmarks()
        assert any("4 bookmarks removed" in notice for notice in browser.notices)
        await browser.press("u")
        assert len(browser.app.store.bookmarks()) == 4
        await browser.press("escape")
        assert not browser.screen.marked
        await browser.press("M")
        assert len(browser.screen.marked) == len(browser.titles)


async def test_tags_complete_and_count(tmp_path: Path) -> None:
    async with browsing(tmp_path) as browser:
        await browser.press("t")
        await browser.type("thesis")
        await browser.press("enter", "j", "t")
        hint = str(browser.app.screen.query_one(".dialog-hint").render())
        assert "thesis (1)" in hint
        await browser.type("th")
        await browser.press("right", "enter")
        assert browser.app.store.tags() == {"thesis": 2}


async def test_a_changed_source_is_read_again_with_everything_in_its_place(
    tmp_path: Path, seeds: Path
) -> None:
    page = tmp_path / "page.txt"
    text = (seeds / "001_1e15edc5c0b8441e.txt").read_text()
    page.write_text(text)
    async with browsing(tmp_path / "config", [page]) as browser:
        await browser.press("1", "down", "2", "j", "j", "m")
        before = browser.screen.current
        assert before is not None
        page.write_text(f"CLJan 18, 2025\nA Paper on ParsingWenyu Du, Ann Lee\nAbout parsing.\n{text}")
        browser.app.watch_sources()
        await browser.settle()
        library = browser.screen.library
        assert library is not None
        assert len(library.papers) == 18
        assert browser.chosen_author is not None
        assert browser.chosen_author.name == "Wenyu Du"
        assert browser.screen.current is not None
        assert browser.screen.current.title == before.title or browser.screen.papers.cursor > 2
        assert len(browser.screen.marked) == 1


async def test_a_correction_is_kept_apart_and_shown_with_its_source(tmp_path: Path) -> None:
    async with browsing(tmp_path) as browser:
        await browser.type("/graphix")
        await browser.press("enter", "E")
        await browser.type("venue")
        await browser.press("enter")
        await browser.type("AAAI")
        await browser.press("enter")
        paper = browser.screen.current
        assert paper is not None
        assert (paper.venue, paper.corrected) == ("AAAI", ("venue",))
        await browser.press("i")
        text = str(browser.app.screen.query_one("VerticalScroll Static").render())
        assert "venue  AAAI" in text
        assert "corrected by hand" in text
    assert "AAAI" in (tmp_path / "corrections.toml").read_text()


async def test_what_cannot_be_saved_is_said_and_quitting_asks(tmp_path: Path) -> None:
    blocked = tmp_path / "a file where the folder should be"
    blocked.write_text("")
    async with browsing(blocked) as browser:
        await browser.press("b")
        await browser.settle()
        assert len(browser.app.store.bookmarks()) == 1
        assert browser.app.store.unsaved == 1
        masthead = browser.screen.query_one(Masthead)
        await browser.until(lambda: "1 unsaved" in str(masthead.render()), "what is not saved")
        assert any(str(blocked) in notice for notice in browser.notices)
        await browser.pilot.press("q")
        await browser.until(lambda: isinstance(browser.app.screen, Question), "the question")
        await browser.press("n")
        assert len(browser.app.screen_stack) == 1
        blocked.unlink()
        browser.app.store.flush(10)
        assert browser.app.store.unsaved == 0
    assert (blocked / "bookmarks.toml").exists()


async def test_an_author_is_found_by_beginnings_of_the_name(tmp_path: Path) -> None:
    async with browsing(tmp_path) as browser:
        await browser.press("f")
        await browser.type("mu yon")
        await browser.press("enter")
        assert browser.chosen_author is not None
        assert browser.chosen_author.name == "Yongyu Mu"
        assert len(browser.titles) == 21


def test_a_note_in_the_editor_of_ones_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    script = tmp_path / "editor.sh"
    script.write_text('#!/bin/sh\necho "from the editor" >> "$1"\n')
    script.chmod(0o755)
    monkeypatch.setenv("VISUAL", str(script))
    assert edited("begun\n") == "begun\nfrom the editor"
    monkeypatch.setenv("VISUAL", "no-such-editor")
    with pytest.raises(EditorError, match="no-such-editor"):
        edited("begun")


async def test_a_correction_leaves_bookmark_key_and_cursor_where_they_are(tmp_path: Path) -> None:
    async with browsing(tmp_path) as browser:
        await browser.type("/graphix")
        await browser.press("enter", "b", "escape", "E")
        await browser.type("year")
        await browser.press("enter")
        await browser.press("backspace", "backspace", "backspace", "backspace")
        await browser.type("2024x")
        await browser.press("enter")
        assert "year" in str(browser.app.screen.query_one(".dialog-hint").render())
        await browser.press("backspace", "enter")
        paper = browser.screen.current
        assert paper is not None
        assert (paper.key, paper.date.year) == ("li2023graphixt5", 2024)
        assert browser.app.store.of(paper) is not None
        await browser.press("B")
        assert len(browser.titles) == 1
        await browser.press("y")
        assert "year = {2024}" in browser.app.clipboard


@pytest.mark.parametrize("keys", ["B", "/qqqqzz\n"])
async def test_the_footer_dims_what_needs_a_paper_where_none_is_shown(tmp_path: Path, keys: str) -> None:
    def bright(browser: Browser) -> set[str]:
        *_, last = browser.app.screen._compositor.render_strips()
        return {segment.text.strip() for segment in last if segment.style and segment.style.bold}

    async with browsing(tmp_path) as browser:
        assert bright(browser) >= {"b", "y", "Enter", "e", "/", "?", "q"}
        await browser.press(*("enter" if key == "\n" else "slash" if key == "/" else key for key in keys))
        assert browser.screen.current is None
        assert bright(browser) == {"/", "?", "q"}
