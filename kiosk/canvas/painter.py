"""Paints scenes on a target, only where they differ from the scene before."""

from __future__ import annotations

import pygame

from kiosk.canvas.brush import Brush
from kiosk.canvas.damage import area, kept, merged
from kiosk.canvas.frame import Frame
from kiosk.canvas.ground import Ground
from kiosk.canvas.images import Pictures
from kiosk.canvas.placement import Layer, footprint
from kiosk.canvas.text import Typesetter
from kiosk.scene.shapes import Scene, Shape

_WHOLE = 0.6  # from this share of damage on, everything is painted: one large copy is faster than many small ones
_LARGE = 0.2  # a repaint of this share makes it worth while to settle what doesn't move


class Painter:
    """Paints scenes on `target`, whose size may change between two paintings.

    Args:
        target: 32-bit surface; it must keep its pixels between paintings.
        rotation: degrees by which the picture is turned clockwise.
        overscan: percent of the target left black at each edge.
        text: fits and rasterises texts; may be shared by painters of one thread.
        pictures: loads picture files; may be shared likewise.

    Raises:
        ValueError: no such rotation or overscan.
    """

    def __init__(
        self,
        target: pygame.Surface,
        *,
        rotation: int = 0,
        overscan: float = 0,
        text: Typesetter | None = None,
        pictures: Pictures | None = None,
    ) -> None:
        self._target = target
        self._rotation, self._overscan = rotation, overscan
        self._pictures = pictures or Pictures()
        self._brush = Brush(text or Typesetter(), self._pictures)
        self._generation = self._pictures.generation
        self._scene: Scene | None = None  # what the canvas shows; None where that isn't known
        self._prints: list[tuple[pygame.Rect, ...]] = []  # where the scene's shapes are, in px of the canvas
        self._before: pygame.Surface | None = None  # the picture that a transition leaves
        self._faded: float | None = None  # how far the transition on the target is
        self._fit()

    def pictures_changed(self) -> bool:
        """Whether a picture file has become ready since the last painting: painting the same scene shows it."""
        return self._generation != self._pictures.generation

    def paint(self, scene: Scene, fade: float = 1.0) -> list[pygame.Rect]:
        """Makes the target show `scene` and gives the places that changed, in target px.

        Args:
            scene: what to show.
            fade: how far a transition that was begun has come, 0 to 1; at 1 it ends.
        """
        if self._target.get_size() != self._size:
            self._fit()
        if self._before and fade < 1:
            return self._blend(self._before, scene, max(0.0, fade))
        if self._before:
            self._before = None
            self._use_canvas()
        fresh = self._scene is None
        if fresh:
            self._target.fill((0, 0, 0))
        damaged = self._update(scene)
        shown = [self._show(rect, self._canvas.surface) for rect in damaged]
        return [self._target.get_rect()] if fresh else shown

    def forget(self) -> None:
        """Paints everything next time: the target's pixels may be lost."""
        self._scene = None

    def prepare(self, scene: Scene) -> None:
        """Paints the scene's backdrop ahead, so that its first frame comes soon; for a moment without motion."""
        self._ground.prepare(scene.backdrop)

    def begin_transition(self) -> None:
        """Keeps the present picture, to be blended with the scenes that `paint` is given with a `fade`."""
        if self._scene is None:
            return
        self._before = self._canvas.surface.subsurface(self._area).copy()
        self._faded = None
        self._use_canvas()

    def _fit(self) -> None:
        """Starts anew on a target of this size."""
        self._size = self._target.get_size()
        self._frame = Frame.fit(self._size, self._rotation, self._overscan)
        self._ground = Ground(self._brush, self._frame.canvas, self._frame.scale)
        self._before = None
        self._use_canvas()

    def _use_canvas(self) -> None:
        """Paints straight on the target where the picture appears there as it is, else on a surface of our own."""
        direct = self._frame.rotation == 0 and self._before is None
        surface = self._target if direct else pygame.Surface(self._frame.canvas, 0, 32)
        left, top = self._frame.place.topleft if direct else (0, 0)
        self._canvas = Layer(surface, left, top, self._frame.scale)
        self._area = pygame.Rect(left, top, *self._frame.canvas)
        self._scene = None

    def _update(self, scene: Scene) -> list[pygame.Rect]:
        """Paints on the canvas what differs; gives where, in px of the canvas."""
        before, generation = self._scene, self._pictures.generation
        if generation != self._generation:
            self._generation = generation
            self._brush.forget_groups()
            self._ground.forget()
            before = None
        if before and scene.shapes == before.shapes and scene.backdrop == before.backdrop:
            return []
        self._ground.lay(scene.backdrop)
        if before is None or before.backdrop != scene.backdrop:
            self._ground.keep(0)
            self._prints = [footprint(shape, self._canvas) for shape in scene.shapes]
            damaged = [self._area]
        else:
            damaged = self._differ(before.shapes, scene.shapes)
            share = area(damaged) / area([self._area])
            if share > _WHOLE:
                damaged = [self._area]
            if share > _LARGE:
                self._ground.settle(scene.shapes)
        for rect in damaged:
            self._repaint(scene.shapes, rect)
        self._scene = scene
        return damaged

    def _differ(self, old: tuple[Shape, ...], new: tuple[Shape, ...]) -> list[pygame.Rect]:
        """Where the two pictures may differ."""
        pairs = dict(kept(old, new))
        same = 0
        while pairs.get(same) == same:
            same += 1
        self._ground.keep(same)
        rects = [rect for place, found in enumerate(self._prints) if place not in pairs for rect in found]
        origin = {to: place for place, to in pairs.items()}
        prints = []
        for place, shape in enumerate(new):
            if place in origin:
                prints.append(self._prints[origin[place]])
            else:
                prints.append(footprint(shape, self._canvas))
                rects += prints[-1]
        self._prints = prints
        return merged(rects, self._area)

    def _repaint(self, shapes: tuple[Shape, ...], rect: pygame.Rect) -> None:
        canvas, ground = self._canvas, self._ground
        canvas.surface.set_clip(rect)
        canvas.surface.blit(ground.surface, rect, rect.move(-canvas.left, -canvas.top))
        above = range(ground.depth, len(shapes))
        touched = (shapes[place] for place in above if rect.collidelist(self._prints[place]) >= 0)
        self._brush.paint(touched, canvas)
        canvas.surface.set_clip(None)

    def _blend(self, before: pygame.Surface, scene: Scene, fade: float) -> list[pygame.Rect]:
        """Shows the picture kept over the scene's, the fainter the further the fade is."""
        if not self._update(scene) and fade == self._faded:
            return []
        self._faded = fade
        mixed = self._canvas.surface.copy()
        before.set_alpha(round(255 * (1 - fade)))
        mixed.blit(before, (0, 0))
        return [self._show(self._area, mixed)]

    def _show(self, rect: pygame.Rect, source: pygame.Surface) -> pygame.Rect:
        """Brings a part of the canvas onto the target; gives where it is there."""
        if source is self._target:
            return rect
        part = source.subsurface(rect)
        place = self._frame.turned(rect)
        if self._frame.rotation:
            part = pygame.transform.rotate(part, -self._frame.rotation)
        self._target.blit(part, place)
        return place
