"""Dialogs in a terminal of changing size, and the terminal's own cursor, which screen readers follow."""

from collections.abc import Callable
from functools import partial

import pytest

from tests.e2e.multiplexer import Tmux

DIALOGS = {
    "help": ("?", "type to search", "Esc close"),
    "export": ("e", "Format", "Esc close"),
    "facets": ("x", "Narrow to", "Esc close"),
    "authors of the paper": ("a", "Authors of this", "Esc close"),
    "spellings": ("=", "One person", "Esc close"),
    "sources": ("i", "Where ", "Esc close"),
    "tags": ("t", "Tags", "Esc cancel"),
    "note": ("w", "Note", "Esc leave"),
    "palette": ("C-p", "Abstract (3)", "Esc close"),
}
"""By name: the key, what must stand in it, and how it tells the way out."""


@pytest.mark.parametrize("sizes", [((40, 12), (20, 5), (80, 24)), ((300, 80), (40, 12), (120, 40))])
def test_a_dialog_that_is_open_while_the_window_changes(
    tmux: Callable[..., Tmux], sizes: tuple[tuple[int, int], ...]
) -> None:
    terminal = tmux()
    terminal.start()
    terminal.see("1 of 107")
    for key, text, out in DIALOGS.values():
        terminal.keys(key)
        terminal.see(text, out)
        for columns, rows in sizes:
            terminal.resize(columns, rows)
            if columns >= 40:
                terminal.wait(partial(_holds, columns, rows, (text, out)), f"{text} at {columns}x{rows}")
                x, y = terminal.cursor
                assert (x, y) != (0, 0)
                assert x < columns
                assert y < rows
        terminal.keys("Escape")
        terminal.wait(partial(_is_closed, out), "the browser again")
        terminal.resize(120, 40)
        terminal.wait(lambda screen: "Bowei He" in screen and "1 of 107" in screen, "the browser at 120x40")
    terminal.keys("q")
    terminal.usable()


def _holds(columns: int, rows: int, texts: tuple[str, ...], screen: str) -> bool:
    lines = screen.rstrip("\n").split("\n")
    fits = len(lines) <= rows and max(map(len, lines)) <= columns
    return fits and all(text in screen for text in texts)


def _is_closed(out: str, screen: str) -> bool:
    return out not in screen and "1 of 107" in screen


@pytest.mark.parametrize("size", [(120, 40), (40, 12)])
def test_the_cursor_is_at_the_row_and_back_there_after_every_dialog(
    tmux: Callable[..., Tmux], size: tuple[int, int]
) -> None:
    terminal = tmux(size)
    terminal.start()
    terminal.see("1 of 107")
    paper = "2026‹ DaPT" if size[0] >= 80 else "DaPT"
    terminal.type("jj")
    terminal.point_at(paper)
    terminal.type("1")
    terminal.point_at("All authors")
    terminal.type("j")
    terminal.point_at("● Zewen Chi")
    terminal.type("k")
    terminal.point_at("All authors")
    terminal.type("2gjj")
    terminal.point_at(paper)
    terminal.type("3")
    terminal.point_at("DaPT: A Dual-Path")
    terminal.type("2P")
    terminal.point_at("2026 11")
    terminal.type("j")
    terminal.point_at("2025 32")
    terminal.type("P")
    terminal.point_at(paper)
    for key, there, moves, at in (
        ("?", "Esc close", [], "type to search the help"),
        ("x", "Esc close", [], "type to narrow the list"),
        ("x", "year 2025", ["Down"], "year 2025"),
        ("x", "year 2025", ["Down", "Down", "Up"], "year 2025"),
        ("C-p", "Authors (1)", ["Down"], "Authors (1)"),
        ("=", "6 pairs", ["Down"], "Xian-Ling Mao =?"),
        ("i", "Esc close", [], "Where wang2026dapt"),
        ("e", "[file]", ["Up"], "[file] add") if size[0] >= 80 else ("e", "[file]", [], "[shown 107]"),
    ):
        terminal.keys(key)
        terminal.see(there)
        if moves:
            terminal.keys(*moves)
        terminal.point_at(at)
        terminal.keys("Escape")
        terminal.point_at(paper)
    terminal.keys("q")
    terminal.usable()
