from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from domain_builders import Office, achievement, goal, require, target, where, who

from kiosk.domain.rules import Eligible, Kind, Scaling, Unit
from kiosk.domain.unlock import unlock_id


def test_a_goal_unlocks_with_the_record_that_reaches_it() -> None:
    office = Office(goal("250", points=50))
    assert office.deal(amount="100") == []
    assert office.deal(amount="149.99") == []
    [unlock] = office.deal(amount="0.01", when="2024-03-08 17:00")
    assert (unlock.subject, unlock.occurrence) == ("player:ann", "week:2024-03-04")
    assert (unlock.value, unlock.threshold, unlock.rank) == (Decimal(250), Decimal(250), None)
    assert (unlock.records, unlock.points, unlock.celebrate) == (("crm:3",), 50, True)
    assert unlock.at.isoformat() == "2024-03-08T22:00:00+00:00"
    assert not unlock.period_end
    assert unlock.id == unlock_id("goal", "player:ann", "week:2024-03-04")


def test_more_than_asks_for_more() -> None:
    office = Office(achievement("combined_records_goal", require=require(more_than=100), period=Unit.DAY))
    assert office.deal(amount="100") == []
    assert len(office.deal(amount="0.001")) == 1


def test_a_goal_is_earned_once_in_each_period() -> None:
    office = Office(goal("100", Unit.DAY))
    assert len(office.deal()) == 1
    assert office.deal() == []
    [unlock] = office.deal(when="2024-03-05 10:00")
    assert unlock.occurrence == "day:2024-03-05"


def test_one_record_can_climb_several_goals_in_the_order_of_the_file() -> None:
    office = Office(goal("300", name="c"), goal("100", name="a"), goal("200", name="b"), goal("301", name="d"))
    assert [unlock.achievement for unlock in office.deal(amount="300")] == ["c", "a", "b"]
    assert [unlock.achievement for unlock in office.deal(amount="1")] == ["d"]


def test_only_the_subjects_of_the_record_are_judged() -> None:
    office = Office(
        goal("100", name="mine"),
        goal("150", name="ours", subject=Kind.TEAM),
        goal("200", name="all", subject=Kind.COMPANY),
    )
    assert who(office.deal("ann")) == ["player:ann"]
    assert who(office.deal("bo")) == ["player:bo", "team:east", "company"]
    assert who(office.deal("cy")) == ["player:cy", "team:west"]
    assert who(office.deal("di")) == ["player:di"]


def test_what_was_unlocked_never_unlocks_again_whatever_becomes_of_the_sum() -> None:
    office = Office(goal("100"))
    assert len(office.deal(amount="100")) == 1
    assert office.deal(amount="-60") == []
    assert office.deal(amount="80") == []


def test_a_first_record_below_zero_is_judged_like_any_other() -> None:
    office = Office(goal("-5"))
    assert office.deal(amount="-6") == []
    assert len(office.deal(amount="2")) == 1


def test_a_record_that_lowers_v_unlocks_nothing() -> None:
    progress = achievement("period_progression", period=Unit.DAY)
    office = Office(progress)
    office.deal(amount="100", when="2024-03-04 10:00")
    office.deal(amount="90", when="2024-03-05 10:00")
    office.deal(amount="-20", when="2024-03-04 11:00", arrived="2024-03-05 11:00")  # the bar falls to 80
    assert office.deal(amount="-1", when="2024-03-05 12:00") == []
    assert len(office.deal(amount="1", when="2024-03-05 13:00")) == 1


@pytest.mark.parametrize(
    ("metric", "number", "amounts", "expected"),
    [
        ("deals", "3", ["1", "1", "1"], [0, 0, 1]),
        ("average", "10", ["8", "10", "12", "99"], [0, 0, 1, 0]),
        ("average", "10", ["20"], [1]),
        ("largest", "10", ["9", "11", "12"], [0, 1, 0]),
        ("smallest", "10", ["11", "9"], [1, 0]),
        ("smallest", "10", ["9", "11"], [0, 0]),
    ],
)
def test_v_is_what_the_aggregate_makes_of_the_records(
    metric: str, number: str, amounts: list[str], expected: list[int]
) -> None:
    office = Office(goal(number, metric=metric))
    assert [len(office.deal(amount=amount)) for amount in amounts] == expected


def test_an_average_is_exact() -> None:
    office = Office(goal("0.3333333333333333333333333333333333333333", metric="average", period=Unit.DAY))
    office.deal(amount="0")
    office.deal(amount="0")
    [unlock] = office.deal(amount="1")
    assert unlock.value == Fraction(1, 3)


def test_amounts_add_up_without_rounding() -> None:
    office = Office(goal("0.3"))
    assert office.deal(amount="0.1") == []
    assert len(office.deal(amount="0.2")) == 1
    large = Office(goal("1e40"))
    assert large.deal(amount="9999999999999999999999999999999999999999") == []
    assert len(large.deal(amount="1")) == 1


