"""Numbers, periods and names as people write them, in the organisation's locale and currency.

Nothing here raises on what a rules file or a record can hold: an unknown locale reads as en_US, an unknown currency
is printed by its code. Values are exact until here; halves are rounded away from zero.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from copy import copy
from datetime import date, timedelta
from decimal import MAX_EMAX, MIN_EMIN, ROUND_HALF_UP, Context, Decimal
from fractions import Fraction
from functools import lru_cache

from babel import Locale, UnknownLocaleError
from babel.dates import format_interval, format_skeleton
from babel.numbers import (
    NumberPattern,
    format_decimal,
    format_percent,
    get_currency_precision,
)

from kiosk.domain.metric import Format
from kiosk.domain.organisation import Organisation
from kiosk.domain.rules import Unit
from kiosk.domain.unlock import Number

COLOURS = 12
"""How many colours of people a theme has."""

_HUGE = 10**15
_ROUNDING = Context(prec=60, rounding=ROUND_HALF_UP, Emin=MIN_EMIN, Emax=MAX_EMAX)
_NBSP = "\u00a0"
_CODE_BESIDE_DIGIT = re.compile(r"(?<=[^\W\d_])(?=\d)|(?<=\d)(?=[^\W\d_])")
_SKELETONS = {Unit.DAY: "yMMMEd", Unit.MONTH: "yMMMM", Unit.QUARTER: "yQQQ", Unit.YEAR: "y", Unit.CUSTOM: "yMMMd"}
_ENGLISH_ORDINALS = {"one": "st", "two": "nd", "few": "rd", "other": "th"}
_ZWJ, _VIRAMA_CLASS = "\u200d", 9


def value_text(value: Number | None, format: Format, organisation: Organisation, unit: str = "") -> str:  # noqa: A002
    """A metric's value as people write it; empty for None.

    Currency has its minor unit's digits, or none where the amount is whole; numbers have at most two decimals and
    `unit` behind them; a percentage is 85 for 85 %; a duration is in seconds and printed as hours and minutes.
    """
    if value is None:
        return ""
    match format:
        case Format.CURRENCY:
            return _currency_text(value, organisation)
        case Format.PERCENT:
            return percent_text(value, organisation)
        case Format.DURATION:
            return _duration_text(value, organisation)
        case Format.NUMBER:
            number = _number_text(value, organisation)
            return f"{number}{_NBSP}{unit}" if unit else number


def percent_text(value: Number, organisation: Organisation) -> str:
    """A percentage (85 for 85 %) with at most one decimal, such as `85.3%`."""
    rounded = _rounded(value, 1)
    locale = _locale(organisation.locale)
    if rounded is None:
        return f"{_number_text(value, organisation)}{_NBSP}%"
    return format_percent(rounded / 100, locale=locale, decimal_quantization=False)


def points_text(points: int, organisation: Organisation) -> str:
    """What an unlock is worth, such as `50 points` or `50 XP`; empty for none and where points are off."""
    if not points or organisation.points == "off":
        return ""
    number = _number_text(points, organisation)
    word = "XP" if organisation.points == "xp" else "point" if points == 1 else "points"
    return f"{number}{_NBSP}{word}"


def rank_text(rank: int | None, organisation: Organisation) -> str:
    """A rank in a sentence: `1st` in English, the number elsewhere; empty for None."""
    if rank is None:
        return ""
    locale = _locale(organisation.locale)
    number = _number_text(rank, organisation)
    return number + _ENGLISH_ORDINALS[locale.ordinal_form(rank)] if locale.language == "en" else number


def period_text(unit: Unit, start: date, organisation: Organisation, end: date | None = None) -> str:
    """The period of `unit` that starts on `start`, such as `27 Feb – 5 Mar 2017`, `March 2017` or `Q1 2017`.

    `end` (exclusive) is needed for custom periods only; without one a custom period is named by its first day.
    """
    if unit is Unit.ALL_TIME:
        return "All time"
    locale = _locale(organisation.locale)
    if unit is Unit.WEEK:
        end = start + timedelta(days=7)
    if end is not None and unit in (Unit.WEEK, Unit.CUSTOM) and end - start > timedelta(days=1):
        return format_interval(start, end - timedelta(days=1), "yMMMd", locale=locale)
    return format_skeleton(_SKELETONS.get(unit, "yMMMd"), start, locale=locale)


def age_text(seconds: float) -> str:
    """How old the numbers are: `under 1 min old`, `42 min old`, `3 h old` or `2 days old`, rounded down."""
    minutes = int(seconds // 60)
    if minutes < 1:
        return "under 1 min old"
    if minutes < 60:
        return f"{minutes} min old"
    if minutes < 48 * 60:
        return f"{minutes // 60} h old"
    return f"{minutes // (24 * 60)} days old"


def initials(name: str) -> str:
    """One or two letters for a person without a photo, from the first and the last word; `?` where there are none.

    A letter keeps its marks. Letters of right-to-left scripts would join, so these names give one.

    >>> initials("José Núñez"), initials("Ольга"), initials("mei-mei van der johns"), initials("王小明")
    ('JN', 'О', 'MJ', '王')
    """
    words = unicodedata.normalize("NFC", name[:200]).split()
    letters = [letter for letter in map(_first_letter, words) if letter]
    if not letters:
        return "?"
    joins = any(unicodedata.bidirectional(letter[0]) in ("R", "AL") for letter in letters)
    return letters[0] if len(letters) == 1 or joins else letters[0] + letters[-1]


def colour_of(subject: str) -> int:
    """A subject's colour, an index from 0 to `COLOURS` - 1, the same on every screen and at every start."""
    return int.from_bytes(hashlib.sha256(subject.encode()).digest()[:4]) % COLOURS


