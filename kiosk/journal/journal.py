"""The journal: what this display must not forget, in one SQLite file with one connection."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from kiosk.journal.error import DamagedError, JournalError
from kiosk.journal.file import connect, is_damage
from kiosk.journal.ledger import Ledger
from kiosk.journal.lock import hold
from kiosk.journal.log import Log
from kiosk.journal.play_log import PlayLog
from kiosk.journal.records import Records
from kiosk.journal.stamp import stamp


class Journal:
    """One file, owned by the thread that makes this value: no other may use it.

    Everything is written within `transaction`, so that what belongs together is in the file whole or not at all,
    and is durable when the transaction has ended.

    Args:
        path: the file, made if there is none; None keeps everything in memory.

    Raises:
        DamagedError: the file is no journal that can be read; see `kiosk.journal.file.move_aside`.
        JournalError: it can't be opened, or another process has it.
    """

    def __init__(self, path: Path | None) -> None:
        self._lock = None if path is None else hold(path)
        try:
            self._connection = connect(path)
        except JournalError:
            self._release()
            raise
        self._where = "the journal in memory" if path is None else str(path)
        self.log = Log(self._connection)
        self.records = Records(self._connection)
        self.ledger = Ledger(self._connection)
        self.play_log = PlayLog(self._connection)

    def close(self) -> None:
        """Close the file; what was committed is in it."""
        self._connection.close()
        self._release()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Everything written inside is durable at the end, or, when anything raises, gone.

        Raises:
            JournalError: it can't be written, such as on a full disk.
        """
        try:
            self._connection.execute("BEGIN IMMEDIATE")
            yield
            self._connection.execute("COMMIT")
        except BaseException as error:
            self._roll_back()
            if isinstance(error, sqlite3.Error):
                kind = DamagedError if is_damage(error) else JournalError
                raise kind(f"{self._where} can't be written: {error}") from error
            raise

    def loaded_sources(self) -> frozenset[str]:
        """The sources whose first load is done."""
        return frozenset(id_ for (id_,) in self._connection.execute("SELECT id FROM source"))

    def set_loaded(self, source: str, at: datetime) -> None:
        """The first load of this source is done; within a transaction."""
        self._connection.execute(
            "INSERT INTO source (id, first_load_at) VALUES (?, ?) ON CONFLICT (id) DO NOTHING", (source, stamp(at))
        )

    def _release(self) -> None:
        if self._lock is not None:
            self._lock.close()

    def _roll_back(self) -> None:
        # A full disk makes SQLite roll back by itself.
        if self._connection.in_transaction:
            self._connection.execute("ROLLBACK")
