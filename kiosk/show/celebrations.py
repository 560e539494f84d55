"""Celebrating every unlock once: where each one stands on this display, and how it moves.

**States.** They are the ledger's (`kiosk.show.ledger.State`); this value is the ledger's rows in memory.

- `pending`: earned, nobody has seen it.
- `held`: it would interrupt, but quiet hours hold it until they end.
- `started`: a start was committed, before its first frame; it was not yet fully visible for two seconds.
- `shown`: it was. From now on it only takes part in the cycle, in silence, until its lifetime ends.
- `merged`: it was, named in the celebration of another unlock; they stay together in the cycle.
- `expired`: its lifetime ended before anybody saw it. `withdrawn`: it lost its ground. Both are final and forgotten.

**Who moves them.** The clock holds and expires. The journal starts: the show asks, and only its answer counts. Two
seconds on the screen show, as an interrupt or in the cycle alike; of a merged celebration they show the first unlock
and merge the others into it. The office withdraws.

**What can never happen.** A third start: after two, whatever became of them, an unlock is in the cycle only. A first
frame without a committed start. A start of what is shown, merged, expired or withdrawn. Leaving `shown` for a state
in which it could start again. Expiring under people's eyes: what is on the screen, or about to be, is `busy` and the
clock leaves it alone. A move that the table doesn't have raises `IllegalMove` and changes nothing.

**Phases.** State alone doesn't say what to do with an unlock; state, starts and time do, and nothing is remembered
for it (`Entry.phase`). *Early* until it is due. *Waiting* to interrupt while it may start and has been due for no
longer than `interrupt_within`. Else *cycling*: it has been shown, or it never interrupts, or is too late to, or had
its two starts, or its screen failed. *Over* from the end of its lifetime. Until wall time is trusted nothing is early,
too late or over.

**Due.** A celebration is due at `unlocked_at`, or at `starts_at` if that is later. If it would interrupt in quiet hours
that hold, it is due at their end. The time to interrupt, the lifetime and the order of the queue count from there.

**Bounds.** `KEPT` unlocks that were seen and `KEPT` that were not; beyond that the oldest leave, the unseen `expired`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import Enum, StrEnum
from types import MappingProxyType

from kiosk.show.celebration import Celebration
from kiosk.show.design import Interrupt
from kiosk.show.effects import CommitShown, CommitState, Effect
from kiosk.show.ledger import LedgerRow, State
from kiosk.show.merge import merged
from kiosk.show.now import Now
from kiosk.show.quiet import Quiet

KEPT = 200
MOST_STARTS = 2
LONGEST_S = 100 * 365 * 86_400
"""No lifetime is longer: calendars end."""


class IllegalMove(ValueError):  # noqa: N818 - an illegal move is what it is
    """Somebody moved a celebration as the table doesn't allow."""


class Move(StrEnum):
    """What can happen to an unlock."""

    HOLD = "hold"
    START = "start"
    SHOW = "show"
    MERGE = "merge"
    EXPIRE = "expire"
    WITHDRAW = "withdraw"


TABLE: Mapping[tuple[State, Move], State] = MappingProxyType(
    {
        (State.PENDING, Move.HOLD): State.HELD,
        (State.PENDING, Move.START): State.STARTED,
        (State.PENDING, Move.SHOW): State.SHOWN,
        (State.PENDING, Move.EXPIRE): State.EXPIRED,
        (State.PENDING, Move.WITHDRAW): State.WITHDRAWN,
        (State.HELD, Move.HOLD): State.HELD,
        (State.HELD, Move.START): State.STARTED,
        (State.HELD, Move.SHOW): State.SHOWN,
        (State.HELD, Move.EXPIRE): State.EXPIRED,
        (State.HELD, Move.WITHDRAW): State.WITHDRAWN,
        (State.STARTED, Move.HOLD): State.HELD,
        (State.STARTED, Move.START): State.STARTED,
        (State.STARTED, Move.SHOW): State.SHOWN,
        (State.STARTED, Move.MERGE): State.MERGED,
        (State.STARTED, Move.EXPIRE): State.EXPIRED,
        (State.STARTED, Move.WITHDRAW): State.WITHDRAWN,
        (State.SHOWN, Move.WITHDRAW): State.WITHDRAWN,
        (State.MERGED, Move.WITHDRAW): State.WITHDRAWN,
    }
)


