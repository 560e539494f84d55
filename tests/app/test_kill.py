"""Killed by `kill -9` at any moment: what was acknowledged stays, nothing is there twice."""

from __future__ import annotations

import random
import shutil
import sqlite3
import subprocess
import sys
from collections import Counter
from contextlib import closing
from pathlib import Path
from typing import Any

import doomed
from desk import BIG_FISH, MAX, WEEK_20K, ZOE

from kiosk.domain.unlock import unlock_id

KILLS = 8


def test_no_acknowledged_record_is_lost_and_no_unlock_comes_twice(tmp_path: Path) -> None:
    journal = tmp_path / "state" / "journal.sqlite"
    chance = random.Random(7)
    said: Counter[str] = Counter()
    for life in range(KILLS):
        said.update(live_and_die(journal, life, chance.randint(0, 450)))
        # A copy: the next life shall find the file as the killed one left it.
        left = shutil.copytree(journal.parent, tmp_path / f"left-{life}") / journal.name
        assert_holds(left, said)
    assert said["done"] < KILLS, "no process was killed at work"

    said.update(live_and_die(journal, KILLS, None))
    assert said["done"] >= 1
    assert_holds(journal, said)
    assert query(journal, "SELECT json_extract(body, '$.record.id') FROM log WHERE kind = 'record'") == [
        record.id for record in doomed.deals()
    ]
    assert set(query(journal, "SELECT id FROM ledger")) == expected()


def assert_holds(journal: Path, said: Counter[str]) -> None:
    """The file is whole, has everything that was said to be durable, and nothing twice."""
    assert query(journal, "PRAGMA integrity_check") == ["ok"]
    seqs = query(journal, "SELECT seq FROM log ORDER BY seq")
    assert seqs == list(range(1, len(seqs) + 1))
    records = query(journal, "SELECT id FROM record")
    logged = query(journal, "SELECT json_extract(body, '$.record.id') FROM log WHERE kind = 'record'")
    assert sorted(records) == sorted(logged)
    ledger = dict(rows(journal, "SELECT id, starts FROM ledger"))
    assert set(ledger.values()) <= {0, 1}
    for line, times in said.items():
        what, _, id_ = line.partition(" ")
        match what:
            case "taken":
                assert id_ in records
            case "earned":
                assert id_ in ledger
                assert times == 1
            case "started":
                assert ledger[id_] == times == 1


def query(journal: Path, sql: str) -> list[Any]:
    """The only column of an answer."""
    return [value for (value,) in rows(journal, sql)]


def rows(journal: Path, sql: str) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(journal)) as connection:
        return connection.execute(sql).fetchall()


def expected() -> set[str]:
    """Every big fish, and the weeks of both."""
    fish = {
        unlock_id(BIG_FISH.id, f"player:{record.owner}", f"record:{record.key}")
        for record in doomed.deals()
        if record.fields["amount"] == "6000"
    }
    return fish | {unlock_id(WEEK_20K.id, f"player:{player.id}", "week:2024-05-06") for player in (ZOE, MAX)}


def live_and_die(journal: Path, seed: int, lines: int | None) -> list[str]:
    """What a process says until it is killed after so many lines; None lets it live."""
    command = [sys.executable, doomed.__file__, str(journal), str(seed)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        said = []
        if lines == 0:
            process.kill()
        for line in process.stdout:
            if line.endswith("\n"):  # what was cut off by the kill was not said
                said.append(line.strip())
            if len(said) == lines:
                process.kill()
        code = process.wait()
    assert code in (0, -9)
    return said
