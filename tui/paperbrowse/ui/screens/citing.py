"""What a person takes away: citations, keys, links."""

from collections.abc import Sequence

from textual import work

from paperbrowse.describe import counted, links
from paperbrowse.model import Bookmark, Paper
from paperbrowse.ui.clipboard import copy
from paperbrowse.ui.screens.parts import BrowserParts


class CiteActions(BrowserParts):
    """The actions of the "Cite" group."""

    def action_copy_bibtex(self) -> None:
        """Copy the BibTeX entries of the chosen papers."""
        papers = self.chosen
        if papers:
            from paperbrowse.writers import ExportOptions, write

            form = "biblatex" if self.settings.export.format == "biblatex" else "bibtex"
            report = write([self.kept_or_plain(paper) for paper in papers], form, ExportOptions())
            self._say_copied(_named("BibTeX", papers), report.text)

    def action_copy_reference(self) -> None:
        """Copy the formatted references of the chosen papers."""
        papers = self.chosen
        if papers:
            from paperbrowse.writers.references import reference

            style = self.settings.export.style
            text = "\n".join(reference(paper, style) for paper in papers)
            self._say_copied(_named("reference", papers), text)

    def action_copy_key(self) -> None:
        r"""Copy the citation keys of the chosen papers, with commas between as \cite takes them."""
        papers = self.chosen
        if papers:
            self._say_copied(_named("key", papers), ",".join(paper.key for paper in papers))

    def action_copy_cite(self) -> None:
        r"""Copy the command that cites the chosen papers, \cite{…}."""
        papers = self.chosen
        if papers:
            keys = ",".join(paper.key for paper in papers)
            self._say_copied(_named("citation", papers), f"\\cite{{{keys}}}")

    def _say_copied(self, what: str, text: str) -> None:
        self.say(f"{what}: {copy(self.app, text)}")

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

        sheet = ExportSheet(self._choices(), self.settings.export)
        done = await self.app.push_screen_wait(sheet)
        if done:
            self.say(done)

    def _choices(self) -> dict[str, Sequence[Paper | Bookmark]]:
        """What can be exported, by its name in the sheet; nothing empty is offered."""
        assert self.library is not None
        papers = self.library.papers
        marked = [self.kept_or_plain(paper) for paper in self.chosen] if self.marked else []
        choices: dict[str, Sequence[Paper | Bookmark]] = {
            "marked": marked,
            "bookmarks": [self.library.as_kept(mark) for mark in self.store.bookmarks().values()],
            "shown": [self.kept_or_plain(papers[row]) for row in self.view.rows],
            "this paper": [self.kept_or_plain(self.current)] if self.current else [],
        }
        return {name: entries for name, entries in choices.items() if entries}


def _named(what: str, papers: list[Paper]) -> str:
    return f"{what} of {papers[0].key if len(papers) == 1 else counted(len(papers), 'paper')}"
