"""Places in TOML text, and changes that leave the rest as it was written."""

import tomllib

import pytest
import tomli_w
from hypothesis import given
from hypothesis import strategies as st

from paperbrowse.toml_text import (
    EditError,
    append_to_array,
    elements,
    line_number,
    places,
    quoted,
    remove_from_array,
)

HAND_WRITTEN = '''\
# My papers.
library = [ # where they are
    "~/papers", # the old ones
    'C:\\papers' # from the other machine
]
theme = "nord" # calm

[keys]
"mark-all" = """
x # no comment
"""
bookmark = ["b", # one
  "space"]

[ export . "deep" ]
format = 'ris'
'''


def lines_of(text: str) -> dict[str, int]:
    return {".".join(path): line_number(text, place.start) for path, place in places(text).items()}


def test_every_key_and_heading_has_its_line() -> None:
    assert lines_of(HAND_WRITTEN) == {
        "library": 2,
        "theme": 6,
        "keys": 8,
        "keys.mark-all": 9,
        "keys.bookmark": 12,
        "export.deep": 15,
        "export.deep.format": 16,
    }


VALUES = st.recursive(
    st.one_of(st.integers(-9, 9), st.booleans(), st.text(max_size=8), st.floats(allow_nan=False, width=16)),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
    max_leaves=6,
)


@given(st.dictionaries(st.text(max_size=6), VALUES, max_size=5))
def test_the_text_at_a_key_s_place_is_its_value(values: dict[str, object]) -> None:
    text = tomli_w.dumps(values)
    for path, place in places(text).items():
        if len(path) == 1 and place.value_start < place.value_end:
            literal = text[place.value_start : place.value_end]
            assert tomllib.loads(f"x = {literal}")["x"] == values[path[0]]
    found = {path[0] for path in places(text)}
    assert found == set(values)


@given(st.lists(st.text(max_size=8), max_size=5))
def test_each_element_of_an_array_is_found(items: list[str]) -> None:
    text = tomli_w.dumps({"library": items})
    spans = elements(text, places(text)[("library",)])
    assert [tomllib.loads(f"x = {text[start:end]}")["x"] for start, end in spans] == items


@given(st.text(max_size=12))
def test_a_quoted_text_reads_back(text: str) -> None:
    assert tomllib.loads(f"x = {quoted(text)}")["x"] == text


def test_adding_keeps_comments_and_layout() -> None:
    assert append_to_array(HAND_WRITTEN, "library", "/new") == HAND_WRITTEN.replace(
        "'C:\\papers' # from the other machine\n",
        "'C:\\papers', # from the other machine\n    \"/new\",\n",
    )


def test_removing_takes_the_line_with_its_comment() -> None:
    assert remove_from_array(HAND_WRITTEN, "library", 0) == HAND_WRITTEN.replace(
        '    "~/papers", # the old ones\n', ""
    )


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", 'library = ["x"]\n'),
        ("# a word\n", 'library = ["x"]\n\n# a word\n'),
        ('theme = "nord"', 'theme = "nord"\nlibrary = ["x"]\n'),
        ('theme = "nord"\n[keys]\nundo = "u"\n', 'theme = "nord"\nlibrary = ["x"]\n[keys]\nundo = "u"\n'),
        ('[keys]\nundo = "u"\n', 'library = ["x"]\n\n[keys]\nundo = "u"\n'),
        ("library = []\n", 'library = ["x"]\n'),
        ('library = ["a"]\n', 'library = ["a", "x"]\n'),
        ('library = ["a", ]\n', 'library = ["a", "x" ]\n'),
        ('library = ["a",\n  "b"] # end\n', 'library = ["a",\n  "b", "x"] # end\n'),
        ("library = [ # none yet\n]\n", 'library = ["x" # none yet\n]\n'),
    ],
)
def test_adding_to_what_is_there(before: str, after: str) -> None:
    assert append_to_array(before, "library", "x") == after


@pytest.mark.parametrize(
    ("before", "index", "after"),
    [
        ('library = ["a"]', 0, "library = []"),
        ('library = ["a", "b", "c"]', 0, 'library = ["b", "c"]'),
        ('library = ["a", "b", "c"]', 2, 'library = ["a", "b"]'),
        ('library = [\n  "a",\n  "b"\n]\n', 1, 'library = [\n  "a",\n]\n'),
    ],
)
def test_removing_from_what_is_there(before: str, index: int, after: str) -> None:
    assert remove_from_array(before, "library", index) == after


COMMENT = st.sampled_from(["", " # why", ' # "quoted", ]', " #"])
BREAK = st.sampled_from(["", " ", "\n", "\n    "])


@st.composite
def arrays(draw: st.DrawFn) -> tuple[str, list[str]]:
    """An array in a layout that a person might use."""
    items = draw(st.lists(st.text(max_size=5), max_size=4))
    text = "library = ["
    for number, item in enumerate(items):
        comma = "," if number < len(items) - 1 else draw(st.sampled_from(["", ",", " ,"]))
        comment = draw(COMMENT)
        text += draw(BREAK) + quoted(item) + comma + (f"{comment}\n" if comment else "")
    return text + draw(BREAK) + "]" + draw(COMMENT) + '\n[keys]\nundo = "u" # mine\n', items


@given(arrays(), st.text(max_size=5))
def test_any_layout_can_be_added_to(array: tuple[str, list[str]], item: str) -> None:
    text, items = array
    after = append_to_array(text, "library", item)
    assert tomllib.loads(after) == {"library": [*items, item], "keys": {"undo": "u"}}
    assert after.count("# mine") == 1
    assert after.count("# why") == text.count("# why")


@given(arrays(), st.integers(0, 3))
def test_any_layout_can_be_removed_from(array: tuple[str, list[str]], index: int) -> None:
    text, items = array
    if index < len(items):
        after = remove_from_array(text, "library", index)
        assert tomllib.loads(after)["library"] == items[:index] + items[index + 1 :]


def test_what_is_no_list_is_not_changed() -> None:
    with pytest.raises(EditError, match="not a list"):
        append_to_array('library = "x"\n', "library", "y")
