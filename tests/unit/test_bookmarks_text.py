"""The text of bookmarks.toml: records go in and out whole, and what a person typed stays."""

import tomllib
from datetime import date
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paperbrowse.bookmarks.document import Document, parse
from paperbrowse.bookmarks.operations import Shelf
from paperbrowse.bookmarks.record import Kept, date_text, emit, from_data, parse_date, to_data
from paperbrowse.bookmarks.tables import Damaged, table_of, with_value
from paperbrowse.model import Bookmark, Paper, PartialDate, Provenance, ReadingStatus, Source
from paperbrowse.text.clean import clean, clean_lines

TEXTS = st.text(
    st.characters(codec="utf-8") | st.sampled_from("\"\\'\n#[]={},\t\u2028 é漢🎉ß{}$%"), max_size=30
).map(clean)
SOME = TEXTS.filter(bool)
LINES = st.text(st.sampled_from("ab\"\\\n' #[]=\té"), max_size=30).map(clean_lines)
DATES = st.builds(
    PartialDate,
    st.none() | st.integers(1, 9999),
    st.none() | st.integers(1, 12),
    st.none() | st.integers(1, 31),
).map(lambda found: found if found.month else PartialDate(found.year))
PROVENANCES = st.sampled_from(get_args(Provenance))
MAYBE = st.none() | SOME
PAPERS = st.builds(
    Paper,
    key=SOME,
    title=SOME,
    title_from=PROVENANCES,
    authors=st.lists(SOME, max_size=3).map(tuple),
    authors_complete=st.booleans(),
    editors=st.lists(SOME, max_size=3).map(tuple),
    editors_complete=st.booleans(),
    date=DATES,
    year_from=PROVENANCES,
    category=MAYBE,
    venue=MAYBE,
    venue_names=st.lists(SOME, max_size=2).map(tuple),
    entry_type=MAYBE,
    pages=MAYBE,
    volume=MAYBE,
    number=MAYBE,
    publisher=MAYBE,
    address=MAYBE,
    abstract=TEXTS,
    urls=st.lists(SOME, max_size=2).map(tuple),
    doi=MAYBE,
    arxiv=MAYBE,
    anthology=MAYBE,
    has_code=st.booleans(),
    score=st.none() | st.floats(allow_nan=False),
    affiliations=st.lists(SOME, max_size=2).map(tuple),
    pages_of=st.lists(SOME, max_size=2).map(tuple),
    source=st.builds(Source, TEXTS, st.integers(0, 10**9), TEXTS),
)
BOOKMARKS = st.builds(
    Bookmark,
    paper=PAPERS,
    added=st.just("2026-11-20T09:35:14Z"),
    tags=st.lists(SOME, max_size=3, unique=True).map(tuple),
    note=LINES,
    status=st.sampled_from(get_args(ReadingStatus)),
)


@given(BOOKMARKS)
def test_any_record_comes_back_as_it_went(bookmark: Bookmark) -> None:
    text = emit(to_data(bookmark))
    (table,) = tomllib.loads(text)["bookmark"]
    kept = from_data(table)
    assert kept.bookmark == bookmark
    assert not kept.problems


@given(BOOKMARKS)
def test_the_quick_reader_sees_what_a_toml_parser_sees(bookmark: Bookmark) -> None:
    text = emit(to_data(bookmark))
    assert table_of(text)[1] == tomllib.loads(text)["bookmark"][0]


VALUES = st.sampled_from(
    [
        '"a"', '"\\u00e9"', '"\\/"',
        '"\\ud800"', '"\\x41"', "'a'", '"a" # c', '"\x7f"', '"\t"', '"a" "b"', '"a',
        "12", "012", "-1", "1.5", "1.", "1e3", "1_000", "99999999999999999999", "true", "nan", "NaN", "null",
        "Infinity", '["a"]', '["a", 1]', "[null]", "[[]]", "[", "{}", "2023-07-27", '"""x\ny"""',
    ]
)  # fmt: skip


@given(st.lists(st.tuples(st.sampled_from("abc"), VALUES), max_size=4), st.sampled_from(["\n", "\r\n"]))
def test_the_quick_reader_takes_nothing_that_toml_does_not(fields: list[tuple[str, str]], end: str) -> None:
    text = f"[[bookmark]]{end}" + "".join(f"{name} = {value}{end}" for name, value in fields)
    try:
        expected = tomllib.loads(text)["bookmark"][0]
    except ValueError:
        with pytest.raises(Damaged):
            table_of(text)
        return
    assert repr(table_of(text)[1]) == repr(expected)


