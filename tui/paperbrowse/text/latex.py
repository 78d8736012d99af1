"""LaTeX made readable in a terminal: `GRAM-R$^2$` as "GRAM-R²", one line of Unicode."""


def to_terminal(text: str) -> str:
    """`text` without LaTeX and Markdown marks, as one line that a reader takes for what was meant.

    What is not understood stays as it is written. A superscript or subscript becomes a Unicode one only
    where each of its characters has one ("R²"), else it keeps its mark ("G_stack", "ℝ^(m×n)").
    """
    if has_tex(text):
        # Most texts have nothing of it, and never need what takes it apart.
        from paperbrowse.text.latex_terminal import shown

        text = shown(text)
    elif text.isprintable():
        return text
    return " ".join(text.split())


def has_tex(text: str) -> bool:
    """Whether anything in `text` can be LaTeX or a Markdown mark; mostly nothing is."""
    return (
        "$" in text
        or "\\" in text
        or "{" in text
        or "}" in text
        or "~" in text
        or "`" in text
        or "**" in text
    )
