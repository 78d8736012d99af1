"""What a person asked of an export, kept from one to the next."""

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from pathlib import Path

from paperbrowse.settings import STYLES, ExportSettings
from paperbrowse.writers import FORMATS, ExportOptions

BIB_FORMATS = ("bibtex", "biblatex")
STYLED_FORMATS = ("text", "markdown", "html")
TARGETS = ("file", "add", "clipboard", "print")

_OF_A_RECORD = ("abstract", "keywords", "note", "mark_inferred")
_WHOLE_RECORDS = ("json", "jsonl", "csv")


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportChoice:
    """Which papers, in which form, where to."""

    what: str = ""
    """The name of a choice of papers; "" for whatever is there."""
    format: str = "bibtex"
    style: str = "apa"
    extras: str = ""
    """Names of `ExportOptions`' switches with blanks between."""
    fields: str = ""
    """Nothing but these fields, with commas between, as they were typed."""
    to: str = "file"
    file: str = ""
    over: str = ""
    """Format and style of the settings then: when they say others, theirs is the later word."""

    @classmethod
    def taken_up(cls, words: Sequence[str], settings: ExportSettings) -> "ExportChoice":
        """What `words` remember, as far as it can be had, over the `settings`."""
        names = {field.name for field in fields(cls)}
        stored = dict(word.split("=", 1) for word in words if "=" in word)
        choice = cls(**{name: value for name, value in stored.items() if name in names})
        over = f"{settings.format} {settings.style}"
        if choice.over != over or choice.format not in FORMATS or choice.style not in STYLES:
            choice = replace(choice, format=settings.format, style=settings.style, over=over)
        if choice.to not in choice.targets:
            choice = replace(choice, to="file")
        return choice

    @property
    def words(self) -> tuple[str, ...]:
        """The choice as a session keeps it."""
        return tuple(f"{field.name}={getattr(self, field.name)}" for field in fields(self))

    @property
    def dialect(self) -> str:
        """The dialect of BibTeX that goes with the format."""
        chosen = self.over.partition(" ")[0] if self.format not in BIB_FORMATS else self.format
        return chosen if chosen in BIB_FORMATS else "bibtex"

    @property
    def file_name(self) -> str:
        """The file to write, with the suffix of the format unless it has one of its own."""
        path = Path(self.file or "references")
        suffixes = {"", *(form.suffix for form in FORMATS.values())}
        if self.file.endswith("/") or path.suffix not in suffixes or not path.name:
            return self.file
        return str(path.with_suffix(FORMATS[self.format].suffix))

    @property
    def targets(self) -> tuple[str, ...]:
        """Where the format can go."""
        return tuple(name for name in TARGETS if name != "add" or self.format in BIB_FORMATS)

    @property
    def possible_extras(self) -> tuple[str, ...]:
        """The switches that make a difference in the format."""
        if self.format in _WHOLE_RECORDS:
            return ()
        return ("mark_inferred",) if self.format in STYLED_FORMATS else _OF_A_RECORD

    @property
    def field_list(self) -> tuple[str, ...]:
        """The fields, in a tuple."""
        return tuple(name.strip() for name in self.fields.split(",") if name.strip())

    @property
    def options(self) -> ExportOptions:
        """What the writers need to know."""
        extras = [name for name in self.extras.split() if name in self.possible_extras]
        styled = self.format in STYLED_FORMATS or self.format == "ris"
        return ExportOptions(
            abstract="abstract" in extras,
            keywords="keywords" in extras,
            note="note" in extras,
            mark_inferred="mark_inferred" in extras,
            fields=() if styled else self.field_list,
            style=self.style,
        )
