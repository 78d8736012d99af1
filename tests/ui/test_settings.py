"""Settings, other keys, layouts, the session and plain terminals, in the browser."""

import json
from pathlib import Path

import pytest
from textual.pilot import Pilot

from paperbrowse.settings import DEFAULT_COLUMNS
from paperbrowse.ui.app import PaperBrowse
from paperbrowse.ui.keymap import vocabulary
from paperbrowse.ui.widgets.key_hints import KeyHints
from paperbrowse.ui.widgets.paper_list import Columns
from tests.ui.driving import SEEDS, Browser, browsing


def settings(folder: Path, text: str) -> None:
    folder.mkdir(exist_ok=True)
    (folder / "config.toml").write_text(text)


async def reload(browser: Browser, folder: Path, text: str) -> None:
    settings(folder, text)
    browser.app.poll_settings()
    await browser.settle()


def footer(browser: Browser) -> str:
    return str(browser.screen.query_one(KeyHints).render())


def layout_of(browser: Browser) -> set[str]:
    return {name for name in browser.screen.classes if name in ("-wide", "-medium", "-narrow")}


async def test_settings_are_applied_at_the_start(tmp_path: Path) -> None:
    settings(
        tmp_path,
        f'library = ["{SEEDS / "004_c2bdfaeb05a1cb95.txt"}"]\ntheme = "nord"\nlayout = "wide"\n'
        'sort = "title"\ncolumns = []\n[keys]\nbookmark = "f2"\n',
    )
    async with browsing(tmp_path, paths=()) as browser:
        assert browser.app.theme == "nord"
        assert len(browser.titles) == 20
        assert browser.titles == sorted(browser.titles, key=str.lower)
        assert layout_of(browser) == {"-wide"}
        assert not browser.line(0).strip()[:4].isdigit()
        assert browser.notices == []
        assert "F2 bookmark" in footer(browser)
        await browser.press("b")
        assert not browser.app.store.bookmarks()
        await browser.press("f2")
        assert len(browser.app.store.bookmarks()) == 1


async def test_a_bad_setting_is_told_and_the_rest_applies(tmp_path: Path) -> None:
    settings(tmp_path, 'theme = "nrod"\nsort = "title"\nlibrary = 4\n')
    async with browsing(tmp_path, paths=()) as browser:
        [notice] = browser.notices
        assert "config.toml:1: theme: 'nrod' cannot be used; did you mean 'nord'?" in notice
        assert "\nconfig.toml:3: library:" in notice
        assert browser.app.theme == "paper-dark"
        assert browser.titles[0].startswith("1bit")
        assert len(browser.titles) > 100


async def test_more_complaints_than_a_toast_holds_are_counted(tmp_path: Path) -> None:
    settings(tmp_path, "a = 1\nb = 1\nc = 1\nd = 1\n")
    async with browsing(tmp_path) as browser:
        [notice] = browser.notices
        assert "and 2 more" in notice
        assert "paperbrowse config check" in notice


async def test_a_changed_file_is_applied_without_a_restart(tmp_path: Path) -> None:
    async with browsing(tmp_path) as browser:
        await browser.press("j", "j")
        here = browser.screen.current
        text = 'theme = "paper-light"\nlayout = "narrow"\nsort = "title"\n[keys]\nquit = "f10"\ncopy = "f2"\n'
        await reload(browser, tmp_path, text)
        assert browser.app.theme == "paper-light"
        assert layout_of(browser) == {"-narrow"}
        assert browser.screen.papers.row_height == 3
        assert browser.titles[0].startswith("1bit")
        assert browser.screen.current == here
        assert "F2 copy" in footer(browser)
        await browser.press("q")
        assert browser.app.is_running
        await reload(browser, tmp_path, "")
        assert browser.app.theme == "paper-dark"
        assert layout_of(browser) == {"-medium"}
        assert "y copy" in footer(browser)
        (tmp_path / "config.toml").unlink()
        browser.app.poll_settings()
        assert browser.notices == []


async def test_a_half_saved_file_changes_nothing(tmp_path: Path) -> None:
    settings(tmp_path, 'theme = "nord"\n')
    async with browsing(tmp_path) as browser:
        await reload(browser, tmp_path, 'theme = "dracula\n')
        assert browser.app.theme == "nord"
        assert "not valid TOML" in browser.notices[-1]
        await reload(browser, tmp_path, 'theme = "dracula"\n')
        assert browser.app.theme == "dracula"


