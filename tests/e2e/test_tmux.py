"""The browser in a terminal that people use: tmux, its sizes, its signals and its colours."""

import json
import time
import tomllib
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from tests.e2e.multiplexer import Tmux


@pytest.mark.parametrize(("size", "panes"), [((160, 45), 3), ((120, 40), 3), ((80, 24), 3), ((40, 12), 1)])
def test_each_size_has_its_panes(tmux: Callable[..., Tmux], size: tuple[int, int], panes: int) -> None:
    terminal = tmux(size)
    terminal.start()
    text = terminal.see("1 of 1")
    assert ("All authors" in text) == (panes == 3)
    assert len(text.rstrip("\n").splitlines()) == size[1]
    assert "help" in text.splitlines()[-1]
    terminal.type("/grafix t5")
    terminal.see("Graphix-T5")
    terminal.keys("Enter")
    terminal.keys("Enter")
    terminal.see("Wenyu Du’s page" if panes == 3 else "Jinyang Li")
    terminal.keys("q")
    terminal.usable()


def test_live_resizes_keep_the_paper_and_leave_nothing_behind(tmux: Callable[..., Tmux]) -> None:
    terminal = tmux((160, 45))
    terminal.start()
    terminal.see("1 of 1")
    terminal.type("jjjj")
    terminal.see("5 of 1")
    paper = terminal.under_cursor[:20]
    for columns, rows in (
        (120, 40), (80, 24), (40, 12), (20, 5), (3, 2), (40, 12), (300, 80), (200, 50), (160, 45)
    ):  # fmt: skip
        terminal.resize(columns, rows)
        if columns >= 40:
            terminal.wait(partial(_has_panes, columns >= 80), f"the panes at {columns}x{rows}")
    text = terminal.wait(lambda screen: "5 of 1" in screen.splitlines()[-1], "the last line at the end")
    assert text.count("5 of 1") == 1
    assert text.count("All authors") == 1
    terminal.point_at(paper)
    terminal.keys("q")
    terminal.usable()


def _has_panes(several: bool, screen: str) -> bool:
    return "5 of 1" in screen and ("All authors" in screen) == several


@pytest.mark.parametrize("name", ["TERM", "HUP", "INT"])
def test_told_to_end_it_saves_all_and_gives_the_terminal_back(tmux: Callable[..., Tmux], name: str) -> None:
    terminal = tmux()
    terminal.start()
    terminal.see("1 of 1")
    terminal.type("/distil")
    terminal.keys("Enter")
    terminal.type("jbT")
    terminal.see("★ 1")
    terminal.type("w")
    terminal.see("Note")
    terminal.type("begun")
    terminal.see("begun")
    terminal.signal(name)
    terminal.usable()
    kept = tomllib.loads((terminal.config / "bookmarks.toml").read_text())
    assert len(kept["bookmark"]) == 1
    session = json.loads((terminal.config / "session.json").read_text())
    assert (session["query"], session["theme"]) == ("distil", "paper-light")
    # Which place the paper has depends on whether the index was there when it was gone to.
    assert session["key"] == kept["bookmark"][0]["key"]
    assert list(json.loads((terminal.config / "drafts.json").read_text()).values()) == ["begun"]
    terminal.start()
    terminal.see("⟩ distil", "★ 1")
    terminal.type("w")
    terminal.see("begun", "A draft")
    terminal.keys("Escape")
    terminal.wait(lambda screen: "A draft" not in screen, "the browser again")
    terminal.keys("q")
    terminal.usable()


def test_a_window_that_is_closed_loses_nothing(tmux: Callable[..., Tmux]) -> None:
    terminal = tmux()
    terminal.start()
    terminal.see("1 of 1")
    terminal.type("jb")
    terminal.see("★ 1", "2 of ")
    terminal.end()
    session = terminal.config / "session.json"
    for _ in range(100):
        if session.exists() and json.loads(session.read_text())["key"]:
            break
        time.sleep(0.1)
    assert json.loads(session.read_text())["key"]
    assert len(tomllib.loads((terminal.config / "bookmarks.toml").read_text())["bookmark"]) == 1


def test_without_colours_there_are_none(tmux: Callable[..., Tmux]) -> None:
    terminal = tmux()
    terminal.start(before="NO_COLOR=1")
    terminal.see("1 of 1")
    terminal.type("jb")
    terminal.see("★ 1")
    codes = {code for part in terminal.styled.split("\x1b[")[1:] for code in part.split("m")[0].split(";")}
    assert codes <= {"", "0", "1", "2", "3", "4", "7", "22", "23", "24", "27", "39", "49"}, codes
    assert "7" in codes, "nothing shows the row under the cursor"
    terminal.keys("q")
    terminal.usable()


def test_in_ascii_there_is_nothing_else(tmux: Callable[..., Tmux]) -> None:
    terminal = tmux()
    terminal.start("--ascii")
    terminal.see("1 of 1")
    terminal.type("b")
    text = terminal.see("* 1")
    assert text.isascii()
    assert "|" in text
    terminal.keys("q")
    terminal.usable()


def test_with_animations_off_it_is_the_same(tmux: Callable[..., Tmux]) -> None:
    terminal = tmux()
    terminal.start(before="TEXTUAL_ANIMATIONS=none")
    terminal.see("1 of 1")
    terminal.keys("?")
    terminal.see("type to search the help")
    terminal.keys("PageDown", "Escape")
    terminal.wait(lambda screen: "type to search the help" not in screen, "the browser again")
    terminal.keys("G")
    terminal.see("of 1")
    terminal.keys("q")
    terminal.usable()


def test_a_dumb_terminal_is_told_what_to_do(tmux: Callable[..., Tmux]) -> None:
    terminal = tmux()
    terminal.start(before="TERM=dumb")
    terminal.see("needs a terminal that can move its cursor")
    terminal.usable()


def test_bytes_that_are_no_text_do_not_end_it(tmux: Callable[..., Tmux]) -> None:
    terminal = tmux()
    terminal.start()
    terminal.see("1 of 1")
    terminal.keys("-H", "ff")
    terminal.keys("-H", "c3")
    terminal.keys("-H", "28")
    terminal.type("jj")
    terminal.see("3 of 1")
    terminal.keys("q")
    terminal.usable()


def test_an_editor_is_lent_the_terminal_and_gives_it_back(tmux: Callable[..., Tmux], tmp_path: Path) -> None:
    editor = tmp_path / "editor.sh"
    editor.write_text('#!/bin/sh\necho "from the editor" >> "$1"\n')
    editor.chmod(0o755)
    terminal = tmux()
    terminal.start(before=f"EDITOR={editor}")
    terminal.see("1 of 1")
    terminal.type("w")
    terminal.see("Note")
    terminal.keys("C-e")
    terminal.see("from the editor")
    terminal.keys("C-s")
    terminal.see("★ 1")
    terminal.keys("q")
    terminal.usable()
