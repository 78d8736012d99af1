"""The authors pane: finding a name in it, its order, and joining spellings of one name."""

import threading
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from textual.widgets import Input, Static

from paperbrowse.opening import open_library
from paperbrowse.ordering import Order
from paperbrowse.people.joins import FILE_NAME, PeopleFile
from paperbrowse.people.orders import Ordering, by_latest, by_name
from paperbrowse.ui.screens import naming
from paperbrowse.ui.screens.spellings import SpellingList, Spellings
from paperbrowse.ui.widgets.author_list import AuthorFilter, AuthorRows
from paperbrowse.ui.widgets.key_hints import KeyHints
from tests.ui.driving import Browser, browsing

SIZES = [(160, 45), (120, 40), (80, 24), (40, 12)]


def names(browser: Browser, most: int = 8) -> list[str]:
    """The names in the authors pane, from the top."""
    authors = browser.screen.authors
    found = (authors.author(row) for row in range(1, most + 1))
    return [author.name for author in found if author]


def first_line(browser: Browser) -> str:
    return browser.screen.authors.render_line(0).text.strip()


def position(browser: Browser) -> str:
    return str(browser.screen.query_one(KeyHints).render()).split("   ")[-1].strip()


def dialog(browser: Browser) -> Spellings:
    screen = browser.app.screen
    assert isinstance(screen, Spellings)
    return screen


def rows(browser: Browser) -> list[str]:
    return [line.label for line in dialog(browser).query_one(SpellingList).lines]


def text(browser: Browser, selector: str) -> str:
    return str(dialog(browser).query_one(selector, Static).render())


# Finding a name.


@pytest.mark.parametrize("size", SIZES)
async def test_a_name_is_typed_right_in_the_pane(tmp_path: Path, size: tuple[int, int]) -> None:
    async with browsing(tmp_path, size=size) as browser:
        before = len(browser.titles)
        await browser.press("f")
        await browser.type("mu yon")
        assert names(browser) == ["Yongyu Mu"]
        assert first_line(browser).endswith("1")
        assert browser.screen.query_one(AuthorFilter).value == "mu yon"
        assert browser.screen.query_one(AuthorFilter).region.width > len("mu yon")
        assert len(browser.titles) == before
        await browser.press("enter")
        assert browser.screen.pane == "papers"
        assert browser.chosen_author is not None
        assert browser.chosen_author.name == "Yongyu Mu"
        assert len(browser.titles) == 21


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("ling xi", ["Xian-Ling Mao"]),
        ("yognyu", ["Yongyu Mu"]),
        ("O'DONNELL", ["Timothy J. O’Donnell"]),
        ("zzzz", []),
    ],
)
async def test_beginnings_in_any_order_with_a_slip(tmp_path: Path, typed: str, found: list[str]) -> None:
    async with browsing(tmp_path) as browser:
        await browser.press("f")
        browser.screen.query_one(AuthorFilter).value = typed
        await browser.settle()
        assert names(browser) == found


async def test_down_goes_into_the_names_and_escape_shows_all_again(tmp_path: Path) -> None:
    async with browsing(tmp_path) as browser:
        everyone = len(browser.screen.authors.rows)
        await browser.press("1", "f")
        await browser.type("wang")
        found = names(browser, 20)
        assert 3 < len(found) < everyone
        assert all("wang" in name.lower() for name in found)
        await browser.press("down", "down")
        assert browser.chosen_author is not None
        assert browser.chosen_author.name == found[1]
        assert first_line(browser) == f"⟩ wang{first_line(browser)[6:]}"
        await browser.press("escape")
        assert len(browser.screen.authors.rows) == everyone
        assert browser.chosen_author.name == found[1]
        author = browser.screen.authors.author(browser.screen.authors.cursor)
        assert author is not None
        assert author.name == found[1]


async def test_escape_while_typing_leaves_everything_as_it_was(tmp_path: Path) -> None:
    async with browsing(tmp_path) as browser:
        await browser.press("1", "down", "f")
        await browser.type("wang")
        await browser.press("escape")
        assert browser.screen.focused is browser.screen.authors
        assert not browser.screen.query_one(AuthorFilter).display
        assert names(browser)[0] == "Zewen Chi"
        assert browser.chosen_author is not None
        assert browser.chosen_author.name == "Zewen Chi"


async def test_a_name_that_nobody_has_takes_nobody(tmp_path: Path) -> None:
    async with browsing(tmp_path) as browser:
        await browser.press("f")
        await browser.type("qqqq")
        await browser.press("enter")
        assert browser.chosen_author is None
        assert isinstance(browser.screen.focused, AuthorFilter)
        await browser.press("tab")
        assert not browser.screen.query_one(AuthorFilter).display