async def test_another_library_is_read_at_once(tmp_path: Path) -> None:
    page = SEEDS / "004_c2bdfaeb05a1cb95.txt"
    async with browsing(tmp_path, paths=()) as browser:
        await reload(browser, tmp_path, f'library = ["{page}"]\n')
        assert len(browser.titles) == 20
        await reload(browser, tmp_path, 'library = ["/x"]\n')
        assert not browser.titles
        await reload(browser, tmp_path, "")
        assert len(browser.titles) > 100


async def test_a_library_named_with_the_command_stays(tmp_path: Path) -> None:
    page = SEEDS / "004_c2bdfaeb05a1cb95.txt"
    async with browsing(tmp_path, paths=(page,)) as browser:
        await reload(browser, tmp_path, 'library = ["/x"]\n')
        assert len(browser.titles) == 20


async def test_the_file_is_looked_at_by_itself(tmp_path: Path) -> None:
    async with browsing(tmp_path) as browser:
        settings(tmp_path, 'theme = "nord"\n')
        await browser.until(lambda: browser.app.theme == "nord", "the change")


async def test_the_emacs_preset_moves_finds_and_runs_commands(tmp_path: Path) -> None:
    settings(tmp_path, '[keys]\npreset = "emacs"\n')
    async with browsing(tmp_path) as browser:
        await browser.press("ctrl+n", "ctrl+n", "ctrl+p")
        assert browser.screen.papers.cursor == 1
        await browser.press("j")
        assert browser.screen.papers.cursor == 1
        await browser.press("greater_than_sign")
        assert browser.screen.papers.cursor == len(browser.titles) - 1
        await browser.press("ctrl+s")
        assert browser.screen.focused is browser.screen.filter_bar.input
        await browser.press("tab", "alt+x")
        assert len(browser.app.screen_stack) == 2


async def test_the_vim_preset_pages_and_takes_back(tmp_path: Path) -> None:
    settings(tmp_path, '[keys]\npreset = "vim"\n')
    async with browsing(tmp_path) as browser:
        await browser.press("ctrl+f")
        assert browser.screen.papers.cursor > 5
        await browser.press("ctrl+b", "b", "u", "ctrl+r")
        assert len(browser.app.store.bookmarks()) == 1


async def test_a_command_without_keys_has_no_hint_but_is_in_the_palette(tmp_path: Path) -> None:
    settings(tmp_path, "[keys]\ncopy = []\n")
    async with browsing(tmp_path) as browser:
        assert "copy" not in footer(browser)
        titles = [command.title for command in browser.app.get_system_commands(browser.screen)]
        assert "Copy BibTeX" in titles
        await browser.press("y")
        assert browser.notices == []


async def test_with_every_command_off_the_keyboard_the_way_out_remains(tmp_path: Path) -> None:
    settings(tmp_path, "[keys]\n" + "".join(f"{name} = []\n" for name in vocabulary().commands))
    async with browsing(tmp_path) as browser:
        assert "quit" in footer(browser)
        assert "read" not in footer(browser)
        before = browser.screen.narrowing
        await browser.press(*"jbqBsyexam123zLTp?", "enter", "tab", "escape", "space", "down", "ctrl+p")
        assert browser.screen.narrowing == before
        assert browser.screen.papers.cursor == 0
        assert len(browser.app.screen_stack) == 1
        assert not browser.app.store.bookmarks()
        await browser.pilot.press("ctrl+q")
        await quits(browser.pilot)


async def test_help_tells_the_keys_as_they_are(tmp_path: Path) -> None:
    settings(tmp_path, '[keys]\nexport = "f7"\n')
    async with browsing(tmp_path) as browser:
        await browser.press("question_mark")
        text = str(browser.app.screen.query_one("#help-text").render())
        assert "F7" in text
        assert "Next line" in text


@pytest.mark.parametrize("where", ["papers", "filter", "dialog"])
async def test_ctrl_q_quits_from_everywhere(tmp_path: Path, where: str) -> None:
    settings(tmp_path, "[keys]\nquit = []\n")
    async with browsing(tmp_path) as browser:
        await browser.press(*{"papers": (), "filter": ("slash", "x"), "dialog": ("question_mark",)}[where])
        await browser.pilot.press("ctrl+q")
        await quits(browser.pilot)


async def quits(pilot: Pilot[int]) -> None:
    """Wait until the application has ended by itself."""
    for _ in range(600):
        if pilot.app.return_code is not None and pilot.app._exit:
            return
        await pilot.pause(0.05)
    pytest.fail("it did not quit")


