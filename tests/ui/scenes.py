"""What the browser can look like: its panels, states and dialogs, and the keys that lead to each."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.ui.driving import SEEDS

WIDE, MEDIUM, USUAL, NARROW = (160, 45), (120, 40), (80, 24), (40, 12)
DARK, LIGHT, CONTRAST, ANSI = "paper-dark", "paper-light", "paper-contrast", "ansi-dark"
ALL = (DARK, LIGHT, ANSI)


@dataclass(frozen=True)
class Scene:
    """The keys that lead somewhere, and what one must see there."""

    steps: Sequence[str]
    """Text to type, and keys in angle brackets."""
    sees: Sequence[str]
    """What stands on the screen, however its lines are broken."""
    size: tuple[int, int]
    themes: Sequence[str] = (DARK,)
    library: Callable[[Path], Path] = lambda _folder: SEEDS
    """Makes the library below a folder, and says where it is."""


def _gone(folder: Path) -> Path:
    return folder / "gone"


def _half(folder: Path) -> Path:
    """A page that ends too early."""
    page = folder / "page.bib"
    page.write_text(
        "@article{a, title={The Half That Reads}, author={Lee, Ann}, year=2020}\n@article{b, title=\n"
    )
    return page


def _bare(folder: Path) -> Path:
    """A paper of which next to nothing is known."""
    page = folder / "page.json"
    lee = {"family": "Lee", "given": "Ann"}
    page.write_text(json.dumps([{"type": "article", "title": "No Abstract Here", "author": [lee]}]))
    return page


def _linked(folder: Path) -> Path:
    """A paper with three links."""
    page = folder / "page.bib"
    page.write_text(
        "@article{a, title={Linked Thrice}, author={Lee, Ann and Ray, Bob}, year=2020, doi={10.1000/182},\n"
        " url={https://example.org/linked/}, eprint={2001.00001}, archiveprefix={arXiv}}\n"
    )
    return page


def _mistaken(folder: Path) -> Path:
    """Beside it the settings name a theme that there is not."""
    settings = folder / "config/config.toml"
    settings.parent.mkdir(exist_ok=True)
    settings.write_text('theme = "paper-drak"\n')
    return SEEDS


SCENES = {
    # Layouts and panels.
    "wide": Scene(["/knowldge distil", "<enter>"], ["3 of 107", "f-Divergence", "Lili Mou"], WIDE, ALL),
    "medium": Scene(["<j>", "<b>", "<j>", "<m>"], ["★ 1", "1 marked"], MEDIUM, ALL),
    "usual": Scene(["<j>", "<j>"], ["3 of 107"], USUAL, (*ALL, CONTRAST)),
    "narrow": Scene(["<j>", "<j>"], ["3 of 107"], NARROW, ALL),
    "typing": Scene(["/author:mu rew"], ["⟩ author:mu rew", "Enter to the papers"], USUAL),
    "authors": Scene(["<1>", "<down>", "<down>"], ["Yongyu Mu ×", "2 of 207 authors"], USUAL),
    "finding-an-author": Scene(["<f>", "wang"], ["⟩ wang", "Chenglong Wang"], NARROW),
    "abstract": Scene(["<j>", "<3>"], ["Cut Your Losses! Learning to Prune Paths Early", "Esc back"], NARROW),
    "zoom": Scene(["/f-divergence", "<enter>", "<z>"], ["Knowledge distillation (KD) is"], MEDIUM),
    "jump": Scene(["<semicolon>"], ["type a label"], USUAL),
    "plots": Scene(["<P>"], ["Papers per year", "107 papers"], WIDE, ALL),
    "plots-of-an-author": Scene(["<1>", "<down>", "<P>"], ["36 papers · Zewen Chi"], USUAL),
    # States.
    "no-library": Scene([], ["Nothing to browse yet.", "paperbrowse --library PATH"], NARROW, ALL, _gone),
    "half-read": Scene([], ["1 problem while reading; p shows what was lost"], NARROW, ALL, _half),
    "bad-settings": Scene([], ["Settings that could not be used", "'paper-dark'?"], USUAL, library=_mistaken),
    "no-abstract": Scene(["<3>"], ["No Abstract Here", "abstract: none in the source"], USUAL, library=_bare),
    "no-match": Scene(
        ["/category:XX yeer:2020", "<enter>"], ["No paper matches.", "did you mean “year:”?"], MEDIUM, ALL
    ),
    "no-match-narrow": Scene(
        ["/category:XX yeer:2020", "<enter>"], ["No paper matches.", "did you mean"], NARROW
    ),
    "no-bookmarks": Scene(["<B>"], ["No bookmarks yet.", "★ only ×"], NARROW),
    # Dialogs.
    "help": Scene(["<question_mark>"], ["type to search the help", "Filter the papers as"], USUAL),
    "help-narrow": Scene(["<question_mark>", "book"], ["Show only bookmarks"], NARROW),
    "export": Scene(["<e>"], ["[bibtex]", "Enter export", "Esc close"], MEDIUM, ALL),
    "export-narrow": Scene(["<e>"], ["[bibtex]", "Enter export", "? keys"], NARROW),
    "facets": Scene(["<x>", "<down>"], ["year 2026", "Enter choose"], USUAL),
    "authors-of-the-paper": Scene(["<a>"], ["Yongyu Mu with Yuchun Fan 6 joint", "Enter choose"], NARROW),
    "links": Scene(["<O>"], ["3 https://example.org/linked/", "? keys"], USUAL, library=_linked),
    "spellings": Scene(["<equals_sign>"], ["pairs may be one person’s", "Enter one person"], USUAL, ALL),
    "tags": Scene(["<t>", "to-read, thesis"], ["commas between", "Enter keep"], USUAL),
    "note": Scene(["<w>", "Compare with it."], ["Compare with it.", "Ctrl-S keep"], NARROW),
    "columns": Scene(["<K>"], ["Columns beside the title", "[x] authors", "Esc close"], USUAL),
    "correcting": Scene(["<E>"], ["Correct fan2026lang", "Yuchun Fan; Bei Li"], USUAL),
    "sources": Scene(["<i>"], ["stated, page.bib:1", "Esc close"], USUAL, library=_linked),
    "problems": Scene(["<p>"], ["page.bib:2: the file ends inside"], NARROW, library=_half),
    "searches": Scene(["/reward", "<ctrl+s>", "rm", "<enter>", "<enter>", "'"], ["rm reward"], USUAL),
    "palette": Scene(["<ctrl+p>", "sort"], ["Sort (s)", "Enter run"], USUAL),
    "palette-ansi": Scene(["<ctrl+p>", "sort"], ["Sort (s)", "Enter run"], USUAL, (ANSI,)),
    "palette-narrow": Scene(["<ctrl+p>", "<down>"], ["Abstract (3)", "Enter run"], NARROW),
}
