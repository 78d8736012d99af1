"""The plots in the place of the abstract."""

from pathlib import Path

import pytest

from paperbrowse.tally import Bar
from paperbrowse.ui.screens import plotting
from paperbrowse.ui.widgets.key_hints import KeyHints
from paperbrowse.ui.widgets.plots import drawn
from tests.ui.driving import Browser, browsing


def plotted(browser: Browser) -> str:
    """All that the plots draw."""
    return browser.screen.plots.text


def bar_of(browser: Browser, label: str) -> str:
    """The line of a bar."""
    return next(line for line in plotted(browser).splitlines() if line.strip().startswith(label))


async def go_to(browser: Browser, label: str) -> None:
    """Go to the bar of that label."""
    await browser.press("g")
    for _ in range(80):
        current = browser.screen.plots.current
        if current and current.label == label:
            return
        await browser.press("j")
    raise AssertionError(f"no bar {label}")


async def test_p_shows_plots_of_what_is_shown_and_the_abstract_again(tmp_path: Path) -> None:
    async with browsing(tmp_path, size=(160, 45)) as browser:
        await browser.press("P")
        assert not browser.screen.detail.display
        assert browser.screen.plots.has_focus
        for words in ("107 papers", "Papers per year", "█ CL   ▓ LG", "Authors", "Categories", "Venues"):
            assert words in plotted(browser)
        assert bar_of(browser, "2026").split()[1] == "11"
        assert "Enter narrow" in str(browser.screen.query_one(KeyHints).render())
        await browser.press("P")
        assert browser.screen.detail.display
        assert browser.screen.papers.has_focus


async def test_plots_move_with_the_filter_and_the_author(tmp_path: Path) -> None:
    async with browsing(tmp_path, size=(160, 45)) as browser:
        await browser.press("P")
        await browser.type("/distil")
        assert f"{len(browser.titles)} papers · distil" in plotted(browser)
        await browser.press("escape", "escape", "1", "down")
        assert "36 papers · Zewen Chi" in plotted(browser)
        assert "Co-authors" in plotted(browser)
        assert bar_of(browser, "Li Dong").split()[2] == "16"
        assert "Papers of two of them" in plotted(browser)


async def test_enter_on_a_bar_narrows_to_it(tmp_path: Path) -> None:
    async with browsing(tmp_path, size=(160, 45)) as browser:
        await browser.press("1", "down", "P")
        await go_to(browser, "2022")
        await browser.press("enter")
        assert browser.screen.filter_bar.input.value == "year:2022"
        assert len(browser.titles) == 8
        assert "8 papers · year:2022 · Zewen Chi" in plotted(browser)
        await browser.press("left_square_bracket")
        assert len(browser.titles) == 36
        await go_to(browser, "Li Dong")
        await browser.press("enter")
        assert [author.name for author in browser.screen.narrowing.authors] == ["Zewen Chi", "Li Dong"]
        assert len(browser.titles) == 16
        assert "16 papers · Zewen Chi · with Li Dong" in plotted(browser)
        await go_to(browser, "CL")
        number = browser.screen.plots.current
        await browser.press("l")
        assert number is not None
        assert len(browser.titles) == number.number
        await browser.press("escape")
        assert browser.screen.detail.display


@pytest.mark.parametrize("size", [(160, 45), (120, 40), (80, 24), (40, 12)])
async def test_every_bar_can_be_reached_at_every_size(tmp_path: Path, size: tuple[int, int]) -> None:
    async with browsing(tmp_path, size=size) as browser:
        await browser.press("P")
        plots = browser.screen.plots
        await browser.press("G")
        assert plots.current is not None
        last = plots.current.label
        in_view = [plots.render_line(y).text for y in range(plots.height)]
        assert any(line.strip().startswith(last.strip()) for line in in_view)
        seen = set()
        for _ in range(60):
            assert plots.current is not None
            seen.add(plots.current.label)
            await browser.pilot.press("k")
        await browser.settle()
        assert {"2026", "2018", "Zewen Chi", "CL", "ACL"} <= seen
        assert all(len(line) <= plots.text_width for line in plotted(browser).splitlines())
        await browser.press("escape")
        assert browser.screen.detail.display or size[0] < 80
        assert browser.screen.papers.has_focus
        assert browser.screen.papers.display


