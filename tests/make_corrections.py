"""Writes `seeds/corrections.toml` from what was found out about the bundled pages' papers (`tests/facts`).

.venv/bin/python -m tests.make_corrections
"""

import json
from pathlib import Path
from typing import Any

import tomli_w

from paperbrowse.identity import identity
from paperbrowse.model import Paper, PartialDate
from paperbrowse.readers.bibtex_entry import page_range
from paperbrowse.readers.people import spoken
from paperbrowse.readers.published import month_of

HERE = Path(__file__).parent
TARGET = HERE.parent / "seeds" / "corrections.toml"
_HEAD = """\
# What the bundled pages do not say of their papers, or say of a preprint: the publications, as the ACL
# Anthology (CC BY 4.0) has them. Made by tests/make_corrections.py. A table's name is a record's identity.

"""


def corrections() -> str:
    """The file's text."""
    records = json.loads((HERE / "facts" / "seed-records.json").read_text("utf-8"))
    tables = {}
    for publication in json.loads((HERE / "facts" / "published.json").read_text("utf-8")):
        record = records[publication["seed"]]["papers"][publication["record"] - 1]
        tables[_identity(record)] = _table(publication)
    return _HEAD + tomli_w.dumps(tables)


def _identity(record: dict[str, Any]) -> str:
    """The identity that the page's record has, also where its abstract is missing from the page here."""
    if record["title"] is None:
        return "abstract:" + str(record["abstract_sha256"])[:24]
    date = PartialDate(record["year"])
    return identity(Paper(title=record["title"], authors=tuple(record["authors"]), date=date))


def _table(publication: dict[str, Any]) -> dict[str, object]:
    values: dict[str, object] = {
        "source": f"ACL Anthology {publication['anthology_id']}",
        "title": publication["title"],
        "authors": [spoken(author["first"] or "", author["last"]) for author in publication["authors"]],
        "year": publication["year"],
        "month": month_of(publication["month"] or ""),
        "venue": publication["booktitle"],
        "entry_type": "inproceedings",
        "pages": page_range(publication["pages"] or ""),
        "publisher": publication.get("publisher"),
        "address": publication["address"],
        "doi": publication["doi"],
        "anthology": publication["anthology_id"],
    }
    return {name: value for name, value in values.items() if value is not None}


if __name__ == "__main__":
    TARGET.write_text(corrections(), "utf-8")
