"""What programs that are measured are run in."""

import os


def as_installed(**more: str) -> dict[str, str]:
    """This environment and `more`; Python keeps compiled code, as of an installed program."""
    environment = dict(os.environ) | more
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    return environment
