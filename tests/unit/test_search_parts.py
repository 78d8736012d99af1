"""The parts of the search: sets of papers, costs, words, the vocabulary."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from paperbrowse.model import Paper
from paperbrowse.search.bits import Universe
from paperbrowse.search.index import Vocabulary
from paperbrowse.search.sources import short_venue, venue_of
from paperbrowse.search.tiers import Costed
from paperbrowse.search.typos import Speller, budget
from paperbrowse.search.words import ACCENT, accents_fit, index_words, spaced, tokens

SIZE = 300
UNIVERSE = Universe(SIZE)
NUMBERS = st.sets(st.integers(0, SIZE - 1))
COSTS = st.dictionaries(st.integers(0, SIZE - 1), st.integers(0, 15), max_size=60)
WORDS = st.lists(st.text(alphabet="abcdeé", min_size=1, max_size=8), unique=True, max_size=40)


def costed(costs: dict[int, int]) -> Costed:
    levels = sorted(set(costs.values()))
    return Costed.of(
        (level, UNIVERSE.of([n for n, cost in costs.items() if cost == level])) for level in levels
    )


def tiers(found: Costed) -> list[list[int]]:
    return [list(UNIVERSE.iter(tier)) for tier in found.tiers()]


def expected(costs: dict[int, int]) -> list[list[int]]:
    return [sorted(n for n, cost in costs.items() if cost == level) for level in sorted(set(costs.values()))]


@given(NUMBERS)
def test_a_set_gives_back_its_numbers_in_order(numbers: set[int]) -> None:
    bits = UNIVERSE.of(list(numbers))
    assert list(UNIVERSE.iter(bits)) == sorted(numbers)
    assert bits.bit_count() == len(numbers)
    assert list(UNIVERSE.iter(UNIVERSE.without(UNIVERSE.all, bits))) == sorted(set(range(SIZE)) - numbers)


@given(COSTS, COSTS)
def test_costs_are_added_where_both_are_asked(one: dict[int, int], other: dict[int, int]) -> None:
    both = {number: one[number] + other[number] for number in one.keys() & other.keys()}
    assert tiers(costed(one).both(costed(other))) == expected(both)


@given(COSTS, COSTS)
def test_the_lower_cost_counts_where_either_is_asked(one: dict[int, int], other: dict[int, int]) -> None:
    lower = {n: min(costs[n] for costs in (one, other) if n in costs) for n in one.keys() | other.keys()}
    assert tiers(costed(one).either(costed(other))) == expected(lower)


@given(COSTS, NUMBERS)
def test_only_some_papers_keep_their_costs(costs: dict[int, int], kept: set[int]) -> None:
    some = {number: cost for number, cost in costs.items() if number in kept}
    assert tiers(costed(costs).only(UNIVERSE.of(list(kept)))) == expected(some)


def vocabulary(words: list[str]) -> Vocabulary:
    made = Vocabulary()
    encoded = [word.encode() for word in words]
    for _ in made.fill([encoded[:3], encoded[3:]]):
        pass
    return made


@given(WORDS, st.text(alphabet="abcdeé", min_size=1, max_size=3))
def test_a_vocabulary_finds_words_beginnings_and_pieces(words: list[str], piece: str) -> None:
    words = sorted(words)
    made = vocabulary(words)
    assert made.slice(0, len(made)) == words
    assert [made.find(word) for word in words] == list(range(len(words)))
    assert made.slice(*made.range(piece)) == [word for word in words if word.startswith(piece)]
    assert [words[n] for n in made.containing(piece.encode(), 99)] == [
        word for word in words if piece in word
    ]
    ending = [word for word in words if word.endswith(piece)]
    assert [words[n] for n in made.containing(f"{piece}\n".encode(), 99)] == ending
    assert made.find(piece) == (words.index(piece) if piece in words else None)


@given(WORDS, st.text(alphabet="abcde", min_size=3, max_size=8))
def test_near_words_are_as_near_as_they_are_said_to_be(words: list[str], typed: str) -> None:
    allowed = budget(typed)
    found = Speller(vocabulary(sorted(words))).near(typed, allowed)
    assert all(OSA.distance(typed, word) == distance <= allowed for word, distance in found.items())
    same_start = [word for word in words if word[0] == typed[0] and OSA.distance(typed, word) <= allowed]
    assert set(same_start) <= set(found)
    swapped = [word for word in words if word == typed[1] + typed[0] + typed[2:]]
    assert len(typed) < 5 or set(swapped) <= set(found)


@given(st.text(alphabet="abC 1-,.’“(é語ﬁß_\u0301", max_size=30))
def test_the_index_has_the_words_that_are_highlighted(text: str) -> None:
    shown = {token.word for token in tokens(text)}
    assert {word for word in index_words(text) if ACCENT not in word} == shown
    assert spaced(text).split() == [token.word for token in tokens(text) if not token.whole]
    assert all(0 <= token.start < token.end <= len(text) for token in tokens(text))


def test_words_of_a_text() -> None:
    plain = {"text", "to", "sql", "texttosql", "it", "s", "its", "muller", "multi", "lingual"}
    assert index_words("Text-to-SQL: It’s “Müller”, (multi)lingual") == {*plain, f"muller{ACCENT}müller"}


def test_a_typed_accent_must_be_there_and_a_plain_letter_may_carry_any() -> None:
    assert accents_fit("nuñ", "núñez")
    assert accents_fit("strø", "strømsø")
    assert not accents_fit("nuñez", "nunez")
    assert not accents_fit("ñúnez", "núñez")
    assert accents_fit("aeé", "æé")


def test_short_names_of_venues() -> None:
    assert short_venue("2023.findings-acl.651") == "findings acl"
    assert short_venue("P19-1001") == "acl"
    assert short_venue("Press") == ""
    assert short_venue("") == ""


def test_given_names_of_a_venue_are_better_than_the_letter_of_an_old_id() -> None:
    paper = Paper(title="T", venue="Proceedings", anthology="W02-2025")
    assert venue_of(paper) == "Proceedings ws"
    assert venue_of(replace(paper, venue_names=("conll",))) == "Proceedings conll"
    assert venue_of(replace(paper, venue_names=("acl",), anthology="2023.acl-demo.1")).endswith(
        "acl acl demo"
    )
