"""An achievement made ready to be judged, what it is judged on, and who wins."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple

from kiosk.domain.metric import Metric
from kiosk.domain.occurrence import Occurrences
from kiosk.domain.record import Record
from kiosk.domain.rules import Achievement, Kind
from kiosk.domain.unlock import Number


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
    subjects: Mapping[Kind, tuple[str, ...]]


class Winner(NamedTuple):
    """Who is among the best when a period ends.

    Attributes:
        value: the number that was ranked, of shares and rates in percent.
        records: keys of the records that show it, where a single one decides.
    """

    subject: str
    value: Number
    rank: int
    records: tuple[str, ...]
