"""What the display's ledger remembers of each unlock, so that a celebration survives restarts (docs/display.md)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from kiosk.show.celebration import Celebration


class State(StrEnum):
    """Where an unlock stands on this display; `kiosk.show.celebrations` says how it moves."""

    PENDING = "pending"
    HELD = "held"
    STARTED = "started"
    SHOWN = "shown"
    MERGED = "merged"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class LedgerRow:
    """One unlock as the ledger has it.

    Attributes:
        celebration: as it was earned, never a merged one.
        starts: how many starts were committed.
        into: of a merged unlock, the id of the unlock that it was shown with.
    """

    celebration: Celebration
    state: State
    starts: int = 0
    into: str | None = None
