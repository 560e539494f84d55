"""Primitives as drawings: # is white, . black, R, G and B pure colours, a digit tenths of white."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from pathlib import Path

import pygame
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.canvas.brush import Brush
from kiosk.canvas.images import Pictures
from kiosk.canvas.placement import Layer, bounds, footprint, snapped
from kiosk.canvas.text import Typesetter
from kiosk.scene.shapes import (
    Box,
    Colour,
    Disc,
    Gradient,
    Group,
    Particle,
    Particles,
    Picture,
    Polygon,
    Rect,
    Shape,
    Text,
)

Draw = Callable[..., str]
WHITE, RED, BLUE = Colour(255, 255, 255), Colour(255, 0, 0), Colour(0, 0, 255)


def picture(drawing: str) -> str:
    return "\n".join(line.strip() for line in drawing.strip().splitlines())


def test_a_rectangle_fills_its_box(draw: Draw) -> None:
    assert draw([Rect(Box(1, 1, 3, 2), WHITE)], 5, 4) == picture("""
        .....
        .###.
        .###.
        .....
    """)


def test_round_corners_are_smooth_and_the_same_on_all_sides(draw: Draw) -> None:
    assert draw([Rect(Box(0, 0, 9, 8), WHITE, radius=4)], 9, 8) == picture("""
        .169#961.
        19#####91
        6#######6
        9#######9
        9#######9
        6#######6
        19#####91
        .169#961.
    """)


def test_an_outline_leaves_the_inside_free(draw: Draw) -> None:
    assert draw([Rect(Box(0, 0, 6, 5), WHITE, outline=1)], 6, 5) == picture("""
        ######
        #....#
        #....#
        #....#
        ######
    """)


def test_an_outline_follows_round_corners(draw: Draw) -> None:
    assert draw([Rect(Box(0, 0, 9, 9), WHITE, radius=4, outline=2)], 9, 9) == picture("""
        .169#961.
        19#####91
        6#60.06#6
        9#0...0#9
        ##.....##
        9#0...0#9
        6#60.06#6
        19#####91
        .169#961.
    """)


@pytest.mark.parametrize("size", [(9, 8), (9, 9), (12, 5), (5, 12), (3, 3), (1, 1)])
@pytest.mark.parametrize("radius", [0, 2.5, 4, 90])
@pytest.mark.parametrize("outline", [0, 1, 2])
def test_a_see_through_colour_blends_once_everywhere(
    draw: Draw, size: tuple[int, int], radius: float, outline: float
) -> None:
    solid = draw([Rect(Box(0, 0, *size), WHITE, radius, outline)], *size)
    faint = draw([Rect(Box(0, 0, *size), WHITE.alpha(0.5), radius, outline)], *size)
    assert set(faint) <= set(".012345\n"), "twice would be more than half"
    assert all((a == "#") == (b == "5") for a, b in zip(solid, faint, strict=True))


def test_a_disc_is_round(draw: Draw) -> None:
    assert draw([Disc(4, 4, 4, WHITE)], 8, 8) == picture("""
        .169961.
        19####91
        6######6
        9######9
        9######9
        6######6
        19####91
        .169961.
    """)


def test_a_ring_of_odd_width_has_its_middle_once(draw: Draw) -> None:
    assert draw([Disc(3.5, 3.5, 3.5, WHITE, outline=1)], 7, 7) == picture("""
        .38#83.
        382.283
        82...28
        90...09
        82...28
        382.283
        .38#83.
    """)


def test_a_polygon_need_not_be_convex(draw: Draw) -> None:
    arch = Polygon(((0, 0), (9, 0), (9, 7), (6, 7), (6, 3), (3, 3), (3, 7), (0, 7)), WHITE)
    drawn = draw([arch], 9, 7).splitlines()
    assert drawn[:3] == ["#########"] * 3
    assert all(line.startswith("###") and line.endswith("###") and line[4:6] == ".." for line in drawn[4:])


def test_a_later_shape_covers_an_earlier_one(draw: Draw) -> None:
    assert draw([Rect(Box(0, 0, 4, 1), RED), Rect(Box(2, 0, 4, 1), BLUE)], 6, 1) == "RRBBBB"


def test_a_gradient_reaches_both_of_its_colours(draw: Draw) -> None:
    across = Gradient(Colour(0, 0, 0), WHITE, across=True)
    assert draw([Rect(Box(0, 0, 8, 2), across)], 8, 2) == picture("""
        .124578#
        .124578#
    """)
    assert draw([Rect(Box(0, 0, 1, 4), Gradient(WHITE, Colour(0, 0, 0)))], 1, 4) == "#\n6\n3\n."


def test_a_gradient_between_near_colours_has_no_bands(brush: Brush) -> None:
    surface = pygame.Surface((16, 600), 0, 32)
    near = Gradient(Colour(20, 20, 20), Colour(26, 26, 26))
    brush.paint([Rect(Box(0, 0, 16, 600), near)], Layer(surface, 0, 0, 1))
    cells = [{surface.get_at((x, y))[0] for x in range(8) for y in range(top, top + 8)} for top in range(0, 600, 8)]
    assert sum(len(cell) == 2 for cell in cells) > 65, "nearly all 8x8 cells mix two neighbouring values"
    assert [min(cell) for cell in cells] == sorted(min(cell) for cell in cells)


def test_a_group_cuts_what_lies_outside_its_box_and_is_moved(draw: Draw) -> None:
    group = Group(Box(0, 0, 4, 2), (Rect(Box(-2, -2, 9, 9), WHITE),), dx=3, dy=1)
    assert draw([group], 9, 4) == picture("""
        .........
        ...####..
        ...####..
        .........
    """)


def test_a_group_is_scaled_around_the_centre_of_its_box(draw: Draw) -> None:
    group = Group(Box(2, 2, 4, 4), (Rect(Box(2, 2, 4, 4), WHITE),), scale=0.5)
    assert draw([group], 8, 8) == picture("""
        ........
        ........
        ........
        ...##...
        ...##...
        ........
        ........
        ........
    """)


def test_a_scaled_group_keeps_what_fills_only_a_corner_of_its_box_there(draw: Draw) -> None:
    group = Group(Box(0, 0, 8, 8), (Rect(Box(0, 0, 4, 4), WHITE),), scale=0.5)
    assert draw([group], 8, 8) == picture("""
        ........
        ........
        ..##....
        ..##....
        ........
        ........
        ........
        ........
    """)


def test_a_group_fades_as_a_whole(draw: Draw) -> None:
    group = Group(Box(0, 0, 4, 1), (Rect(Box(0, 0, 4, 1), RED), Rect(Box(0, 0, 4, 1), WHITE)), opacity=0.5)
    assert draw([group], 5, 1) == "5555."


def test_groups_stand_within_groups(draw: Draw) -> None:
    inner = Group(Box(0, 0, 2, 1), (Rect(Box(0, 0, 2, 1), WHITE),), dx=1)
    assert draw([Group(Box(0, 0, 4, 1), (inner,), dx=2)], 6, 1) == "...##."


def test_papers_turn_and_tip(draw: Draw) -> None:
    flat, turned, tipped = (Particle(8, 8, 8, angle, tip, WHITE) for angle, tip in ((0, 0), (90, 0), (0, 1)))

    def extent(paper: Particle) -> tuple[int, int]:
        rows = draw([Particles((paper,))], 16, 16).splitlines()
        return max(len(row.strip(".")) for row in rows), sum(row.strip(".") != "" for row in rows)

    wide, high = extent(flat)
    assert wide > high + 2
    assert extent(turned)[1] > extent(turned)[0] + 2
    assert extent(tipped) == (wide, 2)


def test_boxes_that_share_an_edge_leave_no_gap_at_any_scale(brush: Brush) -> None:
    for scale in (0.25, 0.333, 0.667, 0.9, 1.333):
        surface = pygame.Surface((60, 1), 0, 32)
        edges = [0, 3.3, 9.1, 14.7, 22, 30.5]
        cells = [Rect(Box(a, -5, b - a, 20), WHITE) for a, b in itertools.pairwise(edges)]
        brush.paint(cells, Layer(surface, 0, 0, scale))
        width = snapped(Box(0, 0, edges[-1], 1), Layer(surface, 0, 0, scale)).w
        assert all(surface.get_at((x, 0))[0] == (255 if x < width else 0) for x in range(60))


def test_nothing_is_painted_outside_of_the_clip(brush: Brush) -> None:
    surface = pygame.Surface((40, 40), 0, 32)
    surface.set_clip((10, 10, 5, 5))
    everything = Box(-50, -50, 200, 200)
    brush.paint(
        [
            Rect(everything, Colour(255, 0, 0, 90)),
            Rect(Box(30, 30, 9, 9), Colour(0, 255, 0, 90)),
            Rect(everything, Gradient(RED, BLUE), radius=9, outline=20),
            Text(everything, "Hello", 90, WHITE),
            Disc(20, 20, 60, Colour(9, 9, 9, 90)),
        ],
        Layer(surface, 0, 0, 1),
    )
    surface.set_clip(None)
    outside = [(x, y) for x in range(40) for y in range(40) if not (10 <= x < 15 and 10 <= y < 15)]
    assert {tuple(surface.get_at(at))[:3] for at in outside} == {(0, 0, 0)}


def test_a_missing_picture_is_painted_as_nothing(draw: Draw) -> None:
    assert draw([Picture(Box(0, 0, 3, 1), "/nowhere/at-all.png")], 3, 1) == "..."


def test_no_placeholder_shows_through_a_picture(draw: Draw, tmp_path: Path) -> None:
    see_through = pygame.Surface((3, 1), pygame.SRCALPHA, 32)
    pygame.image.save(see_through, tmp_path / "a.png")
    box = Box(0, 0, 3, 1)
    path = str(tmp_path / "a.png")
    assert draw([Rect(box, WHITE), Picture(box, path, ground=BLUE)], 3, 1) == draw([Rect(box, BLUE)], 3, 1)


SHARED = Brush(Typesetter(), Pictures(background=False))
numbers = st.floats(-60, 160, width=32)
sizes = st.floats(0, 90, width=32)
boxes = st.builds(Box, numbers, numbers, sizes, sizes)
opaque = st.just(WHITE)
anything = st.one_of(
    st.builds(Rect, boxes, opaque, sizes, st.sampled_from([0.0, 2.0, 50.0])),
    st.builds(Disc, numbers, numbers, sizes, opaque, st.sampled_from([0.0, 2.0])),
    st.builds(Polygon, st.lists(st.tuples(numbers, numbers), max_size=6).map(tuple), opaque),
    st.builds(
        Text, boxes, st.sampled_from(["Åg", "漢字 word", "🎉🎉", "שלום"]), sizes, opaque, max_lines=st.integers(1, 3)
    ),
    st.builds(
        Particles,
        st.lists(
            st.builds(Particle, numbers, numbers, st.floats(0, 50), numbers, st.floats(0, 1), opaque), max_size=4
        ).map(tuple),
    ),
)
placed = st.one_of(
    anything,
    st.builds(Group, boxes, st.tuples(anything), numbers, numbers, st.floats(0, 3), st.sampled_from([1.0, 0.3])),
)


@given(placed, st.sampled_from([0.37, 1.0, 1.5]))
@settings(max_examples=250, deadline=None)
def test_no_shape_colours_a_pixel_outside_of_its_bounds(shape: Shape, scale: float) -> None:
    surface = pygame.Surface((240, 240), 0, 32)
    layer = Layer(surface, 40, 40, scale)
    SHARED.paint([shape], layer)
    parts = footprint(shape, layer)
    assert all(part.w * part.h == 0 or bounds(shape, layer).contains(part) for part in parts)
    for part in parts:
        surface.fill((0, 0, 0), part)
    assert pygame.mask.from_threshold(surface, (0, 0, 0), (1, 1, 1)).count() == 240 * 240
