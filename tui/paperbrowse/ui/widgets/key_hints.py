"""The last line: what the next key does, here and now, where the cursor is, and what was just done."""

from collections.abc import Collection, Sequence

from rich.cells import cell_len
from textual.content import Content
from textual.timer import Timer
from textual.widgets import Static

from paperbrowse.describe import grouped
from paperbrowse.ui.commands import COMMANDS, Command, Pane, footer_commands

_IN_FILTER = (("Enter", "to the papers"), ("Esc", "clear"), ("Tab", "next pane"))
_GIVE_WAY = ("open", "export", "quit", "copy", "filter", "clear", "go-in", "bookmark", "help")
"""Which hints go first where there is no room for all."""
_GIVE_WAY_TO_THE_WAY = ("open", "export", "quit", "copy", "filter", "bookmark", "clear", "go-in", "help")
"""The same where one goes in and out of panes: the way is what one must not miss."""


_ONE_PANE = 80
"""Cells below which the window has room for one pane, and one goes in and out."""
_WORD_STAYS = 5.0
"""Seconds that a word on what was done stays where no key follows."""


class KeyHints(Static):
    """Hints for the pane that has the focus, as many as fit, and the position in words.

    A word on what was done takes the hints' place, until the next key or for a few seconds.
    """

    def __init__(self) -> None:
        super().__init__(markup=False)
        self._pane: Pane = "papers"
        self._into = ""
        self._position = ""
        self._marked = 0
        self._commands: Sequence[Command] = COMMANDS
        self._unable: Collection[str] = ()
        self._word = ""
        self._forgetting: Timer | None = None

    @property
    def word(self) -> str:
        """What was said last, as long as it stands there."""
        return self._word

    def say(self, text: str) -> bool:
        """Put a word in the place of the hints; False where it is too long for the line."""
        if cell_len(text) > self.size.width - 2:
            return False
        self._word = text
        if self._forgetting:
            self._forgetting.stop()
        self._forgetting = self.set_timer(_WORD_STAYS, self.forget)
        self._draw()
        return True

    def forget(self) -> None:
        """Show the hints again."""
        if self._word:
            self._word = ""
            self._draw()

    def show_unable(self, commands: Collection[str]) -> None:
        """Dim the commands of these ids: they would do nothing now."""
        if commands != self._unable:
            self._unable = commands
            self._draw()

    def show_commands(self, commands: Sequence[Command]) -> None:
        """Tell the keys that `commands` have from now on."""
        self._commands = commands
        self._draw()

    def show_marks(self, number: int) -> None:
        """Tell how many papers are marked: what the next command works on."""
        self._marked = number
        self._draw()

    def show_pane(self, pane: Pane, into: str = "") -> None:
        """Tell the keys of `pane`; `into` is what entering a row does there, where it is not as usual."""
        self._pane, self._into = pane, into
        self._draw()

    def show_position(self, position: str) -> None:
        """Tell where the cursor is, such as "2 of 12"."""
        self._position = position
        self._draw()

    def on_resize(self) -> None:
        """As many hints as fit."""
        self._draw()

    def _hints(self) -> list[tuple[str, str, str]]:
        """The command, its first key and its label, for every hint."""
        if self._pane == "filter":
            return [("", key, label) for key, label in _IN_FILTER]
        shown = [command for command in footer_commands(self._pane, self._commands) if command.shown]
        hints = [(command.id, command.shown.split()[0], command.label) for command in shown]
        if self._pane != "detail" or self._into:
            label = self._into or ("read" if self._pane == "papers" else "papers")
            into = [command for command in self._commands if command.id == "go-in" and command.shown]
            hints[2:2] = [(command.id, command.shown.split()[0], label) for command in into]
        if self.size.width < _ONE_PANE:
            out = [command for command in self._commands if command.id == "clear" and command.shown]
            hints[:0] = [(command.id, command.shown.split()[0], "back") for command in out]
        return hints

    def _draw(self) -> None:
        marked = f"{grouped(self._marked)} marked   " if self._marked else ""
        place = f"{marked}{self._position}"
        width = self.size.width
        left = self._said() if self._word else self._hinted(width - cell_len(place) - 3)
        room = width - cell_len(left.plain) - 1
        if self._word and cell_len(place) >= room:
            place = ""
        gap = " " * max(room - cell_len(place), 0)
        self.update(Content.assemble(left, gap, (place, "$dim")), layout=False)

    def _said(self) -> Content:
        return Content.assemble(" ", self._word)

    def _hinted(self, room: int) -> Content:
        hints = self._hints()
        for leaving in _GIVE_WAY if self.size.width >= _ONE_PANE else _GIVE_WAY_TO_THE_WAY:
            if _width(hints) <= room:
                break
            hints = [hint for hint in hints if hint[0] != leaving]
        while len(hints) > 1 and _width(hints) > room:
            hints.pop()
        parts: list[Content | str | tuple[str, str]] = [" "]
        for command, key, label in hints:
            parts.append((key, "$dim" if command in self._unable else "bold $focus"))
            parts.append((f" {label}   ", "$dim"))
        return Content.assemble(*parts)


def _width(hints: Sequence[tuple[str, str, str]]) -> int:
    return sum(cell_len(key) + cell_len(label) + 4 for _, key, label in hints)
