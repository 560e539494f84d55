"""Numbers as cells write them, and arithmetic that never rounds (docs/rules.md, section 3)."""

from __future__ import annotations

import re
from decimal import Clamped, Context, Decimal, DivisionByZero, Inexact, InvalidOperation, Overflow, Rounded
from fractions import Fraction
from functools import lru_cache

from kiosk.domain.unlock import Number

MOST_DIGITS = 40
"""Significant digits that a number may have."""

REACH = 40
"""Digits stand between 10**REACH and 10**-REACH, so that sums of 10**30 numbers fit `EXACT`."""

GUARD_DIGITS = 12
"""Decimals of a bound."""

EXACT = Context(
    prec=128,
    traps=[Inexact, Rounded, Clamped, Overflow, InvalidOperation, DivisionByZero],
)
"""Adds numbers without rounding: what could not be exact raises instead. Independent of the thread's own context."""

_NUMBER = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]{1,9})?")


@lru_cache(maxsize=65536)
def parse_number(text: str) -> Decimal | None:
    """The exact number in a cell, None if it is none or beyond `MOST_DIGITS` and `REACH`.

    >>> parse_number(" 1e3 "), parse_number("-.5"), parse_number("1_000"), parse_number("NaN")
    (Decimal('1E+3'), Decimal('-0.5'), None, None)
    """
    trimmed = text.strip(" \t\r\n")
    if not _NUMBER.fullmatch(trimmed):
        return None
    number = Decimal(trimmed)
    if not number:
        return Decimal(0)
    digits = len(number.as_tuple().digits)
    if digits > MOST_DIGITS or _exponent(number) < -REACH or number.adjusted() > REACH:
        return None
    return number


def lower_bound(number: Number) -> Decimal:
    """`number` rounded down to `GUARD_DIGITS` decimals, cheap to compare: what is less is surely less than `number`.

    Of two numbers the larger one never has the lesser bound.
    """
    if isinstance(number, int):
        return Decimal(number)
    if isinstance(number, Decimal) and _exponent(number) >= -GUARD_DIGITS:
        return number
    exact = Fraction(number)
    units = exact.numerator * 10**GUARD_DIGITS // exact.denominator
    return Decimal(units).scaleb(-GUARD_DIGITS, EXACT)


def percent_of(part: Number, whole: Number) -> Fraction:
    """`part` as percent of `whole`, exact; `whole` isn't zero."""
    return Fraction(part) * 100 / Fraction(whole)


def _exponent(number: Decimal) -> int:
    exponent = number.as_tuple().exponent
    assert isinstance(exponent, int)  # only NaN and the infinities have letters there
    return exponent
