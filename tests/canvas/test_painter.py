"""What the painter promises: damage changes nothing but the cost."""

from __future__ import annotations

import dataclasses
import threading
from pathlib import Path

import pygame
import pytest
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
    Picture,
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


def pixels(surface: pygame.Surface) -> bytes:
    return pygame.image.tobytes(surface, "RGB")


def afresh(scene: Scene, size: tuple[int, int], rotation: int = 0, overscan: float = 0) -> bytes:
    target = blank(size)
    painter(target, rotation, overscan).paint(scene)
    return pixels(target)


@given(films(), st.sampled_from([(320, 180), (333, 100), (97, 200)]), st.sampled_from([0, 90, 180, 270]))
@settings(max_examples=150, deadline=None)
def test_painting_only_the_damage_gives_the_pixels_of_painting_everything(
    film: list[Scene], size: tuple[int, int], rotation: int
) -> None:
    target = blank(size)
    one = painter(target, rotation, 2)
    for scene in film:
        one.paint(scene)
        assert pixels(target) == afresh(scene, size, rotation, 2)


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
        assert pixels(target) == afresh(scene, target.get_size())


RED, BLUE = Colour(255, 0, 0), Colour(0, 0, 255)


def card(text: str = "Jane", x: float = 300, colour: Colour = RED) -> Scene:
    box = Box(x, 300, 600, 200)
    backdrop = (Rect(Box(0, 0, 1920, 1080), Colour(20, 40, 80)),)
    return Scene(backdrop, (Rect(box, colour, radius=30), Text(box, text, 90, Colour(255, 255, 255))))


def test_an_equal_scene_paints_nothing() -> None:
    target = blank()
    one = painter(target)
    one.paint(card())
    target.fill((1, 2, 3))
    assert one.paint(dataclasses.replace(card(), next_s=4.0)) == []
    assert target.get_at((100, 60))[:3] == (1, 2, 3)


def test_the_first_painting_covers_the_whole_target() -> None:
    target = blank((300, 300))
    assert painter(target).paint(card()) == [target.get_rect()]
    assert target.get_at((0, 0))[:3] == (0, 0, 0)


def test_damage_is_the_old_and_the_new_place_of_what_moves() -> None:
    target = blank((1920, 1080))
    one = painter(target)
    one.paint(card())
    damage = one.paint(card(x=1200))
    assert sorted(damage, key=lambda rect: rect.x) == [(300, 300, 600, 200), (1200, 300, 600, 200)]


def test_a_changed_text_damages_its_box_alone() -> None:
    target = blank((1920, 1080))
    one = painter(target)
    one.paint(card())
    assert one.paint(card("John")) == [(300, 300, 600, 200)]


def test_what_was_forgotten_is_painted_again() -> None:
    target = blank()
    one = painter(target)
    one.paint(card())
    before = pixels(target)
    target.fill((1, 2, 3))
    one.forget()
    assert one.paint(card()) == [target.get_rect()]
    assert pixels(target) == before


def test_a_target_of_another_size_is_painted_whole() -> None:
    target = blank((1920, 1080))
    one = painter(target)
    one.paint(card())
    one._target = smaller = blank((480, 270))
    assert one.paint(card()) == [smaller.get_rect()]
    assert pixels(smaller) == afresh(card(), (480, 270))


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
def test_a_turned_picture_is_the_upright_one_turned(rotation: int) -> None:
    upright, turned = blank((320, 180)), blank((320, 180) if rotation in (0, 180) else (180, 320))
    scene = Scene((), (Disc(300, 200, 150, Colour(255, 255, 255)), Rect(Box(0, 0, 90, 40), Colour(255, 0, 0))))
    painter(upright).paint(scene)
    painter(turned, rotation).paint(scene)
    assert pixels(turned) == pixels(pygame.transform.rotate(upright, -rotation))


@pytest.mark.parametrize("rotation", [0, 180])
def test_a_transition_starts_at_the_old_picture_and_ends_at_the_new(rotation: int) -> None:
    size = (320, 180)
    old, new = card(colour=RED), card(colour=BLUE)
    target = blank(size)
    one = painter(target, rotation)
    one.paint(old)
    one.begin_transition()
    one.paint(new, 0.0)
    assert pixels(target) == afresh(old, size, rotation)
    assert one.paint(new, 0.5)
    middle = target.get_at((60, 55) if rotation == 0 else (320 - 60, 180 - 55))
    assert middle.r == pytest.approx(127, abs=2)
    assert middle.b == pytest.approx(127, abs=2)
    assert one.paint(new, 0.5) == []
    assert one.paint(new, 1.0)
    assert pixels(target) == afresh(new, size, rotation)
    assert one.paint(new) == []


def test_a_transition_may_be_cut_short_and_begun_anew() -> None:
    size = (320, 180)
    target = blank(size)
    one = painter(target)
    one.begin_transition()
    one.paint(card("first"), 0.3)
    assert pixels(target) == afresh(card("first"), size)
    one.begin_transition()
    one.paint(card("second"), 0.5)
    one.begin_transition()
    one.paint(card("third"), 0.5)
    one.paint(card("fourth"))
    assert pixels(target) == afresh(card("fourth"), size)


def test_a_picture_that_becomes_ready_is_painted(tmp_path: Path) -> None:
    path = tmp_path / "a.png"
    photo = pygame.Surface((20, 20), 0, 32)
    photo.fill((0, 255, 0))
    pygame.image.save(photo, path)
    ready = threading.Event()
    pictures = Pictures(ready=ready.set)
    target = blank((1920, 1080))
    one = Painter(target, text=TEXT, pictures=pictures)
    photo_box = Box(500, 500, 100, 100)
    scene = Scene((), (Group(photo_box, (Picture(photo_box, str(path)),)),))
    one.paint(scene)
    assert target.get_at((550, 550))[:3] == (0, 0, 0)
    assert ready.wait(10)
    assert one.pictures_changed()
    assert one.paint(scene)
    assert not one.pictures_changed()
    assert target.get_at((550, 550))[:3] == (0, 255, 0)
    pictures.close()


def test_a_backdrop_that_was_prepared_is_the_same_picture() -> None:
    target = blank()
    one = painter(target)
    one.paint(card())
    party = Scene((Rect(Box(0, 0, 1920, 1080), Gradient(Colour(0, 0, 0), Colour(200, 0, 90))),), ())
    one.prepare(party)
    assert pixels(target) == afresh(card(), target.get_size())
    one.paint(party)
    assert pixels(target) == afresh(party, target.get_size())
    one.paint(card())
    assert pixels(target) == afresh(card(), target.get_size())
