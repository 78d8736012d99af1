"""Opening a library: read, corrected, merged; a large one from the cache of what was read before."""

import os
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from paperbrowse import cache
from paperbrowse.config import CORRECTIONS, REFUSALS, bundled_pages
from paperbrowse.holdings import Holdings, ReadHoldings
from paperbrowse.kept import keep, load
from paperbrowse.keys import DEFAULT_PATTERN, assign_keys
from paperbrowse.library import Library
from paperbrowse.model import Paper, Reading
from paperbrowse.people.joins import read_people
from paperbrowse.search.kept_index import IndexInCache

if TYPE_CHECKING:
    from paperbrowse.merge import Merging
    from paperbrowse.readers import Progress

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
    tell: "Progress | None" = None,
) -> Library:
    """Read files and folders into a library; without paths, the pages that come with the program.

    What could not be read is in `Library.problems`; nothing is raised for a bad file. Records are corrected
    by what comes with the bundled pages and by the person's own corrections in `settings_folder`, and records
    of the same paper become one; `as_printed` leaves each as its source gives it. `kept` are bookmarked
    papers, whose citation keys stay, and which are there although no source has them any more. With a
    `cache_folder` a large library is kept there and not read again before its files change. Names that the
    person joined in `settings_folder` are one author. `tell` hears how far reading is.
    """
    sources = list(paths) if paths else [bundled_pages()]
    if as_printed:
        from paperbrowse.readers import read_paths

        return Library(_held(read_paths(sources), None, key_pattern), kept, key_pattern)
    name = kept_name(sources, settings_folder, key_pattern) if cache_folder else None
    holdings: Holdings | None = load(cache_folder, name) if cache_folder and name else None
    if holdings is None:
        holdings = read_library(sources, settings_folder, key_pattern, cache_folder, name, tell=tell)
    return library_of(holdings, settings_folder, kept, key_pattern)


def library_of(
    holdings: Holdings, settings_folder: Path | None, kept: Sequence[Paper], key_pattern: str
) -> Library:
    """The library that holds these papers, with bookmarks' keys, and with the names that were joined."""
    library = Library(holdings, kept, key_pattern)
    library.join_people(read_people(settings_folder))
    return library


def read_library(
    sources: Sequence[str | Path],
    settings_folder: Path | None,
    key_pattern: str,
    cache_folder: Path | None = None,
    name: str | None = None,
    *,
    however_small: bool = False,
    tell: "Progress | None" = None,
) -> Holdings:
    """Read, correct and merge `sources`; a large library is kept in `cache_folder` under `name`.

    `tell` hears how far reading is.
    """
    from paperbrowse.readers import read_paths, untold

    read = hold(read_paths(sources, tell or untold), settings_folder, key_pattern)
    if cache_folder and name and (however_small or len(read.papers) >= _WORTH_KEEPING):
        # That it cannot be kept only costs the time of reading it again.
        with suppress(OSError):
            keep(cache_folder, name, read)
            cache.remember(cache_folder, name, *_topic(sources, settings_folder, key_pattern))
            read.index_shelf = IndexInCache(cache_folder, name)
    return read


def hold(reading: Reading, settings_folder: Path | None, key_pattern: str) -> ReadHoldings:
    """What was read, corrected, merged, and with its keys."""
    merging = _corrected_and_merged(reading, settings_folder)
    return _held(reading, merging, key_pattern)


def earlier_holdings(
    sources: Sequence[str | Path], settings_folder: Path | None, key_pattern: str, cache_folder: Path
) -> Holdings | None:
    """What these sources held when they were read last, if that is still kept."""
    name = cache.remembered(cache_folder, *_topic(sources, settings_folder, key_pattern))
    return load(cache_folder, name) if name else None


def _topic(
    sources: Sequence[str | Path], settings_folder: Path | None, key_pattern: str
) -> tuple[object, ...]:
    return [os.path.abspath(source) for source in sources], str(settings_folder), key_pattern  # noqa: PTH100


def kept_name(sources: Sequence[str | Path], settings_folder: Path | None, key_pattern: str) -> str | None:
    """The name in the cache, or None for sources that cannot be told to be unchanged, such as standard
    input."""
    if not all(os.path.exists(source) for source in sources):  # noqa: PTH110
        return None
    shown = map(str, sources)  # records name their files as they were given
    return sum_of_sources(sources, settings_folder, key_pattern, *shown)


def sum_of_sources(sources: Iterable[str | Path], settings_folder: Path | None, *more: str) -> str:
    """A sum over the names, sizes and times of all files that a library is made of."""
    return cache.name_for([*sources, *_own_files(settings_folder)], *more)


def _own_files(settings_folder: Path | None) -> list[Path]:
    """The corrections that come with the program, then the person's, which win, and refused merges."""
    files = [bundled_pages() / CORRECTIONS]
    return [*files, settings_folder / CORRECTIONS, settings_folder / REFUSALS] if settings_folder else files


def _corrected_and_merged(reading: Reading, settings_folder: Path | None) -> "Merging":
    from paperbrowse.corrections import apply, read_corrections
    from paperbrowse.merge import merge
    from paperbrowse.refusals import read_refusals

    corrections = read_corrections(file for file in _own_files(settings_folder) if file.name == CORRECTIONS)
    refused, complaints = read_refusals(settings_folder)
    merging = merge(apply(reading.papers, corrections), refused)
    # What a person corrected of a paper that several records make has that paper's own identity.
    reading.papers = merging.papers = apply(merging.papers, corrections)
    reading.problems += [*corrections.problems, *complaints]
    return merging


def _held(reading: Reading, merging: "Merging | None", pattern: str) -> ReadHoldings:
    keys = assign_keys(reading.papers, pattern=pattern)
    papers = [replace(paper, key=key) for paper, key in zip(reading.papers, keys, strict=True)]
    return ReadHoldings(papers, reading.pages, reading.problems, merging)
