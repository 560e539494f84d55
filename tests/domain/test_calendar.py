from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from domain_builders import at, day
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.domain.calendar import EARLIEST, LATEST, REPEATING, Calendar
from kiosk.domain.organisation import Organisation, Weekday
from kiosk.domain.period import Period
from kiosk.domain.rules import Unit


def calendar(zone: str = "America/New_York", **organisation: object) -> Calendar:
    return Calendar(Organisation("Acme", ZoneInfo(zone), **organisation))


def period(unit: Unit, when: str, zone: str = "America/New_York", **organisation: object) -> Period:
    return calendar(zone, **organisation).period_of(unit, at(when, ZoneInfo(zone)).astimezone(UTC))


@pytest.mark.parametrize(
    ("unit", "when", "start", "end"),
    [
        (Unit.DAY, "2024-02-29 23:59", "2024-02-29", "2024-03-01"),
        (Unit.WEEK, "2024-03-03 23:59", "2024-02-26", "2024-03-04"),
        (Unit.WEEK, "2024-03-04 00:00", "2024-03-04", "2024-03-11"),
        (Unit.MONTH, "2024-12-31 12:00", "2024-12-01", "2025-01-01"),
        (Unit.QUARTER, "2024-02-10 12:00", "2024-01-01", "2024-04-01"),
        (Unit.QUARTER, "2024-12-31 23:59", "2024-10-01", "2025-01-01"),
        (Unit.YEAR, "2024-01-01 00:00", "2024-01-01", "2025-01-01"),
    ],
)
def test_a_period_is_half_open_in_local_dates(unit: Unit, when: str, start: str, end: str) -> None:
    found = period(unit, when)
    assert (found.start, found.end) == (day(start), day(end))
    assert (found.start_at, found.end_at) == (at(start), at(end))
    assert found.occurrence == f"{unit}:{start}"


def test_all_time_has_neither_a_previous_nor_a_next_period() -> None:
    always = period(Unit.ALL_TIME, "2024-03-04")
    assert always.occurrence == "ever"
    assert calendar().previous(always) is None
    assert calendar().following(always) is None


@pytest.mark.parametrize("weekday", Weekday)
def test_weeks_start_on_the_day_the_organisation_says(weekday: Weekday) -> None:
    found = period(Unit.WEEK, "2024-03-06 12:00", week_starts=weekday)
    assert found.start.weekday() == weekday
    assert found.start <= day("2024-03-06") < found.end


@pytest.mark.parametrize(
    ("zone", "date_text", "hours"),
    [
        ("America/New_York", "2024-03-10", 23),
        ("America/New_York", "2024-11-03", 25),
        ("Europe/Berlin", "2024-03-31", 23),
        ("Europe/Berlin", "2024-10-27", 25),
        ("Australia/Lord_Howe", "2024-10-06", 23.5),
        ("Australia/Lord_Howe", "2024-04-07", 24.5),
        ("America/Sao_Paulo", "2018-11-04", 23),  # its clocks jumped over midnight
        ("America/Sao_Paulo", "2018-02-17", 25),  # and fell back to the evening before
        ("America/Havana", "2020-11-01", 25),  # where midnight comes twice
        ("Asia/Beirut", "2024-03-31", 23),
        ("America/Toronto", "1919-03-30", 23.5),  # its last half hour was jumped over
        ("Pacific/Apia", "2011-12-30", 0),  # a date that never was
    ],
)
def test_a_day_is_as_long_as_the_clocks_make_it(zone: str, date_text: str, hours: float) -> None:
    found = calendar(zone).period_starting(Unit.DAY, day(date_text))
    assert found.end_at - found.start_at == timedelta(hours=hours)


def test_a_day_that_the_clocks_jump_into_starts_with_the_jump() -> None:
    toronto = calendar("America/Toronto")  # 1919-03-30 23:30 became 1919-03-31 00:30
    start = toronto.first_instant(day("1919-03-31"))
    assert toronto.local(start).replace(tzinfo=None) == datetime(1919, 3, 31, 0, 30)
    assert toronto.local(start - timedelta(seconds=1)).date() == day("1919-03-30")


