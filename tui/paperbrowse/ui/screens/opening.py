"""What the background brings in: the library, or what there is of it so far, and its index."""

from dataclasses import replace

from textual.content import Content

from paperbrowse.describe import counted
from paperbrowse.library import Library
from paperbrowse.ui.messages import Extent, LibraryRead, ReadAgain, ReadSoFar
from paperbrowse.ui.screens.people import PeopleActions
from paperbrowse.ui.screens.setting import SettingActions
from paperbrowse.ui.view import Narrowing
from paperbrowse.ui.widgets.masthead import Masthead
from paperbrowse.ui.widgets.row_list import RowList


class OpenActions(PeopleActions, SettingActions):
    """Takes in a library, and again when its sources have changed."""

    _cursor_wanted: str
    _extent: Extent | None
    """What is shown of the library."""
    _untouched: tuple[Narrowing, int]
    """Where the person was put in the beginning of a library that is being read."""

    def on_read_so_far(self, message: ReadSoFar) -> None:
        """Say how far reading is."""
        words = f"reading … {counted(message.files, 'file')}, {counted(message.papers, 'paper')}"
        if self.library is None:
            self.detail.show(Content.styled(words.capitalize(), "$dim"))
        else:
            self.query_one(Masthead).show_library(words)

    def on_library_read(self, message: LibraryRead) -> None:
        """Fill the panes."""
        library, before, extent = message.library, self._extent, message.extent
        self.library, self._extent = library, extent
        untouched = before == "beginning" and self._untouched == (self.narrowing, self.papers.cursor)
        if before is None or untouched:
            self.show_people(library)
            self.tell_store()
            if extent == "beginning":
                # The place of the last session may not be in it yet.
                self._untouched = self.narrowing, 0
                self.look()
            else:
                self.take_up(library)
        else:
            self._read_again(library)
        words = _library_words(library)
        self.query_one(Masthead).show_library(words if extent == "whole" else f"{words}, reading …")
        if extent == "whole" != before:
            self._tell_lost(library)

    def _tell_lost(self, library: Library) -> None:
        lost = sum(problem.lost for problem in library.problems)
        if lost:
            words = f"{counted(lost, 'problem')} while reading; {self.key_of('problems')} shows what was lost"
            self.notify(words, severity="warning", markup=False)

    def _read_again(self, library: Library) -> None:
        """Show what the sources say now, with everything where it was."""
        names = [author.name for author in self.narrowing.authors]
        still_there = [author for name in names if (author := library.author(name))]
        like = self.narrowing.like
        if like and library.row(like.key) is None:
            like = None
        self.narrowing = replace(self.narrowing, authors=tuple(still_there), like=like)
        with self.prevent(RowList.Moved):
            self.show_people(library, names[0] if names else "")
        for key in [key for key in self.marked if library.row(key) is None]:
            del self.marked[key]
        self.show_marks()
        current = self.current
        if current and library.row(current.key) is None:
            # A correction may have given it another key.
            same = library.row_of(current)
            self._cursor_wanted = "" if same is None else library.papers[same].key
        self.look(keep_place=True)

    def read_again(self) -> None:
        """Read the library again at once."""
        self.post_message(ReadAgain())

    def on_index_built(self) -> None:
        """What was asked meanwhile deserves the full answer."""
        if self.narrowing.asks:
            self.look(keep_place=True)

    def show_marks(self) -> None:
        """Say how many papers are marked."""
        raise NotImplementedError

    def tell_store(self) -> None:
        """Show how many bookmarks there are, and what the store has to say."""
        raise NotImplementedError


def _library_words(library: Library) -> str:
    number = len(library.own)
    papers = counted(number, "paper")
    owned = sum(page.owner is not None for page in library.pages)
    if owned:
        return f"{papers} · {owned} {'page' if owned == 1 else 'pages'}"
    return papers
