"""The ground of a celebration: a gradient with spotlights from the winner, or a picture under a scrim."""

from __future__ import annotations

import math
from functools import lru_cache

from kiosk.scene.layout import CANVAS
from kiosk.scene.shapes import Picture, Polygon, Rect, Shape
from kiosk.scene.theme import Theme
from kiosk.screens.outline import circle

_RAYS = 16
_HALOS = (0.96, 0.74)


@lru_cache(maxsize=4)
def stage(background: str, x: float, y: float, theme: Theme) -> tuple[Shape, ...]:
    """The ground whose light comes from (x, y); `background` is `theme` or a picture's path."""
    ground = Rect(CANVAS, theme.stage)
    if background != "theme":
        return ground, Picture(CANVAS, background), Rect(CANVAS, theme.scrim)
    rays = (Polygon(points, theme.rays[i % len(theme.rays)]) for i, points in enumerate(_rays(x, y)))
    reach = min(x, y, CANVAS.w - x, CANVAS.h - y)
    halos = (Polygon(circle(x, y, reach * share, 120), theme.halo) for share in _HALOS)
    return (ground, *rays, *halos)


def _rays(x: float, y: float) -> tuple[tuple[tuple[float, float], ...], ...]:
    """Wedges from (x, y) to the canvas's edge, as wide as the dark between them."""
    step = math.tau / _RAYS
    corners = [(0.0, 0.0), (CANVAS.w, 0.0), (CANVAS.w, CANVAS.h), (0.0, CANVAS.h)]
    rays = []
    for i in range(_RAYS):
        start, end = i * step + 0.06, (i + 0.5) * step + 0.06
        between = sorted(
            ((math.atan2(cy - y, cx - x) - start) % math.tau, (cx, cy))
            for cx, cy in corners
            if (math.atan2(cy - y, cx - x) - start) % math.tau < end - start
        )
        rays.append(((x, y), _edge(x, y, start), *(corner for _, corner in between), _edge(x, y, end)))
    return tuple(rays)


def _edge(x: float, y: float, angle: float) -> tuple[float, float]:
    """Where the canvas ends in that direction (radians, 0 to the right, clockwise)."""
    cos, sin = math.cos(angle), math.sin(angle)
    reaches = []
    if abs(cos) > 1e-9:
        reaches.append(((CANVAS.w if cos > 0 else 0) - x) / cos)
    if abs(sin) > 1e-9:
        reaches.append(((CANVAS.h if sin > 0 else 0) - y) / sin)
    reach = min(reaches)
    return (round(x + reach * cos, 1), round(y + reach * sin, 1))
