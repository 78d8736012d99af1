"""Who the authors are: names that are one person's, and pages that may be of two people."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from textual import work

from paperbrowse.files import Signature, signature
from paperbrowse.library import Library
from paperbrowse.model import Paper
from paperbrowse.people.joins import FILE_NAME, NOBODY, Joins, PeopleFile, read_people
from paperbrowse.people.suggest import Suggestion
from paperbrowse.ui.rest import Dropped, Rest
from paperbrowse.ui.screens.naming import NameActions
from paperbrowse.ui.widgets.author_list import MIXED
from paperbrowse.ui.widgets.row_list import RowList


class PeopleActions(NameActions):
    """Joining names, and telling of pages that may be of two people."""

    _suggested: list[Suggestion] | None = None
    _people_file: PeopleFile | None = None
    _people_read: Signature | None = None

    def on_mount(self) -> None:
        """Look now and then whether the file of names was changed elsewhere."""
        self._people_read = self._people_signature()
        self.set_interval(2.0, self._poll_people)

    def show_people(self, library: Library, chosen: str = "") -> None:
        """Take the authors of a library, the cursor on the one who goes by the name of `chosen`."""
        if library.joins is NOBODY:  # as of one that is still being read
            library.join_people(read_people(self.store.path.parent))
        self._suggested = None
        self.show_authors(library, chosen)
        self._look_for_mixed(library)

    # Pages of two people.

    @work(thread=True, exclusive=True, group="people pages")
    def _look_for_mixed(self, library: Library) -> None:
        """Find the pages that may be of two people, and which of their papers are apart."""
        mixed: dict[str, frozenset[int]] = {}
        rest = Rest()
        try:
            for author in library.authors:
                if author.page_owner is None:
                    break  # page owners stand first
                rest()
                groups = library.page_groups(author)
                if groups:
                    mixed[author.name] = frozenset(row for group in groups[1:] for row in group.rows)
        except Dropped:
            return
        self.app.call_from_thread(self._show_mixed, library, mixed)

    def _show_mixed(self, library: Library, mixed: Mapping[str, frozenset[int]]) -> None:
        if library is self.library:
            self.authors.mixed = mixed
            self.authors.refresh()
            self.show_current_anew()

    def show_current_anew(self) -> None:
        """Draw the paper under the cursor again: something else is to be said of it."""
        raise NotImplementedError

    def page_note(self, paper: Paper) -> str:
        """What to say of a paper that stands apart on a page that may be of two people."""
        row = self.library.row(paper.key) if self.library else None
        owners = [owner for owner, rows in self.authors.mixed.items() if row in rows]
        if not owners:
            return ""
        key = self.key_of("spellings")
        return f"{MIXED} perhaps by another {' and '.join(owners)} than the rest of the page; {key} tells why"

    @property
    def mixed(self) -> Sequence[str]:
        """The owners of pages that may be of two people."""
        return sorted(self.authors.mixed)

    # One person, many spellings.

    @property
    def people_file(self) -> PeopleFile:
        """The file of names, with what was changed in it since the start."""
        if self._people_file is None:
            self._people_file = PeopleFile(self.store.path.parent)
        return self._people_file

    def _people_signature(self) -> Signature | None:
        try:
            return signature(self.store.path.parent / FILE_NAME)
        except OSError:
            return None

    def _poll_people(self) -> None:
        if self.library and self._people_signature() != self._people_read:
            self.take_joins()

    def take_joins(self) -> Joins:
        """Read the file of names and take names as one author's as it says now."""
        self._people_read = self._people_signature()
        joins = read_people(self.store.path.parent)
        library = self.library
        if library and joins != library.joins:
            library.join_people(joins)
            names = [author.name for author in self.narrowing.authors]
            authors = {author.name: author for name in names if (author := library.author(name))}
            suggested = self._suggested
            self.narrowing = replace(self.narrowing, authors=tuple(authors.values()))
            with self.prevent(RowList.Moved):
                self.show_people(library, names[0] if names else "")
            self._suggested = suggested
            self.look(keep_place=True)
        return joins

    def action_spellings(self) -> None:
        """Show which names may be one person's, and which were joined."""
        from paperbrowse.ui.screens.spellings import Spellings

        if self.library:
            self.app.push_screen(Spellings(self))

    def concerned(self) -> Sequence[str]:
        """The names that are in front of the person: the chosen authors', else the paper's."""
        if self.narrowing.authors:
            return [author.name for author in self.narrowing.authors]
        return self.current.credited if self.current else ()

    @property
    def suggested(self) -> list[Suggestion] | None:
        """Names that are likely one person's, once they were looked for."""
        return self._suggested

    def keep_suggested(self, suggested: list[Suggestion]) -> None:
        """Remember what was found in the library."""
        self._suggested = suggested
