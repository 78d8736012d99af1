"""From what a person asks for to operations on what is there."""

import os
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from paperbrowse.bookmarks.history import Group
from paperbrowse.bookmarks.operations import (
    ITEMS_A_LINE,
    Action,
    Item,
    Kind,
    Operation,
    Shelf,
    edit_item,
    inverse_edit,
    remove_item,
)
from paperbrowse.bookmarks.record import Kept, made_key, to_data
from paperbrowse.describe import counted
from paperbrowse.identity import identities, identity
from paperbrowse.model import Bookmark, Paper
from paperbrowse.text.fold import letters

_DONE = {
    "add": "bookmarked {n}",
    "remove": "removed {n}",
    "tag": "tagged {n}",
    "untag": "took tags off {n}",
    "note": "changed the note of {n}",
    "status": "set the status of {n}",
}


@dataclass(frozen=True, slots=True)
class Change:
    """What was done: which action to which bookmarks, or which was undone or done again."""

    action: Action
    keys: tuple[str, ...]
    how: Literal["done", "undone", "redone"] = "done"

    @property
    def count(self) -> int:
        """How many bookmarks it changed; 0 when everything was so already."""
        return len(self.keys)

    def __bool__(self) -> bool:
        return bool(self.keys)

    def __str__(self) -> str:
        words = _DONE[self.action].format(n=counted(self.count, "paper"))
        return words if self.how == "done" else f"{'undid' if self.how == 'undone' else 'redid'}: {words}"


@dataclass(frozen=True, slots=True)
class Plan:
    """Items of one kind that make up a change, and the keys they concern."""

    kind: Kind
    action: Action
    items: tuple[Item, ...]
    keys: tuple[str, ...]


class Session:
    """The changes of one run of the program, which come after those of an earlier one and can undo them."""

    def __init__(self) -> None:
        self.parent = ""
        """The session before this one, "" for none; its changes count up to the number `parent_until`."""
        self.parent_until = 0
        self.made = 0
        """How many changes there were."""
        self._name = os.urandom(6).hex()

    def operations(self, plan: Plan, undoes: str, redoes: str) -> list[Operation]:
        """What does what `plan` says, as the next change."""
        self.made += 1
        group = f"{self._name}-{self.made}"
        return [
            Operation(
                kind=plan.kind,
                items=plan.items[start : start + ITEMS_A_LINE],
                action=plan.action,
                group=group,
                id=f"{group}-{start}",
                session=self._name,
                parent=self.parent,
                parent_until=self.parent_until,
                undoes=undoes,
                redoes=redoes,
            )
            for start in range(0, len(plan.items), ITEMS_A_LINE)
        ]


def adding(shelf: Shelf, papers: Iterable[Paper], make: Callable[[Paper], Bookmark]) -> Plan:
    """Keep the papers that are not kept yet, each under a key of its own."""
    items: list[Item] = []
    keys: dict[str, None] = {}
    seen: set[str] = set()
    for paper in papers:
        is_same = identity(paper)
        if is_same in seen or shelf_key(shelf, paper) is not None:
            continue
        seen.add(is_same)
        key = wanted = paper.key or made_key(paper)
        number = 1
        while key in shelf.kept or key in keys:
            number += 1
            key = f"{wanted}-{number}"
        keys[key] = None
        items.append({"record": to_data(make(replace(paper, key=key) if key != paper.key else paper))})
    return Plan("add", "add", tuple(items), tuple(keys))


def removing(shelf: Shelf, keys: Iterable[str]) -> Plan:
    """Take these bookmarks off."""
    wanted = dict.fromkeys(key for key in keys if key in shelf.kept)
    return Plan("remove", "remove", tuple(_removed(shelf, wanted)), tuple(wanted))


def _removed(shelf: Shelf, keys: Iterable[str]) -> list[Item]:
    before: dict[str, str] = {}
    last = ""
    for key in shelf.kept:
        before[key] = last
        last = key
    # In the order of the file, so that each is put back behind one that is there.
    wanted = set(keys)
    return [remove_item(shelf.kept[key], before[key]) for key in shelf.kept if key in wanted]


def editing(shelf: Shelf, keys: Iterable[str], action: Action, edit: Callable[[Bookmark], Bookmark]) -> Plan:
    """Make of each of these bookmarks what `edit` makes of it."""
    items: dict[str, Item] = {}
    for key in keys:
        kept = shelf.kept.get(key)
        if kept is not None and (after := edit(kept.bookmark)) != kept.bookmark:
            items[key] = edit_item(kept, after)
    return Plan("edit", action, tuple(items.values()), tuple(items))


def taking_back(shelf: Shelf, group: Group) -> Plan:
    """Undo the change `group`, as far as it is still there."""
    first = group[0]
    items = [item for operation in group for item in operation.items]
    if first.kind == "add":
        keys = [key for item in items if (key := shelf.key_of(item)) is not None]
        return Plan("remove", first.action, tuple(_removed(shelf, keys)), tuple(keys))
    if first.kind == "remove":
        gone = [item for item in items if shelf.by_identity(item["id"]) is None]
        return Plan("add", first.action, tuple(gone), tuple(item["key"] for item in gone))
    edits: list[Item] = []
    keys = []
    for item in map(inverse_edit, items):
        key = shelf.find(item["key"], item["id"])
        if key is not None and shelf.would_change(key, item):
            edits.append(item)
            keys.append(key)
    return Plan("edit", first.action, tuple(edits), tuple(keys))


def shelf_key(shelf: Shelf, paper: Paper) -> str | None:
    """The key of the bookmark of `paper`: found by identity, or by key where the titles agree too."""
    for name in identities(paper):
        key = shelf.by_identity(name)
        if key is not None:
            return key
    kept: Kept | None = shelf.kept.get(paper.key)
    if kept is not None and letters(kept.bookmark.paper.title) == letters(paper.title):
        return paper.key
    return None


def tags_with(tags: Sequence[str]) -> Callable[[Bookmark], Bookmark]:
    """The edit that puts these tags on."""
    return lambda bookmark: _with_tags(bookmark, tuple(dict.fromkeys((*bookmark.tags, *tags))))


def tags_without(tags: Sequence[str]) -> Callable[[Bookmark], Bookmark]:
    """The edit that takes these tags off."""
    return lambda bookmark: _with_tags(bookmark, tuple(tag for tag in bookmark.tags if tag not in tags))


def _with_tags(bookmark: Bookmark, tags: tuple[str, ...]) -> Bookmark:
    # Not dataclasses.replace, which is slow where thousands are changed.
    old = bookmark
    return Bookmark(paper=old.paper, added=old.added, tags=tags, note=old.note, status=old.status)


def setting(**fields: Any) -> Callable[[Bookmark], Bookmark]:
    """The edit that gives these fields these values."""
    return lambda bookmark: replace(bookmark, **fields)
