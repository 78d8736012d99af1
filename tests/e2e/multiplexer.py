"""A terminal in tmux, with a shell and the browser in it."""

import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

PROGRAM = Path(sys.executable).parent / "paperbrowse"


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
    def cursor(self) -> tuple[int, int]:
        """Column and line of the terminal's own cursor."""
        column, line = self._run("display-message", "-p", "#{cursor_x} #{cursor_y}").split()
        return int(column), int(line)

    @property
    def under_cursor(self) -> str:
        """What stands on the screen from the terminal's own cursor on."""
        (column, line), lines = self.cursor, self.text.split("\n")
        return lines[line][column:].strip() if line < len(lines) else ""

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

    def point_at(self, text: str) -> None:
        """Wait until the terminal's own cursor is where `text` begins."""
        for _ in range(300):
            if self.under_cursor.startswith(text):
                return
            time.sleep(0.1)
        raise AssertionError(f"the cursor is not at {text!r} but at {self.under_cursor!r}:\n{self.text}")

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
