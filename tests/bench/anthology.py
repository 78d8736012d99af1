"""Papers from a folder of ACL Anthology XML, as the benchmarks need them."""

import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from paperbrowse.text.clean import clean


@dataclass(frozen=True, slots=True)
class Entry:
    """One paper: where it stands, and what an author page would show of it."""

    id: str
    title: str
    authors: tuple[str, ...]
    abstract: str


def read_folder(folder: Path) -> Iterator[Entry]:
    """Every paper of every `*.xml` below `folder` that has a title and authors, in a stable order."""
    for file in sorted(folder.rglob("*.xml")):
        for number, paper in enumerate(ElementTree.parse(file).getroot().iter("paper")):
            title, abstract = _text(paper.find("title")), _text(paper.find("abstract"))
            authors = tuple(name for author in paper.findall("author") if (name := _name(author)))
            if title and authors:
                yield Entry(f"{file.stem}.{number}", title, authors, abstract)


def _name(author: ElementTree.Element) -> str:
    return clean(" ".join(_text(author.find(part)) for part in ("first", "last")))


def _text(element: ElementTree.Element | None) -> str:
    return clean("".join(element.itertext())) if element is not None else ""
