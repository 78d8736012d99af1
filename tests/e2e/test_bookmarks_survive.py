"""Small runs of the trials in tests/bench/store.py: killed processes, many writers, editors, a full disk."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("trial", ["kill 12", "kill 6 --background", "writers 4 15", "editor 25", "full 60"])
def test_nothing_that_was_saved_is_lost(trial: str) -> None:
    command = [sys.executable, "-m", "tests.bench.store", *trial.split()]
    ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=300)
    assert ended.returncode == 0, ended.stdout + ended.stderr
    assert " 0 lost" in ended.stdout
