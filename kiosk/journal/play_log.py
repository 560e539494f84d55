"""The play log: what this display showed, when, for how long and why."""

from __future__ import annotations

import json
import sqlite3
from datetime import datetime, timedelta

from kiosk.journal.stamp import moment, stamp
from kiosk.show.cue import Reason
from kiosk.show.effects import LogShowing

KEPT = timedelta(days=30)


class PlayLog:
    """The `play_log` table."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def add(self, showing: LogShowing) -> None:
        """Note a showing that has ended, and drop what began more than `KEPT` before it; within a transaction."""
        self._connection.execute(
            "INSERT INTO play_log (cue, reason, screen, slot, celebrations, began_at, seconds, sound)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (
                showing.cue_key,
                showing.reason.value,
                showing.screen,
                showing.slot,
                json.dumps(showing.celebrations),
                stamp(showing.began),
                showing.duration_s,
                int(showing.with_sound),
            ),
        )
        self._connection.execute("DELETE FROM play_log WHERE began_at < ?", (stamp(showing.began - KEPT),))

    def since(self, at: datetime) -> list[LogShowing]:
        """The showings that began at `at` or later, oldest first."""
        rows = self._connection.execute(
            "SELECT cue, reason, screen, slot, celebrations, began_at, seconds, sound FROM play_log"
            " WHERE began_at >= ? ORDER BY began_at, id",
            (stamp(at),),
        )
        return [
            LogShowing(
                cue_key=cue,
                reason=Reason(reason),
                screen=screen,
                slot=slot,
                celebrations=tuple(json.loads(celebrations)),
                began=moment(began_at),
                duration_s=seconds,
                with_sound=bool(sound),
            )
            for cue, reason, screen, slot, celebrations, began_at, seconds, sound in rows
        ]
