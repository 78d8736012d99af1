"""One file as a reader gets it: its bytes, and its text decoded, split into lines and cleaned once."""

import re
from functools import cached_property

from paperbrowse.model import Problem
from paperbrowse.readers.encodings import legacy_of, utf16_of
from paperbrowse.text.clean import clean

HEAD_BYTES = 16_384
"""How much of a file decides which format it is."""

_UTF8_BOM = b"\xef\xbb\xbf"
_UTF16_BOMS = (b"\xff\xfe", b"\xfe\xff")
_NOT_UTF8 = "not UTF-8 from this line on; such lines were read as {}"
_LINE_END_BYTES = re.compile(b"\r\n|\r|\n")


class Document:
    """A file's path (as the person gave it) and bytes; text and lines are made when asked for.

    UTF-8 and UTF-16 with or without a byte order mark; what is in neither is read in the encoding that it
    declares or shows (`encodings`), else line by line as Windows-1252, which `problems` says. Only LF, CR LF
    and CR end a line: U+2028, VT and NEL stand inside abstracts.
    """

    def __init__(self, path: str, raw: bytes) -> None:
        self.path = path
        self.raw = raw

    @property
    def is_binary(self) -> bool:
        """Whether the bytes are no text at all."""
        if b"\0" not in self.raw or self.raw.startswith(_UTF16_BOMS):
            return False
        return utf16_of(self.raw) is None

    @cached_property
    def head(self) -> str:
        """The cleaned lines of the first 16 kB, for telling the format."""
        text, _, _ = _decode(self.raw[:HEAD_BYTES])
        return "\n".join(map(clean, text.split("\n")))

    @cached_property
    def lines(self) -> list[str]:
        """Every line, cleaned; the n-th line of the file is `lines[n - 1]`."""
        return [clean(line) for line in self.text.split("\n")]

    @property
    def text(self) -> str:
        """The whole text as decoded, not cleaned, its lines ended by LF."""
        return self._decoded[0]

    @property
    def problems(self) -> list[Problem]:
        """What went wrong in decoding, if the text was asked for at all."""
        _, line, encoding = self.__dict__.get("_decoded", ("", 0, ""))
        if not line:
            return []
        return [Problem(self.path, line, _NOT_UTF8.format(encoding), lost=False)]

    @cached_property
    def _decoded(self) -> tuple[str, int, str]:
        return _decode(self.raw)


def _decode(raw: bytes) -> tuple[str, int, str]:
    """The text of `raw`, the first line that is not UTF-8 (0: none), and what it was taken for."""
    if raw.startswith(_UTF16_BOMS):
        return _with_line_feeds(raw.decode("utf-16", "replace")), 0, ""
    if b"\0" in raw and (wide := utf16_of(raw)) is not None:
        return _with_line_feeds(raw.decode(wide, "replace")), 0, ""
    raw = raw.removeprefix(_UTF8_BOM)
    try:
        return _with_line_feeds(raw.decode("utf-8")), 0, ""
    except UnicodeDecodeError as error:
        bad = len(_LINE_END_BYTES.findall(raw, 0, error.start)) + 1
    encoding = legacy_of(raw)
    if encoding is not None:
        return _with_line_feeds(raw.decode(encoding, "replace")), bad, encoding.upper()
    return "\n".join(map(_decode_line, _LINE_END_BYTES.split(raw))), bad, "Windows-1252"


def _with_line_feeds(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def _decode_line(line: bytes) -> str:
    try:
        return line.decode("utf-8")
    except UnicodeDecodeError:
        return line.decode("cp1252", "replace")
