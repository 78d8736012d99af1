"""The line that tells a waiting person how far reading is."""

import io
import sys

import pytest

from paperbrowse.cli.progress import ReadingLine
from paperbrowse.model import Paper, Reading

READING = Reading([Paper(title="One")] * 1200)


class Terminal(io.StringIO):
    """What is written to a terminal."""

    def isatty(self) -> bool:
        return True


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The time, to be set."""
    now = [100.0]
    monkeypatch.setattr("time.monotonic", lambda: now[0])
    monkeypatch.setenv("TERM", "xterm")
    return now


def test_it_waits_speaks_now_and_then_and_goes(clock: list[float], monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    line = ReadingLine()
    line(1, READING)
    assert terminal.getvalue() == ""
    clock[0] += 1.5
    for files in (2, 3, 4):
        line(files, READING)
    assert terminal.getvalue() == "\r\x1b[Kpaperbrowse: reading … 2 files, 1 200 papers"
    line.clear()
    assert terminal.getvalue().endswith("\r\x1b[K")


@pytest.mark.parametrize(("stream", "term"), [(io.StringIO, "xterm"), (Terminal, "dumb"), (Terminal, "")])
def test_nobody_who_reads_no_codes_gets_any(
    stream: type[io.StringIO], term: str, clock: list[float], monkeypatch: pytest.MonkeyPatch
) -> None:
    written = stream()
    monkeypatch.setattr(sys, "stderr", written)
    monkeypatch.setenv("TERM", term)
    line = ReadingLine()
    clock[0] += 1.5
    line(2, READING)
    line.clear()
    assert written.getvalue() == ""


def test_what_is_quickly_read_says_nothing(monkeypatch: pytest.MonkeyPatch, clock: list[float]) -> None:
    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    line = ReadingLine()
    clock[0] += 0.5
    line(5, READING)
    line.clear()
    assert terminal.getvalue() == ""
