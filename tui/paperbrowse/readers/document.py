"""One file as a reader gets it: its bytes, and its text decoded, split into lines and cleaned once."""

import re
from functools import cached_property

from paperbrowse.model import Problem
from paperbrowse.text.clean import clean

HEAD_BYTES = 16_384
"""How much of a file decides which format it is."""

_UTF8_BOM = b"\xef\xbb\xbf"
_UTF16_BOMS = (b"\xff\xfe", b"\xfe\xff")
_LINE_END = re.compile("\r\n|\r|\n")
_LINE_END_BYTES = re.compile(b"\r\n|\r|\n")


class Document:
    """A file's path (as the person gave it) and bytes; text and lines are made when asked for.

    UTF-8 with or without a byte order mark, UTF-16 with one; a line that is not UTF-8 is taken for
    Windows-1252, which `problems` says. Only LF, CR LF and CR end a line: U+2028, VT and NEL stand
    inside abstracts.
    """

    def __init__(self, path: str, raw: bytes) -> None:
        self.path = path
        self.raw = raw

    @property
    def is_binary(self) -> bool:
        """Whether the bytes are no text at all."""
        return b"\0" in self.raw and not self.raw.startswith(_UTF16_BOMS)

    @cached_property
    def head(self) -> str:
        """The cleaned lines of the first 16 kB, for telling the format."""
        lines, _ = _decode(self.raw[:HEAD_BYTES])
        return "\n".join(map(clean, lines))

    @cached_property
    def lines(self) -> list[str]:
        """Every line, cleaned; the n-th line of the file is `lines[n - 1]`."""
        return [clean(line) for line in self._decoded[0]]

    @cached_property
    def text(self) -> str:
        """The whole text as decoded, not cleaned, its lines ended by LF."""
        return "\n".join(self._decoded[0])

    @property
    def problems(self) -> list[Problem]:
        """What went wrong in decoding."""
        line = self._decoded[1]
        if not line:
            return []
        return [Problem(self.path, line, "not UTF-8 from this line on; such lines were read as Windows-1252")]

    @cached_property
    def _decoded(self) -> tuple[list[str], int]:
        return _decode(self.raw)


def _decode(raw: bytes) -> tuple[list[str], int]:
    """The lines of `raw`, and the number of the first that is not UTF-8 (0: none)."""
    if raw.startswith(_UTF16_BOMS):
        return _LINE_END.split(raw.decode("utf-16", "replace")), 0
    raw = raw.removeprefix(_UTF8_BOM)
    try:
        return _LINE_END.split(raw.decode("utf-8")), 0
    except UnicodeDecodeError as error:
        bad = len(_LINE_END_BYTES.findall(raw, 0, error.start)) + 1
    return [_decode_line(line) for line in _LINE_END_BYTES.split(raw)], bad


def _decode_line(line: bytes) -> str:
    try:
        return line.decode("utf-8")
    except UnicodeDecodeError:
        return line.decode("cp1252", "replace")