BY_HAND = '''\
# my list
schema = 1   # one
mine = "kept"

# --- first chapter
[[bookmark]]
key = "a2020"   # never changes
title = "A"
tags = [  # these
    "x",  # an x
    "y",
] # end of tags
mood = "good"
note = """
one # no comment
[[bookmark]]
two"""  # after the note
[bookmark.mine]
deep = { a = [1, 2] }

# --- second chapter

[[ "bookmark" ]]  # odd but allowed
title = "B by hand"
status = 'read'
authors = ["Jane Doe"]
date = 2021-03-04

[plugin]
x = 1  # someone else's
'''


def keep(*bookmarks: Bookmark) -> Shelf:
    return Shelf((bookmark.paper.key, Kept(bookmark)) for bookmark in bookmarks)


def comments(text: str) -> list[str]:
    return [line.partition("#")[2] for line in text.splitlines() if "#" in line]


def test_a_file_written_by_hand_is_read() -> None:
    document = parse(BY_HAND.encode())
    first, second = document.shelf().bookmarks().values()
    assert (first.paper.key, first.tags, first.note) == (
        "a2020",
        ("x", "y"),
        "one # no comment\n[[bookmark]]\ntwo",
    )
    assert (second.paper.key, second.paper.date) == ("doe2021hand", PartialDate(2021, 3, 4))
    assert second.status == "read"
    assert document.text() == BY_HAND


def test_what_was_typed_by_hand_stays_when_others_change() -> None:
    document = parse(BY_HAND.encode())
    shelf = document.shelf()
    key, kept = next(iter(shelf.kept.items()))
    shelf.kept[key] = kept.changed(
        Bookmark(paper=kept.bookmark.paper, added="", tags=("z",), status="reading")
    )
    new = Bookmark(paper=Paper(key="new", title="New"), added="2026-11-20T09:35:14Z")
    shelf.kept["new"] = Kept(new)
    text = document.showing(shelf, "j", 7).text()
    assert [one for one in comments(BY_HAND) if one != " no comment"] == [
        one for one in comments(text) if "How far the program" not in one
    ]
    data = tomllib.loads(text)
    assert data["plugin"] == {"x": 1}
    assert data["mine"] == "kept"
    a, b, c = data["bookmark"]
    assert a == {
        "key": "a2020", "title": "A", "tags": ["z"], "mood": "good", "note": "", "status": "reading",
        "mine": {"deep": {"a": [1, 2]}},
    }  # fmt: skip
    assert b == {"title": "B by hand", "status": "read", "authors": ["Jane Doe"], "date": date(2021, 3, 4)}
    assert from_data(c).bookmark == new
    assert data["written"] == {"journal": "j", "operation": 7, "end": True}


def test_a_note_may_look_like_a_table() -> None:
    kept = Kept(
        Bookmark(paper=Paper(key="k", title="T"), added="", note="see\n[1]\n[[bookmark]]\n[bookmark.x]")
    )
    other = Kept(Bookmark(paper=Paper(key="l", title="L"), added=""))
    text = "# mine\n" + Document(preamble="").showing(Shelf([("k", kept), ("l", other)]), "j", 1).text()
    document = parse(text.encode())
    assert document.shelf().bookmarks() == {"k": kept.bookmark, "l": other.bookmark}
    assert document.text() == text


def test_comments_stay_when_the_bookmark_below_them_goes() -> None:
    document = parse(BY_HAND.encode())
    shelf = document.shelf()
    del shelf.kept["a2020"]
    text = document.showing(shelf, "j", 7).text()
    assert "# my list" in text
    assert "# --- first chapter" in text
    assert "# --- second chapter" in text
    assert len(tomllib.loads(text)["bookmark"]) == 1


@pytest.mark.parametrize("ending", ["\n", "\r\n"])
@pytest.mark.parametrize(
    ("line", "after"),
    [
        ('note = "a"', 'note = "b # c"'),
        ('note = "a" # why', 'note = "b # c" # why'),
        ("note = 'a # x' # why", 'note = "b # c" # why'),
        ('  note="""\na # b\n"""   # why', '  note = "b # c"   # why'),
        ("'note' = 'x'", 'note = "b # c"'),
    ],
)
def test_one_field_is_set_in_place(line: str, after: str, ending: str) -> None:
    part = f'[[bookmark]]\n# c\nkey = "k"\n{line}\nrest = 1 # r\n'.replace("\n", ending)
    changed = with_value(part, "note", "b # c")
    assert changed == f'[[bookmark]]\n# c\nkey = "k"\n{after}\nrest = 1 # r\n'.replace("\n", ending)


