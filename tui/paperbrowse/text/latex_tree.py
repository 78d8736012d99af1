"""What LaTeX in titles and abstracts is made of."""

from dataclasses import dataclass


@dataclass(slots=True)
class Text:
    text: str


@dataclass(slots=True)
class Group:
    """Braces: in a title they hold capitals fast."""

    nodes: list["Node"]


@dataclass(slots=True)
class Link:
    url: str
    nodes: list["Node"]


@dataclass(slots=True)
class Math:
    nodes: list["Node"]


@dataclass(slots=True)
class Symbol:
    """One character of a formula. `tex` draws it in plain LaTeX, None where nothing does."""

    char: str
    tex: str | None
    relation: bool = False


@dataclass(slots=True)
class Words:
    """Text that a command sets off (`\\textbf{M}`), or that a formula holds (`\\text{if}`)."""

    nodes: list["Node"]


@dataclass(slots=True)
class Script:
    """A superscript ("^") or subscript ("_")."""

    mark: str
    nodes: list["Node"]


@dataclass(slots=True)
class Primes:
    count: int


@dataclass(slots=True)
class Font:
    name: str
    nodes: list["Node"]


@dataclass(slots=True)
class Accent:
    name: str
    nodes: list["Node"]


@dataclass(slots=True)
class Fraction:
    over: list["Node"]
    under: list["Node"]
    binomial: bool = False


@dataclass(slots=True)
class Root:
    index: list["Node"]
    nodes: list["Node"]


@dataclass(slots=True)
class Unknown:
    """A command that is not on the list, as it was written."""

    text: str


Node = (
    Text | Group | Link | Math | Symbol | Words | Script | Primes | Font | Accent | Fraction | Root | Unknown
)
