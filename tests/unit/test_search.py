"""Finding: what is found, in what order, and what is highlighted, against a slow and obvious reading."""

import re
import unicodedata
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from paperbrowse.model import Bookmark, Paper, PartialDate
from paperbrowse.search import Result, Searcher

GRAPHIX = Paper(
    key="li2023graphix",
    title="Graphix-T5: Mixing Pre-Trained Transformers with Graph-Aware Layers for Text-to-SQL Parsing",
    authors=("Jinyang Li", "Binyuan Hui", "Reynold Cheng"),
    date=PartialDate(2023, 1, 18),
    category="CL",
    abstract="The task of text-to-SQL parsing, which aims at converting questions into SQL queries.",
    has_code=True,
)
TAB = Paper(key="jin2023tab", title="Tab-CoT: Zero-shot Tabular Chain of Thought", date=PartialDate(2023))
WMT = Paper(
    key="wmt2021",
    title="The Mininglamp Submission to WMT21",
    venue="Proceedings of the Sixth Conference on Machine Translation",
    venue_names=("wmt", "ws"),
    date=PartialDate(2021),
    anthology="2021.wmt-1.12",
)
MUELLER = Paper(key="mueller", title="Ein deutscher Text", authors=("Jörg Müller", "José Núñez"))
MULLER = Paper(key="muller", title="Ein anderer Text", authors=("Jorg Muller", "Jose Nunez"))
GRAM = Paper(key="gram", title="GRAM-R$^2$: Self-Training Generative Models", pages_of=("Zewen Chi",))
HAN = Paper(key="han", title="基於深度學習之語言模型", abstract="語言")
ALL = [GRAPHIX, TAB, WMT, MUELLER, MULLER, GRAM, HAN]


class Shelf:
    """Bookmarks by key."""

    def __init__(self, *bookmarks: Bookmark) -> None:
        self.kept = {bookmark.paper.key: bookmark for bookmark in bookmarks}

    def bookmark(self, key: str) -> Bookmark | None:
        return self.kept.get(key)

    def bookmarked(self) -> Collection[str]:
        return list(self.kept)


def searcher(papers: Sequence[Paper], *, built: bool = True, shelf: Shelf | None = None) -> Searcher:
    made = Searcher(papers, shelf=shelf)
    if built:
        made.build()
    return made


def keys(result: Result, papers: Sequence[Paper] = ALL) -> list[str]:
    return [papers[row].key for row in result.rows]


FOUND = [
    ("graphix t5", ["li2023graphix"]),
    ("t5 graphix", ["li2023graphix"]),
    ("text to sql", ["li2023graphix"]),
    ("texttosql", ["li2023graphix"]),
    ("text-to-sql", ["li2023graphix"]),
    ("pretrained", ["li2023graphix"]),
    ("tab cot", ["jin2023tab"]),
    ("tabcot", ["jin2023tab"]),
    ("wmt21", ["wmt2021"]),
    ("wmt 2021", ["wmt2021"]),
    ("machine transl", ["wmt2021"]),
    ("questions", ["li2023graphix"]),
    ("converting hui", ["li2023graphix"]),
    ("gram r²", ["gram"]),
    ("gram-r2", ["gram"]),
    ("zewen", ["gram"]),
    ("author:chi", ["gram"]),
    ("muller", ["mueller", "muller"]),
    ("MÜLLER", ["mueller"]),
    ("nuñez", ["mueller"]),
    ("author:núñez", ["mueller"]),
    ("author:nunez", ["mueller", "muller"]),
    ("author:text", []),
    ("title:hui", []),
    ("abstract:graphix", []),
    ("abstract:sql", ["li2023graphix"]),
    ("cat:cl", ["li2023graphix"]),
    ("venue:machine", ["wmt2021"]),
    ("venue:wmt", ["wmt2021"]),
    ("ws 2021", ["wmt2021"]),
    ("has:code", ["li2023graphix"]),
    ("has:abstract", ["li2023graphix", "han"]),
    ("year:2023", ["li2023graphix", "jin2023tab"]),
    ("year:2023 -graphix", ["jin2023tab"]),
    ("year:..2022", ["wmt2021"]),
    ("text -year:2023", ["mueller", "muller"]),
    ("chain OR submission", ["jin2023tab", "wmt2021"]),
    ("(chain OR layers) year:2023", ["jin2023tab", "li2023graphix"]),
    ('"graph aware layers"', ["li2023graphix"]),
    ('"aware graph"', []),
    ('"sql quer', ["li2023graphix"]),
    ('"sql quer"', []),
    ('author:"Binyuan Hui"', ["li2023graphix"]),
    ('author:"binyuan hu"', []),
    ("語言", ["han"]),
    ("模型", ["han"]),
]


