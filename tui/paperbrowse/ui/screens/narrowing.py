"""Narrowing the papers: the filter, authors, years and categories, bookmarks, the order."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from textual import on, work
from textual.worker import get_current_worker

from paperbrowse.describe import counted
from paperbrowse.library import Author, Library
from paperbrowse.searches import SearchesError
from paperbrowse.tally import NotWanted, categories_of, joint_papers
from paperbrowse.text.latex import to_terminal
from paperbrowse.ui.screens.chooser import Choice, Chooser
from paperbrowse.ui.screens.dialogs import Line
from paperbrowse.ui.screens.moving import MoveActions
from paperbrowse.ui.screens.searches import ChooseSearch
from paperbrowse.ui.view import Like, Narrowing, Part, apart
from paperbrowse.ui.widgets.filter_bar import FilterBar, FilterInput
from paperbrowse.ui.widgets.row_list import RowList

_COUNTED = 12
"""Parts of a query of which it is told what is left without them; who asks for more has pasted something."""
_BYLINE = 10
"""Names up to which every two of them are told for the papers they share."""
_PAIRED, _MOST_PAIRS = 50, 200
"""Of a longer byline, how many of its names are paired, and pairs told."""


class NarrowActions(MoveActions):
    """The actions of the "Find" group."""

    _cursor_wanted: str = ""

    # The filter.

    @on(FilterBar.Changed)
    def _filter_changed(self, event: FilterBar.Changed) -> None:
        if event.query_text != self.narrowing.query:
            self.narrowing = replace(self.narrowing, query=event.query_text)
            # Who clears the filter has found what it was for.
            self.look(keep_place=not event.query_text)

    @on(FilterInput.Done)
    def _filter_done(self) -> None:
        self._remember_query()
        if self.view.hint and self.view.rows:
            # The filter's line may have had no room for all of it; where nothing is found the abstract pane
            # says it.
            self.say(self.view.hint)
        self.action_pane("papers")

    @on(FilterInput.Escaped)
    def _filter_escaped(self) -> None:
        if self.filter_bar.input.value:
            self._remember_query()
            self.filter_bar.input.value = ""
        else:
            self.action_pane("papers")

    @on(FilterInput.Recalled)
    def _filter_recalled(self, event: FilterInput.Recalled) -> None:
        query = self.filter_bar.recall(self.searches.history, event.step)
        if query is None:
            self._filter_done()

    @on(FilterInput.Save)
    @work(exclusive=True, group="dialog")
    async def _save_search(self) -> None:
        query = self.narrowing.query.strip()
        if not query:
            self.say("type a query first; then it can be given a name")
            return
        name = await self.app.push_screen_wait(
            Line(f"Save the search “{query}” as", "", f"{self.key_of('searches')} lists the saved searches")
        )
        if name and name.strip():
            self.searches.save(name.strip(), query)
            key = self.key_of("searches")
            self._write_searches(f"saved as “{name.strip()}”; {key} lists the saved searches")

    def _remember_query(self) -> None:
        if self.narrowing.query.strip():
            self.searches.remember(self.narrowing.query)
            self._write_searches("")

    def _write_searches(self, done: str) -> None:
        try:
            self.searches.write()
        except SearchesError as error:
            self.notify(str(error), severity="warning", markup=False)
            return
        if done:
            self.say(done)

    def action_focus_filter(self) -> None:
        """Go and type a query."""
        self.remove_class("zoomed")
        query = self.filter_bar.input
        if query.value.strip() and not query.value.endswith(" "):
            query.value += " "  # what is typed now is another word
            query.cursor_position = len(query.value)
        self.set_focus(query)

    @work(exclusive=True, group="dialog")
    async def action_saved_searches(self) -> None:
        """Choose a saved search, or one that was asked before."""
        query = await self.app.push_screen_wait(
            ChooseSearch(self.searches, partial(self._write_searches, ""))
        )
        if query is not None:
            self.leave_trail()
            self.narrow_to(replace(self.narrowing, query=query))

    # Authors, years, categories.

    @on(RowList.Moved, "#authors")
    def _author_moved(self, event: RowList.Moved) -> None:
        author = self.authors.author(event.index)
        chosen = (author,) if author else ()
        if chosen != self.narrowing.authors[:1]:
            if not self.narrowing.authors:
                self.leave_trail()
            self.narrowing = replace(self.narrowing, authors=chosen)
            self.look(keep_place=True)

    @on(RowList.Chosen, "#authors")
    def _author_chosen(self) -> None:
        self.action_pane("papers")

    def action_more_like_this(self) -> None:
        """Narrow to the papers like the one under the cursor."""
        paper = self.current
        if paper:
            self.leave_trail()
            like = Like(paper.key, to_terminal(paper.title))
            self.narrow_to(Narrowing(like=like))

    def action_show_author(self, name: str) -> None:
        """Narrow to one author."""
        author = self.library.author(name) if self.library else None
        if author:
            self.leave_trail()
            self.narrow_to(Narrowing(authors=(author,)), key=self.current.key if self.current else "")

    @work(exclusive=True, group="dialog")
    async def action_people(self) -> None:
        """Choose among the paper's authors: their papers, or those that two of them share."""
        paper, library = self.current, self.library
        if paper is None or library is None:
            return
        found = (library.author(name) for name in (*paper.credited, *paper.pages_of))
        known = list({author.name: author for author in found if author}.values())
        choices = [Choice(author.name, author.name, counted(len(author.rows), "paper")) for author in known]
        others = {}
        for joint, one, other in _pairs(known, self.narrowing.authors[:1] or known[:1]):
            label = f"{other.name} with {one.name}"
            others[label] = (one, other)
            choices.append(Choice(label, label, counted(joint, "joint paper")))
        chosen = await self.app.push_screen_wait(
            Chooser("Authors of this paper", choices, "no author is known")
        )
        if chosen in others:
            self.leave_trail()
            self.narrow_to(Narrowing(authors=others[chosen]), key=paper.key)
        elif chosen is not None:
            self.action_show_author(chosen)

    @work(exclusive=True, group="dialog")
    async def action_facets(self) -> None:
        """Choose a year or a category among what is shown, with the number of papers each has."""
        if self.library is None:
            return
        years = [
            Choice(f"year:{year}", f"year {year}", counted(number, "paper"))
            for year, number in sorted(self.view.years.items(), reverse=True)
        ]
        chooser = Chooser("Narrow to", years, "no such year or category", coming="counting the categories …")
        self._add_categories(self.library, self.view.rows, chooser)
        chosen = await self.app.push_screen_wait(chooser)
        self.workers.cancel_group(self, "tally categories")
        if chosen is not None:
            self.leave_trail()
            query = f"{self.narrowing.query.strip()} {chosen}".strip()
            self.narrow_to(replace(self.narrowing, query=query))

    @work(exclusive=True, group="dialog")
    async def action_drop(self) -> None:
        """Take back one part of what narrows, chosen where there are several."""
        parts = [*self.narrowing.query_parts, *self.narrowing.parts]
        place = "0" if parts else None  # an answer typed ahead may have taken back the last
        if len(parts) > 1:
            choices = [Choice(str(place), part.words) for place, part in enumerate(parts)]
            chooser = Chooser("Take back", choices, "nothing that narrows is called so")
            self._tell_left(parts, chooser)
            place = await self.app.push_screen_wait(chooser)
            self.workers.cancel_group(self, "tally left")
        if place is not None:
            self._drop(parts[int(place)])

    @work(exclusive=True, group="tally left")
    async def _tell_left(self, parts: Sequence[Part], chooser: Chooser) -> None:
        """Tell beside each part how many papers are shown without it."""
        for place, part in enumerate(parts[:_COUNTED]):
            await asyncio.sleep(0)  # a key may come between
            number = await self.count(part.rest)
            chooser.tell({str(place): f"{counted(number, 'paper')} without it"})

    async def count(self, narrowing: Narrowing) -> int:
        """How many papers a narrowing leaves."""
        raise NotImplementedError

    def action_drop_part(self, place: int) -> None:
        """Take back the part of that place among those that stand beside the filter."""
        parts = self.narrowing.parts
        if place < len(parts):
            self._drop(parts[place])

    def _drop(self, part: Part) -> None:
        self.leave_trail()
        self.narrow_to(part.rest, key=self.current.key if self.current else "")

    @work(thread=True, exclusive=True, group="tally categories")
    def _add_categories(self, library: Library, rows: Sequence[int], chooser: Chooser) -> None:
        worker = get_current_worker()
        try:
            numbers = categories_of(library, apart(rows), lambda _noted: not worker.is_cancelled)
        except NotWanted:
            return
        choices = [
            Choice(f"cat:{name}", f"category {name}", counted(number, "paper"))
            for name, number in numbers.most_common()
        ]
        if not worker.is_cancelled:
            self.app.call_from_thread(chooser.add, choices)

    def narrow_to(self, narrowing: Narrowing, key: str = "") -> None:
        """Show what `narrowing` leaves, with the cursor on the paper of that key."""
        self.narrowing = narrowing
        self._cursor_wanted = key
        self.filter_bar.input.value = narrowing.query
        row = self.authors.row_of(narrowing.authors[0].name) if narrowing.authors else 0
        with self.prevent(RowList.Moved):
            self.authors.cursor = row or 0
        self.look()
        if self.pane == "authors":
            self.action_pane("papers")

    def action_back_out(self) -> None:
        """Take back one step: zoom, the pane in a narrow window, marks, the query, the stars, the author."""
        if self.plots.has_focus:
            self.stop_plots()
            return
        reading_alone = self.pane == "detail" and self.has_class("-narrow")
        if self.has_class("zoomed") or reading_alone:
            self.action_pane("papers")
        elif self.marked:
            self.marked.clear()
            self.papers.refresh()
            self.show_marks()
        elif self.filter_bar.input.value:
            self.filter_bar.input.value = ""
        elif self.narrowing.like:
            self.leave_trail()
            self.narrow_to(replace(self.narrowing, like=None), key=self.narrowing.like.key)
        elif self.narrowing.only_bookmarked:
            self.action_toggle_bookmarked()
        elif self.narrowing.authors:
            self.leave_trail()
            self.narrow_to(replace(self.narrowing, authors=()), key=self.current.key if self.current else "")
        elif self.pane != "papers":
            self.action_pane("papers")
        elif self.has_class("-narrow"):
            self.action_pane("authors")

    def stop_plots(self) -> None:
        """Show the abstract instead of plots."""
        raise NotImplementedError

    def show_marks(self) -> None:
        """Say how many papers are marked."""
        raise NotImplementedError

    # Bookmarks and the order.

    def action_toggle_bookmarked(self) -> None:
        """Only bookmarks, or all."""
        self.leave_trail()
        self.narrowing = replace(self.narrowing, only_bookmarked=not self.narrowing.only_bookmarked)
        self.look(keep_place=True)

    def action_next_order(self) -> None:
        """Sort by the next of the orders."""
        orders = self.narrowing.orders
        place = orders.index(self.narrowing.effective_order)
        self.narrowing = replace(self.narrowing, order=orders[(place + 1) % len(orders)], flip=False)
        self.look(keep_place=True)
        self.say(f"sorted by {self.narrowing.effective_order}")

    def action_flip_order(self) -> None:
        """Turn the order round."""
        self.narrowing = replace(self.narrowing, flip=not self.narrowing.flip)
        self.look(keep_place=True)


def _pairs(authors: Sequence[Author], chosen: Sequence[Author]) -> list[tuple[int, Author, Author]]:
    """The pairs that share papers, and how many; those of the chosen author first, then by that number.

    Of a long byline the others are told only where they share more than the one paper, and not of all.
    """
    names = [author.name for author in chosen]
    apart = [author for author in authors if author.name not in names]
    whole = len(authors) <= _BYLINE
    first = [(len(set(one.rows) & set(other.rows)), one, other) for one in chosen for other in apart]
    among = apart[:_PAIRED]
    rest = [
        (joint, among[place], among[later])
        for (place, later), joint in joint_papers(among).most_common(_MOST_PAIRS)
        if whole or joint > 1
    ]
    return [*sorted((pair for pair in first if pair[0]), key=lambda pair: -pair[0]), *rest]
