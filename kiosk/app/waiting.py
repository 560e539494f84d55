"""Records dated in the future, kept until they are due."""

from __future__ import annotations

import heapq
from collections.abc import Mapping
from datetime import datetime

from kiosk.domain.record import Record

LIMIT = 1_000_000
"""At most so many; more than that is no calendar but a mistake."""

_SLACK = 1000


class Waiting:
    """The newest future body of each record key, in order of time.

    Equal times come in the order of their sources in the rules file, then as they arrived, as `kiosk replay` has
    it. Nothing here is durable: a source still shows such a record when it is due.

    Args:
        order: each source's place in the rules file.
    """

    def __init__(self, order: Mapping[str, int]) -> None:
        self._order = order
        self._heap: list[tuple[datetime, int, int, Record, bool]] = []
        self._newest: dict[tuple[str, str], Record] = {}
        self._arrived = 0

    def __len__(self) -> int:
        return len(self._newest)

    def put(self, record: Record, *, snapshot: bool) -> bool:
        """Keep a record, in place of an earlier one under its key; False if there is no room for another."""
        key = (record.source, record.id)
        if self._newest.get(key) == record:
            return True
        if key not in self._newest and len(self._newest) >= LIMIT:
            return False
        self._newest[key] = record
        self._arrived += 1
        place = self._order.get(record.source, len(self._order))
        heapq.heappush(self._heap, (record.occurred_at, place, self._arrived, record, snapshot))
        if len(self._heap) > 2 * len(self._newest) + _SLACK:
            self._rebuild()
        return True

    def drop(self, source: str, id: str) -> None:  # noqa: A002 - the record's own word
        """Something else stands under this key now."""
        self._newest.pop((source, id), None)

    def next_due(self) -> datetime | None:
        """When the next record is due."""
        self._forget_replaced()
        return self._heap[0][0] if self._heap else None

    def pop(self) -> tuple[Record, bool]:
        """Take out the next record, and whether a snapshot showed it."""
        self._forget_replaced()
        *_, record, snapshot = heapq.heappop(self._heap)
        del self._newest[record.source, record.id]
        return record, snapshot

    def _rebuild(self) -> None:
        """Drop what was replaced all through the heap, so that corrections don't make it grow."""
        self._heap = [entry for entry in self._heap if self._is_newest(entry[3])]
        heapq.heapify(self._heap)

    def _is_newest(self, record: Record) -> bool:
        return self._newest.get((record.source, record.id)) is record

    def _forget_replaced(self) -> None:
        while self._heap and not self._is_newest(self._heap[0][3]):
            heapq.heappop(self._heap)
