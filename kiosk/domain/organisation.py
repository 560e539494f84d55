"""The organisation, its players and its teams."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from enum import IntEnum
from zoneinfo import ZoneInfo


class Weekday(IntEnum):
    """Numbered as `date.weekday()`."""

    MONDAY = 0
    TUESDAY = 1
    WEDNESDAY = 2
    THURSDAY = 3
    FRIDAY = 4
    SATURDAY = 5
    SUNDAY = 6


WORKING_WEEK = frozenset(map(Weekday, range(5)))


@dataclass(frozen=True, slots=True)
class Organisation:
    """What holds for everybody: zone, week, money and language (docs/rules.md, section 9)."""

    name: str
    timezone: ZoneInfo
    week_starts: Weekday = Weekday.MONDAY
    working_days: frozenset[Weekday] = WORKING_WEEK
    holidays: frozenset[date] = frozenset()
    currency: str = "USD"
    locale: str = "en_US"
    points: str = "points"
    """`off`, `points` or `xp`; `off` hides them everywhere."""


@dataclass(frozen=True, slots=True)
class Player:
    """A person on the boards; `teams` are ids."""

    id: str
    name: str
    teams: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    photo: str | None = None
    sound: str | None = None
    birthday: date | None = None
    joined: date | None = None
    hidden: bool = False
    """Hides from screens: never shown in a celebration (docs/display.md, section 3)."""


@dataclass(frozen=True, slots=True)
class Team:
    """Several players under one name."""

    id: str
    name: str


def slug(name: str) -> str:
    """The id made from a name: NFKD, marks dropped, lower case, runs of other than letters and digits are `-`.

    >>> slug("José Núñez"), slug("Mei-Mei  Johns"), slug("!")
    ('jose-nunez', 'mei-mei-johns', '')
    """
    plain = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    return re.sub(r"[\W_]+", "-", plain.lower()).strip("-")
