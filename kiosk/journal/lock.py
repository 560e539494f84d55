"""One kiosk has one journal: a second process is kept off it, while anybody may read it."""

from __future__ import annotations

import fcntl
from pathlib import Path
from time import sleep
from typing import IO

from kiosk.clock import Clock
from kiosk.journal.error import JournalError

PATIENCE_S = 5.0
"""A kiosk that is just ending keeps its journal for no longer than this."""

_AGAIN_S = 0.05


def hold(path: Path) -> IO[str]:
    """Take the journal at `path`, in a folder that is made if there is none; closing what this returns gives it back.

    The lock is the system's, so that a killed process leaves none behind.

    Raises:
        JournalError: another process has it, or the folder can't be written.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        file = path.with_name(path.name + ".lock").open("w")
    except OSError as error:
        raise JournalError(f"{path} can't be opened: {error}") from error
    clock = Clock()
    end_ns = clock.mono_ns() + PATIENCE_S * 1e9
    while True:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            if clock.mono_ns() >= end_ns:
                file.close()
                raise JournalError(f"{path} is in use by another kiosk") from error
            sleep(_AGAIN_S)
        else:
            return file
