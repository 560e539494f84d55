"""Which shapes stay, and how damaged places are joined."""

from __future__ import annotations

import pygame
from hypothesis import given
from hypothesis import strategies as st

from kiosk.canvas.damage import MOST_RECTS, area, kept, merged
from kiosk.scene.shapes import Box, Colour, Rect

SCREEN = pygame.Rect(0, 0, 1920, 1080)


def shapes(names: str) -> list[Rect]:
    return [Rect(Box(0, 0, 1, 1), Colour(ord(name), 0, 0)) for name in names]


def stay(old: str, new: str) -> str:
    pairs = list(kept(shapes(old), shapes(new)))
    assert pairs == sorted(pairs)
    assert all(old[a] == new[b] for a, b in pairs)
    assert len({b for _, b in pairs}) == len(pairs)
    return "".join(old[a] for a, _ in pairs)


def test_one_changed_shape_damages_itself() -> None:
    assert stay("abcd", "abxd") == "abd"


def test_shapes_that_come_and_go_leave_the_others_alone() -> None:
    assert stay("abcd", "abxycd") == "abcd"
    assert stay("abcde", "ace") == "ace"
    assert stay("abcdef", "zbdefy") == "bdef"


def test_a_shape_that_changes_its_place_in_the_order_is_damaged() -> None:
    assert stay("abcde", "bcdeax") == "bcde"


names = st.text("abcdef", max_size=9)


@given(names, names)
def test_what_stays_is_in_the_same_order_in_both(old: str, new: str) -> None:
    stay(old, new)


@given(st.lists(st.builds(pygame.Rect, *[st.integers(-50, 1900)] * 2, *[st.integers(0, 400)] * 2), max_size=60))
def test_joined_places_cover_all_that_were_damaged(rects: list[pygame.Rect]) -> None:
    joined = merged(rects, SCREEN)
    assert len(joined) <= MOST_RECTS
    assert all(SCREEN.contains(rect) for rect in joined)
    for rect in rects:
        inside = rect.clip(SCREEN)
        if inside.w and inside.h:
            assert any(other.contains(inside) for other in joined)


def test_places_far_apart_stay_apart() -> None:
    corners = [pygame.Rect(0, 0, 100, 100), pygame.Rect(1800, 900, 100, 100)]
    assert area(merged(corners, SCREEN)) == 20_000
