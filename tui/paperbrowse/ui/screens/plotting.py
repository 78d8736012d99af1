"""The papers that are shown as bars, in the place of the abstract, and what a bar narrows to."""

from collections.abc import Sequence
from dataclasses import replace

from textual import on, work
from textual.worker import get_current_worker

from paperbrowse.describe import counted, grouped
from paperbrowse.library import Library
from paperbrowse.tally import NotWanted, Tally, tally
from paperbrowse.ui.screens.narrowing import NarrowActions
from paperbrowse.ui.view import Narrowing, apart
from paperbrowse.ui.widgets.plots import Plots

_AT_ONCE = 200
"""Papers up to which they are counted before anything else happens."""
_LOW = 30
"""Lines below which plots are given the whole window."""
_TOLD_EVERY = 10_000


class PlotActions(NarrowActions):
    """The actions that have to do with plots; they follow every narrowing."""

    def action_plots(self) -> None:
        """Show plots instead of the abstract, or the abstract again."""
        if self.has_class("plotting"):
            self.stop_plots()
            return
        self.add_class("plotting")
        if self.size.height < _LOW:
            self.add_class("zoomed")
        self.action_pane("detail")
        self.count_shown()

    def stop_plots(self) -> None:
        """Show the abstract instead of plots."""
        self.remove_class("plotting", "zoomed")
        self.workers.cancel_group(self, "tally")
        self.action_pane("papers")

    def count_shown(self) -> None:
        """Draw the plots of what is shown now, if plots are shown."""
        if self.library is None or not self.has_class("plotting"):
            return
        rows = self.view.rows
        if len(rows) <= _AT_ONCE:
            self._show_tally(tally(self.library, list(rows), self.narrowing.authors), self.narrowing)
        else:
            self._count_beside(self.library, rows, self.narrowing)

    @work(thread=True, exclusive=True, group="tally")
    def _count_beside(self, library: Library, rows: Sequence[int], narrowing: Narrowing) -> None:
        worker = get_current_worker()

        def wanted(noted: int) -> bool:
            if noted and not noted % _TOLD_EVERY and not worker.is_cancelled:
                words = f"Counting {grouped(noted)} of {grouped(len(library.papers))} …"
                words += f"   {self.key_of('plots')} stops"
                self.app.call_from_thread(self.plots.show_words, words)
            return not worker.is_cancelled

        some = apart(rows)
        try:
            counted_papers = tally(library, some, narrowing.authors, wanted)
        except NotWanted:
            return
        if not worker.is_cancelled:
            self.app.call_from_thread(self._show_tally, counted_papers, narrowing)

    def _show_tally(self, result: Tally, narrowing: Narrowing) -> None:
        if narrowing is not self.narrowing:
            return
        papers = counted(result.papers, "paper")
        parts = [papers, narrowing.query.strip()]
        parts += [part.words for part in narrowing.parts]
        people = "Co-authors" if narrowing.authors else "Authors"
        self.plots.show_tally(result, " · ".join(part for part in parts if part), people)

    @on(Plots.Chosen)
    def _bar_chosen(self, event: Plots.Chosen) -> None:
        bar, narrowing = event.bar, self.narrowing
        author = self.library.author(bar.author) if self.library and bar.author else None
        if author:
            narrowing = replace(narrowing, authors=(*narrowing.authors, author))
        elif bar.query:
            narrowing = replace(narrowing, query=f"{narrowing.query.strip()} {bar.query}".strip())
        self.leave_trail()
        self.narrow_to(narrowing)
