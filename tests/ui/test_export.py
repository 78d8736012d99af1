"""The export sheet and the copies, driven by keys and mouse."""

import os
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from textual.widgets import Input

from paperbrowse.settings import ExportSettings
from paperbrowse.ui import clipboard
from paperbrowse.ui.export_choice import ExportChoice
from paperbrowse.ui.path_suggester import PathSuggester
from paperbrowse.ui.screens.existing import ExistingFile
from paperbrowse.ui.screens.export import ExportSheet
from paperbrowse.ui.widgets.key_hints import KeyHints
from paperbrowse.ui.widgets.option_line import OneOf, SomeOf
from paperbrowse.writers import FORMATS
from tests.ui.driving import Browser, browsing


def sheet(browser: Browser) -> ExportSheet:
    """The sheet, which is open."""
    [found] = [screen for screen in browser.app.screen_stack if isinstance(screen, ExportSheet)]
    return found


def preview(browser: Browser) -> str:
    """What the sheet shows of the outcome."""
    return str(sheet(browser).query_one("#export-text").render())


def said(browser: Browser) -> str:
    """What the last line says was done, or the toast where that was too long for it."""
    return browser.screen.query_one(KeyHints).word or (browser.notices or [""])[-1]


def aim(browser: Browser, target: Path | str) -> None:
    """Name the file to write."""
    sheet(browser).query_one("#target", Input).value = str(target)


async def quiet(browser: Browser) -> str:
    """Wait until what the sheet was asked is done, and return what the sheet says, or what it said."""
    await browser.settle()
    while len(browser.app.screen_stack) > 1:
        if isinstance(browser.app.screen, ExistingFile):
            return ""
        open_sheet = sheet(browser)
        looking = any(worker.group == "foresee" and not worker.is_finished for worker in browser.app.workers)
        if not (open_sheet.at_work or open_sheet._foreseeing or looking):
            return open_sheet.told
        await browser.pilot.pause(0.02)
    await browser.settle()
    return said(browser)


async def go(browser: Browser, line: str) -> None:
    """Give a line of the sheet the focus."""
    sheet(browser).query_one(f"#{line}").focus()
    await browser.settle()


async def chosen(browser: Browser, line: str, value: str) -> None:
    """Go to a line and choose there, by keys alone."""
    options = sheet(browser).query_one(f"#{line}", OneOf)
    await go(browser, line)
    await browser.press("home")
    while options.value != value:
        before = options.value
        await browser.press("right")
        assert options.value != before, f"{value} cannot be reached"


async def test_e_exports_the_bookmarks_to_a_file(tmp_path: Path) -> None:
    target = tmp_path / "mine.bib"
    async with browsing(tmp_path / "config") as browser:
        await browser.press("b", "j", "b", "e")
        assert preview(browser).count("@") == 2
        aim(browser, target)
        await browser.press("enter")
        assert await quiet(browser) == f"2 entries → {target}"
    assert target.read_text().count("@") == 2


@pytest.mark.parametrize(("key", "entries"), [("r", 1), ("a", 2)])
async def test_an_existing_file_is_replaced_or_added_to_only_when_asked(
    key: str, entries: int, tmp_path: Path
) -> None:
    target = tmp_path / "mine.bib"
    target.write_text("@misc{mine, title = {Mine}}\n")
    async with browsing(tmp_path / "config") as browser:
        await browser.press("b", "e")
        aim(browser, target)
        assert await quiet(browser) == "it exists; you will be asked"
        for keep in ("escape", "n"):
            await browser.press("enter")
            assert await quiet(browser) == ""
            assert isinstance(browser.app.screen, ExistingFile)
            await browser.press(keep)
            await quiet(browser)
            assert isinstance(browser.app.screen, ExportSheet), "the sheet stays, with a way out"
            assert target.read_text() == "@misc{mine, title = {Mine}}\n"
        await browser.press("enter")
        await quiet(browser)
        await browser.press(key)
        said = await quiet(browser)
    assert said == (f"1 entry → {target}" if key == "r" else f"1 added to {target}")
    assert target.read_text().count("@misc") == entries