class Phase(Enum):
    """What the show does with an unlock."""

    EARLY = "early"
    WAITING = "waiting"
    CYCLING = "cycling"
    OVER = "over"


@dataclass(frozen=True, slots=True)
class Entry:
    """One unlock.

    Attributes:
        starts: committed ones, those before a restart included.
        into: of a merged one, whom it was shown with.
        held_until: aware; when the quiet hours that hold it end or ended.
        silenced: it shall not interrupt any more.
        due: when it may be shown for the first time; aware.
        ends: when its lifetime ends; aware.
    """

    celebration: Celebration
    state: State = State.PENDING
    starts: int = 0
    into: str | None = None
    held_until: datetime | None = None
    silenced: bool = False
    due: datetime = field(init=False, compare=False, repr=False)
    ends: datetime = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        due = first_due(self.celebration)
        due = due if self.held_until is None else max(due, self.held_until)
        object.__setattr__(self, "due", due)
        object.__setattr__(self, "ends", due + timedelta(seconds=min(self.celebration.lifetime_s, LONGEST_S)))

    @property
    def id(self) -> str:
        """The unlock's."""
        return self.celebration.id

    @property
    def label(self) -> str:
        """Of its place in the cycle: merged ones have that of whom they were shown with."""
        return self.into or self.id

    @property
    def seen(self) -> bool:
        """Whether people saw it."""
        return self.state is State.SHOWN or self.state is State.MERGED

    @property
    def may_start(self) -> bool:
        """Whether it may interrupt, as far as time doesn't forbid it."""
        return (
            (self.state, Move.START) in TABLE
            and self.starts < MOST_STARTS
            and not self.silenced
            and self.celebration.interrupt is not Interrupt.NEVER
        )

    def phase(self, now: Now, within: timedelta) -> Phase:
        """What to do with it at `now`; it may interrupt for `within` from when it is due."""
        if not now.trusted:
            return Phase.WAITING if self.may_start else Phase.CYCLING
        if now.wall >= self.ends:
            return Phase.OVER
        if self.seen:
            return Phase.CYCLING
        if now.wall < self.due:
            return Phase.EARLY
        return Phase.WAITING if self.may_start and now.wall <= self.due + within else Phase.CYCLING

    def moved(self, move: Move) -> Entry:
        """This entry after `move`. Raises `IllegalMove` if the table doesn't have it, or at a third start."""
        state = TABLE.get((self.state, move))
        if state is None or (move is Move.START and self.starts >= MOST_STARTS):
            raise IllegalMove(f"{self.id} is {self.state} after {self.starts} starts: it can't {move}")
        return replace(self, state=state, starts=self.starts + (move is Move.START))


