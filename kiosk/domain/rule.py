"""An achievement made ready to be judged, and the record that it is judged on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from kiosk.domain.metric import Metric
from kiosk.domain.occurrence import Occurrences
from kiosk.domain.record import Record
from kiosk.domain.rules import Achievement, Kind


@dataclass(frozen=True, slots=True, eq=False)
class Rule:
    """An achievement with all that its judging looks up.

    Attributes:
        place: its place in the rules file; outcomes of one moment are in this order.
        metric: what it counts, narrowed by the achievement's own conditions; of a flow the step divided by.
        result: of a flow the step that is divided; else None.
    """

    achievement: Achievement
    place: int
    metric: Metric
    result: Metric | None
    occurrences: Occurrences

    @property
    def id(self) -> str:
        """The achievement's id."""
        return self.achievement.id


@dataclass(frozen=True, slots=True, eq=False)
class Arrival:
    """A record that counts for somebody, at the moment it arrives.

    Attributes:
        at: its time, in UTC.
        age: how long before its arrival it happened; a date alone happened until that date's end.
        subjects: for each kind, the subjects whose record it is.
    """

    record: Record
    at: datetime
    age: timedelta
    player: str
    subjects: Mapping[Kind, tuple[str, ...]]
