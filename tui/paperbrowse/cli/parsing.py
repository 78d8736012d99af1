"""How the command line is taken apart, and how it is refused."""

import argparse
import re
from collections.abc import Sequence
from difflib import get_close_matches
from typing import Any, NoReturn

from paperbrowse.text.clean import clean

_TAKE_QUERIES = frozenset({"list", "export", "authors"})
# "-author:li", "-bert": a query that excludes. "-o", "-ofile" and "-h" are options.
_EXCLUDING = re.compile(r"-[^-oh\d\s].{2,}|-[a-z]+:.+", re.DOTALL)
_NO_CHOICE = re.compile(
    r"(?P<what>.*)invalid choice: (?P<given>.+) \(choose from (?P<choices>.+)\)", re.DOTALL
)


class CommandParser(argparse.ArgumentParser):
    """A parser whose sub-commands are like itself, and refuse what they do not know themselves."""

    def __init__(self, **options: Any) -> None:
        super().__init__(formatter_class=argparse.RawDescriptionHelpFormatter, allow_abbrev=False, **options)

    def parse_known_args(  # type: ignore[override]
        self, args: Sequence[str] | None = None, namespace: argparse.Namespace | None = None
    ) -> tuple[argparse.Namespace, list[str]]:
        """As `argparse`, but nothing is left over: the usage shown is that of the command in question."""
        known, left = super().parse_known_args(args, namespace)
        if left:
            self.error(f"unrecognized arguments: {' '.join(left)}")
        return known, left

    def error(self, message: str) -> NoReturn:
        """Refuse the command line; what stood on it may be anything and is cleaned before it is shown."""
        super().error(clean(_with_the_nearest(message)))


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
    given = match["given"].strip("'\"")
    choices = [choice.strip("'\" ") for choice in match["choices"].split(",")]
    near = get_close_matches(given, choices, n=1, cutoff=0.5)
    near = near or [choice for choice in choices if len(given) > 1 and choice.startswith(given)][:1]
    hint = f"did you mean {near[0]!r}?" if near else f"choose from {', '.join(choices)}"
    return f"{match['what']}there is no {given!r}; {hint}"
