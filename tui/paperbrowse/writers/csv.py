"""CSV with one row a paper and a header; lists are joined by "; ".

A spreadsheet runs a cell that begins like a formula, and a title is a stranger's text: such a cell gets an
apostrophe in front, which spreadsheets take for "text follows".
"""

import csv
import io
from collections.abc import Sequence
from typing import Any

from paperbrowse.text.clean import clean
from paperbrowse.writers.common import Entry, ExportOptions, Report
from paperbrowse.writers.json import FIELDS, paper_json

_FORMULA = ("=", "+", "-", "@", "|")


def render(entries: Sequence[Entry], options: ExportOptions) -> Report:
    """The columns are the names of the JSON object, or those asked for."""
    columns = [name for name in FIELDS if options.wants(name)]
    stream = io.StringIO()
    rows = csv.writer(stream, lineterminator="\n")
    rows.writerow(columns)
    for entry in entries:
        record = paper_json(entry.paper, entry.bookmark)
        rows.writerow([_cell(record[name]) for name in columns])
    return Report(text=stream.getvalue(), entries=len(entries))


def _cell(value: Any) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case int() | float():
            return str(value)
        case list():
            text = "; ".join(map(str, value))
        case dict():
            text = f"{value['path']}:{value['line']}" if value["path"] else ""
        case _:
            text = str(value)
    text = clean(text)
    return f"'{text}" if text.startswith(_FORMULA) else text
