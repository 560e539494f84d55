"""What a field takes: how the text of a YAML scalar becomes a value, and what is said where it can't.

Each reader gets `Plain` (unquoted) or `str` (quoted) text, a list or a mapping. YAML 1.1's traps, such as an
unquoted `NO` or `18:00`, are told where a text is wanted, whatever YAML version the writer had in mind.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime, time
from decimal import Decimal, InvalidOperation
from enum import Enum
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator
from pydantic_core import PydanticCustomError

from kiosk.config.document import Plain
from kiosk.config.wording import nearest_or_all, quoted

_NUMBER = re.compile(r"[-+]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][-+]?[0-9]+)?")
_OCTAL = re.compile(r"[-+]?0[0-9_]*[0-9]|[-+]?0o[0-7]+")
_MAX_DIGITS = 30
_NOTHING = frozenset(("", "~", "null", "Null", "NULL"))
_TRAPS: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"true|True|TRUE|yes|Yes|YES|on|On|ON"), "true"),
    (re.compile(r"false|False|FALSE|no|No|NO|off|Off|OFF"), "false"),
    (re.compile(r"[-+]?[1-9][0-9_]*(?::[0-5]?[0-9])+(?:\.[0-9_]*)?"), "a number of base 60"),
    (_OCTAL, "an octal number"),
    (_NUMBER, "a number"),
    (re.compile(r"[-+]?[0-9][0-9_]*(?:\.[0-9_]*)?"), "a number"),
    (re.compile(r"[-+]?0x[0-9a-fA-F_]+|[-+]?0b[01_]+"), "a number"),
    (re.compile(r"[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)"), "a number"),
)
_ID = re.compile(r"[^\W_][\w.-]*")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_TIME = re.compile(r"([0-9]{1,2}):([0-9]{2})")
_DURATION = re.compile(r"([0-9]+(?:\.[0-9]+)?)\s*([a-z]+)")
_SECONDS = {
    **dict.fromkeys(("s", "sec", "second", "seconds"), 1),
    **dict.fromkeys(("min", "mins", "minute", "minutes"), 60),
    **dict.fromkeys(("h", "hr", "hrs", "hour", "hours"), 3600),
    **dict.fromkeys(("d", "day", "days"), 86400),
}


def said(sentence: str) -> PydanticCustomError:
    """An error in our own words."""
    return PydanticCustomError("said", "{sentence}", {"sentence": sentence})


def said_at(sentence: str, *at: str | int) -> PydanticCustomError:
    """As `said`, of something inside of what is read."""
    return PydanticCustomError("said", "{sentence}", {"sentence": sentence, "at": at})


def is_nothing(value: object) -> bool:
    """Whether a key stands without a value, as in `channels:`."""
    return isinstance(value, Plain) and value in _NOTHING


def read_as(value: Plain) -> str | None:
    """What YAML 1.1 or 1.2 takes an unquoted scalar for, where that is no text.

    >>> read_as(Plain("NO")), read_as(Plain("18:00")), read_as(Plain("Oslo"))
    ('false', 'a number of base 60', None)
    """
    return next((kind for pattern, kind in _TRAPS if pattern.fullmatch(value)), None)


def text(value: Any) -> str:
    """A text; what YAML takes for something else must be in quotes."""
    if isinstance(value, Plain):
        if value in _NOTHING:
            raise said("has no value")
        kind = read_as(value)
        if kind is not None:
            raise said(f"{value[:60]} unquoted is {kind} to YAML: write it in quotes, {quoted(value)}")
    if not isinstance(value, str):
        raise said("must be a text")
    return str(value)


def filled_text(value: Any) -> str:
    """A text that says something."""
    read = text(value)
    if not read.strip():
        raise said("is empty")
    return read


def identifier(value: Any) -> str:
    """An id: letters and digits of any script, with `-`, `_` and `.` inside."""
    read = text(value)
    if len(read) > 100 or not _ID.fullmatch(read):
        raise said(
            f"{quoted(read)} is no id: letters and digits, then also `-`, `_` and `.`, no spaces, such as big-fish"
        )
    return read


def file_path(value: Any) -> str:
    """A path as written; relative ones are relative to the file that names them."""
    read = filled_text(value)
    if not read.isprintable():
        raise said(f"{quoted(read)} is no path")
    return read


def number(value: Any) -> Decimal:
    """An exact number, read by its text."""
    if not isinstance(value, Plain):
        hint = ": write it without quotes" if isinstance(value, str) and _NUMBER.fullmatch(value.strip()) else ""
        raise said(f"must be a number{hint}")
    if _OCTAL.fullmatch(value):
        raise said(f"{value[:60]} may be octal to YAML: write it without the leading zero")
    if not _NUMBER.fullmatch(value):
        raise said(f"must be a number: digits and a point, such as 2500 or 0.5, not {quoted(value)}")
    try:
        read = Decimal(value)
    except InvalidOperation:
        raise said(f"{quoted(value)} is too large a number") from None
    exponent = read.as_tuple().exponent
    assert isinstance(exponent, int)
    if read.adjusted() >= _MAX_DIGITS or exponent < -_MAX_DIGITS:
        raise said(f"{quoted(value)} has too many digits: at most {_MAX_DIGITS} before and after the point")
    return read


def within(least: Decimal | int | None, most: Decimal | int | None = None) -> BeforeValidator:
    """A number between two bounds, both included."""

    def read(value: Any) -> Decimal:
        return _bounded(number(value), least, most)

    return BeforeValidator(read)


def whole(least: int, most: int) -> BeforeValidator:
    """A whole number between two bounds, both included."""

    def read(value: Any) -> int:
        exact = number(value)
        if exact != exact.to_integral_value():
            raise said(f"must be a whole number, not {quoted(str(value))}")
        return int(_bounded(exact, least, most))

    return BeforeValidator(read)


def _bounded(exact: Decimal, least: Decimal | int | None, most: Decimal | int | None) -> Decimal:
    if least is not None and exact < least:
        raise said(f"must be at least {least}, not {exact}")
    if most is not None and exact > most:
        raise said(f"must be at most {most}, not {exact}")
    return exact


def flag(value: Any) -> bool:
    """`true` or `false`."""
    if isinstance(value, Plain):
        if value.lower() == "true":
            return True
        if value.lower() == "false":
            return False
    shown = f", not {quoted(value)}" if isinstance(value, str) else ""
    raise said(f"must be true or false{shown}")


def duration(least: float = 0, most: float = 366 * 86400) -> BeforeValidator:
    """Seconds: a plain number of them, or a text such as `45 s`, `15 min`, `1 h 30 min`, `2 days`."""

    def read(value: Any) -> float:
        seconds = _seconds(value)
        if not least <= seconds <= most:
            raise said(f"must be from {_spoken(least)} to {_spoken(most)}, not {quoted(str(value))}")
        return seconds

    return BeforeValidator(read)


def _seconds(value: Any) -> float:
    if isinstance(value, Plain) and _NUMBER.fullmatch(value):
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


def word_of(kind: type[Enum] | Iterable[str], later: Mapping[str, str] | None = None) -> BeforeValidator:
    """One word of a closed list; `later` has words that this version refuses, each with the sentence to say."""
    words: dict[str, Any]
    if isinstance(kind, type):
        words = {str(member.value): member for member in kind}
    else:
        words = {each: each for each in kind}
    refused = later or {}
    offered = tuple(each for each in words if each not in refused)

    def read(value: Any) -> Any:
        if not isinstance(value, str):
            raise said(f"must be a word{nearest_or_all('', offered)}")
        if is_nothing(value):
            raise said(f"has no value{nearest_or_all('', offered)}")
        if value in refused:
            raise said(refused[value])
        if value not in words:
            raise said(f"{quoted(value)} is unknown{nearest_or_all(value, offered)}")
        return words[value]

    return BeforeValidator(read)


def _listed(value: Any) -> Any:
    if not isinstance(value, list):
        raise said("must be a list, such as [one, two]")
    return value


def filled_list(value: Any) -> Any:
    """A list with something in it."""
    if not _listed(value):
        raise said("needs at least one")
    return value


Text = Annotated[str, BeforeValidator(text)]
FilledText = Annotated[str, BeforeValidator(filled_text)]
Id = Annotated[str, BeforeValidator(identifier)]
FilePath = Annotated[str, BeforeValidator(file_path)]
Number = Annotated[Decimal, BeforeValidator(number)]
Flag = Annotated[bool, BeforeValidator(flag)]
DayTime = Annotated[time, BeforeValidator(day_time)]
Window = Annotated[tuple[DayTime, DayTime], BeforeValidator(_pair), AfterValidator(_lasting)]
"""Half-open local times of day; a window may run over midnight."""
Unread = Annotated[list[Any], BeforeValidator(_listed)]
"""A list whose items are read one by one, so that one that doesn't fit leaves the others standing."""
LocalDate = Annotated[date, BeforeValidator(local_date)]
Instant = Annotated[datetime, BeforeValidator(instant)]
