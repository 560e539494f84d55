"""The log, the records, the ledger and the play log, each on a real file."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from kiosk.domain.organisation import Player, Team
from kiosk.domain.record import Record
from kiosk.domain.unlock import Unlock
from kiosk.journal.entry import Entry, PeriodsClosed, Published, RecordLogged, RosterLogged
from kiosk.journal.error import DamagedError, JournalError
from kiosk.journal.journal import Journal
from kiosk.journal.ledger import MOST
from kiosk.journal.records import Stored, body_hash
from kiosk.journal.stamp import moment, stamp
from kiosk.show.celebration import Celebration, Winner
from kiosk.show.cue import Reason
from kiosk.show.design import Interrupt
from kiosk.show.effects import LogShowing
from kiosk.show.ledger import LedgerRow, State

NOON = datetime(2024, 5, 7, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
RECORD = Record("crm", "1", 0, "deal", NOON, "zoe", {"amount": "7000"})


@pytest.fixture
def journal(tmp_path: Path) -> Iterator[Journal]:
    with closing(Journal(tmp_path / "journal.sqlite")) as journal:
        yield journal


def earned(id_: str, *, at: datetime = NOON, starts: datetime | None = None) -> Celebration:
    """Of Zoë, alive for an hour."""
    return Celebration(
        id=id_,
        achievement="big-fish",
        title="Big fish",
        message="Zoë",
        description="",
        motivation="",
        winners=(Winner("player:zoe", "Zoë", "Z", 3),),
        value_text="$7,000",
        points_text="",
        badge="star",
        animation="confetti",
        background="theme",
        sound="default:fanfare",
        first_show_s=60,
        show_s=45,
        lifetime_s=3600,
        channels=(),
        interrupt=Interrupt.NOW,
        priority=0,
        critical=False,
        unlocked_at=at,
        starts_at=starts or at,
    )


def unlock(name: str, subject: str = "player:zoe") -> Unlock:
    return Unlock(
        "big-fish", subject, f"record:crm:{name}", NOON, Decimal(7000), None, None, (f"crm:{name}",), 5, celebrate=True
    )


def note(
    journal: Journal, name: str, at: datetime = NOON, subject: str = "player:zoe", starts: datetime | None = None
) -> str:
    """A pending celebration in the ledger; its id."""
    what = unlock(name, subject)
    with journal.transaction():
        seq = journal.log.append(RecordLogged(RECORD, at))
        assert journal.ledger.pending(what, earned(what.id, at=at, starts=starts), seq=seq, unlocked_at=at)
    return what.id


def live(journal: Journal, now: datetime | None, subject: str | None = None) -> list[tuple[str, State, int]]:
    return [(row.celebration.id, row.state, row.starts) for row in journal.ledger.live(now, subject)]


# The log


def test_entries_are_numbered_without_a_gap_and_read_as_they_were_written(journal: Journal) -> None:
    entries: list[Entry] = [
        RosterLogged("list", (Player("zoe", "Zoë", ("west",)),), (Team("west", "West"),), NOON),
        RecordLogged(RECORD, NOON, silent=True),
        RecordLogged(replace(RECORD, revision=1), NOON, previous=2),
        PeriodsClosed(NOON),
        Published("big-fish", NOON),
    ]
    with pytest.raises(JournalError), journal.transaction():
        journal.ledger.start((str(journal.log.append(PeriodsClosed(NOON))),), NOON)
    for entry in entries:
        with journal.transaction():
            journal.log.append(entry)
    assert list(journal.log.entries()) == list(enumerate(entries, start=1))
    assert journal.log.record(2) == entries[1]


def test_a_missing_entry_is_damage(journal: Journal) -> None:
    with journal.transaction():
        for _ in range(3):
            journal.log.append(PeriodsClosed(NOON))
        journal._connection.execute("DELETE FROM log WHERE seq = 2")
    with pytest.raises(DamagedError, match="entry 2 of the log is missing"):
        list(journal.log.entries())


@pytest.mark.parametrize("change", ["kind = 'dream'", "body = '{}'", "body = 'x'"])
def test_an_entry_that_nobody_wrote_is_damage(journal: Journal, change: str) -> None:
    with journal.transaction():
        journal.log.append(PeriodsClosed(NOON))
        journal._connection.execute(f"UPDATE log SET {change}")
    with pytest.raises(DamagedError, match="entry 1 of the log can't be read"):
        list(journal.log.entries())


def test_only_records_have_a_body_to_correct(journal: Journal) -> None:
    with journal.transaction():
        journal.log.append(PeriodsClosed(NOON))
    for seq in (1, 2):
        with pytest.raises(DamagedError, match=f"entry {seq} of the log is no record"):
            journal.log.record(seq)


# Records


def test_the_newest_body_stands_under_a_key(journal: Journal) -> None:
    newer = replace(RECORD, revision=4, fields={"amount": "9"})
    assert journal.records.stored("crm", "1") is None
    with journal.transaction():
        for record in (RECORD, newer):
            journal.records.put(record, journal.log.append(RecordLogged(record, NOON)))
    assert journal.records.stored("crm", "1") == Stored(2, 4, body_hash(newer))
    assert journal.records.stored("erp", "1") is None


def test_a_key_that_is_no_valid_unicode_is_a_key(journal: Journal) -> None:
    odd = replace(RECORD, id="half \ud800 a pair")
    with journal.transaction():
        journal.records.put(odd, journal.log.append(RecordLogged(odd, NOON)))
    stored = journal.records.stored("crm", odd.id)
    assert stored is not None
    assert journal.log.record(stored.seq).record == odd


@pytest.mark.parametrize(
    "other",
    [
        replace(RECORD, type="call"),
        replace(RECORD, owner="max"),
        replace(RECORD, occurred_at=NOON + timedelta(microseconds=1)),
        replace(RECORD, date_only=True),
        replace(RECORD, fields={"amount": "7000.0"}),
        replace(RECORD, fields={}),
    ],
)
def test_another_body_has_another_hash(other: Record) -> None:
    assert body_hash(other) != body_hash(RECORD)


def test_a_body_is_the_same_whatever_its_revision_and_the_order_of_its_fields() -> None:
    record = replace(RECORD, fields={"a": "1", "b": "2"})
    assert body_hash(replace(record, revision=9, fields={"b": "2", "a": "1"})) == body_hash(record)


# The ledger


def test_an_unlock_is_noted_once(journal: Journal) -> None:
    id_ = note(journal, "1")
    with journal.transaction():
        again = journal.ledger.pending(unlock("1"), earned(id_), seq=1, unlocked_at=NOON + HOUR)
    assert again is False
    assert journal.ledger.live(NOON) == (LedgerRow(earned(id_), State.PENDING),)


def test_an_unlock_needs_the_entry_that_made_it(journal: Journal) -> None:
    with pytest.raises(JournalError, match="FOREIGN KEY"), journal.transaction():
        journal.ledger.pending(unlock("1"), None, seq=5, unlocked_at=NOON)


def test_what_nobody_celebrates_is_noted_and_never_live(journal: Journal) -> None:
    with journal.transaction():
        seq = journal.log.append(PeriodsClosed(NOON))
        assert journal.ledger.pending(unlock("1"), None, seq=seq, unlocked_at=NOON)
    assert live(journal, NOON) == []


def test_starts_are_counted_and_states_kept(journal: Journal) -> None:
    one, two = note(journal, "1"), note(journal, "2")
    with journal.transaction():
        journal.ledger.start((one, two), NOON)
    with journal.transaction():
        journal.ledger.start((one,), NOON)
        journal.ledger.set_state((two,), State.MERGED, NOON, into=one)
    assert live(journal, NOON) == [(one, State.STARTED, 2), (two, State.MERGED, 1)]
    assert [row.into for row in journal.ledger.live(NOON)] == [None, one]


def test_when_it_was_shown_first_is_kept(journal: Journal) -> None:
    id_ = note(journal, "1")
    for hours in (1, 2):
        with journal.transaction():
            journal.ledger.set_state((id_,), State.SHOWN, NOON + hours * HOUR)
    (at,) = journal._connection.execute("SELECT first_shown_at FROM ledger").fetchone()
    assert moment(at) == NOON + HOUR


def test_what_is_not_there_cannot_start_and_none_of_its_company_does(journal: Journal) -> None:
    id_ = note(journal, "1")
    with pytest.raises(JournalError, match="no celebration nobody"), journal.transaction():
        journal.ledger.start((id_, "nobody"), NOON)
    assert live(journal, NOON) == [(id_, State.PENDING, 0)]


def test_withdrawn_is_the_end(journal: Journal) -> None:
    id_ = note(journal, "1")
    with journal.transaction():
        journal.ledger.set_state((id_,), State.WITHDRAWN, NOON)
        journal.ledger.set_state((id_,), State.SHOWN, NOON)
    with pytest.raises(JournalError), journal.transaction():
        journal.ledger.start((id_,), NOON)
    assert live(journal, NOON) == []


@pytest.mark.parametrize("state", [State.EXPIRED, State.WITHDRAWN])
def test_what_is_over_is_not_live(journal: Journal, state: State) -> None:
    id_ = note(journal, "1")
    with journal.transaction():
        journal.ledger.set_state((id_,), state, NOON)
    assert live(journal, NOON) == []


def test_what_was_shown_is_live_until_its_lifetime_ended_whatever_quiet_hours_added(journal: Journal) -> None:
    id_ = note(journal, "1", starts=NOON + 10 * HOUR)
    with journal.transaction():
        journal.ledger.set_state((id_,), State.SHOWN, NOON)
    assert live(journal, NOON + 11 * HOUR) == [(id_, State.SHOWN, 0)]
    assert live(journal, NOON + 11 * HOUR + timedelta(days=2)) == []
    assert live(journal, None) == [(id_, State.SHOWN, 0)]


@pytest.mark.parametrize("state", [State.PENDING, State.HELD, State.STARTED])
def test_what_nobody_has_seen_is_live_for_the_show_to_say_that_it_expired(journal: Journal, state: State) -> None:
    id_ = note(journal, "1")
    with journal.transaction():
        journal.ledger.set_state((id_,), state, NOON)
    assert live(journal, NOON + timedelta(days=400)) == [(id_, state, 0)]


def test_live_rows_of_one_subject(journal: Journal) -> None:
    note(journal, "1")
    team = note(journal, "2", subject="team:west")
    assert live(journal, NOON, "team:west") == [(team, State.PENDING, 0)]


def test_of_very_many_the_newest_are_live(journal: Journal) -> None:
    ids = [note(journal, str(n)) for n in range(MOST + 2)]
    assert [id_ for id_, *_ in live(journal, NOON)] == ids[2:]


def test_a_row_that_nobody_wrote_is_damage(journal: Journal) -> None:
    note(journal, "1")
    with journal.transaction():
        journal._connection.execute("UPDATE ledger SET celebration_json = '{}'")
    with pytest.raises(DamagedError, match="ledger"):
        journal.ledger.live(NOON)


# The play log


def showing(hours: float) -> LogShowing:
    return LogShowing(
        f"cycle:{hours}", Reason.CYCLE, "leaderboard", "week", ("a", "b"), NOON + hours * HOUR, 20.5, with_sound=True
    )


def test_showings_are_read_as_they_were_logged(journal: Journal) -> None:
    idle = LogShowing("idle", Reason.IDLE, "idle", None, (), NOON, 1.0, with_sound=False)
    with journal.transaction():
        for each in (showing(2), idle, showing(1)):
            journal.play_log.add(each)
    assert journal.play_log.since(NOON) == [idle, showing(1), showing(2)]
    assert journal.play_log.since(NOON + 1.5 * HOUR) == [showing(2)]


def test_showings_are_kept_for_thirty_days(journal: Journal) -> None:
    month = 30 * 24
    with journal.transaction():
        for hours in (0, 1, month + 0.5):
            journal.play_log.add(showing(hours))
    assert journal.play_log.since(NOON - HOUR) == [showing(1), showing(month + 0.5)]


# Times


def test_times_as_text_sort_as_times() -> None:
    times = [NOON, NOON + timedelta(microseconds=1), NOON + timedelta(seconds=1), NOON.replace(year=999)]
    assert sorted(map(stamp, times)) == [stamp(at) for at in sorted(times)]
    assert moment(stamp(NOON)) == NOON
    with pytest.raises(ValueError, match="no time zone"):
        stamp(datetime(2024, 5, 7))
