"""How the parts of a celebration come in: each is a layer that stands still once it has arrived."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto

from kiosk.scene.ease import back, ease_out_cubic, progress
from kiosk.scene.shapes import Box, Group, Shape

LENGTH_S = 0.65
"""How long a layer takes."""


class Motion(Enum):
    """Pops up from its middle, or rises into place while it appears."""

    POP = auto()
    RISE = auto()


@dataclass(frozen=True, slots=True)
class Layer:
    """Shapes that come in together, `at_s` seconds into the showing; they are rasterised once."""

    box: Box
    shapes: tuple[Shape, ...]
    motion: Motion
    at_s: float

    def at(self, t: float) -> tuple[Group, ...]:
        """The layer at `t` seconds: nothing before its time."""
        p = progress(t, self.at_s, LENGTH_S)
        if p <= 0:
            return ()
        if p >= 1:
            return (Group(self.box, self.shapes),)
        if self.motion is Motion.POP:
            return (Group(self.box, self.shapes, scale=max(0.05, back(p)), opacity=min(1.0, 3 * p)),)
        eased = ease_out_cubic(p)
        return (Group(self.box, self.shapes, dy=round(46 * (1 - eased), 1), opacity=eased),)
