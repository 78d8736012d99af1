"""The core does not know the screen, and the plain commands do not pay for it."""

import os
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


SLOW = {
    "anyascii",
    "difflib",
    "platformdirs",
    "random",
    "rapidfuzz",
    "rich",
    "shutil",
    "tempfile",
    "textual",
    "tomllib",
}
"""What takes milliseconds to import and is of use to few commands."""


def modules_after(code: str, **environment: str) -> set[str]:
    done = subprocess.run(
        [sys.executable, "-c", f"{code}\nimport sys\nprint(*sys.modules)"],
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
        env=os.environ | environment,
    )
    return set(done.stdout.splitlines()[-1].split())


def loaded_after(code: str, **environment: str) -> set[str]:
    return {name.partition(".")[0] for name in modules_after(code, **environment)}


def carried_out(*arguments: str, more: str = "[]") -> str:
    """The code that carries out a command."""
    return f"from paperbrowse.cli import run\nrun({list(arguments)!r} + {more})\nprint()"


@pytest.mark.parametrize("module", CORE)
def test_a_core_module_loads_neither_textual_nor_rich(module: str) -> None:
    assert not {"textual", "rich"} & loaded_after(f"import {module}")


def test_the_package_root_is_free() -> None:
    assert "rapidfuzz" not in loaded_after("import paperbrowse")


@pytest.mark.parametrize(
    "module", ["paperbrowse.search", "paperbrowse.cli.arguments", "paperbrowse.text.clean"]
)
def test_what_every_command_imports_compiles_and_loads_nothing_slow(module: str) -> None:
    assert not {*SLOW, "dataclasses", "json", "hashlib", "pathlib"} & loaded_after(f"import {module}")


@pytest.mark.parametrize(
    "arguments", [["list", "--format", "json"], ["authors", "--format", "jsonl"], ["paths"], ["check"]]
)
def test_plain_commands_do_not_load_textual(arguments: list[str]) -> None:
    assert "textual" not in loaded_after(carried_out(*arguments))


@pytest.mark.parametrize("option", ["--help", "--version"])
def test_help_loads_no_papers(option: str) -> None:
    assert not {*SLOW, "dataclasses", "paperbrowse.model"} & modules_after(carried_out(option))


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The environment of a library that is large enough to be kept, and was."""
    folder = tmp_path_factory.mktemp("kept")
    entries = (
        f"@article{{key{number}, title = {{Graph number {number}}}, author = {{Lee, Ann}}, year = 2020}}"
        for number in range(2100)
    )
    (folder / "library.bib").write_text("\n".join(entries))
    settings = folder / "settings"
    settings.mkdir()
    environment = {
        "PAPERBROWSE_CONFIG_DIR": str(settings),
        "PAPERBROWSE_CACHE_DIR": str(folder / "cache"),
        "LIBRARY": str(folder / "library.bib"),
    }
    modules_after(on_kept("list", "graph"), **environment)
    return environment


def on_kept(*arguments: str) -> str:
    """The code that carries out a command on that library."""
    library = "['--library', os.environ['LIBRARY']]"
    return f"import os\n{carried_out(*arguments, more=library)}"


NEVER_OF_A_KEPT_LIBRARY = {
    "paperbrowse.bookmarks",
    "paperbrowse.corrections",
    "paperbrowse.grouping",
    "paperbrowse.merge",
    "paperbrowse.readers",
    "paperbrowse.text.latex_parser",
    "paperbrowse.toml_text",
}


def test_a_search_of_a_kept_library_loads_what_searches(kept: dict[str, str]) -> None:
    loaded = modules_after(on_kept("list", "number 7"), **kept)
    assert not {*SLOW, *NEVER_OF_A_KEPT_LIBRARY, "paperbrowse.writers"} & loaded
    assert "paperbrowse.search.rank" in loaded


def test_a_search_that_finds_nothing_loads_what_forgives_and_no_more(kept: dict[str, str]) -> None:
    loaded = modules_after(on_kept("list", "zzyzx"), **kept)
    assert not ({*SLOW} - {"rapidfuzz"} | NEVER_OF_A_KEPT_LIBRARY) & loaded


def test_a_list_and_a_paper_of_a_kept_library_load_no_search(kept: dict[str, str]) -> None:
    for arguments in (["list", "--limit", "3"], ["show", "lee2020graph"]):
        loaded = modules_after(on_kept(*arguments), **kept)
        assert not {*SLOW, *NEVER_OF_A_KEPT_LIBRARY, "paperbrowse.search.searcher"} & loaded
