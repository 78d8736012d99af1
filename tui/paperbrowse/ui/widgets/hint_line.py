"""The end of a dialog: its keys, as many as fit."""

from collections.abc import Sequence
from dataclasses import dataclass

from rich.cells import cell_len
from rich.style import Style
from textual.content import Content
from textual.geometry import Size
from textual.widgets import Input, Static

from paperbrowse.ui.painting import cut, wrap
from paperbrowse.ui.paper_text import clickable

_GAP = "   "
_WORD_LINES = 3
"""Lines that a word on what was done may have."""


@dataclass(frozen=True, slots=True)
class Hint:
    """A key, what it does in one or two words, and the dialog's action that a click on it runs."""

    key: str
    label: str
    action: str = ""
    parameters: tuple[object, ...] = ()

    @property
    def text(self) -> Content:
        """As the footer tells keys."""
        told = Content.assemble((self.key, "bold $focus"), (f" {self.label}", "$dim"))
        return clickable(told, self.action, *self.parameters) if self.action else told


CLOSE = Hint("Esc", "close", "dismiss", (None,))
CANCEL = Hint("Esc", "cancel", "dismiss", (None,))
_HELP = Hint("?", "keys", "help")


class HintLine(Static):
    """Hints side by side: what the dialog is for, the way out, and where the other keys are told.

    Where there is no room for all, the later ones of the first go, for `?` tells them.
    """

    def __init__(
        self,
        *hints: Hint,
        close: Hint = CLOSE,
        helps: bool = True,
        lines: int = 1,
        id: str | None = None,  # noqa: A002
    ) -> None:
        """`helps` says that `?` opens the help, which it cannot where one types; `lines` is how many there
        may be."""
        super().__init__(markup=False, classes="dialog-hint", id=id)
        self._hints: Sequence[Hint] = hints
        self._rest = (close, _HELP) if helps else (close,)
        self._lines = lines
        self._word = ""

    def on_mount(self) -> None:
        """Follow the focus."""
        self.watch(self.screen, "focused", self._focus_moved, init=False)

    def _focus_moved(self) -> None:
        self.refresh(layout=True)

    def show(self, *hints: Hint, word: str = "") -> None:
        """Tell other keys, or in their place a word on what was done."""
        layout = word != self._word
        self._hints, self._word = hints, word
        self.refresh(layout=layout)

    @property
    def link_style(self) -> Style:
        """A key that can be clicked at looks like every other."""
        return Style.null()

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002
        """As many lines as the hints need, or the word."""
        return len(self._told(width) if self._word else self._packed(width))

    def render(self) -> Content:
        """The word, or as many hints as there is room for."""
        width = self.content_size.width
        if self._word:
            return Content("\n".join(self._told(width)))
        return Content("\n").join(
            Content(_GAP).join(hint.text for hint in line) for line in self._packed(width)
        )

    def _told(self, width: int) -> list[str]:
        """The lines of the word."""
        spans = wrap(self._word, max(width, 1), _WORD_LINES)
        return [cut(self._word[start:end], width) for start, end in spans]

    def _packed(self, width: int) -> list[list[Hint]]:
        """The hints of every line of `width` cells."""
        hints, rest = list(self._hints), list(self._rest)
        if self.is_attached and isinstance(self.screen.focused, Input):
            rest = [hint for hint in rest if hint is not _HELP]
        while len(lines := _lines(hints + rest, width)) > self._lines and len(hints) + len(rest) > 1:
            (rest if len(hints) < 2 <= len(rest) else hints).pop()
        return lines


def _lines(hints: Sequence[Hint], width: int) -> list[list[Hint]]:
    lines: list[list[Hint]] = [[]]
    used = 0
    for hint in hints:
        cells = cell_len(hint.text.plain)
        if lines[-1] and used + len(_GAP) + cells > width:
            lines.append([])
            used = 0
        used += cells + (len(_GAP) if lines[-1] else 0)
        lines[-1].append(hint)
    return lines
