"""Saying what is read, what could not be, and where everything is kept."""

import argparse
from pathlib import Path

from paperbrowse.cli.session import known, library_paths, settings_folder
from paperbrowse.config import bundled_pages, state_dir


def check(options: argparse.Namespace) -> int:
    """`check`: per file what was read and inferred, then every problem; 1 when there is one."""
    from paperbrowse.cli.report import problem_lines, reading_report
    from paperbrowse.readers import read_paths

    paths: list[str | Path] = list(options.paths or library_paths(options)) or [bundled_pages()]
    reading = read_paths(paths)
    print(reading_report(reading))
    for line in problem_lines(reading.problems):
        print(line)
    return 1 if any(problem.lost for problem in reading.problems) else 0


def paths(options: argparse.Namespace) -> int:
    """`paths`: where everything is."""
    folder = settings_folder(options)
    session = known(lambda: state_dir(options.config_dir))
    print(f"settings   {folder / 'config.toml'}")
    print(f"bookmarks  {folder / 'bookmarks.toml'}")
    print(f"session    {session / 'session.json'}")
    for path in library_paths(options) or [str(bundled_pages())]:
        print(f"library    {path}")
    return 0
