"""How much of each pixel a shape covers, 0 to 255, row by row; and sprites tinted from it.

Circles are computed: exact along x, eight samples along y, four where they are large. Polygons are drawn larger and
averaged, in strips so that memory stays small.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

import pygame

from kiosk.scene.shapes import Colour

_SAMPLES = 8
_LARGE_PX = 64
_OVERSAMPLING = ((40 * 40, 4), (200 * 200, 8), (500 * 500, 4), (math.inf, 2))  # times, by the sprite's px
_STRIP_PX = 64


class Coverage(NamedTuple):
    """Coverage of a block of pixels, one byte each."""

    width: int
    height: int
    alpha: bytes

    def mirrored(self, *, across: bool = False, down: bool = False) -> Coverage:
        """The same seen in a mirror: left and right swapped if `across`, top and bottom if `down`."""
        rows = [self.alpha[i : i + self.width] for i in range(0, len(self.alpha), self.width)]
        if across:
            rows = [row[::-1] for row in rows]
        if down:
            rows.reverse()
        return Coverage(self.width, self.height, b"".join(rows))


def tint(coverage: Coverage, colour: Colour) -> pygame.Surface:
    """A sprite of one colour: 32 bits, colours multiplied by their opacity."""
    pixels = bytearray(4 * len(coverage.alpha))
    for channel, value in enumerate((colour.b, colour.g, colour.r, 255)):
        pixels[channel::4] = coverage.alpha.translate(_scaled_by(value * colour.a))
    return pygame.image.frombuffer(pixels, (coverage.width, coverage.height), "BGRA").copy()


@lru_cache(maxsize=256)
def _scaled_by(strength: int) -> bytes:
    """For each coverage the channel's value, of a channel and an opacity that multiply to `strength`."""
    return bytes((strength * alpha + 32512) // 65025 for alpha in range(256))


@lru_cache(maxsize=32)
def quadrant(radius: float, outline: float = 0) -> Coverage:
    """The top left quarter of a circle, or of a ring `outline` px thick inside it, that touches the block's edges.

    Where the diameter is odd it includes the middle row and column.
    """
    size = math.ceil(radius)
    ring = 0 < outline < radius
    rows = []
    for y in range(size):
        start, edge = _edge(y, radius, radius)
        row = bytearray(start) + edge + b"\xff" * (size - start - len(edge))
        if ring:
            start, edge = _edge(y, radius, radius - outline)
            for x, gone in enumerate(edge, start):
                row[x] = max(0, row[x] - gone)
            row[start + len(edge) :] = bytes(size - start - len(edge))
        rows.append(row)
    return Coverage(size, size, b"".join(rows))


def rounded(width: int, height: int, radius: float) -> Coverage:
    """A filled rectangle with round corners."""
    corner = quadrant(min(radius, width / 2, height / 2))
    rows = [b"\xff" * width] * height
    for y in range(corner.height):
        left = corner.alpha[y * corner.width : (y + 1) * corner.width]
        full = b"\xff" * (width - 2 * corner.width)
        row = left + full + left[::-1][2 * corner.width - width if width < 2 * corner.width else 0 :]
        rows[y] = rows[height - 1 - y] = row
    return Coverage(width, height, b"".join(rows))


def polygon(points: Sequence[tuple[float, float]], width: int, height: int, colour: Colour) -> pygame.Surface:
    """A sprite of a filled polygon whose points are in px from its top left corner; what lies outside is cut off."""
    times = next(times for most_px, times in _OVERSAMPLING if width * height <= most_px)
    scaled = [(x * times, y * times) for x, y in points]
    sprite = pygame.Surface((width, height), pygame.SRCALPHA, 32)
    ink = premultiplied(colour)
    for top in range(0, height, _STRIP_PX):
        rows = min(_STRIP_PX, height - top)
        reached = _reach(points, top, top + rows)
        left, right = max(0, math.floor(reached[0])), min(width, math.ceil(reached[1]) + 1)
        if left >= right:
            continue
        large = pygame.Surface(((right - left) * times, rows * times), pygame.SRCALPHA, 32)
        pygame.draw.polygon(large, ink, [(x - left * times, y - top * times) for x, y in scaled])
        small = pygame.transform.smoothscale(large, (right - left, rows))
        sprite.blit(small, (left, top), special_flags=pygame.BLEND_RGBA_ADD)
    return sprite


def premultiplied(colour: Colour) -> Colour:
    """A colour multiplied by its opacity."""
    red, green, blue = ((channel * colour.a + 127) // 255 for channel in colour[:3])
    return Colour(red, green, blue, colour.a)


def _reach(points: Sequence[tuple[float, float]], top: float, bottom: float) -> tuple[float, float]:
    """The least and the greatest x of a polygon between two heights; the wrong way round where it has none there."""
    xs = []
    for (x1, y1), (x2, y2) in zip(points, (*points[1:], points[0]), strict=True):
        if max(y1, y2) < top or min(y1, y2) > bottom:
            continue
        for y in (y1, y2, top, bottom):
            within = min(max(y, top, min(y1, y2)), bottom, max(y1, y2))
            xs.append(x1 if y1 == y2 else x1 + (x2 - x1) * (within - y1) / (y2 - y1))
        if y1 == y2:
            xs.append(x2)
    return (min(xs), max(xs)) if xs else (0, -1)


def _edge(y: int, centre: float, radius: float) -> tuple[int, bytes]:
    """Where a circle begins to cover a row of its upper left quarter, and the coverage until it covers px wholly."""
    size = math.ceil(centre)
    samples = _SAMPLES if centre < _LARGE_PX else _SAMPLES // 2
    spans = []
    for sample in range(samples):
        dy = centre - (y + (sample + 0.5) / samples)
        if abs(dy) < radius:
            half = math.sqrt(radius * radius - dy * dy)
            spans.append((centre - half, centre + half))
    if not spans:
        return size, b""
    start = int(min(left for left, _ in spans))
    # In rows that it touches in part, and where the middle of an odd circle cuts a px, none is covered wholly.
    whole = len(spans) == samples and min(right for _, right in spans) >= size
    end = min(size, math.ceil(max(left for left, _ in spans))) if whole else size
    covered = (sum(max(0.0, min(x + 1, right) - max(x, left)) for left, right in spans) for x in range(start, end))
    return start, bytes(min(255, round(part * 255 / samples)) for part in covered)
