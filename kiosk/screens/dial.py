"""A clock's face with two hands, without seconds: it moves once a minute."""

from __future__ import annotations

from datetime import datetime

from kiosk.scene.shapes import Disc, Polygon, Shape
from kiosk.scene.theme import Theme
from kiosk.screens.outline import Outline, Point, polar


def dial(x: float, y: float, radius: float, local: datetime | None, theme: Theme) -> tuple[Shape, ...]:
    """The face around (x, y); without hands while the time isn't known."""
    shapes: list[Shape] = [
        Disc(x, y, radius, theme.surface),
        Disc(x, y, radius, theme.edge, outline=4),
    ]
    for minute in range(60):
        hour = minute % 5 == 0
        colour = theme.text if minute % 15 == 0 else theme.muted if hour else theme.muted.alpha(0.35)
        length, half = (0.11, 0.014) if hour else (0.05, 0.006)
        shapes.append(Polygon(_bar((x, y), 6 * minute, radius * (0.92 - length), radius * 0.92, radius * half), colour))
    if local is not None:
        hours, minutes = 30 * (local.hour % 12) + local.minute / 2, 6 * local.minute
        shapes += [
            Polygon(_bar((x, y), hours, -0.12 * radius, 0.52 * radius, 0.034 * radius), theme.text),
            Polygon(_bar((x, y), minutes, -0.12 * radius, 0.78 * radius, 0.022 * radius), theme.text),
            Disc(x, y, 0.062 * radius, theme.bar.end),
            Disc(x, y, 0.026 * radius, theme.surface),
        ]
    return tuple(shapes)


def _bar(centre: Point, angle: float, start: float, end: float, half: float) -> Outline:
    """A straight piece along the radius at `angle` degrees, tapering outwards."""
    (ax, ay), (bx, by) = polar(angle, start, *centre), polar(angle, end, *centre)
    (nx, ny) = polar(angle + 90, half)
    (mx, my) = (0.72 * nx, 0.72 * ny)
    corners = ((ax + nx, ay + ny), (bx + mx, by + my), (bx - mx, by - my), (ax - nx, ay - ny))
    return tuple((round(px, 1), round(py, 1)) for px, py in corners)
