"""When two names may be two spellings of one: by their letters alone, whoever bears them."""

from array import array
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Literal

from paperbrowse.text.fold import fold, letters
from paperbrowse.text.names import split_name

Kind = Literal["written", "order", "middle", "initials"]
"""How two names differ: in case, accents, hyphens and blanks; in which part stands first; in a middle name;
in a given name that one of them shortens to its first letter."""
Pair = tuple[int, int]

_SPELT_OUT = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe", "å": "aa"})
"""How people write a letter that they do not have, besides leaving its marks away."""
_APART = str.maketrans("-.‐‑–·", "      ")
_MOST_ALIKE = 60
"""Names of one family and one initial up to which a single letter may stand for one of them."""
_AT_ONCE = 50
"""Names that are dealt with between two pauses."""


class Form:
    """A name in the parts that are compared, folded."""

    __slots__ = ("family", "given", "joined", "spelt_out", "suffix")

    def __init__(self, name: str) -> None:
        found = split_name(name)
        self.family = letters(found.particle + found.family)
        self.given = tuple(
            part for word in fold(found.given).translate(_APART).split() if (part := letters(word))
        )
        self.joined = "".join(self.given)
        """The letters of the given names."""
        self.suffix = letters(found.suffix)
        lowered = name.lower()
        written = lowered.translate(_SPELT_OUT)
        self.spelt_out = letters(written) if written != lowered else ""
        """All letters of the name with "ue" for "ü", where it has such a letter."""

    @property
    def whole(self) -> str:
        """All letters of the name."""
        return self.joined + self.family

    @property
    def only_initials(self) -> bool:
        """Whether no given name is written out."""
        return all(len(part) == 1 for part in self.given)


def differing(one: Form, other: Form) -> Kind | None:
    """How two names differ that may be spellings of one; None where they are just two names."""
    if one.suffix and other.suffix and one.suffix != other.suffix:
        return None
    if not one.given or not other.given:
        return None
    starts_alike = one.given[0][0] == other.given[0][0]
    if one.whole == other.whole and (one.family == other.family or one.given[0] == other.given[0]):
        return "written"
    if starts_alike and _spelt_out_alike(one, other):
        return "written"
    if one.family == other.joined and other.family == one.joined:
        return "order"
    return _by_given(one.given, other.given) if one.family == other.family else None


def _spelt_out_alike(one: Form, other: Form) -> bool:
    """Whether two names are the same when "ue" is written for the "ü" of one or of both."""
    return any(
        form.spelt_out and form.spelt_out in (fellow.whole, fellow.spelt_out)
        for form, fellow in ((one, other), (other, one))
    )


def _by_given(one: Sequence[str], other: Sequence[str]) -> Kind | None:
    for a, b in zip(one, other, strict=False):
        if a != b and not (1 in (len(a), len(b)) and a[0] == b[0]):
            return None
    return "middle" if one[0] == other[0] and len(one[0]) > 1 else "initials"


class Names:
    """All names of a library, in keys that spellings of one name share: numbers, for there may be many."""

    def __init__(self, names: Iterable[str], pause: Callable[[], None]) -> None:
        self.families = array("q")
        self._letters = array("q")
        self._parts = array("q")
        self._firsts = array("q")
        self._initials = array("q")
        self._short = bytearray()
        self._spelt_out: dict[int, int] = {}
        for place, name in enumerate(names):
            if place % _AT_ONCE == 0:
                pause()
            self._add(place, Form(name))
        self._pause = pause

    def __len__(self) -> int:
        return len(self.families)

    def _add(self, place: int, form: Form) -> None:
        first = form.given[0] if form.given else ""
        self.families.append(hash(form.family))
        self._letters.append(hash(form.whole) if first else 0)
        low, high = sorted((form.family, form.joined))
        self._parts.append(hash((low, high)) if first else 0)
        self._firsts.append(hash((form.family, first)) if len(first) > 1 else 0)
        self._initials.append(hash((form.family, first[0])) if first else 0)
        self._short.append(len(first) == 1)
        if form.spelt_out and first:
            self._spelt_out[place] = hash(form.spelt_out)

    def family_sizes(self) -> dict[int, int]:
        """How many names each of `families` has."""
        sizes: dict[int, int] = defaultdict(int)
        for family in self._slowly(self.families):
            sizes[family] += 1
        return sizes

    def alike(self) -> Iterator[Pair]:
        """Pairs of places whose names may be spellings of one; `differing` tells whether they are."""
        seen: set[Pair] = set()
        for block in self._blocks():
            short = [place for place in block if self._short[place]]
            for one in block:
                for other in short if len(block) > _MOST_ALIKE else block:
                    pair = (one, other) if one < other else (other, one)
                    if one != other and pair not in seen:
                        seen.add(pair)
                        yield pair

    def _blocks(self) -> Iterator[Sequence[int]]:
        spelt_out: dict[int, list[int]] = defaultdict(list)
        for place, key in self._spelt_out.items():
            spelt_out[key].append(place)
        for keys in (self._letters, self._parts, self._firsts):
            yield from self._shared(keys)
        for place, key in enumerate(self._slowly(self._letters)):
            if key in spelt_out and place not in self._spelt_out:
                yield place, *spelt_out[key]
        wanted = {key for place, key in enumerate(self._slowly(self._initials)) if self._short[place]}
        blocks: dict[int, list[int]] = defaultdict(list)
        for place, key in enumerate(self._slowly(self._initials)):
            if key in wanted:
                blocks[key].append(place)
        yield from (block for block in blocks.values() if 1 < len(block) <= _MOST_ALIKE)

    def _shared(self, keys: Sequence[int]) -> Iterator[Sequence[int]]:
        """The places that have a key in common with another."""
        first: dict[int, int] = {}
        more: dict[int, list[int]] = {}
        for place, key in enumerate(self._slowly(keys)):
            if key and first.setdefault(key, place) != place:
                more.setdefault(key, [first[key]]).append(place)
        yield from more.values()

    def _slowly(self, keys: Sequence[int]) -> Iterator[int]:
        for place, key in enumerate(keys):
            if place % (20 * _AT_ONCE) == 0:
                self._pause()
            yield key
