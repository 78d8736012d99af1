"""The `paperbrowse` command."""

import sys


def main() -> int:
    """Run the command line and return its exit code."""
    try:
        from paperbrowse.cli import run

        return run(sys.argv[1:])
    except KeyboardInterrupt:  # while the program is still being loaded
        return 130


if __name__ == "__main__":
    sys.exit(main())
