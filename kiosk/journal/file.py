"""Opens the journal's file: fresh, known to be whole, or moved aside where it is damaged."""

from __future__ import annotations

import contextlib
import logging
import sqlite3
from itertools import count
from pathlib import Path

from kiosk.clock import Clock
from kiosk.journal.error import DamagedError, JournalError
from kiosk.journal.schema import migrate

log = logging.getLogger(__name__)

BUSY_S = 2.0
"""How long a write waits for somebody else who writes, which nobody should."""

_SIDE_FILES = ("-wal", "-shm")


def connect(path: Path | None) -> sqlite3.Connection:
    """A connection to the file, made if there is none; None opens one in memory.

    It shall be the only one that writes or checkpoints: SQLite before 3.51.3 may lose what two of them do at once.

    Raises:
        DamagedError: the file is no journal that can be read.
        JournalError: it can't be opened or written, or a newer kiosk wrote it.
    """
    where = "the journal in memory" if path is None else str(path)
    try:
        connection = sqlite3.connect(":memory:" if path is None else path, isolation_level=None, timeout=BUSY_S)
    except sqlite3.Error as error:
        raise JournalError(f"{where} can't be opened: {error}") from error
    try:
        _prepare(connection)
    except BaseException as error:
        connection.close()
        match error:
            case DamagedError():
                raise DamagedError(f"{where} is damaged: {error}") from error
            case JournalError():
                raise JournalError(f"{where} {error}") from error
            case UnicodeDecodeError():  # of the schema: SQLite checks neither it nor any text
                raise DamagedError(f"{where} is damaged: {error}") from error
            case sqlite3.Error() if is_damage(error):
                raise DamagedError(f"{where} is damaged: {error}") from error
            case sqlite3.Error():
                raise JournalError(f"{where} can't be used: {error}") from error
            case _:
                raise
    return connection


def move_aside(path: Path) -> Path:
    """Rename a damaged file, with what SQLite keeps beside it, to `*.damaged-DATE`; tell where it is now.

    Raises:
        JournalError: it can't be renamed.
    """
    today = Clock().wall().date().isoformat()
    names = (path.with_name(f"{path.name}.damaged-{today}{'' if n == 1 else f'-{n}'}") for n in count(1))
    aside = next(name for name in names if not name.exists())
    try:
        path.rename(aside)
        for suffix in _SIDE_FILES:
            with contextlib.suppress(FileNotFoundError):
                path.with_name(path.name + suffix).rename(aside.with_name(aside.name + suffix))
    except OSError as error:
        raise JournalError(f"{path} is damaged and can't be moved aside: {error}") from error
    return aside


def _prepare(connection: sqlite3.Connection) -> None:
    # Readers of other processes never block a writer in this mode.
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA foreign_keys = ON")
    (found,) = connection.execute("PRAGMA quick_check(1)").fetchone()
    if found != "ok":
        raise DamagedError(found)
    migrate(connection)


def is_damage(error: sqlite3.Error) -> bool:
    """Whether the file's content is to blame, not the disk or another process."""
    code = getattr(error, "sqlite_errorcode", None)
    if code is None:
        # Not from SQLite but from Python's own reading: text that is no UTF-8.
        return isinstance(error, sqlite3.OperationalError)
    return code & 0xFF in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)
