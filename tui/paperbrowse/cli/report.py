"""What `check` says of the files that were read."""

import os
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from operator import attrgetter
from pathlib import Path

from paperbrowse.describe import counted
from paperbrowse.model import Page, Paper, Problem, Reading

_MOST_ALIKE = 3
"""Notes that say the same before they are put into one line."""


def reading_report(reading: Reading) -> str:
    """Per file: its format, whose page it is and how that is known, and what was inferred of its papers."""
    papers_of: dict[str, list[Paper]] = {page.path: [] for page in reading.pages}
    for paper in reading.papers:
        papers_of.setdefault(paper.source.path, []).append(paper)
    pages = {page.path: page for page in reading.pages}
    mixed = _mixed_pages(reading)
    blocks = []
    for path, papers in papers_of.items():
        blocks += [_file_report(path, pages.get(path), papers), *mixed.get(path, ())]
    count = len(reading.papers)
    lost = sum(problem.lost for problem in reading.problems)
    blocks.append(
        f"{counted(count, 'paper')} in {counted(len(papers_of), 'file')}, "
        f"{counted(lost, 'problem')}, {counted(len(reading.problems) - lost, 'note')}"
    )
    return "\n".join(blocks)


def _file_report(path: str, page: Page | None, papers: list[Paper]) -> str:
    form = page.format if page else papers[0].source.format
    lines = [short_path(path), f"  format     {form}", f"  papers     {len(papers)}"]
    if page and page.owner:
        how = "stated in the header" if page.owner_from == "stated" else "inferred: the name in most bylines"
        lines.append(f"  page of    {page.owner} ({how})")
    inferred = [
        (sum(paper.year_from == "inferred" for paper in papers), "year", "inferred" + _current_year(page)),
        (sum(paper.title_from == "derived" for paper in papers), "title", "supplied from the abstract"),
        (
            sum(paper.title_from == "inferred" for paper in papers),
            "title",
            "cut out of a line shared with the byline",
        ),
        (sum(not paper.all_credited for paper in papers), "byline", "known to be incomplete"),
        (sum(not paper.abstract for paper in papers), "paper", "without an abstract"),
    ]
    lines += [_count_line(count, noun, what) for count, noun, what in inferred if count]
    categories = Counter(paper.category for paper in papers if paper.category)
    if categories:
        shown = ", ".join(f"{name} {number}" for name, number in categories.most_common())
        lines.append(f"  categories {shown}")
    return "\n".join(lines)


def _count_line(count: int, noun: str, what: str) -> str:
    """How many of a file's records there is something to know of, the numbers under each other."""
    number, _, noun = counted(count, noun).rpartition(" ")
    return f"  {number:>4}  {noun} {what}"


def _current_year(page: Page | None) -> str:
    return f" as {page.current_year}" if page and page.current_year else ""


def _mixed_pages(reading: Reading) -> dict[str, list[str]]:
    """For each page that seems to be of two people what to say of it."""
    from paperbrowse.people.mixed import groups

    owners = {page.path: page.owner for page in reading.pages if page.owner}
    if not owners:
        return {}
    on_page: dict[str, list[int]] = {path: [] for path in owners}
    by_name: dict[str, list[int]] = {}
    for row, paper in enumerate(reading.papers):
        if paper.source.path in on_page:
            on_page[paper.source.path].append(row)
        for name in paper.credited:
            by_name.setdefault(name, []).append(row)

    def rows_of(name: str) -> Sequence[int]:
        return by_name.get(name, ())

    found = {}
    for path, rows in on_page.items():
        circles = groups(rows, reading.papers.__getitem__, {owners[path]}, rows_of)
        if circles:
            lines = ["  perhaps of two people of one name: these co-authors never meet"]
            found[path] = lines + [f"    {group.told}" for group in circles]
    return found


def problem_lines(problems: Iterable[Problem]) -> Iterator[str]:
    """`problems` by file: its path, then a line each; what was lost before what is only worth knowing."""
    by_file: dict[str, list[Problem]] = {}
    for problem in sorted(problems, key=lambda problem: not problem.lost):
        by_file.setdefault(problem.path, []).append(problem)
    for path, of_file in by_file.items():
        yield f"\n{short_path(path)}"
        yield from map(_problem_line, filter(attrgetter("lost"), of_file))
        yield from _notes(problem for problem in of_file if not problem.lost)


def _problem_line(problem: Problem) -> str:
    place = f"{problem.line}: " if problem.line else ""
    excerpt = f" ({problem.excerpt!r})" if problem.excerpt else ""
    return f"  {'' if problem.lost else 'note: '}{place}{problem.what}{excerpt}"


def _notes(notes: Iterable[Problem]) -> Iterator[str]:
    """The notes, those that say the same of many records in one line."""
    by_text: dict[str, list[Problem]] = {}
    for note in notes:
        by_text.setdefault(note.what, []).append(note)
    for what, alike in by_text.items():
        if len(alike) <= _MOST_ALIKE:
            yield from map(_problem_line, alike)
        else:
            places = ", ".join(str(note.line) for note in alike[:_MOST_ALIKE])
            yield f"  note: {what}: {counted(len(alike), 'record')}, in lines {places} and so on"


def short_path(path: str) -> str:
    """`path` as seen from the working folder or from the home folder, where it is below one of them."""
    if not os.path.isabs(path):  # noqa: PTH117
        return path
    for place, start in ((Path.cwd, ""), (Path.home, "~/")):
        with suppress(OSError, RuntimeError):  # the folder is gone, or nobody's home is known
            folder = place()
            if folder != folder.parent and Path(path).is_relative_to(folder):
                return f"{start}{Path(path).relative_to(folder)}"
    return path
