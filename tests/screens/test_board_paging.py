"""Pages: everybody is shown, nobody for less than six seconds."""

from __future__ import annotations

import math

from hypothesis import given
from hypothesis import strategies as st
from screen_views import moment

from kiosk.screens.paging import SHORTEST_S, page_at


def test_one_page_stays() -> None:
    page = page_at(8, 8, moment(3, duration_s=20))
    assert (page.first, page.last, page.count, page.next_s) == (0, 8, 1, None)


def test_pages_share_the_showing_evenly() -> None:
    seen = [(page_at(20, 8, moment(t, duration_s=21)).index, page_at(20, 8, moment(t, duration_s=21)).next_s)
            for t in (0, 6.5, 7, 14, 20.9, 30)]  # fmt: skip
    assert seen == [(0, 7), (0, 0.5), (1, 7), (2, None), (2, None), (2, None)]


def test_a_short_showing_goes_on_at_the_next_visit() -> None:
    shown = [page_at(40, 8, moment(t, duration_s=13, visit=visit)).index for visit in range(3) for t in (0, 12)]
    assert shown == [0, 1, 2, 3, 4, 0]


def test_a_showing_without_an_end_turns_for_ever() -> None:
    for duration_s in (0.0, math.inf):
        seen = [page_at(16, 8, moment(t, duration_s=duration_s)).index for t in (0, 11.9, 12.1, 24.1)]
        assert seen == [0, 0, 1, 0]


@given(st.integers(1, 200), st.integers(1, 12), st.floats(1, 600))
def test_everybody_is_shown_in_the_end(rows: int, per_page: int, duration_s: float) -> None:
    shown: set[int] = set()
    for visit in range(rows + 1):
        t: float | None = 0.0
        while t is not None:
            page = page_at(rows, per_page, moment(t, duration_s=duration_s, visit=visit))
            shown |= set(range(page.first, page.last))
            t = None if page.next_s is None else t + page.next_s + 1e-6
    assert shown == set(range(rows))


@given(st.integers(0, 200), st.integers(1, 12), st.floats(0, 900), st.floats(6, 600), st.integers(0, 50))
def test_no_page_turns_before_it_could_be_read(
    rows: int, per_page: int, t: float, duration_s: float, visit: int
) -> None:
    page = page_at(rows, per_page, moment(t, duration_s=duration_s, visit=visit))
    assert 0 <= page.first <= page.last <= max(rows, 0)
    assert page.age_s >= 0
    if page.next_s is not None:
        assert page.age_s + page.next_s >= SHORTEST_S - 1e-6
