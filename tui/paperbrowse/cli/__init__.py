"""The command line: everything the browser does, as plain commands for scripts.

Exit codes: 0 done, 1 it did not work, 2 wrong usage. Data goes to stdout, talk to stderr.
"""

import os
import sys
from argparse import ArgumentParser
from collections.abc import Sequence
from io import TextIOWrapper

from paperbrowse.cli.failure import Failure


def run(arguments: Sequence[str]) -> int:
    """Carry out one command line (without the program's name) and return the exit code."""
    try:
        from paperbrowse.cli.arguments import parser
        from paperbrowse.cli.parsing import with_excluding_queries

        if sys.stderr is None:  # closed: what is said goes nowhere, and never among the data
            sys.stderr = open(os.devnull, "w")  # noqa: PTH123, SIM115
        for stream in (sys.stdout, sys.stderr):
            # A name in a script that the terminal's encoding lacks must not end the program.
            if isinstance(stream, TextIOWrapper):
                stream.reconfigure(errors="backslashreplace")
        if sys.stdout is None:
            raise Failure("standard output is closed")
        return _carried_out(parser(), with_excluding_queries(arguments))
    except Failure as failure:
        from paperbrowse.text.clean import clean

        print(f"paperbrowse: {clean(str(failure))}", file=sys.stderr)
        return failure.code
    except BrokenPipeError:
        # The reader (`head`) has gone; what is still buffered must not complain at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except OSError as error:
        # Every file has its own message; what is left is standard output on a full disk.
        print(f"paperbrowse: standard output cannot be written: {error.strerror}", file=sys.stderr)
        sys.stdout = None  # what is still buffered would complain again at exit
        return 1
    except KeyboardInterrupt:
        return 130


def _carried_out(parser: ArgumentParser, arguments: Sequence[str]) -> int:
    try:
        options = parser.parse_args(arguments)
        code: int = options.run(options)
    except SystemExit as end:
        # `--help` and wrong usage end here; what they printed has to be out before the reader may be gone.
        code = end.code if isinstance(end.code, int) else 1
    sys.stdout.flush()
    return code
