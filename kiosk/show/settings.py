"""How a display schedules celebrations and turns pages (docs/display.md, sections 1 and 3)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class AfterInterrupt(StrEnum):
    """Where the cycle goes on after an interrupt."""

    NEXT = "next"
    RESUME = "resume"


class Transition(StrEnum):
    """How one showing gives way to the next."""

    CUT = "cut"
    FADE = "fade"


@dataclass(frozen=True, slots=True)
class ShowSettings:
    """Defaults are the spec's.

    Attributes:
        gap_s: at least so long between two interrupts.
        interrupt_share: at most this share of any hour is interrupts.
        merge_over: when more of one achievement wait, they merge.
        celebrations_per_pass: at most so many live celebrations in one pass of the cycle, the newest.
        interrupt_within_s: older ones go to the cycle in silence.
    """

    after_interrupt: AfterInterrupt = AfterInterrupt.NEXT
    gap_s: float = 5
    interrupt_share: float = 0.5
    merge_over: int = 3
    celebrations_per_pass: int = 5
    interrupt_within_s: float = 900
    sync: bool = False
    transition: Transition = Transition.FADE
    transition_s: float = 0.4
