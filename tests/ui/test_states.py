"""Every layout and every state that was designed, as text: what must be in view, and nothing cut unsaid."""

import json
from collections.abc import Sequence
from pathlib import Path

import pytest
from rich.cells import cell_len
from textual import events
from textual.geometry import Offset
from textual.widgets import Input, OptionList

from paperbrowse.model import Paper
from paperbrowse.text.latex import to_terminal
from paperbrowse.ui.app import PaperBrowse
from paperbrowse.ui.screens.chooser import Choice, Chooser
from paperbrowse.ui.screens.dialog import Palette
from paperbrowse.ui.screens.dialogs import Question
from paperbrowse.ui.screens.help import Help
from paperbrowse.ui.themes import OWN_THEMES
from paperbrowse.ui.widgets.hint_line import Hint, HintLine
from tests.ui.driving import Browser, browsing
from tests.ui.monkey import press as throw

SIZES = {
    "wide": (160, 45), "medium": (120, 40), "usual": (80, 24), "narrow": (40, 12),
}  # fmt: skip
THEMES = ("paper-dark", "paper-light", "paper-contrast", "ansi-dark", "ansi-light")

LONG_TITLE = "On " + " ".join(f"parsing{number}" for number in range(32))
LONG_ABSTRACT = "Begin. " + " ".join(f"word{number}" for number in range(560)) + " The end."


def record(**fields: object) -> dict[str, object]:
    return {"type": "article-journal", "id": str(fields["title"])[:9], **fields}


def library(folder: Path, records: Sequence[dict[str, object]]) -> Path:
    file = folder / "refs.json"
    file.write_text(json.dumps(records))
    return file


LEE = {"family": "Lee", "given": "Ann"}
DATED = {"date-parts": [[2020]]}


def lines(browser: Browser) -> list[str]:
    """The screen as a person sees it."""
    strips = browser.app.screen._compositor.render_strips()
    return ["".join(segment.text for segment in strip) for strip in strips]


def screen_text(browser: Browser) -> str:
    return "\n".join(lines(browser))


def well_made(browser: Browser) -> list[str]:
    """The lines, after a look that each has exactly the width and the titles are cut with a sign only."""
    shown = lines(browser)
    width, height = browser.app.size
    assert len(shown) == height
    assert {cell_len(line) for line in shown} == {width}
    assert not any(ord(char) < 32 for line in shown for char in line)
    return shown


