"""Untrusted text made safe, once, where it enters.

A title is text from a stranger that ends up in someone's terminal. What is taken out: terminal escape
sequences whole (ECMA-48: CSI, OSC, DCS, SOS, PM, APC, also 8-bit and unterminated), every other control
character, bidirectional marks, overrides and isolates (Unicode TR9), invisible characters that can fake a
title, surrogates, private use and noncharacters, and combining marks beyond what any language stacks. White
space becomes one blank and the result is NFC.

Ordinary text of every language comes through unharmed. Joiners, variation selectors and tags are invisible
too, but stay where they have a meaning: after letters of scripts that join (as in TR31's profile for
identifiers), in emoji sequences (TR51), after ideographs (TR37) and after Mongolian letters.

Everything here takes time in proportion to the text: no repetition stands in a repetition, and NFC, which
sorts marks by insertion, only ever sees short runs of them.
"""

import re
import unicodedata
from functools import cache
from itertools import groupby

from paperbrowse.text.patterns import regex

_MOST_MARKS = 4
_MOST_MARKS_OF_A_SCRIPT = 8
_MOST_MARKS_TO_SORT = 24

# An 8-bit introducer counts only with its end: alone it is what is left of a wrongly decoded letter.
_ESCAPES = regex(
    r"""
      (?:\x1b\[|\x9b) [\x30-\x3f]* [\x20-\x2f]* [\x40-\x7e]?                       # CSI
    | \x1b[\]PX^_] [^\x07\x1b\x9c\n]* (?:\x07|\x1b\\|\x9c)?                        # OSC, DCS, SOS, PM, APC
    | [\x90\x98\x9d-\x9f] [^\x07\x1b\x90\x98\x9b-\x9f\n]* (?:\x07|\x1b\\|\x9c)
    | \x1b [\x20-\x2f]* [\x30-\x7e]?                                               # the other escapes
    """,
    re.VERBOSE,
)
_SELECTORS = "\ufe00-\ufe0f\U000e0100-\U000e01ef"
_SOMETIMES_MEANT = f"\u180b-\u180f\u200c\u200d\U000e0020-\U000e007f{_SELECTORS}"
_UNSAFE = regex(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u200b\u200e\u200f"
    "\u202a-\u202e\u2060-\u206f\u3164\ud800-\udfff\ue000-\uf8ff\ufdd0-\ufdef\ufeff\uffa0\ufff0-\ufffc"
    "\ufffe\uffff]+"
)
_BEYOND = regex("[\U00010000-\U0010ffff]")  # looked for first: sets with such characters are slow
_UNSAFE_BEYOND = regex(
    "[\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U00013430-\U0001343f"
    "\U000e0000-\U000e001f\U000e0080-\U000e00ff\U000e01f0-\U000e0fff\U000f0000-\U0010ffff"
    + "".join(f"{chr(plane << 16 | 0xFFFE)}{chr(plane << 16 | 0xFFFF)}" for plane in range(1, 15))
    + "]+"
)
# What of all this Python calls printable: text without it, and printable, needs no second look.
_UNSAFE_THOUGH_PRINTABLE = regex(
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2800\u3164\ufe00-\ufe0f\uffa0\ufff0-\ufffc\U000e0100-\U000e01ef]"
)
_PICTURE = (
    "\u00a9\u00ae\u203c\u2049\u2122\u2139\u2194-\u2199\u21a9\u21aa\u231a\u231b\u2328\u2388\u23cf\u23e9-\u23f3"
    "\u23f8-\u23fa\u24c2\u25aa\u25ab\u25b6\u25c0\u25fb-\u25fe\u2600-\u27bf\u2934\u2935\u2b05-\u2b07\u2b1b\u2b1c"
    "\u2b50\u2b55\u3030\u303d\u3297\u3299\U0001f000-\U0001f1e5\U0001f200-\U0001f3fa\U0001f400-\U0001faff"
)
_IDEOGRAPH = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003fffd"
_MONGOLIAN = "\u1820-\u1878\u1880-\u18aa"
# Arabic, Syriac, N'Ko, Mandaic; the scripts of India and what came of them; Mongolian, Phags-pa, Adlam.
_JOINING = (
    "\u0600-\u085f\u0860-\u0dff\u0f00-\u109f\u1780-\u17b3\u17b6-\u17ff\u1800-\u180a\u1810-\u18af\u1900-\u1cff"
    "\ua800-\uaaff\uabc0-\uabff\ufb50-\ufdcf\ufdf0-\ufdff\ufe70-\ufefc\U00010a00-\U00010aff\U00010d00-\U00010fff"
    "\U00011000-\U00011fff\U0001e900-\U0001e95f"
)
_TONE = "\U0001f3fb-\U0001f3ff"
_PICTURES = f"[{_PICTURE}][\ufe0e\ufe0f]?[{_TONE}]?"
# England, Scotland, Wales: the only flags that are written with tags.
_TAGGED_FLAGS = "\U0001f3f4(?:{})\U000e007f".format(
    "|".join("".join(chr(0xE0000 + ord(letter)) for letter in name) for name in ("gbeng", "gbsct", "gbwls"))
)
_MEANT_OR_NOT = regex(
    "("
    f"{_TAGGED_FLAGS}|{_PICTURES}(?:\u200d{_PICTURES})*|[0-9#*]\ufe0f\u20e3"
    f"|[{_IDEOGRAPH}][{_SELECTORS}]"
    f"|[{_MONGOLIAN}][\u180b-\u180d\u180f]|(?<=[{_MONGOLIAN}])\u180e(?=[{_MONGOLIAN}])"
    f"|(?<=[{_JOINING}])[\u200c\u200d]"
    f")|[{_SOMETIMES_MEANT}]"
)
_MAYBE_MEANT = regex(f"[{_SOMETIMES_MEANT}]")
_BLANKS = regex("[\t-\r\x1c-\x1f\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u2800\u3000]+")
_SEVERAL_BLANKS = regex("  +")
# The blocks that have combining marks, and those marks that are of no script.
_MARKS_OF_NO_SCRIPT = (
    "\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\u2de0-\u2dff\u302a-\u302f\u3099\u309a"
    "\ua66f-\ua69f\ua6f0\ua6f1\ufe20-\ufe2f"
)
_BLOCKS_WITH_MARKS = regex(
    f"[{_MARKS_OF_NO_SCRIPT}\u0590-\u109f\u1160-\u11ff\u135d-\u135f\u1700-\u1cff\u200c\u200d\u2cef-\u2d7f"
    "\ua800-\uabff\ud7b0-\ud7ff\ufb1e\ufe00-\ufe0f]"
)
_BLOCKS_WITH_MARKS_BEYOND = regex(
    "[\U000101fd\U000102e0-\U000102ff\U00010376-\U0001037f\U00010a00-\U00011fff\U00016a00-\U00016fff"
    "\U0001bc00-\U0001bcff\U0001cf00-\U0001cfff\U0001d100-\U0001d2ff\U0001da00-\U0001e9ff]"
)
_MARK_OF_NO_SCRIPT = regex(f"[{_MARKS_OF_NO_SCRIPT}]")
_NEWLINES = regex(r"\r\n|[\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")


