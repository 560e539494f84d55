"""One reported activity or deal."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Record:
    """A record as its source reported it; every cell is text, numbers are read where a rule asks for one.

    Attributes:
        source: the id of the source.
        id: the record's key in that source; `(source, id)` is the record key (docs/rules.md, section 2).
        revision: grows with each correction by the source; a CSV row starts at 0.
        type: the record type, such as `deal`.
        occurred_at: aware; decides the period it belongs to.
        owner: a player's id, name or alias as the source wrote it; empty when there was none.
        fields: named cells; an empty cell is missing, so it is not in here.
        date_only: the source gave a date without a time, read as that local day's start.
    """

    source: str
    id: str
    revision: int
    type: str
    occurred_at: datetime
    owner: str
    fields: Mapping[str, str]
    date_only: bool = False

    @property
    def key(self) -> str:
        """`SOURCE:ID`, as in an occurrence and in evidence."""
        return f"{self.source}:{self.id}"
