"""What is on: the program's answer for one instant."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from kiosk.show.celebration import Celebration
from kiosk.show.playlist import Slot


class Reason(StrEnum):
    """Why it is on; as in the play log."""

    CYCLE = "cycle"
    INTERRUPT = "interrupt"
    IDLE = "idle"


@dataclass(frozen=True, slots=True)
class Cue:
    """One showing: the same value from its first frame to its last, so that a change of cue is a change of screen.

    Attributes:
        key: unique for each showing on this display, such as `cycle:17` or `interrupt:UNLOCK:2`.
        slot: of the cycle; None for a celebration and the idle screen.
        celebration: None for a slot.
        began_ns: monotonic; elapsed time counts from here (a resumed slot is shifted by its interruption).
        until_ns: monotonic; None for until something happens.
        visit: how often the cycle came to this slot before.
    """

    key: str
    reason: Reason
    began_ns: int
    until_ns: int | None
    slot: Slot | None = None
    celebration: Celebration | None = None
    visit: int = 0
