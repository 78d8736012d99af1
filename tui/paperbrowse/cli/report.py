"""What `check` says of the files that were read."""

from collections import Counter
from collections.abc import Sequence

from paperbrowse.describe import counted
from paperbrowse.model import Page, Paper, Reading


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
    lines = [f"{path}", f"  format     {form}", f"  papers     {len(papers)}"]
    if page and page.owner:
        how = "stated in the header" if page.owner_from == "stated" else "inferred: the name in most bylines"
        lines.append(f"  page of    {page.owner} ({how})")
    inferred = [
        (sum(paper.year_from == "inferred" for paper in papers), "years inferred" + _current_year(page)),
        (sum(paper.title_from == "derived" for paper in papers), "titles supplied from abstracts"),
        (
            sum(paper.title_from == "inferred" for paper in papers),
            "titles cut out of a line shared with the byline",
        ),
        (sum(not paper.authors_complete for paper in papers), "bylines known to be incomplete"),
        (sum(not paper.abstract for paper in papers), "papers without an abstract"),
    ]
    lines += [f"  {count:>4}  {what}" for count, what in inferred if count]
    categories = Counter(paper.category for paper in papers if paper.category)
    if categories:
        shown = ", ".join(f"{name} {number}" for name, number in categories.most_common())
        lines.append(f"  categories {shown}")
    return "\n".join(lines)


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
        for name in paper.authors:
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
