"""The command line as plain values, for what is generated from it: completion and the manual page."""

import argparse
from collections.abc import Iterator
from dataclasses import dataclass

from paperbrowse.cli.parsing import CommandParser


@dataclass(frozen=True, slots=True)
class Option:
    """A word that begins with a hyphen, with the ways to write it."""

    names: tuple[str, ...]
    help: str
    value: str = ""
    """What the help calls its value; empty when it takes none."""
    choices: tuple[str, ...] = ()
    """All that its value may be, where that is a list."""


@dataclass(frozen=True, slots=True)
class Argument:
    """A word that stands by its place."""

    value: str
    help: str
    choices: tuple[str, ...] = ()
    many: bool = False
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Command:
    """A command with its options, its arguments and the commands below it."""

    words: tuple[str, ...]
    """What is typed: the program's name and the commands'."""
    help: str
    options: tuple[Option, ...]
    arguments: tuple[Argument, ...]
    commands: tuple["Command", ...]

    def walk(self) -> Iterator["Command"]:
        """This command and all below it."""
        yield self
        for command in self.commands:
            yield from command.walk()


def tree(parser: argparse.ArgumentParser, help_line: str = "") -> Command:
    """What `parser` understands."""
    options, arguments, commands = [], [], []
    if isinstance(parser, CommandParser):
        parser.filled()
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            lines = {choice.dest: choice.help or "" for choice in action._choices_actions}
            commands += [tree(sub, lines.get(name, "")) for name, sub in action.choices.items()]
        elif action.option_strings:
            options.append(_option(action))
        else:
            arguments.append(_argument(action))
    words = tuple(parser.prog.split())
    return Command(words, help_line, tuple(options), tuple(arguments), tuple(commands))


def _option(action: argparse.Action) -> Option:
    value = "" if action.nargs == 0 else _value(action)
    return Option(tuple(action.option_strings), action.help or "", value, _choices(action))


def _argument(action: argparse.Action) -> Argument:
    return Argument(
        _value(action),
        action.help or "",
        _choices(action),
        action.nargs in ("*", "+"),
        action.nargs in ("*", "?"),
    )


def _value(action: argparse.Action) -> str:
    if isinstance(action.metavar, str):
        return action.metavar
    return action.dest.upper()


def _choices(action: argparse.Action) -> tuple[str, ...]:
    return tuple(map(str, action.choices or ()))
