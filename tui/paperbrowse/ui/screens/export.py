"""The export sheet: what, in which format, where to, with the outcome in view."""

import asyncio
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Checkbox, Input, Select, Static

from paperbrowse.files import write_whole
from paperbrowse.model import Bookmark, Paper
from paperbrowse.settings import ExportSettings
from paperbrowse.ui.clipboard import copy
from paperbrowse.ui.messages import SayAtTheEnd
from paperbrowse.ui.screens.dialog import Dialog
from paperbrowse.ui.screens.dialogs import Question
from paperbrowse.writers import FORMATS, ExportOptions, write

Entries = Sequence[Paper | Bookmark]
_PREVIEWED = 5


class Tick(Checkbox):
    """A choice that shows by its sign, not by a colour alone, whether it is taken."""

    BUTTON_LEFT, BUTTON_INNER, BUTTON_RIGHT = "[", " ", "]"

    def watch_value(self) -> None:
        """Show the sign."""
        super().watch_value()
        self.BUTTON_INNER = "x" if self.value else " "
        self.refresh()


class ExportSheet(Dialog[str]):
    """Closes with a sentence that says what was written, or with nothing."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss('')", "Cancel"),
        Binding("ctrl+s", "save", "Save", priority=True),
        Binding("ctrl+y", "copy", "Copy", priority=True),
        Binding("ctrl+o", "print", "Print", priority=True),
    ]

    def __init__(self, choices: Mapping[str, Entries], settings: ExportSettings) -> None:
        """Offer `choices`, beginning with the first and with what `settings` say."""
        super().__init__()
        self._choices, self._settings = choices, settings

    def compose(self) -> ComposeResult:
        """Choices on the left, the preview on the right."""
        what = [(f"{name} ({len(entries)})", name) for name, entries in self._choices.items()]
        suffix = FORMATS[self._settings.format].suffix
        with Vertical(classes="dialog dialog-wide"):
            yield Static("Export", markup=False, classes="dialog-title")
            with Horizontal(id="export-choices"):
                yield Select(
                    what,
                    value=what[0][1] if what else Select.NULL,
                    allow_blank=not what,
                    id="what",
                    compact=True,
                )
                yield Select(
                    [(name, name) for name in FORMATS],
                    value=self._settings.format,
                    allow_blank=False,
                    id="format",
                    compact=True,
                )
                yield Tick("abstracts", compact=True, id="with-abstract")
                yield Tick("tags", compact=True, id="with-keywords")
                yield Tick("notes", compact=True, id="with-note")
            yield Input(value=f"references{suffix}", id="target", compact=True, select_on_focus=False)
            with VerticalScroll(can_focus=False, id="export-preview"):
                yield Static(id="export-text", markup=False)
            yield Static(
                "Enter saves to the file, Ctrl-Y copies, Ctrl-O prints when the browser closes, Esc closes",
                markup=False,
                classes="dialog-hint",
            )

    def on_mount(self) -> None:
        """The file's name is what one most often changes."""
        self.query_one("#target", Input).focus()
        self._preview()

    def _entries(self) -> Entries:
        chosen = self.query_one("#what", Select).value
        return self._choices.get(str(chosen), ())

    def _format(self) -> str:
        return str(self.query_one("#format", Select).value)

    def _options(self) -> ExportOptions:
        return ExportOptions(
            abstract=self.query_one("#with-abstract", Checkbox).value,
            keywords=self.query_one("#with-keywords", Checkbox).value,
            note=self.query_one("#with-note", Checkbox).value,
            style=self._settings.style,
        )

    @on(Select.Changed, "#format")
    def _format_changed(self) -> None:
        target = self.query_one("#target", Input)
        path = Path(target.value)
        if not path.name:  # such as "/", ".." or nothing
            path /= "references"
        target.value = str(path.with_suffix(FORMATS[self._format()].suffix))
        self._preview()

    @on(Select.Changed, "#what")
    @on(Checkbox.Changed)
    def _preview(self) -> None:
        entries = self._entries()
        report = write(entries[:_PREVIEWED], self._format(), self._options())
        text = Content(report.text.rstrip("\n"))
        if len(entries) > _PREVIEWED:
            text = Content.assemble(text, (f"\n\n… and {len(entries) - _PREVIEWED} more", "$dim"))
        self.query_one("#export-text", Static).update(text)

    @on(Input.Submitted)
    def _submitted(self) -> None:
        self.action_save()

    def action_save(self) -> None:
        """Write the file, asking first when it is there."""
        self.run_worker(self._save(), exclusive=True)

    async def _save(self) -> None:
        entries = self._entries()
        name = self.query_one("#target", Input).value.strip()
        if not name or not entries:
            self.notify("Nothing to export." if name else "Name a file.", severity="warning", markup=False)
            return
        try:
            path = Path(name).expanduser()
            exists = path.exists()
        except (OSError, RuntimeError, ValueError) as error:  # too long, no such user, a NUL in it
            reason = getattr(error, "strerror", None) or str(error)
            self.notify(f"{name[:60]} cannot be written: {reason}", severity="error", markup=False)
            return
        if exists and not await self.app.push_screen_wait(
            Question(f"{path} exists.", "replace it", "keep it")
        ):
            return
        report = await asyncio.to_thread(write, entries, self._format(), self._options())
        try:
            await asyncio.to_thread(write_whole, path, report.text)
        except (OSError, ValueError) as error:
            reason = getattr(error, "strerror", None) or str(error)
            self.notify(f"{path} cannot be written: {reason}", severity="error", markup=False)
            return
        self.dismiss(report.summary(str(path)))

    def action_print(self) -> None:
        """Put it on standard output when the browser closes."""
        entries = self._entries()
        if entries:
            report = write(entries, self._format(), self._options())
            self.app.post_message(SayAtTheEnd(report.text))
            self.dismiss(f"{report.summary(None)}: printed when the browser closes")

    def action_copy(self) -> None:
        """Copy instead of writing a file."""
        entries = self._entries()
        if entries:
            report = write(entries, self._format(), self._options())
            self.dismiss(f"{report.summary(None)}: {copy(self.app, report.text)}")
