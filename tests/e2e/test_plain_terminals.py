"""Without colours, without box drawing, and where the last start ended: on a real pseudo-terminal."""

import os
import re
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pexpect
import pyte
import pytest

PROGRAM = Path(sys.executable).parent / "paperbrowse"
COLUMNS, ROWS = 120, 40
COLOUR_CODES = {*range(30, 40), *range(40, 50), *range(90, 98), *range(100, 108), 58, 59}


class Terminal:
    """The browser on a pseudo-terminal, with settings of its own."""

    def __init__(self, config: Path, *arguments: str, **environment: str) -> None:
        self.child: pexpect.spawn[bytes] = pexpect.spawn(
            str(PROGRAM),
            list(arguments),
            env={
                "PATH": os.environ["PATH"],
                "HOME": str(config),
                "TERM": "xterm-256color",
                "COLORTERM": "truecolor",
                "LC_ALL": "C.UTF-8",
                "PAPERBROWSE_CONFIG_DIR": str(config),
                **environment,
            },
            dimensions=(ROWS, COLUMNS),
            timeout=30,
        )
        self.screen = pyte.Screen(COLUMNS, ROWS)
        self.stream = pyte.ByteStream(self.screen)
        self.received = b""

    def read(self) -> None:
        """Take what the program wrote."""
        try:
            data: bytes = self.child.read_nonblocking(1 << 16, 0.05)
        except (pexpect.TIMEOUT, pexpect.EOF):
            return
        self.received += data
        self.stream.feed(data)

    def see(self, shown: Callable[[str], bool] | str) -> None:
        """Read until the screen shows it."""
        for _ in range(400):
            self.read()
            text = "\n".join(self.screen.display)
            if shown in text if isinstance(shown, str) else shown(text):
                return
        raise AssertionError(f"never seen: {shown}\n" + "\n".join(self.screen.display))

    def quit(self) -> None:
        """Press q and wait for the end."""
        self.child.send("q")
        deadline = time.monotonic() + 20
        while self.child.isalive() and time.monotonic() < deadline:
            self.read()
        self.child.close(force=True)
        assert self.child.exitstatus == 0

    @property
    def colours(self) -> list[int]:
        """Every number of a colour that was sent."""
        found = re.findall(rb"\x1b\[([\d;:]*)m", self.received)
        numbers = [int(number) for codes in found for number in re.split(rb"[;:]", codes) if number]
        return [number for number in numbers if number in COLOUR_CODES]


def look_around(terminal: Terminal) -> None:
    """Go through the panes and the dialogs, and quit."""
    terminal.see("All authors")
    terminal.see("1 of 1")
    for keys, text in (
        ("j", "2 of 1"),
        ("b", "* 1" if b"\xe2" not in terminal.received else "★ 1"),
        ("?", "Help"),
    ):
        terminal.child.send(keys)
        terminal.see(text)
    terminal.child.send("\x1b")
    terminal.see(lambda screen: "type to search the help" not in screen)
    terminal.child.send("/zzzz\r")
    terminal.see("No paper matches")
    terminal.child.send("T1z")
    terminal.quit()


def test_no_color_sends_no_colour_at_all(tmp_path: Path) -> None:
    coloured = Terminal(tmp_path / "one")
    look_around(coloured)
    assert coloured.colours
    plain = Terminal(tmp_path / "two", NO_COLOR="1")
    look_around(plain)
    assert plain.colours == []
    assert b"\x1b[7m" in plain.received or b";7m" in plain.received


@pytest.mark.parametrize(
    ("arguments", "environment"), [(["--ascii"], {}), ([], {"PYTHONIOENCODING": "iso-8859-1"})]
)
def test_ascii_by_option_and_where_the_encoding_has_no_more(
    tmp_path: Path, arguments: list[str], environment: dict[str, str]
) -> None:
    terminal = Terminal(tmp_path, *arguments, **environment)
    look_around(terminal)
    assert terminal.received.isascii()
    assert b"|" in terminal.received


def test_the_next_start_is_where_the_last_ended_and_fresh_is_not(tmp_path: Path) -> None:
    first = Terminal(tmp_path)
    first.see("1 of 1")
    first.child.send("/distil\rjj")
    first.see("3 of ")
    first.quit()
    again = Terminal(tmp_path)
    again.see("3 of ")
    again.see("distil")
    again.quit()
    fresh = Terminal(tmp_path, "--fresh")
    fresh.see("filter: words")
    fresh.see("1 of 1")
    fresh.quit()


def test_keys_typed_at_once_go_each_where_the_ones_before_led(tmp_path: Path) -> None:
    terminal = Terminal(tmp_path)
    terminal.see("1 of 1")
    terminal.child.send("/distil\rjjb?mark\x1b[B")
    terminal.see("★ 1")
    terminal.see("Mark the paper for the next command")
    terminal.child.send("\x1b")
    terminal.see(lambda screen: "Mark the paper for the next command" not in screen)
    terminal.see(lambda screen: "⟩ distil " in screen and "3 of " in screen)
    terminal.quit()


def test_the_session_is_kept_in_the_state_folder(tmp_path: Path) -> None:
    terminal = Terminal(tmp_path / "config", PAPERBROWSE_STATE_DIR=str(tmp_path / "state"))
    terminal.see("1 of 1")
    terminal.quit()
    assert (tmp_path / "state" / "session.json").exists()
    assert not (tmp_path / "config" / "session.json").exists()


def test_a_bad_setting_is_told_on_the_screen_and_a_saved_change_applies(tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text('layout = "wdie"\n')
    terminal = Terminal(tmp_path)
    terminal.see("config.toml:1: layout: 'wdie' cannot be used")
    (tmp_path / "config.toml").write_text('layout = "narrow"\n[keys]\nquit = "Q"\n')
    terminal.see(lambda screen: "All authors" not in screen and "1 of 1" in screen)
    terminal.child.send("q" + "Q")
    terminal.quit()
