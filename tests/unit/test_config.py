"""Where things are kept."""

import os
from pathlib import Path

import pytest
from platformdirs import PlatformDirs

from paperbrowse.config import platform_dir


@pytest.mark.parametrize("home", ["/home/ann", "/home/ann/", "", "ann", None])
@pytest.mark.parametrize("named", ["/elsewhere", "/elsewhere/", "", "not/absolute", "~/there", None])
def test_the_platforms_places_are_those_of_platformdirs(
    monkeypatch: pytest.MonkeyPatch, home: str | None, named: str | None
) -> None:
    for name, value in (
        ("HOME", home),
        *((f"XDG_{kind}_HOME", named) for kind in ("CONFIG", "STATE", "CACHE")),
    ):
        if value is None:
            monkeypatch.delenv(name, raising=False)
        else:
            monkeypatch.setitem(os.environ, name, value)
    known = PlatformDirs("paperbrowse", appauthor=False)
    assert platform_dir("config") == Path(known.user_config_dir)
    assert platform_dir("state") == Path(known.user_state_dir)
    assert platform_dir("cache") == Path(known.user_cache_dir)
