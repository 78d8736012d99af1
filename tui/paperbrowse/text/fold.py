"""Folding: what two spellings must share to count as the same."""

import unicodedata
from functools import lru_cache

# Letters that NFKD leaves whole although readers type them as these.
_UNDECOMPOSED = str.maketrans(
    {
        "ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "ł": "l",
        "ı": "i", "ħ": "h", "ŋ": "n", "ĸ": "k", "ŧ": "t", "ə": "e", "’": "'", "‘": "'", "ʼ": "'",
        "‐": "-", "‑": "-", "–": "-", "—": "-", "−": "-",
    }
)  # fmt: skip


@lru_cache(maxsize=65536)
def fold(text: str) -> str:
    """`text` without case, accents and typographic variants: "Müller" and "MULLER" give "muller"."""
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFKD", text.casefold()).translate(_UNDECOMPOSED)
    return "".join(char for char in decomposed if not unicodedata.combining(char))


def letters(text: str) -> str:
    """The letters and digits of `text`, folded, nothing between them: what identifies a title."""
    return "".join(char for char in fold(text) if char.isalnum())
