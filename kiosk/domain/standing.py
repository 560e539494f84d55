"""Who stands where on a board."""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.domain.rules import Kind, Unit
from kiosk.domain.unlock import Number


@dataclass(frozen=True, slots=True)
class BoardKey:
    """A board: one metric or flow, ranked over subjects of one kind, in the periods of one unit."""

    measure: str
    unit: Unit
    kind: Kind


@dataclass(frozen=True, slots=True)
class Standing:
    """One line of a board; equal values share a rank (1, 2, 2, 4).

    `target` is the subject's target scaled to the board's period, None where it has none.
    """

    subject: str
    name: str
    value: Number
    rank: int
    target: Number | None = None
