from __future__ import annotations

from decimal import Decimal, Inexact
from fractions import Fraction

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kiosk.domain.number import EXACT, lower_bound, parse_number


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("0", "0"),
        ("5", "5"),
        ("+5", "5"),
        ("-5.25", "-5.25"),
        (".5", "0.5"),
        ("5.", "5"),
        ("1e3", "1000"),
        ("1E-2", "0.01"),
        ("  42\t", "42"),
        ("000000000000000000000000000000000000000000000000001", "1"),
        ("-0.0", "0"),
        ("1e40", "1e40"),
        ("1e-40", "1e-40"),
        ("0e999999999", "0"),
        ("9" * 40, "9" * 40),
    ],
)
def test_a_number_is_sign_digits_point_and_exponent(text: str, number: str) -> None:
    assert parse_number(text) == Decimal(number)


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "abc",
        "NaN",
        "Infinity",
        "1_000",
        "1,000",
        "1 000",
        "$5",
        "5%",
        "--5",
        "0x10",
        "1e",
        "e5",
        ".",
        "+",
        "1.2.3",
        "٣",
        "５",
        "\N{MINUS SIGN}5",
        "5\N{NO-BREAK SPACE}",
        "1e5.5",
    ],
)
def test_nothing_else_is_a_number(text: str) -> None:
    assert parse_number(text) is None


@pytest.mark.parametrize("text", ["1e41", "1e-41", "9" * 41, "1e999999999", "1e9999999999", "9" * 4000])
def test_a_number_beyond_all_bounds_is_no_number(text: str) -> None:
    assert parse_number(text) is None


def test_the_largest_and_the_smallest_number_add_up_exactly() -> None:
    large, small = parse_number("9e40"), parse_number("1e-40")
    assert large is not None
    assert small is not None
    assert EXACT.subtract(EXACT.add(large, small), large) == small


def test_a_sum_that_could_not_be_exact_raises() -> None:
    with pytest.raises(Inexact):
        EXACT.add(Decimal("1e200"), Decimal(1))


NUMBERS = st.fractions() | st.integers() | st.decimals(allow_nan=False, allow_infinity=False, places=6)
NEAR_A_THIRD = st.sampled_from([Fraction(1, 3), *(Decimal("0." + "3" * digits) for digits in range(10, 16))])


@given(NUMBERS | NEAR_A_THIRD)
def test_a_lower_bound_is_never_above_and_close_below(number: Fraction | int | Decimal) -> None:
    bound = Fraction(lower_bound(number))
    assert bound <= Fraction(number) < bound + Fraction(1, 10**11)


@given(NUMBERS | NEAR_A_THIRD, NUMBERS | NEAR_A_THIRD)
@example(Decimal("0.33333333333333"), Fraction(1, 3))
def test_lower_bounds_stand_in_the_order_of_their_numbers(
    one: Fraction | int | Decimal, other: Fraction | int | Decimal
) -> None:
    if Fraction(one) <= Fraction(other):
        assert lower_bound(one) <= lower_bound(other)
