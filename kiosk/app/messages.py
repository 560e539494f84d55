"""What the evaluator's thread tells the render loop; values only, so that nothing is shared."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from kiosk.domain.standing import BoardKey, Standing
from kiosk.screens.view import BoardView
from kiosk.show.celebration import Celebration
from kiosk.show.ledger import LedgerRow


@dataclass(frozen=True, slots=True)
class Ready:
    """The journal has been read; `restored` are the celebrations that are still alive."""

    restored: tuple[LedgerRow, ...]


@dataclass(frozen=True, slots=True)
class Earned:
    """A new unlock has to be celebrated; it is in the ledger already."""

    celebration: Celebration


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """The celebration of this unlock must not be shown any more."""

    id: str


@dataclass(frozen=True, slots=True)
class StartCommitted:
    """The start that the program asked for is durable: the first frame of `cue_key` may be shown."""

    ids: tuple[str, ...]
    cue_key: str


@dataclass(frozen=True, slots=True)
class StartFailed:
    """The start could not be written, so `cue_key` may not be shown."""

    ids: tuple[str, ...]
    cue_key: str


@dataclass(frozen=True, slots=True)
class Standings:
    """A wanted board has changed, or its period has turned.

    Attributes:
        at: the wall time whose period this is.
        standings: everybody on the board, best first.
    """

    key: BoardKey
    at: datetime
    standings: tuple[Standing, ...]


@dataclass(frozen=True, slots=True)
class Boards:
    """Boards worded for people, by their slots' ids; made of `Standings` on the way to the loop."""

    views: Mapping[str, BoardView]


@dataclass(frozen=True, slots=True)
class ClockSet:
    """Wall time can be trusted from now on."""


@dataclass(frozen=True, slots=True)
class Faults:
    """Everything that IT should mend at present, one sentence each; replaces what was said before."""

    messages: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DataLost:
    """Since `at` some source can't be read, so that what the boards show grows old; None: all can be read."""

    at: datetime | None


Message = Ready | Earned | Withdrawn | StartCommitted | StartFailed | Standings | Boards | Faults | DataLost | ClockSet
