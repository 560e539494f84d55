"""The engine and the journal, kept in step: what one is told the other has, or neither.

The journal's log is the truth; the engine is what follows from it and can be built again at any time. What the engine
answers while it is built again has been dealt with before: the ledger has those unlocks. Only faults are heard again.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from kiosk.app.awards import Awards, Told
from kiosk.app.rosters import RULES_FILE, Rosters
from kiosk.app.waiting import Waiting
from kiosk.config.settings import RulesFile
from kiosk.domain.engine import Engine
from kiosk.domain.fact import AchievementPublished, ClockReached, Fact, RecordPut
from kiosk.domain.record import Record
from kiosk.domain.rules import Achievement, Status
from kiosk.domain.standing import BoardKey
from kiosk.domain.unlock import Fault
from kiosk.feed.reading import Receipt, RosterRead
from kiosk.journal.entry import Entry, PeriodsClosed, Published, RecordLogged, RosterLogged
from kiosk.journal.error import JournalError
from kiosk.journal.journal import Journal
from kiosk.journal.records import body_hash

log = logging.getLogger(__name__)

MOST_FAULTS = 200
"""Faults of the engine that are kept."""

Enough = Callable[[], bool]
"""Whether it is time to end a transaction and look at what else there is to do."""


@dataclass(frozen=True, slots=True)
class Batch:
    """Records of one source that are to be taken in one transaction, or as many of them as time allows.

    Attributes:
        silent: they belong to the source's first load.
        last: with the last of them, that load is done.
    """

    source: str
    records: Sequence[Record]
    snapshot: bool
    silent: bool
    last: bool


class Books:
    """Takes what feeds deliver and what the clock does. Belongs to one thread, that of its journal.

    Every method that takes something writes one transaction. If that fails it raises what went wrong, usually a
    `JournalError`; nothing of it has happened then, and the engine has been built again.

    No period closes before `judge`: what happened while the kiosk was off is read first, so that the winners of last
    week are those of all its records.

    Attributes:
        engine: for its standings; nobody else tells it anything.
        last_arrival: when the last record arrived; None before the first.

    Raises:
        JournalError: the journal can't be read; `DamagedError` if its content is to blame.
    """

    engine: Engine
    last_arrival: datetime | None
    _in_step: bool

    def __init__(self, rules_file: RulesFile, journal: Journal, boards: Iterable[BoardKey], now: datetime) -> None:
        self._rules = rules_file.rules
        self._judged = tuple(a for a in self._rules.achievements if a.status is Status.PUBLISHED)
        self._next_publication: datetime | None = None
        self._boards = tuple(boards)
        self._journal = journal
        self._awards = Awards(rules_file, journal)
        self._waiting = Waiting({source.id: place for place, source in enumerate(rules_file.sources)})
        self._judging = False
        self._rebuild()
        with self._whole():
            self._loaded = set(journal.loaded_sources())
            self._put_roster(RosterRead(RULES_FILE, self._rules.players, self._rules.teams), now)

    @property
    def faults(self) -> tuple[str, ...]:
        """What the engine says that people should mend."""
        return tuple(self._faults.values())

    @property
    def is_judging(self) -> bool:
        """Whether `judge` was called."""
        return self._judging

    @property
    def has_waiting(self) -> bool:
        """Whether records of the future are kept."""
        return len(self._waiting) > 0

    def is_loaded(self, source: str) -> bool:
        """Whether this source's first load is done."""
        return source in self._loaded

    def take(self, batch: Batch, now: datetime, enough: Enough) -> tuple[list[Receipt], list[Told]]:
        """Take records until there is `enough`, at least one; a receipt for each that was taken."""
        receipts: list[Receipt] = []
        told: list[Told] = []
        with self._whole():
            for record in batch.records:
                if self._judging:
                    self._reach(now, told)
                receipts.append(self._receive(record, batch, now, told))
                if enough():
                    break
            loaded = batch.last and len(receipts) == len(batch.records) and not self.is_loaded(batch.source)
            if loaded:
                self._journal.set_loaded(batch.source, now)
        if loaded:
            self._loaded.add(batch.source)
        return receipts, told

    def take_roster(self, roster: RosterRead, now: datetime) -> list[Told]:
        """Take a whole roster; nothing happens if it says what it said before."""
        with self._whole():
            return self._put_roster(roster, now)

    def judge(self, now: datetime) -> list[Told]:
        """Everything has been read once: close the periods that have ended, and judge new achievements from here on.

        In this order, because a new achievement judges periods that end after it was published.
        """
        told: list[Told] = []
        with self._whole():
            if self._unpublished():
                self._write(PeriodsClosed(now), now, told)
                self._publish(now, told)
            else:
                self._reach(now, told)
        self._judging = True
        return told

    def is_due(self, now: datetime) -> bool:
        """Whether there is something to `advance`."""
        return any(at is not None and at <= now for at in (self._next_change(), self._waiting.next_due()))

    def advance(self, now: datetime, enough: Enough) -> list[Told]:
        """Close the periods that have ended and take waiting records that are due, in order of time."""
        told: list[Told] = []
        popped: list[tuple[Record, bool]] = []
        try:
            with self._whole():
                while (due := self._waiting.next_due()) is not None and due <= now:
                    self._reach(due, told)
                    popped.append(self._waiting.pop())
                    record, snapshot = popped[-1]
                    self._put(record, now, told, arrived_at=due, snapshot=snapshot, silent=False)
                    if enough():
                        return told
                self._reach(now, told)
        except BaseException as error:
            # All wait again; but one that the engine can't take would stop the clock for ever.
            kept = popped if isinstance(error, JournalError) else popped[:-1]
            for record, snapshot in kept:
                self._waiting.put(record, snapshot=snapshot)
            raise
        return told

    def _next_change(self) -> datetime | None:
        """When the clock next closes a period or publishes an achievement."""
        boundary = self.engine.next_boundary()
        if boundary is None or self._next_publication is None:
            return boundary or self._next_publication
        return min(boundary, self._next_publication)

    def _reach(self, now: datetime, told: list[Told]) -> None:
        """The clock is there: close the periods that have ended, then publish."""
        boundary = self.engine.next_boundary()
        if boundary is not None and boundary <= now:
            self._write(PeriodsClosed(now), now, told)
        if self._next_publication is not None and self._next_publication <= now:
            self._publish(now, told)

    def _publish(self, now: datetime, told: list[Told]) -> None:
        """Judge from here on what is new; an achievement with a time of its own in the future waits for that."""
        for achievement in self._unpublished():
            if achievement.published_at is None or achievement.published_at <= now:
                self._write(Published(achievement.id, now), now, told)
        later = (a.published_at for a in self._unpublished() if a.published_at is not None)
        self._next_publication = min(later, default=None)

    def _unpublished(self) -> list[Achievement]:
        return [a for a in self._judged if a.id not in self._published]

    def _receive(self, record: Record, batch: Batch, now: datetime, told: list[Told]) -> Receipt:
        if record.occurred_at > now:
            if not self._waiting.put(record, snapshot=batch.snapshot):
                self._note(Fault(f"waiting:{record.source}", f"{record.source}: too many records in the future"))
            return Receipt.WAITING
        self._waiting.drop(record.source, record.id)
        return self._put(record, now, told, arrived_at=now, snapshot=batch.snapshot, silent=batch.silent)

    def _put(
        self, record: Record, now: datetime, told: list[Told], *, arrived_at: datetime, snapshot: bool, silent: bool
    ) -> Receipt:
        """Tell a record from what stands under its key (docs/rules.md, section 2), and apply it if it is news."""
        stored = self._journal.records.stored(record.source, record.id)
        if stored is None:
            receipt = Receipt.CREATED
        elif body_hash(record) == stored.hash and (snapshot or record.revision == stored.revision):
            return Receipt.DUPLICATE
        elif snapshot:
            receipt, record = Receipt.CORRECTED, replace(record, revision=stored.revision + 1)
        elif record.revision < stored.revision:
            return Receipt.STALE
        elif record.revision == stored.revision:
            return Receipt.CONFLICT
        else:
            receipt = Receipt.CORRECTED
        # In UTC, as it is read back: the engine is told the same now and when it is built again.
        record = replace(record, occurred_at=record.occurred_at.astimezone(UTC))
        previous = None if stored is None else stored.seq
        self._write(RecordLogged(record, arrived_at, silent, previous), now, told)
        return receipt

    def _put_roster(self, roster: RosterRead, now: datetime) -> list[Told]:
        told: list[Told] = []
        if not self._rosters.says(roster.source, roster.players, roster.teams):
            self._write(RosterLogged(roster.source, roster.players, roster.teams, now), now, told)
            for player in (self.engine.player(named.id) for named in roster.players):
                if player is not None and player.hidden:
                    told += self._awards.hide(player, now)
        return told

    def _write(self, entry: Entry, now: datetime, told: list[Told]) -> None:
        """Log an entry and apply it; what it unlocks goes into the ledger and to `told`."""
        seq = self._journal.log.append(entry)
        if isinstance(entry, RecordLogged):
            self._journal.records.put(entry.record, seq)
        for fact in self._facts(entry):
            for outcome in self.engine.apply(fact):
                if isinstance(outcome, Fault):
                    self._note(outcome)
                else:
                    told += self._awards.earn(outcome, seq, now, self.engine)

    def _facts(self, entry: Entry) -> Iterator[Fact]:
        """What the engine is told by an entry of the log."""
        match entry:
            case RecordLogged(record, arrived_at, _, previous):
                self.last_arrival = arrived_at
                former = None if previous is None else self._journal.log.record(previous).record
                yield RecordPut(record, arrived_at, former)
            case RosterLogged(source, players, teams):
                yield from self._rosters.put(source, players, teams)
            case PeriodsClosed(at):
                yield ClockReached(at)
            case Published(id_):
                self._published.add(id_)
                yield AchievementPublished(id_)

    def _note(self, fault: Fault) -> None:
        if fault.key not in self._faults and len(self._faults) < MOST_FAULTS:
            self._faults[fault.key] = fault.message
            log.warning("%s", fault.message)

    @contextmanager
    def _whole(self) -> Iterator[None]:
        """One transaction; when it fails, the engine is built from what the journal has."""
        if not self._in_step:
            self._rebuild()
        try:
            with self._journal.transaction():
                yield
        except BaseException:
            self._in_step = False
            try:
                self._rebuild()
            except JournalError:
                log.exception("the engine can't be built again yet")
            raise

    def _rebuild(self) -> None:
        """Build the engine from the log. People come from the log too: it knows since when they are in which team."""
        self._in_step = False
        self._published: set[str] = set()
        self._rosters = Rosters()
        self._faults: dict[str, str] = {}
        self.last_arrival = None
        rules = replace(self._rules, players=(), teams=())
        self.engine = Engine(rules, self._boards, waiting=[a.id for a in self._judged])
        for _, entry in self._journal.log.entries():
            for fact in self._facts(entry):
                for outcome in self.engine.apply(fact):
                    if isinstance(outcome, Fault):
                        self._note(outcome)
        self._in_step = True
