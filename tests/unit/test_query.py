"""The query language: what is understood, what becomes a hint, what the command line refuses."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paperbrowse.search import QueryError, parse, quoted
from paperbrowse.search.query import And, Has, Node, Not, Or, Phrase, Status, Tag, Word, Years

UNDERSTOOD: list[tuple[str, Node | None]] = [
    ("", None),
    ("   ", None),
    ("graph", Word("graph")),
    ("graph parsing", And((Word("graph"), Word("parsing")))),
    ("text-to-SQL", Word("text-to-SQL")),
    ("author:mu", Word("mu", "author")),
    ("AUTHOR:mu", Word("mu", "author")),
    ('author:"Yongyu Mu"', Phrase("Yongyu Mu", "author")),
    ("title:graph abstract:tree", And((Word("graph", "title"), Word("tree", "abstract")))),
    ("venue:acl cat:CL", And((Word("acl", "venue"), Word("CL", "category")))),
    ("year:2023", Years(2023, 2023)),
    ("year:=2023", Years(2023, 2023)),
    ("year:2021..2023", Years(2021, 2023)),
    ("year:2021-2023", Years(2021, 2023)),
    ("year:2021..", Years(2021, None)),
    ("year:..2021", Years(None, 2021)),
    ("year:>=2024", Years(2024, None)),
    ("year:>2024", Years(2025, None)),
    ("year:<=2024", Years(None, 2024)),
    ("year:<2024", Years(None, 2023)),
    ("has:code has:abstract", And((Has("code"), Has("abstract")))),
    ("is:bookmarked", Has("bookmarked")),
    ("tag:to-read", Tag("to-read")),
    ('tag:"two words"', Tag("two words")),
    ("status:reading", Status("reading")),
    ('"an exact phrase"', Phrase("an exact phrase")),
    ("-survey", Not(Word("survey"))),
    ('-"shared task"', Not(Phrase("shared task"))),
    ("-(a OR b)", Not(Or((Word("a"), Word("b"))))),
    ("a OR b c", Or((Word("a"), And((Word("b"), Word("c")))))),
    ("(a OR b) c", And((Or((Word("a"), Word("b"))), Word("c")))),
    ("a or b", And((Word("a"), Word("or"), Word("b")))),
    ("ORANGE", Word("ORANGE")),
    ("a - b", And((Word("a"), Word("b")))),
    ("((a))", Word("a")),
    ("word(s)", Word("word(s)")),
    ("BERT: pre-training", And((Word("BERT"), Word("pre-training")))),
]


@pytest.mark.parametrize(("text", "root"), UNDERSTOOD)
def test_understood(text: str, root: Node | None) -> None:
    query = parse(text)
    assert query.root == root
    assert query.hints == ()
    assert parse(text, strict=True) == query


@pytest.mark.parametrize(
    ("text", "root", "place"),
    [
        ("autor:mu", Word("mu"), 0),
        ("x venu:acl", And((Word("x"), Word("acl"))), 2),
        ("GLUE:benchmark", And((Word("GLUE"), Word("benchmark"))), 0),
        ("graph year:soon", Word("graph"), 11),
        ("graph year:", Word("graph"), 11),
        ("has:pictures", None, 4),
        ("is:nice", None, 3),
        ("status:lost graph", Word("graph"), 7),
        ("author: mu", Word("mu"), 7),
        ("tag:", None, 4),
        ("a ) b", And((Word("a"), Word("b"))), 2),
    ],
)
def test_the_rest_is_a_hint_while_typing_and_an_error_on_the_command_line(
    text: str, root: Node | None, place: int
) -> None:
    query = parse(text)
    assert query.root == root
    assert len(query.hints) == 1
    with pytest.raises(QueryError) as raised:
        parse(text, strict=True)
    assert str(raised.value) == query.hints[0]
    assert raised.value.position == place


@pytest.mark.parametrize(
    ("text", "root", "place"),
    [
        ("a OR", Word("a"), 2),
        ("OR a", Word("a"), 0),
        ("(a", Word("a"), 0),
        ('x "not yet', And((Word("x"), Phrase("not yet", closed=False))), 2),
        ("year:202", Years(2020, 2029), 5),
        ("year:>19", Years(2000, None), 5),
        ("is:book", Has("bookmarked"), 3),
        ("status:rea", Status("rea"), 7),
    ],
)
def test_what_is_only_half_typed_is_no_mistake_yet(text: str, root: Node | None, place: int) -> None:
    query = parse(text)
    assert (query.root, query.hints) == (root, ())
    with pytest.raises(QueryError) as raised:
        parse(text, strict=True)
    assert raised.value.position == place


def test_a_misspelt_field_is_named() -> None:
    assert "author:" in parse("autor:mu").hints[0]


def test_deep_parentheses_do_no_harm() -> None:
    assert parse("(" * 5000 + "a" + ")" * 5000).text.startswith("(")


PIECES = st.sampled_from(
    [
        '"',
        "(",
        ")",
        "-",
        "OR",
        " ",
        " ",
        "author:",
        "year:",
        "20",
        "..",
        ">=",
        "has:",
        "code",
        "x:",
        "graph",
        "é",
        ":",
    ]
)


@given(st.one_of(st.text(), st.lists(PIECES).map("".join)))
def test_typing_never_fails_and_the_command_line_says_where(text: str) -> None:
    query = parse(text)
    assert query.text == text
    error = refused(text)
    if error is None:
        assert parse(text, strict=True).root == query.root
    else:
        assert 0 <= error.position <= len(text)
        assert str(error)


def refused(text: str) -> QueryError | None:
    try:
        parse(text, strict=True)
    except QueryError as error:
        return error
    return None


@given(st.text(alphabet=st.characters(categories=["L", "N", "Zs", "P"]), min_size=1))
def test_a_quoted_name_is_one_phrase(name: str) -> None:
    query = parse("author:" + quoted(name))
    if any(char.isalnum() for char in name):
        assert query.root == Phrase(name.replace('"', " "), "author")
        assert parse(query.text, strict=True) == query
    else:
        assert query.root is None


@pytest.mark.parametrize("text", ["???", " - ", '""', "()"])
def test_the_command_line_does_not_take_signs_alone_for_everything(text: str) -> None:
    assert parse(text).root is None
    assert "no word" in str(refused(text))
    assert parse("", strict=True).root is None
    assert parse("Reading & Writing", strict=True).root == parse("Reading Writing").root