@pytest.mark.parametrize("built", [True, False])
@pytest.mark.parametrize(("query", "expected"), FOUND)
def test_found(query: str, expected: list[str], built: bool) -> None:
    assert sorted(keys(searcher(ALL, built=built).search(query))) == sorted(expected)


@pytest.mark.parametrize(
    ("query", "best"),
    [
        ("grafix t5", "li2023graphix"),
        ("grpahix", "li2023graphix"),
        ("tranformers layer", "li2023graphix"),
        ("trasnformer", "li2023graphix"),
        ("generaive", "gram"),
        ("rgaph layers", "li2023graphix"),
        ("mininglmap", "wmt2021"),
        ("müllre", "mueller"),
        ("mining lamp", "wmt2021"),
        ("zeroshot", "jin2023tab"),
        ("chian of thuoght", "jin2023tab"),
        ("tczstcot", "jin2023tab"),
        ("thmisu", "wmt2021"),
        ("former", "li2023graphix"),
        ("author:cheg", "li2023graphix"),
    ],
)
def test_forgiven(query: str, best: str) -> None:
    assert keys(searcher(ALL).search(query))[0] == best


def test_volumes_whose_venues_read_the_same() -> None:
    papers = [
        Paper(title=f"In {year}", venue="Modeling", venue_names=("cmcl",), anthology=f"{year}.cmcl-1.4")
        for year in (2020, 2021)
    ]
    assert sorted(searcher(papers).search("cmcl").rows) == [0, 1]


def test_everything_in_the_order_of_the_library() -> None:
    for built in (True, False):
        made = searcher(ALL, built=built)
        assert list(made.search("").rows) == list(range(len(ALL)))
        assert list(made.search("", within=[4, 1]).rows) == [1, 4]
        assert list(made.search("year:>=2000").rows) == [0, 1, 2]
        assert list(made.search("-text").rows) == [1, 2, 5, 6]


def test_an_empty_library() -> None:
    made = searcher([])
    assert list(made.search("graph").rows) == []
    assert list(made.search("year:2020 -x").rows) == []


@pytest.mark.parametrize("built", [True, False])
def test_bookmarks_are_asked_as_they_are_now(built: bool) -> None:
    shelf = Shelf(Bookmark(paper=TAB, added="", tags=("Reading group", "urgent"), status="reading"))
    made = searcher(ALL, built=built, shelf=shelf)
    for query in ("is:bookmarked", "tag:urg", "tag:read", "status:reading", "urgent", "urgent chain"):
        assert keys(made.search(query)) == ["jin2023tab"], query
    assert keys(made.search("tag:chain")) == []
    assert "jin2023tab" not in keys(made.search("-is:bookmarked"))
    shelf.kept = {"gram": Bookmark(paper=GRAM, added="")}
    assert keys(made.search("is:bookmarked")) == ["gram"]
    assert keys(made.search("tag:urg")) == []


def test_a_person_has_several_spellings() -> None:
    papers = [
        replace(TAB, authors=("Wei Lu",)),
        replace(WMT, authors=("W. Lu",)),
        replace(GRAM, authors=("Wei Luo",)),
    ]
    for built in (True, False):
        made = Searcher(papers, spellings=lambda name: ["W. Lu"] if name == "Wei Lu" else [])
        if built:
            made.build()
        assert sorted(made.search('author:"Wei Lu"').rows) == [0, 1]
        assert sorted(made.search('author:"W. Lu"').rows) == [1]


# The order

FILL = ("one", "two", "three")


def titled(*titles: str) -> list[Paper]:
    return [Paper(key=str(number), title=title) for number, title in enumerate(titles)]


def order(papers: Sequence[Paper], query: str) -> list[int]:
    return list(searcher(papers).search(query).rows)


def test_exact_before_begun_before_misspelt() -> None:
    papers = titled("A graqh of words", "A graphic of words", "A graph of words")
    assert order(papers, "graph") == [2, 1, 0]


def test_title_before_author_before_venue_before_abstract() -> None:
    plain = Paper(key="x", title="Some words here")
    papers = [
        replace(plain, abstract="About parsing."),
        replace(plain, venue="Workshop on Parsing"),
        replace(plain, authors=("Ada Parsing",)),
        replace(plain, title="Some parsing here"),
    ]
    assert order(papers, "parsing") == [3, 2, 1, 0]