def _first_letter(word: str) -> str:
    """The word's first letter or digit with the marks that belong to it, in upper case where that is one letter."""
    start = next((i for i, c in enumerate(word) if c.isalnum()), None)
    if start is None:
        return ""
    end = start + 1
    while end < len(word):
        joined = unicodedata.combining(word[end - 1]) == _VIRAMA_CLASS or word[end - 1] == _ZWJ
        if not (joined or word[end] == _ZWJ or unicodedata.category(word[end]).startswith("M")):
            break
        end += 1
    letter = word[start:end]
    upper = letter.upper()
    return upper if len(upper) == len(letter) else letter


def _currency_text(value: Number, organisation: Organisation) -> str:
    currency, locale = organisation.currency, _locale(organisation.locale)
    digits = get_currency_precision(currency)
    rounded = _rounded(value, digits)
    if rounded is None:
        return f"{currency}{_NBSP}{_number_text(value, organisation)}".strip()
    if rounded == rounded.to_integral_value():
        digits = 0
    text = _money_pattern(locale, digits).apply(rounded, locale, currency=currency, currency_digits=False)
    return _CODE_BESIDE_DIGIT.sub(_NBSP, text).strip()


def _duration_text(value: Number, organisation: Organisation) -> str:
    seconds = _rounded(value, 0)
    if seconds is None:
        return _number_text(value, organisation)
    minutes = (abs(int(seconds)) + 30) // 60
    sign = "-" if seconds < 0 and minutes else ""
    return f"{sign}{minutes // 60}:{minutes % 60:02}"


def _number_text(value: Number, organisation: Organisation) -> str:
    locale, rounded = _locale(organisation.locale), _rounded(value, 2)
    if rounded is None:
        return _huge_text(value, locale)
    return format_decimal(rounded, locale=locale, decimal_quantization=False)


def _huge_text(value: Number, locale: Locale) -> str:
    """Powers of ten: nobody reads sixteen digits, and none of them may fill the screen."""
    exact = value if isinstance(value, Decimal) else Decimal(int(value))
    mantissa, exponent = f"{exact:.2e}".split("e")
    return f"{format_decimal(Decimal(mantissa).normalize(), locale=locale)}E{int(exponent)}"


def _rounded(value: Number, digits: int) -> Decimal | None:
    """The value with at most `digits` decimals and no zeros behind the last one; None where it is huge."""
    if not -_HUGE < value < _HUGE:
        return None
    if isinstance(value, Fraction):
        scaled = abs(value) * 10**digits
        whole = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
        rounded = Decimal(whole if value >= 0 else -whole).scaleb(-digits, _ROUNDING)
    else:
        rounded = Decimal(value).quantize(Decimal(1).scaleb(-digits), context=_ROUNDING)
    return rounded or Decimal(0)


@lru_cache(maxsize=64)
def _locale(identifier: str) -> Locale:
    try:
        return Locale.parse(identifier.replace("-", "_"))
    except (UnknownLocaleError, ValueError):
        return Locale("en", "US")


@lru_cache(maxsize=64)
def _money_pattern(locale: Locale, digits: int) -> NumberPattern:
    """The locale's currency pattern with exactly `digits` decimals."""
    pattern: NumberPattern = copy(locale.currency_formats["standard"])
    pattern.frac_prec = (digits, digits)
    return pattern
