"""How the cells of one row or item become a record."""

from __future__ import annotations

import re
from collections.abc import Mapping

from kiosk.config.source import Reading
from kiosk.domain.organisation import Organisation
from kiosk.domain.record import Record
from kiosk.feed.cells import checked, with_point
from kiosk.feed.fault import RowError, excerpt
from kiosk.feed.instant import read_instant

MAX_NAME = 200
"""The longest key or owner, in characters."""

_REVISION = re.compile(r"[0-9]{1,18}")


class Shape:
    """The reading of one source, ready to make records.

    Attributes:
        wanted: the columns (or paths) that `cells` of `record()` are looked up by; None means all there are.
    """

    def __init__(self, source: str, reading: Reading, organisation: Organisation) -> None:
        self._source = source
        self._reading = reading
        self._home = organisation.timezone
        named = (reading.key, reading.owner, reading.time, reading.revision, *reading.fields.values())
        self.required = tuple(dict.fromkeys(name for name in named if name))
        self.wanted = self.required if reading.fields else None

    def record(self, cells: Mapping[str, str]) -> Record | None:
        """The record that `cells` tell; None where the time is empty, as of a deal that isn't closed yet.

        Raises:
            RowError: they tell none.
        """
        reading = self._reading
        told = cells.get(reading.time, "").strip()
        if not told:
            return None
        occurred_at, date_only = read_instant(checked(told), self._home, reading.time_format, reading.timezone)
        return Record(
            source=self._source,
            id=self._key(cells),
            revision=self._revision(cells),
            type=reading.record,
            occurred_at=occurred_at,
            owner=_name("owner", cells.get(reading.owner, "")),
            fields=self._fields(cells),
            date_only=date_only,
        )

    def _key(self, cells: Mapping[str, str]) -> str:
        key = _name("key", cells.get(self._reading.key, ""))
        if not key:
            raise RowError(f"the key, {self._reading.key!r}, is empty")
        if any(ord(character) < 32 for character in key):
            raise RowError(f"the key {excerpt(key)} holds a control character")
        return key

    def _revision(self, cells: Mapping[str, str]) -> int:
        if self._reading.revision is None:
            return 0
        text = cells.get(self._reading.revision, "").strip()
        if not _REVISION.fullmatch(text):
            raise RowError(f"the revision {excerpt(text)} is not a whole number")
        return int(text)

    def _fields(self, cells: Mapping[str, str]) -> dict[str, str]:
        columns = self._reading.fields or {column: column for column in cells}
        decimal = self._reading.decimal
        fields = {}
        for name, column in columns.items():
            cell = cells.get(column)
            if cell and not cell.isspace():
                fields[name] = checked(str(with_point(cell, decimal)))
        return fields


def _name(what: str, text: str) -> str:
    text = checked(text).strip()
    if len(text) > MAX_NAME:
        raise RowError(f"the {what} {excerpt(text)} is longer than {MAX_NAME} characters")
    return text
