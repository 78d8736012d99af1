"""A browser for research papers that lives in a terminal.

`open_library([path, ...])` reads author pages into an in-memory library; importing this package costs
nothing until a name is used.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from paperbrowse.library import Library as Library
    from paperbrowse.model import Paper as Paper
    from paperbrowse.opening import open_library as open_library

__version__ = "0.1.0"
__all__ = ["Library", "Paper", "__version__", "open_library"]

_HOMES = {"Library": "library", "open_library": "opening", "Paper": "model"}


def __getattr__(name: str) -> object:
    if name in _HOMES:
        from importlib import import_module

        return getattr(import_module(f"paperbrowse.{_HOMES[name]}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
