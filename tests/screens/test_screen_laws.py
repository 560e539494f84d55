"""What holds for every screen, in every state, at every moment, in every theme."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from screen_views import STATES, board, celebrated, moment

from kiosk.scene.colour import contrast, mix
from kiosk.scene.moment import Moment
from kiosk.scene.particles import COUNT, LIFE_S
from kiosk.scene.shapes import (
    HEIGHT,
    WIDTH,
    Box,
    Disc,
    Group,
    Particles,
    Picture,
    Polygon,
    Rect,
    Scene,
    Shape,
    Text,
)
from kiosk.scene.theme import THEMES, theme
from kiosk.screens import celebration as celebration_module
from kiosk.screens import stage as stage_module
from kiosk.screens.leaderboard import STALE
from kiosk.screens.registry import SCREENS, draw
from kiosk.screens.view import View

DARK = theme("dark")
each_state = pytest.mark.parametrize("name", list(STATES))
states = st.sampled_from(list(STATES.values()))
elapsed = st.one_of(st.floats(0, 3), st.floats(0, 120))


def _flat(shapes: Iterable[Shape]) -> Iterator[Shape]:
    for shape in shapes:
        yield shape
        if isinstance(shape, Group):
            yield from _flat(shape.shapes)


def _texts(scene: Scene) -> list[Text]:
    return [shape for shape in _flat(scene.backdrop + scene.shapes) if isinstance(shape, Text)]


def _frame(shape: Shape) -> Box | None:
    """The frame of what a shape paints; None for no area."""
    match shape:
        case Rect(box) | Text(box) | Picture(box):
            return box
        case Disc(x, y, radius):
            return Box(x - radius, y - radius, 2 * radius, 2 * radius)
        case Polygon(points):
            xs, ys = [x for x, _ in points], [y for _, y in points]
            return Box(min(xs), min(ys), max(xs) - min(xs), max(ys) - min(ys))
        case Group(box, _, dx, dy, scale):
            w, h = box.w * scale, box.h * scale
            return Box(box.x + dx + (box.w - w) / 2, box.y + dy + (box.h - h) / 2, w, h)
        case Particles():
            return None


def _is_inside(inner: Box, outer: Box, slack: float = 0.6) -> bool:
    return (
        inner.x >= outer.x - slack
        and inner.y >= outer.y - slack
        and inner.x + inner.w <= outer.x + outer.w + slack
        and inner.y + inner.h <= outer.y + outer.h + slack
    )


def _assert_inside(shapes: Iterable[Shape], outer: Box) -> None:
    for shape in shapes:
        frame = _frame(shape)
        if frame is not None:
            assert frame.w >= 0
            assert frame.h >= 0
            assert _is_inside(frame, outer), f"{shape} leaves {outer}"
        if isinstance(shape, Group):
            _assert_inside(shape.shapes, shape.box)
        if isinstance(shape, Particles):
            for p in shape.items:
                assert -p.size <= p.x <= WIDTH + p.size
                assert -p.size <= p.y <= HEIGHT + p.size


@given(states, elapsed, st.sampled_from(list(THEMES)))
@settings(max_examples=150, deadline=None)
def test_everything_is_inside_the_canvas_and_its_group(state: tuple[View, Moment], t: float, name: str) -> None:
    view, at = state
    scene = draw(view, replace(at, elapsed_s=t, mono_s=1000 + t), theme(name))
    _assert_inside(scene.backdrop + scene.shapes, Box(0, 0, WIDTH, HEIGHT))


@each_state
def test_no_text_is_smaller_than_five_metres_allow(name: str) -> None:
    view, at = STATES[name]
    for text in _texts(draw(view, at, DARK)):
        assert text.size >= text.min_size >= 28, text


@each_state
def test_every_text_has_a_box_as_high_as_its_smallest_lines(name: str) -> None:
    view, at = STATES[name]
    for text in _texts(draw(view, at, DARK)):
        assert text.text
        assert text.box.w > text.min_size, text
        assert text.box.h >= 1.15 * text.min_size, text


def test_names_and_values_of_a_board_can_be_read_across_the_room() -> None:
    for count in (1, 3, 8, 12):
        view = board(count, per_page=12)
        sizes = {text.text: text.min_size for text in _texts(draw(view, moment(), DARK))}
        assert all(sizes[row.name] >= 40 for row in view.rows)
        assert all(sizes[row.value_text] >= 44 for row in view.rows)


@each_state
def test_the_same_inputs_give_an_equal_scene(name: str) -> None:
    view, at = STATES[name]
    once = draw(view, at, DARK)
    celebration_module._composed.cache_clear()
    stage_module.stage.cache_clear()
    assert draw(view, at, DARK) == once
    assert hash(once) == hash(draw(view, at, DARK))


@given(states, elapsed, st.floats(0, 0.999), st.booleans(), st.integers(0, 9))
@settings(max_examples=300, deadline=None)
def test_nothing_changes_before_the_next_change(
    state: tuple[View, Moment], t: float, share: float, calm: bool, visit: int
) -> None:
    view, at = state
    at = replace(at, elapsed_s=t, mono_s=1000 + t, reduced_motion=calm, visit=visit)
    scene = draw(view, at, DARK)
    assert scene.next_s is None or scene.next_s >= 0
    wait = share * (3600 if scene.next_s is None else scene.next_s)
    then = replace(
        at,
        elapsed_s=t + wait,
        mono_s=at.mono_s + wait,
        local=at.local and at.local + timedelta(seconds=wait),
    )
    after = draw(view, then, DARK)
    assert (after.backdrop, after.shapes) == (scene.backdrop, scene.shapes)


@given(states, elapsed)
@settings(max_examples=60, deadline=None)
def test_nothing_flies_or_moves_for_those_who_need_calm(state: tuple[View, Moment], t: float) -> None:
    view, at = state
    scene = draw(view, replace(at, elapsed_s=t, mono_s=1000 + t, reduced_motion=True), DARK)
    assert scene.next_s != 0
    assert not any(isinstance(shape, Particles) for shape in scene.shapes)
    moved = [g for g in scene.shapes if isinstance(g, Group) and (g.dx, g.dy, g.scale) != (0, 0, 1)]
    assert not moved


@given(st.integers(0, 2**64 - 1), st.floats(0, LIFE_S), st.booleans())
@settings(max_examples=60, deadline=None)
def test_papers_are_bounded_and_above_all_texts(seed: int, t: float, first: bool) -> None:
    scene = draw(celebrated(first=first), moment(t, seed=seed), DARK)
    papers = [i for i, shape in enumerate(scene.shapes) if isinstance(shape, Particles)]
    groups = [i for i, shape in enumerate(scene.shapes) if isinstance(shape, Group)]
    assert sum(len(shape.items) for shape in scene.shapes if isinstance(shape, Particles)) <= COUNT + 64
    # Sparks lie below everything, confetti above everything: no group is between two of them.
    assert all(i == 0 or i == len(scene.shapes) - 1 for i in papers)
    assert len(groups) + len(papers) == len(scene.shapes)


@pytest.mark.parametrize("first", [True, False])
@pytest.mark.parametrize("count", [1, 6])
def test_what_a_celebration_shows_is_rasterised_once(first: bool, count: int) -> None:
    view = celebrated(count, first=first)
    seen: dict[Box, tuple[Shape, ...]] = {}
    for frame in range(150):
        for shape in draw(view, moment(frame / 15), DARK).shapes:
            if isinstance(shape, Group):
                assert seen.setdefault(shape.box, shape.shapes) == shape.shapes


def test_a_celebration_comes_to_rest_for_good() -> None:
    for view in (celebrated(), celebrated(first=False), celebrated(5), celebrated(animation="none")):
        assert draw(view, moment(LIFE_S + 0.1), DARK).next_s is None
        assert draw(view, moment(0.5), DARK).next_s == (
            0 if view.first or view.celebration.animation != "none" else None
        )


def test_an_animation_of_none_throws_nothing() -> None:
    for t in (0.5, 2.0):
        scene = draw(celebrated(animation="none", first=False), moment(t), DARK)
        assert not any(isinstance(shape, Particles) for shape in scene.shapes)
        assert scene.next_s is None


@pytest.mark.parametrize("name", list(THEMES))
def test_a_dimmed_board_can_still_be_read(name: str) -> None:
    look = theme(name)
    for ground in (look.backdrop.start, look.backdrop.end):
        for row in (look.row(1).start, look.surface):
            seen = contrast(mix(ground, look.text, STALE), mix(ground, row, STALE))
            assert seen >= 3, f"{row} on {ground}: {seen}"


def test_every_screen_has_a_name_and_draws_its_own_view() -> None:
    drawn = {type(view) for view, _ in STATES.values()}
    assert {screen.view for screen in SCREENS.values()} == drawn
    assert all(SCREENS[name].name == name for name in SCREENS)


def test_a_showing_without_an_end_is_still_drawn() -> None:
    for view, at in STATES.values():
        for duration_s in (0.0, math.inf):
            assert draw(view, replace(at, duration_s=duration_s), DARK).shapes
