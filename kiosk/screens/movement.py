"""How somebody's rank has changed: an arrow with the places, a dash for none, a spark for newcomers."""

from __future__ import annotations

from kiosk.scene.shapes import Box, Polygon, Rect, Shape, Text, Weight
from kiosk.scene.theme import Theme
from kiosk.screens.outline import polar

_ARROW = 13


def movement(moved: int | None, box: Box, theme: Theme) -> tuple[Shape, ...]:
    """The mark of `moved` places gained (negative: lost); None is a newcomer."""
    x, y = box.x + 18, box.y + box.h / 2
    if moved is None:
        return (Polygon(tuple(polar(45 * i, 5.6 if i % 2 else 15, x + 10, y) for i in range(8)), theme.accent),)
    if moved == 0:
        return (Rect(Box(x - 2, y - 3, 24, 6), theme.muted.alpha(0.55), radius=3),)
    up = moved > 0
    colour = theme.good if up else theme.bad
    tip, half = -_ARROW if up else _ARROW, 1.15 * _ARROW
    places = Box(x + 20, box.y, box.w - 24, box.h)
    return (
        Polygon(((x, y + tip), (x + half, y - tip), (x - half, y - tip)), colour),
        Text(places, str(abs(moved)), 32, colour, Weight.SEMIBOLD, tabular=True),
    )
