"""Linear gradients without visible bands: each channel is dithered by an ordered 8x8 pattern."""

from __future__ import annotations

from collections.abc import Sequence

import pygame

from kiosk.scene.shapes import Colour, Gradient

_CELL = 8


def _bayer(size: int) -> list[list[int]]:
    if size == 1:
        return [[0]]
    half = _bayer(size // 2)
    rows = [[4 * value for value in row] + [4 * value + 2 for value in row] for row in half]
    rows += [[4 * value + 3 for value in row] + [4 * value + 1 for value in row] for row in half]
    return rows


# For each row of the pattern and each 64th of a step between two values: which of eight neighbours get the higher one,
# a byte each. A channel that is whole keeps its value everywhere.
_RAISED = [
    [sum(1 << 8 * place for place, value in enumerate(row) if part > value) for part in range(_CELL * _CELL)]
    for row in _bayer(_CELL)
]
_EIGHT_TIMES = 0x0101010101010101


def gradient(fill: Gradient, width: int, height: int) -> pygame.Surface:
    """A sprite of the gradient: 32 bits, colours multiplied by their opacity."""
    length = width if fill.across else height
    start, end = _premultiplied(fill.start), _premultiplied(fill.end)
    lines = []
    for place in range(length):
        mix = place / max(1, length - 1)
        values = [a + (b - a) * mix for a, b in zip(start, end, strict=True)]
        lines.append(_eight_pixels(values, place % _CELL))
    if fill.across:
        tile = (length, _CELL)
        lines = [b"".join(line[cell : cell + 4] for line in lines) for cell in range(0, 4 * _CELL, 4)]
    else:
        tile = (_CELL, length)
    pattern = pygame.image.frombuffer(b"".join(lines), tile, "BGRA")
    sprite = pygame.Surface((width, height), pygame.SRCALPHA, 32)
    places = ((x, y) for x in range(0, width, tile[0]) for y in range(0, height, tile[1]))
    sprite.fblits([(pattern, place) for place in places], pygame.BLEND_RGBA_ADD)
    return sprite


def _premultiplied(colour: Colour) -> tuple[float, ...]:
    red, green, blue, opacity = colour
    return (blue * opacity / 255, green * opacity / 255, red * opacity / 255, float(opacity))


def _eight_pixels(values: Sequence[float], row: int) -> bytes:
    """Eight neighbours at one place along the gradient, dithered by a row of the pattern."""
    pixels = bytearray(4 * _CELL)
    for channel, value in enumerate(values):
        whole = int(value)
        raised = _RAISED[row][int((value - whole) * _CELL * _CELL)]
        pixels[channel::4] = (whole * _EIGHT_TIMES + raised).to_bytes(_CELL, "little")
    return bytes(pixels)