async def test_a_low_window_gives_plots_all_of_it(tmp_path: Path) -> None:
    async with browsing(tmp_path, size=(80, 24)) as browser:
        await browser.press("P")
        assert not browser.screen.papers.display
        await browser.press("escape")
        assert browser.screen.papers.display


async def test_zoomed_plots_have_two_columns(tmp_path: Path) -> None:
    async with browsing(tmp_path, size=(160, 45)) as browser:
        await browser.press("P", "z")
        await browser.press("z")
        await browser.settle()
        await browser.press("3", "z")
        first = next(line for line in plotted(browser).splitlines() if "Papers per year" in line)
        assert "Authors" in first


async def test_plots_are_said_not_to_be_about_a_paper(tmp_path: Path) -> None:
    async with browsing(tmp_path) as browser:
        await browser.press("P", "b")
        assert not browser.app.store.bookmarks()
        assert "is about a paper; 2 goes there" in str(browser.screen.query_one(KeyHints).render())


async def test_a_click_goes_to_a_bar_and_a_second_one_narrows(tmp_path: Path) -> None:
    async with browsing(tmp_path, size=(160, 45)) as browser:
        await browser.press("P")
        lines = plotted(browser).splitlines()
        y = next(number for number, line in enumerate(lines) if line.strip().startswith("2023"))
        await browser.pilot.click("#plots", offset=(8, y))
        await browser.settle()
        assert browser.screen.plots.current is not None
        assert browser.screen.plots.current.label == "2023"
        await browser.pilot.double_click("#plots", offset=(8, y))
        await browser.settle()
        assert browser.screen.filter_bar.input.value == "year:2023"


async def test_many_papers_are_counted_beside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(plotting, "_AT_ONCE", 0)
    monkeypatch.setattr("paperbrowse.tally.FEW", 0)
    async with browsing(tmp_path, size=(160, 45)) as browser:
        await browser.press("P")
        assert "107 papers" in plotted(browser)
        await browser.type("/distil")
        assert f"{len(browser.titles)} papers · distil" in plotted(browser)
        assert sum(
            int(line.split()[1]) for line in plotted(browser).splitlines() if line.startswith(" 20")
        ) == len(browser.titles)


async def test_nothing_shown_is_nothing_drawn(tmp_path: Path) -> None:
    async with browsing(tmp_path) as browser:
        await browser.press("P")
        await browser.type("/qqqqzzzz")
        await browser.press("enter", "3", "j", "enter", "G")
        assert plotted(browser).startswith("0 papers · qqqqzzzz")
        assert browser.screen.plots.current is None


def test_a_bar_is_as_long_as_its_number_and_never_vanishes() -> None:
    assert drawn(Bar("", 10, parts=(5, 3, 2)), 10, 10) == "█████▓▓▓▒▒"
    assert drawn(Bar("", 10), 20, 10) == "█████"
    assert drawn(Bar("", 1), 1000, 10) == "█"
    assert drawn(Bar("", 0), 10, 10) == ""
    assert drawn(Bar("", 10, is_rest=True), 10, 10) == ""
    assert drawn(Bar("", 5), 5, 0) == ""


@pytest.mark.parametrize("size", [(160, 45), (40, 12)])
async def test_who_enters_a_paper_reads_it(tmp_path: Path, size: tuple[int, int]) -> None:
    async with browsing(tmp_path, size=size) as browser:
        await browser.press("P", "2", "enter")
        assert browser.screen.detail.has_focus
        assert browser.screen.detail.display
        assert not browser.screen.plots.display
