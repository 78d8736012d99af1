"""`config.toml`: what it says, what is wrong with it, and where."""

from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paperbrowse.ordering import Order
from paperbrowse.settings import (
    DEFAULT_COLUMNS,
    KeyTarget,
    Settings,
    Vocabulary,
    read_settings,
    settings_toml,
)

ALL = frozenset({"papers", "authors"})
KEYS = ("a", "b", "B", "j", "q", "s", "ctrl+q", "ctrl+n", "down", "space", "f2")
COMMANDS: Mapping[str, KeyTarget] = {
    "bookmark": KeyTarget(keys=("b", "space"), panes=ALL),
    "bookmarked": KeyTarget(keys=("B",), panes=ALL),
    "line-down": KeyTarget(keys=("down", "j"), panes=ALL),
    "answer": KeyTarget(keys=("s",), panes=frozenset({"dialog"})),
    "quit": KeyTarget(keys=("q", "ctrl+q"), panes=ALL, always=("ctrl+q",)),
}
VOCABULARY = Vocabulary(
    themes=("paper-dark", "paper-light", "nord"),
    commands=COMMANDS,
    presets={"emacs": {"line-down": "down,ctrl+n"}, "vim": {}},
    key_name=lambda text: text if text in KEYS else None,
    key_names=KEYS,
)


def read(folder: Path, text: str) -> tuple[Settings, list[str]]:
    (folder / "config.toml").write_text(text)
    settings, complaints = read_settings(folder, VOCABULARY)
    return settings, [str(complaint).removeprefix(f"{folder}/config.toml") for complaint in complaints]


def test_no_file_and_an_empty_one_are_the_defaults(tmp_path: Path) -> None:
    assert read_settings(tmp_path / "nowhere", VOCABULARY) == (Settings(), [])
    assert read(tmp_path, "") == (Settings(), [])


def test_everything_that_can_be_set(tmp_path: Path) -> None:
    settings, complaints = read(
        tmp_path,
        """
        library = ["papers", "/srv/refs.bib"]
        theme = "nord"
        layout = "wide"
        columns = ["authors", "year", "venue"]
        sort = "title"
        [keys]
        bookmark = "f2"
        [export]
        format = "ris"
        style = "ieee"
        key_pattern = "[authors]-[year]"
        """,
    )
    assert complaints == []
    assert settings.library == (str(tmp_path / "papers"), "/srv/refs.bib")
    assert (settings.theme, settings.layout, settings.sort) == ("nord", "wide", Order.TITLE)
    assert settings.columns == ("year", "title", "authors", "venue")
    assert settings.keys == {"bookmark": ("f2",)}
    assert (settings.export.format, settings.export.style) == ("ris", "ieee")
    assert settings.export.key_pattern == "[authors]-[year]"


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ('\nlibary = ["x"]\n', ":2: libary: no such setting; did you mean 'library'?"),
        ("# one\n\nlibrary = 5\n", ':3: library: must be a list of paths, such as ["~/papers"]'),
        ('theme = "paper-drak"\n', ":1: theme: 'paper-drak' cannot be used; did you mean 'paper-dark'?"),
        ("theme = 3\n", ":1: theme: 3 cannot be used; must be one of auto, nord, paper-dark, paper-light"),
        ('sort = "yaer"\n', ":1: sort: 'yaer' cannot be used; did you mean 'year'?"),
        ("layout = true\n", ":1: layout: true cannot be used; must be one of auto, wide, medium, narrow"),
        ('columns = ["yer"]\n', ":1: columns: 'yer' cannot be used; did you mean 'year'?"),
        ('columns = "year"\n', ':1: columns: must be a list, such as ["year", "title", "authors"]'),
        ('[export]\n\nstyl = "apa"\n', ":3: export.styl: no such setting; did you mean 'style'?"),
        ('export.format = "bibtx"\n', ":1: export.format: 'bibtx' cannot be used; did you mean 'bibtex'?"),
        ("export = 1\n", ':1: export: must be a table: a line "[export]" with its settings below'),
        (
            '[export]\nkey_pattern = "[autor]"\n',
            ":2: export.key_pattern: citation key pattern '[autor]': no marker [autor] "
            "(there are [auth], [authors], [year], [shorttitle], [word], [title])",
        ),
        ('[keys]\nbokmark = "b"\n', ":2: keys.bokmark: no such command; did you mean 'bookmark'?"),
        ('[keys]\npreset = "vi"\n', ":2: keys.preset: 'vi' cannot be used; did you mean 'vim'?"),
        (
            '[keys]\nbookmark = "ctrl+nn"\n',
            ":2: keys.bookmark: no key is called 'ctrl+nn'; did you mean 'ctrl+n'?",
        ),
        (
            "[keys]\nbookmark = 1\n",
            ':2: keys.bookmark: must be a key or a list of keys, such as "ctrl+b" or ["b", "space"]',
        ),
        ("keys = 1\n", ':1: keys: must be a table: a line "[keys]" with commands and their keys below'),
    ],
)
def test_a_bad_value_is_complained_about_with_its_line_and_the_rest_applies(
    tmp_path: Path, text: str, complaint: str
) -> None:
    rest = 'layout = "narrow"\n' if "layout" not in text else 'sort = "score"\n'
    settings, complaints = read(tmp_path, text.rstrip("\n") + "\n")
    assert complaints == [complaint]
    assert settings == Settings()
    settings, complaints = read(tmp_path, rest + text)
    assert len(complaints) == 1
    assert (settings.layout, settings.sort) != ("auto", None)


