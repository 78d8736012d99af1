"""Opening a library: read, corrected, merged; a large one from the cache of what was read before."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from paperbrowse import cache
from paperbrowse.holdings import Holdings, ReadHoldings
from paperbrowse.kept import load
from paperbrowse.keys import DEFAULT_PATTERN, assign_keys
from paperbrowse.library import Library
from paperbrowse.model import Paper, Problem, Reading
from paperbrowse.people.joins import read_people
from paperbrowse.sources import Sources, corrections_files

if TYPE_CHECKING:
    from paperbrowse.binding import Bound
    from paperbrowse.corrections import Corrections
    from paperbrowse.merge import Merging
    from paperbrowse.readings import Readings

    Told = Callable[[int, Readings], object]
    """What hears how far reading is: the number of files so far, and what was read in them."""

_WORTH_KEEPING = 2000
"""Papers from which a library is kept in the cache; fewer are read as quickly."""


def open_library(
    paths: Sequence[str | Path] | None = None,
    *,
    settings_folder: Path | None = None,
    kept: Sequence[Paper] = (),
    key_pattern: str = DEFAULT_PATTERN,
    as_printed: bool = False,
    cache_folder: Path | None = None,
    tell: "Told | None" = None,
) -> Library:
    """Read files and folders into a library; without paths, the pages that come with the program.

    What could not be read is in `Library.problems`; nothing is raised for a bad file. Records are corrected
    by what comes with the bundled pages and by the person's own corrections in `settings_folder`, and records
    of the same paper become one; `as_printed` leaves each as its source gives it. `kept` are bookmarked
    papers, whose citation keys stay, and which are there although no source has them any more. With a
    `cache_folder` a large library is kept there, and no file of it is read again before it changes. Names
    that the person joined in `settings_folder` are one author. `tell` hears how far reading is.
    """
    if as_printed:
        from paperbrowse.config import bundled_pages
        from paperbrowse.readers import read_paths

        return Library(_held(read_paths(paths or [bundled_pages()]), None, key_pattern), kept, key_pattern)
    sources = Sources.now(paths or (), settings_folder)
    return open_sources(sources, kept=kept, key_pattern=key_pattern, cache_folder=cache_folder, tell=tell)


def open_sources(
    sources: Sources,
    *,
    kept: Sequence[Paper] = (),
    key_pattern: str = DEFAULT_PATTERN,
    cache_folder: Path | None = None,
    tell: "Told | None" = None,
) -> Library:
    """`open_library` for sources that were looked at already."""
    name = sources.name(key_pattern) if cache_folder else None
    holdings: Holdings | None = load(cache_folder, name) if cache_folder and name else None
    if holdings is None:
        holdings = read_library(sources, key_pattern, cache_folder, tell=tell)
    return library_of(holdings, sources.settings_folder, kept, key_pattern)


def library_of(
    holdings: Holdings, settings_folder: Path | None, kept: Sequence[Paper], key_pattern: str
) -> Library:
    """The library that holds these papers, with bookmarks' keys, and with the names that were joined."""
    library = Library(holdings, kept, key_pattern)
    library.join_people(read_people(settings_folder))
    return library


def read_library(
    sources: Sources, key_pattern: str, cache_folder: Path | None = None, *, tell: "Told | None" = None
) -> Holdings:
    """Read, correct and merge `sources`; a large library is kept in `cache_folder` and held from there."""
    folder = cache_folder if sources.are_files else None
    readings = read(sources, key_pattern, folder if sources.are_many else None, tell)
    if folder and len(readings.papers) >= _WORTH_KEEPING:
        from paperbrowse.binding import Keyed

        # That it cannot be kept only costs the time of reading it again.
        with suppress(OSError):
            name, bound = keep_library(folder, sources, readings)
            if holdings := load(folder, name):
                # The index is made of what is at hand.
                holdings.papers = Keyed(bound.papers, bound.keys)
                return holdings
    reading = Reading(list(readings.papers), readings.pages, readings.problems)
    return hold(reading, sources.settings_folder, key_pattern)


