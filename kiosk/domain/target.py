"""Which target is in force for a subject and a period, and how much it asks (docs/rules.md, section 3)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from fractions import Fraction

from kiosk.domain.calendar import Calendar
from kiosk.domain.period import Period
from kiosk.domain.rules import Kind, Scaling, Target, Unit

_WEEKS_IN = {Unit.WEEK: 1, Unit.MONTH: 4, Unit.QUARTER: 12, Unit.YEAR: 48}
"""1 year = 4 quarters = 12 months, 1 month = 4 weeks."""


class Targets:
    """All targets of an organisation, found by metric and subject."""

    def __init__(self, targets: Iterable[Target], calendar: Calendar) -> None:
        self._calendar = calendar
        self._wanted: dict[tuple[str, str], list[Target]] = {}
        self._scaled: dict[tuple[Target, Unit, date, Scaling], Fraction | None] = {}
        in_order = sorted(enumerate(targets), key=lambda pair: (pair[1].start or date.min, pair[0]), reverse=True)
        for _, target in in_order:
            self._wanted.setdefault((target.metric, target.subject), []).append(target)

    def amount(self, metric: str, subject: str, period: Period, scaling: Scaling) -> Fraction | None:
        """What `subject` should reach in `period`, exact; None where it has no target, or none above zero.

        The most specific target in force at the period's start wins, then the latest-starting, then the last.
        """
        target = self._in_force(metric, subject, period.start)
        if target is None:
            return None
        key = (target, period.unit, period.start, scaling)
        if key not in self._scaled:
            self._scaled[key] = self._amount(target, period, scaling)
        return self._scaled[key]

    def _in_force(self, metric: str, subject: str, start: date) -> Target | None:
        kind, _, _ = subject.partition(":")
        whom = (subject,) if kind == Kind.COMPANY else (subject, f"{kind}:*")
        for wanted in whom:
            for target in self._wanted.get((metric, wanted), ()):
                if (target.start is None or target.start <= start) and (target.end is None or start < target.end):
                    return target
        return None

    def _amount(self, target: Target, period: Period, scaling: Scaling) -> Fraction | None:
        share = self._share(target.every, period, scaling)
        amount = Fraction(target.amount) * share
        return amount if amount > 0 else None

    def _share(self, every: Unit, period: Period, scaling: Scaling) -> Fraction:
        """What part of a target for one period of `every` falls to `period`; 0 where the two can't be compared."""
        if period.unit is every and scaling is Scaling.STANDARD:
            return Fraction(1)
        if Unit.ALL_TIME in (period.unit, every):
            return Fraction(int(period.unit is every))
        if scaling is Scaling.STANDARD:
            return self._weeks(period.unit) / self._weeks(every)
        whole = self._calendar.period_of(every, period.start_at)
        if scaling is Scaling.CALENDAR:
            return Fraction(period.days, whole.days)
        worked = self._calendar.working_days(whole)
        return Fraction(self._calendar.working_days(period), worked) if worked else Fraction(0)

    def _weeks(self, unit: Unit) -> Fraction:
        if unit is Unit.DAY:
            return Fraction(1, self._calendar.working_days_in_week)
        return Fraction(_WEEKS_IN[unit])
