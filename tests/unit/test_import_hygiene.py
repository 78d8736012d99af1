"""The core does not know the screen, and the plain commands do not pay for it."""

import subprocess
import sys

import pytest

CORE = [
    "paperbrowse",
    "paperbrowse.bookmarks",
    "paperbrowse.cli.arguments",
    "paperbrowse.cli.checking",
    "paperbrowse.cli.completion",
    "paperbrowse.cli.exporting",
    "paperbrowse.cli.keeping",
    "paperbrowse.cli.listing",
    "paperbrowse.cli.manual",
    "paperbrowse.cli.settings",
    "paperbrowse.config",
    "paperbrowse.describe",
    "paperbrowse.files",
    "paperbrowse.identity",
    "paperbrowse.keys",
    "paperbrowse.library",
    "paperbrowse.model",
    "paperbrowse.ordering",
    "paperbrowse.readers",
    "paperbrowse.search",
    "paperbrowse.session",
    "paperbrowse.settings",
    "paperbrowse.text.latex",
    "paperbrowse.text.names",
    "paperbrowse.toml_text",
    "paperbrowse.ui.commands",
    "paperbrowse.writers",
]


def loaded_after(code: str) -> set[str]:
    done = subprocess.run(
        [sys.executable, "-c", f"{code}\nimport sys\nprint(*sys.modules)"],
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    return {name.partition(".")[0] for name in done.stdout.splitlines()[-1].split()}


@pytest.mark.parametrize("module", CORE)
def test_a_core_module_loads_neither_textual_nor_rich(module: str) -> None:
    assert not {"textual", "rich"} & loaded_after(f"import {module}")


def test_the_package_root_is_free() -> None:
    assert "rapidfuzz" not in loaded_after("import paperbrowse")


@pytest.mark.parametrize(
    "arguments", [["list", "--format", "json"], ["authors", "--format", "jsonl"], ["paths"], ["check"]]
)
def test_plain_commands_do_not_load_textual(arguments: list[str]) -> None:
    code = f"from paperbrowse.cli import run\nrun({arguments!r})\nprint()"
    assert "textual" not in loaded_after(code)
