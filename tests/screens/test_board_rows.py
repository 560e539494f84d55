"""What a board's rows say and how they move."""

from __future__ import annotations

from collections.abc import Iterable

import pytest
from screen_views import board, moment, row

from kiosk.scene.shapes import Colour, Disc, Group, Picture, Polygon, Rect, Scene, Shape, Text
from kiosk.scene.theme import theme
from kiosk.screens.leaderboard import GLIDE_S, leaderboard
from kiosk.screens.view import BoardView

DARK = theme("dark")


def _groups(scene: Scene) -> list[Group]:
    return [shape for shape in scene.shapes if isinstance(shape, Group)]


def _words(shapes: Iterable[Shape]) -> list[str]:
    return [shape.text for shape in shapes if isinstance(shape, Text)]


def _bars(scene: Scene) -> list[Rect]:
    return [s for s in scene.shapes if isinstance(s, Rect) and s.fill in (DARK.bar, DARK.bar_done)]


def _row_of(scene: Scene, name: str) -> Group:
    return next(group for group in _groups(scene) if name in _words(group.shapes))


def test_a_row_says_rank_name_initials_and_value() -> None:
    scene = leaderboard(board(1), moment(), DARK)
    assert sorted(_words(_groups(scene)[0].shapes)) == sorted(["1", "MF", "Moses Frase", "$50,000"])


def test_equal_ranks_have_equal_medals() -> None:
    scene = leaderboard(board(rows=(row(0), row(1, rank=1), row(2, rank=3))), moment(), DARK)
    tints = [group.shapes[0] for group in _groups(scene)]
    fills = [shape.fill for shape in tints if isinstance(shape, Rect)]
    assert fills[0] == fills[1] == DARK.row(1)
    assert fills[2] == DARK.row(3)


def test_a_photo_lies_over_the_initials() -> None:
    shapes = _groups(leaderboard(board(rows=(row(0, photo="/m.jpg"),)), moment(), DARK))[0].shapes
    at = next(i for i, shape in enumerate(shapes) if isinstance(shape, Picture))
    assert isinstance(shapes[at - 1], Text)
    assert shapes[at - 1].text == "MF"  # type: ignore[union-attr]


@pytest.mark.parametrize(("moved", "words"), [(3, "3"), (-12, "12")])
def test_an_arrow_tells_how_many_places(moved: int, words: str) -> None:
    shapes = _groups(leaderboard(board(rows=(row(0, moved=moved),)), moment(), DARK))[0].shapes
    assert words in _words(shapes)
    (arrow,) = (shape for shape in shapes if isinstance(shape, Polygon))
    assert arrow.fill == (DARK.good if moved > 0 else DARK.bad)
    tip, *foot = (y for _, y in arrow.points)
    assert all(tip < y for y in foot) if moved > 0 else all(tip > y for y in foot)


def test_a_newcomer_has_a_spark_but_a_new_board_has_none() -> None:
    def sparks(view: BoardView) -> int:
        groups = _groups(leaderboard(view, moment(), DARK))
        return sum(isinstance(shape, Polygon) for group in groups for shape in group.shapes)

    assert sparks(board(rows=(row(0, moved=None), row(1, moved=0)))) == 1
    assert sparks(board(rows=(row(0, moved=None), row(1, moved=None)))) == 0


def test_bars_are_as_long_as_shares_and_end_at_the_track() -> None:
    shares = (1.5, 1.0, 0.5, 0.0)
    view = board(rows=tuple(row(i, share=share, target_text="$1") for i, share in enumerate(shares)))
    bars = _bars(leaderboard(view, moment(), DARK))
    assert [bar.fill for bar in bars] == [DARK.bar_done, DARK.bar_done, DARK.bar]
    assert bars[0].box.w == bars[1].box.w == pytest.approx(2 * bars[2].box.w)


def test_a_leader_without_a_target_has_reached_none() -> None:
    assert [bar.fill for bar in _bars(leaderboard(board(1), moment(), DARK))] == [DARK.bar]


def test_bars_grow_in_the_first_second() -> None:
    scenes = [leaderboard(board(1), moment(t), DARK) for t in (0.1, 0.3, 0.6, 1.0, 5.0)]
    lengths = [scene.shapes[-1].box.w for scene in scenes if isinstance(scene.shapes[-1], Rect)]
    assert len(lengths) == len(scenes)
    assert lengths == sorted(lengths)
    assert lengths[0] < lengths[-2] == lengths[-1]


