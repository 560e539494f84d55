"""The evaluator as feeds and the loop see it: deliveries in, messages out, a real journal in between."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable
from concurrent.futures import CancelledError, Future
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from desk import (
    BIG_FISH,
    CRM,
    DAY_MVP,
    LAN,
    MAX,
    NOON,
    TEAM_LIST,
    WEEK_20K,
    WEST,
    ZOE,
    Desk,
    HandClock,
    celebrated,
    deal,
    office,
)

from kiosk.app import messages
from kiosk.clock import Clock
from kiosk.domain.engine import Engine
from kiosk.domain.fact import Fact, RecordPut
from kiosk.domain.rules import Status
from kiosk.domain.unlock import Outcome
from kiosk.feed.reading import Receipt, RecordsRead
from kiosk.journal.error import JournalError
from kiosk.show import effects
from kiosk.show.cue import Reason
from kiosk.show.ledger import State

DAY = timedelta(days=1)


def ledger(path: Path) -> list[tuple[str, str, str | None, int]]:
    """Achievement, subject, state and starts of every row."""
    return rows(path, "SELECT achievement, subject, state, starts FROM ledger ORDER BY state")  # type: ignore[return-value]


def rows(path: Path, sql: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        return connection.execute(sql).fetchall()


# First loads, and what comes later


def test_the_first_load_of_a_source_is_silent_and_what_comes_later_is_celebrated() -> None:
    with Desk(office(BIG_FISH)) as desk:
        assert desk.give(deal("1"), deal("2")) == (Receipt.CREATED, Receipt.CREATED)
        assert desk.give(deal("3")) == (Receipt.CREATED,)
        desk.wait(messages.Earned)
    assert desk.celebrated == ["big-fish of player:zoe"]


def test_a_first_load_in_several_readings_is_silent_to_its_end() -> None:
    with Desk(office(BIG_FISH)) as desk:
        desk.give(deal("1"), whole=False)
        desk.give(deal("2"), whole=True)
        desk.give(deal("3"))
    assert len(desk.celebrated) == 1


def test_a_first_load_that_was_cut_short_is_still_silent_when_it_goes_on(tmp_path: Path) -> None:
    path = tmp_path / "journal.sqlite"
    with Desk(office(BIG_FISH), path) as desk:
        desk.give(deal("1"), whole=False)
    with Desk(office(BIG_FISH), path) as again:
        assert again.give(deal("1"), deal("2")) == (Receipt.DUPLICATE, Receipt.CREATED)
        again.give(deal("3"))
    assert desk.celebrated == []
    assert again.celebrated == ["big-fish of player:zoe"]
    assert rows(path, "SELECT json_extract(body, '$.silent') FROM log WHERE kind = 'record'") == [(1,), (1,), (0,)]


def test_a_large_first_load_is_taken_in_slices_and_every_record_has_its_receipt(tmp_path: Path) -> None:
    path = tmp_path / "journal.sqlite"
    records = [deal(str(n), 1, at=NOON - timedelta(minutes=n)) for n in range(2345)]
    with Desk(office(BIG_FISH), path) as desk:
        assert desk.give(*records) == (Receipt.CREATED,) * 2345
        assert desk.give(*records) == (Receipt.DUPLICATE,) * 2345
    assert rows(path, "SELECT count(*), max(seq), min(seq) FROM log WHERE kind = 'record'")[0][0] == 2345
    assert rows(path, "SELECT count(*) = max(seq) FROM log") == [(1,)]


def test_an_inbox_has_no_first_load() -> None:
    with Desk(office(BIG_FISH, sources=(LAN,))) as desk:
        desk.give(deal("1", source="lan"))
    assert desk.celebrated == ["big-fish of player:zoe"]


def test_what_the_first_load_brought_counts_for_later_goals() -> None:
    with Desk(office(WEEK_20K)) as desk:
        desk.give(deal("1", 15000))
        desk.give(deal("2", 5000))
    assert desk.celebrated == ["week-20k of player:zoe"]


def test_a_goal_that_the_first_load_reached_is_spent() -> None:
    with Desk(office(WEEK_20K)) as desk:
        desk.give(deal("1", 20000))
        desk.give(deal("2", 20000))
    assert desk.celebrated == []


# Rules that come later


def test_a_rule_added_later_awards_nobody_for_earlier_records(tmp_path: Path) -> None:
    path = tmp_path / "journal.sqlite"
    with Desk(office(), path) as desk:
        desk.give()
        desk.give(deal("monday", 25000))
    clock = HandClock(NOON + DAY)
    with Desk(office(BIG_FISH, WEEK_20K), path, clock) as again:
        again.give(deal("monday", 25000))
        again.give(deal("tuesday", 25000))
    assert desk.celebrated == []
    assert again.celebrated == ["big-fish of player:zoe"]  # the week is spent


def test_rows_that_came_while_the_kiosk_was_off_are_no_ground_for_a_rule_added_meanwhile(tmp_path: Path) -> None:
    path = tmp_path / "journal.sqlite"
    with Desk(office(BIG_FISH), path) as desk:
        desk.give()
    tall = replace(BIG_FISH, id="tall-fish")
    with Desk(office(BIG_FISH, tall), path) as again:
        again.give(deal("while off"))
        again.give(deal("today", owner="max"))
    assert desk.celebrated == []
    assert again.celebrated == ["big-fish of player:zoe", "big-fish of player:max", "tall-fish of player:max"]


def test_a_rule_with_a_time_in_the_future_waits_for_it_and_one_in_the_past_changes_nothing() -> None:
    soon = replace(BIG_FISH, id="soon", published_at=NOON + timedelta(hours=1))
    past = replace(BIG_FISH, id="past", published_at=NOON - 100 * DAY)
    clock = HandClock()
    with Desk(office(soon, past), clock=clock) as desk:
        desk.give(deal("1"))
        desk.give(deal("2"))
        clock.move(hours=2)
        desk.give(deal("3"))
    assert desk.celebrated == ["past of player:zoe", "soon of player:zoe", "past of player:zoe"]


def test_drafts_are_never_judged() -> None:
    assert celebrated(office(replace(BIG_FISH, status=Status.DRAFT)), deal("1")) == []


# Restarts


def test_a_restart_earns_nothing_again_and_restores_what_is_alive(tmp_path: Path) -> None:
    path = tmp_path / "journal.sqlite"
    first = celebrated(office(BIG_FISH, WEEK_20K), deal("1"), path=path)
    with Desk(office(BIG_FISH, WEEK_20K), path, HandClock(NOON + timedelta(hours=1))) as again:
        (ready,) = again.wait(messages.Ready)
        assert again.give(deal("1")) == (Receipt.DUPLICATE,)
    assert first == ["big-fish of player:zoe"]
    assert again.celebrated == []
    assert [(r.celebration.achievement, r.state, r.starts) for r in ready.restored] == [("big-fish", State.PENDING, 0)]


def test_a_restart_has_the_boards_before_any_source_was_read(tmp_path: Path) -> None:
    path = tmp_path / "journal.sqlite"
    with Desk(office(), path) as desk:
        desk.give(deal("1", 300), deal("2", 400, owner="max"))
    with Desk(office(), path, HandClock(NOON + timedelta(hours=1))) as again:
        board = again.wait(messages.Standings)[0]
    assert [(s.subject, s.value) for s in board.standings] == [("player:max", 400), ("player:zoe", 300)]


def test_a_player_who_moved_leaves_his_past_records_with_his_former_team(tmp_path: Path) -> None:
    path = tmp_path / "journal.sqlite"
    team_20k = replace(WEEK_20K, id="team-20k", subject=WEEK_20K.subject.TEAM)
    with Desk(office(team_20k), path) as desk:
        desk.give()
        desk.give(deal("1", 15000))
    moved = replace(ZOE, teams=("east",))
    with Desk(office(team_20k, players=(moved, MAX)), path) as again:
        again.give(deal("1", 15000), deal("2", 6000))
    with Desk(office(team_20k, players=(moved, MAX)), path) as third:
        third.give(deal("3", 6000))
        third.give(deal("4", 6000))
        third.give(deal("5", 6000))
    assert desk.celebrated == again.celebrated == []
    assert third.celebrated == ["team-20k of team:east"]


# Records under one key


def test_of_a_snapshot_another_body_is_a_correction() -> None:
    with Desk(office(WEEK_20K)) as desk:
        desk.give()
        assert desk.give(deal("1", 30000, owner="max"), deal("2", 15000)) == (Receipt.CREATED, Receipt.CREATED)
        assert desk.give(deal("2", 19000)) == (Receipt.CORRECTED,)
        assert desk.give(deal("2", 19000)) == (Receipt.DUPLICATE,)
        desk.give(deal("3", 999))
        assert desk.celebrated == ["week-20k of player:max"]
        desk.give(deal("4", 1))
    assert desk.celebrated == ["week-20k of player:max", "week-20k of player:zoe"]


def test_revisions_decide_where_a_source_has_them(tmp_path: Path) -> None:
    path = tmp_path / "journal.sqlite"
    with Desk(office(), path) as desk:
        given = [
            deal("1", 100, revision=3),
            deal("1", 100, revision=3),
            deal("1", 999, revision=3),
            deal("1", 999, revision=2),
            deal("1", 200, revision=7),
        ]
        receipts = [desk.give(record, snapshot=False)[0] for record in given]
    assert receipts == [Receipt.CREATED, Receipt.DUPLICATE, Receipt.CONFLICT, Receipt.STALE, Receipt.CORRECTED]
    assert rows(path, "SELECT revision FROM record") == [(7,)]


def test_the_same_time_in_another_zone_is_the_same_body() -> None:
    local = NOON.astimezone(office().rules.organisation.timezone)
    with Desk(office()) as desk:
        assert desk.give(deal("1", at=NOON)) == (Receipt.CREATED,)
        assert desk.give(deal("1", at=local)) == (Receipt.DUPLICATE,)


def test_a_correction_that_takes_a_goal_away_does_not_award_it_twice() -> None:
    with Desk(office(WEEK_20K)) as desk:
        desk.give()
        for amount in (20000, 1, 20000):
            desk.give(deal("1", amount))
    assert desk.celebrated == ["week-20k of player:zoe"]


# Time


def test_a_period_end_is_celebrated_on_the_next_working_morning() -> None:
    clock = HandClock()
    with Desk(office(DAY_MVP), clock=clock) as desk:
        desk.give()
        desk.give(deal("1", 10), deal("2", 20, owner="max"))
        clock.move(hours=13)
        (earned,) = desk.wait(messages.Earned)
    assert desk.celebrated == ["day-mvp of player:max"]
    assert earned.celebration.starts_at == datetime(2024, 5, 8, 13, tzinfo=UTC)
    assert earned.celebration.unlocked_at == NOON + timedelta(hours=13)


def test_what_happened_while_the_kiosk_was_off_counts_before_the_period_is_closed(tmp_path: Path) -> None:
    path = tmp_path / "journal.sqlite"
    with Desk(office(DAY_MVP), path) as desk:
        desk.give()
        desk.give(deal("1", 10))
    clock = HandClock(NOON + DAY)
    with Desk(office(DAY_MVP), path, clock) as again:
        again.give(deal("1", 10), deal("evening", 20, owner="max", at=NOON + timedelta(hours=5)))
        again.wait(messages.Earned)
    assert again.celebrated == ["day-mvp of player:max"]


def test_a_source_that_fails_does_not_keep_periods_open() -> None:
    clock = HandClock()
    lan = replace(deal("1", 10), source="lan")
    with Desk(office(DAY_MVP, sources=(CRM, LAN)), clock=clock) as desk:
        desk.give_fault("deals.csv: no such file", lost=True)
        desk.wait_until(messages.Faults, messages=("deals.csv: no such file",))
        desk.give(lan)
        clock.move(days=1)
        desk.wait(messages.Earned)
    assert desk.celebrated == ["day-mvp of player:zoe"]


def test_a_record_in_the_future_waits_and_is_celebrated_when_it_is_due() -> None:
    clock = HandClock()
    later = NOON + timedelta(hours=1)
    with Desk(office(BIG_FISH), clock=clock) as desk:
        assert desk.give(deal("past"), deal("future", at=later)) == (Receipt.CREATED, Receipt.WAITING)
        clock.now = later
        (earned,) = desk.wait(messages.Earned)
        assert desk.give(deal("future", at=later)) == (Receipt.DUPLICATE,)
    assert earned.celebration.unlocked_at == later


def test_a_record_that_waits_is_replaced_by_its_newer_body() -> None:
    clock = HandClock()
    later = NOON + timedelta(hours=1)
    with Desk(office(BIG_FISH), clock=clock) as desk:
        desk.give(deal("1", 9000, at=later))
        desk.give(deal("1", 10, at=later))
        desk.give(deal("2", 9000, at=later))
        desk.give(deal("2", 10, at=NOON))
        clock.move(hours=2)
        desk.give(deal("3", 9000))
    assert desk.celebrated == ["big-fish of player:zoe"]


def test_waiting_records_and_period_ends_come_in_order_of_time() -> None:
    clock = HandClock()
    with Desk(office(BIG_FISH, DAY_MVP), clock=clock) as desk:
        desk.give(
            deal("1", 10, at=NOON + timedelta(hours=1)),
            deal("2", 20, owner="max", at=NOON + timedelta(hours=2)),
            deal("3", 7000, at=NOON + timedelta(hours=20)),
            deal("4", 10, owner="max", at=NOON + timedelta(hours=21)),
        )
        clock.move(days=3)
        earned = desk.wait(messages.Earned, 3)
    assert desk.celebrated == ["day-mvp of player:max", "big-fish of player:zoe", "day-mvp of player:zoe"]
    assert [e.celebration.starts_at.day for e in earned] == [8, 10, 9]


def test_a_period_that_ended_before_an_achievement_was_published_is_not_judged() -> None:
    clock = HandClock()
    with Desk(office(DAY_MVP), clock=clock) as desk:
        desk.give()
        desk.give(deal("yesterday", 10, at=NOON - DAY))
        clock.move(days=1)
        desk.settle()
    assert desk.celebrated == []


def test_waiting_records_follow_a_fast_clock() -> None:
    clock = Clock(start=NOON, speed=10_000_000)
    with Desk(office(BIG_FISH), clock=clock) as desk:
        desk.give(*(deal(str(n), at=NOON + 4 * DAY + n * DAY) for n in range(5)))
        desk.wait(messages.Earned, 5)
    assert len(desk.celebrated) == 5


def test_nothing_is_read_in_before_the_clock_can_be_trusted() -> None:
    clock = HandClock(datetime(1970, 1, 2, tzinfo=UTC), trusted=False)
    with Desk(office(BIG_FISH), clock=clock) as desk:
        future = desk.evaluator.deliver(RecordsRead("crm", (deal("1"),), snapshot=True, whole=True))
        desk.settle()
        assert not future.done()
        clock.now, clock.trusted = NOON, True
        assert future.result(20) == (Receipt.CREATED,)
    assert desk.celebrated == []


# People


def test_records_wait_for_the_rosters() -> None:
    rules = office(BIG_FISH, sources=(TEAM_LIST, CRM), players=())
    with Desk(rules) as desk:
        future = desk.evaluator.deliver(RecordsRead("crm", (deal("1"),), snapshot=True, whole=True))
        desk.settle()
        assert not future.done()
        desk.give_roster(ZOE, teams=[WEST])
        assert future.result(20) == (Receipt.CREATED,)
        desk.give(deal("2"))
    assert desk.celebrated == ["big-fish of player:zoe"]


def test_a_roster_that_cannot_be_read_does_not_keep_records_out() -> None:
    with Desk(office(BIG_FISH, sources=(TEAM_LIST, CRM))) as desk:
        desk.give_fault("team.csv: no such file", source="team-list", lost=True)
        assert desk.give(deal("1")) == (Receipt.CREATED,)


def test_a_first_load_stays_silent_when_its_owner_is_known_only_later() -> None:
    with Desk(office(BIG_FISH, sources=(CRM,))) as desk:
        desk.give(deal("1", owner="Neo"))
        desk.give(deal("2", owner="Neo"))
        desk.give_roster(ZOE, replace(MAX, id="neo", name="Neo"))
        desk.wait(messages.Earned)
    assert desk.celebrated == ["big-fish of player:neo"]


def test_celebrations_of_a_player_who_hides_are_withdrawn_and_no_new_one_comes(tmp_path: Path) -> None:
    path = tmp_path / "journal.sqlite"
    with Desk(office(BIG_FISH), path) as desk:
        desk.give()
        desk.give(deal("1"))
        desk.give_roster(replace(ZOE, hidden=True))
        withdrawn = desk.wait(messages.Withdrawn)
        desk.give(deal("2"))
    (earned,) = desk.messages(messages.Earned)
    assert [w.id for w in withdrawn] == [earned.celebration.id]
    assert ledger(path) == [("big-fish", "player:zoe", None, 0), ("big-fish", "player:zoe", State.WITHDRAWN, 0)]


# What the loop is told, and what it asks for


def test_a_start_is_committed_before_it_is_answered(tmp_path: Path) -> None:
    path = tmp_path / "journal.sqlite"
    with Desk(office(BIG_FISH), path) as desk:
        desk.give()
        desk.give(deal("1"))
        id_ = desk.wait(messages.Earned)[0].celebration.id
        desk.evaluator.commit(effects.CommitStart((id_,), "interrupt:1"))
        assert desk.wait(messages.StartCommitted) == [messages.StartCommitted((id_,), "interrupt:1")]
        desk.evaluator.commit(effects.CommitShown((id_,)))
    assert ledger(path) == [("big-fish", "player:zoe", State.SHOWN, 1)]
    with Desk(office(BIG_FISH), path) as again:
        (ready,) = again.wait(messages.Ready)
    assert [(row.state, row.starts) for row in ready.restored] == [(State.SHOWN, 1)]


def test_a_start_of_what_the_ledger_does_not_have_fails_and_nothing_of_it_is_written(tmp_path: Path) -> None:
    path = tmp_path / "journal.sqlite"
    with Desk(office(BIG_FISH), path) as desk:
        desk.give()
        desk.give(deal("1"))
        id_ = desk.wait(messages.Earned)[0].celebration.id
        desk.evaluator.commit(effects.CommitStart((id_, "nobody"), "interrupt:1"))
        assert desk.wait(messages.StartFailed) == [messages.StartFailed((id_, "nobody"), "interrupt:1")]
    assert ledger(path) == [("big-fish", "player:zoe", State.PENDING, 0)]


def test_showings_are_in_the_play_log(tmp_path: Path) -> None:
    path = tmp_path / "journal.sqlite"
    showing = effects.LogShowing("cycle:1", Reason.CYCLE, "leaderboard", "week", (), NOON, 20.0, with_sound=False)
    with Desk(office(), path) as desk:
        desk.evaluator.commit(showing)
    assert rows(path, "SELECT cue, slot, seconds FROM play_log") == [("cycle:1", "week", 20.0)]


def test_a_board_is_told_when_it_changes_and_when_its_period_turns() -> None:
    clock = HandClock()
    with Desk(office(), clock=clock) as desk:
        desk.wait(messages.Standings)
        desk.give(deal("1", 500))
        changed = desk.wait(messages.Standings, 2)[-1]
        clock.move(days=7)
        turned = desk.wait(messages.Standings, len(desk.messages(messages.Standings)) + 1)[-1]
    assert changed.standings[0].value == 500
    assert turned.at == NOON + 7 * DAY
    assert all(not standing.value for standing in turned.standings)


def test_a_source_that_cant_be_read_makes_the_numbers_old_until_it_can() -> None:
    clock = HandClock()
    with Desk(office(), clock=clock) as desk:
        desk.give()
        desk.give_fault("deals.csv: no such file", lost=True)
        desk.wait_until(messages.DataLost, at=NOON)
        clock.move(minutes=5)
        desk.give_fault("deals.csv: still none", lost=True)
        desk.wait_until(messages.Faults, messages=("deals.csv: still none",))
        desk.give_fault()
        desk.wait_until(messages.DataLost, at=None)
        assert [message.at for message in desk.messages(messages.DataLost)] == [NOON, None]


def test_after_a_restart_a_source_that_cant_be_read_is_as_old_as_the_last_that_came(tmp_path: Path) -> None:
    path = tmp_path / "journal.sqlite"
    with Desk(office(), path) as desk:
        desk.give(deal("1"))
    with Desk(office(), path, HandClock(NOON + 3 * DAY)) as again:
        again.give_fault("deals.csv: no such file", lost=True)
        again.wait_until(messages.DataLost, at=NOON)


def test_a_source_with_a_broken_row_is_waited_for() -> None:
    with Desk(office(BIG_FISH)) as desk:
        desk.give_fault("deals.csv:12: 'x' is no date")
        desk.settle()
        assert not desk.evaluator._books.is_judging
        desk.give()
        desk.settle()
        assert desk.evaluator._books.is_judging


def test_faults_are_told_once_and_go_when_they_are_mended() -> None:
    with Desk(office()) as desk:
        desk.give_fault("deals.csv:12: 'x' is no date", "deals.csv:12: 'x' is no date")
        desk.wait_until(messages.Faults, messages=("deals.csv:12: 'x' is no date",))
        desk.give_fault()
        desk.wait_until(messages.Faults, messages=())


def test_a_thousand_faults_are_a_short_list() -> None:
    with Desk(office()) as desk:
        desk.give_fault(*(f"deals.csv:{n}: broken" for n in range(1000)))
        told = desk.wait(messages.Faults)[-1].messages
    assert len(told) == 51
    assert told[-1] == "… and 950 more"


def test_an_owner_nobody_knows_is_a_fault() -> None:
    with Desk(office()) as desk:
        desk.give(deal("1", owner="Nobody Inparticular"))
        told = desk.wait(messages.Faults)[-1].messages
    assert "Nobody Inparticular" in told[0]


def test_a_screen_that_cannot_take_a_message_does_not_stop_the_evaluator() -> None:
    desk = Desk(office(BIG_FISH))
    posted = desk.evaluator._teller._post_out

    def post(message: messages.Message) -> None:
        if isinstance(message, messages.Ready):
            raise KeyError("a screen of ours")
        posted(message)

    desk.evaluator._teller._post_out = post
    with desk:
        assert desk.give(deal("1")) == (Receipt.CREATED,)


def test_a_board_that_cannot_be_made_is_a_fault_and_records_are_still_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    def failing(*_: object) -> object:
        raise ZeroDivisionError("a fault of ours")

    monkeypatch.setattr(Engine, "standings", failing)
    with Desk(office(BIG_FISH)) as desk:
        desk.give()
        desk.give(deal("1"))
        told = desk.wait(messages.Faults)[-1].messages
    assert desk.celebrated == ["big-fish of player:zoe"]
    assert "a fault of ours" in told[0]


def test_a_record_in_the_future_that_the_engine_cannot_take_does_not_stop_the_clock(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    spoil(monkeypatch, "poison")
    clock = HandClock()
    with Desk(office(BIG_FISH), clock=clock) as desk:
        desk.give(deal("poison", at=NOON + DAY), deal("2", at=NOON + DAY))
        clock.move(days=2)
        desk.wait(messages.Earned)
    assert desk.celebrated == ["big-fish of player:zoe"]


# The end


def test_stop_takes_what_was_delivered_before(tmp_path: Path) -> None:
    path = tmp_path / "journal.sqlite"
    with Desk(office(), path) as desk:
        futures: list[Future[tuple[Receipt, ...]]] = [
            desk.evaluator.deliver(RecordsRead("crm", (deal(str(n)),), snapshot=True, whole=True)) for n in range(50)
        ]
    assert [future.result(0) for future in futures] == [(Receipt.CREATED,)] * 50
    assert rows(path, "SELECT count(*) FROM record") == [(50,)]


def test_after_the_end_deliveries_are_cancelled() -> None:
    desk = Desk(office())
    with desk:
        pass
    with pytest.raises(CancelledError):
        desk.give(deal("1"))


def test_an_evaluator_that_never_began_can_be_stopped() -> None:
    desk = Desk(office())
    future = desk.evaluator.deliver(RecordsRead("crm", (), snapshot=True, whole=True))
    desk.evaluator.stop()
    assert future.cancelled()


# What goes wrong with the file


def test_a_damaged_journal_is_moved_aside_and_the_show_goes_on(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    path = tmp_path / "journal.sqlite"
    path.write_bytes(b"this was a journal once" * 1000)
    with Desk(office(BIG_FISH), path) as desk:
        desk.give()
        desk.give(deal("1"))
        told = desk.wait(messages.Faults)[-1].messages
    assert desk.celebrated == ["big-fish of player:zoe"]
    (aside,) = tmp_path.glob("journal.sqlite.damaged-*")
    assert aside.read_bytes().startswith(b"this was a journal once")
    assert len(told) == 1
    assert aside.name in told[0]
    assert [record.levelname for record in caplog.records] == ["ERROR"]


def test_a_log_that_cannot_be_read_is_damage_too(tmp_path: Path) -> None:
    path = tmp_path / "journal.sqlite"
    with Desk(office(), path) as desk:
        desk.give(deal("1"))
    rows(path, "UPDATE log SET body = replace(body, 'fields', 'meadows')")
    with Desk(office(), path) as again:
        assert again.give(deal("1")) == (Receipt.CREATED,)
    assert len(list(tmp_path.glob("*.damaged-*"))) == 1


def test_a_journal_that_cannot_be_opened_leaves_a_kiosk_without_memory(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    with Desk(office(BIG_FISH), tmp_path / "file" / "journal.sqlite") as desk:
        told = desk.wait(messages.Faults)[-1].messages
        desk.give()
        desk.give(deal("1"))
    assert desk.celebrated == ["big-fish of player:zoe"]
    assert "nothing is remembered" in told[0]


def test_on_a_full_disk_nothing_is_half_applied_and_it_goes_on_when_there_is_room(tmp_path: Path) -> None:
    path = tmp_path / "journal.sqlite"
    records = [deal(str(n), 7000 if n == 900 else 1) for n in range(1000)]
    with Desk(office(BIG_FISH), path) as desk:
        desk.give()
        execute = on_its_thread(desk)
        (pages,) = execute("PRAGMA page_count")
        execute(f"PRAGMA max_page_count = {pages + 4}")
        with pytest.raises(JournalError, match="full"):
            desk.give(*records)
        desk.wait(messages.Faults)
        execute("PRAGMA max_page_count = 1000000")
        desk.give(*records)
        desk.wait_until(messages.Faults, messages=())
        board = desk.wait(messages.Standings)
        (count,) = execute("SELECT count(*) FROM record")
    assert desk.celebrated == ["big-fish of player:zoe"]
    assert count == 1000
    assert board[-1].standings[0].value <= Decimal(7999)


def test_what_the_show_asked_for_is_written_when_the_disk_can_be_written_again(tmp_path: Path) -> None:
    path = tmp_path / "journal.sqlite"
    showing = effects.LogShowing("cycle:1", Reason.CYCLE, "leaderboard", "week", (), NOON, 20.0, with_sound=False)
    with Desk(office(BIG_FISH), path) as desk:
        desk.give()
        desk.give(deal("1"))
        id_ = desk.wait(messages.Earned)[0].celebration.id
        execute = on_its_thread(desk)
        execute("PRAGMA query_only = ON")
        desk.evaluator.commit(effects.CommitStart((id_,), "interrupt:1"), showing)
        desk.wait(messages.StartFailed)
        assert "readonly" in desk.wait(messages.Faults)[-1].messages[0]
        execute("PRAGMA query_only = OFF")
        desk.wait_until(messages.Faults, messages=())
    assert rows(path, "SELECT cue FROM play_log") == [("cycle:1",)]
    assert ledger(path) == [("big-fish", "player:zoe", State.PENDING, 0)]


def test_a_record_that_is_due_while_the_disk_is_full_is_celebrated_when_there_is_room() -> None:
    clock = HandClock()
    with Desk(office(BIG_FISH), clock=clock) as desk:
        desk.give(deal("1", at=NOON + DAY))
        desk.settle()
        execute = on_its_thread(desk)
        execute("PRAGMA query_only = ON")
        clock.move(days=1)
        desk.wait(messages.Faults)
        assert desk.celebrated == []
        execute("PRAGMA query_only = OFF")
        desk.wait(messages.Earned)
        desk.wait_until(messages.Faults, messages=())


def test_one_record_that_the_engine_cannot_take_does_not_keep_the_others_out(monkeypatch: pytest.MonkeyPatch) -> None:
    spoil(monkeypatch, "poison")
    with Desk(office(BIG_FISH)) as desk:
        desk.give()
        receipts = desk.give(deal("1"), deal("poison"), deal("3", owner="max"))
        desk.wait(messages.Faults)
    assert receipts == (Receipt.CREATED, Receipt.CONFLICT, Receipt.CREATED)
    assert desk.celebrated == ["big-fish of player:zoe", "big-fish of player:max"]


def spoil(monkeypatch: pytest.MonkeyPatch, id_: str) -> None:
    """Make the engine fail at this record."""
    apply = Engine.apply

    def failing(self: Engine, fact: Fact) -> list[Outcome]:
        if isinstance(fact, RecordPut) and fact.record.id == id_:
            raise ZeroDivisionError("a fault of ours")
        return apply(self, fact)

    monkeypatch.setattr(Engine, "apply", failing)


def on_its_thread(desk: Desk) -> Callable[[str], Any]:
    """Run SQL on the journal's own connection, on the thread that owns it, between two turns."""
    evaluator = desk.evaluator
    turn = evaluator._turn

    def execute(sql: str) -> Any:
        done = threading.Event()
        answer: list[Any] = []

        def once() -> bool:
            evaluator._turn = turn  # type: ignore[method-assign]
            answer.append(evaluator._journal._connection.execute(sql).fetchone())
            done.set()
            return turn()

        evaluator._turn = once  # type: ignore[method-assign]
        assert done.wait(20)
        return answer[0]

    return execute