def clean(text: str) -> str:
    """`text` as one safe line: no control, no invisible character, single blanks, NFC."""
    if text.isascii() and text.isprintable():
        return _with_single_blanks(text)
    text = _without_unsafe(text)
    return text if text.isascii() else _composed(text)


def clean_lines(text: str) -> str:
    """`text` with its lines: each one safe, its indent kept; no empty lines before and after."""
    return "\n".join(map(_clean_line, _NEWLINES.split(text))).strip("\n")


def _clean_line(line: str) -> str:
    spread = line.expandtabs(4)
    text = clean(line)
    return spread[: len(spread) - len(spread.lstrip(" "))] + text if text else ""


def _without_unsafe(text: str) -> str:
    if not text.isprintable() or _UNSAFE_THOUGH_PRINTABLE.search(text):
        text = _UNSAFE.sub("", _BLANKS.sub(" ", _ESCAPES.sub("", text)))
        if _BEYOND.search(text):
            text = _UNSAFE_BEYOND.sub("", text)
        if _MAYBE_MEANT.search(text):
            text = _MEANT_OR_NOT.sub(lambda found: found[1] or "", text)
    return _with_single_blanks(text)


def _with_single_blanks(text: str) -> str:
    """`text`, whose only white space is blanks, with none around it and one between words."""
    # Not by split(): a list of the words of a line of 100 MB takes a gigabyte.
    text = text.strip(" ")
    return _SEVERAL_BLANKS.sub(" ", text) if "  " in text else text


def _composed(text: str) -> str:
    """`text` in NFC, with no mark without a base and none too many on one."""
    beyond = bool(_BEYOND.search(text) and _BLOCKS_WITH_MARKS_BEYOND.search(text))
    if not beyond and not _BLOCKS_WITH_MARKS.search(text):
        return unicodedata.normalize("NFC", text)
    leading, many, too_many_to_sort = _runs_of_marks(beyond)
    text = too_many_to_sort.sub(r"\1", leading.sub("", text))
    return many.sub(_as_many_as_are_stacked, unicodedata.normalize("NFC", text))


def _as_many_as_are_stacked(found: re.Match[str]) -> str:
    """The marks on one base without those that are too many, and single joiners among them."""
    kept: list[str] = []
    marks = 0
    for char in found[0]:
        if char in "\u200c\u200d":
            if kept and kept[-1] in "\u200c\u200d":
                continue
        else:
            marks += 1
            if marks > (_MOST_MARKS if _MARK_OF_NO_SCRIPT.match(char) else _MOST_MARKS_OF_A_SCRIPT):
                continue
        kept.append(char)
    return "".join(kept)


@cache
def _runs_of_marks(beyond: bool) -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """What matches marks at the start, several on one base, more on one base than NFC should sort.

    Marks are what is drawn onto the character before: those that Unicode calls so (`beyond` U+FFFF too),
    and the vowels and ends of Korean syllables; joiners among them do not end a run.
    """
    codes = range(0x300, 0x20000 if beyond else 0x10000)
    marks = [code for code in codes if unicodedata.category(chr(code)) in {"Mn", "Me"}]
    # As ranges: beyond U+FFFF a set is searched from end to end.
    runs = [[code for _, code in run] for _, run in groupby(enumerate(marks), lambda pair: pair[1] - pair[0])]
    ranges = "".join(f"{chr(run[0])}-{chr(run[-1])}" for run in runs)
    drawn_on = f"{ranges}\u1160-\u11ff\ud7b0-\ud7ff\u200c\u200d\U000e0100-\U000e01ef"
    return (
        re.compile(f"\\A[{drawn_on} ]+"),
        re.compile(f"[{drawn_on}]{{{_MOST_MARKS + 1},}}"),
        re.compile(f"([{drawn_on}]{{{_MOST_MARKS_TO_SORT}}})[{drawn_on}]+"),
    )
