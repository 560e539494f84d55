"""What IT has to mend, where they can read it: one line for each fault with its file and line."""

from __future__ import annotations

from kiosk.scene.layout import CANVAS, columns, rows
from kiosk.scene.moment import Moment
from kiosk.scene.shapes import Box, Disc, Polygon, Rect, Scene, Shape, Text, Weight
from kiosk.scene.theme import Theme
from kiosk.screens.view import ProblemView

_MOST = 8


def problem(view: ProblemView, _moment: Moment, theme: Theme) -> Scene:
    """The first eight lines, how many more there are, and the hint; it stands still."""
    x, width = theme.space.margin_x, CANVAS.w - 2 * theme.space.margin_x
    shapes: list[Shape] = [
        *warning_sign(x + 52, 122, 52, theme),
        Text(Box(x + 140, 62, width - 140, 120), view.title, 68, theme.text, Weight.BOLD, min_size=40),
    ]
    lines = view.lines[:_MOST]
    size, pitch = (42, 116) if len(lines) <= 5 else (30, 84)
    card = Box(x, 216, width, len(lines) * pitch + 40)
    shapes += [Rect(card, theme.surface, radius=theme.radius), Rect(card, theme.edge, radius=theme.radius, outline=2)]
    for line, box in zip(lines, rows(card.inset(40, 20), len(lines), height=pitch), strict=True):
        shapes += _line(line, box, size, theme)
    rest = len(view.lines) - len(lines)
    foot = f"+{rest} more. {view.hint}".rstrip() if rest else view.hint
    if foot:
        shapes.append(Text(Box(x, card.y + card.h + 14, width, 84), foot, 36, theme.muted, max_lines=2))
    return Scene((Rect(CANVAS, theme.backdrop),), tuple(shapes))


def _line(line: str, box: Box, size: float, theme: Theme) -> list[Shape]:
    """`file:line` in a colour of its own where the text begins so, the rest beside it."""
    place, found, what = line.partition(": ")
    if not found or " " in place or len(place) > 44:
        return [Text(box, line, size, theme.text, max_lines=2)]
    left, right = columns(box, (420, None), 24)
    return [
        Text(left, place, size, theme.warning, Weight.SEMIBOLD, max_lines=2),
        Text(right, what, size, theme.text, max_lines=2),
    ]


def warning_sign(x: float, y: float, half: float, theme: Theme) -> tuple[Shape, ...]:
    """A triangle with an exclamation mark."""
    stroke = 0.11 * half
    return (
        Polygon(((x, y - 0.95 * half), (x + half, y + 0.8 * half), (x - half, y + 0.8 * half)), theme.warning),
        Rect(Box(x - stroke, y - 0.4 * half, 2 * stroke, 0.66 * half), theme.surface, radius=stroke),
        Disc(x, y + 0.52 * half, 1.25 * stroke, theme.surface),
    )
