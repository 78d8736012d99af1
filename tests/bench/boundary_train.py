"""Make `boundary_model.txt`: word lists, letter statistics and weights, from a folder of Anthology XML.

    python -m tests.bench.boundary_train FOLDER [-o FILE] [--held-out FILE]

Names from all over the world come from Faker (`pip install Faker`), which nothing else needs. The shapes of
other fields (collaborations, chemical formulas, units) are put into some of the papers (`boundary_foreign`).

People are parted by name: from the papers of one part come the lists with which the weights are learned on
the papers of the second; the third is for `boundary.py` to evaluate on. `--held-out` writes the model that
has seen nothing of the third part; the model that is shipped has the same weights and lists of everybody.
"""

import argparse
import math
import random
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from tests.bench.anthology import Entry, read_folder
from tests.bench.boundary_foreign import ENDINGS, GROUPS, foreign_pages
from tests.bench.boundary_names import names_of_the_world
from tests.bench.boundary_pages import Item, group_of, is_clean, mixed_pages, owner_pages

from paperbrowse.readers.boundary import Line, learn_sure_names, open_line, page_context
from paperbrowse.readers.boundary_features import Context, Glued
from paperbrowse.readers.boundary_model import ALPHABET, Model, pack_odds, write_model
from paperbrowse.text.fold import fold

LISTS = range(45)
WEIGHTS = range(45, 70)
HELD_OUT = range(70, 100)

# Words kept in each list, the commonest; together they keep the file small.
SIZES = {"given": 3500, "family": 3000, "ends": 1800, "inside": 1500}
_FROM_THE_WORLD = 1500
"""Names of each kind that come from elsewhere than the Anthology."""
_ENDING = 2
"""How common a word of `words/endings.txt` is taken to be."""
_ROUNDS = 6
_RATE = 0.25
_LINES = 90_000
_MEMORIES = 5
"""Word lists of different gaps that the weights are learned with, so that they suit unknown words too."""

# What is known before anything is counted, of evidence that is too rare to be learned.
PRIORS = {
    "abstract:absent:2": -1.0,
    "abstract:absent:3": -1.5,
    "abstract:absent:4": -2.0,
    "abstract:exact:2": 0.5,
    "abstract:exact:3": 2.0,
    "abstract:exact:4": 2.0,
    "abstract:folded:3": 0.5,
    "abstract:folded:4": 1.0,
    "abstract:phrase:2": 1.5,
    "abstract:phrase:3": 3.0,
    "abstract:phrase:4": 3.0,
    "abstract:stem:4": 0.5,
    "end-char:bad": -4.0,
    "end-shape:empty": -4.0,
    "end-shape:initial": -5.0,
    "end-shape:initials": -2.0,
    "end-shape:letter": -2.0,
    "end-shape:name-prefix": -5.0,
    "end-shape:odd": -1.0,
    "end-shape:roman": 1.0,
    "first-shape:capitals-first": -2.0,
    "first-shape:dotted-glued": -4.0,
    "first-shape:inner-capital": -2.0,
    "first-shape:junk": -6.0,
    "first-shape:lower": -4.0,
    "first-shape:odd": -3.0,
    "first-shape:particle": -3.0,
    "first-shape:small": -2.0,
    "first-shape:particle-joined": -1.0,
    "group": 2.0,
    "group-first:capitals-1": -4.0,
    "group-cut": -4.0,
    "group-first:junk": -6.0,
    "group-known": 2.0,
    "other-group": 1.0,
    "other-group-known": 3.0,
    "group-the": 3.0,
    "last-shape:inner-capital": -2.0,
    "last-shape:junk": -6.0,
    "last-shape:lower": -3.0,
    "middle-shape:capitals-first": -2.0,
    "middle-shape:inner-capital": -3.0,
    "middle-shape:junk": -6.0,
    "middle-shape:lower": -3.0,
    "name-short": -3.0,
    "page-given:1": 0.5,
    "page-given:2": 0.5,
    "page-name:1": 3.5,
    "page-name:2": 4.5,
    "page-name:3": 5.0,
    "science:formula": 1.0,
    "science:isotope": 1.0,
    "science:part": -2.0,
    "science:script": -6.0,
    "small-behind-unknown": -3.0,
    "token-in-abstract": 3.0,
    "unbalanced": -2.0,
    "unglued-in-abstract": -4.0,
    "unglued-on-page": -2.0,
}

