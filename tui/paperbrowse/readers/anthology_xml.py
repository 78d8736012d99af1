"""The ACL Anthology's own XML: a collection, one file of `data/xml` in a checkout of acl-org/acl-anthology.

Its own library, acl-anthology 1.3.4, was tried: it opens only a whole checkout, schema and YAML included;
here any of its files is read alone.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from sys import intern

from paperbrowse.model import UNDATED, Paper, PartialDate, Problem, Reading, Source
from paperbrowse.readers.bibtex_entry import linked, page_range
from paperbrowse.readers.document import Document
from paperbrowse.readers.ids import doi_of
from paperbrowse.readers.people import complete, spoken
from paperbrowse.readers.published import month_of, valid
from paperbrowse.readers.supplied import heading
from paperbrowse.readers.xml_stream import Node, Stream
from paperbrowse.text.clean import clean

NAME = "ACL Anthology"

_JOURNAL_ISSUE = re.compile(r"[,.]? Formerly .*$|,? (?:Volume|Number|Issue|Vol\.|No\.) ?\d.*$|,? \d+[:(].*$")
_SITE = "https://aclanthology.org/"
_CODE = frozenset({"software", "code", "source_code"})


def sniff(head: str) -> bool:
    """Whether the text is XML of a collection with volumes."""
    return "<collection" in head and ("<volume" in head or "<paper" in head or "<event" in head)


def read(document: Document) -> Reading:
    """Every paper; the front matter of a volume is none."""
    reading = Reading()
    _Collection(document.path, reading).run(document.raw)
    reading.problems.sort(key=lambda problem: problem.line)
    return reading


@dataclass(frozen=True, slots=True)
class _Volume:
    """What the papers of a volume share."""

    collection: str = ""
    number: str = ""
    date: PartialDate = UNDATED
    booktitle: str | None = None
    names: tuple[str, ...] = ()
    editors: tuple[str, ...] = ()
    journal: str | None = None
    journal_volume: str | None = None
    issue: str | None = None
    publisher: str | None = None
    address: str | None = None


class _Collection(Stream):
    whole = frozenset({"meta", "paper", "frontmatter", "event", "editor"})
    again = b"<paper "

    def __init__(self, path: str, reading: Reading) -> None:
        super().__init__(path, reading.problems)
        self._papers = reading.papers
        self._volume = _Volume()

    def ended(self, node: Node) -> None:
        if node.name == "meta" and self.open_names[-1:] == ["volume"]:
            self._volume = _volume(node, self.open_attributes)
        elif node.name == "paper":
            paper = self._paper(node)
            if paper is not None:
                self._papers.append(paper)

    def _paper(self, node: Node) -> Paper | None:
        volume = self._volume
        authors: list[str] = []
        places: dict[str, None] = {}
        has_code = False
        parts: dict[str, Node] = {}
        for child in node.children:
            if isinstance(child, str):
                continue
            if child.name == "author":
                authors.append(_name(child, places))
            elif child.name == "attachment":
                has_code = has_code or child.attributes.get("type", "").lower() in _CODE
            else:
                parts[child.name] = child
        id_ = anthology_id(volume.collection, volume.number, node.attributes.get("id", ""))
        abstract = _marked(parts.get("abstract"))
        found = heading(_marked(parts.get("title")), abstract)
        if found is None:
            self.problems.append(Problem(self.path, node.line, "the paper has no title", id_))
            return None
        for name in ("retracted", "removed"):
            if name in parts:
                what = f"{name} {parts[name].attributes.get('date', '')}: {clean(parts[name].text())}"
                self.problems.append(Problem(self.path, node.line, what.rstrip(" :"), id_, lost=False))
        names, is_complete = complete([name for name in authors if name])
        return Paper(
            title=found[0],
            title_from=found[1],
            authors=names,
            authors_complete=is_complete,
            editors=volume.editors,
            date=volume.date,
            venue=_interned(_text(parts, "journal")) or volume.journal or volume.booktitle,
            venue_names=volume.names,
            entry_type="article" if volume.journal else "inproceedings",
            pages=page_range(clean(_text(parts, "pages"))),
            volume=volume.journal_volume,
            number=_text(parts, "issue") or volume.issue,
            publisher=volume.publisher,
            address=volume.address,
            abstract=abstract,
            urls=(f"{_SITE}{id_}/", *linked(abstract)),
            doi=doi_of(_text(parts, "doi")),
            anthology=id_,
            has_code=has_code or "pwccode" in parts,
            affiliations=tuple(places),
            source=Source(self.path, node.line, NAME),
            cited_as=_text(parts, "bibkey") or None,
        )


def _volume(meta: Node, around: Sequence[Mapping[str, str]]) -> _Volume:
    """What the volume says of itself; `around` has the attributes of the collection and of the volume.

    The journal's title is stated or, as the Anthology itself does, the volume's title without its number.
    """
    year = meta.text_of("year")
    booktitle = _marked(meta.find("booktitle"))
    is_journal = around[-1].get("type") == "journal"
    journal = meta.text_of("journal-title") or _JOURNAL_ISSUE.sub("", booktitle) if is_journal else ""
    return _Volume(
        collection=around[0].get("id", ""),
        number=around[-1].get("id", ""),
        date=valid(int(year) if year.isdecimal() else None, month_of(meta.text_of("month"))),
        booktitle=_interned(booktitle),
        names=tuple(intern(name) for node in meta.all("venue") if (name := clean(node.text()))),
        editors=tuple(name for node in meta.all("editor") if (name := _name(node, {}))),
        journal=_interned(journal),
        journal_volume=meta.text_of("journal-volume") or None,
        issue=meta.text_of("journal-issue") or None,
        publisher=_interned(meta.text_of("publisher")),
        address=_interned(meta.text_of("address")),
    )


def _text(parts: Mapping[str, Node], name: str) -> str:
    node = parts.get(name)
    return node.text() if node is not None else ""


def anthology_id(collection: str, volume: str, paper: str) -> str:
    """The id as it is printed: "2023.acl-long.911", before 2020 "P19-1001" (two digits of volume for
    workshops), as acl-org/acl-anthology documents."""
    if not collection or collection[0].isdigit():
        return f"{collection}-{volume}.{paper}"
    wide = collection[0] == "W" or collection == "C69" or (collection == "D19" and volume >= "5")
    return f"{collection}-{volume:0>2}{paper:0>2}" if wide else f"{collection}-{volume}{paper:0>3}"


@lru_cache(maxsize=4096)
def _interned(text: str) -> str | None:
    return intern(clean(text)) if text else None


def _name(author: Node, places: dict[str, None]) -> str:
    """The author's name; the affiliations go to `places`."""
    first = last = ""
    for child in author.children:
        if isinstance(child, str):
            continue
        if child.name == "first":
            first = clean(child.text())
        elif child.name == "last":
            last = clean(child.text())
        elif child.name == "affiliation" and (place := clean(child.text())):
            places[intern(place)] = None
    return spoken(first, last)


def _marked(node: Node | None) -> str:
    """An element's text on one clean line: math as `$…$`, every other mark flattened."""
    if node is None:
        return ""
    if len(node.children) == 1 and isinstance(node.children[0], str):
        return clean(node.children[0])
    return clean("".join(_pieces(node)))


def _pieces(node: Node) -> list[str]:
    found: list[str] = []
    for child in node.children:
        if isinstance(child, str):
            found.append(child)
        elif child.name == "tex-math":
            found.append(f"${''.join(child.pieces())}$")
        else:
            found += _pieces(child)
    return found
