"""Times and dates in words, as people of each place write them."""

from __future__ import annotations

from datetime import datetime

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_time

from kiosk.scene.moment import Moment

_NARROW, _PLAIN = "\u202f", "\u00a0"


def time_text(local: datetime, locale: str) -> str:
    """Hours and minutes, in 12 or 24 hours as the locale does, such as `3:05 PM` or `15:05`."""
    return _printable(format_time(local, "short", locale=_known(locale)))


def date_text(local: datetime, locale: str) -> str:
    """Weekday, day, month and year, such as `Wednesday, March 1, 2017`."""
    return _printable(format_date(local, "full", locale=_known(locale)))


def to_next_minute_s(moment: Moment) -> float | None:
    """Seconds until `time_text` reads something else; None while wall time isn't trusted."""
    if moment.local is None:
        return None
    return 60 - moment.local.second - moment.local.microsecond / 1e6


def _known(locale: str) -> Locale:
    """The locale, English for one that nobody knows: a clock is never worth a failure."""
    try:
        return Locale.parse(locale)
    except (UnknownLocaleError, ValueError):
        return Locale("en")


def _printable(text: str) -> str:
    """Few typefaces have the narrow space that locales put before `PM`."""
    return text.replace(_NARROW, _PLAIN)
