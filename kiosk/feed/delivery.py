"""Handing over, with back-pressure: nothing more is given before what was given is durable."""

from __future__ import annotations

import logging
import math
from collections.abc import Iterable, Iterator
from concurrent.futures import CancelledError, Future
from threading import Event

from kiosk.domain.record import Record
from kiosk.feed.fault import Faults, excerpt
from kiosk.feed.reading import Deliver, FeedFault, Reading, Receipt, RecordsRead, RosterRead

CHUNK = 2_000
"""Records handed over at once."""

log = logging.getLogger(__name__)
_LONGEST_WAIT_S = 30.0
_REFUSED = 1_000
_LOOK_S = 0.1


def chunks(records: Iterable[Record]) -> Iterator[tuple[list[Record], bool]]:
    """The records in lists of at most `CHUNK`, at least one list; and whether it is the last."""
    chunk: list[Record] = []
    for record in records:
        if len(chunk) == CHUNK:
            yield chunk, False
            chunk = []
        chunk.append(record)
    yield chunk, True


class StoppedError(Exception):
    """The feed was stopped; its thread ends."""


class Delivery:
    """What one source hands over, one thing after the other, until it is `stopped`.

    Every method waits until what it gave is durable; where that fails it tries again, ever less often.

    Raises:
        StoppedError: from every method, once the feed is stopped.
    """

    def __init__(self, source: str, deliver: Deliver, stopped: Event) -> None:
        self.source = source
        self._deliver = deliver
        self._stopped = stopped
        self._messages: tuple[str, ...] = ()
        self._refused: dict[str, str] = {}

    def records(self, records: Iterable[Record], *, snapshot: bool, whole: bool, empty: bool = False) -> None:
        """Hand over records in chunks, the last of which is `whole` if these are.

        Args:
            records: those that are news.
            snapshot: see `RecordsRead`.
            whole: see `RecordsRead`.
            empty: hand over a reading even where there are no records.
        """
        for chunk, last in chunks(records):
            if chunk or empty:
                receipts = self._give(RecordsRead(self.source, tuple(chunk), snapshot, whole=whole and last))
                self._note_refusals(chunk, receipts)

    def roster(self, roster: RosterRead) -> None:
        """Hand over a roster."""
        self._give(roster)

    def faults(self, messages: tuple[str, ...], *, lost: bool = False) -> None:
        """Say what is wrong at present, if that changed; each new message is logged once. `lost`: see `FeedFault`."""
        refused = Faults()
        for message in self._refused.values():
            refused.add(message)
        messages = (*messages, *refused.messages())
        if messages == self._messages:
            return
        for message in messages:
            if message not in self._messages:
                log.warning("%s", message)
        if not messages:
            log.info("%s: well again", self.source)
        self._messages = messages
        self._give(FeedFault(self.source, messages, lost))

    def pause(self, seconds: float) -> None:
        """Wait."""
        if self._stopped.wait(seconds):
            raise StoppedError

    def _note_refusals(self, records: Iterable[Record], receipts: Iterable[Receipt]) -> None:
        for record, receipt in zip(records, receipts, strict=False):
            self._refused.pop(record.id, None)
            if receipt is Receipt.CONFLICT and len(self._refused) < _REFUSED:
                self._refused[record.id] = (
                    f"{self.source}: {excerpt(record.id)} came again as revision {record.revision} with another "
                    "content: the first stands"
                )

    def _give(self, reading: Reading) -> tuple[Receipt, ...]:
        wait_s = 0.5
        while True:
            receipts = self._tried(reading)
            if receipts is not None:
                return receipts
            self.pause(wait_s)
            wait_s = min(wait_s * 2, _LONGEST_WAIT_S)

    def _tried(self, reading: Reading) -> tuple[Receipt, ...] | None:
        if self._stopped.is_set():
            raise StoppedError
        try:
            future = self._deliver(reading)
            if ended(future, self._stopped):
                return future.result()
        except CancelledError:
            return None  # nobody takes anything any more, as at the end of the program
        except Exception:
            log.exception("%s: what was read could not be taken; it is handed over again", self.source)
            return None
        raise StoppedError


def ended(future: Future[tuple[Receipt, ...]], stopped: Event, within_s: float = math.inf) -> bool:
    """Wait for the future; False if it didn't end before the feed was stopped, or in time."""
    end = Event()
    future.add_done_callback(lambda _: end.set())
    waited_s = 0.0
    while not end.wait(_LOOK_S):
        waited_s += _LOOK_S
        if stopped.is_set() or waited_s > within_s:
            return False
    return True
