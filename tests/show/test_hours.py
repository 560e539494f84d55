"""Local hours, their edges, and summer time."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.domain.organisation import Weekday
from kiosk.show.hours import is_open, next_edge, window_day
from kiosk.show.playlist import Hours
from kiosk.show.quiet import Quiet, QuietMode, QuietSpan

BERLIN = ZoneInfo("Europe/Berlin")


def berlin(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=BERLIN)


@pytest.mark.parametrize(
    ("local", "day"),
    [("2024-05-07T21:59:59", None), ("2024-05-07T22:00", 7), ("2024-05-08T00:00", 7), ("2024-05-08T05:59", 7),
     ("2024-05-08T06:00", None)],
)  # fmt: skip
def test_a_window_over_midnight_belongs_to_its_start_day(local: str, day: int | None) -> None:
    found = window_day(time(22), time(6), datetime.fromisoformat(local))
    assert found == (None if day is None else date(2024, 5, day))


def test_equal_ends_are_a_whole_day() -> None:
    hours = Hours(between=(time(9), time(9)), weekdays=frozenset({Weekday.TUESDAY}))
    assert is_open(hours, berlin("2024-05-07T09:00"), BERLIN)
    assert is_open(hours, berlin("2024-05-08T08:59"), BERLIN)
    assert not is_open(hours, berlin("2024-05-08T09:00"), BERLIN)


def test_a_window_that_ends_at_midnight_ends_there() -> None:
    hours = Hours(between=(time(18), time(0)))
    assert is_open(hours, berlin("2024-05-07T23:59:59"), BERLIN)
    assert not is_open(hours, berlin("2024-05-08T00:00"), BERLIN)


clock_times = st.times().map(lambda moment: moment.replace(second=0, microsecond=0))


@given(
    clock_times,
    clock_times,
    st.datetimes(datetime(2024, 1, 1), datetime(2025, 1, 1), timezones=st.just(UTC)),
    st.floats(0, 1, exclude_max=True),
)
def test_hours_never_change_before_their_next_edge(start: time, end: time, wall: datetime, part: float) -> None:
    hours = Hours(between=(start, end), weekdays=frozenset({Weekday.MONDAY, Weekday.SUNDAY}))
    # A zone without summer time: elsewhere an edge within the hour that is skipped or repeated may move.
    zone = ZoneInfo("Asia/Kathmandu")
    edge = next_edge(hours, wall, zone)
    assert edge > wall
    microseconds = int((edge - wall) // timedelta(microseconds=1) * part)
    assert is_open(hours, wall + timedelta(microseconds=microseconds), zone) == is_open(hours, wall, zone)


def test_the_longest_and_the_shortest_day_of_the_year_have_their_edges() -> None:
    hours = Hours(between=(time(2, 30), time(4)))
    assert next_edge(hours, berlin("2024-03-31T01:00"), BERLIN) > berlin("2024-03-31T01:00")
    assert next_edge(hours, berlin("2024-10-27T03:59"), BERLIN) == berlin("2024-10-27T04:00")


def test_overlapping_quiet_hours_hold_until_the_last_of_them_ends() -> None:
    quiet = Quiet(
        (QuietSpan(time(22), time(6), QuietMode.HOLD), QuietSpan(time(5), time(7), QuietMode.HOLD),
         QuietSpan(time(5), time(9))),
        BERLIN,
    )  # fmt: skip
    assert quiet.held_until(berlin("2024-05-07T23:00")) == berlin("2024-05-08T06:00")
    assert quiet.held_until(berlin("2024-05-08T05:30")) == berlin("2024-05-08T07:00")
    assert quiet.held_until(berlin("2024-05-08T08:00")) is None
    assert quiet.is_quiet(berlin("2024-05-08T08:00"))
    assert not quiet.is_quiet(berlin("2024-05-08T09:00"))
    assert quiet.next_hold(berlin("2024-05-08T08:00")) == berlin("2024-05-08T22:00")
    assert quiet.next_hold_end(berlin("2024-05-08T08:00")) == berlin("2024-05-09T06:00")


def test_without_holding_hours_nothing_is_held() -> None:
    quiet = Quiet((QuietSpan(time(0), time(0)),), BERLIN)
    assert quiet.held_until(berlin("2024-05-08T08:00")) is None
    assert quiet.next_hold(berlin("2024-05-08T08:00")) is None
    assert quiet.next_hold_end(berlin("2024-05-08T08:00")) is None
