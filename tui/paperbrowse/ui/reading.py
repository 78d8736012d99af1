"""Reading the library for the browser, and again when its sources change."""

import gc
from functools import partial
from pathlib import Path

from textual import work
from textual.worker import get_current_worker

from paperbrowse.beside import Beside, read_beside
from paperbrowse.bookmarks import BookmarkStore
from paperbrowse.cache import cache_dir
from paperbrowse.holdings import Holdings
from paperbrowse.library import Library
from paperbrowse.model import Paper
from paperbrowse.opening import earlier_holdings, library_of, open_sources
from paperbrowse.searches import Searches, SearchesError
from paperbrowse.settings import Settings
from paperbrowse.sources import Sources
from paperbrowse.ui.messages import Extent, IndexBuilt, LibraryRead, ReadSoFar
from paperbrowse.ui.remembering import RememberingApp
from paperbrowse.ui.screens.browse import BrowseScreen


class ReadingApp(RememberingApp):
    """An application that reads a library in the background."""

    paths: list[str]
    settings: Settings
    settings_folder: Path
    store: BookmarkStore
    searches: Searches
    _sources: Sources | None = None
    """What the sources were when they were read."""
    _beside: Beside | None = None

    @property
    def browser(self) -> BrowseScreen:
        """The lowest screen."""
        screen = self.screen_stack[0]
        assert isinstance(screen, BrowseScreen)
        return screen

    def on_mount(self) -> None:
        """Paint first, read then, and look now and then whether the sources have changed."""
        self.set_interval(2.0, self.watch_sources)
        self.read_library()

    def on_unmount(self) -> None:
        """What reads for this browser has nobody left to read for."""
        if self._beside:
            self._beside.stop()

    def on_read_again(self) -> None:
        """Read the library again."""
        self.read_library()

    @work(thread=True, exclusive=True, group="watching")
    def watch_sources(self) -> None:
        """Read the library again when one of its files was changed, added or removed."""
        before = self._sources
        if before and self._sources_now() != before:
            self.call_from_thread(self.read_library)

    @work(thread=True, exclusive=True, group="reading")
    def read_library(self) -> None:
        """Read bookmarks and papers, tell the screen, then build the index beside it."""
        sources = self._sources = self._sources_now()
        self.store.load()
        try:
            self.searches.load()
        except SearchesError as error:
            self.call_from_thread(partial(self.notify, str(error), severity="warning", markup=False))
        pattern = self.settings.export.key_pattern
        beside, holdings = self._read_beside(sources, pattern)
        if get_current_worker().is_cancelled:
            return
        if holdings:
            library = self._show_so_far(holdings, "whole")
        else:
            kept = self._kept()
            library = open_sources(sources, kept=kept, cache_folder=cache_dir(), key_pattern=pattern)
            self._show(library)
        if beside:
            beside.wait_for_index()
        library.searcher.build()
        # A collection that walks over all papers would hold up a key. Once: what is given up later, such as
        # this library for another, is to be found.
        if not gc.get_freeze_count():
            gc.freeze()
        self.browser.post_message(IndexBuilt())

    def _read_beside(self, sources: Sources, pattern: str) -> tuple[Beside | None, Holdings | None]:
        """Have a large library read by a process; meanwhile show what it was before, or its beginning."""
        if self._beside:
            self._beside.stop()
        beside = self._beside = read_beside(sources, pattern, cache_dir())
        if beside is None:
            return None, None
        browser = self.browser
        first = browser.library is None
        earlier = earlier_holdings(sources, pattern, cache_dir()) if first else None
        if earlier:
            self._show_so_far(earlier, "earlier").searcher.build()
        holdings = beside.wait_for_library(
            lambda files, papers: browser.post_message(ReadSoFar(files, papers)),
            lambda part: self._show_beginning(part) if first and not earlier else None,
        )
        return beside, holdings

    def _show_beginning(self, part: Holdings) -> None:
        """Show what was read so far, with its index, which is kept with it."""
        self._show_so_far(part, "beginning").searcher.build()

    def _show_so_far(self, so_far: Holdings, extent: Extent) -> Library:
        """Show what there is of the library."""
        pattern = self.settings.export.key_pattern
        return self._show(library_of(so_far, self.settings_folder, self._kept(), pattern), extent)

    def _show(self, library: Library, extent: Extent = "whole") -> Library:
        """Show a library with the bookmarks on it."""
        library.shelf = self.store
        # Made here, in the background, what the first look would make on the screen's time.
        _ = library.authors, library.searcher
        self.browser.post_message(LibraryRead(library, extent))
        return library

    def _kept(self) -> list[Paper]:
        return [bookmark.paper for bookmark in self.store.bookmarks().values()]

    def _sources_now(self) -> Sources:
        """Everything the library is read from, by names, sizes and times."""
        return Sources.now(self.paths, self.settings_folder)
