"""What the stage adds to a screen: the status overlay, and when it changes."""

from __future__ import annotations

from dataclasses import replace
from zoneinfo import ZoneInfo

from kiosk.app.stage import _SOMEBODY_WINS, Stage
from kiosk.domain.organisation import Organisation
from kiosk.scene.moment import Moment
from kiosk.scene.shapes import Scene, Text
from kiosk.scene.theme import theme
from kiosk.screens.registry import draw
from kiosk.screens.status import TURN_S
from kiosk.screens.view import CelebrationView
from kiosk.show.celebration import Winner
from kiosk.show.cue import Cue, Reason
from kiosk.show.design import Design
from kiosk.show.tags import fill

NOTHING_ON = Cue("idle:1", Reason.IDLE, began_ns=0, until_ns=None)


def _at(stage: Stage, mono_s: float) -> Scene:
    return stage.scene(NOTHING_ON, Moment(elapsed_s=mono_s, duration_s=mono_s, mono_s=mono_s, local=None))


def _says(scene: Scene, text: str) -> bool:
    return any(isinstance(shape, Text) and text in shape.text for shape in scene.shapes)


def test_several_faults_take_turns_on_a_screen_that_stands_still() -> None:
    stage = Stage(Organisation("Acme", ZoneInfo("UTC")), (), theme("dark"))
    assert _at(stage, 0).next_s is None
    stage.show_faults(("a is broken",))
    assert _at(stage, 0).next_s is None
    stage.show_faults(("a is broken", "b is broken"))
    first = _at(stage, 0)
    assert _says(first, "a is broken")
    assert first.next_s == TURN_S
    assert _says(_at(stage, first.next_s), "b is broken")


def test_the_celebration_made_ready_for_stands_in_the_light_of_those_with_the_default_message() -> None:
    stage = Stage(Organisation("Acme", ZoneInfo("UTC")), (), theme("dark"))
    message = fill(Design("Big fish").message, {"player.name": "Ann Lee"})
    won = replace(_SOMEBODY_WINS, winners=(Winner("player:ann", "Ann Lee", "AL", 3),), message=message)
    moment = Moment(elapsed_s=0, duration_s=60, mono_s=0, local=None)
    assert draw(CelebrationView(won), moment, theme("dark")).backdrop == stage.next_celebration().backdrop
