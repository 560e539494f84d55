import unicodedata
from datetime import date
from decimal import Decimal
from fractions import Fraction
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.domain.metric import Format
from kiosk.domain.organisation import Organisation
from kiosk.domain.rules import Unit
from kiosk.domain.unlock import Number
from kiosk.show.wording import (
    COLOURS,
    age_text,
    colour_of,
    initials,
    percent_text,
    period_text,
    points_text,
    rank_text,
    value_text,
)

D = Decimal


def organisation(locale: str = "en_US", currency: str = "USD", points: str = "points") -> Organisation:
    return Organisation("Acme", ZoneInfo("UTC"), currency=currency, locale=locale, points=points)


@pytest.mark.parametrize(
    ("value", "locale", "currency", "text"),
    [
        (D(21300), "en_US", "USD", "$21,300"),
        (D("21300.00"), "en_US", "USD", "$21,300"),
        (D("21300.5"), "en_US", "USD", "$21,300.50"),
        (D("-0.001"), "en_US", "USD", "$0"),
        (D("-7.25"), "en_US", "USD", "-$7.25"),
        (Fraction(1, 3), "en_US", "USD", "$0.33"),
        (Fraction(-1, 200), "en_US", "USD", "-$0.01"),
        (D("0.005"), "en_US", "USD", "$0.01"),
        (D("21300.5"), "de_DE", "EUR", "21.300,50\u00a0€"),
        (D("21300.5"), "de-DE", "EUR", "21.300,50\u00a0€"),
        (D("21300.5"), "ja_JP", "JPY", "￥21,301"),
        (D("1.2345"), "en_GB", "KWD", "KWD\u00a01.235"),
        (D(1234567), "hi_IN", "INR", "₹12,34,567"),
    ],
)
def test_money_has_its_minor_unit_or_none_when_whole(value: Number, locale: str, currency: str, text: str) -> None:
    assert value_text(value, Format.CURRENCY, organisation(locale, currency)) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (1234567, "1,234,567\u00a0calls"),
        (D("2.50"), "2.5\u00a0calls"),
        (Fraction(2, 3), "0.67\u00a0calls"),
        (D("1E+2"), "100\u00a0calls"),
        (10**15, "1E15\u00a0calls"),
        (D("-1.239E+1000000"), "-1.24E1000000\u00a0calls"),
        (D("1E-1000000"), "0\u00a0calls"),
        (None, ""),
    ],
)
def test_numbers_have_at_most_two_decimals_and_huge_ones_are_powers(value: Number | None, text: str) -> None:
    assert value_text(value, Format.NUMBER, organisation(), "calls") == text


@pytest.mark.parametrize(
    ("value", "locale", "text"),
    [(100, "en_US", "100%"), (Fraction(256, 3), "en_US", "85.3%"), (D("85.25"), "de_DE", "85,3\u00a0%")],
)
def test_percentages_have_at_most_one_decimal(value: Number, locale: str, text: str) -> None:
    assert percent_text(value, organisation(locale)) == text
    assert value_text(value, Format.PERCENT, organisation(locale)) == text


@pytest.mark.parametrize(
    ("seconds", "text"), [(0, "0:00"), (65, "0:01"), (5400, "1:30"), (-5400, "-1:30"), (D("359999.5"), "100:00")]
)
def test_durations_are_hours_and_minutes(seconds: Number, text: str) -> None:
    assert value_text(seconds, Format.DURATION, organisation()) == text


@pytest.mark.parametrize("locale", ["", "xx", "nonsense", "../../etc", "e" * 3000])
def test_an_unknown_locale_reads_as_american_english(locale: str) -> None:
    assert value_text(D("1234.5"), Format.CURRENCY, organisation(locale)) == "$1,234.50"


def test_an_unknown_currency_is_printed_as_it_was_written() -> None:
    assert value_text(5, Format.CURRENCY, organisation(currency="BEANS")) == "BEANS\u00a05"
    assert value_text(5, Format.CURRENCY, organisation(currency="")) == "5"


@given(
    st.one_of(st.integers(), st.decimals(allow_nan=False, allow_infinity=False), st.fractions()),
    st.sampled_from(Format),
    st.sampled_from(["en_US", "de_DE", "fr_FR", "ar_EG", "hi_IN", "ja_JP", "ru_RU", "bogus"]),
    st.sampled_from(["USD", "JPY", "KWD", "NOPE"]),
)
@settings(max_examples=150)
def test_every_value_has_a_short_text(value: Number, style: Format, locale: str, currency: str) -> None:
    assert 0 < len(value_text(value, style, organisation(locale, currency))) < 40


