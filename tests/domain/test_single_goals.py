from __future__ import annotations

from datetime import time

import pytest
from domain_builders import Office, achievement, require, where

from kiosk.domain.rules import Eligible, Kind, OncePer, Unit


def test_a_record_that_is_big_enough_unlocks() -> None:
    office = Office(achievement("single_record_goal", require=require(more_than=5000)))
    assert office.deal(amount="5000") == []
    [unlock] = office.deal(amount="5000.01")
    assert (unlock.occurrence, unlock.threshold) == ("record:crm:2", 5000)
    assert len(office.deal(amount="6000")) == 1


def test_without_a_requirement_every_record_of_the_metric_unlocks() -> None:
    office = Office(achievement("single_record_goal", metric="won"))
    [unlock] = office.deal(amount="")
    assert (unlock.value, unlock.threshold) == (1, None)
    assert office.deal(stage="Lost") == []
    assert len(office.deal(amount="-3")) == 1


def test_goals_of_one_record_come_in_the_order_of_the_file() -> None:
    steps = [achievement("single_record_goal", n, require=require(at_least=n)) for n in ("300", "-5", "100", "200")]
    office = Office(*steps, achievement("single_record_goal", "any"))
    assert [unlock.achievement for unlock in office.deal(amount="200")] == ["-5", "100", "200", "any"]
    assert [unlock.achievement for unlock in office.deal(amount="-6")] == ["any"]


def test_only_the_eligible_earn() -> None:
    office = Office(achievement("single_record_goal", eligible=Eligible(teams=frozenset({"west"}))))
    assert [len(office.deal(name)) for name in ("ann", "bo", "cy", "di")] == [0, 1, 1, 0]


@pytest.mark.parametrize(
    ("when", "occurrence"),
    [
        ("2024-03-04 17:59", None),
        ("2024-03-04 18:00", "day:2024-03-04"),
        ("2024-03-04 22:59", "day:2024-03-04"),
        ("2024-03-04 23:00", None),
    ],
)
def test_a_time_of_day_is_half_open_and_local(when: str, occurrence: str | None) -> None:
    office = Office(achievement("time", between=(time(18), time(23))))
    assert [unlock.occurrence for unlock in office.deal(when=when)] == ([occurrence] if occurrence else [])


@pytest.mark.parametrize(
    ("when", "occurrence"),
    [
        ("2024-03-04 21:59", None),
        ("2024-03-04 22:00", "day:2024-03-04"),
        ("2024-03-05 01:59", "day:2024-03-04"),
        ("2024-03-05 02:00", None),
        ("2024-03-10 00:30", "day:2024-03-09"),  # the clocks change at two
    ],
)
def test_a_window_over_midnight_belongs_to_its_start_day(when: str, occurrence: str | None) -> None:
    office = Office(achievement("time", between=(time(22), time(2))))
    assert [unlock.occurrence for unlock in office.deal(when=when)] == ([occurrence] if occurrence else [])


def test_a_time_is_earned_once_a_day_with_the_records_value() -> None:
    office = Office(achievement("time", between=(time(9), time(18)), where=(where("product", "eq", "GTX"),)))
    assert office.deal(product="MG") == []
    [unlock] = office.deal(amount="70", product="GTX")
    assert (unlock.value, unlock.threshold, unlock.records) == (70, None, ("crm:2",))
    assert office.deal(product="GTX") == []


@pytest.mark.parametrize(
    ("once_per", "occurrence", "unlocks"),
    [
        (None, "record:crm:1", [1, 1, 1, 1]),
        (OncePer.RECORD, "record:crm:1", [1, 1, 1, 1]),
        (OncePer.DAY, "day:2024-03-04", [1, 0, 1, 1]),
        (OncePer.WEEK, "week:2024-03-04", [1, 0, 0, 1]),
        (OncePer.MONTH, "month:2024-03-01", [1, 0, 0, 1]),
        (OncePer.QUARTER, "quarter:2024-01-01", [1, 0, 0, 1]),
        (OncePer.YEAR, "year:2024-01-01", [1, 0, 0, 0]),
        (OncePer.EVER, "ever", [1, 0, 0, 0]),
    ],
)
def test_once_per_keeps_the_first_of_a_coarser_occurrence(
    once_per: OncePer | None, occurrence: str, unlocks: list[int]
) -> None:
    office = Office(achievement("single_record_goal", once_per=once_per))
    times = ["2024-03-04 10:00", "2024-03-04 11:00", "2024-03-05 10:00", "2024-04-01 10:00"]
    found = [office.deal(when=when) for when in times]
    assert [len(part) for part in found] == unlocks
    assert found[0][0].occurrence == occurrence
    assert len(office.deal("bo")) == 1


def test_once_per_period_is_once_in_the_achievements_own_period() -> None:
    office = Office(achievement("single_record_goal", once_per=OncePer.PERIOD, period=Unit.WEEK))
    times = ["2024-03-04 10:00", "2024-03-08 10:00", "2024-03-11 10:00"]
    assert [len(office.deal(when=when)) for when in times] == [1, 0, 1]


@pytest.mark.parametrize("kind", ["time", "single_record_goal"])
def test_single_goals_are_for_players_only(kind: str) -> None:
    with pytest.raises(ValueError, match="players only"):
        Office(achievement(kind, between=(time(9), time(18)), subject=Kind.TEAM))
