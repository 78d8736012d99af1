"""Changes to the bookmarks as operations: what they do to a shelf, their inverse, their line in the journal.

An operation says what to do with which paper, not what the file then looks like; so operations of several
programs and of a person with an editor can be done one after the other on whatever stands in the file.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from paperbrowse.bookmarks.record import Kept, from_data, to_data
from paperbrowse.bookmarks.tables import table_of
from paperbrowse.model import Bookmark

Kind = Literal["add", "remove", "edit"]
Action = Literal["add", "remove", "tag", "untag", "note", "status"]
Item = dict[str, Any]

AT_END = None
_NOWHERE = "\0"  # no key has it
ITEMS_A_LINE = 100
"""Changes of many papers are cut into lines of so many: no line is long in the making or the reading."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation:
    """One line of the journal: a part of a change, or all of it.

    Items of `add` and `remove` hold the table, as data (`record`) or as it stood in the file (`text`), and
    the key of the bookmark before it (`after`, "" for none); items of `edit` the key and identity of the
    paper and for each changed field what it was and what it becomes.
    """

    kind: Kind
    items: tuple[Item, ...]
    action: Action
    group: str
    """The change that this is a part of."""
    id: str
    session: str
    parent: str = ""
    """The session that this one came after, whose changes it can undo, up to the number `parent_until`."""
    parent_until: int = 0
    undoes: str = ""
    redoes: str = ""
    number: int = 0
    """Its place in the journal; 0 before it has one."""


class Shelf:
    """The bookmarks by key, in the order of the file, and found by identity too."""

    def __init__(self, kept: Iterable[tuple[str, Kept]] = ()) -> None:
        self.kept: dict[str, Kept] = dict(kept)
        self._keys: dict[str, str] | None = None

    def copy(self) -> "Shelf":
        """A shelf of its own with the same bookmarks."""
        other = Shelf()
        other.kept = dict(self.kept)
        return other

    def bookmarks(self) -> dict[str, Bookmark]:
        """The bookmarks without what the store knows of their text."""
        return {key: kept.bookmark for key, kept in self.kept.items()}

    def find(self, key: str, wanted: str) -> str | None:
        """The key under which the paper of that key and identity stands, if it does.

        A key alone is not enough while another paper has that identity: someone may have used the key
        for another paper. A record that was corrected by hand is still found by its key.
        """
        kept = self.kept.get(key)
        if kept is not None and (not wanted or kept.identity == wanted):
            return key
        return self.by_identity(wanted) or (key if kept is not None else None)

    def by_identity(self, wanted: str) -> str | None:
        """The key of the paper of that identity."""
        if self._keys is None:
            self._keys = {kept.identity: key for key, kept in reversed(self.kept.items())}
        return self._keys.get(wanted)

    def key_of(self, item: Item) -> str | None:
        """The key of the bookmark that an item of `add` made, if it is there."""
        return self.by_identity(kept_of(item).identity)

    def would_change(self, key: str, item: Item) -> bool:
        """Whether undoing or redoing the edit `item` would change the bookmark of that key."""
        bookmark = self.kept[key].bookmark
        return _edited(bookmark, item, only_unchanged=True) != bookmark

    def free_key(self, key: str) -> str:
        """`key`, with a number if another bookmark has it."""
        if key not in self.kept:
            return key
        number = 2
        while f"{key}-{number}" in self.kept:
            number += 1
        return f"{key}-{number}"

    def do(self, operation: Operation) -> None:
        """Do `operation`; what it asks for and is so already stays as it is."""
        if operation.kind == "add":
            self._add(operation.items)
        elif operation.kind == "remove":
            self._remove(operation.items)
        else:
            self._edit(operation.items, only_unchanged=bool(operation.undoes or operation.redoes))

    def _add(self, items: Sequence[Item]) -> None:
        placed: list[tuple[str, Kept, str]] = []
        for item in items:
            kept = kept_of(item)
            if self.by_identity(kept.identity) is not None:
                continue
            key = self.free_key(kept.bookmark.paper.key)
            if key != kept.bookmark.paper.key:
                kept = Kept(replace(kept.bookmark, paper=replace(kept.bookmark.paper, key=key)))
            self.kept[key] = kept
            if self._keys is not None:
                self._keys[kept.identity] = key
            if item.get("after") is not AT_END:
                placed.append((key, kept, item["after"]))
        if placed:
            self._place(placed)

    def _place(self, placed: Sequence[tuple[str, Kept, str]]) -> None:
        """Move what was put back to where it stood: after the bookmark it stood after, if that is there."""
        moving = {key for key, _, _ in placed}
        followers: dict[str, list[tuple[str, Kept]]] = {}
        order: dict[str, Kept] = {}
        for key, kept, after in placed:
            place = after if not after or after in self.kept else _NOWHERE
            followers.setdefault(place, []).append((key, kept))

        def put_followers_of(key: str) -> None:
            waiting = followers.pop(key, [])[::-1]
            while waiting:
                child, kept = waiting.pop()
                order[child] = kept
                waiting += followers.pop(child, [])[::-1]

        put_followers_of("")
        for key, kept in self.kept.items():
            if key not in moving:
                order[key] = kept
                put_followers_of(key)
        put_followers_of(_NOWHERE)
        order.update((key, kept) for key, kept in self.kept.items() if key not in order)
        self.kept = order

    def _remove(self, items: Sequence[Item]) -> None:
        for item in items:
            key = self.find(item["key"], item["id"])
            if key is None:
                continue
            kept = self.kept.pop(key)
            if self._keys is not None and self._keys.get(kept.identity) == key:
                del self._keys[kept.identity]

    def _edit(self, items: Sequence[Item], *, only_unchanged: bool) -> None:
        for item in items:
            key = self.find(item["key"], item["id"])
            if key is None:
                continue
            kept = self.kept[key]
            edited = _edited(kept.bookmark, item, only_unchanged=only_unchanged)
            if edited != kept.bookmark:
                self.kept[key] = kept.changed(edited)


