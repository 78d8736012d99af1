"""The installed program in a real pseudo-terminal."""

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pexpect
import pyte
import pytest

PROGRAM = Path(sys.executable).parent / "paperbrowse"


class Terminal:
    """A program on a pseudo-terminal, and the screen it draws."""

    def __init__(self, *arguments: str, config: Path, size: tuple[int, int] = (120, 40)) -> None:
        columns, rows = size
        environment = {
            **{name: value for name, value in os.environ.items() if name in ("PATH", "HOME", "LANG")},
            "TERM": "xterm-256color",
            "COLORTERM": "truecolor",
            "LC_ALL": "C.UTF-8",
            "PAPERBROWSE_CONFIG_DIR": str(config),
        }
        self.child: pexpect.spawn[bytes] = pexpect.spawn(
            str(PROGRAM), list(arguments), env=environment, dimensions=(rows, columns), timeout=30
        )
        self.screen = pyte.Screen(columns, rows)
        self.stream = pyte.ByteStream(self.screen)
        self.received = b""

    def read(self, seconds: float = 0.05) -> None:
        """Take what the program wrote."""
        try:
            data = self.child.read_nonblocking(1 << 16, seconds)
        except (pexpect.TIMEOUT, pexpect.EOF):
            return
        self.received += data
        self.stream.feed(data)

    def wait(self, shown: Callable[[str], bool], what: str) -> str:
        """Read until the screen satisfies `shown`."""
        for _ in range(600):
            self.read()
            text = "\n".join(self.screen.display)
            if shown(text):
                return text
        raise AssertionError(f"never saw {what}; the screen:\n" + "\n".join(self.screen.display))

    def see(self, text: str) -> str:
        """Wait until `text` is on the screen."""
        return self.wait(lambda screen: text in screen, text)

    def keys(self, keys: str) -> None:
        """Type."""
        self.child.send(keys)

    def finish(self) -> int | None:
        """Wait for the end and return the exit code."""
        deadline = time.monotonic() + 20
        while self.child.isalive() and time.monotonic() < deadline:
            self.read()
        self.child.close(force=True)
        return self.child.exitstatus


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Callable[..., Terminal]]:
    """Start the program with bookmarks in a folder of the test's own; end it whatever happens."""
    running: list[Terminal] = []

    def begin(*arguments: str, size: tuple[int, int] = (120, 40)) -> Terminal:
        terminal = Terminal(*arguments, config=tmp_path / "config", size=size)
        running.append(terminal)
        return terminal

    yield begin
    for terminal in running:
        terminal.child.close(force=True)


def test_filter_bookmark_export_quit_and_still_bookmarked(
    start: Callable[..., Terminal], tmp_path: Path
) -> None:
    target = tmp_path / "out.bib"
    first = start()
    first.see("All authors")
    first.see("1 of 1")
    first.keys("/grafix t5")
    first.wait(
        lambda screen: "grafix t5" in screen and "Graphix-T5" in screen.splitlines()[3], "the paper first"
    )
    first.keys("\r")
    first.see("b bookmark")
    first.keys("b")
    first.see("★ 1")
    first.keys("e")
    first.see("Export")
    first.keys("\x1b[H" + "\x1b[3~" * 30 + str(target) + "\r")
    first.see("1 entry")
    first.keys("q")
    assert first.finish() == 0
    assert "Graphix-T5" in target.read_text()

    again = start()
    again.see("★ 1")
    again.keys("B")
    again.see("★ only")
    again.see("Graphix-T5")
    again.keys("q")
    assert again.finish() == 0


def test_an_export_can_be_printed_when_the_browser_closes(start: Callable[..., Terminal]) -> None:
    terminal = start("--fresh")
    terminal.see("1 of 1")
    terminal.keys("b")
    terminal.see("★ 1")
    terminal.keys("e")
    terminal.see("Export")
    terminal.keys("\x0f")
    terminal.see("printed when the browser closes")
    terminal.keys("q")
    assert terminal.finish() == 0
    after = terminal.received[terminal.received.rindex(b"\x1b[?1049l") :]
    assert b"@misc{" in after


