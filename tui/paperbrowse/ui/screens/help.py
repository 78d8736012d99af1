"""All keys, searchable, and the query language by example."""

from collections.abc import Sequence
from typing import ClassVar

from rich.cells import cell_len
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Input, Static

from paperbrowse.query_examples import QUERY_EXAMPLES
from paperbrowse.similar import HOW
from paperbrowse.text.fold import fold
from paperbrowse.ui.commands import Command
from paperbrowse.ui.painting import wrap
from paperbrowse.ui.screens.dialog import Dialog
from paperbrowse.ui.widgets.hint_line import Hint, HintLine
from paperbrowse.ui.widgets.one_line import OneLine

_UNDER = ("Queries", "More like this")
"""Where the text stands under what it is about."""
_KEYS, _KEYS_NARROW = 12, 5
_ROOMY = 60
"""Cells below which the column of keys is narrow."""


class Help(Dialog[None]):
    """Keys and queries; typing searches them."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss(None)", "Close"),
        Binding("down", "scroll(1)", "Down", show=False),
        Binding("up", "scroll(-1)", "Up", show=False),
        Binding("pagedown", "scroll(10)", "Page down", show=False),
        Binding("pageup", "scroll(-10)", "Page up", show=False),
    ]

    def __init__(self, commands: Sequence[Command]) -> None:
        """Tell `commands` with the keys that they have."""
        super().__init__()
        self._commands = commands

    def compose(self) -> ComposeResult:
        """A search line over the text."""
        with Vertical(classes="dialog dialog-tall"):
            yield Static("Help", markup=False, classes="dialog-title")
            yield OneLine(placeholder="type to search the help", compact=True, id="help-search")
            with VerticalScroll(can_focus=False):
                yield Static(markup=False, id="help-text")
            yield HintLine(Hint("↓ ↑", "scroll"), helps=False)

    def on_resize(self) -> None:
        """The lines are broken for the width."""
        self.call_after_refresh(self._show)

    @on(Input.Changed)
    def _show(self) -> None:
        text = self.query_one("#help-text", Static)
        width = self.query_one(VerticalScroll).size.width - 1  # the bar's
        text.update(help_text(self.query_one(OneLine).value, self._commands, width))

    def action_help(self) -> None:
        """This is it; what is typed next searches it."""
        self.query_one(OneLine).focus()

    def action_scroll(self, lines: int) -> None:
        """Scroll the text."""
        self.query_one(VerticalScroll).scroll_relative(y=lines, animate=False)


def help_text(wanted: str, commands: Sequence[Command], width: int) -> Content:
    """The help lines that hold every word of `wanted`, under their headings, in `width` cells."""
    groups: dict[str, list[tuple[str, str]]] = {}
    for command in commands:
        groups.setdefault(command.group, []).append((command.shown, command.help))
    groups["Queries"] = list(QUERY_EXAMPLES)
    groups["Marks"] = [
        ("★", "bookmarked"),
        ("●", "has an author page in the library"),
        ("◐", "that page may be of two people of one name; = tells why"),
        ("=", "goes by several spellings, which you joined"),
        ("‹", "not stated by the source but inferred; the abstract pane says why"),
        ("[ ]", "a supplied title: the page prints none"),
        ("{}", "code is available"),
    ]
    groups["More like this"] = [("", HOW)]
    words = fold(wanted).split()
    blocks = []
    for heading, lines in groups.items():
        found = [(key, text) for key, text in lines if _holds(f"{heading} {key} {text}", words)]
        if found:
            column = 0 if heading in _UNDER else _KEYS if width >= _ROOMY else _KEYS_NARROW
            parts = [Content.styled(heading, "bold $focus")]
            parts += [_line(key, text, column, width) for key, text in found]
            blocks.append(Content("\n").join(parts))
    return Content("\n\n").join(blocks) if blocks else Content.styled("nothing in the help says that", "$dim")


def _line(key: str, text: str, column: int, width: int) -> Content:
    """A key with its text beside it; where the key is longer than its column, the text stands under it."""
    indent = column + 4 if column else 6
    spans = wrap(text, max(width - indent, 10), len(text) + 1)
    told = f"\n{' ' * indent}".join(text[start:end] for start, end in spans)
    if not key:
        return Content.assemble(" " * indent, (told, "$dim"))
    beside = cell_len(key) <= column
    gap = " " * (column - cell_len(key) + 2) if beside else f"\n{' ' * indent}"
    return Content.assemble("  ", (key, "bold"), gap, (told, "" if column else "$dim"))


def _holds(text: str, words: list[str]) -> bool:
    folded = fold(text)
    return all(word in folded for word in words)
