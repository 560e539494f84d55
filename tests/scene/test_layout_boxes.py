"""Box arithmetic and easing."""

from __future__ import annotations

import doctest
import itertools
from collections.abc import Callable
from types import ModuleType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.scene import colour, ease, layout
from kiosk.scene.ease import back, clamp, ease_out_cubic, lerp, progress
from kiosk.scene.layout import CANVAS, at_left, centred, columns, grown, room_for, rows, square
from kiosk.scene.shapes import Align, Box

boxes = st.builds(Box, st.integers(0, 900), st.integers(0, 500), st.integers(200, 1000), st.integers(200, 500))


@given(boxes, st.integers(1, 12), st.integers(0, 10))
def test_rows_fill_the_box_without_overlapping(box: Box, count: int, gap: int) -> None:
    made = rows(box, count, gap)
    assert made[0].y == box.y
    assert made[-1].y + made[-1].h == pytest.approx(box.y + box.h)
    for above, below in itertools.pairwise(made):
        assert below.y - (above.y + above.h) == pytest.approx(gap)


def test_rows_of_a_given_height_begin_at_the_top() -> None:
    assert rows(Box(5, 10, 100, 400), 2, 4, height=20) == (Box(5, 10, 100, 20), Box(5, 34, 100, 20))


def test_no_rows_are_none() -> None:
    assert rows(CANVAS, 0) == ()


@given(boxes, st.lists(st.one_of(st.none(), st.integers(0, 20)), min_size=1, max_size=6), st.integers(0, 10))
def test_columns_keep_fixed_widths_and_share_the_rest(box: Box, widths: list[int | None], gap: int) -> None:
    made = columns(box, widths, gap)
    assert [b.w for b, w in zip(made, widths, strict=True) if w is not None] == [w for w in widths if w is not None]
    assert len({round(b.w, 6) for b, w in zip(made, widths, strict=True) if w is None}) <= 1
    if None in widths:
        assert made[-1].x + made[-1].w == pytest.approx(box.x + box.w)


def test_boxes_around_a_point_or_in_the_middle() -> None:
    assert square(10, 20, 5) == Box(5, 15, 10, 10)
    assert centred(Box(0, 0, 100, 50), 20, 10) == Box(40, 20, 20, 10)
    assert grown(Box(10, 10, 10, 10), 2) == Box(8, 8, 14, 14)


@pytest.mark.parametrize("text", ["illicit", "Moses Frase", "WWW", "李小龍", "$1,234,567"])
def test_a_pill_has_room_for_its_text_at_any_size(text: str) -> None:
    assert room_for(text, 60) == pytest.approx(2 * room_for(text, 30))
    assert room_for(text + "!", 30) > room_for(text, 30)


@pytest.mark.parametrize(
    ("text", "align"),
    [("Anna", Align.START), ("محمد", Align.END), ("12 דנה", Align.END), ("123", Align.START), ("", Align.START)],
)
def test_a_text_stands_at_the_left_whichever_way_it_is_read(text: str, align: Align) -> None:
    assert at_left(text) is align


@given(st.floats(-1e6, 1e6), st.floats(-1e3, 1e3), st.floats(0, 1e3))
def test_progress_stays_between_begun_and_arrived(t: float, start: float, length: float) -> None:
    assert 0 <= progress(t, start, length) <= 1
    assert progress(start + length + 1, start, length) == 1
    assert progress(start - 1, start, length) == 0


@pytest.mark.parametrize("motion", [ease_out_cubic, back])
def test_motions_begin_and_arrive_exactly(motion: Callable[[float], float]) -> None:
    assert motion(0) == pytest.approx(0)
    assert motion(1) == 1


def test_things_that_pop_overshoot_a_little() -> None:
    assert 1.05 < max(back(i / 100) for i in range(101)) < 1.15


def test_the_plain_ways_between() -> None:
    assert lerp(10, 20, 0.25) == 12.5
    assert (clamp(2), clamp(-1), clamp(7, 0, 10)) == (1, 0, 7)


@pytest.mark.parametrize("module", [colour, ease, layout])
def test_the_examples_in_the_docstrings_hold(module: ModuleType) -> None:
    found = doctest.testmod(module)
    assert found.attempted > 0
    assert found.failed == 0
