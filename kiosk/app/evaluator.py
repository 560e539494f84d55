"""The evaluator: the one thread that owns the engine and the journal.

Feeds deliver to it, the render loop has its ledger written by it, and it posts what follows: celebrations, boards,
faults. It works in short slices, a transaction each, and looks at what the loop wants before every one of them, so
that a start is answered soon even while a large file is read for the first time.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterable
from concurrent.futures import Future
from datetime import datetime
from pathlib import Path

from kiosk.app import messages
from kiosk.app.awards import Told
from kiosk.app.books import Batch, Books, Enough
from kiosk.app.inbox import Delivery, Inbox
from kiosk.app.scribe import Scribe
from kiosk.app.teller import Teller
from kiosk.clock import Clock
from kiosk.config.settings import RulesFile
from kiosk.config.source import InboxSource, RosterSource
from kiosk.device.memory import give_back
from kiosk.domain.standing import BoardKey
from kiosk.feed.reading import FeedFault, Reading, Receipt, RecordsRead, RosterRead
from kiosk.journal.error import DamagedError, JournalError
from kiosk.journal.file import move_aside
from kiosk.journal.journal import Journal
from kiosk.show.effects import Effect
from kiosk.show.ledger import LedgerRow

log = logging.getLogger(__name__)

CLOCK_UNSET = "The time isn't set yet: waiting for the network (in a network without time: clock.trust: always)."

SLICE_RECORDS = 500
SLICE_NS = 30_000_000
"""A slice ends with the first of these."""

POLL_S = 0.25
"""The clock is looked at so often."""

FAST_POLL_S = 0.05
"""The same while boards rest, or while records wait for their time by a clock that runs fast."""

RETRY_NS = 1_000_000_000
"""What the clock brings and can't be written is tried again so often."""

DRAIN_NS = 1_000_000_000
"""When it is stopped it goes on for so long at most with what was delivered before."""

STOP_S = 1.5
"""So long `stop` waits. What is still read by then, such as a journal of many years, or a disk that hangs, is left."""


