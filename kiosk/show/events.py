"""What happens to a show; each is given to `kiosk.show.program.step`."""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.show.celebration import Celebration
from kiosk.show.ledger import LedgerRow
from kiosk.show.playlist import Channel


@dataclass(frozen=True, slots=True)
class Tick:
    """Time went by; sent no later than `next_change`."""


@dataclass(frozen=True, slots=True)
class Earned:
    """An unlock was earned, and the ledger has it as `pending`."""

    celebration: Celebration


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """An unlock lost its ground; `id` is the unlock's."""

    id: str


@dataclass(frozen=True, slots=True)
class Restored:
    """What the ledger says at start, in any order. Unlocks that are known already are left as they are."""

    rows: tuple[LedgerRow, ...]


@dataclass(frozen=True, slots=True)
class StartCommitted:
    """The answer to `CommitStart`: the ledger durably has a start of these.

    It may leave out whom it knows to be withdrawn; those won't interrupt.
    """

    ids: tuple[str, ...]
    cue_key: str


@dataclass(frozen=True, slots=True)
class Presented:
    """The first frame of a cue is on the screen; sent for every cue, of the cycle too."""

    cue_key: str


@dataclass(frozen=True, slots=True)
class Failed:
    """A cue's screen raised, or the ledger could not commit its start."""

    cue_key: str


@dataclass(frozen=True, slots=True)
class ChannelsChanged:
    """These channels are played from now on."""

    channels: tuple[Channel, ...]


@dataclass(frozen=True, slots=True)
class Muted:
    """No sound before `until_ns` on the monotonic clock; None ends a mute."""

    until_ns: int | None


@dataclass(frozen=True, slots=True)
class ClockTrusted:
    """Wall time became trustworthy: `Now.trusted` is true from this event on."""


Event = (
    Tick | Earned | Withdrawn | Restored | StartCommitted | Presented | Failed | ChannelsChanged | Muted | ClockTrusted
)
