"""The browser: it owns what is narrowed and shown, and binds it down to the panes."""

import asyncio
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace
from functools import partial
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container, Horizontal
from textual.content import Content
from textual.events import DescendantFocus, Resize

from paperbrowse.bookmarks import BookmarkStore
from paperbrowse.describe import grouped, told_path
from paperbrowse.library import Library
from paperbrowse.model import Problem
from paperbrowse.searches import Searches
from paperbrowse.ui.commands import PANES, bindings
from paperbrowse.ui.paper_text import paper_content
from paperbrowse.ui.screens.citing import CiteActions
from paperbrowse.ui.screens.editing import EditActions
from paperbrowse.ui.screens.keeping import KeepActions
from paperbrowse.ui.screens.looking import LookActions
from paperbrowse.ui.screens.opening import OpenActions
from paperbrowse.ui.themes import OWN_THEMES
from paperbrowse.ui.view import Narrowing, View, look
from paperbrowse.ui.widgets.author_list import AuthorFilter, AuthorList
from paperbrowse.ui.widgets.detail import Detail
from paperbrowse.ui.widgets.filter_bar import FilterBar, FilterInput
from paperbrowse.ui.widgets.key_hints import KeyHints
from paperbrowse.ui.widgets.masthead import Masthead
from paperbrowse.ui.widgets.paper_list import PaperList
from paperbrowse.ui.widgets.plots import Plots
from paperbrowse.ui.widgets.row_list import RowList

_PATIENCE = 0.2
"""Seconds after which a person is told that an answer is on its way."""
_ANSWERED_AT_ONCE = 2000
"""Papers up to which a query is answered before the letter is painted, so that both make one frame."""
_IN_ONE_FRAME = 0.02
"""Seconds that a letter waits for its answer where there are more, unless the one before waits already; most
answers take a tenth of that."""