async def test_what_is_no_bib_file_cannot_be_added_to(tmp_path: Path) -> None:
    target = tmp_path / "mine.txt"
    target.write_text("mine")
    async with browsing(tmp_path / "config") as browser:
        await browser.press("b", "e")
        await chosen(browser, "format", "text")
        assert "add" in sheet(browser).query_one("#to", OneOf).unable
        aim(browser, target)
        await browser.press("enter")
        await quiet(browser)
        await browser.press("a")
        assert isinstance(browser.app.screen, ExistingFile), "there is no such answer"
        await browser.press("escape")
        await chosen(browser, "format", "bibtex")
        aim(browser, target)
        await chosen(browser, "to", "add")
        assert "this is no .bib file" in await quiet(browser)
        await browser.press("enter")
        assert "this is no .bib file" in await quiet(browser)
    assert target.read_text() == "mine"


async def test_adding_is_foreseen_and_told(tmp_path: Path) -> None:
    target = tmp_path / "refs.bib"
    async with browsing(tmp_path / "config") as browser:
        for keys, foreseen, done in (
            (("b", "e"), "a new file", "1 added to "),
            (("j", "b", "e"), "adds 1; 1 there already", "1 added to "),
            (("e",), "adds 0; 2 there already", "nothing added to "),
        ):
            await browser.press(*keys)
            await chosen(browser, "to", "add")
            aim(browser, target)
            assert await quiet(browser) == foreseen
            await browser.press("enter")
            assert (await quiet(browser)).startswith(done)
    assert target.read_text().count("@misc") == 2


@pytest.mark.parametrize("form", FORMATS)
async def test_every_format_can_be_chosen_and_is_written_as_the_command_does(
    form: str, tmp_path: Path
) -> None:
    async with browsing(tmp_path / "config") as browser:
        await browser.press("e")
        await chosen(browser, "what", "this paper")
        await chosen(browser, "format", form)
        name = sheet(browser).query_one("#target", Input).value
        assert name == f"references{FORMATS[form].suffix}"
        shown = preview(browser)
        aim(browser, tmp_path / name)
        await browser.press("enter")
        assert (await quiet(browser)).startswith("1 entry → ")
    assert (tmp_path / name).read_text().rstrip("\n") == shown.rstrip("\n")


async def test_the_preview_follows_every_choice(tmp_path: Path) -> None:
    async with browsing(tmp_path) as browser:
        await browser.type("/f-divergence")
        await browser.press("enter", "e")
        await chosen(browser, "what", "this paper")
        assert "abstract = " not in preview(browser)
        await go(browser, "extras")
        await browser.press("space")
        assert "abstract = " in preview(browser)
        await browser.press("a")
        await go(browser, "fields")
        await browser.type("title,year")
        assert preview(browser).splitlines()[1].startswith("  title = ")
        assert "author" not in preview(browser)
        await browser.type("x")
        assert "yearx: no such field; did you mean 'year'?" in sheet(browser).told
        await browser.press("enter")
        assert isinstance(browser.app.screen, ExportSheet)
        await browser.press("backspace")
        await chosen(browser, "format", "text")
        assert preview(browser).startswith("Wen, Y., Li, Z.")
        await chosen(browser, "style", "chicago")
        assert preview(browser).startswith("Wen, Yuqiao, ")
        assert not sheet(browser).query_one("#row-fields").display


async def test_extras_are_offered_where_they_make_a_difference(tmp_path: Path) -> None:
    async with browsing(tmp_path) as browser:
        await browser.press("e")
        extras = sheet(browser).query_one("#extras", SomeOf)
        assert extras.unable == set()
        assert str(extras.render()).endswith("[ ] mark inferred years  "), "they are exported either way"
        await chosen(browser, "format", "html")
        assert extras.unable == {"abstract", "keywords", "note"}
        assert str(extras.render()).startswith("[-] abstracts  [-] tags"), "not by colour alone"
        await chosen(browser, "format", "csv")
        assert extras.disabled
        await chosen(browser, "format", "ris")
        assert sheet(browser).query_one("#fields", Input).disabled


