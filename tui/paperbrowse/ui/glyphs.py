"""Signs in ASCII, for terminals without box drawing, and styles without colour.

Both work on finished lines on their way to the terminal, so that no widget has to think of them and none
can forget. A sign never changes its width: what a line was laid out for stays where it is.
"""

import unicodedata
from functools import lru_cache

from rich.cells import get_character_cell_size
from rich.segment import Segment
from rich.style import Style
from textual.color import Color
from textual.filter import LineFilter

_SIGNS = {
    "★": "*", "☆": ".", "●": "o", "◐": "%", "○": ".", "◆": "*", "▪": "#", "■": "#", "□": ".", "·": ".",
    "•": "*",
    "‹": "~", "›": ">", "«": '"', "»": '"', "⟩": ">", "⟨": "<", "❯": ">", "▶": ">", "◀": "<", "▸": ">",
    "▾": "v", "▼": "v", "▲": "^", "→": ">", "←": "<", "↑": "^", "↓": "v", "⏎": "<", "×": "x", "…": "~",
    "–": "-", "—": "-", "‐": "-", "‑": "-", "−": "-", "‘": "'", "’": "'", "“": '"', "”": '"', "„": '"',
    "√": "v", "✓": "v", "✗": "x", "≥": ">", "≤": "<", "≈": "~", "≠": "#", "°": "o", "§": "S", "ß": "s",
    "ı": "i", "ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "æ": "a", "œ": "o", "ð": "d",
    "þ": "t", "\N{NO-BREAK SPACE}": " ", "│": "|", "┃": "#", "║": "|", "╎": "|", "╏": "|", "▏": "|",
    "▕": "|", "▎": "|", "▌": "|", "▐": "|", "▁": "_", "▂": ".", "▃": ",", "▄": "-", "▅": "=", "▆": "+",
    "▇": "%", "█": "#", "▓": "%", "▒": "+", "░": ".",
    "▀": "-", "▔": "-", "━": "=", "═": "=", "─": "-", "╌": "-", "╍": "=",
}  # fmt: skip
"""The signs that the screen draws, and the letters that do not come apart into a letter and an accent."""


@lru_cache(maxsize=4096)
def ascii_sign(character: str) -> str:
    """`character` as ASCII of the same width in cells: as it is, its sign, its bare letter, or "?"."""
    if character.isascii():
        return character
    width = get_character_cell_size(character)
    if width == 0:
        return ""
    sign = _SIGNS.get(character)
    if sign is None and "\u2500" <= character <= "\u259f":
        sign = "+" if character < "\u2580" else "#"
    if sign is None:
        bare = unicodedata.normalize("NFKD", character)[0]
        sign = bare if bare.isascii() and bare.isprintable() else "?"
    return sign * width


def ascii_text(text: str) -> str:
    """`text` in ASCII, as wide as it was."""
    return text if text.isascii() else "".join(map(ascii_sign, text))


@lru_cache(maxsize=1024)
def colourless(style: Style) -> Style:
    """`style` without its colours, with everything else: bold, reverse, links, what a click does."""
    if style.color is None and style.bgcolor is None:
        return style
    return style.without_color + Style.from_meta(style.meta) if style.meta else style.without_color


class Ascii(LineFilter):
    """Draws nothing but ASCII."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:  # noqa: ARG002
        """The line in ASCII."""
        return [Segment(ascii_text(text), style, control) for text, style, control in segments]


class NoColour(LineFilter):
    """Sends no colour to the terminal, not even the default one's code."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:  # noqa: ARG002
        """The line without colours."""
        return [Segment(text, style and colourless(style), control) for text, style, control in segments]
