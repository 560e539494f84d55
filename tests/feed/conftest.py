"""A taker of deliveries, and shortest sources."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from kiosk.config.source import CsvSource, JsonlSource
from kiosk.config.source import Reading as Columns
from kiosk.domain.organisation import Organisation
from kiosk.domain.record import Record
from kiosk.feed.reading import Feed, FeedFault, Reading, Receipt, RecordsRead, RosterRead

COLUMNS = Columns("deal", "id", "owner", "time", {"amount": "amount"})


class Taker:
    """Takes whatever is delivered at once, and remembers it.

    `receipt` is what every record is answered; `broken` makes it refuse everything; `held` lets nothing be durable.
    """

    def __init__(self) -> None:
        self.readings: list[Reading] = []
        self.receipt = Receipt.CREATED
        self.broken = False
        self.held = False
        self._held: list[tuple[Future[tuple[Receipt, ...]], tuple[Receipt, ...]]] = []
        self._changed = threading.Condition()

    def __call__(self, reading: Reading) -> Future[tuple[Receipt, ...]]:
        future: Future[tuple[Receipt, ...]] = Future()
        with self._changed:
            if self.broken:
                raise OSError("disk full")
            self.readings.append(reading)
            records = reading.records if isinstance(reading, RecordsRead) else ()
            receipts = tuple(self.receipt for _ in records)
            if self.held:
                self._held.append((future, receipts))
            else:
                future.set_result(receipts)
            self._changed.notify_all()
        return future

    def release(self) -> None:
        """What was held is durable now."""
        with self._changed:
            self.held = False
            for future, receipts in self._held:
                future.set_result(receipts)
            self._held.clear()

    @property
    def records(self) -> list[Record]:
        return [
            record for reading in list(self.readings) if isinstance(reading, RecordsRead) for record in reading.records
        ]

    @property
    def amounts(self) -> dict[str, str]:
        """What the last delivery of each key said."""
        return {record.id: record.fields.get("amount", "") for record in self.records}

    @property
    def rosters(self) -> list[RosterRead]:
        return [reading for reading in list(self.readings) if isinstance(reading, RosterRead)]

    @property
    def faults(self) -> list[tuple[str, ...]]:
        return [reading.messages for reading in list(self.readings) if isinstance(reading, FeedFault)]

    @property
    def whole(self) -> int:
        """How many whole readings came."""
        return sum(isinstance(reading, RecordsRead) and reading.whole for reading in list(self.readings))

    def until(self, holds: Callable[[Taker], bool]) -> None:
        """Wait until it holds of what was taken."""
        with self._changed:
            assert self._changed.wait_for(lambda: holds(self), 20), self.readings


@pytest.fixture
def taker() -> Taker:
    return Taker()


@pytest.fixture
def organisation() -> Organisation:
    return Organisation("Acme", ZoneInfo("America/New_York"))


@pytest.fixture
def running() -> Iterator[Callable[[Feed], Feed]]:
    """Starts feeds, and stops them when the test is over."""
    started: list[Feed] = []

    def run(feed: Feed) -> Feed:
        started.append(feed)
        feed.start()
        return feed

    yield run
    for feed in started:
        feed.stop()


@pytest.fixture
def csv_source(tmp_path: Path) -> Callable[..., CsvSource]:
    """A CSV file of this content, and its source."""

    def make(content: str | bytes, columns: Columns = COLUMNS, **rest: str) -> CsvSource:
        path = tmp_path / "deals.csv"
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return CsvSource("crm", path, columns, **rest)

    return make


@pytest.fixture
def jsonl_source(tmp_path: Path) -> Callable[..., JsonlSource]:
    """A file of these JSON lines, and its source."""

    def make(content: str, columns: Columns = COLUMNS) -> JsonlSource:
        path = tmp_path / "deals.jsonl"
        path.write_text(content)
        return JsonlSource("crm", path, columns)

    return make