def test_bars_stand_at_once_for_those_who_need_calm() -> None:
    still = leaderboard(board(3), moment(0, reduced_motion=True), DARK)
    assert still.shapes == leaderboard(board(3), moment(30, reduced_motion=True), DARK).shapes


def test_all_values_of_a_board_have_one_size() -> None:
    view = board(rows=(row(0, value_text="$1,234,567,890"), row(1, value_text="$5")))
    texts = [s for g in _groups(leaderboard(view, moment(), DARK)) for s in g.shapes if isinstance(s, Text)]
    assert len({text.size for text in texts if text.text.startswith("$")}) == 1


def test_rows_glide_from_where_they_were() -> None:
    view = board(3, was=("player:1", "player:0", "player:2"), moved_at_s=1020)
    begun = leaderboard(view, moment(20), DARK)
    pitch = _row_of(begun, "Darcel Schlecht").box.y - _row_of(begun, "Moses Frase").box.y
    assert _row_of(begun, "Moses Frase").dy == pytest.approx(pitch)
    assert _row_of(begun, "Darcel Schlecht").dy == pytest.approx(-pitch)
    assert _row_of(begun, "Vicki Laflamme").dy == 0
    assert begun.next_s == 0
    half = leaderboard(view, moment(20 + GLIDE_S / 2), DARK)
    assert 0 < _row_of(half, "Moses Frase").dy < pitch
    rest = leaderboard(view, moment(20 + GLIDE_S), DARK)
    assert _row_of(rest, "Moses Frase").dy == 0
    assert rest.next_s is None


def test_who_rises_passes_in_front() -> None:
    view = board(3, was=("player:1", "player:0", "player:2"), moved_at_s=1020)
    groups = _groups(leaderboard(view, moment(20.2), DARK))
    assert "Moses Frase" in _words(groups[-1].shapes)


def test_a_row_that_comes_from_another_page_brings_its_ring_no_sooner_than_itself() -> None:
    view = board(4, per_page=3, was=("player:3", "player:1", "player:2", "player:0"), moved_at_s=1020)
    begun = leaderboard(view, moment(20, duration_s=120), DARK)
    assert [s for s in begun.shapes if isinstance(s, Rect) and s.outline == 4] == []
    later = leaderboard(view, moment(20 + GLIDE_S / 20, duration_s=120), DARK)
    (ring,) = (s for s in later.shapes if isinstance(s, Rect) and s.outline == 4)
    assert isinstance(ring.fill, Colour)
    assert ring.fill.a / 255 <= _row_of(later, "Moses Frase").opacity < 0.5


def test_a_gliding_row_is_rasterised_once() -> None:
    view = board(3, was=("player:1", "player:0", "player:2"), moved_at_s=1020)
    seen = {_row_of(leaderboard(view, moment(20 + t / 20), DARK), "Moses Frase").shapes for t in range(20)}
    assert len(seen) == 1


def test_nothing_glides_when_only_values_changed() -> None:
    view = board(3, was=("player:0", "player:1", "player:2"), moved_at_s=1020)
    assert leaderboard(view, moment(20.1), DARK).next_s is None


def test_an_old_board_is_dimmed_and_tells_its_age() -> None:
    scene = leaderboard(board(3, age_text="42 min old"), moment(), DARK)
    assert "42 min old" in _words(scene.shapes)
    assert all(group.opacity < 0.7 for group in _groups(scene))


def test_an_empty_board_says_so() -> None:
    scene = leaderboard(board(0, empty_text="Nothing yet"), moment(), DARK)
    assert "Nothing yet" in _words(scene.shapes)
    assert scene.next_s is None


def test_a_dot_stands_for_each_page_and_a_count_for_many() -> None:
    def marks(rows: int) -> tuple[int, list[str]]:
        scene = leaderboard(board(rows), moment(), DARK)
        dots = [s for s in scene.shapes if isinstance(s, Rect) and s.box.h == 14]
        return len(dots), [text for text in _words(scene.shapes) if "/" in text]

    assert marks(8) == (0, [])
    assert marks(20) == (3, [])
    assert marks(800) == (0, ["6 / 100"])


def test_who_has_won_nothing_yet_carries_no_medal() -> None:
    rows = (row(0), *(row(i, rank=2, share=0.0, value_text="$0") for i in (1, 2)))
    assert [r.medal for r in rows] == [1, 0, 0]
    medals = {DARK.gold, DARK.silver, DARK.bronze}
    groups = _groups(leaderboard(board(rows=rows), moment(), DARK))
    carried = [any(isinstance(s, Disc) and s.fill in medals for s in group.shapes) for group in groups]
    assert carried == [True, False, False]
