"""Record a short session of the program as one animated SVG: `.venv/bin/python screenshots/record.py`.

The browser runs on the bundled pages, keys are pressed, and after each the screen is taken down. A line that
does not change is drawn once; the others are shown and hidden by CSS, which plays wherever the picture is
shown as an image and stands still, on the last frame, where a person wants no motion.
"""

import argparse
import asyncio
import io
import re
import sys
import tempfile
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from xml.sax.saxutils import escape

from rich.cells import cell_len
from rich.console import Console
from rich.segment import Segment
from rich.style import Style
from rich.terminal_theme import SVG_EXPORT_THEME

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent))

from tests.ui.driving import Browser, browsing  # noqa: E402 - the path above comes first

SIZE = (112, 30)
CELL, LINE, FONT, EDGE = 8.4, 18, 14, 10
"""In pixels: a cell's width, a line's height, the letters' size, what is left free around the screen."""
LETTER = 0.13
"""Seconds between two letters that are typed."""


@dataclass(frozen=True)
class Step:
    """Text to type or one key, and the seconds to look at what comes of it."""

    hold: float
    text: str = ""
    key: str = ""


STEPS = (
    Step(1.2),
    Step(1.0, text="/grafix t5"),
    Step(0.5, key="enter"),
    Step(0.9, key="b"),
    Step(0.5, key="escape"),
    Step(0.7, text="/mt6"),
    Step(0.5, key="enter"),
    Step(0.9, key="a"),
    Step(0.6, text="dong with"),
    Step(1.2, key="enter"),
    Step(0.3, key="j"),
    Step(0.6, key="j"),
    Step(0.7, key="M"),
    Step(2.2, key="e"),
)

Line = tuple[Segment, ...]


@dataclass
class Film:
    """What was on the screen, from when on."""

    frames: list[tuple[float, list[Line]]] = field(default_factory=list)
    length: float = 0.0

    def take(self, browser: Browser, seconds: float) -> None:
        """Take the screen down; it is to be seen for so long."""
        self.frames.append((self.length, screen_lines(browser)))
        self.length += seconds


def screen_lines(browser: Browser) -> list[Line]:
    """The lines of the screen with what shines through from under a dialog."""
    app = browser.app
    width, height = app.size
    console = Console(
        width=width, height=height, file=io.StringIO(), force_terminal=True, color_system="truecolor",
        record=True, legacy_windows=False, safe_box=False,
    )  # fmt: skip
    console.print(
        app.screen._compositor.render_update(full=True, screen_stack=app._background_screens, simplify=True)
    )
    segments = Segment.filter_control(console._record_buffer)
    return [tuple(line) for line in Segment.split_and_crop_lines(segments, width, include_new_lines=False)][
        :height
    ]


async def film(theme: str) -> Film:
    """Play the steps and record them."""
    taken = Film()
    with tempfile.TemporaryDirectory() as folder:
        async with browsing(Path(folder), size=SIZE) as browser:
            browser.app.theme = theme
            await browser.settle()
            for step in STEPS:
                for letter in step.text:
                    await browser.type(letter)
                    taken.take(browser, LETTER)
                if step.key:
                    await browser.press(step.key)
                taken.take(browser, step.hold)
    return taken


Spans = tuple[tuple[float, float], ...]
"""From when until when something is to be seen, once or several times."""


def drawn(film: Film) -> str:
    """The film as an SVG."""
    columns, rows = SIZE
    width, height = columns * CELL + 2 * EDGE, rows * LINE + 2 * EDGE
    ground = _usual_ground(film)
    body: list[str] = []
    names: dict[Spans, str] = {}
    for row in range(rows):
        for line, spans in _shown(film, row).items():
            picture = _line(line, row, ground)
            if spans == ((0.0, film.length),):
                body.append(picture)
            elif picture:
                name = names.setdefault(spans, f"s{len(names)}")
                last = " l" if spans[-1][1] == film.length else ""
                body.append(f'<g class="{name}{last}">{picture}</g>')
    rules = "".join(_rule(name, spans, film.length) for spans, name in names.items())
    still = "@media (prefers-reduced-motion:reduce){g{animation:none!important}.l{visibility:visible}}"
    font = "ui-monospace,SFMono-Regular,Menlo,'DejaVu Sans Mono','Liberation Mono',Consolas,monospace"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:.0f} {height}" '
        f'width="{width:.0f}" height="{height}" role="img" '
        'aria-label="paperbrowse: a filter with a typo, a bookmark, two authors’ papers, an export">\n'
        f"<style>text{{font:{FONT}px {font}}}.b{{font-weight:700}}.i{{font-style:italic}}"
        f".u{{text-decoration:underline}}{rules}{still}</style>\n"
        f'<rect width="{width:.0f}" height="{height}" rx="8" fill="{ground}"/>\n'
        f'<g transform="translate({EDGE} {EDGE})">\n' + "\n".join(body) + "\n</g>\n</svg>\n"
    )


