"""What the tests share that run the browser in a terminal."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.e2e.multiplexer import Tmux


@pytest.fixture
def tmux(tmp_path: Path) -> Iterator[Callable[..., Tmux]]:
    """Start a terminal of some size; it ends with the test."""
    if shutil.which("tmux") is None:
        pytest.skip("tmux is not installed")
    running: list[Tmux] = []

    def begin(size: tuple[int, int] = (120, 40)) -> Tmux:
        running.append(Tmux(tmp_path, size))
        return running[-1]

    yield begin
    for terminal in running:
        terminal.end()
