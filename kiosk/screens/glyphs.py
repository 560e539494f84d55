"""The shipped badges' glyphs, one function each; see `kiosk.screens.outline` for the units.

One style: a light silhouette within 0.72 of the centre, its right or lower side in shade, holes show the ground.
"""

from __future__ import annotations

from kiosk.screens.outline import (
    Glyph,
    Outline,
    Part,
    Tone,
    arc,
    band,
    box,
    circle,
    curve,
    mirrored,
    moved,
    polar,
    turned,
)

_LIGHT, _SHADE, _GROUND = Tone.LIGHT, Tone.SHADE, Tone.GROUND


def _star_outline(outer: float, inner: float, x: float = 0, y: float = 0) -> Outline:
    return tuple(polar(36 * i, inner if i % 2 else outer, x, y) for i in range(10))


def _facets(outer: float, inner: float, x: float = 0, y: float = 0) -> Glyph:
    """A star of ten facets, every other in shade."""
    outline = _star_outline(outer, inner, x, y)
    shade = tuple((_SHADE, ((x, y), outline[2 * i], outline[2 * i + 1])) for i in range(5))
    return ((_LIGHT, outline), *shade)


def star() -> Glyph:
    """A star."""
    return _facets(0.74, 0.31, 0, 0.04)


def trophy() -> Glyph:
    """A cup with two handles on a foot."""
    left = (
        *curve((-0.42, -0.62), (-0.42, -0.1), (-0.36, 0.16), (-0.08, 0.22)),
        (-0.08, 0.22),
        (-0.08, 0.42),
        (0, 0.42),
        (0, -0.62),
    )
    handle = band((-0.42, -0.3), 0.27, 0.16, 160, 372)
    foot = box(-0.3, 0.4, 0.3, 0.54, 0.05)
    plinth = box(-0.42, 0.52, 0.42, 0.68, 0.05)
    return (
        (_LIGHT, handle),
        (_SHADE, mirrored(handle)),
        (_LIGHT, left),
        (_SHADE, mirrored(left)),
        (_SHADE, foot),
        (_LIGHT, plinth),
        (_GROUND, _star_outline(0.2, 0.085, 0, -0.26)),
    )


def medal() -> Glyph:
    """A medal on a ribbon."""
    ribbon = ((-0.42, -0.74), (-0.1, -0.74), (0.14, -0.16), (-0.16, -0.1))
    return (
        (_SHADE, mirrored(ribbon)),
        (_LIGHT, ribbon),
        (_LIGHT, circle(0, 0.26, 0.46)),
        (_SHADE, band((0, 0.26), 0.46, 0.37, 45, 225)),
        (_GROUND, _star_outline(0.27, 0.115, 0, 0.27)),
    )


def fish() -> Glyph:
    """A fish swimming to the right."""
    upper = curve((-0.42, 0.02), (-0.16, -0.46), (0.46, -0.5), (0.74, 0.0))
    lower = curve((0.74, 0.0), (0.46, 0.5), (-0.16, 0.48), (-0.42, 0.02))
    belly = (*curve((0.74, 0.0), (0.46, 0.5), (-0.16, 0.48), (-0.42, 0.02)), *curve(
        (-0.42, 0.02), (-0.1, 0.24), (0.36, 0.22), (0.74, 0.0)
    ))  # fmt: skip
    tail = ((-0.34, 0.02), (-0.74, -0.36), (-0.64, 0.02), (-0.74, 0.4))
    fin = (*curve((-0.06, -0.3), (0.02, -0.56), (0.2, -0.6), (0.32, -0.58)), (0.3, -0.34))
    return (
        (_SHADE, fin),
        (_LIGHT, tail),
        (_LIGHT, (*upper, *lower)),
        (_SHADE, belly),
        (_GROUND, circle(0.46, -0.1, 0.07)),
        (_GROUND, band((0.1, 0.0), 0.3, 0.25, 55, 125)),
    )


def target() -> Glyph:
    """Rings with an arrow in the middle."""
    shaft = turned(box(-0.035, -0.86, 0.035, 0.0), 45)
    feathers = turned(((0, -0.66), (0.15, -0.8), (0.15, -0.98), (0, -0.86), (-0.15, -0.98), (-0.15, -0.8)), 45)
    rings: Glyph = (
        (_LIGHT, circle(-0.04, 0.04, 0.68)),
        (_GROUND, circle(-0.04, 0.04, 0.52)),
        (_LIGHT, circle(-0.04, 0.04, 0.37)),
        (_GROUND, circle(-0.04, 0.04, 0.2)),
    )
    return (*rings, (_GROUND, turned(box(-0.08, -0.8, 0.08, 0.0), 45)), (_LIGHT, shaft), (_SHADE, feathers))


def rocket() -> Glyph:
    """A rocket rising to the upper right."""
    half = (
        *curve((0, -0.8), (0.3, -0.52), (0.32, -0.1), (0.22, 0.34)),
        (0.22, 0.34),
        (0, 0.34),
    )
    fin = (*curve((0.24, 0.0), (0.46, 0.12), (0.5, 0.3), (0.48, 0.52)), (0.2, 0.34))
    flame = (*curve((-0.14, 0.4), (-0.16, 0.6), (-0.04, 0.66), (0, 0.84)), *curve(
        (0, 0.84), (0.04, 0.66), (0.16, 0.6), (0.14, 0.4)
    ))  # fmt: skip
    parts: tuple[Part, ...] = (
        (_SHADE, fin),
        (_SHADE, mirrored(fin)),
        (_LIGHT, mirrored(half)),
        (_SHADE, half),
        (_LIGHT, ((0, -0.8), (-0.001, 0.34), (0.03, 0.34), (0.03, -0.77))),
        (_GROUND, circle(0, -0.2, 0.13)),
        (_LIGHT, flame),
    )
    return tuple((tone, turned(outline, 40)) for tone, outline in parts)