def test_of_a_midnight_that_comes_twice_the_first_starts_the_day() -> None:
    havana = calendar("America/Havana")
    start = havana.first_instant(day("2020-11-01"))
    assert start == datetime(2020, 11, 1, 4, tzinfo=UTC)
    assert havana.period_of(Unit.DAY, start + timedelta(hours=1)).start == day("2020-11-01")


def test_an_evening_that_comes_again_behind_midnight_belongs_to_the_new_day() -> None:
    st_johns = calendar("America/St_Johns")  # 2006-10-29 00:01 became 2006-10-28 23:01
    again = st_johns.first_instant(day("2006-10-29")) + timedelta(minutes=30)
    assert st_johns.local(again).date() == day("2006-10-28")
    assert st_johns.period_of(Unit.DAY, again).start == day("2006-10-29")


ZONES = ["America/New_York", "Europe/Berlin", "Australia/Lord_Howe", "America/St_Johns", "Pacific/Apia", "Asia/Tehran"]


@settings(max_examples=150)
@given(
    st.sampled_from(ZONES),
    st.sampled_from([*REPEATING, Unit.ALL_TIME]),
    st.datetimes(datetime(1900, 1, 1), datetime(2100, 1, 1)),
)
def test_every_instant_has_one_period_that_contains_it(zone: str, unit: Unit, moment: datetime) -> None:
    dates, instant = calendar(zone), moment.replace(tzinfo=UTC)
    found = dates.period_of(unit, instant)
    assert found.start_at <= instant < found.end_at
    assert dates.period_of(unit, found.start_at) == found
    if unit is not Unit.ALL_TIME:
        following = dates.following(found)
        assert following is not None
        assert following.start_at == found.end_at
        assert dates.previous(following) == found
        assert dates.local(found.start_at).date() >= found.start
        assert dates.local(found.start_at - timedelta(microseconds=1)).date() < found.end


@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "Pacific/Pago_Pago"])
@pytest.mark.parametrize("unit", [*REPEATING, Unit.ALL_TIME])
@pytest.mark.parametrize("instant", [EARLIEST, LATEST - timedelta(microseconds=1)])
def test_the_ends_of_all_time_still_have_periods(zone: str, unit: Unit, instant: datetime) -> None:
    found = calendar(zone).period_of(unit, instant)
    assert found.start_at <= instant < found.end_at


def test_holidays_and_free_days_are_not_worked() -> None:
    dates = calendar(holidays=frozenset({day("2024-05-27")}))
    assert dates.working_days(dates.period_starting(Unit.WEEK, day("2024-05-27"))) == 4
    assert dates.working_days(dates.period_starting(Unit.MONTH, day("2024-05-01"))) == 22
    assert not dates.is_working_day(day("2024-05-25"))


@pytest.mark.parametrize(
    ("after", "expected"),
    [
        ("2024-03-05 00:00", "2024-03-05 09:00"),
        ("2024-03-05 09:00", "2024-03-05 09:00"),
        ("2024-03-05 09:01", "2024-03-06 09:00"),
        ("2024-03-02 00:00", "2024-03-04 09:00"),  # a Saturday
        ("2024-03-29 00:00", "2024-04-02 09:00"),  # two holidays around a weekend
    ],
)
def test_the_next_working_time_skips_what_is_free(after: str, expected: str) -> None:
    dates = calendar(holidays=frozenset({day("2024-03-29"), day("2024-04-01")}))
    assert dates.next_working_time(at(after), time(9)) == at(expected)


def test_an_organisation_that_never_works_is_refused() -> None:
    with pytest.raises(ValueError, match="working_days"):
        calendar(working_days=frozenset())


def test_custom_periods_are_no_unit_of_the_calendar() -> None:
    with pytest.raises(ValueError, match="custom"):
        calendar().period_of(Unit.CUSTOM, datetime(2024, 1, 1, tzinfo=UTC))


def test_a_leap_day_and_a_year_have_their_days() -> None:
    assert period(Unit.MONTH, "2024-02-10").days == 29
    assert period(Unit.YEAR, "2024-02-10").days == 366
    assert date(2024, 2, 29) < period(Unit.MONTH, "2024-02-10").end
