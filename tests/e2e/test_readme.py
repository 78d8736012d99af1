"""What the README shows is what the program prints."""

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
README = (ROOT / "README.md").read_text("utf-8")
SHOWN = re.findall(r"^\$ paperbrowse (.+)\n((?:(?!\$ |```).*\n)*)", README, re.MULTILINE)


@pytest.mark.parametrize(("command", "output"), SHOWN, ids=[command for command, _ in SHOWN])
def test_a_command_prints_what_is_shown(command: str, output: str, tmp_path: Path) -> None:
    done = subprocess.run(
        [str(Path(sys.executable).parent / "paperbrowse"), *shlex.split(command)],
        capture_output=True,
        text=True,
        timeout=60,
        env={"PATH": os.environ["PATH"], "PAPERBROWSE_CONFIG_DIR": str(tmp_path), "LC_ALL": "C.UTF-8"},
    )
    assert done.stdout == output


def test_commands_are_shown() -> None:
    assert len(SHOWN) >= 4


def test_the_python_example_runs() -> None:
    [example] = re.findall(r"```python\n(.*?)```", README, re.DOTALL)
    done = subprocess.run(
        [sys.executable, "-c", example], capture_output=True, text=True, timeout=60, cwd=ROOT
    )
    assert done.stderr == ""
    assert done.stdout.startswith("wen2023fdivergence ")


def test_pictures_and_files_that_are_linked_are_there() -> None:
    for target in re.findall(r"\]\(([^)#:]+)\)", README):
        assert (ROOT / target).exists(), target


def test_the_test_command_stands_alone_on_a_line() -> None:
    assert re.search(r"^tests/run$", README, re.MULTILINE)
    assert os.access(ROOT / "tests" / "run", os.X_OK)
