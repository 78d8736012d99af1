"""Files: written whole or not at all, and known for another when they were written to."""

import os
from pathlib import Path


def write_whole(path: Path, data: bytes | str) -> None:
    """Put `data` (text as UTF-8) in the place of `path` in one step, through a link where it is one.

    A crash leaves the old file or the new one; the mode of an existing file stays. A pipe or a device
    takes the data as it comes.

    Raises:
        OSError: it cannot be written; what was there is untouched.
    """
    data = data.encode() if isinstance(data, str) else data
    target = path.resolve()
    if target.exists() and not target.is_file():
        target.write_bytes(data)
        return
    import tempfile

    handle, name = tempfile.mkstemp(prefix=f".{target.name}.", dir=target.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        Path(name).chmod(target.stat().st_mode & 0o7777 if target.exists() else 0o666 & ~_umask())
        Path(name).replace(target)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


Signature = tuple[int, int, int, int]


def signature(path: Path) -> Signature | None:
    """What tells, without reading it, that a file is another or was written to; None where there is none."""
    try:
        stat = path.stat()
    except (FileNotFoundError, NotADirectoryError):
        return None
    return stat.st_ino, stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
