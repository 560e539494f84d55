"""Where shapes stand on a surface, in whole px: what they may touch, and so what they damage when they change."""

from __future__ import annotations

import math
from typing import NamedTuple

import pygame

from kiosk.canvas.particles import reach
from kiosk.scene.shapes import Box, Disc, Group, Particle, Particles, Picture, Polygon, Rect, Shape, Text

_FEW = 80  # papers; more are all over the screen
_SCATTER = 480  # logical px: papers this near each other are one place of damage


class Layer(NamedTuple):
    """A surface to paint on; a logical point (x, y) is at (x * scale + left, y * scale + top) px."""

    surface: pygame.Surface
    left: int
    top: int
    scale: float


def bounds(shape: Shape, layer: Layer) -> pygame.Rect:
    """The px that a shape may touch on a layer."""
    match shape:
        case Rect() | Picture():
            return snapped(shape.box, layer)
        case Text():
            return text_area(shape, layer)
        case Disc():
            return disc_area(shape, layer)
        case Polygon():
            return polygon_area(shape, layer)
        case Particles():
            return _particles_area(shape, layer)
        case Group():
            return _group_area(shape, layer)


def footprint(shape: Shape, layer: Layer) -> tuple[pygame.Rect, ...]:
    """The px that a shape may touch, more closely where it is a few scattered papers."""
    if not isinstance(shape, Particles) or len(shape.items) > _FEW:
        return (bounds(shape, layer),)
    parts: dict[tuple[int, int], list[Particle]] = {}
    for item in shape.items:
        parts.setdefault((int(item.x // _SCATTER), int(item.y // _SCATTER)), []).append(item)
    return tuple(_particles_area(Particles(tuple(part)), layer) for part in parts.values())


def near(value: float) -> int:
    """The nearest whole number, halves upwards: boxes that touch still touch."""
    return math.floor(value + 0.5)


def snapped(box: Box, layer: Layer) -> pygame.Rect:
    """A box in whole px; boxes that share an edge still share it."""
    left, top = near(box.x * layer.scale), near(box.y * layer.scale)
    width = near((box.x + box.w) * layer.scale) - left
    height = near((box.y + box.h) * layer.scale) - top
    return pygame.Rect(left + layer.left, top + layer.top, max(0, width), max(0, height))


def text_area(shape: Text, layer: Layer) -> pygame.Rect:
    """A text's box; its width doesn't depend on where it stands, so that a moved text is the same sprite."""
    box, scale = shape.box, layer.scale
    return pygame.Rect(
        near(box.x * scale) + layer.left,
        near(box.y * scale) + layer.top,
        max(0, near(box.w * scale)),
        max(0, near(box.h * scale)),
    )


def disc_area(shape: Disc, layer: Layer) -> pygame.Rect:
    """The square around a circle, in whole px."""
    scale = layer.scale
    side = max(0, near(2 * shape.radius * scale))
    left = near((shape.x - shape.radius) * scale) + layer.left
    return pygame.Rect(left, near((shape.y - shape.radius) * scale) + layer.top, side, side)


def polygon_area(shape: Polygon, layer: Layer) -> pygame.Rect:
    """The px around a polygon."""
    if not shape.points:
        return pygame.Rect(0, 0, 0, 0)
    xs = [x * layer.scale for x, _ in shape.points]
    ys = [y * layer.scale for _, y in shape.points]
    left, top = math.floor(min(xs)), math.floor(min(ys))
    size = (math.ceil(max(xs)) - left + 1, math.ceil(max(ys)) - top + 1)
    return pygame.Rect((left + layer.left, top + layer.top), size)


def _particles_area(shape: Particles, layer: Layer) -> pygame.Rect:
    if not shape.items:
        return pygame.Rect(0, 0, 0, 0)
    far = reach(shape, layer.scale)
    xs = [item.x for item in shape.items]
    ys = [item.y for item in shape.items]
    left, top = round(min(xs) * layer.scale) - far, round(min(ys) * layer.scale) - far
    size = (round(max(xs) * layer.scale) + far - left, round(max(ys) * layer.scale) + far - top)
    return pygame.Rect((left + layer.left, top + layer.top), size)


def _group_area(shape: Group, layer: Layer) -> pygame.Rect:
    box = shape.box.moved(shape.dx, shape.dy)
    wider, taller = box.w * (shape.scale - 1) / 2, box.h * (shape.scale - 1) / 2
    return snapped(Box(box.x - wider, box.y - taller, box.w + 2 * wider, box.h + 2 * taller), layer).inflate(4, 4)
