"""Pages that seem to be of two people, and pages that do not."""

from dataclasses import replace
from pathlib import Path

from paperbrowse.library import Library
from paperbrowse.model import Paper, PartialDate
from paperbrowse.opening import open_library
from paperbrowse.people.mixed import Group, groups

OWN = {"Wei Lu"}
PARSING = ["Parsing sentences", "Dependency parsing of trees", "Treebank grammars", "Grammar parsing"]
IMAGES = ["Pictures of cells", "Microscopy image noise", "Cells under laser", "Microscopy lenses"]


def paper(title: str, year: int | None, *fellows: str, category: str | None = None) -> Paper:
    return Paper(title=title, authors=("Wei Lu", *fellows), date=PartialDate(year), category=category)


def found(papers: list[Paper], elsewhere: list[Paper] | None = None) -> tuple[Group, ...]:
    everything = [*papers, *(elsewhere or [])]

    def rows_of(name: str) -> list[int]:
        return [row for row, one in enumerate(everything) if name in one.authors]

    return groups(range(len(papers)), everything.__getitem__, OWN, rows_of)


def circle(titles: list[str], years: range, *fellows: str) -> list[Paper]:
    return [paper(title, year, *fellows) for title, year in zip(titles, years, strict=False)]


TWO = [
    *circle(PARSING, range(2018, 2022), "Ann", "Bob", "Cem"),
    *circle(IMAGES, range(2019, 2023), "Dan", "Eva", "Flo"),
]


def test_two_circles_that_never_meet_are_told_with_names_years_and_number() -> None:
    one, other = found(TWO)
    assert one.rows == (0, 1, 2, 3)
    assert other.names == ("Dan", "Eva", "Flo")
    assert other.years == (2019, 2022)
    assert other.told == "4 papers with Dan, Eva, Flo; 2019 to 2022"


def test_one_shared_co_author_links_two_circles() -> None:
    assert found([*TWO, paper("A survey", 2020, "Ann", "Eva")]) == ()


def test_circles_that_met_on_another_byline_are_linked() -> None:
    assert found(TWO, [Paper(title="Elsewhere", authors=("Bob", "Flo"))]) == ()
    assert found(TWO, [Paper(title="Elsewhere", authors=("Bob", "Zoe"))])


def test_who_changes_jobs_is_one_person() -> None:
    before = circle(PARSING, range(2010, 2014), "Ann", "Bob", "Cem")
    after = circle(IMAGES, range(2016, 2020), "Dan", "Eva", "Flo")
    assert found([*before, *after]) == ()


def test_the_same_topic_is_one_persons() -> None:
    again = circle([f"{title} again" for title in PARSING], range(2018, 2022), "Dan", "Eva", "Flo")
    assert found([*TWO[:4], *again]) == ()


def test_behind_an_et_al_two_circles_may_have_met() -> None:
    cut = [replace(one, authors_complete=False) for one in TWO]
    assert found(cut) == ()
    assert found([*TWO[:3], *cut[3:4], *TWO[4:7], *cut[7:]])


def test_few_papers_apart_are_one_persons() -> None:
    assert found(TWO[:6]) == ()
    assert found([*TWO[:4], *(paper(f"{title} {n}", 2020, f"Z{n}") for n, title in enumerate(IMAGES))]) == ()


def test_two_papers_of_quite_another_subject_are_told() -> None:
    parsing = [paper(title, 2020, "Ann", "Bob", category="CL") for title in PARSING]
    finance = [paper(title, 2020, "Dan", "Eva", category="ST") for title in ("Options", "Stocks")]
    _, other = found([*parsing, *finance])
    assert other.told == "2 papers with Dan, Eva; 2020; ST"
    assert found([*parsing, finance[0]]) == ()
    images = [paper(title, 2020, "Dan", "Eva", category="cs.CV") for title in ("Options", "Stocks")]
    assert found([*parsing, *images]) == ()


def test_papers_without_years_or_co_authors_say_nothing() -> None:
    assert found([paper("x", None), paper("y", None), paper("z", None)]) == ()
    assert found([paper(one.title, None, *one.authors[1:]) for one in TWO]) == ()
    assert found([]) == ()


def on_page(library: Library, owner: str) -> tuple[Group, ...]:
    author = library.author(owner)
    assert author is not None

    def rows_of(name: str) -> tuple[int, ...]:
        known = library.author(name)
        return known.rows if known else ()

    return groups(author.rows, library.papers.__getitem__, {owner}, rows_of)


def test_of_the_bundled_pages_the_one_with_papers_on_stock_options_is_told() -> None:
    library = open_library()
    told = {page.owner: on_page(library, page.owner) for page in library.pages if page.owner}
    assert [owner for owner, found in told.items() if found] == ["Wenyu Du"]
    _, options = told["Wenyu Du"]
    assert set(options.categories) == {"ST", "CP"}
    assert "Kirill V. Golubnichiy" in options.names


def test_of_the_bundled_pages_as_printed_the_same_one_is_told(seeds: Path) -> None:
    library = open_library([seeds], as_printed=True)
    assert [page.owner for page in library.pages if page.owner and on_page(library, page.owner)] == [
        "Wenyu Du"
    ]


def test_two_bundled_pages_taken_for_one_are_told() -> None:
    library = open_library()
    names = {"Yongyu Mu", "Zewen Chi"}
    rows = [row for name in names if (author := library.author(name)) for row in author.rows]
    one, other = groups(sorted(rows), library.papers.__getitem__, names)
    assert {len(one.rows), len(other.rows)} == {20, 34}
