"""Finding papers: the query language, the index, matching and ranking, what matched. No UI."""

from paperbrowse.search.query import Query, QueryError, parse, quoted
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
    "count_facet",
    "parse",
    "quoted",
]
