"""Files that are never half there: locks, complete temporary files, exchanges, words for what went wrong."""

import errno
import os
import random
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

_LOCK_PATIENCE = 30.0
_AT_FDCWD = -100
_RENAME_EXCHANGE = 2
_RENAME_SWAP = 2  # the same thing under macOS's renamex_np
_REASONS = {
    errno.ENOSPC: "the disk is full",
    errno.EDQUOT: "your disk quota is used up",
    errno.EFBIG: "the file would be larger than is allowed",
    errno.EROFS: "the folder is on a read-only file system",
    errno.EACCES: "permission denied",
    errno.EPERM: "permission denied",
    errno.ENOTDIR: "a part of its path is a file, not a folder",
    errno.EISDIR: "it is a folder, not a file",
    errno.ELOOP: "its symbolic links go in a circle",
}


class StoreError(Exception):
    """The bookmarks could not be read or written; the message names the file and the reason."""


def reason(error: OSError) -> str:
    """Why the system refused, in words."""
    return _REASONS.get(error.errno or 0) or error.strerror or str(error)


def refusal(path: Path, error: OSError, doing: str = "cannot be written") -> StoreError:
    """The error to show a person for `error` at `path`."""
    return StoreError(f"{path}: {doing}: {reason(error)}")


def make_folder(folder: Path) -> None:
    """Make `folder` if it is not there, for its owner only."""
    if not folder.is_dir():
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)


@contextmanager
def locked(path: Path, patience: float = _LOCK_PATIENCE) -> Iterator[None]:
    """Hold the lock file `path`, which is made if needed and never removed.

    The system frees it when its holder ends, however it ends.

    Raises:
        StoreError: another process has held it for all of `patience` seconds.
    """
    deadline = time.monotonic() + patience
    pause = 0.001
    while True:
        handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            while not _try_lock(handle):
                if time.monotonic() > deadline:
                    raise StoreError(f"{path}: another program holds the lock and does not let go")
                time.sleep(pause * random.uniform(0.5, 1.5))
                pause = min(pause * 1.5, 0.02)
            if _still_at(handle, path):
                yield
                return
        finally:
            os.close(handle)  # which also unlocks


def _still_at(handle: int, path: Path) -> bool:
    """Whether the locked file is the one at `path`: its folder may have been removed meanwhile."""
    try:
        return os.path.samestat(os.fstat(handle), path.stat())
    except FileNotFoundError:
        make_folder(path.parent)
        return False


if sys.platform == "win32":
    import msvcrt

    def _try_lock(handle: int) -> bool:
        try:
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:
    import fcntl

    def _try_lock(handle: int) -> bool:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            if error.errno in {errno.EWOULDBLOCK, errno.EINTR}:
                return False
            raise
        return True


def write_all(handle: int, data: bytes) -> None:
    """Write all of `data`: one `write` may take less than it was given."""
    rest = memoryview(data)
    while rest:
        rest = rest[os.write(handle, rest[: 1 << 22]) :]


def write_new(path: Path, data: bytes) -> None:
    """Make the file `path`, which must not be there, hold `data`, on the disk itself; or leave nothing."""
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
    try:
        try:
            write_all(handle, data)
            os.fsync(handle)
        finally:
            os.close(handle)
    except BaseException:
        with suppress(OSError):
            path.unlink()
        raise


def sync_folder(folder: Path) -> None:
    """Have the names in `folder` on the disk itself."""
    if sys.platform == "win32":
        return
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def exchange(new: Path, path: Path) -> None:
    """Give `new` and `path` each other's content in one step, so that what `path` held is not lost.

    Where the system has no such call, what `path` held is first given a second name.

    Raises:
        FileNotFoundError: there is nothing at `path`.
    """
    if not _exchange(new, path):
        held = new.with_name(new.name + ".held")
        os.link(path, held)
        new.replace(path)
        held.replace(new)


def _exchange(new: Path, path: Path) -> bool:
    """Whether the system could exchange the two."""
    import ctypes

    library = ctypes.CDLL(None, use_errno=True)
    names = (os.fsencode(new), os.fsencode(path))
    if sys.platform == "darwin" and hasattr(library, "renamex_np"):
        failed = library.renamex_np(*names, _RENAME_SWAP)
    elif hasattr(library, "renameat2"):
        failed = library.renameat2(_AT_FDCWD, names[0], _AT_FDCWD, names[1], _RENAME_EXCHANGE)
    else:
        return False
    if not failed:
        return True
    number = ctypes.get_errno()
    if number in {errno.EINVAL, errno.ENOSYS, errno.ENOTSUP}:
        return False
    raise OSError(number, os.strerror(number), str(path))


def place(new: Path, path: Path) -> bool:
    """Give `new` the name `path` if nothing has it; whether nothing had."""
    try:
        os.link(new, path)
    except FileExistsError:
        return False
    except OSError as error:
        if error.errno not in {errno.EPERM, errno.ENOTSUP, errno.ENOSYS, errno.EMLINK}:
            raise
        if path.exists():
            return False
        new.rename(path)
        return True
    new.unlink()
    return True
