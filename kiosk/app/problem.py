"""A config that can't be read is shown on the TV, where IT can see it, until it is mended."""

from __future__ import annotations

import logging
import os
import sys
import time
from pathlib import Path

from kiosk.canvas.painter import Painter
from kiosk.canvas.window import Window
from kiosk.config.load import ConfigError, load_config
from kiosk.device.watchdog import Watchdog
from kiosk.refusal import Refusal
from kiosk.scene.moment import Moment
from kiosk.scene.theme import theme
from kiosk.screens.registry import draw
from kiosk.screens.view import ProblemView

log = logging.getLogger(__name__)

_LOOK_S = 0.5


def show_problems(path: Path, error: ConfigError, *, window: tuple[int, int] | None, seconds: float | None) -> int:
    """Show every problem until the files are good again, then start anew; returns the exit code.

    Raises:
        Refusal: there is no screen: then the problems are its text.
    """
    try:
        mended = _show(path, error, window, None if seconds is None else time.monotonic() + seconds)
    except KeyboardInterrupt:
        return 0
    if mended:
        # A fresh process: nothing of the broken start lingers, and the display is never opened twice in one.
        os.execv(sys.executable, [sys.executable, "-m", "kiosk", *sys.argv[1:]])  # noqa: S606 - ourselves
    return 2


def _show(path: Path, error: ConfigError, window: tuple[int, int] | None, until: float | None) -> bool:
    """Open the screen and wait; whether the files were mended."""
    for problem in error.problems:
        log.error("%s", problem)
    try:
        screen = Window(window, "achievement-kiosk")
    except Refusal as refusal:
        raise Refusal("\n".join((*map(str, error.problems), str(refusal)))) from None
    try:
        return _wait(path, error, screen, until)
    finally:
        screen.close()


def _wait(path: Path, error: ConfigError, screen: Window, until: float | None) -> bool:
    """True when the files are good; False when somebody leaves or the time is over."""
    painter, watchdog = Painter(screen.surface), Watchdog.of_environment()
    watchdog_told = False
    while until is None or time.monotonic() < until:
        view = ProblemView(
            title="This kiosk's settings need mending",
            lines=tuple(str(problem) for problem in error.problems),
            hint=f"Mend and save the file: the kiosk starts by itself. `kiosk check {path}` says the same.",
        )
        moment = Moment(elapsed_s=60, duration_s=60, mono_s=time.monotonic(), local=None)
        damage = painter.paint(draw(view, moment, theme("dark")))
        if damage:
            screen.present(damage)
        if not watchdog_told:
            watchdog.ready()
            watchdog_told = True
        watchdog.beat(time.monotonic_ns())
        seen = screen.pump()
        if seen.quit:
            return False
        if seen.exposed:
            painter.forget()
        time.sleep(_LOOK_S)
        try:
            load_config(path)
        except ConfigError as now:
            error = now
        else:
            return True
    return False
