"""Confetti papers as cached sprites: a few sizes, 18 turns, seven tips."""

from __future__ import annotations

import math

import pygame

from kiosk.canvas.cache import Cache
from kiosk.canvas.coverage import polygon
from kiosk.scene.shapes import Colour, Particles

_TURN_DEGREES = 10
_TURNS = 180 // _TURN_DEGREES  # a paper looks the same upside down
_TIPS = 6
_SIZE_STEP_PX = 4
_SLENDER = 0.6
_THINNEST_PX = 1.5
_SHADE = 0.3  # how much darker a paper is that turns away from the light
_CACHE_BYTES = 8 << 20
_WHITE_BYTES = 4 << 20


class Papers:
    """Places the papers of `Particles` on a surface."""

    def __init__(self) -> None:
        self._white: Cache[pygame.Surface] = Cache(_WHITE_BYTES, _bytes)
        self._sprites: Cache[pygame.Surface] = Cache(_CACHE_BYTES, _bytes)

    def placed(
        self, shape: Particles, scale: float, left: int, top: int
    ) -> list[tuple[pygame.Surface, tuple[float, float]]]:
        """Each paper's sprite and the place of its top left corner."""
        found: list[tuple[pygame.Surface, tuple[float, float]]] = []
        get = self._sprites.get
        step = scale / _SIZE_STEP_PX
        for x, y, size, angle, tip, colour in shape.items:
            look = (round(size * step) or 1, round(angle / _TURN_DEGREES) % _TURNS, round(tip * _TIPS), colour)
            sprite = get(look) or self._made(look)
            width, height = sprite.get_size()
            found.append((sprite, (round(x * scale) + left - width // 2, round(y * scale) + top - height // 2)))
        return found

    def _made(self, look: tuple[int, int, int, Colour]) -> pygame.Surface:
        *form, colour = look
        white = self._white.get((*form,))
        if white is None:
            white = self._white.put((*form,), _paper(*form))
        light = 1 - _SHADE * (1 - _flatness(look[2]))
        sprite = white.copy()
        shade = light * colour.a / 255
        sprite.fill(
            (round(colour.r * shade), round(colour.g * shade), round(colour.b * shade), colour.a),
            special_flags=pygame.BLEND_RGBA_MULT,
        )
        return self._sprites.put(look, sprite)


def reach(shape: Particles, scale: float) -> int:
    """How many px around its centre the largest of the papers may colour."""
    largest = max((item.size for item in shape.items), default=0)
    return math.ceil((largest * scale / 2 + _SIZE_STEP_PX) * math.hypot(1, _SLENDER)) + 2


def _flatness(tip: int) -> float:
    return math.cos(tip / _TIPS * math.pi / 2)


def _paper(steps: int, turn: int, tip: int) -> pygame.Surface:
    """A white paper."""
    px = steps * _SIZE_STEP_PX
    half_width = px / 2
    half_height = max(_THINNEST_PX, px * _SLENDER * _flatness(tip)) / 2
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
    return polygon(corners, side, side, Colour(255, 255, 255))


def _bytes(surface: pygame.Surface) -> int:
    return surface.get_width() * surface.get_height() * 4 + 200
