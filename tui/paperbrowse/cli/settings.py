"""`config` and `library`: the settings file, seen and changed from the command line."""

import argparse
import os
import shlex
import sys
import tomllib
from collections.abc import Callable
from pathlib import Path

from paperbrowse.cli.failure import Failure
from paperbrowse.cli.session import settings_folder
from paperbrowse.files import write_whole
from paperbrowse.settings import FILE_NAME, read_settings, resolved, settings_toml
from paperbrowse.toml_text import EditError, append_to_array, remove_from_array

TEMPLATE = """\
# Settings of paperbrowse. Lines that begin with # say what holds when nothing is set.

# Files and folders to browse; without any, the pages that come with the program.
# library = ["~/papers", "~/thesis/references.bib"]

# A theme: paper-dark, paper-light, paper-contrast, ansi-dark, ansi-light (the terminal's own), nord, ...
# theme = "auto"

# How the panes are arranged: auto (by the window's size), wide, medium, narrow.
# layout = "auto"

# What a line of the papers pane tells, as far as there is room: year, title, authors, venue, category, code.
# columns = ["year", "title", "authors", "category", "code"]

# The order where nothing is asked: year, title, author, venue, score, match.
# sort = "auto"

[keys]
# preset = "vim" or "emacs", then single commands by their names ('paperbrowse config show' lists them):
# bookmark = ["b", "space"]
# quit = "q"

[export]
# format = "bibtex"
# style = "apa"
# key_pattern = "[auth][year][shorttitle]"
"""


def config_help(_options: argparse.Namespace) -> int:
    """`config` alone: there is nothing to do without an action."""
    raise Failure("config needs an action: show, edit, check or path", code=2)


def config_path(options: argparse.Namespace) -> int:
    """`config path`: where the settings file is or would be."""
    print(_file(options))
    return 0


def config_show(options: argparse.Namespace) -> int:
    """`config show`: every setting that holds; what is wrong with the file is said on stderr."""
    from paperbrowse.ui.keymap import vocabulary

    words = vocabulary()
    settings, complaints = read_settings(settings_folder(options), words)
    print(settings_toml(settings, words.commands))
    for complaint in complaints:
        print(f"paperbrowse: {complaint}", file=sys.stderr)
    return 0


def config_check(options: argparse.Namespace) -> int:
    """`config check`: what is wrong with the file; 1 when something is."""
    from paperbrowse.ui.keymap import vocabulary

    _, complaints = read_settings(settings_folder(options), vocabulary())
    for complaint in complaints:
        print(complaint)
    if not complaints:
        path = _file(options)
        print(f"{path}: no complaints" if path.exists() else f"{path} is not there: everything as it comes")
    return 1 if complaints else 0


def config_edit(options: argparse.Namespace) -> int:
    """`config edit`: open the file in the person's editor, made first if it is not there, then check it."""
    path = _file(options)
    if not path.exists():
        _write(path, TEMPLATE)
    import subprocess

    editor = os.environ.get("VISUAL") or os.environ.get("EDITOR") or "vi"
    try:
        code = subprocess.run([*shlex.split(editor), str(path)], check=False).returncode
    except (OSError, ValueError) as error:
        raise Failure(f"the editor {editor!r} cannot be started: {error}; set EDITOR to another") from error
    if code:
        raise Failure(f"the editor {editor!r} ended with {code}; {path} may be as it was")
    return config_check(options)


def _file(options: argparse.Namespace) -> Path:
    return settings_folder(options) / FILE_NAME


def library_help(_options: argparse.Namespace) -> int:
    """`library` alone: there is nothing to do without an action."""
    raise Failure("library needs an action: add, remove or list", code=2)


def library_list(options: argparse.Namespace) -> int:
    """`library list`: the configured paths, and which of them are not there."""
    for path in _configured(options):
        print(path)
        if not Path(path).exists():
            print(f"paperbrowse: {path} is not there", file=sys.stderr)
    return 0


def library_add(options: argparse.Namespace) -> int:
    """`library add`: read these files and folders from now on."""
    known = {Path(path).resolve() for path in _configured(options)}
    added: list[str] = []
    for given in options.paths:
        path = _expanded(given).absolute()
        if not path.exists():
            raise Failure(f"{path} is not there")
        if path.resolve() not in known:
            known.add(path.resolve())
            added.append(os.path.normpath(path))

    def with_them(text: str) -> str:
        for name in added:
            text = append_to_array(text, "library", name)
        return text

    _edit(options, with_them)
    for name in added:
        print(f"paperbrowse: added {name}", file=sys.stderr)
    return 0


def _expanded(path: str) -> Path:
    """`path` below the home that its `~` is; where that is not known, as it is written."""
    return Path(os.path.expanduser(path))  # noqa: PTH111


def library_remove(options: argparse.Namespace) -> int:
    """`library remove`: read these no longer; the files themselves stay where they are."""
    folder = settings_folder(options)
    removed: list[str] = []

    def without_them(text: str) -> str:
        for given in options.paths:
            wanted = {
                given,
                str(_expanded(given).absolute()),
                str(_expanded(given).resolve()),
            }
            written: list[str] = tomllib.loads(text).get("library", [])
            found = [
                number
                for number, item in enumerate(written)
                if wanted
                & {item, str(resolved(folder, item).absolute()), str(resolved(folder, item).resolve())}
            ]
            if not found:
                raise Failure(f"{given} is not in the library; see 'paperbrowse library list'")
            for number in reversed(found):
                text = remove_from_array(text, "library", number)
                removed.append(written[number])
        return text

    _edit(options, without_them)
    for name in removed:
        print(f"paperbrowse: removed {name}; the files stay where they are", file=sys.stderr)
    return 0


def _configured(options: argparse.Namespace) -> tuple[str, ...]:
    from paperbrowse.cli.session import settings_of

    return settings_of(options, "library").library


def _edit(options: argparse.Namespace, change: Callable[[str], str]) -> None:
    """Change the text of the settings file, keeping what is not concerned as it is written."""
    _configured(options)
    path = _file(options)
    try:
        before = path.read_bytes().decode("utf-8-sig") if path.exists() else ""
        unix = before.replace("\r\n", "\n")
        after = change(unix)
    except OSError as error:
        raise Failure(f"{path} cannot be read: {error.strerror}") from error
    except EditError as error:
        raise Failure(f"{path}: {error}") from error
    if after != unix:
        _write(path, after.replace("\n", "\r\n") if "\r\n" in before else after)


def _write(path: Path, text: str) -> None:
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        write_whole(path, text)
    except OSError as error:
        raise Failure(f"{path} cannot be written: {error.strerror}") from error
