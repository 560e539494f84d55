"""The product's mark: three rising columns under a star."""

from __future__ import annotations

from kiosk.scene.shapes import Box, Gradient, Polygon, Rect, Shape
from kiosk.scene.theme import Theme
from kiosk.screens.outline import polar


def mark(box: Box, theme: Theme) -> tuple[Shape, ...]:
    """The mark in a square box."""
    unit = box.w / 100
    bar = Gradient(theme.bar.end, theme.bar.start)
    columns = tuple(
        Rect(Box(box.x + x * unit, box.y + top * unit, 24 * unit, (96 - top) * unit), bar, radius=7 * unit)
        for x, top in ((4, 66), (38, 44), (72, 58))
    )
    cx, cy = box.x + 50 * unit, box.y + 20 * unit
    star = tuple(polar(36 * i, (8.5 if i % 2 else 19) * unit, cx, cy) for i in range(10))
    return (*columns, Polygon(tuple((round(x, 1), round(y, 1)) for x, y in star), theme.gold))
