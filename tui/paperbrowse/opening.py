"""Opening a library: read, corrected, merged; a large one from the cache of what was read before."""

import os
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from typing import Any

from paperbrowse import cache
from paperbrowse.config import bundled_pages
from paperbrowse.corrections import FILE_NAME as CORRECTIONS
from paperbrowse.corrections import apply, read_corrections
from paperbrowse.keys import DEFAULT_PATTERN
from paperbrowse.library import Library
from paperbrowse.merge import Merging, merge
from paperbrowse.model import Page, Paper, Problem, Reading
from paperbrowse.refusals import FILE_NAME as REFUSALS
from paperbrowse.refusals import read_refusals

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
) -> Library:
    """Read files and folders into a library; without paths, the pages that come with the program.

    What could not be read is in `Library.problems`; nothing is raised for a bad file. Records are corrected
    by what comes with the bundled pages and by the person's own corrections in `settings_folder`, and records
    of the same paper become one; `as_printed` leaves each as its source gives it. `kept` are bookmarked
    papers, whose citation keys stay, and which are there although no source has them any more. With a
    `cache_folder` a large library is kept there and not read again before its files change; such a one does
    not know its papers' `origins`.
    """
    from paperbrowse.readers import read_paths

    sources = list(paths) if paths else [bundled_pages()]
    if as_printed:
        return Library(read_paths(sources), kept, key_pattern=key_pattern)
    name = _cache_name(sources, settings_folder, key_pattern) if cache_folder else None
    if cache_folder and name and (reading := _from_cache(cache_folder, name)):
        return Library(reading, kept, key_pattern=key_pattern)
    reading = read_paths(sources)
    merging = _corrected_and_merged(reading, settings_folder)
    library = Library(reading, kept, merging, key_pattern)
    if cache_folder and name and len(library.own) >= _WORTH_KEEPING:
        _keep(cache_folder, name, library)
    return library


def sum_of_sources(sources: Iterable[str | Path], settings_folder: Path | None, *more: str) -> str:
    """A sum over the names, sizes and times of all files that a library is made of."""
    return cache.name_for([*sources, *_own_files(settings_folder)], *more)


def _own_files(settings_folder: Path | None) -> list[Path]:
    """The corrections that come with the program, then the person's, which win, and refused merges."""
    files = [bundled_pages() / CORRECTIONS]
    return [*files, settings_folder / CORRECTIONS, settings_folder / REFUSALS] if settings_folder else files


def _corrected_and_merged(reading: Reading, settings_folder: Path | None) -> Merging:
    corrections = read_corrections(file for file in _own_files(settings_folder) if file.name == CORRECTIONS)
    refused, complaints = read_refusals(settings_folder)
    merging = merge(apply(reading.papers, corrections), refused)
    # What a person corrected of a paper that several records make has that paper's own identity.
    reading.papers = merging.papers = apply(merging.papers, corrections)
    reading.problems += [*corrections.problems, *complaints]
    return merging


def _cache_name(sources: Sequence[str | Path], settings_folder: Path | None, pattern: str) -> str | None:
    """The cache's name, or None for sources that cannot be told to be unchanged, such as standard input."""
    if not all(os.path.exists(source) for source in sources):  # noqa: PTH110
        return None
    shown = map(str, sources)  # records name their files as they were given
    return sum_of_sources(sources, settings_folder, pattern, *shown)


def _from_cache(folder: Path, name: str) -> Reading | None:
    found = cache.load(folder, name)
    if found is None:
        return None
    try:
        extra: Mapping[str, Any] = found.extra
        pages = [Page(**{**page, "affiliations": tuple(page["affiliations"])}) for page in extra["pages"]]
        problems = [Problem(**problem) for problem in extra["problems"]]
        return Reading(list(found.papers), pages, problems)
    except (cache.CacheDamaged, KeyError, TypeError, ValueError):
        return None


def _keep(folder: Path, name: str, library: Library) -> None:
    """Keep what was read; that it cannot be kept only costs the time of reading it again."""
    extra = {"pages": list(map(asdict, library.pages)), "problems": list(map(asdict, library.problems))}
    with suppress(OSError):
        cache.write(folder, name, (library.papers[row] for row in library.own), extra)
