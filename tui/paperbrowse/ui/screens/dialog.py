"""What opens over the browser and closes with an answer.

A second click or a key typed ahead may answer what is answered already. Textual would then close whatever
lies under it, and end the program when that is the last screen; these close once.
"""

from collections.abc import Iterator
from typing import ClassVar, TypeVar

from textual import on
from textual.app import ComposeResult
from textual.await_complete import AwaitComplete
from textual.binding import Binding, BindingType
from textual.command import CommandList, CommandPalette
from textual.geometry import Offset
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from paperbrowse.ui.commands import Command
from paperbrowse.ui.keymap import shown_key
from paperbrowse.ui.screens.parts import BrowserParts
from paperbrowse.ui.widgets.hint_line import Hint, HintLine
from paperbrowse.ui.widgets.options import Commands

Answer = TypeVar("Answer")


class Dialog(ModalScreen[Answer]):
    """A screen of ours over the browser."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("question_mark", "help", "Help", show=False)]

    _answered = False

    @property
    def cursor_screen_offset(self) -> Offset | None:
        """Where what is asked or told begins, where nothing has the focus."""
        texts = self.query(Static)
        return None if self.focused or not texts else texts.first().content_region.offset

    def action_help(self) -> None:
        """The keys of this dialog, and all others."""
        from paperbrowse.ui.screens.help import Help

        browser = self.app.screen_stack[0]
        others = browser.commands if isinstance(browser, BrowserParts) else ()
        self.app.push_screen(Help([*self._keys(), *others]))

    def _keys(self) -> Iterator[Command]:
        """What the dialog, and what has the focus in it, bind themselves; digits speak for themselves."""
        for kind in (type(self), type(self.focused)):
            for binding in kind.__dict__.get("BINDINGS", ()):
                if isinstance(binding, Binding) and binding.description != binding.key:
                    keys = " ".join(map(shown_key, binding.key.split(",")))
                    about = binding.description
                    yield Command("", binding.key, keys, binding.action, about, about, "In this dialog")

    def dismiss(self, result: Answer | None = None) -> AwaitComplete:
        """Close with `result`, and with it what lies over this screen."""
        if self._answered or self not in self.app.screen_stack:
            return AwaitComplete()
        if not self.is_mounted:  # a key was faster than the parts that are still being put up
            self.call_later(self._close, result)
            return AwaitComplete()
        self._answered = True
        while self.app.screen is not self:
            self.app.screen.dismiss()
        return super().dismiss(result)

    def _close(self, result: Answer | None) -> None:
        self.dismiss(result)  # not returned: a callback's result is awaited, here by what it waits for


class Palette(CommandPalette):
    """Textual's list of all commands."""

    _answered = False

    def compose(self) -> ComposeResult:
        """Textual's own, with a list that holds still."""
        for widget in super().compose():
            yield Commands() if isinstance(widget, CommandList) else widget

    _in_list = False

    @property
    def cursor_screen_offset(self) -> Offset | None:
        """The highlighted command, once one has gone to another than the first; else where one types."""
        lists = self.query(Commands) if self._in_list else ()
        return next((commands.cursor_screen_offset for commands in lists), None)

    def _action_command_list(self, action: str) -> None:
        self._in_list = True
        super()._action_command_list(action)

    @on(Input.Changed)
    def _typed(self) -> None:
        self._in_list = False

    def on_mount(self) -> None:
        """Tell the keys, as every dialog does."""
        self.query_one("#--container").mount(HintLine(Hint("Enter", "run"), helps=False))

    def dismiss(self, result: None = None) -> AwaitComplete:
        """Close."""
        if self._answered or self.app.screen is not self:
            return AwaitComplete()
        if not self.is_mounted:
            self.call_later(self._close)
            return AwaitComplete()
        self._answered = True
        return super().dismiss(result)

    def _close(self) -> None:
        self.dismiss()

    # Its search may still come to an end when the list it fills has been taken down.

    def _watch__list_visible(self) -> None:
        if self.query(CommandList):
            super()._watch__list_visible()

    async def _watch__show_busy(self) -> None:
        if self.query(CommandList):
            await super()._watch__show_busy()
