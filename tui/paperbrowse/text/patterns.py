"""Regular expressions that are compiled when they are first used: a start needs few of all there are."""

import re
from typing import Any, cast


class _Pattern:
    """Stands where a compiled pattern would, and takes its methods over one by one."""

    def __init__(self, text: str, flags: int) -> None:
        self._source = text, flags

    def __getattr__(self, name: str) -> Any:
        # From now on it is an attribute of this object, as quickly found as that of a compiled pattern.
        found = self.__dict__[name] = getattr(re.compile(*self._source), name)
        return found


def regex(text: str, flags: int = 0) -> re.Pattern[str]:
    """What `re.compile` gives, later; a mistake in `text` shows as late."""
    return cast("re.Pattern[str]", _Pattern(text, flags))
