"""The shipped badges: a golden seal around a coloured field with a glyph, drawn in any size."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from functools import lru_cache, partial
from types import MappingProxyType

from kiosk.scene.colour import mix, rgb
from kiosk.scene.layout import square
from kiosk.scene.shapes import Box, Colour, Disc, Gradient, Picture, Polygon, Rect, Shape
from kiosk.scene.theme import Theme
from kiosk.screens import glyphs
from kiosk.screens.outline import Glyph, Tone, polar

_LOBES = 22
_LIGHT = rgb("#FFF9EA")
_DEEP = rgb("#2B1A05")

Badge = Callable[[Box, Theme], tuple[Shape, ...]]


def badge(name: str, box: Box, theme: Theme) -> tuple[Shape, ...]:
    """The badge of that name, or a picture file in a seal; an unknown name is a star."""
    if "/" in name or "." in name:
        return _picture(name, box, theme)
    return BADGES.get(name, BADGES["star"])(box, theme)


def _drawn(draw: Callable[[], Glyph], field: str, box: Box, theme: Theme) -> tuple[Shape, ...]:
    """A seal with the glyph on a field of that colour, in the middle of the box."""
    ground = rgb(field)
    tones = {Tone.LIGHT: _LIGHT, Tone.SHADE: mix(_LIGHT, ground, 0.36), Tone.GROUND: mix(ground, _DEEP, 0.12)}
    x, y, unit = box.x + box.w / 2, box.y + box.h / 2, 0.39 * min(box.w, box.h)
    parts = (
        Polygon(tuple((round(x + unit * px, 1), round(y + unit * py, 1)) for px, py in outline), tones[tone])
        for tone, outline in draw()
    )
    return (*_seal(box, ground, theme), *parts)


def _picture(path: str, box: Box, theme: Theme) -> tuple[Shape, ...]:
    half = 0.36 * min(box.w, box.h)
    around = square(box.x + box.w / 2, box.y + box.h / 2, half)
    return (*_seal(box, theme.people[8], theme), Picture(around, path, radius=half))


def _seal(box: Box, field: Colour, theme: Theme) -> tuple[Shape, ...]:
    """The scalloped edge, its bevel, and the field whose upper side catches the light."""
    x, y, half = box.x + box.w / 2, box.y + box.h / 2, min(box.w, box.h) / 2
    gold, shadow = theme.gold, mix(theme.gold, _DEEP, 0.38)
    inner = 0.74 * half
    light, dark = mix(field, _LIGHT, 0.16), mix(field, _DEEP, 0.22)
    return (
        Polygon(_scallops(x, y, half), shadow),
        Polygon(_scallops(x, y, 0.955 * half), gold),
        Disc(x, y, 0.82 * half, mix(gold, _LIGHT, 0.55)),
        Disc(x, y, 0.78 * half, shadow),
        Rect(square(x, y, inner), Gradient(light, dark), radius=inner),
    )


@lru_cache(maxsize=64)
def _scallops(x: float, y: float, radius: float) -> tuple[tuple[float, float], ...]:
    """A circle with round lobes."""
    steps = 12 * _LOBES
    points = (
        polar(360 * i / steps, radius * (0.958 + 0.042 * math.cos(math.tau * i * _LOBES / steps)), x, y)
        for i in range(steps)
    )
    return tuple((round(px, 1), round(py, 1)) for px, py in points)


_FIELDS: Mapping[str, tuple[Callable[[], Glyph], str]] = {
    "star": (glyphs.star, "#5B4BE0"),
    "trophy": (glyphs.trophy, "#1F6FD6"),
    "medal": (glyphs.medal, "#C2314F"),
    "fish": (glyphs.fish, "#0F8C9E"),
    "target": (glyphs.target, "#D63A4A"),
    "rocket": (glyphs.rocket, "#4338B8"),
    "flame": (glyphs.flame, "#E05A1E"),
    "crown": (glyphs.crown, "#8A2FB5"),
    "bolt": (glyphs.bolt, "#3B57D9"),
    "calendar": (glyphs.calendar, "#2B8A57"),
    "people": (glyphs.people, "#2270B8"),
    "chart": (glyphs.chart, "#177F6B"),
}

BADGES: Mapping[str, Badge] = MappingProxyType(
    {
        **{name: partial(_drawn, draw, field) for name, (draw, field) in _FIELDS.items()},
        "week": partial(_drawn, *_FIELDS["calendar"]),
        "team": partial(_drawn, *_FIELDS["people"]),
    }
)
