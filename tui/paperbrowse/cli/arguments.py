"""What may stand on the command line."""

import argparse
from collections.abc import Callable, Sequence
from typing import Protocol

from paperbrowse import __version__
from paperbrowse.cli.deferred import CommandModule
from paperbrowse.cli.parsing import CommandParser

DESCRIPTION = """\
Browse research papers in the terminal: authors, papers and abstract side by side.
Without a command the browser opens; with one, the same is done for scripts.
In the browser, type / to filter, b to bookmark, e to export, ? for all keys.
"""

EXAMPLES = """\
examples:
  paperbrowse                               browse the configured library, else the bundled pages
  paperbrowse --library ~/papers            browse your own author pages
  paperbrowse library add ~/papers          from now on without saying so
  paperbrowse list 'distil year:>=2023'     what the filter in the browser would show
  paperbrowse show li2023graphixt5          one paper, whole
  paperbrowse bookmark add li2023graphixt5  keep it
  paperbrowse export -o refs.bib            all bookmarks as BibTeX
  paperbrowse config edit                   theme, keys, columns and more
  eval "$(paperbrowse completion bash)"     complete this command line with the Tab key
  paperbrowse man | man -l -                all of this as a manual page
"""


checking = CommandModule("checking")
editing = CommandModule("editing")
exporting = CommandModule("exporting")
keeping = CommandModule("keeping")
listing = CommandModule("listing")
people = CommandModule("people")
settings = CommandModule("settings")

_Fill = Callable[[argparse.ArgumentParser], None]


def parser() -> argparse.ArgumentParser:
    """The parser of the whole command line; `run` in its result carries out the command."""
    main = CommandParser(prog="paperbrowse", description=DESCRIPTION, epilog=EXAMPLES)
    main.add_argument("--version", action="version", version=f"paperbrowse {__version__}")
    _shared(main, default=None)
    main.add_argument("--fresh", action="store_true", help="open at the beginning, not where you left")
    main.add_argument("--ascii", action="store_true", help="draw nothing but ASCII characters")
    main.set_defaults(run=CommandModule("browse").browse)
    command = _below(main, "command")
    command("list", listing.list_papers, "List papers, all or those that a query finds.", _add_list)
    command("show", listing.show, "Show one paper: every field, and how each is known.", _add_show)
    command("split", editing.split, "Say that records which were merged are several papers.", _add_split)
    command("edit", editing.edit, "Correct a paper's fields; the sources stay as they are.", _add_edit)
    command("authors", listing.list_authors, "List authors with the number of their papers.", _add_authors)
    command(
        "people",
        people.people_help,
        "Say which names are one person's, and ask which may be.",
        _add_people,
    )
    command(
        "export",
        exporting.export,
        "Write citations: of the bookmarks, or of what you name.",
        _add_export,
    )
    command("bookmark", keeping.bookmark_help, "Keep papers: add, remove, list, tag and more.", _add_bookmark)
    command(
        "check",
        checking.check,
        "Say what was read, what was inferred, and what could not be read.",
        _add_check,
    )
    command("paths", checking.paths, "Say where settings, bookmarks, session and pages are.")
    command("config", settings.config_help, "See, check and edit the settings.", _add_config)
    command("library", settings.library_help, "Say what the browser reads from now on.", _add_library)
    command(
        "completion",
        CommandModule("completion").completion,
        "Print a script that completes this command line.",
        _add_completion,
    )
    command("man", CommandModule("manual").manual, "Print the manual page.")
    return main


class _Add(Protocol):
    def __call__(
        self, name: str, run: Callable[[argparse.Namespace], int], help_line: str, fill: _Fill = ..., /
    ) -> None: ...


def _below(target: argparse.ArgumentParser, noun: str) -> _Add:
    """A function that adds a command below `target`; its arguments are added when it is the one typed."""
    places = target.add_subparsers(title=f"{noun}s", metavar=noun.upper(), parser_class=CommandParser)

    def add(
        name: str, run: Callable[[argparse.Namespace], int], help_line: str, fill: _Fill = _nothing, /
    ) -> None:
        def fill_all(sub: argparse.ArgumentParser) -> None:
            # Given again behind the command, the shared options add to what stood before it.
            _shared(sub, default=argparse.SUPPRESS)
            fill(sub)

        sub = places.add_parser(name, help=help_line, description=help_line, fill=fill_all)
        sub.set_defaults(run=run)

    return add


def _nothing(_target: argparse.ArgumentParser) -> None:
    """A command without arguments."""


