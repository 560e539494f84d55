"""Shapes are plain comparable values in logical pixels; equal shapes paint equal pixels.

The canvas is 1920x1080. Painters scale it to the mode; screens never measure glyphs: a `Text` gives its box and how
it may be fitted.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

WIDTH, HEIGHT = 1920, 1080


class Box(NamedTuple):
    """Left, top, width and height in logical px."""

    x: float
    y: float
    w: float
    h: float

    def inset(self, dx: float, dy: float | None = None) -> Box:
        """The box made smaller by `dx` left and right and by `dy` (default `dx`) above and below."""
        dy = dx if dy is None else dy
        return Box(self.x + dx, self.y + dy, self.w - 2 * dx, self.h - 2 * dy)

    def moved(self, dx: float, dy: float) -> Box:
        """The box shifted."""
        return Box(self.x + dx, self.y + dy, self.w, self.h)


class Colour(NamedTuple):
    """Red, green, blue and opacity, each 0 to 255."""

    r: int
    g: int
    b: int
    a: int = 255

    def alpha(self, opacity: float) -> Colour:
        """The same colour at `opacity` (0 to 1) of its own."""
        return Colour(self.r, self.g, self.b, round(self.a * opacity))


class Gradient(NamedTuple):
    """A linear blend, top to bottom, or left to right if `across`."""

    start: Colour
    end: Colour
    across: bool = False


Fill = Colour | Gradient


class Align(StrEnum):
    """Along a text's line (`START` and `END` follow its direction) or across its box."""

    START = "start"
    MIDDLE = "middle"
    END = "end"


class Weight(StrEnum):
    """Weights of the theme's typeface that are shipped."""

    REGULAR = "regular"
    SEMIBOLD = "semibold"
    BOLD = "bold"


@dataclass(frozen=True, slots=True)
class Rect:
    """A rectangle with rounded corners of `radius` px, filled, or outlined where `outline` px > 0."""

    box: Box
    fill: Fill
    radius: float = 0
    outline: float = 0


@dataclass(frozen=True, slots=True)
class Disc:
    """A circle around (x, y), filled, or a ring of `outline` px inside its radius."""

    x: float
    y: float
    radius: float
    fill: Colour
    outline: float = 0


@dataclass(frozen=True, slots=True)
class Polygon:
    """A filled polygon, smooth at its edges; simple, not necessarily convex."""

    points: tuple[tuple[float, float], ...]
    fill: Colour


@dataclass(frozen=True, slots=True)
class Text:
    """A text fitted into its box: shrunk down to `min_size`, wrapped to `max_lines`, then cut with an ellipsis.

    `size` is the em height in px. `tabular` gives all digits one width, so that changing numbers stand still.
    """

    box: Box
    text: str
    size: float
    colour: Colour
    weight: Weight = Weight.REGULAR
    align: Align = Align.START
    valign: Align = Align.MIDDLE
    max_lines: int = 1
    min_size: float = 28
    tabular: bool = False


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture file cover-cropped into its box (or wholly inside it: `contain`), rounded by `radius`.

    A file that is missing or not ready is painted as nothing; screens put a placeholder below it. `ground` fills the
    box below a picture that is there, so that no placeholder shows where the picture is see-through.
    """

    box: Box
    path: str
    contain: bool = False
    radius: float = 0
    ground: Fill | None = None


class Particle(NamedTuple):
    """A small confetti paper: centre, size in px, turn in degrees, and how far it is tipped (0 flat, 1 edge-on)."""

    x: float
    y: float
    size: float
    angle: float
    tip: float
    colour: Colour


@dataclass(frozen=True, slots=True)
class Particles:
    """Many small papers, painted in order."""

    items: tuple[Particle, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """Shapes rasterised together once, then placed: moved by (dx, dy), scaled around the box's centre, faded.

    What lies outside `box` is cut off. An unchanged `shapes` costs one copy a frame, however it moves.
    """

    box: Box
    shapes: tuple[Shape, ...]
    dx: float = 0
    dy: float = 0
    scale: float = 1
    opacity: float = 1


Shape = Rect | Disc | Polygon | Text | Picture | Particles | Group


@dataclass(frozen=True, slots=True)
class Scene:
    """One picture.

    Attributes:
        backdrop: what fills the canvas and rarely changes; rasterised once and kept.
        shapes: painted over it in order.
        next_s: seconds from this moment until the screen would paint something else: 0 while it moves, None for
            never. The loop sleeps till then.
    """

    backdrop: tuple[Shape, ...]
    shapes: tuple[Shape, ...]
    next_s: float | None = None
