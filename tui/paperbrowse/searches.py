"""Queries a person asked before, and those they gave a name, kept in `searches.toml`."""

import tomllib
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path

from paperbrowse.files import write_whole
from paperbrowse.text.clean import clean

_REMEMBERED = 200


class SearchesError(Exception):
    """The file cannot be read or written; the message names it and the reason."""


class Searches:
    """The queries of one settings folder, the latest last."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / "searches.toml"
        self._history: list[str] = []
        self._saved: dict[str, str] = {}
        self._unwritten: list[Callable[[], object]] = []
        """The changes since the file was written, to be made to what stands in it then: another browser may
        have written it meanwhile, or a person."""

    @property
    def history(self) -> Sequence[str]:
        """Queries asked, each once, the latest last."""
        return self._history

    @property
    def saved(self) -> Mapping[str, str]:
        """Queries by their names."""
        return self._saved

    def load(self) -> None:
        """Read the file, to which what is not written yet is added; where there is none all stays as it is.

        Raises:
            SearchesError: it cannot be read, or is not what we write; it is left as it is.
        """
        try:
            values = tomllib.loads(self._path.read_text("utf-8"))
        except (FileNotFoundError, NotADirectoryError):
            return
        except OSError as error:
            raise SearchesError(f"{self._path}: cannot be read: {error.strerror}") from error
        except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
            raise SearchesError(f"{self._path}: not valid TOML: {error}") from error
        history, saved = values.get("history", []), values.get("saved", {})
        if not isinstance(history, list) or not isinstance(saved, dict):
            raise SearchesError(f"{self._path}: history must be a list and saved a table")
        self._history = [clean(query) for query in history if isinstance(query, str)]
        self._saved = {clean(name): clean(query) for name, query in saved.items() if isinstance(query, str)}
        for change in self._unwritten:
            change()

    def remember(self, query: str) -> None:
        """Put a query at the end of the history."""
        if query := query.strip():
            self._change(partial(self._put_last, query))

    def save(self, name: str, query: str) -> None:
        """Give a query a name, in place of what had it."""
        self._change(lambda: self._saved.update({name: query}))

    def forget(self, name: str) -> None:
        """Take a name away."""
        self._change(lambda: self._saved.pop(name, None))

    def forget_asked(self, query: str) -> None:
        """Take a query out of the history."""
        self._change(partial(self._drop, query))

    def _change(self, change: Callable[[], object]) -> None:
        change()
        self._unwritten.append(change)

    def _put_last(self, query: str) -> None:
        self._drop(query)
        self._history = [*self._history[1 - _REMEMBERED :], query]

    def _drop(self, query: str) -> None:
        self._history = [known for known in self._history if known != query]

    def write(self) -> None:
        """Write what has changed into the file.

        Raises:
            SearchesError: it cannot be read or written, or is not what we write; it is left as it is.
        """
        import tomli_w

        self.load()
        values = {"history": self._history, "saved": self._saved}
        try:
            self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            write_whole(self._path, tomli_w.dumps(values))
        except OSError as error:
            raise SearchesError(f"{self._path}: cannot be written: {error.strerror}") from error
        self._unwritten.clear()