def _shared(target: argparse.ArgumentParser, default: object) -> None:
    target.add_argument(
        "--library",
        metavar="PATH",
        action="extend",
        nargs=1,
        default=default,
        help="a file or folder to read; may be given again "
        "(default: the configured library, else the bundled pages)",
    )
    target.add_argument(
        "--config-dir", metavar="DIR", default=default, help="where settings and bookmarks are kept"
    )


def _format(target: argparse.ArgumentParser, choices: Sequence[str]) -> None:
    target.add_argument("--format", choices=choices, default=choices[0], help=f"default: {choices[0]}")


def _table_format(target: argparse.ArgumentParser) -> None:
    _format(target, ["table", "json", "jsonl", "tsv"])


def _paper_format(target: argparse.ArgumentParser) -> None:
    _format(target, ["table", "json", "jsonl", "tsv", "keys"])


def _name_query(target: argparse.ArgumentParser, help_line: str) -> None:
    target.add_argument("query", nargs="?", default="", type=str.strip, metavar="QUERY", help=help_line)


def _limit(target: argparse.ArgumentParser) -> None:
    target.add_argument("--limit", metavar="N", type=_count, help="at most N of them")


def _sort(target: argparse.ArgumentParser, usual: str | None, help_line: str) -> None:
    from paperbrowse.ordering import Order

    orders = [order.value for order in Order]
    target.add_argument("--sort", choices=orders, default=usual, help=help_line)


def _count(text: str) -> int:
    if not text.isdecimal():
        raise argparse.ArgumentTypeError(f"{text!r} is not a number from 0 up")
    return int(text)


def _add_list(target: argparse.ArgumentParser) -> None:
    target.add_argument(
        "query",
        nargs="?",
        default="",
        type=str.strip,
        metavar="QUERY",
        help="as typed in the browser's filter",
    )
    target.add_argument("--author", metavar="NAME", help="only papers of this author (exact name)")
    target.add_argument("--bookmarked", action="store_true", help="only bookmarked papers")
    target.add_argument(
        "--like",
        metavar="KEY",
        help="only papers that share authors and words with this one, the likest first; "
        "what fewer papers have counts more",
    )
    _sort(target, None, "the order; default: the best match first; the newest where no words are looked for")
    target.add_argument("--reverse", action="store_true", help="turn the order round")
    target.add_argument("--as-printed", action="store_true", help="each record just as its source gives it")
    _limit(target)
    _paper_format(target)


def _add_show(target: argparse.ArgumentParser) -> None:
    target.add_argument("key", metavar="KEY", help="the paper's citation key")
    target.add_argument("--sources", action="store_true", help="tell where each field comes from")
    _format(target, ["text", "json", "bibtex", "biblatex"])


def _add_split(target: argparse.ArgumentParser) -> None:
    target.add_argument("key", metavar="KEY", help="the merged paper's citation key")


def _add_edit(target: argparse.ArgumentParser) -> None:
    from paperbrowse.corrections import FIELDS

    target.add_argument("key", metavar="KEY", help="the paper's citation key")
    target.add_argument(
        "changes",
        nargs="+",
        metavar="FIELD=VALUE",
        help="such as year=2024 or 'authors=Ann Lee; Bob Ray'; an empty value takes the correction back; "
        f"the fields are {', '.join(FIELDS)}",
    )


def _add_authors(target: argparse.ArgumentParser) -> None:
    _name_query(target, "beginnings of the name's parts")
    _limit(target)
    _table_format(target)


def _add_check(target: argparse.ArgumentParser) -> None:
    target.add_argument("paths", nargs="*", metavar="PATH", help="files or folders (default: the library)")


def _add_export(target: argparse.ArgumentParser) -> None:
    from paperbrowse.settings import STYLES
    from paperbrowse.writers import FORMATS

    target.add_argument(
        "keys",
        nargs="*",
        metavar="KEY",
        help="citation keys (default: all bookmarks); - reads them from stdin",
    )
    chosen = target.add_mutually_exclusive_group()
    chosen.add_argument("--query", metavar="Q", type=str.strip, help="the papers that this query finds")
    chosen.add_argument("--all", action="store_true", help="the whole library")
    target.add_argument("--format", choices=list(FORMATS), help="default: the configured one, else bibtex")
    target.add_argument("-o", "--output", metavar="FILE", help="write here (default: stdout)")
    existing = target.add_mutually_exclusive_group()
    existing.add_argument("--force", action="store_true", help="replace FILE if it is there")
    existing.add_argument("--append", action="store_true", help="add to FILE what it does not have yet")
    target.add_argument("--abstract", action="store_true", help="with abstracts")
    target.add_argument("--keywords", action="store_true", help="with your tags as keywords")
    target.add_argument("--note", action="store_true", help="with your notes as annotations")
    target.add_argument("--fields", metavar="A,B", type=_words, default=(), help="only these fields")
    target.add_argument(
        "--mark-inferred", action="store_true", help="say in the entry where a year was inferred"
    )
    target.add_argument(
        "--style", choices=STYLES, help="of formatted references; default: the configured one, else apa"
    )
    _sort(target, "match", "the order; default: as found")


