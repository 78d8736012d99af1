"""Merges that a person refused: records that look like one paper and are two, kept in `refused.toml`."""

import tomllib
from collections.abc import Iterable
from itertools import combinations
from pathlib import Path

from paperbrowse.config import REFUSALS
from paperbrowse.files import write_whole
from paperbrowse.identity import identity
from paperbrowse.model import Paper, Problem

_HEAD = "# Pairs of records, by their identities, that are two papers although they look like one.\n"

Pair = tuple[str, str]


def read_refusals(folder: Path | None) -> tuple[list[Pair], list[Problem]]:
    """The refused pairs of identities in a settings folder, and what was wrong with the file."""
    if folder is None:
        return [], []
    path = folder / REFUSALS
    try:
        values = tomllib.loads(path.read_text("utf-8"))
    except (FileNotFoundError, NotADirectoryError):
        return [], []
    except OSError as error:
        return [], [Problem(str(path), 0, f"cannot be read: {error.strerror}", lost=False)]
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        return [], [Problem(str(path), 0, f"not valid TOML: {error}", lost=False)]
    pairs = values.get("pairs", [])
    good = [(pair[0], pair[1]) for pair in pairs if _is_pair(pair)] if isinstance(pairs, list) else []
    if not isinstance(pairs, list) or len(good) < len(pairs):
        return good, [Problem(str(path), 0, "pairs: must be a list of pairs of identities", lost=False)]
    return good, []


def _is_pair(value: object) -> bool:
    return isinstance(value, list) and len(value) == 2 and all(isinstance(part, str) for part in value)


def refuse(folder: Path, records: Iterable[Paper]) -> int:
    """Remember that no two of `records` are the same paper; how many pairs that added.

    Raises:
        OSError: the file cannot be written, or holds something that would be lost.
    """
    import tomli_w

    known, problems = read_refusals(folder)
    if problems:
        raise OSError(None, str(problems[0]))
    added = [
        pair
        for one, other in combinations([identity(record) for record in records], 2)
        if (pair := (min(one, other), max(one, other))) not in known
    ]
    if added:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        pairs = [list(pair) for pair in [*known, *added]]
        write_whole(folder / REFUSALS, _HEAD + tomli_w.dumps({"pairs": pairs}))
    return len(added)
