"""`kiosk replay`: what a rules file would have fired, over all that its sources hold (docs/rules.md, section 9)."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import TextIO

from kiosk.app.history import FaultPrinter, facts, instant, people, records
from kiosk.app.outcomes import print_lines, print_table
from kiosk.config.load import load_rules
from kiosk.domain.engine import Engine
from kiosk.domain.record import Record
from kiosk.domain.unlock import Fault, Unlock


def replay(
    rules: Path,
    until: date | datetime | None,
    out: TextIO,
    *,
    as_table: bool = False,
    complaints: TextIO | None = None,
) -> int:
    """Print every unlock, oldest first; returns the exit code: 1 if a source could not be read at all.

    Args:
        rules: the rules file.
        until: where the clock stops; a date, or a time without an offset, is meant in the organisation's zone. Later
            records are not applied. None stops with the last record.
        out: takes JSON lines, or a table.
        as_table: print a table for people.
        complaints: takes a line for each fault; None for standard error.

    Raises:
        ConfigError: the rules file can't be used.
    """
    printer = FaultPrinter(sys.stderr if complaints is None else complaints)
    file = load_rules(rules)
    engine = Engine(replace(file.rules, players=(), teams=()))
    for fact in people(file, printer):
        engine.apply(fact)
    end = None if until is None else instant(until, file.rules.organisation.timezone)
    unlocks = _unlocks(engine, records(file, printer), end, printer)
    if as_table:
        print_table(unlocks, file.rules, engine, out)
    else:
        print_lines(unlocks, file.rules.organisation.timezone, out)
    return int(printer.unread)


def _unlocks(engine: Engine, found: Iterable[Record], end: datetime | None, printer: FaultPrinter) -> Iterator[Unlock]:
    """What the records unlock, and the periods that end on the way."""
    for fact in facts(engine, found, end):
        for outcome in engine.apply(fact):
            if isinstance(outcome, Fault):
                printer.engine(outcome)
            else:
                yield outcome