def test_shorter_then_newer() -> None:
    old, new = PartialDate(1999), PartialDate(2024)
    papers = [
        Paper(title="Parsing of many kinds of words", date=new),
        Paper(title="Parsing words", date=old),
        Paper(title="Parsing texts", date=new),
    ]
    assert order(papers, "parsing") == [2, 1, 0]


def test_words_together_before_words_apart_and_in_order_before_reversed() -> None:
    papers = titled(
        "Translation of old machine texts",
        "Machine translation of old texts",
        "Old machine for a translation",
    )
    assert order(papers, "machine translation")[0] == 1


@given(st.permutations(["green", "houses", "rivers"]), st.integers(0, 3), st.integers(0, 3))
def test_whole_words_in_another_order_mean_the_much_shorter_title(
    others: list[str], before: int, between: int
) -> None:
    middle, end = others[before : before + between], others[before + between :]
    long = [*others[:before], "parsing", *middle, "sentences", *end]
    assert order(titled(" ".join(long), "Sentences parsing"), "parsing sentences") == [1, 0]


def test_words_only_begun_mean_the_title_in_their_order() -> None:
    papers = titled("Sentences parsing", "Parsing green house sentences")
    assert order(papers, "pars sent") == [1, 0]
    assert order(papers, "parsing sentences") == [0, 1]


def test_a_name_before_a_colon() -> None:
    papers = titled("Using GloVe", "GloVe: Global Vectors for Word Representation")
    assert order(papers, "glove")[0] == 1


def test_a_misspelt_word_is_forgiven_even_if_other_words_begin_like_it() -> None:
    crowd = [Paper(title="Translating texts of many kinds", abstract="Issues of speech")] * 64
    assert order([*crowd, Paper(title="Issues in Speech Translation")], "issues translatin")[0] == len(crowd)


def test_a_word_stands_for_one_word_of_the_query() -> None:
    papers = titled("The tools", "Tools for all the many old and recent toolsets")
    assert order(papers, "tools too") == [1, 0]


def test_the_initials_of_a_title_its_numbers_left_out_or_not() -> None:
    title = "Helping Our Own 2011: A System"
    assert order(titled("Another title", title), "hooas") == [1]
    assert order(titled("Another title", title), "hoo2as") == [1]
    assert order(titled("Another title", title), "hoo2a") == []
    crowd = [f"Hooas{letter} words" for letter in "bcdefghijk"]
    assert order(titled(*crowd, title), "hooas")[-1] == len(crowd)


@given(
    st.lists(st.sampled_from("bdkmpqz"), min_size=4, max_size=6),
    st.lists(st.integers(1, 3), max_size=4),
)
def test_the_initials_of_some_words_of_a_title(letters: list[str], left_out: list[int]) -> None:
    words = [f"{letter}ixo" for letter in letters]
    for place in left_out:
        words.insert(place, "using")
    papers = titled("Another title", " ".join(words), " ".join([*words, "using"]))
    assert order(papers, "".join(letters)) == ([1, 2] if len(left_out) < 4 else [1])
    assert order(papers, "".join(letters) + "w") == []


def test_beginnings_in_one_word_mean_the_title_with_the_fewest_words_to_take_them_from() -> None:
    papers = titled(
        "Parsing many long sentences with some large old grammars", "Parsing sentences: a grammar"
    )
    assert order(papers, "pasegr") == [1, 0]


def test_beginnings_in_one_word_come_after_one_wrong_letter_and_before_two() -> None:
    papers = titled("A grammar of apses", "Grasp of words", "Parallel corpus filtering by string matching")
    assert order(papers, "graps") == [1, 0]
    assert order([*papers, Paper(title="Open words", authors=("Marten Postma",))], "pacostma") == [2, 3]


def test_british_spelling_is_a_lesser_slip_than_words_in_a_longer_title() -> None:
    papers = titled(
        "Enhancing unsupervised sentence similarity methods with deep contextualised word representations",
        "Deep contextualized word representations",
    )
    assert order(papers, "deep contextualised word representations") == [1, 0]
    assert order(titled("Modal behavior", "Modal behaviours"), "behaviour")[0] == 1


def test_words_written_as_one_end_where_a_word_ends() -> None:
    papers = titled("Multi-document summaries", "On the dialogues that came from multi-documents in stores")
    assert order(papers, "multidocuments") == [1, 0]


# Against the slow and obvious

