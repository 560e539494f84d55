"""A notice from the office: a title and a text, beside a picture if there is one."""

from __future__ import annotations

from kiosk.scene.layout import CANVAS, columns
from kiosk.scene.moment import Moment
from kiosk.scene.shapes import Align, Box, Picture, Rect, Scene, Shape, Text, Weight
from kiosk.scene.theme import Theme
from kiosk.screens.column import Line, column
from kiosk.screens.view import AnnouncementView

_CARD_H = 944
"""The status overlay has its place below."""


def announcement(view: AnnouncementView, _moment: Moment, theme: Theme) -> Scene:
    """The notice; it stands still."""
    card = CANVAS.inset(theme.space.margin_x, theme.space.margin_y)._replace(h=_CARD_H)
    shapes: list[Shape] = [
        Rect(card, theme.surface, radius=36),
        Rect(card, theme.edge, radius=36, outline=2),
    ]
    words = card.inset(130, 100)
    align: Align | None = Align.MIDDLE
    if view.picture is not None:
        left, right = columns(card, (760, None))
        frame = left.inset(36)
        shapes += [Rect(frame, theme.track, radius=24), Picture(frame, view.picture, radius=24)]
        words, align = Box(right.x + 36, right.y + 80, right.w - 116, right.h - 160), None
    texts = _words(view, words, align, theme)
    mark = min(text.box.y for text in texts) - 46 if texts else words.y
    bar = Box(words.x if align is None else words.x + words.w / 2 - 60, mark, 120, 10)
    shapes += [Rect(bar, theme.bar, radius=5), *texts]
    return Scene((Rect(CANVAS, theme.backdrop),), tuple(shapes))


def _words(view: AnnouncementView, box: Box, align: Align | None, theme: Theme) -> list[Text]:
    texts, _ = column(
        (
            Line(view.title, theme.type.display, theme.text, Weight.BOLD, max_lines=3, long_size=96),
            Line(view.text, 62, theme.muted, max_lines=8, long_size=56, gap=36),
        ),
        box,
        align,
    )
    return texts
