"""Papers on their way out: one module per format, chosen by name here.

report = write(papers, "bibtex", ExportOptions(abstract=True))
print(report.text, end="")
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import cast

from paperbrowse.model import Bookmark, Paper
from paperbrowse.writers.common import Entry, ExportOptions, Report, entries_of

__all__ = ["FORMATS", "ExportOptions", "Format", "Report", "write"]

Renderer = Callable[[Sequence[Entry], ExportOptions], Report]


@dataclass(frozen=True, slots=True)
class Format:
    """What papers can be written as."""

    name: str
    title: str
    suffix: str
    module: str
    function: str

    def render(self, entries: Sequence[Entry], options: ExportOptions) -> Report:
        """Write `entries`; the format's module is imported only now."""
        module = import_module(f"paperbrowse.writers.{self.module}")
        return cast(Renderer, getattr(module, self.function))(entries, options)


FORMATS: Mapping[str, Format] = {
    form.name: form
    for form in (
        Format("bibtex", "BibTeX, ASCII, for classic styles", ".bib", "bibtex", "render_bibtex"),
        Format("biblatex", "biblatex, UTF-8, for biber", ".bib", "bibtex", "render_biblatex"),
        Format("ris", "RIS, for EndNote, Zotero, Mendeley", ".ris", "ris", "render"),
        Format("csljson", "CSL-JSON, for citation processors", ".json", "csljson", "render"),
        Format("markdown", "Markdown, formatted references", ".md", "references", "render_markdown"),
        Format("text", "plain text, formatted references", ".txt", "references", "render_text"),
        Format("html", "HTML, formatted references", ".html", "references", "render_html"),
        Format("json", "JSON, one array", ".json", "json", "render_json"),
        Format("jsonl", "JSON, one object a line", ".jsonl", "json", "render_jsonl"),
        Format("csv", "CSV, for spreadsheets", ".csv", "csv", "render"),
    )
}


def write(
    papers: Iterable[Paper | Bookmark], form: str = "bibtex", options: ExportOptions | None = None
) -> Report:
    """`papers` in the format of that name, in their order; `Report.text` is the outcome.

    A bookmark brings its tags and its note. Keys are kept where they are unique and given where a paper
    has none. The same papers and options give the same text, byte for byte.
    """
    return FORMATS[form].render(entries_of(papers), options or ExportOptions())
