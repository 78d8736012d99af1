"""Joining and splitting names: what is said, how it stands in the file, and the authors that come of it."""

import tomllib
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from paperbrowse.holdings import ReadHoldings
from paperbrowse.model import Author, Page, Paper, PartialDate
from paperbrowse.opening import open_library
from paperbrowse.people.joined import JoinedAuthors, rank
from paperbrowse.people.joins import FILE_NAME, PeopleError, PeopleFile, joins_of, read_people
from paperbrowse.tally import tally

NAMES = ["Ziqi Jin", "Jin Ziqi", "Z. Jin", "Ünal Öz", 'Quote "Q" Name', "Back\\slash", "Dot. Ted"]


def test_a_join_is_written_and_read(tmp_path: Path) -> None:
    assert PeopleFile(tmp_path).join(["Ziqi Jin", "Jin Ziqi"]) == ("Ziqi Jin", "Jin Ziqi")
    assert tomllib.loads((tmp_path / FILE_NAME).read_text()) == {"Ziqi Jin": {"also": ["Jin Ziqi"]}}
    joins = read_people(tmp_path)
    assert joins.person("Jin Ziqi") == joins.person("Ziqi Jin") == ("Ziqi Jin", "Jin Ziqi")
    assert joins.person("Someone Else") is None
    assert set(joins.spellings("jin  ZIQI")) == {"Ziqi Jin", "Jin Ziqi"}
    assert joins.settled("Jin Ziqi", "Ziqi Jin")
    assert not joins.settled("Jin Ziqi", "Z. Jin")


def test_a_person_says_which_spelling_leads(tmp_path: Path) -> None:
    file = PeopleFile(tmp_path)
    file.join(["Ziqi Jin", "Jin Ziqi"])
    assert file.join(["Ziqi Jin", "Jin Ziqi"], lead="Jin Ziqi") == ("Jin Ziqi", "Ziqi Jin")
    assert read_people(tmp_path).people == (("Jin Ziqi", "Ziqi Jin"),)
    with pytest.raises(PeopleError, match="none of the names"):
        file.join(["Ziqi Jin", "Jin Ziqi"], lead="Z. Jin")


def test_people_are_joined_with_all_their_names(tmp_path: Path) -> None:
    file = PeopleFile(tmp_path)
    file.join(["A One", "A. One"])
    file.join(["B Two", "B. Two"])
    file.part("B. Two", "C Three")
    assert file.join(["A. One", "B. Two"]) == ("A One", "A. One", "B Two", "B. Two")
    joins = read_people(tmp_path)
    assert joins.people == (("A One", "A. One", "B Two", "B. Two"),)
    assert joins.settled("A One", "C Three")


def test_a_split_name_leaves_the_others_together(tmp_path: Path) -> None:
    file = PeopleFile(tmp_path)
    file.join(["A One", "A. One", "One A"])
    assert file.split("A One") == ("A. One", "One A")
    assert read_people(tmp_path).people == (("A. One", "One A"),)
    file.split("One A")
    assert read_people(tmp_path).people == ()
    with pytest.raises(PeopleError, match="not joined"):
        file.split("One A")


def test_names_of_two_people_are_settled(tmp_path: Path) -> None:
    file = PeopleFile(tmp_path)
    file.part("Wei Lu", "Lu Wei")
    assert read_people(tmp_path).settled("Lu Wei", "Wei Lu")
    file.join(["A One", "A. One"])
    with pytest.raises(PeopleError, match="split them first"):
        file.part("A. One", "A One")
    assert file.join(["Wei Lu", "Lu Wei"]) == ("Wei Lu", "Lu Wei")
    joins = read_people(tmp_path)
    assert joins.apart == frozenset()
    assert joins.person("Lu Wei") == ("Wei Lu", "Lu Wei")


def test_what_a_person_wrote_stays(tmp_path: Path) -> None:
    path = tmp_path / FILE_NAME
    before = (
        '# mine\n[theirs]\nunknown = 1  # why\n\n# of her\n["A One"]\nalso = ["A. One"]\nremark = "kept"\n'
    )
    path.write_text(before)
    file = PeopleFile(tmp_path)
    file.join(["B Two", "Two B"])
    file.join(["A One", "One A"])
    text = path.read_text()
    assert text.startswith("# mine\n[theirs]\nunknown = 1  # why\n\n# of her\n")
    assert tomllib.loads(text)["A One"] == {"also": ["A. One", "One A"], "remark": "kept"}
    file.undo()
    file.undo()
    assert path.read_text() == before
    assert file.undo() is None


def test_undoing_the_first_change_takes_the_file_away(tmp_path: Path) -> None:
    file = PeopleFile(tmp_path)
    file.join(["A One", "A. One"])
    assert "A One = A. One" in (file.undo() or "")
    assert not (tmp_path / FILE_NAME).exists()


