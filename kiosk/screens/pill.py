"""A pill: a short text in a rounded box that hugs it."""

from __future__ import annotations

from kiosk.scene.layout import room_for
from kiosk.scene.shapes import Align, Box, Colour, Rect, Shape, Text, Weight


def pill_width(text: str, size: float, room: float) -> float:
    """The pill's width in px, at most `room`."""
    return min(room, room_for(text, size) + 1.3 * size)


def pill(box: Box, text: str, size: float, ground: Colour, colour: Colour) -> tuple[Shape, ...]:
    """The pill that fills the box."""
    inner = box.inset(0.5 * size, 0)
    return (
        Rect(box, ground, radius=box.h / 2),
        Text(inner, text, size, colour, Weight.SEMIBOLD, Align.MIDDLE, min_size=min(size, 28)),
    )
