"""The table of commands, and all that must say the same."""

import re
from pathlib import Path

import pytest
from textual.binding import Binding

from paperbrowse.settings import read_settings
from paperbrowse.ui.commands import COMMANDS, LIST_COMMANDS, PANES, Command, key_table
from paperbrowse.ui.keymap import PRESETS, key_name, rebound, shown_key, textual_keymap, vocabulary
from paperbrowse.ui.screens.browse import BrowseScreen
from paperbrowse.ui.widgets.detail import Detail
from paperbrowse.ui.widgets.line_view import LineView
from paperbrowse.ui.widgets.row_list import RowList
from tests.readme_keys import BEGIN, END, README, with_table

EVERY = (*COMMANDS, *LIST_COMMANDS)


def ids(command: Command) -> str:
    return command.id


def test_the_readme_s_key_table_is_the_one_of_the_program() -> None:
    text = README.read_text("utf-8")
    assert text.count(BEGIN) == text.count(END) == 1
    assert with_table(text) == text, "run: python tests/readme_keys.py"
    assert key_table() in text


@pytest.mark.parametrize("command", COMMANDS, ids=ids)
def test_every_command_has_an_action_and_is_bound_to_it(command: Command) -> None:
    target = command.action.partition("(")[0]
    name = f"action_{target.removeprefix('app.')}"
    if target.startswith("app."):
        from paperbrowse.ui.app import PaperBrowse

        assert callable(getattr(PaperBrowse, name))
    else:
        assert callable(getattr(BrowseScreen, name))
    bound = [binding for binding in BrowseScreen.BINDINGS if isinstance(binding, Binding)]
    [binding] = [binding for binding in bound if binding.id == command.id]
    assert (binding.key, binding.action) == (command.keys, command.action)


@pytest.mark.parametrize("command", LIST_COMMANDS, ids=ids)
def test_the_lists_bind_what_works_in_every_list(command: Command) -> None:
    panes: dict[type[LineView], set[str]] = {RowList: {"authors", "papers"}, Detail: {"detail"}}
    for widget, where in panes.items():
        bound = [binding for binding in widget.BINDINGS if isinstance(binding, Binding)]
        found = [binding for binding in bound if binding.id == command.id]
        assert len(found) == len(where & {*command.panes}) / len(where)
        for binding in found:
            assert binding.key == command.keys
            assert callable(getattr(widget, f"action_{binding.action.partition('(')[0]}"))


def test_names_and_keys_are_not_used_twice() -> None:
    assert len({command.id for command in EVERY}) == len(EVERY)
    for pane in PANES:
        keys = [key for command in EVERY if pane in command.panes for key in command.keys.split(",")]
        assert len(keys) == len(set(keys))


@pytest.mark.parametrize("command", EVERY, ids=ids)
def test_keys_are_shown_as_a_person_reads_and_writes_them(command: Command) -> None:
    keys = command.keys.split(",")
    assert command.shown == " ".join(map(shown_key, keys))
    assert [key_name(shown_key(key)) for key in keys] == keys
    assert [key_name(key) for key in keys] == keys


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("?", "question_mark"), ("B", "B"), ("ctrl+b", "ctrl+b"), ("Ctrl-B", "ctrl+b"), ("C-b", "ctrl+b"),
        ("M-x", "alt+x"), ("PgDn", "pagedown"), ("F1", "f1"), ("shift+b", "B"), ("Shift-Tab", "shift+tab"),
        ("ctrl++", "ctrl+plus"), ("+", "plus"), ("-", "minus"), ("shift+ctrl+left", "ctrl+shift+left"),
        ("é", "é"), ("↓", "down"), ("Esc", "escape"), (",", "comma"),
        ("nothing", None), ("hyper+x", None), ("ctrl+nn", None), ("", None), ("-x", None), ("ctrl+", None),
    ],
)  # fmt: skip
def test_keys_as_people_write_them(written: str, name: str | None) -> None:
    assert key_name(written) == name


@pytest.mark.parametrize("preset", PRESETS)
def test_presets_name_commands_and_keys_that_there_are_and_do_not_clash(preset: str) -> None:
    known = {command.id: command for command in EVERY}
    for command, keys in PRESETS[preset].items():
        assert command in known
        assert [key_name(key) for key in keys.split(",")] == keys.split(",")
    table = rebound(EVERY, {name: tuple(keys.split(",")) for name, keys in PRESETS[preset].items()})
    for pane in PANES:
        pressed = [key for command in table if pane in command.panes for key in command.keys.split(",")]
        assert len(pressed) == len(set(pressed))


def test_other_keys_are_told_in_the_table() -> None:
    keys = {"bookmark": ("ctrl+b", "f2"), "sort": ()}
    table = {command.id: command.shown for command in rebound(EVERY, keys)}
    assert table["bookmark"] == "Ctrl-B F2"
    assert table["sort"] == ""
    assert table["copy"] == "y"
    assert textual_keymap(keys)["sort"] not in ("", "s")


def test_the_vocabulary_is_complete() -> None:
    words = vocabulary()
    assert {"paper-dark", "paper-light", "ansi-dark", "nord"} <= set(words.themes)
    assert set(words.commands) == {command.id for command in EVERY}
    assert words.commands["quit"].always == ("ctrl+q",)


def test_the_settings_in_the_readme_have_no_complaints(tmp_path: Path) -> None:
    [example] = re.findall(r"```toml\n(.*?)```", README.read_text("utf-8"), re.DOTALL)
    (tmp_path / "config.toml").write_text(example, "utf-8")
    settings, complaints = read_settings(tmp_path, vocabulary())
    assert complaints == []
    assert settings.export.format == "biblatex"
    assert settings.keys["bookmark"] == ("b", "f2")
