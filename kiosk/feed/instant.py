"""Times as sources write them (docs/rules.md, sections 1 and 9)."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time
from functools import lru_cache
from zoneinfo import ZoneInfo

from kiosk.feed.fault import RowError, excerpt

_YEARS = range(1900, 2200)
_TIME_DIRECTIVE = re.compile(r"%[HIMSfpXcs]")


def read_instant(
    text: str, home: ZoneInfo, time_format: str | None = None, zone: ZoneInfo | None = None
) -> tuple[datetime, bool]:
    """The moment that `text` tells, in UTC, and whether it was a date alone.

    A date alone is the first instant of that day at home, whatever the source's zone: what is dated 1 March counts on
    1 March. A time that exists twice is the first, one that daylight saving skipped is as long after the gap as it
    was into it.

    Args:
        text: not empty.
        home: the organisation's zone.
        zone: of times without an offset; None for `home`.
        time_format: a `strptime` format; None reads ISO 8601.

    Raises:
        RowError: it tells no moment, or one outside of the years 1900 to 2199.
    """
    try:
        if time_format is not None:
            moment = datetime.strptime(text, time_format)  # noqa: DTZ007 - a zone is given below
            date_only = not _TIME_DIRECTIVE.search(time_format.replace("%%", ""))
        elif (day := _iso_date(text)) is not None:
            moment, date_only = datetime.combine(day, time.min), True
        else:
            moment, date_only = datetime.fromisoformat(text), False
    except (ValueError, OverflowError, re.error):
        raise RowError(f"the time {excerpt(text)} is not {_expected(time_format)}") from None
    if moment.year not in _YEARS:
        raise RowError(f"the time {excerpt(text)} is outside of the years {_YEARS[0]} to {_YEARS[-1]}")
    if date_only:
        return day_start(moment.date(), home), True
    return (moment if moment.tzinfo else moment.replace(tzinfo=zone or home)).astimezone(UTC), False


@lru_cache(maxsize=4096)
def day_start(day: date, zone: ZoneInfo) -> datetime:
    """The first instant of a local date, in UTC."""
    # Where daylight saving skips midnight, this is the moment of the change: that day's first.
    return datetime.combine(day, time.min, zone).astimezone(UTC)


def _iso_date(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _expected(time_format: str | None) -> str:
    if time_format is None:
        return "ISO 8601, such as 2017-03-01T14:05; give the source a `time_format`"
    return f"written as its `time_format` {time_format!r} says"