@pytest.mark.parametrize(
    ("unit", "start", "locale", "text"),
    [
        (Unit.DAY, date(2017, 2, 27), "en_GB", "Mon, 27 Feb 2017"),
        (Unit.WEEK, date(2017, 2, 27), "en_GB", "27 Feb – 5 Mar 2017"),
        (Unit.WEEK, date(2016, 12, 26), "en_US", "Dec 26, 2016 – Jan 1, 2017"),
        (Unit.MONTH, date(2017, 3, 1), "en_US", "March 2017"),
        (Unit.MONTH, date(2017, 3, 1), "de_DE", "März 2017"),
        (Unit.QUARTER, date(2017, 1, 1), "en_US", "Q1 2017"),
        (Unit.YEAR, date(2017, 1, 1), "en_US", "2017"),
        (Unit.ALL_TIME, date.min, "en_US", "All time"),
        (Unit.CUSTOM, date(2017, 3, 10), "en_US", "Mar 10, 2017"),
    ],
)
def test_periods_are_named_without_regard_to_today(unit: Unit, start: date, locale: str, text: str) -> None:
    # Which spaces stand beside a dash differs between versions of the locale data.
    assert unicodedata.normalize("NFKC", period_text(unit, start, organisation(locale))) == text


def test_a_custom_period_is_named_by_its_first_and_last_day() -> None:
    named = period_text(Unit.CUSTOM, date(2017, 3, 10), organisation("en_GB"), date(2017, 3, 20))
    assert unicodedata.normalize("NFKC", named) == "10–19 Mar 2017"


def test_ranks_are_ordinals_in_english_and_numbers_elsewhere() -> None:
    english = [rank_text(rank, organisation()) for rank in (1, 2, 3, 4, 11, 12, 13, 21, 102, None)]
    assert english == ["1st", "2nd", "3rd", "4th", "11th", "12th", "13th", "21st", "102nd", ""]
    assert rank_text(1, organisation("de_DE")) == "1"


def test_points_have_their_word_or_are_hidden() -> None:
    assert points_text(1, organisation()) == "1\u00a0point"
    assert points_text(1500, organisation()) == "1,500\u00a0points"
    assert points_text(50, organisation(points="xp")) == "50\u00a0XP"
    assert points_text(50, organisation(points="off")) == ""
    assert points_text(0, organisation()) == ""


def test_ages_are_rounded_down() -> None:
    ages = [age_text(s) for s in (0, 59.9, 60, 42 * 60 + 59, 3 * 3600, 47.9 * 3600, 48 * 3600)]
    assert ages == [
        "under 1 min old", "under 1 min old", "1 min old", "42 min old", "3 h old", "47 h old", "2 days old",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("José Núñez", "JN"),
        ("Jose\u0301 Nu\u0301n\u0303ez", "JN"),
        ("e\u0301ric", "É"),
        ("Ольга", "О"),
        ("Mei Lin", "ML"),
        ("Anna Maria de la Cruz", "AC"),
        ("Łukasz Żak", "ŁŻ"),
        ("(Bob) o'neil", "BO"),
        ("ßeta", "ß"),
        ("王小明", "王"),
        ("김 민수", "김민"),
        ("प्रिया", "प्रि"),
        ("محمد علي", "م"),
        ("🚀 Max", "M"),
        ("b\u0323\u0307ob", "Ḅ\u0307"),
        ("", "?"),
        ("🔥 …", "?"),
    ],
)
def test_initials_are_whole_letters_of_the_first_and_last_word(name: str, letters: str) -> None:
    assert initials(name) == letters


@given(st.text(max_size=60))
@settings(max_examples=200)
def test_initials_of_anything_begin_with_a_letter_and_never_with_a_loose_mark(name: str) -> None:
    text = initials(name)
    assert text == "?" or text[0].isalnum()


def test_initials_of_an_endless_name_are_still_two_letters() -> None:
    assert initials("Ann " + "B" * 4000) == "AB"


def test_a_subjects_colour_is_stable_and_the_colours_are_all_used() -> None:
    assert {colour_of(f"player:{n}") for n in range(300)} == set(range(COLOURS))
    assert colour_of("player:jose-nunez") == 2
