"""What a command works on: the library and the bookmarks that its options name."""

import argparse
import shlex
import sys
from collections.abc import Callable, Iterable
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from paperbrowse.cache import cache_dir
from paperbrowse.cli.failure import Failure
from paperbrowse.cli.progress import ReadingLine
from paperbrowse.config import HomeError, config_dir
from paperbrowse.library import Library
from paperbrowse.model import Bookmark, Paper
from paperbrowse.opening import open_library
from paperbrowse.settings import Settings, read_settings
from paperbrowse.text.slips import asked

if TYPE_CHECKING:
    from paperbrowse.bookmarks import BookmarkStore
    from paperbrowse.search import Query


def settings_folder(options: argparse.Namespace) -> Path:
    """The folder of settings and bookmarks that the options or the environment name."""
    return known(lambda: config_dir(options.config_dir))


def known(place: Callable[[], Path]) -> Path:
    """The folder that `place` finds; without one nothing can be done."""
    try:
        return place()
    except HomeError as error:
        raise Failure(str(error)) from error


def _cache_folder() -> Path | None:
    """Where libraries are kept; where nobody's home is known they are read each time."""
    try:
        return cache_dir()
    except HomeError:
        return None


def settings_of(options: argparse.Namespace, *concerned: str) -> Settings:
    """The settings; a command that goes by the `concerned` ones does not run where one of them is wrong.

    A script must not get its papers from elsewhere, or in another form, because of a slip of the pen.
    """
    settings, complaints = read_settings(settings_folder(options))
    for complaint in complaints:
        if not complaint.concerns or complaint.concerns in concerned:
            raise Failure(str(complaint))
    return settings


def library_paths(options: argparse.Namespace) -> list[str]:
    """What to read: `--library`, else the configured library, else nothing (the bundled pages)."""
    return list(options.library or settings_of(options, "library").library)


def open_store(options: argparse.Namespace) -> "BookmarkStore":
    """The bookmarks, read; what a person should know of them is said on stderr."""
    from paperbrowse.bookmarks import BookmarkStore

    store = BookmarkStore(settings_folder(options))
    store.load()
    say_messages(store)
    return store


def say_messages(store: "BookmarkStore") -> None:
    """Print on stderr what the store has to say."""
    for message in store.take_messages():
        print(f"paperbrowse: {message}", file=sys.stderr)


def _check(options: argparse.Namespace) -> str:
    """The command that tells of the problems of these options' library."""
    words = ["paperbrowse", "check"]
    for path in options.library or ():
        words += ["--library", path]
    if options.config_dir and not options.library:
        words += ["--config-dir", options.config_dir]
    return shlex.join(words)


def _has_bookmarks(folder: Path) -> bool:
    """Whether anything of bookmarks is in that folder; with nothing there the store need not be loaded."""
    try:
        return any("bookmarks" in path.name for path in folder.iterdir())
    except FileNotFoundError:
        return False
    except OSError:
        return True  # the store says what is in the way


class Session:
    """The library with the bookmarks on it."""

    def __init__(self, options: argparse.Namespace, paths: list[str] | None = None) -> None:
        self._options = options
        self._keeps = _has_bookmarks(settings_folder(options))
        told = ReadingLine()
        self.library: Library = open_library(
            library_paths(options) if paths is None else paths,
            key_pattern=settings_of(options, "export").export.key_pattern,
            settings_folder=settings_folder(options),
            kept=[bookmark.paper for bookmark in self.store.bookmarks().values()] if self._keeps else (),
            as_printed=getattr(options, "as_printed", False),
            cache_folder=_cache_folder(),
            tell=told,
        )
        told.clear()
        if self._keeps:
            self.library.shelf = self.store
        if not self.library.papers:
            self._refuse_nothing()
        lost = sum(problem.lost for problem in self.library.problems)
        if lost:
            noun = "record or file" if lost == 1 else "records or files"
            print(f"paperbrowse: {lost} {noun} could not be read; see '{_check(options)}'", file=sys.stderr)

    @cached_property
    def store(self) -> "BookmarkStore":
        """The bookmarks."""
        return open_store(self._options)

    def bookmark_of(self, paper: Paper) -> Bookmark | None:
        """The bookmark of `paper`."""
        return self.store.of(paper) if self._keeps else None

    def _refuse_nothing(self) -> None:
        """Say what was in the way where nothing could be read; a library may be without papers otherwise."""
        problems = [problem for problem in self.library.problems if problem.lost or not problem.line]
        # A whole file says more than a line of one.
        problems.sort(key=lambda problem: bool(problem.line))
        if problems:
            others = f"; see '{_check(self._options)}' for more" if len(problems) > 1 else ""
            raise Failure(f"{problems[0]}{others}")

    def paper(self, key: str) -> Paper:
        """The paper of that key, from the library or else from its bookmark."""
        paper = self.library.paper(key) or self.library.paper(key.lower())
        if paper is None and self._keeps and (bookmark := self.store.bookmark(key)):
            paper = bookmark.paper
        if paper is None:
            # The key that its own source gives it; few ask by it, so that nothing is kept for them.
            paper = next((one for one in self.library.papers if one.cited_as == key), None)
        if paper is None:
            raise Failure(self._unknown(key))
        return paper

    def papers(self, keys: Iterable[str]) -> list[Paper]:
        """The papers of those keys, each once, in that order."""
        return [self.paper(key) for key in dict.fromkeys(keys)]

    def with_bookmark(self, paper: Paper) -> Paper | Bookmark:
        """The paper as its bookmark keeps it, with tags and note, if it has one."""
        bookmark = self.bookmark_of(paper)
        return self.library.as_kept(bookmark) if bookmark else paper

    def _unknown(self, key: str) -> str:
        hint = asked(key, self.library.keys, "see 'paperbrowse list --format keys'")
        return f"no paper has the key {key!r}; {hint}"


def given_keys(keys: Iterable[str]) -> list[str]:
    """Keys as given, where `-` stands for those on stdin, one or more a line."""
    found: list[str] = []
    for key in keys:
        found.extend(sys.stdin.read().split() if key == "-" else [key])
    return found


def parsed_query(text: str) -> "Query":
    """A query, or wrong usage where it cannot be read."""
    from paperbrowse.search import QueryError, parse

    try:
        return parse(text, strict=True)
    except QueryError as error:
        raise Failure(f"the query {text!r} cannot be read: {error}", code=2) from error
