"""The window: never one that nobody can see."""

from __future__ import annotations

import os
import subprocess
import sys

import pygame
import pytest

from kiosk.canvas.window import Window


@pytest.fixture
def window() -> Window:
    opened = Window((320, 180), "test")
    yield opened
    opened.close()


def test_an_unseen_driver_is_taken_only_when_asked_for(window: Window) -> None:
    assert window.driver == "dummy"
    assert window.surface.get_size() == (320, 180)
    assert not pygame.mouse.get_visible()


def test_without_a_screen_it_says_so_and_what_to_do() -> None:
    quiet = {k: v for k, v in os.environ.items() if k not in ("DISPLAY", "WAYLAND_DISPLAY", "SDL_VIDEODRIVER")}
    code = "from kiosk.canvas.window import NoScreen, Window\ntry: Window((9, 9), 't')\nexcept NoScreen as e: print(e)"
    for asked in ({}, {"SDL_VIDEODRIVER": "x11"}, {"SDL_VIDEODRIVER": "kmsdrm"}):
        done = subprocess.run(
            [sys.executable, "-c", code], env={**quiet, **asked}, capture_output=True, text=True, check=True
        )
        assert done.stdout.count("\n") == 1
        assert "no screen here" in done.stdout or "can't be opened" in done.stdout
        assert "kiosk shot" in done.stdout
        assert "xvfb-run" in done.stdout


def test_keys_and_closing_are_told(window: Window) -> None:
    window.pump()
    assert not window.pump().quit
    for key in (pygame.K_q, pygame.K_ESCAPE):
        pygame.event.post(pygame.event.Event(pygame.KEYDOWN, key=key))
        assert window.pump().quit
    pygame.event.post(pygame.event.Event(pygame.QUIT))
    assert window.pump().quit
    pygame.event.post(pygame.event.Event(pygame.KEYDOWN, key=pygame.K_d))
    assert not window.pump().quit


def test_lost_pixels_are_told(window: Window) -> None:
    window.pump()
    pygame.event.post(pygame.event.Event(pygame.VIDEOEXPOSE))
    assert window.pump().exposed
    assert not window.pump().exposed


def test_presenting_nothing_is_allowed(window: Window) -> None:
    window.present([])
    window.present([pygame.Rect(0, 0, 10, 10)])
