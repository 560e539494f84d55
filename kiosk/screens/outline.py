"""Outlines of the shipped badges, drawn in units: the glyph's ground is the circle of radius 1 around (0, 0), y down.

Each glyph is a tuple of parts painted in order; a part is a tone and a closed outline. Curves are sampled finely
enough for a badge 400 px wide.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from enum import Enum, auto

Point = tuple[float, float]
Outline = tuple[Point, ...]


class Tone(Enum):
    """A part's paint: the glyph's own light, its shaded side, its deep accent, or the ground seen through a hole."""

    LIGHT = auto()
    SHADE = auto()
    GROUND = auto()


Part = tuple[Tone, Outline]
Glyph = tuple[Part, ...]


def polar(angle: float, radius: float, x: float = 0, y: float = 0) -> Point:
    """The point at `angle` degrees (0 up, clockwise) and `radius` from (x, y)."""
    a = math.radians(angle)
    return (x + radius * math.sin(a), y - radius * math.cos(a))


def arc(centre: Point, radius: float, start: float, end: float, steps: int = 24) -> Outline:
    """Points along a circle from `start` to `end` degrees."""
    return tuple(polar(start + (end - start) * i / steps, radius, *centre) for i in range(steps + 1))


def circle(x: float, y: float, radius: float, corners: int = 48) -> Outline:
    """A whole circle."""
    return arc((x, y), radius, 0, 360, corners)[:-1]


def band(centre: Point, outer: float, inner: float, start: float, end: float) -> Outline:
    """A piece of a ring."""
    return arc(centre, outer, start, end) + arc(centre, inner, end, start)


def box(left: float, top: float, right: float, bottom: float, radius: float = 0) -> Outline:
    """A rectangle with round corners."""
    if not radius:
        return ((left, top), (right, top), (right, bottom), (left, bottom))
    r = radius
    return (
        arc((left + r, top + r), r, -90, 0, 8)
        + arc((right - r, top + r), r, 0, 90, 8)
        + arc((right - r, bottom - r), r, 90, 180, 8)
        + arc((left + r, bottom - r), r, 180, 270, 8)
    )


def curve(a: Point, b: Point, c: Point, d: Point, steps: int = 18) -> Outline:
    """A cubic Bézier curve from `a` to `d`, without its last point, so that curves can be strung together."""
    points = []
    for i in range(steps):
        t = i / steps
        u = 1 - t
        w = (u**3, 3 * u * u * t, 3 * u * t * t, t**3)
        points.append(tuple(sum(k * p[axis] for k, p in zip(w, (a, b, c, d), strict=True)) for axis in (0, 1)))
    return tuple((x, y) for x, y in points)


def moved(points: Iterable[Point], dx: float, dy: float) -> Outline:
    """The outline shifted."""
    return tuple((x + dx, y + dy) for x, y in points)


def turned(points: Iterable[Point], angle: float) -> Outline:
    """The outline turned clockwise around (0, 0)."""
    a = math.radians(angle)
    cos, sin = math.cos(a), math.sin(a)
    return tuple((x * cos - y * sin, x * sin + y * cos) for x, y in points)


def mirrored(points: Iterable[Point]) -> Outline:
    """The outline mirrored left to right."""
    return tuple((-x, y) for x, y in points)
