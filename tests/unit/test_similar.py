"""Papers like a paper."""

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from paperbrowse.holdings import ReadHoldings
from paperbrowse.library import Library
from paperbrowse.model import Paper
from paperbrowse.similar import MOST, by_its_authors, shared, similar


def library(*papers: Paper, indexed: bool = True) -> Library:
    keyed = [replace(paper, key=f"key{number}") for number, paper in enumerate(papers)]
    found = Library(ReadHoldings(keyed))
    if indexed:
        found.searcher.build()
    return found


def paper(title: str, *authors: str, abstract: str = "") -> Paper:
    return Paper(title=title, authors=authors, abstract=abstract)


OTHERS = [paper(f"Parsing number {word}", f"Somebody {word}") for word in ("ox", "cow", "hen", "cat", "dog")]


def titles(found: Library, row: int = 0) -> list[str]:
    return [found.papers[other].title for other in similar(found, row)]


def test_a_rare_word_counts_more_than_a_common_one() -> None:
    found = library(paper("Parsing pomdp"), *OTHERS, paper("Talking pomdp"), paper("Parsing trees"))
    assert titles(found)[0] == "Talking pomdp"


def test_a_rare_author_counts_more_than_one_with_many_papers() -> None:
    many = [paper(f"On {word}", "Wei Wang") for word in ("oxen", "cows", "hens", "cats", "dogs")]
    found = library(paper("Trees", "Wei Wang", "Ann Lee"), *many, paper("Birds", "Ann Lee"))
    assert titles(found)[0] == "Birds"


def test_authors_and_words_together_beat_either() -> None:
    found = library(
        paper("Dialogue pomdp", "Ann Lee", "Bob Ray"),
        *OTHERS,
        paper("Dialogue pomdp again", "Cy Po"),
        paper("Lexicons", "Ann Lee"),
        paper("More dialogue pomdp", "Ann Lee"),
    )
    assert titles(found)[0] == "More dialogue pomdp"
    assert set(titles(found)[:3]) == {"More dialogue pomdp", "Dialogue pomdp again", "Lexicons"}


def test_words_of_the_abstract_are_looked_for() -> None:
    found = library(
        paper("Alpha", abstract="The lemmatization of cuneiform."),
        *OTHERS,
        paper("Beta", abstract="We turn to cuneiform and its lemmatization."),
    )
    assert titles(found) == ["Beta"]


def test_everyday_words_make_nothing_alike() -> None:
    found = library(
        paper("Alpha", abstract="We propose a novel method and show that it is effective."),
        *OTHERS,
        paper("Beta", abstract="We propose a novel method and show that it is effective."),
    )
    assert titles(found) == []


def test_without_an_index_authors_are_enough() -> None:
    found = library(paper("Alpha", "Ann Lee"), *OTHERS, paper("Beta", "Ann Lee"), indexed=False)
    assert titles(found) == ["Beta"]
    found.searcher.build()
    assert titles(found) == ["Beta"]


def of_common_words(*papers: Paper) -> Library:
    """A library where "neural", "machine" and "translation" stand in more than a thousand titles each."""
    words = ("neural", "machine", "translation")
    return library(*papers, *(paper(f"{words[n % 3]} item{n}", f"Somebody {n}") for n in range(3300)))


def test_papers_of_common_words_alone_are_like_those_that_share_several() -> None:
    called = ["Neural translation", "Machine translation of novels", "Neural nets for machine translation"]
    found = of_common_words(paper("Neural Machine Translation", "Ann Lee"), *map(paper, called))
    assert set(titles(found)[:3]) == set(called)


def test_abstracts_of_common_words_are_looked_for_by_several_of_them() -> None:
    common = [paper(f"Item {n}", abstract=("corpus", "grammar")[n % 2]) for n in range(2200)]
    found = library(
        paper("Alpha", abstract="A corpus for a grammar."),
        *common,
        paper("Beta", abstract="The grammar of a corpus, and much besides: oxen, cows, hens, cats and dogs."),
    )
    assert titles(found) == ["Beta"]


def test_a_word_of_the_title_counts_more_than_one_of_the_abstract() -> None:
    found = library(
        paper("Pomdp", abstract="Lemmatization matters."),
        *OTHERS,
        paper("Something", abstract="Lemmatization alone."),
        paper("Pomdp", abstract="Whatever else."),
    )
    assert titles(found)[0] == "Pomdp"


def test_what_two_papers_share_is_told_the_telling_words_first() -> None:
    found = library(
        paper("The pomdp in dialogue", "Ann Lee", "Bob Ray", abstract="Nothing but noise."),
        paper("A pomdp for talk", "Bob Ray", "Cy Po", abstract="In dialogue there is noise."),
        *OTHERS,
    )
    both = shared(found, 0, 1)
    assert both.authors == ("Bob Ray",)
    assert both.words == ("pomdp", "dialogue", "noise")


def test_other_papers_of_the_authors_are_counted_once() -> None:
    found = library(
        paper("One", "Ann Lee", "Bob Ray"), paper("Two", "Bob Ray", "Ann Lee"), paper("Three", "Bob Ray")
    )
    assert by_its_authors(found, found.papers[0]) == (2, ["Bob Ray", "Ann Lee"])
    assert by_its_authors(library(paper("One", "Ann Lee")), paper("One", "Ann Lee")) == (0, [])


WORDS = st.lists(st.sampled_from(["tree", "parse", "map", "the", "of", "über", "深い", "$x$"]), max_size=6)
PAPERS = st.builds(
    lambda title, abstract, authors: paper(" ".join(title), *authors, abstract=" ".join(abstract)),
    WORDS,
    WORDS,
    st.lists(st.sampled_from(["Ann Lee", "Bob Ray", "Cy Po", ""]), max_size=3),
)


@settings(max_examples=50, deadline=None)
@given(st.lists(PAPERS, min_size=1, max_size=40), st.booleans())
def test_whatever_the_papers_are(papers: list[Paper], indexed: bool) -> None:
    found = library(*papers, indexed=indexed)
    for row in range(len(papers)):
        alike = similar(found, row)
        assert len(set(alike)) == len(alike) <= MOST
        assert row not in alike
        assert all(0 <= other < len(papers) for other in alike)
        for other in alike[:3]:
            both = shared(found, row, other)
            assert both.authors or both.words or not found.papers[row].title
