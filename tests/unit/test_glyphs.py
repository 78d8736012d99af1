"""Signs in ASCII as wide as they were, and styles without colours."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len, get_character_cell_size
from rich.style import Style

from paperbrowse.ui.glyphs import ascii_sign, ascii_text, colourless


@given(st.text())
def test_text_becomes_ascii_of_the_same_width(text: str) -> None:
    plain = ascii_text(text)
    assert plain.isascii()
    assert cell_len(plain) == sum(map(get_character_cell_size, text))


@given(st.text(st.characters(max_codepoint=127)))
def test_ascii_stays(text: str) -> None:
    assert ascii_text(text) == text


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("★ ● ‹ ▪ · … ⟩", "* o ~ # . ~ >"),
        ("│ ─ ┐ ▐", "| - + |"),
        ("2018 ▁▂▃▄▅▆▇█ 2026", "2018 _.,-=+%# 2026"),
        ("Łukasz Müller – “Ødegård’s”", 'Lukasz Muller - "Odegard\'s"'),
        ("深度", "????"),
        ("e\N{COMBINING ACUTE ACCENT}", "e"),
    ],
)
def test_signs_and_letters(text: str, plain: str) -> None:
    assert ascii_text(text) == plain


def test_the_heights_of_a_timeline_stay_apart() -> None:
    assert len(set(map(ascii_sign, "▁▂▃▄▅▆▇█"))) == 8


def test_a_style_loses_its_colours_and_nothing_else() -> None:
    style = Style(color="red", bgcolor="#102030", bold=True, reverse=True, link="https://x.org")
    bare = colourless(style + Style.from_meta({"@click": ("a", (1,))}))
    assert (bare.color, bare.bgcolor) == (None, None)
    assert bare.bold
    assert bare.reverse
    assert bare.link == "https://x.org"
    assert bare.meta == {"@click": ("a", (1,))}
