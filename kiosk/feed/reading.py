"""What feeds hand over: records and rosters as values, and what became of them."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from kiosk.domain.organisation import Player, Team
from kiosk.domain.record import Record


@dataclass(frozen=True, slots=True)
class RecordsRead:
    """Records of one source, in the source's order.

    Attributes:
        snapshot: the source shows its present state and has no revisions of its own (a file, a polled list): a
            body that differs from the one stored under its key is a correction. Otherwise the records'
            revisions decide.
        whole: this reading completes everything that the source has at present.
    """

    source: str
    records: tuple[Record, ...]
    snapshot: bool
    whole: bool


@dataclass(frozen=True, slots=True)
class RosterRead:
    """The whole roster of one source."""

    source: str
    players: tuple[Player, ...]
    teams: tuple[Team, ...]


@dataclass(frozen=True, slots=True)
class FeedFault:
    """A source can't be read, or part of it: `message` names the place, such as `deals.csv:12: …`.

    The faults of one source replace its earlier ones; an empty tuple means it is well. `lost`: none of it can be
    read, so that what was read before grows old.
    """

    source: str
    messages: tuple[str, ...]
    lost: bool = False


class Receipt(StrEnum):
    """What became of one record, once that is durable."""

    CREATED = "created"
    CORRECTED = "corrected"
    DUPLICATE = "duplicate"
    STALE = "stale"
    CONFLICT = "conflict"
    WAITING = "waiting"
    """Dated in the future: applied when it is due; the source must still show it then."""


Reading = RecordsRead | RosterRead | FeedFault

Deliver = Callable[[Reading], "Future[tuple[Receipt, ...]]"]
"""Thread-safe; the future ends when what was delivered is durable, with a receipt for each record."""


class Feed(Protocol):
    """Hands over what one source has, and what changes, from its own thread."""

    def start(self) -> None:
        """Begin; returns at once, and never raises for what is wrong with the source."""

    def leave(self) -> None:
        """Hand over nothing more; returns at once."""

    def stop(self) -> None:
        """Leave, and wait for the end of what is on its way; returns within a second of `leave`."""
