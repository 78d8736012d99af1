"""Commands whose modules are imported when they are carried out: `list` does not need what `export` does."""

import argparse
from importlib import import_module


class Command:
    """A function of a module of this package: called, it carries out its command."""

    def __init__(self, module: str, function: str) -> None:
        self.module = module
        self.function = function

    def __call__(self, options: argparse.Namespace) -> int:
        """Import the module, and let the function do it."""
        code: int = getattr(import_module(f"{__package__}.{self.module}"), self.function)(options)
        return code


class CommandModule:
    """A module of this package; its attributes are its functions as `Command`s."""

    def __init__(self, name: str) -> None:
        self._name = name

    def __getattr__(self, function: str) -> Command:
        return Command(self._name, function)
