from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from domain_builders import DI, Office, achievement, at, require, target, who

from kiosk.domain.organisation import Player
from kiosk.domain.rules import Eligible, Kind, OncePer, Unit, Within


def mvp(kind: str = "combined_records_mvp", name: str = "", **fields: object):  # noqa: ANN201
    fields.setdefault("period", Unit.WEEK)
    return achievement(kind, name, **fields)


def ranks(office: Office, when: str = "2024-03-11") -> dict[str, int | None]:
    return {unlock.subject.removeprefix("player:"): unlock.rank for unlock in office.clock(when)}


def test_the_best_of_a_period_wins_when_it_ends() -> None:
    office = Office(mvp(points=20))
    office.deal("ann", "100")
    office.deal("bo", "300")
    assert office.clock("2024-03-10 23:59") == []
    [unlock] = office.clock("2024-03-11")
    assert (unlock.subject, unlock.occurrence, unlock.value) == ("player:bo", "week:2024-03-04", 300)
    assert (unlock.at, unlock.threshold, unlock.rank) == (at("2024-03-11"), None, 1)
    assert (unlock.records, unlock.points, unlock.celebrate, unlock.period_end) == ((), 20, True, True)


def test_a_period_is_judged_once() -> None:
    office = Office(mvp())
    office.deal("ann", "100")
    assert len(office.clock("2024-03-11")) == 1
    office.deal("bo", "900", arrived="2024-03-12 10:00")
    assert office.clock("2024-03-13") == []
    assert office.engine.next_boundary() is None


def test_a_period_that_ended_empty_is_not_judged_later() -> None:
    office = Office(mvp())
    office.clock("2024-03-11")
    office.deal("ann", arrived="2024-03-11")
    assert office.engine.next_boundary() is None
    assert office.clock("2024-03-12") == []


def test_equal_values_share_a_rank_and_the_next_counts_all_before() -> None:
    office = Office(mvp(require=require(top=2)))
    for name, amount in (("ann", "50"), ("bo", "70"), ("cy", "50"), ("di", "40")):
        office.deal(name, amount)
    assert ranks(office) == {"ann": 2, "bo": 1, "cy": 2}


def test_what_is_not_above_zero_is_not_ranked() -> None:
    office = Office(mvp(require=require(top=4)))
    office.deal("ann", "0")
    office.deal("bo", "-5")
    office.deal("cy", "1")
    assert ranks(office) == {"cy": 1}


def test_within_team_everybody_is_ranked_in_each_of_their_teams() -> None:
    office = Office(mvp(within=Within.TEAM))
    for name, amount in (("ann", "90"), ("bo", "80"), ("cy", "70"), ("di", "999")):
        office.deal(name, amount)
    assert ranks(office) == {"ann": 1, "bo": 1}  # Bo leads the west; Di has no team


def test_of_several_teams_the_best_rank_counts() -> None:
    office = Office(mvp(within=Within.TEAM))
    for name, amount in (("ann", "70"), ("bo", "80"), ("cy", "90")):
        office.deal(name, amount)
    assert ranks(office) == {"bo": 1, "cy": 1}  # Bo is second in the west and first in the east


def test_only_the_eligible_are_ranked() -> None:
    office = Office(mvp(eligible=Eligible(exclude=frozenset({"ann"}))))
    office.deal("ann", "900")
    office.deal("bo", "100")
    assert ranks(office) == {"bo": 1}


def test_teams_are_ranked_by_their_members_records() -> None:
    office = Office(mvp(subject=Kind.TEAM))
    office.deal("ann", "100")
    office.deal("cy", "150")
    assert who(office.clock("2024-03-11")) == ["team:west"]


def test_the_best_average_needs_its_least_number_of_records() -> None:
    office = Office(mvp("average_mvp", require=require(top=2), minimum_records=2))
    for name, amount in (("ann", "10"), ("ann", "15"), ("bo", "99"), ("cy", "1"), ("cy", "1"), ("cy", "2")):
        office.deal(name, amount)
    found = {unlock.subject: (unlock.value, unlock.rank) for unlock in office.clock("2024-03-11")}
    assert found == {"player:ann": (Fraction(25, 2), 1), "player:cy": (Fraction(4, 3), 2)}


def test_the_largest_single_record_wins_and_is_the_evidence() -> None:
    office = Office(mvp("single_record_mvp"))
    office.deal("ann", "60")
    office.deal("ann", "60")
    office.deal("bo", "100")
    office.deal("bo", "100")
    [unlock] = office.clock("2024-03-11")
    assert (unlock.subject, unlock.value, unlock.records) == ("player:bo", 100, ("crm:3",))


