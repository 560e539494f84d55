"""Which body stands under each record key, so that repeats, corrections and conflicts can be told apart."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from dataclasses import dataclass
from datetime import UTC

from kiosk.domain.record import Record


@dataclass(frozen=True, slots=True)
class Stored:
    """What stands under a record key.

    Attributes:
        seq: the number of the log's entry that has the body.
        hash: see `body_hash`.
    """

    seq: int
    revision: int
    hash: bytes


class Records:
    """The `record` table: the newest body of each key."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def stored(self, source: str, id: str) -> Stored | None:  # noqa: A002 - the record's own word
        """What stands under this key; None for a new one."""
        row = self._connection.execute(
            "SELECT seq, revision, hash FROM record WHERE source = ? AND id = ?", (_key(source), _key(id))
        ).fetchone()
        return None if row is None else Stored(*row)

    def put(self, record: Record, seq: int) -> None:
        """This record's body, logged under `seq`, stands from now on; within a transaction."""
        self._connection.execute(
            "INSERT INTO record (source, id, seq, revision, hash) VALUES (?, ?, ?, ?, ?)"
            " ON CONFLICT (source, id) DO UPDATE SET"
            " seq = excluded.seq, revision = excluded.revision, hash = excluded.hash",
            (_key(record.source), _key(record.id), seq, record.revision, body_hash(record)),
        )


def body_hash(record: Record) -> bytes:
    """Equal for records that say the same under the same key, whatever their revision."""
    body = [
        record.type,
        record.occurred_at.astimezone(UTC).isoformat(),
        record.date_only,
        record.owner,
        sorted(record.fields.items()),
    ]
    return hashlib.blake2b(json.dumps(body).encode(), digest_size=16).digest()


def _key(text: str) -> str:
    """SQLite keeps valid Unicode only, JSON items may hold half a surrogate pair."""
    return text.encode(errors="backslashreplace").decode()
