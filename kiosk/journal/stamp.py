"""Times as the tables have them: UTC, of one length, so that their order as text is their order in time."""

from __future__ import annotations

from datetime import UTC, datetime


def stamp(at: datetime) -> str:
    """An aware time as text.

    >>> from datetime import timedelta, timezone
    >>> stamp(datetime(2017, 3, 1, 1, tzinfo=timezone(timedelta(hours=2))))
    '2017-02-28T23:00:00.000000+00:00'
    """
    if at.tzinfo is None:
        raise ValueError(f"{at} has no time zone")
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def moment(text: str) -> datetime:
    """The time that `stamp` wrote."""
    return datetime.fromisoformat(text)
