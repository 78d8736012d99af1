"""The manual page, generated from the parser, the table of commands and the examples."""

import argparse
import re
from collections.abc import Iterable, Sequence

from paperbrowse import __version__
from paperbrowse.cli.tree import Argument, Command, Option, tree
from paperbrowse.config import CONFIG_DIR_VARIABLE, STATE_DIR_VARIABLE
from paperbrowse.query_examples import QUERY_EXAMPLES

FILES = (
    (
        "~/.config/paperbrowse/config.toml",
        "settings; 'paperbrowse config edit' opens them, with all there is",
    ),
    ("~/.config/paperbrowse/bookmarks.toml", "bookmarks with tags, notes and reading status"),
    ("~/.config/paperbrowse/searches.toml", "saved searches and those asked before"),
    ("~/.local/state/paperbrowse/session.json", "where the browser was closed; --fresh leaves it aside"),
)
ENVIRONMENT = (
    (CONFIG_DIR_VARIABLE, "the folder of settings and bookmarks"),
    (STATE_DIR_VARIABLE, "the folder of the session"),
    ("NO_COLOR", "when set, no colour is sent to the terminal"),
    ("TEXTUAL_THEME", "the theme where the settings name none"),
    ("TEXTUAL_ANIMATIONS", "none: nothing moves by itself"),
    ("VISUAL, EDITOR", "the editor of 'paperbrowse config edit'"),
)
EXITS = (("0", "done"), ("1", "it did not work; stderr says why"), ("2", "wrong usage"))


def manual(_options: argparse.Namespace) -> int:
    """`man`: print the manual page."""
    from paperbrowse.cli.arguments import DESCRIPTION, EXAMPLES, parser

    print(page(tree(parser()), DESCRIPTION, EXAMPLES), end="")
    return 0


def page(root: Command, description: str, examples: str) -> str:
    """The page in the man macros, read by `man -l` and `groff -man`."""
    from paperbrowse.ui.commands import COMMANDS, LIST_COMMANDS

    keys = [(command.shown, command.help) for command in (*LIST_COMMANDS, *COMMANDS)]
    lines = [
        f'.TH PAPERBROWSE 1 "" "paperbrowse {__version__}" "User Commands"',
        ".SH NAME",
        "paperbrowse \\- browse research papers in the terminal",
        ".SH SYNOPSIS",
        *_synopsis(),
        ".SH DESCRIPTION",
        text(" ".join(description.split())),
        ".SH OPTIONS",
        *_options(root.options),
        ".SH COMMANDS",
        "Every command takes \\fB\\-\\-library\\fR and \\fB\\-\\-config\\-dir\\fR too.",
        *_commands(root),
        ".SH KEYS",
        "Others can be set in the settings, in the table [keys].",
        *_pairs(keys),
        ".SH QUERIES",
        *_pairs(QUERY_EXAMPLES),
        ".SH EXAMPLES",
        ".nf",
        *(text(line.strip()) for line in examples.splitlines()[1:]),
        ".fi",
        ".SH EXIT STATUS",
        *_pairs(EXITS),
        ".SH ENVIRONMENT",
        *_pairs(ENVIRONMENT),
        ".SH FILES",
        *_pairs(FILES),
    ]
    return "\n".join(lines) + "\n"


def text(plain: str) -> str:
    """`plain` for a line of troff: no backslash, hyphen, quote or dot that means something to it."""
    escaped = plain.replace("\\", "\\e").replace("-", "\\-").replace("'", "\\(aq").replace("`", "\\(ga")
    escaped = escaped.replace("^", "\\(ha").replace("~", "\\(ti").replace('"', "\\(dq")
    escaped = re.sub(r"[^\x00-\x7f]", lambda found: f"\\[u{ord(found[0]):04X}]", escaped)
    return f"\\&{escaped}" if escaped.startswith(".") else escaped


def _bold(word: str) -> str:
    return f"\\fB{text(word)}\\fR"


def _italic(word: str) -> str:
    return f"\\fI{text(word)}\\fR"


def _synopsis() -> list[str]:
    return [
        f"{_bold('paperbrowse')} [{_italic('options')}]",
        ".br",
        f"{_bold('paperbrowse')} {_italic('command')} [{_italic('options')}] [{_italic('arguments')}]",
    ]


def _options(options: Iterable[Option]) -> list[str]:
    lines = []
    for option in options:
        value = f" {_italic(_value(option))}" if option.value else ""
        lines += [".TP", ", ".join(map(_bold, option.names)) + value, text(option.help)]
    return lines


def _value(option: Option | Argument) -> str:
    return "|".join(option.choices) or option.value


def _commands(root: Command) -> list[str]:
    lines = []
    shared = {name for option in root.options for name in option.names}
    for command in root.walk():
        if command is root or command.commands:
            continue
        words = " ".join(map(_bold, command.words[1:]))
        lines += [".SS " + " ".join([words, *map(_place, command.arguments)]), text(command.help)]
        own = [option for option in command.options if not shared & {*option.names}]
        described = [argument for argument in command.arguments if argument.help]
        for argument in described:
            lines += [".TP", _italic(_value(argument)), text(argument.help)]
        lines += _options(own)
    return lines


def _place(argument: Argument) -> str:
    word = _italic(_value(argument)) + (" ..." if argument.many else "")
    return f"[{word}]" if argument.optional else word


def _pairs(pairs: Sequence[tuple[str, str]]) -> list[str]:
    return [line for name, meaning in pairs for line in (".TP", _bold(name), text(meaning))]
