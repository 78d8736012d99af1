"""The `paperbrowse` command."""

import gc
import sys


def main() -> int:
    """Run the command line and return its exit code."""
    # What a command makes it needs to its end; the browser, which runs for hours, turns this on again.
    gc.disable()
    try:
        from paperbrowse.cli import run

        return run(sys.argv[1:])
    except KeyboardInterrupt:  # while the program is still being loaded
        return 130
    finally:
        gc.freeze()  # the end need not go through everything either


if __name__ == "__main__":
    sys.exit(main())