def test_nothing_is_undone_over_someone_elses_change(tmp_path: Path) -> None:
    file = PeopleFile(tmp_path)
    file.join(["A One", "A. One"])
    PeopleFile(tmp_path).join(["B Two", "B. Two"])
    with pytest.raises(PeopleError, match="changed since"):
        file.undo()
    assert len(read_people(tmp_path).people) == 2


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("[broken", "not valid TOML"),
        ("x = 1", "must be a table"),
        ('[A]\nalso = "B"', "also must be a list of names"),
        ("[A]\nnot = [1]", "not must be a list of names"),
        ('[A]\nalso = ["B"]\n[C]\nalso = ["B"]', "B stands in two tables"),
    ],
)
def test_a_wrong_file_is_told_and_not_guessed_at(tmp_path: Path, text: str, told: str) -> None:
    (tmp_path / FILE_NAME).write_text(text)
    [problem] = read_people(tmp_path).problems
    assert told in str(problem)
    assert str(tmp_path / FILE_NAME) in str(problem)
    assert not problem.lost


def test_a_file_that_is_not_toml_is_not_written_over(tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).write_text("[broken")
    with pytest.raises(PeopleError, match="nothing was changed"):
        PeopleFile(tmp_path).join(["A One", "A. One"])
    assert (tmp_path / FILE_NAME).read_text() == "[broken"


def test_nobody_is_joined_where_there_is_no_file(tmp_path: Path) -> None:
    assert read_people(tmp_path).people == read_people(None).people == ()
    with pytest.raises(PeopleError, match="two names"):
        PeopleFile(tmp_path).join(["A One", "A One"])


steps = st.lists(
    st.tuples(
        st.sampled_from(["join", "split", "part", "undo"]), st.sampled_from(NAMES), st.sampled_from(NAMES)
    ),
    max_size=12,
)


@settings(deadline=None, max_examples=50)  # every step writes a file through to the disk
@given(steps)
def test_the_file_says_what_was_done_in_whatever_order(done: list[tuple[str, str, str]]) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / FILE_NAME
        path.write_text("# mine\n[other]\nkept = true\n")
        file = PeopleFile(Path(folder))
        history: list[set[frozenset[str]]] = [set()]
        for step, one, other in done:
            people = set(history[-1])
            of_one = next((person for person in people if one in person), frozenset({one}))
            of_other = next((person for person in people if other in person), frozenset({other}))
            try:
                if step == "undo":
                    file.undo()
                    history = history[:-1] or [set()]
                    continue
                if step == "join":
                    file.join([one, other])
                    people = (people - {of_one, of_other}) | {of_one | of_other}
                elif step == "split":
                    file.split(one)
                    people -= {of_one}
                    if len(of_one) > 2:
                        people.add(of_one - {one})
                else:
                    file.part(one, other)
                history.append(people)
            except PeopleError:
                assert one == other or (step == "split" and len(of_one) == 1) or one in of_other
        joins = read_people(Path(folder))
        assert {frozenset(person) for person in joins.people} == history[-1]
        assert joins.problems == ()
        assert path.read_text().startswith("# mine\n[other]\nkept = true\n")


def _holdings() -> ReadHoldings:
    def paper(title: str, *authors: str, of: str = "") -> Paper:
        pages = (of,) if of else ()
        return Paper(title=title, authors=authors, date=PartialDate(2020), pages_of=pages)

    papers = [
        paper("one", "Ziqi Jin", "Wei Lu", of="Wei Lu"),
        paper("two", "Jin Ziqi", "Wei Lu", of="Wei Lu"),
        paper("three", "Ziqi Jin", "Ann Other"),
        paper("four", "Lu Wei", "Ann Other"),
        paper("five", "Ann Other"),
        paper("six", "Zed Last"),
    ]
    return ReadHoldings(papers, [Page(path="p", format="f", owner="Wei Lu", affiliations=("SUTD",))])


def _joined(*people: tuple[str, ...]) -> JoinedAuthors:
    holdings = _holdings()
    return JoinedAuthors(holdings.authors, holdings.author_place, joins_of(people))


def test_without_joins_the_authors_are_the_librarys() -> None:
    assert list(_joined()) == list(_holdings().authors)


def test_joined_names_are_one_author_with_the_papers_of_all() -> None:
    authors = _joined(("Ziqi Jin", "Jin Ziqi"), ("Lu Wei", "Wei Lu"))
    found = {author.name: len(author.rows) for author in authors}
    assert found == {"Lu Wei": 3, "Ziqi Jin": 3, "Ann Other": 3, "Zed Last": 1}
    assert authors.author("Jin Ziqi") == authors.author("Ziqi Jin")
    owner = authors.author("Wei Lu")
    assert owner is not None
    assert (owner.name, owner.page_owner, owner.affiliations) == ("Lu Wei", "stated", ("SUTD",))
    assert authors[0] == owner


