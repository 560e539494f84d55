"""What the log holds: everything the engine was told, in the order in which it was told."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from kiosk.domain.organisation import Player, Team
from kiosk.domain.record import Record


@dataclass(frozen=True, slots=True)
class RecordLogged:
    """A record was put.

    Attributes:
        silent: it came with its source's first load, so that what it unlocked is not celebrated.
        previous: the number of the entry whose body it corrects; None for a new key.
    """

    record: Record
    arrived_at: datetime
    silent: bool = False
    previous: int | None = None


@dataclass(frozen=True, slots=True)
class RosterLogged:
    """The whole roster of one source; it replaces that source's earlier one."""

    source: str
    players: tuple[Player, ...]
    teams: tuple[Team, ...]
    read_at: datetime


@dataclass(frozen=True, slots=True)
class PeriodsClosed:
    """The clock reached `at`: every period that ended by then is closed."""

    at: datetime


@dataclass(frozen=True, slots=True)
class Published:
    """From here on this achievement is judged."""

    achievement: str
    at: datetime


Entry = RecordLogged | RosterLogged | PeriodsClosed | Published

KINDS: dict[str, type[Entry]] = {
    "record": RecordLogged,
    "roster": RosterLogged,
    "clock": PeriodsClosed,
    "published": Published,
}
"""The word that the table has for each."""
