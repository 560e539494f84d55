"""The organisation section: name, zone, week, money and language."""

from __future__ import annotations

from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from pydantic import BeforeValidator

from kiosk.config.fields import FilledText, filled_list, said, text, word_of
from kiosk.config.section import Strict
from kiosk.config.times import LocalDate
from kiosk.config.wording import did_you_mean, quoted
from kiosk.domain.organisation import WORKING_WEEK, Organisation, Weekday

_DAYS = {name: day for day in Weekday for name in (day.name.lower(), day.name[:3].lower())}


def _zone(value: Any) -> ZoneInfo:
    name = text(value)
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        zones = sorted(available_timezones())
        near = did_you_mean(name, zones) or did_you_mean(name, (zone for zone in zones if name in zone.split("/")))
        by_city = {zone.rsplit("/", 1)[-1].replace("_", " "): zone for zone in zones if "/" in zone}
        if not near and name.title() in by_city:
            near = f", did you mean {quoted(by_city[name.title()])}?"
        raise said(f"{quoted(name)} is no time zone{near or ' such as Europe/Oslo'}") from None


def _weekday(value: Any) -> Weekday:
    name = text(value)
    if name.lower() not in _DAYS:
        raise said(f"{quoted(name)} is no weekday{did_you_mean(name, _DAYS)}")
    return _DAYS[name.lower()]


def _currency(value: Any) -> str:
    code = text(value)
    if not (len(code) == 3 and code.isascii() and code.isalpha()):
        raise said(f"{quoted(code)} is no currency: its three letters, such as USD or EUR")
    return code.upper()


def _locale(value: Any) -> str:
    from babel import Locale, UnknownLocaleError  # noqa: PLC0415 - only where a file names a locale

    name = text(value)
    try:
        return str(Locale.parse(name.replace("-", "_")))
    except (UnknownLocaleError, ValueError):
        raise said(f"{quoted(name)} is no known locale: language and country, such as en_US or nb_NO") from None


Zone = Annotated[ZoneInfo, BeforeValidator(_zone)]
Day = Annotated[Weekday, BeforeValidator(_weekday)]


class OrganisationModel(Strict):
    """`organisation:` in a rules file."""

    name: FilledText
    timezone: Zone
    week_starts: Day = Weekday.MONDAY
    working_days: Annotated[tuple[Day, ...], BeforeValidator(filled_list)] = tuple(sorted(WORKING_WEEK))
    holidays: tuple[LocalDate, ...] = ()
    currency: Annotated[str, BeforeValidator(_currency)] = "USD"
    locale: Annotated[str, BeforeValidator(_locale)] = "en_US"
    points: Annotated[Literal["off", "points", "xp"], word_of(("off", "points", "xp"))] = "points"

    def build(self) -> Organisation:
        """The domain's value."""
        return Organisation(
            name=self.name,
            timezone=self.timezone,
            week_starts=self.week_starts,
            working_days=frozenset(self.working_days),
            holidays=frozenset(self.holidays),
            currency=self.currency,
            locale=self.locale,
            points=self.points,
        )


UNKNOWN = Organisation(name="", timezone=ZoneInfo("UTC"))
"""Stands in while the rest of a file is checked whose organisation can't be read."""
