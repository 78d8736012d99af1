"""The application: it opens the library and the bookmarks, and leaves the rest to its screens."""

import os
from collections.abc import Iterable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from textual import work
from textual.app import SystemCommand
from textual.screen import Screen

from paperbrowse.bookmarks import BookmarkStore
from paperbrowse.library import Library, open_library, pinned_keys
from paperbrowse.searches import Searches, SearchesError
from paperbrowse.ui.commands import COMMANDS
from paperbrowse.ui.messages import IndexBuilt, LibraryRead
from paperbrowse.ui.screens.browse import BrowseScreen
from paperbrowse.ui.themes import DARK, LIGHT, own_variables
from paperbrowse.ui.type_ahead import TypeAheadApp


class PaperBrowse(TypeAheadApp):
    """Authors, papers and abstract, side by side."""

    TITLE = "paperbrowse"
    CSS_PATH = "app.tcss"
    ENABLE_COMMAND_PALETTE = True
    HORIZONTAL_BREAKPOINTS = [
        (0, "-narrow"),
        (80, "-medium"),
        (140, "-wide"),
    ]
    VERTICAL_BREAKPOINTS = [(0, "-low"), (16, "-high")]

    def __init__(self, paths: Sequence[str], settings_folder: Path) -> None:
        """Browse the files and folders in `paths` (the bundled pages when there are none)."""
        super().__init__()
        self.paths = list(paths)
        self.settings_folder = settings_folder
        self.store = BookmarkStore(settings_folder, background=True)
        self.searches = Searches(settings_folder)
        self.register_theme(DARK)
        self.register_theme(LIGHT)
        if "NO_COLOR" in os.environ:
            self.theme = "ansi-dark"
        elif not os.environ.get("TEXTUAL_THEME"):
            self.theme = DARK.name

    def get_css_variables(self) -> dict[str, str]:
        """The theme's variables and ours."""
        return {**super().get_css_variables(), **own_variables(self.current_theme)}

    def get_default_screen(self) -> Screen[None]:
        """The browser is the first and lowest screen."""
        return BrowseScreen(self.store, self.searches)

    def get_system_commands(self, screen: Screen[Any]) -> Iterable[SystemCommand]:
        """Textual's commands, and every command of ours where the browser is in front."""
        yield from super().get_system_commands(screen)
        if isinstance(screen, BrowseScreen):
            for command in COMMANDS:
                title = f"{command.label.capitalize()} ({command.shown})"
                yield SystemCommand(title, command.help, partial(screen.run_action, command.action))

    def on_mount(self) -> None:
        """Paint first, read then."""
        self.read_library()

    @work(thread=True, exclusive=True, group="reading")
    def read_library(self) -> None:
        """Read bookmarks and papers, tell the screen, then build the index beside it."""
        self.store.load()
        try:
            self.searches.load()
        except SearchesError as error:
            self.call_from_thread(partial(self.notify, str(error), severity="warning", markup=False))
        kept = [bookmark.paper for bookmark in self.store.bookmarks().values()]
        library = open_library(
            self.paths, settings_folder=self.settings_folder, pinned=pinned_keys(kept)
        )
        library.shelf = self.store
        _prepare(library)
        browser = self.screen_stack[0]
        browser.post_message(LibraryRead(library))
        library.searcher.build()
        browser.post_message(IndexBuilt())


def _prepare(library: Library) -> None:
    """Compute here, in the background, what the first look would compute on the screen's time."""
    _ = library.authors
    _ = library.searcher
