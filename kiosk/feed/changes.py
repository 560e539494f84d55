"""Which records of a source are new or changed since they were handed over."""

from __future__ import annotations

from enum import StrEnum

from kiosk.domain.record import Record


class Change(StrEnum):
    """What a record is, against what was seen of its source."""

    NEW = "new"
    """New, or its body changed since an earlier reading."""
    SAME = "same"
    CLASH = "clash"
    """Its key came already in this reading, with another body: the first stands."""


class Changes:
    """Remembers one number for each key of the last reading, not the records.

    A key that a source no longer shows is forgotten, so that a list of the latest deals doesn't add up over the years.
    """

    def __init__(self) -> None:
        self._bodies: dict[str, int] = {}
        self._here: set[str] = set()

    def begin_reading(self) -> None:
        """What the source shows is read from its start again."""
        if self._here:  # an answer without anything, such as "not modified", tells of no key that it is gone
            self._bodies = {identity: self._bodies[identity] for identity in self._here}
            self._here.clear()

    def sift(self, record: Record) -> Change:
        """Take in the next record of the present reading."""
        identity = f"{record.id}\x1f{record.revision}"
        body = hash((record.occurred_at, record.date_only, record.owner, record.type, tuple(record.fields.items())))
        known = self._bodies.get(identity)
        if identity in self._here:
            return Change.SAME if known == body else Change.CLASH
        self._here.add(identity)
        if known == body:
            return Change.SAME
        self._bodies[identity] = body
        return Change.NEW
