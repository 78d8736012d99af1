"""Queries a person asked before, and those they gave a name, kept in `searches.toml`."""

import tomllib
from collections.abc import Mapping, Sequence
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

    @property
    def history(self) -> Sequence[str]:
        """Queries asked, each once, the latest last."""
        return self._history

    @property
    def saved(self) -> Mapping[str, str]:
        """Queries by their names."""
        return self._saved

    def load(self) -> None:
        """Read the file; nothing is remembered where there is none.

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

    def remember(self, query: str) -> None:
        """Put a query at the end of the history."""
        query = query.strip()
        if query:
            others = [known for known in self._history if known != query]
            self._history = [*others[1 - _REMEMBERED :], query]

    def save(self, name: str, query: str) -> None:
        """Give a query a name, in place of what had it."""
        self._saved[name] = query

    def forget(self, name: str) -> None:
        """Take a name away."""
        self._saved.pop(name, None)

    def write(self) -> None:
        """Write the file.

        Raises:
            SearchesError: it cannot be written.
        """
        import tomli_w

        values = {"history": self._history, "saved": self._saved}
        try:
            self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            write_whole(self._path, tomli_w.dumps(values))
        except OSError as error:
            raise SearchesError(f"{self._path}: cannot be written: {error.strerror}") from error
