"""All that a rules file's sources hold, as the facts they would have been had each record arrived at its own time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time
from typing import TextIO
from zoneinfo import ZoneInfo

from kiosk.app.rosters import RULES_FILE, Rosters
from kiosk.config.settings import RulesFile
from kiosk.config.source import CsvSource, HttpSource, InboxSource, JsonlSource, RecordSource, RosterSource
from kiosk.domain.engine import Engine
from kiosk.domain.fact import ClockReached, Fact, RecordPut
from kiosk.domain.organisation import Organisation
from kiosk.domain.record import Record
from kiosk.domain.unlock import Fault
from kiosk.feed.file import read_counted
from kiosk.feed.reading import FeedFault
from kiosk.feed.roster import read_roster


class FaultPrinter:
    """Prints faults, each of the engine's once; `unread` if a source gave nothing but them."""

    def __init__(self, out: TextIO) -> None:
        self.unread = False
        self._out = out
        self._keys: set[str] = set()

    def source(self, fault: FeedFault, *, empty: bool) -> None:
        """Print what a source has to say; `empty` if nothing else came of it."""
        for message in fault.messages:
            self.note(message)
        self.unread |= bool(fault.messages) and empty

    def engine(self, fault: Fault) -> None:
        """Print a fault of a record, unless its like was printed before."""
        if fault.key not in self._keys:
            self._keys.add(fault.key)
            self.note(fault.message)

    def note(self, line: str) -> None:
        """Print any other line."""
        print(line, file=self._out)


def people(file: RulesFile, printer: FaultPrinter) -> Iterator[Fact]:
    """Everybody of the rules file and of its rosters."""
    rosters = Rosters()
    yield from rosters.put(RULES_FILE, file.rules.players, file.rules.teams)
    for source in file.sources:
        if isinstance(source, RosterSource):
            read, fault = read_roster(source)
            printer.source(fault, empty=not read.players)
            yield from rosters.put(source.id, read.players, read.teams)


def records(file: RulesFile, printer: FaultPrinter) -> list[Record]:
    """The records of every source by time; of equal times in the order of the sources in the file, then of the rows."""
    found: list[Record] = []
    for source in file.sources:
        if not isinstance(source, RosterSource):
            found += _newest(_read(source, file.rules.organisation, printer))
    return sorted(found, key=lambda record: record.occurred_at)


def _read(source: RecordSource, organisation: Organisation, printer: FaultPrinter) -> tuple[Record, ...]:
    match source:
        case CsvSource() | JsonlSource():
            read, fault, skipped = read_counted(source, organisation)
            records = read.records
            if skipped:
                printer.note(f"{source.path.name}: {skipped:,} row{'s' * (skipped > 1)} without a time left out")
        case HttpSource():
            from kiosk.feed.poll import read_url  # noqa: PLC0415 - loads the network library

            read, fault = read_url(source, organisation)
            records = read.records
        case InboxSource():
            printer.note(f"{source.id}: an inbox keeps nothing that could be replayed")
            return ()
    printer.source(fault, empty=not records)
    return records


def _newest(records: Iterable[Record]) -> list[Record]:
    """Of each key the newest revision, in the place of its first."""
    newest: dict[str, Record] = {}
    for record in records:
        if record.revision >= newest.get(record.id, record).revision:
            newest[record.id] = record
    return list(newest.values())


def facts(engine: Engine, records: Iterable[Record], end: datetime | None) -> Iterator[Fact]:
    """Each record as if it arrived at its own time, behind the clock wherever that changes something."""
    for record in records:
        at = record.occurred_at
        if end is not None and at > end:
            break
        boundary = engine.next_boundary()
        if boundary is not None and boundary <= at:
            yield ClockReached(at)
        yield RecordPut(record, arrived_at=at)
    if end is not None:
        yield ClockReached(end)


def instant(until: date, zone: ZoneInfo) -> datetime:
    """A date's first instant, or a time, in `zone` if it names none; in UTC."""
    moment = until if isinstance(until, datetime) else datetime.combine(until, time.min)
    return (moment if moment.tzinfo else moment.replace(tzinfo=zone)).astimezone(UTC)