def _usual_ground(film: Film) -> str:
    """The ground that most cells have."""
    cells: Counter[str] = Counter()
    for line in film.frames[0][1]:
        for segment in line:
            cells[_colours(segment.style or Style())[1]] += cell_len(segment.text)
    return cells.most_common(1)[0][0]


def _shown(film: Film, row: int) -> dict[Line, Spans]:
    """What a row shows, and when."""
    shown: dict[Line, Spans] = {}
    ends = [start for start, _ in film.frames[1:]] + [film.length]
    for (start, lines), end in zip(film.frames, ends, strict=True):
        *before, last = shown.get(lines[row], ((-1.0, -1.0),))
        if last[1] == start:
            shown[lines[row]] = (*before, (last[0], end))
        else:
            shown[lines[row]] = (*shown.get(lines[row], ()), (start, end))
    return shown


def _rule(name: str, spans: Spans, length: float) -> str:
    """The CSS that shows what is called `name` in those spans."""
    steps = {} if spans[0][0] == 0 else {0.0: "hidden"}
    for start, end in spans:
        steps[start], steps[end] = "visible", "hidden"
    frames = "".join(f"{100 * at / length:.2f}%{{visibility:{how}}}" for at, how in sorted(steps.items()))
    return (
        f"@keyframes {name}{{{frames}}}"
        f".{name}{{visibility:hidden;animation:{name} {length:.2f}s step-end infinite}}"
    )


def _line(line: Line, row: int, usual: str) -> str:
    """One line: grounds that are not the usual one, and the text over them."""
    grounds, texts = [], []
    column = 0
    for segment in line:
        cells = cell_len(segment.text)
        style = segment.style or Style()
        colour, ground = _colours(style)
        if ground != usual:
            grounds.append(_rect(column * CELL, row * LINE, cells * CELL + 0.2, LINE, ground))
        marks = " ".join(
            sign for sign, on in (("b", style.bold), ("i", style.italic), ("u", style.underline)) if on
        )
        for found in _PIECE.finditer(segment.text):
            at = column + cell_len(segment.text[: found.start()])
            texts.append(_piece(found[0], at, row, colour, marks))
        column += cells
    return "".join(grounds) + "".join(texts)


_EIGHTHS = "▁▂▃▄▅▆▇█"
_PIECE = re.compile(f"[│▐{_EIGHTHS}]|─+|[^\\s│─▐{_EIGHTHS}]+(?: [^\\s│─▐{_EIGHTHS}]+)*")
"""What is drawn as one: a bar, a rule, or words with single blanks between (more would be drawn as one)."""


def _piece(text: str, column: int, row: int, colour: str, marks: str) -> str:
    """A few words; bars and rules as shapes, because letters leave gaps between the lines."""
    x, y, width = column * CELL, row * LINE, cell_len(text) * CELL
    if text == "│":
        return _rect(x + CELL / 2 - 0.5, y, 1, LINE, colour)
    if text[0] == "─":
        return _rect(x, y + LINE / 2 - 0.5, width, 1, colour)
    if text == "▐":
        return _rect(x + CELL / 2, y, CELL / 2, LINE, colour)
    if text in _EIGHTHS:
        height = (LINE - 3) * (_EIGHTHS.index(text) + 1) / 8
        return _rect(x, y + LINE - 1 - height, CELL + 0.2, height, colour)
    classes = f' class="{marks}"' if marks else ""
    return (
        f'<text x="{x:.1f}" y="{y + FONT}" fill="{colour}" textLength="{width:.1f}"{classes}>'
        f"{escape(text)}</text>"
    )


def _rect(x: float, y: float, width: float, height: float, colour: str) -> str:
    return f'<rect x="{x:.1f}" y="{y:g}" width="{width:.1f}" height="{height:g}" fill="{colour}"/>'


def _colours(style: Style) -> tuple[str, str]:
    """Text and ground as they are seen, as CSS has them."""
    theme = SVG_EXPORT_THEME
    text = style.color.get_truecolor(theme) if style.color else theme.foreground_color
    ground = style.bgcolor.get_truecolor(theme, foreground=False) if style.bgcolor else theme.background_color
    if style.reverse:
        text, ground = ground, text
    return text.hex, ground.hex


def main() -> None:
    """Record and write."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--theme", default="paper-dark")
    options.add_argument("--to", type=Path, default=HERE / "session.svg")
    options.add_argument(
        "--frames", type=Path, help="a folder to write every frame to, as a picture of its own"
    )
    given = options.parse_args()
    taken = asyncio.run(film(given.theme))
    given.to.write_text(drawn(taken), "utf-8")
    if given.frames:
        given.frames.mkdir(parents=True, exist_ok=True)
        for number, (_, lines) in enumerate(taken.frames):
            still = Film([(0.0, lines)], 1.0)
            (given.frames / f"{number:03d}.svg").write_text(drawn(still), "utf-8")
    size = given.to.stat().st_size
    print(f"{given.to}: {len(taken.frames)} frames, {taken.length:.1f} s, {size / 1000:.0f} kB")


if __name__ == "__main__":
    main()