WORDS = [
    "graph",
    "graphs",
    "grape",
    "text",
    "texts",
    "to",
    "sql",
    "texttosql",
    "müller",
    "muller",
    "pre",
    "training",
]
TITLES = st.lists(
    st.sampled_from([*WORDS, "text-to-sql", "pre-training", "Graph,", "(SQL)"]), min_size=1, max_size=5
)
NAMES = st.lists(st.sampled_from(["Ada Muller", "Jörg Müller", "Li Graph", "Text"]), max_size=2, unique=True)
PAPERS = st.lists(
    st.builds(
        lambda title, names, abstract, year: Paper(
            title=" ".join(title), authors=tuple(names), abstract=" ".join(abstract), date=PartialDate(year)
        ),
        TITLES, NAMES, st.lists(st.sampled_from(WORDS), max_size=4), st.sampled_from([None, 1999, 2023]),
    ),
    min_size=1, max_size=12,
)  # fmt: skip
TYPED = st.lists(
    st.sampled_from([*WORDS, "gr", "te", "txet", "garph", "pretraining", "text-to", "199", "2023", "tts"]),
    min_size=1, max_size=3,
)  # fmt: skip


def bare(text: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(c))


def words(text: str) -> Iterator[str]:
    for chunk in re.split(r"[\s,()]+", bare(text)):
        found = re.findall("[a-z0-9]+", chunk)
        yield from found
        yield "".join(found)


def line_words(paper: Paper) -> list[str]:
    return [
        word for text in (paper.title, *paper.authors, str(paper.date.year or "")) for word in words(text)
    ]


def plainly(paper: Paper, typed: str) -> bool:
    """`typed` is, or begins, a word; with its accents if it has any; hyphens do not matter."""
    if typed != bare(typed):
        return any(typed in word.casefold() for word in (paper.title, *paper.authors, paper.abstract))
    known = [*line_words(paper), *words(paper.abstract)]
    together = typed.replace("-", "")
    *before, last = typed.split("-")
    apart = all(part in known for part in before) and any(word.startswith(last) for word in known)
    return apart or any(word.startswith(together) for word in known)


def forgivably(paper: Paper, typed: str) -> bool:
    """Or nearly so: a few letters wrong, inside a word, blanks missing, initials."""
    typed = bare(typed).replace("-", "")
    known = [word for word in line_words(paper) if word]
    budget = 0 if len(typed) < 3 or typed.isdigit() else 1 if len(typed) <= 5 else 2
    near = any(
        OSA.distance(typed, word[:cut]) <= budget
        for word in known
        for cut in {len(word), *range(max(1, len(typed) - 1), len(typed) + 2)}
    )
    title = [word for word in words(paper.title) if word]
    glued = typed in "".join(re.findall("[a-z0-9]+", bare(paper.title)))
    return near or glued or any(typed in word for word in known) or initials(title, typed)


def initials(title: list[str], typed: str) -> bool:
    """Every letter begins, or goes on with, a word of the title, in order."""
    return re.search(".*".join(typed), " ".join(title)) is not None


@settings(max_examples=150, deadline=None)
@given(PAPERS, TYPED)
def test_every_hit_contains_what_was_asked_and_nothing_that_does_is_missing(
    papers: list[Paper], typed: list[str]
) -> None:
    query = " ".join(typed)
    rows = list(searcher(papers).search(query).rows)
    assert len(rows) == len(set(rows))
    must = [row for row, paper in enumerate(papers) if all(plainly(paper, word) for word in typed)]
    assert set(must) <= set(rows)
    assert sorted(searcher(papers, built=False).search(query).rows) == must
    for row in set(rows) - set(must):
        paper = papers[row]
        joined = ["".join(typed), *(one + other for one, other in pairwise(typed))]
        whole = any(plainly(paper, pair) or forgivably(paper, pair) for pair in joined)
        assert whole or all(plainly(paper, word) or forgivably(paper, word) for word in typed)


@settings(max_examples=60, deadline=None)
@given(PAPERS, st.lists(TYPED, min_size=1, max_size=3))
def test_an_answer_does_not_depend_on_what_was_typed_before(
    papers: list[Paper], queries: list[list[str]]
) -> None:
    used = searcher(papers)
    for typed in queries:
        query = " ".join(typed)
        for end in (*range(1, len(query) + 1), *range(len(query), 0, -1)):
            used.search(query[:end])
        assert list(used.search(query).rows) == list(searcher(papers).search(query).rows)