@given(st.lists(BOOKMARKS, max_size=4, unique_by=lambda bookmark: bookmark.paper.key), st.data())
def test_a_document_shows_any_shelf(bookmarks: list[Bookmark], data: st.DataObject) -> None:
    document = Document().showing(keep(*bookmarks), "j", 1)
    again = parse(document.text().encode("utf-8"))
    assert list(again.shelf().bookmarks().values()) == bookmarks
    assert again.complete
    shelf = again.shelf()
    for key in list(shelf.kept):
        if data.draw(st.booleans()):
            del shelf.kept[key]
        elif data.draw(st.booleans()):
            edited = data.draw(BOOKMARKS)
            kept = shelf.kept[key]
            new = Bookmark(
                paper=kept.bookmark.paper, added=kept.bookmark.added,
                tags=edited.tags, note=edited.note, status=edited.status,
            )  # fmt: skip
            shelf.kept[key] = kept.changed(new)
    text = again.showing(shelf, "j", 2).text()
    tomllib.loads(text)
    assert parse(text.encode("utf-8")).shelf().bookmarks() == shelf.bookmarks()


PIECES = st.sampled_from(
    [
        '[[bookmark]]\nkey = "a"\ntitle = "A"\n', '[[bookmark]]\ntitle = "B"\n', "[[bookmark]]\n",
        '[[bookmark]]\nkey = "a"\ntitle = "again"\n', "[bookmark.more]\nq = 1\n", "[ bookmark . sub ]\n",
        '[written]\nend = true\noperation = 3\njournal = "j"\n', 'bookmark = [{key = "i", title = "I"}]\n',
        "[bookmark]\n", '["bookmark"]\n', "[x]\n", "[x.y]\nz = 1\n", "[[x]]\n", '["a#b"]\n', "schema = 1\n",
        "# c\n", "# \0\n", "[[bookmark]] # \x7f\n", "# \r\n", "# \r x\n", "\n",
        '"""\n', "'''\n", 'n = """\n', "a = [\n", "]\n", 'tags = ["q"] # t\n', "k = 1",
    ]
)  # fmt: skip


@given(st.lists(PIECES, max_size=8).map("".join))
def test_any_layout_keeps_its_meaning(text: str) -> None:
    try:
        meaning = tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        with pytest.raises(Damaged):
            parse(text.encode())
        return
    tables = meaning.get("bookmark", [])
    if not isinstance(tables, list) or not isinstance(meaning.get("written", {}), dict):
        with pytest.raises(Damaged):
            parse(text.encode())
        return
    try:
        document = parse(text.encode())
    except Damaged:
        assert "[bookmark]" in text
        return
    assert [from_data(table).bookmark.paper.title for table in tables] == [
        bookmark.paper.title for bookmark in document.shelf().bookmarks().values()
    ]
    if not document.rewritten:
        assert document.text().startswith(text) or "written" in meaning
    shelf = document.shelf()
    for key, kept in shelf.kept.items():
        shelf.kept[key] = kept.changed(Bookmark(paper=kept.bookmark.paper, added="", tags=("new",)))
    shelf.kept["z"] = Kept(Bookmark(paper=Paper(key="z", title="Z"), added=""))
    after = tomllib.loads(document.showing(shelf, "j", 9).text())
    others = {"bookmark", "written", "schema"}
    assert {k: v for k, v in after.items() if k not in others} == {
        k: v for k, v in meaning.items() if k not in others
    }
    changed = [{**table, "tags": ["new"]} for table in tables]
    assert [
        {k: v for k, v in table.items() if k not in {"note", "status"}} for table in after["bookmark"][:-1]
    ] == [{k: v for k, v in table.items() if k not in {"note", "status"}} for table in changed]


@given(DATES)
def test_dates_are_written_as_far_as_they_are_known(found: PartialDate) -> None:
    if found != PartialDate():
        assert parse_date(date_text(found)) == found


@pytest.mark.parametrize("text", ["", "x", "2023-13", "2023-00-01", "2023-07-32", "20233", "2023-7-", "٢٠٢٣"])
def test_what_is_no_date_is_said_to_be_none(text: str) -> None:
    assert parse_date(text) is None


def test_wrong_values_are_said_and_the_rest_is_used() -> None:
    kept = from_data(
        {
            "key": "k",
            "title": "T\x1b[31m",
            "tags": 3,
            "status": "Done",
            "date": "soon",
            "authors": [1],
            "has_code": "yes",
        }
        | {"note": ["n"], "score": "high", "title_from": "heaven", "doi": 10, "venue": {"a": 1}}
    )
    assert kept.bookmark.paper.title == "T"
    assert kept.bookmark.paper.doi == "10"
    assert {problem.partition(":")[0] for problem in kept.problems} == {
        "tags", "status", "date", "authors", "has_code", "note", "score", "title_from", "venue",
    }  # fmt: skip
