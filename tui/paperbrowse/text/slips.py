"""Words that were mistyped: the one that was meant, and the question whether it was."""

from collections.abc import Iterable

from paperbrowse.text.fold import fold

_ALIKE = 0.65
"""How alike they are at least: of six letters two may be wrong."""


def meant(word: str, known: Iterable[str]) -> str | None:
    """The one of `known` that `word`, in whatever case and accents, is probably a slip of the pen for."""
    from rapidfuzz.distance import OSA
    from rapidfuzz.process import extractOne

    alike = OSA.normalized_similarity
    found = extractOne(word, list(known), scorer=alike, processor=fold, score_cutoff=_ALIKE)
    return found[0] if found else None


def asked(word: str, known: Iterable[str], otherwise: str) -> str:
    """The question whether the nearest of `known` was meant; `otherwise` where none is near."""
    near = meant(word, known)
    return f"did you mean {near!r}?" if near else otherwise
