"""Queries that are kept, by several browsers and a person in one file."""

from pathlib import Path

import pytest

from paperbrowse.searches import Searches, SearchesError


def kept(folder: Path) -> tuple[list[str], dict[str, str]]:
    """What the file has."""
    searches = Searches(folder)
    searches.load()
    return list(searches.history), dict(searches.saved)


def test_what_is_kept_comes_back(tmp_path: Path) -> None:
    searches = Searches(tmp_path)
    for query in ("a", "b", " a ", ""):
        searches.remember(query)
    searches.save("mine", "year:2020 x")
    searches.write()
    assert kept(tmp_path) == (["b", "a"], {"mine": "year:2020 x"})


def test_two_browsers_keep_what_each_was_asked(tmp_path: Path) -> None:
    one, two = Searches(tmp_path), Searches(tmp_path)
    one.save("ones", "x")
    one.write()
    two.remember("y")
    two.write()
    one.remember("z")
    one.forget("nothing of that name")
    one.write()
    assert kept(tmp_path) == (["y", "z"], {"ones": "x"})
    assert (list(one.history), dict(one.saved)) == kept(tmp_path)


def test_what_is_forgotten_stays_forgotten(tmp_path: Path) -> None:
    one, two = Searches(tmp_path), Searches(tmp_path)
    one.save("mine", "x")
    one.remember("x")
    one.write()
    two.load()
    two.forget("mine")
    two.forget_asked("x")
    two.write()
    one.remember("y")
    one.write()
    assert kept(tmp_path) == (["y"], {})


def test_a_file_that_a_person_broke_is_left_alone(tmp_path: Path) -> None:
    file = tmp_path / "searches.toml"
    file.write_text("[[[")
    searches = Searches(tmp_path)
    searches.save("mine", "x")
    with pytest.raises(SearchesError, match=r"searches\.toml: not valid TOML"):
        searches.write()
    assert file.read_text() == "[[["
    file.write_text('history = ["h"]\n')
    searches.write()
    assert kept(tmp_path) == (["h"], {"mine": "x"})
