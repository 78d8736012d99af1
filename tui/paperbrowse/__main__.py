"""The `paperbrowse` command."""

import sys


def main() -> int:
    """Run the command line and return its exit code."""
    from paperbrowse.cli import run

    return run(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
