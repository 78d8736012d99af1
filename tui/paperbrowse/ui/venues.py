"""Where a paper was published, in a word or two."""

from dataclasses import replace

from paperbrowse.describe import short_venue
from paperbrowse.model import Paper
from paperbrowse.search.sources import short_venue as by_id


def told_venue(paper: Paper) -> str:
    """The venue's short name, where the source or the Anthology's id gives one, else how its title begins."""
    if not paper.venue_names and paper.anthology:
        names = tuple(by_id(paper.anthology).split()[:1])
        return short_venue(replace(paper, venue_names=names))
    return short_venue(paper)