def read(
    sources: Sources, key_pattern: str, cache_folder: Path | None, tell: "Told | None" = None
) -> "Readings":
    """What is in `sources`; of files that have not changed since, what the library in `cache_folder` that was
    made of them before remembers."""
    from paperbrowse.keys import wish_by
    from paperbrowse.readers import Recall, nothing_known, read_files
    from paperbrowse.readings import EarlierReadings, KeptFile, Readings

    readings = Readings(wish_by(key_pattern), key_pattern)
    recall: Recall[KeptFile] = nothing_known
    if cache_folder:
        name = cache.remembered(cache_folder, *sources.topic(key_pattern))
        name = name or cache.latest(cache_folder, cache.LIBRARY)
        # Looked through again: what was damaged since must not be taken over into another file.
        flat = cache.opened(cache_folder, name, cache.LIBRARY, afresh=True) if name else None
        earlier = EarlierReadings.of(flat) if flat else None
        if earlier:
            recall = earlier.recall
    for file in read_files(sources.paths, recall):
        readings.add(file)
        if tell:
            tell(len(readings.files), readings)
    return readings


def keep_library(
    folder: Path, sources: Sources, readings: "Readings", name: str | None = None
) -> "tuple[str, Bound]":
    """Make a library of `readings` and keep it in `folder`; under which name, and what is in it.

    The name is that of `sources` as they were when they were read. With a `name` it is one that goes again.

    Raises:
        OSError: it cannot be written.
    """
    from paperbrowse.binding import Bound
    from paperbrowse.keeping import keep

    corrections, refused, problems = _own_words(sources.settings_folder)
    bound = Bound(readings, corrections, refused, problems)
    if name:
        keep(folder, name, bound)
        return name, bound
    as_read = sources.noted_as(readings.as_read(sources.notes))
    name = as_read.name(readings.key_pattern) or ""
    keep(folder, name, bound)
    cache.remember(folder, name, *sources.topic(readings.key_pattern))
    return name, bound


def hold(reading: Reading, settings_folder: Path | None, key_pattern: str) -> ReadHoldings:
    """What was read, corrected, merged, and with its keys, all of it in memory."""
    merging = _corrected_and_merged(reading, settings_folder)
    return _held(reading, merging, key_pattern)


def earlier_holdings(sources: Sources, key_pattern: str, cache_folder: Path) -> Holdings | None:
    """What these sources held when they were read last, if that is still kept."""
    name = cache.remembered(cache_folder, *sources.topic(key_pattern))
    return load(cache_folder, name) if name else None


def _own_words(settings_folder: Path | None) -> "tuple[Corrections, list[tuple[str, str]], list[Problem]]":
    """Corrections, refused merges, and what was wrong in their files."""
    from paperbrowse.corrections import read_corrections
    from paperbrowse.refusals import read_refusals

    corrections = read_corrections(corrections_files(settings_folder))
    refused, complaints = read_refusals(settings_folder)
    return corrections, refused, [*corrections.problems, *complaints]


def _corrected_and_merged(reading: Reading, settings_folder: Path | None) -> "Merging":
    from paperbrowse.corrections import apply
    from paperbrowse.merge import merge

    corrections, refused, problems = _own_words(settings_folder)
    merging = merge(apply(reading.papers, corrections), refused, reading.papers)
    # What a person corrected of a paper that several records make has that paper's own identity.
    reading.papers = merging.papers = apply(merging.papers, corrections)
    reading.problems += problems
    return merging


def _held(reading: Reading, merging: "Merging | None", pattern: str) -> ReadHoldings:
    keys = assign_keys(reading.papers, pattern=pattern)
    papers = [replace(paper, key=key) for paper, key in zip(reading.papers, keys, strict=True)]
    return ReadHoldings(papers, reading.pages, reading.problems, merging)
