"""Finding names while typing: beginnings of parts in any order, accents, one slip."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paperbrowse.people.finder import NameFinder, name_parts
from paperbrowse.text.fold import fold

NAMES = [
    "Yongyu Mu",
    "Jürgen Müller",
    "Xian-Ling Mao",
    "Mutaz Younes",
    "Timothy O’Donnell",
    "Wei Lu",
    "Li Dong",
]


def found(typed: str) -> list[str] | None:
    places = NameFinder(NAMES).find(typed)
    return None if places is None else [NAMES[place] for place in places]


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("yongyu mu", ["Yongyu Mu"]),
        ("mu yo", ["Yongyu Mu", "Mutaz Younes"]),
        ("MU Y", ["Yongyu Mu", "Mutaz Younes"]),
        ("muller", ["Jürgen Müller"]),
        ("müller jür", ["Jürgen Müller"]),
        ("mueller", ["Jürgen Müller"]),
        ("ling mao", ["Xian-Ling Mao"]),
        ("xianling", ["Xian-Ling Mao"]),
        ("xian-ling", ["Xian-Ling Mao"]),
        ("donnell", ["Timothy O’Donnell"]),
        ("o'donnell", ["Timothy O’Donnell"]),
        ("odonnel", ["Timothy O’Donnell"]),
        ("yognyu", ["Yongyu Mu"]),
        ("yonyu mu", ["Yongyu Mu"]),
        ("yongyyu", ["Yongyu Mu"]),
        ("tongyu mu", ["Yongyu Mu"]),
        ("timofhy", ["Timothy O’Donnell"]),
        ("timxxhy", []),
        ("ongyu", ["Yongyu Mu"]),
        ("wie", []),
        ("dong wei", []),
        ("nobody", []),
    ],
)
def test_what_is_typed_finds(typed: str, names: list[str]) -> None:
    assert found(typed) == names


@pytest.mark.parametrize("typed", ["", "  ", "-", " . "])
def test_nothing_typed_is_no_question(typed: str) -> None:
    assert found(typed) is None


names = st.lists(st.text("abcé -’", min_size=1, max_size=8), max_size=8)


@given(names, st.text("abcé -", max_size=6))
def test_what_begins_like_all_that_is_typed_is_found(known: list[str], typed: str) -> None:
    places = NameFinder(known).find(typed)
    words = fold(typed).replace("-", " ").split()
    plain = [
        place
        for place, name in enumerate(known)
        if all(any(part.startswith(word) for part in name_parts(name)) for word in words)
    ]
    if not words:
        assert places is None
    elif plain or all(len(word) < 4 for word in words):
        assert list(places or ()) == plain


@given(st.text("abcdef", min_size=5, max_size=9), st.data())
def test_any_one_slip_is_forgiven(name: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(name) - 1))
    letter = data.draw(st.sampled_from("xyz"))
    slips = [name[:at] + letter + name[at + 1 :], name[:at] + letter + name[at:], name[:at] + name[at + 1 :]]
    slips.append(name[:at] + name[at + 1 : at + 2] + name[at] + name[at + 2 :])
    typed = data.draw(st.sampled_from([slip for slip in slips if len(slip) >= 4]))
    assert NameFinder(["Zzz Other", f"Bo {name}"]).find(typed) == [1]


def test_taking_in_names_pauses() -> None:
    pauses: list[None] = []
    NameFinder((f"Name {number}" for number in range(1000)), lambda: pauses.append(None))
    assert len(pauses) > 3
