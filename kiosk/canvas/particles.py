"""Confetti papers as cached sprites: a few sizes, 18 turns, nine tips."""

from __future__ import annotations

import math

import pygame

from kiosk.canvas.cache import Cache
from kiosk.canvas.coverage import polygon, tint
from kiosk.scene.shapes import Colour, Particle, Particles

_TURN_DEGREES = 10
_TURNS = 180 // _TURN_DEGREES  # a paper looks the same upside down
_TIPS = 8
_SIZE_STEP_PX = 2
_SLENDER = 0.6
_THINNEST_PX = 1.5
_SHADE = 0.3  # how much darker a paper is that turns away from the light
_CACHE_BYTES = 16 << 20


class Papers:
    """Places the papers of `Particles` on a surface."""

    def __init__(self) -> None:
        self._sprites: Cache[pygame.Surface] = Cache(
            _CACHE_BYTES, lambda sprite: sprite.get_width() * sprite.get_height() * 4 + 200
        )

    def placed(
        self, shape: Particles, scale: float, left: int, top: int
    ) -> list[tuple[pygame.Surface, tuple[int, int]]]:
        """Each paper's sprite and the place of its top left corner."""
        found = []
        get = self._sprites.get
        for x, y, size, angle, tip, colour in shape.items:
            px = max(1, round(size * scale / _SIZE_STEP_PX)) * _SIZE_STEP_PX
            key = (px, round(angle / _TURN_DEGREES) % _TURNS, round(tip * _TIPS), colour)
            sprite = get(key) or self._sprites.put(key, _paper(*key))
            width, height = sprite.get_size()
            found.append((sprite, (round(x * scale) + left - width // 2, round(y * scale) + top - height // 2)))
        return found


def reach(particle: Particle, scale: float) -> int:
    """How many px around its centre a paper may colour."""
    return math.ceil((particle.size * scale / 2 + _SIZE_STEP_PX) * math.hypot(1, _SLENDER)) + 2


def _paper(px: int, turn: int, tip: int, colour: Colour) -> pygame.Surface:
    flatness = math.cos(tip / _TIPS * math.pi / 2)
    half_width = px / 2
    half_height = max(_THINNEST_PX, px * _SLENDER * flatness) / 2
    angle = math.radians(turn * _TURN_DEGREES)
    across = (math.cos(angle), math.sin(angle))
    down = (-math.sin(angle), math.cos(angle))
    side = math.ceil(math.hypot(half_width, half_height)) * 2 + 2
    corners = [
        (
            side / 2 + a * half_width * across[0] + b * half_height * down[0],
            side / 2 + a * half_width * across[1] + b * half_height * down[1],
        )
        for a, b in ((-1, -1), (1, -1), (1, 1), (-1, 1))
    ]
    light = 1 - _SHADE * (1 - flatness)
    shaded = Colour(round(colour.r * light), round(colour.g * light), round(colour.b * light), colour.a)
    return tint(polygon(corners, side, side), shaded)
