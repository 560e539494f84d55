"""Scenes as pictures, painted without any display."""

from __future__ import annotations

from pathlib import Path

import pygame

from kiosk.canvas.images import Pictures
from kiosk.canvas.painter import Painter
from kiosk.canvas.text import Typesetter
from kiosk.scene.shapes import Scene


def surface(
    scene: Scene,
    size: tuple[int, int],
    *,
    rotation: int = 0,
    overscan: float = 0,
    text: Typesetter | None = None,
) -> pygame.Surface:
    """The scene painted on a surface of its own, pictures loaded at once."""
    made = pygame.Surface(size, 0, 32)
    pictures = Pictures(background=False)
    Painter(made, rotation=rotation, overscan=overscan, text=text, pictures=pictures).paint(scene)
    return made


def png(
    scene: Scene,
    size: tuple[int, int],
    path: Path,
    *,
    rotation: int = 0,
    overscan: float = 0,
    text: Typesetter | None = None,
) -> None:
    """Writes the scene, painted `size` px large, into a PNG file at `path`.

    Raises:
        OSError: the file can't be written.
    """
    made = surface(scene, size, rotation=rotation, overscan=overscan, text=text)
    try:
        pygame.image.save(made, path, "png")
    except pygame.error as error:
        raise OSError(str(error)) from error
