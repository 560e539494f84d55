"""What is due when the clock gets there: periods that end, achievements that are published at a given time."""

from __future__ import annotations

import heapq
from datetime import datetime
from typing import NamedTuple

from kiosk.domain.calendar import REPEATING
from kiosk.domain.period import Period
from kiosk.domain.rules import Unit


class Due(NamedTuple):
    """Sorts by time; at one time periods from day to year, then publications in the order of the file."""

    at: datetime
    rank: int
    key: str
    closing: Period | None
    """The period that ends; None for a publication, whose achievement is `key`."""


class Agenda:
    """What the clock will bring, soonest first. Only periods with something to judge are on it, each once.

    Attributes:
        reached: the latest instant that the clock reached; None before the first.
    """

    def __init__(self) -> None:
        self.reached: datetime | None = None
        self._heap: list[Due] = []
        self._open: set[tuple[Unit, str]] = set()

    def open(self, period: Period) -> bool:
        """Something was counted in `period`: it is to be closed. False if it was closed before."""
        if self.reached is not None and period.end_at <= self.reached:
            return False
        key = period.start.isoformat()
        if period.unit in REPEATING and (period.unit, key) not in self._open:
            self._open.add((period.unit, key))
            heapq.heappush(self._heap, Due(period.end_at, REPEATING.index(period.unit), key, period))
        return True

    def publish(self, achievement: str, place: int, at: datetime) -> None:
        """The achievement at `place` in the file is to be published at `at`."""
        heapq.heappush(self._heap, Due(at, len(REPEATING) + place, achievement, None))

    def next(self) -> datetime | None:
        """When the next thing is due; None if nothing is."""
        return self._heap[0].at if self._heap else None

    def take(self, at: datetime) -> Due | None:
        """Take the first thing due at or before `at` off the agenda."""
        if not self._heap or self._heap[0].at > at:
            return None
        due = heapq.heappop(self._heap)
        if due.closing is not None:
            self._open.discard((due.closing.unit, due.key))
            self._reach(due.at)
        return due

    def finish(self, at: datetime) -> None:
        """Everything due at or before `at` was taken: the clock stands there."""
        self._reach(at)

    def _reach(self, at: datetime) -> None:
        if self.reached is None or at > self.reached:
            self.reached = at