async def test_layouts_are_forced_by_key_and_settings(tmp_path: Path) -> None:
    async with browsing(tmp_path, size=(160, 45)) as browser:
        seen = []
        for _ in range(4):
            await browser.press("L")
            seen.append(layout_of(browser))
        assert seen == [{"-wide"}, {"-medium"}, {"-narrow"}, {"-wide"}]
        await browser.press("L", "L")
        await browser.pilot.resize_terminal(60, 20)
        await browser.settle()
        assert layout_of(browser) == {"-medium"}
        await browser.press("L", "L")
        assert layout_of(browser) == {"-narrow"}
        await browser.pilot.resize_terminal(160, 20)
        await browser.settle()
        assert layout_of(browser) == {"-wide"}
        assert browser.screen.papers.row_height == 1


@pytest.mark.parametrize("width", [20, 51, 60, 90, 200])
def test_columns_fill_the_width_whatever_is_chosen(width: int) -> None:
    for wanted in (DEFAULT_COLUMNS, ("title",), ("title", "venue"), ("year", "title", "venue", "code")):
        columns = Columns.for_width(width, wanted)
        gaps = (2 if columns.authors else 0) + (2 if columns.venue else 0)
        parts = (columns.year, columns.title, columns.authors, columns.venue, columns.code, columns.category)
        assert 2 + sum(parts) + gaps == width
        assert columns.title >= 12
        assert bool(columns.year) == ("year" in wanted)
        assert "venue" in wanted or not columns.venue


async def test_chosen_columns_are_drawn(tmp_path: Path) -> None:
    page = tmp_path / "refs.bib"
    page.write_text(
        "@inproceedings{a, title={Parsing}, author={Lee, Ann}, year=2020, booktitle={Proceedings of X}}"
    )
    settings(tmp_path, 'columns = ["title", "venue"]\n')
    async with browsing(tmp_path, paths=[page]) as browser:
        line = browser.line(0)
        assert "Parsing" in line
        assert "Proceedings" in line
        assert "2020" not in line
        assert "Lee" not in line


async def test_a_venue_is_told_by_the_name_that_people_use(tmp_path: Path) -> None:
    settings(tmp_path, 'columns = ["title", "venue"]\n')
    async with browsing(tmp_path, size=(160, 45)) as browser:
        await browser.type("/tab-cot")
        assert browser.line(0).split()[-1] == "Findings"
        assert browser.screen.current is not None
        assert (
            browser.screen.current.venue
            == "Findings of the Association for Computational Linguistics: ACL 2023"
        )


async def quit_and_read(browser: Browser, folder: Path) -> dict[str, object]:
    await browser.pilot.press("q")
    await quits(browser.pilot)
    session: dict[str, object] = json.loads((folder / "session.json").read_text())
    return session


async def test_the_browser_opens_where_it_was_closed(tmp_path: Path) -> None:
    async with browsing(tmp_path) as browser:
        await browser.type("/distil")
        await browser.press("enter", "j", "j", "s", "S", "3", "L")
        key = browser.screen.current.key if browser.screen.current else ""
        titles = browser.titles
        session = await quit_and_read(browser, tmp_path)
    assert session["query"] == "distil"
    assert session["key"] == key
    async with browsing(tmp_path, fresh=False) as browser:
        assert browser.screen.filter_bar.input.value == "distil"
        assert browser.titles == titles
        assert browser.screen.current
        assert browser.screen.current.key == key
        assert browser.screen.pane == "detail"
        assert browser.screen.focused is browser.screen.detail
        assert layout_of(browser) == {"-wide"}
    async with browsing(tmp_path) as browser:
        assert browser.screen.filter_bar.input.value == ""
        assert browser.screen.pane == "papers"
        assert layout_of(browser) == {"-medium"}


async def test_columns_are_chosen_by_key_until_the_settings_name_others(
    tmp_path: Path,
) -> None:
    async with browsing(tmp_path, size=(160, 45)) as browser:
        assert "Fan, Li, Li et al." in browser.line(0)
        await browser.press("K", "right", "space")
        assert "Fan, Li, Li et al." not in browser.line(0), "seen at once"
        await browser.press("escape")
        await quit_and_read(browser, tmp_path)
    async with browsing(tmp_path, size=(160, 45), fresh=False) as browser:
        assert "Fan, Li, Li et al." not in browser.line(0)
        assert browser.line(0).lstrip().startswith("2026")
        (tmp_path / "config.toml").write_text('columns = ["title", "authors"]\n')
        await quit_and_read(browser, tmp_path)
    async with browsing(tmp_path, size=(160, 45), fresh=False) as browser:
        assert browser.line(0).lstrip().startswith("LANG")
        assert "Fan, Li, Li et al." in browser.line(0)


