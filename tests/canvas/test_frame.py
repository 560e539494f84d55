"""Where the picture lies on a target."""

from __future__ import annotations

import pygame
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.canvas.frame import Frame


def test_the_canvas_is_letterboxed() -> None:
    frame = Frame.fit((1000, 1000))
    assert frame.canvas == (1000, 562)
    assert frame.place == pygame.Rect(0, 219, 1000, 562)


def test_a_tv_that_stands_upright_shows_the_whole_picture_in_a_band() -> None:
    frame = Frame.fit((1920, 1080), rotation=90)
    assert frame.canvas == (1080, 608)
    assert frame.place == pygame.Rect(656, 0, 608, 1080)


def test_overscan_leaves_each_edge_free() -> None:
    frame = Frame.fit((1920, 1080), overscan=5)
    assert frame.place == pygame.Rect(96, 54, 1728, 972)


@pytest.mark.parametrize(("rotation", "corner"), [(0, (0, 0)), (90, (1070, 0)), (180, (1910, 1060)), (270, (0, 1900))])
def test_the_top_left_corner_turns_clockwise(rotation: int, corner: tuple[int, int]) -> None:
    small, target = ((10, 20), (1920, 1080)) if rotation in (0, 180) else ((20, 10), (1080, 1920))
    turned = Frame.fit(target, rotation).turned(pygame.Rect(0, 0, *small))
    assert turned == pygame.Rect(*corner, 10, 20)


def test_other_turns_and_too_much_overscan_are_refused() -> None:
    with pytest.raises(ValueError, match="rotation must be 0, 90, 180 or 270"):
        Frame.fit((10, 10), rotation=45)
    with pytest.raises(ValueError, match="overscan"):
        Frame.fit((10, 10), overscan=50)


@given(st.tuples(st.integers(1, 4000), st.integers(1, 4000)), st.sampled_from([0, 90, 180, 270]), st.floats(0, 20))
def test_the_picture_always_lies_on_the_target(size: tuple[int, int], rotation: int, overscan: float) -> None:
    frame = Frame.fit(size, rotation, overscan)
    assert pygame.Rect(0, 0, *size).contains(frame.place)
    assert frame.turned(pygame.Rect(0, 0, *frame.canvas)) == frame.place
