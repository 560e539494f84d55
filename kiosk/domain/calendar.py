"""The organisation's calendar: which period an instant falls in, and which days are worked.

All instants that come out are in UTC. Two aware datetimes of one zone compare by their wall clocks, which is wrong
in the hour that a change of the clocks repeats; UTC has no such hour.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

from kiosk.domain.organisation import Organisation, Weekday
from kiosk.domain.period import FOREVER, Period
from kiosk.domain.rules import Unit

EARLIEST = datetime(2, 1, 1, tzinfo=UTC)
LATEST = datetime(9998, 1, 1, tzinfo=UTC)
"""Instants between these have a period, a previous and a next one in every zone."""

REPEATING = (Unit.DAY, Unit.WEEK, Unit.MONTH, Unit.QUARTER, Unit.YEAR)
"""Units whose periods follow each other, from the shortest to the longest."""

_MONTHS = {Unit.MONTH: 1, Unit.QUARTER: 3, Unit.YEAR: 12}
_DAY = timedelta(days=1)


class Calendar:
    """Periods, working days and working times in an organisation's zone.

    It remembers periods that were asked for; its answers depend on nothing but the organisation.

    Raises:
        ValueError: the organisation has no working day.
    """

    def __init__(self, organisation: Organisation) -> None:
        if not organisation.working_days:
            raise ValueError("working_days needs at least one day of the week")
        self.zone = organisation.timezone
        self.working_days_in_week = len(organisation.working_days)
        self._week_starts = organisation.week_starts
        self._working_days = organisation.working_days
        self._holidays = organisation.holidays
        self._periods: dict[tuple[Unit, date], Period] = {}
        self._latest: dict[Unit, Period] = {}
        self._worked: dict[Period, int] = {}

    def local(self, instant: datetime) -> datetime:
        """The instant as the organisation's wall clock shows it."""
        return instant.astimezone(self.zone)

    def first_instant(self, day: date) -> datetime:
        """The first instant of a local date; of a date that was skipped, the first instant behind it."""
        midnight = datetime.combine(day, time.min, self.zone)
        instant = midnight.astimezone(UTC)
        if instant.astimezone(self.zone).replace(tzinfo=None) == midnight.replace(tzinfo=None):
            return instant  # of a midnight that exists twice, the first one: fold is 0
        # The clocks jumped over midnight. Read with the later offset it lies before the jump, with the earlier one
        # behind it; in between look for the jump, where `day` starts.
        before, after = midnight.replace(fold=1).astimezone(UTC), instant
        while after - before > timedelta(seconds=1):
            middle = before + timedelta(seconds=int((after - before).total_seconds()) // 2)
            if self.local(middle).date() < day:
                before = middle
            else:
                after = middle
        return after

    def period_of(self, unit: Unit, instant: datetime) -> Period:
        """The period that contains `instant`, which lies between `EARLIEST` and `LATEST`.

        Instants decide, not local dates: where the clocks go back over midnight, the evening that comes again
        belongs to the day that had already begun.
        """
        latest = self._latest.get(unit)
        if latest is not None and latest.start_at <= instant < latest.end_at:
            return latest
        period = self.period_starting(unit, self._start_of(unit, self.local(instant).date()))
        while instant >= period.end_at:
            period = self.period_starting(unit, period.end)
        self._latest[unit] = period
        return period

    def period_starting(self, unit: Unit, start: date) -> Period:
        """The period whose first local date is `start`."""
        period = self._periods.get((unit, start))
        if period is None:
            period = self._periods[unit, start] = self._made(unit, start)
        return period

    def previous(self, period: Period) -> Period | None:
        """The period before; all time has none."""
        if period.unit is Unit.ALL_TIME:
            return None
        return self.period_starting(period.unit, self._start_of(period.unit, period.start - _DAY))

    def following(self, period: Period) -> Period | None:
        """The period behind; all time has none."""
        if period.unit is Unit.ALL_TIME:
            return None
        return self.period_starting(period.unit, period.end)

    def is_working_day(self, day: date) -> bool:
        """Worked: a working day of the week and no holiday."""
        return Weekday(day.weekday()) in self._working_days and day not in self._holidays

    def working_days(self, period: Period) -> int:
        """How many of its days are worked."""
        days = self._worked.get(period)
        if days is None:
            ordinals = range(period.start.toordinal(), period.end.toordinal())
            days = self._worked[period] = sum(self.is_working_day(date.fromordinal(n)) for n in ordinals)
        return days

    def next_working_time(self, after: datetime, at: time) -> datetime:
        """The first instant at or behind `after` when a working day's local clock shows `at`."""
        day = self.local(after).date()
        while True:
            if self.is_working_day(day):
                instant = datetime.combine(day, at, self.zone).astimezone(UTC)
                if instant >= after:
                    return instant
            day += _DAY

    def _start_of(self, unit: Unit, day: date) -> date:
        match unit:
            case Unit.DAY:
                return day
            case Unit.WEEK:
                return day - timedelta(days=(day.weekday() - self._week_starts) % 7)
            case Unit.MONTH | Unit.QUARTER | Unit.YEAR:
                months = _MONTHS[unit]
                return day.replace(month=(day.month - 1) // months * months + 1, day=1)
            case Unit.ALL_TIME:
                return EARLIEST.date()
            case Unit.CUSTOM:
                raise ValueError("custom periods have dates of their own")

    def _made(self, unit: Unit, start: date) -> Period:
        if unit is Unit.ALL_TIME:
            return Period(unit, EARLIEST.date(), LATEST.date(), EARLIEST, LATEST, FOREVER)
        if unit in _MONTHS:
            month = start.month - 1 + _MONTHS[unit]
            end = date(start.year + month // 12, month % 12 + 1, 1)
        else:
            end = start + (_DAY if unit is Unit.DAY else 7 * _DAY)
        return Period(unit, start, end, self.first_instant(start), self.first_instant(end), f"{unit}:{start}")
