"""One person, many spellings: what may be joined, what was, and pages that may be of two people."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import ClassVar, Protocol

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.strip import Strip
from textual.widgets import Static

from paperbrowse.describe import counted, told_path
from paperbrowse.library import Library
from paperbrowse.model import Author
from paperbrowse.people.joins import Joins, PeopleError, PeopleFile, Person
from paperbrowse.people.mixed import Group
from paperbrowse.people.suggest import Suggestion
from paperbrowse.ui.painting import cut, strip_of
from paperbrowse.ui.rest import Dropped, Rest
from paperbrowse.ui.screens.chooser import Choice, Chooser
from paperbrowse.ui.screens.dialog import Dialog
from paperbrowse.ui.screens.dialogs import Line as Asked
from paperbrowse.ui.widgets.author_list import JOINED, MIXED
from paperbrowse.ui.widgets.hint_line import Hint, HintLine
from paperbrowse.ui.widgets.row_list import RowList

_LEAST = 6
"""Cells below which there is no room for a remark."""
_COMPLETED = 5000
"""Names up to which a typed one is completed."""
_PATH = 30
"""Cells of the file's path in a line that has to say what is wrong with it, too."""


class Browser(Protocol):
    """What is asked of the browser."""

    library: Library | None

    @property
    def people_file(self) -> PeopleFile:
        """The file of names."""

    @property
    def suggested(self) -> list[Suggestion] | None:
        """What was found before."""

    def keep_suggested(self, suggested: list[Suggestion]) -> None:
        """Remember what was found."""

    def take_joins(self) -> Joins:
        """Go by what the file says now."""

    def concerned(self) -> Sequence[str]:
        """The names in front of the person."""

    @property
    def mixed(self) -> Sequence[str]:
        """The owners of pages that may be of two people."""


@dataclass(frozen=True, slots=True)
class Line:
    """A row: two names that may be one person's, a person of several names, or a page of two people."""

    names: tuple[str, ...]
    told: str = ""
    suggestion: Suggestion | None = None
    person: Person | None = None
    groups: Sequence[Group] = ()

    @property
    def remark(self) -> str:
        """What there is to say of them in a few words."""
        return _remark(self.suggestion) if self.suggestion else self.told

    @property
    def label(self) -> str:
        """The names."""
        if self.suggestion:
            return " =? ".join(self.names)
        return f" {JOINED} ".join(self.names)