def test_two_hundred_pasted_characters_arrive_in_order(start: Callable[..., Terminal]) -> None:
    text = "".join(f"{number:04d} " for number in range(40))
    terminal = start(size=(400, 30))
    terminal.see("All authors")
    terminal.see("1 of 1")
    terminal.keys("/" + text)
    terminal.see(text.rstrip())
    terminal.keys("\r")
    terminal.see("b bookmark")
    terminal.keys("q")
    assert terminal.finish() == 0


def test_the_terminal_is_given_back_as_it_was(start: Callable[..., Terminal]) -> None:
    terminal = start()
    terminal.see("All authors")
    terminal.keys("q")
    assert terminal.finish() == 0
    assert terminal.received.rindex(b"\x1b[?1049l") > terminal.received.rindex(b"\x1b[?1049h")


@pytest.mark.parametrize("size", [(160, 45), (80, 24), (40, 12), (12, 4)])
def test_it_starts_and_quits_at_every_size(start: Callable[..., Terminal], size: tuple[int, int]) -> None:
    terminal = start(size=size)
    terminal.wait(lambda screen: bool(screen.strip()), "anything")
    terminal.keys("q")
    assert terminal.finish() == 0


def test_hostile_text_never_reaches_the_terminal_as_a_control(
    start: Callable[..., Terminal], tmp_path: Path
) -> None:
    evil = "\x1b]0;PWNED\x07\x1b]52;c;UFdORUQ=\x07\x9b31m\x1b[31m‮⁦[red][@click=app.quit]$t"
    page = tmp_path / "page\x1b]0;PWNED\x07.txt"
    page.write_text(
        f"CLJan 18, 2023\nHostile {evil} Titles{evil}Ann {evil}Lee, Bob Ray, Cy Fox et al.\n"
        f"An abstract on hostile titles {evil} that goes on for a while.\n"
        "CLJan 19, 2023\nAnother Paper on ParsingAnn Lee, Bob Ray\nAbout parsing.\n"
    )
    terminal = start("--library", str(page))
    terminal.see("Hostile")
    dialogs = [key for opens in "?epiEaxftw'" for key in (opens, "\x1b")]
    for keys in ("j", "k", "3", "1", "2", "b", *dialogs, "/red", "\r", "y", "u", "z", "z", "T", "L"):
        terminal.keys(keys)
        for _ in range(6):
            terminal.read()
    terminal.keys("q")
    assert terminal.finish() == 0
    assert b"PWNED" not in terminal.received
    assert b"UFdORUQ" not in terminal.received
    assert b"\x9b31m" not in terminal.received.replace("\u069b".encode(), b"")
    assert "‮".encode() not in terminal.received
    assert "⁦".encode() not in terminal.received
    assert b"[red]" in terminal.received


def run(*arguments: str, config: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run a plain command with nothing but pipes."""
    return subprocess.run(
        [str(PROGRAM), *arguments],
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
        timeout=60,
        env={
            "PATH": os.environ["PATH"],
            "PAPERBROWSE_CONFIG_DIR": str(config),
            "LC_ALL": "C.UTF-8",
            **environment,
        },
    )


def test_without_a_terminal_the_browser_refuses_and_says_what_to_do(tmp_path: Path) -> None:
    done = run(config=tmp_path, TERM="xterm")
    assert done.returncode == 2
    assert done.stdout == ""
    assert "needs a terminal" in done.stderr
    assert "paperbrowse list" in done.stderr
    assert "\x1b" not in done.stderr


def test_a_dumb_terminal_is_refused(tmp_path: Path) -> None:
    if shutil.which("script") is None:
        pytest.skip("script (util-linux) is not installed")
    done = subprocess.run(
        ["script", "-qec", str(PROGRAM), "/dev/null"],
        capture_output=True,
        timeout=30,
        env={"PATH": os.environ["PATH"], "TERM": "dumb", "PAPERBROWSE_CONFIG_DIR": str(tmp_path)},
    )
    assert done.returncode == 2
    assert b"\x1b" not in done.stdout


def test_output_into_head_ends_quietly(tmp_path: Path) -> None:
    done = subprocess.run(
        f"'{PROGRAM}' list --format json | head -n 1",
        shell=True,
        capture_output=True,
        text=True,
        timeout=60,
        env={"PATH": os.environ["PATH"], "PAPERBROWSE_CONFIG_DIR": str(tmp_path)},
    )
    assert done.stdout == "[\n"
    assert "Traceback" not in done.stderr
    assert "Broken" not in done.stderr
