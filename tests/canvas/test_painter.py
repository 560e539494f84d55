"""What the painter promises: damage changes nothing but the cost."""

from __future__ import annotations

import dataclasses

import pygame
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.canvas.images import Pictures
from kiosk.canvas.painter import Painter
from kiosk.canvas.text import Typesetter
from kiosk.scene.shapes import (
    Box,
    Colour,
    Disc,
    Gradient,
    Group,
    Particle,
    Particles,
    Polygon,
    Rect,
    Scene,
    Shape,
    Text,
)

TEXT = Typesetter()
PICTURES = Pictures(background=False)

colours = st.sampled_from(
    [Colour(255, 0, 0), Colour(0, 120, 255, 130), Colour(240, 240, 240), Colour(20, 200, 90, 40), Colour(9, 9, 9, 0)]
)
places = st.floats(-200, 2100, width=32)
lengths = st.floats(0, 900, width=32)
boxes = st.builds(Box, places, places, lengths, lengths)
fills = st.one_of(colours, st.builds(Gradient, colours, colours, st.booleans()))
papers = st.builds(Particle, places, places, st.floats(4, 40), st.floats(-400, 400), st.floats(0, 1), colours)
simple = st.one_of(
    st.builds(Rect, boxes, fills, st.sampled_from([0.0, 7.5, 40.0, 500.0]), st.sampled_from([0.0, 3.0, 30.0])),
    st.builds(Disc, places, places, st.floats(0, 300), colours, st.sampled_from([0.0, 5.0])),
    st.builds(Polygon, st.lists(st.tuples(places, places), max_size=5).map(tuple), colours),
    st.builds(Text, boxes, st.sampled_from(["Jane", "1,234", "İstanbul 🎉", "two words"]), st.just(60.0), colours),
    st.builds(Particles, st.lists(papers, max_size=6).map(tuple)),
)
shapes = st.recursive(
    simple,
    lambda inner: st.builds(
        Group,
        boxes,
        st.lists(inner, max_size=3).map(tuple),
        places,
        places,
        st.sampled_from([1.0, 1.0, 0.5, 1.3, 0.0]),
        st.sampled_from([1.0, 0.5, 0.0]),
    ),
    max_leaves=4,
)


@st.composite
def films(draw: st.DrawFn) -> list[Scene]:
    """Scenes that follow each other as screens make them: each takes most shapes from the one before."""
    now = draw(st.lists(shapes, max_size=6))
    backdrop = (Rect(Box(0, 0, 1920, 1080), Colour(18, 20, 30)),)
    film = [Scene(backdrop, tuple(now))]
    for _ in range(draw(st.integers(1, 5))):
        now = list(now)
        for _ in range(draw(st.integers(1, 2))):
            match draw(st.sampled_from(["put", "drop", "swap", "replace"])):
                case "put":
                    now.insert(draw(st.integers(0, len(now))), draw(shapes))
                case "drop" if now:
                    now.pop(draw(st.integers(0, len(now) - 1)))
                case "swap" if now:
                    now.append(now.pop(draw(st.integers(0, len(now) - 1))))
                case "replace" if now:
                    now[draw(st.integers(0, len(now) - 1))] = draw(shapes)
        film.append(Scene(backdrop, tuple(now)))
    return film


def blank(size: tuple[int, int] = (320, 180)) -> pygame.Surface:
    surface = pygame.Surface(size, 0, 32)
    surface.fill((200, 0, 200))
    return surface


def painter(target: pygame.Surface, rotation: int = 0, overscan: float = 0) -> Painter:
    return Painter(target, rotation=rotation, overscan=overscan, text=TEXT, pictures=PICTURES)


def afresh(scene: Scene, size: tuple[int, int], rotation: int = 0, overscan: float = 0) -> bytes:
    target = blank(size)
    painter(target, rotation, overscan).paint(scene)
    return bytes(target.get_buffer().raw)


@given(films(), st.sampled_from([(320, 180), (333, 100), (97, 200)]), st.sampled_from([0, 90, 180, 270]))
@settings(max_examples=150, deadline=None)
def test_painting_only_the_damage_gives_the_pixels_of_painting_everything(
    film: list[Scene], size: tuple[int, int], rotation: int
) -> None:
    target = blank(size)
    one = painter(target, rotation, 2)
    for scene in film:
        one.paint(scene)
        assert bytes(target.get_buffer().raw) == afresh(scene, size, rotation, 2)


@given(
    st.lists(simple, min_size=4, max_size=6), st.lists(st.lists(simple, max_size=2), min_size=10, max_size=14), shapes
)
@settings(max_examples=40, deadline=None)
def test_shapes_that_settle_below_moving_ones_stay_the_same_pixels(
    still: list[Shape], moving: list[list[Shape]], late: Shape
) -> None:
    veil = Rect(Box(0, 0, 1920, 1080), Colour(90, 10, 50, 30))
    target = blank()
    one = painter(target)
    film = [
        Scene((), (*still, dataclasses.replace(veil, radius=number), *above)) for number, above in enumerate(moving)
    ]
    film.append(Scene((), (*still[:2], late, *still[3:], veil)))
    for scene in film:
        one.paint(scene)
        assert bytes(target.get_buffer().raw) == afresh(scene, target.get_size())
