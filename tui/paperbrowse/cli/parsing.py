"""How the command line is taken apart, and how it is refused."""

import argparse
import re
import sys
from collections.abc import Callable, Sequence
from typing import Any, NoReturn

from paperbrowse.cli.streams import terminal_width
from paperbrowse.text.patterns import regex

_TAKE_QUERIES = frozenset({"list", "export", "authors"})
# "-author:li", "-bert": a query that excludes. "-o", "-ofile" and "-h" are options.
_EXCLUDING = regex(r"-[^-oh\d\s].{2,}|-[a-z]+:.+", re.DOTALL)
_NO_CHOICE = regex(r"(?P<what>.*)invalid choice: (?P<given>.+) \(choose from (?P<choices>.+)\)", re.DOTALL)


_FEW = 3
"""So many words are all told rather than the nearest of them guessed."""


class _Formatter(argparse.RawDescriptionHelpFormatter):
    """As wide as the terminal; one is made for every argument that a parser is given."""

    def __init__(self, prog: str) -> None:
        super().__init__(prog, width=terminal_width() - 2)


class CommandParser(argparse.ArgumentParser):
    """A parser whose sub-commands are like itself, and refuse what they do not know themselves."""

    def __init__(self, *, fill: Callable[["CommandParser"], None] | None = None, **options: Any) -> None:
        """`fill` adds the arguments: of all the commands only the one that was typed needs them."""
        super().__init__(
            formatter_class=_Formatter,
            allow_abbrev=False,
            add_help=fill is None,
            **options,
        )
        self._fill = fill
        self._typed: list[str] = []

    def filled(self) -> "CommandParser":
        """This parser with its arguments."""
        if self._fill:
            fill, self._fill = self._fill, None
            self.add_argument("-h", "--help", action="help", help="show this help message and exit")
            fill(self)
        return self

    def parse_known_args(  # type: ignore[override]
        self, args: Sequence[str] | None = None, namespace: argparse.Namespace | None = None
    ) -> tuple[argparse.Namespace, list[str]]:
        """As `argparse`, but nothing is left over: the usage shown is that of the command in question."""
        self.filled()
        self._typed = list(sys.argv[1:] if args is None else args)
        known, left = super().parse_known_args(args, namespace)
        if left:
            self.error(f"unrecognized arguments: {' '.join(left)}{self._meant(left)}")
        return known, left

    def error(self, message: str) -> NoReturn:
        """Refuse the command line; what stood on it may be anything and is cleaned before it is shown."""
        from paperbrowse.text.clean import clean

        super().error(clean(self._misspelt_option(message) or _with_the_nearest(message)))

    def _misspelt_option(self, message: str) -> str:
        """What to say where a word is no command because it is the value of an option that there is not."""
        if not (match := _NO_CHOICE.fullmatch(message)):
            return ""
        given = match["given"].strip("'\"")
        before = self._typed[: self._typed.index(given)] if given in self._typed else []
        unknown = [word for word in before if self._is_unknown(word)]
        return f"unrecognized arguments: {unknown[0]}{self._meant(unknown)}" if unknown else ""

    def _is_unknown(self, word: str) -> bool:
        return len(word) > 2 and word.startswith("--") and word.partition("=")[0] not in self._options

    @property
    def _options(self) -> list[str]:
        return [name for action in self._actions for name in action.option_strings]

    def _meant(self, words: Sequence[str]) -> str:
        """What is wrong with `words`: a misspelt option, as a question, or blanks in a query."""
        if any(action.dest == "query" for action in self._actions) and not words[0].startswith("-"):
            return "; a query of several words stands in quotes"
        from paperbrowse.text.slips import meant

        misspelt = next((word.partition("=")[0] for word in words if self._is_unknown(word)), "")
        names = {option.lstrip("-"): option for option in self._options}  # all begin alike
        near = meant(misspelt.lstrip("-"), names)
        return f"; did you mean {names[near]!r}?" if near else ""


def with_excluding_queries(arguments: Sequence[str]) -> list[str]:
    """`arguments` where a query that begins with a minus cannot be taken for an option.

    Behind a blank it is none; blanks mean nothing in a query.
    """
    if _TAKE_QUERIES.isdisjoint(arguments):
        return list(arguments)
    end = list(arguments).index("--") if "--" in arguments else len(arguments)
    return [
        f" {argument}" if at < end and _EXCLUDING.fullmatch(argument) else argument
        for at, argument in enumerate(arguments)
    ]


def _with_the_nearest(message: str) -> str:
    """`message` of a word that is not among the choices with the one that was meant."""
    if not (match := _NO_CHOICE.fullmatch(message)):
        return message
    from paperbrowse.text.slips import meant

    given = match["given"].strip("'\"")
    choices = [choice.strip("'\" ") for choice in match["choices"].split(",")]
    begun = (choice for choice in choices if len(given) > 1 and choice.startswith(given))
    near = (meant(given, choices) if len(choices) > _FEW else None) or next(begun, None)
    hint = f"did you mean {near!r}?" if near else f"choose from {', '.join(choices)}"
    return f"{match['what']}there is no {given!r}; {hint}"
