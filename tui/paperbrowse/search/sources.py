"""What of a paper is searched, as text, field by field."""

from collections.abc import Callable
from functools import cache

from paperbrowse.model import Paper

# Conferences and journals by the letter that begins their old ACL Anthology ids ("P19-1234"), as the
# Anthology's own list of venues has them; workshops (W) have no name of their own there.
_OLD_VENUES = {
    "A": "anlp", "C": "coling", "D": "emnlp", "E": "eacl", "H": "hlt", "I": "ijcnlp", "J": "cl",
    "K": "conll", "L": "lrec", "M": "muc", "N": "naacl", "O": "rocling", "P": "acl", "Q": "tacl",
    "R": "ranlp", "S": "semeval", "T": "tinlap", "U": "alta", "W": "ws", "X": "tipster", "Y": "paclic",
}  # fmt: skip


@cache
def renderer() -> Callable[[str], str]:
    """Turns LaTeX in a title into what is read on the screen."""
    from paperbrowse.text.latex import to_terminal

    return to_terminal


def title_of(paper: Paper) -> str:
    title = paper.title
    # Only these can begin a command; most titles have none and are spared the call.
    return renderer()(title) if "\\" in title or "$" in title or "{" in title else title


def abstract_of(paper: Paper) -> str:
    abstract = paper.abstract
    return renderer()(abstract) if "\\" in abstract or "$" in abstract else abstract


def people_of(paper: Paper) -> tuple[str, ...]:
    """Everyone a paper is by: its authors, else its editors, and the owners of the pages that list it."""
    if not paper.pages_of:
        return paper.credited
    return tuple(dict.fromkeys((*paper.credited, *paper.pages_of)))


def venue_of(paper: Paper) -> str:
    """Venue, category, and the venue's short names: those given and those that the Anthology id contains."""
    anthology = paper.anthology or ""
    # The letter of an old id says less than names that are given: W is any workshop, and CoNLL too.
    by_id = "" if paper.venue_names and not anthology[:1].isdigit() else short_venue(anthology)
    names = (*paper.venue_names, by_id)
    return " ".join(filter(None, (paper.venue, paper.category, *names)))


def short_venue(anthology_id: str) -> str:
    """The venue's short name in an ACL Anthology id: "acl long" in 2023.acl-long.911, "acl" in P19-1001."""
    new_style = anthology_id.split(".")
    if len(new_style) >= 3:
        return new_style[1].replace("-", " ")
    return _OLD_VENUES.get(anthology_id[:1], "") if anthology_id[1:2].isdigit() else ""
