"""The kiosk that lived through the sample's year earned what `kiosk replay` prints, restarts or not."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from desk import Desk, HandClock

from kiosk.app import messages
from kiosk.config.load import load_rules
from kiosk.config.source import CsvSource, RosterSource
from kiosk.feed.file import read_file
from kiosk.feed.roster import read_roster

CRM = Path(__file__).parent.parent / "data" / "crm"


def test_a_year_lived_in_three_parts_earns_what_replay_says(tmp_path: Path) -> None:
    path = tmp_path / "journal.sqlite"
    rules = load_rules(CRM / "rules.yaml")
    clock = HandClock(datetime(2016, 9, 1, tzinfo=UTC))
    celebrated: list[str] = []
    # The second part begins and ends within a week and a month that have records on both sides.
    for until in (
        datetime(2017, 5, 17, 15, tzinfo=UTC),
        datetime(2017, 9, 2, tzinfo=UTC),
        datetime(2018, 1, 1, 5, tzinfo=UTC),
    ):
        with Desk(rules, path, clock) as desk:
            for source in rules.sources:
                match source:
                    case RosterSource():
                        desk.evaluator.deliver(read_roster(source)[0]).result(60)
                    case CsvSource():
                        desk.evaluator.deliver(read_file(source, rules.rules.organisation)[0]).result(60)
            clock.now = until
            desk.settle()
        celebrated += [earned.celebration.id for earned in desk.messages(messages.Earned)]

    with closing(sqlite3.connect(path)) as connection:
        earned = connection.execute(
            "SELECT achievement, subject, json_extract(unlock_json, '$.occurrence') FROM ledger"
        ).fetchall()
    expected = [json.loads(line) for line in (CRM / "expected.jsonl").read_text().splitlines()]
    assert len(expected) == 1115
    assert sorted(earned) == sorted((line["achievement"], line["subject"], line["occurrence"]) for line in expected)
    assert len(celebrated) == len(set(celebrated)) == 1115
