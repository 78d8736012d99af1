"""The application: it opens the library and the bookmarks, and leaves the rest to its screens."""

import os
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from textual.app import SystemCommand
from textual.binding import Binding
from textual.constants import DEFAULT_THEME
from textual.filter import LineFilter
from textual.geometry import Offset
from textual.notifications import SeverityLevel
from textual.screen import Screen
from textual.theme import ThemeProvider

from paperbrowse.bookmarks import BookmarkStore
from paperbrowse.searches import Searches
from paperbrowse.session import Session
from paperbrowse.settings import AUTO, Complaint, Settings, SettingsFile
from paperbrowse.ui.commands import COMMANDS, LIST_COMMANDS, Command
from paperbrowse.ui.glyphs import Ascii, NoColour
from paperbrowse.ui.keymap import rebound, textual_keymap, vocabulary
from paperbrowse.ui.messages import Saved, SaveFailed, SayAtTheEnd
from paperbrowse.ui.reading import ReadingApp
from paperbrowse.ui.screens.browse import BrowseScreen
from paperbrowse.ui.screens.dialog import Palette
from paperbrowse.ui.themes import DARK, OWN_THEMES, own_variables

_FROM_TEXTUAL = ("Screenshot",)
"""Its list of keys and its full window know nothing of our panes; `?` and `z` do."""


