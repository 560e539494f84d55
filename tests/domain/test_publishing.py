from __future__ import annotations

from dataclasses import replace

import pytest
from domain_builders import Office, achievement, at, goal, require, target

from kiosk.domain.rules import Kind, OncePer, Status, Unit
from kiosk.domain.standing import BoardKey


def test_what_already_holds_when_a_goal_is_published_is_spent() -> None:
    office = Office(goal("5", metric="deals"), waiting={"goal"})
    for _ in range(6):
        assert office.deal("ann") == []
    for _ in range(3):
        office.deal("bo")
    office.publish("goal")
    assert office.deal("ann") == []
    assert office.deal("bo") == []
    assert len(office.deal("bo")) == 1  # the three from before count
    assert len([office.deal("ann", when="2024-03-11 10:00") for _ in range(5)][-1]) == 1


def test_what_is_spent_stays_spent_when_v_falls_and_rises() -> None:
    office = Office(goal("100"), waiting={"goal"})
    office.deal(amount="150")
    office.publish("goal")
    office.deal(amount="-100")
    assert office.deal(amount="90") == []


def test_spent_is_the_period_and_not_what_a_coarser_once_per_makes_of_it() -> None:
    office = Office(goal("100", once_per=OncePer.MONTH), waiting={"goal"})
    office.deal(when="2024-03-04 10:00")
    office.publish("goal")
    [unlock] = office.deal(when="2024-03-11 10:00")
    assert unlock.occurrence == "month:2024-03-01"


def test_a_late_record_can_not_unlock_an_old_period_that_held() -> None:
    office = Office(achievement("period_progression", period=Unit.WEEK), waiting={"period_progression"})
    office.deal(amount="10", when="2024-02-26 10:00")
    office.deal(amount="20", when="2024-03-04 10:00")
    office.publish("period_progression")
    assert office.deal(amount="20", when="2024-03-05 10:00") == []
    assert len(office.deal(amount="50", when="2024-03-11 10:00")) == 1


def test_single_records_are_judged_only_behind_publishing() -> None:
    office = Office(achievement("single_record_goal"), waiting={"single_record_goal"})
    assert office.deal() == []
    office.publish("single_record_goal")
    assert len(office.deal()) == 1


def test_high_scores_before_publishing_set_the_bar_in_silence() -> None:
    names = ["single_record_high_score", "combined_records_high_score"]
    office = Office(achievement(names[0]), achievement(names[1], period=Unit.WEEK), waiting=set(names))
    office.deal("ann", "100", "2024-03-04 10:00")
    office.deal("bo", "200", "2024-03-11 10:00")
    for name in names:
        office.publish(name)
    assert office.deal("bo", "200", "2024-03-12 10:00") == []  # its week held before
    assert [unlock.threshold for unlock in office.deal("ann", "401", "2024-03-12 10:00")] == [200, 400]


def test_rankings_are_judged_for_periods_that_end_behind_publishing() -> None:
    office = Office(achievement("combined_records_mvp", period=Unit.WEEK), waiting={"combined_records_mvp"})
    office.deal(when="2024-03-04 10:00")
    assert office.clock("2024-03-11") == []
    office.deal(when="2024-03-11 10:00")
    office.publish("combined_records_mvp")
    assert [unlock.occurrence for unlock in office.clock("2024-03-18")] == ["week:2024-03-11"]


def test_publishing_twice_or_something_unknown_changes_nothing() -> None:
    office = Office(goal("100"))
    office.deal(amount="99")
    office.publish("goal")
    office.publish("nonsense")
    assert len(office.deal(amount="1")) == 1


def test_a_second_goal_that_is_published_joins_the_first() -> None:
    office = Office(goal("100", name="a"), goal("200", name="b"), goal("300", name="c"), waiting={"b", "c"})
    assert [unlock.achievement for unlock in office.deal(amount="250")] == ["a"]
    office.publish("b")
    office.publish("c")
    assert [unlock.achievement for unlock in office.deal(amount="50")] == ["c"]


def test_an_achievement_with_its_own_time_is_published_when_the_clock_gets_there() -> None:
    ranking = achievement("combined_records_mvp", period=Unit.WEEK)
    office = Office(
        goal("100", published_at=at("2024-03-11 00:00")), replace(ranking, published_at=at("2024-03-11 00:00"))
    )
    office.deal(when="2024-03-04 10:00")
    assert office.engine.next_boundary() == at("2024-03-11")
    assert office.clock("2024-03-11") == []  # the week does not end after publishing, but with it
    assert len(office.deal(when="2024-03-11 10:00")) == 1
    assert len(office.clock("2024-03-18")) == 1


@pytest.mark.parametrize("status", [Status.DRAFT, Status.ARCHIVED])
def test_what_is_not_published_is_never_judged(status: Status) -> None:
    office = Office(goal("100", status=status), achievement("streak", status=status))
    assert office.deal() == []


@pytest.mark.parametrize(
    "bad",
    [
        achievement("streak", of="goal", length=3),
        achievement("manual"),
        goal("5", Unit.CUSTOM),
        goal("5", once_per=OncePer.DAY),
        goal("5", metric="nothing"),
        achievement("combined_records_goal", period=Unit.DAY),
        achievement("combined_records_goal", require=require(at_least=5)),
        achievement("target", period=Unit.DAY, require=require(at_least=5)),
        achievement("time"),
        achievement("hit_rate_mvp", flow="nothing", period=Unit.DAY),
        achievement("single_record_goal", once_per=OncePer.DAY, metric="nothing"),
    ],
    ids=lambda rule: f"{rule.type}-{rule.period}-{rule.once_per}",
)
def test_what_can_not_be_judged_is_refused(bad: object) -> None:
    with pytest.raises(ValueError, match=bad.id):
        Office(bad)


def test_custom_periods_are_refused_for_targets_and_boards_too() -> None:
    with pytest.raises(ValueError, match="custom"):
        Office(targets=[target("5", every=Unit.CUSTOM)])
    with pytest.raises(ValueError, match="custom"):
        Office(boards=[BoardKey("revenue", Unit.CUSTOM, Kind.PLAYER)])
