from __future__ import annotations

from domain_builders import Office, achievement, who

from kiosk.domain.rules import Eligible, Kind, Unit, Within


def weekly(**fields: object) -> Office:
    return Office(achievement("combined_records_high_score", period=Unit.WEEK, **fields))


def test_the_first_period_only_sets_the_bar() -> None:
    office = weekly()
    assert office.deal("ann", "100") == []
    assert office.deal("bo", "500") == []
    [unlock] = office.deal("ann", "501", "2024-03-11 10:00")
    assert (unlock.occurrence, unlock.value, unlock.threshold) == ("week:2024-03-11", 501, 500)


def test_a_tie_is_no_high_score() -> None:
    office = weekly()
    office.deal("ann", "100")
    assert office.deal("ann", "100", "2024-03-11 10:00") == []
    assert len(office.deal("ann", "0.01", "2024-03-11 11:00")) == 1


def test_others_totals_of_the_current_period_count() -> None:
    office = weekly()
    office.deal("ann", "100")
    assert who(office.deal("bo", "200", "2024-03-11 10:00")) == ["player:bo"]
    assert office.deal("cy", "200", "2024-03-11 10:00") == []
    [unlock] = office.deal("cy", "1", "2024-03-11 11:00")
    assert unlock.threshold == 200


def test_a_late_record_is_compared_with_periods_up_to_its_own() -> None:
    office = weekly()
    office.deal("ann", "100", "2024-03-04 10:00")
    office.deal("bo", "900", "2024-03-18 10:00")
    [unlock] = office.deal("cy", "101", "2024-03-11 10:00", arrived="2024-03-19 10:00")
    assert (unlock.threshold, unlock.celebrate) == (100, False)


def test_a_bar_that_falls_can_be_beaten_again() -> None:
    office = weekly()
    office.deal("ann", "500", "2024-03-04 10:00")
    office.deal("ann", "-400", "2024-03-05 10:00")
    [unlock] = office.deal("bo", "101", "2024-03-11 10:00")
    assert unlock.threshold == 100


def test_within_self_only_its_own_periods_count() -> None:
    office = weekly(within=Within.SELF)
    office.deal("ann", "100")
    office.deal("bo", "900")
    [unlock] = office.deal("ann", "101", "2024-03-18 10:00")
    assert unlock.threshold == 100
    assert office.deal("cy", "999", "2024-03-18 10:00") == []


def test_within_team_those_who_share_a_team_count() -> None:
    office = weekly(within=Within.TEAM)
    office.deal("cy", "300")
    office.deal("di", "900")
    assert office.deal("ann", "100", "2024-03-11 10:00") == []  # nobody in the east had an earlier week
    assert office.deal("di", "950", "2024-03-11 10:00") == []  # is in no team
    assert office.deal("bo", "300", "2024-03-11 10:00") == []
    [unlock] = office.deal("bo", "1", "2024-03-11 11:00")  # shares the west with Cy
    assert unlock.threshold == 300
    [east] = office.deal("ann", "302", "2024-03-18 10:00")
    assert east.threshold == 301


def test_teams_and_the_company_have_high_scores_too() -> None:
    office = Office(
        achievement("combined_records_high_score", "team", period=Unit.WEEK, subject=Kind.TEAM),
        achievement("combined_records_high_score", "company", period=Unit.WEEK, subject=Kind.COMPANY),
    )
    office.deal("ann", "100")
    office.deal("cy", "50")
    assert who(office.deal("cy", "101", "2024-03-11 10:00")) == ["team:west"]
    assert who(office.deal("di", "50", "2024-03-11 10:00")) == ["company"]


def test_teams_of_one_player_that_rise_together_are_compared_as_they_stand_then() -> None:
    office = Office(achievement("combined_records_high_score", period=Unit.WEEK, subject=Kind.TEAM))
    office.deal("ann", "100")
    office.deal("ann", "20", "2024-03-11 10:00")
    [unlock] = office.deal("bo", "150", "2024-03-11 10:00")  # the east has 170 now, the west 150
    assert (unlock.subject, unlock.threshold) == ("team:east", 150)


def test_everybody_sets_bars_but_only_the_eligible_earn() -> None:
    office = weekly(eligible=Eligible(exclude=frozenset({"bo"})))
    office.deal("ann", "100")
    assert office.deal("bo", "500", "2024-03-11 10:00") == []
    assert office.deal("ann", "400", "2024-03-11 10:00") == []
    assert who(office.deal("ann", "101", "2024-03-11 10:00")) == ["player:ann"]


def single(**fields: object) -> Office:
    return Office(achievement("single_record_high_score", **fields))


def test_the_biggest_record_beats_all_that_were_counted_before() -> None:
    office = single()
    assert office.deal("ann", "100") == []
    assert office.deal("bo", "100") == []
    [unlock] = office.deal("bo", "101", "2024-03-01 10:00")  # earlier by its time, later in the log
    assert (unlock.occurrence, unlock.value, unlock.threshold) == ("record:crm:3", 101, 100)
    [unlock] = office.deal("bo", "102")
    assert unlock.threshold == 101


def test_the_biggest_record_of_a_team_beats_any_team_of_the_owner() -> None:
    office = single(within=Within.TEAM)
    office.deal("ann", "100")
    assert office.deal("cy", "50") == []  # the first of the west
    assert office.deal("bo", "60") == []  # more than the west's, but Bo is in the east too
    [unlock] = office.deal("bo", "101")
    assert unlock.threshold == 100
    assert office.deal("di", "999") == []


def test_the_biggest_record_of_oneself() -> None:
    office = single(within=Within.SELF)
    office.deal("ann", "100")
    assert office.deal("bo", "500") == []
    assert who(office.deal("ann", "101")) == ["player:ann"]


def test_the_biggest_record_of_teams() -> None:
    office = single(subject=Kind.TEAM, within=Within.SELF)
    office.deal("ann", "100")
    assert who(office.deal("bo", "200")) == ["team:east"]
    assert who(office.deal("cy", "201")) == ["team:west"]
