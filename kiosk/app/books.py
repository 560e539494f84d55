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

from kiosk.app import messages
from kiosk.app.celebrate import celebration
from kiosk.app.rosters import RULES_FILE, Rosters
from kiosk.app.waiting import Waiting
from kiosk.config.settings import RulesFile
from kiosk.domain.engine import Engine
from kiosk.domain.fact import AchievementPublished, ClockReached, Fact, RecordPut
from kiosk.domain.organisation import Organisation, Player, Team
from kiosk.domain.record import Record
from kiosk.domain.rules import Kind, Status
from kiosk.domain.standing import BoardKey
from kiosk.domain.unlock import Fault, Unlock
from kiosk.feed.reading import Receipt, RosterRead
from kiosk.journal.entry import Entry, PeriodsClosed, Published, RecordLogged, RosterLogged
from kiosk.journal.error import JournalError
from kiosk.journal.journal import Journal
from kiosk.journal.records import body_hash
from kiosk.show.ledger import State

log = logging.getLogger(__name__)

MOST_FAULTS = 200

Told = messages.Earned | messages.Withdrawn
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
    `JournalError`, nothing of it has happened, and the engine has been built again.

    Raises:
        JournalError: the journal can't be read; `DamagedError` if its content is to blame.
    """

    def __init__(self, rules_file: RulesFile, journal: Journal, boards: Iterable[BoardKey], now: datetime) -> None:
        self._designs = rules_file.designs
        self._rules = rules_file.rules
        self._achievements = {a.id: a for a in self._rules.achievements if a.status is Status.PUBLISHED}
        self._metrics = {metric.id: metric for metric in self._rules.metrics}
        self._boards = tuple(boards)
        self._journal = journal
        self.waiting = Waiting({source.id: place for place, source in enumerate(rules_file.sources)})
        self._rebuild()
        with self._whole():
            self._loaded = set(journal.loaded_sources())
            for id_ in self._achievements:
                journal.set_seen(id_, now)
            self._put_roster(RosterRead(RULES_FILE, self._rules.players, self._rules.teams), now)

    @property
    def faults(self) -> tuple[str, ...]:
        """What the engine says that people should mend."""
        return tuple(self._faults.values())

    def is_loaded(self, source: str) -> bool:
        """Whether this source's first load is done."""
        return source in self._loaded

    def take(self, batch: Batch, now: datetime, enough: Enough) -> tuple[list[Receipt], list[Told]]:
        """Take records until there is `enough`, at least one; a receipt for each that was taken."""
        receipts: list[Receipt] = []
        told: list[Told] = []
        with self._whole():
            for record in batch.records:
                told += self._close_periods(now)
                receipts.append(self._receive(record, batch, now, told))
                if enough():
                    break
            loaded = batch.last and len(receipts) == len(batch.records) and batch.source not in self._loaded
            if loaded:
                self._journal.set_loaded(batch.source, now)
        if loaded:
            self._loaded.add(batch.source)
        return receipts, told

    def take_roster(self, roster: RosterRead, now: datetime) -> list[Told]:
        """Take a whole roster; nothing happens if it says what it said before."""
        if self._rosters.says(roster.source, roster.players, roster.teams):
            return []
        with self._whole():
            return self._put_roster(roster, now)

    def advance(self, now: datetime, enough: Enough) -> list[Told]:
        """Close the periods that have ended, and take waiting records that are due, in order of time."""
        if not self._is_due(now):
            return []
        told: list[Told] = []
        popped: list[tuple[Record, bool]] = []
        try:
            with self._whole():
                while True:
                    due = self.waiting.next_due()
                    told += self._close_periods(now if due is None else min(now, due))
                    if due is None or due > now or enough():
                        break
                    popped.append(self.waiting.pop())
                    record, snapshot = popped[-1]
                    self._put(record, now, due, told, snapshot=snapshot, silent=False)
        except BaseException:
            for record, snapshot in popped:
                self.waiting.put(record, snapshot=snapshot)
            raise
        return told

    def publish(self, now: datetime) -> None:
        """From now on every achievement of the rules is judged."""
        new = [id_ for id_ in self._achievements if id_ not in self._published]
        if not new:
            return
        with self._whole():
            for id_ in new:
                self._write(Published(id_, now), now, [])

    def _is_due(self, now: datetime) -> bool:
        boundary, due = self.engine.next_boundary(), self.waiting.next_due()
        return (boundary is not None and boundary <= now) or (due is not None and due <= now)

    def _close_periods(self, now: datetime) -> list[Told]:
        told: list[Told] = []
        boundary = self.engine.next_boundary()
        if boundary is not None and boundary <= now:
            self._write(PeriodsClosed(now), now, told)
        return told

    def _receive(self, record: Record, batch: Batch, now: datetime, told: list[Told]) -> Receipt:
        if record.occurred_at > now:
            self.waiting.put(record, snapshot=batch.snapshot)
            return Receipt.WAITING
        self.waiting.drop(record.source, record.id)
        return self._put(record, now, now, told, snapshot=batch.snapshot, silent=batch.silent)

    def _put(
        self, record: Record, now: datetime, arrived_at: datetime, told: list[Told], *, snapshot: bool, silent: bool
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
            for player in roster.players:
                told += self._hide(player.id, now)
        return told

    def _hide(self, player: str, now: datetime) -> Iterator[Told]:
        """Withdraw what celebrates a player who hides from screens."""
        known = self.engine.player(player)
        if known is not None and known.hidden:
            for row in self._journal.ledger.live(now, f"{Kind.PLAYER}:{player}"):
                self._journal.ledger.set_state((row.celebration.id,), State.WITHDRAWN, now)
                yield messages.Withdrawn(row.celebration.id)

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
                    told += self._earn(outcome, seq, now)

    def _earn(self, unlock: Unlock, seq: int, now: datetime) -> Iterator[Told]:
        """Note a new unlock in the ledger, unless it is as silent as the record that completed it."""
        evidence = self._evidence(unlock)
        if evidence is not None and evidence.silent:
            return
        achievement = self._achievements[unlock.achievement]
        winner, team = self._winner(unlock.subject)
        made = celebration(
            unlock,
            achievement,
            self._designs[achievement.id],
            winner,
            organisation=self._rules.organisation,
            unlocked_at=now,
            team=team,
            metric=self._metrics.get(achievement.metric or ""),
            record=None if evidence is None else evidence.record,
        )
        is_new = self._journal.ledger.pending(unlock, made, seq=seq, unlocked_at=now)
        if made is not None and is_new:
            yield messages.Earned(made)

    def _evidence(self, unlock: Unlock) -> RecordLogged | None:
        """The record that completed it; None for what a period's end decides."""
        if unlock.period_end or not unlock.records:
            return None
        source, _, id_ = unlock.records[-1].partition(":")
        stored = self._journal.records.stored(source, id_)
        return None if stored is None else self._journal.log.record(stored.seq)

    def _winner(self, subject: str) -> tuple[Player | Team | Organisation, Team | None]:
        """Whom `subject` names, and a player's first team."""
        kind, _, id_ = subject.partition(":")
        if kind == Kind.PLAYER:
            player = self.engine.player(id_)
            assert player is not None, f"{subject} unlocked something and is nobody"
            return player, self.engine.team(player.teams[0]) if player.teams else None
        return (self.engine.team(id_) if kind == Kind.TEAM else None) or self._rules.organisation, None

    def _facts(self, entry: Entry) -> Iterator[Fact]:
        """What the engine is told by an entry of the log."""
        match entry:
            case RecordLogged(record, arrived_at, _, previous):
                yield RecordPut(record, arrived_at, previous and self._journal.log.record(previous).record)
            case RosterLogged(source, players, teams):
                yield from self._rosters.put(source, players, teams)
            case PeriodsClosed(at):
                yield ClockReached(at)
            case Published(id_) if id_ in self._achievements:
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
                log.exception("the engine can't be built again; it is tried anew with the next delivery")
            raise

    def _rebuild(self) -> None:
        """Build the engine from the log. People come from the log too: it knows since when they are in which team."""
        self._in_step = False
        self._faults: dict[str, str] = {}
        self._published: set[str] = set()
        self._rosters = Rosters()
        rules = replace(self._rules, players=(), teams=())
        self.engine = Engine(rules, self._boards, waiting=tuple(self._achievements))
        for _, entry in self._journal.log.entries():
            for fact in self._facts(entry):
                for outcome in self.engine.apply(fact):
                    if isinstance(outcome, Fault):
                        self._note(outcome)
        self._in_step = True
