"""How surely spellings of one name are suggested, and pages of two people told, on the ACL Anthology.

    .venv/bin/python -m tests.bench.people /path/to/data/xml [--sample 100]

The Anthology's XML says of some names who bears them: by an ORCID, or by an id of its own where a name is
shared or varies. Of suggested pairs with both names known so, it is counted how many are one person's; a
sample of the others is printed, to be judged by eye. Pages are judged on authors known so and on authors of
uncommon names, each taken alone, and on two of them taken for one; also on names that several people are
known to share.
"""

import argparse
import random
import resource
import time
import xml.etree.ElementTree as ElementTree
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

from paperbrowse.holdings import ReadHoldings
from paperbrowse.library import Library
from paperbrowse.model import Paper, PartialDate
from paperbrowse.people.mixed import groups
from paperbrowse.people.names import Form
from paperbrowse.readers.people import spoken
from paperbrowse.text.clean import clean

_ENOUGH = 6
"""Papers of an author whose page is judged."""
_UNCOMMON = 20
"""Names of one family up to which a name is taken for one person's."""

Case = tuple[Collection[str], Sequence[int]]
"""The names of an owner, and the rows of the page."""


@dataclass(slots=True)
class Known:
    """Who bears a name, by ORCID and by the Anthology's id."""

    orcids: set[str]
    ids: set[str]

    def same(self, other: "Known") -> bool | None:
        """Whether two names are one person's; None where it is not known."""
        for one, two in ((self.orcids, other.orcids), (self.ids, other.ids)):
            if one and two:
                return bool(one & two)
        return None


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("--sample", type=int, default=0)
    options = parser.parse_args()
    papers: list[Paper] = []
    known: dict[str, Known] = defaultdict(lambda: Known(set(), set()))
    bearers: dict[tuple[str, str], list[int]] = defaultdict(list)
    for file in sorted(options.folder.rglob("*.xml")):
        _read(file, papers, known, bearers)
    library = Library(ReadHoldings(papers))
    _spellings(library, known, options.sample)
    _pages(library, bearers)
    print(f"peak {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB")


def _read(
    file: Path,
    papers: list[Paper],
    known: dict[str, Known],
    bearers: dict[tuple[str, str], list[int]],
) -> None:
    for volume in ElementTree.parse(file).getroot().iter("volume"):
        year = _text(volume.find("meta/year"))
        for paper in volume.findall("paper"):
            names = []
            for author in paper.findall("author"):
                name = spoken(_text(author.find("first")), _text(author.find("last")))
                if not name:
                    continue
                names.append(name)
                orcid, id_ = author.get("orcid"), author.get("id")
                known[name].orcids.update(filter(None, [orcid]))
                known[name].ids.update(filter(None, [id_]))
                if bearer := id_ or orcid:
                    bearers[name, bearer].append(len(papers))
            date = PartialDate(int(year)) if year.isdecimal() else PartialDate()
            title = _text(paper.find("title"))
            papers.append(Paper(key=str(len(papers)), title=title, authors=tuple(names), date=date))


def _text(element: ElementTree.Element | None) -> str:
    return clean("".join(element.itertext())) if element is not None else ""


def _spellings(library: Library, known: dict[str, Known], sample: int) -> None:
    names = len(library.names)
    started = time.process_time()
    found = library.suggested_people()
    print(f"{names} names, {len(found)} pairs suggested in {time.process_time() - started:.1f} s of CPU")
    judged = [(one, known[one.names[0]].same(known[one.names[1]])) for one in found]
    for kind in dict.fromkeys(one.kind for one in found):
        verdicts = Counter(same for one, same in judged if one.kind == kind)
        print(f"  {kind}: {verdicts[True]} right, {verdicts[False]} wrong, {verdicts[None]} not known")
    unknown = [one for one, same in judged if same is None]
    for one in random.Random(2026).sample(unknown, min(sample, len(unknown))):
        print(f"    {' =? '.join(one.names)}   {one.papers}, {one.told}, {', '.join(one.shared[:2])}")


def _pages(library: Library, bearers: dict[tuple[str, str], list[int]]) -> None:
    draw = random.Random(1)
    families = Counter(Form(author.name).family for author in library.names)
    uncommon = [
        author
        for author in library.names
        if len(author.rows) >= _ENOUGH and families[Form(author.name).family] <= _UNCOMMON
    ]
    pairs = [draw.sample(uncommon, 2) for _ in range(500)]
    shared: dict[str, list[list[int]]] = defaultdict(list)
    for (name, _), rows in bearers.items():
        if len(rows) >= 3:
            shared[name].append(rows)
    cases: dict[str, list[Case]] = {
        "one person, by the name": [([one.name], one.rows) for one in draw.sample(uncommon, 1500)],
        "one person, by id": [([n], rows) for (n, _), rows in bearers.items() if len(rows) >= _ENOUGH],
        "two people, drawn": [
            ({one.name, other.name}, sorted({*one.rows, *other.rows}))
            for one, other in pairs
            if not {*one.rows} & {*other.rows}
        ],
        "two people of one name": [
            ([name], sorted({*one, *other}))
            for name, bearers_ in shared.items()
            for one, other in combinations(bearers_, 2)
        ],
    }
    for what, these in cases.items():
        alone, among = (_told(library, these, elsewhere=elsewhere) for elsewhere in (False, True))
        print(f"{what}: {len(these)} pages, told {alone:.1%} by themselves, {among:.1%} among all papers")


def _told(library: Library, cases: Iterable[Case], *, elsewhere: bool) -> float:
    def rows_of(name: str) -> Sequence[int]:
        author = library.author(name) if elsewhere else None
        return author.rows if author else ()

    told = [bool(groups(rows, library.papers.__getitem__, own, rows_of)) for own, rows in cases]
    return sum(told) / len(told)


if __name__ == "__main__":
    main()