class PaperBrowse(ReadingApp):
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
    BINDINGS = [
        Binding("ctrl+p", "command_palette", "Commands", show=False, priority=True, id="palette"),
    ]

    def __init__(
        self,
        paths: Sequence[str],
        settings_folder: Path,
        *,
        state_folder: Path | None = None,
        fresh: bool = False,
        ascii_only: bool = False,
    ) -> None:
        """Browse the files and folders in `paths`, else those in the settings, else the bundled pages.

        In `state_folder` is remembered where the person was, if there is one; with `fresh` the browser
        opens at its beginning all the same. With `ascii_only` nothing but ASCII is drawn.
        """
        super().__init__()
        self.settings_file = SettingsFile(settings_folder, vocabulary())
        self.settings, self._complaints = self.settings_file.read()
        self._paths_given = bool(paths)
        self.paths = list(paths or self.settings.library)
        self.recall(state_folder, self.paths, fresh=fresh)
        self._line_filters: list[LineFilter] = [Ascii()] if ascii_only else []
        if self.no_color:
            self._line_filters.append(NoColour())
        self.settings_folder = settings_folder
        self.last_words: list[str] = []
        """What is to be printed when the browser has closed."""
        self.store = BookmarkStore(
            settings_folder,
            background=True,
            on_saved=self._have_saved,
            on_failed=self._could_not_save,
        )
        self.searches = Searches(settings_folder)
        for theme in OWN_THEMES:
            self.register_theme(theme)
        self._set_theme(self.settings)
        self.recall_theme()
        self.set_keymap(textual_keymap(self.settings.keys))

    def get_css_variables(self) -> dict[str, str]:
        """The theme's variables and ours."""
        return {**super().get_css_variables(), **own_variables(self.current_theme)}

    def get_default_screen(self) -> Screen[None]:
        """The browser is the first and lowest screen."""
        browser = BrowseScreen(self.store, self.searches)
        browser.settings, browser.commands = self.settings, self.commands
        browser.session, browser.drafts = self.session, self.drafts
        return browser

    @property
    def commands(self) -> Sequence[Command]:
        """All commands with the keys that they have."""
        return rebound((*COMMANDS, *LIST_COMMANDS), self.settings.keys)

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Textual's filters, and ours behind them."""
        return [*super().get_line_filters(), *self._line_filters]

    def get_system_commands(self, screen: Screen[Any]) -> Iterable[SystemCommand]:
        """What of Textual's own commands ours do not have, and all of ours where the browser is in front."""
        yield from (own for own in super().get_system_commands(screen) if own.title in _FROM_TEXTUAL)
        yield SystemCommand("Choose a theme", "Choose one of all themes by its name", self.search_themes)
        if isinstance(screen, BrowseScreen):
            for command in screen.commands:
                if not command.action or command.id == "palette":
                    continue
                title = command.label[:1].upper() + command.label[1:]
                title += f" ({command.shown})" if command.shown else ""
                yield SystemCommand(title, command.help, partial(screen.run_command, command))

    def action_command_palette(self) -> None:
        """Open the list of all commands."""
        if not isinstance(self.screen, Palette):
            self.push_screen(Palette(id="--command-palette"))

    def search_themes(self) -> None:
        """Open the list of all themes."""
        self.push_screen(Palette(providers=[ThemeProvider], placeholder="Search for themes…"))

    def on_mount(self) -> None:
        """Tell what is wrong with the settings, and watch them."""
        self._complain(self._complaints)
        self.set_interval(1.0, self.poll_settings)

    def poll_settings(self) -> None:
        """Apply the settings again when their file has changed."""
        if not self.settings_file.changed():
            return
        settings, complaints = self.settings_file.read()
        self._complain(complaints)
        if any(not complaint.concerns for complaint in complaints):
            return  # as a whole unusable, perhaps half saved: what holds, holds
        before, self.settings = self.settings, settings
        if settings.theme != before.theme:
            self._set_theme(settings)
        self.set_keymap(textual_keymap(settings.keys))
        self.browser.apply_settings(settings, self.commands)
        if settings.library != before.library and not self._paths_given:
            self.paths = list(settings.library)
            self.read_library()

    def _set_theme(self, settings: Settings) -> None:
        theme = DEFAULT_THEME if os.environ.get("TEXTUAL_THEME") else DARK.name
        if settings.theme != AUTO:
            theme = settings.theme
        self.give_theme("ansi-dark" if self.no_color else theme)

    def _complain(self, complaints: Sequence[Complaint]) -> None:
        if complaints:
            more = f"\nand {len(complaints) - 2} more" if len(complaints) > 2 else ""
            told = [str(one).removeprefix(f"{one.path.parent}{os.sep}") for one in complaints[:2]]
            text = "\n".join(told) + more
            self.notify(
                f"{text}\n'paperbrowse config check' lists them",
                title="Settings that could not be used",
                severity="warning",
                timeout=10,
                markup=False,
            )

    @property
    def cursor_position(self) -> Offset:
        """Where the terminal's own cursor is left after every frame; screen readers and magnifiers follow it.

        What has the focus tells it by a property of Textual's name for it, or first the dialog itself.
        """
        for part in (self.screen, self.focused):
            place: Offset | None = getattr(part, "cursor_screen_offset", None)
            if place is not None:
                return place
        return Offset(0, 0)

    @cursor_position.setter
    def cursor_position(self, position: Offset) -> None:
        """Textual's parts set it when they move; ours are asked for it."""

    def notify(
        self,
        message: str,
        *,
        title: str = "",
        severity: SeverityLevel = "information",
        timeout: float | None = None,
        markup: bool = True,
    ) -> None:
        """Show a toast; in a small window it keeps off the line that the cursor is on."""
        if self.screen_stack:
            self.screen.set_class(self.cursor_position.y * 2 >= self.size.height, "-toasts-above")
        super().notify(message, title=title, severity=severity, timeout=timeout, markup=markup)

    async def action_quit(self) -> None:
        """Quit as the browser's own command does, from wherever it is asked."""
        self.browser.action_leave()

    def place(self) -> Session:
        """Where the person is in the library."""
        return replace(self.browser.session_now(), library=tuple(self.paths))

    def save_all(self, seconds: float) -> None:
        """Save the bookmarks."""
        if self.store.unsaved:
            self.store.flush(seconds)

    def _have_saved(self) -> None:
        """Called by the thread that saves."""
        self.post_message(Saved())

    def on_saved(self) -> None:
        """Take back at once what was told as unsaved."""
        if self.screen_stack:  # at the end it may come when there is no screen any more
            self.browser.tell_store()

    def _could_not_save(self, message: str) -> None:
        """Called by the thread that saves."""
        self.post_message(SaveFailed(message))

    def on_save_failed(self, message: SaveFailed) -> None:
        """Say what could not be saved and why; it is tried again."""
        self.notify(
            f"{message.reason}\nIt is tried again; until then the change is only here.",
            title="Not saved",
            severity="error",
            timeout=15,
            markup=False,
        )

    def on_say_at_the_end(self, message: SayAtTheEnd) -> None:
        """Keep a text until the terminal is given back."""
        self.last_words.append(message.text)