def flame() -> Glyph:
    """A flame for those on a streak."""
    outer = (
        *curve((0.06, -0.8), (0.1, -0.4), (0.56, -0.2), (0.52, 0.26)),
        *curve((0.52, 0.26), (0.5, 0.6), (0.24, 0.74), (0, 0.74)),
        *curve((0, 0.74), (-0.3, 0.74), (-0.52, 0.56), (-0.52, 0.22)),
        *curve((-0.52, 0.22), (-0.52, -0.06), (-0.36, -0.2), (-0.28, -0.36)),
        *curve((-0.28, -0.36), (-0.22, -0.2), (-0.16, -0.14), (-0.08, -0.12)),
        *curve((-0.08, -0.12), (-0.12, -0.4), (-0.04, -0.62), (0.06, -0.8)),
    )
    inner = (
        *curve((0.04, -0.02), (0.08, 0.16), (0.28, 0.24), (0.26, 0.46)),
        *curve((0.26, 0.46), (0.24, 0.64), (0.12, 0.74), (0, 0.74)),
        *curve((0, 0.74), (-0.16, 0.74), (-0.26, 0.62), (-0.26, 0.46)),
        *curve((-0.26, 0.46), (-0.26, 0.26), (-0.02, 0.2), (0.04, -0.02)),
    )
    return ((_LIGHT, outer), (_SHADE, inner))


def crown() -> Glyph:
    """A crown."""
    outline = ((-0.66, -0.36), (-0.32, -0.02), (0, -0.56), (0.32, -0.02), (0.66, -0.36), (0.52, 0.34), (-0.52, 0.34))
    right = ((0, -0.56), (0.32, -0.02), (0.66, -0.36), (0.52, 0.34), (0, 0.34))
    tips = tuple((_LIGHT, circle(x, y, 0.09)) for x, y in ((-0.66, -0.4), (0, -0.6), (0.66, -0.4)))
    jewels = tuple((_GROUND, turned_gem) for turned_gem in (_gem(-0.26, 0.17), _gem(0, 0.17), _gem(0.26, 0.17)))
    return ((_LIGHT, outline), (_SHADE, right), *tips, *jewels, (_LIGHT, box(-0.52, 0.42, 0.52, 0.56, 0.04)))


def _gem(x: float, y: float) -> Outline:
    return moved(((0, -0.1), (0.08, 0), (0, 0.1), (-0.08, 0)), x, y)


def bolt() -> Glyph:
    """A lightning bolt."""
    outline = ((0.16, -0.78), (-0.48, 0.12), (-0.06, 0.12), (-0.18, 0.78), (0.48, -0.16), (0.06, -0.16))
    lower = ((-0.06, 0.12), (-0.18, 0.78), (0.48, -0.16), (0.24, -0.16))
    return ((_LIGHT, outline), (_SHADE, lower))


def calendar() -> Glyph:
    """A calendar's leaf, one day ticked."""
    days = tuple(
        (_GROUND if (row, column) != (1, 2) else _SHADE, box(x, y, x + 0.17, y + 0.17, 0.03))
        for row in range(2)
        for column in range(4)
        for x, y in ((-0.47 + 0.257 * column, 0.06 + 0.26 * row),)
    )
    return (
        (_LIGHT, box(-0.6, -0.5, 0.6, 0.64, 0.1)),
        (_SHADE, box(-0.6, -0.5, 0.6, -0.14, 0.1)),
        (_SHADE, box(-0.6, -0.3, 0.6, -0.14)),
        (_LIGHT, box(-0.34, -0.68, -0.22, -0.34, 0.05)),
        (_LIGHT, box(0.22, -0.68, 0.34, -0.34, 0.05)),
        *days,
    )


def people() -> Glyph:
    """Three people, one in front."""

    def person(x: float, y: float, size: float) -> tuple[Outline, Outline]:
        shoulders = (*arc((x, y + 0.62 * size), 0.44 * size, -90, 90), (x + 0.44 * size, y + 0.8 * size),
                     (x - 0.44 * size, y + 0.8 * size))  # fmt: skip
        return circle(x, y - 0.06 * size, 0.25 * size), shoulders

    left, right, front = person(-0.42, -0.16, 0.8), person(0.42, -0.16, 0.8), person(0, -0.22, 1.06)
    rim_head, rim_body = person(0, -0.25, 1.22)
    return (
        *((_SHADE, part) for part in (*left, *right)),
        (_GROUND, rim_head),
        (_GROUND, rim_body),
        *((_LIGHT, part) for part in front),
    )


def chart() -> Glyph:
    """Rising columns under an arrow."""
    columns = tuple(
        (tone, box(x, top, x + 0.26, 0.62, 0.04))
        for x, top, tone in ((-0.58, 0.28, _LIGHT), (-0.16, 0.06, _LIGHT), (0.26, -0.18, _SHADE))
    )
    line = ((-0.62, -0.02), (-0.2, -0.26), (0.02, -0.2), (0.38, -0.5), (0.44, -0.43), (0.04, -0.09), (-0.18, -0.15),
            (-0.58, 0.07))  # fmt: skip
    head = ((0.2, -0.62), (0.62, -0.68), (0.54, -0.26))
    return (*columns, (_LIGHT, line), (_LIGHT, head))
