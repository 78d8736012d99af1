"""Notes that were begun and not kept, so that no key and no closed window loses what was written."""

import json
import threading
from pathlib import Path

from paperbrowse.files import write_whole
from paperbrowse.text.clean import clean_lines

FILE_NAME = "drafts.json"


class Drafts:
    """Texts by the citation keys of their papers, in one file; without a folder only for this run."""

    def __init__(self, folder: Path | None) -> None:
        self._path = folder / FILE_NAME if folder else None
        self._changed: dict[str, str] = {}
        """What was put here and is not in the file; an empty text takes one away."""
        self._lock = threading.Lock()

    @property
    def unwritten(self) -> bool:
        """Whether something was put that is not on disk."""
        return bool(self._changed)

    def of(self, key: str) -> str:
        """The draft for that paper, empty where there is none."""
        with self._lock:
            return self._changed[key] if key in self._changed else self._read().get(key, "")

    def put(self, key: str, text: str) -> None:
        """Keep `text` as the draft, or none where it is empty; `write` puts it on disk."""
        if text != self.of(key):
            with self._lock:
                self._changed[key] = text

    def write(self) -> bool:
        """Write what was put since, beside what another browser wrote; False when that is not possible."""
        with self._lock:
            if not self._changed or self._path is None:
                return True
            drafts = {key: text for key, text in {**self._read(), **self._changed}.items() if text}
            try:
                self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
                write_whole(self._path, json.dumps(drafts, ensure_ascii=False, indent=2) + "\n")
            except (OSError, UnicodeEncodeError):
                return False
            self._changed.clear()
            return True

    def _read(self) -> dict[str, str]:
        if self._path is None:
            return {}
        try:
            values = json.loads(self._path.read_text("utf-8"))
        except (OSError, ValueError, RecursionError):
            return {}
        if not isinstance(values, dict):
            return {}
        return {key: clean_lines(text) for key, text in values.items() if isinstance(text, str)}
