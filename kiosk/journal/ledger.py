"""The ledger: one row for each unlock, so that each is celebrated once, whatever happens (docs/display.md)."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from datetime import datetime, timedelta

from kiosk.domain.unlock import Unlock
from kiosk.journal.codec import CodecError, codec
from kiosk.journal.error import DamagedError, JournalError
from kiosk.journal.stamp import stamp
from kiosk.show.celebration import Celebration
from kiosk.show.ledger import LedgerRow, State

QUIET = timedelta(days=2)
"""Quiet hours that hold a celebration prolong its lifetime, by less than this; the show knows by how much."""

MOST = 1000
"""At most so many are restored, the newest; the show keeps fewer."""

_UNLOCK, _CELEBRATION = codec(Unlock), codec(Celebration)


class Ledger:
    """The `ledger` table. An unlock that nobody celebrates has a row as well, without state or celebration.

    `withdrawn` is the end: no start and no other state comes after it.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def pending(self, unlock: Unlock, celebration: Celebration | None, *, seq: int, unlocked_at: datetime) -> bool:
        """Note a new unlock, made by entry `seq` of the log; within that entry's transaction.

        Returns:
            False if the ledger has it already; nothing changes then.
        """
        shown_from = None if celebration is None else max(celebration.unlocked_at, celebration.starts_at)
        added = self._connection.execute(
            "INSERT INTO ledger (id, seq, state, achievement, subject, unlock_json, celebration_json,"
            " unlocked_at, starts_at, expires_at, changed_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
            " ON CONFLICT (id) DO NOTHING",
            (
                unlock.id,
                seq,
                None if celebration is None else State.PENDING.value,
                unlock.achievement,
                unlock.subject,
                _UNLOCK.write(unlock),
                None if celebration is None else _CELEBRATION.write(celebration),
                stamp(unlocked_at),
                None if shown_from is None else stamp(shown_from),
                None if shown_from is None or celebration is None else _end(shown_from, celebration.lifetime_s),
                stamp(unlocked_at),
            ),
        )
        return added.rowcount == 1

    def start(self, ids: Iterable[str], at: datetime) -> None:
        """One more start of each of these; within a transaction.

        Raises:
            JournalError: one isn't there to be shown, so none may start.
        """
        for id_ in ids:
            changed = self._connection.execute(
                "UPDATE ledger SET state = 'started', starts = starts + 1, changed_at = ?,"
                " started_at = coalesce(started_at, ?) WHERE id = ? AND state != 'withdrawn'",
                (stamp(at), stamp(at), id_),
            )
            if changed.rowcount != 1:
                raise JournalError(f"the ledger has no celebration {id_} to start")

    def set_state(self, ids: Iterable[str], state: State, at: datetime, into: str | None = None) -> None:
        """These are in this state since `at`; within a transaction. `into`: what merged ones were shown with."""
        for id_ in ids:
            self._connection.execute(
                "UPDATE ledger SET state = ?, merged_into = ?, changed_at = ?,"
                " first_shown_at = CASE WHEN ? = 'shown' THEN coalesce(first_shown_at, ?) ELSE first_shown_at END"
                " WHERE id = ? AND state != 'withdrawn'",
                (state.value, into, stamp(at), state.value, stamp(at), id_),
            )

    def live(self, now: datetime | None, subject: str | None = None) -> tuple[LedgerRow, ...]:
        """The celebrations that may still be shown, in the order in which they were earned.

        What nobody has seen is always among them: if its lifetime has ended, it is the show that says so.

        Args:
            now: None while wall time can't be trusted: then nothing is over.
            subject: of this subject only.

        Raises:
            DamagedError: a row can't be read.
        """
        rows = self._connection.execute(
            "SELECT id, celebration_json, state, starts, merged_into FROM ledger"
            " WHERE celebration_json IS NOT NULL AND (? IS NULL OR subject = ?)"
            " AND (state IN ('pending', 'held', 'started') OR (state IN ('shown', 'merged') AND expires_at > ?))"
            " ORDER BY seq DESC, id LIMIT ?",
            (subject, subject, "" if now is None else stamp(now - QUIET), MOST),
        ).fetchall()
        return tuple(_row(*row) for row in reversed(rows))


def _row(id_: str, celebration: str, state: str, starts: int, into: str | None) -> LedgerRow:
    try:
        return LedgerRow(_CELEBRATION.read(celebration), State(state), starts, into)
    except (CodecError, ValueError) as error:
        raise DamagedError(f"the ledger's row {id_} can't be read: {error}") from error


def _end(start: datetime, lifetime_s: float) -> str:
    try:
        return stamp(start + timedelta(seconds=lifetime_s))
    except OverflowError:
        return stamp(datetime.max.replace(tzinfo=start.tzinfo))
