"""LaTeX as a reader of the terminal sees it."""

import re
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from paperbrowse.text.latex import to_terminal

READABLE = {
    "GRAM-R$^2$: Self-Training": "GRAM-R²: Self-Training",
    "the $G_{\\text{stack}}$ operator": "the G_stack operator",
    "MIGU ($\\textbf{M}$agn$\\textbf{I}$tude-based $\\textbf{G}$radient $\\textbf{U}$pdating)": (
        "MIGU (Magnitude-based Gradient Updating)"
    ),
    "$\\underline{\\textit{O}}$bstacles, $\\textit{O}$1": "Obstacles, O1",
    "a 54.6\\% speedup": "a 54.6% speedup",
    "75% of their original": "75% of their original",
    "$\\approx 0.5$": "≈ 0.5",
    "$+6$, $+5$ and Pass@$k$": "+6, +5 and Pass@k",
    "3$\\times$ faster": "3× faster",
    "$2.4 \\sim 6.5 \\times$, $75\\%$": "2.4 ∼ 6.5 ×, 75%",
    "$(2N-2):2N$ and $N/(N-1)=4/3$": "(2N-2):2N and N/(N-1)=4/3",
    "English$\\leftrightarrow$$\\{$Chinese, Icelandic$\\}$ and English$\\rightarrow$Hausa": (
        "English↔{Chinese, Icelandic} and English→Hausa"
    ),
    "\\textsc{Hbat}": "Hbat",
    "\\textbf{A}ctivation-Guided \\textbf{55.3\\%}": "Activation-Guided 55.3%",
    "\\textbf{\\textsc{OptiShear}}": "OptiShear",
    "\\texttt{1bit}-Merging": "1bit-Merging",
    "at \\href{https://github.com/a_b/c.git}{Link}.": "at Link (https://github.com/a_b/c.git).",
    "\\url{https://x.org/a\\_b}": "https://x.org/a_b",
    "``understand'' it": "“understand” it",
    "a `word' of it, and don't": "a ‘word’ of it, and don't",
    "**Learning from Peers** (**LeaP-T**)": "Learning from Peers (LeaP-T)",
    "$5 and $10": "$5 and $10",
    "from $5M to $x^2$ and US$3-$4": "from $5M to x² and US$3-$4",
    "$\\mathbb{R}^{m \\times n}$": "ℝ^(m×n)",
    "$10^{-5}$, $x_{i+1}$, $x_1^2$": "10⁻⁵, xᵢ₊₁, x₁²",
    "$A^\\top$ $x^*$ $90^\\circ$ $f'(x)$ $5^{\\textrm{th}}$": "Aᵀ x* 90° f′(x) 5ᵗʰ",
    "$\\mathcal{L}_{base}x$": "L_base x",
    "$\\frac{a+b}{2}$, $\\sqrt{x}$, $\\sqrt[3]{x+1}$, $\\hat{x}$": "(a+b)/2, √x, ³√(x+1), x̂",
    "$a\\leq b$, $O(n\\log n)$, $\\not=$": "a ≤ b, O(n log n), ≠",
    "$>$60% and $+$2.81": ">60% and +2.81",
    "$$x^2$$": "x²",
    "\\(x^2\\) and \\[y_i\\]": "x² and yᵢ",
    "Jos\\'e \\v{S}koda Nguy\\~{\\^{e}}n \\'{\\i} \\c c \\ss{} \\o": "José Škoda Nguyễn í ç ß ø",
    "{BERT} and {\\bf lexical} {\\em smoothing}": "BERT and lexical smoothing",
    "eng↔{as, kha}": "eng↔{as, kha}",
    "Table~1, about ~50%, 1~5, http://x.edu/~foo": "Table 1, about ~50%, 1~5, http://x.edu/~foo",
    "\\cite{a,b} but \\foo{bar} and $\\foo{x}$": "[a,b] but \\foo{bar} and \\foo{x}",
    "a \\textcolor{red}{word}\\footnote{note}": "a word (note)",
    "5\\,000 \\LaTeX{} \\& more \\ldots": "5 000 LaTeX & more …",
    "\\alpha-divergence and R^{2}": "α-divergence and R²",
}

LITERAL = [
    "",
    "plain",
    "100% & #1 a_b c^d",
    "unbalanced { brace",
    "unbalanced } brace",
    "one $ sign",
    "$$",
    "$$$$$",
    "a\\",
    "A* search and B* search",
    "2**3 and 4**5",
    "[x] (y) <z>",
    "C:\\nowhere\\else",
    "it's the dogs' bowl",
    "--",
    "«é»",
    "\\unknown",
    "\\begin{itemize}",
    "$HOME and $PATH",
    "costs $5, or 10$",
    "\\frac",
    "~",
    "`",
]


@pytest.mark.parametrize(("source", "shown"), READABLE.items())
def test_what_is_meant_is_shown(source: str, shown: str) -> None:
    assert to_terminal(source) == shown


@pytest.mark.parametrize("text", LITERAL)
def test_what_is_no_latex_stays(text: str) -> None:
    assert to_terminal(text) == text


def test_the_result_is_one_line() -> None:
    assert to_terminal("a\nb") == "a b"
    assert to_terminal("$a$\n\nb\\\\c  d") == "a b c d"


fragments = st.lists(
    st.sampled_from(
        [
            "$",
            "$$",
            "\\",
            "{",
            "}",
            "^",
            "_",
            "~",
            "`",
            "''",
            "'",
            "**",
            "*",
            "%",
            "&",
            "#",
            "\\textbf{",
            "\\frac",
            "\\alpha",
            "\\'",
            "\\c",
            "\\(",
            "\\)",
            "\\[",
            "\\]",
            "\\not",
            "\\sqrt[",
            "\\left",
            "\\begin",
            " ",
            "a",
            "word",
            "9",
            "é",
            "李",
            "\n",
            "\\\\",
            "\\text",
            "\\hat",
            "\\mathbb",
            "\\unknown",
            "\\footnote",
            "\\url",
        ]
    )
    | st.text(max_size=6),
    max_size=30,
).map("".join)


@given(fragments)
@example("$^\\'{$")
def test_no_word_is_lost(text: str) -> None:
    """Letters and digits that belong to no command come through, in their order."""
    kept = re.sub(r"\\(?:[A-Za-z]+|.)", "\\\\", text)
    result = "".join(_plain(to_terminal(text)))
    place = 0
    for char in _plain(kept):
        place = result.find(char, place) + 1
        assert place, (char, kept, result)


def _plain(text: str) -> list[str]:
    return [
        char for char in unicodedata.normalize("NFKD", text).casefold() if char.isascii() and char.isalnum()
    ]


@given(st.text())
def test_any_text_gives_one_line(text: str) -> None:
    assert len(to_terminal(text).splitlines()) <= 1


@pytest.mark.parametrize(
    "unit",
    [
        "{",
        "}",
        "$",
        "\\(",
        "\\[",
        "`a",
        "``",
        "**a ",
        "$a",
        "{$",
        "\\textbf{",
        "\\'",
        "a^{",
        "\\frac{",
        "$x_{",
        "\\sqrt[",
        "$5 and ",
        "$a b",
        "\\href{",
        "*a",
        "**a*b",
        "~",
        "\\",
        "{}",
        "$\\not",
        "\\hat",
        "\\(\\[",
    ],
)
def test_long_nonsense_is_shown_as_well(unit: str) -> None:
    """Deep and long input neither raises nor takes a time that grows faster than it does."""
    assert len(to_terminal(unit * 8000)) <= len(unit) * 16000
