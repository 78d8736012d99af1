"""The browser opens where it was and looks as it did, and who began to write finds it again."""

import json
from pathlib import Path

import pytest
from textual.widgets import TextArea

from paperbrowse.drafts import Drafts
from tests.ui.driving import SEEDS, Browser, browsing


def remembered(folder: Path) -> dict[str, object]:
    found: dict[str, object] = json.loads((folder / "session.json").read_text())
    return found


async def leave(browser: Browser) -> None:
    await browser.pilot.press("q")
    await browser.until(lambda: browser.app._exit, "the end")


async def test_the_place_is_written_down_while_the_browser_runs(tmp_path: Path) -> None:
    async with browsing(tmp_path) as browser:
        await browser.type("/distil")
        await browser.press("enter", "j")
        browser.app.remember()
        await browser.app.workers.wait_for_complete()
        assert remembered(tmp_path)["query"] == "distil"
        (tmp_path / "session.json").unlink()
        browser.app.remember()
        await browser.app.workers.wait_for_complete()
        assert not (tmp_path / "session.json").exists(), "written although nobody moved"
        await browser.press("j")
        browser.app.remember()
        await browser.app.workers.wait_for_complete()
        assert (tmp_path / "session.json").exists()


async def test_it_writes_the_place_down_by_itself(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("paperbrowse.ui.remembering._EVERY", 0.05)
    async with browsing(tmp_path) as browser:
        await browser.press("j")
        await browser.until((tmp_path / "session.json").exists, "the file")


async def test_the_theme_chosen_by_key_is_there_at_the_next_start(tmp_path: Path) -> None:
    async with browsing(tmp_path) as browser:
        await browser.press("T")
        assert browser.app.theme == "paper-light"
        await leave(browser)
    async with browsing(tmp_path, [SEEDS / "004_c2bdfaeb05a1cb95.txt"], fresh=False) as browser:
        assert browser.app.theme == "paper-light", "the library does not matter for it"
    async with browsing(tmp_path) as browser:
        assert browser.app.theme == "paper-dark", "--fresh begins as the settings say"


async def test_settings_changed_since_are_the_later_word(tmp_path: Path) -> None:
    async with browsing(tmp_path) as browser:
        await browser.press("T", "L")
        await leave(browser)
    (tmp_path / "config.toml").write_text('theme = "nord"\nlayout = "narrow"\n')
    async with browsing(tmp_path, fresh=False) as browser:
        assert browser.app.theme == "nord"
        assert browser.screen.has_class("-narrow")
        await browser.press("T", "L")
        await leave(browser)
    async with browsing(tmp_path, fresh=False) as browser:
        assert browser.app.theme == "paper-dark"
        assert browser.screen.has_class("-medium"), "narrow, then the next: by the window's size"


async def test_settings_saved_while_it_runs_are_the_later_word_too(tmp_path: Path) -> None:
    async with browsing(tmp_path) as browser:
        await browser.press("T", "T")
        (tmp_path / "config.toml").write_text('theme = "nord"\n')
        browser.app.poll_settings()
        await browser.settle()
        assert browser.app.theme == "nord"
        await leave(browser)
    assert remembered(tmp_path)["theme"] == ""


async def test_without_colours_the_theme_chosen_with_them_is_not_forgotten(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with browsing(tmp_path) as browser:
        await browser.press("T")
        await leave(browser)
    monkeypatch.setenv("NO_COLOR", "1")
    async with browsing(tmp_path, fresh=False) as browser:
        assert browser.app.theme == "ansi-dark"
        await leave(browser)
    assert remembered(tmp_path)["theme"] == "paper-light"


async def test_a_theme_that_is_no_more_is_forgotten(tmp_path: Path) -> None:
    (tmp_path / "session.json").write_text(
        json.dumps({"library": [str(SEEDS)], "theme": "gone", "theme_over": "paper-dark"})
    )
    async with browsing(tmp_path, fresh=False) as browser:
        assert browser.app.theme == "paper-dark"
        assert browser.notices == []


def note_of(browser: Browser) -> str:
    return browser.app.screen.query_one(TextArea).text


async def test_esc_leaves_a_note_as_a_draft_and_the_note_key_goes_on_with_it(tmp_path: Path) -> None:
    async with browsing(tmp_path) as browser:
        await browser.press("w")
        await browser.type("see page 3")
        await browser.press("escape")
        assert not browser.app.store.bookmarks()
        assert "w goes on with it" in browser.notices[-1]
    async with browsing(tmp_path) as browser:
        await browser.press("w")
        assert note_of(browser) == "see page 3"
        assert "draft" in str(browser.app.screen.query_one(".dialog-hint").render())
        await browser.press("ctrl+s")
        [bookmark] = browser.app.store.bookmarks().values()
        assert bookmark.note == "see page 3"
        assert json.loads((tmp_path / "drafts.json").read_text()) == {}
        await browser.press("w", "escape")
        assert not any("draft" in notice for notice in browser.notices), "nothing was written"


async def test_a_draft_can_be_dropped(tmp_path: Path) -> None:
    async with browsing(tmp_path) as browser:
        await browser.press("w")
        await browser.type("kept")
        await browser.press("ctrl+s", "w")
        await browser.type("not ")
        await browser.press("escape", "w")
        assert "not " in note_of(browser)
        await browser.press("ctrl+r", "escape", "w")
        assert note_of(browser) == "kept"


@pytest.mark.parametrize("leaving", ["quitting", "waiting"])
async def test_what_is_being_written_is_a_draft_whatever_happens(tmp_path: Path, leaving: str) -> None:
    async with browsing(tmp_path) as browser:
        await browser.press("w")
        await browser.type("begun")
        if leaving == "quitting":
            await browser.pilot.press("ctrl+q")
            await browser.until((tmp_path / "drafts.json").exists, "the draft")
        else:
            browser.app.remember()
            await browser.app.workers.wait_for_complete(
                [worker for worker in browser.app.workers if worker.group == "remembering"]
            )
        assert list(json.loads((tmp_path / "drafts.json").read_text()).values()) == ["begun"]


async def test_a_draft_that_cannot_be_written_is_said_and_stays_here(tmp_path: Path) -> None:
    (tmp_path / "drafts.json").mkdir()
    async with browsing(tmp_path) as browser:
        await browser.press("w")
        await browser.type("begun")
        await browser.press("escape")
        assert "only here" in browser.notices[-1]
        await browser.press("w")
        assert note_of(browser) == "begun"


def test_two_browsers_keep_each_others_drafts(tmp_path: Path) -> None:
    one, other = Drafts(tmp_path), Drafts(tmp_path)
    one.put("a", "first")
    other.put("b", "second\n  indented")
    assert one.write()
    assert other.write()
    assert [Drafts(tmp_path).of(key) for key in ("a", "b", "c")] == ["first", "second\n  indented", ""]
    one.put("b", "")
    assert one.write()
    assert other.of("b") == ""


@pytest.mark.parametrize("text", ["", "{", "[]", '{"a": 5, "b": "x"}', '{"b": "x\\u001b]0;y"}', "[" * 9000])
def test_a_broken_file_of_drafts_has_none(tmp_path: Path, text: str) -> None:
    (tmp_path / "drafts.json").write_text(text)
    drafts = Drafts(tmp_path)
    assert drafts.of("a") == ""
    assert "\x1b" not in drafts.of("b")
