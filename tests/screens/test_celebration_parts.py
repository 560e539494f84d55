"""A celebration says who, what and how much, and enters once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pytest
from screen_views import celebrated, moment, winner

from kiosk.scene.shapes import Align, Box, Group, Particles, Picture, Rect, Scene, Shape, Text
from kiosk.scene.theme import theme
from kiosk.screens.badges import BADGES, badge
from kiosk.screens.celebration import celebration
from kiosk.screens.column import Line, column
from kiosk.screens.entrance import LENGTH_S, Layer, Motion

DARK = theme("dark")


def _flat(shapes: Iterable[Shape]) -> Iterator[Shape]:
    for shape in shapes:
        yield shape
        if isinstance(shape, Group):
            yield from _flat(shape.shapes)


def _words(scene: Scene) -> list[str]:
    return [shape.text for shape in _flat(scene.shapes) if isinstance(shape, Text)]


def _pictures(shapes: Iterable[Shape]) -> list[str]:
    return [shape.path for shape in _flat(shapes) if isinstance(shape, Picture)]


def test_it_says_who_what_and_how_much() -> None:
    view = celebrated()
    words = _words(celebration(view, moment(20), DARK))
    what = view.celebration
    for text in (what.title, what.message, what.value_text, what.description, what.motivation, what.points_text):
        assert text in words


def test_a_winner_whom_the_message_does_not_name_is_named_below_the_photo() -> None:
    assert "Moses Frase" in _words(celebration(celebrated(message="Win of the day!"), moment(20), DARK))
    assert "Moses Frase" not in _words(celebration(celebrated(message="Moses Frase!"), moment(20), DARK))


def test_missing_texts_leave_no_hole() -> None:
    bare = celebrated(message="", description="", motivation="", value_text="", points_text="")
    assert sorted(_words(celebration(bare, moment(20), DARK))) == ["Big fish", "MF", "Moses Frase"]


@pytest.mark.parametrize("count", [2, 3, 6])
def test_merged_winners_have_a_face_and_a_name_each(count: int) -> None:
    view = celebrated(count)
    words = _words(celebration(view, moment(20), DARK))
    for someone in view.celebration.winners:
        assert someone.name in words
        assert someone.initials in words


def test_many_merged_winners_are_all_named() -> None:
    view = celebrated(40)
    scene = celebration(view, moment(20), DARK)
    assert ", ".join(w.name for w in view.celebration.winners) in _words(scene)
    assert sum(len(text) == 2 for text in _words(scene)) == 6


def test_a_photo_lies_over_the_initials_and_a_picture_under_a_scrim() -> None:
    scene = celebration(celebrated(winners=(winner(0, photo="/m.jpg"),), background="/sea.jpg"), moment(20), DARK)
    assert _pictures(scene.shapes) == ["/m.jpg"]
    assert _pictures(scene.backdrop) == ["/sea.jpg"]
    last = scene.backdrop[-1]
    assert isinstance(last, Rect)
    assert last.fill == DARK.scrim


def test_the_first_show_enters_and_later_ones_stand() -> None:
    first, later = celebrated(), celebrated(first=False)
    assert "Big fish" not in _words(celebration(first, moment(0.05), DARK))
    assert "Big fish" in _words(celebration(later, moment(0.0), DARK))
    settled = [s for s in celebration(first, moment(20), DARK).shapes if isinstance(s, Group)]
    standing = [s for s in celebration(later, moment(0.0), DARK).shapes if isinstance(s, Group)]
    assert settled == standing


def test_later_shows_throw_less() -> None:
    def papers(first: bool) -> int:
        flying = celebration(celebrated(first=first), moment(2), DARK).shapes[-1]
        assert isinstance(flying, Particles)
        return len(flying.items)

    assert papers(first=False) < papers(first=True) / 2


@pytest.mark.parametrize("motion", list(Motion))
def test_a_layer_comes_in_and_then_stands_still(motion: Motion) -> None:
    layer = Layer(Box(0, 0, 10, 10), (Rect(Box(0, 0, 10, 10), DARK.gold),), motion, 1.0)
    assert layer.at(0.9) == ()
    (half,) = layer.at(1.0 + LENGTH_S / 4)
    assert half.shapes is layer.shapes
    assert half != layer.at(99)[0]
    assert layer.at(1.0 + LENGTH_S) == layer.at(99) == (Group(layer.box, layer.shapes),)


def test_a_column_is_centred_and_leaves_out_what_is_empty() -> None:
    lines = (Line("One", 50, DARK.text), Line("", 50, DARK.text), Line("Two", 30, DARK.text, gap=10))
    texts, bottom = column(lines, Box(0, 100, 600, 800))
    assert [text.text for text in texts] == ["One", "Two"]
    assert texts[0].box.y - 100 == pytest.approx(900 - bottom, abs=0.2)


def test_a_column_shrinks_until_it_fits() -> None:
    lines = tuple(Line("word " * 60, 60, DARK.text, max_lines=6, gap=20) for _ in range(3))
    texts, bottom = column(lines, Box(0, 0, 600, 500), Align.MIDDLE, foot=80)
    assert bottom <= 421
    assert all(text.size >= 28 for text in texts)


def test_no_lines_make_an_empty_column() -> None:
    assert column((), Box(0, 0, 100, 100)) == ([], 50)


@pytest.mark.parametrize("name", list(BADGES))
def test_a_badge_fills_its_box_in_any_size(name: str) -> None:
    for size in (60, 400):
        shapes = badge(name, Box(10, 20, size, size), DARK)
        assert len(shapes) > 6
        assert badge(name, Box(10, 20, size, size), DARK) == shapes


def test_there_are_at_least_ten_different_badges() -> None:
    assert len({draw(Box(0, 0, 100, 100), DARK) for draw in BADGES.values()}) >= 12


def test_an_unknown_badge_is_a_star_and_a_path_a_picture() -> None:
    box = Box(0, 0, 100, 100)
    assert badge("starr", box, DARK) == badge("star", box, DARK)
    assert _pictures(badge("/pictures/own.png", box, DARK)) == ["/pictures/own.png"]