def test_conditions_of_the_achievement_narrow_its_metric() -> None:
    office = Office(goal("100", where=(where("product", "eq", "GTX"),)), goal("300", name="any"))
    assert office.deal(amount="200", product="MG") == []
    assert office.deal(amount="99", product="GTX") == []
    assert [unlock.achievement for unlock in office.deal(amount="1", product="GTX")] == ["goal", "any"]


def test_all_time_is_earned_once_for_ever() -> None:
    office = Office(goal("200", Unit.ALL_TIME))
    office.deal(when="2014-03-04 10:00")
    [unlock] = office.deal()
    assert unlock.occurrence == "ever"
    assert office.deal(when="2034-01-01 10:00") == []


def test_a_target_is_met_at_its_percent() -> None:
    office = Office(
        achievement("target", "full", require=require(at_least_percent=100), period=Unit.WEEK),
        achievement("target", "above", require=require(more_than_percent=50), period=Unit.WEEK),
        targets=[target("1200")],  # 300 a week
    )
    assert office.deal(amount="150") == []
    [above] = office.deal(amount="0.01")
    assert (above.achievement, above.threshold) == ("above", 150)
    [full] = office.deal(amount="149.99")
    assert (full.value, full.threshold) == (300, 300)


def test_a_target_that_is_a_fraction_is_met_exactly() -> None:
    yearly = target("1000", every=Unit.YEAR)
    office = Office(achievement("target", require=require(at_least_percent=100), period=Unit.MONTH), targets=[yearly])
    assert office.deal(amount="83.33333333333333333333333") == []
    [unlock] = office.deal(amount="0.00000000000000000000001")
    assert unlock.threshold == Fraction(250, 3)


def test_a_target_may_be_scaled_by_the_calendar() -> None:
    rule = achievement(
        "target", require=require(at_least_percent=100), period=Unit.DAY, target_scaling=Scaling.WORKING_DAYS
    )
    office = Office(rule, targets=[target("2100")])  # 21 working days in March 2024
    assert office.deal(amount="99.99") == []
    assert len(office.deal(amount="0.01")) == 1
    assert office.deal(amount="5000", when="2024-03-09 10:00") == []  # a Saturday asks for nothing


def test_without_a_target_nothing_is_met() -> None:
    rule = achievement("target", require=require(at_least_percent=1), period=Unit.MONTH)
    assert Office(rule).deal(amount="1000000") == []
    assert Office(rule, targets=[target("0")]).deal() == []


def test_progress_beats_the_whole_previous_period() -> None:
    office = Office(achievement("period_progression", period=Unit.MONTH))
    assert office.deal(amount="100", when="2024-01-31 10:00") == []
    assert office.deal(amount="100", when="2024-02-01 10:00") == []
    [unlock] = office.deal(amount="0.5", when="2024-02-02 10:00")
    assert (unlock.occurrence, unlock.value, unlock.threshold) == ("month:2024-02-01", Decimal("100.5"), 100)


def test_progress_needs_a_previous_period_above_zero() -> None:
    office = Office(achievement("period_progression", period=Unit.MONTH))
    assert office.deal("ann", when="2024-03-01 10:00") == []
    office.deal("bo", amount="-5", when="2024-02-01 10:00")
    assert office.deal("bo", when="2024-03-01 10:00") == []
    office.deal("cy", amount="5", when="2024-01-01 10:00")
    assert office.deal("cy", when="2024-03-01 10:00") == []


def test_an_empty_previous_period_may_be_allowed() -> None:
    rule = achievement("period_progression", period=Unit.MONTH, allow_empty_previous=True)
    office = Office(rule)
    assert office.deal("ann", amount="0", when="2024-03-01 10:00") == []
    [unlock] = office.deal("ann", amount="1", when="2024-03-01 11:00")
    assert unlock.threshold == 0
    office.deal("bo", amount="-50", when="2024-02-01 10:00")
    [below] = office.deal("bo", amount="-20", when="2024-03-01 10:00")  # a negative one stands
    assert (below.value, below.threshold) == (-20, -50)


def test_a_late_record_of_the_previous_period_moves_the_bar() -> None:
    office = Office(achievement("period_progression", period=Unit.MONTH))
    office.deal(amount="100", when="2024-02-01 10:00")
    office.deal(amount="90", when="2024-03-01 10:00")
    office.deal(amount="50", when="2024-02-02 10:00", arrived="2024-03-02 10:00")
    assert office.deal(amount="20", when="2024-03-03 10:00") == []
    [unlock] = office.deal(amount="41", when="2024-03-04 10:00")
    assert unlock.threshold == 150


def test_eligible_limits_who_is_judged() -> None:
    office = Office(
        goal("100", name="east", eligible=Eligible(teams=frozenset({"east"}))),
        goal("100", name="di", eligible=Eligible(players=frozenset({"di"}))),
        goal("100", name="not-west", eligible=Eligible(exclude=frozenset({"west", "di"}))),
        goal("100", name="teams", subject=Kind.TEAM, eligible=Eligible(exclude=frozenset({"west"}))),
    )
    earned = {name: [unlock.achievement for unlock in office.deal(name)] for name in ("ann", "bo", "cy", "di")}
    assert earned == {"ann": ["east", "not-west", "teams"], "bo": ["east"], "cy": [], "di": ["di"]}
