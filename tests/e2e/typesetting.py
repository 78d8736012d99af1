"""Real programs that judge a bibliography: classic BibTeX and pdfTeX, biber, pandoc."""

import json
import re
import shutil
import subprocess
import unicodedata
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from paperbrowse.model import Paper
from paperbrowse.text.latex import to_terminal
from paperbrowse.writers.common import MONTHS

CLASSIC_STYLES = ("plain", "abbrv", "alpha", "unsrt", "plainnat", "apalike", "ieeetr")

# A style that prints every field, so that a field that TeX cannot set has no place to hide.
_FIELDS = (
    "title author booktitle journal school institution howpublished volume number pages year month publisher "
    "address doi keywords abstract annote series edition chapter organization eventtitle type pagetotal isbn "
    "issn language shorttitle urldate note editor"
)
_LABELLED = "\n".join(
    f'  "{name.upper()}: " {name} {"address.line" if name == "doi" else "field.line"}'
    for name in _FIELDS.split()
    if name not in ("author", "editor")
)
_TYPES = "\n".join(
    f"FUNCTION {{{kind}}} {{ entry }}"
    for kind in (
        "misc", "inproceedings", "incollection", "inbook", "article", "book", "phdthesis", "mastersthesis",
        "techreport", "proceedings", "manual", "booklet", "unpublished",
    )
)  # fmt: skip
_MONTHS = "\n".join(f'MACRO {{{name}}} {{"{name}"}}' for name in MONTHS)
EVERY_FIELD_STYLE = f"""
ENTRY {{ {_FIELDS} archiveprefix eprint key primaryclass url }} {{}} {{}}
FUNCTION {{field.line}} {{ duplicate$ empty$ {{ pop$ pop$ }} {{ * "\\par" * write$ newline$ }} if$ }}
FUNCTION {{address.line}}
{{ duplicate$ empty$ {{ pop$ pop$ }} {{ "\\url{{" swap$ * "}}" * * "\\par" * write$ newline$ }} if$ }}
FUNCTION {{entry}}
{{ "\\item[] ENTRY: " cite$ * "\\par" * write$ newline$
{_LABELLED}
}}
{_TYPES}
{_MONTHS}
READ
FUNCTION {{begin}} {{ "\\begin{{description}}" write$ newline$ }}
EXECUTE {{begin}}
ITERATE {{call.type$}}
FUNCTION {{end}} {{ "\\end{{description}}" write$ newline$ }}
EXECUTE {{end}}
"""


@dataclass(frozen=True)
class Verdict:
    """What came of a bibliography: complaints of BibTeX and of TeX, and what was made."""

    complaints: list[str]
    bbl: str
    files_touched: set[str]
    folder: Path

    @property
    def entries(self) -> int:
        return len(re.findall(r"\\bibitem|\\item\[\] ENTRY", self.bbl))


def needed(*programs: str) -> None:
    """Skip the test, and say why, where a program is not installed."""
    missing = [program for program in programs if not shutil.which(program)]
    if missing:
        pytest.skip(f"not installed: {', '.join(missing)}")


def run(command: list[str], folder: Path) -> tuple[int, str]:
    done = subprocess.run(
        command, cwd=folder, stdin=subprocess.DEVNULL, capture_output=True, timeout=240, check=False
    )
    return done.returncode, (done.stdout + done.stderr).decode("utf-8", "replace")