class Evaluator:
    """Engine and journal of one display.

    Args:
        journal_path: the journal's file; None keeps it in memory.
        boards: the boards to post whenever they change.
        post: gives a message to the render loop; called on the evaluator's thread.
    """

    _journal: Journal
    _books: Books
    _scribe: Scribe

    def __init__(
        self,
        rules_file: RulesFile,
        journal_path: Path | None,
        boards: Iterable[BoardKey],
        clock: Clock,
        post: Callable[[messages.Message], None],
    ) -> None:
        self._rules_file = rules_file
        self._path = journal_path
        self._boards = tuple(boards)
        self._clock = clock
        self._inbox = Inbox()
        self._teller = Teller(rules_file.rules.organisation, self._boards, clock, post)
        self._thread = threading.Thread(target=self._run, name="evaluator", daemon=True)
        self._advance_again_ns = 0
        # Without a first load: what is posted to an inbox is news.
        self._inboxes = {source.id for source in rules_file.sources if isinstance(source, InboxSource)}
        self._unread_rosters = {source.id for source in rules_file.sources if isinstance(source, RosterSource)}
        self._unread = {source.id for source in rules_file.sources} - self._inboxes

    def start(self) -> None:
        """Begin; returns at once."""
        self._thread.start()

    def stop(self) -> None:
        """Write what the loop wants written, take what was delivered unless that lasts, and close the journal.

        Futures of what wasn't taken are cancelled. Returns within `STOP_S`.
        """
        self._inbox.close()
        if self._thread.ident is None:
            self._inbox.cancel_deliveries()
            return
        self._thread.join(STOP_S)
        if self._thread.is_alive():
            log.warning("the journal is still busy and is left as it is: what was committed is in it")

    def deliver(self, reading: Reading) -> Future[tuple[Receipt, ...]]:
        """Take a reading; from any thread. The future ends when it is durable, with a receipt for each record."""
        return self._inbox.put_reading(reading)

    def commit(self, *effects: Effect) -> None:
        """Write these effects of one step together; from any thread. A start is answered by a message."""
        self._inbox.put_effects(effects)

    def _run(self) -> None:
        try:
            self._open()
            self._work()
        except Exception:
            log.exception("the evaluator ended")
            self._teller.faults.say("evaluator", ["New records are not evaluated: start the kiosk again."])
            self._teller.tell_faults()
        finally:
            self._inbox.close()
            self._inbox.cancel_deliveries()

    def _open(self) -> None:
        """The journal, the engine from it, and the show's state; whatever is wrong with the file, the show goes on."""
        try:
            rows = self._open_file()
        except JournalError as error:
            self._say("journal", f"{error}: nothing is remembered when the kiosk ends")
            rows = self._open_journal(None)
        self._scribe = Scribe(self._journal, self._clock, self._teller.post)
        self._teller.post(messages.Ready(rows))

    def _open_file(self) -> tuple[LedgerRow, ...]:
        try:
            return self._open_journal(self._path)
        except DamagedError as error:
            assert self._path is not None
            self._say("journal", f"{error}: it is kept as {move_aside(self._path).name} and a new one is begun")
            return self._open_journal(self._path)

    def _open_journal(self, path: Path | None) -> tuple[LedgerRow, ...]:
        """Open the journal and build the engine from it; the celebrations that are still alive."""
        journal = Journal(path)
        now = self._clock.wall()
        try:
            self._books = Books(self._rules_file, journal, self._boards, now)
            with journal.transaction():
                rows = journal.ledger.live(now if self._clock.trusted else None)
        except BaseException:
            journal.close()
            raise
        self._journal = journal
        return rows

    def _work(self) -> None:
        """Take turns until it is stopped and everything is done, or has taken too long."""
        end_ns: int | None = None
        try:
            while True:
                try:
                    busy = self._turn()
                except Exception as error:  # noqa: BLE001 - a fault of ours must not end the show; it is logged, shown
                    self._fail("evaluator", error)
                    busy = False
                if self._inbox.closed:
                    end_ns = end_ns or self._clock.mono_ns() + DRAIN_NS
                    if not busy or self._clock.mono_ns() >= end_ns:
                        return
                elif not busy:
                    self._inbox.wait(FAST_POLL_S if self._is_soon() else POLL_S)
        finally:
            try:
                self._write_effects(at_last=True)
            finally:
                self._journal.close()

    def _is_soon(self) -> bool:
        """Whether there may be something to do sooner than people notice."""
        return self._teller.is_resting or (self._clock.speed > 1 and self._books.has_waiting)

    def _turn(self) -> bool:
        """Do one slice of what there is to do; whether there may be more."""
        self._write_effects()
        now = self._clock.wall()
        busy = self._advance(now) or self._take(now)
        self._teller.faults.say("time", () if self._clock.trusted else (CLOCK_UNSET,))
        self._teller.faults.say("engine", self._books.faults)
        self._teller.tell(self._books.engine, now)
        return busy

    def _write_effects(self, *, at_last: bool = False) -> None:
        try:
            self._scribe.write(self._inbox.take_effects(), at_last=at_last)
        except JournalError as error:
            self._say("show", str(error))
        else:
            if not self._scribe.is_behind:
                self._teller.faults.say("show", ())

    def _advance(self, now: datetime) -> bool:
        """What the clock brings, once everything has been read and while the clock can be trusted."""
        mono_ns = self._clock.mono_ns()
        if self._unread or not self._clock.trusted or mono_ns < self._advance_again_ns:
            return False
        if self._books.is_judging and not self._books.is_due(now):
            return False
        try:
            if self._books.is_judging:
                self._celebrate(self._books.advance(now, self._slice()))
            else:
                self._celebrate(self._books.judge(now))
                log.info("all sources are read: what comes from now on is celebrated")
                give_back()
        except Exception as error:  # noqa: BLE001 - as above
            self._fail("clock", error)
            self._advance_again_ns = mono_ns + RETRY_NS
        else:
            self._teller.faults.say("clock", ())
        return True

    def _take(self, now: datetime) -> bool:
        """A slice of the oldest delivery that may go."""
        delivery = self._inbox.first_delivery(self._may_go)
        if delivery is None:
            return False
        try:
            done = self._take_slice(delivery, now)
        except Exception as error:  # noqa: BLE001 - as above
            self._fail("deliveries", error)
            if not self._go_on_carefully(delivery, error):
                self._inbox.answer(delivery, error)
        else:
            if not isinstance(delivery.reading, FeedFault):
                self._teller.faults.say("deliveries", ())
            if done:
                self._inbox.answer(delivery)
        return True

    def _may_go(self, reading: Reading) -> bool:
        """Records wait for the rosters, and for a clock that tells what is future, late and in which period."""
        return not isinstance(reading, RecordsRead) or (self._clock.trusted and not self._unread_rosters)

    def _take_slice(self, delivery: Delivery, now: datetime) -> bool:
        """Take the next part of a delivery; whether that was all."""
        reading = delivery.reading
        match reading:
            case FeedFault():
                self._teller.faults.say(f"feed {reading.source}", reading.messages)
                self._teller.source(reading.source, is_lost=reading.lost, since=self._told_until(reading.source, now))
                is_read = reading.lost  # what can't be read must not keep the others waiting
            case RosterRead():
                self._celebrate(self._books.take_roster(reading, now))
                is_read = True
            case RecordsRead():
                self._take_records(delivery, reading, now)
                if len(delivery.receipts) < len(reading.records):
                    return False
                is_read = reading.whole
        if is_read:
            self._unread_rosters.discard(reading.source)
            self._unread.discard(reading.source)
        return True

    def _told_until(self, source: str, now: datetime) -> datetime:
        """Until when a source that is lost now told us anything: after a restart, the last that came before it."""
        is_unread = source in self._unread and source not in self._unread_rosters
        return (self._books.last_arrival or now) if is_unread else now

    def _take_records(self, delivery: Delivery, reading: RecordsRead, now: datetime) -> None:
        begin = len(delivery.receipts)
        end = min(begin + (1 if delivery.careful else SLICE_RECORDS), len(reading.records))
        has_first_load = reading.source not in self._inboxes
        batch = Batch(
            reading.source,
            reading.records[begin:end],
            snapshot=reading.snapshot,
            silent=has_first_load and not self._books.is_loaded(reading.source),
            last=has_first_load and reading.whole and end == len(reading.records),
        )
        receipts, told = self._books.take(batch, now, self._slice())
        delivery.receipts += receipts
        self._celebrate(told)

    def _go_on_carefully(self, delivery: Delivery, error: Exception) -> bool:
        """One record that the engine can't take must not keep the others out: find it, name it, leave it out."""
        reading = delivery.reading
        if isinstance(error, JournalError) or not isinstance(reading, RecordsRead):
            return False
        if len(delivery.receipts) == len(reading.records):
            return False
        if delivery.careful:
            record = reading.records[len(delivery.receipts)]
            self._say(f"record of {reading.source}", f"{record.key[:80]} can't be evaluated: {error!r:.200}")
            delivery.receipts.append(Receipt.CONFLICT)
        delivery.careful = True
        return True

    def _celebrate(self, told: Iterable[Told]) -> None:
        for message in told:
            self._teller.post(message)

    def _slice(self) -> Enough:
        end_ns = self._clock.mono_ns() + SLICE_NS
        return lambda: self._clock.mono_ns() >= end_ns

    def _say(self, place: str, text: str, error: Exception | None = None) -> None:
        """A fault for IT, logged once as long as it stays the same."""
        if self._teller.faults.say(place, [text]):
            log.error("%s", text, exc_info=error)

    def _fail(self, place: str, error: Exception) -> None:
        if isinstance(error, JournalError):
            self._say(place, str(error))
        else:
            self._say(place, f"The evaluator failed: {error!r:.200}", error)
