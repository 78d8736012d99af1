"""When two records are the same paper, by what they state of themselves."""

from collections.abc import Iterable
from dataclasses import replace

from paperbrowse.model import Paper
from paperbrowse.text.fold import letters


def identities(paper: Paper) -> tuple[str, ...]:
    """All identities that a paper goes by, its own first."""
    return (identity(paper), *paper.known_as)


def with_identities_of(paper: Paper, records: Iterable[Paper]) -> Paper:
    """`paper`, made of `records` by correcting or merging, known by their identities too."""
    own = identity(paper)
    known = dict.fromkeys(name for record in (paper, *records) for name in identities(record))
    others = tuple(name for name in known if name != own)
    return paper if others == paper.known_as else replace(paper, known_as=others)


def identity(paper: Paper) -> str:
    """A string that records of the same paper share, whatever file they stand in.

    A DOI, an arXiv id without its version or an ACL Anthology id when there is one; else the folded
    title with the first author or editor and the year; for a record without a title, its abstract's hash.
    """
    if paper.doi:
        return "doi:" + paper.doi.lower()
    if paper.arxiv:
        number, _, version = paper.arxiv.rpartition("v")
        return "arxiv:" + (number if number and version.isdigit() else paper.arxiv).lower()
    if paper.anthology:
        return "anthology:" + paper.anthology.lower()
    if paper.title_from == "derived":
        import hashlib

        return "abstract:" + hashlib.sha256(paper.abstract.encode("utf-8", "replace")).hexdigest()[:24]
    first = letters(paper.credited[0]) if paper.credited else ""
    return f"title:{letters(paper.title)}:{first}:{paper.date.year or ''}"


def sum_of(name: str) -> int:
    """Eight bytes in the place of a text, such as an identity; two texts have the same once in a universe."""
    from hashlib import blake2b

    return int.from_bytes(blake2b(name.encode("utf-8", "surrogatepass"), digest_size=8).digest())
