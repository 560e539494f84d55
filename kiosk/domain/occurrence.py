"""What is earned once: the occurrence of an unlock (docs/rules.md, sections 5 and 8)."""

from __future__ import annotations

from datetime import datetime

from kiosk.domain.calendar import REPEATING, Calendar
from kiosk.domain.period import FOREVER, Period
from kiosk.domain.rules import Achievement, OncePer, Unit

_UNITS = {OncePer(unit.value): unit for unit in REPEATING}
_ORDER = (None, *REPEATING, Unit.ALL_TIME)


class Occurrences:
    """Names the occurrences of one achievement: its type's own, or the coarser ones of `once_per`.

    Args:
        own: the unit of the type's own occurrence; None for the record itself.

    Raises:
        ValueError: `once_per` is finer than the type's own occurrence.
    """

    def __init__(self, achievement: Achievement, own: Unit | None, calendar: Calendar) -> None:
        self._calendar = calendar
        self._unit = _coarser(achievement.once_per, achievement.period, own)
        if _ORDER.index(self._unit) < _ORDER.index(own):
            raise ValueError(f"{achievement.id}: once_per {achievement.once_per} is finer than what it is earned for")

    def of_record(self, key: str, at: datetime) -> str:
        """Of the record `key` whose time is `at`."""
        return f"record:{key}" if self._unit is None else self._containing(self._unit, at)

    def of_period(self, period: Period) -> str:
        """Of a period of the type's own unit."""
        unit = self._unit or period.unit
        return period.occurrence if unit is period.unit else self._containing(unit, period.start_at)

    def _containing(self, unit: Unit, at: datetime) -> str:
        return FOREVER if unit is Unit.ALL_TIME else self._calendar.period_of(unit, at).occurrence


def _coarser(once_per: OncePer | None, period: Unit | None, own: Unit | None) -> Unit | None:
    match once_per:
        case None:
            return own
        case OncePer.RECORD:
            return None
        case OncePer.PERIOD:
            return period or own
        case OncePer.EVER:
            return Unit.ALL_TIME
        case _:
            return _UNITS[once_per]
