"""What a field of time takes: durations, times of day, dates and instants."""

from __future__ import annotations

import re
from datetime import date, datetime, time
from decimal import Decimal
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator

from kiosk.config.document import Plain
from kiosk.config.fields import NUMBER, number, said, text
from kiosk.config.wording import quoted

_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_TIME = re.compile(r"([0-9]{1,2}):([0-9]{2})")
_DURATION = re.compile(r"([0-9]+(?:\.[0-9]+)?)\s*([a-z]+)")
_SECONDS = {
    **dict.fromkeys(("s", "sec", "second", "seconds"), 1),
    **dict.fromkeys(("min", "mins", "minute", "minutes"), 60),
    **dict.fromkeys(("h", "hr", "hrs", "hour", "hours"), 3600),
    **dict.fromkeys(("d", "day", "days"), 86400),
}


def duration(least: float = 0, most: float = 366 * 86400) -> BeforeValidator:
    """Seconds: a plain number of them, or a text such as `45 s`, `15 min`, `1 h 30 min`, `2 days`."""

    def read(value: Any) -> float:
        seconds = _seconds(value)
        if not least <= seconds <= most:
            raise said(f"must be from {_spoken(least)} to {_spoken(most)}, not {quoted(str(value))}")
        return seconds

    return BeforeValidator(read)


def _seconds(value: Any) -> float:
    if isinstance(value, Plain) and NUMBER.fullmatch(value):
        return float(number(value))
    if isinstance(value, str):
        rest = value.strip().lower()
        parts = _DURATION.findall(rest)
        if parts and not _DURATION.sub("", rest).strip(" ,") and all(unit in _SECONDS for _, unit in parts):
            return float(sum(Decimal(amount) * _SECONDS[unit] for amount, unit in parts))
    raise said('must be a duration: seconds such as 45, or a text such as "45 s", "15 min" or "12 h"')


def _spoken(seconds: float) -> str:
    for word, size in (("days", 86400), ("h", 3600), ("min", 60)):
        if seconds >= 2 * size and seconds % size == 0:
            return f"{seconds / size:g} {word}"
    return f"{seconds:g} s"


def day_time(value: Any) -> time:
    """A local time of day, `"HH:MM"`; `"24:00"` is the midnight that ends the day."""
    match = _TIME.fullmatch(text(value))
    if match and (int(match[1]), int(match[2])) == (24, 0):
        return time(0)
    if not match or int(match[1]) > 23 or int(match[2]) > 59:
        raise said(f'must be a time of day such as "18:00", not {quoted(value)}')
    return time(int(match[1]), int(match[2]))


def _pair(value: Any) -> Any:
    if not isinstance(value, list) or len(value) != 2:
        raise said('must be two times of day, such as ["18:00", "23:00"]')
    return tuple(value)


def _lasting(window: tuple[time, time]) -> tuple[time, time]:
    if window[0] == window[1]:
        raise said("begins and ends at the same time of day")
    return window


def local_date(value: Any) -> date:
    """A date, `YYYY-MM-DD`."""
    read = text(value)
    try:
        if _DATE.fullmatch(read):
            return date.fromisoformat(read)
    except ValueError:
        raise said(f"there is no date {quoted(read)}") from None
    raise said(f"must be a date such as 2026-03-01, not {quoted(read)}")


def instant(value: Any) -> datetime:
    """A date with a time, with or without offset; or a date alone, its midnight."""
    read = text(value)
    try:
        return datetime.fromisoformat(read)
    except ValueError:
        raise said(f"must be a date and time such as 2026-03-01T09:00, not {quoted(read)}") from None


DayTime = Annotated[time, BeforeValidator(day_time)]
Window = Annotated[tuple[DayTime, DayTime], BeforeValidator(_pair), AfterValidator(_lasting)]
"""Half-open local times of day; a window may run over midnight."""
LocalDate = Annotated[date, BeforeValidator(local_date)]
Instant = Annotated[datetime, BeforeValidator(instant)]
