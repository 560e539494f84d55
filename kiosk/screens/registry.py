"""The screens by name, and the one that draws a given view."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from kiosk.scene.moment import Moment
from kiosk.scene.shapes import Scene
from kiosk.scene.theme import Theme
from kiosk.screens.announcement import announcement
from kiosk.screens.celebration import celebration
from kiosk.screens.clock import clock
from kiosk.screens.idle import idle
from kiosk.screens.leaderboard import leaderboard
from kiosk.screens.problem import problem
from kiosk.screens.view import (
    AnnouncementView,
    BoardView,
    CelebrationView,
    ClockView,
    IdleView,
    ProblemView,
    View,
)


@dataclass(frozen=True, slots=True)
class Screen:
    """A screen: its name in channels, the view it is given, and how it is drawn."""

    name: str
    view: type
    draw: Callable[[Any, Moment, Theme], Scene]


SCREENS: Mapping[str, Screen] = MappingProxyType(
    {
        screen.name: screen
        for screen in (
            Screen("leaderboard", BoardView, leaderboard),
            Screen("celebration", CelebrationView, celebration),
            Screen("announcement", AnnouncementView, announcement),
            Screen("clock", ClockView, clock),
            Screen("idle", IdleView, idle),
            Screen("problem", ProblemView, problem),
        )
    }
)

_BY_VIEW = {screen.view: screen for screen in SCREENS.values()}


def draw(view: View, moment: Moment, theme: Theme) -> Scene:
    """The scene of that view at that moment.

    Raises:
        KeyError: no screen shows such a view.
    """
    return _BY_VIEW[type(view)].draw(view, moment, theme)
