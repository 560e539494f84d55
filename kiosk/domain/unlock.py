"""One subject earning one achievement once."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from fractions import Fraction

Number = int | Decimal | Fraction


def unlock_id(achievement: str, subject: str, occurrence: str) -> str:
    """The same on hub and every display: a hash of these three and of nothing else (docs/rules.md, section 8)."""
    text = "\x1f".join((achievement, subject, occurrence))
    return hashlib.sha256(text.encode()).hexdigest()[:32]


@dataclass(frozen=True, slots=True)
class Unlock:
    """An outcome of the engine (docs/rules.md, section 8).

    Attributes:
        subject: `player:ID`, `team:ID` or `company`.
        occurrence: such as `record:SOURCE:ID`, `week:2017-02-27` or `ever`.
        at: what it is about: the record's time, or the period's end.
        value: V, or the percent that was ranked; exact.
        threshold: what it was compared with; None where there is none.
        rank: of MVPs only.
        records: keys of the records that show it, the completing one for combined types.
        celebrate: False for late records: points and history, no fanfare.
        period_end: unlocked by a period's end, so held until the achievement's `celebrate_at`.
    """

    achievement: str
    subject: str
    occurrence: str
    at: datetime
    value: Number | None
    threshold: Number | None
    rank: int | None
    records: tuple[str, ...]
    points: int
    celebrate: bool
    period_end: bool = False

    @property
    def id(self) -> str:
        """Its identity, see `unlock_id`."""
        return unlock_id(self.achievement, self.subject, self.occurrence)


@dataclass(frozen=True, slots=True)
class Fault:
    """Something about a record that people should mend, told once per `key`.

    Attributes:
        key: says what is told only once, such as `unknown-owner:crm:Zoe`.
        message: one sentence for IT staff.
    """

    key: str
    message: str


Outcome = Unlock | Fault
