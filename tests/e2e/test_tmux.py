"""The browser in a terminal that people use: tmux, its sizes, its signals and its colours."""

import json
import os
import shutil
import subprocess
import sys
import time
import tomllib
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest

PROGRAM = Path(sys.executable).parent / "paperbrowse"

pytestmark = pytest.mark.skipif(shutil.which("tmux") is None, reason="tmux is not installed")


class Tmux:
    """A tmux server of its own, with one shell in one window."""

    def __init__(self, folder: Path, size: tuple[int, int]) -> None:
        self.folder = folder
        self.config = folder / "config"
        columns, rows = size
        self._run(
            "new-session", "-d", "-x", str(columns), "-y", str(rows), "env", "-i",
            f"PATH={os.environ['PATH']}", f"HOME={folder}", "TERM=tmux-256color", "LC_ALL=C.UTF-8",
            f"PAPERBROWSE_CONFIG_DIR={self.config}", f"PAPERBROWSE_CACHE_DIR={folder / 'cache'}",
            "PS1=ready> ", "sh",
        )  # fmt: skip
        self.see("ready>")

    def _run(self, *arguments: str) -> str:
        # A socket's path may have about a hundred bytes, and a test's folder has them.
        server = f"paperbrowse-{os.getpid()}-{abs(hash(self.folder))}"
        done = subprocess.run(
            ["tmux", "-L", server, "-f", "/dev/null", *arguments], capture_output=True, text=True, timeout=30
        )
        return done.stdout

    def start(self, *arguments: str, before: str = "") -> None:
        """Start the browser from the shell."""
        self.type(" ".join([before, f"'{PROGRAM}'", *arguments]).strip())
        self.keys("Enter")

    def type(self, text: str) -> None:
        """Type text as it is."""
        self._run("send-keys", "-l", text)

    def keys(self, *names: str) -> None:
        """Press keys by tmux's names."""
        self._run("send-keys", *names)

    def resize(self, columns: int, rows: int) -> None:
        """Give the window another size."""
        self._run("resize-window", "-x", str(columns), "-y", str(rows))

    @property
    def text(self) -> str:
        """What is on the screen."""
        return self._run("capture-pane", "-p")

    @property
    def styled(self) -> str:
        """What is on the screen, with the codes of its colours."""
        return self._run("capture-pane", "-p", "-e")

    def wait(self, shown: Callable[[str], bool], what: str) -> str:
        """Look until the screen satisfies `shown`."""
        for _ in range(300):
            text = self.text
            if shown(text):
                return text
            time.sleep(0.1)
        raise AssertionError(f"never saw {what}; the screen:\n{self.text}")

    def see(self, *texts: str) -> str:
        """Wait until all of `texts` are on the screen."""
        return self.wait(lambda screen: all(text in screen for text in texts), " and ".join(texts))

    def usable(self) -> None:
        """The shell is back, echoes what is typed, and shows no leftovers of the browser."""
        self.wait(lambda screen: screen.rstrip().endswith("ready>"), "the shell's prompt at the end")
        self.type("stty -a | grep -q -e '-icanon' -e '-echo ' && echo r$((1))w; echo a$((40 + 2))b")
        self.keys("Enter")
        self.see("a42b")
        assert "r1w" not in self.text, "the terminal is still in raw mode"
        assert "All authors" not in self.text
        flags = self._run("display-message", "-p", "#{alternate_on} #{mouse_any_flag} #{cursor_flag}").split()
        assert flags == ["0", "0", "1"]

    def signal(self, name: str) -> None:
        """Send a signal to the browser."""
        pane = self._run("display-message", "-p", "#{pane_pid}").strip()
        found = subprocess.run(["pgrep", "-P", pane], capture_output=True, text=True).stdout.split()
        assert len(found) == 1, found
        subprocess.run(["kill", f"-{name}", found[0]], check=True)

    def end(self) -> None:
        """End the server and all in it."""
        self._run("kill-server")


@pytest.fixture
def tmux(tmp_path: Path) -> Iterator[Callable[..., Tmux]]:
    """Start a terminal of some size; it ends with the test."""
    running: list[Tmux] = []

    def begin(size: tuple[int, int] = (120, 40)) -> Tmux:
        running.append(Tmux(tmp_path, size))
        return running[-1]

    yield begin
    for terminal in running:
        terminal.end()


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
    for columns, rows in ((120, 40), (80, 24), (40, 12), (20, 5), (3, 2), (40, 12), (200, 50), (160, 45)):
        terminal.resize(columns, rows)
        if columns >= 40:
            terminal.wait(partial(_has_panes, columns >= 80), f"the panes at {columns}x{rows}")
    text = terminal.wait(lambda screen: "5 of 1" in screen.splitlines()[-1], "the last line at the end")
    assert text.count("5 of 1") == 1
    assert text.count("All authors") == 1
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
    time.sleep(0.3)
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
