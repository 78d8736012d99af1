"""What the groups of actions share: the state of the browser and its panes."""

from collections.abc import Sequence

from textual.screen import Screen

from paperbrowse.bookmarks import BookmarkStore
from paperbrowse.drafts import Drafts
from paperbrowse.library import Library
from paperbrowse.model import Bookmark, Paper
from paperbrowse.searches import Searches
from paperbrowse.session import Session
from paperbrowse.settings import Settings
from paperbrowse.ui.commands import COMMANDS, LIST_COMMANDS, Command, Pane
from paperbrowse.ui.view import Narrowing, View
from paperbrowse.ui.widgets.author_list import AuthorList
from paperbrowse.ui.widgets.detail import Detail
from paperbrowse.ui.widgets.filter_bar import FilterBar
from paperbrowse.ui.widgets.key_hints import KeyHints
from paperbrowse.ui.widgets.paper_list import PaperList
from paperbrowse.ui.widgets.plots import Plots


class BrowserParts(Screen[None]):
    """The state that the browser owns, and its panes; each group of actions stands on it."""

    def __init__(self, store: BookmarkStore, searches: Searches) -> None:
        super().__init__()
        self.store = store
        self.searches = searches
        self.settings = Settings()
        self.session = Session()
        self.drafts = Drafts(None)
        self.commands: Sequence[Command] = (*COMMANDS, *LIST_COMMANDS)
        self.library: Library | None = None
        self.narrowing = Narrowing()
        self.view = View(self.narrowing)
        self.pane: Pane = "papers"
        self.marked: dict[str, None] = {}
        """Keys of marked papers, in the order they were marked."""

    def look(self, *, keep_place: bool = False) -> None:
        """Compute the view of what is narrowed now; with `keep_place` the cursor stays on its paper."""
        raise NotImplementedError

    def store_changed(self) -> None:
        """Draw what the bookmarks changed."""
        raise NotImplementedError

    def action_pane(self, pane: Pane) -> None:
        """Give the focus to a pane."""
        raise NotImplementedError

    def say(self, text: str) -> None:
        """Tell what was done, or why it was not, in the last line; what is too long for it in a toast."""
        if not self.query_one(KeyHints).say(text):
            self.notify(text, markup=False, timeout=5)

    def take_back_word(self) -> None:
        """Let what was told last go, also out of a toast, unless it is a warning: the person has gone on."""
        self.query_one(KeyHints).forget()
        for notice in [one for one in self.app._notifications if one.severity == "information"]:
            self.app._unnotify(notice)

    def key_of(self, command: str) -> str:
        """The first key of a command as a person reads it, or where else it is found."""
        [found] = [entry for entry in self.commands if entry.id == command]
        return found.shown.split()[0] if found.shown else f"“{found.label}” in the commands"

    @property
    def authors(self) -> AuthorList:
        """The authors pane."""
        return self.query_one("#authors", AuthorList)

    @property
    def papers(self) -> PaperList:
        """The papers pane."""
        return self.query_one("#papers", PaperList)

    @property
    def detail(self) -> Detail:
        """The abstract pane."""
        return self.query_one("#detail", Detail)

    @property
    def plots(self) -> Plots:
        """What stands in the place of the abstract pane while plots are shown."""
        return self.query_one("#plots", Plots)

    @property
    def filter_bar(self) -> FilterBar:
        """The line with the query."""
        return self.query_one(FilterBar)

    @property
    def current(self) -> Paper | None:
        """The paper under the cursor."""
        return self.papers.current

    @property
    def chosen(self) -> list[Paper]:
        """What a command works on: the marked papers, or else the one under the cursor."""
        if self.marked:
            return self.papers_of([*self.marked])
        return [self.current] if self.current else []

    def papers_of(self, keys: Sequence[str]) -> list[Paper]:
        """The papers of these keys, of those that the library has."""
        papers = [self.library.paper(key) for key in keys] if self.library else []
        return [paper for paper in papers if paper is not None]

    def kept_or_plain(self, paper: Paper) -> Paper | Bookmark:
        """A paper for an export: with its tags and notes where it is bookmarked."""
        bookmark = self.store.of(paper)
        if bookmark is None:
            return paper
        return self.library.as_kept(bookmark) if self.library else bookmark
