"""Finding papers: the query language, the index, matching and ranking, what matched. No UI.

Importing this package costs nothing until a name is used: not every command searches.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from paperbrowse.search.query import Query, QueryError, clauses, parse, quoted
    from paperbrowse.search.rows import Found
    from paperbrowse.search.searcher import Facet, IndexShelf, Result, Searcher, Shelf, count_facet

__all__ = [
    "Facet",
    "Found",
    "IndexShelf",
    "Query",
    "QueryError",
    "Result",
    "Searcher",
    "Shelf",
    "clauses",
    "count_facet",
    "parse",
    "quoted",
]

_OF_QUERY = ("Query", "QueryError", "clauses", "parse", "quoted")


def __getattr__(name: str) -> object:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    home = "query" if name in _OF_QUERY else "rows" if name == "Found" else "searcher"
    return getattr(import_module(f"{__name__}.{home}"), name)
