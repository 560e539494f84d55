"""Nothing to show yet: whose screen it is, what time it is, and what is missing."""

from __future__ import annotations

from kiosk.scene.layout import CANVAS, rows
from kiosk.scene.moment import Moment
from kiosk.scene.shapes import Align, Box, Disc, Rect, Scene, Shape, Text, Weight
from kiosk.scene.theme import Theme
from kiosk.screens.mark import mark
from kiosk.screens.view import IdleView
from kiosk.screens.when import date_text, time_text, to_next_minute_s

_MOST = 5


def idle(view: IdleView, moment: Moment, theme: Theme) -> Scene:
    """The organisation and the clock; below them at most five sentences on what is missing."""
    missing = view.missing[:_MOST]
    middle = CANVAS.w / 2
    top = 96 if missing else 190
    shapes: list[Shape] = [
        *mark(Box(middle - 75, top, 150, 150), theme),
        Text(Box(160, top + 176, CANVAS.w - 320, 90), view.organisation, 68, theme.text, Weight.SEMIBOLD, Align.MIDDLE),
    ]
    if moment.local is not None:
        shapes += [
            Text(Box(160, top + 272, CANVAS.w - 320, 236), time_text(moment.local, view.locale), 190, theme.text,
                 Weight.BOLD, Align.MIDDLE, min_size=96),
            Text(Box(160, top + 508, CANVAS.w - 320, 70), date_text(moment.local, view.locale), 46, theme.muted,
                 align=Align.MIDDLE),
        ]  # fmt: skip
    if missing:
        shapes += _missing(missing, theme)
    return Scene((Rect(CANVAS, theme.backdrop),), tuple(shapes), to_next_minute_s(moment))


def _missing(sentences: tuple[str, ...], theme: Theme) -> list[Shape]:
    """A card with one sentence a line."""
    pitch = 56
    card = Box(250, 0, CANVAS.w - 500, len(sentences) * pitch + 48)
    card = card._replace(y=1004 - card.h)
    shapes: list[Shape] = [
        Rect(card, theme.surface, radius=theme.radius),
        Rect(card, theme.edge, radius=theme.radius, outline=2),
    ]
    for line, sentence in zip(rows(card.inset(44, 24), len(sentences), height=pitch), sentences, strict=True):
        shapes += [
            Disc(line.x + 10, line.y + pitch / 2, 8, theme.warning),
            Text(Box(line.x + 40, line.y, line.w - 40, pitch), sentence, 36, theme.text),
        ]
    return shapes
