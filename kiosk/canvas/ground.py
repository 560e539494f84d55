"""What lies below everything that moves, rasterised once: the backdrop, and the shapes over it that have settled.

A celebration paints the same card under moving papers, hundreds of times. Once the first shapes of the scenes have
stayed the same for a while, backdrop and shapes become one picture, and a frame costs one copy of it.
"""

from __future__ import annotations

from collections import OrderedDict

import pygame

from kiosk.canvas.brush import Brush
from kiosk.canvas.placement import Layer
from kiosk.scene.shapes import Shape

_SETTLED_AFTER = 6  # large repaints with the same first shapes
_WORTH_IT = 3  # shapes
_BACKDROPS = 2  # what is on, and the celebration that may cut in


class Ground:
    """The picture from which damaged places are restored.

    Args:
        brush: paints it.
        size: of the canvas, in px.
        scale: px per logical px.

    Attributes:
        surface: the picture.
        depth: how many of the scene's first shapes are part of it.
    """

    def __init__(self, brush: Brush, size: tuple[int, int], scale: float) -> None:
        self._brush = brush
        self._scale = scale
        self._size = size
        self._backdrop: tuple[Shape, ...] | None = None
        self._bare = pygame.Surface((0, 0), 0, 32)
        self._laid: OrderedDict[tuple[Shape, ...], pygame.Surface] = OrderedDict()
        self._settled: pygame.Surface | None = None
        self._shapes: tuple[Shape, ...] = ()
        self._repaints = 0
        self._common = 0
        self.depth = 0

    @property
    def surface(self) -> pygame.Surface:  # noqa: D102 - see Attributes
        return self._settled if self._settled and self.depth else self._bare

    def lay(self, backdrop: tuple[Shape, ...]) -> None:
        """Puts the backdrop below, if it isn't the one that is there."""
        if backdrop == self._backdrop:
            return
        self._bare = self.prepare(backdrop)
        self._backdrop = backdrop
        self._unsettle()

    def prepare(self, backdrop: tuple[Shape, ...]) -> pygame.Surface:
        """The backdrop painted; the latest few are kept."""
        surface = self._laid.pop(backdrop, None)
        if surface is None:
            spare = self._laid.popitem(last=False)[1] if len(self._laid) >= _BACKDROPS else None
            surface = spare if spare and spare is not self._bare else pygame.Surface(self._size, 0, 32)
            surface.fill((0, 0, 0))
            self._brush.paint_once(backdrop, Layer(surface, 0, 0, self._scale))
        self._laid[backdrop] = surface
        return surface

    def keep(self, same: int) -> None:
        """Takes note that the next scene has its first `same` shapes in common with the last: only these may stay."""
        if same < self.depth:
            self._unsettle()
        self._common = min(self._common, same)

    def settle(self, shapes: tuple[Shape, ...]) -> None:
        """After a large repaint: shapes that have outlasted several of them become part of the picture."""
        self._repaints += 1
        if self._repaints < _SETTLED_AFTER:
            return
        if self._common >= self.depth + _WORTH_IT:
            if self._settled is None:
                self._settled = self._bare.copy()
            self._brush.paint(shapes[self.depth : self._common], Layer(self._settled, 0, 0, self._scale))
            self.depth = self._common
        self._repaints, self._common = 0, len(shapes)

    def forget(self) -> None:
        """Paints the backdrop anew next time."""
        self._backdrop = None
        self._laid.clear()
        self._unsettle()

    def _unsettle(self) -> None:
        self._settled = None
        self.depth = self._repaints = self._common = 0
