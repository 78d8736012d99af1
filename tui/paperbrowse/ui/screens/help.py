"""All keys, searchable, and the query language by example."""

from collections.abc import Sequence
from typing import ClassVar

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
from paperbrowse.ui.screens.dialog import Dialog
from paperbrowse.ui.widgets.one_line import OneLine


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
                yield Static(help_text("", self._commands), markup=False, id="help-text")
            yield Static("↓ ↑ scroll, Esc closes", markup=False, classes="dialog-hint")

    @on(Input.Changed)
    def _search(self, event: Input.Changed) -> None:
        self.query_one("#help-text", Static).update(help_text(event.value, self._commands))

    def action_help(self) -> None:
        """This is it; what is typed next searches it."""
        self.query_one(OneLine).focus()

    def action_scroll(self, lines: int) -> None:
        """Scroll the text."""
        self.query_one(VerticalScroll).scroll_relative(y=lines, animate=False)


def help_text(wanted: str, commands: Sequence[Command]) -> Content:
    """The help lines that hold every word of `wanted`, under their headings."""
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
            width = 0 if heading in ("Queries", "More like this") else 12
            parts = [Content.styled(heading, "bold $focus")]
            parts += [_line(key, text, width) for key, text in found]
            blocks.append(Content("\n").join(parts))
    return Content("\n\n").join(blocks) if blocks else Content.styled("nothing in the help says that", "$dim")


def _line(key: str, text: str, width: int) -> Content:
    if width:
        return Content.assemble("  ", (f"{key:<{width}}", "bold"), "  ", text)
    return Content.assemble("  ", (f"{key}\n      " if key else "", "bold"), (text, "$dim"))


def _holds(text: str, words: list[str]) -> bool:
    folded = fold(text)
    return all(word in folded for word in words)