def test_names_that_are_not_there_join_nothing() -> None:
    authors = _joined(("Nobody Here", "N. Here"), ("Zed Last", "Z. Last"))
    assert len(authors) == len(_holdings().authors)
    assert authors.author("Nobody Here") is None
    last = authors.author("Z. Last")
    assert last is not None
    assert last.name == "Zed Last"


@given(st.data())
def test_joined_authors_stand_in_the_librarys_order(data: st.DataObject) -> None:
    library = _holdings()
    everyone = data.draw(st.permutations([author.name for author in library.authors]))
    cuts = sorted(data.draw(st.sets(st.integers(1, len(everyone) - 1))))
    people = [tuple(everyone[a:b]) for a, b in zip([0, *cuts], [*cuts, len(everyone)], strict=True)]
    authors = _joined(*people)
    found: list[Author] = [authors[place] for place in range(len(authors))]
    assert found == sorted(found, key=rank) == list(authors[:])
    assert {author.name for author in found} == {person[0] for person in people}
    rows = {name: set(author.rows) for author in library.authors for name in [author.name]}
    for author, person in [(author, p) for author in found for p in people if p[0] == author.name]:
        assert set(author.rows) == set().union(*(rows[name] for name in person))
        assert list(author.rows) == sorted(author.rows)
    for person in people:
        for name in person:
            assert authors[authors.place(name) or 0] == authors.author(name)
    assert authors.place("Nobody") is None
    with pytest.raises(IndexError):
        authors[len(authors)]
    assert authors[-1] == found[-1]


def test_a_library_joins_what_the_persons_file_says(tmp_path: Path) -> None:
    PeopleFile(tmp_path).join(["Ziqi Jin", "Jin Ziqi"])
    library = open_library(settings_folder=tmp_path)
    author = library.author("Jin Ziqi")
    assert author is not None
    assert (author.name, len(author.rows)) == ("Ziqi Jin", 3)
    assert author in library.authors
    assert "Jin Ziqi" not in {one.name for one in library.authors}
    assert all(library.author_place(one.name) == place for place, one in enumerate(library.authors))
    assert {one.name for one in library.names} >= {"Jin Ziqi", "Ziqi Jin"}
    assert sum("Jin Ziqi" in library.papers[row].authors for row in author.rows) == 1
    for name in ("Jin Ziqi", "ziqi jin"):
        assert sorted(library.find(f'author:"{name}"').rows) == list(author.rows)
    library.join_people(read_people(None))
    assert len(library.find('author:"Jin Ziqi"').rows) == 1
    [alone] = [one for one in library.authors if one.name == "Jin Ziqi"]
    assert len(alone.rows) == 1


def test_joined_names_are_counted_as_one(tmp_path: Path) -> None:
    PeopleFile(tmp_path).join(["Wei Lu", "Ziqi Jin", "Jin Ziqi"])
    library = open_library(settings_folder=tmp_path)
    author = library.author("Wei Lu")
    assert author is not None
    assert (library.leading("Jin Ziqi"), library.leading("Li Dong")) == ("Wei Lu", "Li Dong")
    people = {bar.label: bar.number for bar in tally(library, author.rows).people}
    assert people["Wei Lu"] == len(author.rows)
    assert not {"Ziqi Jin", "Jin Ziqi"} & people.keys()


def test_what_is_wrong_with_the_file_is_a_note_of_the_library(tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).write_text("x = 1")
    problems = open_library(settings_folder=tmp_path).problems
    assert any(FILE_NAME in problem.path for problem in problems)


def test_records_as_printed_are_not_joined(tmp_path: Path) -> None:
    PeopleFile(tmp_path).join(["Ziqi Jin", "Jin Ziqi"])
    library = open_library(settings_folder=tmp_path, as_printed=True)
    assert library.joins.people == ()


def test_a_library_from_the_cache_is_joined_too(tmp_path: Path) -> None:
    page = tmp_path / "many.bib"
    names = ["Ann Lee", "Lee Ann"]
    page.write_text(
        "\n".join(f"@misc{{k{n}, title={{T{n}}}, author={{{names[n % 2]}}}}}" for n in range(2500))
    )
    PeopleFile(tmp_path).join(["Ann Lee", "Lee Ann"])
    for _ in range(2):
        library = open_library([page], settings_folder=tmp_path, cache_folder=tmp_path / "cache")
        assert [(author.name, len(author.rows)) for author in library.authors] == [("Ann Lee", 2500)]
        assert len(library.find('author:"Lee Ann"').rows) == 2500