async def test_going_to_an_author_who_is_not_among_the_found_shows_all(tmp_path: Path) -> None:
    async with browsing(tmp_path) as browser:
        await browser.press("f")
        await browser.type("wang")
        await browser.press("down")
        browser.screen.action_show_author("Yongyu Mu")
        await browser.settle()
        assert browser.chosen_author is not None
        assert browser.chosen_author.name == "Yongyu Mu"
        assert browser.screen.authors.typed == ""


async def test_letters_typed_before_the_library_is_there_are_a_name(tmp_path: Path) -> None:
    async with browsing(tmp_path) as browser:
        library, browser.screen.library = browser.screen.library, None
        await browser.press("f")
        await browser.type("mu")
        assert browser.screen.marked == {}
        assert library is not None
        browser.screen.library = library
        browser.screen.show_people(library)
        await browser.settle()
        assert "Yongyu Mu" in names(browser)


@pytest.fixture
def names_come(monkeypatch: pytest.MonkeyPatch) -> Iterator[threading.Event]:
    """Names can be found only when this is set, as with many authors."""
    come, finder = threading.Event(), naming._finder
    monkeypatch.setattr(naming, "_AT_ONCE", 0)
    monkeypatch.setattr(naming, "_finder", lambda *given: (come.wait(10), finder(*given))[1])
    yield come
    come.set()


@pytest.mark.parametrize("key", ["enter", "down"])
async def test_what_is_taken_before_names_are_found_is_the_first_of_them(
    tmp_path: Path, names_come: threading.Event, key: str
) -> None:
    async with browsing(tmp_path) as browser:
        await browser.pilot.press("f", *"mu", "space", *"yon", key)
        await browser.pilot.pause()
        assert "…" in first_line(browser)
        assert "looking for “mu yon”" in browser.notices[-1]
        assert browser.chosen_author is None
        assert isinstance(browser.screen.focused, AuthorFilter)
        names_come.set()
        await browser.settle()
        assert browser.chosen_author is not None
        assert browser.chosen_author.name == "Yongyu Mu"
        assert browser.screen.pane == ("papers" if key == "enter" else "authors")


@pytest.mark.parametrize("keys", [("g",), ("backspace",), ("tab",), ("escape",)])
async def test_who_goes_on_before_names_are_found_takes_none(
    tmp_path: Path, names_come: threading.Event, keys: tuple[str, ...]
) -> None:
    async with browsing(tmp_path) as browser:
        await browser.pilot.press("f", *"mu", "enter", *keys)
        await browser.pilot.pause()
        names_come.set()
        await browser.settle()
        assert browser.chosen_author is None


async def test_nothing_but_a_sign_is_no_name(tmp_path: Path) -> None:
    async with browsing(tmp_path) as browser:
        await browser.press("f", "minus", "enter")
        assert browser.chosen_author is None
        assert isinstance(browser.screen.focused, AuthorFilter)


# The order.


async def test_s_among_the_authors_sorts_them_and_elsewhere_the_papers(tmp_path: Path) -> None:
    async with browsing(tmp_path) as browser:
        titles = browser.titles
        await browser.press("1", "s")
        assert browser.screen.authors.order.value == "name"
        assert names(browser, 4) == ["Yu Bai", "Payal Bajaj", "Yoshua Bengio", "Jiaxi Bi"]
        assert first_line(browser).startswith("All, by name")
        await browser.press("s")
        assert "Yongyu Mu" in names(browser, 5)
        assert first_line(browser).startswith("All, latest first")
        await browser.press("s")
        assert names(browser, 2) == ["Zewen Chi", "Yongyu Mu"]
        assert browser.titles == titles
        await browser.press("2", "s")
        assert browser.titles != titles
        assert browser.screen.authors.order.value == "papers"


async def test_the_cursor_stays_on_the_author_in_another_order(tmp_path: Path) -> None:
    async with browsing(tmp_path) as browser:
        await browser.press("1", "down", "down", "s")
        authors = browser.screen.authors
        author = authors.author(authors.cursor)
        assert author is not None
        assert author.name == "Yongyu Mu"
        await browser.press("f")
        await browser.type("mu")
        assert names(browser) == sorted(names(browser), key=lambda name: name.split()[-1])


async def test_the_position_among_authors_is_told_in_words(tmp_path: Path) -> None:
    async with browsing(tmp_path) as browser:
        await browser.press("1")
        count = len(browser.screen.authors.rows)
        assert position(browser) == f"{count} authors"
        await browser.press("down", "down")
        assert position(browser) == f"2 of {count} authors"
        await browser.press("2")
        assert position(browser) == f"1 of {len(browser.titles)}"


