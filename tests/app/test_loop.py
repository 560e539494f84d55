"""The loop lives, whatever fails in it, and something of ours is always on the screen."""

from __future__ import annotations

import logging
from queue import SimpleQueue
from zoneinfo import ZoneInfo

import pygame
import pytest

from kiosk.app import loop as loop_module
from kiosk.app import messages
from kiosk.app.loop import Loop
from kiosk.app.stage import Stage
from kiosk.canvas.painter import Painter
from kiosk.canvas.window import WindowEvents
from kiosk.clock import Clock
from kiosk.domain.organisation import Organisation
from kiosk.scene.moment import Moment
from kiosk.scene.shapes import Scene
from kiosk.scene.theme import theme
from kiosk.screens.safe import safe
from kiosk.show.cue import Cue
from kiosk.show.now import Now
from kiosk.show.playlist import Channel, Slot
from kiosk.show.program import begin
from kiosk.show.settings import ShowSettings, Transition

SIZE = (320, 180)
ACME = Organisation("Acme", ZoneInfo("UTC"))
DARK = theme("dark")
CUT = ShowSettings(transition=Transition.CUT)
WELCOME = Slot("welcome", "announcement", options={"title": "Welcome"})
UNPAINTABLE = Slot("broken", "announcement", options={"title": 5})


class Screen:
    """A window in memory: `pumps` says at which look at it somebody leaves, and before which it fails."""

    def __init__(self, pumps: int, *, fails: int = 0) -> None:
        self.surface = pygame.Surface(SIZE, 0, 32)
        self._left = pumps
        self._fails = fails

    def pump(self) -> WindowEvents:
        if self._fails:
            self._fails -= 1
            raise pygame.error("video system not initialized")
        self._left -= 1
        return WindowEvents(quit=self._left <= 0)

    def present(self, rects: list[pygame.Rect]) -> None:
        pass


class Pulse:
    """A watchdog that counts."""

    beats = 0

    def ready(self) -> None:
        pass

    def beat(self, now_ns: int) -> None:
        self.beats += 1

    def stopping(self) -> None:
        pass


class Silence:
    def play(self, sound: str) -> None:
        pass

    def stop(self, fade_s: float) -> None:
        pass


class DoomedStage(Stage):
    """No screen of it can be made."""

    def scene(self, cue: Cue, moment: Moment) -> Scene:
        raise ZeroDivisionError(cue.key)


class AttentiveStage(Stage):
    """Remembers the faults that it was told."""

    heard: tuple[str, ...] = ()

    def show_faults(self, faults: tuple[str, ...]) -> None:
        AttentiveStage.heard = faults
        super().show_faults(faults)


@pytest.fixture(autouse=True)
def impatience(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(loop_module, "AGAIN_NS", 1_000_000)
    monkeypatch.setattr(loop_module, "PUMP_NS", 1_000_000)


def run(screen: Screen, *slots: Slot, make: type[Stage] = Stage, told: tuple[messages.Message, ...] = ()) -> Pulse:
    """A loop from its start until somebody leaves."""
    clock, pulse = Clock(), Pulse()
    channels = (Channel("office", "Office", slots),)
    inbox: SimpleQueue[messages.Message] = SimpleQueue()
    for message in told:
        inbox.put(message)
    Loop(
        window=screen,
        painter=Painter(screen.surface),
        sound=Silence(),
        stage=make(ACME, channels, DARK),
        show=begin(CUT, channels, (), ACME.timezone, Now(clock.mono_ns(), clock.wall())),
        settings=CUT,
        clock=clock,
        inbox=inbox,
        commit=lambda *_: None,
        watchdog=pulse,
        first_picture=lambda: None,
    ).run()
    return pulse


def pixels(surface: pygame.Surface) -> bytes:
    return pygame.image.tobytes(surface, "RGB")


def painted(scene: Scene) -> bytes:
    surface = pygame.Surface(SIZE, 0, 32)
    Painter(surface).paint(scene)
    return pixels(surface)


def on_screen(caplog: pytest.LogCaptureFixture) -> list[str]:
    return [record.args[0] for record in caplog.records if record.msg == "on screen: %s"]


def errors(caplog: pytest.LogCaptureFixture) -> list[str]:
    return [record.getMessage() for record in caplog.records if record.levelno >= logging.ERROR]


def test_a_page_that_cannot_be_painted_is_skipped_and_told_once(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    pulse = run(Screen(10), UNPAINTABLE, WELCOME)
    assert on_screen(caplog) == ["cycle:2"]
    assert errors(caplog) == ["the screen of broken failed and is skipped"]
    assert pulse.beats == 10


def test_where_every_page_fails_the_idle_screen_is_on(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    run(Screen(10), UNPAINTABLE)
    assert on_screen(caplog) == ["idle:2"]


def test_where_nothing_can_be_shown_the_safe_screen_is_on(caplog: pytest.LogCaptureFixture) -> None:
    screen = Screen(20)
    pulse = run(screen, WELCOME, make=DoomedStage)
    assert pixels(screen.surface) == painted(safe(DARK))
    assert errors(caplog) == [
        "the screen of welcome failed and is skipped",
        "the screen of the idle screen failed and is skipped",
    ]
    assert pulse.beats == 20


def test_a_round_that_fails_ends_on_the_safe_screen_and_is_no_sign_of_life(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    screen = Screen(1, fails=3)
    pulse = run(screen, WELCOME)
    assert len(errors(caplog)) == 1
    assert pulse.beats == 1
    # It ended at the first round that went well, which painted the page over the safe screen.
    assert on_screen(caplog) == ["cycle:1"]
    assert pixels(screen.surface) != painted(safe(DARK))


def test_a_message_that_cannot_be_taken_loses_no_other(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    never_asked = messages.StartCommitted(("win",), "interrupt:win:1")
    run(Screen(10), WELCOME, make=AttentiveStage, told=(never_asked, messages.Faults(("deals.csv is gone",))))
    assert "IllegalEvent" in errors(caplog)[0]
    assert AttentiveStage.heard == ("deals.csv is gone",)
    assert on_screen(caplog) == ["cycle:1"]
