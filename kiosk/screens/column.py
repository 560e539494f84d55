"""A column of texts of which each may be missing or long: shared out by guessed lines, centred as a whole."""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.scene.layout import at_left, room_for
from kiosk.scene.shapes import Align, Box, Colour, Text, Weight

_LEADING = 1.24


@dataclass(frozen=True, slots=True)
class Line:
    """One text of the column, `gap` below the one before it.

    It has one line where it may fit at `size`, else up to `max_lines` at `long_size` (default `size`), and may shrink
    to `least` of its size.
    """

    text: str
    size: float
    colour: Colour
    weight: Weight = Weight.REGULAR
    max_lines: int = 1
    long_size: float | None = None
    gap: float = 0
    least: float = 0.55


def column(lines: tuple[Line, ...], box: Box, align: Align | None = None, foot: float = 0) -> tuple[list[Text], float]:
    """The texts of those lines that aren't empty, at the left or as aligned, and where they end.

    All are made smaller alike when they would be higher than the box. Below them `foot` px stay free, as part of what
    is centred.
    """
    present = [line for line in lines if line.text]
    shaped = [_shaped(line, box.w) for line in present]
    gaps = [line.gap for line in present[1:]]
    wanted = sum(size * count * _LEADING for size, count in shaped) + sum(gaps)
    scale = min(1.0, (box.h - foot) / wanted) if wanted else 1.0
    y = box.y + max(0.0, (box.h - foot - wanted * scale) / 2)
    texts = []
    for i, (line, (size, count)) in enumerate(zip(present, shaped, strict=True)):
        y += gaps[i - 1] * scale if i else 0
        height = size * count * _LEADING * scale
        texts.append(
            Text(
                Box(box.x, round(y, 1), box.w, round(height, 1)),
                line.text,
                round(max(28.0, size * scale), 1),
                line.colour,
                line.weight,
                align or at_left(line.text),
                max_lines=count,
                min_size=min(round(max(28.0, size * scale), 1), max(28.0, line.least * size)),
            )
        )
        y += height
    return texts, y


def _shaped(line: Line, width: float) -> tuple[float, int]:
    """The size and the number of lines to give it."""
    if line.max_lines == 1 or room_for(line.text, line.size) <= width:
        return line.size, 1
    size = line.long_size or line.size
    count = 1 + int(room_for(line.text, size) / width)
    return size, min(line.max_lines, count)