Instance = tuple[int, list[list[tuple[int, float]]]]


def level_of(count: float) -> int:
    return max(1, round(math.log2(count)) + 1)


def most_common(counts: Counter[str], size: int, share: float) -> dict[str, int]:
    """The commonest words with their levels; `share` scales counts to those of the lists' part of people."""
    words = [(word, count) for word, count in counts.most_common(size) if count * share >= 1.5]
    return {word: level_of(count * share) for word, count in words}


def lists_of(entries: Iterable[Entry], wanted: Callable[[str], bool], share: float) -> Model:
    """A model without weights from the people that are wanted, and from the papers that they wrote first."""
    people: set[str] = set()
    given: Counter[str] = Counter()
    family: Counter[str] = Counter()
    ends: Counter[str] = Counter()
    inside: Counter[str] = Counter()
    for entry in entries:
        people.update(filter(wanted, entry.authors))
        if wanted(entry.authors[0]):
            words = [folded for word in entry.title.split() if (folded := fold(word).strip("\"'?!.,:;()[]"))]
            ends.update(words[-1:])
            inside.update(words[:-1])
    for name in sorted(people):
        first, *_, last = fold(name).split() * 2
        given.update({first, *(part for part in first.split("-") if part)})
        family.update({last, *(part for part in last.split("-") if part)})
    all_given, all_family = names_of_the_world()
    titles = ends + inside
    return Model(
        given=with_world(most_common(given, SIZES["given"], share), all_given, titles),
        family=with_world(most_common(family, SIZES["family"], share), all_family, titles),
        ends=dict.fromkeys(map(fold, ENDINGS), _ENDING) | most_common(ends, SIZES["ends"], share),
        inside=most_common(inside, SIZES["inside"], share),
        letters=letter_odds(given + family + all_given + all_family, titles),
        weights={},
        groups=dict.fromkeys(map(fold, GROUPS), 1),
    )


def with_world(levels: dict[str, int], world: Counter[str], words: Counter[str]) -> dict[str, int]:
    """`levels` and the commonest names of the world that are neither there nor words of titles."""
    more = [word for word, _ in world.most_common() if word not in levels and words[word] < 2]
    return dict.fromkeys(more[:_FROM_THE_WORLD], 1) | levels


def forgetful(model: Model, rng: random.Random) -> Model:
    """`model` without some words, as another field would find it."""

    def some(levels: Mapping[str, int], share: float) -> dict[str, int]:
        return {word: level for word, level in levels.items() if rng.random() < share}

    return replace(
        model,
        given=some(model.given, 0.85),
        family=some(model.family, 0.85),
        ends=some(model.ends, 0.6),
        inside=some(model.inside, 0.8),
        groups=some(model.groups, 0.5),
    )


