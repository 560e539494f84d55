"""Faults of records, each told once."""

from __future__ import annotations

from kiosk.domain.metric import Metric
from kiosk.domain.pending import MOST_PENDING
from kiosk.domain.record import Record
from kiosk.domain.unlock import Fault

_QUOTED = 60
"""Characters of a cell that are quoted."""


class Complaints:
    """What was told already, so that a source with a thousand bad rows is one line, not a thousand."""

    def __init__(self) -> None:
        self._told: set[str] = set()

    def unknown_owner(self, record: Record, owner: str) -> list[Fault]:
        """Nobody is called `owner`; the record waits."""
        if not owner:
            return self._tell(
                f"unknown-owner:{record.source}:", f"{record.source}: {record.id} names no owner; it counts for nobody"
            )
        return self._tell(
            f"unknown-owner:{record.source}:{owner}",
            f"{record.source}: nobody is called {_quoted(owner)}; {record.id} and others wait until a player has this"
            " id, name or alias",
        )

    def too_many_pending(self, record: Record) -> list[Fault]:
        """There is no room for more records that wait for their owner."""
        return self._tell(
            "pending-full",
            f"{record.source}: {record.id} is not kept: {MOST_PENDING:,} records already wait for unknown owners",
        )

    def no_number(self, metric: Metric, record: Record) -> list[Fault]:
        """The field that the metric reads is missing or no number."""
        field = metric.field or ""
        cell = record.fields.get(field)
        found = f"is {_quoted(cell)}, not a number" if cell else "is missing"
        return self._tell(
            f"no-number:{record.source}:{field}",
            f"{record.source}: {field} of {record.id} {found}; such records don't count for {metric.name or metric.id}",
        )

    def no_time(self, record: Record) -> list[Fault]:
        """The record's time is outside of what calendars can hold."""
        return self._tell(
            f"no-time:{record.source}", f"{record.source}: {record.id} happened in the year {record.occurred_at.year}"
        )

    def _tell(self, key: str, message: str) -> list[Fault]:
        if key in self._told:
            return []
        self._told.add(key)
        return [Fault(key, message)]


def _quoted(text: str) -> str:
    return repr(text if len(text) <= _QUOTED else text[:_QUOTED] + "…")