class SpellingList(RowList):
    """The rows of the dialog."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("y", "choose", "One person, as Enter", show=False)]

    lines: Sequence[Line] = ()
    empty = ""

    def show_lines(self, lines: Sequence[Line], cursor: int) -> None:
        """Show these."""
        self.lines = lines
        self.show_rows(len(lines), cursor)

    def paint(self, index: int, line: int, width: int, base: Style) -> Strip:  # noqa: ARG002
        """The mark, the names, and what there is to say of them as far as there is room."""
        one = self.lines[index]
        mark = MIXED if one.groups else JOINED if one.person else " "
        label = cut(one.label, width - 2)
        # A blank has no colour to show where it is drawn reversed.
        owner = base if mark == " " else base + self.overlay("row--owner")
        segments = [Segment(f"{mark} ", owner), Segment(label, base)]
        room = width - 2 - cell_len(label)
        remark = cut(f"   {one.remark}", room) if room > _LEAST else ""
        segments.append(Segment(remark, base + self.overlay("row--dim")))
        return strip_of(segments, width, base)


class Spellings(Dialog[None]):
    """Join names and split them; every change is written at once and can be undone here."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,equals_sign", "dismiss(None)", "Close"),
        Binding("n", "part", "Two people"),
        Binding("s", "split", "Split"),
        Binding("a", "add", "Join others"),
        Binding("tab", "lead", "Other spelling leads", priority=True),
        Binding("u", "undo", "Undo"),
    ]
    DEFAULT_CSS = """
    Spellings {
        SpellingList {
            height: 1fr;
            background: $panel;
        }
        #evidence {
            height: 6;
            margin: 1 0 0 0;
        }
        #spellings-title {
            height: 1;
            text-wrap: nowrap;
            text-overflow: ellipsis;
        }
        &.-low #evidence {
            height: 3;
            margin: 0;
            text-wrap: nowrap;
            text-overflow: ellipsis;
        }
    }
    """

    def __init__(self, browser: Browser) -> None:
        super().__init__()
        self._browser = browser
        self._turned: set[tuple[str, ...]] = set()

    def compose(self) -> ComposeResult:
        """The list, what speaks for the row under the cursor, and the keys."""
        with Vertical(classes="dialog dialog-wide"):
            yield Static(
                "One person, many spellings", markup=False, classes="dialog-title", id="spellings-title"
            )
            yield SpellingList(id="spellings")
            yield Static(markup=False, id="evidence")
            yield HintLine(id="spellings-hint")

    def on_mount(self) -> None:
        """Show what is known, and look for what is not."""
        self._draw()
        library = self._browser.library
        if self._browser.suggested is None and library:
            self._look_for(library)

    @property
    def _list(self) -> SpellingList:
        return self.query_one(SpellingList)

    @property
    def _line(self) -> Line | None:
        lines, cursor = self._list.lines, self._list.cursor
        return lines[cursor] if cursor < len(lines) else None

    @work(thread=True, exclusive=True, group="people")
    def _look_for(self, library: Library) -> None:
        try:
            found = library.suggested_people(Rest())
        except Dropped:
            return
        self.app.call_from_thread(self._found, library, found)

    def _found(self, library: Library, found: list[Suggestion]) -> None:
        now = self._browser.library
        if now is library:
            self._browser.keep_suggested(found)
        if self.is_attached:
            self._draw()
            if now and now is not library:
                self._look_for(now)  # it was read anew meanwhile

    # What is shown.

    def _draw(self, told: str = "") -> None:
        """Show the rows anew, and say what was done."""
        library = self._browser.library
        if library is None:
            return
        suggested = self._browser.suggested
        lines = [
            *_suggestions(library, suggested or (), self._turned),
            *_people(library),
            *_pages(library, self._browser.mixed),
        ]
        # What concerns the names in front of the person comes first.
        near = {
            spelling
            for name in self._browser.concerned()
            for spelling in library.joins.person(name) or (name,)
        }
        lines.sort(key=lambda line: near.isdisjoint(line.names))
        self._list.show_lines(lines, self._list.cursor)
        self.query_one("#spellings-title", Static).update(self._title(suggested, lines))
        self._tell(told)

    def _title(self, suggested: Sequence[Suggestion] | None, lines: Sequence[Line]) -> Content:
        number = sum(line.suggestion is not None for line in lines)
        count = (
            "looking for more …" if suggested is None else f"{counted(number, 'pair')} may be one person’s"
        )
        return Content.assemble("One person, many spellings", (f"   {count}", "not bold $dim"))

    @on(RowList.Moved)
    def _moved(self) -> None:
        self._tell("")

    def _tell(self, told: str) -> None:
        """What speaks for the row under the cursor, and what can be done with it."""
        line = self._line
        text = _evidence(line, self._browser.library) if line else self._nothing()
        self.query_one("#evidence", Static).update(text)
        self.query_one(HintLine).show(*_hints(line), word=told)

    def _nothing(self) -> Content:
        if self._browser.suggested is None:
            return Content.styled("Looking through all names …", "$dim")
        return Content.styled("No two names here look like one person’s.", "$dim")

    # What is done.

    def _change(self, change: Callable[[PeopleFile], str | None]) -> None:
        path = str(self._browser.people_file.path)
        short = told_path(path, _PATH)
        try:
            told = change(self._browser.people_file)
        except PeopleError as error:
            told = str(error).replace(path, short)
        except OSError as error:
            told = f"{short} cannot be written: {error.strerror}"
        self._browser.take_joins()
        self._draw(told or "")

    @on(RowList.Chosen)
    def action_join(self) -> None:
        """These are one person."""
        line = self._line
        if line and line.suggestion:
            names = line.names

            def join(file: PeopleFile) -> str:
                person = file.join(names)
                return f"{f' {JOINED} '.join(person)}; u takes it back"

            self._change(join)

    def action_part(self) -> None:
        """These are two people."""
        line = self._line
        if line and line.suggestion:
            one, other = line.names

            def part(file: PeopleFile) -> str:
                file.part(one, other)
                return f"{one} and {other} are two people; u takes it back"

            self._change(part)

    def action_lead(self) -> None:
        """The next spelling leads: of a suggestion when it is joined, of a person at once."""
        line = self._line
        if line and line.suggestion:
            self._turned ^= {line.suggestion.names}
            self._draw()
        elif line and line.person:
            person = (*line.person[1:], line.person[0])
            self._change(lambda file: f"{file.join(person, person[0])[0]} leads; u takes it back")

    @work(exclusive=True, group="dialog")
    async def action_split(self) -> None:
        """Take one of the joined names away from the others."""
        line = self._line
        if line is None or line.person is None:
            return
        name: str | None = line.person[-1]
        if len(line.person) > 2:
            choices = [Choice(name, name) for name in line.person]
            name = await self.app.push_screen_wait(Chooser("Which name is someone else’s?", choices, ""))
        if name is not None:
            split = name
            self._change(lambda file: f"{split} stands apart from {file.split(split)[0]}; u takes it back")

    @work(exclusive=True, group="dialog")
    async def action_add(self) -> None:
        """Join names that nothing suggests, such as those before and after a marriage."""
        library = self._browser.library
        if library is None:
            return
        typed = f"{self._line.names[0] if self._line else next(iter(self._browser.concerned()), '')}, "
        known = [author.name for author in library.names] if len(library.names) <= _COMPLETED else []
        hint = "exact names with commas between; the first leads"
        while True:
            answer = await self.app.push_screen_wait(Asked("Names of one person", typed, hint, words=known))
            if answer is None:
                return
            names = [name for part in answer.split(",") if (name := " ".join(part.split()))]
            unknown = [name for name in names if library.printed_author(name) is None]
            if unknown:
                typed, hint = answer, f"no author is called {unknown[0]}"
            elif len(names) < 2:
                typed, hint = answer, "two names are needed to join them"
            else:
                break
        both = library.on_one_byline(names)
        doubt = f", though two stand on the byline of {both.key}" if both else ""
        self._change(lambda file: f"{f' {JOINED} '.join(file.join(names))}{doubt}; u takes it back")

    def action_undo(self) -> None:
        """Take the last change back."""
        self._change(lambda file: file.undo() or "nothing to undo")


