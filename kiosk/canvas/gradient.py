"""Linear gradients without visible bands: each channel is dithered by an ordered 8x8 pattern."""

from __future__ import annotations

import pygame

from kiosk.scene.shapes import Gradient

_CELL = 8


def _bayer(size: int) -> list[list[float]]:
    if size == 1:
        return [[0.0]]
    half = _bayer(size // 2)
    rows = [[4 * value for value in row] + [4 * value + 2 for value in row] for row in half]
    rows += [[4 * value + 3 for value in row] + [4 * value + 1 for value in row] for row in half]
    return rows


# Thresholds in the open interval 0 to 1: a channel that is whole keeps its value everywhere.
_THRESHOLDS = [[(value + 0.5) / (_CELL * _CELL) for value in row] for row in _bayer(_CELL)]


def gradient(fill: Gradient, width: int, height: int) -> pygame.Surface:
    """A sprite of the gradient: 32 bits, colours multiplied by their opacity."""
    length = width if fill.across else height
    start, end = _premultiplied(fill.start), _premultiplied(fill.end)
    steps = max(1, length - 1)
    lines: list[list[bytes]] = []  # for each place along the gradient, the pixel of each of the pattern's cells
    for place in range(length):
        mix = place / steps
        values = [a + (b - a) * mix for a, b in zip(start, end, strict=True)]
        lines.append([_pixel(values, _threshold(place, cell, across=fill.across)) for cell in range(_CELL)])
    if fill.across:
        patterns = [b"".join(line[cell] for line in lines) for cell in range(_CELL)]
        pixels = b"".join(patterns[y % _CELL] for y in range(height))
    else:
        repeats = -(-width // _CELL)
        pixels = b"".join((b"".join(line) * repeats)[: width * 4] for line in lines)
    return pygame.image.frombuffer(pixels, (width, height), "BGRA").copy()


def _premultiplied(colour: tuple[int, int, int, int]) -> tuple[float, ...]:
    red, green, blue, opacity = colour
    return (blue * opacity / 255, green * opacity / 255, red * opacity / 255, float(opacity))


def _threshold(place: int, cell: int, *, across: bool) -> float:
    return _THRESHOLDS[cell][place % _CELL] if across else _THRESHOLDS[place % _CELL][cell]


def _pixel(values: list[float], threshold: float) -> bytes:
    return bytes(int(value + threshold) for value in values)
