"""`kiosk replay`: what a rules file would have fired, over all that its sources hold (docs/rules.md, section 9)."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import TextIO
from zoneinfo import ZoneInfo

from kiosk.app.outcomes import print_lines, print_table
from kiosk.app.rosters import RULES_FILE, Rosters
from kiosk.config.load import ConfigError, load_rules
from kiosk.config.settings import RulesFile
from kiosk.config.source import CsvSource, HttpSource, InboxSource, JsonlSource, RecordSource, RosterSource
from kiosk.domain.engine import Engine
from kiosk.domain.fact import ClockReached, Fact, RecordPut
from kiosk.domain.organisation import Organisation
from kiosk.domain.record import Record
from kiosk.domain.unlock import Fault, Unlock
from kiosk.feed.file import read_counted
from kiosk.feed.reading import FeedFault
from kiosk.feed.roster import read_roster
from kiosk.refusal import Refusal


def replay(
    rules: Path,
    until: date | datetime | None,
    out: TextIO,
    *,
    as_table: bool = False,
    faults: TextIO | None = None,
) -> int:
    """Print every unlock, oldest first; returns the exit code: 1 if a source could not be read at all.

    Args:
        rules: the rules file.
        until: where the clock stops; a date, or a time without an offset, is meant in the organisation's zone. Later
            records are not applied. None stops with the last record.
        out: takes JSON lines, or a table.
        as_table: print a table for people.
        faults: takes a line for each fault; None for standard error.

    Raises:
        Refusal: the rules file can't be used.
    """
    told = _Told(sys.stderr if faults is None else faults)
    try:
        file = load_rules(rules)
    except ConfigError as error:
        raise Refusal(str(error)) from None
    engine = Engine(replace(file.rules, players=(), teams=()))
    for fact in _people(file, told):
        engine.apply(fact)
    end = None if until is None else _instant(until, file.rules.organisation.timezone)
    unlocks = _unlocks(engine, _records(file, told), end, told)
    if as_table:
        print_table(unlocks, file.rules, engine, out)
    else:
        print_lines(unlocks, file.rules.organisation.timezone, out)
    return int(told.unread)


class _Told:
    """Prints faults, each of the engine's once; `unread` if a source gave nothing but them."""

    def __init__(self, out: TextIO) -> None:
        self.unread = False
        self._out = out
        self._keys: set[str] = set()

    def source(self, fault: FeedFault, *, empty: bool) -> None:
        for message in fault.messages:
            self.note(message)
        self.unread |= bool(fault.messages) and empty

    def engine(self, fault: Fault) -> None:
        if fault.key not in self._keys:
            self._keys.add(fault.key)
            self.note(fault.message)

    def note(self, line: str) -> None:
        print(line, file=self._out)


def _people(file: RulesFile, told: _Told) -> Iterator[Fact]:
    """Everybody of the rules file and of its rosters."""
    rosters = Rosters()
    yield from rosters.put(RULES_FILE, file.rules.players, file.rules.teams)
    for source in file.sources:
        if isinstance(source, RosterSource):
            read, fault = read_roster(source)
            told.source(fault, empty=not read.players)
            yield from rosters.put(source.id, read.players, read.teams)


def _records(file: RulesFile, told: _Told) -> list[Record]:
    """The records of every source by time; of equal times in the order of the sources in the file, then of the rows."""
    records: list[Record] = []
    for source in file.sources:
        if not isinstance(source, RosterSource):
            records += _newest(_read(source, file.rules.organisation, told))
    return sorted(records, key=lambda record: record.occurred_at)


def _read(source: RecordSource, organisation: Organisation, told: _Told) -> tuple[Record, ...]:
    match source:
        case CsvSource() | JsonlSource():
            read, fault, skipped = read_counted(source, organisation)
            records = read.records
            if skipped:
                told.note(f"{source.path.name}: {skipped:,} row{'s' * (skipped > 1)} without a time left out")
        case HttpSource():
            from kiosk.feed.poll import read_url  # noqa: PLC0415 - loads the network library

            read, fault = read_url(source, organisation)
            records = read.records
        case InboxSource():
            told.note(f"{source.id}: an inbox keeps nothing that could be replayed")
            return ()
    told.source(fault, empty=not records)
    return records


def _newest(records: Iterable[Record]) -> list[Record]:
    """Of each key the newest revision, in the place of its first."""
    newest: dict[str, Record] = {}
    for record in records:
        if record.revision >= newest.get(record.id, record).revision:
            newest[record.id] = record
    return list(newest.values())


def _unlocks(engine: Engine, records: Iterable[Record], end: datetime | None, told: _Told) -> Iterator[Unlock]:
    """What the records unlock, and the periods that end on the way."""
    for fact in _facts(engine, records, end):
        for outcome in engine.apply(fact):
            if isinstance(outcome, Fault):
                told.engine(outcome)
            else:
                yield outcome


def _facts(engine: Engine, records: Iterable[Record], end: datetime | None) -> Iterator[Fact]:
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


def _instant(until: date, zone: ZoneInfo) -> datetime:
    moment = until if isinstance(until, datetime) else datetime.combine(until, time.min)
    return (moment if moment.tzinfo else moment.replace(tzinfo=zone)).astimezone(UTC)
