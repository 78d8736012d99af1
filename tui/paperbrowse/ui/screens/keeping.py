"""What a person does with bookmarks: keep, tag, note, mark as read, undo."""

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING

from textual import work

from paperbrowse.bookmarks import BookmarkStore
from paperbrowse.model import Bookmark, Paper, ReadingStatus
from paperbrowse.ui.screens.dialogs import Line, Lines, Question

if TYPE_CHECKING:
    from textual.screen import Screen

    _Base = Screen[None]
else:
    _Base = object

_STATUSES: tuple[ReadingStatus, ...] = ("", "to-read", "reading", "read")


class KeepActions(_Base):
    """The actions of the "Keep" group."""

    store: BookmarkStore

    @property
    def current(self) -> Paper | None:
        """The paper under the cursor."""
        raise NotImplementedError

    def store_changed(self) -> None:
        """Draw what the bookmarks changed."""
        raise NotImplementedError

    def action_toggle_bookmark(self) -> None:
        """Keep the paper, or let it go."""
        paper = self.current
        if paper is None:
            return
        bookmark = self.store.of(paper)
        if bookmark is None:
            self._change(lambda: self.store.add([paper]))
        else:
            key = bookmark.paper.key
            self._change(lambda: self.store.remove([key]))

    def _change(self, operation: Callable[[], object]) -> None:
        if self.store.read_only_reason:
            self.notify(
                self.store.read_only_reason, title="Bookmarks are read-only", severity="error", markup=False
            )
            return
        operation()
        self.store_changed()

    def _kept(self, paper: Paper) -> Bookmark:
        """The bookmark of `paper`, made when there is none."""
        bookmark = self.store.of(paper)
        if bookmark is None:
            self.store.add([paper])
            bookmark = self.store.of(paper)
        assert bookmark is not None
        return bookmark

    @work(exclusive=True, group="dialog")
    async def action_edit_tags(self) -> None:
        """Ask for the tags and set them."""
        paper = self.current
        if paper is None:
            return
        bookmark = self.store.of(paper)
        before = list(bookmark.tags) if bookmark else []
        used = sorted({tag for mark in self.store.bookmarks().values() for tag in mark.tags})
        hint = (
            f"commas between; in use: {', '.join(used)}"
            if used
            else "commas between, such as to-read, thesis"
        )
        answer = await self.app.push_screen_wait(Line("Tags", ", ".join(before), hint))
        if answer is None:
            return
        after = list(dict.fromkeys(tag.strip() for tag in answer.split(",") if tag.strip()))
        gone = [tag for tag in before if tag not in after]
        added = [tag for tag in after if tag not in before]

        def set_tags() -> None:
            key = self._kept(paper).paper.key
            if gone:
                self.store.untag([key], gone)
            if added:
                self.store.tag([key], added)

        if gone or added:
            self._change(set_tags)

    @work(exclusive=True, group="dialog")
    async def action_edit_note(self) -> None:
        """Ask for the note and set it."""
        paper = self.current
        if paper is None:
            return
        bookmark = self.store.of(paper)
        before = bookmark.note if bookmark else ""
        answer = await self.app.push_screen_wait(Lines("Note", before))
        if answer is not None and answer.strip() != before.strip():
            text = answer.strip()
            self._change(lambda: self.store.note(self._kept(paper).paper.key, text))

    def action_next_status(self) -> None:
        """To read, reading, read, none."""
        paper = self.current
        if paper is None:
            return
        bookmark = self.store.of(paper)
        place = _STATUSES.index(bookmark.status) if bookmark else 0
        status = _STATUSES[(place + 1) % len(_STATUSES)]
        self._change(lambda: self.store.status([self._kept(paper).paper.key], status))

    def action_undo(self) -> None:
        """Take the last change back."""
        self._step(self.store.undo, "undone")

    def action_redo(self) -> None:
        """Do it again."""
        self._step(self.store.redo, "done again")

    def _step(self, operation: Callable[[], object], word: str) -> None:
        change = operation()
        self.notify(f"{word}: {change}" if change else f"nothing to be {word}", markup=False, timeout=3)
        self.store_changed()

    async def all_saved(self) -> bool:
        """Wait a moment for what is being written; True when nothing is left."""
        if self.store.unsaved:
            await asyncio.to_thread(self.store.flush, 3.0)
        return self.store.unsaved == 0

    async def ask_to_lose(self) -> bool:
        """Whether to quit although changes could not be saved."""
        number = self.store.unsaved
        question = f"{number} change{'s' if number > 1 else ''} could not be saved to {self.store.path}."
        return await self.app.push_screen_wait(Question(question, "quit and lose them", "stay"))