async def test_all_of_it_by_mouse(tmp_path: Path) -> None:
    target = tmp_path / "x.md"
    async with browsing(tmp_path / "config", size=(80, 24)) as browser:
        await browser.press("b", "e")
        form = sheet(browser).query_one("#format", OneOf)
        before = [" bibtex ", " biblatex ", " ris ", " csljson "]
        await browser.pilot.click("#format", offset=(len("".join(before)) + 3, 0))
        assert form.value == "markdown"
        await browser.pilot.click("#format", offset=(3, 1))
        assert form.value == "jsonl"
        await browser.pilot.click("#format", offset=(len("".join(before)) + 3, 0))
        await browser.pilot.click("#what", offset=(2, 0))
        assert sheet(browser).query_one("#what", OneOf).value == "bookmarks", "none is marked"
        aim(browser, target)
        await browser.settle()
        await browser.pilot.click("#export .dialog-hint", offset=(2, 0))
        assert await quiet(browser) == f"1 entry → {target}"
    assert target.read_text().startswith("- ")


async def test_the_file_dialog_can_be_clicked(tmp_path: Path) -> None:
    target = tmp_path / "x.bib"
    target.write_text("@misc{a, title = {A}}\n")
    async with browsing(tmp_path / "config") as browser:
        await browser.press("b", "e")
        aim(browser, target)
        await browser.press("enter")
        await quiet(browser)
        await browser.pilot.click(".dialog-hint", offset=(len("r replace it   a ad"), 0))
        assert await quiet(browser) == f"1 added to {target}"


async def test_to_the_clipboard_and_to_standard_output(tmp_path: Path) -> None:
    async with browsing(tmp_path) as browser:
        await browser.press("b", "e")
        await chosen(browser, "to", "clipboard")
        assert sheet(browser).query_one("#target", Input).disabled
        await browser.press("enter")
        assert (await quiet(browser)).startswith("1 entry: ")
        assert browser.app.clipboard.startswith("@misc{")
        await browser.press("e")
        await chosen(browser, "to", "print")
        await browser.press("enter")
        assert await quiet(browser) == "1 entry, printed when the browser closes"
        assert browser.app.last_words[0].startswith("@misc{")
        await browser.press("e", "ctrl+o")
        assert (await quiet(browser)).endswith("printed when the browser closes")
        assert len(browser.app.last_words) == 2
        await browser.press("e", "ctrl+y")
        assert (await quiet(browser)).startswith("1 entry: ")


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("missing/x.bib", "there is no folder "),
        (".", "is a folder; name a file in it"),
        ("new/", "is a folder; name a file in it"),
        ("~no such user/x.bib", "there is no folder "),
        ("", "the file has no name"),
        ("  ", "the file has no name"),
    ],
)
async def test_what_cannot_be_written_is_told_in_the_sheet(name: str, words: str, tmp_path: Path) -> None:
    async with browsing(tmp_path / "config") as browser:
        await browser.press("b", "e")
        aim(browser, f"{tmp_path}{os.sep}{name}" if name.strip() and name[0] not in ".~" else name)
        assert words in await quiet(browser), "before it is tried"
        await browser.press("enter")
        assert words in await quiet(browser)
        assert isinstance(browser.app.screen, ExportSheet)
        assert isinstance(browser.app.screen.focused, Input)
        await browser.press("escape")


async def test_marked_papers_come_first_and_only_marked_ones(tmp_path: Path) -> None:
    async with browsing(tmp_path) as browser:
        await browser.press("b", "m", "j", "m", "e")
        assert sheet(browser).choice.what == "marked"
        assert preview(browser).count("@misc") == 2
        about = str(sheet(browser).query_one("#export-about").render())
        assert about.endswith("2 papers")


