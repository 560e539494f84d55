"""The status overlay: small pills at the lower right, only while something is wrong or silenced."""

from __future__ import annotations

from kiosk.scene.layout import room_for
from kiosk.scene.shapes import Box, Colour, Disc, Polygon, Rect, Shape, Text, Weight
from kiosk.scene.theme import Theme
from kiosk.screens.outline import band, polar
from kiosk.screens.problem import warning_sign
from kiosk.screens.view import StatusView

_SIZE, _HEIGHT, _ICON = 28, 52, 60
_BOTTOM, _LEFT, _RIGHT = 1066, 92, 1828

TURN_S = 8
"""How long each of several faults is told."""


def status(view: StatusView, theme: Theme, mono_s: float = 0) -> tuple[Shape, ...]:
    """Shapes to paint over any screen, from the right: offline, muted, faults, of which each has its turn."""
    shapes: list[Shape] = []
    right: float = _RIGHT
    for shown, icon in ((view.offline, _offline), (view.muted, _muted)):
        if shown:
            box = Box(right - _ICON - 4, _BOTTOM - _HEIGHT, _ICON + 4, _HEIGHT)
            shapes += [*_ground(box, theme), *icon(box.x + box.w / 2, box.y + box.h / 2, theme.text, theme.surface)]
            right = box.x - 12
    if view.faults:
        shapes += _faults(view.faults, int(mono_s // TURN_S) % len(view.faults), right, theme)
    return tuple(shapes)


def next_turn_s(view: StatusView, mono_s: float) -> float | None:
    """Seconds until another fault is told, None for never."""
    return TURN_S - mono_s % TURN_S if len(view.faults) > 1 else None


def _ground(box: Box, theme: Theme) -> tuple[Shape, ...]:
    return Rect(box, theme.surface, radius=box.h / 2), Rect(box, theme.edge, radius=box.h / 2, outline=2)


def _faults(faults: tuple[str, ...], place: int, right: float, theme: Theme) -> list[Shape]:
    text = faults[place] if len(faults) == 1 else f"{place + 1}/{len(faults)} · {faults[place]}"
    width = min(right - _LEFT, room_for(text, _SIZE) + _ICON + 30)
    box = Box(right - width, _BOTTOM - _HEIGHT, width, _HEIGHT)
    return [
        *_ground(box, theme),
        *warning_sign(box.x + 36, box.y + box.h / 2, 17, theme),
        Text(Box(box.x + _ICON + 4, box.y, width - _ICON - 26, box.h), text, _SIZE, theme.text, Weight.SEMIBOLD),
    ]


def _muted(x: float, y: float, colour: Colour, ground: Colour) -> tuple[Shape, ...]:
    """A loudspeaker, struck out."""
    cone = ((x - 16, y - 6), (x - 8, y - 6), (x + 2, y - 15), (x + 2, y + 15), (x - 8, y + 6), (x - 16, y + 6))
    return (
        Polygon(cone, colour),
        Polygon(band((x - 2, y), 15, 11.5, 50, 130), colour),
        *_strike(x, y, colour, ground),
    )


def _offline(x: float, y: float, colour: Colour, ground: Colour) -> tuple[Shape, ...]:
    """Radio waves, struck out."""
    return (
        Disc(x, y + 13, 4, colour),
        Polygon(band((x, y + 13), 15, 11, -45, 45), colour),
        Polygon(band((x, y + 13), 27, 23, -45, 45), colour),
        *_strike(x, y, colour, ground),
    )


def _strike(x: float, y: float, colour: Colour, ground: Colour) -> tuple[Shape, ...]:
    """A line from upper left to lower right, cut out of what lies below it."""
    return Polygon(_line(x + 3, y - 3, 4.5), ground), Polygon(_line(x, y, 2), colour)


def _line(x: float, y: float, half: float) -> tuple[tuple[float, float], ...]:
    (ax, ay), (bx, by) = polar(-45, 20, x, y), polar(135, 20, x, y)
    (nx, ny) = polar(45, half)
    return ((ax + nx, ay + ny), (bx + nx, by + ny), (bx - nx, by - ny), (ax - nx, ay - ny))
