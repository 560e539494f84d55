"""Paints shapes on a surface. Every shape is made once as a sprite of the output's size and then only placed."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator

import pygame

from kiosk.canvas import coverage
from kiosk.canvas.cache import Cache
from kiosk.canvas.gradient import gradient
from kiosk.canvas.images import Pictures
from kiosk.canvas.particles import Papers
from kiosk.canvas.placement import Layer, bounds, disc_area, near, polygon_area, snapped, text_area
from kiosk.canvas.text import Typesetter
from kiosk.scene.shapes import (
    Box,
    Colour,
    Disc,
    Gradient,
    Group,
    Particles,
    Picture,
    Polygon,
    Rect,
    Shape,
    Text,
)

_SHAPE_BYTES = 4 << 20
_GROUP_BYTES = 8 << 20
_POINT_STEPS = 4  # polygons stand on quarters of a px
_WHITE = Colour(255, 255, 255)
_BLEND = pygame.BLEND_PREMULTIPLIED


class Brush:
    """Paints shapes; keeps the sprites it made.

    Args:
        text: fits and rasterises texts.
        pictures: loads picture files.
    """

    def __init__(self, text: Typesetter, pictures: Pictures) -> None:
        self._text = text
        self._pictures = pictures
        self._papers = Papers()
        self._sprites: Cache[pygame.Surface] = Cache(_SHAPE_BYTES, _bytes)
        self._groups: Cache[tuple[pygame.Surface, int, int]] = Cache(_GROUP_BYTES, lambda made: _bytes(made[0]))

    def forget_groups(self) -> None:
        """Drops what may hold pictures that weren't ready."""
        self._groups.clear()

    def paint(self, shapes: Iterable[Shape], layer: Layer) -> None:
        """Paints shapes in order, within the surface's clip."""
        for shape in shapes:
            match shape:
                case Rect():
                    self._rect(shape, layer)
                case Text():
                    self._place_text(shape, layer)
                case Disc():
                    self._disc(shape, layer)
                case Polygon():
                    self._polygon(shape, layer)
                case Group():
                    self._group(shape, layer)
                case Picture():
                    self._picture(shape, layer)
                case Particles():
                    layer.surface.fblits(self._papers.placed(shape, layer.scale, layer.left, layer.top), _BLEND)

    def paint_once(self, shapes: Iterable[Shape], layer: Layer) -> None:
        """Paints what isn't painted again soon, such as a backdrop: its sprites, often large, aren't kept."""
        kept, self._sprites = self._sprites, Cache(_SHAPE_BYTES, _bytes)
        try:
            self.paint(shapes, layer)
        finally:
            self._sprites = kept

    def _rect(self, shape: Rect, layer: Layer) -> None:
        area = snapped(shape.box, layer)
        if area.w <= 0 or area.h <= 0:
            return
        radius = min(shape.radius * layer.scale, area.w / 2, area.h / 2)
        outline = _thickness(shape.outline, layer.scale)
        outline = outline if 2 * outline < min(area.size) else 0
        if isinstance(shape.fill, Gradient):
            layer.surface.blit(self._gradient(shape.fill, area.size, radius, outline), area, special_flags=_BLEND)
        else:
            self._rounded(layer.surface, area, radius, outline, shape.fill)

    def _disc(self, shape: Disc, layer: Layer) -> None:
        area = disc_area(shape, layer)
        self._rounded(layer.surface, area, area.w / 2, _thickness(shape.outline, layer.scale), shape.fill)

    def _rounded(self, surface: pygame.Surface, area: pygame.Rect, radius: float, outline: int, fill: Colour) -> None:
        """A rectangle made of four corners and what lies between them; a disc is nothing but corners."""
        if fill.a == 0 or not area.w or not area.h:
            return
        corner = math.ceil(radius) if radius >= 0.5 else 0
        for sprite, place, part in self._corners(area, radius, outline, fill) if corner else ():
            surface.blit(sprite, place, part, special_flags=_BLEND)
        for part in _between_corners(area, corner, outline):
            _flood(surface, part, fill)

    def _corners(
        self, area: pygame.Rect, radius: float, outline: int, fill: Colour
    ) -> Iterator[tuple[pygame.Surface, tuple[int, int], pygame.Rect]]:
        """Each corner's sprite, its place, and which part of it is painted: the middle of an odd width just once."""
        size = math.ceil(radius)
        wide, tall = min(size, area.w - size), min(size, area.h - size)
        for across, down in ((False, False), (True, False), (False, True), (True, True)):
            key = ("corner", radius, outline, fill, across, down)
            sprite = self._sprites.get(key)
            if sprite is None:
                made = coverage.quadrant(radius, outline).mirrored(across=across, down=down)
                sprite = self._sprites.put(key, coverage.tint(made, fill))
            part = pygame.Rect(size - wide if across else 0, size - tall if down else 0, 0, 0)
            part.size = (wide if across else size, tall if down else size)
            place = (area.right - wide if across else area.left, area.bottom - tall if down else area.top)
            yield sprite, place, part

    def _gradient(self, fill: Gradient, size: tuple[int, int], radius: float, outline: int) -> pygame.Surface:
        key = ("gradient", fill, size, radius, outline)
        sprite = self._sprites.get(key)
        if sprite is None:
            sprite = gradient(fill, *size)
            if radius >= 0.5 or outline:
                mask = pygame.Surface(size, pygame.SRCALPHA, 32)
                self._rect(Rect(Box(0, 0, *size), _WHITE, radius, outline), Layer(mask, 0, 0, 1))
                sprite.blit(mask, (0, 0), special_flags=pygame.BLEND_RGBA_MULT)
            self._sprites.put(key, sprite)
        return sprite

    def _polygon(self, shape: Polygon, layer: Layer) -> None:
        area = polygon_area(shape, layer)
        if len(shape.points) < 3 or area.w <= 0 or area.h <= 0 or shape.fill.a == 0:
            return
        points = tuple(
            (
                round((x * layer.scale - area.x + layer.left) * _POINT_STEPS) / _POINT_STEPS,
                round((y * layer.scale - area.y + layer.top) * _POINT_STEPS) / _POINT_STEPS,
            )
            for x, y in shape.points
        )
        key = ("polygon", points, shape.fill)
        sprite = self._sprites.get(key)
        if sprite is None:
            sprite = self._sprites.put(key, coverage.polygon(points, *area.size, shape.fill))
        layer.surface.blit(sprite, area, special_flags=_BLEND)

    def _place_text(self, shape: Text, layer: Layer) -> None:
        sprite = self._text.sprite(shape, layer.scale)
        if sprite:
            area = text_area(shape, layer)
            layer.surface.blit(sprite.surface, (area.x + sprite.x, area.y + sprite.y), special_flags=_BLEND)

    def _picture(self, shape: Picture, layer: Layer) -> None:
        area = snapped(shape.box, layer)
        if area.w <= 0 or area.h <= 0:
            return
        radius = round(shape.radius * layer.scale)
        picture = self._pictures.get(shape.path, area.size, contain=shape.contain, radius=radius)
        if picture:
            if shape.ground:
                self._rect(Rect(shape.box, shape.ground, shape.radius), layer)
            layer.surface.blit(picture, picture.get_rect(center=area.center), special_flags=_BLEND)

    def _group(self, shape: Group, layer: Layer) -> None:
        area = snapped(shape.box, layer)
        opacity = round(min(1.0, max(0.0, shape.opacity)) * 255)
        if area.w <= 0 or area.h <= 0 or opacity == 0 or shape.scale <= 0:
            return
        sprite, left, top = self._raster(shape, layer.scale)
        width, height = sprite.get_size()
        if not width or not height:
            return
        centre_x = (shape.box.x + shape.box.w / 2) * layer.scale
        centre_y = (shape.box.y + shape.box.h / 2) * layer.scale
        x, y = left + shape.dx * layer.scale, top + shape.dy * layer.scale
        if shape.scale != 1:
            x = centre_x + shape.dx * layer.scale + (left - centre_x) * shape.scale
            y = centre_y + shape.dy * layer.scale + (top - centre_y) * shape.scale
            size = (max(1, round(width * shape.scale)), max(1, round(height * shape.scale)))
            sprite = pygame.transform.smoothscale(sprite, size)
        if opacity < 255:
            if shape.scale == 1:
                sprite = sprite.copy()
            sprite.fill((opacity,) * 4, special_flags=pygame.BLEND_RGBA_MULT)
        layer.surface.blit(sprite, (near(x) + layer.left, near(y) + layer.top), special_flags=_BLEND)

    def _raster(self, shape: Group, scale: float) -> tuple[pygame.Surface, int, int]:
        """The group's shapes on a sprite as small as they are, and where its corner is, in px of the canvas."""
        key = (shape.shapes, shape.box, scale)
        made = self._groups.get(key)
        if made is None:
            nowhere = Layer(pygame.Surface((0, 0), pygame.SRCALPHA, 32), 0, 0, scale)
            area = pygame.Rect(0, 0, 0, 0)
            for inner in shape.shapes:
                reached = bounds(inner, nowhere)
                area = reached if not area.size[0] else area.union(reached)
            area = area.clip(snapped(shape.box, nowhere))
            surface = pygame.Surface(area.size, pygame.SRCALPHA, 32)
            self.paint(shape.shapes, Layer(surface, -area.x, -area.y, scale))
            made = self._groups.put(key, (surface, area.x, area.y))
        return made


