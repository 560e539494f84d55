"""Clock, idle screen and the words of time."""

from __future__ import annotations

import itertools
from datetime import timedelta

import pytest
from screen_views import LOCAL, moment

from kiosk.scene.shapes import Polygon, Scene, Text
from kiosk.scene.theme import theme
from kiosk.screens.clock import clock
from kiosk.screens.idle import idle
from kiosk.screens.status import TURN_S, next_turn_s, status
from kiosk.screens.view import ClockView, IdleView, StatusView
from kiosk.screens.when import date_text, time_text

DARK = theme("dark")


def _words(scene: Scene) -> list[str]:
    return [shape.text for shape in scene.shapes if isinstance(shape, Text)]


@pytest.mark.parametrize(
    ("locale", "time", "date"),
    [
        ("en_US", "3:05\u00a0PM", "Wednesday, March 1, 2017"),
        ("en_GB", "15:05", "Wednesday, 1 March 2017"),
        ("de_DE", "15:05", "Mittwoch, 1. März 2017"),
        ("nonsense", "3:05\u00a0PM", "Wednesday, March 1, 2017"),
        ("", "3:05\u00a0PM", "Wednesday, March 1, 2017"),
    ],
)
def test_time_and_date_are_written_as_the_locale_does(locale: str, time: str, date: str) -> None:
    # British style has had a comma behind the weekday in some versions of the locale data.
    assert time_text(LOCAL, locale) == time
    assert date_text(LOCAL, locale).replace("Wednesday 1", "Wednesday, 1") == date


def test_the_clock_changes_with_the_minute() -> None:
    scene = clock(ClockView(), moment(), DARK)
    assert scene.next_s == 40
    before = clock(ClockView(), moment(local=LOCAL + timedelta(seconds=39.9)), DARK)
    after = clock(ClockView(), moment(local=LOCAL + timedelta(seconds=40)), DARK)
    assert before.shapes == scene.shapes != after.shapes
    assert after.next_s == 60


def test_no_hands_and_no_figures_while_the_time_is_not_trusted() -> None:
    known, unknown = clock(ClockView(), moment(), DARK), clock(ClockView(), moment(local=None), DARK)
    assert _words(unknown) == ["–:–"]
    assert unknown.next_s is None
    assert sum(isinstance(s, Polygon) for s in known.shapes) == sum(isinstance(s, Polygon) for s in unknown.shapes) + 2


def test_the_idle_screen_tells_whose_it_is_and_what_is_missing() -> None:
    words = _words(idle(IdleView("Acme", ("No channel has a slot yet.",)), moment(), DARK))
    assert {"Acme", "No channel has a slot yet.", "3:05\u00a0PM"} <= set(words)


def test_no_overlay_while_all_is_well() -> None:
    assert status(StatusView(), DARK) == ()


def test_faults_are_counted_and_each_is_told_in_turn() -> None:
    def told(*faults: str, mono_s: float = 0) -> list[str]:
        return [s.text for s in status(StatusView(faults), DARK, mono_s) if isinstance(s, Text)]

    assert told("a is broken") == ["a is broken"]
    assert told("a is broken", "b") == ["1/2 · a is broken"]
    assert told("a is broken", "b", mono_s=TURN_S) == ["2/2 · b"]
    assert told("a is broken", "b", mono_s=2 * TURN_S) == ["1/2 · a is broken"]
    assert next_turn_s(StatusView(("a is broken", "b")), TURN_S + 3) == TURN_S - 3
    assert next_turn_s(StatusView(("a is broken",)), 3) is None


def test_pills_stand_side_by_side_at_the_lower_right() -> None:
    from kiosk.scene.shapes import Rect

    shapes = status(StatusView(("a",), muted=True, offline=True), DARK)
    pills = sorted((s.box for s in shapes if isinstance(s, Rect) and s.outline), key=lambda box: box.x)
    assert len(pills) == 3
    assert all(a.x + a.w < b.x for a, b in itertools.pairwise(pills))
    assert all(box.y > 1000 and box.x > 900 for box in pills)
