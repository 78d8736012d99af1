"""Reading the library for the browser, and again when its sources change."""

import gc
from functools import partial
from pathlib import Path

from textual import work
from textual.worker import get_current_worker

from paperbrowse.beside import Beside, read_beside
from paperbrowse.bookmarks import BookmarkStore
from paperbrowse.cache import cache_dir
from paperbrowse.config import bundled_pages
from paperbrowse.holdings import Holdings
from paperbrowse.library import Library
from paperbrowse.model import Paper
from paperbrowse.opening import earlier_holdings, library_of, open_library, sum_of_sources
from paperbrowse.searches import Searches, SearchesError
from paperbrowse.settings import Settings
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
    _sources = ""
    """What the sources were when they were read, as a sum."""
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
        self._sources = self._sources_now()
        self.store.load()
        try:
            self.searches.load()
        except SearchesError as error:
            self.call_from_thread(partial(self.notify, str(error), severity="warning", markup=False))
        beside = self._read_beside()
        if get_current_worker().is_cancelled:
            return
        library = self._show(
            open_library(
                self.paths,
                settings_folder=self.settings_folder,
                kept=self._kept(),
                cache_folder=cache_dir(),
                key_pattern=self.settings.export.key_pattern,
            )
        )
        if beside:
            beside.wait_for_index()
        library.searcher.build()
        # A collection that walks over all papers would hold up a key.
        gc.freeze()
        self.browser.post_message(IndexBuilt())

    def _read_beside(self) -> Beside | None:
        """Have a large library read by a process; meanwhile show what it was before, or its beginning."""
        if self._beside:
            self._beside.stop()
        made_of = self._read_from, self.settings_folder, self.settings.export.key_pattern, cache_dir()
        beside = self._beside = read_beside(*made_of)
        if beside is None:
            return None
        browser = self.browser
        first = browser.library is None
        earlier = earlier_holdings(*made_of) if first else None
        if earlier:
            self._show_so_far(earlier, "earlier").searcher.build()
        beside.wait_for_library(
            lambda files, papers: browser.post_message(ReadSoFar(files, papers)),
            lambda part: self._show_so_far(part, "beginning") if first and not earlier else None,
        )
        return beside

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

    @property
    def _read_from(self) -> list[str | Path]:
        return [*self.paths] or [bundled_pages()]

    def _sources_now(self) -> str:
        """A sum over the names, sizes and times of everything the library is read from."""
        return sum_of_sources(self._read_from, self.settings_folder)
