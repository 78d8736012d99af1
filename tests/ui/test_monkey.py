"""Whatever is pressed, clicked, pasted and resized: no crash, nothing inconsistent, and a way out."""

from pathlib import Path

import pytest

from tests.ui.monkey import run


@pytest.mark.parametrize("seed", [1, 2, 3, 4])
async def test_a_monkey_finds_no_crash(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, seed: int) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path))
    done = await run(seed, 400, tmp_path, look_every=25)
    assert sum(done.values()) >= 360
    assert all(done[kind] for kind in ("command", "letter", "click", "wheel", "resize", "paste"))
