"""The bytes of a file that others write, and whether they wrote while it was read."""

from __future__ import annotations

import os
import stat
from dataclasses import dataclass
from pathlib import Path

from kiosk.feed.fault import SourceError

MAX_BYTES = 32 * 1024 * 1024
"""The largest file that is read."""

_TRIES = 3


@dataclass(frozen=True, slots=True)
class Stamp:
    """What changes when a file does."""

    modified_ns: int
    size: int
    inode: int


def stamp(path: Path) -> Stamp:
    """The file's present stamp.

    Raises:
        SourceError: there is no such file, or it isn't a plain one.
    """
    try:
        return _checked(path, path.stat())
    except (OSError, ValueError) as error:
        raise _unreadable(path, error) from None


def content(path: Path) -> tuple[bytes, Stamp]:
    """All bytes of the file, and its stamp as it was before they were read.

    A file that changes meanwhile is read again, a few times: a half of the old one and a half of the new one would
    be neither. One that only ever grows is then taken as it is.

    Raises:
        SourceError: it can't be read, with its name.
    """
    try:
        for _ in range(_TRIES):
            # Never waits: a pipe that nobody writes to would.
            handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0))
            with os.fdopen(handle, "rb") as file:
                before = _checked(path, os.fstat(handle))
                data = file.read(MAX_BYTES + 1)
                unchanged = _checked(path, os.fstat(handle)) == before and len(data) == before.size
            if unchanged:
                break
        return data, before
    except (OSError, ValueError) as error:
        raise _unreadable(path, error) from None


def _checked(path: Path, found: os.stat_result) -> Stamp:
    if stat.S_ISDIR(found.st_mode):
        raise IsADirectoryError
    if not stat.S_ISREG(found.st_mode):
        raise SourceError(f"{path.name}: this is not a plain file")
    if found.st_size > MAX_BYTES:
        raise SourceError(f"{path.name}: the file is larger than {MAX_BYTES // 2**20} MiB: leave old rows out of it")
    return Stamp(found.st_mtime_ns, found.st_size, found.st_ino)


def _unreadable(path: Path, error: OSError | ValueError) -> SourceError:
    if isinstance(error, FileNotFoundError):
        return SourceError(f"{path.name}: no such file in {path.parent}")
    if isinstance(error, IsADirectoryError):
        return SourceError(f"{path.name}: this is a folder, not a file")
    if isinstance(error, PermissionError):
        return SourceError(f"{path.name}: this may not be read (permission denied)")
    reason = error.strerror if isinstance(error, OSError) else str(error)
    return SourceError(f"{path.name}: this can't be read ({reason})")
