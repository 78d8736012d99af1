"""The one table of commands: bindings, footer, palette, help page and the README's key table."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from textual.binding import Binding

Pane = Literal["authors", "papers", "detail", "filter"]
PANES: tuple[Pane, ...] = ("authors", "papers", "detail")
OF_A_PAPER: tuple[Pane, ...] = ("papers", "detail")
"""Where one sees which paper a command is about."""


@dataclass(frozen=True, slots=True)
class Command:
    """Something a person can do: its keys, the action that does it, and how it is told."""

    id: str
    keys: str
    """Textual's names of the keys, with commas between."""
    shown: str
    """The keys as a person reads them."""
    action: str
    label: str
    """One or two words, for the footer."""
    help: str
    group: str
    panes: tuple[Pane, ...] = PANES
    """Where it works."""
    footer: int = 0
    """Its place in the footer, the smaller the earlier; 0 keeps it out."""


COMMANDS: tuple[Command, ...] = (
    Command("filter", "slash", "/", "focus_filter", "filter", "Filter the papers as you type", "Find", footer=5),
    Command("clear", "escape", "Esc", "back_out", "back", "Clear the filter, then the author; in a narrow window, go out", "Find"),
    Command("bookmarked", "B", "B", "toggle_bookmarked", "only marked", "Show only bookmarks, or all again", "Find"),
    Command("sort", "s", "s", "next_order", "sort", "Sort by the next: match, year, title, author, venue, score; the authors by papers, name, latest paper", "Find", ("papers", "authors", "detail")),
    Command("flip", "S", "S", "flip_order", "flip", "Turn the order round", "Find"),
    Command("searches", "apostrophe", "'", "saved_searches", "searches", "Choose a saved search, or one asked before (Ctrl-S in the filter saves one)", "Find"),
    Command("facets", "x", "x", "facets", "year, category", "Narrow to a year or a category of what is shown", "Find"),
    Command("drop", "X", "X", "drop", "drop a part", "Take back one part of what narrows: a word, a year, an author, the stars", "Find"),
    Command("find-author", "f", "f", "find_author", "find author", "Find an author by the beginnings of the name, in any order", "Find"),
    Command("spellings", "equals_sign", "=", "spellings", "spellings", "Join the spellings of one person’s name, or split them; tell pages of two people", "Find"),
    Command("people", "a", "a", "people", "its authors", "Go to an author of the paper, or to the papers two of them share", "Find", OF_A_PAPER),
    Command("like", "D", "D", "more_like_this", "more like this", "Show the papers that share authors and words with this one, the likest first", "Find", OF_A_PAPER),
    Command("back", "left_square_bracket", "[", "back", "back", "Back to where you were", "Move"),
    Command("forward", "right_square_bracket", "]", "forward", "forward", "Forward again", "Move"),
    Command("jump", "semicolon", ";", "jump", "jump", "Give the lines in view labels, and jump to one by typing its label", "Move"),
    Command("mark", "m", "m", "mark", "mark", "Mark the paper for the next command, or take the mark off", "Keep", OF_A_PAPER),
    Command("mark-range", "v", "v", "mark_range", "mark to here", "Mark everything from the last mark to here", "Keep", OF_A_PAPER),
    Command("mark-all", "M", "M", "mark_all", "mark all", "Mark all that is shown, or take all marks off", "Keep", OF_A_PAPER),
    Command("bookmark", "b,space", "b Space", "toggle_bookmark", "bookmark", "Bookmark the paper or the marked ones, or take the bookmarks off", "Keep", OF_A_PAPER, footer=1),
    Command("undo", "u", "u", "undo", "undo", "Undo the last change to the bookmarks", "Keep"),
    Command("redo", "U", "U", "redo", "redo", "Do it again", "Keep"),
    Command("tag", "t", "t", "edit_tags", "tag", "Set the tags of the paper (it is bookmarked with them)", "Keep", OF_A_PAPER),
    Command("note", "w", "w", "edit_note", "note", "Write a note on the paper (it is bookmarked with it)", "Keep", OF_A_PAPER),
    Command("edit", "E", "E", "edit", "correct", "Correct a field of the paper; the source stays as it is", "Keep", OF_A_PAPER),
    Command("sources", "i", "i", "sources", "sources", "Show where each field comes from, and what other sources say", "Look", OF_A_PAPER),
    Command("status", "r", "r", "next_status", "status", "Reading status: to read, reading, read, none", "Keep", OF_A_PAPER),
    Command("copy", "y", "y", "copy_bibtex", "copy BibTeX", "Copy the BibTeX entry of the paper or the marked ones", "Cite", OF_A_PAPER, footer=2),
    Command("copy-reference", "Y", "Y", "copy_reference", "copy reference", "Copy the formatted reference of the paper or the marked ones", "Cite", OF_A_PAPER),
    Command("copy-key", "c", "c", "copy_key", "copy key", "Copy the citation key of the paper or the marked ones", "Cite", OF_A_PAPER),
    Command("copy-cite", "C", "C", "copy_cite", "copy \\cite", "Copy \\cite{…} of the paper or the marked ones", "Cite", OF_A_PAPER),
    Command("export", "e", "e", "export", "export", "Export what is marked, bookmarks, what is shown, or this paper", "Cite", footer=4),
    Command("open", "o", "o", "open_link", "open", "Open the paper's first link in the web browser", "Cite", OF_A_PAPER, footer=3),
    Command("choose-link", "O", "O", "choose_link", "open a link", "Open one of the paper's links, by its number", "Cite", OF_A_PAPER),
    Command("next-pane", "tab", "Tab", "next_pane", "next pane", "Go to the next pane", "Move", ("authors", "papers", "detail", "filter")),
    Command("previous-pane", "shift+tab", "Shift-Tab", "previous_pane", "previous pane", "Go to the previous pane", "Move", ("authors", "papers", "detail", "filter")),
    Command("authors", "1", "1", "pane('authors')", "authors", "Go to the authors", "Move"),
    Command("papers", "2", "2", "pane('papers')", "papers", "Go to the papers", "Move"),
    Command("abstract", "3", "3", "pane('detail')", "abstract", "Go to the abstract", "Move"),
    Command("zoom", "z", "z", "zoom", "zoom", "Give the abstract the whole window, or take it back", "Move"),
    Command("next-hit", "n", "n", "next_hit", "next hit", "Go to the next place in the abstract that the filter found", "Look", OF_A_PAPER),
    Command("previous-hit", "N", "N", "previous_hit", "previous hit", "Go to the place before", "Look", OF_A_PAPER),
    Command("plots", "P", "P", "plots", "plots", "Show what is shown as bars by year, author, category and venue, or the abstract again", "Look"),
    Command("layout", "L", "L", "next_layout", "layout", "Arrange the panes by the window's size, wide, medium or narrow; remembered until config.toml's layout changes", "Look"),
    Command("columns", "K", "K", "columns", "columns", "Choose the columns beside the title; remembered until config.toml's columns change", "Look"),
    Command("problems", "p", "p", "problems", "problems", "Show what could not be read", "Look"),
    Command("theme", "T", "T", "next_theme", "theme", "Change between dark, light, high contrast and the terminal's own colours; remembered until config.toml's theme changes", "Look"),
    Command("palette", "ctrl+p", "Ctrl-P", "app.command_palette", "commands", "Run any command by its name", "Look"),
    Command("help", "question_mark", "?", "help", "help", "Show all keys and the query language", "Look", footer=6),
    Command("quit", "q,ctrl+q", "q Ctrl-Q", "leave", "quit", "Quit", "Look", footer=7),
)  # fmt: skip

