"""What a person set and where they were: applied at the start, and again whenever `config.toml` changes."""

from collections.abc import Sequence
from dataclasses import replace

from paperbrowse.library import Library
from paperbrowse.ordering import Order
from paperbrowse.session import Session
from paperbrowse.settings import COLUMNS, LAYOUTS, Layout, Settings
from paperbrowse.text.latex import to_terminal
from paperbrowse.ui.commands import PANES, Command
from paperbrowse.ui.screens.plotting import PlotActions
from paperbrowse.ui.view import Like, Narrowing
from paperbrowse.ui.widgets.filter_bar import FilterInput
from paperbrowse.ui.widgets.key_hints import KeyHints

_MEDIUM_FROM = 80
_WIDE_FROM = 140


class SettingActions(PlotActions):
    """Settings and the session, and the layout that both can force."""

    HORIZONTAL_BREAKPOINTS = []  # noqa: RUF012 (Textual declares it without ClassVar)
    """None of Textual's: the layout is ours to choose."""

    _forced: Layout | None = None
    """The layout chosen by key, over the one in the settings."""

    _columns: tuple[str, ...] = ()
    """The columns chosen by hand, likewise; none at all where the settings hold."""

    def apply_settings(self, settings: Settings, commands: Sequence[Command]) -> None:
        """Look and behave as `settings` say, with the keys of `commands`."""
        if settings.layout != self.settings.layout:
            self._forced = None
        if settings.columns != self.settings.columns:
            self._columns = ()
        self.settings, self.commands = settings, commands
        self.query_one(KeyHints).show_commands(commands)
        self.papers.show_columns(self._columns or settings.columns)
        self.arrange_panes(self.size.width)
        usual = settings.sort or Order.YEAR
        if usual is not self.narrowing.usual:
            self.narrowing = replace(self.narrowing, usual=usual)
            self.look(keep_place=True)

    def arrange_panes(self, width: int) -> None:
        """Lay the panes out for a window of `width` cells, or as it was forced."""
        width = width or self.app.size.width  # before the first frame the screen has no size
        layout = self._forced or self.settings.layout
        if layout == "auto":
            layout = "narrow" if width < _MEDIUM_FROM else "medium" if width < _WIDE_FROM else "wide"
        for name in LAYOUTS[1:]:
            self.set_class(name == layout, f"-{name}")
        self.papers.set_tall(layout == "narrow")

    def action_next_layout(self) -> None:
        """By the window's size, wide, medium, narrow."""
        now = self._forced or self.settings.layout
        self._forced = LAYOUTS[(LAYOUTS.index(now) + 1) % len(LAYOUTS)]
        self.arrange_panes(self.size.width)
        words = "by the window’s size" if self._forced == "auto" else self._forced
        self.say(f"layout: {words}")

    def action_columns(self) -> None:
        """Choose the columns beside the title, and see them change."""
        from paperbrowse.ui.screens.columns import ChooseColumns

        self.app.push_screen(ChooseColumns(self._columns or self.settings.columns, self._show_columns))

    def _show_columns(self, columns: tuple[str, ...]) -> None:
        self._columns = columns if columns != self.settings.columns else ()
        self.papers.show_columns(columns)

    def narrow_to(self, narrowing: Narrowing, key: str = "") -> None:
        """Show what `narrowing` leaves, with the cursor on the paper of that key."""
        super().narrow_to(replace(narrowing, usual=self.settings.sort or Order.YEAR), key)

    def take_up_layout(self) -> None:
        """Take the layout and the columns chosen before, unless the settings have said others since."""
        session = self.session
        # A session may be too old to tell over which setting the layout was forced.
        if session.layout in LAYOUTS and session.layout_over in ("", self.settings.layout):
            self._forced = session.layout
        if session.columns_over == self.settings.columns:
            self._columns = tuple(name for name in COLUMNS if name in session.columns)

    def take_up(self, library: Library) -> None:
        """Go where the last session ended, unless the person is busy already."""
        session = self.session
        busy = self.filter_bar.input.value or isinstance(self.focused, FilterInput)
        if busy or session == session.look:
            self.look()
            return
        found = [library.author(name) for name in session.authors]
        liked = library.paper(session.like) if session.like else None
        narrowing = Narrowing(
            query=session.query,
            authors=tuple(author for author in found if author),
            only_bookmarked=session.only_bookmarked,
            like=Like(liked.key, to_terminal(liked.title)) if liked else None,
            order=Order(session.order) if session.order in list(Order) else None,
            flip=session.flip,
        )
        self.narrow_to(narrowing, key=session.key)
        for pane in PANES:
            if pane == session.pane:
                self.action_pane(pane)
        if session.zoomed and session.pane == "detail":
            self.add_class("zoomed")

    def session_now(self) -> Session:
        """Where the person is, to be taken up at the next start."""
        if self.library is None:
            return self.session
        narrowing = self.narrowing
        return Session(
            pane=self.pane,
            query=narrowing.query,
            authors=tuple(author.name for author in narrowing.authors),
            only_bookmarked=narrowing.only_bookmarked,
            like=narrowing.like.key if narrowing.like else "",
            order=narrowing.order or "",
            flip=narrowing.flip,
            key=self.current.key if self.current else "",
            zoomed=self.has_class("zoomed"),
            layout=self._forced or "",
            layout_over=self.settings.layout if self._forced else "",
            columns=self._columns,
            columns_over=self.settings.columns if self._columns else (),
            export=self.session.export,
        )
