"""What is wrong with the values of one settings file, and where each of them stands in it."""

from collections.abc import Collection
from pathlib import Path

from paperbrowse.settings.model import Complaint
from paperbrowse.text.slips import asked, meant
from paperbrowse.toml_text import KeyPath, line_number, places


class Checks:
    """Collects the complaints about the file at `path` with that text."""

    def __init__(self, path: Path, text: str) -> None:
        self.path = path
        self.complaints: list[Complaint] = []
        self._text = text
        self._places = places(text)

    def complain(self, path: KeyPath, what: str, concerns: str = "") -> None:
        """Note what is wrong with the value at `path`."""
        place = next(
            (self._places[path[:n]] for n in range(len(path), 0, -1) if path[:n] in self._places), None
        )
        line = line_number(self._text, place.start) if place else 1
        key = ".".join(path)
        self.complaints.append(Complaint(self.path, line, key, what, concerns or path[0]))

    def unknown(self, path: KeyPath, noun: str, known: Collection[str]) -> None:
        """Note that there is no such setting or command."""
        hint = asked(path[-1], known, f"there are {', '.join(known)}")
        concerned = meant(path[-1], known) if len(path) == 1 else None
        self.complain(path, f"no such {noun}; {hint}", concerned or path[0])

    def one_of(self, path: KeyPath, value: object, known: Collection[str]) -> str | None:
        """The value if it is one of `known`; else None, and a complaint."""
        if isinstance(value, str) and value in known:
            return value
        hint = asked(str(value), known, f"must be one of {', '.join(known)}")
        self.complain(path, f"{_shown(value)} cannot be used; {hint}")
        return None


def _shown(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return repr(value)
