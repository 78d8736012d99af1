"""Untrusted text made safe, once, where it enters.

A title is text from a stranger that ends up in someone's terminal. What is taken out: terminal escape
sequences whole (ECMA-48: CSI, OSC, DCS, SOS, PM, APC, also 8-bit and unterminated), every other control
character, bidirectional overrides and isolates (Unicode TR9), invisible characters that can fake a title,
surrogates and noncharacters, and combining marks beyond what any language stacks. White space becomes one
blank and the result is NFC. Ordinary text of every language comes through unharmed.
"""

import re
import unicodedata

_MOST_MARKS = 4

# Each alternative starts with its own introducer and has no nested repetition, so matching is linear.
_ESCAPES = re.compile(
    r"""
      (?:\x1b\[|\x9b) [\x30-\x3f]* [\x20-\x2f]* [\x40-\x7e]?     # CSI
    | (?:\x1b[\]PX^_]|[\x90\x98\x9d-\x9f]) [^\x07\x1b\x9c\n]* (?:\x07|\x1b\\|\x9c)?   # OSC, DCS, SOS, PM, APC
    | \x1b [\x20-\x2f]* [\x30-\x7e]?                             # the other escapes
    """,
    re.VERBOSE,
)
_UNSAFE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f"
    "\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\u3164\ufdd0-\ufdef\ufeff\uffa0\ufff0-\uffff"
    "\ud800-\udfff\ue000-\uf8ff\U0001d173-\U0001d17a\U000e0000-\U000e0fff\U000f0000-\U0010ffff]"
)
_BLANKS = re.compile(r"[\s\u2800]+")
# What of all this Python calls printable: text without it, and printable, needs no other look.
_UNSAFE_THOUGH_PRINTABLE = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2800\u3164\uffa0\ufff0-\uffff\U000e0000-\U000e0fff]"
)
# Where combining marks are, give or take letters; not the punctuation and signs of most abstracts.
_MAYBE_MARKS = re.compile(
    "[\u0300-\u1fff\u20d0-\u20ff\u2ce0-\u2dff\u3000-\uabff\ufb1e\ufe20-\ufe2f\U00010000-\U0010ffff]"
)


def clean(text: str) -> str:
    """`text` as one safe line: no control, no invisible character, single blanks, NFC."""
    if text.isascii() and text.isprintable():
        return " ".join(text.split()) if "  " in text or text[:1] == " " or text[-1:] == " " else text
    if text.isprintable() and not _UNSAFE_THOUGH_PRINTABLE.search(text):
        text = " ".join(text.split())
    else:
        text = _ESCAPES.sub("", text)
        text = _UNSAFE.sub("", _BLANKS.sub(" ", text)).strip()
    if text.isascii():
        return text
    text = unicodedata.normalize("NFC", text)
    return _limit_marks(text) if _MAYBE_MARKS.search(text) else text


def clean_lines(text: str) -> str:
    """`text` with its lines: each one safe, its indent and inner blanks kept; no empty lines around them."""
    lines = re.split(r"\r\n|[\n\r\x0b\x0c\x85\u2028\u2029]", text)
    return "\n".join(map(_clean_line, lines)).strip("\n")


def _clean_line(line: str) -> str:
    blanks = line.expandtabs(4)
    indent = blanks[: len(blanks) - len(blanks.lstrip(" "))]
    return indent + clean(line) if line.strip() else ""


def _limit_marks(text: str) -> str:
    """`text` with at most four combining marks after a letter and none at the start."""
    kept: list[str] = []
    marks = _MOST_MARKS
    for char in text:
        marks = marks + 1 if unicodedata.combining(char) else 0
        if marks <= _MOST_MARKS:
            kept.append(char)
    return "".join(kept)