def test_the_best_part_of_the_target_wins() -> None:
    office = Office(mvp("target_mvp", require=require(top=3)), targets=[target("400"), target("4000", "player:bo")])
    office.deal("ann", "50")
    office.deal("bo", "900")
    found = {unlock.subject: unlock.value for unlock in office.clock("2024-03-11")}
    assert found == {"player:ann": 50, "player:bo": 90}


def test_who_has_no_target_is_not_ranked() -> None:
    office = Office(mvp("target_mvp"), targets=[target("100", "player:ann")])
    office.deal("ann", "1")
    office.deal("bo", "1000")
    assert ranks(office) == {"ann": 1}


def closings(office: Office, name: str, won: int, lost: int) -> None:
    for stage in ["Won"] * won + ["Lost"] * lost:
        office.deal(name, stage=stage)


def test_the_best_hit_rate_wins_with_enough_attempts() -> None:
    office = Office(mvp("hit_rate_mvp", flow="close-rate", minimum_attempts=3))
    closings(office, "ann", 2, 0)
    closings(office, "bo", 2, 1)
    closings(office, "cy", 2, 2)
    [unlock] = office.clock("2024-03-11")
    assert (unlock.subject, unlock.value, unlock.threshold) == ("player:bo", Fraction(200, 3), None)


def test_a_hit_rate_may_ask_for_a_percent_without_a_rank() -> None:
    office = Office(mvp("hit_rate_mvp", flow="close-rate", require=require(at_least_percent=50)))
    closings(office, "ann", 1, 0)
    closings(office, "bo", 1, 1)
    closings(office, "cy", 1, 2)
    found = [(unlock.subject, unlock.rank, unlock.threshold) for unlock in office.clock("2024-03-11")]
    assert found == [("player:ann", 1, Decimal(50)), ("player:bo", 2, Decimal(50))]


def test_where_a_rank_and_a_percent_stand_together_both_must_hold() -> None:
    office = Office(mvp("hit_rate_mvp", flow="close-rate", require=require(at_least_percent=50, top=1)))
    closings(office, "ann", 1, 0)
    closings(office, "bo", 1, 1)
    assert ranks(office) == {"ann": 1}
    office.deal("bo", when="2024-03-11 10:00", stage="Lost")
    assert ranks(office, "2024-03-18") == {}


def test_periods_end_from_day_to_year_then_in_the_order_of_the_file_then_of_the_subjects() -> None:
    units = [Unit.YEAR, Unit.MONTH, Unit.DAY, Unit.QUARTER]
    office = Office(
        *(mvp(name=unit, period=unit, require=require(top=2)) for unit in units), mvp(name="b", period=Unit.DAY)
    )
    office.deal("di", "100", "2024-12-31 10:00")
    office.deal("ann", "50", "2024-12-31 10:00")
    found = [(unlock.achievement, unlock.subject) for unlock in office.clock("2025-01-01")]
    assert found == [
        ("day", "player:ann"),
        ("day", "player:di"),
        ("b", "player:di"),
        ("month", "player:ann"),
        ("month", "player:di"),
        ("quarter", "player:ann"),
        ("quarter", "player:di"),
        ("year", "player:ann"),
        ("year", "player:di"),
    ]


def test_a_long_step_of_the_clock_closes_periods_in_their_order() -> None:
    office = Office(mvp(period=Unit.DAY), mvp(name="week"))
    office.deal("ann", when="2024-03-04 10:00")
    office.deal("ann", when="2024-03-11 10:00")
    assert office.engine.next_boundary() == at("2024-03-05")
    found = [unlock.occurrence for unlock in office.clock("2024-06-01")]
    assert found == ["day:2024-03-04", "week:2024-03-04", "day:2024-03-11", "week:2024-03-11"]


def test_a_coarser_once_per_keeps_the_first_period() -> None:
    office = Office(mvp(once_per=OncePer.MONTH))
    office.deal("ann", when="2024-03-04 10:00")
    office.deal("ann", when="2024-03-11 10:00")
    assert [unlock.occurrence for unlock in office.clock("2024-04-01")] == ["month:2024-03-01"]


def test_ranks_within_teams_follow_who_is_in_them_when_the_period_ends() -> None:
    office = Office(mvp(within=Within.TEAM))
    office.deal("di", "999")
    office.deal("ann", "10")
    office.player(Player(DI.id, DI.name, ("east",)))
    assert ranks(office) == {"di": 1}


@pytest.mark.parametrize("fields", [{"period": Unit.ALL_TIME}, {"subject": Kind.COMPANY}])
def test_a_ranking_that_could_not_end_or_has_one_subject_is_refused(fields: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="ranks players or teams"):
        Office(mvp(**fields))
