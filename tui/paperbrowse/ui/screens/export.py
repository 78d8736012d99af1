"""The export sheet: which papers, in which form, where to, with the outcome in view."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.timer import Timer
from textual.widgets import Input, Static

from paperbrowse.describe import counted, grouped
from paperbrowse.settings import STYLE_NAMES
from paperbrowse.ui.clipboard import copy
from paperbrowse.ui.export_choice import BIB_FORMATS, STYLED_FORMATS, TARGETS, ExportChoice
from paperbrowse.ui.export_job import MANY, ExportJob, Selection
from paperbrowse.ui.messages import SayAtTheEnd
from paperbrowse.ui.path_suggester import PathSuggester
from paperbrowse.ui.screens.dialog import Dialog
from paperbrowse.ui.screens.dialogs import LastWord
from paperbrowse.ui.screens.existing import ADD, KEEP, ExistingFile
from paperbrowse.ui.widgets.hint_line import Hint, HintLine
from paperbrowse.ui.widgets.one_line import OneLine
from paperbrowse.ui.widgets.option_line import OneOf, Option, OptionLine, SomeOf
from paperbrowse.writers import FORMATS
from paperbrowse.writers.choosing import complaint, field_names
from paperbrowse.writers.target import TargetError

_PREVIEWED = 5
_FORESEEN_AFTER = 0.2
"""Seconds without a key after which the file is looked at."""

_ONE_COLUMN, _ONE_COLUMN_LOW = 80, 16
"""Cells and lines below which the sheet scrolls as a whole."""

_EXTRAS = {
    "abstract": "abstracts",
    "keywords": "tags",
    "note": "notes",
    "mark_inferred": "mark inferred years",
}
_TARGET_NAMES = {
    "file": "file",
    "add": "add to .bib",
    "clipboard": "clipboard",
    "print": "print at the end",
}
_HINTS = (
    Hint("Enter", "export", "export"),
    Hint("↑↓←→", "choose"),
    Hint("Ctrl-Y", "copy", "copy"),
    Hint("Ctrl-O", "print", "print"),
)


class ExportSheet(Dialog[str]):
    """Closes with a sentence that says what was done, or with nothing; `choice` is what was asked last."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "close", "Close"),
        Binding("enter,ctrl+s", "export", "Export"),
        Binding("ctrl+y", "copy", "Copy", priority=True),
        Binding("ctrl+o", "print", "Print", priority=True),
        Binding("down", "app.focus_next", "Next line", show=False),
        Binding("up", "app.focus_previous", "Line before", show=False),
        Binding("pagedown", "page(1)", "Page down", show=False),
        Binding("pageup", "page(-1)", "Page up", show=False),
    ]

    def __init__(self, selections: Sequence[Selection], choice: ExportChoice) -> None:
        """Offer `selections`, beginning with what `choice` says and else with the first that is not empty."""
        super().__init__()
        self._selections = {selection.name: selection for selection in selections}
        there = [selection.name for selection in selections if selection.count]
        self.choice = replace(
            choice, what=choice.what if choice.what in there else there[0], file=choice.file_name
        )
        self.at_work = False
        """Whether something is being written."""
        self._foreseeing: Timer | None = None

    def compose(self) -> ComposeResult:
        """A line for each thing to choose, and the preview."""
        with Vertical(classes="dialog dialog-wide", id="export"):
            yield Static("Export", markup=False, classes="dialog-title")
            with Vertical(id="export-body"):
                with Vertical(id="export-form"):
                    yield from self._form()
                    yield Static(id="export-status", markup=False)
                with VerticalScroll(can_focus=False, id="export-preview"):
                    yield Static(id="export-about", markup=False)
                    yield Static(id="export-text", markup=False)
            yield HintLine(*_HINTS, close=Hint("Esc", "close", "close"))

    def _form(self) -> ComposeResult:
        choice = self.choice
        whats = [
            Option(name, name if name.startswith("this") else f"{name} {grouped(selection.count)}")
            for name, selection in self._selections.items()
        ]
        empty = [name for name, selection in self._selections.items() if not selection.count]
        formats = [Option(name, name) for name in FORMATS]
        styles = [Option(name, text) for name, text in STYLE_NAMES.items()]
        extras = [Option(name, text) for name, text in _EXTRAS.items()]
        targets = [Option(name, _TARGET_NAMES[name]) for name in TARGETS]
        suffixes = {form.suffix for form in FORMATS.values()}
        yield from _row("Papers", OneOf(whats, choice.what, unable=empty, id="what"))
        yield from _row("Format", OneOf(formats, choice.format, id="format"))
        yield from _row("Style", OneOf(styles, choice.style, id="style"))
        yield from _row("Fields", OneLine(choice.fields, placeholder="all", compact=True, id="fields"))
        yield from _row("With", SomeOf(extras, choice.extras.split(), id="extras"))
        yield from _row("To", OneOf(targets, choice.to, id="to"))
        yield from _row(
            "File",
            OneLine(
                choice.file,
                compact=True,
                select_on_focus=False,
                suggester=PathSuggester(suffixes),
                id="target",
            ),
        )

    def on_mount(self) -> None:
        """The file's name is what one most often changes; a small window begins at its beginning."""
        self._show_possible()
        small = self.app.size.width < _ONE_COLUMN or self.app.size.height < _ONE_COLUMN_LOW
        place = "#what" if small else "#target" if self.choice.to in ("file", "add") else "#to"
        self.query_one(place).focus()
        self._preview()
        self._show_target()

    def on_descendant_focus(self) -> None:
        """The label tells where the keys go."""
        for row in self.query(".export-row"):
            row.set_class(row.has_focus_within, "-here")

    # What is chosen.

    @on(OptionLine.Changed)
    @on(Input.Changed)
    def _changed(self) -> None:
        """Take over what the lines say, and show what comes of it."""
        before = self.choice
        self.choice = self._read()
        if self.choice.format != before.format:
            self._follow_format()
        self._show_possible()
        if replace(before, file="", to="") != replace(self.choice, file="", to=""):
            self._preview()
        self._show_target()

    def _read(self) -> ExportChoice:
        extras = self.query_one("#extras", SomeOf)
        return replace(
            self.choice,
            what=self.query_one("#what", OneOf).value,
            format=self.query_one("#format", OneOf).value,
            style=self.query_one("#style", OneOf).value,
            extras=" ".join(option.value for option in extras.options if option.value in extras.values),
            fields=self.query_one("#fields", Input).value,
            to=self.query_one("#to", OneOf).value,
            file=self.query_one("#target", Input).value,
        )

    def _follow_format(self) -> None:
        """Give the file the format's suffix, and another target where the format cannot be added to one."""
        target = self.query_one("#target", Input)
        if self.choice.to not in self.choice.targets:
            self.query_one("#to", OneOf).choose("file")
        with self.prevent(Input.Changed):
            target.value = self.choice.file_name
        self.choice = self._read()

    def _show_possible(self) -> None:
        """Offer what makes a difference, and nothing else."""
        choice = self.choice
        styled = choice.format in STYLED_FORMATS
        self.query_one("#row-style").display = styled
        self.query_one("#row-fields").display = not styled
        fields = self.query_one("#fields", Input)
        names = sorted(field_names(choice.format))
        fields.disabled = not names
        fields.suggester = LastWord(names)
        self.query_one("#extras", SomeOf).show_unable(set(_EXTRAS) - set(choice.possible_extras))
        self.query_one("#to", OneOf).show_unable(set(TARGETS) - set(choice.targets))
        self.query_one("#target", Input).disabled = choice.to not in ("file", "add")

    @property
    def _job(self) -> ExportJob:
        return ExportJob(self.choice, self._selections[self.choice.what])

    @property
    def _complaint(self) -> str:
        return complaint(self.choice.format, self.choice.options.fields)

    # What will come of it.

    def _preview(self) -> None:
        job = self._job
        about = FORMATS[job.choice.format].title
        if job.selection.count > _PREVIEWED:
            about += f" · the first {_PREVIEWED} of {grouped(job.selection.count)}"
        else:
            about += f" · {counted(job.selection.count, 'paper')}"
        self.query_one("#export-about", Static).update(Content.styled(about, "$dim"))
        if not self._complaint:
            text = job.written(_PREVIEWED).text
            self.query_one("#export-text", Static).update(Content(text.rstrip("\n")))
            self.query_one("#export-preview", VerticalScroll).scroll_y = 0

    def _show_target(self) -> None:
        """Say what is known of the target; its file is looked at when the person pauses."""
        if self._foreseeing:
            self._foreseeing.stop()
            self._foreseeing = None
        if self._complaint:
            self.tell(f"Fields: {self._complaint}", bad=True)
            return
        self.tell("printed when the browser closes" if self.choice.to == "print" else "")
        if self.choice.to in ("file", "add"):
            self._foreseeing = self.set_timer(_FORESEEN_AFTER, self._look_at_file)

    def _look_at_file(self) -> None:
        self._foreseeing = None
        self._foresee(self._job)

    @work(thread=True, exclusive=True, group="foresee")
    def _foresee(self, job: ExportJob) -> None:
        """Look at the file before it is written."""
        words, bad = job.foreseen()
        if job.choice is self.choice and self.is_attached and not self.at_work:
            self.app.call_from_thread(self.tell, words, bad=bad)

    def tell(self, words: str, *, bad: bool = False) -> None:
        """Say in the sheet what is the matter."""
        # A look at the file may come to its end when the sheet is closing and has lost its parts.
        for status in self.query("#export-status").results(Static):
            status.update(Content.styled(words, "$warning" if bad else "$dim"))
            if bad:
                self.call_after_refresh(status.scroll_visible, animate=False)

    @property
    def told(self) -> str:
        """What the sheet says last."""
        return str(self.query_one("#export-status", Static).render())

    # Doing it.

    def action_page(self, pages: int) -> None:
        """Scroll the preview, or the whole sheet where it is one column."""
        preview, body = self.query_one("#export-preview"), self.query_one("#export-body")
        pane = preview if preview.max_scroll_y else body
        pane.scroll_relative(y=pages * max(pane.size.height - 1, 1), animate=False)

    def action_close(self) -> None:
        """Close without a word."""
        self.dismiss("")

    @on(Input.Submitted)
    def _submitted(self) -> None:
        self.action_export()

    def action_export(self) -> None:
        """Do what the sheet says."""
        self._start(self.choice.to)

    def action_copy(self) -> None:
        """Copy, whatever the target."""
        self._start("clipboard")

    def action_print(self) -> None:
        """Print when the browser closes, whatever the target."""
        self._start("print")

    def _start(self, to: str) -> None:
        if self._complaint:
            self.query_one("#fields").focus()
        elif not self.at_work:
            self.at_work = True
            self._work(to, self._job)

    @work(group="export")
    async def _work(self, to: str, job: ExportJob) -> None:
        if job.selection.count > MANY:
            self.tell(f"Writing {grouped(job.selection.count)} papers …")
        try:
            done = await self._done(to, job)
        except TargetError as error:
            self.tell(str(error), bad=True)
            self.query_one("#target").focus()
            done = ""
        self.at_work = False
        if done:
            self.dismiss(done)

    async def _done(self, to: str, job: ExportJob) -> str:
        """Do the job and say so; nothing where the person thought better of it."""
        if to == "add":
            return await asyncio.to_thread(job.add)
        if to == "file":
            return await self._saved(job)
        report = await asyncio.to_thread(job.written)
        if to == "print":
            self.app.post_message(SayAtTheEnd(report.text))
            return f"{report.summary(None)}, printed when the browser closes"
        return f"{report.summary(None)}: {copy(self.app, report.text)}"

    async def _saved(self, job: ExportJob) -> str:
        """Write the file; one that is there as the person says."""
        if not await asyncio.to_thread(lambda: job.is_there):
            return await asyncio.to_thread(job.save, replace=False)
        addable = job.choice.format in BIB_FORMATS
        answer = await self.app.push_screen_wait(ExistingFile(job.choice.file, addable=addable))
        if answer == KEEP:
            return ""
        return await (
            asyncio.to_thread(job.add) if answer == ADD else asyncio.to_thread(job.save, replace=True)
        )


def _row(label: str, line: OneOf | SomeOf | Input) -> ComposeResult:
    name = "file" if line.id == "target" else line.id
    with Horizontal(classes="export-row", id=f"row-{name}"):
        yield Static(label, markup=False, classes="export-label")
        yield line
