"""Texts fitted into their boxes and painted into sprites.

A text gets the largest size between `size` and `min_size` at which it needs no more than `max_lines` lines; if even
the smallest doesn't do, it is cut with an ellipsis. Lines are centred by the height of capitals, so that texts of
different sizes look level in one row.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_left
from dataclasses import dataclass
from typing import NamedTuple

import pygame

from kiosk.canvas.bidi import base_level, levels, visual
from kiosk.canvas.cache import Cache
from kiosk.canvas.clusters import LONGEST, cleaned, clusters
from kiosk.canvas.fonts import Fonts, Typeface
from kiosk.canvas.lines import Measure, Word, shortened, words, wrap
from kiosk.scene.shapes import Align, Colour, Text, Weight

# Inter's proportions, in em.
_CAPITAL = 0.727
_ASCENDER = 0.76
_DESCENDER = 0.22
_LEADING = 1.2
_NARROWEST = 0.2

_EMOJI_HEIGHT = 1.12
_EMOJI_DEPTH = 0.2
_DIGITS = "0123456789"

_SPRITE_BYTES = 4 << 20
_EMOJI_BYTES = 4 << 20
_WIDTHS = 8192


class Sprite(NamedTuple):
    """A picture (colours multiplied by their opacity) and where its top left corner goes, from the box's corner."""

    surface: pygame.Surface
    x: int
    y: int


@dataclass(frozen=True, slots=True)
class _Run:
    """Signs of one font and one direction, in reading order."""

    text: str
    typeface: Typeface
    level: int


class _Style(NamedTuple):
    px: int
    weight: Weight
    tabular: bool


