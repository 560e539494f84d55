from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from kiosk.domain.bests import Bests

DATES = st.dates(date(2024, 1, 1), date(2024, 1, 12))


@given(st.lists(st.tuples(DATES, st.none() | st.integers(-9, 9)), max_size=40), DATES)
def test_before_is_the_largest_value_of_all_earlier_periods(
    changes: list[tuple[date, int | None]], asked: date
) -> None:
    bests, plain = Bests(), dict[date, int]()
    for start, value in changes:
        if value is None:
            bests.drop(start)
            plain.pop(start, None)
        else:
            bests.put(start, value)
            plain[start] = value
        assert bests.before(asked) == max((best for at, best in plain.items() if at < asked), default=None)
