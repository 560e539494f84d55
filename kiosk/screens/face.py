"""A person or a team as a round picture; the initials below it show while there is no photo."""

from __future__ import annotations

from typing import Protocol

from kiosk.scene.layout import room_for, square
from kiosk.scene.shapes import Align, Picture, Rect, Shape, Text, Weight
from kiosk.scene.theme import Theme

_SMALLEST = 28


class Faced(Protocol):
    """Whoever has a face: rows of boards, winners."""

    @property
    def initials(self) -> str:
        """One to three letters."""

    @property
    def colour(self) -> int:
        """The person's stable number."""

    @property
    def photo(self) -> str | None:
        """A picture's path."""


def face(x: float, y: float, radius: float, who: Faced, theme: Theme) -> tuple[Shape, ...]:
    """The face around (x, y); where two wide letters would not fit, the first stands alone."""
    around = square(x, y, radius)
    size = max(_SMALLEST, 0.7 * radius)
    letters = who.initials if room_for(who.initials, size) <= 2 * radius else who.initials[:1]
    initials = Text(around, letters, size, theme.on_people, Weight.BOLD, Align.MIDDLE)
    ground = theme.person(who.colour)
    disc = Rect(around, ground, radius=radius)
    if who.photo is None:
        return disc, initials
    return disc, initials, Picture(around, who.photo, radius=radius, ground=ground)
