"""Keeping papers: the actions of `bookmark`."""

import argparse
import sys
from collections.abc import Callable, Sequence
from typing import TypeVar

from paperbrowse.bookmarks import BookmarkStore, StoreError
from paperbrowse.cli.failure import Failure
from paperbrowse.cli.listing import print_papers
from paperbrowse.cli.session import Session, given_keys, open_store, say_messages
from paperbrowse.describe import counted
from paperbrowse.text.slips import asked

T = TypeVar("T")


def bookmark_help(_options: argparse.Namespace) -> int:
    """`bookmark` alone: there is nothing to do without an action."""
    raise Failure(
        "bookmark needs an action: add, remove, list, tag, untag, note, status, undo or redo", code=2
    )


def bookmark_add(options: argparse.Namespace) -> int:
    """`bookmark add`: keep papers of the library."""
    session = Session(options)
    papers = session.papers(given_keys(options.keys))
    fresh = [paper for paper in papers if session.store.of(paper) is None]
    if fresh:
        _saved(lambda: session.store.add(fresh))
    print(f"paperbrowse: {counted(len(fresh), 'bookmark')} added", file=sys.stderr)
    return 0


def bookmark_remove(options: argparse.Namespace) -> int:
    """`bookmark remove`: let bookmarks go."""
    store = open_store(options)
    keys = _kept_keys(store, given_keys(options.keys))
    _saved(lambda: store.remove(keys))
    print(
        f"paperbrowse: {counted(len(keys), 'bookmark')} removed; 'paperbrowse bookmark undo' brings back",
        file=sys.stderr,
    )
    return 0


def bookmark_list(options: argparse.Namespace) -> int:
    """`bookmark list`: what is kept."""
    store = open_store(options)
    print_papers(options.format, [mark.paper for mark in store.bookmarks().values()], store.of)
    return 0 if store.is_read else 1


def bookmark_tag(options: argparse.Namespace) -> int:
    """`bookmark tag`: add tags."""
    store = open_store(options)
    keys = _tagged_keys(store, options)
    _saved(lambda: store.tag(keys, _tags(options.tags)))
    return 0


def bookmark_untag(options: argparse.Namespace) -> int:
    """`bookmark untag`: take tags away."""
    store = open_store(options)
    keys = _tagged_keys(store, options)
    _saved(lambda: store.untag(keys, _tags(options.tags)))
    return 0


def bookmark_note(options: argparse.Namespace) -> int:
    """`bookmark note`: set or remove a note."""
    store = open_store(options)
    [key] = _kept_keys(store, [options.key])
    text = sys.stdin.read().rstrip("\n") if options.text == "-" else options.text
    _saved(lambda: store.note(key, text))
    return 0


def bookmark_status(options: argparse.Namespace) -> int:
    """`bookmark status`: set how far the reading is."""
    store = open_store(options)
    keys = _kept_keys(store, given_keys(options.keys))
    _saved(lambda: store.status(keys, "" if options.status == "none" else options.status))
    return 0


def bookmark_undo(options: argparse.Namespace) -> int:
    """`bookmark undo`: take back the last change."""
    return _step(options, back=True)


def bookmark_redo(options: argparse.Namespace) -> int:
    """`bookmark redo`: do again what was undone."""
    return _step(options, back=False)


def _step(options: argparse.Namespace, *, back: bool) -> int:
    store = open_store(options)
    change = _saved(store.undo if back else store.redo)
    if not change:
        raise Failure("nothing to undo" if back else "nothing to redo")
    print(f"paperbrowse: {change}", file=sys.stderr)
    say_messages(store)
    return 0


def _saved(operation: Callable[[], T]) -> T:
    try:
        return operation()
    except StoreError as error:
        raise Failure(str(error)) from error


def _kept_keys(store: BookmarkStore, keys: Sequence[str]) -> list[str]:
    for key in keys:
        if store.bookmark(key) is None:
            raise Failure(_unknown(store, key))
    return list(dict.fromkeys(keys))


def _unknown(store: BookmarkStore, key: str, remark: str = "") -> str:
    hint = asked(key, store.bookmarks(), "see 'paperbrowse bookmark list'")
    return f"no bookmark has the key {key!r}{remark}; {hint}"


def _tagged_keys(store: BookmarkStore, options: argparse.Namespace) -> list[str]:
    """The keys of a command that names tags first; who names them last is told."""
    keys = given_keys(options.keys)
    unknown = next((key for key in keys if store.bookmark(key) is None), None)
    if unknown is None:
        return list(dict.fromkeys(keys))
    if store.bookmark(options.tags):
        raise Failure(f"{options.tags} is a bookmark; the tags stand first, then the keys", code=2)
    raise Failure(_unknown(store, unknown, " (the tags stand first, then the keys)"))


def _tags(text: str) -> list[str]:
    tags = [tag.strip() for tag in text.split(",") if tag.strip()]
    if not tags:
        raise Failure("no tag given", code=2)
    return tags
