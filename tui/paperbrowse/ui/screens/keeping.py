"""What a person does with bookmarks: keep, tag, note, mark as read, undo."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from functools import partial

from textual import work

from paperbrowse.describe import STATUS_WORDS, counted
from paperbrowse.model import Paper, ReadingStatus
from paperbrowse.ui.screens.dialogs import Line, Lines, Question
from paperbrowse.ui.screens.parts import BrowserParts

_STATUSES: tuple[ReadingStatus, ...] = ("", "to-read", "reading", "read")


class KeepActions(BrowserParts):
    """The actions of the "Keep" group; they work on the marked papers, or on the one under the cursor."""

    def action_toggle_bookmark(self) -> None:
        """Keep the papers, or let them go when all of them are kept."""
        papers = self.chosen
        if not papers:
            return
        kept = [bookmark for paper in papers if (bookmark := self.store.of(paper))]
        if len(kept) < len(papers):
            fresh = [paper for paper in papers if not self.store.of(paper)]
            done = "bookmarked" if len(papers) == 1 else f"{counted(len(fresh), 'paper')} bookmarked"
            self._change(lambda: self.store.add(fresh), done)
        else:
            done, them = (
                ("bookmark removed", "it")
                if len(kept) == 1
                else (f"{counted(len(kept), 'bookmark')} removed", "them")
            )
            keys = [bookmark.paper.key for bookmark in kept]
            self._change(lambda: self.store.remove(keys), f"{done}; {self.key_of('undo')} brings {them} back")

    def action_mark(self) -> None:
        """Mark the paper, or take its mark off, and go to the next."""
        paper = self.current
        if paper is None:
            return
        if paper.key in self.marked:
            del self.marked[paper.key]
        else:
            self.marked[paper.key] = None
        self.papers.action_cursor(1)
        self._marks_changed()

    def action_mark_range(self) -> None:
        """Mark everything from the last marked paper to the one under the cursor."""
        paper, library = self.current, self.library
        if paper is None or library is None:
            return
        cursor = self.papers.cursor
        rows = self.view.rows
        places = [place for place, row in enumerate(rows) if library.key(row) in self.marked]
        start = min(places, key=lambda place: abs(place - cursor)) if places else cursor
        for place in range(min(start, cursor), max(start, cursor) + 1):
            self.marked[library.key(rows[place])] = None
        self._marks_changed()

    def action_mark_all(self) -> None:
        """Mark all that is shown, or take all marks off."""
        library = self.library
        if library is None:
            return
        if self.marked:
            self.marked.clear()
        else:
            self.marked.update(dict.fromkeys(map(library.key, self.view.rows)))
        self._marks_changed()

    def _marks_changed(self) -> None:
        self.papers.refresh()
        self.show_marks()

    def show_marks(self) -> None:
        """Say how many papers are marked."""
        raise NotImplementedError

    def _change(self, operation: Callable[[], object], done: str) -> None:
        """Do it and say that it is `done`, unless the bookmarks cannot be changed."""
        if self.store.read_only_reason:
            self.notify(
                self.store.read_only_reason, title="Bookmarks are read-only", severity="error", markup=False
            )
            return
        operation()
        self.store_changed()
        self.say(done)

    def _parted(self, papers: Sequence[Paper]) -> tuple[list[str], list[Paper]]:
        """The keys of those that are bookmarked, and the others."""
        marks = [(paper, self.store.of(paper)) for paper in papers]
        return [mark.paper.key for _, mark in marks if mark], [paper for paper, mark in marks if not mark]

    @work(exclusive=True, group="dialog")
    async def action_edit_tags(self) -> None:
        """Ask for the tags and set them."""
        papers = self.chosen
        if not papers:
            return
        known = [bookmark.tags if (bookmark := self.store.of(paper)) else () for paper in papers]
        before = [tag for tag in known[0] if all(tag in tags for tags in known)]
        used = self.store.tags()
        hint = "commas between" + (f"; in use: {_with_counts(used)}" if used else ", such as to-read, thesis")
        label = "Tags" if len(papers) == 1 else f"Tags of {len(papers)} papers"
        answer = await self.app.push_screen_wait(Line(label, ", ".join(before), hint, words=list(used)))
        if answer is None:
            return
        after = list(dict.fromkeys(tag.strip() for tag in answer.split(",") if tag.strip()))
        gone = [tag for tag in before if tag not in after]
        added = [tag for tag in after if tag not in before]

        def set_tags() -> None:
            kept, missing = self._parted(papers)
            if kept and gone:
                self.store.untag(kept, gone)
            if kept and added:
                self.store.tag(kept, added)
            if missing and added:
                self.store.add(missing, tags=added)

        if gone or added:
            self._change(set_tags, f"tags: {', '.join(after)}" if after else "no tags any more")

    @work(exclusive=True, group="dialog")
    async def action_edit_note(self) -> None:
        """Ask for the note of the paper under the cursor and set it."""
        paper = self.current
        if paper is None:
            return
        bookmark = self.store.of(paper)
        before = bookmark.note if bookmark else ""
        drafts, key = self.drafts, paper.key
        answer = await self.app.push_screen_wait(
            Lines("Note", before, drafts.of(key), partial(drafts.put, key))
        )
        written = await asyncio.to_thread(drafts.write)
        if answer is None and drafts.of(key):
            where = "" if written else "; it cannot be written to disk, so it is only here"
            again = f"The note is a draft{where}. {self.key_of('note')} goes on with it."
            self.notify(again, markup=False, timeout=4)
        if answer is not None and answer.strip() != before.strip():
            text = answer.strip()

            def set_note() -> None:
                if bookmark:
                    self.store.note(bookmark.paper.key, text)
                else:
                    self.store.add([paper], note=text)

            self._change(set_note, "note kept" if text else "note removed")

    def action_next_status(self) -> None:
        """To read, reading, read, none."""
        papers = self.chosen
        if not papers:
            return
        bookmark = self.store.of(papers[0])
        place = _STATUSES.index(bookmark.status) if bookmark else 0
        status = _STATUSES[(place + 1) % len(_STATUSES)]

        def set_status() -> None:
            kept, missing = self._parted(papers)
            if kept:
                self.store.status(kept, status)
            if missing:
                self.store.add(missing, status=status)

        words = STATUS_WORDS.get(status, status) or "no status"
        if len(papers) > 1:
            words = f"{counted(len(papers), 'paper')}: {words}; {self.key_of('undo')} takes it back"
        self._change(set_status, words)

    def action_undo(self) -> None:
        """Take the last change back."""
        self._step(self.store.undo, "undo")

    def action_redo(self) -> None:
        """Do it again."""
        self._step(self.store.redo, "redo")

    def _step(self, operation: Callable[[], object], word: str) -> None:
        change = operation()
        self.say(str(change) if change else f"nothing to {word}")
        self.store_changed()

    async def all_saved(self) -> bool:
        """Wait a moment for what is being written; True when nothing is left."""
        if self.store.unsaved:
            await asyncio.to_thread(self.store.flush, 3.0)
        return self.store.unsaved == 0

    async def ask_to_lose(self) -> bool:
        """Whether to quit although changes could not be saved."""
        question = f"{counted(self.store.unsaved, 'change')} could not be saved to {self.store.path}."
        return await self.app.push_screen_wait(Question(question, "quit all the same", "stay"))


def _with_counts(tags: Mapping[str, int]) -> str:
    return ", ".join(f"{tag} ({number})" for tag, number in tags.items())
