"""The command that opens the browser: the only way from the command line to the screen."""

import argparse
import gc
import os
import sys

from paperbrowse.cli.failure import Failure
from paperbrowse.cli.streams import takes_unicode


def browse(options: argparse.Namespace) -> int:
    """Open the browser; refuse, with exit code 2, where there is no terminal to open it in."""
    if not all(stream.isatty() for stream in (sys.stdin, sys.stdout, sys.stderr)):
        raise Failure(
            "the browser needs a terminal, and input or output is redirected; "
            "use a command such as 'paperbrowse list' (see --help)",
            code=2,
        )
    if os.environ.get("TERM", "") in ("", "dumb"):
        raise Failure(
            "the browser needs a terminal that can move its cursor, and TERM says it cannot; "
            "use a command such as 'paperbrowse list' (see --help)",
            code=2,
        )
    from paperbrowse.cache import cache_dir
    from paperbrowse.cli.session import known, settings_folder
    from paperbrowse.config import state_dir
    from paperbrowse.ui.app import PaperBrowse

    known(cache_dir)  # to be said before the screen is taken
    gc.enable()
    app = PaperBrowse(
        options.library or (),
        settings_folder(options),
        state_folder=known(lambda: state_dir(options.config_dir)),
        fresh=options.fresh,
        ascii_only=options.ascii or not takes_unicode(sys.stderr),
    )
    code = app.run() or app.return_code or 0  # a fault of ours ends in Textual's report and its code
    for text in app.last_words:
        print(text, end="")
    return code
