"""Records whose owner nobody knows yet: kept until a player of that name appears (docs/rules.md, section 4)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from kiosk.domain.record import Record

MOST_PENDING = 10_000
"""Records kept; of those beyond it only the sources know, and a fault says so."""


class Pending(NamedTuple):
    """A record waiting for the owner that one of its fields names; None for the source's own owner."""

    order: int
    record: Record
    owner_field: str | None


class PendingRecords:
    """Pending records by their owner's text, in the order of their arrival."""

    def __init__(self) -> None:
        self._by_owner: dict[str, dict[tuple[str, str | None], Pending]] = {}
        self._arrived = 0
        self._size = 0

    def keep(self, owner: str, record: Record, owner_field: str | None) -> bool:
        """Keep a record, in place of an earlier body of it; False if there is no room left."""
        if self._size >= MOST_PENDING:
            return False
        self.drop(owner, record, owner_field)
        self._by_owner.setdefault(owner, {})[record.key, owner_field] = Pending(self._arrived, record, owner_field)
        self._arrived += 1
        self._size += 1
        return True

    def drop(self, owner: str, record: Record, owner_field: str | None) -> bool:
        """Forget a record; False if it was not kept."""
        kept = self._by_owner.get(owner, {})
        if kept.pop((record.key, owner_field), None) is None:
            return False
        self._size -= 1
        if not kept:
            del self._by_owner[owner]
        return True

    def take(self, owners: Iterable[str]) -> list[Pending]:
        """Take out what waits for these owners, oldest first."""
        taken = [pending for owner in owners for pending in self._by_owner.pop(owner, {}).values()]
        self._size -= len(taken)
        return sorted(taken)
