"""A line to type in."""

from textual.widgets import Input


class OneLine(Input):
    """Textual's, which stays one line whatever was copied: the clipboard may hold a whole BibTeX entry."""

    def action_paste(self) -> None:
        """Put in what was copied last."""
        start, end = self.selection
        self.replace(" ".join(self.app.clipboard.split()), start, end)