LIST_COMMANDS: tuple[Command, ...] = (
    Command("line-down", "down,j", "↓ j", "", "down", "Next line", "In every list"),
    Command("line-up", "up,k", "↑ k", "", "up", "Previous line", "In every list"),
    Command("page-down", "pagedown,ctrl+d", "PgDn Ctrl-D", "", "page down", "A page down", "In every list"),
    Command("page-up", "pageup,ctrl+u", "PgUp Ctrl-U", "", "page up", "A page up", "In every list"),
    Command("first", "home,g", "Home g", "", "first", "First line", "In every list"),
    Command("last", "end,G", "End G", "", "last", "Last line", "In every list"),
    Command("go-in", "enter,l,right", "Enter l →", "", "go in", "Into the next pane", "In every list", ("authors", "papers")),
    Command("go-out", "h,left", "h ←", "", "go out", "Back to the pane before", "In every list"),
)  # fmt: skip
"""What works in every list: the lists bind these themselves, each to its own action."""


def bindings() -> "list[Binding]":
    """The table as Textual's bindings; each can be rebound by its id."""
    from textual.binding import Binding

    return [
        Binding(
            command.keys,
            command.action,
            command.label,
            show=False,
            id=command.id,
            tooltip=command.help,
        )
        for command in COMMANDS
    ]


def footer_commands(pane: Pane, commands: Sequence[Command] = COMMANDS) -> list[Command]:
    """What of `commands` the footer shows in `pane`, in its order."""
    shown = [command for command in commands if command.footer and pane in command.panes]
    return sorted(shown, key=lambda command: command.footer)


def key_table() -> str:
    """The keys as a Markdown table, as it stands in the README."""
    lines = ["| Key | What it does |", "|---|---|"]
    lines += [f"| `{command.shown}` | {command.help} |" for command in (*LIST_COMMANDS, *COMMANDS)]
    return "\n".join(lines)
