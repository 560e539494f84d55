"""The instant that a screen is asked to draw."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Moment:
    """All that a screen may know about time.

    Attributes:
        elapsed_s: how long this showing has been on; an interrupted and resumed one goes on counting.
        duration_s: how long it is planned to be on.
        mono_s: the monotonic clock, for stamps inside a view such as `moved_at_s`.
        local: wall time in the organisation's zone; None while it isn't trusted.
        visit: how often the cycle has come to this slot before.
        seed: seeds everything that looks random; the same for the whole showing.
        reduced_motion: nothing flies, shakes or zooms.
    """

    elapsed_s: float
    duration_s: float
    mono_s: float
    local: datetime | None
    visit: int = 0
    seed: int = 0
    reduced_motion: bool = False