def letter_odds(names: Mapping[str, int], words: Mapping[str, int]) -> str:
    """For every three letters the log-odds that the third follows in a name rather than in a title."""
    tables = []
    for counts in (names, words):
        table = [0.3] * len(ALPHABET) ** 3
        for word, count in counts.items():
            places = [0, 0, *(ALPHABET.find(letter) for letter in word), 0]
            places = [place for place in places if place >= 0]
            for one, two, three in zip(places, places[1:], places[2:], strict=False):
                table[(one * 27 + two) * 27 + three] += math.sqrt(count)
        tables.append(
            [value / sum(table[at // 27 * 27 : at // 27 * 27 + 27]) for at, value in enumerate(table)]
        )
    return "".join(pack_odds(math.log(name / word)) for name, word in zip(*tables, strict=True))


def instances(
    pages: Iterable[Sequence[Item]], model: Model, ids: dict[str, int], counted: Callable[[Item], bool]
) -> tuple[list[Instance], int]:
    """The lines that have a choice, with the number of the right one; and how many had none right."""
    found: list[Instance] = []
    lost = 0
    for page in pages:
        lines = [open_line(Glued(item.glued, item.et_al, item.abstract), model) for item in page]
        context = page_context(lines, (), ())
        for again in (False, True):
            if again:
                if not model.weights:
                    break
                for line in lines:
                    line.weigh(context, model)
                learn_sure_names(lines, context)
            for item, line in zip(page, lines, strict=True):
                if not counted(item):
                    continue
                right = right_place(item, line)
                if right < 0:
                    lost += not again
                elif len(line.places) > 1:
                    found.append((right, vectors(line, context, model, ids)))
    return found, lost


def right_place(item: Item, line: Line) -> int:
    wanted = len(item.entry.title), item.names
    for index, place in enumerate(line.places):
        if (place.at, place.names) == wanted:
            return index
    return -1


def vectors(line: Line, context: Context, model: Model, ids: dict[str, int]) -> list[list[tuple[int, float]]]:
    if line.learned:
        context.learn(line.learned, -1)
    result = [
        [
            (ids.setdefault(name, len(ids)), value)
            for name, value in line.evidence(index, context, model)
            if value
        ]
        for index in range(len(line.places))
    ]
    if line.learned:
        context.learn(line.learned)
    return result


def learn(data: list[Instance], start: Sequence[float], rng: random.Random) -> list[float]:
    """Weights that make the right places probable: conditional log-likelihood, AdaGrad."""
    weights = list(start)
    squares = [0.05] * len(weights)
    for number in range(_ROUNDS):
        rng.shuffle(data)
        wrong = 0
        for right, places in data:
            scores = [sum(weights[index] * value for index, value in place) for place in places]
            top = max(scores)
            wrong += scores.index(top) != right
            shares = [math.exp(score - top) for score in scores]
            total = sum(shares)
            gradient: dict[int, float] = {}
            for at, (place, share) in enumerate(zip(places, shares, strict=True)):
                slope = (at == right) - share / total
                if abs(slope) > 1e-4:
                    for index, value in place:
                        gradient[index] = gradient.get(index, 0.0) + slope * value
            for index, slope in gradient.items():
                squares[index] += slope * slope
                weights[index] += _RATE * slope / math.sqrt(squares[index])
        print(f"round {number + 1}: {wrong} of {len(data)} wrong", file=sys.stderr)
    return weights


def weigh(entries: Sequence[Entry], lists: Model) -> Model:
    """`lists` with weights learned on the papers of the second part of people."""
    rng = random.Random(1)
    own = [entry for entry in entries if group_of(entry.authors[0]) in WEIGHTS]
    counted = {entry.id for entry in own}
    pages = mixed_pages(own, rng) + owner_pages(entries, lambda name: group_of(name) in WEIGHTS)
    pages += foreign_pages(mixed_pages(own, rng), rng)
    pages = [[replace(item, with_abstract=rng.random() < 0.85) for item in page] for page in pages]
    rng.shuffle(pages)
    kept: list[list[Item]] = []
    count = 0
    for page in pages:
        count += len(page)
        kept.append(page)
        if count > _LINES:
            break
    weights: dict[str, float] = {}
    for _ in range(2):
        ids: dict[str, int] = {name: number for number, name in enumerate(PRIORS)}
        data: list[Instance] = []
        for start in range(_MEMORIES):
            model = replace(forgetful(lists, rng) if start else lists, weights=weights)
            found, lost = instances(kept[start::_MEMORIES], model, ids, lambda item: item.entry.id in counted)
            data += found
            print(f"{len(data)} lines to learn from, {lost} without the right candidate", file=sys.stderr)
        learned = learn(data, [PRIORS.get(name, 0.0) for name in ids], rng)
        weights = {name: learned[index] for name, index in ids.items() if abs(learned[index]) >= 0.05}
    return replace(lists, weights=weights)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("-o", "--output", type=Path)
    parser.add_argument("--held-out", type=Path)
    options = parser.parse_args()
    entries = [entry for entry in read_folder(options.folder) if is_clean(entry)]
    model = weigh(entries, lists_of(entries, lambda name: group_of(name) in LISTS, 1.0))
    if options.held_out:
        with options.held_out.open("w", encoding="utf-8") as stream:
            write_model(model, stream)
    if options.output:
        everybody = lists_of(entries, lambda _: True, len(LISTS) / 100)
        with options.output.open("w", encoding="utf-8") as stream:
            write_model(replace(everybody, weights=model.weights), stream)


if __name__ == "__main__":
    main()
