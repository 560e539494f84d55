"""A clock: a dial, the time in figures as the locale writes it, and the date."""

from __future__ import annotations

from kiosk.scene.layout import CANVAS
from kiosk.scene.moment import Moment
from kiosk.scene.shapes import Box, Rect, Scene, Shape, Text, Weight
from kiosk.scene.theme import Theme
from kiosk.screens.dial import dial
from kiosk.screens.view import ClockView
from kiosk.screens.when import date_text, time_text, to_next_minute_s


def clock(view: ClockView, moment: Moment, theme: Theme) -> Scene:
    """The time of the moment; dashes while it isn't trusted."""
    local = moment.local
    words = Box(1000, 0, CANVAS.w - 1000 - theme.space.margin_x, 0)
    figures = time_text(local, view.locale) if local is not None else "–:–"
    shapes: list[Shape] = [
        *dial(510, 540, 372, local, theme),
        Text(words._replace(y=360, h=310), figures, theme.type.giant, theme.text, Weight.BOLD, min_size=120),
    ]  # fmt: skip
    if view.title:
        shapes.append(Text(words._replace(y=280, h=76), view.title, theme.type.heading, theme.accent, Weight.SEMIBOLD))
    if local is not None:
        date = Text(words._replace(y=674, h=140), date_text(local, view.locale), 54, theme.muted, max_lines=2)
        shapes.append(date)
    return Scene((Rect(CANVAS, theme.backdrop),), tuple(shapes), to_next_minute_s(moment))
