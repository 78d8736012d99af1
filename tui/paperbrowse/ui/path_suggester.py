"""Completing the name of a file as it is typed."""

import asyncio
import os
from collections.abc import Collection
from itertools import islice
from pathlib import Path

from textual.suggester import Suggester

_MOST_LOOKED_AT = 5000


class PathSuggester(Suggester):
    """Suggests a folder, or a file with one of some suffixes, that begins with what is typed."""

    def __init__(self, suffixes: Collection[str]) -> None:
        super().__init__(use_cache=False, case_sensitive=True)
        self._suffixes = suffixes

    async def get_suggestion(self, value: str) -> str | None:
        """`value` with its last part completed."""
        return await asyncio.to_thread(self._completed, value)

    def _completed(self, value: str) -> str | None:
        folder, _, begun = value.rpartition("/")
        if not begun:
            return None
        place = os.path.expanduser(f"{folder}/" if "/" in value else ".")  # noqa: PTH111
        try:
            with os.scandir(place) as entries:
                names = sorted(
                    entry.name + ("/" if entry.is_dir() else "")
                    for entry in islice(entries, _MOST_LOOKED_AT)
                    if entry.name.startswith(begun)
                )
        except (OSError, ValueError):
            return None
        fitting = (name for name in names if name.endswith("/") or Path(name).suffix in self._suffixes)
        found = next((name for name in fitting if name != begun), None)
        return None if found is None else value + found[len(begun) :]
