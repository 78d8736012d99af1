"""Setting right what a source says wrong, and telling what each source says."""

import asyncio

from textual import work
from textual.content import Content

from paperbrowse.corrections import FIELDS, FILE_NAME, LISTS, CorrectionError, set_correction
from paperbrowse.describe import field_words, told_path, value_text
from paperbrowse.model import Paper, Source
from paperbrowse.ui.screens.chooser import Choice, Chooser
from paperbrowse.ui.screens.dialogs import Line, Pages
from paperbrowse.ui.screens.parts import BrowserParts


class EditActions(BrowserParts):
    """The actions that correct a record and show its sources."""

    @work(exclusive=True, group="dialog")
    async def action_edit(self) -> None:
        """Choose a field of the paper and say what it is; the sources stay as they are."""
        paper = self.current
        if paper is None:
            return
        choices = [Choice(name, field_words(name), _value(paper, name)) for name in FIELDS]
        name = await self.app.push_screen_wait(Chooser(f"Correct {paper.key}", choices, "no such field"))
        if name is None:
            return
        hint = _how(paper, name)
        folder, typed = self.store.path.parent, _value(paper, name)
        while True:
            value = await self.app.push_screen_wait(Line(field_words(name), typed, hint))
            if value is None or value.strip() == _value(paper, name):
                return
            try:
                await asyncio.to_thread(set_correction, folder, paper, name, value.strip() or None)
                break
            except CorrectionError as error:
                typed, hint = value, str(error)
            except OSError as error:
                typed, hint = value, f"{folder / FILE_NAME} cannot be written: {error.strerror}"
        done = "corrected; the source stays as it is" if value.strip() else "as its source has it again"
        self.say(f"{field_words(name)} {done}")
        self.read_again()

    def read_again(self) -> None:
        """Read the library again at once."""
        raise NotImplementedError

    def action_sources(self) -> None:
        """Tell where each field of the paper comes from."""
        paper, library = self.current, self.library
        if paper is None or library is None:
            return
        row = library.row(paper.key)
        blocks = []
        for origin in library.origins(row) if row is not None else ():
            block = [
                Content.assemble((field_words(origin.field), "bold"), "  ", value_text(origin.value)),
                Content.styled(f"    {origin.correction_told or _place(origin.source, origin.how)}", "$dim"),
            ]
            for said in origin.others:
                place = _place(said.source, "" if said.how == "stated" else said.how)
                told = f"    {origin.before_others}: {value_text(said.value)} ({place})"
                block.append(Content.styled(told, "$dim"))
            blocks.append(Content("\n").join(block))
        text = Content("\n").join(blocks) if blocks else Content("Its source is not in this library.")
        self.app.push_screen(Pages(f"Where {paper.key} comes from", text))


def _place(source: Source, how: str = "") -> str:
    place = f"{told_path(source.path)}:{source.line}"
    return f"{how}, {place}" if how else place


def _how(paper: Paper, name: str) -> str:
    """What is to be known of what one types."""
    known_as = "date" if name in ("year", "month", "day") else name
    hint = "empty takes the correction back" if known_as in paper.corrected else "the source stays as it is"
    return f"several with ; between, {hint}" if name in LISTS else hint


def _value(paper: Paper, name: str) -> str:
    if name in ("year", "month", "day"):
        return str(getattr(paper.date, name) or "")
    value = getattr(paper, name)
    if isinstance(value, tuple):
        return "; ".join(value)
    return "" if value is None else str(value)
