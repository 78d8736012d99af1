"""The web addresses an abstract names."""

import re

# A scheme or "www."; without either only hosts that nothing else looks like. LaTeX escapes ("\_") belong
# to the address, braces end it.
_ADDRESS = re.compile(
    r"(?:https?://|www\.|(?<![\w./@-])(?:github\.com|huggingface\.co|gitlab\.com|aka\.ms|arxiv\.org)/)"
    r"(?:[^\s{}<>\"\\`|。，；、」）”]|\\[_%&#~$]){1,2000}",
    re.IGNORECASE,
)
_ESCAPED = re.compile(r"\\([_%&#~$])")
_TRAILING = ".,;:!?'’\"*_$"


def urls(abstract: str) -> tuple[str, ...]:
    """The addresses in `abstract` in their order, each once, without the sentence's punctuation."""
    if "/" not in abstract and "www." not in abstract:
        return ()
    found = (_trim(_ESCAPED.sub(r"\1", match[0])) for match in _ADDRESS.finditer(abstract))
    return tuple(dict.fromkeys(url for url in found if url.rpartition("/")[2] or url.count("/") > 2))


def _trim(url: str) -> str:
    """`url` without closing punctuation, and without a bracket that opened before it."""
    while True:
        shorter = url.rstrip(_TRAILING)
        for opening, closing in ("()", "[]"):
            if shorter.endswith(closing) and shorter.count(closing) > shorter.count(opening):
                shorter = shorter[:-1]
        if shorter == url:
            return url
        url = shorter