def typeset(bibtex: str, style: str, folder: Path) -> Verdict:
    """`bibtex` through BibTeX with `style` ("every" prints each field), and through pdfTeX."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "refs.bib").write_text(bibtex, encoding="utf-8")
    (folder / "every.bst").write_text(EVERY_FIELD_STYLE, encoding="ascii")
    packages = r"\usepackage[T1]{fontenc}\usepackage{textcomp}\usepackage{url}"
    packages += r"\usepackage{natbib}" if style == "plainnat" else ""
    # What BibTeX reads, so that TeX need not run before it as well.
    (folder / "paper.aux").write_text(
        f"\\relax\n\\citation{{*}}\n\\bibstyle{{{style}}}\n\\bibdata{{refs}}\n", encoding="ascii"
    )
    _, said = run(["bibtex", "paper"], folder)
    complaints = [line for line in said.splitlines() if re.search(r"(?i)warning|error|---line", line)]
    (folder / "paper.tex").write_text(
        f"\\documentclass{{article}}{packages}\\pagestyle{{empty}}\\begin{{document}}"
        f"\\input{{paper.bbl}}\\end{{document}}",
        encoding="ascii",
    )
    code, said = run(
        ["pdflatex", "-interaction=nonstopmode", "-no-shell-escape", "-recorder", "paper"], folder
    )
    complaints += [line for line in said.splitlines() if line.startswith("!")]
    if code and not complaints:
        complaints.append(said[-300:])
    # Not UTF-8 would be a complaint as well: classic BibTeX cuts letters that are not ASCII.
    bbl = (folder / "paper.bbl").read_text(encoding="utf-8")
    touched = {
        name
        for line in (folder / "paper.fls").read_text(encoding="utf-8", errors="replace").splitlines()
        if (name := line.partition(" ")[2]) and not re.search(r"texmf|texlive|/etc/tex|/\.cache/|fonts", name)
    }
    return Verdict(complaints, bbl, touched, folder)


def pdf_entries(folder: Path) -> dict[str, dict[str, str]]:
    """What stands in the PDF of the style "every": per entry the words of each field."""
    _, text = run(["pdftotext", "-raw", "-nopgbrk", "paper.pdf", "-"], folder)
    entries = {}
    for chunk in re.split(r"(?:^|\n)ENTRY: ", text)[1:]:
        parts = re.split(r"\n([A-Z]+): ", chunk)
        entries[squeeze(parts[0])] = dict(zip(parts[1::2], parts[2::2], strict=True))
    return entries


def biber_complaints(biblatex: str, folder: Path) -> list[str]:
    """What biber says to a `.bib` file held against its data model."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "refs.bib").write_text(biblatex, encoding="utf-8")
    code, said = run(["biber", "--tool", "--validate-datamodel", "refs.bib"], folder)
    complaints = [line for line in said.splitlines() if re.match(r"WARN|ERROR", line)]
    return complaints or ([said[-300:]] if code else [])


def pandoc_records(text: str, dialect: str, folder: Path) -> list[dict[str, Any]]:
    """The records that pandoc reads out of a `.bib` file, as CSL-JSON."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "refs.bib").write_text(text, encoding="utf-8")
    code, said = run(["pandoc", "-f", dialect, "-t", "csljson", "refs.bib", "-o", "refs.json"], folder)
    assert code == 0, said
    records = json.loads((folder / "refs.json").read_text(encoding="utf-8"))
    assert isinstance(records, list)
    return records


def pandoc_plain(text: str) -> str:
    """A title that pandoc wrote for CSL, without its few HTML tags."""
    return re.sub(r"</?(?:span|i|b|sup|sub|em|strong)[^>]*>", "", text)


def legible(paper: Paper) -> bool:
    """Whether the text of a PDF can tell: accented letters of these fonts have no Unicode there, and of a
    formula's parts some are signs and some letters."""
    return len(paper.title) < 200 and not any(
        char.isalpha() and not char.isascii() for char in unicodedata.normalize("NFD", paper.title)
    )


def squeeze(text: str) -> str:
    """The letters and digits of `text` that survive print: hyphens of line ends and ligatures, which
    have no letters of their own in these fonts, cannot be told from the text of a PDF."""
    text = unicodedata.normalize("NFKD", to_terminal(text)).lower()
    text = re.sub(r"ffi|ffl|ff|fi|fl", "", re.sub(r"-\n", "", text))
    return "".join(char for char in text if char.isascii() and char.isalnum())