class BrowseScreen(OpenActions, LookActions, KeepActions, CiteActions, EditActions):
    """Authors, papers and abstract; everything else opens over it."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings()]
    AUTO_FOCUS = "#papers"

    def __init__(self, store: BookmarkStore, searches: Searches) -> None:
        super().__init__(store, searches)
        self._been = []
        self._ahead = []
        self._turn = self._answered = 0
        # One thread: an answer that nobody wants any more is not to slow down the one that is wanted.
        self._looker = ThreadPoolExecutor(1)
        self._extent = None
        self._shown_paper = ""
        self._waiting = 0

    def compose(self) -> ComposeResult:
        """Head, filter, three panes, keys."""
        yield Masthead()
        yield FilterBar()
        with Horizontal(id="body"):
            yield AuthorList(id="authors")
            yield AuthorFilter(placeholder="a name", compact=True, select_on_focus=False)
            with Container(id="reading"):
                yield PaperList(id="papers")
                yield Detail(id="detail")
                yield Plots(id="plots")
        yield KeyHints()

    def on_mount(self) -> None:
        """Say what is going on until the library is there."""
        self.papers.is_bookmarked = lambda paper: self.store.of(paper) is not None
        self.papers.marked = self.marked
        self.papers.on_cursor = self._show_current
        self.detail.show(Content.styled("Reading …", "$dim"))
        self.query_one("#reading").add_class("nothing")
        self.query_one(KeyHints).show_pane(self.pane)
        self.show_pane("papers")
        self.set_interval(1.0, self._poll_store)
        self.take_up_layout()
        self.apply_settings(self.settings, self.commands)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """A command works only in the panes that the table gives it."""
        for command in self.commands:
            if command.action == action and self.pane not in command.panes:
                return False
        return super().check_action(action, parameters)

    # What comes in from the background.

    def look(self, *, keep_place: bool = False) -> None:
        """Compute the view of what is narrowed now; with `keep_place` the cursor stays on its paper."""
        if self.library is None:
            return
        patience = _IN_ONE_FRAME if self._turn == self._answered else 0
        self._turn += 1
        key = self._cursor_wanted or (self.current.key if keep_place and self.current else "")
        self._cursor_wanted = ""
        anchor = self.library.row(key) if key else None
        if len(self.library.papers) <= _ANSWERED_AT_ONCE:
            self._show_view(self._look(self.library, self.narrowing, anchor))
            return
        coming = self._looker.submit(self._look, self.library, self.narrowing, anchor)
        try:
            self._show_view(coming.result(patience))
        except TimeoutError:
            self.set_timer(_PATIENCE, partial(self._say_looking, self._turn))
            self._await_look(coming, self._turn)

    def _say_looking(self, turn: int) -> None:
        """Say that an answer is still being worked out, should it be."""
        if turn == self._turn != self._answered and self.library:
            total = len(self.library.own)
            self.filter_bar.show_state(len(self.view.rows), total, self.narrowing, "searching …")

    @work(exclusive=True, group="look")
    async def _await_look(self, coming: Future[View], turn: int) -> None:
        view = await asyncio.wrap_future(coming)
        if turn == self._turn:
            self._show_view(view)

    async def count(self, narrowing: Narrowing) -> int:
        """How many papers a narrowing leaves; of many papers it is worked out beside."""
        if self.library is None:
            return 0
        if len(self.library.papers) <= _ANSWERED_AT_ONCE:
            return len(self._look(self.library, narrowing, None).rows)
        looking = self._looker.submit(self._look, self.library, narrowing, None)
        return len((await asyncio.wrap_future(looking)).rows)

    def _look(self, library: Library, narrowing: Narrowing, anchor: int | None) -> View:
        kept = frozenset[int]()
        if narrowing.only_bookmarked:
            rows = (library.row(key) for key in self.store.bookmarks())
            kept = frozenset(row for row in rows if row is not None)
        return look(library, narrowing, kept, anchor)

    def _show_view(self, view: View) -> None:
        """Show the view that was asked for last."""
        if self.library is None:
            return
        self._answered = self._turn
        self.view = view
        self.papers.show_papers(self.library.papers, view.rows, view.spans, view.cursor)
        self.authors.show_counts(view.shown)
        self.query_one(Masthead).show_years(view.years)
        self.filter_bar.show_state(len(view.rows), len(self.library.own), view.narrowing, view.hint)
        self._shown_paper = ""
        self._show_current()
        self.count_shown()

    def _poll_store(self) -> None:
        if self.library and self.store.poll():
            self.store_changed()
        self.tell_store()

    def show_marks(self) -> None:
        """Say how many papers are marked."""
        self.query_one(KeyHints).show_marks(len(self.marked))

    def tell_store(self) -> None:
        """Show how many bookmarks there are, what is not saved yet, and what the store has to say."""
        # A save takes a moment; only what still waits at the next look is worth a word.
        waiting, self._waiting = self._waiting, self.store.unsaved
        self.query_one(Masthead).show_bookmarks(len(self.store.bookmarks()), min(waiting, self._waiting))
        for message in self.store.take_messages():
            self.notify(message, severity="warning", markup=False, timeout=10)

    def store_changed(self) -> None:
        """Draw what the bookmarks changed."""
        self.papers.refresh()
        self.tell_store()
        self._shown_paper = ""
        if self.narrowing.only_bookmarked or "is:" in self.narrowing.query or "tag:" in self.narrowing.query:
            self.look(keep_place=True)
        else:
            self._show_current()

    # What the panes say.

    @on(RowList.Chosen, "#papers")
    def _paper_chosen(self) -> None:
        if self.has_class("plotting"):
            self.stop_plots()
        self.action_pane("detail")

    @on(RowList.Left, "#papers")
    def _papers_left(self) -> None:
        self.action_pane("authors")

    @on(Detail.Left)
    @on(Plots.Left)
    def _detail_left(self) -> None:
        self.action_pane("papers")

    def on_descendant_focus(self, event: DescendantFocus) -> None:
        """The footer tells the keys of the pane that has the focus."""
        hints = self.query_one(KeyHints)
        # Two moves in a row may be told in either order; what has the focus now is what counts.
        widget = self.focused or event.widget
        identity = "detail" if widget is self.plots else widget.id
        for pane in PANES:
            if identity == pane:
                self.pane = pane
                self.show_pane(pane)
                hints.show_pane(pane, "narrow" if widget is self.plots else "")
                self.show_unable()
                self.show_position()
        if isinstance(widget, FilterInput):
            self.remove_class("zoomed")  # what is typed narrows what a zoomed pane hides
            if self.pane != "papers" and widget is self.filter_bar.input:
                self.show_pane("papers")
            hints.show_pane("filter")

    def on_resize(self, event: Resize) -> None:
        """The panes are laid out for the width."""
        self.arrange_panes(event.size.width)

    # What is shown of the current paper.

    def show_position(self) -> None:
        """Say in words where the cursor is, among the authors or the papers."""
        place, count = self.papers.cursor + 1, len(self.view.rows)
        position = f"{grouped(place)} of {grouped(count)}" if self.current else ""
        self.query_one(KeyHints).show_position(self.authors.position if self.pane == "authors" else position)

    def show_current_anew(self) -> None:
        """Draw the paper under the cursor again: something else is to be said of it."""
        self._shown_paper = ""
        self._show_current()

    def _show_current(self) -> None:
        paper = self.current
        self.show_position()
        self.query_one("#reading").set_class(paper is None, "nothing")
        if paper is None:
            self._shown_paper = ""
            self.detail.show(self._nothing())
        elif paper.key != self._shown_paper:
            self._shown_paper = paper.key
            bookmark, spans = self.store.of(paper), self.view.spans
            more, note = self.more_like(paper), self.page_note(paper)
            if note:
                more = Content("\n").join([Content.styled(note, "$dim"), more])
            self.detail.show_made(lambda low: paper_content(paper, bookmark, spans, low=low, more=more))
        self.show_unable()

    def _nothing(self) -> Content:
        if self.library is None:
            return Content.styled("Reading …", "$dim")
        if not self.library.papers:
            lines = ["Nothing to browse yet.", "", "Open author pages with  paperbrowse --library PATH"]
            lines += [_problem_words(problem) for problem in self.library.problems[:5]]
            return Content("\n".join(lines))
        if self.narrowing.only_bookmarked and not self.store.bookmarks():
            return Content(
                f"No bookmarks yet.\n\n{self.key_of('bookmark')} keeps the paper under the cursor; "
                f"{self.key_of('bookmarked')} shows all papers again."
            )
        hint = f"\n\n{self.view.hint}" if self.view.hint else ""
        out = f"{self.key_of('clear')} takes back what narrows, one step at a time."
        like = self.narrowing.like
        alone = like and self.narrowing == Narrowing(like=like, usual=self.narrowing.usual)
        nothing = f"No paper is like “{like.title}”." if like and alone else "No paper matches."
        return Content(f"{nothing}{hint}\n\n{out}")

    # Looking.

    async def action_dismiss(self, result: None = None) -> None:
        """Stay: it is meant for a dialog that a second click on its last line found closed."""

    def action_help(self) -> None:
        """All keys and the query language."""
        from paperbrowse.ui.screens.help import Help

        self.app.push_screen(Help(self.commands))

    def action_problems(self) -> None:
        """What could not be read."""
        from paperbrowse.ui.screens.dialogs import Pages

        problems = self.library.problems if self.library else ()
        text = "\n\n".join(map(_problem_words, problems)) or "Everything was read."
        self.app.push_screen(Pages("Problems while reading", Content(text)))

    def action_next_theme(self) -> None:
        """Dark, light, high contrast, the terminal's own colours."""
        themes = [*(theme.name for theme in OWN_THEMES), "ansi-dark", "ansi-light"]
        place = themes.index(self.app.theme) if self.app.theme in themes else -1
        self.app.theme = themes[(place + 1) % len(themes)]

    @work(exclusive=True, group="leave")
    async def action_leave(self) -> None:
        """Quit, but never with a change that is not on disk unless the person says so."""
        if await self.all_saved() or await self.ask_to_lose():
            self.app.exit(0)


def _problem_words(problem: Problem) -> str:
    return str(replace(problem, path=told_path(problem.path)))
