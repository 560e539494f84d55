"""What a step asks of the world.

The `Commit*` effects of one step belong into one transaction of the ledger. Only `CommitStart` waits for an answer
(`StartCommitted`, or `Failed` if it can't be written); the others are written in order, as soon as may be.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from kiosk.show.cue import Reason
from kiosk.show.ledger import State


@dataclass(frozen=True, slots=True)
class CommitStart:
    """Write `started` and one more start for each of these unlocks, then send `StartCommitted(ids, cue_key)`."""

    ids: tuple[str, ...]
    cue_key: str


@dataclass(frozen=True, slots=True)
class CommitShown:
    """Write `shown`: they were fully visible for two seconds."""

    ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CommitState:
    """Write `state`; `into` is the unlock that merged ones were shown with."""

    ids: tuple[str, ...]
    state: State
    into: str | None = None


@dataclass(frozen=True, slots=True)
class PlaySound:
    """Play the sound of an interrupt whose first frame is on the screen; `sound` as in `Celebration.sound`."""

    celebration_id: str
    sound: str
    cue_key: str


@dataclass(frozen=True, slots=True)
class StopSound:
    """Fade out whatever plays; nothing to do if it has ended."""

    fade_s: float


@dataclass(frozen=True, slots=True)
class LogShowing:
    """A showing that was on the screen has ended: a line of the play log.

    Attributes:
        screen: the slot's screen, `celebration` or `idle`.
        slot: the slot's id, None for a celebration and the idle screen.
        celebrations: the unlocks that were celebrated.
        began: when its first frame was on the screen.
        with_sound: whether its sound was started.
    """

    cue_key: str
    reason: Reason
    screen: str
    slot: str | None
    celebrations: tuple[str, ...]
    began: datetime
    duration_s: float
    with_sound: bool


Effect = CommitStart | CommitShown | CommitState | PlaySound | StopSound | LogShowing
