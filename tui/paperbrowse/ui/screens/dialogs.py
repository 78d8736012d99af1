"""Small questions over the browser: yes or no, one line, several lines, and lists to read."""

from collections.abc import Callable, Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult, SuspendNotSupported
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.suggester import Suggester
from textual.widgets import Input, Static, TextArea

from paperbrowse.ui.editor import EditorError, edited
from paperbrowse.ui.screens.dialog import Dialog
from paperbrowse.ui.widgets.hint_line import CANCEL, Hint, HintLine
from paperbrowse.ui.widgets.one_line import OneLine


class Question(Dialog[bool]):
    """Yes or no; Esc is no."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("y,enter", "answer(True)", "Yes"),
        Binding("n,escape,q", "answer(False)", "No"),
    ]

    def __init__(self, question: str, yes: str, no: str) -> None:
        super().__init__()
        self._question, self._yes, self._no = question, yes, no

    def compose(self) -> ComposeResult:
        """The question and the two keys that answer it."""
        with Vertical(classes="dialog"):
            yield Static(self._question, markup=False)
            yield HintLine(
                Hint("y", self._yes, "answer", (True,)),
                close=Hint("n", self._no, "answer", (False,)),
                helps=False,
                lines=2,
            )

    def action_answer(self, answer: bool) -> None:
        """Close with the answer."""
        self.dismiss(answer)


class LastWord(Suggester):
    """Completes the last of several words with commas between."""

    def __init__(self, words: Sequence[str]) -> None:
        super().__init__(case_sensitive=True)
        self._words = words

    async def get_suggestion(self, value: str) -> str | None:
        """`value` with its last word completed, when one of the known words begins like it."""
        typed = value.rpartition(",")[2].lstrip()
        if not typed:
            return None
        found = next((word for word in self._words if word.startswith(typed) and word != typed), None)
        return None if found is None else value + found[len(typed) :]


class Line(Dialog[str | None]):
    """One line of text; Esc gives None."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "dismiss(None)", "Cancel")]

    def __init__(self, label: str, value: str, hint: str, words: Sequence[str] = ()) -> None:
        """`words` complete what stands behind the last comma; the right arrow takes one."""
        super().__init__()
        self._label, self._value, self._hint = label, value, hint
        self._suggester = LastWord(words) if words else None

    def compose(self) -> ComposeResult:
        """A label, the line, and a hint."""
        with Vertical(classes="dialog"):
            yield Static(self._label, markup=False, classes="dialog-title")
            yield OneLine(self._value, compact=True, select_on_focus=False, suggester=self._suggester)
            yield Static(self._hint, markup=False, classes="dialog-hint")
            yield HintLine(Hint("Enter", "keep", "submit"), close=CANCEL, helps=False)

    def action_submit(self) -> None:
        """Close with the line."""
        self.dismiss(self.query_one(Input).value)

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        self.dismiss(event.value)


class Lines(Dialog[str | None]):
    """Several lines of text; Ctrl-S keeps them, Esc leaves them as a draft and gives None."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", "Leave as a draft"),
        Binding("ctrl+s", "keep", "Keep", priority=True),
        Binding("ctrl+e", "editor", "Editor", priority=True),
        Binding("ctrl+r", "revert", "Drop the draft", priority=True),
    ]

    def __init__(self, label: str, value: str, draft: str, keep_draft: Callable[[str], None]) -> None:
        """Begin with `draft`, or where it is empty with `value`, which is what was kept before.

        `keep_draft` takes what the text is when it is left without being kept, nothing when it is `value`.
        """
        super().__init__()
        self._label, self._value, self._draft, self._keep_draft = label, value, draft, keep_draft

    def compose(self) -> ComposeResult:
        """A label, the editor, and the keys that end it."""
        hints = [Hint("Ctrl-S", "keep", "keep"), Hint("Ctrl-E", "your editor", "editor")]
        if self._draft:
            hints.insert(1, Hint("Ctrl-R", "drop the draft", "revert"))
        with Vertical(classes="dialog dialog-tall"):
            yield Static(self._label, markup=False, classes="dialog-title")
            yield TextArea(self._draft or self._value, soft_wrap=True, show_line_numbers=False)
            if self._draft:
                yield Static("A draft, not kept yet.", markup=False, classes="dialog-hint")
            yield HintLine(*hints, close=Hint("Esc", "leave as a draft", "leave"), helps=False, lines=2)

    def keep_draft(self) -> None:
        """Let what stands here be the draft."""
        if self.is_mounted:
            text = self.query_one(TextArea).text
            self._keep_draft("" if text.strip() == self._value.strip() else text)

    def action_leave(self) -> None:
        """Close without keeping the text as more than a draft."""
        self.keep_draft()
        self.dismiss(None)

    def action_revert(self) -> None:
        """Put back what was kept before."""
        self.query_one(TextArea).text = self._value

    def action_keep(self) -> None:
        """Close with the text."""
        self._keep_draft("")
        self.dismiss(self.query_one(TextArea).text)

    def action_editor(self) -> None:
        """Go on in the editor that the environment names, and come back with what it saved."""
        area = self.query_one(TextArea)
        try:
            with self.app.suspend():
                text = edited(area.text)
        except SuspendNotSupported:
            self.notify("This terminal cannot be lent to an editor.", severity="warning", markup=False)
        except EditorError as error:
            self.notify(str(error), severity="error", markup=False)
        else:
            area.text = text
            self.app.refresh()


class Pages(Dialog[None]):
    """Something to read, that scrolls; Esc, q or Enter closes it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,enter", "dismiss(None)", "Close"),
        Binding("j,down", "scroll(1)", "Down", show=False),
        Binding("k,up", "scroll(-1)", "Up", show=False),
        Binding("pagedown,space,ctrl+d", "page(1)", "Page down", show=False),
        Binding("pageup,ctrl+u", "page(-1)", "Page up", show=False),
    ]

    def __init__(self, title: str, text: Content) -> None:
        super().__init__()
        self._title, self._text = title, text

    def compose(self) -> ComposeResult:
        """A title and the text."""
        with Vertical(classes="dialog dialog-tall"):
            yield Static(self._title, markup=False, classes="dialog-title")
            with VerticalScroll(can_focus=False):
                yield Static(self._text, markup=False)
            yield HintLine(Hint("↓ ↑", "scroll"))

    def action_scroll(self, lines: int) -> None:
        """Scroll by lines."""
        self.query_one(VerticalScroll).scroll_relative(y=lines, animate=False)

    def action_page(self, pages: int) -> None:
        """Scroll by pages."""
        text = self.query_one(VerticalScroll)
        text.scroll_relative(y=pages * max(text.size.height - 1, 1), animate=False)
