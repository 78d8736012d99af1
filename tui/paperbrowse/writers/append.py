"""Adding to a `.bib` file that is there, without touching a byte of it.

The file is read by the program's own BibTeX reader; a paper that it has under any of its names (DOI, arXiv
id, ACL Anthology id, title with citation key or with first author or editor) is not written again, and a
new key differs from every key in the file.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from paperbrowse.model import Bookmark, Paper
from paperbrowse.readers import bibtex
from paperbrowse.readers.document import Document
from paperbrowse.text.fold import letters
from paperbrowse.text.latex import to_terminal
from paperbrowse.text.names import split_name
from paperbrowse.writers import FORMATS
from paperbrowse.writers.common import ExportOptions, Report, entries_of

_KEY = re.compile(r"(?m)^[ \t]*@[ \t]*[A-Za-z]+\s*[{(]\s*([^\s,{}()\"]+)\s*,")
_DOCUMENT = re.compile(r"(?m)^[^%\n]*\\(?:documentclass|begin\{document\})")
_TELLING_TITLE = 25
"""A title with that many letters is one paper's; shorter ones ("Preface") need the year as well."""


class AppendError(Exception):
    """Why nothing can be added to a file, and what to do."""


def append(
    existing: bytes,
    papers: Iterable[Paper | Bookmark],
    form: str = "bibtex",
    options: ExportOptions | None = None,
    path: str = "the file",
) -> tuple[bytes, Report]:
    """`existing` with the entries of those `papers` behind it that it lacks.

    The report counts what was added and skipped. Raises `AppendError` where the file is no `.bib` file, or
    ends inside an entry, which would swallow whatever follows.
    """
    document = Document(path, existing)
    if document.is_binary or not _is_bib(document.text):
        raise AppendError(f"{path}: this is no .bib file; nothing was added to it")
    reading = bibtex.read(document)
    openings = list(_KEY.finditer(document.text))
    last = document.text.count("\n", 0, openings[-1].start(1)) + 1 if openings else 0
    for problem in reading.problems:
        if problem.lost and problem.line >= last:
            raise AppendError(f"{path}:{problem.line}: {problem.what}; mend this entry, then add to the file")
    render = FORMATS[form].render
    known = {mark for paper in reading.papers for mark in _marks(paper)}
    candidates = entries_of(papers)
    # What a record looks like once it was written and read: what the file would have of it.
    written = render(candidates, ExportOptions()).text.encode("utf-8")
    reread = bibtex.read(Document("", written)).papers
    if len(reread) != len(candidates):
        reread = [entry.paper for entry in candidates]
    fresh: list[Paper | Bookmark] = []
    for entry, again in zip(candidates, reread, strict=True):
        marks = {*_marks(entry.paper), *_marks(again)}
        if known.isdisjoint(marks):
            fresh.append(entry.bookmark or entry.paper)
        known |= marks
    skipped = len(candidates) - len(fresh)
    entries = entries_of(fresh, taken=[opening[1] for opening in openings])
    report = render(entries, options or ExportOptions())
    added = report.text
    if entries:
        line_end = "\r\n" if b"\r\n" in existing else "\n"
        added = (_gap(existing) + added).replace("\n", line_end)
    else:
        added = ""
    wished = [item.paper.key if isinstance(item, Bookmark) else item.key for item in fresh]
    given = zip(wished, [entry.paper.key for entry in entries], strict=True)
    renamed = [(wish, key) for wish, key in given if wish and wish != key]
    report = replace(report, text=added, skipped=skipped, renamed=renamed)
    return existing + added.encode("utf-8"), report


def _is_bib(text: str) -> bool:
    """Whether the text has BibTeX's entries or, as a new file may, nothing but remarks; a LaTeX document has
    entries only in an environment of its own."""
    if bibtex.sniff(text):
        return _DOCUMENT.search(text) is None
    return all(not line.strip() or line.lstrip().startswith("%") for line in text.split("\n"))


def _gap(existing: bytes) -> str:
    """What stands between the old and the new: one empty line."""
    if not existing.strip():
        return ""
    tail = existing.replace(b"\r", b"")[-2:]
    return "" if tail == b"\n\n" else "\n" if tail.endswith(b"\n") else "\n\n"


def _marks(paper: Paper) -> Iterator[str]:
    """Everything by which a record of the same paper is known."""
    if paper.doi:
        yield f"doi:{paper.doi.lower()}"
    if paper.arxiv:
        yield f"arxiv:{re.sub(r'v[0-9]+$', '', paper.arxiv.lower())}"
    if paper.anthology:
        yield f"anthology:{paper.anthology.lower()}"
    readable = to_terminal(paper.title)
    title = letters(readable).casefold() or readable
    if key := paper.cited_as or paper.key:
        yield f"key:{key.lower()}:{title}"
    first = letters(split_name(to_terminal(paper.credited[0])).family) if paper.credited else ""
    year = "" if len(title) >= _TELLING_TITLE else paper.date.year
    yield f"title:{title}:{first}:{year}"
