from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from domain_builders import ANN, DI, NEW_YORK, Office, achievement, at, deal, goal, who

from kiosk.domain.engine import Engine
from kiosk.domain.fact import RecordPut
from kiosk.domain.metric import Aggregate, Metric
from kiosk.domain.organisation import Organisation, Player
from kiosk.domain.pending import MOST_PENDING
from kiosk.domain.rules import Kind, Rules, Unit
from kiosk.domain.standing import BoardKey
from kiosk.domain.unlock import Unlock


@pytest.mark.parametrize(
    ("when", "arrived", "celebrate"),
    [
        ("2024-03-04 10:00", "2024-03-05 10:00", True),
        ("2024-03-04 10:00", "2024-03-05 10:01", False),
        ("2024-03-04", "2024-03-06 00:00", True),  # a date alone happened until its end
        ("2024-03-04", "2024-03-06 00:01", False),
        ("2024-03-09 10:00", "2024-03-10 11:00", True),  # 24 hours over the change of the clocks
        ("2024-03-09 10:00", "2024-03-10 11:01", False),
    ],
)
def test_a_late_record_unlocks_without_a_celebration(when: str, arrived: str, *, celebrate: bool) -> None:
    office = Office(goal("100"))
    [unlock] = office.deal(when=when, arrived=arrived)
    assert unlock.celebrate is celebrate


def test_how_late_is_late_is_up_to_the_achievement() -> None:
    office = Office(goal("100", celebrate_within=timedelta(hours=1)))
    [unlock] = office.deal(when="2024-03-04 10:00", arrived="2024-03-04 11:01")
    assert not unlock.celebrate


@pytest.mark.parametrize("owner", ["ann", "Ann Lee", "AL"])
def test_an_owner_is_an_id_a_name_or_an_alias(owner: str) -> None:
    assert who(Office(goal("100")).deal(owner)) == ["player:ann"]


@pytest.mark.parametrize("owner", ["Ann", "ann lee", " ann", "ANN", "al", ""])
def test_an_owner_is_matched_exactly(owner: str) -> None:
    office = Office(goal("100"))
    assert office.deal(owner) == []
    assert [fault.key for fault in office.faults] == [f"unknown-owner:crm:{owner}"]


def test_an_id_goes_before_a_name_and_a_name_before_an_alias() -> None:
    office = Office(achievement("single_record_goal"))
    office.player(Player("x", "ann", aliases=("Di Fox",)))
    assert who(office.deal("ann")) == ["player:ann"]
    assert who(office.deal("Di Fox")) == ["player:di"]


def test_a_record_of_an_unknown_owner_counts_for_nobody_and_is_told_once() -> None:
    office = Office(goal("100", subject=Kind.COMPANY))
    assert office.deal("Zoe") == []
    assert office.deal("Zoe") == []
    assert office.deal("Yul", amount="1") == []
    assert [fault.key for fault in office.faults] == ["unknown-owner:crm:Zoe", "unknown-owner:crm:Yul"]
    assert "'Zoe'" in office.faults[0].message


def test_a_record_counts_as_if_it_had_just_arrived_once_its_owner_is_known() -> None:
    office = Office(goal("200"))
    office.deal("Zoe", when="2024-03-04 10:00")
    office.deal("Zoe", when="2024-03-05 10:00")
    office.clock("2024-03-07 12:00")
    [unlock] = office.player(Player("zoe", "Zoe", ("east",)))
    assert (unlock.subject, unlock.records, unlock.celebrate) == ("player:zoe", ("crm:2",), False)
    assert office.player(Player("zoe", "Zoe", ("west",))) == []


def test_an_alias_added_later_takes_in_what_waited_in_the_order_of_arrival() -> None:
    office = Office(achievement("single_record_goal"))
    for owner in ("Annie", "A. Lee", "Annie"):
        office.deal(owner)
    unlocks = office.player(Player("ann", "Ann Lee", ("east",), ("A. Lee", "Annie")))
    assert [unlock.records for unlock in unlocks] == [("crm:1",), ("crm:2",), ("crm:3",)]


def test_only_so_many_records_wait_for_their_owners() -> None:
    office = Office(achievement("single_record_goal"))
    for _ in range(MOST_PENDING + 5):
        office.deal("Zoe")
    assert [fault.key for fault in office.faults] == ["unknown-owner:crm:Zoe", "pending-full"]
    assert len(office.player(Player("zoe", "Zoe"))) == MOST_PENDING


def test_a_metric_may_take_its_owner_from_a_field() -> None:
    booked = Metric("booked", "Booked", "deal", Aggregate.COUNT, owner="setter")
    closed = Metric("closed", "Closed", "deal", Aggregate.COUNT)
    boards = [BoardKey(name, Unit.DAY, Kind.PLAYER) for name in ("booked", "closed")]
    engine = Engine(Rules(Organisation("Acme", NEW_YORK), (ANN, DI), (), (booked, closed)), boards)
    assert engine.apply(RecordPut(deal("ann", setter="di"), at("2024-03-04 10:00"))) == []
    leaders = [engine.standings(board, at("2024-03-04 12:00"))[0].subject for board in boards]
    assert leaders == ["player:di", "player:ann"]
    [fault] = engine.apply(RecordPut(deal("ann", name="2"), at("2024-03-04 10:00")))
    assert fault.key == "unknown-owner:crm:"


