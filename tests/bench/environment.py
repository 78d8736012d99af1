"""What programs that are measured are run in."""

import os


def as_installed(**more: str) -> dict[str, str]:
    """This environment and `more`, but letting Python keep compiled code, as it does of an installed program."""
    environment = dict(os.environ) | more
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    return environment
