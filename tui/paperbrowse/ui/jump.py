"""Labels to jump by: one letter each, two where there are more rows than letters."""

LETTERS = "asdfghjklqwertyuiopzxcvbnm"
"""Those under the fingers first."""


def labels(count: int) -> list[str]:
    """As many labels, none of which begins another, the short ones first; at most 26 times 26."""
    pairs = -(-max(count - len(LETTERS), 0) // (len(LETTERS) - 1))
    alone, first = LETTERS[: len(LETTERS) - pairs], LETTERS[len(LETTERS) - pairs :]
    found = [*alone, *(one + other for one in first for other in LETTERS)]
    return found[:count]