def _suggestions(
    library: Library, found: Sequence[Suggestion], turned: Collection[tuple[str, ...]]
) -> list[Line]:
    """The suggestions that stand, one for each two people; of those in `turned` the other name leads."""
    seen: set[frozenset[str]] = set()
    lines = []
    for one in found:
        if not library.joins.named.isdisjoint(one.names):
            leads = frozenset(map(library.leading, one.names))
            if leads in seen or library.joins.settled(*one.names):
                continue
            seen.add(leads)
        names = one.names[::-1] if one.names in turned else one.names
        lines.append(Line(names, suggestion=one))
    return lines


def _remark(one: Suggestion) -> str:
    shared = counted(one.shared_count, "shared co-author") if one.shared_count else "no shared co-author"
    return f"{one.told}, {shared}"


def _people(library: Library) -> list[Line]:
    lines = []
    for person in library.joins.people:
        author = library.author(person[0])
        number = counted(len(author.rows), "paper") if author else "not in this library"
        lines.append(Line(person, f"joined, {number}", person=person))
    return lines


def _pages(library: Library, owners: Sequence[str]) -> list[Line]:
    return [
        Line((name,), "this page may be of two people of one name", groups=groups)
        for name in owners
        if (author := library.author(name)) and (groups := library.page_groups(author))
    ]


def _hints(line: Line | None) -> list[Hint]:
    hints = []
    if line and line.suggestion:
        hints = [Hint("Enter", "one person", "join"), Hint("n", "two people", "part")]
    elif line and line.person:
        hints = [Hint("s", "split", "split")]
    if hints:
        hints.append(Hint("Tab", "other leads", "lead"))
    return [*hints, Hint("a", "join others", "add"), Hint("u", "undo", "undo")]


def _evidence(line: Line, library: Library | None) -> Content:
    if library is None:
        return Content("")
    if line.groups:
        told = [Content.styled("Co-authors who never meet, of two people perhaps:", "$dim")]
        return Content("\n").join([*told, *(Content(group.told) for group in line.groups)])
    parts = [_papers(name, library.printed_author(name), library) for name in line.names]
    if line.suggestion:
        one = line.suggestion
        shared = ", ".join(one.shared) + (" …" if one.shared_count > len(one.shared) else "")
        parts.append(Content.assemble(("on papers of both: ", "$dim"), shared or "nobody"))
        if one.pages:
            parts.append(Content.assemble(("on the page of ", "$dim"), " and ".join(one.pages)))
        parts.append(Content.styled("never both on one byline", "$dim"))
    return Content("\n").join(parts)


def _papers(name: str, author: Author | None, library: Library) -> Content:
    """A name with the number and years of its papers."""
    if author is None:
        return Content.assemble(name, ("   no paper here", "$dim"))
    years = [year for row in author.rows[:500] if (year := library.papers[row].date.year)]
    span = (
        f"{min(years)} to {max(years)}"
        if years and min(years) != max(years)
        else "".join(map(str, years[:1]))
    )
    remark = f"   {counted(len(author.rows), 'paper')}" + (f", {span}" if span else "")
    return Content.assemble(name, (remark, "$dim"))
