"""Looking closer at what is shown, and saying why a command does nothing now."""

from textual import events, on
from textual.content import Content

from paperbrowse.describe import links
from paperbrowse.model import Paper
from paperbrowse.similar import by_its_authors, shared
from paperbrowse.text.names import split_name
from paperbrowse.ui.commands import Command
from paperbrowse.ui.paper_text import clickable
from paperbrowse.ui.screens.parts import BrowserParts
from paperbrowse.ui.widgets.filter_bar import FilterInput
from paperbrowse.ui.widgets.key_hints import KeyHints
from paperbrowse.ui.widgets.row_list import RowList

_NAMES = 3
"""Authors that are named for their other papers."""


class LookActions(BrowserParts):
    """The actions of the "Look" group that stay on the browser's screen."""

    def on_key(self, event: events.Key) -> None:
        """Take the last word back, and say why the key's command does nothing, if it does nothing."""
        self.take_back_word()
        if isinstance(self.focused, FilterInput):
            return
        meant = [command for command in self.commands if event.key in command.keys.split(",")]
        # One key may be for one thing in this pane and for another elsewhere.
        meant.sort(key=lambda command: self.pane not in command.panes)
        reason = self.why_not(meant[0]) if meant and meant[0].action else ""
        if reason:
            event.stop()
            self.say(reason)

    async def run_command(self, command: Command) -> None:
        """Run a command that was chosen by name as its key would, or say why it would do nothing."""
        reason = self.why_not(command)
        if reason:
            self.say(reason)
        else:
            await self.run_action(command.action)

    def why_not(self, command: Command) -> str:
        """Why a command would do nothing here and now; nothing where it would do something."""
        if "papers" in command.panes and "authors" not in command.panes:
            if self.current is None:
                return "reading …" if self.library is None else "no paper is shown"
            if self.pane == "authors" or self.focused is self.plots:
                return f"this is about a paper; {self.key_of('papers')} goes there"
        reason = _REASONS.get(command.id)
        return reason(self) if reason else ""

    def show_unable(self) -> None:
        """Dim the hints of what would do nothing now."""
        unable = {command.id for command in self.commands if command.footer and self.why_not(command)}
        if self.pane == "papers" and self.current is None:
            unable.add("go-in")
        self.query_one(KeyHints).show_unable(unable)

    def more_like(self, paper: Paper) -> Content:
        """The line that leads to papers like this one: how many its authors have; where papers like another
        are shown, also what the two share."""
        assert self.library is not None
        library, like = self.library, self.narrowing.like
        key = self.key_of("like")
        number, names = by_its_authors(library, paper)
        families = ", ".join(split_name(name).family or name for name in names[:_NAMES])
        told = f"   {number} more by {families}{'' if len(names) <= _NAMES else ' …'}" if number else ""
        way = clickable(Content("More like this"), "more_like_this")
        line = Content.assemble(way, told, "   ", (key, "bold $focus"))
        rows = library.row(like.key) if like else None, library.row(paper.key)
        if like and rows[0] is not None and rows[1] is not None:
            both = shared(library, rows[0], rows[1])
            parts = [", ".join(both.authors), " ".join(both.words)]
            why = " · ".join(part for part in parts if part) or "many common words"
            line = Content("\n").join([Content(f"Shares with {like.words}   {why}"), line])
        return line.stylize_before("$dim")

    def action_jump(self) -> None:
        """Label the rows in view, to jump to one by typing its label."""
        if isinstance(self.focused, RowList):
            self.focused.label_rows()
            self.say("type a label; any other key leaves")

    @on(RowList.JumpEnded)
    def _jump_ended(self) -> None:
        self.query_one(KeyHints).forget()

    def _no_rows(self) -> str:
        if isinstance(self.focused, RowList):
            return "" if self.focused.count else "there is no line to jump to"
        return f"only in lists; {self.key_of('papers')} goes to one"

    def action_next_hit(self) -> None:
        """Go to the next hit in the abstract."""
        self._step_to_hit(1)

    def action_previous_hit(self) -> None:
        """Go to the hit before in the abstract."""
        self._step_to_hit(-1)

    def _step_to_hit(self, step: int) -> None:
        number, count = self.detail.step_to_hit(step), self.detail.hit_count
        self.say(f"{number} of {count} hits" if count > 1 else "the only hit")

    def _no_hit(self) -> str:
        if not self.narrowing.query.strip():
            return f"nothing is asked for; {self.key_of('filter')} filters"
        return "" if self.detail.hit_count else "no hit in this abstract"

    def _no_link(self) -> str:
        return "" if self.current and links(self.current) else "this paper’s source gives no link"

    def _nothing_to_export(self) -> str:
        something = self.view.rows or self.marked or self.store.bookmarks()
        return "" if something else "nothing is shown, marked or bookmarked"

    def _no_columns(self) -> str:
        return "" if self.papers.row_height == 1 else "in this layout a paper has three lines, not columns"

    def _nothing_to_drop(self) -> str:
        narrowing = self.narrowing
        return "" if narrowing.query_parts or narrowing.parts else "nothing narrows the papers"


_REASONS = {
    "columns": LookActions._no_columns,
    "drop": LookActions._nothing_to_drop,
    "jump": LookActions._no_rows,
    "next-hit": LookActions._no_hit,
    "previous-hit": LookActions._no_hit,
    "open": LookActions._no_link,
    "choose-link": LookActions._no_link,
    "export": LookActions._nothing_to_export,
}
"""By command, what tells why it would do nothing."""
