"""Our own themes, and the few colours that every theme gets from us.

`$focus` is what has the focus, `$bookmark` a kept paper, `$match` what a query found, `$owner` the owner of
a page, `$dim` everything second-rank. Text in any of them stands at 4.5:1 or more on its background, at 7:1
in the theme of high contrast.
"""

from textual.color import Color
from textual.theme import Theme

DARK = Theme(
    name="paper-dark",
    primary="#7aa8e0",
    secondary="#8fb8a8",
    accent="#e0b568",
    foreground="#d5d8de",
    background="#15171c",
    surface="#15171c",
    panel="#1e2128",
    success="#8cc98c",
    warning="#e0b568",
    error="#e88080",
    dark=True,
    variables={
        "focus": "#7aa8e0",
        "bookmark": "#e0b568",
        "match": "#8cc98c",
        "owner": "#b9a3e3",
        "dim": "#949ba8",
        "rule": "#333842",
        "cursor-bg": "#26334a",
        "cursor-away-bg": "#23272f",
    },
)

LIGHT = Theme(
    name="paper-light",
    primary="#1d5fae",
    secondary="#2f6f5d",
    accent="#8a5a00",
    foreground="#1f2328",
    background="#fbfaf7",
    surface="#fbfaf7",
    panel="#f0eee8",
    success="#1f6f2b",
    warning="#8a5a00",
    error="#b3261e",
    dark=False,
    variables={
        "focus": "#1d5fae",
        "bookmark": "#8a5a00",
        "match": "#1f6f2b",
        "owner": "#6a3fb0",
        "dim": "#5d6470",
        "rule": "#d5d2c8",
        "cursor-bg": "#d4e4f7",
        "cursor-away-bg": "#e9e6dd",
    },
)

CONTRAST = Theme(
    name="paper-contrast",
    primary="#7fd4ff",
    secondary="#9fe8c8",
    accent="#ffd75f",
    foreground="#ffffff",
    background="#000000",
    surface="#000000",
    panel="#141414",
    success="#8df58d",
    warning="#ffd75f",
    error="#ffa8a8",
    dark=True,
    variables={
        "focus": "#7fd4ff",
        "bookmark": "#ffd75f",
        "match": "#8df58d",
        "owner": "#dcb8ff",
        "dim": "#d0d0d0",
        "rule": "#8a8a8a",
        "cursor-bg": "#002f57",
        "cursor-away-bg": "#262626",
    },
)

OWN_THEMES = (DARK, LIGHT, CONTRAST)

_ANSI = {
    "focus": "ansi_blue",
    "bookmark": "ansi_yellow",
    "match": "ansi_green",
    "owner": "ansi_magenta",
    "dim": "ansi_default",
    "rule": "ansi_bright_black",
    "cursor-bg": "ansi_default",
    "cursor-away-bg": "ansi_default",
}


def own_variables(theme: Theme) -> dict[str, str]:
    """Our colours for `theme`: as it sets them itself, else drawn from its palette."""
    if theme.ansi:
        return {**_ANSI, **theme.variables}
    foreground = Color.parse(theme.foreground or ("#e0e0e0" if theme.dark else "#1f1f1f"))
    background = Color.parse(theme.background or ("#121212" if theme.dark else "#efefef"))
    primary = Color.parse(theme.primary)
    drawn = {
        "focus": theme.primary,
        "bookmark": theme.warning or theme.primary,
        "match": theme.success or theme.primary,
        "owner": theme.secondary or theme.primary,
        "dim": foreground.blend(background, 0.3).hex,
        "rule": foreground.blend(background, 0.8).hex,
        "cursor-bg": background.blend(primary, 0.3).hex,
        "cursor-away-bg": background.blend(foreground, 0.1).hex,
    }
    return {name: theme.variables.get(name, value) for name, value in drawn.items()}