class Typesetter:
    """Fits and rasterises texts; keeps what it made.

    Args:
        fonts: the typefaces; the shipped ones by default.
    """

    def __init__(self, fonts: Fonts | None = None) -> None:
        self._fonts = fonts or Fonts()
        self._sprites: Cache[Sprite] = Cache(_SPRITE_BYTES, lambda sprite: _bytes(sprite.surface) + 200)
        self._emoji: Cache[pygame.Surface] = Cache(_EMOJI_BYTES, _bytes)
        self._widths: Cache[int] = Cache(_WIDTHS, lambda _: 1)

    def sprite(self, shape: Text, scale: float) -> Sprite | None:
        """The text as it stands in its box at `scale` px per logical px; None where nothing is to be seen."""
        width, height = _rounded(shape.box.w * scale), _rounded(shape.box.h * scale)
        if width <= 0 or height <= 0 or not shape.text or shape.colour.a == 0:
            return None
        key = (_look(shape), width, height, scale)
        sprite = self._sprites.get(key)
        if sprite is None:
            sprite = self._sprites.put(key, self._set(shape, scale, width, height))
        return sprite if sprite.surface.get_width() else None

    def lines(self, shape: Text, scale: float = 1) -> tuple[list[str], int]:
        """The lines as fitted and the em height in px they are painted at."""
        width, height = shape.box.w * scale, shape.box.h * scale
        largest = max(1, _rounded(shape.size * scale))
        least = min(largest, max(1, _rounded(shape.min_size * scale)))
        most = max(1, shape.max_lines)
        room = most * (int(width / (_NARROWEST * least)) + 2)
        raw = shape.text[: room * LONGEST]
        signs = clusters(cleaned(raw, lines=most > 1), room + 1)
        too_long = len(signs) > room or len(raw) < len(shape.text)
        paragraphs = [words(line) for line in "".join(signs[:room]).split("\n")]
        while len(paragraphs) > 1 and not paragraphs[-1]:
            paragraphs.pop()

        def fit(px: int, measured_at: int) -> list[str] | None:
            measure = self._measure(measured_at, shape)
            found = wrap(paragraphs, width * measured_at / px, measure)
            return found if found and len(found) <= most and _tall(len(found), px) <= height else None

        px = largest
        found = None if too_long else fit(px, px)
        if found is None and not too_long:
            # Glyphs grow nearly as their size does, so the search measures at one size only: every size is a font.
            px = bisect_left(range(least, largest), True, key=lambda size: fit(size, largest) is None) + least
            while found is None and px > least:
                px -= 1
                found = fit(px, px)
        if found is None:
            return self._cut(paragraphs, shape, scale, least, too_long=too_long), least
        if len(found) > 1 and shape.align is Align.MIDDLE:
            found = self._balanced(paragraphs, found, width, self._measure(px, shape))
        return found, px

    def _measure(self, px: int, shape: Text) -> Measure:
        style = _Style(px, shape.weight, shape.tabular)
        return lambda text: self._width(text, style)

    def _cut(self, paragraphs: list[list[Word]], shape: Text, scale: float, px: int, *, too_long: bool) -> list[str]:
        """What fits of a text that is too long even at its smallest size."""
        width, height = shape.box.w * scale, shape.box.h * scale
        measure = self._measure(px, shape)
        found = wrap(paragraphs, width, measure, cut=True) or [""]
        most = max(1, shape.max_lines)
        while most > 1 and _tall(most, px) > height:
            most -= 1
        if len(found) > most or too_long:
            last = min(most, len(found)) - 1
            found = [*found[:last], shortened(" ".join(found[last:]), width, measure)]
        return [line if measure(line) <= width else shortened(line, width, measure) for line in found]

    def _balanced(self, paragraphs: list[list[Word]], found: list[str], width: float, measure: Measure) -> list[str]:
        """The same number of lines, as even in length as can be."""
        low, high = width / 2, width
        while high - low > width / 64:
            middle = (low + high) / 2
            tighter = wrap(paragraphs, middle, measure)
            if tighter and len(tighter) <= len(found):
                found, high = tighter, middle
            else:
                low = middle
        return found

    def _set(self, shape: Text, scale: float, width: int, height: int) -> Sprite:
        lines, px = self.lines(shape, scale)
        style = _Style(px, shape.weight, shape.tabular)
        colour = shape.colour
        placed: list[tuple[pygame.Surface, int, int]] = []
        for number, line in enumerate(lines):
            baseline = _rounded(_first_baseline(shape.valign, height, len(lines), px) + number * px * _LEADING)
            base = base_level(line)
            wide = self._width(line, style)
            x = _start(shape.align, width, wide, leftward=base == 1)
            for run in visual(self._runs(line, style.weight, base)):
                for surface, advance, rise in self._pieces(run, style, colour):
                    placed.append((surface, _rounded(x), baseline - rise))
                    x += advance
        return _composed(placed, width, height, colour.a)

    def _runs(self, line: str, weight: Weight, base: int) -> list[_Run]:
        signs = clusters(line)
        runs: list[_Run] = []
        for sign, level in zip(signs, levels(signs, base), strict=True):
            typeface = self._fonts.typeface(sign, weight)
            last = runs[-1] if runs else None
            if last and last.typeface == typeface and last.level == level:
                runs[-1] = _Run(last.text + sign, typeface, level)
            else:
                runs.append(_Run(sign, typeface, level))
        return runs

    def _width(self, text: str, style: _Style) -> int:
        key = (text, style)
        width = self._widths.get(key)
        if width is None:
            width = sum(self._run_width(run, style) for run in self._runs(text, style.weight, base_level(text)))
            self._widths.put(key, width)
        return width

    def _run_width(self, run: _Run, style: _Style) -> int:
        if run.typeface.emoji:
            return sum(self._picture(sign, style.px).get_width() for sign in clusters(run.text))
        font = self._fonts.font(run.typeface, style.px, leftward=run.level % 2 == 1)
        if not style.tabular:
            return font.size(run.text)[0]
        return sum(self._cell(font) if part in _DIGITS else font.size(part)[0] for part in _parts(run.text))

    def _pieces(self, run: _Run, style: _Style, colour: Colour) -> list[tuple[pygame.Surface, int, int]]:
        """Pictures of a run from left to right: each with its advance and how far it rises over the baseline."""
        if run.typeface.emoji:
            signs = clusters(run.text)
            pictures = [self._picture(sign, style.px) for sign in (signs[::-1] if run.level % 2 else signs)]
            deep = _rounded(style.px * _EMOJI_DEPTH)
            return [(picture, picture.get_width(), picture.get_height() - deep) for picture in pictures]
        font = self._fonts.font(run.typeface, style.px, leftward=run.level % 2 == 1)
        paint = (colour.r, colour.g, colour.b)
        rise = font.get_ascent()
        if not style.tabular:
            surface = _drawn(font, run.text, paint)
            return [(surface, font.size(run.text)[0], rise)]
        pieces = []
        for part in _parts(run.text):
            surface = _drawn(font, part, paint)
            if part in _DIGITS:
                cell = pygame.Surface((self._cell(font), surface.get_height()), pygame.SRCALPHA, 32)
                cell.blit(surface, ((cell.get_width() - surface.get_width()) // 2, 0))
                surface = cell
            pieces.append((surface, surface.get_width(), rise))
        return pieces

    def _cell(self, font: pygame.font.Font) -> int:
        """The advance of the widest digit."""
        return max(font.size(digit)[0] for digit in _DIGITS)

    def _picture(self, sign: str, px: int) -> pygame.Surface:
        """A colour emoji scaled to stand beside text of `px`."""
        key = (sign, px)
        picture = self._emoji.get(key)
        if picture is None:
            font = self._fonts.font(self._fonts.typeface(sign, Weight.REGULAR), px)
            drawn = _drawn(font, sign, (0, 0, 0))
            tall = max(1, _rounded(px * _EMOJI_HEIGHT))
            wide = _rounded(drawn.get_width() * tall / drawn.get_height())
            empty = pygame.Surface((0, tall), pygame.SRCALPHA, 32)  # pygame crashes when it scales one up
            picture = self._emoji.put(key, pygame.transform.smoothscale(drawn, (wide, tall)) if wide else empty)
        return picture


def _rounded(value: float) -> int:
    return math.floor(value + 0.5)


def _drawn(font: pygame.font.Font, text: str, paint: tuple[int, int, int]) -> pygame.Surface:
    """The text in one font; signs without a width, such as a lone joiner, are an empty picture."""
    if font.size(text)[0] <= 0:
        return pygame.Surface((0, font.get_height()), pygame.SRCALPHA, 32)
    return font.render(text, antialias=True, color=paint).premul_alpha()


def _look(shape: Text) -> tuple[object, ...]:
    """All that decides how a text looks but its place."""
    return (
        shape.text,
        shape.size,
        shape.colour,
        shape.weight,
        shape.align,
        shape.valign,
        shape.max_lines,
        shape.min_size,
        shape.tabular,
    )


def _bytes(surface: pygame.Surface) -> int:
    return surface.get_width() * surface.get_height() * 4


def _tall(lines: int, px: int) -> float:
    """How high a block of lines is, from its ascenders to its descenders."""
    return (lines - 1) * px * _LEADING + px * (_ASCENDER + _DESCENDER)


def _first_baseline(valign: Align, height: int, lines: int, px: int) -> float:
    further = (lines - 1) * px * _LEADING
    if valign is Align.START:
        return px * _ASCENDER
    lowest = height - px * _DESCENDER - further
    if valign is Align.END:
        return lowest
    centred = (height - px * _CAPITAL - further) / 2 + px * _CAPITAL
    return min(centred, lowest) if _tall(lines, px) <= height else centred


def _start(align: Align, width: int, wide: float, *, leftward: bool) -> float:
    if align is Align.MIDDLE:
        return (width - wide) / 2
    return width - wide if (align is Align.END) != leftward else 0


def _parts(text: str) -> list[str]:
    """Digits one by one, the text between them whole."""
    return [part for part in re.split(r"([0-9])", text) if part]


def _composed(placed: list[tuple[pygame.Surface, int, int]], width: int, height: int, opacity: int) -> Sprite:
    """All pieces on one sprite no larger than its box."""
    area = pygame.Rect(0, 0, width, height)
    inked = [(surface, pygame.Rect(x, y, *surface.get_size())) for surface, x, y in placed]
    bounds = pygame.Rect(0, 0, 0, 0)
    if inked:
        bounds = inked[0][1].unionall([rect for _, rect in inked[1:]]).clip(area)
    sprite = pygame.Surface(bounds.size, pygame.SRCALPHA, 32)
    for surface, rect in inked:
        sprite.blit(surface, rect.move(-bounds.x, -bounds.y), special_flags=pygame.BLEND_PREMULTIPLIED)
    if opacity < 255:
        sprite.fill((opacity,) * 4, special_flags=pygame.BLEND_RGBA_MULT)
    return Sprite(sprite, bounds.x, bounds.y)