async def test_many_papers_show_their_number_and_the_first_few(tmp_path: Path) -> None:
    async with browsing(tmp_path) as browser:
        await browser.press("e")
        assert sheet(browser).choice.what == "shown"
        assert preview(browser).count("\n@") + 1 == 5
        about = str(sheet(browser).query_one("#export-about").render())
        assert about.endswith("the first 5 of 107")


async def test_nothing_to_export_is_said(tmp_path: Path) -> None:
    async with browsing(tmp_path) as browser:
        await browser.type("/qqqqzzzz")
        await browser.press("enter", "e")
        assert len(browser.app.screen_stack) == 1
        assert "nothing is shown" in said(browser)


async def test_the_last_choice_is_remembered(tmp_path: Path) -> None:
    target = tmp_path / "x.html"
    async with browsing(tmp_path / "config", fresh=False) as browser:
        await browser.press("b", "e")
        await chosen(browser, "what", "shown")
        await chosen(browser, "format", "html")
        await chosen(browser, "style", "ieee")
        aim(browser, target)
        await browser.press("enter")
        await quiet(browser)
        await browser.press("e")
        first = sheet(browser).choice
        await browser.press("escape", "q")
    assert (first.what, first.format, first.style, first.file) == ("shown", "html", "ieee", str(target))
    async with browsing(tmp_path / "config", fresh=False) as browser:
        await browser.press("e")
        assert sheet(browser).choice == first
        assert sheet(browser).query_one("#style", OneOf).value == "ieee"
        await browser.press("escape", "Y")
        assert browser.app.clipboard.startswith("J. Li") or "“" in browser.app.clipboard
        assert "IEEE reference" in said(browser)
        await browser.press("q")
    settings = tmp_path / "config" / "config.toml"
    settings.write_text('[export]\nformat = "biblatex"\nstyle = "chicago"\n')
    async with browsing(tmp_path / "config", fresh=False) as browser:
        await browser.press("e")
        now = sheet(browser).choice
        assert (now.format, now.style, now.what) == ("biblatex", "chicago", "shown"), "settings are later"
        assert now.file == str(target.with_suffix(".bib"))


