from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from domain_builders import NEW_YORK, day, target

from kiosk.domain.calendar import Calendar
from kiosk.domain.organisation import Organisation, Weekday
from kiosk.domain.rules import Scaling, Target, Unit
from kiosk.domain.target import Targets

DATES = Calendar(Organisation("Acme", NEW_YORK, holidays=frozenset({day("2024-03-29")})))
STARTS = {
    Unit.DAY: day("2024-03-04"),
    Unit.WEEK: day("2024-03-04"),
    Unit.MONTH: day("2024-03-01"),
    Unit.QUARTER: day("2024-01-01"),
    Unit.YEAR: day("2024-01-01"),
}


def amount(
    targets: list[Target],
    subject: str = "player:ann",
    unit: Unit = Unit.MONTH,
    scaling: Scaling = Scaling.STANDARD,
    start: str | None = None,
) -> Fraction | None:
    period = DATES.period_starting(unit, day(start) if start else STARTS.get(unit, day("0002-01-01")))
    return Targets(targets, DATES).amount("revenue", subject, period, scaling)


def test_a_target_of_the_subject_itself_goes_before_one_of_everybody() -> None:
    targets = [target("1", "player:ann"), target("2"), target("3", "team:*"), target("4", "company")]
    assert amount(targets) == 1
    assert amount(targets, "player:bo") == 2
    assert amount(targets, "team:east") == 3
    assert amount(targets, "company") == 4


def test_the_latest_starting_target_wins_and_of_equals_the_last() -> None:
    since = {"start": day("2024-02-01")}
    targets = [target("1", **since), target("2", **since), target("3")]
    assert amount(targets) == 2
    assert amount(targets, start="2024-01-01") == 3


def test_a_target_is_in_force_for_periods_that_start_within_its_dates() -> None:
    targets = [target("5", start=day("2024-02-02"), end=day("2024-04-01"))]
    assert amount(targets, start="2024-02-01") is None
    assert amount(targets, start="2024-03-01") == 5
    assert amount(targets, start="2024-04-01") is None


def test_who_has_no_target_or_none_above_zero_has_no_amount() -> None:
    assert amount([]) is None
    assert amount([target("5", "player:bo")]) is None
    assert amount([target("0", "player:ann"), target("7")]) is None
    assert amount([target("-3")]) is None
    assert amount([Target("deals", "player:*", Unit.MONTH, Decimal(5))]) is None


@pytest.mark.parametrize(
    ("every", "unit", "expected"),
    [
        (Unit.MONTH, Unit.WEEK, Fraction(10000)),
        (Unit.MONTH, Unit.DAY, Fraction(2000)),
        (Unit.MONTH, Unit.MONTH, Fraction(40000)),
        (Unit.MONTH, Unit.QUARTER, Fraction(120000)),
        (Unit.MONTH, Unit.YEAR, Fraction(480000)),
        (Unit.YEAR, Unit.QUARTER, Fraction(10000)),
        (Unit.YEAR, Unit.MONTH, Fraction(10000, 3)),
        (Unit.WEEK, Unit.MONTH, Fraction(160000)),
        (Unit.DAY, Unit.WEEK, Fraction(200000)),
        (Unit.DAY, Unit.YEAR, Fraction(48 * 200000)),
    ],
)
def test_standard_scaling_counts_in_weeks_of_working_days(every: Unit, unit: Unit, expected: Fraction) -> None:
    assert amount([target("40000", every=every)], unit=unit) == expected


def test_standard_scaling_follows_the_working_week() -> None:
    dates = Calendar(Organisation("Acme", NEW_YORK, working_days=frozenset({Weekday.SATURDAY, Weekday.SUNDAY})))
    monday = dates.period_starting(Unit.DAY, day("2024-03-04"))
    scaled = Targets([target("40000")], dates).amount("revenue", "player:ann", monday, Scaling.STANDARD)
    assert scaled == 5000


@pytest.mark.parametrize(
    ("every", "unit", "start", "expected"),
    [
        (Unit.MONTH, Unit.WEEK, "2024-03-04", Fraction(31000 * 7, 31)),
        (Unit.MONTH, Unit.WEEK, "2024-02-26", Fraction(31000 * 7, 29)),  # its start lies in February
        (Unit.YEAR, Unit.MONTH, "2024-02-01", Fraction(31000 * 29, 366)),
        (Unit.MONTH, Unit.QUARTER, "2024-01-01", Fraction(31000 * 91, 31)),
        (Unit.MONTH, Unit.MONTH, "2024-02-01", Fraction(31000)),
    ],
)
def test_calendar_scaling_counts_days(every: Unit, unit: Unit, start: str, expected: Fraction) -> None:
    assert amount([target("31000", every=every)], unit=unit, scaling=Scaling.CALENDAR, start=start) == expected


@pytest.mark.parametrize(
    ("unit", "start", "expected"),
    [
        (Unit.WEEK, "2024-03-04", Fraction(5000)),
        (Unit.WEEK, "2024-03-25", Fraction(4000)),  # Good Friday is a holiday
        (Unit.DAY, "2024-03-29", None),
        (Unit.DAY, "2024-03-30", None),
        (Unit.DAY, "2024-03-28", Fraction(1000)),
    ],
)
def test_working_days_scaling_leaves_out_what_is_free(unit: Unit, start: str, expected: Fraction | None) -> None:
    assert amount([target("20000")], unit=unit, scaling=Scaling.WORKING_DAYS, start=start) == expected


def test_a_target_for_all_time_is_never_scaled() -> None:
    targets = [target("9", every=Unit.ALL_TIME)]
    assert amount(targets, unit=Unit.ALL_TIME) == 9
    assert amount(targets, unit=Unit.ALL_TIME, scaling=Scaling.CALENDAR) == 9
    assert amount(targets, unit=Unit.MONTH) is None
    assert amount([target("9")], unit=Unit.ALL_TIME) is None
