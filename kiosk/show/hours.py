"""Local hours, dates and weekdays: when something takes part."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta, tzinfo

from kiosk.domain.organisation import Weekday
from kiosk.show.playlist import Hours

_DAY = timedelta(days=1)


def window_day(start: time, end: time, local: datetime) -> date | None:
    """The date on which the window that contains `local` began, or None outside of it.

    Half-open. A window whose end is not after its start crosses midnight and belongs to the day it starts on;
    equal ends are a whole day.

    >>> window_day(time(22), time(6), datetime(2024, 5, 7, 1)).isoformat()
    '2024-05-06'
    """
    moment = local.time().replace(fold=0)
    if start < end:
        return local.date() if start <= moment < end else None
    if moment >= start:
        return local.date()
    return local.date() - _DAY if moment < end else None


def is_open(hours: Hours | None, wall: datetime, timezone: tzinfo) -> bool:
    """Whether something with these hours takes part at the aware `wall`."""
    if hours is None:
        return True
    local = wall.astimezone(timezone)
    day: date | None = local.date()
    if hours.between is not None:
        day = window_day(*hours.between, local)
    return (
        day is not None
        and (hours.start is None or hours.start <= day)
        and (hours.end is None or day < hours.end)
        and (hours.weekdays is None or Weekday(day.weekday()) in hours.weekdays)
    )


def next_edge(hours: Hours, wall: datetime, timezone: tzinfo) -> datetime:
    """The first instant after `wall` at which `is_open` may answer otherwise: midnight or an end of its hours."""
    return next_local((time(0), *(hours.between or ())), wall, timezone)


def next_local(times: tuple[time, ...], wall: datetime, timezone: tzinfo) -> datetime:
    """The first instant after the aware `wall` at which a local clock shows one of `times`, in UTC."""
    today = wall.astimezone(timezone).date()
    # Two days ahead: a time that has passed today may be skipped by tomorrow's change to summer time.
    instants = (at_local(today + days * _DAY, moment, timezone) for days in range(3) for moment in times)
    return min(instant for instant in instants if instant > wall)


def at_local(day: date, moment: time, timezone: tzinfo) -> datetime:
    """The instant, in UTC, at which a local clock shows this; the first where it does so twice."""
    return datetime.combine(day, moment, timezone).astimezone(UTC)