@settings(max_examples=60, deadline=None)
@given(PAPERS, TYPED, st.sets(st.integers(0, 11)))
def test_within_some_rows_only_those_are_found(papers: list[Paper], typed: list[str], some: set[int]) -> None:
    some = {row for row in some if row < len(papers)}
    made = searcher(papers)
    query = " ".join(typed)
    rows = set(made.search(query, within=some).rows)
    assert rows <= some
    must = {row for row in some if all(plainly(papers[row], word) for word in typed)}
    assert must <= rows
    assert rows == set(made.search(query, within=frozenset(some)).rows)


@settings(max_examples=60, deadline=None)
@given(PAPERS, TYPED, st.integers(-15, 15), st.integers(-15, 15))
def test_rows_are_a_sequence_however_they_are_read(
    papers: list[Paper], typed: list[str], start: int, stop: int
) -> None:
    made = searcher(papers)
    rows = list(made.search(" ".join(typed)).rows)
    assert list(made.search(" ".join(typed)).rows[start:stop]) == rows[start:stop]
    again = made.search(" ".join(typed)).rows
    assert len(again) == len(rows)
    assert [again[place] for place in range(len(rows))] == rows
    if rows:
        assert again[-1] == rows[-1]
    with pytest.raises(IndexError):
        again[len(rows)]


def test_a_large_result_is_complete() -> None:
    papers = [
        Paper(title=f"Parsing {'very ' * (number % 7)}well", date=PartialDate(1990 + number % 30))
        for number in range(3000)
    ]
    made = searcher(papers)
    rows = list(made.search("parsing w").rows)
    assert sorted(rows) == list(range(3000))
    lengths = [len(papers[row].title) for row in rows]
    assert lengths == sorted(lengths)
    assert sorted(made.search("p").rows) == list(range(3000))
    assert sorted(made.search("year:1990").rows) == list(range(0, 3000, 30))


# Highlights


@pytest.mark.parametrize(
    ("query", "text", "field", "lit"),
    [
        ("graph", "Graph-Aware Layers", "title", ["Graph"]),
        ("gra", "Graph-Aware Layers", "title", ["Gra"]),
        ("aware layers", "Graph-Aware Layers", "title", ["Aware", "Layers"]),
        ("texttosql", "Text-to-SQL Parsing", "title", ["Text-to-SQL"]),
        ("text-to-sql", "Text-to-SQL Parsing", "title", ["Text-to-SQL"]),
        ("muller", "Jörg Müller", "author", ["Müller"]),
        ("müller", "Jorg Muller", "author", []),
        ("grafix", "Graphix-T5: Mixing", "title", ["Graphix"]),
        ("former", "Pre-Trained Transformers", "title", ["former"]),
        ("tranformers", "Pre-Trained Transformers", "title", ["Transformers"]),
        ('"trained transformers"', "Pre-Trained Transformers trained", "title", ["Trained Transformers"]),
        ("author:hui", "Hui", "title", []),
        ("author:hui", "Binyuan Hui", "author", ["Hui"]),
        ("-hui graph", "Hui graph", "title", ["graph"]),
        ("2023", "2023", "year", ["2023"]),
        ("questions", "into questions and", "abstract", ["questions"]),
    ],
)  # fmt: skip
def test_highlights(query: str, text: str, field: str, lit: list[str]) -> None:
    result = searcher(ALL).search(query)
    assert [text[start:end] for start, end in result.spans(text, field)] == lit


@settings(max_examples=100, deadline=None)
@given(TYPED, st.text(alphabet="graphtexsqlü -,.ſﬁΣİ", max_size=40))
def test_highlights_are_in_order_apart_and_inside_the_text(typed: list[str], text: str) -> None:
    spans = searcher(ALL).search(" ".join(typed)).spans(text, "title")
    places = [place for span in spans for place in span]
    assert places == sorted(set(places))
    assert all(0 <= place <= len(text) for place in places)


# Facets and suggestions


def test_facets_count_the_result() -> None:
    result = searcher(ALL).search("year:2023 OR muller")
    assert result.facets("year") == Counter({2023: 2})
    assert result.facets("category") == Counter({"CL": 1})
    assert result.facets("author")["Jörg Müller"] == 1
    assert searcher(ALL).search("gram").facets("author") == Counter({"Zewen Chi": 1})


def test_a_suggestion_when_nothing_is_found() -> None:
    result = searcher(ALL).search("binnyuanhuu")
    assert list(result.rows) == []
    assert result.suggestion == "binyuan"
    assert list(searcher(ALL).search(result.suggestion).rows) == [0]
    assert searcher(ALL).search("graphix").suggestion is None
