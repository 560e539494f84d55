"""Facts go into the engine, in one order; that order is the truth (docs/rules.md, section 2)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from kiosk.domain.organisation import Player, Team
from kiosk.domain.record import Record


@dataclass(frozen=True, slots=True)
class RecordPut:
    """A record arrived. `previous` is the body that it replaces, resolved by the store; None for a new key."""

    record: Record
    arrived_at: datetime
    previous: Record | None = None


@dataclass(frozen=True, slots=True)
class PlayerPut:
    """A player appeared or changed, teams included."""

    player: Player


@dataclass(frozen=True, slots=True)
class TeamPut:
    """A team appeared or changed its name."""

    team: Team


@dataclass(frozen=True, slots=True)
class AchievementPublished:
    """From here on this achievement of the rules is judged; what already holds is spent."""

    id: str


@dataclass(frozen=True, slots=True)
class ClockReached:
    """The clock reached `at`: every period that ended at or before it closes."""

    at: datetime


Fact = RecordPut | PlayerPut | TeamPut | AchievementPublished | ClockReached