def test_orders_of_authors() -> None:
    library = open_library()
    everyone = library.authors
    named = [everyone[place].name for place in by_name(everyone).places]
    assert sorted(named) == sorted(author.name for author in everyone)
    assert (
        named.index("Yu Bai")
        < named.index("Zewen Chi")
        < named.index("Kai Chen" if "Kai Chen" in named else "Li Dong")
    )
    newest = library.arranged(library.own, Order.YEAR)
    ordering = by_latest(everyone, newest)
    assert [ordering.places[rank] for rank in ordering.ranks] == list(range(len(everyone)))
    latest = [everyone[place] for place in ordering.places]
    years = [max(library.papers[row].date.year or 0 for row in author.rows) for author in latest]
    assert years == sorted(years, reverse=True)
    assert len(latest) == len(everyone)


def test_rows_and_places_are_each_others_inverse() -> None:
    order = Ordering(places=[4, 2, 0, 1, 3], ranks=[2, 3, 1, 4, 0])
    for rows in (
        AuthorRows(5),
        AuthorRows(5, order),
        AuthorRows(5, None, [1, 4]),
        AuthorRows(5, order, [1, 4]),
    ):
        assert [rows.row(rows.place(row)) for row in range(len(rows))] == list(range(len(rows)))
    assert [AuthorRows(5, order, [1, 4]).place(row) for row in range(2)] == [4, 1]
    assert AuthorRows(5, order, [1, 4]).row(3) is None
    assert AuthorRows(5, None, [1, 4]).row(3) is None
    assert AuthorRows(5).row(7) is None


# One person, many spellings.


@pytest.mark.parametrize("size", [SIZES[0], SIZES[-1]])
async def test_a_suggestion_is_joined_and_taken_back(tmp_path: Path, size: tuple[int, int]) -> None:
    async with browsing(tmp_path, size=size) as browser:
        await browser.press("equals_sign")
        assert rows(browser)[0] == "Xian-Ling Mao =? Xianling Mao"
        assert "12 papers" in text(browser, "#evidence")
        await browser.press("enter")
        assert "Xian-Ling Mao = Xianling Mao" in rows(browser)
        assert tomllib.loads((tmp_path / FILE_NAME).read_text()) == {
            "Xian-Ling Mao": {"also": ["Xianling Mao"]}
        }
        await browser.press("u")
        assert not (tmp_path / FILE_NAME).exists()
        assert rows(browser)[0] == "Xian-Ling Mao =? Xianling Mao"
        await browser.press("u")
        assert "nothing to undo" in text(browser, "#spellings-hint")
        await browser.press("escape")
        assert browser.app.screen is browser.screen


async def test_the_authors_in_front_come_first_and_are_one_after_joining(tmp_path: Path) -> None:
    async with browsing(tmp_path) as browser:
        browser.screen.action_show_author("Jin Ziqi")
        await browser.settle()
        assert len(browser.titles) == 1
        await browser.press("equals_sign")
        assert rows(browser)[0] == "Ziqi Jin =? Jin Ziqi"
        await browser.press("enter", "escape")
        assert browser.chosen_author is not None
        assert browser.chosen_author.name == "Ziqi Jin"
        assert len(browser.titles) == 3
        authors = browser.screen.authors
        row = authors.row_of("Jin Ziqi")
        assert row is not None
        assert row == authors.row_of("Ziqi Jin") == authors.cursor
        authors.go_to(row)
        assert authors.paint(row, 0, 25, authors.ground).text.startswith("= Ziqi Jin")
        await browser.type('/author:"jin ziqi"')
        assert len(browser.titles) == 3
        assert "Jin Ziqi" not in {author.name for author in authors.authors}


async def test_the_other_spelling_can_lead(tmp_path: Path) -> None:
    async with browsing(tmp_path) as browser:
        await browser.press("equals_sign", "tab")
        assert rows(browser)[0] == "Xianling Mao =? Xian-Ling Mao"
        await browser.press("enter")
        assert "Xianling Mao = Xian-Ling Mao" in rows(browser)
        list_ = dialog(browser).query_one(SpellingList)
        list_.cursor = rows(browser).index("Xianling Mao = Xian-Ling Mao")
        await browser.press("tab")
        assert "Xian-Ling Mao = Xianling Mao" in rows(browser)


async def test_two_people_are_not_suggested_again(tmp_path: Path) -> None:
    async with browsing(tmp_path) as browser:
        await browser.press("equals_sign", "n")
        assert not any("Xianling" in label for label in rows(browser))
        await browser.press("u")
        assert rows(browser)[0] == "Xian-Ling Mao =? Xianling Mao"


