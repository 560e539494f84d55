"""Colour arithmetic: blends, and the contrast that makes text legible (WCAG 2.1, relative luminance)."""

from __future__ import annotations

from kiosk.scene.shapes import Colour


def rgb(code: str) -> Colour:
    """The opaque colour of a hexadecimal code such as `#1C2347`."""
    return Colour(*bytes.fromhex(code.removeprefix("#")))


def mix(start: Colour, end: Colour, share: float) -> Colour:
    """The colour at `share` (0 to 1) of the way from `start` to `end`, opacity too."""
    return Colour(*(round(a + (b - a) * share) for a, b in zip(start, end, strict=True)))


def over(top: Colour, ground: Colour) -> Colour:
    """What is seen where a translucent `top` lies on an opaque `ground`."""
    return mix(ground, top._replace(a=255), top.a / 255)


def luminance(colour: Colour) -> float:
    """Relative luminance of an opaque colour, 0 (black) to 1 (white)."""

    def linear(channel: int) -> float:
        c = channel / 255
        return c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4

    return 0.2126 * linear(colour.r) + 0.7152 * linear(colour.g) + 0.0722 * linear(colour.b)


def contrast(a: Colour, b: Colour) -> float:
    """The contrast of two opaque colours, 1 (none) to 21 (black on white); AA asks 4.5 of text.

    >>> contrast(rgb("#000000"), rgb("#FFFFFF"))
    21.0
    """
    light, dark = sorted((luminance(a), luminance(b)), reverse=True)
    return round((light + 0.05) / (dark + 0.05), 2)
