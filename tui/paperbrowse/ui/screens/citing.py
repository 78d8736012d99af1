"""What a person takes away: citations, keys, links."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from textual import work

from paperbrowse.describe import counted, links
from paperbrowse.library import Library
from paperbrowse.model import Bookmark, Paper
from paperbrowse.settings import STYLE_NAMES
from paperbrowse.ui.clipboard import copy
from paperbrowse.ui.screens.parts import BrowserParts

if TYPE_CHECKING:
    from paperbrowse.ui.export_choice import ExportChoice
    from paperbrowse.ui.export_job import Selection

Entries = Sequence[Paper | Bookmark]

_COPIED_AT_ONCE = 30
"""Papers that are written in less time than a person notices."""
_MOST_COPIED = 2000
"""More would be too much for most clipboards, after a long wait."""


class CiteActions(BrowserParts):
    """The actions of the "Cite" group."""

    def action_copy_bibtex(self) -> None:
        """Copy the BibTeX entries of the chosen papers."""
        from paperbrowse.writers import write

        form = self._choice.dialect
        self._copy("BibTeX", lambda entries: write(entries, form).text)

    def action_copy_reference(self) -> None:
        """Copy the formatted references of the chosen papers."""
        from paperbrowse.writers import ExportOptions, write

        options = ExportOptions(style=self._choice.style)
        self._copy(
            f"{STYLE_NAMES[options.style]} reference",
            lambda entries: write(entries, "text", options).text.rstrip("\n"),
        )

    def action_copy_key(self) -> None:
        r"""Copy the citation keys of the chosen papers, with commas between as \cite takes them."""
        self._copy("key", _keys)

    def action_copy_cite(self) -> None:
        r"""Copy the command that cites the chosen papers, \cite{…}."""
        self._copy("citation", lambda entries: f"\\cite{{{_keys(entries)}}}")

    def _copy(self, what: str, written: Callable[[Entries], str]) -> None:
        """Copy what is `written` of the chosen papers; of many of them beside what the person does next."""
        marked = len(self.marked)
        if marked > _MOST_COPIED:
            self.say(
                f"{counted(marked, 'paper')} are too many to copy; {self.key_of('export')} writes a file"
            )
        elif marked > _COPIED_AT_ONCE:
            self._copy_beside(what, written, [*self.marked])
        elif papers := self.chosen:
            self._say_copied(*self._cited(what, written, papers))

    @work(thread=True, exclusive=True, group="open")
    def _copy_beside(self, what: str, written: Callable[[Entries], str], keys: list[str]) -> None:
        # The keys as they were: what is marked meanwhile is not meant.
        if papers := self.papers_of(keys):
            self.app.call_from_thread(self._say_copied, *self._cited(what, written, papers))

    def _cited(self, what: str, written: Callable[[Entries], str], papers: list[Paper]) -> tuple[str, str]:
        return _named(what, papers), written([self.kept_or_plain(paper) for paper in papers])

    def _say_copied(self, what: str, text: str) -> None:
        self.say(f"{what}: {copy(self.app, text)}")

    @property
    def _choice(self) -> "ExportChoice":
        """What was exported last, over what the settings say."""
        from paperbrowse.ui.export_choice import ExportChoice

        return ExportChoice.taken_up(self.session.export, self.settings.export)

    def action_open_link(self) -> None:
        """Open the paper's first link."""
        self.action_open_numbered(1)

    def action_open_numbered(self, number: int) -> None:
        """Open the paper's link of that number, from 1."""
        addresses = links(self.current) if self.current else []
        if 0 < number <= len(addresses):
            self._open(addresses[number - 1])

    @work(exclusive=True, group="dialog")
    async def action_choose_link(self) -> None:
        """Choose among the paper's links by its number."""
        addresses = links(self.current) if self.current else []
        number: int | None = 1
        if len(addresses) > 1:
            from paperbrowse.ui.screens.numbered import Numbered

            number = await self.app.push_screen_wait(Numbered("Open a link", addresses))
        if number:
            self.action_open_numbered(number)

    @work(thread=True, group="open")
    def _open(self, address: str) -> None:
        """Hand an http or https address (`links` gives no other) to the desktop's browser, not to a shell."""
        import webbrowser

        try:
            opened = webbrowser.open(address)
        except (webbrowser.Error, OSError):
            opened = False
        if not opened:
            self.app.call_from_thread(self._say_copied, f"No web browser here; {address}", address)

    @work(exclusive=True, group="dialog")
    async def action_export(self) -> None:
        """Open the export sheet and say what came of it."""
        if self.library is None:
            return
        from paperbrowse.ui.screens.export import ExportSheet

        selections = self._selections(self.library)
        if not any(selection.count for selection in selections):
            return
        choice = self._choice
        if self.marked:
            choice = replace(choice, what="marked")
        sheet = ExportSheet(selections, choice)
        if done := await self.app.push_screen_wait(sheet):
            self.session = replace(self.session, export=sheet.choice.words)
            self.say(done)

    def _selections(self, library: Library) -> list["Selection"]:
        """What can be exported; papers are fetched when they are wanted, for it may be all of them."""
        from paperbrowse.ui.export_job import Selection

        papers, current = library.papers, self.current
        marked, rows, bookmarks = list(self.marked), self.view.rows, self.store.bookmarks()

        def of_marked(limit: int | None) -> Entries:
            found = (library.paper(key) for key in marked[:limit])
            return [self.kept_or_plain(paper) for paper in found if paper]

        def of_bookmarks(limit: int | None) -> Entries:
            return [library.as_kept(mark) for mark in list(bookmarks.values())[:limit]]

        def of_shown(limit: int | None) -> Entries:
            return [self.kept_or_plain(papers[row]) for row in rows[:limit]]

        def of_current(_limit: int | None) -> Entries:
            return [self.kept_or_plain(current)] if current else []

        return [
            Selection("marked", len(marked), of_marked),
            Selection("bookmarks", len(bookmarks), of_bookmarks),
            Selection("shown", len(rows), of_shown),
            Selection("this paper", int(current is not None), of_current),
        ]


def _keys(entries: Entries) -> str:
    return ",".join((entry.paper if isinstance(entry, Bookmark) else entry).key for entry in entries)


def _named(what: str, papers: list[Paper]) -> str:
    if len(papers) == 1:
        return f"{what} of {papers[0].key}"
    plural = what if what == "BibTeX" else f"{what}s"
    return f"{plural} of {counted(len(papers), 'paper')}"