def _words(text: str) -> tuple[str, ...]:
    return tuple(word.strip() for word in text.split(",") if word.strip())


def _add_config(target: argparse.ArgumentParser) -> None:
    action = _below(target, "action")
    action("show", settings.config_show, "Show every setting that holds, as it would stand in the file.")
    action("edit", settings.config_edit, "Open the file in your editor, then check it.")
    action("check", settings.config_check, "Say what is wrong with the file, with lines.")
    action("path", settings.config_path, "Say where the file is.")


def _add_library(target: argparse.ArgumentParser) -> None:
    def paths(sub: argparse.ArgumentParser) -> None:
        sub.add_argument("paths", nargs="+", metavar="PATH", help="a file or a folder")

    action = _below(target, "action")
    action("add", settings.library_add, "Read these files and folders from now on.", paths)
    action("remove", settings.library_remove, "Read these no longer; nothing is deleted.", paths)
    action("list", settings.library_list, "List the configured files and folders.")


def _add_people(target: argparse.ArgumentParser) -> None:
    action = _below(target, "action")
    action(
        "suggest",
        people.people_suggest,
        "List pairs of names that are likely one person's.",
        _add_people_suggest,
    )
    action(
        "join",
        people.people_join,
        "Take names as one author; bylines stay as they are printed.",
        _add_people_join,
    )
    action("split", people.people_split, "Take a name as an author of its own again.", _exact_name)
    action(
        "apart",
        people.people_apart,
        "Say that two names are two people; suggest them no more.",
        _add_people_apart,
    )
    action("list", people.people_list, "List the names that were joined.", _table_format)


def _add_people_suggest(target: argparse.ArgumentParser) -> None:
    _name_query(target, "beginnings of the names' parts")
    _limit(target)
    _table_format(target)


def _add_people_join(target: argparse.ArgumentParser) -> None:
    target.add_argument("names", nargs="+", metavar="NAME", help="exact names, two or more")
    target.add_argument(
        "--as", dest="lead", metavar="NAME", help="the spelling that is shown (default: the most frequent)"
    )


def _exact_name(target: argparse.ArgumentParser) -> None:
    target.add_argument("name", metavar="NAME", help="exact name")


def _add_people_apart(target: argparse.ArgumentParser) -> None:
    _exact_name(target)
    target.add_argument("other", metavar="OTHER", help="the exact name of the other")


def _add_bookmark(target: argparse.ArgumentParser) -> None:
    action = _below(target, "action")
    action("add", keeping.bookmark_add, "Bookmark papers.", _keys)
    action("remove", keeping.bookmark_remove, "Remove bookmarks.", _keys)
    action("list", keeping.bookmark_list, "List the bookmarks.", _paper_format)
    action("tag", keeping.bookmark_tag, "Add tags to bookmarks.", _tags_and_keys)
    action("untag", keeping.bookmark_untag, "Take tags from bookmarks.", _tags_and_keys)
    action("note", keeping.bookmark_note, "Set the note of a bookmark.", _add_bookmark_note)
    action("status", keeping.bookmark_status, "Set the reading status of bookmarks.", _add_bookmark_status)
    action("undo", keeping.bookmark_undo, "Undo the last change to the bookmarks.")
    action("redo", keeping.bookmark_redo, "Do again what was undone last.")


def _keys(target: argparse.ArgumentParser) -> None:
    target.add_argument("keys", nargs="+", metavar="KEY", help="citation keys; - reads them from stdin")


def _tags_and_keys(target: argparse.ArgumentParser) -> None:
    target.add_argument("tags", metavar="TAG[,TAG]", help="one tag or several with commas between")
    _keys(target)


def _add_bookmark_note(target: argparse.ArgumentParser) -> None:
    target.add_argument("key", metavar="KEY")
    target.add_argument(
        "text", metavar="TEXT", help="the note; an empty one removes it; - reads it from stdin"
    )


def _add_bookmark_status(target: argparse.ArgumentParser) -> None:
    target.add_argument("status", choices=["none", "to-read", "reading", "read"])
    _keys(target)


def _add_completion(target: argparse.ArgumentParser) -> None:
    target.add_argument("shell", choices=["bash", "zsh", "fish"], metavar="SHELL", help="bash, zsh or fish")
