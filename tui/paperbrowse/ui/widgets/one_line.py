"""A line to type in."""

from textual import events
from textual.geometry import Offset
from textual.widgets import Input


class OneLine(Input):
    """Textual's, which stays one line whatever was copied: the clipboard may hold a whole BibTeX entry."""

    @property
    def cursor_screen_offset(self) -> Offset:
        """Where on the screen the next letter goes; Textual's own is one cell further at the end."""
        return super().cursor_screen_offset - Offset(int(self.cursor_at_end), 0)

    def _on_paste(self, event: events.Paste) -> None:
        # Textual, whose turn it is next, takes the first line only; a title copied from a paper may have two.
        event.text = " ".join(event.text.expandtabs(1).splitlines())

    def action_paste(self) -> None:
        """Put in what was copied last."""
        start, end = self.selection
        self.replace(" ".join(self.app.clipboard.split()), start, end)
