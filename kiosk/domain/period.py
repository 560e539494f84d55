"""A stretch of time in which records are counted together (docs/rules.md, section 1)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from kiosk.domain.rules import Unit

FOREVER = "ever"
"""The occurrence of what can be earned once in all time."""


@dataclass(frozen=True, slots=True)
class Period:
    """Half-open, in local dates and in UTC instants.

    Attributes:
        start: its first local date.
        end: the first local date behind it.
        start_at: the first instant of `start`, in UTC.
        end_at: the first instant of `end`, in UTC.
        occurrence: as unlocks name it: `week:2017-02-27`, or `ever` for all time.
    """

    unit: Unit
    start: date
    end: date
    start_at: datetime
    end_at: datetime
    occurrence: str

    @property
    def days(self) -> int:
        """How many local dates it has."""
        return (self.end - self.start).days