async def test_the_author_and_the_zoom_are_taken_up(tmp_path: Path) -> None:
    async with browsing(tmp_path) as browser:
        await browser.press("1", "j", "j")
        name = browser.chosen_author
        assert name
        await browser.press("z")
        await quit_and_read(browser, tmp_path)
    async with browsing(tmp_path, fresh=False) as browser:
        assert browser.chosen_author
        assert browser.chosen_author.name == name.name
        assert browser.screen.has_class("zoomed")
        assert f"{name.name} ×" in browser.state


async def test_with_another_library_only_the_layout_is_taken_up(tmp_path: Path) -> None:
    async with browsing(tmp_path) as browser:
        await browser.type("/distil")
        await browser.press("enter", "L")
        await quit_and_read(browser, tmp_path)
    other = SEEDS / "004_c2bdfaeb05a1cb95.txt"
    async with browsing(tmp_path, paths=[other], fresh=False) as browser:
        assert browser.screen.filter_bar.input.value == ""
        assert len(browser.titles) == 20
        assert layout_of(browser) == {"-wide"}


@pytest.mark.parametrize(
    "text",
    ["", "{", "[]", "5", '{"query": 5, "authors": "x", "pane": null, "flip": "yes", "order": "colour"}',
     '{"library": ["SEEDS"], "authors": ["Nobody"], "key": "gone", "pane": "nowhere", "layout": "round"}',
     '{"query": "\\ud800"}', "[" * 5000],
)  # fmt: skip
async def test_a_broken_session_is_a_fresh_start_without_noise(tmp_path: Path, text: str) -> None:
    (tmp_path / "session.json").write_text(text.replace("SEEDS", str(SEEDS)))
    async with browsing(tmp_path, fresh=False) as browser:
        assert len(browser.titles) > 100
        assert browser.notices == []
        assert browser.screen.pane == "papers"


async def test_a_session_that_cannot_be_written_is_no_trouble(tmp_path: Path) -> None:
    (tmp_path / "session.json").mkdir()
    async with browsing(tmp_path) as browser:
        await browser.pilot.press("q")
        await quits(browser.pilot)


async def test_what_is_typed_before_the_library_is_there_wins_over_the_session(tmp_path: Path) -> None:
    async with browsing(tmp_path) as browser:
        await browser.type("/distil")
        await browser.press("enter")
        await quit_and_read(browser, tmp_path)
    app = PaperBrowse([str(SEEDS)], tmp_path, state_folder=tmp_path)
    async with app.run_test(size=(120, 40)) as pilot:
        browser = Browser(app, pilot)
        browser.screen.filter_bar.input.value = "prun"
        await browser.settle()
        assert browser.screen.filter_bar.input.value == "prun"
        app.store.close()


async def test_ascii_draws_nothing_else(tmp_path: Path) -> None:
    page = tmp_path / "refs.bib"
    page.write_text(
        "@article{a, title={Üben mit 深度学习 — “Łódź”}, author={Müller, Jürgen and 王, 伟}, year=2020}\n"
        "@article{b, title={Plain}, author={Lee, Ann}, year=2019}\n"
    )
    async with browsing(tmp_path, paths=[page], ascii_only=True) as browser:
        await browser.press("b", "m")
        drawn = lines_of(browser)
        assert "".join(drawn).isascii()
        assert any("*#2020" in line and "Uben mit ????????" in line for line in drawn)
        assert any("|" in line for line in drawn)
        assert {len(line) for line in drawn} == {120}


def lines_of(browser: Browser) -> list[str]:
    """The lines as they go to the terminal."""
    strips = browser.app.screen._compositor.render_strips()
    return ["".join(segment.text for segment in strip) for strip in strips]


async def test_no_color_sends_no_colour_and_shows_the_cursor_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    async with browsing(tmp_path) as browser:
        for keys in ((), ("b",), ("T",), ("question_mark",)):
            await browser.press(*keys)
            strips = browser.app.screen._compositor.render_strips()
            styles = [segment.style for strip in strips for segment in strip if segment.style]
            assert all(style.color is None and style.bgcolor is None for style in styles)
            assert keys == ("question_mark",) or any(style.reverse for style in styles)