def test_teams_are_those_of_the_owner_when_the_record_arrives() -> None:
    office = Office(goal("150", name="team", subject=Kind.TEAM))
    office.deal("ann")
    office.player(Player("ann", "Ann Lee", ("west",)))
    assert office.deal("ann", "60") == []
    assert who(office.deal("cy", "90")) == ["team:west"]
    assert who(office.deal("bo", "50")) == ["team:east"]


def test_who_becomes_eligible_is_judged_on_the_next_record() -> None:
    from kiosk.domain.rules import Eligible

    office = Office(goal("100", eligible=Eligible(teams=frozenset({"west"}))))
    assert office.deal("ann") == []
    office.player(Player("ann", "Ann Lee", ("west",)))
    assert len(office.deal("ann", "1")) == 1


def test_a_missing_or_broken_number_does_not_count_and_is_told_once_per_source() -> None:
    office = Office(goal("100"), goal("3", metric="deals", name="count"))
    assert office.deal(amount="") == []
    assert office.deal(amount="12,5") == []
    assert [unlock.achievement for unlock in office.deal(amount="50")] == ["count"]
    assert [fault.key for fault in office.faults] == ["no-number:crm:amount"]
    assert "missing" in office.faults[0].message


def test_a_broken_number_is_quoted_shortly() -> None:
    office = Office(goal("100"))
    office.deal(amount="x" * 4000)
    assert "xxx…" in office.faults[0].message
    assert len(office.faults[0].message) < 250


@pytest.mark.parametrize("year", [1, 9999])
def test_a_record_outside_of_all_calendars_is_told_and_does_not_count(year: int) -> None:
    office = Office(goal("1", Unit.ALL_TIME))
    record = deal()
    strange = type(record)("crm", "1", 0, "deal", datetime(year, 1, 1, tzinfo=UTC), "ann", {"amount": "5"})
    [fault] = office.engine.apply(RecordPut(strange, at("2024-03-04")))
    assert fault.key == "no-time:crm"


def test_a_record_of_a_type_that_no_metric_counts_is_nobodys_concern() -> None:
    office = Office(goal("100"))
    record = deal("Zoe")
    call = type(record)("crm", "1", 0, "call", record.occurred_at, "Zoe", {})
    assert office.engine.apply(RecordPut(call, record.occurred_at)) == []


def put(latter: str, former: str, **fields: str) -> RecordPut:
    return RecordPut(deal(amount=latter, **fields), at("2024-03-04 12:00"), deal(amount=former))


def test_a_correction_takes_the_old_body_out_and_is_judged_like_a_record() -> None:
    office = Office(goal("150"), goal("2", name="count", metric="deals"), achievement("single_record_high_score"))
    office.deal(amount="1000")
    assert office.standings("revenue", Unit.WEEK, "2024-03-04")[0] == ("player:ann", Decimal(1000), 1)
    assert office.put(put("100", "1000")) == []
    assert office.standings("revenue", Unit.WEEK, "2024-03-04")[0] == ("player:ann", Decimal(100), 1)
    found = [unlock.achievement for unlock in office.deal(amount="101")]
    assert found == ["count", "single_record_high_score"]  # the goal was unlocked by the 1000 and stays so
    office = Office(goal("150"))
    office.deal(amount="100")
    [unlock] = office.put(put("150", "100"))
    assert (unlock.value, unlock.records) == (150, ("crm:1",))


def test_a_correction_moves_a_record_to_another_owner_and_another_day() -> None:
    office = Office(goal("9999", Unit.DAY), goal("9999", Unit.DAY, name="team", subject=Kind.TEAM))
    office.deal()
    office.put(put("70", "100", owner="cy", when="2024-03-05 10:00"))
    assert [line[1] for line in office.standings("revenue", Unit.DAY, "2024-03-04 12:00")] == [0, 0, 0, 0]
    assert office.standings("revenue", Unit.DAY, "2024-03-05 12:00")[0] == ("player:cy", Decimal(70), 1)
    assert office.standings("revenue", Unit.DAY, "2024-03-05 12:00", Kind.TEAM)[0] == ("team:west", Decimal(70), 1)


def test_a_correction_can_give_a_record_its_owner_or_take_it() -> None:
    office = Office(goal("50"))
    office.deal("Zoe")
    [unlock] = office.put(RecordPut(deal("ann"), at("2024-03-04 12:00"), deal("Zoe")))
    assert unlock.subject == "player:ann"
    assert office.player(Player("zoe", "Zoe")) == []
    office.put(RecordPut(deal("Yul"), at("2024-03-04 12:00"), deal("ann")))
    assert office.standings("revenue", Unit.WEEK, "2024-03-04")[0][1] == 0
    assert who(office.player(Player("yul", "Yul"))) == ["player:yul"]


def test_a_correction_to_a_broken_number_takes_the_record_out() -> None:
    office = Office(goal("100"))
    office.deal()
    office.put(put("oops", "100"))
    assert office.standings("revenue", Unit.WEEK, "2024-03-04")[0][1] == 0
    assert [fault.key for fault in office.faults] == ["no-number:crm:amount"]


def test_the_unlocks_of_one_record_are_values_that_compare() -> None:
    first, second = Office(goal("100")), Office(goal("100"))
    assert first.deal() == second.deal()
    assert isinstance(first.deal(when="2024-03-11 10:00")[0], Unlock)