def titles_in_view(browser: Browser) -> list[tuple[str, Paper]]:
    """What the list shows of every paper in view, and the paper."""
    papers = browser.screen.papers
    found = []
    for y in range(0, papers.height, papers.row_height):
        paper = papers.paper((papers.top + y) // papers.row_height)
        rows = [papers.render_line(line).text for line in range(y, min(y + papers.row_height, papers.height))]
        if paper is not None:
            found.append((" ".join(" ".join(rows).split()), paper))
    return found


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("size", SIZES.values(), ids=SIZES)
async def test_the_first_screen_tells_where_one_is_at_every_size(
    tmp_path: Path, size: tuple[int, int], theme: str
) -> None:
    async with browsing(tmp_path, size=size) as browser:
        browser.app.theme = theme
        await browser.settle()
        shown = well_made(browser)
        total = len(browser.titles)
        assert f"{total} of {total}" in shown[0] + shown[1]
        assert f"1 of {total}" in shown[-1]
        assert "help" in shown[-1]
        for text, paper in titles_in_view(browser):
            head = to_terminal(paper.title)[:12]
            assert head in text
            assert str(paper.date.year) in text
        if size[0] >= 80:
            assert "All authors" in screen_text(browser)
            assert "● Zewen Chi" in screen_text(browser)
            assert browser.screen.current
            assert to_terminal(browser.screen.current.title)[:30] in "\n".join(shown[3:])


@pytest.mark.parametrize("size", SIZES.values(), ids=SIZES)
async def test_what_narrows_is_told_whole_at_every_size(tmp_path: Path, size: tuple[int, int]) -> None:
    async with browsing(tmp_path, size=size) as browser:

        def line() -> str:
            [line] = [line for line in screen_text(browser).split("\n") if line.startswith(" ⟩")]
            return line.rstrip()

        browser.screen.action_show_author("Yongyu Mu")
        await browser.settle()
        assert line().startswith(" ⟩ filter")
        assert line().endswith("  21 of 107   Yongyu Mu ×")
        await browser.type("/reward model")
        assert line().startswith(" ⟩ reward model  ")
        assert line().endswith("  Yongyu Mu ×")
        await browser.press("escape", "escape", "escape")
        assert line().endswith("  107 of 107")
        browser.screen.action_more_like_this()
        await browser.settle()
        assert "  like " in line()
        assert line().endswith(" ×")
        await browser.pilot.resize_terminal(140, 20)
        await browser.settle()
        assert "⟩ filter: words in any order, typos forgiven  " in line()
        assert line().endswith(" ×")


async def test_a_title_is_never_cut_without_a_sign(tmp_path: Path) -> None:
    async with browsing(tmp_path, size=(120, 40)) as browser:
        for size in SIZES.values():
            await browser.pilot.resize_terminal(*size)
            await browser.settle()
            well_made(browser)
            for text, paper in titles_in_view(browser):
                whole = to_terminal(paper.title)
                assert whole in text or "…" in text, (size, text)


async def test_without_a_library_it_says_how_to_open_one(tmp_path: Path) -> None:
    async with browsing(tmp_path, [tmp_path / "gone"], (80, 24)) as browser:
        text = " ".join(" ".join(well_made(browser)).split())
        assert "Nothing to browse yet." in text
        assert "paperbrowse --library PATH" in text
        assert "0 of 0" in text


async def test_an_empty_page_is_no_failure(tmp_path: Path) -> None:
    page = tmp_path / "page.txt"
    page.write_text("")
    async with browsing(tmp_path / "config", [page], (80, 24)) as browser:
        assert "Nothing to browse yet." in screen_text(browser)
        well_made(browser)
        await browser.press("j", "enter", "b", "slash", "x", "enter", "escape")
        assert browser.app.is_running


@pytest.mark.parametrize("size", SIZES.values(), ids=SIZES)
async def test_while_it_reads_it_says_so(
    tmp_path: Path, size: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(PaperBrowse, "read_library", lambda _app: None)
    async with browsing(tmp_path, size=size) as browser:
        well_made(browser)
        assert size[0] < 80 or "Reading …" in screen_text(browser)
        await browser.press("3")
        assert "Reading …" in screen_text(browser)
        await browser.press(
            "j", "b", "slash", "x", "enter", "escape", "escape", "1", "T", "question_mark", "escape"
        )
        well_made(browser)


async def test_no_match_says_what_may_be_meant_and_the_way_out(tmp_path: Path) -> None:
    async with browsing(tmp_path, size=(120, 40)) as browser:
        await browser.type("/graphix category:XX yeer:2020")
        await browser.press("enter")
        assert not browser.titles
        text = " ".join(screen_text(browser).split())
        assert "No paper matches." in text
        assert "Esc takes back what narrows" in text
        assert "did you mean" in text
        assert browser.state.startswith("0 of ")
        well_made(browser)


@pytest.mark.parametrize("size", SIZES.values(), ids=SIZES)
async def test_one_match_is_one_of_one(tmp_path: Path, size: tuple[int, int]) -> None:
    async with browsing(tmp_path, size=size) as browser:
        await browser.type('/title:"graphix t5"')
        await browser.press("enter")
        assert len(browser.titles) == 1
        shown = well_made(browser)
        assert "1 of 1 " in shown[-1]
        assert "Graphix-T5" in screen_text(browser)


@pytest.mark.parametrize("size", SIZES.values(), ids=SIZES)
async def test_a_title_of_300_characters_is_cut_in_the_list_and_whole_beside_it(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    assert len(LONG_TITLE) > 300
    file = library(tmp_path, [record(title=LONG_TITLE, author=[LEE], issued=DATED, abstract="A.")])
    async with browsing(tmp_path / "config", [file], size) as browser:
        well_made(browser)
        [(text, _)] = titles_in_view(browser)
        assert "…" in text
        assert "On parsing0" in text
        await browser.press("3")
        well_made(browser)
        seen = ""
        for _ in range(12):
            seen += "".join(
                browser.screen.detail.render_line(y).text for y in range(browser.screen.detail.height)
            )
            await browser.press("j")
        assert all(f"parsing{number} " in seen.replace("▐", " ") for number in range(31))


@pytest.mark.parametrize("size", SIZES.values(), ids=SIZES)
async def test_a_long_abstract_is_read_to_its_end(tmp_path: Path, size: tuple[int, int]) -> None:
    assert len(LONG_ABSTRACT) >= 4000
    abstract = LONG_ABSTRACT + " Indeed." * 130
    assert len(abstract) > 5000
    file = library(tmp_path, [record(title="Long", author=[LEE], issued=DATED, abstract=abstract)])
    async with browsing(tmp_path / "config", [file], size) as browser:
        await browser.press("3")
        detail = browser.screen.detail
        seen = []
        for _ in range(100):
            well_made(browser)
            seen += [detail.render_line(y).text for y in range(detail.height)]
            before = detail.top
            await browser.press("pagedown")
            if detail.top == before:
                break
        text = " ".join(" ".join(seen).replace("▐", " ").split())
        assert "The end." in text
        assert all(f"word{number}" in text for number in range(0, 560, 7))


async def test_an_author_of_800_papers(tmp_path: Path) -> None:
    records = [
        record(title=f"Paper {n} on Parsing", author=[LEE], issued=DATED, id=f"k{n}") for n in range(800)
    ]
    file = library(tmp_path, records)
    async with browsing(tmp_path / "config", [file], (80, 24)) as browser:
        await browser.press("1", "down")
        assert browser.chosen_author
        assert browser.state.startswith("800 of 800")
        assert any(line.split()[:3] == ["Ann", "Lee", "800"] for line in well_made(browser))
        await browser.press("2", "G")
        assert "800 of 800" in well_made(browser)[-1]
        await browser.press("M", "b")
        assert "★ 800" in well_made(browser)[0]


@pytest.mark.parametrize("size", SIZES.values(), ids=SIZES)
async def test_what_a_record_lacks_is_said_or_left_out_but_never_made_up(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    page = tmp_path / "page.bib"
    page.write_text(
        "@article{a, title={No Abstract Here}, author={Lee, Ann}, year=2020}\n"
        "@article{b, author={Ray, Bob}, abstract={An abstract without any title at all.}}\n"
    )
    async with browsing(tmp_path / "config", [page], size) as browser:
        well_made(browser)
        assert len(browser.titles) == 2
        await browser.type("/author:lee")
        await browser.press("enter", "3")
        assert "No Abstract Here" in screen_text(browser)
        await browser.press("2", "escape")
        await browser.type("/author:ray")
        await browser.press("enter", "3")
        well_made(browser)
        [title] = browser.titles
        assert title.startswith("[")
        assert title[:15] in " ".join(screen_text(browser).split())
        assert "None" not in screen_text(browser)


@pytest.mark.parametrize("theme", [*(theme.name for theme in OWN_THEMES), "ansi-dark", "ansi-light"])
async def test_the_row_under_the_cursor_stands_out_in_every_theme(tmp_path: Path, theme: str) -> None:
    async with browsing(tmp_path, size=(80, 24)) as browser:
        browser.app.theme = theme
        await browser.settle()
        papers = browser.screen.papers

        def style(y: int) -> str:
            segment = next(part for part in papers.render_line(y) if part.text.strip())
            assert segment.style
            return f"{segment.style.bgcolor} {segment.style.reverse} {segment.style.bold}"

        assert style(0) != style(1)
        await browser.press("1")
        assert style(0) != style(1), "without the focus, too"


# Dialogs.


@pytest.mark.parametrize("size", SIZES.values(), ids=SIZES)
async def test_every_dialog_tells_the_way_out_at_every_size(tmp_path: Path, size: tuple[int, int]) -> None:
    async with browsing(tmp_path, size=size) as browser:
        for key in (
            "question_mark",
            "e",
            "x",
            "a",
            "equals_sign",
            "i",
            "t",
            "w",
            "E",
            "apostrophe",
            "ctrl+p",
        ):
            await browser.press(key)
            assert len(browser.app.screen_stack) == 2, key
            hint = str(browser.app.screen.query_one(HintLine).render())
            assert "Esc" in hint
            assert any(hint.split("\n")[0] in line for line in well_made(browser)), (key, hint)
            await browser.press("escape")
            assert len(browser.app.screen_stack) == 1, key


async def test_the_help_is_hinted_at_where_its_key_does_not_write_a_letter(tmp_path: Path) -> None:
    async with browsing(tmp_path) as browser:
        await browser.press("e")
        line = browser.app.screen.query_one(HintLine)
        assert isinstance(browser.app.focused, Input)
        assert "?" not in str(line.render())
        await browser.press("up")
        assert str(line.render()).endswith("Esc close   ? keys")
        await browser.press("down")
        assert "?" not in str(line.render())


def test_hints_give_way_from_the_end_but_never_the_way_out() -> None:
    line = HintLine(Hint("Enter", "export"), Hint("Ctrl-Y", "copy"), Hint("Ctrl-O", "print"))

    def shown(width: int) -> list[str]:
        return [hint.key for row in line._packed(width) for hint in row]

    assert shown(80) == ["Enter", "Ctrl-Y", "Ctrl-O", "Esc", "?"]
    assert shown(47) == ["Enter", "Ctrl-Y", "Esc", "?"]
    assert shown(38) == ["Enter", "Esc", "?"]
    assert shown(30) == ["Enter", "Esc"]
    assert shown(15) == ["Esc"]


async def test_every_line_of_the_export_sheet_can_be_reached_in_a_small_window(tmp_path: Path) -> None:
    async with browsing(tmp_path, size=(40, 12)) as browser:
        await browser.press("e")
        sheet = browser.app.screen
        seen = []
        for _ in range(7):
            focused = sheet.focused
            assert focused
            seen.append(focused.id)
            x, y = browser.app.cursor_position
            assert focused.region.contains(x, y)
            assert sheet.query_one("#export-body").region.contains(x, y), f"{focused.id} is out of view"
            await browser.press("down")
        assert len(set(seen)) >= 6


async def test_the_line_under_the_cursor_of_a_dialog_shows_without_colours(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    async with browsing(tmp_path, size=(80, 24)) as browser:
        for key in ("x", "ctrl+p"):
            await browser.press(key, "down")
            options = browser.app.screen.query_one(OptionList)
            drawn = [options.render_line(y) for y in range(6)]
            marked = [any(part.style and part.style.reverse for part in strip) for strip in drawn]
            assert any(marked)
            assert not all(marked)
            await browser.press("escape")


@pytest.mark.parametrize("down", [0, 2])
async def test_a_toast_keeps_off_the_row_under_the_cursor_in_a_small_window(
    tmp_path: Path, down: int
) -> None:
    async with browsing(tmp_path, size=(40, 12), toasts=True) as browser:
        await browser.press(*["j"] * down)
        row = lines(browser)[browser.app.cursor_position.y]
        browser.app.notify("A word that is too long for the last line of it", markup=False)
        await browser.until(lambda: "A word that is too long" in screen_text(browser), "the toast")
        assert lines(browser)[browser.app.cursor_position.y] == row


async def test_a_word_in_a_toast_goes_with_the_next_key_and_a_warning_stays(tmp_path: Path) -> None:
    async with browsing(tmp_path, size=(40, 12), toasts=True) as browser:
        browser.screen.say("A word that is too long for the last line of it")
        browser.app.notify("A warning", severity="warning", markup=False)
        await browser.settle()
        assert len(browser.notices) == 2
        await browser.press("j")
        assert browser.notices == ["A warning"]
        await browser.until(lambda: "A word that" not in screen_text(browser), "the end of the toast")
        await browser.until(lambda: "A warning" in screen_text(browser), "the warning")


# What the monkey broke once.


async def test_a_dialog_answered_twice_closes_once(tmp_path: Path) -> None:
    async with browsing(tmp_path) as browser:
        answers: list[bool | None] = []
        question = Question("Really?", "yes", "no")
        browser.app.push_screen(question, answers.append)
        await browser.pilot.pause()
        for _ in range(3):
            question.dismiss(True)
        await browser.settle()
        assert answers == [True]
        assert browser.app.screen is browser.screen


async def test_a_dialog_answered_before_it_is_there_closes_when_it_is(tmp_path: Path) -> None:
    async with browsing(tmp_path) as browser:
        chooser = Chooser("Which?", [Choice("a", "a")], "none")
        browser.app.push_screen(chooser)
        chooser.dismiss("a")
        await browser.pilot.pause()
        await browser.settle()
        assert browser.app._exception is None
        assert browser.app.screen is browser.screen


async def test_a_palette_closed_at_once_and_twice_does_no_harm(tmp_path: Path) -> None:
    async with browsing(tmp_path) as browser:
        for _ in range(3):
            for key in ("ctrl+p", "pageup", "t", "pagedown", "h"):
                throw(browser, key)
            await browser.pilot.pause()
            palette = browser.app.screen
            if isinstance(palette, Palette):
                palette.dismiss()
                palette.dismiss()
            await browser.settle()
        assert browser.app.screen is browser.screen


async def test_a_command_of_the_palette_that_cannot_run_says_why(tmp_path: Path) -> None:
    async with browsing(tmp_path) as browser:
        commands = {command.title: command for command in browser.app.get_system_commands(browser.screen)}
        await commands["Next hit (n)"].callback()
        assert "nothing is asked for" in browser.notices[-1]


async def test_keys_always_have_somewhere_to_go(tmp_path: Path) -> None:
    async with browsing(tmp_path) as browser:
        browser.screen.set_focus(None)
        await browser.settle()
        assert browser.app.focused is browser.screen.papers
        browser.app.post_message(events.AppBlur())
        await browser.settle()
        browser.app.post_message(events.AppFocus())
        await browser.press("j")
        assert browser.screen.papers.cursor == 1


@pytest.mark.parametrize("key", ["z", "P", "shift+tab"])
async def test_the_focus_comes_back_to_where_it_was(tmp_path: Path, key: str) -> None:
    """The window loses the focus, a dialog is opened and closed, the window has it again."""
    async with browsing(tmp_path) as browser:
        await browser.press(key)
        had_it = browser.app.focused
        for order in ("blur, open, focus, close", "open, blur, close, focus"):
            for step in order.split(", "):
                if step == "open":
                    browser.app.push_screen(Help(browser.screen.commands))
                elif step == "close":
                    browser.app.pop_screen()
                else:
                    browser.app.post_message(events.AppBlur() if step == "blur" else events.AppFocus())
                await browser.settle()
            assert browser.app.focused is had_it, order


async def test_a_dialog_clicked_away_twice_takes_the_browser_with_it_neither_time(tmp_path: Path) -> None:
    async with browsing(tmp_path) as browser:
        await browser.press("question_mark")
        line = browser.app.screen.query_one(HintLine)
        await browser.pilot.click(line, offset=(str(line.render()).index("Esc"), 0))
        await browser.settle()
        assert browser.app.screen is browser.screen
        await browser.app.run_action("screen.dismiss(None)", default_namespace=line)
        assert browser.app.screen is browser.screen


async def test_taking_back_what_is_taken_back_already_does_nothing(tmp_path: Path) -> None:
    async with browsing(tmp_path) as browser:
        browser.screen.action_drop()
        await browser.settle()
        assert browser.app.screen is browser.screen


async def test_a_click_before_the_next_frame_is_borne(tmp_path: Path) -> None:
    """What is clicked on is found by the lines that were drawn, which may be there no more."""
    async with browsing(tmp_path) as browser:
        papers = browser.screen.papers
        last = papers.region.bottom_left + Offset(20, -1)
        assert papers.count > papers.height
        papers.show_papers(papers.papers, papers.rows[:1], papers.spans, 0)
        assert browser.screen.get_widget_and_offset_at(*last)[0] is papers
        await browser.settle()
        assert papers.count == 1


async def test_a_filter_clicked_at_shows_what_it_narrows(tmp_path: Path) -> None:
    async with browsing(tmp_path) as browser:
        await browser.press("z")
        assert not browser.screen.papers.display
        await browser.pilot.click("#filter")
        await browser.settle()
        assert browser.screen.papers.display


async def test_what_is_pasted_is_text_of_one_line(tmp_path: Path) -> None:
    async with browsing(tmp_path) as browser:
        field = browser.screen.filter_bar.input
        await browser.press("y", "slash", "ctrl+v")
        assert field.value.startswith("@")
        assert "\n" not in field.value
        field.value = ""
        event = events.Paste("\x1b]0;x\x07re\u202eward\x9b31m\r\nsecond\tline\n")
        event.set_sender(browser.app)
        browser.app.post_message(event)
        await browser.settle()
        assert field.value == "]0;xreward31m second line"


def test_every_line_to_type_in_is_ours() -> None:
    """A new dialog that takes Textual's own line would let a pasted entry break it."""
    found = [
        f"{file.name}: {line.strip()}"
        for file in (Path(__file__).parents[2] / "tui/paperbrowse/ui").rglob("*.py")
        for line in file.read_text().splitlines()
        if line.strip().startswith(("yield Input(", "yield OptionList("))
    ]
    assert found == []