@dataclass(frozen=True, slots=True)
class Place:
    """A celebration's place in the cycle: one unlock, or those that were shown together; `ids` are theirs."""

    label: str
    celebration: Celebration
    ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Celebrations:
    """Every unlock that this display may still show, by id."""

    entries: Mapping[str, Entry] = field(default_factory=dict)

    def admit(self, celebration: Celebration) -> Celebrations:
        """With a new unlock; one that is known already changes nothing."""
        return self if celebration.id in self.entries else self._with(Entry(celebration))

    def restore(self, rows: Iterable[LedgerRow], quiet: Quiet) -> Celebrations:
        """With what the ledger remembers. What was held is due when those quiet hours ended."""
        entries = []
        for row in rows:
            if row.celebration.id in self.entries or row.state in {State.EXPIRED, State.WITHDRAWN}:
                continue
            held_until = quiet.next_hold_end(first_due(row.celebration)) if row.state is State.HELD else None
            entries.append(Entry(row.celebration, row.state, row.starts, row.into, held_until))
        return self._with(*entries)

    def keep(
        self, now: Now, within: timedelta, quiet: Quiet, busy: Collection[str]
    ) -> tuple[Celebrations, tuple[Effect, ...]]:
        """What time and bounds did to all but the `busy` ones: lifetimes ended, quiet hours began, too many came."""
        held, over = self._held(now, within, quiet, busy), self._over(now, within, busy)
        expired = tuple(entry.moved(Move.EXPIRE).id for entry in over if not entry.seen)
        effects: list[Effect] = []
        if expired:
            effects.append(CommitState(expired, State.EXPIRED))
        if held:
            effects.append(CommitState(tuple(entry.id for entry in held), State.HELD))
        return self._with(*held, without=(entry.id for entry in over)), tuple(effects)

    def _held(self, now: Now, within: timedelta, quiet: Quiet, busy: Collection[str]) -> list[Entry]:
        held_until = quiet.held_until(now.wall) if now.trusted else None
        if held_until is None:
            return []
        waiting = (entry for entry in self.in_phase(Phase.WAITING, now, within) if entry.id not in busy)
        return [replace(entry.moved(Move.HOLD), held_until=held_until) for entry in waiting]

    def _over(self, now: Now, within: timedelta, busy: Collection[str]) -> list[Entry]:
        over = [entry for entry in self.in_phase(Phase.OVER, now, within) if entry.id not in busy]
        if len(self.entries) <= KEPT:
            return over
        gone = {entry.id for entry in over}
        left = sorted(
            (entry for entry in self.entries.values() if entry.id not in gone and entry.id not in busy),
            key=lambda entry: (entry.due, entry.id),
        )
        seen, unseen = [entry for entry in left if entry.seen], [entry for entry in left if not entry.seen]
        return [*over, *seen[:-KEPT], *unseen[:-KEPT]]

    def start(self, ids: Iterable[str]) -> Celebrations:
        """The journal has committed a start of these."""
        return self._with(*(self.entries[id_].moved(Move.START) for id_ in ids))

    def show(self, ids: tuple[str, ...]) -> tuple[Celebrations, tuple[Effect, ...]]:
        """These were fully visible, together; what people had seen before stays as it is."""
        first, *others = (self.entries[id_] for id_ in ids)
        shown = () if first.seen else (first.moved(Move.SHOW),)
        joined = tuple(replace(each.moved(Move.MERGE), into=first.id) for each in others if not each.seen)
        effects: list[Effect] = []
        if shown:
            effects.append(CommitShown((first.id,)))
        if joined:
            effects.append(CommitState(tuple(each.id for each in joined), State.MERGED, first.id))
        return self._with(*shown, *joined), tuple(effects)

    def silence(self, ids: Iterable[str]) -> Celebrations:
        """These shall not interrupt any more."""
        return self._with(*(replace(self.entries[id_], silenced=True) for id_ in ids))

    def withdraw(self, id_: str) -> tuple[Celebrations, tuple[Effect, ...]]:
        """Without this unlock; one that isn't known changes nothing."""
        entry = self.entries.get(id_)
        if entry is None:
            return self, ()
        return self._with(without=(entry.moved(Move.WITHDRAW).id,)), (CommitState((id_,), State.WITHDRAWN),)

    def in_phase(self, phase: Phase, now: Now, within: timedelta) -> tuple[Entry, ...]:
        """Those that are in this phase at `now`, in no particular order."""
        return tuple(entry for entry in self.entries.values() if entry.phase(now, within) is phase)

    def places(
        self, now: Now, within: timedelta, channels: Collection[str], *, most: int, without: Collection[str] = ()
    ) -> tuple[Place, ...]:
        """The newest `most` celebrations that have a place in the cycle of these channels, the newest first."""
        groups: dict[str, list[Entry]] = {}
        for entry in self.in_phase(Phase.CYCLING, now, within):
            if entry.id not in without:
                groups.setdefault(entry.label, []).append(entry)
        places = []
        for label, entries in groups.items():
            entries.sort(key=lambda each: (each.id != label, each.due, each.id))
            celebration = merged(tuple(each.celebration for each in entries))
            if plays(celebration, channels):
                newest = max(each.due for each in entries)
                places.append((newest, Place(label, celebration, tuple(each.id for each in entries))))
        places.sort(key=lambda each: (each[0], each[1].label), reverse=True)
        return tuple(place for _, place in places[:most])

    def _with(self, *entries: Entry, without: Iterable[str] = ()) -> Celebrations:
        gone = frozenset(without)
        if not entries and not gone:
            return self
        changed = {**self.entries, **{entry.id: entry for entry in entries}}
        return Celebrations({id_: entry for id_, entry in changed.items() if id_ not in gone})


def first_due(celebration: Celebration) -> datetime:
    """When it is due if no quiet hours hold it; aware."""
    return max(celebration.unlocked_at, celebration.starts_at)


def plays(celebration: Celebration, channels: Collection[str]) -> bool:
    """Whether it is for one of these channels."""
    return not celebration.channels or any(channel in channels for channel in celebration.channels)
