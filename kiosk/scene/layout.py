"""Box arithmetic: dividing the canvas without looking at what stands in it."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

from kiosk.scene.shapes import HEIGHT, WIDTH, Align, Box

CANVAS = Box(0, 0, WIDTH, HEIGHT)


def rows(box: Box, count: int, gap: float = 0, height: float | None = None) -> tuple[Box, ...]:
    """`count` boxes below one another, `gap` apart, filling the box, or each of `height` from its top."""
    if height is None:
        height = (box.h - gap * (count - 1)) / count if count else 0
    return tuple(Box(box.x, box.y + i * (height + gap), box.w, height) for i in range(count))


def columns(box: Box, widths: Sequence[float | None], gap: float = 0) -> tuple[Box, ...]:
    """Boxes side by side, `gap` apart: fixed widths as given, those of None share what is left equally.

    >>> [b.w for b in columns(Box(0, 0, 100, 10), (20, None, 30), gap=5)]
    [20, 40.0, 30]
    """
    free = box.w - sum(w for w in widths if w is not None) - gap * (len(widths) - 1)
    stretch = free / max(1, sum(w is None for w in widths))
    boxes, x = [], box.x
    for width in widths:
        w = stretch if width is None else width
        boxes.append(Box(x, box.y, w, box.h))
        x += w + gap
    return tuple(boxes)


def centred(box: Box, w: float, h: float) -> Box:
    """A box of w x h in the middle of another."""
    return Box(box.x + (box.w - w) / 2, box.y + (box.h - h) / 2, w, h)


def square(x: float, y: float, half: float) -> Box:
    """The square around the point (x, y) whose sides are `half` away."""
    return Box(x - half, y - half, 2 * half, 2 * half)


def grown(box: Box, by: float) -> Box:
    """The box made larger by `by` on every side."""
    return box.inset(-by)


def room_for(text: str, size: float) -> float:
    """A slightly generous guess of a line's width in px, for a pill around it: the painter alone knows the true one."""
    return size * sum(map(_em, text))


def _em(character: str) -> float:
    """About how wide a character is in semibold, in em."""
    if unicodedata.east_asian_width(character) in "WF":
        return 1.1
    if character in "mwMW@%—…":
        return 0.96
    if character in " iljtfrI.,:;!|'’()[]/":
        return 0.37
    return 0.74 if character.isupper() else 0.65


def at_left(text: str) -> Align:
    """How a text stands at the left of its box, whichever way it is read."""
    for character in text:
        direction = unicodedata.bidirectional(character)
        if direction in {"R", "AL"}:
            return Align.END
        if direction == "L":
            break
    return Align.START
