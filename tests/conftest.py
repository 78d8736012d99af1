"""What every test stands on: no settings of the machine, nothing that blinks or moves."""

import os
from pathlib import Path

import pytest
from hypothesis import settings

settings.register_profile("unhurried", deadline=None)  # a busy machine is no defect
settings.load_profile("unhurried")

SEEDS = Path(__file__).parent.parent / "seeds"


@pytest.fixture(autouse=True)
def _hermetic(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Keep the machine that runs the tests out of them."""
    for name in list(os.environ):
        if name == "NO_COLOR" or name.startswith(("TEXTUAL", "PAPERBROWSE")):
            monkeypatch.delenv(name)
    monkeypatch.setenv("PAPERBROWSE_CONFIG_DIR", str(tmp_path / "config"))
    monkeypatch.setenv("PAPERBROWSE_CACHE_DIR", str(tmp_path / "cache"))


@pytest.fixture
def seeds() -> Path:
    """The bundled pages."""
    return SEEDS
