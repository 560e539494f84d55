"""Every screen in every state is drawn as its golden text says.

After a wanted change: `pytest tests/screens --update-goldens`, then read the difference.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from screen_views import STATES

from kiosk.scene.dump import dump
from kiosk.scene.shapes import Scene
from kiosk.scene.theme import theme
from kiosk.screens.registry import draw
from kiosk.screens.safe import safe
from kiosk.screens.status import status
from kiosk.screens.view import StatusView

GOLDENS = Path(__file__).parent / "goldens"
DARK = theme("dark")

OVERLAYS = {
    "status-all-well": StatusView(),
    "status-one-fault": StatusView(("crm.csv: row 17: close_value “12,x” is no number",)),
    "status-everything": StatusView(("crm.csv: row 17 " * 20, "b"), muted=True, offline=True),
}


def _assert_golden(name: str, scene: Scene, update: bool) -> None:
    path = GOLDENS / f"{name}.txt"
    text = dump(scene)
    if update:
        path.write_text(text, encoding="utf-8")
    assert path.is_file(), f"no golden {path.name}: run with --update-goldens and look at it"
    assert text == path.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", list(STATES))
def test_a_screen_is_drawn_as_its_golden(name: str, update_goldens: bool) -> None:
    view, moment = STATES[name]
    _assert_golden(name, draw(view, moment, DARK), update_goldens)


@pytest.mark.parametrize("name", list(OVERLAYS))
def test_the_status_overlay_is_drawn_as_its_golden(name: str, update_goldens: bool) -> None:
    _assert_golden(name, Scene((), status(OVERLAYS[name], DARK)), update_goldens)


def test_the_safe_screen_is_drawn_as_its_golden(update_goldens: bool) -> None:
    _assert_golden("safe", safe(DARK), update_goldens)


def test_no_golden_is_left_over() -> None:
    assert {path.stem for path in GOLDENS.glob("*.txt")} == {*STATES, *OVERLAYS, "safe"}
