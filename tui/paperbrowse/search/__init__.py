"""Finding papers: the query language, the index, matching and ranking, what matched. No UI."""

from paperbrowse.search.query import Query, QueryError, parse, quoted
from paperbrowse.search.rows import Found
from paperbrowse.search.searcher import Facet, Result, Searcher, Shelf, count_facet

__all__ = [
    "Facet",
    "Found",
    "Query",
    "QueryError",
    "Result",
    "Searcher",
    "Shelf",
    "count_facet",
    "parse",
    "quoted",
]
