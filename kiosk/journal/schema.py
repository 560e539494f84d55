"""The tables of the journal, and how older files come to them. What each is for: `docs/journal.md`."""

from __future__ import annotations

import sqlite3

from kiosk.journal.error import JournalError

MIGRATIONS: tuple[str, ...] = (
    """
    CREATE TABLE log (
        seq INTEGER PRIMARY KEY,
        kind TEXT NOT NULL,
        body TEXT NOT NULL
    ) STRICT;

    CREATE TABLE record (
        source TEXT NOT NULL,
        id TEXT NOT NULL,
        seq INTEGER NOT NULL REFERENCES log (seq),
        revision INTEGER NOT NULL,
        hash BLOB NOT NULL,
        PRIMARY KEY (source, id)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE source (
        id TEXT PRIMARY KEY,
        first_load_at TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE ledger (
        id TEXT PRIMARY KEY,
        seq INTEGER NOT NULL REFERENCES log (seq),
        state TEXT,
        starts INTEGER NOT NULL DEFAULT 0,
        merged_into TEXT,
        achievement TEXT NOT NULL,
        subject TEXT NOT NULL,
        unlocked_at TEXT NOT NULL,
        starts_at TEXT,
        expires_at TEXT,
        started_at TEXT,
        first_shown_at TEXT,
        changed_at TEXT NOT NULL,
        unlock_json TEXT NOT NULL,
        celebration_json TEXT,
        CHECK ((state IS NULL) = (celebration_json IS NULL))
    ) STRICT;
    CREATE INDEX ledger_state ON ledger (state, expires_at);

    CREATE TABLE play_log (
        id INTEGER PRIMARY KEY,
        cue TEXT NOT NULL,
        reason TEXT NOT NULL,
        screen TEXT NOT NULL,
        slot TEXT,
        celebrations TEXT NOT NULL,
        began_at TEXT NOT NULL,
        seconds REAL NOT NULL,
        sound INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX play_log_began ON play_log (began_at);
    """,
)
"""Each brings a file from the version of its place to the next one; what has been released is never edited."""


def migrate(connection: sqlite3.Connection) -> None:
    """Bring the file to this version's tables, each step whole or not at all.

    Raises:
        JournalError: a newer version of the kiosk wrote the file.
    """
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    if version > len(MIGRATIONS):
        raise JournalError(f"was written by a newer kiosk (its version is {version}, known is {len(MIGRATIONS)})")
    for step, script in enumerate(MIGRATIONS[version:], start=version + 1):
        connection.executescript(f"BEGIN IMMEDIATE; {script} PRAGMA user_version = {step}; COMMIT;")