@pytest.mark.parametrize("style", ["apa", "acl", "ieee", "chicago"])
async def test_the_sheet_and_the_copied_reference_agree(style: str, tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text(f'[export]\nstyle = "{style}"\n')
    async with browsing(tmp_path) as browser:
        await browser.press("Y")
        copied = browser.app.clipboard
        await browser.press("e")
        await chosen(browser, "what", "this paper")
        await chosen(browser, "format", "text")
        assert preview(browser) == copied


async def test_y_takes_the_dialect_of_the_last_export(tmp_path: Path) -> None:
    async with browsing(tmp_path) as browser:
        await browser.press("e")
        await chosen(browser, "format", "biblatex")
        await browser.press("ctrl+y")
        await quiet(browser)
        await browser.press("y")
        assert "date = {" in browser.app.clipboard


async def test_many_marked_papers_are_copied_beside(tmp_path: Path) -> None:
    async with browsing(tmp_path) as browser:
        await browser.press("M", "y")
        assert browser.app.clipboard.count("@misc{") == 107 - browser.app.clipboard.count("\n@inproceedings")
        assert "BibTeX of 107 papers" in said(browser)


@pytest.mark.parametrize("size", [(40, 12), (100, 12), (80, 24), (160, 45)])
async def test_every_line_of_the_sheet_can_be_reached_and_seen(size: tuple[int, int], tmp_path: Path) -> None:
    async with browsing(tmp_path, size=size) as browser:
        await browser.press("b", "e")
        lines: dict[str, None] = {}
        for _ in range(8):
            focused = browser.app.screen.focused
            assert focused is not None
            assert focused.region.height > 0
            assert focused.region.bottom <= size[1]
            [here] = browser.app.screen.query(".export-row.-here")
            assert focused in here.children, "the label tells where the keys go"
            assert browser.app.screen.find_widget(focused).visible_region.height == focused.region.height
            lines[focused.id or ""] = None
            await browser.press("down")
        assert set(lines) == {"what", "format", "fields", "extras", "to", "target"}


async def test_a_refusal_is_seen_in_a_small_window(tmp_path: Path) -> None:
    async with browsing(tmp_path / "config", size=(40, 12)) as browser:
        await browser.press("b", "e")
        aim(browser, "/missing/x.bib")
        await browser.press("enter")
        assert "there is no folder" in await quiet(browser)
        status = sheet(browser).query_one("#export-status")

        def is_seen_whole() -> bool:
            return sheet(browser).find_widget(status).visible_region.height == status.region.height > 1

        await browser.until(is_seen_whole, "the refusal, scrolled into view")
        assert isinstance(browser.app.screen.focused, Input)
        target = browser.app.screen.focused
        assert sheet(browser).find_widget(target).visible_region.height == 1


def words(**values: str) -> Sequence[str]:
    return [f"{name}={value}" for name, value in values.items()]


def test_a_remembered_choice_that_cannot_be_had_is_left_out() -> None:
    usual = ExportSettings()
    plain = ExportChoice.taken_up((), usual)
    assert (plain.format, plain.style, plain.to) == ("bibtex", "apa", "file")
    over = plain.over
    assert ExportChoice.taken_up(words(format="docx", over=over), usual).format == "bibtex"
    assert ExportChoice.taken_up(words(style="mla", over=over), usual).style == "apa"
    assert ExportChoice.taken_up(words(to="printer", over=over), usual).to == "file"
    assert ExportChoice.taken_up(words(to="add", format="ris", over=over), usual).to == "file"
    assert ExportChoice.taken_up(["nonsense", "color=red", "="], usual) == plain
    later = ExportChoice.taken_up(words(format="ris", over=over), replace(usual, style="ieee"))
    assert (later.format, later.style) == ("bibtex", "ieee")
    assert ExportChoice.taken_up(plain.words, usual) == plain


@pytest.mark.parametrize(
    ("file", "form", "name"),
    [
        ("", "ris", "references.ris"),
        ("refs.bib", "html", "refs.html"),
        ("refs.bib", "biblatex", "refs.bib"),
        ("~/a.b/refs", "bibtex", "~/a.b/refs.bib"),
        ("refs.v2", "html", "refs.v2"),
        ("new/", "html", "new/"),
    ],
)
def test_a_file_has_the_suffix_of_its_format(file: str, form: str, name: str) -> None:
    assert ExportChoice(file=file, format=form).file_name == name


async def test_files_are_completed_as_they_are_typed(tmp_path: Path) -> None:
    for name in ("references.bib", "readme.md", "reading.exe"):
        (tmp_path / name).write_text("")
    (tmp_path / "results").mkdir()
    suggester = PathSuggester({".bib"})
    assert await suggester.get_suggestion(f"{tmp_path}/ref") == f"{tmp_path}/references.bib"
    assert await suggester.get_suggestion(f"{tmp_path}/res") == f"{tmp_path}/results/"
    assert await suggester.get_suggestion(f"{tmp_path}/read") is None
    assert await suggester.get_suggestion(f"{tmp_path}/") is None
    assert await suggester.get_suggestion("/no such folder/x") is None
    assert await suggester.get_suggestion("~no such user/x") is None


async def test_a_tool_that_stays_behind_does_not_hold_the_copy_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As xclip does: it answers at once and leaves a process that serves the selection, output open."""
    tool = tmp_path / "xclip"
    tool.write_text(f'#!/bin/sh\ncat > "{tmp_path}/copied"\nsleep 30 &\n')
    tool.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    monkeypatch.setenv("DISPLAY", ":9")
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    async with browsing(tmp_path / "config") as browser:
        assert clipboard.copy(browser.screen.app, "text") == "copied with xclip"
        assert (tmp_path / "copied").read_text() == "text"
        assert "too much" in clipboard.copy(browser.screen.app, "x" * (1 << 21))
        assert (tmp_path / "copied").read_text() == "text"