def _thickness(outline: float, scale: float) -> int:
    """An outline never vanishes: at least one px."""
    return max(1, round(outline * scale)) if outline > 0 else 0


def _between_corners(area: pygame.Rect, corner: int, outline: int) -> list[pygame.Rect]:
    """What is left of a rounded rectangle, or of its frame, without its corners; none overlap."""
    edge = max(corner, outline)  # a frame without round corners is made of four bars
    inner_w, inner_h = area.w - 2 * corner, area.h - 2 * edge
    upper = outline or edge
    lower = min(upper, area.h - upper)
    parts = [
        pygame.Rect(area.x + corner, area.y, inner_w, upper),
        pygame.Rect(area.x + corner, area.bottom - lower, inner_w, lower),
    ]
    if outline:
        parts.append(pygame.Rect(area.x, area.y + edge, outline, inner_h))
        parts.append(pygame.Rect(area.right - outline, area.y + edge, outline, inner_h))
    else:
        parts.append(pygame.Rect(area.x, area.y + edge, area.w, inner_h))
    return [part for part in parts if part.w > 0 and part.h > 0]


def _flood(surface: pygame.Surface, area: pygame.Rect, colour: Colour) -> None:
    """Fills an area, blending a colour that is see-through."""
    area = area.clip(surface.get_clip())  # pygame blends a fill that lies outside of the clip all the same
    if not area.w or not area.h:
        return
    if colour.a == 255:
        surface.fill(colour, area)
        return
    rest = 255 - colour.a
    surface.fill((rest, rest, rest, rest), area, pygame.BLEND_RGBA_MULT)
    surface.fill(coverage.premultiplied(colour), area, pygame.BLEND_RGBA_ADD)


def _bytes(surface: pygame.Surface) -> int:
    return surface.get_width() * surface.get_height() * 4 + 200
