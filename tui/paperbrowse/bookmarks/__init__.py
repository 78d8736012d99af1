"""Bookmarks that cannot be lost: a readable file, a journal, locks, backups, undo."""

from paperbrowse.bookmarks.disk import StoreError
from paperbrowse.bookmarks.store import BookmarkStore, Change

__all__ = ["BookmarkStore", "Change", "StoreError"]
