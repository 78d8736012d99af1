"""A list to choose from, narrowed by typing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import ClassVar

from rich.cells import cell_len
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.events import Resize
from textual.geometry import Offset, Size
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from paperbrowse.text.fold import fold
from paperbrowse.ui.screens.dialog import Dialog
from paperbrowse.ui.widgets.hint_line import Hint, HintLine
from paperbrowse.ui.widgets.one_line import OneLine
from paperbrowse.ui.widgets.options import Options

_MOST_SHOWN = 200
"""Who has more to choose from types on."""
_WIDTH = 80
"""Cells that the list has, where the window has them."""
_LEAST = Size(80, 16)
"""The least window that a dialog does not fill."""
_AROUND = 9
"""Lines of the dialog beside its list."""
_TALL = 0.88
"""What a tall dialog takes of the window's lines."""


@dataclass(frozen=True, slots=True)
class Choice:
    """What can be chosen: the value, how it is shown, and a remark such as a count."""

    value: str
    label: str
    remark: str = ""


class Chooser(Dialog[str | None]):
    """Closes with the chosen value; Esc gives None. Typing keeps what begins like it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss(None)", "Cancel"),
        Binding("down", "move(1)", "Down", show=False, priority=True),
        Binding("up", "move(-1)", "Up", show=False, priority=True),
        Binding("pagedown", "move(10)", "Page down", show=False, priority=True),
        Binding("pageup", "move(-10)", "Page up", show=False, priority=True),
    ]

    HINTS: ClassVar[Sequence[Hint]] = (Hint("Enter", "choose", "choose"), Hint("↓ ↑", "move"))

    def __init__(self, title: str, choices: Sequence[Choice], nothing: str, coming: str = "") -> None:
        """`nothing` is what to say when there is nothing to choose from.

        While more choices are on their way that is said in the words of `coming`, until `add` brings them.
        """
        super().__init__()
        self._title, self._choices, self._nothing, self._coming = title, choices, nothing, coming
        self._labels, self._digits = _columns(choices)
        self._take_first = self._in_list = False
        # As at first: a list that is narrowed is not to move the line that one types in.
        self._lines = 0 if coming else max(len(choices), 1)

    def tell(self, remarks: Mapping[str, str]) -> None:
        """Say something of choices, by their values, the highlight staying where it is."""
        self._choices = [
            replace(choice, remark=remarks.get(choice.value, choice.remark)) for choice in self._choices
        ]
        self._labels, self._digits = _columns(self._choices)
        self._show_again()

    def _show_again(self) -> None:
        if self.is_mounted and self.is_attached:
            self._show(self.query_one(Input).value, self.query_one(OptionList).highlighted or 0)

    def add(self, choices: Sequence[Choice]) -> None:
        """Put the choices that were on their way under the others, the highlight staying where it is."""
        self._choices, self._coming = [*self._choices, *choices], ""
        self._labels, self._digits = _columns(self._choices)
        self._show_again()
        if self._take_first and self.is_attached:
            self.action_choose()

    def compose(self) -> ComposeResult:
        """A line to type in over the list."""
        with Vertical(classes="dialog dialog-tall"):
            yield Static(self._title, markup=False, classes="dialog-title")
            yield OneLine(placeholder="type to narrow the list", compact=True, id="chooser-filter")
            yield Options(markup=False, id="chooser-list", compact=True)
            yield HintLine(*self.HINTS, helps=False)

    def on_mount(self) -> None:
        """Show all, keys going to the line."""
        self.query_one(OptionList).can_focus = False
        self._fit(self.app.size)
        self._show("")

    def on_resize(self, event: Resize) -> None:
        """As high as its choices, where the window is higher than them."""
        self._fit(event.size)

    def _fit(self, window: Size) -> None:
        is_dialog = window.width >= _LEAST.width and window.height >= _LEAST.height
        is_short = is_dialog and 0 < self._lines <= int(window.height * _TALL) - _AROUND
        self.query_one(".dialog").set_class(is_short, "dialog-short")
        self.query_one(OptionList).styles.height = self._lines if is_short else None

    @property
    def cursor_screen_offset(self) -> Offset | None:
        """The highlighted line, once one has gone to another than the first; else where one types."""
        return self.query_one(Options).cursor_screen_offset if self._in_list else None

    @on(Input.Changed)
    def _changed(self, event: Input.Changed) -> None:
        self._take_first = self._in_list = False
        self._show(event.value)

    @on(Input.Submitted)
    def action_choose(self) -> None:
        """Close with what is highlighted."""
        options = self.query_one(OptionList)
        self._take_first = bool(self._coming)
        if options.highlighted is not None:
            chosen = options.get_option_at_index(options.highlighted)
            if chosen.id is not None:
                self.dismiss(self._choices[int(chosen.id)].value)

    @property
    def highlighted(self) -> Choice | None:
        """The choice that Enter takes."""
        option = self.query_one(OptionList).highlighted_option
        return self._choices[int(option.id)] if option and option.id is not None else None

    def take_out(self, choice: Choice) -> None:
        """Offer a choice no more, the highlight going to the next."""
        place = self.query_one(OptionList).highlighted or 0
        self._choices = [other for other in self._choices if other is not choice]
        self._show(self.query_one(Input).value, place)

    @on(OptionList.OptionSelected)
    def _selected(self, event: OptionList.OptionSelected) -> None:
        if event.option.id is not None:
            self.dismiss(self._choices[int(event.option.id)].value)

    def action_move(self, rows: int) -> None:
        """Move the highlight."""
        self._in_list = True
        options = self.query_one(OptionList)
        if options.option_count and options.highlighted is not None:
            options.highlighted = max(0, min(options.highlighted + rows, options.option_count - 1))

    def _show(self, typed: str, highlighted: int = 0) -> None:
        words = fold(typed).split()
        options = self.query_one(OptionList)
        begun = (place for place, choice in enumerate(self._choices) if _begins(choice.label, words))
        room = min(self.app.size.width, _WIDTH) * 2 // 5
        labels = self._labels if self._labels <= room else 0
        found = [
            Option(_line(self._choices[place], labels, self._digits), id=str(place))
            for place in islice(begun, _MOST_SHOWN)
        ]
        rest = self._coming or ("" if found else self._nothing)
        told = [Option(Content.styled(rest, "$dim"), disabled=True)] if rest else []
        options.set_options([*found, *told])
        options.highlighted = min(highlighted, len(found) - 1) if found else None


def _columns(choices: Sequence[Choice]) -> tuple[int, int]:
    """Cells of the longest label, and digits of the longest number that a remark begins with."""
    numbers = (choice.remark.partition(" ")[0] for choice in choices if " " in choice.remark)
    return (
        max((cell_len(choice.label) for choice in choices), default=0),
        max((len(number) for number in numbers if number[:1].isdigit()), default=0),
    )


def _line(choice: Choice, labels: int, digits: int) -> Content:
    """The label and the remark, the remarks under each other where `labels` cells are given to the labels."""
    if not choice.remark:
        return Content(choice.label)
    number, blank, words = choice.remark.partition(" ")
    remark = (
        f"{number:>{digits}}{blank}{words}" if labels and blank and number[:1].isdigit() else choice.remark
    )
    gap = " " * (max(labels - cell_len(choice.label), 0) + 3)
    return Content.assemble(choice.label, gap, (remark, "$dim"))


def _begins(label: str, words: Sequence[str]) -> bool:
    parts = fold(label).replace("-", " ").split()
    return all(any(part.startswith(word) for part in parts) for word in words)