def _edited(bookmark: Bookmark, item: Item, *, only_unchanged: bool) -> Bookmark:
    """`bookmark` with the item's changes.

    Tags are put in and taken out one by one, so that two programs can tag the same paper. A note and a
    status are set; when undoing only where they are still what the undone change had made of them.
    """
    tags, note, status = bookmark.tags, bookmark.note, bookmark.status
    if "tags" in item:
        was, becomes = item["tags"]
        tags = _merged(tags, tuple(was), tuple(becomes))
    if "note" in item:
        was, becomes = item["note"]
        note = becomes if not only_unchanged or note == was else note
    if "status" in item:
        was, becomes = item["status"]
        status = becomes if not only_unchanged or status == was else status
    # Not dataclasses.replace, which is slow where thousands are changed.
    return Bookmark(paper=bookmark.paper, added=bookmark.added, tags=tags, note=note, status=status)


def _merged(tags: tuple[str, ...], was: tuple[str, ...], becomes: tuple[str, ...]) -> tuple[str, ...]:
    if tags == was:
        return becomes
    kept = [tag for tag in tags if tag in becomes or tag not in was]
    return (*kept, *(tag for tag in becomes if tag not in was and tag not in kept))


def kept_of(item: Item) -> Kept:
    """The bookmark of an item of `add`."""
    text = item.get("text")
    kept = from_data(item["record"] if text is None else table_of(text)[1])
    kept.text = text
    return kept


def remove_item(kept: Kept, after: str) -> Item:
    """What `remove` needs to take a bookmark off, and `add` to put it back behind the one called `after`."""
    item: Item = {"key": kept.bookmark.paper.key, "id": kept.identity, "after": after}
    if kept.text is None:
        return item | {"record": to_data(kept.bookmark)}
    return item | {"text": kept.text}


def edit_item(kept: Kept, edited: Bookmark) -> Item:
    """What `edit` needs to make `edited` of a bookmark."""
    was = kept.bookmark
    item: Item = {"key": was.paper.key, "id": kept.identity}
    if edited.tags != was.tags:
        item["tags"] = [list(was.tags), list(edited.tags)]
    if edited.note != was.note:
        item["note"] = [was.note, edited.note]
    if edited.status != was.status:
        item["status"] = [was.status, edited.status]
    return item


def inverse_edit(item: Item) -> Item:
    """The edit that takes `item` back."""
    return {name: value if name in {"key", "id"} else value[::-1] for name, value in item.items()}


def encode(operation: Operation) -> dict[str, Any]:
    """`operation` as the JSON object of its line."""
    line: dict[str, Any] = {
        "op": operation.kind,
        "action": operation.action,
        "group": operation.group,
        "id": operation.id,
        "session": operation.session,
    }
    if operation.parent:
        line |= {"parent": operation.parent, "until": operation.parent_until}
    if operation.undoes:
        line["undoes"] = operation.undoes
    if operation.redoes:
        line["redoes"] = operation.redoes
    return line


def decode(line: Mapping[str, Any]) -> Operation:
    """The operation of a journal's line."""
    return Operation(
        kind=line["op"],
        items=tuple(line["items"]),
        action=line["action"],
        group=line["group"],
        id=line["id"],
        session=line["session"],
        parent=line.get("parent", ""),
        parent_until=line.get("until", 0),
        undoes=line.get("undoes", ""),
        redoes=line.get("redoes", ""),
        number=line["n"],
    )
