"""Secrets that stand in files of their own."""

from __future__ import annotations

import stat
from pathlib import Path

from kiosk.feed.fault import SourceError

_MOST_BYTES = 4096


def read_secret(path: Path) -> str:
    """The first line of the file, read anew each time so that a changed secret holds at once.

    Raises:
        SourceError: there is none; the message names the file and never its content.
    """
    try:
        with path.open("rb") as file:
            lines = file.read(_MOST_BYTES).decode("ascii").splitlines()
    except (UnicodeDecodeError, ValueError):
        raise SourceError(f"{path.name}: the secret holds other than ASCII characters") from None
    except OSError as error:
        raise SourceError(f"{path.name}: the secret can't be read ({error.strerror})") from None
    secret = lines[0].strip() if lines else ""
    if not secret or not secret.isprintable():
        raise SourceError(f"{path.name}: the first line holds no secret")
    return secret


def open_to_others(path: Path) -> bool:
    """Whether other accounts of this machine can read the file."""
    try:
        return bool(path.stat().st_mode & (stat.S_IRGRP | stat.S_IROTH))
    except OSError:
        return False
