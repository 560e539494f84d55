"""Cells and times as sources write them."""

from __future__ import annotations

import doctest
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.feed import cells, page
from kiosk.feed.cells import NumberText, at_path, checked, flattened, with_point
from kiosk.feed.fault import Faults, RowError, excerpt
from kiosk.feed.instant import read_instant
from kiosk.feed.json_text import decoded, item_cells

NEW_YORK = ZoneInfo("America/New_York")
SAO_PAULO = ZoneInfo("America/Sao_Paulo")


def test_examples_in_docstrings_are_true() -> None:
    for module in (cells, page):
        assert doctest.testmod(module).failed == 0


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("12,5", "12.5"),
        ("-1.234.567,89", "-1234567.89"),
        ("1\u202f234,5", "1234.5"),
        ("1.234", "1234"),
        ("1,5e3", "1.5e3"),
        ("Berlin, Mitte", "Berlin, Mitte"),
        ("1,2,3", "1,2,3"),
        ("12.34.56", "12.34.56"),
        ("0176 123 456", "0176 123 456"),
    ],
)
def test_a_decimal_comma_becomes_a_point_in_numbers_only(written: str, read: str) -> None:
    assert with_point(written, ",") == read


def test_a_json_number_has_its_point_already() -> None:
    assert with_point(NumberText("1.500"), ",") == "1.500"


def test_json_numbers_keep_their_text() -> None:
    item = decoded('{"a": 1.50, "b": 1E400, "c": 12345678901234567890123, "d": true, "e": null, "f": NaN}')
    assert item_cells(item, None) == {
        "a": "1.50",
        "b": "1E400",
        "c": "12345678901234567890123",
        "d": "true",
        "e": "",
        "f": "NaN",
    }


def test_a_list_is_no_cell() -> None:
    with pytest.raises(RowError, match="tags is a list"):
        item_cells({"tags": ["a"]}, ("tags",))
    assert flattened({"tags": ["a"], "who": {"name": "Zoe"}}) == {"who.name": "Zoe"}


def test_half_an_emoji_is_shown_as_missing() -> None:
    assert checked(item_cells(decoded(r'{"note": "half \ud83d"}'), ("note",))["note"]) == "half \ufffd"
    assert list(item_cells(decoded(r'{"half \ud83d": "note"}'), None)) == ["half \ufffd"]


def test_json_nested_without_end_is_refused() -> None:
    with pytest.raises(RowError, match="nested too deeply"):
        decoded("[" * 200_000)
    with pytest.raises(RowError, match="nested too deeply"):
        item_cells(decoded('{"a":' * 990 + "1" + "}" * 990), None)


@given(
    st.recursive(
        st.none() | st.booleans() | st.text(max_size=5).map(NumberText),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
    ),
    st.text(max_size=8),
)
@settings(max_examples=100)
def test_a_path_never_raises(item: object, path: str) -> None:
    at_path(item, path)


def test_a_date_alone_is_the_local_days_start() -> None:
    assert read_instant("2017-03-01", NEW_YORK) == (datetime(2017, 3, 1, 5, tzinfo=UTC), True)
    assert read_instant("01.03.2017", NEW_YORK, "%d.%m.%Y") == (datetime(2017, 3, 1, 5, tzinfo=UTC), True)


def test_a_day_whose_midnight_was_skipped_starts_at_the_change() -> None:
    at, _ = read_instant("2017-10-15", SAO_PAULO)
    assert at.astimezone(SAO_PAULO).isoformat() == "2017-10-15T01:00:00-02:00"
    assert (at - timedelta(microseconds=1)).astimezone(SAO_PAULO).day == 14


def test_a_sources_zone_is_for_times_and_dates_stay_the_organisations() -> None:
    tokyo = ZoneInfo("Asia/Tokyo")
    assert read_instant("2017-03-01T09:00", NEW_YORK, None, tokyo)[0] == datetime(2017, 3, 1, tzinfo=UTC)
    assert read_instant("2017-03-01", NEW_YORK, None, tokyo)[0] == datetime(2017, 3, 1, 5, tzinfo=UTC)


def test_a_time_that_exists_twice_is_the_first() -> None:
    assert read_instant("2017-11-05T01:30", NEW_YORK) == (datetime(2017, 11, 5, 5, 30, tzinfo=UTC), False)


def test_an_offset_is_right_whatever_the_zone() -> None:
    assert read_instant("2017-03-01T10:00:00+01:00", NEW_YORK)[0] == datetime(2017, 3, 1, 9, tzinfo=UTC)
    assert read_instant("2017-03-01 10:00:00Z", NEW_YORK)[0] == datetime(2017, 3, 1, 10, tzinfo=UTC)
    assert read_instant("01/03/17 10:00 +0100", NEW_YORK, "%d/%m/%y %H:%M %z")[0] == datetime(2017, 3, 1, 9, tzinfo=UTC)


@pytest.mark.parametrize("text", ["soon", "2017-02-30", "0217-03-01", "9999-12-31T23:59-12:00", "0001-01-01", "1e9"])
def test_a_broken_time_is_a_row_error(text: str) -> None:
    with pytest.raises(RowError, match="the time"):
        read_instant(text, NEW_YORK)


def test_a_time_unlike_its_format_names_the_format() -> None:
    with pytest.raises(RowError, match=r"time_format.*%d\.%m\.%Y"):
        read_instant("2017-03-01", NEW_YORK, "%d.%m.%Y")


@given(st.text(max_size=40) | st.from_regex(r"[0-9]{1,5}-[0-9]{1,2}-[0-9]{1,2}([T ][0-9:.+Z-]{0,18})?", fullmatch=True))
@settings(max_examples=200)
def test_any_text_is_a_time_in_utc_or_a_row_error(text: str) -> None:
    try:
        at, _ = read_instant(text, NEW_YORK)
    except RowError:
        return
    assert at.tzinfo is UTC


def test_faults_are_bounded_and_the_rest_is_counted() -> None:
    faults = Faults()
    for number in range(332):
        faults.add(f"deals.csv:{number}: no")
    assert len(faults.messages()) == 21
    assert faults.messages()[-1] == "… and 312 more"


def test_an_excerpt_stays_short_and_on_one_line() -> None:
    assert len(excerpt("x\n" * 4_000)) < 90
    assert "\n" not in excerpt("x\ny")