async def test_joined_names_are_split(tmp_path: Path) -> None:
    PeopleFile(tmp_path).join(["Jingbo Zhu", "JingBo Zhu", "Zhu Jingbo"])
    async with browsing(tmp_path) as browser:
        await browser.press("equals_sign")
        joined = "Jingbo Zhu = JingBo Zhu = Zhu Jingbo"
        dialog(browser).query_one(SpellingList).cursor = rows(browser).index(joined)
        await browser.press("s")
        await browser.pilot.pause()
        await browser.type("zhu j")
        await browser.press("down", "down", "enter")
        await browser.pilot.pause()
        assert "Jingbo Zhu = JingBo Zhu" in rows(browser)
        dialog(browser).query_one(SpellingList).cursor = rows(browser).index("Jingbo Zhu = JingBo Zhu")
        await browser.press("s")
        await browser.pilot.pause()
        assert not any(" = " in label for label in rows(browser))


async def test_names_that_nothing_suggests_are_joined(tmp_path: Path) -> None:
    async with browsing(tmp_path) as browser:
        await browser.press("1", "down", "equals_sign", "a")
        await browser.pilot.pause()
        asked = browser.app.screen.query_one(Input)
        asked.value = "Li Dong, Heyan Hung"
        await browser.press("enter")
        await browser.pilot.pause()
        asked = browser.app.screen.query_one(Input)
        hint = browser.app.screen.query_one(".dialog-hint", Static)
        assert "no author is called Heyan Hung" in str(hint.render())
        asked.value = "Li Dong,  Heyan   Huang"
        await browser.press("enter")
        await browser.pilot.pause()
        assert "Li Dong = Heyan Huang" in rows(browser)
        await browser.press("u")
        assert not (tmp_path / FILE_NAME).exists()


async def test_a_page_of_two_people_is_marked_told_and_its_odd_papers_noted(tmp_path: Path) -> None:
    async with browsing(tmp_path) as browser:
        authors = browser.screen.authors
        row = authors.row_of("Wenyu Du")
        assert row is not None
        assert authors.paint(row, 0, 25, authors.ground).text.startswith("◐ Wenyu Du")
        await browser.type("/stock option forecasting")
        assert "perhaps by another Wenyu Du" in browser.screen.detail.text
        await browser.press("enter", "equals_sign")
        assert rows(browser)[0] == "Wenyu Du"
        assert "2 papers with Zheng Cao, Kirill V. Golubnichiy, Raymond Guo; 2022; ST, CP" in text(
            browser, "#evidence"
        )
        await browser.press("enter", "n", "s", "tab")
        assert not (tmp_path / FILE_NAME).exists()
        await browser.press("escape", "escape")
        await browser.type("/graphix")
        assert "another Wenyu Du" not in browser.screen.detail.text


async def test_a_join_made_elsewhere_is_taken_up(tmp_path: Path) -> None:
    async with browsing(tmp_path) as browser:
        PeopleFile(tmp_path).join(["Ziqi Jin", "Jin Ziqi"])
        browser.screen._poll_people()
        await browser.settle()
        assert browser.screen.library is not None
        assert browser.screen.library.author_place("Jin Ziqi") is not None
        assert "Jin Ziqi" not in [author.name for author in browser.screen.authors.authors]


@pytest.mark.parametrize("size", SIZES)
async def test_a_file_that_cannot_be_used_is_said_and_left(tmp_path: Path, size: tuple[int, int]) -> None:
    config = tmp_path.joinpath(*["a-folder-whose-name-leaves-no-room-for-anything-else"] * 3)
    config.mkdir(parents=True)
    async with browsing(config, size=size) as browser:
        (config / FILE_NAME).write_text("[broken")
        await browser.press("equals_sign", "enter")
        told = " ".join(text(browser, "#spellings-hint").split())
        assert "nothing was changed" in told
        assert FILE_NAME in told
        assert (config / FILE_NAME).read_text() == "[broken"


async def test_the_dialog_can_be_closed_while_it_looks(tmp_path: Path) -> None:
    async with browsing(tmp_path) as browser:
        await browser.pilot.press("equals_sign")
        await browser.pilot.press("escape")
        await browser.settle()
        assert browser.app.screen is browser.screen


async def test_a_library_without_such_names_says_so(tmp_path: Path) -> None:
    page = tmp_path / "one.bib"
    page.write_text("@misc{k, title={One}, author={Ann Lee and Bob Ray}, year={2020}}")
    async with browsing(tmp_path / "config", [page]) as browser:
        await browser.press("equals_sign")
        assert "No two names here" in text(browser, "#evidence")
