"""The log: the truth from which the engine is built again. Entries are added, never changed, never dropped."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from typing import Any

from kiosk.journal.codec import Codec, CodecError, codec
from kiosk.journal.entry import KINDS, Entry, RecordLogged
from kiosk.journal.error import DamagedError, JournalError
from kiosk.journal.file import is_damage

_CODECS: dict[str, Codec[Any]] = {word: codec(kind) for word, kind in KINDS.items()}
_WORDS = {kind: word for word, kind in KINDS.items()}


class Log:
    """The `log` table: entries numbered from 1 without a gap."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def append(self, entry: Entry) -> int:
        """Add an entry, within a transaction; its number."""
        word = _WORDS[type(entry)]
        row = self._connection.execute(
            "INSERT INTO log (kind, body) VALUES (?, ?)", (word, _CODECS[word].write(entry))
        ).lastrowid
        assert row is not None
        return row

    def entries(self) -> Iterator[tuple[int, Entry]]:
        """Every entry with its number, oldest first.

        Raises:
            DamagedError: an entry can't be read, or one is missing.
            JournalError: the file can't be read.
        """
        try:
            for expected, (seq, kind, body) in enumerate(
                self._connection.execute("SELECT seq, kind, body FROM log ORDER BY seq"), start=1
            ):
                if seq != expected:
                    raise DamagedError(f"entry {expected} of the log is missing")
                yield seq, _read(seq, kind, body)
        except sqlite3.Error as error:
            kind = DamagedError if is_damage(error) else JournalError
            raise kind(f"the log can't be read: {error}") from error

    def record(self, seq: int) -> RecordLogged:
        """The record that was logged under this number.

        Raises:
            DamagedError: there is none.
        """
        row = self._connection.execute("SELECT kind, body FROM log WHERE seq = ?", (seq,)).fetchone()
        entry = _read(seq, *row) if row else None
        if not isinstance(entry, RecordLogged):
            raise DamagedError(f"entry {seq} of the log is no record")
        return entry


def _read(seq: int, kind: str, body: str) -> Entry:
    try:
        entry: Entry = _CODECS[kind].read(body)
    except (KeyError, CodecError) as error:
        raise DamagedError(f"entry {seq} of the log can't be read: {error}") from error
    return entry
