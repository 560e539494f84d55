"""The head of a board or notice: an accent, a title, a line below it, and room for marks at the right."""

from __future__ import annotations

from kiosk.scene.layout import CANVAS
from kiosk.scene.shapes import Align, Box, Disc, Polygon, Rect, Shape, Text, Weight
from kiosk.scene.theme import Theme
from kiosk.screens.pill import pill_width

BOTTOM = 212
"""Contents begin below this line."""

_MARKS_W = 470
_TOP = 48


def header(title: str, subtitle: str, theme: Theme, *, marked: bool) -> tuple[Shape, ...]:
    """The title and what it is about, beside room for marks if it is `marked`."""
    x = theme.space.margin_x
    width = CANVAS.w - 2 * x - 38 - (_MARKS_W if marked else 0)
    heading = Box(x + 38, _TOP - 6, width, 104) if subtitle else Box(x + 38, _TOP, width, 140)
    shapes: list[Shape] = [
        Rect(Box(x, _TOP + 4, 10, 132), theme.bar._replace(across=False), radius=5),
        Text(heading, title, theme.type.title, theme.text, Weight.BOLD, min_size=46),
    ]
    if subtitle:
        shapes.append(Text(Box(x + 38, _TOP + 92, width, 50), subtitle, theme.type.body, theme.muted))
    return tuple(shapes)


def page_marks(index: int, count: int, theme: Theme) -> tuple[Shape, ...]:
    """A dot for each page, the present one long; a count where dots would be too many; nothing for one page."""
    if count < 2:
        return ()
    right, y = CANVAS.w - theme.space.margin_x, _TOP + 116
    if count > 12:
        box = Box(right - 200, y - 24, 200, 48)
        return (Text(box, f"{index + 1} / {count}", theme.type.small, theme.muted, align=Align.END, tabular=True),)
    shapes: list[Shape] = []
    x = right
    for page in reversed(range(count)):
        width = 44 if page == index else 14
        x -= width
        fill = theme.accent if page == index else theme.muted.alpha(0.4)
        shapes.append(Rect(Box(x, y - 7, width, 14), fill, radius=7))
        x -= 12
    return tuple(reversed(shapes))


def age_mark(text: str, theme: Theme) -> tuple[Shape, ...]:
    """How old the numbers are, in a pill with a little clock; nothing for an empty text."""
    if not text:
        return ()
    size = 34
    width = min(_MARKS_W, pill_width(text, size, _MARKS_W) + 40)
    box = Box(CANVAS.w - theme.space.margin_x - width, _TOP + 6, width, 60)
    x, y = box.x + 36, box.y + box.h / 2
    return (
        Rect(box, theme.surface, radius=30),
        Rect(box, theme.warning, radius=30, outline=3),
        Disc(x, y, 15, theme.warning, outline=3),
        Polygon(((x - 1.5, y - 9), (x + 1.5, y - 9), (x + 1.5, y + 2), (x - 1.5, y + 2)), theme.warning),
        Polygon(((x - 1.5, y - 1), (x + 8, y - 1), (x + 8, y + 2), (x - 1.5, y + 2)), theme.warning),
        Text(Box(x + 26, box.y, box.x + width - x - 46, box.h), text, size, theme.warning, Weight.SEMIBOLD),
    )
