"""What a person takes away: citations, keys, links."""

from typing import TYPE_CHECKING

from textual import work

from paperbrowse.bookmarks import BookmarkStore
from paperbrowse.describe import links
from paperbrowse.library import Library
from paperbrowse.model import Bookmark, Paper
from paperbrowse.ui.clipboard import copy
from paperbrowse.ui.view import View

if TYPE_CHECKING:
    from textual.screen import Screen

    _Base = Screen[None]
else:
    _Base = object


class CiteActions(_Base):
    """The actions of the "Cite" group."""

    store: BookmarkStore
    library: Library | None
    view: View

    @property
    def current(self) -> Paper | None:
        """The paper under the cursor."""
        raise NotImplementedError

    def action_copy_bibtex(self) -> None:
        """Copy the paper's BibTeX entry."""
        paper = self.current
        if paper is None:
            return
        from paperbrowse.writers import ExportOptions, write

        entry = write([self.store.of(paper) or paper], "bibtex", ExportOptions()).text
        self._say_copied(f"BibTeX of {paper.key}", entry)

    def action_copy_key(self) -> None:
        """Copy the paper's citation key."""
        paper = self.current
        if paper is not None:
            self._say_copied(paper.key, paper.key)

    def _say_copied(self, what: str, text: str) -> None:
        self.notify(f"{what}: {copy(self.app, text)}", markup=False, timeout=3)

    def action_open_link(self) -> None:
        """Open the paper's first link."""
        paper = self.current
        if paper is None:
            return
        addresses = links(paper)
        if addresses:
            self._open(addresses[0])
        else:
            self.notify("This paper’s source gives no link.", severity="warning", markup=False, timeout=3)

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

        sheet = ExportSheet(self._choices())
        done = await self.app.push_screen_wait(sheet)
        if done:
            self.notify(done, markup=False)

    def _choices(self) -> dict[str, list[Paper | Bookmark]]:
        """What can be exported, by its name in the sheet; nothing empty is offered."""
        assert self.library is not None
        papers = self.library.papers
        kept: list[Paper | Bookmark] = list(self.store.bookmarks().values())
        shown = [self.store.of(papers[row]) or papers[row] for row in self.view.rows]
        current = self.current
        choices = {
            "bookmarks": kept,
            "shown": shown,
            "this paper": [self.store.of(current) or current] if current else [],
        }
        return {name: entries for name, entries in choices.items() if entries}
