"""Text can be read: contrast by the formula of WCAG 2.2 (1.4.3), of our own themes."""

import pytest
from textual.color import Color
from textual.theme import Theme

from paperbrowse.ui.themes import CONTRAST, OWN_THEMES, own_variables

TEXT = ("foreground", "focus", "bookmark", "match", "owner", "dim", "error", "warning", "success")
GROUNDS = ("background", "panel", "cursor-bg", "cursor-away-bg")


def colours(theme: Theme) -> dict[str, Color]:
    named = {
        name: value
        for name in ("foreground", "background", "panel", "error", "warning", "success")
        if (value := getattr(theme, name))
    }
    return {name: Color.parse(value) for name, value in {**named, **own_variables(theme)}.items()}


def luminance(colour: Color) -> float:
    parts = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in (colour.r / 255, colour.g / 255, colour.b / 255)
    ]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def contrast(one: Color, other: Color) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_the_formula_gives_the_known_extremes() -> None:
    assert contrast(Color.parse("#ffffff"), Color.parse("#000000")) == pytest.approx(21)
    assert contrast(Color.parse("#777777"), Color.parse("#ffffff")) == pytest.approx(4.48, abs=0.005)


@pytest.mark.parametrize("ground", GROUNDS)
@pytest.mark.parametrize("text", TEXT)
@pytest.mark.parametrize("theme", OWN_THEMES, ids=lambda theme: theme.name)
def test_text_stands_out_from_every_ground(theme: Theme, text: str, ground: str) -> None:
    known = colours(theme)
    assert contrast(known[text], known[ground]) >= (7 if theme is CONTRAST else 4.5)
