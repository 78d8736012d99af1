"""Titles and abstracts with HTML or JATS marks, as Crossref, OpenAlex and CSL-JSON have them."""

import re

from paperbrowse.text.clean import clean

_RAISED = re.compile(r"(?i)<(su[pb])>\s*([^<>$]{1,40}?)\s*</\1>")
_TAG = re.compile(
    r"(?i)</?(?:jats:|mml:)?(?:i|b|em|strong|u|tt|sc|scp|sub|sup|inf|span|p|br|italic|bold|title|sec|list|math|mrow"
    r"|m[ino]|msu[bp]|msubsup|mtext|mspace|mfrac|semantics|annotation|inline-formula|tex-math|div|a|ul|li)"
    r"(?:\s[^<>]{0,200})?/?>"
)
_BLOCK = re.compile(r"(?i)</?(?:jats:)?(?:p|br|title|sec|list|div|li)\b[^<>]{0,200}>")
_ENTITY = re.compile(r"&(?:#\d{1,7}|#x[0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});")


def without_tags(text: str) -> str:
    """`text` on one clean line: styles flattened, raised and lowered text as math, entities as characters."""
    if "<" in text:
        text = _RAISED.sub(lambda match: f"${'^' if match[1].lower() == 'sup' else '_'}{{{match[2]}}}$", text)
        text = _TAG.sub("", _BLOCK.sub(" ", text))
    if "&" in text:
        from html import unescape

        text = _ENTITY.sub(lambda match: unescape(match[0]), text)
    return clean(text)
