"""Where the logical canvas lies on a target: scaled, letterboxed, turned, kept off the edges that a TV cuts."""

from __future__ import annotations

from dataclasses import dataclass

import pygame

from kiosk.scene.shapes import HEIGHT, WIDTH


@dataclass(frozen=True, slots=True)
class Frame:
    """The place of the picture.

    Attributes:
        rotation: degrees by which the picture is turned clockwise: 0, 90, 180 or 270.
        scale: px per logical px.
        canvas: size of the picture before it is turned, in px.
        place: where the turned picture stands on the target.
    """

    rotation: int
    scale: float
    canvas: tuple[int, int]
    place: pygame.Rect

    @classmethod
    def fit(cls, target: tuple[int, int], rotation: int = 0, overscan: float = 0) -> Frame:
        """The largest frame on a target, with `overscan` percent of it left free at each edge.

        A TV that stands upright shows the whole picture too, in a band: scenes are 1920x1080.

        Raises:
            ValueError: no such rotation, or nothing left by the overscan.
        """
        if rotation not in (0, 90, 180, 270):
            raise ValueError(f"rotation must be 0, 90, 180 or 270, not {rotation}")
        if not 0 <= overscan < 50:
            raise ValueError(f"overscan must be from 0 to less than 50 percent, not {overscan}")
        upright = rotation in (90, 270)
        room = (target[0] * (1 - overscan / 50), target[1] * (1 - overscan / 50))
        across, down = reversed(room) if upright else room
        scale = min(across / WIDTH, down / HEIGHT)
        canvas = (max(1, round(WIDTH * scale)), max(1, round(HEIGHT * scale)))
        place = pygame.Rect(0, 0, *(reversed(canvas) if upright else canvas))
        place.topleft = ((target[0] - place.w) // 2, (target[1] - place.h) // 2)
        return cls(rotation, scale, canvas, place)

    def turned(self, rect: pygame.Rect) -> pygame.Rect:
        """Where a rectangle of the canvas stands on the target."""
        wide, tall = self.canvas
        match self.rotation:
            case 90:
                found = pygame.Rect(tall - rect.bottom, rect.x, rect.h, rect.w)
            case 180:
                found = pygame.Rect(wide - rect.right, tall - rect.bottom, rect.w, rect.h)
            case 270:
                found = pygame.Rect(rect.y, wide - rect.right, rect.h, rect.w)
            case _:
                found = rect.copy()
        return found.move(self.place.topleft)