def test_what_is_no_toml_is_said_with_its_line(tmp_path: Path) -> None:
    settings, [complaint] = read(tmp_path, 'theme = "nord"\nsort = \n')
    assert settings == Settings()
    assert complaint.startswith(":2: not valid TOML: ")


def test_bytes_that_are_no_text_are_said_with_their_line(tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_bytes(b'theme = "nord"\n# caf\xe9\n')
    _, [complaint] = read_settings(tmp_path)
    assert str(complaint) == f"{tmp_path}/config.toml:2: not UTF-8 text"


def test_a_file_saved_on_windows_is_read(tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_bytes(b'\xef\xbb\xbflayout = "wide"\r\nsort = "yaer"\r\n')
    settings, [complaint] = read_settings(tmp_path)
    assert settings.layout == "wide"
    assert complaint.line == 2


def test_a_folder_in_the_place_of_the_file_is_complained_about(tmp_path: Path) -> None:
    (tmp_path / "config.toml").mkdir()
    _, [complaint] = read_settings(tmp_path)
    assert "cannot be read" in str(complaint)


def test_keys_may_change_places(tmp_path: Path) -> None:
    settings, complaints = read(tmp_path, '[keys]\nbookmark = "B"\nbookmarked = ["b", "space"]\n')
    assert complaints == []
    assert settings.keys == {"bookmark": ("B",), "bookmarked": ("b", "space")}


def test_a_key_that_another_command_has_is_refused(tmp_path: Path) -> None:
    settings, [complaint] = read(tmp_path, '[keys]\nbookmark = "j"\n')
    assert complaint == (
        ":2: keys.bookmark: 'j' is the key of 'line-down' too; give that one another key, "
        "or take it off with line-down = []"
    )
    assert settings.keys == {}


def test_a_key_that_was_taken_off_another_command_is_free(tmp_path: Path) -> None:
    settings, complaints = read(tmp_path, '[keys]\nline-down = "down"\nbookmark = "j"\nbookmarked = []\n')
    assert complaints == []
    assert settings.keys == {"line-down": ("down",), "bookmark": ("j",), "bookmarked": ()}


def test_commands_of_different_panes_may_share_a_key(tmp_path: Path) -> None:
    settings, complaints = read(tmp_path, '[keys]\nbookmark = "s"\n')
    assert complaints == []
    assert settings.keys == {"bookmark": ("s",)}


def test_what_falls_back_frees_no_key_that_another_took(tmp_path: Path) -> None:
    """When `bookmarked` falls back to B, `bookmark` can no longer have it."""
    settings, complaints = read(tmp_path, '[keys]\nbookmark = "B"\nbookmarked = "j"\n')
    assert len(complaints) == 2
    assert settings.keys == {}


def test_quit_keeps_ctrl_q(tmp_path: Path) -> None:
    settings, complaints = read(tmp_path, '[keys]\nquit = "f2"\n')
    assert complaints == []
    assert settings.keys == {"quit": ("f2", "ctrl+q")}
    assert read(tmp_path, "[keys]\nquit = []\n")[0].keys == {"quit": ("ctrl+q",)}
    settings, [complaint] = read(tmp_path, '[keys]\nquit = []\nbookmark = "ctrl+q"\n')
    assert "'quit'" in complaint
    assert settings.keys == {"quit": ("ctrl+q",)}


def test_a_preset_gives_keys_that_single_settings_go_over(tmp_path: Path) -> None:
    assert read(tmp_path, '[keys]\npreset = "emacs"\n')[0].keys == {"line-down": ("down", "ctrl+n")}
    settings, _ = read(tmp_path, '[keys]\npreset = "emacs"\nline-down = "f2"\n')
    assert settings.keys == {"line-down": ("f2",)}
    assert read(tmp_path, '[keys]\npreset = "vim"\n')[0].keys == {}


def test_without_the_screen_s_vocabulary_theme_and_keys_are_left_alone(tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text('theme = "no such"\n[keys]\nno = "such"\n')
    assert read_settings(tmp_path) == (Settings(), [])


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-9, 9) | st.sampled_from([*KEYS, "year", "nord", "x"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["x", *COMMANDS]), inner),
    max_leaves=5,
)


@given(
    st.dictionaries(
        st.sampled_from([*Settings.__slots__, "colour", "Theme"]),
        JSON.filter(lambda value: value is not None),
    )
)
def test_whatever_is_set_settings_come_out_in_which_no_two_keys_clash(values: dict[str, object]) -> None:
    import tempfile

    import tomli_w

    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        text = tomli_w.dumps({key: _without_none(value) for key, value in values.items()})
        settings, complaints = read(folder, text)
        keys = {command: settings.keys.get(command, target.keys) for command, target in COMMANDS.items()}
        pressed = [key for command, found in keys.items() if command != "answer" for key in found]
        assert len(pressed) == len(set(pressed))
        assert "ctrl+q" in keys["quit"]
        assert all(0 < int(complaint.split(":")[1]) <= text.count("\n") for complaint in complaints)


def _without_none(value: object) -> object:
    if isinstance(value, list):
        return [_without_none(item) for item in value if item is not None]
    if isinstance(value, dict):
        return {key: _without_none(item) for key, item in value.items() if item is not None}
    return value


def test_what_is_shown_reads_back(tmp_path: Path) -> None:
    text = 'library = ["C:\\\\x \\"y\\""]\ntheme = "nord"\nsort = "venue"\n[keys]\nquit = "f2"\n'
    settings, _ = read(tmp_path, text)
    shown = settings_toml(settings, COMMANDS)
    assert read(tmp_path, shown) == (settings, [])
    assert 'layout = "auto"  # as it comes' in shown
    assert 'theme = "nord"\n' in shown
    assert 'quit = ["f2", "ctrl+q"]\n' in shown
    assert 'bookmarked = ["B"]  # as it comes' in shown
    assert read(tmp_path, settings_toml(Settings(), COMMANDS)) == (Settings(), [])
    assert Settings().columns == DEFAULT_COLUMNS
