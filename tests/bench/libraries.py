"""Libraries to measure on: the ACL Anthology's XML when it is there, made-up papers otherwise, any size."""

import random
import xml.etree.ElementTree as ET
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from sys import intern

from paperbrowse.model import Paper, PartialDate
from paperbrowse.search.sources import short_venue

_TOPICS = [
    "parsing",
    "translation",
    "summarization",
    "dialogue",
    "generation",
    "retrieval",
    "tagging",
    "alignment",
    "reasoning",
]
_SYLLABLES = [
    "ba",
    "co",
    "di",
    "fu",
    "ge",
    "ha",
    "ji",
    "ko",
    "la",
    "mo",
    "ne",
    "pa",
    "qua",
    "ri",
    "so",
    "tu",
    "ve",
    "wi",
    "xen",
    "yo",
    "zu",
    "gra",
    "sti",
    "pho",
    "ner",
    "tal",
    "lin",
    "mer",
]


def load(path: Path | None, size: int | None = None, *, seed: int = 1) -> list[Paper]:
    """The papers under `path` (a folder of Anthology XML), or made-up ones; cut or multiplied to `size`."""
    papers = list(_anthology(path)) if path is not None else made_up(size or 10_000, seed)
    if size is None or size == len(papers):
        return papers
    if size < len(papers):
        return random.Random(seed).sample(papers, size)
    return multiplied(papers, size, seed)


def line(paper: Paper) -> str:
    """What a list shows of a paper: the line that is given to a line-oriented finder."""
    venue = " ".join(short_venues(paper)) or paper.venue or ""
    return " ".join((paper.title, ", ".join(paper.authors), venue, str(paper.date.year or ""))).replace(
        "\n", " "
    )


def short_venues(paper: Paper) -> list[str]:
    """The short names of a paper's venue: those its source gives, else those in its Anthology id."""
    return list(paper.venue_names) or short_venue(paper.anthology or "").split()


def _volumes(path: Path) -> Iterator[tuple[str, ET.Element]]:
    for file in sorted(path.glob("*.xml")):
        root = ET.parse(file).getroot()
        for volume in root.findall("volume"):
            yield root.get("id", ""), volume


def _id(collection: str, volume: ET.Element, node: ET.Element) -> str:
    """The paper's Anthology id, of the old style (P19-1001) or the new (2023.acl-long.911)."""
    if collection[:1].isdigit():
        return f"{collection}-{volume.get('id')}.{node.get('id')}"
    wide = collection[0] == "W" or collection in ("C69", "D19")
    number, paper = int(volume.get("id", "0")), int(node.get("id", "0"))
    return f"{collection}-{number:02d}{paper:02d}" if wide else f"{collection}-{number}{paper:03d}"


def _anthology(path: Path) -> Iterator[Paper]:
    for collection, volume in _volumes(path):
        venue = _text(volume.find("meta/booktitle"))
        names = tuple(intern(node.text or "") for node in volume.findall("meta/venue"))
        year = volume.findtext("meta/year") or ""
        for node in volume.findall("paper"):
            title = _text(node.find("title"))
            if not title:
                continue
            yield Paper(
                key=node.findtext("bibkey") or "",
                title=title,
                authors=tuple(_name(author) for author in node.findall("author")),
                date=PartialDate(int(year)) if year.isdigit() else PartialDate(),
                venue=venue or None,
                venue_names=names,
                abstract=_text(node.find("abstract")),
                anthology=_id(collection, volume, node),
            )


def _name(author: ET.Element) -> str:
    return " ".join(filter(None, (_text(author.find("first")), _text(author.find("last")))))


def _text(node: ET.Element | None) -> str:
    if node is None:
        return ""
    for math in node.iter("tex-math"):
        math.text = f"${math.text or ''}$"
    return " ".join("".join(node.itertext()).split())


def made_up(size: int, seed: int = 1) -> list[Paper]:
    """`size` papers of invented words, whose frequencies fall off as those of real words do."""
    rng = random.Random(seed)
    vocabulary = ["".join(rng.choices(_SYLLABLES, k=rng.randint(1, 4))) for _ in range(2000 + size // 2)]
    weights = [1 / (rank + 3) for rank in range(len(vocabulary))]
    total, cumulative = 0.0, []
    for weight in weights:
        total += weight
        cumulative.append(total)

    def words(count: int) -> list[str]:
        return rng.choices(vocabulary, cum_weights=cumulative, k=count)

    names = [" ".join(words(2)).title() for _ in range(100 + size)]
    return [
        Paper(
            key=f"made{number}",
            title=" ".join((*words(rng.randint(3, 11)), rng.choice(_TOPICS))).capitalize(),
            authors=tuple(rng.choices(names, k=rng.randint(1, 6))),
            date=PartialDate(rng.randint(1980, 2026)),
            venue=f"Proceedings of the {rng.randint(1, 60)}th Conference on {rng.choice(_TOPICS).title()}",
            abstract=" ".join(words(rng.randint(60, 180))).capitalize() + ".",
        )
        for number in range(size)
    ]


def multiplied(papers: Sequence[Paper], size: int, seed: int = 1) -> list[Paper]:
    """`papers` and as many variations of them as `size` asks for: a word of the title replaced by one of
    another's, authors of another paper, a year nearby; abstracts stay (and share their memory)."""
    rng = random.Random(seed)
    grown = list(papers)
    while len(grown) < size:
        paper, other = rng.choice(papers), rng.choice(papers)
        words, others = paper.title.split(), other.title.split()
        for _ in range(1 + len(words) // 4):
            words[rng.randrange(len(words))] = rng.choice(others)
        grown.append(
            replace(
                paper,
                key=f"{paper.key}-{len(grown)}",
                title=" ".join(words),
                authors=tuple(rng.sample([*paper.authors, *other.authors], k=max(1, len(paper.authors))))
                if paper.authors and other.authors
                else paper.authors,
                date=PartialDate((paper.date.year or 2000) + rng.choice((-1, 0, 0, 1))),
            )
        )
    return grown
